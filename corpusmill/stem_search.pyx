"""Many strings looked for in one pass over a text, compiled: what `corpusmill.stems` asks for."""

from cpython.unicode cimport (
    PyUnicode_DATA,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
)

import numpy as np

ctypedef unsigned long long Bits

cdef enum:
    GROUPS = 63  # as many as bits beside that of UNFOLDED

cdef Bits _UNFOLDED = <Bits> 1 << GROUPS
UNFOLDED = _UNFOLDED
"""The bit of characters for which a text must be folded as a whole before it is searched."""


cdef class StemSearch:
    """An automaton that finds which groups of strings texts hold.

    Args:
        columns: Column by code point; code points beyond have column 0; shape (c,).
        steps: Next state by state and column, shape (S, C); state 0 starts, and column 0 leads
            back to it.
        ends: Groups of which a string ends in a state, as bits, `UNFOLDED` among them; none in
            state 0; shape (S,).
        groups: How many groups there are.
        fold: Makes all cases of a text one.

    Raises:
        ValueError: The tables do not fit each other.
    """

    cdef const unsigned short[::1] columns
    cdef const int[::1] steps
    cdef const Bits[::1] ends
    cdef Bits wanted
    cdef int groups, width
    cdef object fold

    def __init__(self, columns, steps, ends, int groups, fold):
        states, width = steps.shape
        fits = 0 <= groups <= GROUPS and len(ends) == states and states * width < 0x7FFFFFFF
        fits = fits and steps.min() >= 0 and steps.max() < states and ends[0] == 0
        if not fits or len(columns) == 0 or columns.max() >= width:
            raise ValueError("columns, steps and ends are not those of one automaton")
        # A state is the place of its row.  Those in which strings end are marked, so that a step
        # looks no farther: they are below 0.
        rows = steps * np.int32(width)
        self.steps = np.where(ends[steps] > 0, ~rows, rows).ravel()
        self.columns, self.ends = columns, ends
        self.width, self.groups, self.fold = width, groups, fold
        self.wanted = (<Bits> 1 << groups) - 1

    def lines_with(self, lines) -> tuple:
        """Return, for every group, the positions of the lines that hold one of its strings.

        Args:
            lines: Strings.
        """
        cdef Py_ssize_t place
        cdef Bits held
        cdef int group
        cdef str line
        cdef list found = [[] for _ in range(self.groups)]
        for place, line in enumerate(lines):
            held = self._groups_in(line)
            group = 0
            while held:
                if held & 1:
                    (<list> found[group]).append(place)
                held >>= 1
                group += 1
        return tuple(found)

    def is_in(self, str text not None) -> bool:
        """Say whether a text holds a string of any group.

        Args:
            text: Any string.
        """
        return self._groups_in(text) != 0

    def groups_in(self, str text not None) -> tuple:
        """Return for every group whether a text holds one of its strings.

        Args:
            text: Any string.
        """
        cdef Bits held = self._groups_in(text)
        cdef int group
        return tuple([bool(held >> group & 1) for group in range(self.groups)])

    cdef Bits _groups_in(self, str text) except? -1:
        cdef Bits held = self._read(text)
        if held & _UNFOLDED:
            held = self._read(self.fold(text)) & ~_UNFOLDED
        return held

    cdef Bits _read(self, str text) noexcept:
        """Return the groups that a text holds, as far as it need be read to know."""
        cdef int kind = PyUnicode_KIND(text), state = 0
        cdef const void *characters = PyUnicode_DATA(text)
        cdef Py_ssize_t place, known = self.columns.shape[0]
        cdef const unsigned short *columns = &self.columns[0]
        cdef const int *steps = &self.steps[0]
        cdef Bits held = 0
        cdef Py_UCS4 char
        for place in range(PyUnicode_GET_LENGTH(text)):
            char = PyUnicode_READ(kind, characters, place)
            state = steps[state + (columns[char] if char < known else 0)]
            if state < 0:
                state = ~state
                held |= self.ends[state // self.width]
                if held >= self.wanted:  # all of them, or a character to be folded
                    break
        return held
