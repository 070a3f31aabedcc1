"""How edits are applied, and how edits of edited text become edits of the original.

Layers of repairs run one after the other, each on the text the one before left; here their
edits are brought back to the coordinates of the page text.  Which repairs there are does not
belong here.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from corpusmill.records import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Layer = Callable[[str], list[Edit]]
    """Finds edits of the text it is given, sorted, not overlapping."""

_start = attrgetter("start")


class Rewriting:
    """A text under repair: its edits so far, and what they make of it.

    Attributes:
        original: The text as it came.
        edits: Edits of `original`, sorted, not overlapping.
        text: `original` with `edits` applied.
    """

    __slots__ = ("edits", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        self.edits: list[Edit] = []
        self.text = original

    def run(self, layer: Layer) -> bool:
        """Apply the edits that a layer finds in the present text; say whether there were any."""
        found = layer(self.text)
        if found:
            self.edits = compose_edits(self.edits, found, self.original)
            self.text = apply_edits(self.text, 0, len(self.text), found)
        return bool(found)


def apply_edits(text: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    """Return a span of text with the edits that lie inside it applied.

    Args:
        text: The text the edits speak of.
        start: First character of the span.
        end: One past its last character.
        edits: Sorted, not overlapping; those that do not lie inside the span are left out.
    """
    pieces: list[str] = []
    at = start
    for index in range(bisect_left(edits, start, key=_start), len(edits)):
        edit = edits[index]
        if edit.end > end:
            break
        pieces += (text[at : edit.start], edit.replacement)
        at = edit.end
    pieces.append(text[at:end])
    return "".join(pieces)


def compose_edits(first: Sequence[Edit], second: Sequence[Edit], text: str) -> list[Edit]:
    """Return one list of edits that does what two lists do one after the other.

    Args:
        first: Edits of `text`, sorted, not overlapping.
        second: Edits of what `first` makes of `text`, sorted, not overlapping.
        text: The original.

    Returns:
        Edits of `text`.  Where a later edit touches the inside of what an earlier one wrote
        they become one, which keeps the later one's kind.
    """
    if not first or not second:
        return list(first or second)
    return _Composer(first, second, text).composed()


class _Composer:
    """One walk over two sorted lists of edits; positions are in the text between the two."""

    def __init__(self, first: Sequence[Edit], second: Sequence[Edit], text: str) -> None:
        self.first = first
        self.second = second
        self.text = text
        self.shift = 0
        """What to subtract from a position between to get the original one."""
        self.done = 0
        """Edits of `first` that lie before the position reached."""

    def composed(self) -> list[Edit]:
        """Return the edits of both, in the coordinates of the original."""
        out: list[Edit] = []
        index = 0
        while index < len(self.second):
            self._copy_before(self.second[index].start, out)
            index = self._merge_from(index, out)
        out.extend(self.first[self.done :])
        return out

    def _between(self) -> tuple[int, int]:
        """Return where the next edit of `first` wrote, in positions between."""
        edit = self.first[self.done]
        start = edit.start + self.shift
        return start, start + len(edit.replacement)

    def _step(self) -> Edit:
        edit = self.first[self.done]
        self.shift += len(edit.replacement) - (edit.end - edit.start)
        self.done += 1
        return edit

    def _copy_before(self, position: int, out: list[Edit]) -> None:
        while self.done < len(self.first) and self._between()[1] <= position:
            out.append(self._step())

    def _merge_from(self, index: int, out: list[Edit]) -> int:
        """Append the edit of `second` at `index`, with all that it hangs together with."""
        kind = self.second[index].kind
        start = end = self.second[index].start
        original_start = start - self.shift
        if self.done < len(self.first) and self._between()[0] < start:
            original_start = self.first[self.done].start
            start = self._between()[0]
        begin, first_done, shift = index, self.done, self.shift
        while True:
            if index < len(self.second) and (index == begin or self.second[index].start < end):
                end = max(end, self.second[index].end)
                index += 1
            elif self.done < len(self.first) and self._between()[0] < end:
                end = max(end, self._between()[1])
                self._step()
            else:
                break
        if self.done == first_done:
            only = self.second[index - 1]
            out.append(Edit(original_start, only.end - shift, only.replacement, kind))
            return index
        between = self._rebuild(original_start, first_done, end)
        local = [
            Edit(e.start - start, e.end - start, e.replacement, e.kind)
            for e in self.second[begin:index]
        ]
        replacement = apply_edits(between, 0, len(between), local)
        out.append(Edit(original_start, end - self.shift, replacement, kind))
        return index

    def _rebuild(self, original_start: int, first_done: int, end: int) -> str:
        """Return the text between that ends at `end`."""
        span = self.first[first_done : self.done]
        return apply_edits(self.text, original_start, end - self.shift, span)
