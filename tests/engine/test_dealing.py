"""Batches are dealt to workers, and to validation, so that little is left to wait for."""

from __future__ import annotations

from dataclasses import dataclass

from corpusmill.job.arrivals import Choice
from corpusmill.job.dealing import LAST_PAGES, PIECE_PAGES, deal_batches
from corpusmill.job.intake import LEAST_VALIDATED, VALIDATED_PAGES, group_batches
from corpusmill.job.reading import RawBatch


def batch(number: int, pages: int) -> tuple[RawBatch, Choice]:
    name = f"{number:03d}"
    return RawBatch(name, name, pages), Choice(tuple(range(pages)), ((1, ("a", "b")),))


@dataclass(frozen=True)
class Refined:
    page_count: int


def group_sizes(batches: list[Refined]) -> list[int]:
    total = sum(one.page_count for one in batches)
    groups = group_batches(batches, total)  # type: ignore[type-var]
    return [sum(one.page_count for one in group) for group in groups]


def test_only_the_last_pages_are_dealt_in_pieces() -> None:
    dealt = deal_batches([batch(number, 250) for number in range(10)])
    sizes = [len(choice.positions) for _, choice in dealt]
    assert sizes[:6] == [250] * 6
    assert all(0 < size <= PIECE_PAGES for size in sizes[6:])
    assert sum(sizes[6:]) == LAST_PAGES


def test_pieces_are_all_of_a_batch_in_its_order() -> None:
    batches = [batch(number, pages) for number, pages in enumerate((3, 250, 64, 65))]
    dealt = deal_batches(batches)
    assert [raw.pages for raw, _ in dealt] == sorted(raw.pages for raw, _ in dealt)
    for raw, choice in batches:
        pieces = [piece for other, piece in dealt if other == raw]
        assert sum((piece.positions for piece in pieces), ()) == choice.positions
        assert sum((piece.also_at for piece in pieces), ()) == choice.also_at


def test_nothing_is_dealt_of_nothing() -> None:
    assert deal_batches([]) == []


def test_groups_for_validation_grow_smaller_towards_the_end() -> None:
    sizes = group_sizes([Refined(50)] * 400)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == VALIDATED_PAGES
    assert sizes[-1] <= LEAST_VALIDATED


def test_few_pages_are_validated_together() -> None:
    assert group_sizes([Refined(100)] * 5) == [500]
    assert group_sizes([]) == []
