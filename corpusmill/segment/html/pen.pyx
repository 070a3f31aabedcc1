"""Gathers pieces of text and writes them as segments, compiled: the pen of a walk."""

cimport cython
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.string cimport memchr, memcmp

from corpusmill.segment.html.octets cimport (
    append, characters, collapsed, extended, leading_space, release, stripped_characters,
    words_joined
)


cdef enum:
    SHOWN_CHARS = 3  # a longer segment is taken for one that shows something
    LINE_BREAK = 0  # stands for `<br>` among the pieces of a segment; no text holds it


@cython.final
cdef class Pen:
    """The text of a page so far, a line break behind each segment, and counts of the segments.

    Args:
        words: What shows nothing.

    Attributes:
        segment_count: Segments so far.
    """

    def __cinit__(self, Vocabulary words not None):
        self.words = words

    def __dealloc__(self):
        release(&self.text)
        release(&self.rows)
        release(&self.inline_marks)
        release(&self.pieces)
        release(&self.starts)
        release(&self.inline)

    def page_text(self):
        """Return the text of the page: that of its segments, a line break between them."""
        return PyUnicode_DecodeUTF8(self.text.at, max(0, self.text.size - 1), NULL)

    def write_columns(self, int[:, ::1] columns):
        """Write the columns of the segments.

        Args:
            columns: Shape (8, segments), in the order of `structure.SegmentColumns`.

        Raises:
            ValueError: The shape is another one.
        """
        cdef Row *rows = <Row *> self.rows.at
        cdef Py_ssize_t at
        if columns.shape[0] != 8 or columns.shape[1] != self.segment_count:
            raise ValueError(f"columns of {columns.shape[1]} segments")
        for at in range(columns.shape[1]):
            columns[0, at] = rows[at].node
            columns[1, at] = rows[at].link_chars
            columns[2, at] = rows[at].links
            columns[3, at] = rows[at].bold_chars
            columns[4, at] = rows[at].images
            columns[5, at] = rows[at].fields
            columns[6, at] = rows[at].lead_link
            columns[7, at] = rows[at].tail_link

    def inline_pairs(self):
        """Return pairs of segment and entry of `marks` for the inline elements in it."""
        cdef InlineMark *marks = <InlineMark *> self.inline_marks.at
        cdef Py_ssize_t at, count = self.inline_marks.size // <Py_ssize_t> sizeof(InlineMark)
        return tuple([(marks[at].segment, marks[at].mark) for at in range(count)])

    cdef int add_text(self, const char *text, Py_ssize_t size) except -1:
        if size == 0:
            return 0
        if not self.keep_lines and leading_space(text, size) == size:
            if self.starts.size > 0 and not self._ends_in_break():
                self._add_piece(b" ", 1)
            return 0
        self._add_piece(text, size)
        if self.in_link:
            self.counts.link_chars += stripped_characters(text, size)
            self.tail_link = self.starts.size
            if self.starts.size == sizeof(Py_ssize_t):
                self.counts.lead_link = 1
        if self.in_bold:
            self.counts.bold_chars += stripped_characters(text, size)
        return 0

    cdef int add_mark(self, int mark) except -1:
        """Note the mark of an inline element for the segment that is being gathered."""
        (<int *> extended(&self.inline, sizeof(int)))[0] = mark
        return 0

    cdef int add_break(self) except -1:
        """Add a line break; return whether that closed a segment."""
        if self.keep_lines:
            self._add_piece(b"\n", 1)
        elif self.starts.size > 0:
            if self._ends_in_break():
                return self.write()
            self._add_piece(b"\0", 1)
        return False

    cdef int _add_piece(self, const char *text, Py_ssize_t size) except -1:
        (<Py_ssize_t *> extended(&self.starts, sizeof(Py_ssize_t)))[0] = self.pieces.size
        append(&self.pieces, text, size)
        return 0

    cdef bint _ends_in_break(self) noexcept:
        return self.pieces.at[self.pieces.size - 1] == LINE_BREAK

    cdef bint _ends_in_filler(self) noexcept:
        """Return whether the last piece is a single space or a line break, nothing else."""
        cdef Py_ssize_t start = (<Py_ssize_t *> (
            self.starts.at + self.starts.size - sizeof(Py_ssize_t)
        ))[0]
        return self.pieces.size - start == 1 and (
            self.pieces.at[start] == c" " or self.pieces.at[start] == LINE_BREAK
        )

    cdef int write(self) except -1:
        """Close the segment; return whether the pieces held any text."""
        if self.starts.size == 0:
            return False
        while self.starts.size > 0 and self._ends_in_filler():
            self.starts.size -= sizeof(Py_ssize_t)
            self.pieces.size -= 1
        cdef Py_ssize_t at = self.text.size
        cdef char *into = extended(&self.text, self.pieces.size + 1)
        cdef Py_ssize_t size = (
            _kept_lines(self.pieces.at, self.pieces.size, into) if self.keep_lines
            else _lines(self.pieces.at, self.pieces.size, into)
        )
        cdef Py_ssize_t chars = characters(into, size)
        cdef bint shows = chars > SHOWN_CHARS or _shows(into, size, self.words.no_glyph)
        if shows:
            into[size] = c"\n"
            self.text.size = at + size + 1
            self._add_segment(at, chars)
            self.counts.images = self.counts.fields = 0  # those before a segment count for it
        else:
            self.text.size = at
        self.pieces.size = self.starts.size = self.inline.size = 0
        self.counts.links = self.counts.link_chars = self.counts.bold_chars = 0
        self.counts.lead_link = self.tail_link = 0
        return shows

    cdef int _add_segment(self, Py_ssize_t text_at, Py_ssize_t chars) except -1:
        cdef Row *row = <Row *> extended(&self.rows, sizeof(Row))
        cdef InlineMark *marks
        cdef Py_ssize_t at, count = self.inline.size // <Py_ssize_t> sizeof(int)
        row[0] = self.counts
        row.text_at, row.chars, row.node = text_at, chars, self.node
        row.tail_link = self.tail_link == self.starts.size
        if count:
            marks = <InlineMark *> extended(&self.inline_marks, count * sizeof(InlineMark))
            for at in range(count):
                marks[at].segment = self.segment_count
                marks[at].mark = (<int *> self.inline.at)[at]
        self.segment_count += 1
        return 0

    cdef int merge(self, int first) except -1:
        """Make one segment of those from `first` on: of the cells of a row."""
        cdef Row *rows = <Row *> self.rows.at
        cdef Row *merged = rows + first
        cdef InlineMark *marks = <InlineMark *> self.inline_marks.at
        cdef Py_ssize_t at
        self._join_cells(first)
        for at in range(first + 1, self.segment_count):
            merged.link_chars += rows[at].link_chars
            merged.links += rows[at].links
            merged.bold_chars += rows[at].bold_chars
            merged.images += rows[at].images
            merged.fields += rows[at].fields
            merged.lead_link += rows[at].lead_link
            merged.tail_link += rows[at].tail_link
        merged.node = self.node
        self.rows.size = (first + 1) * sizeof(Row)
        self.segment_count = first + 1
        at = self.inline_marks.size // <Py_ssize_t> sizeof(InlineMark) - 1
        while at >= 0 and marks[at].segment > first:
            marks[at].segment = first
            at -= 1
        return 0

    cdef void _join_cells(self, int first) noexcept:
        """Write the texts of cells where the first one lies, a tab between them."""
        cdef Row *rows = <Row *> self.rows.at
        cdef Row *merged = rows + first
        cdef Py_ssize_t at, end, done = merged.text_at
        for at in range(first, self.segment_count):
            end = rows[at + 1].text_at if at + 1 < self.segment_count else self.text.size
            if at > first:
                self.text.at[done] = c"\t"
                done += 1
            done += words_joined(
                self.text.at + rows[at].text_at, end - 1 - rows[at].text_at, self.text.at + done
            )
        self.text.at[done] = c"\n"
        self.text.size = done + 1
        merged.chars = characters(self.text.at + merged.text_at, done - merged.text_at)


