"""Inputs that hang or crash parsers: each has an outcome that is settled by counting."""

from __future__ import annotations

import random

import pytest

from corpusmill.records import PageText, Quarantined, QuarantineReason
from corpusmill.segment.html import segment_html
from corpusmill.segment.html.sanitise import sanitise_html
from corpusmill.settings import Limits

JUNK = random.Random(1)  # noqa: S311  any bytes do

TOO_MUCH = {
    "300,000 paragraphs": ("<p>x" * 300_000, QuarantineReason.TOO_MANY_SEGMENTS),
    "100,000 nested blocks": ("<div>" * 100_000 + "x", QuarantineReason.TOO_DEEP),
    "100,000 open bold elements": ("<b>" * 100_000 + "x", QuarantineReason.TOO_DEEP),
    "many short paragraphs in one row": (
        "<table><tr><td>" + "<p>x" * 60_000,
        QuarantineReason.TOO_MANY_SEGMENTS,
    ),
    "200,000 breaks two by two": (
        "<p>" + "x<br><br>" * 100_000,
        QuarantineReason.TOO_MANY_SEGMENTS,
    ),
    "binary junk": (
        JUNK.randbytes(200_000).decode("utf-8", "replace"),
        QuarantineReason.NOT_TEXT,
    ),
    "more characters than allowed": ("x" * 20_000_001, QuarantineReason.TOO_LARGE),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_is_quarantined_with_its_reason(name: str) -> None:
    html, reason = TOO_MUCH[name]
    outcome = segment_html(html, limits=Limits())
    assert isinstance(outcome, Quarantined)
    assert (outcome.reason, outcome.stage) == (reason, "segment")


def test_characters_are_counted_and_not_bytes() -> None:
    limits = Limits(page_chars=10)
    page, outcome = (segment_html(f"<p>{'é' * count}", limits=limits) for count in (7, 8))
    assert isinstance(page, PageText)
    assert isinstance(outcome, Quarantined)
    assert outcome.detail == "11 characters, the limit is 10"


SURVIVED = {
    "100,000 attributes on one tag": (
        "<body><p>a</p><p " + " ".join(f"a{i}='x'" for i in range(100_000)) + ">b</p>",
        "a\nb",
    ),
    "100,000 attributes with brackets in them": (
        "<body><p>a</p><p " + " ".join(f"a{i}='<'" for i in range(100_000)) + ">b</p>",
        "a\nb",
    ),
    "a style of 15 MB": ("<style>" + "a{}" * 5_000_000 + "</style><p>after", "after"),
    "an inline image of 15 MB": (
        '<p>a</p><img src="data:image/png;base64,' + "A" * 15_000_000 + '"><p>after',
        "a\nafter",
    ),
    "one text node of 10 MB": ("<p>" + "word " * 2_000_000 + "</p><p>after", None),
    "one link of 10 MB in capitals of three bytes": (
        "<p><a><b>" + "ＷＯＲＤ　" * 700_000 + "</b></a></p><p>after",
        None,
    ),
    "a million empty paragraphs": ("<p>a</p>" + "<p>" * 1_000_000 + "after", "a\nafter"),
    "200,000 breaks": ("<p>a" + "<br>" * 200_000 + "after", "a\nafter"),
    "100,000 pieces of blanks": ("<p>a" + "<b> </b>" * 100_000 + "after", "a after"),
    "50,000 names of elements": (
        "<p>a</p>" + "".join(f"<x-{i}></x-{i}>" for i in range(50_000)) + "after",
        "a\nafter",
    ),
    "50,000 names in each other's elements by turns": (
        "<p>a</p><div>" + "".join(f"<b{i}><i></i></b{i}>" for i in range(50_000)) + "after",
        "a\nafter",
    ),
    "50,000 classes": (
        "<p>a</p>" + "".join(f"<p class=c{i} id=i{i}></p>" for i in range(50_000)) + "after",
        "a\nafter",
    ),
    "50,000 styles": ("<p>a</p>" + "<p style='a: n'></p>" * 50_000 + "after", "a\nafter"),
    "50,000 titles and statements": (
        "<p>a</p>" + "<title>t</title><meta name=og:title>" * 50_000 + "<p>after",
        "a\nafter",
    ),
    "tables in tables": (
        "<p>a</p>" + "<table><tr><td>" * 150 + "<p></p>" * 10_000 + "after",
        "a\nafter",
    ),
    "100,000 openings of JSON-LD": ("<p>a</p>" + "ld+json<@type " * 100_000, None),
    "100,000 ends of images": ("<p>a</p>" + ";base64," * 100_000, None),
    "100,000 comments that do not end": ("<p>a</p>" + "<!--<svg>" * 100_000, None),
    "lone surrogates": ("<p>a\ud800b</p>", "a?b"),
    "NULs": ("<p>a\0b</p>", "ab"),
    "100,000 open drawings": ("<p>a</p>" + "<svg>" * 100_000, "a"),
    "an open comment": ("<p>a</p><!-- b", "a"),
}


@pytest.mark.parametrize("name", SURVIVED)
def test_what_parsers_stumble_over_leaves_the_text_around_it(name: str) -> None:
    html, text = SURVIVED[name]
    page = segment_html(html, limits=Limits())
    assert isinstance(page, PageText)
    if text is None:
        assert page.lines()[-1 if html.endswith("after") else 0] in {"a", "after"}
    else:
        assert page.text == text


def test_json_ld_survives_sanitising_and_other_scripts_do_not() -> None:
    raw = sanitise_html(
        b"<script type='application/ld+json'>{}</script><SCRIPT>a</SCRIPT ><script src=x></script>b"
    )
    assert raw.split() == [b"<script", b"type='application/ld+json'>{}</script>", b"b"]
