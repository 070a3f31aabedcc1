"""What stands in the lines of a page that repairs begin with, compiled: what `suspects` asks for.

One pass over the characters.  What each stands for is looked up in a table that `suspects` keeps;
here nothing is known of scripts or repairs.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ

cpdef enum Sign:
    """What a character stands for, in bits."""

    ODD = 1             # a repair of characters begins with it alone
    ODD_SPACE = 1 << 1  # white space that is neither a space nor a line break
    BRACKET = 1 << 2    # opens a citation marker
    LOWER = 1 << 3
    UPPER = 1 << 4
    BLANK = 1 << 5      # a space, or a line break
    CLOSING = 1 << 6    # a round bracket closes
    LOW = 1 << 7
    HIGH = 1 << 8
    WIDE = 1 << 9
    SPACE = 1 << 10     # what may stand before a mark by mistake
    LEAD = 1 << 11
    TAIL = 1 << 12
    SQUARE = 1 << 13    # a square bracket closes
    ROUND = 1 << 14     # a round bracket opens

cpdef enum Find:
    """What a line holds, in bits."""

    CHARACTERS = 1        # an odd character
    IMAGE = 1 << 1        # a round bracket behind a square one
    GLUED = 1 << 2        # a capital behind a small letter or a closing bracket
    MARKER = 1 << 3       # a bracket that opens a citation marker
    SPACING = 1 << 4      # an odd space, two blanks, or one at either end
    SPACED_LOW = 1 << 5   # a mark of each kind behind a blank
    SPACED_HIGH = 1 << 6
    SPACED_WIDE = 1 << 7
    MISREAD = 1 << 8      # what misread UTF-8 looks like
    TRAILING = 1 << 9     # not looked for here

cdef enum:
    BEHIND = UPPER | BLANK | LOW | HIGH | WIDE | TAIL | ROUND  # finds something beside another
    ALONE = ODD | ODD_SPACE | BRACKET


def find_signs(str text not None, const long long[::1] ends, table, unsigned int[::1] finds):
    """Tell what lines hold.

    Args:
        text: Lines, each closed by a line break.
        ends: Where each ends, behind its line break, shape (n,).
        table: `CharacterTable` of `Sign`.
        finds: Written to, `Find` of each line, shape (n,).

    Returns:
        Places where a `SPACE` stands before a `LOW` or `HIGH` mark, ascending.

    Raises:
        ValueError: The lines do not lie in the text, or the table is too short.
    """
    cdef const unsigned short[::1] bits = table.bits
    cdef Py_ssize_t line, lines = ends.shape[0], start = 0, place, length
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *characters = PyUnicode_DATA(text)
    cdef unsigned int before, sign, held, found
    cdef Py_UCS4 char
    cdef list spaced = []
    length = PyUnicode_GET_LENGTH(text)
    cdef bint fits = finds.shape[0] == lines and bits.shape[0] >= 0x110000
    for line in range(lines if fits else 0):
        fits = fits and start < ends[line] <= length
        start = ends[line]
    if not fits:
        raise ValueError("lines, text and table do not fit each other")
    start = 0
    for line in range(lines):
        before = BLANK  # the line break before it
        held = found = 0
        for place in range(start, ends[line]):
            char = PyUnicode_READ(kind, characters, place)
            sign = bits[char]
            if sign == 0:
                sign = table.learn(<unsigned int> char)
            held |= sign
            if sign & BEHIND:
                found |= _pair(before, sign)
                if before & SPACE and sign & (LOW | HIGH):
                    spaced.append(place - 1)
            before = sign
        finds[line] = found | _alone(held & ALONE)
        start = ends[line]
    return spaced


cdef inline unsigned int _pair(unsigned int before, unsigned int sign) noexcept nogil:
    """Return what two neighbours are."""
    cdef unsigned int found = 0
    if sign & UPPER and before & (LOWER | CLOSING):
        found |= GLUED
    if before & BLANK:
        if sign & BLANK:
            found |= SPACING
        if sign & LOW:
            found |= SPACED_LOW
        if sign & HIGH:
            found |= SPACED_HIGH
        if sign & WIDE:
            found |= SPACED_WIDE
    if sign & ROUND and before & SQUARE:
        found |= IMAGE
    if sign & TAIL and before & LEAD:
        found |= MISREAD
    return found


cdef inline unsigned int _alone(unsigned int held) noexcept nogil:
    """Return what the characters of a line are by themselves."""
    return (
        (CHARACTERS if held & ODD else 0)
        | (SPACING if held & ODD_SPACE else 0)
        | (MARKER if held & BRACKET else 0)
    )
