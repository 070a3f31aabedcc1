"""Licences that a page states for its text, as SPDX identifiers.

Only a statement about the page counts: a link with rel=license, JSON-LD, meta, a deed linked
from the footer or beside the words of a licence notice.  A licence in a caption or a credit
is that of a picture.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from corpusmill.records import Stated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpusmill.annotate.page_elements import PageElements

_DEED = re.compile(
    r"creativecommons\.org/(?:(licenses)/(by(?:-(?:nc|nd|sa|nc-sa|nc-nd))?)/(\d\.\d)"
    r"(?:/([a-z]{2,3}))?|(publicdomain)/(zero|mark)/(\d\.\d))",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"\bCC[ -](BY(?:-(?:NC|ND|SA|NC-SA|NC-ND))?|0)(?:[ -](\d\.\d))?\b", re.IGNORECASE
)
_LICENCE_META = ("dcterms.license", "dc.rights", "dcterms.rights", "license", "rights", "copyright")
_PORTED = frozenset({"au", "at", "de", "nl", "us", "uk", "fr", "ch", "eg", "igo"})
"""Jurisdictions whose ports of version 3.0 (and 2.x) SPDX lists; others map to the plain one."""

_OTHER = {
    "gnu.org/licenses/fdl": "GFDL-1.3-or-later",
    "gnu.org/copyleft/fdl": "GFDL-1.3-or-later",
    "opensource.org/licenses/mit": "MIT",
    "apache.org/licenses/license-2.0": "Apache-2.0",
    "nationalarchives.gov.uk/doc/open-government-licence/version/3": "OGL-UK-3.0",
    "opendatacommons.org/licenses/odbl": "ODbL-1.0",
    "opendatacommons.org/licenses/by": "ODC-By-1.0",
}
ADDRESS_PARTS = ("licen", "publicdomain", "gnu.org")
"""What the address of every licence holds that is looked for in the body of a page."""

_PICTURE_TAGS = frozenset({"figure", "figcaption", "picture"})
_PICTURE_CLASS = re.compile(r"caption|credit|image|photo|figure|thumb|gallery|media", re.IGNORECASE)
_PAGE_CLASS = re.compile(r"foot|licen[cs]e|copyright|colophon|rights|legal", re.IGNORECASE)
_ANCESTORS = 8


def spdx_of(statement: str) -> str | None:
    """Return the SPDX identifier of a licence's address or name, None where unknown.

    >>> spdx_of("https://creativecommons.org/licenses/by-sa/4.0/deed.vi")
    'CC-BY-SA-4.0'
    """
    deed = _DEED.search(statement)
    if deed is not None:
        return _of_deed(deed)
    lowered = statement.lower()
    for address, identifier in _OTHER.items():
        if address in lowered:
            return identifier
    words = _WORDS.search(statement)
    if words is None:
        return None
    if words[1] == "0":
        return "CC0-1.0"
    return f"CC-{words[1].upper()}-{words[2]}" if words[2] else None


def licence_of_page(
    elements: PageElements,
    *,
    links: Mapping[str, str],
    linked: str | None,
    meta: Mapping[str, tuple[str, ...]],
) -> Stated | None:
    """Return the licence the page states for itself, with where it stands.

    Args:
        elements: The elements of the page.
        links: Addresses of `link` elements by rel; at least those of `canonical` and `license`.
        linked: `license` of the JSON-LD article.
        meta: Meta contents by name.
    """
    head = [(links.get("license"), "link:license"), (linked, "json_ld")]
    head += [(value, f"meta:{name}") for name in _LICENCE_META for value in meta.get(name, ())]
    for statement, evidence in head:
        identifier = spdx_of(statement) if statement else None
        if identifier:
            return Stated(identifier, evidence)
    return _in_body(elements)


def _of_deed(deed: re.Match[str]) -> str:
    if deed[5]:
        return "CC0-1.0" if deed[6].lower() == "zero" else "CC-PDM-1.0"
    port = (deed[4] or "").lower()
    suffix = f"-{port.upper()}" if port in _PORTED and deed[3] != "4.0" else ""
    return f"CC-{deed[2].upper()}-{deed[3]}{suffix}"


def _in_body(elements: PageElements) -> Stated | None:
    """Return the licence of the deed that a link of the page's notice points to."""
    for element in elements.anchors:
        address = element.get("href") or ""
        if not any(part in address for part in ADDRESS_PARTS):
            continue
        identifier = spdx_of(address)
        if identifier is None:
            continue
        if "license" in (element.get("rel") or "").lower().split() and not _is_picture(element):
            return Stated(identifier, "a:rel=license")
        if _is_notice(element):
            return Stated(identifier, "a:notice")
    return None


def _is_picture(element: Any) -> bool:
    return any(
        parent.tag in _PICTURE_TAGS or _PICTURE_CLASS.search(parent.get("class") or "")
        for parent in _nearest(element)
    )


def _is_notice(element: Any) -> bool:
    """Say whether a link stands in the footer or a block named after licences."""
    if _is_picture(element):
        return False
    return any(
        parent.tag == "footer"
        or _PAGE_CLASS.search(f"{parent.get('class') or ''} {parent.get('id') or ''}")
        for parent in _nearest(element)
    )


def _nearest(element: Any) -> list[Any]:
    found: list[Any] = []
    while element is not None and len(found) < _ANCESTORS and element.tag != "body":
        found.append(element)
        element = element.getparent()
    return found
