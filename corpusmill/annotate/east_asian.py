"""Names and sources in lines of Chinese, Japanese and Korean news, which no space parts.

"2023年5月4日 10:20 来源：X 作者：Y", "（记者 Y）", "□ 本报记者 Y", "(서울=X) Y 기자 =".  A word
such as 记者 begins sentences, too, so names are read in brackets, in lines that hold nothing
else and behind a colon only.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpusmill.records import Stated

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABELS = "记者|記者|作者|撰文|撰稿|采写|採寫|执笔|執筆|筆者|ライター|取材・文|通讯员|通訊員|文字"
_HAN = "[\u3005-\u3007\u3400-\u9fff]"
_NAME = (
    rf"(?:{_HAN}{{1,6}}·{_HAN}{{1,8}}|{_HAN}{{2,4}}(?!{_HAN}*·)|{_HAN}\s{_HAN}(?!{_HAN})"
    r"|[\u3041-\u30ff\u3400-\u9fff]{2,8}|[A-Z][A-Za-z.'-]+(?:\s[A-Z][A-Za-z.'-]+){0,2})"
)
_PART = r"[\s、，,&＆]{1,3}"
_HANGUL_PART = r"[·,\s]{1,2}"
_NAMES = rf"(?P<names>{_NAME}(?:{_PART}{_NAME}){{0,4}})"
_BEHIND = (
    r"(?:\s?(?:发自|發自|报道|報道|報導|摄影|攝影|摄|攝|整理|编辑|編輯|责编|責編)|[／/]|[)）\]】〕|｜。]|\Z"
    r"|\s{1,4}(?:来源|來源|编辑|編輯|责任|責任|时间|時間|\d))"
)
_BRACKETED = (
    rf"[(（\[【〔](?:[^(（)）\[\]【】〔〕]{{0,12}}?)(?:{_LABELS})\s?[:：]?\s?{_NAMES}"
    r"\s?(?:[／/][^)）\]】〕]{0,12})?[)）\]】〕]"
)
_WHOLE_LINE = (
    rf"\s*[□■◎●◆▲○]?\s?(?:.{{0,16}}?)(?:{_LABELS}|文(?=\s?[:：／/]))(?P<mark>\s?[:：／/]\s?|\s)?"
    rf"{_NAMES}{_BEHIND}"
)
_BEHIND_COLON = rf"(?:{_LABELS})\s?[:：]\s?{_NAMES}(?={_BEHIND}|\s|[，,])"
_LABEL = re.compile(f"{_LABELS}|文")
_LABEL_BEFORE = re.compile(rf"\A(?:{_LABELS})(?=.{{2}})")
_LABEL_ALONE = re.compile(rf"(?:{_LABELS})\Z")
_KOREAN = re.compile(
    r"(?P<names>[가-힣]{2,4}(?:[·,\s]{1,2}[가-힣]{2,4}){0,2})\s?(?:선임|수습|전문|인턴|객원)?(?:기자|특파원)"
    r"(?=\s|=|$|[)\]|])"
)
_KOREAN_DATELINE = re.compile(r"\s*[(\[][^()\[\]=]{1,12}=(?P<source>[^()\[\]=]{2,12})[)\]]\s?")
_LEFT_OF_SOURCE = re.compile(
    r"\s+(?:作者|记者|記者|编辑|編輯|责编|責編|责任编辑|时间|時間|发布|發布|字号|点击|浏览|阅读)\S*"
)

_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖蕭田董"
    "潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付傅方邹鄒熊白孟秦邱侯江尹"
    "薛闫閻段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向常汤湯康易乔喬赖賴文尚施洪季柯柳倪阮欧歐"
)
"""The commonest family names of China, 2020 census (National Name Report, Ministry of Public
Security), with their traditional forms."""

_OTHER_ROLES = frozenset({
    "编辑", "編輯", "责编", "責編", "责任", "責任", "摄影", "攝影", "校对", "校對", "状态", "時間",
    "时间", "更新",
})  # fmt: skip
"""Labels of what follows the authors."""

_BARE_NAME = re.compile(rf"[{''.join(sorted(_SURNAMES))}]{_HAN}{{1,2}}\Z")
"""A signature: a family name with one or two characters behind it, and nothing else."""

_HEAD_LINES = 4
"""Headline and byline may both have stayed at the head of a text."""

_LONGEST_LINE_CHARS = 60
_LEAD_CHARS = 120
_TAIL_CHARS = 80
"""Reporters are named where a report begins or ends."""

_NO_NAME = frozenset({
    "观察", "觀察", "手记", "手記", "获悉", "獲悉", "了解", "了解到", "日前", "昨日", "今日",
    "近日", "报道", "報道", "報導", "综合", "綜合", "整理", "通讯", "现场", "現場", "注意到",
    "看到", "发现", "采访", "採訪", "招待会", "協会", "协会", "编辑", "編輯", "佚名", "未知",
    "不详", "本站", "管理员", "会見", "クラブ",
})  # fmt: skip


def reporters_in_line(line: str) -> tuple[str, ...]:
    """Return the names in a short line that holds a byline among other things.

    Args:
        line: A line beside the headline or at the end ("2023-05-04 来源：X 作者：Y").
    """
    if len(line) > _LONGEST_LINE_CHARS * 2:
        return ()
    if _LABEL.search(line):
        match = _compiled(_BEHIND_COLON).search(line) or _compiled(_BRACKETED).search(line)
        if match is not None:
            return _split(match["names"])
        match = _compiled(_WHOLE_LINE).match(line) if len(line) <= _LONGEST_LINE_CHARS else None
        if match is not None and (match["mark"] or match["names"][0] in _SURNAMES):
            return _split(match["names"])
    match = _KOREAN.search(line)
    return _split(match["names"]) if match is not None else ()


def reporters_in_text(text: str) -> tuple[tuple[str, ...], str] | None:
    """Return the names that a report gives at its beginning or end, with the words that do.

    Args:
        text: A document's text.

    Returns:
        Names and the exact words, None where it names nobody.
    """
    first, last = text.partition("\n")[0], text.rpartition("\n")[2]
    for part in (first[:_LEAD_CHARS], last[-_TAIL_CHARS:]):
        match = _compiled(_BRACKETED).search(part) if _LABEL.search(part) else None
        match = match or _in_korean_dateline(part)
        names = _split(match["names"]) if match else ()
        if match is not None and names:
            return names, match[0].strip()
    for line in (*text.split("\n", _HEAD_LINES)[:_HEAD_LINES], last):
        if len(line) <= _LONGEST_LINE_CHARS and (names := reporters_in_line(line)):
            return names, line.strip()
    signature = last.strip()
    is_name = _BARE_NAME.match(signature) is not None and signature not in _NO_NAME
    return ((signature,), signature) if is_name and signature != text.strip() else None


def agency_in_text(text: str) -> Stated | None:
    """Return the agency of a Korean dateline ("(서울=연합뉴스)"), None where there is none."""
    match = _KOREAN_DATELINE.match(text)
    return Stated(match["source"].strip(), f'text:"{match[0].strip()}"') if match else None


def source_alone(value: str) -> str:
    """Return a credited source without the byline or button that follows it on its line."""
    return _LEFT_OF_SOURCE.split(value)[0]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when a text first needs it: it takes as long as two pages."""
    return re.compile(pattern)


def _in_korean_dateline(part: str) -> re.Match[str] | None:
    dateline = _KOREAN_DATELINE.match(part)
    return _KOREAN.match(part, dateline.end()) if dateline else None


def _split(names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_valid(names)))


def _valid(names: str) -> Iterator[str]:
    spaced = names.split()
    if len(spaced) == 2 and all(len(part) == 1 for part in spaced):  # noqa: PLR2004  "王 明"
        names = "".join(spaced)
    separator = _HANGUL_PART if "가" <= names[0] <= "힣" else _PART
    separator = "[,&]" if names.isascii() else separator
    for part in re.split(separator, names):
        name = _LABEL_BEFORE.sub("", part)
        if name in _OTHER_ROLES:
            return
        if len(name) > 1 and name not in _NO_NAME and not _LABEL_ALONE.match(name):
            yield name
