"""What sites write at the foot of a page, and notices about cookies and newsletters.

Belongs here: copyright lines, legal links, notices in whole sentences.  Does not belong here:
single buttons (`widgets`).
"""

from __future__ import annotations

import re
from typing import Final

from corpusmill.decide.lexicon.phrases import Phrases

LONGEST_CLAIM: Final = 400
"""Characters beyond which a line tells something beside a claim or notice."""

SHORTEST_NOTICE: Final = 10
"""Columns below which no line is a whole sentence."""

COPYRIGHT: Final = re.compile(
    r"(?:(?<!\w)©|©\s*(?:19|20)\d\d|\(c\)\s*(?:19|20)\d\d|copyright\b.{0,40}(?:19|20)\d\d|"
    r"(?:19|20)\d\d.{0,20}\bcopyright\b|\ball rights reserved\b|\btous droits réservés\b|"
    r"\balle rechte vorbehalten\b|\btodos los derechos reservados\b|"
    r"\btodos os direitos reservados\b|\btutti i diritti (?:sono )?riservati\b|"
    r"\btoate drepturile rezervate\b|\balle rechten voorbehouden\b|"
    r"\bwszelkie prawa zastrzeżone\b|\bvšechna práva vyhrazena\b|\bvšetky práva vyhradené\b|"
    r"\bminden jog fenntartva\b|\bsva prava (?:pridržana|zadržana)\b|"
    r"\balla rättigheter (?:förbehållna|reserverade)\b|\balle rettigheder forbeholdes\b|"
    r"\balle rettigheter (?:reservert|forbeholdt)\b|\bkaikki oikeudet pidätetään\b|"
    r"\bhak cipta (?:dilindungi|terpelihara)\b|\bseluruh hak cipta\b|\btüm hakları saklıdır\b|"
    r"все права защищены|усі права захищені|всі права захищені|всички права запазени|копирайт|"
    r"при (?:использовании|перепечатке|цитировании|полном или частичном) .{0,60}(?:ссылк|"
    r"гиперссылк)|με επιφύλαξη παντός δικαιώματος|όλα τα δικαιώματα|جميع الحقوق محفوظة|"
    r"حقوق النشر|تمامی حقوق|کلیه حقوق|כל הזכויות שמורות|สงวนลิขสิทธิ์|ลิขสิทธิ์|"
    r"सर्वाधिकार सुरक्षित|সর্বস্বত্ব (?:স্বত্বাধিকার )?সংরক্ষিত|版权所有|版權所有|保留所有权利|"
    r"保留所有權利|著作權所有|未经.{0,12}(?:授权|许可|書面).{0,20}(?:转载|轉載|不得)|"
    r"未經.{0,12}(?:授權|許可|同意).{0,20}(?:轉載|不得)|無断転載|禁無断|無断複写|저작권자|"
    r"무단\s?전재|무단전재|재배포\s?금지|\bbản quyền (?:thuộc|của|©)|\bgiữ bản quyền\b|"
    r"\bghi rõ nguồn\b|ghi nguồn .{0,40}khi phát hành lại|cấm sao chép|không được sao chép|"
    r"\bgiấy phép (?:số|xuất bản|hoạt động|thiết lập|mxh|báo chí)|\bcơ quan chủ quản\b|"
    r"\btổng biên tập\s*:|icp备|icp證|icp证|京公网安备|公网安备|互联网新闻信息服务许可证|"
    r"사업자등록번호|등록번호\s*:|통신판매업|발행인\s*:|청소년보호책임자)",
    re.IGNORECASE,
)
"""Claims of ownership and the licences that the press must state; never the text itself."""

