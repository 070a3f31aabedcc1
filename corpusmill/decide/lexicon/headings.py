"""Headings of blocks that hold other stories, and of an article's end matter.

Belongs here: lines that announce a list.  Does not belong here: entries of such lists,
buttons (`widgets`).
"""

from __future__ import annotations

from typing import Final

from corpusmill.decide.lexicon.phrases import Phrases

CONTENTS: Final = Phrases.of(
    "contents|table of contents|in this article|on this page|mục lục|nội dung bài viết|inhalt|"
    "inhaltsverzeichnis|inhaltsübersicht|sommaire|table des matières|содержание|оглавление|зміст|"
    "目录|目次|índice|contenido|tabla de contenidos|conteúdo|indice|contenuti|spis treści|obsah|"
    "daftar isi|isi kandungan|목차|içindekiler|περιεχόμενα|inhoud|innehåll|indhold|innhold",
).whole
"""Labels of a table of contents."""

RELATED: Final = Phrases.of(
    # English
    "related articles|related stories|related news|related posts|related content|"
    "related topics|related links|related reading|related video|related videos|"
    "related coverage|related items|related|more on this story|more on this|more on this topic|"
    "more from this section|you may also like|you might also like|you may like|"
    "you may be interested in|you might be interested in|recommended for you|recommended|"
    "recommended reading|recommended stories|read more|read next|read also|also read|see more|"
    "more stories|more news|more articles|more like this|similar articles|similar posts|"
    "similar stories|other news|other stories|other articles|don't miss|up next|next article|"
    "previous article|keep reading|continue reading|from around the web|around the web|"
    "from the web|sponsored stories|promoted stories|promoted content|sponsored content|"
    "from our partners|more from the web|what to read next|what others are reading|"
    "picked for you|readers also liked|suggested for you|suggested articles|you'll also like",
    # Vietnamese
    "có thể bạn quan tâm|bạn có thể quan tâm|có thể bạn thích|bạn có thể thích|tin liên quan|"
    "bài liên quan|bài viết liên quan|các bài liên quan|tin tức liên quan|tin bài liên quan|"
    "các tin liên quan|tin cùng chuyên mục|cùng chuyên mục|bài viết cùng chuyên mục|"
    "tin cùng chủ đề|cùng chủ đề|chủ đề liên quan|sự kiện liên quan|đọc thêm|đọc tiếp|"
    "xem thêm tin|tin khác|các tin khác|tin tức khác|bài khác|các bài khác|bài viết khác|"
    "các bài viết khác|tin đã đưa|các tin đã đưa|các tin cũ hơn|tin cũ hơn|những tin cũ hơn|"
    "những tin mới hơn|tin mới hơn|bài viết tương tự|bạn nên đọc|đừng bỏ lỡ|gợi ý cho bạn|"
    "dành cho bạn|đề xuất cho bạn|bài viết nổi bật|nên xem|video liên quan|quan tâm nhiều|"
    "bài đọc nhiều|tin tài trợ|bài viết cùng tác giả|tin tham khảo",
    # Chinese, simplified and traditional
    "相关新闻|相关阅读|相关文章|相关报道|相关链接|相关推荐|相关资讯|相关专题|相关内容|相关热词|"
    "推荐阅读|延伸阅读推荐|猜你喜欢|您可能感兴趣|你可能感兴趣|您可能喜欢|你可能喜欢|为您推荐|"
    "为你推荐|精彩推荐|热门推荐|编辑推荐|今日推荐|更多新闻|更多文章|更多阅读|更多精彩|上一篇|"
    "下一篇|相關新聞|相關閱讀|相關文章|相關報導|相關連結|相關推薦|推薦閱讀|猜你喜歡|"
    "您可能感興趣|你可能感興趣|您可能也喜歡|你可能也喜歡|為您推薦|為你推薦|編輯推薦|更多新聞|"
    "更多文章|熱門推薦|其他人也看了|看了这篇文章的人还看了|大家还在看|大家都在看|网友还在看",
    # Japanese, Korean
    "関連記事|関連ニュース|関連リンク|関連コンテンツ|関連トピックス|関連動画|あわせて読みたい|"
    "こちらもおすすめ|おすすめ記事|おすすめの記事|この記事を読んだ人はこんな記事も読んでいます|"
    "次の記事|前の記事|もっと見る|もっと読む|続きを読む|관련 기사|관련기사|관련 뉴스|관련뉴스|"
    "관련 글|관련글|추천 기사|추천기사|함께 보면 좋은 기사|이 기사와 함께 본 기사|다음 기사|"
    "이전 기사|다음기사|이전기사|더보기|더 보기",
    # Russian, Ukrainian, Bulgarian
    "читайте также|читайте ещё|читайте еще|читать также|смотрите также|по теме|"
    "материалы по теме|новости по теме|ещё по теме|еще по теме|статьи по теме|другие новости|"
    "другие материалы|другие статьи|похожие новости|похожие материалы|похожие статьи|"
    "похожие записи|связанные новости|вам может быть интересно|вам будет интересно|"
    "вас может заинтересовать|рекомендуем|рекомендуем почитать|рекомендуемые материалы|"
    "ещё новости|еще новости|новости партнёров|новости партнеров|материалы партнёров|"
    "материалы партнеров|предыдущая новость|следующая новость|это интересно|сюжет по теме|"
    "читайте також|дивіться також|за темою|новини за темою|матеріали за темою|схожі новини|"
    "інші новини|вас може зацікавити|рекомендуємо|новини партнерів|прочетете още|вижте още|"
    "още новини|свързани статии|още по темата",
    # German, Dutch
    "mehr zum thema|das könnte sie auch interessieren|das könnte sie interessieren|"
    "das könnte dich auch interessieren|lesen sie auch|lesen sie mehr zum thema|"
    "lesen sie dazu auch|auch interessant|ähnliche artikel|ähnliche beiträge|verwandte artikel|"
    "verwandte themen|weitere artikel|weitere nachrichten|weitere meldungen|weitere themen|"
    "mehr aus|mehr aus diesem ressort|mehr artikel|mehr nachrichten|zum thema|"
    "empfohlene artikel|empfehlungen für sie|empfohlener artikel|aus dem netz|"
    "passend zum thema|vorheriger artikel|nächster artikel|vorheriger beitrag|nächster beitrag|"
    "lees ook|lees meer|meer over dit onderwerp|gerelateerde artikelen|gerelateerd|meer nieuws|"
    "aanbevolen|ander nieuws|meer artikelen|verder lezen",
    # French
    "à lire aussi|lire aussi|a lire aussi|à lire également|lire également|voir aussi|"
    "sur le même sujet|sur le même thème|articles similaires|articles liés|articles associés|"
    "articles connexes|dans la même rubrique|vous aimerez aussi|vous pourriez aussi aimer|"
    "cela pourrait vous intéresser|à voir aussi|à ne pas manquer|les articles les plus lus|"
    "contenus sponsorisés|recommandé pour vous|nos recommandations|article précédent|"
    "article suivant|plus d'articles|autres articles|à découvrir aussi|pour aller plus loin",
    # Spanish, Catalan, Portuguese, Italian, Romanian
    "noticias relacionadas|artículos relacionados|contenido relacionado|notas relacionadas|"
    "temas relacionados|relacionadas|relacionados|también te puede interesar|"
    "te puede interesar|le puede interesar|también le puede interesar|te recomendamos|"
    "lee también|lea también|leer también|ver también|más noticias|más sobre este tema|"
    "más información|otras noticias|recomendados|no te pierdas|notícies relacionades|"
    "notícias relacionadas|artigos relacionados|matérias relacionadas|posts relacionados|"
    "conteúdo relacionado|leia também|leia mais|veja também|veja mais|saiba mais|mais notícias|"
    "outras notícias|você pode gostar|você também pode gostar|recomendadas|"
    "recomendado para você|relacionado|pode interessar-lhe|não perca|articoli correlati|"
    "notizie correlate|leggi anche|potrebbe interessarti|ti potrebbe interessare|"
    "potrebbero interessarti|potrebbe interessarti anche|contenuti correlati|altre notizie|"
    "altri articoli|articolo precedente|articolo successivo|leggi di più|ti potrebbe piacere|"
    "articole similare|articole asemănătoare|știri similare|citește și|citiți și|vezi și|"
    "te-ar putea interesa|alte știri|alte articole|recomandări|articolul anterior",
    # Polish, Czech, Slovak, Hungarian, Croatian, Serbian, Slovene
    "czytaj także|czytaj też|czytaj również|przeczytaj także|zobacz także|zobacz również|"
    "zobacz też|powiązane artykuły|podobne artykuły|artykuły powiązane|polecane artykuły|"
    "polecamy|polecane|inne artykuły|więcej na ten temat|zobacz więcej|powiązane tematy|"
    "související články|podobné články|související|čtěte také|čtěte dále|mohlo by vás zajímat|"
    "další články|doporučujeme|přečtěte si také|súvisiace články|prečítajte si aj|čítajte aj|"
    "mohlo by vás zaujímať|kapcsolódó cikkek|kapcsolódó anyagok|ezt is olvassa el|ajánlott|"
    "ajánló|kapcsolódó|további cikkek|povezane vijesti|vezane vijesti|povezani članci|"
    "pročitajte još|pročitajte i|možda će vas zanimati|preberite tudi|повезане вести|"
    "прочитајте још",
    # Swedish, Danish, Norwegian, Finnish, Estonian, Latvian, Lithuanian
    "läs också|läs även|läs mer|relaterade artiklar|relaterat|liknande artiklar|mer om ämnet|"
    "fler artiklar|fler nyheter|rekommenderas|mer från|du kanske också gillar|læs også|"
    "læs mere|relaterede artikler|relateret|flere artikler|flere nyheder|anbefalet|les også|"
    "les mer|relaterte artikler|relaterte saker|flere saker|anbefalt|flere nyheter|lue myös|"
    "lue lisää|aiheeseen liittyvät|aiheeseen liittyvää|muita uutisia|suosittelemme|loe ka|"
    "seotud artiklid|lasi arī|lasi vēl|saistītie raksti|skaitykite taip pat|susiję straipsniai",
    # Indonesian, Malay, Filipino
    "berita terkait|artikel terkait|berita lainnya|artikel lainnya|baca juga|baca selengkapnya|"
    "baca lainnya|lihat juga|simak juga|rekomendasi untuk anda|rekomendasi|terkait|"
    "topik terkait|artikel menarik lainnya|anda mungkin juga menyukai|mungkin anda suka|"
    "berita berkaitan|artikel berkaitan|berita lain|berita sebelumnya|berita selanjutnya|"
    "pos terkait|kaugnay na balita",
    # Turkish, Greek
    "ilgili haberler|ilgili haber|ilgili içerikler|ilgili yazılar|benzer haberler|"
    "benzer yazılar|bunlar da ilginizi çekebilir|ilginizi çekebilir|diğer haberler|"
    "bunu da okuyun|önerilen haberler|sizin için seçtiklerimiz|sonraki haber|önceki haber|"
    "σχετικά άρθρα|σχετικά νέα|σχετικές ειδήσεις|διαβάστε επίσης|διαβάστε ακόμα|διαβάστε ακόμη|"
    "δείτε επίσης|δείτε ακόμα|δείτε ακόμη|άλλα νέα|περισσότερα νέα|μπορεί να σας ενδιαφέρουν|"
    "σχετικά|διαβάστε περισσότερα|προτεινόμενα|μη χάσετε",
    # Arabic, Persian, Hebrew
    "مواضيع ذات صلة|أخبار ذات صلة|مقالات ذات صلة|اقرأ أيضا|اقرأ أيضًا|إقرأ أيضا|قد يعجبك أيضا|"
    "قد يهمك أيضا|المزيد من الأخبار|اخبار متعلقة|أخبار متعلقة|موضوعات متعلقة|شاهد أيضا|"
    "المقال التالي|المقال السابق|مقالات مشابهة|اخبار ذات صلة|مطالب مرتبط|اخبار مرتبط|"
    "بیشتر بخوانید|همچنین بخوانید|خبرهای مرتبط|כתבות נוספות|כתבות קשורות|אולי יעניין אותך|"
    "קראו גם|עוד בנושא",
    # Thai, Hindi, Bengali, Tamil
    "ข่าวที่เกี่ยวข้อง|บทความที่เกี่ยวข้อง|เรื่องที่เกี่ยวข้อง|เนื้อหาที่เกี่ยวข้อง|ข่าวอื่นๆ|"
    "อ่านเพิ่มเติม|อ่านต่อ|คุณอาจสนใจ|บทความแนะนำ|ข่าวแนะนำ|เรื่องแนะนำ|संबंधित खबरें|"
    "संबंधित ख़बरें|संबंधित समाचार|यह भी पढ़ें|ये भी पढ़ें|और पढ़ें|अन्य खबरें|संबंधित लेख|"
    "आगे पढ़ें|আরও পড়ুন|সম্পর্কিত খবর|আরো পড়ুন|தொடர்புடைய செய்திகள்",
)
"""Open a list of links to other stories; nothing of the article stands under them."""

