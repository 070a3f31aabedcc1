"""Buttons, labels and notices that stand around and inside texts.

Belongs here: whole lines of page furniture, one table a reason code.  Does not belong here:
headings of lists (`headings`), copyright lines (`footers`).
"""

from __future__ import annotations

from typing import Final

from corpusmill.decide.lexicon.phrases import Phrases

PLAYER: Final = Phrases.of(
    "loading|loading...|please wait|play video|watch video|video player|video unavailable|"
    "this video is not available|unmute|mute|fullscreen|full screen|playback speed|autoplay|"
    "click to enlarge|enlarge image|enlarge this image|view gallery|view slideshow|"
    "launch gallery|image zoom|zoom image|view full size|tap to expand|hide caption|"
    "toggle caption|show caption|your browser does not support the video tag|"
    "your browser does not support the audio element|your browser does not support html5 video|"
    "javascript is disabled|please enable javascript|enable javascript|listen to this article|"
    "listen to article|listen|text size|font size|increase text size|decrease text size|"
    "slide 1 of 1|previous slide|next slide|media caption|image caption|image source|"
    "this article is more than 1 year old|skip advertisement|ad feedback|"
    "advertisement - scroll to continue",
    "video đang hot|video hot nhất|video nổi bật nhất|xem video|phát video|đang tải|"
    "đang tải dữ liệu|vui lòng chờ|nhấn để phóng to|bấm để xem|bấm vào ảnh để phóng to|"
    "xem ảnh lớn|phóng to ảnh|nghe đọc bài|nghe bài viết|cỡ chữ|clip đang hot|"
    "trình duyệt của bạn không hỗ trợ video|thu gọn|mở rộng|xem toàn bộ|xem chi tiết",
    "加载中|正在加载|播放视频|点击查看大图|点击查看原图|点击图片查看原图|点击播放|视频加载中|"
    "全屏|字号|字体大小|查看大图|展开全文|点击展开全文|收起|載入中|播放影片|點擊放大|點圖放大|"
    "看大圖|展開全文|字級|放大圖片|您的浏览器不支持video标签|听新闻|語音播報|读图模式",
    "読み込み中|動画を再生|再生する|画像を拡大|拡大画像|画像を拡大する|写真を拡大|文字サイズ|"
    "拡大する|全画面表示|로딩중|로딩 중|동영상 재생|이미지 크게 보기|크게 보기|크게보기|"
    "글자크기|글자 크기|본문 듣기|기사 듣기",
    "загрузка|идёт загрузка|идет загрузка|смотреть видео|воспроизвести видео|увеличить|"
    "увеличить изображение|на весь экран|размер шрифта|слушать статью|прослушать|"
    "видео недоступно|ваш браузер не поддерживает видео|завантаження|дивитися відео|збільшити|"
    "розмір шрифту|wird geladen|video abspielen|bild vergrößern|vollbild|"
    "bildunterschrift anzeigen|schriftgröße|artikel anhören|bitte aktivieren sie javascript|"
    "video laden|bild in lightbox öffnen|chargement|chargement en cours|lire la vidéo|"
    "agrandir l'image|agrandir|plein écran|écouter l'article|taille du texte|cargando|"
    "reproducir video|ampliar imagen|ampliar foto|pantalla completa|tamaño de letra|escuchar|"
    "escuchar artículo|carregando|reproduzir vídeo|ampliar|ampliar imagem|tela cheia|"
    "tamanho da letra|ouvir|ouça este conteúdo|caricamento|guarda il video|ingrandisci|"
    "schermo intero|ascolta l'articolo|dimensione testo|se încarcă|vezi video|mărește imaginea|"
    "ładowanie|odtwórz wideo|powiększ|pełny ekran|wielkość tekstu|načítání|přehrát video|"
    "zvětšit|betöltés|videó lejátszása|nagyítás",
    "laddar|spela video|förstora bild|lyssna|indlæser|afspil video|laster|spill av video|"
    "ladataan|katso video|toista video|laden|video afspelen|afbeelding vergroten|memuat|"
    "sedang memuat|putar video|tonton video|perbesar gambar|perbesar|ukuran huruf|dengarkan|"
    "yükleniyor|videoyu izle|videoyu oynat|büyüt|tam ekran|yazı boyutu|haberi dinle|φόρτωση|"
    "αναπαραγωγή βίντεο|μεγέθυνση|δείτε το βίντεο|πλήρης οθόνη|جاري التحميل|شاهد الفيديو|"
    "تشغيل الفيديو|حجم الخط|تكبير الصورة|استمع|กำลังโหลด|เล่นวิดีโอ|ขยายภาพ|ขนาดตัวอักษร|"
    "लोड हो रहा है|वीडियो देखें|फ़ॉन्ट साइज़|খবরটি শুনুন",
)
"""Parts of players, galleries and readers: they say what the page can do, not what it tells."""