CLAIM_STEMS: Final = (
    "©", "(c)", "copyright", "rights reserved", "droits réservés", "alle rechte",
    "derechos reservados", "direitos reservados", "i diritti", "drepturile", "prawa", "práva",
    "minden jog", "sva prava", "rättigheter", "rettigheder", "rettigheter", "oikeudet",
    "hak cipta", "hakları", "права защищены", "права захищені", "права запазени", "копирайт",
    "при использовании", "при перепечатке", "при цитировании", "при полном или", "επιφύλαξη",
    "δικαιώματα", "حقوق", "זכויות", "ลิขสิทธิ์", "सर्वाधिकार", "সর্বস্বত্ব", "版权所有", "版權所有",
    "保留所有", "著作權所有", "未经", "未經", "無断", "저작권", "무단", "재배포", "bản quyền thuộc",
    "bản quyền của", "bản quyền ©", "giữ bản quyền", "ghi rõ nguồn", "ghi nguồn", "sao chép",
    "giấy phép", "chủ quản", "tổng biên tập", "icp备", "icp證", "icp证", "公网安备", "服务许可证",
    "등록번호", "통신판매업", "발행인", "청소년보호",
)  # fmt: skip
"""One of these stands in every claim; looking for them first is many times faster."""

NOTICE_STEMS: Final = (
    "cookie", "kakor", "akismet", "recaptcha", "sign up ", "subscribe ", "register ",
    "newsletter", "inbox", "email address", "required fields", "need to be ", "must be ",
    "log in to", "javascript", "us on ", "join us", "download ", "already have", "powered by",
    "độc giả", "quý vị", "mời ", "đăng ký", "theo dõi", "vui lòng", "đăng nhập", "email của",
    "更多精彩", "扫描二维码", "扫码关注", "扫码下载", "欢迎关注", "二維碼", "长按识别", "请登录",
    "请登入", "請先登入", "声明：", "免责声明",
    "куки", "подпишитесь", "подписывайтесь", "присоединяйтесь", "следите за", "нашли ",
    "заметили", "ctrl", "комментарий", "підпишіться", "підписуйтесь", "помітили", "abonnieren",
    "melden sie", "e-mail-adresse", "abonnez", "inscrivez", "votre adresse", "suscríb",
    "tu dirección", "síguenos", "inscreva", "o seu endereço", "assine ", "siga", "iscriviti",
    "indirizzo email", "seguici", "abonează", "adresa ta", "schrijf je", "zapisz się",
    "prenumerera", "e-postadress", "tilmeld", "meld deg", "eväste", "uutiskirje", "ikuti ",
    "dapatkan ", "çerez", "bizi takip", "abone ol", "ακολουθήστε", "εγγραφείτε", "γίνε μέλος",
    "ملفات", "كوكيز", "اشترك", "تابع", "لن يتم", "クッキー", "フォローして", "メールアドレス",
    "쿠키", "구독하시면", "คุกกี้", "ติดตาม", "सब्सक्राइब", "फॉलो",
)  # fmt: skip
"""One of these stands in every notice."""


def is_notice(line: str) -> bool:
    """Return whether a line is a whole sentence that a site says to its visitor."""
    return _NOTICE.match(line.lower()) is not None


