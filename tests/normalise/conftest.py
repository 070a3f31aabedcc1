from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpusmill.normalise import apply_edits, find_edits
from corpusmill.records import (
    Decision,
    Fate,
    PageDecision,
    PageKind,
    PageText,
    Reason,
    Role,
    Segment,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from corpusmill.records import Edit

    MakePage = Callable[..., tuple[PageText, PageDecision]]
    Repair = Callable[..., tuple[list[str], tuple[Edit, ...]]]


def _tile(lines: Sequence[str]) -> PageText:
    position, segments = 0, []
    for index, line in enumerate(lines):
        end = position + len(line) + (index < len(lines) - 1)
        segments.append(Segment(position, end))
        position = end
    return PageText(PageKind.TEXT, "\n".join(lines), tuple(segments))


@pytest.fixture(scope="session")
def make_page() -> MakePage:
    """A text page of the given lines; all paragraphs but those whose role or loss is told."""

    def make(
        lines: Sequence[str],
        *,
        roles: Mapping[int, Role] | None = None,
        removed: Sequence[int] = (),
    ) -> tuple[PageText, PageDecision]:
        decisions = tuple(
            Decision(Role.FOOTER, Fate.REMOVED, Reason.FOOTER, "test")
            if index in removed
            else Decision(
                (roles or {}).get(index, Role.PARAGRAPH), Fate.TEXT, None, "test", document=0
            )
            for index in range(len(lines))
        )
        return _tile(lines), PageDecision(decisions, "test")

    return make


@pytest.fixture(scope="session")
def repair(make_page: MakePage) -> Repair:
    """The lines of a page after its edits, and the edits."""

    def run(
        *lines: str, roles: Mapping[int, Role] | None = None, removed: Sequence[int] = ()
    ) -> tuple[list[str], tuple[Edit, ...]]:
        page, decision = make_page(lines, roles=roles, removed=removed)
        edits = find_edits(page, decision)
        repaired = [
            apply_edits(page.text, segment.start, segment.start + len(line), edits)
            for segment, line in zip(page.segments, lines, strict=True)
        ]
        return repaired, edits

    return run