ADVERTISEMENT: Final = Phrases.of(
    "advertisement|advertisements|advert|ads|ad|sponsored|sponsored by|sponsored links|"
    "promoted|advertising|advertise with us|story continues below|"
    "story continues below advertisement|article continues below advertisement|"
    "continue reading below|continue reading the main story|ads by google|skip ad|remove ads|"
    "why am i seeing this ad|report this ad|paid content|scroll to continue|promotion|"
    "partner content",
    "quảng cáo|liên hệ quảng cáo|báo giá quảng cáo|bỏ qua quảng cáo|nội dung được tài trợ|"
    "được tài trợ|tài trợ|广告|推广|赞助内容|廣告|廣告合作|赞助商链接|贊助|推廣|"
    "スポンサーリンク|広告|スポンサードリンク|PR|광고|스폰서 링크",
    "реклама|на правах рекламы|реклама на сайте|партнёрский материал|партнерский материал|"
    "спонсор|продолжение после рекламы|рекламa|спонсорований контент|anzeige|werbung|anzeigen|"
    "gesponsert|advertorial|publicité|annonce|sponsorisé|contenu sponsorisé|"
    "la suite après la publicité|la suite après cette publicité|publicidad|anuncio|patrocinado|"
    "contenido patrocinado|publicidade|propaganda|anúncio|conteúdo patrocinado|"
    "continua após a publicidade|continua depois da publicidade|pubblicità|annuncio|"
    "sponsorizzato|contenuto sponsorizzato|advertentie|gesponsord|reklama|artykuł sponsorowany|"
    "materiał sponsorowany|inzerce|reclama|hirdetés|támogatott tartalom|publicitate|oglas|"
    "oglasi|реклама|реклами",
    "annons|annonser|annonce|annoncer|reklame|annonsørinnhold|mainos|mainokset|iklan|"
    "advertorial|scroll to continue with content|lanjutkan membaca di bawah|iklan promosi|"
    "pengiklanan|reklam|reklamlar|sponsorlu|sponsorlu içerik|διαφήμιση|διαφημίσεις|χορηγούμενο|"
    "إعلان|إعلانات|اعلان|محتوى ممول|آگهی|تبلیغات|פרסומת|ממומן|โฆษณา|advertorial|विज्ञापन|"
    "বিজ্ঞাপন|விளம்பரம்",
)
"""Labels of advertisements."""

