"""The rule removes what the site repeats, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.records import Decision, Fate, PageDecision, Reason, Role
from corpusmill.segment.text import segment_lines
from corpusmill.sites.counts import SiteLineCounts
from corpusmill.sites.lines import line_digest
from corpusmill.sites.rule import RULE, apply_site_lines, keeps_repeated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpusmill.records import PageText


def counts_of(*lines: str, pages: int = 10, on: int = 10) -> SiteLineCounts:
    return SiteLineCounts(pages, {line_digest(line) or 0: on for line in lines})


def decided(*lines: tuple[str, Role], fates: Sequence[Fate] = ()) -> tuple[PageText, PageDecision]:
    given_fates = fates or [Fate.TEXT] * len(lines)
    decisions = tuple(
        Decision(
            role,
            fate,
            Reason.BOILERPLATE if fate is Fate.REMOVED else None,
            "test",
            document=None if fate is Fate.REMOVED else 0,
        )
        for (_, role), fate in zip(lines, given_fates, strict=True)
    )
    return segment_lines([line for line, _ in lines]), PageDecision(decisions, extractor="test")


def kept(decision: PageDecision) -> list[int]:
    return [i for i, one in enumerate(decision.decisions) if one.fate is not Fate.REMOVED]


P, H = Role.PARAGRAPH, Role.HEADING


def test_a_repeated_line_goes_with_reason_and_rule() -> None:
    page, decision = decided(("A story.", P), ("Subscribe now", P), ("It goes on.", P))
    cleaned = apply_site_lines(page, decision, counts_of("subscribe now"))
    assert kept(cleaned) == [0, 2]
    gone = cleaned.decisions[1]
    assert (gone.reason, gone.rule, gone.document) == (Reason.REPEATED_ON_SITE, RULE, None)


@pytest.mark.parametrize(
    ("pages", "on", "stays"),
    [(3, 3, False), (3, 2, True), (40, 3, False), (61, 3, True), (1000, 50, True),
     (1000, 60, False)],
)  # fmt: skip
def test_a_line_must_stand_on_two_and_five_percent_of_the_other_pages(
    pages: int, on: int, stays: bool
) -> None:
    page, decision = decided(("A story.", P), ("Quoted words", P))
    site = counts_of("Quoted words", pages=pages, on=on)
    assert (1 in kept(apply_site_lines(page, decision, site))) is stays


@pytest.mark.parametrize("heading", ["History", "Einzelnachweise", "Lịch sử", "歷史"])
def test_a_heading_that_opens_text_stays(heading: str) -> None:
    page, decision = decided((heading, H), ("The town is old.", P), (heading, H), ("Born here.", P))
    cleaned = apply_site_lines(page, decision, counts_of(heading))
    assert kept(cleaned) == [0, 1, 2, 3]
    assert cleaned is decision


def test_headings_of_headings_stay_with_their_text() -> None:
    page, decision = decided(("A.", P), ("History", H), ("Early times", H), ("It began.", P))
    assert kept(apply_site_lines(page, decision, counts_of("History", "Early times"))) == [
        0,
        1,
        2,
        3,
    ]


def test_a_heading_of_a_repeated_block_goes_with_it() -> None:
    page, decision = decided(
        ("A story.", P), ("About us", H), ("We are a paper.", P), ("Imprint", H)
    )
    site = counts_of("About us", "We are a paper.", "Imprint")
    assert kept(apply_site_lines(page, decision, site)) == [0]


def test_the_title_stays() -> None:
    page, decision = decided(("Weather", Role.TITLE), ("Menu", P), ("It rains.", P))
    assert kept(apply_site_lines(page, decision, counts_of("Weather", "Menu"))) == [0, 2]


def test_a_heading_at_the_head_of_the_text_stands_for_the_title() -> None:
    page, decision = decided(("Weather", H), ("Menu", P), ("It rains.", P))
    assert kept(apply_site_lines(page, decision, counts_of("Weather", "Menu"))) == [0, 2]


def test_fields_stay() -> None:
    page, decision = decided(
        ("By A. Writer", Role.BYLINE), ("A story.", P), fates=[Fate.FIELD, Fate.TEXT]
    )
    assert apply_site_lines(page, decision, counts_of("By A. Writer")) is decision


def test_a_row_of_a_table_that_states_a_number_stays() -> None:
    page, decision = decided(("Height\t12 mm", Role.TABLE), ("See also", Role.TABLE), ("Text.", P))
    assert kept(apply_site_lines(page, decision, counts_of("Height 7 mm", "See also"))) == [0, 2]


@pytest.mark.parametrize(("score", "stays"), [(None, False), (0.7, False), (0.95, True)])
def test_what_the_decider_is_sure_of_stays(score: float | None, stays: bool) -> None:
    page, decision = decided(("A story.", P), ("Subscribe now", P))
    scored = tuple(replace(one, score=score) for one in decision.decisions)
    cleaned = apply_site_lines(
        page, replace(decision, decisions=scored), counts_of("Subscribe now")
    )
    assert (1 in kept(cleaned)) is stays


@pytest.mark.parametrize(
    ("page_type", "stays"), [(None, False), ("article", False), ("forum", False), ("product", True)]
)
def test_pages_whose_own_text_repeats_stay(page_type: str | None, stays: bool) -> None:
    page, decision = decided(("A lamp.", P), ("Delivery takes a week", P))
    typed = replace(decision, page_type=page_type)
    cleaned = apply_site_lines(page, typed, counts_of("Delivery takes a week"))
    assert (1 in kept(cleaned)) is stays


def test_a_document_is_never_emptied() -> None:
    page, decision = decided(("Menu", P), ("Imprint", P))
    cleaned = apply_site_lines(page, decision, counts_of("Menu", "Imprint"))
    assert kept(cleaned) == [0, 1]
    assert cleaned.flags == ("cleaning_fallback",)


def test_heavy_removal_is_flagged() -> None:
    page, decision = decided(("Text.", P), ("A very long notice to all visitors", P))
    cleaned = apply_site_lines(page, decision, counts_of("A very long notice to all visitors"))
    assert cleaned.flags == ("heavy_removal",)


def test_what_others_removed_stays_removed_with_their_reason() -> None:
    page, decision = decided(("Menu", P), ("Text.", P), fates=[Fate.REMOVED, Fate.TEXT])
    assert apply_site_lines(page, decision, counts_of("Menu")) is decision
    assert not keeps_repeated(page, decision, counts_of("Menu"))


def test_without_counts_nothing_happens() -> None:
    page, decision = decided(("Menu", P), ("Text.", P))
    assert apply_site_lines(page, decision, None) is decision
    assert keeps_repeated(page, decision, counts_of("Menu"))


WORDS = st.sampled_from(["Menu", "Imprint", "", "Text of its own.", "History", "12 mm", "End"])


@given(
    st.lists(
        st.tuples(WORDS, st.sampled_from([P, H, Role.TABLE, Role.TITLE]), st.sampled_from(Fate)),
        min_size=1,
    )
)
def test_the_rule_only_removes_and_keeps_title_and_document(
    rows: list[tuple[str, Role, Fate]],
) -> None:
    page, decision = decided(
        *((line, role) for line, role, _ in rows), fates=[fate for *_, fate in rows]
    )
    cleaned = apply_site_lines(page, decision, counts_of("Menu", "Imprint", "History", "9 mm"))
    before, after = set(kept(decision)), set(kept(cleaned))
    assert after <= before
    texts = [i for i, (line, _, fate) in enumerate(rows) if fate is Fate.TEXT and line]
    assert not texts or any(i in after for i in texts)
    titles = [i for i in texts if rows[i][1] is Role.TITLE]
    assert not titles or titles[0] in after
    assert apply_site_lines(page, cleaned, counts_of("Menu", "Imprint")).decisions is not None
