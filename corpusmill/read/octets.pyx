"""Passes over the bytes of a page, compiled: what `decode` asks for."""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from libc.string cimport memcpy


cdef enum:
    BLOCK = 128  # what a compiler counts at once in bytes of a register: fewer than 256


def count_controls(const unsigned char[::1] content):
    """Return how many bytes no text has, NUL aside, and how many are NUL.

    The former are control characters but tab, line feed, vertical tab, form feed, carriage
    return, escape (ISO 2022 has it) and substitute (the end-of-file mark of DOS).

    Args:
        content: The bytes.
    """
    cdef Py_ssize_t size = content.shape[0], start, controls = 0, nuls = 0
    for start in range(0, size, BLOCK):
        controls += _controls(&content[start], min(<Py_ssize_t> BLOCK, size - start))
        nuls += _nuls(&content[start], min(<Py_ssize_t> BLOCK, size - start))
    return controls - nuls, nuls


cdef inline unsigned char _controls(const unsigned char *content, Py_ssize_t count) noexcept nogil:
    cdef unsigned char byte, found = 0
    cdef Py_ssize_t at
    for at in range(count):
        byte = content[at]
        found += (
            (byte < 0x20) & (<unsigned char> (byte - 9) > 4) & ((byte | 1) != 0x1B)
        ) | (byte == 0x7F)
    return found


cdef inline unsigned char _nuls(const unsigned char *content, Py_ssize_t count) noexcept nogil:
    cdef unsigned char found = 0
    cdef Py_ssize_t at
    for at in range(count):
        found += content[at] == 0
    return found


def unify_breaks(bytes content not None):
    r"""Return bytes with `\n` for every `\r\n` and every other `\r`.

    Args:
        content: Text in an encoding that has ASCII as it is.
    """
    cdef Py_ssize_t size = len(content), at, count = 0
    cdef const char *source = content
    cdef bytes unified = PyBytes_FromStringAndSize(NULL, size)
    cdef char *target = PyBytes_AS_STRING(unified)
    cdef char byte
    for at in range(size):
        byte = source[at]
        target[count] = c"\n" if byte == c"\r" else byte
        # Of two bytes for one break the first is written over; bytes end with a NUL in memory.
        count += not (byte == c"\r" and source[at + 1] == c"\n")
    return unified[:count]


def is_utf8(const unsigned char[::1] content):
    """Return whether bytes are well-formed UTF-8 (The Unicode Standard, table 3-7).

    Args:
        content: The bytes.
    """
    cdef Py_ssize_t size = content.shape[0], at = 0
    cdef int count
    while at < size:
        at += _ascii_run(&content[at], size - at)
        if at < size:
            count = _sequence(&content[at], size - at)
            if count == 0:
                return False
            at += count
    return True


cdef inline Py_ssize_t _ascii_run(const unsigned char *content, Py_ssize_t size) noexcept nogil:
    """Return how many bytes are ASCII before one is not."""
    cdef Py_ssize_t at = 0
    cdef unsigned long long eight
    while size - at >= 8:
        memcpy(&eight, content + at, 8)
        if eight & 0x8080808080808080ULL:
            break
        at += 8
    while at < size and content[at] < 0x80:
        at += 1
    return at


cdef inline int _sequence(const unsigned char *content, Py_ssize_t size) noexcept nogil:
    """Return how many bytes the character beyond ASCII has that begins here; 0 for none."""
    cdef unsigned char first = content[0], least = 0x80, most = 0xBF
    cdef int count = 2 + (first >= 0xE0) + (first >= 0xF0), at
    if first < 0xC2 or first > 0xF4 or size < count:
        return 0
    if first == 0xE0:
        least = 0xA0
    elif first == 0xED:
        most = 0x9F  # behind it are surrogates
    elif first == 0xF0:
        least = 0x90
    elif first == 0xF4:
        most = 0x8F
    if not least <= content[1] <= most:
        return 0
    for at in range(2, count):
        if (content[at] & 0xC0) != 0x80:
            return 0
    return count
