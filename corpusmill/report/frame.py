"""The frame of a page and the small pieces of HTML that all sections use."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from corpusmill.report.style import STYLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def html_page(title: str, header: str, sections: Iterable[str], footer: str) -> str:
    """Return a whole HTML document.

    Args:
        title: Of the window; plain text.
        header: HTML of the head of the page.
        sections: HTML of the sections.
        footer: HTML of the foot of the page.
    """
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body>"
        f"<header>{header}</header>\n<main>{''.join(sections)}</main>\n"
        f"<footer>{footer}</footer></body></html>\n"
    )


def section(identity: str, title: str, lead: str, *content: str) -> str:
    """Return a section with a heading that can be linked to.

    Args:
        identity: Anchor.
        title: Heading; plain text.
        lead: One or two sentences below it; plain text, may be empty.
        content: HTML.
    """
    below = f"<p class='lead'>{escape(lead)}</p>" if lead else ""
    return f"<section id='{identity}'><h2>{escape(title)}</h2>{below}{''.join(content)}</section>\n"


def cards(*content: str) -> str:
    """Return cards side by side where there is room; empty ones are left out."""
    return f"<div class='cards'>{''.join(content)}</div>"


def card(title: str, *content: str, wide: bool = False) -> str:
    """Return a card; nothing where it would be empty.

    Args:
        title: Heading; plain text.
        content: HTML.
        wide: Take the whole width.
    """
    inside = "".join(content)
    if not inside:
        return ""
    kind = "card wide" if wide else "card"
    return f"<div class='{kind}'><h3>{escape(title)}</h3>{inside}</div>"


def numbers(pairs: Iterable[tuple[str, str]]) -> str:
    """Return large numbers, each with what it counts."""
    boxes = (f"<li><b>{escape(n)}</b><span>{escape(what)}</span></li>" for n, what in pairs)
    return f"<ul class='numbers'>{''.join(boxes)}</ul>"


def bullet_list(lines: Iterable[str]) -> str:
    """Return plain texts as a list; nothing where there are none."""
    found = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul class='plain'>{found}</ul>" if found else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, number_from: int = 1) -> str:
    """Return a table of plain texts.

    Args:
        head: Names of the columns.
        rows: Cells.
        number_from: Columns from this one on hold numbers.
    """

    def line(cells: Sequence[str], tag: str) -> str:
        kinds = ("" if i < number_from else " class='number'" for i in range(len(cells)))
        pairs = zip(kinds, cells, strict=True)
        return "".join(f"<{tag}{kind}>{escape(cell)}</{tag}>" for kind, cell in pairs)

    body = "".join(f"<tr>{line(row, 'td')}</tr>" for row in rows)
    if not body:
        return ""
    return (
        f"<div class='scroll'><table><thead><tr>{line(head, 'th')}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def details(summary: str, content: str) -> str:
    """Return HTML that is folded away; nothing where there is none."""
    return f"<details><summary>{escape(summary)}</summary>{content}</details>" if content else ""


def percent(part: int, whole: int) -> str:
    """Return a share for people: `12%`, `<1%` where it is small but not nothing.

    >>> percent(1, 3), percent(1, 1000), percent(0, 5), percent(999, 1000)
    ('33%', '<1%', '0%', '>99%')
    """
    if not whole or not part:
        return "0%"
    hundredths = round(100 * part / whole)
    if not hundredths:
        return "<1%"
    return ">99%" if hundredths == 100 and part < whole else f"{hundredths}%"  # noqa: PLR2004


def short(count: int) -> str:
    """Return a large number in few characters.

    >>> short(950), short(12_345), short(4_200_000)
    ('950', '12.3 k', '4.2 M')
    """
    for limit, unit in ((10**9, "G"), (10**6, "M"), (10**4, "k")):
        if count >= limit:
            return f"{count / (10**3 if unit == 'k' else limit):.1f} {unit}"
    return f"{count:,}"