SHARE: Final = Phrases.of(
    "share|share this|share this article|share this story|share this post|share on facebook|"
    "share on twitter|share on x|share on linkedin|share on whatsapp|share via email|"
    "share with friends|tweet|tweet this|pin it|pin|like|like this|email this|"
    "email this article|e-mail this|e-mail|email|email article|send to a friend|tell a friend|"
    "print|print this|print this page|print article|print friendly|printer friendly|"
    "printer-friendly version|save article|save|save for later|bookmark|bookmark this|"
    "copy link|copy url|link copied|facebook|twitter|linkedin|whatsapp|pinterest|reddit|tumblr|"
    "telegram|instagram|youtube|google+|google plus|flipboard|messenger|wechat|weibo|rss|"
    "rss feed|rss feeds|digg|delicious|stumbleupon|tiktok|viber|line|gift article|"
    "give this article|reprints|reprints & permissions|share options|share this page|share it|"
    "addthis|view comments|0 comments|like us on facebook|follow us on facebook|"
    "follow us on twitter|follow us on instagram",
    "chia sẻ|chia sẻ bài viết|chia sẻ bài viết này|chia sẻ facebook|chia sẻ lên facebook|"
    "chia sẻ zalo|zalo|thích|gửi bài viết|gửi cho bạn bè|gửi email|in bài viết|bản in|in trang|"
    "in bài này|lưu bài|lưu tin|sao chép liên kết|copy link|chia sẻ tin này|chia sẻ qua|"
    "in tin này",
    "分享|分享到|分享至|转发|收藏|打印|打印本页|打印本文|点赞|举报|复制链接|微信|微博|新浪微博|"
    "腾讯微博|qq空间|朋友圈|微信扫一扫|扫一扫分享|扫码分享|关闭窗口|关闭本页|推荐给好友|纠错|"
    "加入收藏|我要分享|分享給朋友|轉發|列印|列印本頁|友善列印|轉寄|轉寄好友|讚|按讚|分享文章|"
    "複製連結|加入最愛|收藏文章|臉書|シェア|シェアする|ツイート|ツイートする|印刷|印刷する|"
    "保存|保存する|ブックマーク|いいね|リンクをコピー|はてなブックマーク|メールで送る|공유|"
    "공유하기|페이스북|트위터|카카오톡|카카오스토리|네이버|밴드|인쇄|인쇄하기|프린트|스크랩|"
    "URL복사|링크복사|주소복사|좋아요|기사공유하기|공감|이메일",
    "поделиться|поделиться новостью|поделиться ссылкой|поделиться в|рассказать друзьям|"
    "твитнуть|распечатать|версия для печати|печать|отправить другу|отправить на почту|"
    "в избранное|добавить в избранное|сохранить|скопировать ссылку|нравится|мне нравится|"
    "вконтакте|одноклассники|фейсбук|телеграм|жж|мой мир|класснуть|поділитися|надрукувати|"
    "роздрукувати|сподели|принтирай",
    "teilen|artikel teilen|beitrag teilen|auf facebook teilen|auf twitter teilen|twittern|"
    "drucken|artikel drucken|merken|artikel merken|per e-mail versenden|per mail|"
    "weiterempfehlen|empfehlen|link kopieren|gefällt mir|seite drucken|partager|"
    "partager cet article|partager l'article|partager sur facebook|imprimer|imprimer l'article|"
    "envoyer par mail|envoyer|j'aime|enregistrer|copier le lien|offrir l'article|compartir|"
    "compartir en facebook|compartir en twitter|imprimir|enviar por email|enviar por correo|"
    "guardar|copiar enlace|me gusta|comparte|tuitear|comparteix|compartilhar|compartilhe|"
    "partilhar|enviar|enviar por e-mail|salvar|curtir|copiar link|tweetar|condividi|"
    "condividi su facebook|condividi questo articolo|stampa|invia|invia per email|salva|"
    "copia link|mi piace|consiglia|distribuie|tipărește|trimite|printează|îmi place|delen|deel|"
    "deel dit artikel|afdrukken|bewaar|printen|udostępnij|podziel się|drukuj|wyślij|lubię to|"
    "tweetnij|sdílet|tisk|vytisknout|zdieľať|vytlačiť|megosztás|nyomtatás|küldés|podijeli|"
    "podeli|ispiši|deli",
    "dela|dela artikeln|skriv ut|tipsa|gilla|spara|del|del artiklen|print artiklen|"
    "del artikkel|skriv ut artikkelen|lagre|jaa|jaa artikkeli|tulosta|tykkää|tallenna|bagikan|"
    "bagikan artikel|cetak|kirim|simpan|salin tautan|suka|kongsi|berkongsi|salin link|paylaş|"
    "haberi paylaş|yazdır|e-posta gönder|kaydet|linki kopyala|beğen|κοινοποίηση|κοινοποίησε|"
    "μοιραστείτε|εκτύπωση|μοιράσου|αποστολή|αποθήκευση|مشاركة|شارك|شارك الخبر|طباعة|إرسال|"
    "نسخ الرابط|حفظ|فيسبوك|تويتر|واتساب|اشتراک گذاری|چاپ|שתף|שתפו|הדפסה|แชร์|แชร์ข่าว|พิมพ์|"
    "บันทึก|ทวีต|शेयर|शेयर करें|प्रिंट|साझा करें|শেয়ার|প্রিন্ট|প্রিন্ট করুন",
)
"""Buttons that pass the page on; no sentence of the text."""

