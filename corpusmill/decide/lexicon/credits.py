"""How pages name writers, sources, photographers and dates.

Belongs here: labels and prefixes that turn a line into a field, news agencies.  Does not
belong here: names of people.
"""

from __future__ import annotations

import re
from typing import Final

SOURCE_PREFIXES: Final = (
    "theo", "nguồn", "nguồn tin", "dẫn nguồn", "nguồn bài viết", "nguồn tham khảo",
    "source", "sources", "via", "originally published by", "originally published in",
    "originally published on", "originally published at", "originally appeared in",
    "originally appeared on", "reprinted from", "courtesy of", "first published in",
    "first published by", "first published on",
    "来源", "來源", "消息来源", "资料来源", "稿源", "文章来源", "本文来源", "新闻来源",
    "信息来源", "转自",
    "轉自", "转载自", "轉載自", "摘自", "新聞來源", "資料來源", "出处", "出處", "出典", "引用元",
    "情報源",
    "ソース", "출처", "자료출처", "자료",
    "источник", "источники", "по материалам", "по сообщению", "по информации", "по данным",
    "по теме источник", "джерело", "за матеріалами", "за інформацією", "източник", "извор",
    "quelle", "quellen", "quelle und weitere informationen", "source", "d'après", "avec",
    "fuente", "fuentes", "con información de", "fonte", "fontes", "com informações de",
    "informações de", "font", "sursa", "surse", "bron", "bronnen", "źródło", "źródła", "zdroj",
    "zdroje", "forrás", "izvor", "vir", "källa", "källor", "kilde", "kilder", "lähde", "lähteet",
    "allikas", "sumber", "sumber berita", "dikutip dari", "dilansir dari", "disadur dari",
    "sumber artikel", "kaynak", "haber kaynağı", "πηγή", "πηγές", "με πληροφορίες από",
    "المصدر", "مصدر", "نقلا عن", "نقلاً عن", "منبع", "به نقل از", "מקור", "ที่มา", "แหล่งที่มา",
    "แหล่งข่าว", "स्रोत", "सौजन्य", "সূত্র", "உதவி",
)  # fmt: skip
"""Open a line that says whom the page credits.  Where such a word also opens sentences, only
short lines without a closing mark count (`corpusmill.decide.text_names`)."""

BARE_SOURCE_PREFIXES: Final = frozenset(
    ("theo", "dẫn nguồn", "转自", "轉自", "转载自", "轉載自", "摘自", "по материалам",
     "по сообщению",
     "по информации", "по данным", "за матеріалами", "за інформацією", "via", "courtesy of",
     "originally published by", "originally published in", "originally published on",
     "originally published at", "originally appeared in", "originally appeared on",
     "reprinted from", "first published in", "first published by", "first published on",
     "con información de", "com informações de", "informações de", "dikutip dari",
     "dilansir dari", "disadur dari", "με πληροφορίες από", "نقلا عن", "نقلاً عن", "به نقل از",
     "d'après")
)  # fmt: skip
"""The prefixes that need no colon; all others count with a colon or dash only."""

