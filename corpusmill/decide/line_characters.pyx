"""Counts of the characters of lines, compiled: what `text_measures.measure_lines` asks for.

One pass over the code points of all lines of a page.  What a character stands for is looked up
in a table of signs that `text_codepoints` makes; here nothing is known of scripts or marks.
"""

from cpython.unicode cimport PyUnicode_AsUCS4, PyUnicode_GET_LENGTH


cdef struct Text:
    const unsigned int *signs
    Py_ssize_t length


def find_bounds(list lines not None, long long[::1] bounds):
    """Set where each line starts, one after the other, and where the last one ends.

    Args:
        lines: Strings, n of them.
        bounds: Shape (n + 1,).

    Returns:
        How many characters they have.

    Raises:
        ValueError: There are not as many bounds.
    """
    cdef Py_ssize_t place = 0, end = 0
    cdef str line
    if bounds.shape[0] != len(lines) + 1:
        raise ValueError("bounds are not of as many lines")
    bounds[0] = 0
    for line in lines:
        end += PyUnicode_GET_LENGTH(line)
        place += 1
        bounds[place] = end
    return end


def copy_codes(list lines not None, unsigned int[::1] codes):
    """Write the code points of lines, one after the other, lone surrogates included.

    Args:
        lines: Strings.
        codes: Shape (c,), as many as they have characters.

    Raises:
        ValueError: There are not as many codes.
    """
    cdef Py_ssize_t end = 0, length, room = codes.shape[0]
    cdef str line
    for line in lines:
        length = PyUnicode_GET_LENGTH(line)
        if end + length > room:
            raise ValueError("lines have more characters than there are codes")
        if length:
            PyUnicode_AsUCS4(line, <Py_UCS4 *> &codes[end], length, 0)
        end += length
    if end != room:
        raise ValueError("lines have fewer characters than there are codes")


def count_characters(
    const unsigned int[::1] codes,
    const long long[::1] bounds,
    const unsigned int[::1] table,
    long long sentence_width,
    long long long_width,
    unsigned int[::1] signs,
    long long[:, ::1] counts,
):
    """Fill the counts up to `LONG`, and look up what each character stands for.

    Args:
        codes: Code points of n lines, one after the other, shape (c,).
        bounds: Where each line starts and the last one ends, shape (n + 1,).
        table: `Sign` by code point; the last entry is for all code points from there on.
        sentence_width: Columns from which a line that closes a sentence is one.
        long_width: Columns from which any line is long.
        signs: Written to, `Sign` of each character, shape (c,).
        counts: Written to, by kind and line, zeros, shape (ROWS, n).

    Raises:
        ValueError: Sizes do not fit.
    """
    cdef Py_ssize_t line, lines = counts.shape[1], beyond = table.shape[0] - 1, place
    cdef Text text
    _check(codes, bounds, table, signs, counts)
    with nogil:
        for place in range(codes.shape[0]):
            signs[place] = table[min(<Py_ssize_t> codes[place], beyond)]
        text.signs = &signs[0] if codes.shape[0] else NULL
        text.length = codes.shape[0]
        for line in range(lines):
            _count_line(text, bounds[line], bounds[line + 1], counts, line)
            _tell_length(counts, line, sentence_width, long_width)


cdef _check(
    const unsigned int[::1] codes,
    const long long[::1] bounds,
    const unsigned int[::1] table,
    unsigned int[::1] signs,
    long long[:, ::1] counts,
):
    cdef Py_ssize_t line, lines = counts.shape[1]
    fits = (
        bounds.shape[0] == lines + 1
        and bounds[0] == 0
        and bounds[lines] == codes.shape[0] == signs.shape[0]
        and counts.shape[0] == ROWS
        and table.shape[0]
    )
    for line in range(lines if fits else 0):
        fits = fits and bounds[line] <= bounds[line + 1]
    if not fits:
        raise ValueError("code points, lines and counts do not fit each other")


