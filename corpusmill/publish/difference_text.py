"""The difference between two releases in words: for the terminal and for the changelog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpusmill.publish.difference import Difference
    from corpusmill.publish.document_changes import DocumentChange
    from corpusmill.publish.movements import Movement

SHOWN: Final = 10
"""Lines of each kind; JSON and the HTML page have more."""

_GROUP_NAMES: Final = {"languages": "language", "sites": "site"}
_KINDS: Final = {
    "text": "in their text",
    "fields": "in what the page states, the text is the same",
    "annotations": "only in what was worked out about them",
}


def detail_lines(difference: Difference) -> list[str]:
    """Return what else changed, a sentence a line: kinds, contracts, makers, languages.

    Names neither documents nor sites: the changelog of a take-down says how many, never what.

    Args:
        difference: Of a release to the one before; that of a first release has no details.
    """
    lines = [f"{count:,} documents changed {words}" for words, count in kind_counts(difference)]
    lines += [f"contract {change}" for change in difference.contracts]
    lines += [f"made by another {change}" for change in difference.making]
    moved = [one for one in difference.groups.get("languages", ()) if not one.is_still]
    told = [f"{one.name} {_moved(one)}" for one in moved[:SHOWN]]
    told += [f"and {len(moved) - SHOWN:,} more"] if len(moved) > SHOWN else []
    lines += [f"documents by language: {', '.join(told)}"] if told else []
    before, after = difference.group_counts.get("sites", (0, 0))
    return [*lines, f"sites {before:,} → {after:,}"] if before != after else lines


def kind_counts(difference: Difference) -> list[tuple[str, int]]:
    """Return how many documents changed, by what changed in words."""
    documents = difference.tables.get("documents")
    return [(_KINDS[kind], n) for kind, n in documents.kinds.items()] if documents else []


def _moved(one: Movement) -> str:
    if one.documents_before == one.documents_after:
        return f"{one.chars_after - one.chars_before:+,} characters"
    return f"{one.documents_before:,} → {one.documents_after:,}"


def difference_lines(difference: Difference, *, heading: str) -> Iterator[str]:
    """Yield the difference as lines for a terminal.

    Args:
        difference: Between two releases.
        heading: First line: which releases, which bump.
    """
    yield heading
    yield ""
    yield from (f"  {reason}" for reason in difference.reasons())
    yield from (
        f"  {count:,} documents changed {words}" for words, count in kind_counts(difference)
    )
    for table in difference.uncompared:
        yield f"  {table}: shards differ, rows were not compared (--ledger compares them)"
    yield from _section("contracts", map(str, difference.contracts))
    yield from _section("made by", map(str, difference.making))
    for group, name in _GROUP_NAMES.items():
        yield from _movement_lines(difference, group, name)
    documents = difference.documents
    yield from _document_lines("largest changes of text", documents.moved, len(documents.moved))
    for change in ("added", "vanished", "changed"):
        table_count = getattr(difference.tables.get("documents"), change, 0)
        yield from _document_lines(f"documents {change}", getattr(documents, change), table_count)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", title, *(f"  {line}" for line in found))


def _movement_lines(difference: Difference, group: str, name: str) -> Iterator[str]:
    movements = difference.groups.get(group, ())
    moved = [one for one in movements if not one.is_still]
    if not movements:
        return
    before, after = difference.group_counts[group]
    head = f"{name} ({before:,} before, {after:,} after)"
    yield ""
    yield f"{head:32} {'documents':>24}  {'characters':>28}"
    for one in moved[:SHOWN]:
        documents = f"{one.documents_before:,} → {one.documents_after:,}"
        chars = f"{one.chars_before:,} → {one.chars_after:,}{_percent(one)}"
        yield f"  {one.name[:30]:30} {documents:>24}  {chars:>28}"
    still = len(movements) - len(moved)
    if len(moved) > SHOWN:
        yield f"  … and {len(moved) - SHOWN:,} more (--output json)"
    if still:
        yield f"  {still:,} as before"


def _percent(one: Movement) -> str:
    if not one.chars_before or not one.chars_after:
        return ""
    return f" ({one.chars_after / one.chars_before - 1:+.0%})"


def _document_lines(title: str, changes: Sequence[DocumentChange], count: int) -> Iterator[str]:
    if not changes:
        return
    shown = list(changes[:SHOWN])
    some = f", the first {len(shown)}" if count > len(shown) else ""
    yield from ("", f"{title}: {count:,}{some}")
    for one in shown:
        lengths = " → ".join(f"{n:,}" for n in (one.chars_before, one.chars_after) if n is not None)
        what = f" [{', '.join(one.columns)}]" if one.columns else ""
        name = one.title or "(no title)"
        yield f"  {one.document_id}  {lengths} characters  {one.host or '-'}  {name}{what}"