BYLINE_LABELS: Final = (
    "by", "written by", "posted by", "published by", "author", "authors", "reporting by",
    "edited by", "editor", "reported by", "story by", "text by", "words by", "article by",
    "compiled by", "translated by", "translation",
    "tác giả", "bài", "bài viết", "thực hiện", "người viết", "viết bởi", "bởi", "đăng bởi",
    "phóng viên", "biên tập", "biên tập viên", "người đăng", "biên dịch", "dịch giả", "người dịch",
    "tin, ảnh", "tin ảnh", "bài và ảnh", "bài, ảnh", "lược dịch", "tổng hợp",
    "作者", "记者", "記者", "编辑", "編輯", "责任编辑", "責任編輯", "责编", "通讯员", "本报记者",
    "本報記者",
    "撰文", "撰稿", "文", "编译", "編譯", "翻译", "文字", "校对", "审核", "实习编辑", "实习生",
    "执笔",
    "著者", "執筆", "執筆者", "文責", "筆者", "ライター", "取材・文", "聞き手", "編集", "투稿者",
    "投稿者",
    "기자", "글", "작성자", "글쓴이", "취재", "편집",
    "автор", "авторы", "текст", "автор текста", "автор статьи", "корреспондент", "редактор",
    "подготовил", "подготовила", "подготовлено", "перевод", "автори", "підготував", "підготувала",
    "von", "autor", "autorin", "autoren", "text", "verfasser", "geschrieben von", "redaktion",
    "par", "propos recueillis par", "entretien réalisé par", "recueilli par",
    "interview by", "interviewed by", "das gespräch führte", "die fragen stellte",
    "entrevista de", "intervista di", "interviu realizat de", "rozmawiał", "rozmawiała",
    "беседовал", "беседовала", "интервью вёл", "интервью взял", "интервью взяла",
    "auteur", "auteurs", "publié par", "écrit par", "rédigé par", "rédaction",
    "por", "autora", "autores", "escrito por", "publicado por", "redacción", "redação",
    "redação por",
    "texto", "reportagem", "di", "autore", "a cura di", "scritto da", "pubblicato da", "de",
    "scris de", "publicat de", "door", "geschreven door", "autorzy", "tekst", "opracował",
    "opracowała", "oprac", "napsal", "napsala", "autoři", "szerző", "írta", "piše", "napisao",
    "av", "skriven av", "af", "skrevet av", "skrevet af", "kirjoittaja", "teksti", "toimittaja",
    "oleh", "penulis", "reporter", "ditulis oleh", "pewarta", "editor", "kontributor",
    "wartawan", "yazan", "yazar", "muhabir", "editör", "του", "της", "γράφει ο", "γράφει η",
    "συντάκτης", "συντάκτρια", "αρθρογράφος", "επιμέλεια", "κείμενο", "ρεπορτάζ",
    "بقلم", "الكاتب", "كتب", "كتبت", "كتابة", "إعداد", "تحرير", "تقرير", "نویسنده", "מאת", "כתב",
    "โดย", "ผู้เขียน", "เขียนโดย", "รายงานโดย", "लेखक", "द्वारा", "लेखिका", "প্রতিবেদক", "লেখক",
)  # fmt: skip
"""Open a line that names who wrote."""

EDITOR_LABELS: Final = (
    "责任编辑", "責任編輯", "责编", "編輯", "编辑", "校对", "审核", "实习编辑", "责任编缉",
    "编审", "值班编辑",
    "editor", "edited by", "editing by", "biên tập", "biên tập viên", "biên tập bởi", "редактор",
    "ответственный редактор", "корректор", "redaktor", "redakteur", "redacteur", "editör", "編集",
    "편집", "redaktur", "penyunting", "تحرير", "επιμέλεια",
)  # fmt: skip
"""Name who edited, which is neither the writer nor the text."""

BARE_BYLINE_LABELS: Final = frozenset(
    ("by", "written by", "posted by", "published by", "reporting by", "edited by", "reported by",
     "story by", "text by", "words by", "article by", "compiled by", "translated by",
     "viết bởi", "đăng bởi", "phóng viên", "记者", "記者", "本报记者", "本報記者", "通讯员", "文",
     "von",
     "propos recueillis par", "entretien réalisé par", "recueilli par", "interview by",
     "interviewed by", "das gespräch führte", "die fragen stellte", "rozmawiał", "rozmawiała",
     "беседовал", "беседовала",
     "geschrieben von", "par", "publié par", "écrit par", "rédigé par", "por", "escrito por",
     "publicado por", "di", "a cura di", "scritto da", "pubblicato da", "scris de", "publicat de",
     "door", "geschreven door", "av", "skriven av", "af", "skrevet av", "skrevet af", "oleh",
     "ditulis oleh", "γράφει ο", "γράφει η", "بقلم", "כתב", "מאת", "โดย", "เขียนโดย", "รายงานโดย")
)  # fmt: skip
"""Labels that need no colon before a name; a capital letter must follow where there is one."""