cdef void _count_line(
    Text text, Py_ssize_t start, Py_ssize_t end, long long[:, ::1] counts, Py_ssize_t line
) noexcept nogil:
    cdef Py_ssize_t place, core = -1
    cdef long long chars = 0, letters = 0, marks = 0, wide = 0, words = 0, capitals = 0
    cdef long long tokens = 0, length = 0, longest = 0
    cdef unsigned int sign, before = 0, first = NO_CLASS, last = NO_CLASS
    for place in range(start, end):
        sign = text.signs[place]
        counts[sign & CHAR_CLASS, line] += 1
        letters += (sign & LETTER) != 0
        marks += (sign & MARK) != 0
        wide += (sign & WIDE) != 0
        if sign & INK:
            chars += 1
            if not before & INK:
                words += 1
                capitals += (sign & UPPER) != 0
            if first == NO_CLASS:
                first = sign & CHAR_CLASS
            last = sign & CHAR_CLASS
            if sign & CORE:
                core = place
        if sign & (IN_WORD | ALONE):
            if sign & before & IN_WORD:
                length += 1
            else:
                tokens += 1
                length = 1
            longest = max(longest, length)
        if sign & IN_PATTERN:
            _count_pattern(text, start, end, place, counts, line)
        before = sign
    counts[CHARS, line] = chars
    counts[WIDTH, line] = chars + wide
    counts[LETTERS, line] = letters
    counts[MARKS, line] = marks
    counts[WIDE_CHARS, line] = wide
    counts[FIRST, line] = first
    counts[LAST, line] = last
    counts[WORDS, line] = words
    counts[CAPITAL_WORDS, line] = capitals
    counts[STAMPS, line] = counts[CLOCKS, line] + counts[DATES, line]
    counts[TOKENS, line] = tokens
    counts[LONGEST_TOKEN, line] = longest
    _tell_end(text, start, core, counts, line)


cdef void _tell_end(
    Text text, Py_ssize_t start, Py_ssize_t core, long long[:, ::1] counts, Py_ssize_t line
) noexcept nogil:
    """Say how the line ends: in its last character that is no quote or bracket, if any."""
    cdef const unsigned int *sign
    if core < 0:
        counts[CORE_LAST, line] = NO_CLASS
        return
    sign = text.signs + core
    counts[CORE_LAST, line] = sign[0] & CHAR_CLASS
    counts[CLOSED, line] = (sign[0] & ENDS_SENTENCE) != 0
    counts[TEASER_END, line] = (sign[0] & ELLIPSIS) != 0 or (
        core - 2 >= start and (sign[0] & (sign - 1)[0] & (sign - 2)[0] & DOT) != 0
    )


cdef void _count_pattern(
    Text text,
    Py_ssize_t start,
    Py_ssize_t end,
    Py_ssize_t place,
    long long[:, ::1] counts,
    Py_ssize_t line,
) noexcept nogil:
    """Count what begins or ends here: sentences, times, dates, years, addresses.

    Wide terminals that follow each other and the slashes of an address are also taken together
    across the end of a line.
    """
    cdef const unsigned int *sign = text.signs + place
    cdef bint within = (
        place > start and place + 1 < end and ((sign - 1)[0] & sign[1] & ASCII_DIGIT) != 0
    )
    if sign[0] & TERMINAL and (place + 1 == end or sign[1] & AFTER_TERMINAL):
        counts[SENTENCES, line] += 1
    if sign[0] & WIDE_TERMINAL and not (place > 0 and (sign - 1)[0] & WIDE_TERMINAL):
        counts[SENTENCES, line] += 1
    if within and sign[0] & COLON:
        counts[CLOCKS, line] += 1
    if within and sign[0] & DATE_MARK:
        counts[DATES, line] += 1
    if sign[0] & CENTURY and _is_year(sign, place - start, end - place):
        counts[YEARS, line] += 1
    if sign[0] & SCHEME and place + 2 < text.length and sign[1] & sign[2] & SLASH:
        counts[LINKS, line] += 1
    if sign[0] & AT:
        counts[AT_SIGNS, line] += 1


cdef bint _is_year(const unsigned int *sign, Py_ssize_t above, Py_ssize_t left) noexcept nogil:
    """Return whether a number of four digits starts here.

    Args:
        sign: Its first digit.
        above: Characters of the line before it.
        left: Characters of the line from it on.
    """
    if left < 4 or not sign[1] & sign[2] & sign[3] & ASCII_DIGIT:
        return False
    if above > 0 and (sign - 1)[0] & ASCII_DIGIT:
        return False
    return left == 4 or not sign[4] & ASCII_DIGIT


cdef void _tell_length(
    long long[:, ::1] counts, Py_ssize_t line, long long sentence_width, long long long_width
) noexcept nogil:
    cdef long long width = counts[WIDTH, line]
    cdef bint sentence = counts[CLOSED, line] != 0 and width >= sentence_width
    if counts[SENTENCES, line] > 0 and width >= long_width:
        sentence = True
    counts[SENTENCE, line] = sentence
    counts[LONG, line] = sentence or width >= long_width
