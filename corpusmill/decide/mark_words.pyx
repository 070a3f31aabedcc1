"""Reading class, id, role and item property, compiled: what `dom_marks` asks for.

Marks are read character by character, and whole words looked up in a tree of letters.
"""

from cpython.unicode cimport (
    PyUnicode_4BYTE_KIND,
    PyUnicode_AsUCS4,
    PyUnicode_FromKindAndData,
    PyUnicode_GET_LENGTH,
)
from libc.stdlib cimport free, malloc

ctypedef unsigned long long Bits

cdef enum:
    DIGITS = 26  # symbols: a to z, 0 to 9
    ASCII = 128


def read_marks(
    marks,
    const short[:, ::1] steps,
    const Bits[::1] meanings,
    Bits[::1] bits,
    int[::1] kinds,
):
    """Read all marks of a page.

    Words begin where letters or digits begin and at a capital after or before a small letter;
    digits at their end do not count.  A name in small letters of which some are not ASCII is one
    word.

    Args:
        marks: Strings, n of them.
        steps: Next state by state and symbol (a to z, 0 to 9), shape (S, 36); state 0 starts,
            no state leads back to it.
        meanings: What the word that ends in a state says, shape (S,).
        bits: Set to what the words of each mark say, shape (n,).
        kinds: Set to a number that marks share which differ only in ids and digits, counted up
            from 0, shape (n,).

    Returns:
        The marks without ids and digits, by number.

    Raises:
        ValueError: The shapes do not fit.
    """
    cdef Py_ssize_t place, length, longest = 0
    cdef Py_UCS4 *text
    cdef Py_UCS4 *plain
    cdef dict known = {}
    cdef str mark
    if steps.shape[1] != DIGITS + 10 or steps.shape[0] != meanings.shape[0]:
        raise ValueError("steps and meanings are not those of one tree")
    if bits.shape[0] != len(marks) or kinds.shape[0] != len(marks):
        raise ValueError("bits and kinds are not of as many marks")
    for mark in marks:
        longest = max(longest, PyUnicode_GET_LENGTH(mark))
    text = <Py_UCS4 *> malloc((2 * longest + 1) * sizeof(Py_UCS4))
    if text == NULL:
        raise MemoryError
    plain = text + longest
    try:
        for place, mark in enumerate(marks):
            PyUnicode_AsUCS4(mark, text, longest, 0)
            length = 0
            bits[place] = _read_mark(mark, text, steps, meanings, plain, &length)
            same = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, plain, length)
            kinds[place] = known.setdefault(same, len(known))
    finally:
        free(text)
    return tuple(known)


cdef Bits _read_mark(
    str mark,
    const Py_UCS4 *text,
    const short[:, ::1] steps,
    const Bits[::1] meanings,
    Py_UCS4 *plain,
    Py_ssize_t *length,
) except? 0:
    """Return what a mark says; write it without ids and digits, at most one character longer."""
    cdef Py_ssize_t count = PyUnicode_GET_LENGTH(mark), start = 0, end
    cdef Py_UCS4 widest
    cdef Bits bits = 0
    while start < count:
        if text[start].isspace():
            start += 1
            continue
        end, widest = start, 0
        while end < count and not text[end].isspace():
            widest = max(widest, text[end])
            end += 1
        if widest < ASCII or not _is_one_word(mark[start:end]):
            bits |= _read_name(text, start, end, steps, meanings)
        if text[start] != u"#":
            _write_plain(text, start, end, plain, length)
        start = end
    return bits


cdef void _write_plain(
    const Py_UCS4 *text, Py_ssize_t start, Py_ssize_t end, Py_UCS4 *plain, Py_ssize_t *length
) noexcept:
    cdef Py_ssize_t place
    plain[length[0]] = u" "
    length[0] += 1
    for place in range(start, end):
        if _is_digit(text[place]) or (text[place] >= ASCII and text[place].isdecimal()):
            continue
        plain[length[0]] = text[place]
        length[0] += 1


cdef bint _is_one_word(str name):
    return name.isalpha() and name.islower()


cdef Bits _read_name(
    const Py_UCS4 *text,
    Py_ssize_t start,
    Py_ssize_t end,
    const short[:, ::1] steps,
    const Bits[::1] meanings,
) noexcept nogil:
    """Return what the words of the name between two places say."""
    cdef Bits bits = 0
    cdef Py_ssize_t word
    while start < end:
        word = _word_end(text, start, end)
        bits |= _read_word(text, start, word, steps, meanings)
        start = max(word, start + 1)
    return bits


cdef Py_ssize_t _word_end(
    const Py_UCS4 *text, Py_ssize_t start, Py_ssize_t end
) noexcept nogil:
    """Return where the word that starts at a place ends: there, if none does."""
    cdef Py_ssize_t place = start
    while place < end and _is_capital(text[place]):
        place += 1
    if place - start > 1:  # capitals: the last one belongs to small letters behind it
        if place < end and _is_small(text[place]):
            place -= 1
        return place
    while place < end and _is_symbol(text[place]):
        place += 1
    return place


cdef Bits _read_word(
    const Py_UCS4 *text,
    Py_ssize_t start,
    Py_ssize_t end,
    const short[:, ::1] steps,
    const Bits[::1] meanings,
) noexcept nogil:
    cdef int state = 0
    cdef Py_UCS4 char
    while end > start and _is_digit(text[end - 1]):
        end -= 1
    if start == end:
        return 0
    while start < end:
        char = text[start]
        if _is_digit(char):
            state = steps[state, DIGITS + <int> char - <int> u"0"]
        elif _is_small(char):
            state = steps[state, <int> char - <int> u"a"]
        else:
            state = steps[state, <int> char - <int> u"A"]
        if state == 0:
            return 0
        start += 1
    return meanings[state]


cdef inline bint _is_small(Py_UCS4 char) noexcept nogil:
    return u"a" <= char <= u"z"


cdef inline bint _is_capital(Py_UCS4 char) noexcept nogil:
    return u"A" <= char <= u"Z"


cdef inline bint _is_digit(Py_UCS4 char) noexcept nogil:
    return u"0" <= char <= u"9"


cdef inline bint _is_symbol(Py_UCS4 char) noexcept nogil:
    return _is_small(char) or _is_digit(char)
