"""Closed tables of headings that encyclopedias and reports use, in many languages.

Written for this project.  They serve two repairs: a heading glued to the paragraph after it,
and a heading of lists that are gone, glued to the end of the text.  Which segments are
headings or boilerplate is the decider's concern, not this module's.
"""

from __future__ import annotations

LEADING = frozenset(
    heading.casefold()
    for heading in (
        # English
        "Abstract", "Achievements", "Aftermath", "Analysis", "Appearance", "Applications",
        "Architecture", "Awards", "Background", "Biography", "Career", "Causes",
        "Characteristics", "Climate", "Conclusion", "Conclusions", "Consequences", "Content",
        "Controversy", "Criticism", "Culture", "Death", "Definition", "Demographics",
        "Description", "Design", "Development", "Discussion", "Early life",
        "Early life and education", "Early years", "Economy", "Education", "Etymology",
        "Events", "Evolution", "Example", "Examples", "Geography", "Government", "Habitat",
        "History", "Honours", "Impact", "Implementation", "Influence", "Introduction",
        "Later life", "Legacy", "Life", "Life and career", "Location", "Main article",
        "Methods", "Name", "Negotiations", "Origin", "Origins", "Overview", "Personal life",
        "Plot", "Politics", "Population", "Preface", "Prelude", "Production", "Provisions",
        "Purpose", "Reaction", "Reactions", "Reception", "Release", "Results", "Ratification",
        "Significance", "Structure", "Style", "Summary", "Synopsis", "Terms", "Timeline",
        "Types", "Usage", "Uses", "Works",
        # Vietnamese
        "Bối cảnh", "Bối cảnh lịch sử", "Cấu tạo", "Cuộc đời", "Dân cư", "Dân số", "Diễn biến",
        "Di sản", "Đặc điểm", "Địa lý", "Định nghĩa", "Giới thiệu", "Hậu quả", "Kết luận",
        "Kết quả", "Khí hậu", "Kinh tế", "Lịch sử", "Lịch sử hình thành", "Mô tả", "Mở đầu",
        "Nguồn gốc", "Nguyên nhân", "Nội dung", "Phản ứng", "Sự nghiệp", "Sự kiện", "Tác động",
        "Tên gọi", "Tiểu sử", "Tổng quan", "Tóm tắt", "Từ nguyên", "Văn hóa", "Vị trí",
        "Ý nghĩa",
        # Indonesian and Malay
        "Asal-usul", "Biografi", "Dampak", "Deskripsi", "Ekonomi", "Etimologi", "Geografi",
        "Isi", "Karier", "Kehidupan awal", "Kehidupan pribadi", "Kesimpulan", "Latar belakang",
        "Pendahuluan", "Pendidikan", "Pengertian", "Peninggalan", "Perkembangan", "Ringkasan",
        "Sejarah", "Tinjauan",
        # German
        "Aufbau", "Ausgangslage", "Auswirkungen", "Bedeutung", "Beschreibung", "Einleitung",
        "Entstehung", "Entwicklung", "Etymologie", "Folgen", "Geografie", "Geographie",
        "Geschichte", "Hintergrund", "Inhalt", "Kritik", "Lage", "Leben", "Namensherkunft",
        "Rezeption", "Überblick", "Ursachen", "Verlauf", "Vorgeschichte", "Werdegang",
        "Wirkung", "Wirtschaft", "Zusammenfassung",
        # French
        "Analyse", "Antécédents", "Arrière-plan", "Biographie", "Carrière", "Causes",
        "Conséquences", "Contexte", "Contexte historique", "Définition", "Déroulement",
        "Description", "Développement", "Économie", "Étymologie", "Géographie", "Histoire",
        "Historique", "Introduction", "Origine", "Origines", "Postérité", "Présentation",
        "Résumé", "Vie privée",
        # Spanish, Portuguese, Italian
        "Antecedentes", "Biografía", "Carrera", "Características", "Causas", "Consecuencias",
        "Contenido", "Contexto", "Contexto histórico", "Descripción", "Desarrollo",
        "Economía", "Etimología", "Geografía", "Historia", "Introducción", "Legado", "Orígenes",
        "Resumen", "Trayectoria", "Biografia", "Carreira", "Consequências", "Conteúdo",
        "Descrição", "Economia", "Etimologia", "História", "Introdução", "Origem", "Resumo",
        "Antefatti", "Carriera", "Conseguenze", "Contenuto", "Contesto", "Contesto storico",
        "Descrizione", "Introduzione", "Origini", "Storia",
        # Dutch, Polish, Swedish
        "Achtergrond", "Beschrijving", "Geschiedenis", "Gevolgen", "Inleiding", "Levensloop",
        "Overzicht", "Samenvatting", "Charakterystyka", "Etymologia", "Gospodarka", "Kariera",
        "Opis", "Pochodzenie", "Przebieg", "Przyczyny", "Skutki", "Tło", "Tło historyczne",
        "Wstęp", "Życiorys", "Bakgrund", "Beskrivning", "Historik", "Inledning",
        "Sammanfattning",
        # Turkish
        "Arka plan", "Geçmiş", "Giriş", "Hayatı", "Kariyeri", "Köken", "Özet", "Sonuç", "Tarih",
        "Tarihçe",
        # Russian, Ukrainian, Bulgarian
        "Биография", "Введение", "География", "Детство и юность", "Значение", "Итоги",
        "История", "Карьера", "Краткое содержание", "Критика", "Личная жизнь", "Название",
        "Обзор", "Описание", "Последствия", "Предпосылки", "Предыстория", "Причины",
        "Происхождение", "Содержание", "Ход событий", "Экономика", "Этимология",
        "Біографія", "Вступ", "Географія", "Історія", "Наслідки", "Опис", "Передісторія",
        "Походження", "Предистория", "Въведение",
        # Greek
        "Βιογραφία", "Γεωγραφία", "Εισαγωγή", "Ετυμολογία", "Ιστορία", "Ιστορικό",
        "Περιγραφή", "Περίληψη", "Συνέπειες", "Υπόβαθρο",
    )
)  # fmt: skip
"""Headings that may stand glued before a sentence ("BackgroundIn early 1945"), casefolded."""

