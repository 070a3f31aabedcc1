"""Whole pages of the kinds that the product was made for, line by line.

All texts are written for these tests.  Lines are marked by their expected fate: `+` stays in
the text, `-` goes, `=` becomes a field; `~` parts the documents of a page and is no line.
"""

import pytest

from corpusmill.decide import DecideContext
from corpusmill.decide.text import decide_text
from corpusmill.records import Fate
from corpusmill.segment.text import segment_lines

MARKS = {Fate.TEXT: "+", Fate.REMOVED: "-", Fate.FIELD: "="}

PAGES = {
    "vi-news-with-a-second-article-and-dated-headlines": """
= Hai nước láng giềng mở lại tuyến phà biển sau mười năm
+ Sáng qua (12/6), chuyến phà đầu tiên sau mười năm đã rời cảng Vĩnh Hà với 240 hành khách và 60 ô tô, mở lại tuyến đường biển từng là niềm tự hào của hai thành phố ven vịnh.
+ Tại lễ khai trương, ông Trần Hữu Lộc, giám đốc cảng Vĩnh Hà, cho biết mỗi ngày sẽ có ba chuyến khứ hồi, thời gian chạy khoảng bốn giờ, giá vé giữ nguyên cho tới hết mùa hè.
- Clip hot
= Tàu Hải Âu 7 rời cảng Vĩnh Hà sáng 12/6
+ Trước đó, hai bên đã mất gần hai năm để thống nhất quy định kiểm dịch, cứu hộ và bảo hiểm cho hành khách, đồng thời nạo vét luồng vào cảng để tàu trọng tải lớn có thể cập bến.
+ Theo kế hoạch, từ tháng 9 tuyến phà sẽ nhận thêm xe tải chở nông sản, giúp rút ngắn quãng đường vận chuyển gần 300 km so với đường bộ hiện nay.
= Theo Báo Cảng Biển
~
= Làng chài Mũi Én thử nghiệm nuôi rong biển
+ Sau ba vụ cá thất thu liên tiếp, hơn bốn mươi hộ dân ở làng chài Mũi Én đã cùng nhau thả những giàn rong biển đầu tiên trên mặt vịnh, cách bờ chừng hai cây số.
+ Chị Lê Thị Sen, một trong những người đầu tiên tham gia, nói rằng sau ba tháng mỗi giàn cho thu hoạch gần hai tạ rong tươi, đủ trả tiền giống và tiền công của cả nhà.
+ Chính quyền xã cho biết sẽ hỗ trợ một nửa chi phí phao nổi cho các hộ mới và mời kỹ sư về hướng dẫn cách phơi, cách đóng gói để bán cho các nhà hàng ở thành phố.
= Hoàng Lan (theo Biển Xanh)
- Bão số 3 đổi hướng, nhiều tỉnh miền Trung chủ động sơ tán dân khỏi vùng trũng thấp ven biển trước khi...
- Tin mới nhất
- Giá cà phê tăng phiên thứ tư liên tiếp
- Kinh tế
- 08:15:20 13/06/2024
- Đội tuyển bơi lội chốt danh sách dự giải châu lục
- Thể thao
- 07:52:11 13/06/2024
- Nữ ca sĩ kể chuyện lần đầu đứng trên sân khấu lớn
- Giải trí
- 07:30:46 13/06/2024
- Mưa lớn, nhiều tuyến phố trung tâm ngập sâu
- Thời sự
- 06:58:03 13/06/2024
- Cách nấu canh chua cá lóc đúng vị miền Tây
- Ẩm thực
- 06:21:37 13/06/2024
""",
    "en-encyclopedia-mirror-with-lost-lists": """
= Convention of Port Averill
+ The Convention of Port Averill was an agreement between the Republic of Sorvia and the Duchy of Kell, signed on 3 May 1871, which settled the use of the straits after the Harbour War.[1] Both states gave up the tolls that they had taken from foreign ships since the previous century.
+ The convention rested on the following principles:
+ The first draft had been written by the envoy of Kell, but the delegates of Sorvia rejected it twice before the summer, because it left the question of the lighthouses open.[2] In the end a commission of five engineers was asked to settle it.
+ Background
+ Before the war the straits had been closed to ships of war in the winter months, and merchants of both states complained of delays that ruined their cargo.[3]
+ Aftermath
+ The convention remained in force until 1909, when the new canal made the straits unimportant for trade, and both governments let it lapse without a word.[4]
- See also
- Notes
- Further reading
- External links |
- Averill Open Encyclopedia
""",
    "zh-news-with-head-and-ranking": """
= 两市跨海渡轮时隔十年恢复通航
= 2024-06-12 09:31 来源：海港日报
+ 昨天上午九点，时隔十年之后首班渡轮载着二百四十名旅客和六十辆汽车驶离永河港，标志着连接海湾两岸的航线正式恢复运营。
+ 港口负责人陈友禄在通航仪式上表示，今后每天将安排三个往返班次，单程航行时间约为四个小时，票价在夏季结束之前保持不变。
+ 为了恢复这条航线，两市用了将近两年时间商定检疫、救援和旅客保险等规定，并疏浚了进港航道，使大型船舶可以安全停靠。
- 责任编辑：周明远
- 相关阅读
- 海湾大桥明年动工
- 台风改变路径 沿海多地提前转移群众
- 热门排行
- 咖啡价格连续四天上涨
- 游泳队公布洲际赛名单
- 市中心多条道路积水
""",
    "ru-news-with-a-second-article-and-a-ticker": """
= Паром через залив вернулся после десяти лет перерыва
+ Вчера утром первый за десять лет паром вышел из порта Вельск с двумястами сорока пассажирами и шестьюдесятью автомобилями на борту, сообщили в управлении порта.
+ Директор порта Пётр Лосев рассказал на церемонии, что паром будет ходить трижды в день, дорога займёт около четырёх часов, а цена билета до конца лета не изменится.
- Читайте также: Мост через залив начнут строить весной
+ До этого стороны почти два года согласовывали правила карантина, спасения и страхования пассажиров, а землечерпалки углубляли подходной канал.
= Источник: Портовый вестник
~
= Рыбацкая деревня начала выращивать водоросли
+ После трёх неудачных сезонов сорок семей из деревни Нижняя Коса поставили в бухте первые плантации морской капусты, в двух километрах от берега.
+ Одна из участниц, Мария Седова, говорит, что за три месяца каждая плантация даёт почти два центнера свежего урожая, и этого хватает, чтобы вернуть вложенные деньги.
+ Администрация района обещает оплатить новым хозяйствам половину стоимости поплавков и прислать технолога, который научит сушить и упаковывать водоросли.
= Источник: Морская газета
- Последние новости
- 12:45 Кофе дорожает четвёртый день подряд
- 12:30 Пловцы назвали состав на первенство континента
- 12:10 Центр города затопило после ливня
- 11:58 Певица рассказала о первом большом концерте
- 11:40 Шторм изменил направление
""",
    "es-encyclopedia-mirror-with-portal-footer": """
= Convenio de Puerto Alvar
+ El Convenio de Puerto Alvar fue un acuerdo entre la República de Sorvia y el Ducado de Kell, firmado el 3 de mayo de 1871, que reguló el uso del estrecho después de la guerra de los puertos.[1] Ambos Estados renunciaron a los peajes que cobraban a los barcos extranjeros.
+ El convenio establecía lo siguiente:
+ El primer borrador lo redactó el enviado de Kell, pero los delegados de Sorvia lo rechazaron dos veces antes del verano, porque dejaba abierta la cuestión de los faros.[2]
+ Antecedentes
+ Antes de la guerra el estrecho permanecía cerrado a los buques de guerra durante el invierno, y los comerciantes de ambos países se quejaban de retrasos que arruinaban su carga.[3]
- Véase también
- Referencias
- Enlaces externos
- Enciclopedia Libre del Estrecho
""",
    "de-news-with-labels-and-lists": """
= Fähre über die Bucht fährt nach zehn Jahren wieder
= Von Jana Petersen
+ Am Dienstagmorgen hat die erste Fähre seit zehn Jahren mit 240 Fahrgästen und 60 Autos den Hafen von Wellhaven verlassen, wie die Hafenbehörde mitteilte.
- Anzeige
+ Hafendirektor Ole Brandt sagte bei der Feier, künftig werde es täglich drei Abfahrten geben, die Überfahrt dauere rund vier Stunden, und der Preis bleibe bis zum Ende des Sommers gleich.
- Lesen Sie auch: Brücke über die Bucht wird teurer
+ Zuvor hatten beide Städte fast zwei Jahre über Quarantäne, Rettung und Versicherung der Fahrgäste verhandelt und die Fahrrinne ausbaggern lassen.
= Quelle: dpa
- Mehr zum Thema
- Sturm ändert seine Richtung
- Neue Kräne für den Hafen
- Meistgelesen
- Kaffee wird den vierten Tag teurer
- Schwimmer nennen Aufgebot
- Innenstadt nach Regen unter Wasser
- Impressum
- Datenschutz
- © 2024 Wellhavener Bote
""",
    "fr-news-with-link-inside-and-list-behind": """
= Le ferry traverse de nouveau la baie après dix ans
+ Mardi matin, le premier ferry depuis dix ans a quitté le port de Vellac avec 240 passagers et 60 voitures à bord, a annoncé la direction du port.
- Lire aussi : Le pont sur la baie coûtera plus cher
+ Le directeur du port, Yves Carnot, a expliqué pendant la cérémonie qu'il y aurait trois départs par jour, que la traversée durerait environ quatre heures et que le prix ne changerait pas avant la fin de l'été.
+ Les deux villes avaient négocié pendant près de deux ans les règles de quarantaine, de secours et d'assurance des passagers, et fait draguer le chenal d'accès.
= Source : Agence du littoral
- À lire aussi
- La tempête change de direction
- De nouvelles grues pour le port
- Les plus lus
- Le café augmente pour le quatrième jour
- Les nageurs dévoilent leur sélection
- Mentions légales
""",
    "ar-news-with-related-and-most-read": """
= عودة العبارة إلى الخليج بعد عشر سنوات
+ غادرت صباح الثلاثاء أول عبارة منذ عشر سنوات ميناء الوادي وعلى متنها مئتان وأربعون راكبا وستون سيارة، بحسب ما أعلنت إدارة الميناء في بيان لها.
+ وقال مدير الميناء سالم الحداد خلال الحفل إن العبارة ستنطلق ثلاث مرات في اليوم، وإن الرحلة تستغرق نحو أربع ساعات، وإن ثمن التذكرة لن يتغير حتى نهاية الصيف.
+ وكانت المدينتان قد تفاوضتا نحو عامين حول قواعد الحجر الصحي والإنقاذ وتأمين الركاب، كما جرى تعميق القناة المؤدية إلى الميناء.
= المصدر: وكالة الساحل
- اقرأ أيضا
- العاصفة تغير اتجاهها
- رافعات جديدة للميناء
- الأكثر قراءة
- القهوة ترتفع لليوم الرابع
- السباحون يعلنون قائمتهم
- جميع الحقوق محفوظة 2024
""",
    "vi-encyclopedia-mirror-with-portal-footer": """
= Hiệp ước cảng Vĩnh Hà
+ Hiệp ước cảng Vĩnh Hà là một thỏa thuận giữa Cộng hòa Sorvia và Công quốc Kell, được ký ngày 3 tháng 5 năm 1871, quy định việc sử dụng eo biển sau cuộc chiến giữa hai bên.[1] Hai nước cùng bỏ các khoản phí từng thu của tàu nước ngoài.
+ Các điều khoản chính gồm:
+ Bản dự thảo đầu tiên do đặc sứ của Kell soạn, nhưng phái đoàn Sorvia đã bác bỏ hai lần trước mùa hè vì nó để ngỏ vấn đề các ngọn hải đăng.[2]
+ Bối cảnh
+ Trước chiến tranh, eo biển bị đóng với tàu chiến trong các tháng mùa đông, và thương nhân hai nước thường than phiền về những chậm trễ làm hỏng hàng hóa.[3]
- Xem thêm
- Chú thích
- Tham khảo
- Liên kết ngoài
- Bách khoa toàn thư Eo Biển
""",
    "zh-encyclopedia-mirror-with-portal-footer": """
= 阿维里尔港公约
+ 阿维里尔港公约是索维亚共和国与凯尔公国于1871年5月3日签订的协定，规定了港口战争之后海峡的使用办法。[1]两国同时放弃了自上个世纪以来向外国船只征收的通行费。
+ 公约包括以下原则：
+ 最初的草案由凯尔公国的使节起草，但索维亚的代表在夏季之前两次予以否决，理由是草案没有解决灯塔的归属问题。[2]
+ 背景
+ 战争之前，海峡在冬季不对军舰开放，两国商人经常抱怨由此造成的延误使他们的货物受损。[3]
- 参见
- 参考文献
- 外部链接
- 海峡百科 自由的百科全书
""",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_decided_line_by_line(name: str) -> None:
    rows = [row for row in PAGES[name].strip().split("\n") if row != "~"]
    lines = [row[2:] for row in rows]
    decisions = decide_text(segment_lines(lines), DecideContext()).decisions
    got = [f"{MARKS[one.fate]} {line}" for one, line in zip(decisions, lines, strict=True)]
    assert got == rows


@pytest.mark.parametrize("name", PAGES)
def test_every_text_of_a_page_is_a_document_of_its_own(name: str) -> None:
    wanted: list[int] = []
    lines: list[str] = []
    ordinal = 0
    for row in PAGES[name].strip().split("\n"):
        ordinal += row == "~"
        if row != "~":
            wanted.append(ordinal)
            lines.append(row[2:])
    decisions = decide_text(segment_lines(lines), DecideContext()).decisions
    kept = [one for one in decisions if one.fate is not Fate.REMOVED]
    assert [one.document for one in kept] == [
        number for number, one in zip(wanted, decisions, strict=True) if one in kept
    ]
