"""What stands side by side in a text, compiled: neighbours and runs of characters.

What a character stands for is looked up in a `CharacterTable`.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ

cpdef enum:
    EVERY = 1 << 15  # the bit that every character has that was looked up

cdef enum:
    CODE_POINTS = 0x110000
    MOST_ROWS = 32
    ROW_CHARACTERS = 3


def find_rows(str text not None, table, const unsigned short[:, ::1] rows) -> int:
    """Return which rows of neighbours a text holds, as bits by their number.

    Args:
        text: Any string.
        table: `CharacterTable`.
        rows: Bits of which each of three neighbours has one, shape (r, 3), r at most 32.  A
            shorter row begins with `EVERY`.

    Raises:
        ValueError: Rows or table have another shape.
    """
    cdef const unsigned short[::1] bits = table.bits
    cdef unsigned int left = 0
    cdef Py_ssize_t row, count = rows.shape[0]
    if count > MOST_ROWS or rows.shape[1] != ROW_CHARACTERS or bits.shape[0] < CODE_POINTS:
        raise ValueError("rows or table are not of the right shape")
    # What no character has need not be looked for: of most texts nothing is left then.
    cdef unsigned int held = _held(text, table, bits)
    for row in range(count):
        if held & rows[row, 0] and held & rows[row, 1] and held & rows[row, 2]:
            left |= <unsigned int> 1 << row
    return _rows_in(text, bits, rows, left)


cdef unsigned int _held(str text, table, const unsigned short[::1] bits) except? 0:
    """Return the bits of all characters together, those of no character too; learn new ones."""
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *characters = PyUnicode_DATA(text)
    cdef unsigned int held = EVERY, sign
    cdef Py_ssize_t place
    for place in range(PyUnicode_GET_LENGTH(text)):
        sign = bits[PyUnicode_READ(kind, characters, place)]
        if sign == 0:
            sign = table.learn(<unsigned int> PyUnicode_READ(kind, characters, place))
        held |= sign
    return held


cdef unsigned int _rows_in(
    str text, const unsigned short[::1] bits, const unsigned short[:, ::1] rows, unsigned int left
) noexcept:
    """Return those of the rows left that stand in a text."""
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *characters = PyUnicode_DATA(text)
    cdef unsigned int first = EVERY, second = EVERY, third, met = 0, closing = 0
    cdef Py_ssize_t place, row, count = rows.shape[0]
    for row in range(count):
        if left >> row & 1:
            closing |= rows[row, 2]
    for place in range(PyUnicode_GET_LENGTH(text) if left else 0):
        third = bits[PyUnicode_READ(kind, characters, place)]
        if third & closing:
            for row in range(count):
                if (
                    third & rows[row, 2]
                    and second & rows[row, 1]
                    and first & rows[row, 0]
                ):
                    met |= <unsigned int> 1 << row
            if met & left == left:
                break
        first = second
        second = third
    return met & left


def find_runs(
    str text not None,
    table,
    unsigned int inside,
    unsigned int counted,
    Py_ssize_t least,
    Py_ssize_t least_counted,
) -> list:
    """Return start and end of the long runs of characters of a kind.

    Args:
        text: Any string.
        table: `CharacterTable`.
        inside: Bits of which every character of a run has one.
        counted: Bits of which some of them have one.
        least: Characters of a run.
        least_counted: Those of them that are counted.

    Raises:
        ValueError: The table is too short.
    """
    cdef const unsigned short[::1] bits = table.bits
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *characters = PyUnicode_DATA(text)
    cdef Py_ssize_t place, start = 0, length = PyUnicode_GET_LENGTH(text), count = 0
    cdef unsigned int sign
    cdef list found = []
    if bits.shape[0] < CODE_POINTS:
        raise ValueError("the table is too short")
    for place in range(length + 1):
        sign = 0
        if place < length:
            sign = bits[PyUnicode_READ(kind, characters, place)]
            if sign == 0:
                sign = table.learn(<unsigned int> PyUnicode_READ(kind, characters, place))
        if sign & inside:
            count += (sign & counted) != 0
            continue
        if place - start >= least and count >= least_counted:
            found.append((start, place))
        start = place + 1
        count = 0
    return found


def longest_run(str text not None) -> int:
    """Return how often the character that is repeated most often in a row stands there.

    Args:
        text: Any string.
    """
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *characters = PyUnicode_DATA(text)
    cdef Py_ssize_t place, start = 0, longest = 0, length = PyUnicode_GET_LENGTH(text)
    cdef Py_UCS4 char, before = 0
    for place in range(length):
        char = PyUnicode_READ(kind, characters, place)
        if char != before or place == 0:
            longest = max(longest, place - start)
            start = place
            before = char
    return max(longest, length - start)
