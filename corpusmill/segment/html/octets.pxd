"""Growing buffers and UTF-8, inlined into the compiled modules of this folder.

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


cdef inline void release(Buffer *buffer) noexcept:
    free(buffer.at)
    buffer.at = NULL


cdef inline bint is_ascii_space(unsigned char octet) noexcept:
    return octet == 32 or 9 <= octet <= 13 or 28 <= octet <= 31


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
    while done < size:
        width = space_at(text + done, size - done)
        if width == 0:
            break
        done += width
    return done


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


cdef inline Py_ssize_t collapsed(
    const char *text, Py_ssize_t size, char *into, bint at_ascii_only
) noexcept:
    """Write the words of a text with one space between them; return how many bytes that is.

    Args:
        text: What to collapse.
        size: Bytes of it.
        into: Room for as many bytes; may be `text` itself or lie before it.
        at_ascii_only: Whether white space beyond ASCII is part of words.
    """
    cdef Py_ssize_t at = 0, word, done = 0, width
    while True:
        while at < size:
            width = _parting(text + at, size - at, at_ascii_only)
            if width == 0:
                break
            at += width
        if at == size:
            return done
        word = at
        while at < size and not _parting(text + at, size - at, at_ascii_only):
            at += 1
            while at < size and (<unsigned char> text[at]) & 0xC0 == 0x80:
                at += 1
        if done > 0:
            into[done] = c" "
            done += 1
        memmove(into + done, text + word, at - word)
        done += at - word


cdef inline Py_ssize_t _parting(
    const char *text, Py_ssize_t size, bint at_ascii_only
) noexcept:
    if at_ascii_only:
        return is_ascii_space(text[0])
    return space_at(text, size)
