"""Segments and their decisions as columns, compiled: what `ledger` asks for."""

from cpython.bytearray cimport PyByteArray_AS_STRING, PyByteArray_Resize
from cpython.bytes cimport PyBytes_AS_STRING
from libc.string cimport memcpy


def read_numbers(
    list segments not None,
    list decisions not None,
    tuple roles not None,
    tuple fates not None,
    tuple reasons not None,
    long long[::1] starts,
    long long[::1] ends,
    unsigned char[:, ::1] codes,
    int[::1] ordinals,
    float[::1] scores,
    unsigned char[::1] is_scored,
):
    """Write what is a number, or one of few values, of each segment and its decision.

    Args:
        segments: `Segment`, n of them.
        decisions: `Decision` of each.
        roles: All that there are, 255 at most, as of all codes.
        fates: All.
        reasons: All, None among them.
        starts: Written to, shape (n,).
        ends: Written to, shape (n,).
        codes: Written to, places of role, fate and reason among all, shape (3, n).
        ordinals: Written to, shape (n,), -1 for segments of no document.
        scores: Written to, shape (n,), 0 where there is none.
        is_scored: Written to, shape (n,), whether there is one.

    Raises:
        ValueError: The lengths differ, or there is another code.
    """
    cdef Py_ssize_t row, rows = len(segments)
    cdef object segment, decision, value
    sizes = {
        len(decisions), starts.shape[0], ends.shape[0], codes.shape[1], ordinals.shape[0],
        scores.shape[0], is_scored.shape[0],
    }
    if sizes != {rows} or codes.shape[0] != CODES:
        raise ValueError("segments, decisions and columns are not as long as each other")
    for row in range(rows):
        segment, decision = segments[row], decisions[row]
        starts[row] = segment.start
        ends[row] = segment.end
        codes[0, row] = _place_of(decision.role, roles)
        codes[1, row] = _place_of(decision.fate, fates)
        codes[2, row] = _place_of(decision.reason, reasons)
        value = decision.document
        ordinals[row] = -1 if value is None else value
        value = decision.score
        scores[row] = 0 if value is None else <double> value
        is_scored[row] = value is not None


cdef enum:
    CODES = 3
    MOST_VALUES = 255


cdef int _place_of(object value, tuple values) except -1:
    """Return the place of one of few values; there is one object of each."""
    cdef int place
    for place in range(min(MOST_VALUES, len(values))):
        if values[place] is value:
            return place
    raise ValueError(f"{value!r} is none of {values!r}")


def join_shown(
    list texts not None,
    const long long[::1] bounds,
    const long long[::1] starts,
    const long long[::1] ends,
    const unsigned char[::1] is_hidden,
    int[::1] offsets,
) -> bytearray:
    """Return the texts of segments in UTF-8, one after the other, but those that are hidden.

    Args:
        texts: Texts of n pages.
        bounds: Where the segments of each page begin, and the last ones end, shape (n + 1,).
        starts: First character of each of m segments, shape (m,); they tile the texts.
        ends: One past the last character, shape (m,).
        is_hidden: Whether a segment is left out, shape (m,).
        offsets: Written to, where each segment begins in what is returned, and the last one
            ends, shape (m + 1,).

    Raises:
        ValueError: The segments do not tile the texts, or sizes do not fit.
        OverflowError: The texts are longer than offsets can say.
    """
    cdef Py_ssize_t pages = len(texts), rows = starts.shape[0], page, used = 0, size
    cdef bytearray joined = bytearray()
    cdef bytes encoded
    cdef str text
    fits = bounds.shape[0] == pages + 1 and bounds[0] == 0 and bounds[pages] == rows
    fits = fits and ends.shape[0] == is_hidden.shape[0] == rows == offsets.shape[0] - 1
    if not fits:
        raise ValueError("texts, segments and offsets do not fit each other")
    offsets[0] = 0
    for page in range(pages):
        text = texts[page]
        _check_tiles(starts, ends, bounds[page], bounds[page + 1], len(text))
        encoded = text.encode()
        size = len(encoded)
        if used + size > 0x7FFFFFFF:
            raise OverflowError("the texts of the segments are longer than 2 GB")
        PyByteArray_Resize(joined, used + size)
        used = _copy_shown(
            PyBytes_AS_STRING(encoded), size == len(text), starts, ends, is_hidden,
            bounds[page], bounds[page + 1], PyByteArray_AS_STRING(joined), used, offsets,
        )
    PyByteArray_Resize(joined, used)
    return joined


cdef _check_tiles(
    const long long[::1] starts,
    const long long[::1] ends,
    Py_ssize_t first,
    Py_ssize_t last,
    Py_ssize_t length,
):
    cdef Py_ssize_t row
    cdef long long at = 0
    cdef bint fits = 0 <= first <= last <= starts.shape[0]
    for row in range(first, last if fits else first):
        fits = fits and starts[row] == at <= ends[row]
        at = ends[row]
    if not fits or at > length:
        raise ValueError("the segments of a page do not tile its text")


cdef Py_ssize_t _copy_shown(
    const char *encoded,
    bint is_ascii,
    const long long[::1] starts,
    const long long[::1] ends,
    const unsigned char[::1] is_hidden,
    Py_ssize_t first,
    Py_ssize_t last,
    char *joined,
    Py_ssize_t used,
    int[::1] offsets,
) noexcept nogil:
    """Copy the segments of a page; return where the next page's begin."""
    cdef Py_ssize_t row, at = 0, size
    for row in range(first, last):
        size = ends[row] - starts[row]
        if not is_ascii:
            size = _bytes_of(encoded + at, size)
        if not is_hidden[row]:
            memcpy(joined + used, encoded + at, size)
            used += size
        offsets[row + 1] = <int> used
        at += size
    return used


cdef Py_ssize_t _bytes_of(const char *encoded, Py_ssize_t characters) noexcept nogil:
    """Return how many bytes some characters take."""
    cdef Py_ssize_t at = 0
    cdef unsigned char lead
    while characters > 0:
        lead = <unsigned char> encoded[at]
        at += 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
        characters -= 1
    return at
