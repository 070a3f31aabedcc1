"""Which site a page belongs to, and which captures are captures of one address.

Cheap and offline: no list of public suffixes, since a host is the unit whose pages share a
template.  A wrong grouping is harmless: pages that share no lines give no evidence.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from corpusmill.records import RawPage

WEB_SCHEMES: Final = frozenset({"http", "https"})

NO_SITE: Final = 0
"""Stands for the digest of the site of a page that has none."""

DIGEST_BYTES: Final = 8
"""Bytes of a digest: among 10**6 lines of a site two collide once in 3 * 10**7 sites."""


def digest_of(text: str) -> int:
    """Return the 64-bit digest of a text; the same on every machine."""
    content = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(content, digest_size=DIGEST_BYTES).digest(), "big")


def site_key(page: RawPage) -> str | None:
    """Return the name of the site that a page belongs to.

    The host of its address without `www.`; for a loose file without address the folder that it
    lies in.  Records of a dump without addresses have nothing that says which of them belong
    together, so their site is unknown.

    Args:
        page: The page; its bytes are not read.

    Returns:
        `host:example.org` or `folder:news/2024`; None where nobody knows.
    """
    host = _host_and_rest(page.url)
    if host is not None:
        return f"host:{host[0]}"
    if "#" in page.source_path:
        return None
    return f"folder:{page.source_path.rpartition('/')[0]}"


def site_digest(page: RawPage) -> int:
    """Return the digest of the name of a page's site; `NO_SITE` where nobody knows it."""
    name = site_key(page)
    return NO_SITE if name is None else digest_of(name)


def address_key(url: str | None) -> str | None:
    """Return what captures of one address have in common; None where the address says nothing.

    Scheme, `www.`, fragment and a closing slash do not tell pages apart; the query does.  An
    address that is a host and no more says nothing: it is also what dumps state that know the
    site of a page and not its address.
    """
    host, rest = _host_and_rest(url) or ("", "")
    return host + rest if rest else None


def _host_and_rest(url: str | None) -> tuple[str, str] | None:
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:  # such as http://[
        return None
    if parts.scheme not in WEB_SCHEMES or not host:
        return None
    rest = f"{parts.path.rstrip('/')}?{parts.query}" if parts.query else parts.path.rstrip("/")
    return host.removesuffix(".").removeprefix("www."), rest
