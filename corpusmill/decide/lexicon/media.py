"""Lines of players, galleries and readers, and headings over videos that are set into a text.

Belongs here: whole lines.  Does not belong here: captions (`credits`), other furniture (`widgets`).
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

VIDEO: Final = Phrases.of(
    "trending video|trending videos|popular video|popular videos|featured video|featured videos|"
    "top video|top videos|hot video|hot videos|latest video|latest videos|more video|more videos|"
    "recommended video|recommended videos|most watched videos|most viewed videos|must-see videos|"
    "must see videos|video of the day|video of the week|watch more videos|watch the video|"
    "watch now|related video|related videos|you may also like video",
    "xem thêm video|video hay|video hot|video mới nhất|video xem nhiều|video được xem nhiều|"
    "video nổi bật|video đáng chú ý|video nóng|video bạn quan tâm|video liên quan|mời xem video|"
    "mời bạn xem video|mời quý độc giả xem video|mời độc giả xem video|clip hot|clip nóng|"
    "video đang được quan tâm|video đang xem nhiều|click xem thêm video|bấm xem thêm video",
    "热门视频|视频推荐|推荐视频|精彩视频|相关视频|最新视频|视频精选|视频集锦|热点视频|今日视频|"
    "熱門影片|推薦影片|相關影片|精彩影片|最新影片|熱門視頻|相關視頻|影音推薦|人気動画|おすすめ動画|"
    "関連動画|注目の動画|最新動画|今日の動画|인기 동영상|추천 동영상|추천 영상|관련 영상|인기 영상|"
    "오늘의 영상|관련 동영상",
    "видео дня|видео недели|популярное видео|популярные видео|лучшее видео|новое видео|"
    "видео по теме|актуальное видео|самое популярное видео|рекомендуемое видео|відео дня|"
    "популярне відео|відео за темою|видео на деня",
    "video des tages|video der woche|beliebtes video|beliebte videos|meistgesehene videos|"
    "mehr videos|aktuelle videos|aktuelles video|top-videos|empfohlenes video|empfohlene videos|"
    "weitere videos|video zum thema|vidéo du jour|vidéos populaires|vidéo populaire|"
    "vidéo à la une|vidéos les plus vues|à voir en vidéo|vidéo recommandée|vidéos recommandées|"
    "vidéos à la une|vídeo del día|video del día|vídeos más vistos|videos más vistos|"
    "vídeos relacionados|videos relacionados|videos recomendados|vídeos recomendados|"
    "video destacado|vídeo destacado|vídeo do dia|vídeos mais vistos|vídeos em destaque|"
    "vídeo em destaque|assista ao vídeo|veja o vídeo|video del giorno|video più visti|"
    "i video più visti|video consigliati|video correlati|video in evidenza|video recomandat",
    "wideo dnia|popularne wideo|polecane wideo|najnowsze wideo|zobacz wideo|video dne|"
    "nejsledovanější videa|video dňa|a nap videója|video van de dag|populaire video's|"
    "meest bekeken video's|dagens video|populära videor|mest sette videoer|päivän video|"
    "video pilihan|video terpopuler|video viral|simak video|günün videosu|popüler videolar|"
    "öne çıkan video|ilgili video|βίντεο της ημέρας|δημοφιλές βίντεο|δημοφιλή βίντεο|"
    "σχετικά βίντεο|σχετικό βίντεο|فيديو اليوم|فيديوهات مختارة|วิดีโอแนะนำ|คลิปแนะนำ",
)
"""Headings over other stories' videos that are set into a text."""
