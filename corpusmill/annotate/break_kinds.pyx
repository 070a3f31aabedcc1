"""What is so of characters for rules that cut text, asked once and then looked up."""

cimport cython
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ
from libc.stdlib cimport calloc, free

cdef enum:
    CODE_POINTS = 0x110000
    KNOWN = 128


@cython.final
cdef class BreakKinds:
    """What is so of characters for rules that cut text, asked once and then looked up.

    Args:
        describe: Gives the bits of a character, below 128, and the code point that it is when
            its case is folded.
    """

    def __cinit__(self, describe):
        self.describe = describe
        self.kinds = <Kind *> calloc(CODE_POINTS, sizeof(Kind))
        if self.kinds == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.kinds)

    def find_unknown(self, str text not None) -> tuple:
        """Return the part of a text that the rules are not known for, (0, 0) where there is none.

        Args:
            text: Any string.

        Returns:
            First character and one past the last; the part begins and ends with a line.
        """
        cdef int kind = PyUnicode_KIND(text)
        cdef const void *characters = PyUnicode_DATA(text)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at, first = -1, last = -1
        cdef unsigned int before = LINE_BREAK, now
        for at in range(size):
            now = kind_of(self, PyUnicode_READ(kind, characters, at)).bits & CLASS
            # What extends nothing follows rules of its own.
            if now == UNKNOWN or (now == EXTENDING and before == LINE_BREAK):
                first = at if first < 0 else first
                last = at
            before = now
        if first < 0:
            return 0, 0
        while first > 0 and PyUnicode_READ(kind, characters, first - 1) != c"\n":
            first -= 1
        while last < size and PyUnicode_READ(kind, characters, last) != c"\n":
            last += 1
        return first, min(last + 1, size)

    cdef Kind *ask(self, unsigned int char) except NULL:
        """Describe a character that was not met before."""
        bits, folded = self.describe(chr(char))
        self.kinds[char].folded = folded
        self.kinds[char].bits = KNOWN | <unsigned int> bits
        return self.kinds + char
