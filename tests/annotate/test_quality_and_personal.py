"""Quality signals by their definitions, and personal data with what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.annotate.personal import (
    PersonalKind,
    count_personal,
    find_personal,
    mask_personal,
)
from corpusmill.annotate.quality import measure_quality

PROSE = "The harbour was closed for three days. The ships had to wait outside."


def test_signals_of_prose() -> None:
    signals = measure_quality(PROSE, language="en")
    assert signals.terminal_line_ratio == 1.0
    assert signals.alphabetic_word_ratio == 1.0
    assert signals.stop_word_ratio is not None
    assert signals.stop_word_ratio > 0.3
    assert signals.duplicate_line_ratio == 0.0
    assert signals.duplicate_5gram_char_ratio == 0.0


def test_signals_of_repetition() -> None:
    signals = measure_quality("\n".join(["buy now and save today only"] * 4))
    assert signals.duplicate_line_ratio == 0.75
    assert signals.duplicate_line_char_ratio == 0.75
    assert signals.duplicate_5gram_char_ratio > 0.5
    assert signals.top_2gram_char_ratio > 0.2
    assert signals.terminal_line_ratio == 0.0
    assert signals.short_line_ratio == 1.0


def test_signals_of_lists_and_code() -> None:
    signals = measure_quality("- one\n- two\n• three…\n{ x } # 42")
    assert signals.bullet_line_ratio == 0.75
    assert signals.ellipsis_line_ratio == 0.25
    assert signals.brace_count == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "Cảng biển đã đóng cửa trong ba ngày và các con tàu phải chờ ở ngoài."),
        ("zh", "港口关闭了三天，所有的船都在外面等。"),
        ("ru", "Порт был закрыт на три дня, и суда ждали в море."),
        ("de", "Der Hafen war drei Tage geschlossen, und die Schiffe mussten auf See warten."),
        ("th", "ท่าเรือปิดเป็นเวลาสามวันและเรือต้องรอ"),
    ],
)
def test_stop_words_are_found_in_prose(language: str, text: str) -> None:
    signals = measure_quality(text, language=language)
    assert signals.distinct_stop_word_count is not None
    assert signals.distinct_stop_word_count >= 2


def test_stop_words_are_found_whatever_form_their_last_letter_has() -> None:
    signals = measure_quality("Ο αδελφός της και οι φίλοι των γειτόνων.", language="el")
    assert signals.distinct_stop_word_count == 5
    assert signals.stop_word_ratio == round(5 / 8, 4)


def test_a_language_without_list_has_no_stop_word_signal() -> None:
    assert measure_quality(PROSE, language="ko").stop_word_ratio is None
    assert measure_quality(PROSE).distinct_stop_word_count is None


def test_an_empty_text_has_signals() -> None:
    assert measure_quality("").mean_word_chars == 0.0


@pytest.mark.parametrize(
    ("text", "kind", "exact"),
    [
        ("Write to anna@harbour.example today.", PersonalKind.EMAIL, "anna@harbour.example"),
        ("邮箱：wang@gangkou.example。", PersonalKind.EMAIL, "wang@gangkou.example"),
        ("Call +84 24 3825 0000 now.", PersonalKind.PHONE, "+84 24 3825 0000"),
        ("ĐT: 024 3825 0000.", PersonalKind.PHONE, "024 3825 0000"),
        ("电话：010-6555 0000", PersonalKind.PHONE, "010-6555 0000"),
        ("手机13800000000", PersonalKind.PHONE, "13800000000"),
        ("Тел.: 8 (495) 000-00-00", PersonalKind.PHONE, "8 (495) 000-00-00"),
        ("Tel. 030 1234567", PersonalKind.PHONE, "030 1234567"),
        ("Logged in from 8.8.4.4 at noon.", PersonalKind.IP, "8.8.4.4"),
        ("Pay to DE89 3704 0044 0532 0130 00", PersonalKind.IBAN, "DE89 3704 0044 0532 0130 00"),
    ],
)  # fmt: skip
def test_personal_data_is_found(text: str, kind: PersonalKind, exact: str) -> None:
    found = [(span.kind, text[span.start : span.end]) for span in find_personal(text)]
    assert found == [(kind, exact)]


@pytest.mark.parametrize(
    "text",
    [
        "Between 1939-1945 and 2001-2005 it grew.",
        "On 2023-05-04 10:30 it rained; on 04.05.2023 too.",
        "It cost 1 000 000 000 in 1999 and 12,500,000 in 2001.",
        "Version 1.2.3.4 of the router at 192.168.0.1",
        "See https://user:pass@a.example/b and https://a.example/0123456789",
        "ISBN 978-3-16-148410-0 and DE00 0000 0000 0000 0000 00",
        "18:40:32 22/05/2025",
        "a@b and @handle",
    ],
)
def test_other_numbers_are_no_personal_data(text: str) -> None:
    assert find_personal(text) == ()


def test_counts_and_masks_agree() -> None:
    text = "anna@harbour.example, +84 24 3825 0000, 8.8.4.4"
    counts = count_personal(text)
    assert (counts.email_count, counts.phone_count, counts.ip_count) == (1, 1, 1)
    assert counts.iban_count == 0
    assert mask_personal(text) == "<email>, <phone>, <ip>"


@given(st.text("0123456789 +-()./:@abAB\n", max_size=80))
def test_any_text_is_survived(text: str) -> None:
    measure_quality(text, language="en")
    spans = find_personal(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize("text", ["1" * 100_000, "1 " * 50_000, "a@" * 50_000, "a." * 50_000 + "@"])
def test_monotonous_text_is_survived(text: str) -> None:
    find_personal(text)
    measure_quality(text)