LEGAL: Final = Phrases.of(
    "privacy policy|privacy|terms of use|terms of service|terms and conditions|"
    "terms & conditions|cookie policy|cookies|cookie settings|disclaimer|legal notice|"
    "accessibility|accessibility statement|do not sell my personal information|"
    "your privacy choices|imprint|copyright|advertise|advertise here|editorial policy|"
    "ethics policy|corrections|code of conduct|user agreement|community guidelines|"
    "contact webmaster|powered by wordpress|powered by blogger|all rights reserved|terms|legal|"
    "manage cookies|ad choices|adchoices|permissions|licensing",
    "chính sách bảo mật|điều khoản sử dụng|điều khoản|chính sách riêng tư|quy định sử dụng|"
    "thỏa thuận sử dụng|chính sách|miễn trừ trách nhiệm|隐私政策|隐私声明|使用条款|服务条款|"
    "免责声明|法律声明|版权声明|用户协议|广告服务|网站声明|联系方式|诚聘英才|意见反馈|投诉举报|"
    "隱私權政策|隱私政策|使用條款|服務條款|免責聲明|著作權聲明|廣告刊登|プライバシーポリシー|"
    "利用規約|個人情報保護方針|特定商取引法に基づく表記|免責事項|著作権|運営会社|広告掲載|"
    "개인정보처리방침|개인정보취급방침|이용약관|청소년보호정책|저작권|저작권정책|"
    "이메일무단수집거부|광고문의|제휴문의|기사제보|윤리강령|고충처리|불편신고",
    "политика конфиденциальности|пользовательское соглашение|правила пользования|"
    "правовая информация|условия использования|реклама на сайте|правила сайта|"
    "конфиденциальность|выходные данные|політика конфіденційності|угода користувача|"
    "правила користування|impressum|datenschutz|datenschutzerklärung|agb|nutzungsbedingungen|"
    "cookie-einstellungen|barrierefreiheit|mediadaten|privatsphäre|mentions légales|"
    "politique de confidentialité|conditions générales|cgu|cgv|charte de confidentialité|"
    "gestion des cookies|conditions d'utilisation|données personnelles|aviso legal|"
    "política de privacidad|política de cookies|términos y condiciones|condiciones de uso|"
    "términos de uso|aviso de privacidad|política de privacidade|termos de uso|"
    "termos e condições|termos de serviço|política de cookies|expediente|anuncie|"
    "informativa sulla privacy|note legali|condizioni d'uso|termini e condizioni|cookie policy|"
    "politica de confidențialitate|termeni și condiții|politica de cookies|privacybeleid|"
    "gebruiksvoorwaarden|algemene voorwaarden|privacyverklaring|cookiebeleid|"
    "polityka prywatności|regulamin|polityka cookies|warunki korzystania|"
    "ochrana osobních údajů|podmínky použití|obchodní podmínky|ochrana osobných údajov|"
    "adatvédelem|adatvédelmi tájékoztató|felhasználási feltételek|impresszum|médiaajánlat|"
    "impressum|uvjeti korištenja|pravila privatnosti|politika privatnosti|uslovi korišćenja",
    "integritetspolicy|användarvillkor|personuppgiftspolicy|om cookies|cookiepolicy|"
    "privatlivspolitik|cookiepolitik|personvern|personvernerklæring|vilkår|brukervilkår|"
    "tietosuoja|tietosuojaseloste|käyttöehdot|evästeet|rekisteriseloste|kebijakan privasi|"
    "syarat dan ketentuan|pedoman media siber|redaksi|disclaimer|dasar privasi|"
    "terma dan syarat|penafian|ketentuan layanan|pasang iklan|karir|gizlilik politikası|"
    "kullanım koşulları|kullanım şartları|çerez politikası|kvkk|yasal uyarı|gizlilik|"
    "πολιτική απορρήτου|όροι χρήσης|προσωπικά δεδομένα|πολιτική cookies|όροι και προϋποθέσεις|"
    "سياسة الخصوصية|شروط الاستخدام|الشروط والأحكام|إخلاء مسؤولية|اتفاقية الاستخدام|حریم خصوصی|"
    "מדיניות פרטיות|תנאי שימוש|นโยบายความเป็นส่วนตัว|ข้อตกลงการใช้งาน|เงื่อนไขการใช้งาน|"
    "गोपनीयता नीति|नियम और शर्तें|উপদেশ ও নীতিমালা|গোপনীয়তা নীতি",
)
"""Links that the law asks for."""

