"""Addresses: clean URL, host, registrable domain.  Works offline, reads no list from the net."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract

_SCHEMES = frozenset({"http", "https"})


_KEPT_ADDRESSES = 1024
"""How many addresses a process remembers the answers for: a page gives its own several times."""


@lru_cache(maxsize=_KEPT_ADDRESSES)
def clean_url(url: str | None) -> str | None:
    """Return the address without fragment, tracking parameters and default port.

    Query parameters that may choose the page stay: courlan's default mode, measured to merge
    no two pages, unlike its strict one.

    Args:
        url: As found; None and what is no web address give None.
    """
    from courlan import normalize_url

    if not url or urlsplit_or_none(url) is None:
        return None
    bare = url.strip().partition("#")[0]
    if bare.count("://") > 1:  # an archive's copy: the inner address must stay whole
        return bare
    try:
        return normalize_url(bare) or None
    except ValueError:
        return None


def host_of(url: str | None) -> str | None:
    """Return the host of a web address in lower case, without port and user."""
    parts = urlsplit_or_none(url)
    return parts[0] if parts else None


@lru_cache(maxsize=_KEPT_ADDRESSES)
def registrable_domain(host: str | None) -> str | None:
    """Return the registrable domain of a host (`news.example.co.uk` gives `example.co.uk`).

    Under a suffix that the list does not know, its default rule holds: the last two labels
    (https://publicsuffix.org/list/, "the prevailing rule is *").  A host without a domain (an
    IP address, `localhost`) stands for itself.
    """
    if not host:
        return None
    extracted = _extractor()(host, session=_NO_CLIENT)
    if extracted.suffix or extracted.ipv4 or ":" in host:
        return extracted.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])


@lru_cache(maxsize=_KEPT_ADDRESSES)
def urlsplit_or_none(url: str | None) -> tuple[str, str] | None:
    """Return host and path of a web address, None where it is none."""
    try:
        parts = urlsplit((url or "").strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or not host:
        return None
    return host.lower().removesuffix("."), parts.path


_NO_CLIENT: Any = object()
"""In place of the HTTP client that would be made to fetch nothing."""


@cache
def _extractor() -> TLDExtract:
    """Return the extractor with the public suffix list of its wheel."""
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)
