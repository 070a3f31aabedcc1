"""What is so of characters for rules that cut text, as compiled modules look it up."""

cimport cython
from cpython.unicode cimport PyUnicode_READ

cdef enum:
    # Classes that all such rules have.
    OTHER = 1
    LINE_BREAK = 2
    EXTENDING = 9
    UNKNOWN = 10
    CLASS = 15  # flags stand above
    ALPHANUMERIC = 16  # the one that all such rules have

cdef struct Kind:
    unsigned int folded
    unsigned int bits


@cython.final
cdef class BreakKinds:
    cdef object describe
    cdef Kind *kinds

    cdef Kind *ask(self, unsigned int char) except NULL


cdef inline Kind *kind_of(BreakKinds kinds, unsigned int char) except NULL:
    """Return what is so of a character."""
    return kinds.kinds + char if kinds.kinds[char].bits else kinds.ask(char)


cdef inline bint holds_word(
    BreakKinds kinds, int kind, const void *characters, Py_ssize_t start, Py_ssize_t end
) except -1:
    """Return whether a part of a text holds a letter or digit."""
    cdef Py_ssize_t at
    for at in range(start, end):
        if kind_of(kinds, PyUnicode_READ(kind, characters, at)).bits & ALPHANUMERIC:
            return True
    return False