SUBSCRIPTION: Final = Phrases.of(
    "subscribe|subscribe now|subscribe today|sign up|sign up now|sign in|log in|login|register|"
    "register now|newsletter|newsletters|sign up for our newsletter|"
    "subscribe to our newsletter|join our newsletter|join our mailing list|get our newsletter|"
    "enter your email|enter your email address|your email address|email address|"
    "already a subscriber|become a member|create account|create an account|"
    "create a free account|my account|log out|sign out|donate|donate now|support us|"
    "download the app|get the app|download our app|follow|following|subscribe to rss|"
    "get email alerts|manage alerts|forgot password|forgot your password|remember me|join now|"
    "try for free|start free trial",
    "đăng ký|đăng nhập|đăng kí|đăng ký nhận tin|đăng ký ngay|đăng ký nhận bản tin|đăng xuất|"
    "tài khoản|nhận bản tin|theo dõi|theo dõi chúng tôi|theo dõi trên|quên mật khẩu|"
    "tải ứng dụng|nhập email|địa chỉ email|登录|注册|登陆|订阅|关注|立即注册|立即登录|退出登录|"
    "免费注册|关注我们|下载app|下载客户端|打开app|忘记密码|登入|註冊|訂閱|登出|加入會員|"
    "會員登入|追蹤我們|立即訂閱|訂閱電子報|忘記密碼|下載app|ログイン|会員登録|新規登録|"
    "新規会員登録|登録する|フォローする|フォロー|ログアウト|無料会員登録|メルマガ登録|로그인|"
    "회원가입|구독|구독하기|로그아웃|뉴스레터 구독|마이페이지|구독신청",
    "войти|вход|регистрация|зарегистрироваться|подписаться|подписка|подписаться на рассылку|"
    "выйти|личный кабинет|забыли пароль|ваш e-mail|ваш email|рассылка|подпишитесь|авторизация|"
    "увійти|реєстрація|підписатися|вхід|абонирай се|anmelden|registrieren|einloggen|abonnieren|"
    "jetzt abonnieren|newsletter abonnieren|abmelden|mein konto|passwort vergessen|login|"
    "e-mail-adresse|jetzt anmelden|abo|s'abonner|se connecter|connexion|s'inscrire|inscription|"
    "abonnez-vous|je m'abonne|mon compte|mot de passe oublié|se déconnecter|newsletters|"
    "créer un compte|suscríbete|suscribirse|iniciar sesión|regístrate|registrarse|boletín|"
    "boletines|suscripción|cerrar sesión|mi cuenta|acceder|entrar|assine|assine já|cadastre-se|"
    "inscreva-se|assinar|sair|minha conta|iniciar sessão|registar|accedi|registrati|iscriviti|"
    "abbonati|esci|iscriviti alla newsletter|abonează-te|autentificare|înregistrare|conectare|"
    "contul meu|inloggen|registreren|aanmelden|abonneren|abonneer|uitloggen|mijn account|"
    "zaloguj|zaloguj się|zarejestruj się|wyloguj|rejestracja|załóż konto|subskrybuj|zapisz się|"
    "przihlásit|přihlásit|přihlásit se|registrace|odhlásit|předplatné|prihlásiť|registrácia|"
    "bejelentkezés|belépés|regisztráció|feliratkozás|prijava|registracija|pretplata|odjava",
    "logga in|registrera|registrera dig|prenumerera|bli prenumerant|logga ut|mina sidor|"
    "nyhetsbrev|log ind|log på|abonner|opret bruger|nyhedsbrev|logg inn|bli abonnent|logg ut|"
    "nyhetsbrev|kirjaudu|kirjaudu sisään|rekisteröidy|tilaa|tilaa uutiskirje|kirjaudu ulos|"
    "masuk|daftar|berlangganan|langganan|keluar|daftar sekarang|log masuk|daftar masuk|giriş|"
    "giriş yap|üye ol|kayıt ol|abone ol|çıkış|şifremi unuttum|bülten|e-bülten|σύνδεση|εγγραφή|"
    "είσοδος|αποσύνδεση|συνδρομή|εγγραφή στο newsletter|تسجيل الدخول|اشترك|اشترك الآن|تسجيل|"
    "إنشاء حساب|تابعنا|الاشتراك|ورود|عضویت|ثبت نام|התחבר|הרשמה|เข้าสู่ระบบ|สมัครสมาชิก|ติดตาม|"
    "ติดตามเรา|ออกจากระบบ|लॉगिन|साइन इन|सब्सक्राइब|सब्सक्राइब करें|লগইন|সাবস্ক্রাইব",
)
"""Doors to accounts and newsletters."""

