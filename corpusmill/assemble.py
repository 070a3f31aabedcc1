"""The assemble stage: decided segments become the drafts of a page's documents.

Kept segments are joined as paragraphs; title, byline, date, source credit and captions leave
the text and wait in the draft for the annotate stage.  Nothing is inserted but the line breaks
that part paragraphs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from corpusmill.annotate.drafts import DocumentDraft, FieldSegment
from corpusmill.annotate.personal import count_personal, mask_personal
from corpusmill.normalise import apply_edits, find_defects, split_headings
from corpusmill.records import Fate, PageKind, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
    own = _segments_by_document(decision.decisions)
    clean = mask_personal if mask else str
    drafts = (
        _draft(page, text, decision, edits, ordinal, own[ordinal], clean) for ordinal in sorted(own)
    )
    return tuple(draft for draft in drafts if draft.text)


def _segments_by_document(decisions: Sequence[Decision]) -> dict[int, list[int]]:
    """Return the segments of each document, in order."""
    own: dict[int, list[int]] = {}
    for index, one in enumerate(decisions):
        if one.document is not None:
            own.setdefault(one.document, []).append(index)
    return own


def _repaired_lines(text: PageText, own: Sequence[int], edits: Sequence[Edit]) -> dict[int, str]:
    """Return the text of some segments after its repairs, without white space around it."""
    whole = text.text
    starts = [edit.start for edit in edits]
    lines: dict[int, str] = {}
    for index in own:
        segment = text.segments[index]
        line = whole[segment.start : segment.end]
        first = bisect_left(starts, segment.start)
        if first < len(starts) and starts[first] < segment.end:
            end = segment.start + len(line.removesuffix("\n"))
            line = apply_edits(whole, segment.start, end, edits)
        lines[index] = line.strip()
    return lines


def _draft(
    page: RawPage,
    text: PageText,
    decision: PageDecision,
    edits: Sequence[Edit],
    ordinal: int,
    own: Sequence[int],
    clean: Callable[[str], str],
) -> DocumentDraft:
    decisions, lines = decision.decisions, _repaired_lines(text, own, edits)
    kept = [i for i, line in lines.items() if line and decisions[i].fate is Fate.TEXT]
    lifted = [i for i, line in lines.items() if line and decisions[i].fate is Fate.FIELD]
    plain = _joined(text, decisions, lines, kept)
    body = clean(plain)
    within = _edits_within(edits, [text.segments[i] for i in own]) if edits else []
    return DocumentDraft(
        page=page,
        page_text=text,
        decision=decision,
        ordinal=ordinal,
        text=body,
        fields=tuple(FieldSegment(decisions[i].role, clean(lines[i]), i) for i in lifted),
        headings=tuple(map(clean, _headings(text, decisions, lines, kept, within))),
        captions=tuple(map(clean, _captions(decisions, lines, lifted))),
        repairs=tuple(sorted(Counter(str(edit.kind) for edit in within).items())),
        defects=find_defects(body, page=text, edits=within),
        personal=count_personal(plain),
    )


def _joined(
    text: PageText, decisions: Sequence[Decision], lines: Mapping[int, str], kept: Sequence[int]
) -> str:
    """Return the lines kept, parted by paragraph breaks or mere line breaks."""
    is_html = text.kind is PageKind.HTML
    is_wrapped = not is_html and _is_wrapped(lines, kept)
    parts = [lines[kept[0]]] if kept else []
    for first, second in pairwise(kept):
        role = decisions[first].role
        if is_html:  # roles are compared first: few lines are like the one before, and of a list
            is_running = role is decisions[second].role and role in RUNNING_ROLES
        else:
            is_running = is_wrapped and second == first + 1
        parts += (LINE_BREAK if is_running else PARAGRAPH_BREAK, lines[second])
    return "".join(parts)


def _is_wrapped(lines: Mapping[int, str], kept: Sequence[int]) -> bool:
    """Say whether the lines of a plain text were wrapped at a fixed width."""
    followed = [lines[i] for i, after in pairwise(kept) if after == i + 1]
    wrapped = [
        line
        for line in followed
        if WRAPPED_LEAST <= len(line) <= WRAPPED_MOST and not line.endswith(tuple(TERMINAL_MARKS))
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
    lines: Mapping[int, str],
    kept: Sequence[int],
    edits: Sequence[Edit],
) -> tuple[str, ...]:
    placed = [(text.segments[i].start, lines[i]) for i in kept if decisions[i].role is Role.HEADING]
    return tuple(heading for _, heading in sorted([*placed, *split_headings(edits)]))


def _captions(
    decisions: Sequence[Decision], lines: Mapping[int, str], lifted: Sequence[int]
) -> tuple[str, ...]:
    """Return the captions in page order; one that stands twice is one caption."""
    captions = (lines[i] for i in lifted if decisions[i].role is Role.CAPTION)
    return tuple(dict.fromkeys(captions))
