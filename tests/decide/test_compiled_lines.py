"""The compiled passes over lines: counts, tokens and columns worked out by hand or by counting."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.decide.asked_columns import asked_table, at_distance, consecutive, rows_named
from corpusmill.decide.likelihood_sums import page_sums as likely_sums
from corpusmill.decide.likelihood_sums import profile_sums
from corpusmill.decide.line_characters import copy_codes, count_characters, find_bounds
from corpusmill.decide.line_columns import (
    best_region,
    fill_columns,
    fill_places,
    fill_widths,
    page_sums,
)
from corpusmill.decide.line_features import measured_features
from corpusmill.decide.line_tokens import count_copies, name_tokens
from corpusmill.decide.text_codepoints import CLASS_COUNT, CharClass, sign_table
from corpusmill.decide.text_measures import LONGEST_READ, ROW_OF, measure_lines
from corpusmill.decide.text_tokens import FUNCTION_WORD_COUNT, core_shares, shared_with
from corpusmill.decide.token_shares import count_shares, count_tokens

PAGE = [
    "Home | World 12:30",
    "The lake froze in 1963, the port did not; ships left the lake for the port.",
    "«Did it?» asked @two of the 10 men (No)…",
    "3 ago",
    "5 ago",
]
COLUMNS = {
    "width": [15, 60, 32, 4, 4],
    "words": [4, 16, 9, 2, 2],
    "tokens": [4, 16, 9, 2, 2],
    "sentences": [0, 2, 1, 0, 0],
    "width_per_token": [15 / 4, 60 / 16, 32 / 9, 2, 2],
    "width_per_sentence": [15, 30, 32, 4, 4],
    "longest_token": [5, 5, 5, 3, 3],
    "is_sentence": [0, 1, 0, 0, 0],
    "is_long": [0, 1, 0, 0, 0],
    "letter_share": [9 / 15, 53 / 60, 23 / 32, 3 / 4, 3 / 4],
    "upper_share": [2 / 9, 1 / 53, 2 / 23, 0, 0],
    "digit_share": [4 / 15, 4 / 60, 2 / 32, 1 / 4, 1 / 4],
    "mark_share": [2 / 15, 3 / 60, 7 / 32, 0, 0],
    "cjk_share": [0, 0, 0, 0, 0],
    "capital_share": [2 / 4, 1 / 16, 0, 0, 0],
    "comma_share": [0, 1 / 16, 0, 0, 0],
    "separator_share": [1 / 4, 0, 0, 0, 0],
    "ends_terminal": [0, 1, 1, 0, 0],
    "ends_bare_terminal": [0, 1, 1, 0, 0],
    "ends_teaser": [0, 0, 1, 0, 0],
    "ends_digit": [1, 0, 0, 0, 0],
    "starts_upper": [1, 1, 0, 0, 0],
    "starts_digit": [0, 0, 0, 1, 1],
    "starts_quote": [0, 0, 1, 0, 0],
    "commas": [0, 1, 0, 0, 0],
    "separators": [1, 0, 0, 0, 0],
    "quotes": [0, 0, 2, 0, 0],
    "brackets": [0, 0, 1, 0, 0],
    "colons": [1, 0, 0, 0, 0],
    "clocks": [1, 0, 0, 0, 0],
    "years": [0, 1, 0, 0, 0],
    "at_signs": [0, 0, 1, 0, 0],
    # Function words: the, lake, port; only they stand twice in the one long line.
    "function_tokens": [0, 8, 1, 0, 0],
    "function_share": [0, 8 / 16, 1 / 9, 0, 0],
    "known_tokens": [0, 0, 1, 0, 0],
    "known_share": [0, 0, 1 / 8, 0, 0],
    "shared_before": [0, 0, 1 / 8, 0, 1 / 2],
    "shared_after": [0, 1 / 8, 0, 1 / 2, 0],
    "title_share": [0, 2 / 8, 1 / 8, 0, 0],
    "of_title": [0, 1, 1 / 2, 0, 0],
    "copies": [0, 0, 0, 0, 0],
    "near_copies": [0, 0, 0, 1, 1],
    "line_place": [0, 1 / 5, 2 / 5, 3 / 5, 4 / 5],
    "char_place": [0, 15 / 115, 75 / 115, 107 / 115, 111 / 115],
    "lines_above": [0, 1, 2, 3, 4],
    "lines_below": [4, 3, 2, 1, 0],
    "after_last_copy": [30, 30, 30, 30, 1],
    "mass_before": [0, 0, 1, 1, 1],
    "mass_after": [1, 0, 0, 0, 0],
    "sentences_before": [0, 0, 1, 1, 1],
    "sentences_after": [1, 0, 0, 0, 0],
    "sentence_back": [30, 30, 1, 2, 3],
    "sentence_ahead": [1, 30, 30, 30, 30],
    "sentence_gap": [30, 30, 30, 30, 30],
    "width_gap_back": [0, 15, 0, 32, 36],
    "width_gap_ahead": [0, 40, 8, 4, 0],
    "in_tight_region": [0, 1, 0, 0, 0],
    "tight_region_distance": [1, 0, -1, -2, -3],
    "tight_region_depth": [0, 0, 0, 0, 0],
    "in_loose_region": [0, 1, 0, 0, 0],
    "loose_region_distance": [1, 0, -1, -2, -3],
    "loose_region_depth": [0, 0, 0, 0, 0],
    "plain_run": [1, 0, 3, 3, 3],
    "plain_run_mean": [15, 0, 40 / 3, 40 / 3, 40 / 3],
    "sentence_run": [0, 1, 0, 0, 0],
    "shape_run": [1, 1, 1, 2, 2],
    "width[-3]": [-1, -1, -1, 15, 60],
    "width[+2]": [32, 4, 4, -1, -1],
    "ends_terminal[-1]": [-1, 0, 1, 1, 0],
    "ends_terminal[+3]": [0, 0, -1, -1, -1],
    "function_share[+1]": [8 / 16, 1 / 9, 0, 0, -1],
    "capital_share[-2]": [-1, -1, 2 / 4, 1 / 16, 0],
    "known_share[+2]": [1 / 8, 0, 0, -1, -1],
    "stamps[-1]": [-1, 1, 0, 0, 0],
    "commas[-2]": [-1, -1, 0, 1, 0],
    "width_mean4": [115 / 5] * 5,
    "is_sentence_mean4": [1 / 5] * 5,
    "ends_terminal_mean4": [2 / 5] * 5,
    "dates_mean4": [1 / 5] * 5,
    "copies_mean12": [2 / 5] * 5,
    "separators_mean12": [1 / 5] * 5,
    "function_mean12": [9 / 33] * 5,
    "known_mean12": [1 / 24] * 5,
    "page_lines": [5] * 5,
    "page_width": [115] * 5,
    "page_mass_share": [60 / 115] * 5,
    "page_sentence_share": [1 / 5] * 5,
    "page_sentences": [1] * 5,
    "page_sentence_width": [60] * 5,
    "page_mean_width": [115 / 5] * 5,
    "page_copy_share": [2 / 5] * 5,
    "page_date_share": [0] * 5,
    "of_widest": [15 / 60, 1, 32 / 60, 4 / 60, 4 / 60],
    "wider_share": [2 / 5, 0, 1 / 5, 3 / 5, 3 / 5],
}


def test_every_column_holds_what_its_name_says() -> None:
    features = measured_features(measure_lines(PAGE, title="The lake"))
    for name, expected in COLUMNS.items():
        found = features.column(name)
        assert found.tolist() == np.array(expected, dtype=np.float32).tolist(), name


def test_columns_without_a_value_on_that_page_hold_what_their_names_say() -> None:
    lines = ["one:", "two,", "(three)", "four |", "five 2", "- six €", "的 ☂ 1/2/3"]
    ends = measured_features(measure_lines(lines))
    told = {
        name: np.flatnonzero(ends.column(name)).tolist()
        for name in (
            *("ends_colon", "ends_comma", "ends_closing", "ends_separator", "ends_digit"),
            *("starts_lower", "starts_bracket", "starts_bullet", "symbols", "currencies"),
            *("cjk_share", "dates", "links"),
        )
    }
    assert told == {
        "ends_colon": [0],
        "ends_comma": [1],
        "ends_closing": [2],
        "ends_separator": [3],
        "ends_digit": [4, 6],
        "starts_lower": [0, 1, 3, 4],
        "starts_bracket": [2],
        "starts_bullet": [],
        "symbols": [6],
        "currencies": [5],
        "cjk_share": [6],
        "dates": [6],
        "links": [],
    }


def test_rows_of_counts_are_where_their_names_say() -> None:
    assert min(ROW_OF.values()) == CLASS_COUNT
    assert sorted(ROW_OF.values()) == list(range(CLASS_COUNT, CLASS_COUNT + len(ROW_OF)))


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("", {"chars": 0, "words": 0, "tokens": 0, "first": CLASS_COUNT, "core_last": CLASS_COUNT}),
        (" \t", {"chars": 0, "width": 0, "last": CLASS_COUNT, "longest_token": 0}),
        ("1999", {"years": 1, "tokens": 1}),
        ("31999 19990 1999", {"years": 1, "tokens": 3}),
        ("2001-2003", {"years": 2, "dates": 1, "stamps": 1}),
        ("٣:٣ 1:a a:1 :1 1:", {"clocks": 0, "tokens": 8}),
        ("1:2:3 4：5", {"clocks": 3, "stamps": 3}),
        ("1年2月3日4", {"dates": 3, "tokens": 7, "wide_chars": 3, "width": 10}),
        ("https://a ://b :/ /c", {"links": 2}),
        ("a@b@", {"at_signs": 2, "tokens": 2, "words": 1}),
        ("Wait...", {"teaser_end": True, "closed": True, "sentences": 1}),
        ("Wait..", {"teaser_end": False, "closed": True}),
        ("Wait… »", {"teaser_end": True, "core_last": CharClass.ELLIPSIS}),
        ("No.Yes. “No.”", {"sentences": 2, "words": 2, "capital_words": 1}),
        ("完。。了！", {"sentences": 2, "wide_chars": 2, "width": 7}),
        ("ÀÉ îß", {"letters": 4, "capital_words": 1, "longest_token": 2}),
        ("한국 한", {"tokens": 2, "longest_token": 2, "wide_chars": 3}),
        ("a的b", {"tokens": 3, "longest_token": 1}),
        ("\U0001f600 \U00020000 \U00010400", {"tokens": 2, "wide_chars": 1, "marks": 1}),
        ("\ud800x\udfff", {"chars": 3, "tokens": 1}),
        ("()", {"core_last": CharClass.OPENING, "last": CharClass.CLOSING, "marks": 2}),
        ("x" * (LONGEST_READ + 9), {"chars": LONGEST_READ, "longest_token": LONGEST_READ}),
    ],
)
def test_characters_are_counted(line: str, counts: dict[str, int]) -> None:
    for lines, place in (([line], 0), (["9a", line, "9b"], 1)):
        measures = measure_lines(lines)
        found = {name: getattr(measures, name)[place] for name in counts}
        assert found == counts


def test_a_line_ends_where_the_next_begins() -> None:
    measures = measure_lines(["12", "34", "a", "1", ":2", "x.", ".", "y"])
    assert measures.tokens.tolist() == [1, 1, 1, 1, 1, 1, 0, 1]
    assert not measures.years.any()
    assert not measures.clocks.any()
    assert measures.sentences.tolist() == [0, 0, 0, 0, 0, 1, 1, 0]


words = st.sampled_from(["lake", "Lake", "port", "12", "7", "of", "的", "ice", "a", "b", "c"])
rows_of_words = st.lists(st.lists(words, max_size=9), min_size=1, max_size=9)


@given(rows_of_words)
def test_tokens_are_counted_as_by_hand(rows: list[list[str]]) -> None:
    lines = [" ".join(row) for row in rows]
    measures = measure_lines(lines, title="lake 12")
    folded = [[word.lower() for word in row] for row in [*rows, ["lake", "12"]]]
    near = [["1" if word.isdigit() else word for word in row] for row in folded]
    for place, own in enumerate(folded[:-1]):
        assert measures.tokens[place] == len(own)
        assert measures.title_tokens[place] == len({*own} & {"lake", "12"})
        assert measures.copies[place] == (folded.count(own) - 1 if own else 0)
        assert measures.near_copies[place] == (near.count(near[place]) - 1 if own else 0)
    assert measures.title_size.tolist() == [2] * len(rows)


@given(rows_of_words, st.data())
def test_words_of_core_lines_are_counted_as_by_hand(
    rows: list[list[str]], data: st.DataObject
) -> None:
    core = [data.draw(st.booleans()) for _ in rows]
    measures = measure_lines([" ".join(row) for row in rows])
    known, content = core_shares(measures.table, np.array([*core, False]))
    folded = [[word.lower() for word in row] for row in rows]
    used = Counter(
        word
        for row, is_core in zip(folded, core, strict=True)
        for word in row
        if is_core and not word.isdigit()
    )
    assert len(used) <= FUNCTION_WORD_COUNT  # so that all that stand twice are function words
    for place, row in enumerate(folded):
        own = {word for word in row if used[word] < 2}
        others = [folded[k] for k in range(len(rows)) if core[k] and k != place]
        assert content[place] == len(own)
        assert known[place] == sum(any(word in other for other in others) for word in own)
    shared, tokens = shared_with(measures.table, 0)
    assert shared[:-1].tolist() == [sum(word in folded[0] for word in row) for row in folded]
    assert tokens[:-1].tolist() == [len(row) for row in folded]


def test_of_many_frequent_words_only_the_most_frequent_are_function_words() -> None:
    frequent = " ".join(f"w{chr(97 + k)} " * 3 for k in range(FUNCTION_WORD_COUNT))
    measures = measure_lines([f"{frequent} other other single, and so on it goes until the end."])
    assert measures.function_tokens.tolist() == [3 * FUNCTION_WORD_COUNT]


numbers = st.lists(st.integers(-9, 9), min_size=1, max_size=12)


@given(numbers)
def test_the_best_region_is_the_first_with_the_greatest_sum(scores: list[int]) -> None:
    start, end = best_region(np.array(scores, dtype=np.int64))
    every = [(k, m) for m in range(len(scores) + 1) for k in range(m + 1)]
    greatest = max(sum(scores[k:m]) for k, m in every)
    assert sum(scores[start:end]) == greatest
    assert end == min(m for k, m in every if sum(scores[k:m]) == greatest)


ROWS = rows_named("part", "whole")


@given(numbers, st.integers(0, 14), st.integers(-14, 14), st.data())
def test_columns_are_filled_as_asked(
    part: list[int], radius: int, distance: int, data: st.DataObject
) -> None:
    count = len(part)
    whole = [data.draw(st.integers(-1, 9)) for _ in part]
    asked = (
        at_distance(ROWS.share("part", "whole", least=0), distance),
        ROWS.mean("part", 5, radius),
        ROWS.share_around("part", "whole", radius),
        ROWS.since("whole", 4),
        at_distance(ROWS.count("part"), distance),
    )
    values = np.full((len(asked), count), np.nan, dtype=np.float32)
    fill_columns(np.array([part, whole], dtype=np.int64), asked_table(asked), values)
    for line in range(count):
        at = line + distance
        around = slice(max(0, line - radius), line + radius + 1)
        near = [min(number, 5) for number in part[around]]
        last = [line - k for k in range(line) if whole[k]]
        on_page = 0 <= at < count
        expected = (
            (part[at] / whole[at] if whole[at] > 0 else 0) if on_page else -1,
            sum(near) / len(near),
            sum(part[around]) / sum(whole[around]) if sum(whole[around]) > 0 else 0,
            min(*last, 4) if last else 4,
            part[at] if on_page else -1,
        )
        assert values[:, line].tolist() == np.array(expected, dtype=np.float32).tolist()


def test_sums_over_probabilities_are_as_by_hand() -> None:
    likely = np.array([10, 600, 999, 300, 700], dtype=np.int64)
    widths = np.array([1, 2, 3, 4, 5], dtype=np.int64)
    mass = 10 + 1200 + 2997 + 1200 + 3500
    assert likely_sums(likely, widths, 500, 200, 700) == (15, mass, 10, 3, 6, 999, 4)
    assert profile_sums(likely, widths, 50, 2) == (15, mass, 1, 1, 10, 999, 610, 1000)


def test_parts_lie_one_behind_the_other() -> None:
    assert consecutive(2, 0, 3) == (slice(0, 2), slice(2, 2), slice(2, 5))


@given(st.lists(st.text(st.characters(), max_size=9), max_size=9))
def test_code_points_of_lines_are_copied_one_line_after_the_other(lines: list[str]) -> None:
    lines.append("\ud800\U0001f600")
    bounds = np.empty(len(lines) + 1, dtype=np.int64)
    codes = np.empty(find_bounds(lines, bounds), dtype=np.uint32)
    copy_codes(lines, codes)
    assert codes.tolist() == [ord(char) for line in lines for char in line]
    assert bounds.tolist() == [len("".join(lines[:line])) for line in range(len(lines) + 1)]
    for wrong in (codes[1:], np.append(codes, codes[:1])):
        with pytest.raises(ValueError, match="characters than there are codes"):
            copy_codes(lines, wrong)
    with pytest.raises(ValueError, match="not of as many lines"):
        find_bounds(lines, bounds[1:])


@given(st.lists(st.integers(0, 300), min_size=1, max_size=20))
def test_widths_are_ranked_by_how_many_lines_are_wider(widths: list[int]) -> None:
    counts = np.zeros((CLASS_COUNT + len(ROW_OF), len(widths)), dtype=np.int64)
    counts[ROW_OF["width"]] = widths
    values = np.empty((2, len(widths)), dtype=np.float32)
    fill_widths(counts, values)
    shares = [width / max(*widths, 1) for width in widths]
    wider = [sum(other > width for other in widths) / len(widths) for width in widths]
    assert values.tolist() == np.array([shares, wider], dtype=np.float32).tolist()
    with pytest.raises(ValueError, match="do not fit"):
        fill_widths(counts, values[:1])


def test_tables_that_do_not_fit_are_refused() -> None:
    codes = np.array(list(map(ord, "one two")), dtype=np.uint32)
    bounds = np.array([0, 7], dtype=np.int64)
    signs = np.zeros(7, dtype=np.uint32)
    counts = np.zeros((CLASS_COUNT + len(ROW_OF), 1), dtype=np.int64)
    table = sign_table()
    for wrong in ([0, 8], [1, 7], [0], [0, 9, 7], [0, -1, 7]):
        lines = np.zeros((len(counts), max(len(wrong) - 1, 1)), dtype=np.int64)
        with pytest.raises(ValueError, match="do not fit"):
            count_characters(codes, np.array(wrong), table, 1, 1, signs, lines)
    with pytest.raises(ValueError, match="do not fit"):
        count_characters(codes, bounds, table, 1, 1, signs, counts[:-1])
    count_characters(codes, bounds, table, 1, 1, signs, counts)
    weights, hashes = np.ones(2, dtype=np.uint64), np.zeros((2, 1), dtype=np.uint64)
    pairs, names = np.zeros((4, 1), dtype=np.int32), np.zeros(1, dtype=np.uint64)
    with pytest.raises(ValueError, match="more tokens"):
        name_tokens(codes, signs, bounds, table, weights, 1, pairs, names, hashes)
    chosen = np.ones(1, dtype=np.uint8)
    pairs[:] = 5
    with pytest.raises(ValueError, match="do not fit"):
        count_tokens(pairs, names, chosen, 1, counts)
    with pytest.raises(ValueError, match="do not fit"):
        count_shares(pairs, names, chosen, 1, np.zeros((2, 1), dtype=np.int64))
    with pytest.raises(ValueError, match="as many copies"):
        count_copies(hashes[0], np.zeros(2, dtype=np.int64))


def test_columns_that_are_not_there_are_refused() -> None:
    counts = np.zeros((CLASS_COUNT + len(ROW_OF), 2), dtype=np.int64)
    values = np.zeros((1, 2), dtype=np.float32)
    for asked in ((9, 0, 0, 0, 0), (0, 99, 0, 0, 0), (2, 0, -1, 0, 0), (3, 0, 0, 0, -1)):
        with pytest.raises(ValueError, match="no such"):
            fill_columns(counts, asked_table([asked]), values)
    with pytest.raises(ValueError, match="as many columns"):
        fill_columns(counts, asked_table([]).reshape(0, 5), values)
    with pytest.raises(ValueError, match="as many columns"):
        fill_places(counts, 1, 1, np.zeros(1, dtype=np.int64), values)
    with pytest.raises(ValueError, match="do not fit"):
        page_sums(counts[:, :0])
    with pytest.raises(ValueError, match="no lines"):
        profile_sums(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), 1, 1)
