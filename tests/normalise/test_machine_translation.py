"""Texts that say that a machine translated them, and those that only talk about it."""

from __future__ import annotations

import pytest

from corpusmill.normalise import find_defects
from corpusmill.normalise.machine_translation import holds_notice

STORY = (
    "\n\nThe harbour was closed for three days after the storm.\n\nThe ferries stayed at the pier."
)


@pytest.mark.parametrize(
    "notice",
    [
        "This article was automatically translated from German.",
        "Translated by Google",
        "Dieser Text wurde maschinell übersetzt.",
        "Cet article a été traduit automatiquement.",
        "Este artículo ha sido traducido automáticamente.",
        "Статья переведена автоматически, возможны ошибки.",
        "本文由机器翻译而成。",
        "この記事は機械翻訳されました。",
        "이 기사는 자동 번역되었습니다.",
        "Bài viết này được dịch tự động.",
        "Artikel ini diterjemahkan secara otomatis.",
    ],
)
def test_a_notice_is_a_defect(notice: str) -> None:
    text = notice + STORY
    found = [d for d in find_defects(text) if d.kind == "machine_translation"]
    assert len(found) == 1
    assert text[found[0].start : found[0].end] == found[0].exact
    assert holds_notice(text.split("\n"))


@pytest.mark.parametrize(
    "line",
    [
        "The novel was translated into English by Anna Bell in 1908.",
        "Machine translation has improved a lot.",
        "He studies machine translated texts.",
        "Сказка переведена на двадцать языков.",
        "机器翻译技术发展很快。",
        "Tiểu thuyết được dịch sang tiếng Anh.",
        "Roman ini diterjemahkan oleh Budi Santoso.",
    ],
)
def test_talk_about_translation_is_none(line: str) -> None:
    assert [d for d in find_defects(line + STORY) if d.kind == "machine_translation"] == []


def test_tokens_that_were_never_joined_are_a_defect() -> None:
    text = "The har@@ bour was clo@@ sed for a three @-@ day storm."
    exact = [d.exact for d in find_defects(text) if d.kind == "machine_translation"]
    assert exact == ["@@ ", "@@ ", " @-@ "]
    once = find_defects("Write to me @@ home, or at the harbour.")
    assert [d for d in once if d.kind == "machine_translation"] == []
