"""Words that dates and times are written with.

Belongs here: names of months and weekdays, words for "ago" and their units.  Does not belong
here: labels before a date (`credits.DATE_LABELS`), parsing of dates.
"""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = (
    "january february march april may june july august september october november december jan"
    " feb mar apr jun jul aug sep sept oct nov dec januar februar märz mai juni juli oktober"
    " dezember jän mär okt dez janvier février mars avril juin juillet août septembre octobre"
    " novembre décembre janv févr enero febrero marzo abril mayo junio julio agosto septiembre"
    " octubre noviembre diciembre janeiro fevereiro março maio junho julho setembro outubro"
    " novembro dezembro gennaio febbraio aprile maggio giugno luglio settembre ottobre"
    " dicembre ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie"
    " decembrie januari februari maart mei augustus oktober stycznia lutego marca kwietnia"
    " maja czerwca lipca sierpnia września października listopada grudnia ledna února března"
    " dubna května června července srpna září října listopadu prosince január február március"
    " április május június július augusztus szeptember október november december siječnja"
    " veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca"
    " januara februara marta aprila avgusta septembra oktobra novembra decembra maj juni juli"
    " augusti januari tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta"
    " heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta ocak şubat mart nisan"
    " mayıs haziran temmuz ağustos eylül ekim kasım aralık maret agustus desember januari"
    " februari mac jun julai ogos disember января февраля марта апреля мая июня июля августа"
    " сентября октября ноября декабря янв фев мар апр июн июл авг сен сент окт ноя дек январь"
    " февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь січня лютого"
    " березня квітня травня червня липня серпня вересня жовтня листопада грудня януари"
    " февруари април юни юли септември октомври ноември декември ιανουαρίου φεβρουαρίου"
    " μαρτίου απριλίου μαΐου μαίου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου"
    " δεκεμβρίου ιαν φεβ μαρ απρ μαΐ ιουν ιουλ αυγ σεπ οκτ νοε δεκ يناير فبراير مارس أبريل"
    " ابريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر ינואר פברואר מרץ אפריל מאי יוני"
    " יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר जनवरी फ़रवरी फरवरी मार्च अप्रैल मई जून जुलाई"
    " अगस्त सितंबर सितम्बर अक्टूबर नवंबर दिसंबर มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม"
    " มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม ม.ค ก.พ มี.ค เม.ย พ.ค มิ.ย ก.ค"
    " ส.ค ก.ย ต.ค พ.ย ธ.ค tháng"
)

_WEEKDAYS: Final = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs"
    " fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi"
    " mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado"
    " domingo segunda terça quarta quinta sexta feira lunedì martedì mercoledì giovedì venerdì"
    " sabato domenica luni marți miercuri joi vineri sâmbătă duminică maandag dinsdag woensdag"
    " donderdag vrijdag zaterdag zondag poniedziałek wtorek środa czwartek piątek sobota"
    " niedziela pondělí úterý středa čtvrtek pátek neděle hétfő kedd szerda csütörtök péntek"
    " szombat vasárnap måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag"
    " søndag maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai senin selasa"
    " rabu kamis jumat sabtu minggu isnin khamis jumaat ahad pazartesi salı çarşamba perşembe"
    " cuma cumartesi pazar понедельник вторник среда четверг пятница суббота воскресенье"
    " понеділок вівторок середа четвер п'ятниця субота неділя δευτέρα τρίτη τετάρτη πέμπτη"
    " παρασκευή σάββατο κυριακή الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
    " thứ hai ba tư năm sáu bảy chủ nhật ngày giờ phút सोमवार मंगलवार बुधवार गुरुवार शुक्रवार"
    " शनिवार रविवार"
)

_SMALL_WORDS: Final = (
    "am pm a.m p.m a p m t z gmt utc est edt pst pdt cet cest bst ist wib wita wit jst kst msk uhr"
    " h st nd rd th of at on the o clock um den le à el de del a las los il alle ore em às at"
    " e pukul lúc saat г года год в klo kl ob godz în la op om ο στις ώρα в о год року м م ص ه"
    " น เวลา พ.ศ วันที่ बजे"
)

_AGO_WORDS: Final = (
    "ago hours hour minutes minute mins min hrs hr days day weeks week months month years year"
    " yesterday today just now an one trước cách đây vừa xong hôm nay hôm qua tuần năm giây"
    " назад часов часа час минут минуты минуту дней дня день недель недели неделю вчера"
    " сегодня тому годин години годину хвилин хвилини днів дні vor stunden stunde minuten"
    " tagen tag tage gestern heute wochen woche il y a heures heure minutes jours jour hier"
    " aujourd'hui semaines hace horas hora minutos minuto días día ayer hoy semanas há dias"
    " dia ontem hoje atrás fa ore ora minuti minuto giorni giorno ieri oggi geleden uur uren"
    " dagen gisteren vandaag temu godzin godziny godzinę minut dni wczoraj dzisiaj dziś před"
    " hodinami dny včera dnes órája perce napja tegnap ma sedan timmar timme minuter dagar"
    " igår idag siden timer dage dager tuntia sitten minuuttia päivää eilen tänään jam menit"
    " hari lalu yang minggu bulan kemarin önce saat dakika gün dün bugün πριν ώρες ώρα λεπτά"
    " μέρες ημέρες χθες σήμερα منذ ساعة ساعات دقيقة دقائق يوم أيام أمس اليوم घंटे घंटा मिनट"
    " पहले दिन"
)

CALENDAR_WORDS: Final = frozenset(
    f"{_MONTHS} {_WEEKDAYS} {_SMALL_WORDS} {_AGO_WORDS}".lower().split()
)
"""All words that may stand in a line that is nothing but a date or time."""

MONTHS: Final = frozenset(_MONTHS.lower().split())
"""Names of months, which make a date of a number and a year beside them."""

AGO: Final = re.compile(
    r"\b(?:ago|trước|назад|тому|vor|il y a|hace|há|fa|geleden|temu|před|sedan|siden|sitten|"
    r"lalu|önce|πριν|yesterday|today|hôm qua|hôm nay|вчера|сегодня|gestern|heute|hier|ayer|hoy|"
    r"ontem|hoje|ieri|oggi|kemarin|dün|bugün|χθες|σήμερα|menit|phút)\b|منذ|أمس|पहले|前|전|"
    r"ที่แล้ว",
    re.IGNORECASE,
)
"""Makes a time stamp of a number: "3 hours ago"."""

UNSPACED_DATE: Final = re.compile(
    r"[年月日号號时時分秒点點]|星期[一二三四五六日天]|[（(]?[月火水木金土日周][)）曜]|"
    r"周[一二三四五六日]|上午|下午|凌晨|早上|晚上|中午|午前|午後|今天|昨天|昨日|今日|小时|小時|"
    r"分钟|分鐘|時間|前|之前|天|[년월일시분초]|오전|오후|[월화수목금토일]요일|전|어제|오늘|"
    r"시간|ที่แล้ว|ชั่วโมง|นาที|วัน|น\.|พ\.ศ\."
)
"""What dates are written with where words are not parted by spaces."""
