"""Imports that leave out what is never used, and the process that workers are forked from."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from corpusmill.importing import importing_less


def output_of(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_an_absent_package_is_absent_for_one_thread_only() -> None:
    found: list[object] = []

    def load() -> None:
        import wave

        found.append(wave)

    sys.modules.pop("wave", None)
    with importing_less(absent=frozenset({"wave"})):
        with pytest.raises(ModuleNotFoundError, match="wave is left out"):
            load()
        thread = threading.Thread(target=load)
        thread.start()
        thread.join()
    assert len(found) == 1


def test_a_deferred_module_is_imported_when_something_is_asked_of_it() -> None:
    code = (
        "import sys; from corpusmill.importing import importing_less\n"
        "with importing_less(absent=frozenset(), deferred=['colorsys', 'xml.dom.minidom']):\n"
        "    import colorsys; from xml.dom import minidom\n"
        "print('colorsys' in sys.modules, 'xml.dom.minidom' in sys.modules)\n"
        "print(colorsys.rgb_to_hsv(0, 0, 0)[0], minidom.Node.__name__)\n"
        "import colorsys, xml.dom.minidom; print(colorsys.__file__ is not None)"
    )
    assert output_of(code).splitlines() == ["False False", "0.0 Node", "True"]


def test_a_hollow_module_holds_empty_classes_until_it_is_imported_again() -> None:
    code = (
        "import re, sys; from corpusmill.importing import importing_less\n"
        "with importing_less(absent=frozenset(), hollow=re.compile(r'wave|xml\\.sax(\\..+)?')):\n"
        "    from wave import Wave_read; from xml.sax.handler import ContentHandler\n"
        "print('wave' in sys.modules, 'xml.sax' in sys.modules)\n"
        "print(vars(Wave_read).get('close'), vars(ContentHandler).get('startElement'))\n"
        "import wave, xml.sax.handler as handler\n"
        "print(wave.Wave_read is Wave_read, 'startElement' in vars(handler.ContentHandler))"
    )
    expected = ["False False", "None None", "False True"]
    assert output_of(code).splitlines() == expected


def test_great_expectations_is_loaded_without_what_is_never_used() -> None:
    code = (
        "import sys; from corpusmill.validate import load_library; load_library()\n"
        "print({'altair', 'boto3', 'sqlalchemy', 'scipy.stats'} & set(sys.modules))\n"
        "print(*(n for n in sys.modules if 'fluent' in n and n.endswith('_datasource')))"
    )
    fluent = "great_expectations.datasource.fluent"
    sources = f"{fluent}.invalid_datasource {fluent}.pandas_datasource"
    assert output_of(code).splitlines() == ["set()", sources]


def test_what_workers_are_forked_from_is_light_and_has_refined_pages() -> None:
    code = (
        "import sys, corpusmill.preload\n"
        "print({'prefect', 'great_expectations', 'pandas'} & set(sys.modules))\n"
        "print('icu' in sys.modules or 'pycld2' in sys.modules)"
    )
    assert output_of(code).splitlines() == ["set()", "True"]
