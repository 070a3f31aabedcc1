"""The assemble stage: decided segments become the drafts of a page's documents.

Kept segments are joined as paragraphs; title, byline, date, source credit and captions leave
the text and wait in the draft for the annotate stage.  Nothing is inserted but the line breaks
that part paragraphs.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from corpusmill.annotate.drafts import DocumentDraft, FieldSegment
from corpusmill.annotate.personal import count_personal, mask_personal
from corpusmill.normalise import apply_edits, find_defects, split_headings
from corpusmill.records import Fate, PageKind, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from corpusmill.records import Decision, Edit, PageDecision, PageText, RawPage, Segment

PARAGRAPH_BREAK = "\n\n"
LINE_BREAK = "\n"

RUNNING_ROLES = frozenset({Role.LIST, Role.TABLE})
"""Neighbours of one of these roles are lines of one list or table, not paragraphs."""

WRAPPED_LEAST, WRAPPED_MOST = 45, 100
"""Characters of a line of text that was wrapped at a fixed width (e-mail, RFC, Gutenberg)."""

WRAPPED_SHARE = 0.6
"""Share of such lines among the lines that are followed directly by another one."""

WRAPPED_LINES = 12
"""Fewer lines are no evidence of wrapping."""

TERMINAL_MARKS = ".!?…。！？:;\"'”’»)]"


def assemble_drafts(
    page: RawPage,
    text: PageText,
    decision: PageDecision,
    edits: Sequence[Edit],
    *,
    mask: bool = False,
) -> tuple[DocumentDraft, ...]:
    """Return the drafts of the documents that a page holds, in page order.

    Args:
        page: The page.
        text: Page text with its segments.
        decision: One decision a segment.
        edits: Safe repairs, sorted by start.
        mask: Replace personal data by typed placeholders; it is counted either way.

    Returns:
        A draft for every document ordinal that has text; none where nothing was kept.
    """
    lines = _repaired_lines(text, edits)
    ordinals = sorted({one.document for one in decision.decisions if one.document is not None})
    clean = mask_personal if mask else str
    drafts = (_draft(page, text, decision, edits, lines, ordinal, clean) for ordinal in ordinals)
    return tuple(draft for draft in drafts if draft.text)


def _repaired_lines(text: PageText, edits: Sequence[Edit]) -> list[str]:
    """Return the text of every segment after its repairs, without closing line breaks."""
    lines = text.lines()
    for index, own in _edits_by_segment(text.segments, edits):
        segment = text.segments[index]
        end = segment.start + len(lines[index])
        lines[index] = apply_edits(text.text, segment.start, end, own)
    return lines


def _edits_by_segment(
    segments: Sequence[Segment], edits: Sequence[Edit]
) -> Iterator[tuple[int, list[Edit]]]:
    position = 0
    for index, segment in enumerate(segments):
        own = []
        while position < len(edits) and edits[position].start < segment.end:
            own.append(edits[position])
            position += 1
        if own:
            yield index, own


def _draft(
    page: RawPage,
    text: PageText,
    decision: PageDecision,
    edits: Sequence[Edit],
    lines: list[str],
    ordinal: int,
    clean: Callable[[str], str],
) -> DocumentDraft:
    own = [i for i, one in enumerate(decision.decisions) if one.document == ordinal]
    kept = [i for i in own if decision.decisions[i].fate is Fate.TEXT and lines[i].strip()]
    lifted = [i for i in own if decision.decisions[i].fate is Fate.FIELD and lines[i].strip()]
    plain = _joined(text, decision.decisions, lines, kept)
    body = clean(plain)
    within = _edits_within(edits, [text.segments[i] for i in own])
    return DocumentDraft(
        page=page,
        page_text=text,
        decision=decision,
        ordinal=ordinal,
        text=body,
        fields=tuple(
            FieldSegment(decision.decisions[i].role, clean(lines[i].strip()), i) for i in lifted
        ),
        headings=tuple(map(clean, _headings(text, decision.decisions, lines, kept, within))),
        captions=tuple(map(clean, _captions(decision.decisions, lines, lifted))),
        repairs=tuple(sorted(Counter(str(edit.kind) for edit in within).items())),
        defects=find_defects(body, page=text, edits=within),
        personal=count_personal(plain),
    )


def _joined(
    text: PageText, decisions: Sequence[Decision], lines: list[str], kept: list[int]
) -> str:
    breaks = _LineBreaks(text, decisions, lines, kept)
    parts: list[str] = []
    for previous, index in zip([None, *kept], kept, strict=False):
        if previous is not None:
            parts.append(breaks.between(previous, index))
        parts.append(lines[index].strip())
    return "".join(parts)


class _LineBreaks:
    """Chooses what parts two kept segments: a paragraph break, or a mere line break."""

    def __init__(
        self, text: PageText, decisions: Sequence[Decision], lines: list[str], kept: list[int]
    ) -> None:
        self._decisions = decisions
        self._is_wrapped = text.kind is PageKind.TEXT and _is_wrapped(lines, kept)
        self._is_html = text.kind is PageKind.HTML

    def between(self, first: int, second: int) -> str:
        """Return the break between two kept segments that follow each other."""
        roles = {self._decisions[first].role, self._decisions[second].role}
        if self._is_html and len(roles) == 1 and roles <= RUNNING_ROLES:
            return LINE_BREAK
        if self._is_wrapped and second == first + 1:
            return LINE_BREAK
        return PARAGRAPH_BREAK


def _is_wrapped(lines: list[str], kept: list[int]) -> bool:
    """Say whether the lines of a plain text were wrapped at a fixed width."""
    followed = [lines[i] for i, after in pairwise(kept) if after == i + 1]
    wrapped = [
        line
        for line in followed
        if WRAPPED_LEAST <= len(line.strip()) <= WRAPPED_MOST
        and not line.rstrip().endswith(tuple(TERMINAL_MARKS))
    ]
    return len(followed) >= WRAPPED_LINES and len(wrapped) >= WRAPPED_SHARE * len(followed)


def _edits_within(edits: Sequence[Edit], segments: Sequence[Segment]) -> list[Edit]:
    spans = {(segment.start, segment.end) for segment in segments}
    ordered = sorted(spans)
    found, position = [], 0
    for edit in edits:
        while position < len(ordered) and ordered[position][1] <= edit.start:
            position += 1
        if position < len(ordered) and ordered[position][0] <= edit.start:
            found.append(edit)
    return found


def _headings(
    text: PageText,
    decisions: Sequence[Decision],
    lines: list[str],
    kept: list[int],
    edits: Sequence[Edit],
) -> tuple[str, ...]:
    placed = [
        (text.segments[i].start, lines[i].strip())
        for i in kept
        if decisions[i].role is Role.HEADING
    ]
    return tuple(heading for _, heading in sorted([*placed, *split_headings(edits)]))


def _captions(
    decisions: Sequence[Decision], lines: list[str], lifted: list[int]
) -> tuple[str, ...]:
    """Return the captions in page order; one that stands twice is one caption."""
    captions = (lines[i].strip() for i in lifted if decisions[i].role is Role.CAPTION)
    return tuple(dict.fromkeys(captions))
