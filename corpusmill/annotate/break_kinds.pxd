"""What is so of characters for rules that cut text, as compiled modules look it up."""

cimport cython

cdef enum:
    # Classes that all such rules have.
    OTHER = 1
    LINE_BREAK = 2
    EXTENDING = 9
    UNKNOWN = 10
    CLASS = 15  # flags stand above

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
