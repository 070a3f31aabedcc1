"""Language, script and counts, on texts written for this test."""

from __future__ import annotations

import pytest

from corpusmill.annotate.counts import count_paragraphs, sentences, split_words
from corpusmill.annotate.language import identify
from corpusmill.annotate.scripts import count_scripts

SENTENCES = {
    "en": "The harbour was closed for three days after the storm.",
    "vi": "Cảng biển đã đóng cửa trong ba ngày sau cơn bão lớn.",
    "zh": "暴风雨过后，港口关闭了三天，所有船只都无法进港。",
    "ja": "嵐のあと、港は三日間閉鎖され、船は入れなかった。",
    "ko": "폭풍이 지나간 뒤 항구는 사흘 동안 문을 닫았다.",
    "ru": "После шторма порт был закрыт на три дня.",
    "uk": "Після шторму порт був зачинений на три дні.",
    "bg": "След бурята пристанището беше затворено три дни.",
    "de": "Nach dem Sturm blieb der Hafen drei Tage lang geschlossen.",
    "fr": "Après la tempête, le port est resté fermé pendant trois jours.",
    "es": "Después de la tormenta, el puerto permaneció cerrado tres días.",
    "pt": "Depois da tempestade, o porto ficou fechado durante três dias.",
    "it": "Dopo la tempesta il porto è rimasto chiuso per tre giorni.",
    "nl": "Na de storm bleef de haven drie dagen lang gesloten.",
    "pl": "Po burzy port był zamknięty przez trzy dni.",
    "cs": "Po bouři byl přístav tři dny uzavřen.",
    "sv": "Efter stormen var hamnen stängd i tre dagar.",
    "fi": "Myrskyn jälkeen satama oli suljettuna kolme päivää.",
    "hu": "A vihar után a kikötő három napig zárva maradt.",
    "tr": "Fırtınadan sonra liman üç gün boyunca kapalı kaldı.",
    "el": "Μετά την καταιγίδα το λιμάνι έμεινε κλειστό τρεις ημέρες.",
    "ar": "بعد العاصفة بقي الميناء مغلقا لمدة ثلاثة أيام.",
    "fa": "پس از توفان، بندر سه روز بسته ماند و کشتی‌ها نتوانستند وارد شوند.",
    "he": "אחרי הסערה היה הנמל סגור במשך שלושה ימים.",
    "hi": "तूफ़ान के बाद बंदरगाह तीन दिन तक बंद रहा।",
    "th": "หลังพายุ ท่าเรือปิดเป็นเวลาสามวัน",
    "id": "Setelah badai, pelabuhan itu ditutup selama tiga hari penuh.",
    "ms": "Selepas ribut itu, pelabuhan ditutup selama tiga hari kerana rosak.",
    "ta": "புயலுக்குப் பிறகு துறைமுகம் மூன்று நாட்கள் மூடப்பட்டது.",
    "ka": "ქარიშხლის შემდეგ პორტი სამი დღე დაკეტილი იყო.",
}


@pytest.mark.parametrize(("code", "text"), SENTENCES.items())
def test_a_sentence_tells_its_language(code: str, text: str) -> None:
    assert identify(text).code == code


@pytest.mark.parametrize("code", ["en", "vi", "ru", "de", "el", "fr", "pl"])
def test_capitals_and_decomposed_letters_do_not_matter(code: str) -> None:
    import unicodedata

    assert identify(SENTENCES[code].upper()).code == code
    assert identify(unicodedata.normalize("NFD", SENTENCES[code])).code == code


@pytest.mark.parametrize(
    "text", ["", "   ", "12 345", "!!! ??? ...", "1.2.2023 | 14:30", "\ud800\udfff", "🙂🙂🙂"]
)
def test_what_is_no_language_has_none(text: str) -> None:
    language = identify(text)
    assert (language.code, language.confidence) == (None, 0.0)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("两国签署了关于港口的条约，并将于明年生效。", "Hans"),
        ("兩國簽署了關於港口的條約，並將於明年生效。", "Hant"),
        ("港口は閉鎖された", "Jpan"),
        ("항구는 닫혔다", "Kore"),
        ("The harbour", "Latn"),
        ("Гавань", "Cyrl"),
        ("山水人", "Hani"),
    ],
)
def test_the_script_is_told(text: str, script: str) -> None:
    assert count_scripts(text).main() == script


def test_the_mixed_share_is_that_of_the_other_language() -> None:
    text = f"{SENTENCES['de']} " * 3 + SENTENCES["ru"]
    language = identify(text, sentences(text))
    assert language.code == "de"
    assert 0.1 < language.mixed_ratio < 0.4
    assert identify(SENTENCES["de"] * 3, sentences(SENTENCES["de"])).mixed_ratio == 0.0


def test_names_in_another_script_are_no_mixture() -> None:
    text = (
        "The treaty (Russian: Договор о дружбе; Chinese: 友好同盟條約) was signed in the harbour."
    )
    assert identify(text, sentences(text)).mixed_ratio == 0.0


@pytest.mark.parametrize(
    ("text", "words", "sentence_count"),
    [
        ("The harbour isn't open. It closed in 1938!", 8, 2),
        ("Cảng biển đóng cửa. Tàu chờ.", 6, 2),
        ("港口关闭了。船在等。", 6, 2),
        ("港は閉じた。船が待つ。", 8, 2),
        ("ท่าเรือปิดสามวัน", 4, 1),
        ("Порт закрыт. Суда ждут.", 4, 2),
        ("", 0, 0),
        (" … — !", 0, 0),
    ],
)
def test_words_and_sentences_are_counted_in_any_script(
    text: str, words: int, sentence_count: int
) -> None:
    assert (len(split_words(text)), len(sentences(text))) == (words, sentence_count)


def test_paragraphs_are_blocks_between_blank_lines() -> None:
    assert count_paragraphs("One.\n\nTwo,\nstill two.\n \nThree.") == 3
    assert count_paragraphs(" \n\n ") == 0


def test_lone_surrogates_do_not_stop_the_counts() -> None:
    assert len(split_words("half \ud800 of a pair")) == 4