SIDEBAR: Final = Phrases.of(
    # English
    "latest news|latest|latest stories|latest headlines|latest articles|latest posts|"
    "latest updates|latest videos|latest from|recent posts|recent articles|recent news|"
    "recent stories|recent comments|recently added|most read|most popular|most viewed|"
    "most shared|most commented|most recent|popular posts|popular articles|popular stories|"
    "popular news|popular now|popular|trending|trending now|trending news|trending stories|"
    "trending topics|top stories|top news|top headlines|breaking news|hot topics|hot news|"
    "editor's picks|editors' picks|editor's choice|editor's pick|featured stories|"
    "featured articles|featured posts|featured video|featured videos|must read|must reads|"
    "in other news|news in pictures|in pictures|today's headlines|headlines|live updates|"
    "spotlight|special reports|photo galleries|video gallery|upcoming events|news archive|"
    "archives|blogroll|tag cloud|popular tags|categories|top categories|recent tweets|"
    "new posts|what's new|what's hot|follow us|stay connected|quick links|useful links",
    # Vietnamese
    "tiêu điểm|tâm điểm|nóng trong ngày|vừa cập nhật|tin nóng|tin đang nóng|tin mới|"
    "tin mới nhất|tin nổi bật|tin tiêu điểm|tin đọc nhiều|đọc nhiều|đọc nhiều nhất|xem nhiều|"
    "xem nhiều nhất|tin xem nhiều|được quan tâm|được quan tâm nhất|tin quan trọng|tin chính|"
    "tin hot|tin tức mới nhất|tin tức nổi bật|bài mới|bài mới nhất|bài viết mới|"
    "bài viết mới nhất|mới nhất|mới cập nhật|tin vừa đăng|tin trong ngày|tin 24h|nổi bật|"
    "xu hướng|chuyên mục|video hot|video mới|video nổi bật|video xem nhiều|ảnh đẹp|danh mục|"
    "lịch sự kiện|góc nhìn|tin ảnh|top tin tức|tin được quan tâm|có gì mới|bình luận mới|"
    "thống kê truy cập|liên kết website",
    # Chinese
    "最新新闻|最新消息|最新文章|最新资讯|最新动态|最新更新|最新发布|热门文章|热门新闻|热门话题|"
    "热门标签|热门视频|热点新闻|热点推荐|热点排行|热点|今日热点|今日头条|头条新闻|要闻|"
    "今日要闻|点击排行|点击排行榜|阅读排行|阅读排行榜|新闻排行|新闻排行榜|排行榜|热文排行|"
    "热帖推荐|热评|图片新闻|精彩图片|图说天下|高清图集|视频新闻|滚动新闻|滚动播报|即时新闻|"
    "本周热门|一周热点|栏目导航|友情链接|文章分类|最新新聞|最新資訊|熱門文章|熱門新聞|熱門話題|"
    "熱門|熱門排行|點閱排行|人氣排行|即時新聞|焦點新聞|頭條新聞|要聞|今日要聞|最多人看|"
    "人氣文章|編輯精選|熱門標籤|友站連結",
    # Japanese, Korean
    "最新記事|最新ニュース|新着記事|新着ニュース|新着情報|人気記事|人気の記事|"
    "人気記事ランキング|アクセスランキング|ランキング|記事ランキング|注目記事|注目の記事|"
    "注目ニュース|ピックアップ|特集|トップニュース|主要ニュース|今週の人気記事|"
    "よく読まれている記事|カテゴリー|アーカイブ|最近の投稿|最近のコメント|人気ランキング|"
    "おすすめ|急上昇ワード|최신 기사|최신기사|최신뉴스|최신 뉴스|인기 기사|인기기사|"
    "많이 본 뉴스|많이 본 기사|많이본 뉴스|많이본 기사|주요 뉴스|주요뉴스|실시간 뉴스|"
    "실시간 인기|핫이슈|랭킹뉴스|오늘의 주요뉴스|헤드라인|가장 많이 본 뉴스|속보|인기 검색어|"
    "최근 글|최근 댓글|카테고리",
    # Russian, Ukrainian, Bulgarian
    "последние новости|самое читаемое за неделю|самое читаемое за день|главное сейчас|"
    "свежие новости|лента новостей|все новости|главные новости|главное|новости дня|"
    "главное за день|самое читаемое|самое популярное|самые читаемые|популярное|"
    "популярные новости|популярные статьи|сейчас читают|сейчас обсуждают|самое обсуждаемое|"
    "топ новостей|топ-новости|горячие новости|новости часа|важное|выбор редакции|актуальное|"
    "в тренде|свежие записи|свежие комментарии|рубрики|архивы|метки|новое на сайте|"
    "последние комментарии|новости сми2|видео дня|фото дня|облако тегов|мы в соцсетях|"
    "останні новини|стрічка новин|головні новини|популярні новини|найпопулярніше|популярне|"
    "новини дня|головне за день|топ новини|усі новини|всі новини|вибір редакції|"
    "последни новини|най-четени|най-нови|най-коментирани",
    # German, Dutch
    "meistgelesen|meist gelesen|meistgelesene artikel|meistgelesene|die meistgelesenen artikel|"
    "am häufigsten gelesen|beliebte artikel|beliebteste artikel|neueste artikel|"
    "neueste beiträge|neueste nachrichten|neueste kommentare|aktuelle nachrichten|"
    "aktuelle artikel|aktuelle meldungen|top-themen|topthemen|top-artikel|top-news|topnews|"
    "schlagzeilen|eilmeldungen|newsticker|live-ticker|meistkommentiert|meistgeteilt|im trend|"
    "letzte beiträge|kategorien|archiv|schlagwörter|redaktionstipp|das wichtigste in kürze|"
    "meest gelezen|laatste nieuws|net binnen|populair|recente berichten|nieuwste berichten|"
    "meest bekeken|trending nu|recente reacties|categorieën|archieven|uitgelicht",
    # French
    "les plus lus|les plus populaires|les plus partagés|les plus commentés|articles récents|"
    "derniers articles|dernières actualités|dernières nouvelles|dernières infos|en continu|"
    "l'actualité en continu|le fil info|fil info|à la une|en ce moment|tendances|populaires|"
    "articles populaires|commentaires récents|derniers commentaires|catégories|top articles|"
    "le plus lu|la sélection de la rédaction|l'info en continu|en direct|nos dernières vidéos",
    # Spanish, Portuguese, Italian, Romanian, Catalan
    "lo más leído|lo más visto|las más leídas|más leídas|más leídos|más vistas|más populares|"
    "lo último|últimas noticias|últimas entradas|últimos artículos|noticias recientes|"
    "entradas recientes|comentarios recientes|destacados|destacadas|noticias destacadas|"
    "tendencias|lo más compartido|lo más comentado|categorías|archivos|últimas notícies|"
    "mais lidas|mais lidos|as mais lidas|mais vistas|mais populares|mais recentes|"
    "últimas notícias|últimas|artigos recentes|posts recentes|posts populares|em destaque|"
    "destaques|em alta|comentários recentes|categorias|arquivos|notícias recentes|i più letti|"
    "le più lette|più letti|più lette|più visti|ultime notizie|ultim'ora|ultimi articoli|"
    "articoli recenti|in evidenza|in primo piano|primo piano|di tendenza|articoli più letti|"
    "commenti recenti|categorie|archivi|notizie del giorno|cele mai citite|cele mai noi|"
    "ultimele știri|ultimele articole|cele mai populare|articole recente|cele mai comentate|"
    "știrile zilei|el més llegit",
    # Polish, Czech, Slovak, Hungarian, Croatian, Serbian, Slovene
    "najczęściej czytane|najpopularniejsze|najnowsze|najnowsze artykuły|ostatnie wpisy|"
    "najnowsze wiadomości|ostatnio dodane|popularne|popularne artykuły|najchętniej czytane|"
    "warto przeczytać|na czasie|ostatnie komentarze|kategorie|polecane wideo|hity dnia|"
    "nejčtenější|nejnovější|nejnovější články|poslední články|nejnovější zprávy|aktuálně|"
    "nejčtenější články|poslední komentáře|rubriky|archiv článků|najčítanejšie|najnovšie|"
    "legolvasottabb|legolvasottabbak|legfrissebb|legfrissebb hírek|friss hírek|legnépszerűbb|"
    "top hírek|legutóbbi bejegyzések|najčitanije|najnovije|najnovije vijesti|najnovije vesti|"
    "izdvojeno|najbolj brano|најновије вести|најчитаније",
    # Swedish, Danish, Norwegian, Finnish, Estonian, Latvian, Lithuanian
    "mest läst|mest lästa|mest lästa artiklar|senaste nytt|senaste nyheterna|senaste inläggen|"
    "senaste artiklarna|populärt|populära artiklar|just nu|toppnyheter|senaste kommentarer|"
    "mest læst|mest læste|seneste nyt|seneste nyheder|seneste artikler|populære artikler|"
    "mest lest|mest leste|siste nytt|siste nyheter|siste saker|populære saker|akkurat nå|"
    "luetuimmat|luetuimmat uutiset|tuoreimmat|uusimmat|uusimmat uutiset|viimeisimmät|"
    "suosituimmat|suosituimmat artikkelit|uutisvirta|enim loetud|uusimad|viimased uudised|"
    "populārākie|jaunākās ziņas|lasītākie|skaitomiausi|naujausi",
    # Indonesian, Malay
    "berita terbaru|berita terkini|berita populer|berita terpopuler|terpopuler|terbaru|terkini|"
    "populer|paling populer|artikel terbaru|artikel populer|berita utama|sorotan|"
    "trending topik|topik populer|pos-pos terbaru|komentar terbaru|pilihan editor|"
    "paling banyak dibaca|berita popular|paling popular|berita hangat|kategori|arsip|"
    "headline hari ini|video terbaru|video populer|foto terbaru|indeks berita",
    # Turkish, Greek
    "son dakika|son haberler|en çok okunanlar|çok okunanlar|en son haberler|öne çıkanlar|"
    "popüler haberler|popüler|gündem|en çok okunan haberler|günün haberleri|son yazılar|"
    "editörün seçimi|manşetler|son yorumlar|kategoriler|arşivler|en yeniler|trend haberler|"
    "τελευταία νέα|τελευταίες ειδήσεις|ροή ειδήσεων|δημοφιλή|δημοφιλέστερα|δημοφιλή άρθρα|"
    "πιο δημοφιλή|τα πιο δημοφιλή|πρόσφατα άρθρα|πρόσφατες δημοσιεύσεις|πρόσφατα σχόλια|"
    "κατηγορίες|κυριότερες ειδήσεις|επικαιρότητα|όλες οι ειδήσεις|τελευταία άρθρα|τα νέα μας",
    # Arabic, Persian, Hebrew
    "آخر الأخبار|أحدث الأخبار|الأكثر قراءة|الأكثر مشاهدة|الأكثر تداولا|الأكثر تعليقا|"
    "أخبار عاجلة|عاجل|أهم الأخبار|الأكثر شعبية|أحدث المقالات|اخر الاخبار|الاكثر قراءة|"
    "المقالات الأخيرة|التصنيفات|الأرشيف|پربازدیدترین|آخرین اخبار|تازه‌ترین اخبار|الأكثر زيارة|"
    "הנצפים ביותר|הכי נקראות|החדשות האחרונות|כתבות אחרונות",
    # Thai, Hindi, Bengali
    "ข่าวล่าสุด|ข่าวยอดนิยม|ข่าวเด่น|ข่าวฮอต|บทความล่าสุด|บทความยอดนิยม|ยอดนิยม|มาใหม่|"
    "เรื่องล่าสุด|ความเห็นล่าสุด|หมวดหมู่|ข่าวด่วน|ताज़ा खबरें|ताजा खबरें|ताज़ा ख़बरें|"
    "ताज़ा समाचार|बड़ी खबरें|सबसे ज्यादा पढ़ी गईं|ट्रेंडिंग|लोकप्रिय|सबसे लोकप्रिय|মুখ্য খবর|"
    "সর্বশেষ|সর্বশেষ সংবাদ|সর্বাধিক পঠিত",
)
"""Open a list of headlines of the whole site, with categories, dates or counts."""

