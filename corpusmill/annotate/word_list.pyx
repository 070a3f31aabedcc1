"""The words of a text and their numbers, compiled: what `counts.split_words` asks for.

Cuts text whose characters `word_classes` knows, by the rules of UAX #29, section 4.1
(https://www.unicode.org/reports/tr29/#Word_Boundaries); pieces of other text are handed in.
"""

cimport cython
from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.unicode cimport (
    PyUnicode_4BYTE_KIND,
    PyUnicode_DATA,
    PyUnicode_FromKindAndData,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
)
from libc.string cimport memcmp

from corpusmill.annotate.break_kinds cimport (
    ALPHANUMERIC,
    CLASS,
    EXTENDING,
    BreakKinds,
    Kind,
    holds_word,
    kind_of,
)
from corpusmill.segment.html.octets cimport Buffer, extended, release

cdef enum:
    # Word_Break classes beside those of `break_kinds`, as `word_classes` names them.
    LETTER = 3
    NUMBER = 4
    JOINER = 5
    MID_LETTER = 6
    MID_NUMBER = 7
    MID_BOTH = 8
    # Flags above them.
    ALPHABETIC = 32
    SEVERAL = 64  # the character becomes several ones when case is folded

ctypedef unsigned long long Hash

cdef struct Word:
    Hash hash
    Py_ssize_t start  # of its characters among those of all words
    Py_ssize_t size
    Py_ssize_t count
    Py_ssize_t number
    bint is_alphabetic


