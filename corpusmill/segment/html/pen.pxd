"""The pen of a walk, as `tree_walk` sees it."""

cimport cython

from corpusmill.segment.html.names cimport Vocabulary
from corpusmill.segment.html.octets cimport Buffer


cdef struct Row:  # of `structure.SegmentColumns`, but for the first two
    Py_ssize_t text_at, chars
    int node, link_chars, links, bold_chars, images, fields, lead_link, tail_link

cdef struct InlineMark:
    int segment, mark


@cython.final
cdef class Pen:
    cdef Vocabulary words
    cdef Buffer text, rows, inline_marks
    cdef readonly int segment_count
    cdef int node, in_link, in_bold, keep_lines  # where the walk is
    cdef Row counts  # of the segment that is being gathered
    cdef Buffer pieces, starts, inline
    cdef Py_ssize_t tail_link  # how many pieces there were when a link ended last

    cdef int add_text(self, const char *text, Py_ssize_t size) except -1
    cdef int add_mark(self, int mark) except -1
    cdef int add_break(self) except -1
    cdef int write(self) except -1
    cdef int merge(self, int first) except -1
    cdef int _add_piece(self, const char *text, Py_ssize_t size) except -1
    cdef int _add_segment(self, Py_ssize_t text_at, Py_ssize_t chars) except -1
    cdef bint _ends_in_break(self) noexcept
    cdef bint _ends_in_filler(self) noexcept
    cdef void _join_cells(self, int first) noexcept
