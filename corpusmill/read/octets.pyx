"""Passes over the bytes of a page, compiled: what `decode` asks for."""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize


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
