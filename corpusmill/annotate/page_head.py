"""What an HTML page says of itself: title, authors, dates, site, language, licence, section.

One pass over the tree the segmenter parsed; JSON-LD, Open Graph, other meta tags, microdata,
`time` elements and visible bylines are read in a fixed order of trust.  Dates told in the
text and fields of plain text do not belong here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from corpusmill.annotate.address import host_of, urlsplit_or_none
from corpusmill.annotate.dates import dated, find_dates, parse_timestamp
from corpusmill.annotate.head_titles import choose_title
from corpusmill.annotate.json_ld import LinkedArticle, read_linked_article
from corpusmill.annotate.licences import licence_of_page
from corpusmill.annotate.microdata import Markup
from corpusmill.annotate.names import clean_authors
from corpusmill.records import Stated, StatedDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time",
    "datepublished", "date_published", "publishdate", "publish-date", "published_date",
    "publish_date", "pubdate", "publication_date", "sailthru.date", "parsely-pub-date",
    "article.published", "citation_publication_date", "citation_date", "dc.date.issued",
    "dcterms.issued", "dc.date.created", "dcterms.created", "dcterms.date", "dc.date",
    "article:published", "og:pubdate", "weibo: article:create_at", "weibo:article:create_at",
    "last-published", "date", "published-date", "cxenseparse:recs:publishtime",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified",
    "article:updated_time", "dcterms.modified", "dc.date.modified", "last-modified",
    "last_updated_date", "lastmod", "modified_time",
)  # fmt: skip
_AUTHOR_META = (
    "author", "parsely-author", "sailthru.author", "article:author", "og:article:author",
    "dc.creator", "dcterms.creator", "citation_author", "byl", "twitter:data1-author",
    "article:author_name", "cxenseparse:author", "mediaid-author", "authors", "dc.author",
)  # fmt: skip
_SECTION_META = ("article:section", "og:article:section", "parsely-section", "section",
                 "dc.subject", "cxenseparse:category")  # fmt: skip
_SITE_META = ("og:site_name", "application-name", "al:ios:app_name", "al:android:app_name",
              "citation_journal_title")  # fmt: skip
_PUBLISHER_META = ("dc.publisher", "dcterms.publisher", "citation_publisher", "publisher",
                   "copyright-holder")  # fmt: skip
_LANGUAGE_META = ("content-language", "language", "dc.language", "og:locale")
"""Names of meta tags, the most trusted first; lower case."""

_HEAD = ("json_ld", "meta:")
"""Evidence of the head; only its statements dispute each other, the body has other dates."""

_MOST_META = 500
_MOST_BLOCKS = 40


@dataclass(frozen=True, slots=True)
class PageHead:
    """What the head and the markup of a page state; None where they do not.

    Attributes:
        title: Title of the article, without the name of the site.
        authors: Names, with their evidence; empty where none is stated.
        published: Date of publication.
        modified: Date of the last change.
        publisher: Name of the publisher.
        site: Name that the site gives itself.
        section: Section or category.
        tags: Keywords.
        canonical: Address that the page gives itself.
        language: Language tag that the page declares.
        licence: SPDX identifier or address of the licence.
        flags: Fields whose sources disagree (`title_disputed` …), sorted.
    """

    title: Stated | None = None
    authors: tuple[str, ...] = ()
    authors_evidence: str | None = None
    published: StatedDate | None = None
    modified: StatedDate | None = None
    publisher: Stated | None = None
    site: Stated | None = None
    section: Stated | None = None
    tags: tuple[str, ...] = ()
    canonical: Stated | None = None
    language: Stated | None = None
    licence: Stated | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """Raw values of one page, before trust is settled."""

    meta: Mapping[str, tuple[str, ...]]
    links: Mapping[str, str]
    article: LinkedArticle
    markup: Markup
    fetched_at: datetime | None
    language: str | None


def read_page_head(
    root: Any, *, title: str | None = None, url: str | None = None,
    fetched_at: datetime | None = None, language: str | None = None,
) -> PageHead:  # fmt: skip
    """Return what an HTML page states about itself.

    Args:
        root: The lxml `html` element, JSON-LD scripts included.
        title: Text of `<title>`.
        url: Address the page was fetched from.
        fetched_at: When; later dates are refused.
        language: ISO 639 code of the text; settles 03/04 in visible dates.
    """
    meta, links, blocks = _read_head(root)
    canonical = _canonical(meta, links)
    article = read_linked_article(blocks, canonical.value if canonical else url)
    markup = Markup(root)
    found = _Found(meta, links, article, markup, fetched_at, language)
    publisher = _publisher(found)
    headline = choose_title(
        linked=(article.headline, article.name), meta=meta, markup=markup, title=title,
        sites=_site_names(found, publisher, canonical.value if canonical else url),
    )  # fmt: skip
    authors, authors_evidence = _authors(found, publisher)
    published, flags = _published(found)
    return PageHead(
        title=headline,
        authors=authors,
        authors_evidence=authors_evidence,
        published=published,
        modified=_modified(found),
        publisher=publisher,
        site=_site(found),
        section=_section(found),
        tags=_tags(found),
        canonical=canonical,
        language=_language(root, found),
        licence=licence_of_page(root, links=links, linked=article.licence, meta=meta),
        flags=flags,
    )


def _read_head(root: Any) -> tuple[dict[str, tuple[str, ...]], dict[str, str], list[str]]:
    """Return meta contents by lower-case name, link addresses by rel, JSON-LD blocks."""
    meta: dict[str, tuple[str, ...]] = {}
    links: dict[str, str] = {}
    blocks: list[str] = []
    for element in root.iter("meta", "link", "script"):
        if element.tag == "meta":
            name = element.get("property") or element.get("name") or element.get("http-equiv")
            content = (element.get("content") or "").strip()
            if name and content and len(meta) < _MOST_META:
                key = name.strip().lower()
                meta[key] = (*meta.get(key, ()), content)
        elif element.tag == "link":
            for rel in (element.get("rel") or "").lower().split():
                links.setdefault(rel, (element.get("href") or "").strip())
        elif "ld+json" in (element.get("type") or "").lower() and len(blocks) < _MOST_BLOCKS:
            blocks.append(element.text or "")
    return meta, links, blocks


def _canonical(meta: Mapping[str, tuple[str, ...]], links: Mapping[str, str]) -> Stated | None:
    for address, evidence in (
        (links.get("canonical"), "link:canonical"),
        (next(iter(meta.get("og:url", ())), None), "meta:og:url"),
    ):
        if urlsplit_or_none(address) is not None:
            return Stated(str(address), evidence)
    return None


def _meta_values(found: _Found, names: Iterable[str]) -> Iterator[Stated]:
    for name in names:
        for value in found.meta.get(name, ()):
            yield Stated(value, f"meta:{name}")


def _authors(found: _Found, publisher: Stated | None) -> tuple[tuple[str, ...], str | None]:
    """Return the names of the most trusted source that names somebody."""
    name = publisher.value if publisher else None
    linked = clean_authors(found.article.authors, publisher=name)
    if linked:
        return linked, "json_ld"
    for key in _AUTHOR_META:
        names = clean_authors(found.meta.get(key, ()), publisher=name)
        if names:
            return names, f"meta:{key}"
    for values, evidence in found.markup.authors():
        names = clean_authors(values, byline=True, publisher=name)
        if names:
            return names, evidence
    return (), None


def _published(found: _Found) -> tuple[StatedDate | None, tuple[str, ...]]:
    """Return the date of publication, and a flag where another source says another day."""
    candidates = _published_candidates(found)
    first = next(candidates, None)
    second = next(candidates, None) if first and first.evidence.startswith(_HEAD) else None
    if first is None:
        return None, ()
    disputed = second is not None and abs((second.value - first.value).days) > 1
    disputed = disputed and second is not None and second.evidence.startswith(_HEAD)
    return first, ("date_disputed",) if disputed else ()


def _published_candidates(found: _Found) -> Iterator[StatedDate]:
    article = found.article
    written = chain(
        _linked(article.published, "json_ld"),
        _meta_values(found, _PUBLISHED_META),
        found.markup.published(),
        _linked(article.created, "json_ld:dateCreated"),
    )
    for stated in written:
        read = _read_date(stated, found)
        if read is not None:
            yield read


def _linked(value: str | None, evidence: str) -> Iterator[Stated]:
    if value:
        yield Stated(value, evidence)


def _modified(found: _Found) -> StatedDate | None:
    written = chain(
        _linked(found.article.modified, "json_ld"),
        _meta_values(found, _MODIFIED_META),
        found.markup.modified(),
    )
    return next((read for s in written if (read := _read_date(s, found)) is not None), None)


def _read_date(stated: Stated, found: _Found) -> StatedDate | None:
    read = parse_timestamp(stated.value, fetched_at=found.fetched_at)
    if read is None:
        written = find_dates(stated.value[:120], found.language)
        read = dated(written[0], fetched_at=found.fetched_at) if written else None
    return StatedDate(*read, stated.evidence) if read else None


def _publisher(found: _Found) -> Stated | None:
    candidates = chain(
        _linked(found.article.publisher, "json_ld"), _meta_values(found, _PUBLISHER_META)
    )
    return next((one for one in candidates if not urlsplit_or_none(one.value)), None)


def _site(found: _Found) -> Stated | None:
    candidates = chain(
        _meta_values(found, _SITE_META), _linked(found.article.site_name, "json_ld:WebSite")
    )
    return next((one for one in candidates if not urlsplit_or_none(one.value)), None)


def _site_names(found: _Found, publisher: Stated | None, url: str | None) -> tuple[str, ...]:
    """Return what the site may be called at the end of a title."""
    names = [stated.value for stated in _meta_values(found, _SITE_META)]
    names += [name for name in (found.article.site_name,) if name]
    names += [publisher.value] if publisher else []
    host = host_of(url)
    names += [host, host.removeprefix("www.").partition(".")[0]] if host else []
    return tuple(dict.fromkeys(names))


def _section(found: _Found) -> Stated | None:
    if found.article.section:
        return Stated(found.article.section, "json_ld")
    return next(_meta_values(found, _SECTION_META), None)


def _tags(found: _Found) -> tuple[str, ...]:
    words = [word.strip() for value in found.meta.get("article:tag", ()) for word in [value]]
    words = words or list(found.article.keywords)
    for value in () if words else found.meta.get("keywords", ()):
        words += [word.strip() for word in value.replace("，", ",").split(",")]
    return tuple(dict.fromkeys(word for word in words if word))


def _language(root: Any, found: _Found) -> Stated | None:
    declared = (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    ).strip()
    if declared:
        return Stated(declared, "html:lang")
    if found.article.language:
        return Stated(found.article.language, "json_ld")
    return next(_meta_values(found, _LANGUAGE_META), None)
