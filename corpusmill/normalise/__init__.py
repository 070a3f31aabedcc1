"""The normalise stage: safe repairs as edits of the page text; the rest is only flagged.

A repair deletes, splits, or writes the same character in its common form; none guesses a
word.  Damage that would need a guess becomes a `Defect` (`corpusmill.normalise.defects`).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from corpusmill.normalise.characters import (
    character_edits,
    code_whitespace_edits,
    composition_edits,
    table_whitespace_edits,
    whitespace_edits,
)
from corpusmill.normalise.citations import (
    CitationPolicy,
    citation_edits,
    citation_policy,
)
from corpusmill.normalise.compose import Rewriting, apply_edits
from corpusmill.normalise.defects import find_defects
from corpusmill.normalise.entities import entity_edits
from corpusmill.normalise.headings import (
    HeadingEvidence,
    glued_heading_edits,
    trailing_heading_edits,
)
from corpusmill.normalise.images import empty_image_edits
from corpusmill.normalise.mojibake import is_misread, may_be_misread, mojibake_edits
from corpusmill.normalise.punctuation import SpacingCustom, punctuation_edits, spacing_custom
from corpusmill.normalise.suspects import (
    CHARACTERS,
    GLUED,
    IMAGE,
    MARKER,
    SPACED,
    SPACING,
    TRAILING,
    JoinedLines,
)
from corpusmill.records import Edit, EditKind, Fate, PageText, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpusmill.normalise.compose import Layer
    from corpusmill.records import PageDecision

__all__ = [
    "apply_edits",
    "find_defects",
    "find_edits",
    "normalise_text",
    "split_headings",
]


def normalise_text(text: str) -> str:
    r"""Return the text in NFC with the repairs that need no knowledge of the page.

    Idempotent; line breaks stay.

    Args:
        text: Any string; lone surrogates become U+FFFD.

    >>> normalise_text("Vie\u0302\u0323t\u00a0Nam")
    'Việt Nam'
    """
    if _is_plain(text):
        return text
    rewriting = Rewriting(text)
    _run_character_layers(rewriting, misread=is_misread(text))
    rewriting.run(whitespace_edits)
    return rewriting.text


def find_edits(page: PageText, decision: PageDecision) -> tuple[Edit, ...]:
    """Return the safe repairs of a page.

    Args:
        page: Page text with its segments.
        decision: One decision a segment; removed segments get no edits.

    Returns:
        Edits of the page text, sorted, not overlapping, each inside one segment and before
        the line break that closes it.
    """
    view = PageView(page, decision)
    edits: list[Edit] = []
    for index in view.doubtful():
        start = page.segments[index].start
        edits.extend(
            Edit(start + edit.start, start + edit.end, edit.replacement, edit.kind)
            for edit in view.segment_edits(index)
        )
    return tuple(edits)


def split_headings(edits: Sequence[Edit]) -> tuple[tuple[int, str], ...]:
    """Return the headings that glued-heading edits set free, with their page-text offset."""
    return tuple(
        (edit.start, edit.replacement.strip())
        for edit in edits
        if edit.kind is EditKind.GLUED_HEADING
    )


class PageView:
    """The kept lines of a page, and what they together say about doubtful repairs.

    Lines of code are not looked at together with the others: their white space has rules of its
    own.
    """

    def __init__(self, page: PageText, decision: PageDecision) -> None:
        removed, code, text = Fate.REMOVED, Role.CODE, page.text
        self.decisions = decision.decisions
        self.kept = [i for i, one in enumerate(self.decisions) if one.fate is not removed]
        spans = ((i, page.segments[i]) for i in self.kept)
        self.lines = {i: text[one.start : one.end].removesuffix("\n") for i, one in spans}
        self.code = [i for i in self.kept if self.decisions[i].role is code]
        prose = [i for i in self.kept if self.decisions[i].role is not code]
        joined = JoinedLines(prose, [self.lines[i] for i in prose])
        self.headings = HeadingEvidence(page.lines)
        self.has_brackets = joined.has_brackets
        self.misread = joined.may_be_misread and any(is_misread(self.lines[i]) for i in prose)
        self.custom: SpacingCustom = spacing_custom(joined.text, joined.spaced_marks)
        self.policies = {
            document: self._citations(document)
            for document in dict.fromkeys(self.decisions[i].document for i in self.kept)
        }
        self.last = {self.decisions[i].document: i for i in prose if self._is_text(i)}
        self.suspects = joined.suspects(misread=self.misread, custom=self.custom)

    def doubtful(self) -> list[int]:
        """Return the lines that some layer may find something in, in order."""
        closing = [i for i in self.last.values() if not self.is_sound(i)]
        return sorted({*self.suspects, *self.code, *closing})

    def segment_edits(self, index: int) -> list[Edit]:
        """Return the edits of one segment, in offsets of its line.

        A layer that needs what the line does not hold is passed over, as long as no other has
        changed the line.
        """
        if self.is_sound(index):
            return []
        rewriting = Rewriting(self.lines[index])
        if self.decisions[index].role is Role.CODE:
            _run_character_layers(rewriting, misread=self.misread)
            rewriting.run(code_whitespace_edits)
            return rewriting.edits
        needed = self.suspects.get(index, 0) | TRAILING
        if needed & CHARACTERS:
            _run_character_layers(rewriting, misread=self.misread)
        for need, layer in self._prose_layers(index):
            if needed & need or rewriting.edits:
                rewriting.run(layer)
        return rewriting.edits

    def is_sound(self, index: int) -> bool:
        """Say whether no layer can find anything in a line."""
        decision = self.decisions[index]
        if index in self.suspects or decision.role is Role.CODE:
            return False
        is_last = index == self.last.get(decision.document)
        return not is_last or not trailing_heading_edits(self.lines[index])

    def _prose_layers(self, index: int) -> Iterator[tuple[int, Layer]]:
        """Yield the layers, each with what it needs to find anything in a line as it came."""
        decision = self.decisions[index]
        yield IMAGE, empty_image_edits
        if decision.role in {Role.PARAGRAPH, Role.LIST} and self._is_text(index):
            yield GLUED, partial(glued_heading_edits, evidence=self.headings)
        if index == self.last.get(decision.document):
            yield TRAILING, trailing_heading_edits
        yield MARKER, partial(citation_edits, policy=self.policies[decision.document])
        yield SPACED, partial(punctuation_edits, custom=self.custom)
        is_table = decision.role is Role.TABLE
        yield SPACING, table_whitespace_edits if is_table else whitespace_edits

    def _is_text(self, index: int) -> bool:
        return self.decisions[index].fate is Fate.TEXT

    def _citations(self, document: int | None) -> CitationPolicy:
        if not self.has_brackets:
            return CitationPolicy()
        own = [i for i in self.kept if self.decisions[i].document == document]
        if any(self.decisions[i].role is Role.REFERENCES for i in own if self._is_text(i)):
            return CitationPolicy()
        return citation_policy(
            [self.lines[i] for i in own if self.decisions[i].role is not Role.CODE]
        )


def _is_plain(text: str) -> bool:
    """Say whether there is nothing to do: most titles and tags are so.

    Printable text that is evenly spaced and holds no reference can only have letters to repair.
    """
    spaced = "&" not in text and "  " not in text and text.isprintable() and text == text.strip()
    return spaced and (text.isascii() or not _has_odd_letters(text))


def _has_odd_letters(text: str) -> bool:
    return bool(character_edits(text) or composition_edits(text) or may_be_misread(text))


def _run_character_layers(rewriting: Rewriting, *, misread: bool) -> None:
    """Run the layers that know characters only, until none finds anything."""
    again = True
    while again:
        again = rewriting.run(partial(mojibake_edits, misread=misread))
        again |= rewriting.run(character_edits)
        again |= rewriting.run(entity_edits)
        again |= rewriting.run(composition_edits)
        misread = again and is_misread(rewriting.text)
