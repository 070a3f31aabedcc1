"""Words that lines of a page share, compiled: what `text_tokens` asks for.

Here the tokens that `line_tokens` found are counted over lines.  Which lines are text, and how many
function words there may be, is the caller's to say.
"""

from libc.stdlib cimport calloc, free

from corpusmill.decide.line_characters cimport (
    CONTENT_TOKENS,
    FUNCTION_TOKENS,
    KNOWN_TOKENS,
    ROWS,
    SHARED_AFTER,
    SHARED_BEFORE,
    TITLE_SIZE,
    TITLE_TOKENS,
)
from corpusmill.decide.line_tokens cimport (
    PAIR_LINE,
    PAIR_NAME,
    PAIR_ROWS,
    PAIR_SPELLED,
    PAIR_TIMES,
    Hash,
)


cdef struct Words:
    # What is known of each token, shape (m,) unless said otherwise; one block of memory.
    int *function  # flag: it is a function word
    int *times     # how often it stands in the chosen lines with no digit at its head
    int *holders   # in how many of the chosen lines it stands
    int *flag      # what the caller wants to know
    int *best      # the best function words so far, shape (wanted,)


def count_tokens(
    const int[:, ::1] pairs,
    const Hash[::1] names,
    const unsigned char[::1] is_long,
    Py_ssize_t function_words,
    long long[:, ::1] counts,
):
    """Fill the counts of tokens that lines share, the last line taken as the page's title.

    Args:
        pairs: Line, token, how often, how often spelled, sorted by line, shape (4, p).
        names: Hash of each token, shape (m,).
        is_long: Which lines are text, shape (n,).
        function_words: How many of the most frequent words of text count as function words.
        counts: Written to from `FUNCTION_TOKENS` to `TITLE_SIZE`, zeros, shape
            (ROWS, n).

    Raises:
        ValueError: Sizes do not fit.
        MemoryError: There is no room for what is known of the tokens.
    """
    cdef Py_ssize_t lines = counts.shape[1]
    cdef Words words
    _check_pairs(pairs, names, is_long)
    if counts.shape[0] != ROWS or not lines == is_long.shape[0] > 0:
        raise ValueError("tokens and counts do not fit each other")
    words = _new_words(names.shape[0], function_words)
    with nogil:
        _read_words(pairs, names, is_long, function_words, &words)
        _count_shares(
            pairs, is_long, &words, &counts[KNOWN_TOKENS, 0], &counts[CONTENT_TOKENS, 0]
        )
        _count_function_words(pairs, &words, &counts[FUNCTION_TOKENS, 0])
        _count_neighbours(pairs, &words, &counts[SHARED_BEFORE, 0], &counts[SHARED_AFTER, 0])
        _count_of_title(pairs, &words, lines, &counts[TITLE_TOKENS, 0], &counts[TITLE_SIZE, 0])
    free(words.function)


def count_shares(
    const int[:, ::1] pairs,
    const Hash[::1] names,
    const unsigned char[::1] core,
    Py_ssize_t function_words,
    long long[:, ::1] shares,
):
    """Add how many distinct tokens of each line other core lines hold, and how many it has.

    Args:
        pairs: Line, token, how often, how often spelled, sorted by line, shape (4, p).
        names: Hash of each token, shape (m,).
        core: Which lines are taken as text, shape (n,).
        function_words: How many of the most frequent words of text are not counted.
        shares: Added to, tokens found in core lines and all tokens, shape (2, n).

    Raises:
        ValueError: Sizes do not fit.
        MemoryError: There is no room for what is known of the tokens.
    """
    cdef Words words
    _check_pairs(pairs, names, core)
    if shares.shape[0] != 2 or not shares.shape[1] == core.shape[0] > 0:
        raise ValueError("tokens and counts do not fit each other")
    words = _new_words(names.shape[0], function_words)
    with nogil:
        _read_words(pairs, names, core, function_words, &words)
        _count_shares(pairs, core, &words, &shares[0, 0], &shares[1, 0])
    free(words.function)


def count_shared(
    const int[:, ::1] pairs,
    const Hash[::1] names,
    const unsigned char[::1] chosen,
    long long[:, ::1] shares,
):
    """Add how many tokens of each line the chosen lines have as well, and how many it has.

    Args:
        pairs: Line, token, how often, how often spelled, sorted by line, shape (4, p).
        names: Hash of each token, shape (m,).
        chosen: Whose tokens are looked for, shape (n,).
        shares: Added to, tokens found and all tokens, shape (2, n).

    Raises:
        ValueError: Sizes do not fit.
        MemoryError: There is no room for what is known of the tokens.
    """
    cdef Py_ssize_t pair
    cdef Words words
    _check_pairs(pairs, names, chosen)
    if shares.shape[0] != 2 or shares.shape[1] != chosen.shape[0]:
        raise ValueError("tokens and counts do not fit each other")
    words = _new_words(names.shape[0], 0)
    with nogil:
        for pair in range(pairs.shape[1]):
            words.flag[pairs[PAIR_NAME, pair]] |= chosen[pairs[PAIR_LINE, pair]]
        for pair in range(pairs.shape[1]):
            if words.flag[pairs[PAIR_NAME, pair]]:
                shares[0, pairs[PAIR_LINE, pair]] += pairs[PAIR_TIMES, pair]
            shares[1, pairs[PAIR_LINE, pair]] += pairs[PAIR_TIMES, pair]
    free(words.function)


