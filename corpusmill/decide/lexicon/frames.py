"""What encyclopedias and news sites print around and inside each text they show.

Belongs here: the frame that wiki software puts around an article, and single lines that a
page says of the text instead of in it: how long it takes to read, where to click, who may
read on.  Does not belong here: headings of references and links (`headings`), claims of
ownership and notices (`footers`), buttons (`widgets`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpusmill.decide.lexicon.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

LONGEST_ASIDE: Final = 80
"""Characters beyond which a line tells something beside a call to click."""

_TAGLINES: Final = (
    r"from .{2,40}, the free encyclop(?:a|æ)?edia|aus .{2,40}, der freien enzyklopädie|"
    r"(?:un article de )?.{2,40}, l['’]encyclopédie libre|de .{2,40}, la enciclopedia libre|"
    r"da .{2,40}, l['’]enciclopedia libera|origem: .{2,40}, a enciclopédia livre|"
    r"uit .{2,40}, de vrije encyclopedie|z .{2,40}, wolnej encyklopedii|"
    r"z .{2,40}, otevřené encyklopedie|(?:материал|матеріал) из? .{2,60}(?:свободной|вільної) "
    r"(?:энциклопедии|енциклопедії)|bách khoa toàn thư mở\b.{0,30}|"
    r"dar(?:i|ipada) .{2,50}, ensiklopedia bebas|\S{2,14}[，,]\s?自由的百科全[书書]|"
    r"出典[:：]\s?フリー百科事典.{0,30}|\S{2,14}, 우리 모두의 백과사전|\S{2,20}, özgür ansiklopedi|"
    r"a .{2,40}, a szabad enciklopédiából|de la .{2,40}, enciclopedia liberă|"
    r"από τη[ν ].{2,40} εγκυκλοπαίδεια|от .{2,40}, свободната енциклопедия|"
    r"من .{2,40}، الموسوعة الحرة|از .{2,40}، دانشنامهٔ? آزاد|จาก.{2,30}สารานุกรมเสรี"
)
"""Below the title: from which encyclopedia a text is, as wiki software words it."""

_JUMPS: Final = (
    r"jump to(?: navigation| search| content|: navigation)|"
    r"skip to (?:main )?(?:content|navigation)|"
    r"zur (?:navigation|suche) springen|wechseln zu: navigation|zum inhalt springen|"
    r"(?:aller|sauter) à la (?:navigation|recherche)|aller à : navigation|"
    r"aller au contenu(?: principal)?|ir a la (?:navegación|búsqueda)|saltar a: navegación|"
    r"(?:saltar|ir) al contenido|vai (?:alla (?:navigazione|ricerca)|a: navigazione|al contenuto)|"
    r"saltar para a (?:navegação|pesquisa)|ir para: navegação|(?:pular|ir) para o conteúdo|"
    r"перейти к (?:навигации|поиску|содержанию|основному содержанию)|перейти к: навигация|"
    r"перейти до (?:навігації|пошуку|вмісту)|przejdź do (?:nawigacji|wyszukiwania|treści)|"
    r"skocz do: nawigacja|naar (?:navigatie|zoeken) springen|ga naar: navigatie|"
    r"bước tới (?:điều hướng|tìm kiếm)|chuyển đến nội dung|"
    r"lo(?:m|n)cat ke(?::| )\s?navigasi|hoppa till (?:navigering|sök|innehåll)|"
    r"跳[转轉至到]+(?:导航|導航|導覽|搜索|搜尋|主要[内內]容|[内內]容)|"
    r"(?:ナビゲーション|検索)に移動|移動: 案内|둘러보기로 (?:이동|가기)|검색하러 가기|"
    r"콘텐츠로 건너뛰기|본문으로 건너뛰기"
)
"""Links for readers who cannot see the page: above the text, or right below the title."""

_REDIRECTS: Final = (
    r"\((?:redirected from|weitergeleitet von|redirigé depuis|redirigido desde|"
    r"redirecionado de|reindirizzamento da|doorverwezen vanaf|przekierowano z|"
    r"перенаправлено с|перенаправлено з|đổi hướng từ|dialihkan dari|omdirigerad från) .{1,80}\)|"
    r"[（(]重定向自.{1,40}[）)]"
)

_RETRIEVALS: Final = (
    r"(?:retrieved from|abgerufen von|récupérée? (?:de|sur)|ce document provient de|"
    r"obtenido de|estratto da|obtida de|disponível em|overgenomen van|ontvangen van|źródło:|"
    r"источник —|отримано з|джерело —|lấy từ|diperoleh dari|diambil dari|hämtad från|"
    r"hentet fra|citováno z|取自|원본 주소)\s*[\"'“”„‘«「]?\s*https?://.*|"
    r"[「『]https?://.{5,200}[」』]から取得|[\"“]https?://\S+[\"”] sayfasından alınmıştır"
)
"""The address that the copy was made from."""

_LAST_CHANGES: Final = (
    r"(?:this page was last (?:edited|modified|changed) (?:on|at|in)|"
    r"diese seite wurde zuletzt am|zuletzt bearbeitet am .{3,30} um|"
    r"la dernière modification de cette page|dernière modification de cette page|"
    r"cette page a été modifiée pour la dernière fois|esta página se editó por última vez|"
    r"esta página fue modificada por última vez|questa pagina è stata modificata per l|"
    r"esta página foi (?:editada|modificada) pela última vez|"
    r"deze pagina is voor het laatst bewerkt|tę stronę ostatnio (?:edytowano|zmodyfikowano)|"
    r"эта страница (?:в )?последний раз|последнее изменение этой страницы|"
    r"цю сторінку востаннє|останнє редагування цієї сторінки|"
    r"(?:trang|lần cuối trang) này được sửa đổi lần cuối|trang này được sửa đổi|"
    r"halaman ini terakhir (?:diubah|disunting)|laman ini kali terakhir|"
    r"本页面最后(?:修订|编辑)|本頁面最後(?:修訂|編輯)|此页面最后编辑|最終更新 \d{4}年|"
    r"이 문서는 \d{4}년|sidan redigerades senast|denne side blev senest ændret|"
    r"bu sayfa en son|stránka byla naposledy editována).*"
)

_CATEGORIES: Final = (
    r"(?:(?:hidden )?categor(?:y|ies)|(?:versteckte )?kategorien?|catégories?(?: cachées?)?|"
    r"categorías?|categorias?|categorie|kategorie|категори[яи]|категорі[яї]|thể loại|kategori|"
    r"分类|分類|カテゴリ|분류)\s?[:：] ?\S.*"
)
"""Lists of categories: only the frame of an encyclopedia has them among its other lines."""

_FRAME: Final = re.compile(
    rf"\W*(?:(?:{_TAGLINES}|{_REDIRECTS}|{_RETRIEVALS}|{_LAST_CHANGES})[\W_]*\Z|"
    rf"(?:(?:{_JUMPS})\W*(?:search|suche|cari|szukaj|zoeken|rechercher?|búsqueda|ricerca|"
    rf"pesquisa|поиск|пошук|検索)?\W*){{1,3}}\Z)"
)
_LIST: Final = re.compile(rf"\W*(?:{_CATEGORIES})\Z")

FRAME_STEMS: Final = (
    "encyclop", "enzyklop", "enciclop", "encyklop", "ensiklop", "ansiklop", "энциклоп", "енциклоп",
    "εγκυκλοπ", "百科", "백과", "bách khoa", "الموسوعة", "دانشنام", "สารานุกรม", "jump to",
    "skip to", "springen", "wechseln zu", "aller à", "aller au", "sauter à", "ir a", "saltar a",
    "vai a", "saltar para", "ir para", "pular para", "перейти ", "przejdź do", "skocz do",
    "ga naar",
    "bước tới", "chuyển đến", "lompat ke", "loncat ke", "hoppa till", "跳", "に移動", "移動:",
    "둘러보기로", "검색하러", "건너뛰기", "redirected", "weitergeleitet", "redirigé", "redirigido",
    "redirecionado", "reindirizzamento", "doorverwezen", "przekierowano", "перенаправлено",
    "đổi hướng", "dialihkan", "omdirigerad", "重定向", "http", "last edited", "last modified",
    "last changed", "zuletzt", "dernière", "última vez", "modificata", "laatst bewerkt",
    "ostatnio", "последн", "востаннє", "останнє", "sửa đổi", "terakhir", "最后", "最後", "最終更新",
    "이 문서는", "redigerades", "senest ændret", "bu sayfa", "naposledy",
)  # fmt: skip
"""One of these stands on every page with a frame; looking for them first is many times faster."""

OTHER_FRAME_STEMS: Final = ("enciklop", "lomcat ke")
"""Stand in frames as well, but do not tell a page that has one."""


def find_frames(
    lines: Sequence[str], likely: Collection[int], other: Collection[int]
) -> Iterator[int]:
    """Yield the places of the lines that wiki software puts around an article.

    A list of categories counts only where there are such lines beside it.

    Args:
        lines: Lines of one page, or the short ones of it.
        likely: Those that hold one of `FRAME_STEMS`.
        other: Those that hold one of `OTHER_FRAME_STEMS`.
    """
    if not likely:
        return
    frames = {place for place in {*likely, *other} if _FRAME.match(lines[place].casefold())}
    if frames:
        lists = (place for place, line in enumerate(lines) if _LIST.match(line.casefold()))
        yield from sorted(frames.union(lists))


_READING_TIME: Final = re.compile(
    r"\W*(?:(?:estimated )?read(?:ing)? time|temps de lecture(?: estimé)?|lecture|lesezeit|"
    r"lesedauer|tiempo de lectura|tempo d[ei] (?:leitura|lettura)|время (?:на )?чтени[яе]|"
    r"час читання|czas czytania|leestijd|lästid|læsetid|lesetid|waktu baca|okuma süresi|"
    r"thời gian đọc|阅读(?:时间|时长|需)|閱讀時間|読了時間|χρόνος ανάγνωσης)\W*"
    r"(?:ca|env|about|etwa|около|约|約|khoảng)?\W*\d{1,3}\s*"
    r"(?:m(?:in\w*|n)?|мин\w*|хв\w*|phút|分(?:钟|鐘)?|dk|dakika|λεπτ\w+)?\W*\Z|"
    r"\W*\d{1,3}[\s-]?min(?:ute[ns]?|utos|uti)?\.?[\s-]"
    r"(?:read(?:ing time)?|de lecture|lesezeit|de lectura|de leitura|di lettura|leestijd)\W*\Z|"
    r"\W*\d{1,3} (?:мин\w*\.? (?:на )?чтени[ея]|phút đọc)\W*\Z"
)
"""How long the text takes to read, in lower case."""

_CALL: Final = re.compile(
    r"\W*(?:(?:click|tap|press) (?:here |play )?to (?:watch|enlarge|play)\b.{0,40}|"
    r"click here (?:to|for) .{2,50}|"
    r"(?:click|bấm|nhấn|nhấp|kích|ấn) (?:vào đây |đây )?(?:để )?(?:xem|nghe|phóng to|đọc)\b.{0,40}|"
    r"(?:cliquez|cliquer) ici (?:pour|si) .{3,50}|(?:klicken sie hier|hier klicken).{2,50}|"
    r"(?:haz|haga|hacer) clic aquí (?:para|si) .{2,50}|clique aqui (?:para|e) .{2,50}|"
    r"clicca qui per .{2,50}|нажмите (?:здесь|сюда),? чтобы .{3,50}|"
    r"klik (?:di sini|disini|hier) (?:untuk|om|voor) .{2,50}|"
    r"点击(?:这里|此处)?(?:观看|播放|收听|查看(?:大图|原图|更多|全文|视频)).{0,20}|"
    r"點[擊選](?:這裡|此處)?(?:觀看|播放|收聽|查看(?:大圖|原圖|更多|全文|影片)).{0,20})\Z"
)
"""Tells the reader to click for a video, a picture or more, in lower case: no sentence of a
text about something else, for it has no closing mark."""


ASIDE_STEMS: Final = (
    "read", "lecture", "lese", "lectura", "leitura", "lettura", "чтени", "читання", "czytania",
    "leestijd", "lästid", "læsetid", "waktu baca", "okuma süresi", "thời gian đọc", "phút đọc",
    "阅读", "閱讀", "読了", "χρόνος ανάγνωσης", "click", "tap ", "press ", "bấm", "nhấn", "nhấp",
    "kích", "ấn ", "cliqu", "klick", "clic aquí", "clicca", "нажмите", "klik", "点击", "點",
)  # fmt: skip
"""One of these stands in every reading time and call to click."""


def is_aside(line: str) -> bool:
    """Return whether a line is a reading time or a call to click.

    >>> [is_aside(line) for line in ("4 min read", "Click here to watch the video", "4 minutes")]
    [True, True, False]
    """
    lowered = line.lower()
    timed = any(map(str.isdigit, lowered)) and _READING_TIME.match(lowered) is not None
    return timed or _CALL.match(lowered) is not None


EMBEDS: Final = Phrases.of("clip hot|video hot|ảnh hot|clip nổi bật|clip hot nhất")
"""Labels of clips that play inside a text."""

PAYWALLED: Final = Phrases.of(
    "article réservé aux abonnés|réservé aux abonnés|contenu réservé aux abonnés|"
    "cet article est réservé aux abonnés|la suite est réservée aux abonnés|abonnés|"
    "subscribers only|for subscribers only|subscriber only|subscriber exclusive|"
    "this article is for subscribers only|this content is for subscribers only|"
    "exclusive for subscribers|premium article|members only|"
    "nur für abonnenten|exklusiv für abonnenten|für abonnenten|dieser artikel ist exklusiv|"
    "exklusiver artikel für abonnenten|artikel für abonnenten|weiterlesen mit|"
    "solo para suscriptores|sólo para suscriptores|exclusivo para suscriptores|"
    "contenido exclusivo para suscriptores|contenido para suscriptores|"
    "exclusivo para assinantes|conteúdo exclusivo para assinantes|"
    "riservato agli abbonati|articolo riservato agli abbonati|contenuto riservato agli abbonati|"
    "только для подписчиков|доступно только подписчикам|материал доступен по подписке|"
    "лише для передплатників|tylko dla prenumeratorów|tylko dla subskrybentów|"
    "alleen voor abonnees|voor abonnees|endast för prenumeranter|kun for abonnenter|"
    "vain tilaajille|dành cho thuê bao|dành cho độc giả đăng ký|khusus pelanggan|"
    "订阅者专享|会员专享|付费阅读|訂戶專享|會員專屬|有料会員限定|会員限定|会員限定記事|"
    "유료회원 전용|구독자 전용"
)
"""Say who may read on."""
