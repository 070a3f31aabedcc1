"""Reading: from raw files to pages, and from their bytes to text.

The public names of the stage; what happens behind them is in the modules, from the outside in:
`pages`, `sources`, `sidecars`, `folders`, `warc`, `dumps`, `cutting`, `lines`, `members`,
`media`, `decode`, `identity`, `notes`.
"""

from corpusmill.read.decode import Decoded, decode_page
from corpusmill.read.identity import choose_origin, page_id
from corpusmill.read.notes import Note, NoteKind, ReadLimits, ReadNotes
from corpusmill.read.pages import read_pages

__all__ = [
    "Decoded",
    "Note",
    "NoteKind",
    "ReadLimits",
    "ReadNotes",
    "choose_origin",
    "decode_page",
    "page_id",
    "read_pages",
]