SIGNING_ASIDES: Final = frozenset(
    ("tổng hợp", "t/h", "lược dịch", "biên dịch", "dịch", "ghi", "thực hiện", "with agencies",
     "mit agenturen", "avec agences", "con agencias", "com agências")
)  # fmt: skip
"""What stands in brackets behind the name of a writer who put a text together."""

DATE_LABELS: Final = (
    "published", "published on", "published at", "updated", "updated on", "updated at",
    "last updated", "last updated on", "last modified", "last modified on", "posted", "posted on",
    "posted at", "first published", "created", "date", "publication date", "modified", "on",
    "ngày đăng", "đăng ngày", "đăng lúc", "cập nhật", "cập nhật lúc", "cập nhật ngày",
    "cập nhật lần cuối", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy",
    "chủ nhật", "ngày", "ngày cập nhật", "thời gian", "xuất bản", "đăng", "ngày xuất bản",
    "发布时间", "发布日期", "發布時間", "發佈時間", "發佈日期", "发表时间", "发表于", "發表於",
    "发布于", "更新时间",
    "更新時間", "最后更新", "最後更新", "时间", "時間", "日期", "发稿时间", "公開日", "更新日",
    "投稿日",
    "掲載日", "配信", "公開", "更新", "最終更新", "最終更新日", "입력", "수정", "기사입력",
    "최종수정", "등록",
    "승인", "업데이트", "발행일", "게시일", "작성일",
    "опубликовано", "обновлено", "дата публикации", "дата", "опубликована", "добавлено",
    "размещено", "последнее обновление", "опубліковано", "оновлено", "публикувано",
    "veröffentlicht", "veröffentlicht am", "aktualisiert", "aktualisiert am", "stand", "datum",
    "zuletzt aktualisiert", "erstellt", "publié le", "publié", "mis à jour le", "mis à jour",
    "mise à jour", "modifié le", "date de publication", "le", "publicado", "publicado el",
    "actualizado", "actualizado el", "fecha", "publicado em", "atualizado em", "atualizado", "data",
    "pubblicato", "pubblicato il", "aggiornato", "aggiornato il", "ultimo aggiornamento",
    "publicat", "actualizat", "publicat la", "gepubliceerd", "gepubliceerd op", "bijgewerkt",
    "laatst bijgewerkt", "opublikowano", "aktualizacja", "data publikacji", "dodano",
    "publikováno", "aktualizováno", "vydáno", "publikované", "megjelent", "frissítve", "közzétéve",
    "objavljeno", "publicerad", "uppdaterad", "publicerat", "senast uppdaterad", "publiceret",
    "opdateret", "offentliggjort", "publisert", "oppdatert", "sist oppdatert", "julkaistu",
    "päivitetty", "diterbitkan", "dipublikasikan", "diperbarui", "tanggal", "terbit", "tarikh",
    "diterbitkan pada", "dikemaskini", "yayınlanma", "yayınlanma tarihi", "güncelleme",
    "güncellenme", "tarih", "son güncelleme", "giriş", "δημοσιεύθηκε", "δημοσιεύτηκε",
    "δημοσίευση", "ενημερώθηκε", "τελευταία ενημέρωση", "ημερομηνία", "نشر في", "تاريخ النشر",
    "آخر تحديث", "نشر", "تم النشر", "تحديث", "تاریخ انتشار", "פורסם", "עודכן", "เผยแพร่", "อัปเดต",
    "อัพเดท", "อัพเดต", "วันที่", "ปรับปรุงล่าสุด", "प्रकाशित", "अपडेट", "अपडेटेड", "प्रकाशन तिथि",
    "প্রকাশ", "প্রকাশিত", "আপডেট", "হালনাগাদ",
)  # fmt: skip
"""Stand before a date of publication or change."""

