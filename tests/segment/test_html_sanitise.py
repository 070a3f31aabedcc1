"""What is taken out of HTML before it is parsed, to the byte."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.records import PageText
from corpusmill.segment.html import HtmlStructure, segment_html
from corpusmill.segment.html.byte_scan import (
    RawElements,
    count_not_text,
    find_rare,
    long_stretches,
)
from corpusmill.segment.html.sanitise import MAX_JSON_LD_BYTES, control_share, sanitise_html
from corpusmill.settings import Limits

LD = "type='application/LD+json'"

TAKEN_OUT = {
    "scripts and styles in any case": ("a<SCRIPT src=x>b</sCript\n>c<style>d</style>e", "a c e"),
    "frames, with what there is for browsers without": ("a<noframes>b</noframes>c", "a c"),
    "up to any closing tag that begins so": ("<script>a</scripts>b", " b"),
    "not names that go on": ("<scripty>a</scripty><s>b</s>", "<scripty>a</scripty><s>b</s>"),
    "left open, all that follows": ("a<script>b<p>c", "a "),
    "left open, even without a bracket": ("a<style b", "a "),
    "left open, but of another kind, nothing": ("<svg>a<p>b", "<svg>a<p>b"),
    "drawings, templates, frames": (
        "a<svg/>b</svg>c<template>d</template>e<iframe>f</iframe>g<noembed>h</noembed>i",
        "a c e g i",
    ),
    "comments, also short ones": ("a<!--b-->c<!-->d<!--->e<!---->f", "a c d e f"),
    "comments left open stay": ("a<!--b--c", "a<!--b--c"),
    "comments hide scripts": ("<!--<script>-->a</script>", " a</script>"),
    "scripts hide comments": ("<script><!--</script>a-->", " a-->"),
    "JSON-LD stays": (f"<script {LD}>{{}}</script>a", f"<script {LD}>{{}}</script>a"),
    "larger JSON-LD does not": (
        f"<script {LD}>{'x' * MAX_JSON_LD_BYTES}</script>a",
        " a",
    ),
    "JSON-LD only where the tag says so": ("<script>ld+json</script>a", " a"),
    "NULs": ("a\0<scr\0ipt>b</script>c", "a c"),
    "declarations stay": ("<!DOCTYPE html><!x>", "<!DOCTYPE html><!x>"),
    "nothing of nothing": ("", ""),
    "nothing of an end in a name": ("a<", "a<"),
    "nor in a longer one": ("a<scrip", "a<scrip"),
    "nor in one that is whole": ("a<script", "a<script"),
    "images inside": ("<img src=data:image/png;base64,AAAA==>", "<img src=data:,>"),
    "images inside after a comma": ("data:a,b;base64,AA", "data:a,b;base64,AA"),
    "images inside from the first word on": ("data:data:x;base64,AA b", "data:, b"),
    "images inside after an empty one": (
        "data:a;base64,;base64,data:b;base64,AA",
        "data:a;base64,;base64,data:,",
    ),
    "images inside with a long name": (
        f"data:{'x' * 200};base64,AA data:{'x' * 201};base64,AA",
        f"data:, data:{'x' * 201};base64,AA",
    ),
}


@pytest.mark.parametrize("name", TAKEN_OUT)
def test_what_is_taken_out(name: str) -> None:
    html, left = TAKEN_OUT[name]
    assert sanitise_html(html.encode()).decode() == left


def test_tags_too_long_or_too_full_are_cut_to_their_names() -> None:
    long = "<p data='" + "x" * 65_536 + "'>"
    full = "<b " + "a " * 2_000 + ">"
    fine = "<i " + "a " * 1_998 + ">" + "<u x='" + "y" * 60_000 + "'>"
    assert sanitise_html(f"a{long}b{full}c{fine}d".encode()).decode() == f"a<p>b<b>c{fine}d"


def test_bytes_that_no_text_has_are_counted() -> None:
    assert count_not_text(b"") == 0
    assert count_not_text(b"\xef\xbf") == 0
    assert count_not_text(b"\t\n\x0c\r\x1b ~\xc2\x80") == 0
    assert count_not_text(b"\0\x01\x08\x0b\x0e\x1a\x1c\x1f\x7f") == 9
    assert count_not_text(b"\x01" * 1000 + "\ufffd".encode() * 1000) == 4000
    assert control_share("a\ufffd".encode()) == 0.75


@given(st.binary(max_size=700) | st.text("\x01\x7f\ufffd\uffffa\n").map(str.encode))
def test_counts_of_bytes_do_not_hang_on_blocks(raw: bytes) -> None:
    controls = sum(c == 127 or (c < 32 and c not in b"\t\n\x0c\r\x1b") for c in raw)
    assert count_not_text(raw) == controls + 3 * raw.count(b"\xef\xbf\xbd")


@given(st.text("ab+", max_size=30), st.text("ab+", min_size=1, max_size=3), st.data())
def test_rare_bytes_are_found_where_find_finds_them(
    text: str, part: str, data: st.DataObject
) -> None:
    raw, sought = text.encode(), part.encode()
    rare = data.draw(st.integers(0, len(sought) - 1))
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(0, len(raw)))
    assert find_rare(raw, sought, rare, start, end) == raw.find(sought, start, end)


@given(st.text("a>", max_size=60), st.integers(1, 8))
def test_long_stretches_are_those_between_brackets(text: str, most: int) -> None:
    stretches = [(m.start(), m.end()) for m in re.finditer("[^>]*>|[^>]+$", text)]
    long = [(start, end) for start, end in stretches if end - start > most]
    assert long_stretches(text.encode(), ord(">"), most) == long


def test_scans_refuse_what_lies_outside() -> None:
    for rare, start, end in ((2, 0, 3), (-1, 0, 3), (0, -1, 3), (0, 0, 4)):
        with pytest.raises(ValueError, match="no byte"):
            find_rare(b"abc", b"ab", rare, start, end)
    with pytest.raises(ValueError, match="too many"):
        RawElements([b"x" * 17], (), b"y", 1)
    for most in (0, -1, -(2**40)):
        with pytest.raises(ValueError, match="no stretch"):
            long_stretches(b"abc", ord(">"), most)


_TYPES = {
    '{"@type": "Article"}': ("article",),
    '{"@type":[ "NewsArticle", "Thing"]}': ("newsarticle",),
    '{"@type":"WebPage","x":{"@type"\n:"Person"}}': ("webpage", "person"),
    '{"@type":"A"@type":"B"}': ("a",),
    '{"@type":5,"@type":"' + "x" * 41 + '"}': (),
}


@pytest.mark.parametrize("json", _TYPES)
def test_types_of_json_ld_are_kinds_of_the_page(json: str) -> None:
    html = f"<p>a</p><script type=application/ld+json>{json}</script>"
    page = segment_html(html + "<p>b</p>" + html, limits=Limits())
    assert isinstance(page, PageText)
    assert isinstance(page.structure, HtmlStructure)
    assert page.structure.kinds == 2 * _TYPES[json]
