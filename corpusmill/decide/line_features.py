"""Features of lines for the models: local ones, and windows over the lines around.

Belongs here: numbers made of `LineMeasures` by comparison, integer sums and plain division,
so that they are the same on every machine; no language is known.  Does not belong here:
word lists (`lexicon`), anything that only HTML has, decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.decide.asked_columns import Asked, Rows, asked_table, at_distance, consecutive
from corpusmill.decide.column_names import ColumnNames
from corpusmill.decide.line_columns import fill_columns, fill_places, fill_widths, page_sums
from corpusmill.decide.text_codepoints import CharClass
from corpusmill.decide.text_measures import ROW_OF, LineMeasures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_TERMINAL: Final = (CharClass.TERMINAL, CharClass.WIDE_TERMINAL, CharClass.ELLIPSIS)

FAR: Final = 30
"""Distances in lines are cut here: how far beyond that a paragraph lies says nothing more."""

WIDTH_CAP: Final = 600
"""Columns beyond which a line is no more of a paragraph than another."""

# Gain and loss of the best contiguous region (BTE, Finn, Kushmerick and Smyth 2001): a
# sentence line gains its width, any other line loses a constant.  Two constants, because what
# stands between two paragraphs differs between articles and forums.
_REGION_LOSSES: Final = {"tight": 60, "loose": 20}

_LINES: Final = Rows(ROW_OF | {kind.name: int(kind) for kind in CharClass})
"""Rows of counts: the attributes of `LineMeasures`, and characters by class, in capitals."""

_count, _share, _one_of = _LINES.count, _LINES.share, _LINES.one_of


@dataclass(frozen=True, slots=True)
class LineFeatures:
    """Features of n lines.

    Attributes:
        names: Names of the F columns.
        values: Shape (n, F), float32; columns lie together in memory.
    """

    names: ColumnNames
    values: NDArray[np.float32]

    def column(self, name: str) -> NDArray[np.float32]:
        """Return one feature of all lines."""
        found: NDArray[np.float32] = self.values[:, self.names.place[name]]
        return found


def join(*parts: LineFeatures) -> LineFeatures:
    """Return the features of the same lines side by side."""
    names = join_names(*(part.names for part in parts))
    return LineFeatures(names, np.concatenate([part.values.T for part in parts]).T)


@lru_cache(maxsize=16)
def join_names(*parts: ColumnNames) -> ColumnNames:
    """Return the names of columns side by side."""
    return ColumnNames(chain.from_iterable(parts))


def spread(features: LineFeatures, rows: Sequence[int], count: int) -> LineFeatures:
    """Return features with rows of zeros put in.

    Args:
        features: Features of as many lines as `rows` names.
        rows: Where each of those lines stands, ascending.
        count: How many lines there are in all.
    """
    if len(rows) == count:
        return features
    values = np.zeros((len(features.names), count), dtype=np.float32)
    values[:, np.asarray(rows, dtype=np.int64)] = features.values.T
    return LineFeatures(features.names, values.T)


def measured_features(measures: LineMeasures) -> LineFeatures:
    """Return the features of each line by itself, and among the lines around it and on its page."""
    count = len(measures)
    values = np.empty((len(_NAMES), count), dtype=np.float32)
    if count:
        local, places, around, page = (values[part] for part in _PARTS)
        fill_columns(measures.counts, _LOCAL_ASKED, local)
        fill_places(measures.counts, FAR, WIDTH_CAP, _LOSSES, places)
        fill_columns(measures.counts, _AROUND_ASKED, around)
        _fill_page(measures, page)
    return LineFeatures(_NAMES, values.T)


def _fill_page(measures: LineMeasures, values: NDArray[np.float32]) -> None:
    """Fill the columns in which all lines of a page are alike, and where each stands in width."""
    count = len(measures)
    total, mass, sentences, copied, dated = page_sums(measures.counts)
    same = (
        min(count, 1000),
        min(total, 50000),
        mass / total if total else 0,
        sentences / count,
        min(sentences, 200),
        mass / sentences if sentences else 0,
        total / count,
        copied / count,
        dated / count,
    )
    values[: len(same)] = np.array(same)[:, None]
    fill_widths(measures.counts, values[len(same) :])


_LOCAL: Final[dict[str, Asked]] = {
    "width": _count("width"),
    "words": _count("words"),
    "tokens": _count("tokens"),
    "sentences": _count("sentences"),
    "width_per_token": _share("width", "tokens"),
    "width_per_sentence": _share("width", "sentences", least=1),
    "longest_token": _count("longest_token"),
    "is_sentence": _count("sentence"),
    "is_long": _count("long"),
    "letter_share": _share("letters", "chars"),
    "upper_share": _share("UPPER", "letters"),
    "digit_share": _share("DIGIT", "chars"),
    "mark_share": _share("marks", "chars"),
    "cjk_share": _share("wide_chars", "letters"),
    "capital_share": _share("capital_words", "words"),
    "comma_share": _share("COMMA", "tokens"),
    "separator_share": _share("SEPARATOR", "tokens"),
    "ends_terminal": _count("closed"),
    "ends_bare_terminal": _one_of("last", *_TERMINAL),
    "ends_teaser": _count("teaser_end"),
    "ends_colon": _one_of("core_last", CharClass.COLON),
    "ends_comma": _one_of("core_last", CharClass.COMMA),
    "ends_closing": _one_of("last", CharClass.CLOSING),
    "ends_digit": _one_of("last", CharClass.DIGIT),
    "ends_separator": _one_of("last", CharClass.SEPARATOR),
    "starts_upper": _one_of("first", CharClass.UPPER),
    "starts_lower": _one_of("first", CharClass.LOWER),
    "starts_digit": _one_of("first", CharClass.DIGIT),
    "starts_quote": _one_of("first", CharClass.QUOTE),
    "starts_bullet": _one_of("first", CharClass.SEPARATOR, CharClass.SYMBOL),
    "starts_bracket": _one_of("first", CharClass.OPENING, CharClass.CLOSING),
    "commas": _count("COMMA"),
    "separators": _count("SEPARATOR"),
    "quotes": _count("QUOTE"),
    "brackets": _count("OPENING"),
    "symbols": _count("SYMBOL"),
    "currencies": _count("CURRENCY"),
    "colons": _count("COLON"),
    "clocks": _count("clocks"),
    "dates": _count("dates"),
    "years": _count("years"),
    "at_signs": _count("at_signs"),
    "links": _count("links"),
    "function_share": _share("function_tokens", "tokens"),
    "function_tokens": _count("function_tokens"),
    "known_share": _share("known_tokens", "content_tokens"),
    "known_tokens": _count("known_tokens"),
    "shared_before": _share("shared_before", "content_tokens"),
    "shared_after": _share("shared_after", "content_tokens"),
    "title_share": _share("title_tokens", "content_tokens"),
    "of_title": _share("title_tokens", "title_size"),
    "copies": _count("copies"),
    "near_copies": _count("near_copies"),
}
"""Features of each line by itself and of its words' use on the page."""

