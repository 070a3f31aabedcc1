"""What an HTML page declares beside its article: canonical address, language and tags.

Each comes from the first source, in a fixed order of trust, that states it well; whether
another source says something else is told apart.  Which language the text is in belongs to
`language`.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import chain, islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from corpusmill.annotate.address import clean_url, urlsplit_or_none
from corpusmill.normalise import normalise_text
from corpusmill.records import Stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from corpusmill.annotate.json_ld import LinkedArticle
    from corpusmill.annotate.microdata import Markup

_CANONICAL_META = ("og:url", "twitter:url", "parsely-link", "sailthru.canonical")
_LANGUAGE_META = ("content-language", "language", "dc.language", "dcterms.language", "og:locale")
_TAG_META = (
    "article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "news_keywords",
    "citation_keywords",
)  # fmt: skip
"""Names of meta tags, the most trusted first; lower case."""

_LAST_TAG_META = ("keywords",)
"""Written for search engines, so asked last."""

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TAG_OF_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
"""Well-formed by BCP 47 (RFC 5646, section 2.1), without extensions, so that `utf-8` is none."""

_MARKS = ",，、،;；|"
_TAG_SEPARATOR = re.compile(rf"\s*[{_MARKS}]\s*")
_LONGEST_TAG_CHARS = 80
_MOST_TAGS = 50
"""A longer tag is a sentence, and more tags are those of a site."""

_SAME_LANGUAGE = {
    "nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "fil": "tl",
    "cmn": "zh", "yue": "zh", "wuu": "zh", "hr": "sh", "sr": "sh", "bs": "sh", "prs": "fa",
    "arz": "ar", "zsm": "ms", "kmr": "ku", "jw": "jv", "azb": "az", "gsw": "de",
}  # fmt: skip
"""Codes that name one language, or two that an identifier cannot hold against each other."""


def read_canonical(
    *,
    links: Mapping[str, str],
    meta: Mapping[str, tuple[str, ...]],
    markup: Markup,
    url: str | None = None,
) -> tuple[Stated | None, bool]:
    """Return the address that a page gives itself, and whether its sources disagree.

    JSON-LD is not asked here: telling the page's article in it needs this address.

    Args:
        links: Addresses of `link` elements by rel; at least those of `canonical` and `license`.
        meta: Meta contents by name.
        markup: Microdata of the page.
        url: Address the page was fetched from; settles relative addresses.
    """
    written = chain(
        _one(links.get("canonical"), "link:canonical"),
        _of_meta(meta, _CANONICAL_META),
        markup.addresses(),
    )
    read = (_address(stated, url) for stated in written)
    found = list(islice((one for one in read if one is not None), 2))
    return (found[0] if found else None), len({_bare(one.value) for one in found}) > 1


def address_of_article(article: LinkedArticle, url: str | None) -> Stated | None:
    """Return the address that JSON-LD gives the page's article, None where it gives none.

    Args:
        article: The article.
        url: Address the page was fetched from; settles relative addresses.
    """
    return _address(Stated(article.url, "json_ld"), url) if article.url else None


def read_declared_language(
    root: Any, *, meta: Mapping[str, tuple[str, ...]], markup: Markup, article: LinkedArticle
) -> Stated | None:
    """Return the language tag that a page declares, None where it declares none well.

    Args:
        root: The lxml `html` element.
        meta: Meta contents by name.
        markup: Microdata of the page.
        article: Its JSON-LD article.
    """
    written = chain(
        _one(root.get("lang") or root.get(_XML_LANG), "html:lang"),
        _one(article.language, "json_ld"),
        markup.languages(),
        _of_meta(meta, _LANGUAGE_META),
    )
    for stated in written:
        tag = stated.value.split(",")[0].strip().replace("_", "-")
        if _TAG_OF_LANGUAGE.match(tag):
            return Stated(tag, stated.evidence)
    return None


def declares_other(declared: Stated | None, language: str | None) -> bool:
    """Say whether a page declares another language than its text was found to be in.

    Args:
        declared: The declared tag.
        language: ISO 639 code of the text.
    """
    if declared is None or language is None:
        return False
    code = declared.value.partition("-")[0].lower()
    return _SAME_LANGUAGE.get(code, code) != _SAME_LANGUAGE.get(language, language)


def read_tags(
    *,
    meta: Mapping[str, tuple[str, ...]],
    markup: Markup,
    article: LinkedArticle,
    names: Iterable[str] = (),
) -> tuple[tuple[str, ...] | None, str | None]:
    """Return the tags of a page's article with their evidence, None where it states none.

    Args:
        meta: Meta contents by name.
        markup: Microdata and tag links of the page.
        article: Its JSON-LD article.
        names: Title and names of the site, which are no tags where they stand among them.
    """
    barred = tuple(name.casefold() for name in names)
    for values, evidence in chain(
        _values(meta, _TAG_META[:2]),
        ((article.keywords, "json_ld"),),
        _values(meta, _TAG_META[2:]),
        markup.tags(),
        _values(meta, _LAST_TAG_META),
    ):
        tags = _clean_tags(values, barred)
        if tags:
            return tags, evidence
    return None, None


def _one(value: str | None, evidence: str) -> Iterator[Stated]:
    if value:
        yield Stated(value.strip(), evidence)


def _of_meta(meta: Mapping[str, tuple[str, ...]], names: Iterable[str]) -> Iterator[Stated]:
    for name in names:
        for value in meta.get(name, ()):
            yield Stated(value, f"meta:{name}")


def _values(
    meta: Mapping[str, tuple[str, ...]], names: Iterable[str]
) -> Iterator[tuple[tuple[str, ...], str]]:
    return ((meta[name], f"meta:{name}") for name in names if name in meta)


def _address(stated: Stated, url: str | None) -> Stated | None:
    """Return a stated address made absolute and clean, None where it is no web address."""
    try:
        whole = urljoin(url, stated.value) if url else stated.value
    except ValueError:
        return None
    if urlsplit_or_none(whole) is None:
        return None
    return Stated(clean_url(whole) or whole, stated.evidence)


def _bare(address: str) -> str:
    """Return what two addresses of one page share: no scheme, `www.` or closing slash."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")


def _clean_tags(values: tuple[str, ...], barred: Sequence[str]) -> tuple[str, ...]:
    """Return tags, each once; a single value may hold several, parted by commas."""
    parts = _listed(values[0], barred) if len(values) == 1 else values
    clean = (" ".join(normalise_text(unescape(part)).split()).strip("#") for part in parts)
    first: dict[str, str] = {}
    for tag in clean:
        if _is_tag(tag) and tag.casefold() not in barred:
            first.setdefault(tag.casefold(), tag)
    return tuple(first.values())[:_MOST_TAGS]


def _listed(value: str, barred: Sequence[str]) -> list[str]:
    """Return the parts of a list, after names that hold commas themselves were taken out."""
    for name in barred:
        at = value.casefold().find(name)
        whole = (
            value[:at].rstrip()[-1:] in _MARKS and value[at + len(name) :].lstrip()[:1] in _MARKS
        )
        if name and at >= 0 and whole:
            value = f"{value[:at]},{value[at + len(name) :]}"
    return _TAG_SEPARATOR.split(value)


def _is_tag(tag: str) -> bool:
    return 0 < len(tag) <= _LONGEST_TAG_CHARS and any(map(str.isalnum, tag))