NAVIGATION: Final = Phrases.of(
    "home|homepage|home page|menu|main menu|search|search this site|site search|"
    "skip to content|skip to main content|skip to navigation|jump to content|"
    "jump to navigation|close|close menu|open menu|toggle navigation|navigation|"
    "main navigation|breadcrumb|you are here|back|back to top|back to home|return to top|"
    "top of page|go to top|scroll to top|next|previous|prev|next page|previous page|first|last|"
    "contact|contact us|about|about us|about this site|site map|sitemap|help|faq|faqs|careers|"
    "jobs|shop|store|more|view all|see all|show all|show more|load more|view more|all news|"
    "submit|go|cancel|ok|edit|language|languages|english|english version|desktop version|"
    "mobile version|mobile site|advanced search|search results|terms|privacy|cart|view cart|"
    "shopping cart|checkout|wishlist|compare|filter|sort by|sort|print version",
    "trang chủ|trang nhất|menu|tìm kiếm|liên hệ|giới thiệu|về chúng tôi|quay lại|trở lại|"
    "về đầu trang|lên đầu trang|đầu trang|xem tất cả|xem thêm|tất cả|trang trước|trang sau|"
    "sơ đồ trang|rss|đường dây nóng|trở về|trở về trang chủ|mục lục|đóng|mới hơn|cũ hơn|"
    "trang tiếp|hỗ trợ|tuyển dụng|首页|返回首页|返回顶部|网站首页|导航|菜单|搜索|更多|查看更多|"
    "关于我们|联系我们|网站地图|帮助|上一页|下一页|尾页|末页|加载更多|设为首页|加入收藏|手机版|"
    "电脑版|移动版|当前位置|您的位置|您当前的位置|返回|返回列表|首頁|回首頁|回頂端|回到頂部|"
    "選單|搜尋|更多內容|看更多|關於我們|聯絡我們|網站地圖|幫助|上一頁|下一頁|回上頁|回列表|"
    "ホーム|トップ|トップページ|メニュー|検索|お問い合わせ|サイトマップ|会社概要|"
    "ページトップへ|ページの先頭へ|次へ|前へ|一覧|一覧へ|一覧を見る|ヘルプ|戻る|閉じる|"
    "本文へスキップ|ホームへ|홈|메뉴|검색|전체메뉴|전체보기|목록|목록으로|맨위로|상단으로|이전|"
    "다음|닫기|고객센터|회사소개|사이트맵|바로가기|본문 바로가기|메뉴 바로가기|전체 메뉴|"
    "뒤로가기|뒤로",
    "главная|на главную|главная страница|меню|поиск|найти|контакты|о нас|о проекте|о сайте|"
    "карта сайта|наверх|вверх|назад|вперёд|вперед|далее|ещё|еще|показать ещё|показать еще|"
    "загрузить ещё|все|вы здесь|перейти к содержанию|перейти к содержимому|к списку|вернуться|"
    "вернуться назад|помощь|вакансии|закрыть|полная версия|мобильная версия|головна|пошук|"
    "контакти|про нас|нагору|вгору|на головну|начало|търсене|контакти|за нас|нагоре",
    "startseite|home|menü|hauptmenü|suche|suchen|kontakt|über uns|zum inhalt springen|"
    "zum inhalt|zur startseite|nach oben|zurück|weiter|mehr|mehr anzeigen|alle anzeigen|"
    "sitemap|hilfe|sie sind hier|seitenanfang|schließen|navigation|zur navigation|"
    "zum seitenanfang|menü öffnen|karriere|accueil|recherche|rechercher|contact|"
    "qui sommes-nous|à propos|plan du site|aller au contenu|retour|retour en haut|haut de page|"
    "suivant|précédent|voir plus|voir tout|plus|fermer|vous êtes ici|aide|retour à l'accueil|"
    "inicio|menú|buscar|búsqueda|contacto|quiénes somos|acerca de|mapa del sitio|"
    "ir al contenido|saltar al contenido|volver|volver arriba|subir|siguiente|anterior|ver más|"
    "ver todo|cerrar|portada|ayuda|inici|cercar|início|página inicial|busca|pesquisar|pesquisa|"
    "contato|contacto|contactos|sobre|sobre nós|quem somos|mapa do site|ir para o conteúdo|"
    "pular para o conteúdo|voltar|voltar ao topo|próximo|próxima|ver mais|ver tudo|fechar|"
    "ajuda|home page|cerca|ricerca|contatti|chi siamo|mappa del sito|vai al contenuto|torna su|"
    "indietro|avanti|successivo|precedente|vedi tutti|chiudi|aiuto|acasă|căutare|caută|contact|"
    "despre noi|harta site-ului|înapoi|înainte|următorul|prima pagină|mai mult|hoofdmenu|"
    "zoeken|zoek|over ons|naar inhoud|terug|volgende|vorige|meer|sluiten|naar boven|"
    "strona główna|szukaj|kontakt|o nas|mapa strony|przejdź do treści|wstecz|dalej|następna|"
    "następny|poprzednia|poprzedni|więcej|zamknij|do góry|na górę|wyszukaj|pomoc|domů|hledat|"
    "hledání|o nás|mapa stránek|zpět|další|předchozí|nahoru|více|zavřít|úvod|úvodní stránka|"
    "domov|hľadať|späť|ďalej|kezdőlap|főoldal|keresés|kapcsolat|rólunk|vissza|tovább|előző|"
    "következő|menü|oldaltérkép|naslovna|naslovnica|pretraga|traži|o nama|povratak|početna|"
    "početna stranica|na vrh|nazad|naprej|nazaj|iskanje",
    "hem|startsida|meny|sök|kontakt|kontakta oss|om oss|till innehållet|hoppa till innehåll|"
    "tillbaka|nästa|föregående|visa mer|visa alla|stäng|till toppen|sidkarta|forside|forsiden|"
    "søg|om os|til toppen|tilbage|næste|forrige|vis mere|luk|hjem|søk|om oss|til innhold|"
    "hopp til innhold|neste|vis mer|lukk|til forsiden|etusivu|valikko|haku|hae|yhteystiedot|"
    "ota yhteyttä|tietoa meistä|takaisin|seuraava|edellinen|näytä lisää|siirry sisältöön|sulje|"
    "sivukartta|ylös|beranda|halaman utama|cari|pencarian|kontak|hubungi kami|tentang kami|"
    "peta situs|kembali|kembali ke atas|selanjutnya|sebelumnya|lihat semua|lihat lainnya|"
    "laman utama|utama|carian|anasayfa|ana sayfa|menü|ara|arama|iletişim|hakkımızda|"
    "site haritası|geri|ileri|sonraki|önceki|başa dön|yukarı|yukarı çık|tümü|tümünü gör|kapat|"
    "içeriğe geç|künye|αρχική|αρχική σελίδα|μενού|αναζήτηση|επικοινωνία|σχετικά με εμάς|"
    "ποιοι είμαστε|επιστροφή|επόμενο|προηγούμενο|περισσότερα|κλείσιμο|όλα|χάρτης ιστοσελίδας|"
    "βρίσκεστε εδώ|πίσω|ταυτότητα|الرئيسية|الصفحة الرئيسية|القائمة|بحث|البحث|اتصل بنا|من نحن|"
    "خريطة الموقع|المزيد|رجوع|التالي|السابق|العودة|إغلاق|عرض الكل|صفحه اصلی|خانه|جستجو|"
    "تماس با ما|درباره ما|בית|דף הבית|חיפוש|צור קשר|אודות|หน้าแรก|หน้าหลัก|เมนู|ค้นหา|"
    "ติดต่อเรา|เกี่ยวกับเรา|ย้อนกลับ|ถัดไป|ก่อนหน้า|ดูทั้งหมด|แผนผังเว็บไซต์|मुख्य पृष्ठ|होम|"
    "होमपेज|खोजें|खोज|संपर्क करें|हमारे बारे में|মূলপাতা|হোম|প্রচ্ছদ|খুঁজুন|যোগাযোগ",
)
"""Entries that every menu has, and page turners."""