_PLACES: Final = (
    *("line_place", "char_place", "lines_above", "lines_below", "after_last_copy"),
    *("mass_before", "mass_after", "sentences_before", "sentences_after"),
    *("sentence_back", "sentence_ahead", "sentence_gap", "width_gap_back", "width_gap_ahead"),
    *chain.from_iterable(
        (f"in_{name}_region", f"{name}_region_distance", f"{name}_region_depth")
        for name in _REGION_LOSSES
    ),
    *("plain_run", "plain_run_mean", "sentence_run", "shape_run"),
)
"""Columns of `line_columns.fill_places`."""

_LOSSES: Final = np.array(list(_REGION_LOSSES.values()), dtype=np.int64)

_FAR_FOLLOWED: Final = {"width": _count("width"), "ends_terminal": _count("closed")}
_NEAR_FOLLOWED: Final = {
    "function_share": _LOCAL["function_share"],
    "capital_share": _LOCAL["capital_share"],
    "known_share": _LOCAL["known_share"],
    "stamps": _count("stamps"),
    "commas": _count("COMMA"),
}


def _neighbours(followed: Mapping[str, Asked], offsets: Sequence[int]) -> dict[str, Asked]:
    """Return what is told of the lines before and after."""
    return {
        f"{name}[{offset:+d}]": at_distance(asked, offset)
        for name, asked in followed.items()
        for offset in offsets
    }


def _around(radius: int) -> dict[str, Asked]:
    """Return what is told of the lines at most so far away, taken together."""
    return {
        f"width_mean{radius}": _LINES.mean("width", WIDTH_CAP, radius),
        f"is_sentence_mean{radius}": _LINES.mean("sentence", 1, radius),
        f"ends_terminal_mean{radius}": _LINES.mean("closed", 1, radius),
        f"dates_mean{radius}": _LINES.mean("stamps", 1, radius),
        f"copies_mean{radius}": _LINES.mean("near_copies", 1, radius),
        f"separators_mean{radius}": _LINES.mean("SEPARATOR", 1, radius),
        f"function_mean{radius}": _LINES.share_around("function_tokens", "tokens", radius),
        f"known_mean{radius}": _LINES.share_around("known_tokens", "content_tokens", radius),
    }


_AROUND: Final = (
    _neighbours(_FAR_FOLLOWED, (-3, -2, -1, 1, 2, 3))
    | _neighbours(_NEAR_FOLLOWED, (-2, -1, 1, 2))
    | _around(4)
    | _around(12)
)

_PAGE: Final = (
    *("page_lines", "page_width", "page_mass_share", "page_sentence_share", "page_sentences"),
    *("page_sentence_width", "page_mean_width", "page_copy_share", "page_date_share"),
    *("of_widest", "wider_share"),
)

_NAMES: Final = ColumnNames((*_LOCAL, *_PLACES, *_AROUND, *_PAGE))
_PARTS: Final = consecutive(len(_LOCAL), len(_PLACES), len(_AROUND), len(_PAGE))
_LOCAL_ASKED: Final = asked_table(_LOCAL.values())
_AROUND_ASKED: Final = asked_table(_AROUND.values())
