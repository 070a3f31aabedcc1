"""What the words in class, id, role and item properties say about an element: a table.

Words only; what follows from them is for the model.  The groups are those that template
authors of many languages use; the model learns what each is worth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corpusmill.decide import mark_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

MARK_GROUPS: dict[str, str] = {
    "content": "content contents article articles artikel articulo articolo entry story body main "
    "text txt post posts single copy prose rte richtext wysiwyg markdown zhengwen neirong cuerpo",
    "title": "title titre titel titulo headline heading hl hed subject kicker overline",
    "summary": "lead lede intro summary abstract excerpt dek deck standfirst subtitle subhead "
    "description desc teasertext preamble vorspann chapo sapo lid",
    "byline": "author authors byline autor auteur verfasser writer contributor vcard bio creator "
    "reporter editor profile user username poster avatar",
    "date": "date dates datum fecha time timestamp published publish pubdate datetime updated "
    "updatetime modified posted clock ago",
    "meta": "meta metadata info infos details postmeta dateline source tagline",
    "tags": "tag tags category categories cat cats topic topics keyword keywords label labels "
    "taxonomy rubrik badge chip chips",
    "navigation": "nav navi navbar navigation menu menus submenu dropdown hamburger offcanvas "
    "drawer megamenu skip sitemap topnav mainnav subnav tab tabs tablist tabpanel",
    "breadcrumb": "breadcrumb breadcrumbs crumb crumbs pfad path",
    "header": "header head masthead topbar top banner logo brand branding hero",
    "footer": "footer foot bottom colophon copyright legal imprint impressum contentinfo pie "
    "credits disclaimer",
    "sidebar": "sidebar side sidecol aside complementary rail right rightcol leftcol left rhs lhs "
    "secondary margin marginal spalte lateral",
    "related": "related relation recommend recommended recommendation recommendations more "
    "moreon readmore also similar suggestions suggested next previous prev latest recent popular "
    "trending mostread top10 ranking rank hot outbrain taboola promo promos teaser teasers upnext "
    "mehr weitere verwandt empfohlen tuijian xiangguan youmaylike seealso read",
    "listing": "list lists listing listings grid card cards tile tiles feed stream results result "
    "archive river loop collection carousel slider slide slideshow swiper slick",
    "item": "item items row cell entryitem listitem element",
    "share": "share sharing shares social socials facebook twitter fb whatsapp telegram pinterest "
    "linkedin addthis addtoany sharethis follow jiathis bdshare bshare like likes",
    "comments": "comment comments commentlist disqus respond reply replies kommentar kommentare "
    "commentaires comentarios pinglun responses discussion",
    "thread": "thread message messages topicpost postbody postcontent threads forum bbs viewtopic "
    "answer answers question qa reactions votes vote quote signature",
    "advert": "ad ads adv advert advertisement advertising adsense gpt dfp sponsor sponsored "
    "werbung anzeige reklama publicidad adslot adbox guanggao affiliate banner adunit",
    "overlay": "cookie cookies consent gdpr cc privacy modal popup overlay lightbox dialog toast "
    "notice alert notification onetrust cmp banner sticky",
    "subscribe": "newsletter subscribe subscription signup signin login register registration "
    "paywall premium account member membership mail email donate cta optin",
    "widget": "widget widgets module modules block blocks box boxes portlet panel plugin gadget "
    "component snippet",
    "caption": "caption figcaption credit legend bildunterschrift photographer copyright "
    "imagecaption "
    "legende wp",
    "media": "figure photo photos image images img picture gallery media video player audio "
    "podcast "
    "thumbnail thumb thumbs embed iframe icon icons svg",
    "paging": "pager pagination pagenav page pages paging paginate numbers prevnext loadmore older "
    "newer back",
    "search": "search searchbox searchform suche buscar filter filters sort facet facets",
    "form": "form input field fields submit button buttons btn checkbox radio select option "
    "contact "
    "textarea control controls toolbar tools tool actions action print",
    "product": "product products price prices cart basket job buy sku stock shipping add offer "
    "offers variant variants wishlist checkout quantity woocommerce",
    "specs": "spec specs specification specifications feature features attributes table infobox "
    "overview key facts",
    "review": "review reviews rating ratings stars star testimonial testimonials score",
    "code": "code highlight highlighter syntax pre snippet hljs prism docs doc documentation api "
    "rst sphinx section",
    "toc": "toc contents tableofcontents outline index onthispage jump anchor",
    "faq": "faq faqs accordion collapse collapsible expand toggle",
    "references": "reference references reflist footnote footnotes cite citation citations "
    "bibliography sources notes external",
    "hidden": "hidden hide invisible sr only visually screen visuallyhidden noprint none assistive "
    "offscreen a11y",
    "structure": "container wrapper wrap inner outer col column columns layout section region area "
    "primary center centre page site app root",
    "live": "live ticker blog liveblog update updates breaking",
    "quote": "quote blockquote pullquote zitat",
}
"""Group and its words, as they stand in class and id names of templates."""

GROUP_NAMES: tuple[str, ...] = tuple(MARK_GROUPS)

_SYMBOLS = "abcdefghijklmnopqrstuvwxyz0123456789"


def _letter_tree() -> tuple[npt.NDArray[np.int16], npt.NDArray[np.uint64]]:
    """Return the words of all groups as `mark_words` reads them: next states, and what is said."""
    steps, meanings = [[0] * len(_SYMBOLS)], [0]
    for position, words in enumerate(MARK_GROUPS.values()):
        for word in words.split():
            state = 0
            for symbol in map(_SYMBOLS.index, word):
                if not steps[state][symbol]:
                    steps[state][symbol] = len(steps)
                    steps.append([0] * len(_SYMBOLS))
                    meanings.append(0)
                state = steps[state][symbol]
            meanings[state] |= 1 << position
    return np.array(steps, dtype=np.int16), np.array(meanings, dtype=np.uint64)


_STEPS, _MEANINGS = _letter_tree()


def read_marks(
    marks: Sequence[str],
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32], tuple[str, ...]]:
    """Return the groups that each mark names, and which marks count as the same.

    Args:
        marks: Class, id, role and item property of elements, as the walk joins them.

    Returns:
        Bits by position in `GROUP_NAMES`, shape (n,); a number that marks share which differ
        only in ids and digits, as siblings do, counted up from 0, shape (n,); by number, the
        mark without these.
    """
    bits = np.empty(len(marks), dtype=np.uint64)
    kinds = np.empty(len(marks), dtype=np.int32)
    return bits, kinds, mark_words.read_marks(marks, _STEPS, _MEANINGS, bits, kinds)


def read_mark(mark: str) -> tuple[int, str]:
    """Return the groups that a mark names, and the mark without ids and digits.

    Args:
        mark: As for `read_marks`.
    """
    bits, _, plain = read_marks((mark,))
    return int(bits[0]), plain[0]
