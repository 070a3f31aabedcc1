"""Characters folded one by one, compiled: what `folding` asks for."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from cpython.unicode cimport (
    PyUnicode_4BYTE_KIND,
    PyUnicode_DATA,
    PyUnicode_FromKindAndData,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
)

cdef enum:
    CODE_POINTS = 0x110000
    APART = 0x7FFFFFFF


cdef class TextFolder:
    """Writes texts with what their characters fold to; learns characters as it meets them.

    Args:
        fold: Returns what a character folds to, None where that hangs on its neighbours.
    """

    # By code point: 0 where it is not known yet, one more than the code point that it folds to,
    # one more than the place in `longer` beyond all of them, or APART.
    cdef unsigned int *folds
    cdef list longer
    cdef object fold_character

    def __cinit__(self, fold):
        self.fold_character = fold
        self.longer = []
        self.folds = <unsigned int *> PyMem_Calloc(CODE_POINTS, sizeof(unsigned int))
        if self.folds is NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.folds)

    def fold(self, str text not None):
        """Return the text folded; None where a character hangs on its neighbours.

        Args:
            text: Any string.
        """
        cdef Py_ssize_t size = self._folded_size(text)
        cdef Py_UCS4 *folded
        if size < 0:
            return None
        folded = <Py_UCS4 *> PyMem_Malloc(max(size, 1) * sizeof(Py_UCS4))
        if folded is NULL:
            raise MemoryError
        try:
            self._write(text, folded)
            return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, folded, size)
        finally:
            PyMem_Free(folded)

    cdef Py_ssize_t _folded_size(self, str text) except -2:
        """Return how many characters the text folds to, -1 where that hangs on neighbours."""
        cdef int kind = PyUnicode_KIND(text)
        cdef const void *characters = PyUnicode_DATA(text)
        cdef Py_ssize_t place, size = 0
        cdef unsigned int fold
        for place in range(PyUnicode_GET_LENGTH(text)):
            fold = self.folds[PyUnicode_READ(kind, characters, place)]
            if fold == 0:
                fold = self._learn(PyUnicode_READ(kind, characters, place))
            if fold <= CODE_POINTS:
                size += 1
            elif fold == APART:
                return -1
            else:
                size += len(<str> self.longer[fold - CODE_POINTS - 1])
        return size

    cdef unsigned int _learn(self, Py_UCS4 char) except 0:
        cdef object folded = self.fold_character(chr(char))
        cdef unsigned int fold = APART
        if folded is not None and len(folded) == 1:
            fold = <unsigned int> ord(folded) + 1
        elif folded is not None:
            fold = CODE_POINTS + 1 + <unsigned int> len(self.longer)
            self.longer.append(folded)
        self.folds[<Py_ssize_t> char] = fold
        return fold

    cdef void _write(self, str text, Py_UCS4 *folded):
        cdef int kind = PyUnicode_KIND(text)
        cdef const void *characters = PyUnicode_DATA(text)
        cdef Py_ssize_t place, at = 0
        cdef unsigned int fold
        cdef Py_UCS4 char
        for place in range(PyUnicode_GET_LENGTH(text)):
            fold = self.folds[PyUnicode_READ(kind, characters, place)]
            if fold <= CODE_POINTS:
                folded[at] = fold - 1
                at += 1
                continue
            for char in <str> self.longer[fold - CODE_POINTS - 1]:
                folded[at] = char
                at += 1
