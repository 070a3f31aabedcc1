"""Compiled passes over bytes agree with what `bytes` itself can do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.read.decode import Decoded, decode_page
from corpusmill.read.octets import count_controls, is_utf8, unify_breaks

ANY = st.binary(max_size=400) | st.lists(st.sampled_from([b"\r", b"\n", b"a", b"\0"])).map(b"".join)


@pytest.mark.parametrize("size", [0, 1, 127, 128, 129, 255, 256, 70_000])
def test_long_runs_are_counted_in_full(size: int) -> None:
    assert count_controls(b"\x01" * size) == (size, 0)
    assert count_controls(b"\0" * size) == (0, size)


def test_controls_that_texts_have_do_not_count() -> None:
    every = bytes(range(256))
    assert count_controls(every) == (33 - 1 - len(b"\t\n\v\f\r\x1a\x1b"), 1)
    assert count_controls(b"\t\n\v\f\r\x1a\x1b\x20\x7e\x80\xff") == (0, 0)


@given(ANY)
def test_line_breaks_are_unified_as_by_replacing(content: bytes) -> None:
    assert unify_breaks(content) == content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252", "gb18030"])
def test_every_encoding_has_its_breaks_unified(encoding: str) -> None:
    decoded = decode_page(
        "é\r\n中\r\r\nb\n\r".encode(encoding, "ignore"), declared=encoding, media_type=""
    )
    assert isinstance(decoded, Decoded)
    assert decoded.text.replace("中", "") == "é\n\n\nb\n\n"


def is_decoded(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("before", [b"", b"seven b", b"eight by", "é中😀".encode()])
def test_every_first_and_second_byte_is_judged_as_by_decoding(before: bytes) -> None:
    tails = (b"", b"\x80", b"\x80\x80", b"\xbfx", b"x")
    pairs = [bytes((one, two)) for one in range(0x80, 256) for two in range(256)]
    contents = [before + pair + tail for pair in pairs for tail in tails]
    assert [is_utf8(one) for one in contents] == list(map(is_decoded, contents))


@given(st.text(max_size=300), st.binary(max_size=3), st.integers(0, 300))
def test_text_is_utf8_until_something_is_put_into_it(text: str, odd: bytes, place: int) -> None:
    utf8 = text.encode()
    assert is_utf8(utf8)
    broken = utf8[:place] + odd + utf8[place:]
    assert is_utf8(broken) == is_decoded(broken)


def test_byte_order_marks_go_however_many() -> None:
    decoded = decode_page(b"\xef\xbb\xbf" * 50_000 + b"a\xef\xbb\xbf", declared=None, media_type="")
    assert isinstance(decoded, Decoded)
    assert decoded.text == "a\ufeff"