LEADING_EAST_ASIAN = (
    "背景", "历史背景", "歷史背景", "时代背景", "歴史的背景", "历史", "歷史", "歴史", "沿革",
    "概要", "概述", "简介", "簡介", "经过", "經過", "経緯", "起源", "生平", "早年", "早年生活",
    "生涯", "影响", "影響", "结果", "結果", "内容", "內容",
    "배경", "역사", "역사적 배경", "개요", "생애", "경과", "결과", "내용",
)  # fmt: skip
"""The same for scripts without capitals."""

TRAILING = (
    # English
    "See also", "References", "Reference", "External links", "External link", "Notes",
    "Footnotes", "Further reading", "Bibliography", "Sources", "Citations", "Related articles",
    "Notes and references", "Works cited",
    # Vietnamese
    "Xem thêm", "Tham khảo", "Tài liệu tham khảo", "Liên kết ngoài", "Chú thích", "Ghi chú",
    "Đọc thêm", "Nguồn tham khảo", "Thư mục",
    # Indonesian and Malay
    "Lihat pula", "Lihat juga", "Referensi", "Rujukan", "Pranala luar", "Pautan luar",
    "Catatan kaki", "Catatan", "Bacaan lanjutan", "Daftar pustaka",
    # German
    "Siehe auch", "Einzelnachweise", "Weblinks", "Literatur", "Fußnoten", "Anmerkungen",
    # French
    "Voir aussi", "Références", "Notes et références", "Liens externes", "Bibliographie",
    "Articles connexes", "Annexes",
    # Spanish, Portuguese, Italian
    "Véase también", "Referencias", "Enlaces externos", "Bibliografía", "Notas",
    "Lecturas adicionales", "Ver também", "Referências", "Ligações externas", "Bibliografia",
    "Leitura adicional", "Voci correlate", "Note", "Collegamenti esterni", "Altri progetti",
    # Dutch, Polish, Swedish
    "Zie ook", "Referenties", "Externe links", "Bronnen", "Literatuur", "Zobacz też",
    "Przypisy", "Linki zewnętrzne", "Uwagi", "Se även", "Referenser", "Externa länkar",
    # Turkish
    "Ayrıca bakınız", "Kaynakça", "Dış bağlantılar", "Notlar",
    # Russian, Ukrainian
    "См. также", "Смотрите также", "Примечания", "Ссылки", "Литература", "Источники", "Сноски",
    "Див. також", "Примітки", "Посилання", "Література", "Джерела",
    # Greek
    "Δείτε επίσης", "Παραπομπές", "Εξωτερικοί σύνδεσμοι", "Σημειώσεις", "Βιβλιογραφία",
    # Arabic
    "انظر أيضا", "انظر أيضًا", "مراجع", "المراجع", "وصلات خارجية", "روابط خارجية", "هوامش",
    # Chinese, Japanese, Korean
    "参见", "參見", "参考文献", "參考文獻", "参考资料", "參考資料", "外部链接", "外部連結",
    "注释", "註釋", "延伸阅读", "延伸閱讀", "扩展阅读", "関連項目", "脚注", "外部リンク", "出典",
    "같이 보기", "각주", "외부 링크", "참고 문헌",
)  # fmt: skip
"""Headings whose lists an encyclopedia mirror loses; without content they are residue."""

