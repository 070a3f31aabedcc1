"""The survey of one page: which lines it holds, as digests, and how much each says.

Light: workers survey every page that they segment.
Does not belong here: files of surveys (`files`), what several pages say together (`merge`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpusmill.read.decode import decode_page
from corpusmill.records import Quarantined
from corpusmill.segment import segment_page
from corpusmill.sites.keys import NO_SITE, address_key, digest_of, site_digest
from corpusmill.sites.lines import line_keys

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpusmill.records import PageText, RawPage
    from corpusmill.settings import Limits

MAX_LINES: Final = 4000
"""Lines of one page that are counted, those of the smallest digests: the same ones on every
page that has them, so that a page of 50,000 lines costs no more than a long one."""


@dataclass(frozen=True, slots=True, eq=False)
class PageSurvey:
    """The lines of one page, as digests.

    Attributes:
        site: Digest of the site's name.
        page: Digest of the page's id.
        address: Digest of what captures of one address share; of the page's id where the page
            has no address.
        lines: Digests of the lines that are compared, ascending, each once, shape (n,).
        columns: Columns of each of these lines, shape (n,).
    """

    site: int
    page: int
    address: int
    lines: NDArray[np.uint64]
    columns: NDArray[np.uint16]


def survey_page(page: RawPage, text: PageText) -> PageSurvey | None:
    """Return the survey of a page; None where its site is unknown or no line is compared.

    Args:
        page: The page; its bytes are not read.
        text: Page text with its segments; every segment is one line.
    """
    site = site_digest(page)
    if site == NO_SITE:
        return None
    lines, columns = line_keys(text.lines())
    if not len(lines):
        return None
    return PageSurvey(
        site=site,
        page=digest_of(page.page_id),
        address=digest_of(address_key(page.url) or page.page_id),
        lines=lines[:MAX_LINES],
        columns=columns[:MAX_LINES],
    )


def survey_raw(page: RawPage, limits: Limits) -> PageSurvey | None:
    """Return the survey of a raw page; None where it has no site or no text.

    Args:
        page: The page with its bytes.
        limits: What is too much in a page.
    """
    if page.problem is not None or site_digest(page) == NO_SITE:
        return None
    if not page.content or page.content.isspace():
        return None
    decoded = decode_page(page.content, declared=page.charset, media_type=page.media_type)
    if isinstance(decoded, Quarantined):
        return None
    text = segment_page(decoded.utf8, page.media_type, limits)
    return None if isinstance(text, Quarantined) else survey_page(page, text)