PAYWALL: Final = re.compile(
    r"\W*(?:th(?:is|e rest of this) (?:article|story|content) is (?:only |exclusively )?"
    r"(?:for|available to|reserved for) (?:our )?(?:paying |registered )?(?:subscribers|members)|"
    r"(?:subscribe|sign in|log in|register) (?:now )?to (?:continue reading|read the (?:full|rest)|"
    r"keep reading|unlock)|to continue reading,? (?:please )?(?:subscribe|sign in|log in|register)|"
    r"you have (?:\w+ )?(?:free )?articles? (?:left|remaining)|"
    r"dieser (?:artikel|beitrag|text) ist (?:nur |exklusiv )?für (?:unsere )?abonnent|"
    r"(?:jetzt )?weiterlesen mit \S+|(?:sie )?möchten (?:sie )?weiterlesen\?|"
    r"cet article est (?:réservé|exclusivement réservé) (?:aux|à nos) abonné|"
    r"(?:la suite|le reste) (?:de cet article )?est réservée? (?:aux|à nos) abonné|"
    r"il vous reste \d+\s?% de cet article|"
    r"(?:pour )?lire la suite (?:à partir de|de cet article|pour|dès) .{0,30}(?:€|\d|abonn)|"
    r"este (?:artículo|contenido) es (?:exclusivo|solo|sólo) para (?:los )?suscriptores|"
    r"(?:suscríbete|regístrate) para seguir leyendo|para (?:seguir|continuar) leyendo|"
    r"(?:conteúdo|matéria|este artigo é) exclusiv[oa] para assinantes|"
    r"(?:questo )?(?:articolo|contenuto) (?:è )?(?:riservato|disponibile solo) (?:agli|per gli) "
    r"abbonati|(?:эта |этот )?(?:статья|материал|текст) доступ(?:на|ен) (?:только )?(?:по подписке|"
    r"подписчикам|для подписчиков)|чтобы (?:дочитать|читать дальше),? |"
    r"(?:dalsza część|treść) (?:artykułu )?(?:jest )?dostępna (?:tylko )?dla (?:prenumeratorów|"
    r"subskrybentów)|(?:bài viết|nội dung) (?:này )?(?:chỉ )?dành (?:riêng )?cho (?:hội viên|"
    r"thành viên|người đăng ký|độc giả trả phí)|本文(?:为|為)?(?:付费|付費|会员|會員)(?:专享|專享|"
    r"内容|內容|文章)|(?:订阅|訂閱|登录|登入)后?(?:即可)?(?:继续|繼續)?(?:阅读|閱讀)(?:全文|余下)|"
    r"この記事は(?:会員|有料)|(?:続きを読むには|残り\d+文字)|"
    r"이 (?:기사|콘텐츠)는 (?:유료|구독자)|artikel ini (?:khusus|hanya) untuk pelanggan)",
    re.IGNORECASE,
)
"""Sentences that part what is shown from what must be paid for."""

PAYWALL_STEMS: Final = (
    "subscr", "members", "to cont", "to read the", "to keep read", "to unlock", "you have ",
    "abonnent", "terlesen", "abonné", "l vous reste", "re la su", "suscr", "leyendo", "para ass",
    "abbonat", "доступ", "чтобы ", "dostępna", "dành", "付费", "付費", "会员", "會員", "阅读全文",
    "阅读余下", "閱讀全文", "閱讀余下", "この記事は", "続きを読むには", "残り", "유료", "구독자",
    "untuk pelanggan",
)  # fmt: skip
"""One of these stands in every such sentence.  None of them has an i between other letters: a
Turkish one counts as an i where case is ignored, but not where it is folded."""

PLEA: Final = re.compile(
    r"if you (?:like|liked|enjoy|enjoyed|value) (?:this|our|what) .{0,80}(?:consider|support|donat|"
    r"subscrib|member|shar)|(?:please )?consider (?:supporting|donating|becoming a (?:member|"
    r"supporter|subscriber))|si vous avez aimé (?:cet|ce|notre) |wenn ihnen (?:dieser|der) "
    r"(?:artikel|beitrag|text) gefallen hat|si te ha gustado (?:este|el) |"
    r"se (?:gostou|ti è piaciuto) |"
    r"если вам понравил(?:ась|ся|ось) (?:стать|материал|наш)|nếu bạn thích bài viết|"
    r"如果(?:您|你)?喜欢(?:本文|这篇)|jeśli podobał ci się (?:ten|nasz)",
    re.IGNORECASE,
)
"""Pleas for support behind the text."""