cdef Py_ssize_t _lines(const char *text, Py_ssize_t size, char *into) noexcept:
    """Write the lines of a segment that show something, white space collapsed as in browsers.

    No-break and wide spaces stay.  Returns how many bytes there are.
    """
    cdef Py_ssize_t at = 0, end, done = 0, line
    cdef const char *ending
    while at < size:
        ending = <const char *> memchr(text + at, LINE_BREAK, size - at)
        end = size if ending == NULL else ending - text
        line = collapsed(text + at, end - at, into + done + (done > 0))
        if line > 0:
            if done > 0:
                into[done] = c"\n"
                done += 1
            done += line
        at = end + 1
    return done


cdef Py_ssize_t _kept_lines(const char *text, Py_ssize_t size, char *into) noexcept:
    """Write preformatted lines, line ends made one; return how many bytes there are."""
    cdef Py_ssize_t at, done = 0
    cdef char octet
    for at in range(size):
        octet = text[at]
        if octet == c"\r" and at + 1 < size and text[at + 1] in (c"\n", LINE_BREAK):
            continue
        if octet == c"\r" or octet == LINE_BREAK:
            octet = c"\n"
        if done > 0 or (octet != c"\n" and octet != c" "):
            into[done] = octet
            done += 1
    while done > 0 and (into[done - 1] == c"\n" or into[done - 1] == c" "):
        done -= 1
    return done


cdef bint _shows(const char *text, Py_ssize_t size, bytes no_glyph) noexcept:
    """Return whether a character of a text is none of those that show nothing."""
    cdef Py_ssize_t at = 0, end
    cdef Py_ssize_t blank, blank_end, blanks = len(no_glyph)
    cdef const char *known = no_glyph
    while at < size:
        end = at + 1
        while end < size and (<unsigned char> text[end]) & 0xC0 == 0x80:
            end += 1
        blank = 0
        while blank < blanks:
            blank_end = blank + 1
            while blank_end < blanks and (<unsigned char> known[blank_end]) & 0xC0 == 0x80:
                blank_end += 1
            if end - at == blank_end - blank and not memcmp(text + at, known + blank, end - at):
                break
            blank = blank_end
        if blank == blanks:
            return True
        at = end
    return False
