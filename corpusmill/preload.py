"""Everything that a worker process will need, loaded once before workers are forked.

Imported by the process that the pool forks its workers from (`corpusmill.pool`), for what the
import does: modules, models and tables are loaded and two small pages refined, so that what is
loaded at the first page is there as well.  Workers start in no time, and share that memory.
Nothing else imports it.
"""

from __future__ import annotations

import gc
import os
import re
from typing import Final

gc.disable()  # nothing of what is loaded becomes garbage

# Before numpy is loaded: workers share out the cores among pages, and forks want no threads.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"  # see `corpusmill.memory`

from corpusmill.memory import give_back_memory, keep_trees_together

keep_trees_together()  # before lxml is loaded

import pyarrow as pa

import corpusmill.job.intake
import corpusmill.job.reading
import corpusmill.job.searching
import corpusmill.job.sharding
import corpusmill.job.surveying
import corpusmill.job.worker
import corpusmill.read.warc  # noqa: F401
from corpusmill.duplicates import sign_documents
from corpusmill.importing import importing_less
from corpusmill.read.identity import build_page
from corpusmill.refine import refine_page
from corpusmill.settings import Settings
from corpusmill.tables import documents_table, pages_table, segments_table

_PAGES: Final = (
    (
        "text/html",
        (
            b"<html><head><title>A page</title><meta property='og:title' content='A page'></head>"
            b"<body><nav><a href='/'>Home</a></nav><article><h1>A page about rivers</h1>"
            b"<p>The river rose during the night, and by the morning the lower road was closed.</p>"
            b"<p>Nobody was hurt, said the mayor on Monday, 3 May 2021.</p></article></body></html>"
        ),
    ),
    (
        "text/plain",
        (
            b"A page about rivers\n\nThe river rose during the night, and by the morning the lower "
            b"road was closed.\nNobody was hurt, said the mayor on Monday, 3 May 2021.\n"
        ),
    ),
)
"""Of both kinds, with a title, a date and some prose."""


def _refine_pages() -> None:
    settings = Settings(minimum_chars=1)
    refined = [
        refine_page(
            build_page(content, source_path="page", media_type=kind, url="https://a.example/1"),
            settings,
        )
        for kind, content in _PAGES
    ]
    for table in (segments_table, pages_table):
        table(refined, "0001")
    sign_documents(documents_table(refined, "0001"))


# Neither another list of public suffixes nor what an address leads to is fetched by a worker.
_FETCHERS: Final = re.compile(r"requests|requests_file|filelock|courlan\.network")
with importing_less(absent=frozenset(), hollow=_FETCHERS):
    import courlan  # noqa: F401
    import tldextract  # noqa: F401

give_back_memory()
pa.set_cpu_count(1)  # workers share out the cores among themselves
pa.set_io_thread_count(1)
with importing_less(absent=frozenset({"pandas"})):  # pyarrow loads it where it is, needed or not
    _refine_pages()
gc.enable()
gc.freeze()  # else the first collection of every worker would touch, and so copy, all of it
