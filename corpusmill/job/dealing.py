"""Dealing: what is refined of which batch in one task, so that all workers end together.

Does not belong here: which pages are new (`arrivals`), what a task does with them (`worker`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpusmill.job.arrivals import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpusmill.job.reading import RawBatch

LAST_PAGES: Final = 1_000
"""Pages at the end of an intake that are dealt in pieces: about four batches, whatever the
size of the intake."""

PIECE_PAGES: Final = 64
"""Pages a piece, at most: a second of work, and a twentieth more for the files of a piece."""

LAST_PIECES: Final = 200
"""Pages at the very end, which are dealt in pieces of `SMALL_PIECE_PAGES`."""

SMALL_PIECE_PAGES: Final = 24
"""So many: with the last one, the other workers have nothing left to do."""

Dealt = tuple["RawBatch", Choice]


def deal_batches(batches: Sequence[Dealt]) -> list[Dealt]:
    """Return the batches of an intake as tasks take them, in their order: the last in pieces.

    With whole batches to the end, all workers but one would wait for the last one, for half the
    time of a batch on average.  Which pages a task refines changes nothing in a release.

    Args:
        batches: Batches and which of their pages are new.
    """
    dealt: list[Dealt] = []
    behind = 0
    for raw, choice in reversed(batches):
        pieces = list(_pieces(choice, _piece_pages(behind))) if behind < LAST_PAGES else [choice]
        dealt += [(raw, piece) for piece in reversed(pieces)]
        behind += len(choice.positions)
    return dealt[::-1]


def _piece_pages(behind: int) -> int:
    return SMALL_PIECE_PAGES if behind < LAST_PIECES else PIECE_PAGES


def _pieces(choice: Choice, most: int) -> Iterator[Choice]:
    """Yield a choice in pieces of about the same size, with so many pages at most."""
    count = -(-len(choice.positions) // most)
    for number in range(count):
        first, end = (len(choice.positions) * n // count for n in (number, number + 1))
        positions = choice.positions[first:end]
        chosen = frozenset(positions)
        yield Choice(positions, tuple(pair for pair in choice.also_at if pair[0] in chosen))