PLEA_STEMS: Final = (
    "f you ", "der support", "der donat", "der becom", " vous avez a", "gefallen hat",
    " te ha gustado", "se gostou", "aciuto", "вам понравил", "nếu bạn", "喜欢本文", "喜欢这篇",
    "podobał",
)  # fmt: skip
"""One of these stands in every plea."""

# Compared with lines in lower case: ignoring case is many times slower.
_NOTICE: Final = re.compile(
    r"\A\W*(?:(?:we|this (?:web)?site|our (?:web)?site|by (?:continuing|"
    r"using))\b.{0,80}\bcookies?\b|cookies (?:help|on this)\b|this site uses akismet|"
    r"this site is protected by recaptcha|(?:please )?(?:sign up|subscribe|register) (?:to|"
    r"for) (?:our|the|free|daily|weekly|receive)\b|get (?:our|the) (?:latest|daily|free|"
    r"best) .{0,40}(?:newsletter|inbox)|your email address will not be published|"
    r"required fields are marked|you (?:must|need to) be (?:logged|signed) in to|"
    r"log in to (?:leave|post|reply)|(?:please )?(?:enable|turn on) javascript|"
    r"follow us on (?:facebook|twitter|instagram|telegram)|like us on facebook|join us on|"
    r"download (?:the|our) .{0,20}\bapp\b|already have an account|powered by (?:wordpress|"
    r"blogger|disqus|drupal|joomla)|(?:chúng tôi|trang web|website) .{0,40}sử dụng cookie|"
    r"mời (?:quý |các )?(?:bạn|độc giả|quý vị).{0,40}(?:đón đọc|đón xem|xem|theo dõi|like|"
    r"bấm|nhấn)|đăng ký (?:kênh|nhận|theo dõi)|theo dõi .{0,30}trên (?:facebook|google|zalo|"
    r"youtube|fanpage)|vui lòng (?:nhập|đăng nhập|bật)|bạn (?:cần|phải) đăng nhập|"
    r"email của bạn sẽ không được|(?:本站|本网站|本網站|我們|我们)使用.{0,12}cookie|"
    r"更多精彩(?:内容|資訊|内容请)|扫描二维码|扫码(?:关注|下载)|欢迎关注|長按(?:識別)?二維碼|"
    r"长按识别|请(?:登录|登入)后|請先登入|声明：(?:本文|本站|本网)|免责声明|(?:мы|наш сайт|"
    r"этот сайт|сайт) .{0,40}(?:cookie|куки)|подпи(?:шитесь|сывайтесь) на (?:наш|канал|нас|"
    r"рассылк)|присоединяйтесь к нам|следите за нами|нашли (?:ошибку|опечатку)|"
    r"если вы (?:нашли|заметили) ошибку|заметили ошибку|выделите (?:её|ее|фрагмент|"
    r"текст).{0,40}ctrl|чтобы оставить комментарий|(?:ми|сайт|цей сайт) .{0,40}cookie|"
    r"підпи(?:шіться|суйтесь) на|помітили помилку|(?:wir|diese (?:web)?s(?:ei|i)te|"
    r"unsere (?:web)?s(?:ei|i)te) .{0,80}\bcookies?\b|abonnieren sie (?:unseren|den|jetzt)|"
    r"melden sie sich .{0,30}(?:an|newsletter)|ihre e-mail-adresse wird nicht|(?:nous|ce site|"
    r"notre site|en poursuivant) .{0,80}\bcookies?\b|abonnez-vous|inscrivez-vous|"
    r"votre adresse (?:e-?mail|de messagerie) ne sera pas|(?:utilizamos|usamos|este sitio|"
    r"este site|nosotros|al continuar|ao continuar) .{0,80}\bcookies?\b|suscríb(?:ete|"
    r"ase) (?:a|al|y)\b|tu dirección de correo|síguenos en|inscreva-se (?:no|na|em)\b|"
    r"o seu endereço de e-?mail|assine (?:a|nossa|o) |siga(?:-nos)? (?:o|a|no|nas)\b|"
    r"(?:questo sito|utilizziamo|il sito|noi) .{0,80}\bcookie\b|iscriviti (?:alla|al|a) |"
    r"il tuo indirizzo email non|seguici (?:su|anche)|(?:acest site|folosim|"
    r"utilizăm) .{0,60}cookie|abonează-te|adresa ta de email|(?:wij|deze (?:web)?site|"
    r"we) .{0,60}cookies|schrijf je in|(?:ta strona|nasza strona|używamy|strona|korzystamy|"
    r"serwis) .{0,60}\bcookies?\b|zapisz się (?:do|na)\b|(?:tento web|používáme|tyto stránky|"
    r"stránka) .{0,60}cookies?|(?:az oldal|weboldalunk|ez a weboldal).{0,60}cookie|(?:vi|"
    r"denna webbplats|webbplatsen|sajten) .{0,20}använder .{0,20}(?:cookies|kakor)|"
    r"prenumerera på|din e-postadress|(?:vi|denne side|dette websted|"
    r"nettstedet) .{0,20}bruger? .{0,20}cookies|tilmeld dig|meld deg på|(?:käytämme|"
    r"tämä sivusto|sivusto) .{0,40}eväste|tilaa .{0,20}uutiskirje|(?:situs ini|"
    r"kami) .{0,30}menggunakan cookie|ikuti kami|dapatkan (?:berita|informasi|update)|"
    r"ikuti (?:berita|saluran|kami)|(?:sitemiz|bu site|web sitemiz|sizlere) .{0,60}(?:çerez|"
    r"cookie)|bizi takip|abone ol(?:un|mak)|(?:χρησιμοποιούμε|αυτός ο ιστότοπος|το site|"
    r"ο ιστότοπος).{0,60}cookies|ακολουθήστε (?:το|τα|μας|μασ)|εγγραφείτε|γίνε μέλος|(?:يستخدم|"
    r"نستخدم) .{0,40}(?:ملفات|الكوكيز|كوكيز)|اشترك (?:في|الآن)|تابعوا? |لن يتم نشر|"
    r"当サイトでは.{0,20}(?:cookie|クッキー)|このサイトは.{0,20}cookie|フォローして|"
    r"メールアドレスが公開される|이 (?:웹)?사이트는.{0,20}쿠키|구독하시면|"
    r"เว็บไซต์นี้ใช้.{0,10}คุกกี้|ติดตาม(?:ข่าว|เรา|ได้ที่)|सब्सक्राइब करें|हमें .{0,20}फॉलो)"
)
"""Whole sentences that a site says to its visitor; they open with the visitor or the site."""

PORTAL: Final = re.compile(
    r"\b(?:portal|ensiklopedia|encyclop(?:a?edia)|enciclop[eé]dia|encyclopédie|enzyklopädie|"
    r"encyklopedia|encyklopedi|ensiklopedi|wikipedia|wiki|wikimedia|bách khoa(?: toàn thư)?|"
    r"cổng thông tin|thư viện|website|webzine|homepage|online)\b|百科|維基|维基|门户|入口網|"
    r"ウィキ|百科事典|백과|위키|энциклопеди|википеди|портал|вікіпеді|енциклопеді|"
    r"εγκυκλοπαίδεια|βικιπαίδεια|πύλη|موسوعة|ويكيبيديا|بوابة|สารานุกรม|วิกิพีเดีย|विश्वकोश|"
    r"विकिपीडिया",
    re.IGNORECASE,
)
"""Kinds of sites: a bare name with one of these words below the last heading is the site's."""
