"""Nothing that a pattern matches is without one of the stems that lines are looked through for."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest

from corpusmill.annotate import (
    inferred_dates,
    licences,
    microdata,
    page_signs,
    upstreams,
    visible_lines,
)
from corpusmill.decide import mark_sayings
from corpusmill.decide.lexicon import footers, frames
from corpusmill.normalise import machine_translation

parser: Any = re._parser  # type: ignore[attr-defined]

ANYTHING = "\0"


@pytest.mark.parametrize(
    ("pattern", "stems"),
    [
        (footers.COPYRIGHT, footers.CLAIM_STEMS),
        (footers._NOTICE, footers.NOTICE_STEMS),
        (footers.PAYWALL, footers.PAYWALL_STEMS),
        (footers.PLEA, footers.PLEA_STEMS),
        (frames._FRAME, frames.FRAME_STEMS + frames.OTHER_FRAME_STEMS),
        (frames._READING_TIME, frames.ASIDE_STEMS),
        (frames._CALL, frames.ASIDE_STEMS),
        *((mark_sayings._PATTERNS[one], mark_sayings._WORDS[one]) for one in mark_sayings.Saying),
        (visible_lines._PUBLISHED_MARK, page_signs.PUBLICATION_STEMS),
        (visible_lines._LAST_EDIT, page_signs.EDIT_STEMS),
        (upstreams._UPSTREAM, page_signs.WORKS),
        (inferred_dates._WORDS, tuple(*inferred_dates._DAY_WORDS._groups)),
        (machine_translation._NOTICE, machine_translation.STEMS),
        (machine_translation._UNJOINED, machine_translation.STEMS),
        (microdata._AUTHOR_CLASS, microdata.CLASS_PARTS),
        (microdata._DATE_CLASS, microdata.CLASS_PARTS),
        (microdata._AUTHOR_PAGE, microdata.AUTHOR_PAGE_PARTS),
        (licences._DEED, licences.ADDRESS_PARTS),
        (re.compile("|".join(map(re.escape, licences._OTHER))), licences.ADDRESS_PARTS),
    ],
)
def test_all_that_a_pattern_matches_holds_a_stem(
    pattern: re.Pattern[str], stems: tuple[str, ...]
) -> None:
    folded = [stem.casefold() for stem in stems]
    texts = (text.casefold() for text in expansions(parser.parse(pattern.pattern)))
    assert not [text for text in texts if not any(stem in text for stem in folded)]


def expansions(parsed: Any) -> set[str]:
    """Return what a parsed pattern matches, `ANYTHING` where it leaves that open."""
    parts = [_alternatives(str(code), value) for code, value in parsed]
    return {"".join(chosen) for chosen in product(*map(sorted, parts))}


def _alternatives(code: str, value: Any) -> set[str]:
    if code == "LITERAL":
        return {chr(value)}
    if code == "SUBPATTERN":
        return expansions(value[3])
    if code == "BRANCH":
        return set().union(*map(expansions, value[1]))
    if code in {"MAX_REPEAT", "MIN_REPEAT"}:
        least, most, repeated = value
        inner = expansions(repeated) if most == 1 or least else {ANYTHING}
        return inner | ({""} if most == 1 and not least else set())
    if code == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
        return {chr(one) for _, one in value}
    return {""} if code in {"AT", "ASSERT", "ASSERT_NOT"} else {ANYTHING}
