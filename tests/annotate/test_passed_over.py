"""What is looked for only where its signs stand is found as if it were looked for everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from corpusmill.annotate import dates, personal

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

DATE_PIECES = st.sampled_from(
    ["2023", "4", "05", "20230504", "123", "12345", "/", "-", ".", " ", ", ", "年", "月", "日",
     "元", "년", "월", "일", "tháng ", "THÁNG ", "ngày ", " năm ", "May ", "mai", " de ", "marzode",
     "er", "мая", "г.", "(", "%", "٣", "ΣΕΠ", "ΑΎΓΟΥΣΤΟΣ", "İ", "मई", "rujna",
     "words between dates " * 3]
)  # fmt: skip
PHONE_PIECES = st.sampled_from(
    ["+84 912 345 678", "(024) 3825 1234", "5551234567", "00 44 20 7946 0958", "2023-05-04", "+",
     "0", "(", ")", " ", "/", "-", ".", ",", ":", "x", "é", "7", "12", "\u2011", "\u00a0", "_", "٣"]
)  # fmt: skip
EVERY_SIGN = (1 << 7) - 1


@settings(deadline=None)
@given(st.lists(DATE_PIECES, max_size=12).map("".join))
def test_dates_are_found_whatever_signs_are_looked_for(text: str) -> None:
    everywhere = [
        written
        for low, high, _ in dates._stretches(text)
        for written in dates._dates_within(text, low, high, EVERY_SIGN, None)
    ]
    assert dates.find_dates(text) == everywhere


@settings(deadline=None)
@given(st.lists(PHONE_PIECES, max_size=8).map("".join))
def test_runs_of_digits_are_those_of_the_whole_text(text: str) -> None:
    found = personal._digit_runs(text)
    everywhere = personal._DIGIT_RUN.finditer(text)
    assert _spans_with_enough(found) == _spans_with_enough(everywhere)


def _spans_with_enough(runs: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
    return [
        run.span() for run in runs if sum(map(str.isdecimal, run[0])) >= personal._FEWEST_DIGITS
    ]
