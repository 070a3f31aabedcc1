"""What the names of HTML elements mean for text: a closed table.

Names only; class and id words stand in `corpusmill.decide.dom_features`.
"""

from __future__ import annotations

from enum import IntEnum


class TagKind(IntEnum):
    """What the walk does at an element."""

    BLOCK = 0
    INLINE = 1
    SKIP = 2
    BREAK = 3
    IMAGE = 4
    FIELD = 5
    LINK = 6
    BOLD = 7


_INLINE = (
    "abbr acronym basefont bdi bdo big cite code data del dfn em font i ins kbd mark math mi mn "
    "mo mrow msub msup nobr noindex picture q rp rt ruby rb s samp slot small span strike sub sup "
    "time tt u var wbr o:p"
)
_BLOCK = (
    "address article aside blockquote body button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset head h1 h2 h3 h4 h5 h6 header hgroup hr html "
    "label legend li listing main menu nav noscript ol optgroup option output p plaintext "
    "pre search section select summary table tbody td textarea tfoot th thead tr ul xmp"
)
_SKIP = (
    "applet area audio base canvas col colgroup command datalist embed frame iframe link map "
    "meta noembed noframes object param script source style svg template title track video"
)

TAG_NAMES: tuple[str, ...] = tuple(sorted((*_BLOCK.split(), *_INLINE.split(), "a", "b", "strong")))
"""Names that have a code of their own, the code is the position; others share the next one."""

TAG_CODES: dict[str, int] = {name: code for code, name in enumerate(TAG_NAMES)}
OTHER_TAG = len(TAG_NAMES)

TAG_KINDS: dict[str, TagKind] = {
    **dict.fromkeys(_INLINE.split(), TagKind.INLINE),
    **dict.fromkeys(_BLOCK.split(), TagKind.BLOCK),
    **dict.fromkeys(_SKIP.split(), TagKind.SKIP),
    "a": TagKind.LINK,
    "b": TagKind.BOLD,
    "strong": TagKind.BOLD,
    "br": TagKind.BREAK,
    "img": TagKind.IMAGE,
    "input": TagKind.FIELD,
    "keygen": TagKind.FIELD,
}

PREFORMATTED = frozenset(("pre", "listing", "plaintext", "xmp", "textarea"))
"""Elements that keep their line breaks."""

CELLS = frozenset(("td", "th"))


def kind_of(name: str) -> TagKind:
    """Return what the walk does at an element that the table does not name.

    Custom elements (with a hyphen) are mostly components, so blocks; browsers treat other
    unknown names as inline.

    Args:
        name: Lower-case name of the element.
    """
    return TagKind.BLOCK if "-" in name else TagKind.INLINE