COMMENTS: Final = Phrases.of(
    "comments|leave a comment|leave a reply|post a comment|add a comment|add comment|"
    "write a comment|post comment|join the conversation|join the discussion|reader comments|"
    "user comments|comments are closed|no comments|no comments yet|be the first to comment|"
    "reply|cancel reply|responses|view all comments|show comments|load comments|"
    "facebook comments|your comment|leave your comment|comment|disqus comments|"
    "sign in to comment|log in to comment|what do you think|discussion",
    "bình luận|ý kiến|ý kiến bạn đọc|ý kiến của bạn|gửi bình luận|viết bình luận|"
    "bình luận facebook|gửi ý kiến|phản hồi|gửi phản hồi|để lại bình luận|để lại một bình luận|"
    "trả lời|bình luận của bạn|nhận xét|đăng nhận xét|không có nhận xét nào|chưa có bình luận|"
    "các bình luận|cảm nhận của bạn",
    "评论|发表评论|网友评论|我要评论|最新评论|查看评论|用户评论|读者评论|我来说两句|评论区|"
    "暂无评论|写评论|发表回复|登录后评论|回复|跟帖|留言|發表評論|評論|網友回應|我要留言|"
    "發表留言|回覆|讀者留言|發佈留言|發表迴響|コメント|コメントする|コメントを書く|"
    "コメントを残す|コメントを投稿|コメント一覧|返信|댓글|댓글쓰기|댓글 쓰기|댓글달기|"
    "댓글 남기기|댓글 0|의견쓰기|답글|전체 댓글|등록된 댓글이 없습니다",
    "комментарии|комментарий|оставить комментарий|добавить комментарий|написать комментарий|"
    "ваш комментарий|обсуждение|обсудить|комментировать|комментарии читателей|комментариев нет|"
    "нет комментариев|ответить|отзывы|коментарі|коментар|залишити коментар|додати коментар|"
    "коментари|напиши коментар|остави коментар|kommentare|kommentar schreiben|"
    "kommentar verfassen|kommentar hinzufügen|leserkommentare|kommentieren|ihr kommentar|"
    "antworten|schreibe einen kommentar|diskutieren sie mit|commentaires|"
    "laisser un commentaire|ajouter un commentaire|réagir|poster un commentaire|vos réactions|"
    "votre commentaire|réactions|répondre|commenter|comentarios|deja un comentario|"
    "dejar un comentario|escribe un comentario|agregar un comentario|comentar|"
    "deja una respuesta|responder|añadir comentario|opina|comentaris|comentários|"
    "deixe um comentário|deixe seu comentário|deixe uma resposta|escreva um comentário|comente|"
    "commenti|lascia un commento|scrivi un commento|aggiungi un commento|commenta|rispondi|"
    "comentarii|lasă un comentariu|adaugă comentariu|scrie un comentariu|lasă un răspuns|"
    "reacties|plaats een reactie|geef een reactie|reageer|reageren|komentarze|dodaj komentarz|"
    "skomentuj|napisz komentarz|odpowiedz|zostaw komentarz|opinie|komentáře|přidat komentář|"
    "diskuse|vstoupit do diskuze|diskusia|pridať komentár|komentáre|hozzászólások|hozzászólás|"
    "szólj hozzá|új hozzászólás|komentari|komentar|napišite komentar|ostavite komentar|"
    "pošaljite komentar|dodaj komentar|komentarji",
    "kommentarer|lämna en kommentar|skriv en kommentar|kommentera|lämna ett svar|svara|"
    "skriv kommentar|kommenter|skriv en kommentar|legg igjen en kommentar|legg igjen svar|svar|"
    "kommentit|kommentoi|jätä kommentti|lisää kommentti|kirjoita kommentti|vastaa|komentar|"
    "tinggalkan komentar|tulis komentar|beri komentar|tinggalkan balasan|balas|komen|"
    "tinggalkan komen|yorumlar|yorum yap|yorum yaz|yorum ekle|yorum|bir yanıt yazın|yanıtla|"
    "okuyucu yorumları|σχόλια|αφήστε σχόλιο|προσθήκη σχολίου|γράψτε σχόλιο|σχολιάστε|απάντηση|"
    "αφήστε μια απάντηση|τα σχόλιά σας|التعليقات|تعليقات|أضف تعليق|أضف تعليقا|اترك تعليقا|"
    "اترك تعليقاً|اكتب تعليقك|تعليقات الزوار|رد|نظرات|نظر شما|ارسال نظر|תגובות|הוסף תגובה|הגב|"
    "ความคิดเห็น|แสดงความคิดเห็น|ร่วมแสดงความคิดเห็น|ตอบกลับ|कमेंट|टिप्पणियां|टिप्पणी करें|"
    "अपनी टिप्पणी दें|মন্তব্য|মন্তব্য করুন|আপনার মন্তব্য",
)
"""Open or close the readers' comments."""