PUBLISHER_SYLLABLES: Final = frozenset(
    ("báo", "chí", "tin", "tức", "điện", "tử", "trực", "tuyến", "thức", "trẻ", "sống", "pháp",
     "luật", "kinh", "tế", "văn", "hóa", "hoá", "thể", "thao", "xã", "hội", "gia", "đình", "sức",
     "khỏe", "khoẻ", "lao", "động", "nông", "thôn", "công", "lý", "thương", "đầu", "tư", "phụ",
     "nữ", "đại", "đoàn", "kết", "doanh", "nhân", "thị", "trường", "tài", "chính", "khoa", "học",
     "và", "của")
)  # fmt: skip
"""Syllables of the names of Vietnamese papers that are written small."""

DECREES: Final = (
    "luật", "bộ luật", "hiến pháp", "nghị định", "nghị quyết", "điều", "thông tư", "quyết định",
    "công văn", "kế hoạch", "quy định", "hợp đồng", "hiệp định", "bộ trưởng", "chủ tịch",
)  # fmt: skip
"""What "theo" ("according to") refers to in texts and headings, and no paper is called."""

PHOTO_LABELS: Final = (
    "photo", "photos", "image", "images", "picture", "pictures", "photograph", "photo by",
    "photo credit", "photo courtesy of", "image credit", "image by", "credit", "credits",
    "file photo", "illustration", "illustrative photo", "screenshot", "graphic", "photo source",
    "ảnh", "hình", "hình ảnh", "ảnh minh họa", "ảnh minh hoạ", "ảnh chụp màn hình", "ảnh tư liệu",
    "nguồn ảnh", "đồ họa", "ảnh internet", "hình minh họa", "hình minh hoạ",
    "图", "图片", "摄影", "图片来源", "图源", "摄", "资料图", "資料圖", "資料照", "資料照片",
    "图为", "圖", "圖片",
    "攝影", "圖片來源", "圖為", "图／", "圖／", "配图", "网络图", "示意圖", "示意图", "資料画像",
    "写真", "撮影",
    "画像", "写真提供", "提供", "사진", "사진제공", "사진=", "자료사진", "그래픽",
    "фото", "фотография", "изображение", "иллюстрация", "снимок", "скриншот", "на фото",
    "источник фото", "світлина", "ілюстрація", "снимка",
    "foto", "fotos", "bild", "bilder", "abbildung", "bildquelle", "fotoquelle", "archivbild",
    "archivfoto", "symbolbild", "symbolfoto", "grafik", "photographie", "crédit photo", "crédits",
    "crédit", "illustration", "fotografía", "imagen", "crédito", "archivo", "foto de archivo",
    "imagem", "crédito da foto", "reprodução", "divulgação", "arquivo", "immagine",
    "foto d'archivio",
    "imagine", "sursa foto", "beeld", "zdjęcie", "fot", "rys", "ilustracja", "ilustrace", "kép",
    "fotó", "fotografija", "kuva", "kuvat", "kuvaaja", "arkivfoto", "arkivbild", "fotograf",
    "foto oleh", "dok", "ilustrasi", "gambar", "foto ilustrasi", "fotoğraf", "görsel", "arşiv",
    "φωτογραφία", "φωτό", "φωτο", "εικόνα", "φωτογραφίες", "صورة", "الصورة", "تصوير", "أرشيفية",
    "عکس", "צילום", "תמונה", "ภาพ", "ภาพจาก", "ภาพประกอบ", "เครดิตภาพ", "ขอบคุณภาพจาก", "फोटो",
    "तस्वीर",
    "ছবি", "படம்",
)  # fmt: skip
"""Open or close a caption: they say who made a picture, or that there is one."""

SURNAMES: Final = (
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭"
    "肖程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范范方石"
    "姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖"
    "賴龚龔文"
)
"""Most frequent Chinese family names: a line of two to four Han characters is a person's name
only if it begins with one."""