cdef _check_pairs(
    const int[:, ::1] pairs, const Hash[::1] names, const unsigned char[::1] chosen
):
    """Raise ValueError for pairs of other lines or tokens."""
    cdef Py_ssize_t pair
    cdef bint fits = pairs.shape[0] == PAIR_ROWS
    for pair in range(pairs.shape[1] if fits else 0):
        fits = (
            fits
            and 0 <= pairs[PAIR_LINE, pair] < chosen.shape[0]
            and 0 <= pairs[PAIR_NAME, pair] < names.shape[0]
        )
    if not fits:
        raise ValueError("pairs and lines do not fit each other")


cdef Words _new_words(Py_ssize_t count, Py_ssize_t wanted) except *:
    """Return zeros for so many tokens; the caller frees `function`, which is the whole block."""
    cdef Words words
    words.function = <int *> calloc(4 * count + wanted + 1, sizeof(int))
    if words.function == NULL:
        raise MemoryError
    words.times = words.function + count
    words.holders = words.times + count
    words.flag = words.holders + count
    words.best = words.flag + count
    return words


cdef void _read_words(
    const int[:, ::1] pairs,
    const Hash[::1] names,
    const unsigned char[::1] chosen,
    Py_ssize_t wanted,
    Words *words,
) noexcept nogil:
    """Find out in which of the chosen lines tokens stand, and which are their function words.

    Those are the most frequent words; words that stand once are none, and of two with the same
    frequency the one with the lesser hash comes first.
    """
    cdef Py_ssize_t pair, found = 0, place
    cdef int name
    for pair in range(pairs.shape[1]):
        if chosen[pairs[PAIR_LINE, pair]]:
            words.times[pairs[PAIR_NAME, pair]] += pairs[PAIR_SPELLED, pair]
            words.holders[pairs[PAIR_NAME, pair]] += 1
    for name in range(<int> names.shape[0]):
        if words.times[name] < 2:
            continue
        place = found
        while place > 0 and _is_before(names, words.times, name, words.best[place - 1]):
            if place < wanted:
                words.best[place] = words.best[place - 1]
            place -= 1
        if place < wanted:
            words.best[place] = name
            found = min(found + 1, wanted)
    for place in range(found):
        words.function[words.best[place]] = 1


cdef inline bint _is_before(
    const Hash[::1] names, const int *times, int one, int other
) noexcept nogil:
    if times[one] != times[other]:
        return times[one] > times[other]
    return names[one] < names[other]


cdef void _count_shares(
    const int[:, ::1] pairs,
    const unsigned char[::1] chosen,
    const Words *words,
    long long *known,
    long long *content,
) noexcept nogil:
    """Count the tokens that are no function words, and those that other chosen lines have."""
    cdef Py_ssize_t pair, line
    cdef int name
    for pair in range(pairs.shape[1]):
        line, name = pairs[PAIR_LINE, pair], pairs[PAIR_NAME, pair]
        if not words.function[name]:
            content[line] += 1
            known[line] += words.holders[name] > chosen[line]


cdef void _count_function_words(
    const int[:, ::1] pairs, const Words *words, long long *times
) noexcept nogil:
    cdef Py_ssize_t pair
    for pair in range(pairs.shape[1]):
        if words.function[pairs[PAIR_NAME, pair]]:
            times[pairs[PAIR_LINE, pair]] += pairs[PAIR_TIMES, pair]


cdef void _count_neighbours(
    const int[:, ::1] pairs, const Words *words, long long *before, long long *after
) noexcept nogil:
    """Count the tokens shared with the line before and after; `flag` is the last line plus one."""
    cdef Py_ssize_t pair, line
    cdef int name
    for pair in range(pairs.shape[1]):
        line, name = pairs[PAIR_LINE, pair], pairs[PAIR_NAME, pair]
        if words.function[name]:
            continue
        if line > 0 and words.flag[name] == line:
            before[line] += 1
            after[line - 1] += 1
        words.flag[name] = <int> line + 1


cdef void _count_of_title(
    const int[:, ::1] pairs,
    const Words *words,
    Py_ssize_t lines,
    long long *shared,
    long long *size,
) noexcept nogil:
    """Count the tokens that the last line, the title, has as well; `flag` says which."""
    cdef Py_ssize_t pair, line
    cdef long long own = 0
    for pair in range(pairs.shape[1]):
        words.flag[pairs[PAIR_NAME, pair]] = pairs[PAIR_LINE, pair] == lines - 1
        own += pairs[PAIR_LINE, pair] == lines - 1
    for pair in range(pairs.shape[1]):
        shared[pairs[PAIR_LINE, pair]] += words.flag[pairs[PAIR_NAME, pair]]
    for line in range(lines):
        size[line] = own
