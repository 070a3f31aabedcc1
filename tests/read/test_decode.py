"""Bytes to text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.read import Decoded, decode_page
from corpusmill.read.decode import whatwg_name
from corpusmill.records import Quarantined, QuarantineReason

RUSSIAN = (
    "Делегации двух стран вчера обсудили проект соглашения о торговле. Переговоры продолжались "
    "до позднего вечера, но подписать документ пока не удалось."
)
CHINESE_SIMPLIFIED = (
    "两国代表团昨天讨论了贸易协定草案。会谈一直持续到深夜,但双方尚未签署任何文件。记者从会场获悉,"
    "下一轮谈判将于下个月举行。"
)
CHINESE_TRADITIONAL = (
    "兩國代表團昨天討論了貿易協定草案。會談一直持續到深夜,但雙方尚未簽署任何文件。記者從會場獲悉,"
    "下一輪談判將於下個月舉行。"
)
JAPANESE = (
    "両国の代表団は昨日、貿易協定の草案について話し合いました。会談は深夜まで続きましたが、"
    "文書はまだ署名されていません。"
)
KOREAN = (
    "양국 대표단은 어제 무역 협정 초안을 논의했습니다. 회담은 밤늦게까지 이어졌지만 "
    "아직 문서에 서명하지 못했습니다."
)
POLISH = (
    "Delegacje obu państw omówiły wczoraj projekt umowy handlowej. Rozmowy trwały do późnej nocy, "
    "lecz żaden dokument nie został jeszcze podpisany, choć nadzieja wciąż się tli."
)
VIETNAMESE = (
    "Hôm qua, phái đoàn hai nước đã thảo luận dự thảo hiệp định thương mại. Cuộc hội đàm kéo dài "
    "đến tận khuya nhưng vẫn chưa có văn kiện nào được ký kết."
)
GERMAN = "Über die Verträge wird später entschieden, erklärte die Behörde in München größtenteils."

CASES = [
    ("windows-1251", "cp1251", RUSSIAN),
    ("koi8-u", "koi8-r", RUSSIAN),
    ("gb18030", "gb18030", CHINESE_SIMPLIFIED),
    ("big5", "big5", CHINESE_TRADITIONAL),
    ("shift_jis", "cp932", JAPANESE),
    ("euc-jp", "euc_jp", JAPANESE),
    ("iso-2022-jp", "iso2022_jp", JAPANESE),
    ("euc-kr", "cp949", KOREAN),
    ("iso-8859-2", "iso8859-2", POLISH),
    ("windows-1258", "cp1258", VIETNAMESE),
    ("windows-1252", "cp1252", GERMAN),
]
LABELS = {"gb18030": "GB2312", "koi8-u": "KOI8-R", "windows-1252": "ISO-8859-1"}


def page(text: str, charset: str | None = None) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    head = f"<head>{meta if charset else ''}<title>x</title></head>"
    return f"<html>{head}<body><p>{text}</p></body></html>"


def encode(text: str, codec: str) -> bytes:
    """Encode; windows-1258 has its tone marks apart from the vowels."""
    if codec != "cp1258":
        return text.encode(codec)
    out = b""
    for character in text:
        for form in (character, _tone_apart(character)):
            try:
                out += form.encode(codec)
                break
            except UnicodeEncodeError:
                continue
    return out


def _tone_apart(character: str) -> str:
    marks = unicodedata.normalize("NFD", character)
    tone = [mark for mark in marks[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"]
    rest = "".join(mark for mark in marks if mark not in tone)
    return unicodedata.normalize("NFC", rest) + "".join(tone)


def decode(content: bytes, declared: str | None = None, media_type: str = "text/html") -> Decoded:
    found = decode_page(content, declared=declared, media_type=media_type)
    assert isinstance(found, Decoded), found
    return found


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(("encoding", "codec", "text"), CASES)
class TestLegacyEncodings:
    def test_the_label_of_the_transport_is_followed(
        self, encoding: str, codec: str, text: str
    ) -> None:
        found = decode(encode(page(text), codec), LABELS.get(encoding, encoding))
        assert nfc(found.text) == page(text)
        assert (found.encoding, found.decoded_by) == (encoding, "declared")

    def test_the_label_in_the_page_is_followed(self, encoding: str, codec: str, text: str) -> None:
        marked = page(text, LABELS.get(encoding, encoding))
        found = decode(encode(marked, codec))
        assert nfc(found.text) == marked
        assert (found.encoding, found.decoded_by) == (encoding, "meta")

    def test_without_label_it_is_detected(self, encoding: str, codec: str, text: str) -> None:
        found = decode(encode(page(text), codec))
        assert nfc(found.text) == page(text)
        assert found.decoded_by == "detected"

    def test_plain_text_is_detected_too(self, encoding: str, codec: str, text: str) -> None:
        found = decode(encode(text * 2, codec), media_type="text/plain")
        assert nfc(found.text) == text * 2
        assert found.decoded_by == "detected"


class TestUnicode:
    @pytest.mark.parametrize("label", [None, "utf-8", "iso-8859-1", "windows-1251", "nonsense"])
    def test_valid_utf8_is_utf8_whatever_the_label(self, label: str | None) -> None:
        found = decode(page(VIETNAMESE, label).encode(), label)
        assert (found.text, found.decoded_by) == (page(VIETNAMESE, label), "utf-8")

    @pytest.mark.parametrize(
        ("codec", "encoding"),
        [
            ("utf-8-sig", "utf-8"),
            ("utf-16", "utf-16le"),
            ("utf-32", "utf-32le"),
        ],
    )
    def test_a_byte_order_mark_decides_and_goes(self, codec: str, encoding: str) -> None:
        found = decode(VIETNAMESE.encode(codec), "windows-1251", "text/plain")
        assert (found.text, found.encoding, found.decoded_by) == (VIETNAMESE, encoding, "bom")

    def test_utf16_big_endian_with_mark(self) -> None:
        assert decode(b"\xfe\xff" + RUSSIAN.encode("utf-16-be")).encoding == "utf-16be"

    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
    @pytest.mark.parametrize("text", [RUSSIAN, VIETNAMESE, CHINESE_SIMPLIFIED, "Short one.\n"])
    def test_utf16_without_mark_is_found_by_its_nul_bytes(self, codec: str, text: str) -> None:
        found = decode(page(text).encode(codec))
        assert (found.text, found.decoded_by) == (page(text), "detected")

    def test_utf16_text_with_a_mark_and_half_a_character_is_kept(self) -> None:
        found = decode(GERMAN.encode("utf-16")[:-1], media_type="text/plain")
        assert found.decoded_by == "bom-damaged"
        assert found.text.startswith(GERMAN[:-1])


class TestDamage:
    @pytest.mark.parametrize("label", [None, "utf-8", "iso-8859-1"])
    def test_a_few_bad_bytes_do_not_mangle_a_utf8_page(self, label: str | None) -> None:
        content = page(VIETNAMESE * 20).encode()
        broken = content[:900] + b"\xff" + content[900:1800] + b"\xfe" + content[1800:]
        found = decode(broken, label)
        assert (found.encoding, found.decoded_by) == ("utf-8", "utf-8-damaged")
        assert 1 <= found.text.count("\ufffd") <= 6
        assert "Ã" not in found.text

    def test_one_bad_byte_in_a_page_that_calls_itself_utf8_stays_one(self) -> None:
        found = decode(page("Price: 12 \xfc", "utf-8").encode("latin-1"))
        assert found.decoded_by == "utf-8-damaged"
        assert found.text == page("Price: 12 \ufffd", "utf-8")

    def test_one_bad_pair_in_a_declared_page_is_replaced(self) -> None:
        broken = page(CHINESE_SIMPLIFIED * 30).encode("gb18030").replace(b"</p>", b"\xff</p>")
        found = decode(broken, "gbk")
        assert (found.encoding, found.decoded_by) == ("gb18030", "declared-damaged")
        assert found.text.count("\ufffd") == 1

    def test_a_western_letter_is_not_taken_for_damaged_utf8(self) -> None:
        found = decode(page(GERMAN * 3).encode("latin-1"), "iso-8859-1")
        assert (found.text, found.decoded_by) == (page(GERMAN * 3), "declared")


class TestNoText:
    def test_binary_junk_is_not_text(self) -> None:
        junk = bytes((at * 89 + at // 7) % 256 for at in range(5_000))
        for label in (None, "windows-1252", "utf-8", "gbk"):
            found = decode_page(junk, declared=label, media_type="text/html")
            assert isinstance(found, Quarantined)
            assert found.reason is QuarantineReason.NOT_TEXT
            assert found.stage == "read"

    def test_nothing_but_nul_bytes_is_not_text(self) -> None:
        found = decode_page(bytes(5_000), declared=None, media_type="text/plain")
        assert isinstance(found, Quarantined)

    def test_nul_bytes_here_and_there_are_left_for_normalisation(self) -> None:
        assert decode(b"<p>one\0two " + b"words " * 50 + b"</p>").text[3:10] == "one\0two"

    def test_bytes_of_no_encoding_are_undecodable(self) -> None:
        found = decode_page(b"\xff" * 400 + b"\x80" * 400, declared="utf-8", media_type="text/html")
        assert isinstance(found, Quarantined | Decoded)

    @pytest.mark.parametrize("piece", [b"<script>", b"<script ", b"<meta ", b"<<<", b"<p \xe9"])
    def test_unclosed_tags_without_end_do_not_hang(self, piece: bytes) -> None:
        content = b"\xe9" + piece * 200_000
        found = decode_page(content, declared=None, media_type="text/html")
        assert isinstance(found, Decoded | Quarantined)

    @given(
        content=st.binary(max_size=400),
        declared=st.one_of(
            st.none(),
            st.text(max_size=12),
            st.sampled_from([*LABELS.values(), "utf-16", "iso-2022-jp", "replacement"]),
        ),
        media_type=st.sampled_from(["text/html", "text/plain"]),
    )
    def test_any_bytes_are_decoded_or_quarantined(
        self, content: bytes, declared: str | None, media_type: str
    ) -> None:
        found = decode_page(content, declared=declared, media_type=media_type)
        if isinstance(found, Decoded):
            assert "\r" not in found.text
            assert not found.text.startswith("\ufeff")
            found.text.encode()
        else:
            assert found.detail
            assert found.stage == "read"

    @given(
        text=st.text(
            st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), min_size=1
        )
    )
    def test_utf8_comes_back_as_it_was(self, text: str) -> None:
        assert decode(text.encode(), media_type="text/plain").text == text


def test_all_line_breaks_become_line_feeds() -> None:
    assert decode(b"a\r\nb\rc\n\r\nd").text == "a\nb\nc\n\nd"


def test_an_empty_page_is_empty_text() -> None:
    assert decode(b"") == Decoded(b"", "utf-8", "utf-8")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("latin1", "windows-1252"),
        (" 'GB2312' ", "gb18030"),
        ("x-sjis", "shift_jis"),
        ("KOI8-R", "koi8-u"),
        ("utf8", "utf-8"),
        ("replacement", None),
        ("hz-gb-2312", None),
        ("klingon", None),
        ("ütf-8", None),
        ("", None),
        (None, None),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str | None, name: str | None) -> None:
    assert whatwg_name(label) == name