END_MATTER: Final = Phrases.of(
    "see also|references|reference|external links|external link|notes|footnotes|"
    "further reading|bibliography|sources|citations|notes and references|works cited|footnote|"
    "explanatory notes|xem thêm|tham khảo|tài liệu tham khảo|liên kết ngoài|chú thích|ghi chú|"
    "nguồn tham khảo|đọc thêm|thư mục|chú giải",
    "参见|參見|参考文献|參考文獻|参考资料|參考資料|外部链接|外部連結|外部連接|注释|註釋|注釋|"
    "脚注|腳註|延伸阅读|延伸閱讀|扩展阅读|参看|相关条目|相關條目|参考来源|関連項目|出典|"
    "外部リンク|参考書籍|注釈|같이 보기|각주|외부 링크|참고 문헌|참고문헌|출처|더 보기",
    "см. также|смотри также|примечания|ссылки|литература|источники|сноски|комментарии и сноски|"
    "див. також|примітки|посилання|література|джерела|вижте също|източници|външни препратки|"
    "siehe auch|einzelnachweise|weblinks|literatur|fußnoten|anmerkungen|quellen|belege|"
    "voir aussi|références|notes et références|liens externes|bibliographie|articles connexes|"
    "annexes|notes|véase también|referencias|enlaces externos|bibliografía|notas|lecturas|"
    "ver também|referências|ligações externas|bibliografia|notas e referências|voci correlate|"
    "note|collegamenti esterni|altri progetti|riferimenti",
    "zie ook|referenties|externe links|bronnen|literatuur|noten|zobacz też|przypisy|"
    "linki zewnętrzne|bibliografia|uwagi|odkazy|reference|literatura|poznámky|externí odkazy|"
    "se även|referenser|externa länkar|källor|noter|se også|referanser|eksterne lenker|kilder|"
    "eksterne henvisninger|katso myös|lähteet|viitteet|aiheesta muualla|kirjallisuutta|"
    "jegyzetek|források|további információk|lásd még|vezi și|legături externe|note|bibliografie",
    "lihat pula|lihat juga|referensi|rujukan|pranala luar|pautan luar|catatan kaki|catatan|"
    "bacaan lanjutan|bacaan lanjut|daftar pustaka|nota kaki|bibliografi",
    "ayrıca bakınız|kaynakça|dış bağlantılar|notlar|ayrıca bkz|kaynaklar|δείτε επίσης|"
    "παραπομπές|εξωτερικοί σύνδεσμοι|σημειώσεις|βιβλιογραφία|πηγές|υποσημειώσεις",
    "انظر أيضا|انظر أيضًا|مراجع|المراجع|وصلات خارجية|روابط خارجية|هوامش|ملاحظات|المصادر|"
    "جستارهای وابسته|منابع|پیوند به بیرون|ראו גם|הערות שוליים|קישורים חיצוניים|ดูเพิ่ม|อ้างอิง|"
    "แหล่งข้อมูลอื่น|เชิงอรรถ|इन्हें भी देखें|सन्दर्भ|संदर्भ|बाहरी कड़ियाँ|टिप्पणी|আরও দেখুন|"
    "তথ্যসূত্র|বহিঃসংযোগ",
)
"""Open an encyclopedia's lists of references and links; residue where the list is lost."""

_ORDINARY_LEADS: Final = Phrases.of(
    "related|latest|recommended|zum thema|relacionado|relacionados|más información|saiba mais|"
    "pour aller plus loin|đọc thêm|ajánlott|polecane|terkait|σχετικά|voir aussi|next article"
)
"""Headings that before a colon may open a definition or a reference of the text."""

_ONLY_LEADS: Final = Phrases.of(
    "xem thêm|xem ngay|mời xem thêm|mời đọc thêm|tham khảo thêm|bài liên quan|xem lại|"
    "ещё по теме|подробнее|см. также|more|mehr dazu|lesetipp|lire|lire la suite|lea más|"
    "ler mais|czytaj więcej|více čtěte|baca|simak|延伸閱讀|延伸阅读|更多|點我看更多|看更多|"
    "詳しくはこちら|관련 기사|oku|haberin devamı"
)
"""Words that before a colon open a link to another story, and alone mean something else."""

LEAD_INS: Final = Phrases((RELATED.whole | _ONLY_LEADS.whole) - _ORDINARY_LEADS.whole)
"""What stands before the colon of a line that names another story."""
