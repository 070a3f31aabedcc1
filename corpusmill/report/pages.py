"""The section with sampled pages, kept and removed text told apart."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from corpusmill.report.frame import percent, section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpusmill.report.samples import Piece, SampledPage

_LEAD: Final = (
    "The same pages for everybody who makes this report: by language in turn, the least page ids "
    "first. Green is text, blue became a field, red was removed."
)

_SHOWN_CHARS: Final = 400
"""Characters of a run of removed segments before it is cut."""

_SHOWN_PIECES: Final = 60
"""Lines of a page before the others are left out."""

_MARKS: Final = {"removed": "del", "inserted": "ins"}


def pages_section(pages: Sequence[SampledPage]) -> str:
    """Return the section; the first page is open, the others are folded.

    Args:
        pages: As sampled.
    """
    folded = (_page(page, is_open=number == 0) for number, page in enumerate(pages))
    return section("pages", "Sampled pages", _LEAD if pages else "None.", *folded)


def _page(page: SampledPage, *, is_open: bool) -> str:
    lines = list(_lines(page.pieces))
    more = len(lines) - _SHOWN_PIECES
    rest = f"<li><p>… {more:,} more lines</p></li>" if more > 0 else ""
    kept, lifted, removed = page.chars
    whole = kept + lifted + removed
    facts = f"{page.language or 'language unknown'} · {page.place} · {page.extractor or ''}"
    shares = f"{percent(kept, whole)} kept, {percent(removed, whole)} removed"
    lang = f" lang='{escape(page.language, quote=True)}'" if page.language else ""
    return (
        f"<details class='page'{' open' if is_open else ''}>"
        f"<summary>{escape(page.title or '(no title)')} <small>{escape(shares)}</small></summary>"
        f"<p class='lead'>{escape(facts)}</p>"
        f"<ol{lang} dir='auto'>{''.join(lines[:_SHOWN_PIECES])}{rest}</ol></details>"
    )


def _lines(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield a line a piece; neighbours that were removed for one reason share a line."""
    for (fate, reason, _), run in groupby(pieces, key=_run_key):
        together = list(run)
        if fate == "removed":
            yield _removed(reason or "", together)
            continue
        for piece in together:
            label = piece.role.replace("_", " ")
            why = f"field: {label}" if fate == "field" else label
            shown = f"<span class='why'>{escape(why)}</span>" if why != "paragraph" else ""
            yield f"<li class='{fate}'>{shown}<p>{''.join(_marked(piece))}</p></li>"


def _run_key(piece: Piece) -> tuple[str, str | None, str | None]:
    return (piece.fate, piece.reason, None if piece.fate == "removed" else piece.role)


def _removed(reason: str, run: list[Piece]) -> str:
    text = " · ".join(" ".join(piece.text.split()) for piece in run)
    if len(text) > _SHOWN_CHARS:
        text = f"{text[:_SHOWN_CHARS]}…"
    rules = ", ".join(dict.fromkeys(piece.rule for piece in run))
    count = f" × {len(run)}" if len(run) > 1 else ""
    why = f"removed: {reason.replace('_', ' ')}{count} ({rules})"
    return f"<li class='removed'><span class='why'>{escape(why)}</span><p>{escape(text)}</p></li>"


def _marked(piece: Piece) -> Iterator[str]:
    for kind, text in piece.parts:
        tag = _MARKS.get(kind)
        shown = escape(text)
        yield f"<{tag}>{shown}</{tag}>" if tag and shown else shown
