"""Growing buffers and UTF-8, inlined into compiled modules.

Characters are those of Python's `str`: white space is what `str.isspace` says it is, except
where a function names ASCII.  Text is trusted to be UTF-8, but nothing is read behind its end.
"""

from cpython.unicode cimport Py_UNICODE_ISSPACE
from libc.stdlib cimport free, realloc
from libc.string cimport memcpy, memmove


cdef struct Buffer:
    char *at
    Py_ssize_t size  # bytes in use
    Py_ssize_t room


cdef inline char *extended(Buffer *buffer, Py_ssize_t count) except NULL:
    """Return where so many more bytes lie at the end of a buffer; its bytes may have moved."""
    cdef Py_ssize_t room
    cdef char *at
    if buffer.at == NULL or buffer.room - buffer.size < count:
        room = 2 * (buffer.size + count) + 64
        at = <char *> realloc(buffer.at, room)
        if at == NULL:
            raise MemoryError
        buffer.at = at
        buffer.room = room
    at = buffer.at + buffer.size
    buffer.size += count
    return at


cdef inline int append(Buffer *buffer, const char *octets, Py_ssize_t count) except -1:
    memcpy(extended(buffer, count), octets, count)
    return 0


cdef inline int append_number(Buffer *buffer, int number) except -1:
    """Append the decimal digits of a number that is not negative."""
    cdef char digits[12]
    cdef Py_ssize_t start = sizeof(digits)
    while True:
        start -= 1
        digits[start] = c"0" + number % 10
        number //= 10
        if number == 0:
            return append(buffer, digits + start, <Py_ssize_t> sizeof(digits) - start)


cdef inline void release(Buffer *buffer) noexcept:
    free(buffer.at)
    buffer.at = NULL


cdef inline bint is_ascii_space(unsigned char octet) noexcept:
    """Return whether `str.isspace` holds of an ASCII character: 9 to 13, 28 to 32."""
    return octet <= 32 and (0x1F0003E00ULL >> octet) & 1


cdef inline unsigned char ascii_lower(unsigned char octet) noexcept:
    return octet | 0x20 if c"A" <= octet <= c"Z" else octet


cdef inline Py_ssize_t space_at(const char *text, Py_ssize_t size) noexcept:
    """Return how many bytes the white space takes that a text begins with; 0 if it does not.

    Args:
        text: At least one byte, at the start of a character.
        size: Bytes of it.
    """
    cdef const unsigned char *octets = <const unsigned char *> text
    if octets[0] < 0x80:
        return is_ascii_space(octets[0])
    if octets[0] < 0xE0:
        return 2 if size > 1 and Py_UNICODE_ISSPACE(
            (octets[0] & 0x1F) << 6 | octets[1] & 0x3F
        ) else 0
    if octets[0] < 0xF0:
        return 3 if size > 2 and Py_UNICODE_ISSPACE(
            (octets[0] & 0x0F) << 12 | (octets[1] & 0x3F) << 6 | octets[2] & 0x3F
        ) else 0
    return 0  # no white space lies beyond the first 65,536 characters


cdef inline Py_ssize_t leading_space(const char *text, Py_ssize_t size) noexcept:
    """Return how many bytes of white space a text begins with."""
    cdef Py_ssize_t done = 0, width
    while True:
        while done < size and is_ascii_space(text[done]):
            done += 1
        width = space_at(text + done, size - done) if done < size else 0
        if width == 0:
            return done
        done += width


cdef inline Py_ssize_t trailing_space(const char *text, Py_ssize_t size) noexcept:
    """Return how many bytes of white space a text ends with."""
    cdef Py_ssize_t left = size, start
    while left > 0:
        start = left - 1
        while start > 0 and (<unsigned char> text[start]) & 0xC0 == 0x80:
            start -= 1
        if start + space_at(text + start, left - start) != left:
            break
        left = start
    return size - left


cdef inline Py_ssize_t characters(const char *text, Py_ssize_t size) noexcept:
    """Return how many characters so many bytes are."""
    cdef Py_ssize_t at, count = 0
    for at in range(size):
        count += (<unsigned char> text[at]) & 0xC0 != 0x80
    return count


cdef inline Py_ssize_t stripped_characters(const char *text, Py_ssize_t size) noexcept:
    """Return how many characters `str.strip` leaves."""
    cdef Py_ssize_t start = leading_space(text, size)
    return characters(text + start, size - start - trailing_space(text + start, size - start))


cdef inline Py_ssize_t collapsed(const char *text, Py_ssize_t size, char *into) noexcept:
    """Write the words of a text, parted by ASCII white space, with one space between them.

    Without branches, since nobody can foretell where words end.

    Args:
        text: What to collapse.
        size: Bytes of it.
        into: Room for as many bytes.

    Returns:
        How many bytes were written.
    """
    cdef Py_ssize_t at, done = 0
    cdef bint is_space, was_space = True
    for at in range(size):
        is_space = is_ascii_space(text[at])
        into[done] = c" " if is_space else text[at]
        done += not (is_space and was_space)
        was_space = is_space
    return done - (was_space and done > 0)


cdef inline Py_ssize_t words_joined(const char *text, Py_ssize_t size, char *into) noexcept:
    """Write what `" ".join(text.split())` gives; return how many bytes that is.

    Args:
        text: What to split.
        size: Bytes of it.
        into: Room for as many bytes; may be `text` itself or lie before it.
    """
    cdef Py_ssize_t at = leading_space(text, size), start, done = 0
    while at < size:
        if done > 0:
            into[done] = c" "
            done += 1
        start = at
        while at < size and not space_at(text + at, size - at):
            at += 1
            while at < size and (<unsigned char> text[at]) & 0xC0 == 0x80:
                at += 1
        memmove(into + done, text + start, at - start)
        done += at - start
        at += leading_space(text + at, size - at)
    return done
