"""What an HTML page says of itself: title, authors, dates, site, language, licence, section.

One pass over the tree the segmenter parsed; JSON-LD, Open Graph, other meta tags, microdata,
`time` elements and visible bylines are read in a fixed order of trust.  Dates told in the
text and fields of plain text do not belong here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from corpusmill.annotate.address import host_of, urlsplit_or_none
from corpusmill.annotate.dates import dated, find_dates, parse_timestamp
from corpusmill.annotate.declarations import (
    address_of_article,
    read_canonical,
    read_declared_language,
    read_tags,
)
from corpusmill.annotate.elements import collect_elements
from corpusmill.annotate.head_titles import choose_title, is_disputed, stated_titles, title_parts
from corpusmill.annotate.json_ld import LinkedArticle, read_linked_article
from corpusmill.annotate.licences import licence_of_page
from corpusmill.annotate.microdata import Markup
from corpusmill.annotate.names import clean_authors
from corpusmill.records import Stated, StatedDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from corpusmill.annotate.page_elements import PageElements

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
        tags: Keywords and tags; None where none are stated.
        tags_evidence: Where they came from.
        canonical: Address that the page gives itself.
        declared: Language tag that the page declares.
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
    tags: tuple[str, ...] | None = None
    tags_evidence: str | None = None
    canonical: Stated | None = None
    declared: Stated | None = None
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
    elements = collect_elements(root)
    meta, links, blocks = _read_head(elements)
    markup = Markup(elements)
    canonical, is_address_disputed = read_canonical(links=links, meta=meta, markup=markup, url=url)
    article = read_linked_article(blocks, canonical.value if canonical else url)
    canonical = canonical or address_of_article(article, url)
    found = _Found(meta, links, article, markup, fetched_at, language)
    publisher = _publisher(found)
    titles = stated_titles(linked=(article.headline, article.name), meta=meta, title=title)
    sites = _site_names(found, publisher, canonical.value if canonical else url)
    headline = choose_title(titles, markup=markup, sites=sites)
    authors, authors_evidence, is_author_disputed = _authors(found, publisher)
    published, is_date_disputed = _published(found)
    names = (*([headline.value] if headline else []), *title_parts(title), *sites)
    tags, tags_evidence = read_tags(meta=meta, markup=markup, article=article, names=names)
    disputed = {
        "author": is_author_disputed,
        "canonical_url": is_address_disputed,
        "date": is_date_disputed,
        "title": is_disputed(headline, titles),
    }
    return PageHead(
        title=headline,
        authors=authors,
        authors_evidence=authors_evidence,
        published=published,
        modified=_modified(found),
        publisher=publisher,
        site=_site(found),
        section=_section(found),
        tags=tags,
        tags_evidence=tags_evidence,
        canonical=canonical,
        declared=read_declared_language(root, meta=meta, markup=markup, article=article),
        licence=licence_of_page(elements, links=links, linked=article.licence, meta=meta),
        flags=tuple(f"{field}_disputed" for field, is_so in disputed.items() if is_so),
    )


def _read_head(
    elements: PageElements,
) -> tuple[dict[str, tuple[str, ...]], dict[str, str], list[str]]:
    """Return meta contents by lower-case name, link addresses by rel, JSON-LD blocks."""
    meta: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    for element in elements.metas:
        name = element.get("property") or element.get("name") or element.get("http-equiv")
        content = (element.get("content") or "").strip()
        if name and content and len(meta) < _MOST_META:
            meta.setdefault(name.strip().lower(), []).append(content)
    for element in elements.links:
        for rel in (element.get("rel") or "").lower().split():
            links.setdefault(rel, (element.get("href") or "").strip())
    scripts = (e for e in elements.scripts if "ld+json" in (e.get("type") or "").lower())
    blocks = [script.text or "" for script in islice(scripts, _MOST_BLOCKS)]
    return {name: tuple(contents) for name, contents in meta.items()}, links, blocks


def _meta_values(found: _Found, names: Iterable[str]) -> Iterator[Stated]:
    for name in names:
        for value in found.meta.get(name, ()):
            yield Stated(value, f"meta:{name}")


def _authors(found: _Found, publisher: Stated | None) -> tuple[tuple[str, ...], str | None, bool]:
    """Return the names of the most trusted source that names somebody.

    Returns:
        Names, their evidence, and whether another source of the head names nobody of them.
    """
    sites = frozenset(site.casefold() for site in _site_names(found, publisher, None))
    named = publisher.value if publisher else None
    persons, is_settled = _persons_of_head(found, named, sites)
    candidates = (
        iter(persons) if is_settled else _persons_first(_author_candidates(found, named), sites)
    )
    names, evidence = next(candidates, ((), None))
    if evidence is None or not evidence.startswith(_HEAD):
        return names, evidence, False
    others, other_evidence = next(candidates, ((), ""))
    disputed = other_evidence.startswith(_HEAD) and not _name_words(names) & _name_words(others)
    return names, evidence, disputed


def _persons_of_head(
    found: _Found, publisher: str | None, sites: frozenset[str]
) -> tuple[list[tuple[tuple[str, ...], str]], bool]:
    """Return the first two candidates of the head, and whether they settle the authors.

    What the body says disputes nothing, and looking for it costs more than the whole head; it
    matters where the head names nobody, or somebody and the site, which then comes last.
    """
    persons: list[tuple[tuple[str, ...], str]] = []
    names_site = False
    for names, evidence in _head_authors(found, publisher):
        if sites.issuperset(name.casefold() for name in names):
            names_site = True
            continue
        persons.append((names, evidence))
        if len(persons) > 1:
            return persons, True
    return persons, bool(persons) and not names_site


def _persons_first(
    candidates: Iterable[tuple[tuple[str, ...], str]], sites: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield candidates in order, those that name the site only behind the others."""
    held = []
    for names, evidence in candidates:
        if sites.issuperset(name.casefold() for name in names):
            held.append((names, evidence))
        else:
            yield names, evidence
    yield from held


def _author_candidates(
    found: _Found, publisher: str | None
) -> Iterator[tuple[tuple[str, ...], str]]:
    yield from _head_authors(found, publisher)
    for values, evidence in found.markup.authors():
        names = clean_authors(values, byline=True, publisher=publisher)
        if names:
            yield names, evidence


def _head_authors(found: _Found, publisher: str | None) -> Iterator[tuple[tuple[str, ...], str]]:
    named = [(found.article.authors, "json_ld")]
    named += [(found.meta[key], f"meta:{key}") for key in _AUTHOR_META if key in found.meta]
    for values, evidence in named:
        names = clean_authors(values, publisher=publisher)
        if names:
            yield names, evidence


def _name_words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in name.casefold().split())


def _published(found: _Found) -> tuple[StatedDate | None, bool]:
    """Return the date of publication, and whether another source says another day."""
    article = found.article
    head = _read_dates(
        chain(_linked(article.published, "json_ld"), _meta_values(found, _PUBLISHED_META)), found
    )
    first, second = next(head, None), next(head, None)  # the body, asked later, disputes nothing
    if first is None or (second is None and article.created):
        created = _linked(article.created, "json_ld:dateCreated")
        body = _read_dates(chain(found.markup.published(), created), found)
        first = first or next(body, None)
        second = next(body, None) if first and first.evidence.startswith(_HEAD) else None
    if first is None or second is None or not second.evidence.startswith(_HEAD):
        return first, False
    return first, abs((second.value - first.value).days) > 1


def _read_dates(written: Iterable[Stated], found: _Found) -> Iterator[StatedDate]:
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
