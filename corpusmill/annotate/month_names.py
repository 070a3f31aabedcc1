"""Month names of many languages, for dates that pages state in words.

Nominative, genitive and common short forms, without the full stop of an abbreviation.  A name
that means different months in different languages stands in `BY_LANGUAGE` only.
"""

from __future__ import annotations

_ROWS = (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jänner feber mrz april mai juni juli august sept okt november dez",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago set oct nov dic",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januari februari maret april mei juni juli agustus september oktober november desember",
    "jan peb mac apr mei jun jul agu sep okt nov des",
    "januari februari mac april mei jun julai ogos september oktober november disember",
    "januar februar marts april maj juni juli august september oktober november december",
    "januar februar mars april mai juni juli august september oktober november desember",
    (
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta"
        " syyskuuta lokakuuta marraskuuta joulukuuta"
    ),
    (
        "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu"
        " syyskuu lokakuu marraskuu joulukuu"
    ),
    (
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października"
        " listopada grudnia"
    ),
    (
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik"
        " listopad grudzień"
    ),
    "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
    "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    (
        "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra"
        " decembra"
    ),
    (
        "január február március április május június július augusztus szeptember október november"
        " december"
    ),
    (
        "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie"
        " decembrie"
    ),
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "янв фев мар апр мая июн июл авг сен окт ноя дек",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    (
        "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад"
        " грудень"
    ),
    "януари февруари март април май юни юли август септември октомври ноември декември",
    (
        "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου"
        " οκτωβρίου νοεμβρίου δεκεμβρίου"
    ),
    (
        "ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος"
        " οκτώβριος νοέμβριος δεκέμβριος"
    ),
    "ιαν φεβ μαρ απρ μαϊ ιουν ιουλ αυγ σεπ οκτ νοε δεκ",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर अक्तूबर नवम्बर दिसम्बर",
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
)
"""January to December in each row."""

BY_LANGUAGE = {
    "hr": dict(
        zip(
            (
                "siječnja", "veljače", "ožujka", "travnja", "svibnja", "lipnja", "srpnja",
                "kolovoza", "rujna", "listopada", "studenoga", "prosinca",
            ),
            range(1, 13),
            strict=True,
        )
    ),
}  # fmt: skip
"""Names that another language uses for another month."""


def _merged() -> dict[str, int]:
    """Return month numbers by name; a name with two meanings is left out."""
    numbers: dict[str, int] = {}
    for row in _ROWS:
        for number, name in enumerate(row.split(), start=1):
            if numbers.setdefault(name, number) != number:
                raise ValueError(f"{name} names the months {numbers[name]} and {number}")
    return numbers


MONTHS = _merged()
"""Number of a month, 1 to 12, by its name in lower case."""