POSITION_MARKS: Final = re.compile(
    r"[(（\[](?:trái|phải|giữa|bên trái|bên phải|thứ \w+ từ trái(?: sang)?|ngoài cùng (?:trái|"
    r"phải)|hàng đầu|ảnh|ảnh minh họa|ảnh tư liệu|left|right|cent(?:er|re)|l|r|c|top|bottom|"
    r"far left|far right|(?:second|third|2nd|3rd) (?:from )?(?:left|right)|front|back|pictured|"
    r"file|file photo|above|below|左|右|中|左[一二三1-3]|右[一二三1-3]|资料图|資料圖|資料照|"
    r"资料照片|왼쪽|오른쪽|가운데|слева|справа|в центре|на фото|архивное фото|ліворуч|праворуч|"
    r"links|rechts|mitte|l\.|r\.|m\.|archivbild|archivfoto|symbolbild|à gauche|à droite|"
    r"au centre|izquierda|derecha|centro|izda?\.|dcha\.|à esquerda|à direita|esq\.|dir\.|"
    r"ao centro|a sinistra|a destra|al centro|stânga|dreapta|centru|z lewej|z prawej|po lewej|"
    r"po prawej|od lewej|vlevo|vpravo|balra|jobbra|till vänster|till höger|t\.v\.|t\.h\.|"
    r"til venstre|til høyre|vas\.|oik\.|vasemmalla|oikealla|kiri|kanan|tengah|solda|sağda|"
    r"ortada|αριστερά|δεξιά|κέντρο|στο κέντρο|يمين|يسار|وسط|إلى اليمين|إلى اليسار|ซ้าย|ขวา|"
    r"กลาง|बाएं|दाएं)[)）\]]",
    re.IGNORECASE,
)
"""Say where on a picture somebody stands; only captions do."""

PICTURE_AGENCIES: Final = (
    "getty images", "reuters", "afp", "ap photo", "associated press", "shutterstock", "istock",
    "istockphoto", "alamy", "epa", "unsplash", "pexels", "pixabay", "flickr", "wikimedia",
    "wikimedia commons", "picture alliance", "imago", "dpa", "xinhua", "ttxvn", "bloomberg",
    "新华社", "视觉中国", "東方ic", "法新社", "路透社", "路透", "共同通信", "時事", "연합뉴스",
    "뉴시스", "риа новости", "тасс",
)  # fmt: skip
"""Agencies whose name closes a caption ("… in Tokyo. Reuters")."""

PICTURE_WORDS: Final = (
    "资料图", "资料图片", "資料圖", "資料圖片", "資料照", "資料照片",
    "资料照片", "网络图", "网络图片", "示意圖", "示意图", "配图",
    "檔案照", "檔案照片", "图片库", "資料写真", "資料画像", "자료사진",
)  # fmt: skip
"""Say at the end of a caption what kind of picture it is."""

AGENCIES: Final = (
    "aap", "afp", "agerpres", "anadolu", "ani", "anp", "ansa", "antara", "ap", "apa", "belga",
    "bernama", "bta", "ctk", "čtk", "dapd", "dpa", "dts", "efe", "epd", "europa press", "hina",
    "ians", "jiji", "kna", "kyodo", "lusa", "mti", "ntb", "pap", "pti", "reuters", "ritzau", "sda",
    "sid", "stt", "tanjug", "tasr", "tt", "ttxvn", "upi", "xinhua", "yonhap",
    "интерфакс", "риа новости", "тасс", "укринформ", "укрінформ", "унн", "απε-μπε",
    "中新社", "中新网", "新华社", "新华网", "新華社", "法新社", "共同社", "時事通信", "共同通信",
    "연합뉴스", "뉴시스", "뉴스1",
)  # fmt: skip
"""News agencies by the names with which they sign, in brackets, at the end of a text."""
