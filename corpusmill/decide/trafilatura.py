"""trafilatura as a decider: its extraction, projected back on the segments of the page.

For `--extractor trafilatura` and as a fallback.  Whatever it leaves out is removed as
`boilerplate`, since it does not say why.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpusmill.decide.html_roles import kept_role
from corpusmill.records import Decision, Fate, PageDecision, Reason, Role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from corpusmill.decide import DecideContext
    from corpusmill.records import PageText

MAX_BLOCKS = 20_000
"""trafilatura is quadratic in block elements: 20,000 take 1 s, 40,000 take 7 s (measured)."""

SHORT_KEY_CHARS = 12
"""A shorter line must be a whole line of the extraction, else `More` is found in `Moreover`."""

SHORT_KEY_REACH = 400
"""…and stand within so many characters after the line found before it, as order is kept."""

KEPT_SHARE = 0.5
"""A segment of several lines is kept when more than this share of its characters is found."""

_NOT_WORD = re.compile(r"[\W_]+")


def decide_trafilatura(page: PageText, context: DecideContext) -> PageDecision:
    """Return what trafilatura keeps and leaves out.

    A page that it finds nothing in, or that has too many blocks for it, is kept whole and
    flagged `cleaning_fallback`.

    Args:
        page: An HTML page with its structure.
        context: `url` is handed on.
    """
    rule = f"trafilatura/{_version()}"
    structure: Any = page.structure
    extracted = None
    if structure is not None and len(structure.nodes.parent) <= MAX_BLOCKS:
        extracted = _extract(structure.root, context.url)
    lines = page.lines()
    kept = project(extracted or "", lines)
    flags: tuple[str, ...] = ()
    if not any(kept):
        kept, rule, flags = [True] * len(lines), "fallback.keep_all", ("cleaning_fallback",)
    decisions = tuple(
        _decision(segment.tag, line, keep, rule)
        for segment, line, keep in zip(page.segments, lines, kept, strict=True)
    )
    return PageDecision(decisions, extractor="trafilatura", flags=flags)


def project(extracted: str, lines: Sequence[str]) -> list[bool]:
    """Return for every segment whether an extraction of the page holds it.

    Args:
        extracted: Text of the extraction, in page order.
        lines: Text of the segments, in page order.
    """
    haystack = "\n" + "\n".join(_key(line) for line in extracted.split("\n")) + "\n"
    cursor = 0
    kept: list[bool] = []
    for line in lines:
        found = total = 0
        for part in line.split("\n"):
            key = _key(part)
            total += len(key)
            at = _find(haystack, key, cursor) if key else -1
            if at >= 0:
                found += len(key)
                cursor = at + len(key)
        kept.append(total > 0 and found > KEPT_SHARE * total)
    return kept


def _find(haystack: str, key: str, cursor: int) -> int:
    if len(key) < SHORT_KEY_CHARS:
        at = haystack.find(f"\n{key}\n", max(0, cursor - 1), cursor + SHORT_KEY_REACH)
        return at + 1 if at >= 0 else -1
    at = haystack.find(key, cursor)
    return at if at >= 0 else haystack.find(key)


def _key(line: str) -> str:
    return _NOT_WORD.sub("", line).casefold()


def _decision(tag: str | None, line: str, keep: bool, rule: str) -> Decision:
    if keep:
        return Decision(kept_role(tag, line), Fate.TEXT, None, rule, document=0)
    return Decision(Role.WIDGET, Fate.REMOVED, Reason.BOILERPLATE, rule)


def _extract(root: Any, url: str | None) -> str | None:
    import trafilatura
    from lxml import etree

    extracted: str | None = trafilatura.extract(
        etree.tostring(root, encoding="unicode", method="html"),
        url=url,
        fast=True,
        include_comments=False,
        deduplicate=False,
        with_metadata=False,
    )
    return extracted


@cache
def _version() -> str:
    from importlib.metadata import version

    return version("trafilatura")