@cython.final
cdef class WordList:
    """The words of a text, casefolded, each distinct one held once.

    Args:
        kinds: What is so of characters.
    """

    cdef BreakKinds kinds
    cdef Buffer places  # Py_ssize_t: for each word of the text its number
    cdef Buffer letters  # unsigned int: the characters of all distinct words
    cdef Buffer words  # Word
    cdef Buffer slots  # Py_ssize_t: hash table of numbers plus one, 0 is free
    cdef Py_ssize_t last_slot
    cdef readonly Py_ssize_t chars
    cdef readonly Py_ssize_t alphabetic_count

    def __cinit__(self, BreakKinds kinds not None):
        self.kinds = kinds
        self.places = self.letters = self.words = self.slots = Buffer(NULL, 0, 0)
        self._make_slots(1 << 10)

    def __dealloc__(self):
        release(&self.places)
        release(&self.letters)
        release(&self.words)
        release(&self.slots)

    def __len__(self) -> int:
        """Return how many words the text has."""
        return self.places.size // <Py_ssize_t> sizeof(Py_ssize_t)

    def add_text(self, str text not None, Py_ssize_t start, Py_ssize_t end) -> None:
        """Add the words of a part of a text in which `find_unknown` finds nothing.

        Args:
            text: Any string.
            start: First character; it begins a line.
            end: One past the last one; it ends a line.
        """
        cdef int kind = PyUnicode_KIND(text)
        cdef const void *characters = PyUnicode_DATA(text)
        cdef Py_ssize_t at = start, ends
        cdef Kind *one
        if not 0 <= start <= end <= PyUnicode_GET_LENGTH(text):
            raise ValueError("no part of the text")
        while at < end:
            one = kind_of(self.kinds, PyUnicode_READ(kind, characters, at))
            ends = self._word_end(kind, characters, at, end)
            if one.bits & ALPHANUMERIC or (
                one.bits & CLASS == JOINER and holds_word(self.kinds, kind, characters, at, ends)
            ):
                self._add(text, kind, characters, at, ends)
            at = ends

    def add_pieces(self, pieces) -> None:
        """Add the words among the pieces of a text.

        Args:
            pieces: Strings: words, punctuation and white space.  Those with a letter or digit
                are words.
        """
        cdef str piece
        cdef Py_ssize_t size
        for piece in pieces:
            size = PyUnicode_GET_LENGTH(piece)
            if holds_word(self.kinds, PyUnicode_KIND(piece), PyUnicode_DATA(piece), 0, size):
                self._add(piece, PyUnicode_KIND(piece), PyUnicode_DATA(piece), 0, size)

    def numbers(self) -> bytes:
        """Return the number of each word of the text, in order, as bytes of `Py_ssize_t`.

        Distinct words are counted from 0 in the order of their first occurrence.
        """
        return PyBytes_FromStringAndSize(self.places.at, self.places.size)

    def lengths(self) -> bytes:
        """Return the characters of each word of the text, in order, as bytes of `Py_ssize_t`."""
        cdef Py_ssize_t at, count = len(self)
        cdef bytes lengths = PyBytes_FromStringAndSize(NULL, self.places.size)
        cdef Py_ssize_t *sizes = <Py_ssize_t *> <char *> lengths
        cdef const Py_ssize_t *places = <const Py_ssize_t *> self.places.at
        for at in range(count):
            sizes[at] = (<const Word *> self.words.at)[places[at]].size
        return lengths

    def vocabulary(self) -> tuple:
        """Return the distinct words, casefolded, by number."""
        cdef Py_ssize_t at
        cdef const Word *words = <const Word *> self.words.at
        return tuple([
            PyUnicode_FromKindAndData(
                PyUnicode_4BYTE_KIND,
                <const unsigned int *> self.letters.at + words[at].start,
                words[at].size,
            )
            for at in range(self._distinct())
        ])

    def count_known(self, words) -> tuple:
        """Return how many words of the text are some of these, and how many of these occur.

        Args:
            words: Distinct strings; those that are not casefolded do not occur.
        """
        cdef str word
        cdef Word *found
        cdef Hash hash
        cdef Py_ssize_t count = 0, distinct = 0, mark = self.letters.size
        for word in words:
            if word != word.casefold():
                continue  # no word of the text is written so
            hash = self._write(
                PyUnicode_KIND(word), PyUnicode_DATA(word), 0, PyUnicode_GET_LENGTH(word)
            )
            found = self._find(hash, mark)
            self.letters.size = mark
            if found != NULL:
                count += found.count
                distinct += 1
        return count, distinct

    cdef Py_ssize_t _distinct(self) noexcept:
        return self.words.size // <Py_ssize_t> sizeof(Word)

    cdef Py_ssize_t _word_end(
        self, int kind, const void *characters, Py_ssize_t at, Py_ssize_t end
    ) except -1:
        """Return where the piece ends that begins at a character."""
        cdef unsigned int before = self._class(kind, characters, at), now
        cdef Py_ssize_t next
        at += 1
        if not LETTER <= before <= JOINER:
            return self._behind_extending(kind, characters, at, end)
        while at < end:
            now = self._class(kind, characters, at)
            if LETTER <= now <= JOINER:
                before = now
                at += 1
            elif now == EXTENDING:
                at += 1
            elif (before == LETTER and (now == MID_LETTER or now == MID_BOTH)) or (
                before == NUMBER and (now == MID_NUMBER or now == MID_BOTH)
            ):
                next = self._behind_extending(kind, characters, at + 1, end)
                if next == end or self._class(kind, characters, next) != before:
                    return at
                at = next + 1
            else:
                return at
        return at

    cdef inline unsigned int _class(
        self, int kind, const void *characters, Py_ssize_t at
    ) except 0:
        return kind_of(self.kinds, PyUnicode_READ(kind, characters, at)).bits & CLASS

    cdef inline Py_ssize_t _behind_extending(
        self, int kind, const void *characters, Py_ssize_t at, Py_ssize_t end
    ) except -1:
        while at < end and self._class(kind, characters, at) == EXTENDING:
            at += 1
        return at

    cdef int _add(
        self, str text, int kind, const void *characters, Py_ssize_t start, Py_ssize_t end
    ) except -1:
        """Add a word."""
        cdef Py_ssize_t mark = self.letters.size
        cdef Hash hash = self._write(kind, characters, start, end)
        cdef Word *word
        cdef str folded
        if hash == 0:
            self.letters.size = mark
            folded = text[start:end].casefold()
            hash = self._write(
                PyUnicode_KIND(folded), PyUnicode_DATA(folded), 0, PyUnicode_GET_LENGTH(folded)
            )
        word = self._find(hash, mark)
        if word == NULL:
            word = self._enter(hash, mark)
        else:
            self.letters.size = mark
        word.count += 1
        (<Py_ssize_t *> extended(&self.places, sizeof(Py_ssize_t)))[0] = word.number
        self.chars += word.size
        self.alphabetic_count += word.is_alphabetic
        return 0

    cdef Hash _write(
        self, int kind, const void *characters, Py_ssize_t start, Py_ssize_t end
    ) except? 0:
        """Write a word, folded, behind all others; return its hash, 0 if it is longer folded."""
        cdef unsigned int *letters = <unsigned int *> extended(
            &self.letters, (end - start) * sizeof(unsigned int)
        )
        cdef Hash hash = 1
        cdef Py_ssize_t at
        cdef Kind *one
        for at in range(start, end):
            one = kind_of(self.kinds, PyUnicode_READ(kind, characters, at))
            if one.bits & SEVERAL:
                return 0
            letters[at - start] = one.folded
            hash = (hash ^ one.folded) * 0x9E3779B97F4A7C15ULL
            hash ^= hash >> 29
        return hash | 1

    cdef Word *_find(self, Hash hash, Py_ssize_t mark) noexcept:
        """Return the word equal to the letters behind a mark, NULL if there is none."""
        cdef Py_ssize_t slot = <Py_ssize_t> (hash >> 20) & self.last_slot, number
        cdef Py_ssize_t octets = self.letters.size - mark
        cdef Word *word
        while True:
            number = (<Py_ssize_t *> self.slots.at)[slot]
            if number == 0:
                return NULL
            word = <Word *> self.words.at + number - 1
            if word.hash == hash and word.size * <Py_ssize_t> sizeof(unsigned int) == octets:
                if memcmp(
                    <unsigned int *> self.letters.at + word.start, self.letters.at + mark, octets
                ) == 0:
                    return word
            slot = (slot + 1) & self.last_slot

    cdef Word *_enter(self, Hash hash, Py_ssize_t mark) except NULL:
        """Keep the letters behind a mark as a new word."""
        cdef Py_ssize_t number = self._distinct(), at
        cdef const unsigned int *letters = <const unsigned int *> (self.letters.at + mark)
        cdef Word *word = <Word *> extended(&self.words, sizeof(Word))
        word.hash = hash
        word.start = mark // <Py_ssize_t> sizeof(unsigned int)
        word.size = (self.letters.size - mark) // <Py_ssize_t> sizeof(unsigned int)
        word.count = 0
        word.number = number
        word.is_alphabetic = False
        for at in range(word.size):
            if kind_of(self.kinds, letters[at]).bits & ALPHABETIC:
                word.is_alphabetic = True
        if 2 * number > self.last_slot:
            self._make_slots(4 * (self.last_slot + 1))
        else:
            self._put(hash, number)
        return word

    cdef int _make_slots(self, Py_ssize_t count) except -1:
        """Make a hash table of so many slots, a power of two, with all words in it."""
        cdef Py_ssize_t number
        release(&self.slots)
        self.slots = Buffer(NULL, 0, 0)
        extended(&self.slots, count * sizeof(Py_ssize_t))
        for number in range(count):
            (<Py_ssize_t *> self.slots.at)[number] = 0
        self.last_slot = count - 1
        for number in range(self._distinct()):
            self._put((<Word *> self.words.at)[number].hash, number)
        return 0

    cdef void _put(self, Hash hash, Py_ssize_t number) noexcept:
        cdef Py_ssize_t slot = <Py_ssize_t> (hash >> 20) & self.last_slot
        while (<Py_ssize_t *> self.slots.at)[slot]:
            slot = (slot + 1) & self.last_slot
        (<Py_ssize_t *> self.slots.at)[slot] = number + 1