EDIT_LINKS = (
    "edit", "edit source", "sửa", "sửa mã nguồn", "sửa đổi", "править", "править код",
    "ред.", "редагувати", "редагувати код", "编辑", "編輯", "编辑源代码", "編集", "ソースを編集",
    "편집", "원본 편집", "Bearbeiten", "Quelltext bearbeiten", "modifier", "modifier le code",
    "editar", "editar datos en Wikidata", "editar código-fonte", "modifica", "modifica wikitesto",
    "bewerken", "brontekst bewerken", "edytuj", "edytuj kod", "redigera", "redigera wikitext",
    "sunting", "sunting sumber", "değiştir", "kaynağı değiştir", "Επεξεργασία", "επεξεργασία",
    "επεξεργασία κώδικα", "عدل", "تعديل",
)  # fmt: skip
"""Words of the bracketed links that wikis put after headings."""

MAINTENANCE_NOTES = (
    "citation needed", "clarification needed", "better source needed", "dead link",
    "failed verification", "verification needed", "page needed", "original research?",
    "according to whom?", "by whom?", "who?", "when?", "where?", "which?", "why?", "how?",
    "update", "dubious – discuss", "full citation needed", "year needed", "unreliable source?",
    "cần dẫn nguồn", "cần giải thích", "khi nào?", "ai?", "liên kết hỏng",
    "来源请求", "來源請求", "需要引用", "何时？", "哪个？", "谁？", "要出典", "誰？", "いつ？",
    "出典 필요", "출처 필요", "источник?", "кто?", "когда?", "где?", "какой?", "джерело?",
    "Beleg?", "Beleg fehlt", "réf. nécessaire", "réf. souhaitée", "référence nécessaire",
    "source insuffisante", "cita requerida", "carece de fontes?", "carece de fontes",
    "senza fonte", "bron?", "potrzebny przypis", "źródło?", "källa behövs", "butuh rujukan",
    "rujukan?", "perlu rujukan", "kaynak belirtilmeli", "εκκρεμεί παραπομπή", "بحاجة لمصدر",
)  # fmt: skip
"""What encyclopedias put between brackets where a citation is missing."""
