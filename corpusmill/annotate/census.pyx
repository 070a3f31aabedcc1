"""Characters of a text counted by what they are, compiled: what `char_classes` asks for.

What is so of a character is asked once and then looked up; which bits say what stands in
`char_classes`.
"""

cimport cython
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ
from libc.stdlib cimport calloc, free

cdef enum:
    CODE_POINTS = 0x110000
    ALPHABETIC = 1
    ALPHANUMERIC = 2
    DECIMAL = 4
    UPPER = 8
    SPACE = 16
    MARK = 32
    SIMPLIFIED = 64
    TRADITIONAL = 128
    SCRIPT_SHIFT = 8
    SCRIPTS = 64
    KNOWN = 1 << 15


@cython.final
cdef class Census:
    """Counts characters.

    Memory that no character asks for is never touched.

    Args:
        describe: Gives the bits of a character, below 1 << 14.
    """

    cdef object describe
    cdef unsigned short *bits  # by code point, 0 is not asked yet
    cdef Py_ssize_t *tally  # by code point, all 0 between calls

    def __cinit__(self, describe):
        self.describe = describe
        self.bits = <unsigned short *> calloc(CODE_POINTS, sizeof(unsigned short))
        self.tally = <Py_ssize_t *> calloc(CODE_POINTS, sizeof(Py_ssize_t))
        if self.bits == NULL or self.tally == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.bits)
        free(self.tally)

    def count_kinds(self, str text not None) -> tuple:
        """Return how many characters are alphanumeric, decimal, upper case and white space.

        Args:
            text: Any string.
        """
        cdef int kind = PyUnicode_KIND(text)
        cdef const void *characters = PyUnicode_DATA(text)
        cdef Py_ssize_t at, alphanumeric = 0, decimal = 0, upper = 0, space = 0
        cdef unsigned int bits
        for at in range(PyUnicode_GET_LENGTH(text)):
            bits = self._bits_of(PyUnicode_READ(kind, characters, at))
            alphanumeric += (bits & ALPHANUMERIC) != 0
            decimal += (bits & DECIMAL) != 0
            upper += (bits & UPPER) != 0
            space += (bits & SPACE) != 0
        return alphanumeric, decimal, upper, space

    def count_scripts(self, str text not None) -> tuple:
        """Return the letters of a text by the number of their script, and what else tells it.

        Args:
            text: Any string.

        Returns:
            Letters by number, those of 0 are of no script and not counted; how often the
            commonest letter occurs; how many marks there are, simplified and traditional
            characters.
        """
        cdef int kind = PyUnicode_KIND(text)
        cdef const void *characters = PyUnicode_DATA(text)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at
        cdef Py_ssize_t by_script[SCRIPTS]
        cdef Py_ssize_t commonest = 0, marks = 0, simplified = 0, traditional = 0
        cdef unsigned int char, bits, script
        for at in range(SCRIPTS):
            by_script[at] = 0
        for at in range(size):
            char = PyUnicode_READ(kind, characters, at)
            bits = self._bits_of(char)
            script = bits >> SCRIPT_SHIFT & (SCRIPTS - 1)
            marks += (bits & MARK) != 0
            simplified += (bits & SIMPLIFIED) != 0
            traditional += (bits & TRADITIONAL) != 0
            if script:
                by_script[script] += 1
                self.tally[char] += 1
                commonest = max(commonest, self.tally[char])
        for at in range(size):
            self.tally[<unsigned int> PyUnicode_READ(kind, characters, at)] = 0
        return [by_script[at] for at in range(SCRIPTS)], commonest, marks, simplified, traditional

    def count_letters(self, list passages not None, unsigned long long scripts) -> list:
        """Return for each passage its letters, the capitals among them, and letters of others.

        Args:
            passages: Strings.
            scripts: Bits of the numbers of scripts.

        Returns:
            For each passage, how many characters are letters, how many of these are upper case,
            and how many are of scripts without a bit.
        """
        cdef str passage
        cdef const void *characters
        cdef int kind
        cdef Py_ssize_t at, letters, capitals, others
        cdef unsigned int bits
        cdef list found = []
        scripts |= 1  # the number of no script
        for passage in passages:
            kind = PyUnicode_KIND(passage)
            characters = PyUnicode_DATA(passage)
            letters = capitals = others = 0
            for at in range(PyUnicode_GET_LENGTH(passage)):
                bits = self._bits_of(PyUnicode_READ(kind, characters, at))
                letters += bits & ALPHABETIC
                capitals += (bits & (ALPHABETIC | UPPER)) == (ALPHABETIC | UPPER)
                others += not scripts >> (bits >> SCRIPT_SHIFT & (SCRIPTS - 1)) & 1
            found.append((letters, capitals, others))
        return found

    cdef inline unsigned int _bits_of(self, unsigned int char) except 0:
        if self.bits[char] == 0:
            self.bits[char] = KNOWN | <unsigned short> self.describe(chr(char))
        return self.bits[char]
