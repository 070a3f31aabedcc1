"""Sentences of a text, compiled: what `counts.sentences` asks for.

By the rules SB3 to SB11 of UAX #29, section 5.1
(https://www.unicode.org/reports/tr29/#Sentence_Boundaries).
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ

from corpusmill.annotate.break_kinds cimport (
    CLASS,
    EXTENDING,
    LINE_BREAK,
    OTHER,
    BreakKinds,
    holds_word,
    kind_of,
)

cdef enum:
    # Sentence_Break classes beside those of `break_kinds`, as `sentence_classes` names them.
    TERMINAL = 3
    FULL_STOP = 4
    CLOSING = 5
    SPACE = 6
    CONTINUING = 7
    LOWER = 8
    UPPER = 11
    LETTER = 12
    NUMBER = 13
    RETURN = 14
    NOTHING = 15

cdef struct Text:
    int kind
    const void *characters
    Py_ssize_t end


def cut_sentences(BreakKinds kinds not None, str text not None, Py_ssize_t start, Py_ssize_t end):
    """Return the sentences with a letter or digit of a part of a text, in order.

    Args:
        kinds: Classes of characters.
        text: Any string; `find_unknown` finds nothing in the part.
        start: First character; it begins a line.
        end: One past the last one; it ends a line.
    """
    cdef Text whole = Text(PyUnicode_KIND(text), PyUnicode_DATA(text), end)
    cdef list sentences = []
    cdef Py_ssize_t at
    if not 0 <= start <= end <= PyUnicode_GET_LENGTH(text):
        raise ValueError("no part of the text")
    while start < end:
        at = _sentence_end(kinds, &whole, start)
        if holds_word(kinds, whole.kind, whole.characters, start, at):
            sentences.append(text[start:at])
        start = at
    return sentences


cdef Py_ssize_t _sentence_end(BreakKinds kinds, Text *text, Py_ssize_t at) except -1:
    """Return where the sentence ends that begins at a character."""
    cdef unsigned int before = NOTHING, now
    cdef Py_ssize_t behind
    while at < text.end:
        now = _class(kinds, text, at)
        if now == LINE_BREAK:
            return at + 1
        if now == RETURN:
            at += 1
            return at + (at < text.end and PyUnicode_READ(text.kind, text.characters, at) == c"\n")
        if now == TERMINAL or now == FULL_STOP:
            behind = _behind_mark(kinds, text, at, before)
            if behind < 0:
                return ~behind
            at = behind
            before = NOTHING
        else:
            if now != EXTENDING:
                before = now
            at += 1
    return at


cdef Py_ssize_t _behind_mark(
    BreakKinds kinds, Text *text, Py_ssize_t at, unsigned int before
) except? -1:
    """Return where to read on behind a mark that may end a sentence; the complement if it does.

    Args:
        at: The mark.
        before: Class of the character before it.
    """
    cdef bint is_full_stop = _class(kinds, text, at) == FULL_STOP
    cdef unsigned int now
    at = _behind_extending(kinds, text, at + 1)
    now = _class(kinds, text, at)
    if is_full_stop and (
        now == NUMBER or (now == UPPER and (before == UPPER or before == LOWER))
    ):
        return at  # SB6, SB7
    while now == CLOSING:
        at = _behind_extending(kinds, text, at + 1)
        now = _class(kinds, text, at)
    while now == SPACE:
        at = _behind_extending(kinds, text, at + 1)
        now = _class(kinds, text, at)
    if now in (NOTHING, LINE_BREAK, RETURN, CONTINUING, TERMINAL, FULL_STOP):
        return at  # SB8a, SB9, SB10
    if is_full_stop and _first_letter(kinds, text, at) == LOWER:
        return at  # SB8
    return ~at


cdef unsigned int _first_letter(BreakKinds kinds, Text *text, Py_ssize_t at) except 0:
    """Return the class of the first letter, line break or mark from a place on."""
    cdef unsigned int now = _class(kinds, text, at)
    while now in (EXTENDING, CLOSING, SPACE, CONTINUING, NUMBER, OTHER):
        at += 1
        now = _class(kinds, text, at)
    return now


cdef Py_ssize_t _behind_extending(BreakKinds kinds, Text *text, Py_ssize_t at) except -1:
    while _class(kinds, text, at) == EXTENDING:
        at += 1
    return at


cdef inline unsigned int _class(BreakKinds kinds, Text *text, Py_ssize_t at) except 0:
    """Return the class of a character, `NOTHING` behind the last one."""
    if at >= text.end:
        return NOTHING
    return kind_of(kinds, PyUnicode_READ(text.kind, text.characters, at)).bits & CLASS
