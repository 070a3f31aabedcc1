"""What changed since another release: the section of the report, and the page of `diff`.

The section is told from `lineage.json`, which every release carries and which names neither
documents nor sites; the page has them, because whoever compares two releases has both.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from corpusmill.publish.versions import required_bump
from corpusmill.report.frame import bullet_list, card, cards, html_page, numbers, section, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corpusmill.publish.difference import Difference
    from corpusmill.releases import Release

_KINDS: Final = {
    "text": "the text",
    "fields": "what the page states, not the text",
    "annotations": "only what was worked out",
}

_SHOWN_CHARS: Final = 40
"""Characters of a digest or setting that are enough to tell it from another."""

_SHOWN: Final = 25
"""Languages or sites shown; JSON has more."""


def lineage_section(lineage: Mapping[str, Any]) -> str:
    """Return the section.

    Args:
        lineage: The parsed `lineage.json`.
    """
    previous = lineage["previous"]
    if previous is None:
        return section("difference", "Since the release before", "This is the first release.")
    lead = f"Compared with {previous['version']}; a {str(lineage['bump']).upper()} change."
    return section(
        "difference",
        f"Since {previous['version']}",
        lead,
        cards(*_cards(lineage)),
    )


def difference_page(before: Release, after: Release, difference: Difference) -> str:
    """Return the difference between two releases as one HTML document.

    Args:
        before: The one release.
        after: The other.
        difference: Between them.
    """
    body = difference.to_json()
    names = [f"{one.manifest.name} {one.version}" for one in (before, after)]
    documents = body["tables"].get("documents", {})
    header = (
        f"<h1>{escape(names[0])} <small>→ {escape(names[1])}</small></h1>"
        f"<p class='lead'>{escape(_verdict(difference))}</p>"
        + numbers(
            (f"{documents.get(name, 0):,}", f"documents {name}")
            for name in ("added", "vanished", "changed")
        )
    )
    listed = body["documents"]
    sections = (
        section("summary", "In short", "", cards(*_cards(body))),
        section(
            "documents",
            "Documents",
            "The first of each kind; corpusmill diff --list writes them all.",
            cards(
                card("Largest changes of text", _documents(listed["moved"]), wide=True),
                card("Changed", _documents(listed["changed"]), wide=True),
                card("Added", _documents(listed["added"]), wide=True),
                card("Vanished", _documents(listed["vanished"]), wide=True),
            ),
        ),
    )
    footer = "".join(
        f"<p>{escape(name)}<br><code>{release.digest}</code></p>"
        for name, release in zip(names, (before, after), strict=True)
    )
    return html_page(" → ".join(names), header, sections, footer)


def _verdict(difference: Difference) -> str:
    if difference.is_same_content:
        return "The same content."
    at_least = "At least a" if difference.uncompared else "A"
    return f"{at_least} {required_bump(difference).name} change."


def _cards(body: Mapping[str, Any]) -> Iterable[str]:
    """Yield the cards that section and page share."""
    tables: Mapping[str, Mapping[str, Any]] = body["tables"]
    yield card("Rows", _rows(tables), _uncompared(body["uncompared"]))
    yield card("Documents changed in", _kinds(tables.get("documents", {})))
    yield card("Columns of documents that changed", _columns(tables.get("documents", {})))
    yield card("Languages", _movements("language", body.get("languages", ())))
    yield card("Sites", _movements("site", body.get("sites", ())))
    yield card("Contracts", bullet_list(map(_contract, body["contracts"])))
    yield card("Made by another", bullet_list(map(_value, body["making"])))


def _rows(tables: Mapping[str, Mapping[str, Any]]) -> str:
    return table(
        ("table", "added", "vanished", "changed"),
        (
            (name, *(f"{one[change]:,}" for change in ("added", "vanished", "changed")))
            for name, one in tables.items()
        ),
    )


def _uncompared(tables: Sequence[str]) -> str:
    return bullet_list(f"{table}: differs, rows were not compared (--ledger)" for table in tables)


def _kinds(documents: Mapping[str, Any]) -> str:
    kinds = documents.get("kinds", {})
    rows = ((words, f"{kinds[kind]:,}") for kind, words in _KINDS.items() if kind in kinds)
    return table(("", "documents"), rows)


def _columns(documents: Mapping[str, Any]) -> str:
    columns = sorted(documents.get("columns", {}).items(), key=lambda pair: (-pair[1], pair[0]))
    return table(("column", "documents"), ((name, f"{n:,}") for name, n in columns))


def _movements(name: str, movements: Sequence[Mapping[str, Any]]) -> str:
    moved = [one for one in movements if _chars(one)[0] != _chars(one)[1] or _is_counted(one)]
    rows = (
        (one["name"], _arrow(one["documents_before"], one["documents_after"]), _arrow(*_chars(one)))
        for one in moved[:_SHOWN]
    )
    return table((name, "documents", "characters"), rows)


def _chars(one: Mapping[str, Any]) -> tuple[int, int]:
    return one["chars_before"], one["chars_after"]


def _is_counted(one: Mapping[str, Any]) -> bool:
    return bool(one["documents_before"] != one["documents_after"])


def _arrow(before: int, after: int) -> str:
    return f"{before:,} → {after:,}" if before != after else f"{after:,}"


def _contract(change: Mapping[str, Any]) -> str:
    versions = f"{change['name']} {change['before'] or 'none'} → {change['after'] or 'none'}"
    return f"{versions}: {'; '.join(change['changes'])}" if change["changes"] else versions


def _value(change: Mapping[str, Any]) -> str:
    before, after = (
        "none" if change[side] is None else str(change[side]) for side in ("before", "after")
    )
    return f"{change['name']}: {_cut(before)} → {_cut(after)}"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"


def _documents(changes: Sequence[Mapping[str, Any]]) -> str:
    lines = "".join(map(_document, changes))
    return f"<ul class='documents'>{lines}</ul>" if lines else ""


def _document(change: Mapping[str, Any]) -> str:
    facts = (change["host"], change["language"], _lengths(change), ", ".join(change["columns"]))
    return (
        f"<li>{escape(change['title'] or '(no title)')}"
        f"<small>{escape(' · '.join(fact for fact in facts if fact))}</small>"
        f"<small><code>{change['document_id']}</code></small></li>"
    )


def _lengths(change: Mapping[str, Any]) -> str:
    both = dict.fromkeys((change["chars_before"], change["chars_after"]))
    return f"{' → '.join(f'{n:,}' for n in both if n is not None)} characters"
