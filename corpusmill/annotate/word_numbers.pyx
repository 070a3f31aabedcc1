"""Numbers for the words of a text, compiled: what `counts.split_words` asks for."""

from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.dict cimport PyDict_GetItem
from cpython.unicode cimport PyUnicode_READ_CHAR

from corpusmill.segment.html.octets cimport Buffer, extended, release

cdef enum:
    NO_WORD = -1


def number_words(pieces):
    """Give the distinct words among the pieces of a text numbers, casefolded.

    Args:
        pieces: Strings, none of them empty: words, punctuation and white space.  Those with a
            letter or digit are words.

    Returns:
        The distinct casefolded words with their numbers, counted from 0 in the order of their
        first occurrence; for each word, in order, its number, as the bytes of `Py_ssize_t`.
    """
    cdef Buffer places = Buffer(NULL, 0, 0)
    cdef dict vocabulary = {}
    cdef dict numbers = {}  # of pieces as they are written
    cdef str piece
    cdef Py_ssize_t number
    cdef void *known
    try:
        for piece in pieces:
            if len(piece) == 1 and not PyUnicode_READ_CHAR(piece, 0).isalnum():
                continue  # every other piece is a space
            known = <void *> PyDict_GetItem(numbers, piece)
            if known != NULL:
                number = <object> known
            else:
                number = NO_WORD
                if _is_word(piece):
                    number = vocabulary.setdefault(piece.casefold(), len(vocabulary))
                numbers[piece] = number
            if number != NO_WORD:
                (<Py_ssize_t *> extended(&places, sizeof(Py_ssize_t)))[0] = number
        return vocabulary, PyBytes_FromStringAndSize(places.at, places.size)
    finally:
        release(&places)


cdef bint _is_word(str piece):
    """Return whether a piece holds a letter or digit."""
    cdef Py_UCS4 character
    for character in piece:
        if character.isalnum():
            return True
    return False
