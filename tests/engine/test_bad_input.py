"""Pages that break other tools, through every stage: an outcome, valid offsets, damage flagged."""

from __future__ import annotations

import unicodedata

import pytest

from corpusmill.cli.pages import make_page
from corpusmill.records import QuarantineReason, RefinedPage
from corpusmill.refine import refine_page
from corpusmill.settings import Settings

SETTINGS = Settings(page_types=(), minimum_chars=0)
PROSE = "The harbour was closed for three days, and the ferries stayed at the pier. "
GERMAN = "Der Hafen für große Schiffe blieb drei Tage geschlossen, sagte der Kapitän. "
CHINESE = "港口关闭三天，渡轮一直停在码头，直到风力减弱。"
ARABIC = "أُغلق الميناء ثلاثة أيام بعد العاصفة، وبقيت العبّارات عند الرصيف حتى هدأت الريح. "


def refined(content: bytes, media_type: str) -> RefinedPage:
    if media_type == "text/html":
        paragraphs = content.replace(b"\n", b"</p><p>")
        content = b"<html><head><title>Port</title></head><body><article><h1>Port</h1><p>%b</p>"
        content %= paragraphs
    return refine_page(
        make_page(content, source_path="page", media_type=media_type, url=None), SETTINGS
    )


def check(page: RefinedPage) -> set[str]:
    """Check what holds for every page; return the kinds of its defects."""
    if page.quarantined is not None:
        assert page.quarantined.reason is not QuarantineReason.CRASHED
        return set()
    assert page.text is not None
    ends = [0, *(segment.end for segment in page.text.segments)]
    assert [segment.start for segment in page.text.segments] == ends[:-1]
    assert ends[-1] == len(page.text.text)
    for document in page.documents:
        assert unicodedata.is_normalized("NFC", document.text)
        assert all(document.text[d.start : d.end] == d.exact for d in document.defects)
    return {defect.kind for document in page.documents for defect in document.defects}


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        (b"a" * 300_000, {"repeated_character", "lost_paragraph_breaks"}),
        ("啊".encode() * 100_000, {"repeated_character", "lost_paragraph_breaks"}),
        (PROSE.encode() * 30_000, {"lost_paragraph_breaks"}),
        (CHINESE.encode() * 20_000, {"lost_paragraph_breaks"}),
        ((PROSE * 3 + "\u0378\U00050000 stood there.").encode(), {"unassigned_character"}),
        ((PROSE * 3 + "\ufffd\ufffd stood there.").encode(), {"replacement_character"}),
        ((PROSE * 3 + "\ue000 stood there.").encode(), {"private_use_character"}),
        ((ARABIC * 5 + "\u202eאבג\u202c.").encode(), set()),
        ((PROSE + "\u202e\u2066\u200f" * 500).encode(), set()),
        ((("e" + "\u0301" * 400 + " ") * 30 + PROSE * 3).encode(), set()),
    ],
    ids=[
        "one letter", "one ideograph", "a line of two megabytes", "a Chinese line", "unassigned",
        "replaced", "private use", "right to left", "bidirectional controls", "piled accents",
    ],
)  # fmt: skip
def test_odd_text_is_survived_and_its_damage_flagged(
    content: bytes, kinds: set[str], media_type: str
) -> None:
    assert kinds <= check(refined(content, media_type))


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_two_encodings_on_one_page_lose_no_letter(media_type: str) -> None:
    content = b"\n".join([(GERMAN * 3).encode(), GERMAN.encode("latin-1"), (GERMAN * 2).encode()])
    page = refined(content, media_type)
    check(page)
    assert page.documents[0].text.count("Hafen für große Schiffe") == 6
    assert ("mojibake", 15) in page.documents[0].repairs


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_encodings_that_cannot_be_told_apart_are_not_guessed(media_type: str) -> None:
    content = b"\n".join([(CHINESE * 5).encode(), CHINESE.encode("gbk"), (CHINESE * 5).encode()])
    page = refined(content, media_type)
    check(page)
    assert page.quarantined is not None
    assert page.quarantined.reason is QuarantineReason.UNDECODABLE


@pytest.mark.parametrize("written", ["0000-00-00", "9999-12-31", "31.02.2023", "0001-01-01"])
@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_a_date_that_cannot_be_is_none(written: str, media_type: str) -> None:
    page = refined(
        f"Port closed\nPublished {written}\n{PROSE * 3}\n{PROSE * 3}".encode(), media_type
    )
    check(page)
    document = page.documents[0]
    dates = (document.date_published, document.date_modified, document.date_inferred)
    assert dates == (None, None, None)


def test_one_letter_is_no_language() -> None:
    assert refined(b"a" * 5_000, "text/plain").documents[0].language is None
