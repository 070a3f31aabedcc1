"""Words of lines by hash, compiled: what `text_tokens` asks for.

Here tokens get their hashes and numbers, and are counted over lines.  Which characters make a
token is told by signs (`text_codepoints`), which lines are text by the caller.  Numbers are given
out by a hash table, in order of appearance, so that nothing has to be sorted.
"""

from libc.stdlib cimport calloc, free

from corpusmill.decide.line_characters cimport (
    ALONE,
    CONTENT_TOKENS,
    COPIES,
    FUNCTION_TOKENS,
    IN_WORD,
    KNOWN_TOKENS,
    NEAR_COPIES,
    NUMERIC,
    ROWS,
    SHARED_AFTER,
    SHARED_BEFORE,
    TITLE_SIZE,
    TITLE_TOKENS,
)

ctypedef unsigned long long Hash

cdef enum:
    # Rows of the table of pairs, a line and one of its tokens each.
    PAIR_LINE = 0
    PAIR_NAME = 1
    PAIR_TIMES = 2
    PAIR_SPELLED = 3
    PAIR_ROWS = 4


cdef struct Names:
    # Numbers of hashes in order of appearance; a slot holds a number plus one, 0 is free.
    Hash *hashes
    int *slots
    Py_ssize_t size
    Py_ssize_t last_slot


cdef struct Token:
    Hash hash
    bint numeric
    Py_ssize_t end


def name_tokens(
    const unsigned int[::1] codes,
    const unsigned int[::1] signs,
    const long long[::1] bounds,
    const unsigned int[::1] lower,
    const Hash[::1] weights,
    Hash number,
    int[:, ::1] pairs,
    Hash[::1] names,
    Hash[:, ::1] line_hashes,
):
    """Fill the table of pairs: which tokens stand in which lines, and how often.

    Args:
        codes: Code points of n lines, one after the other, shape (c,).
        signs: Their `Sign`, shape (c,).
        bounds: Where each line starts and the last one ends, shape (n + 1,).
        lower: Lower case by code point; code points beyond have none.
        weights: Odd multipliers by position; as many as a power of two.
        number: Hash that stands for any number.
        pairs: Written to, one column a pair, sorted by line: line, token, how often it stands
            there, how often with no digit at its head, shape (4, t), t at least all tokens.
        names: Written to, hash of each token in order of appearance, shape (t,).
        line_hashes: Written to, hash of the tokens of each line in order, 0 without any; and the
            same, all numbers taken as equal, shape (2, n).

    Returns:
        How many pairs and how many different tokens there are.

    Raises:
        ValueError: Sizes do not fit.
        MemoryError: There is no room for the hash table.
    """
    cdef Py_ssize_t lines = line_hashes.shape[1], room = pairs.shape[1], count, line
    cdef Names known
    cdef int *last_pair
    fits = (
        bounds.shape[0] == lines + 1
        and bounds[0] == 0
        and bounds[lines] == codes.shape[0] == signs.shape[0]
        and pairs.shape[0] == PAIR_ROWS
        and line_hashes.shape[0] == 2
        and names.shape[0] == room
        and 0 < weights.shape[0]
        and weights.shape[0] & (weights.shape[0] - 1) == 0
        and room <= codes.shape[0] <= 0x7FFFFFFF
    )
    for line in range(lines if fits else 0):
        fits = fits and bounds[line] <= bounds[line + 1]
    if not fits:
        raise ValueError("tokens, lines and tables do not fit each other")
    if not room:
        line_hashes[:] = 0
        return 0, 0
    known = _no_names(room)
    known.hashes = &names[0]
    last_pair = <int *> calloc(room, sizeof(int))
    if last_pair == NULL or known.slots == NULL:
        free(last_pair)
        free(known.slots)
        raise MemoryError
    with nogil:
        count = _fill_pairs(
            codes, signs, bounds, lower, weights, number, pairs, line_hashes, &known, last_pair
        )
    free(last_pair)
    free(known.slots)
    if count < 0:
        raise ValueError("there are more tokens than was said")
    return count, known.size


cdef Py_ssize_t _fill_pairs(
    const unsigned int[::1] codes,
    const unsigned int[::1] signs,
    const long long[::1] bounds,
    const unsigned int[::1] lower,
    const Hash[::1] weights,
    Hash number,
    int[:, ::1] pairs,
    Hash[:, ::1] line_hashes,
    Names *known,
    int *last_pair,
) noexcept nogil:
    """Return how many pairs there are, -1 where there is no room for all.

    `last_pair` holds the last pair of each token plus one, so that a token which stands in the
    same line once more is found at once.
    """
    cdef Py_ssize_t line, place, count = 0, tokens = 0, first, pair, low = weights.shape[0] - 1
    cdef int name
    cdef Token token
    cdef Hash exact, near
    for line in range(line_hashes.shape[1]):
        exact = near = 0
        place = bounds[line]
        first = tokens
        while place < bounds[line + 1]:
            if not signs[place] & (IN_WORD | ALONE):
                place += 1
                continue
            if tokens == pairs.shape[1]:
                return -1
            token = _read_token(codes, signs, lower, weights, place, bounds[line + 1])
            exact += token.hash * weights[(tokens - first) & low]
            near += (number if token.numeric else token.hash) * weights[(tokens - first) & low]
            name = _name(known, token.hash)
            pair = last_pair[name] - 1
            if pair < 0 or pairs[PAIR_LINE, pair] != line:
                pair = count
                count += 1
                last_pair[name] = <int> count
                pairs[PAIR_LINE, pair] = <int> line
                pairs[PAIR_NAME, pair] = name
                pairs[PAIR_TIMES, pair] = 0
                pairs[PAIR_SPELLED, pair] = 0
            pairs[PAIR_TIMES, pair] += 1
            pairs[PAIR_SPELLED, pair] += not token.numeric
            tokens += 1
            place = token.end
        line_hashes[0, line] = exact
        line_hashes[1, line] = near
    return count


cdef Token _read_token(
    const unsigned int[::1] codes,
    const unsigned int[::1] signs,
    const unsigned int[::1] lower,
    const Hash[::1] weights,
    Py_ssize_t start,
    Py_ssize_t end,
) noexcept nogil:
    """Return the token that starts somewhere in a line, and where it ends.

    Its hash is a sum of code points in lower case plus one, each times the weight of its place.
    """
    cdef Token token
    cdef Py_ssize_t place = start, low = weights.shape[0] - 1
    cdef unsigned int code
    token.hash = 0
    token.numeric = (signs[start] & NUMERIC) != 0
    while place < end and (place == start or signs[start] & signs[place] & IN_WORD):
        code = codes[place]
        if code < lower.shape[0]:
            code = lower[code]
        token.hash += (<Hash> code + 1) * weights[(place - start) & low]
        place += 1
    token.end = place
    return token


cdef Names _no_names(Py_ssize_t room) noexcept:
    """Return a table for so many hashes, at most half full; its slots are the caller's to free."""
    cdef Names names
    cdef Py_ssize_t slots = 4
    while slots < 2 * room:
        slots *= 2
    names.slots = <int *> calloc(slots, sizeof(int))
    names.hashes = NULL
    names.size = 0
    names.last_slot = slots - 1
    return names


cdef inline int _name(Names *names, Hash hash) noexcept nogil:
    """Return the number of a hash, the next one where it is new."""
    # Multiplied by 2**64 over the golden ratio; the upper half depends on all bits.
    cdef Hash mixed = (hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15ULL
    cdef Py_ssize_t slot = <Py_ssize_t> (mixed >> 32) & names.last_slot
    cdef int name = names.slots[slot]
    while name and names.hashes[name - 1] != hash:
        slot = (slot + 1) & names.last_slot
        name = names.slots[slot]
    if name:
        return name - 1
    names.hashes[names.size] = hash
    names.size += 1
    names.slots[slot] = <int> names.size
    return <int> names.size - 1


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
    const Hash[:, ::1] line_hashes,
    const unsigned char[::1] is_long,
    Py_ssize_t function_words,
    long long[:, ::1] counts,
):
    """Fill the counts of tokens that lines share, the last line taken as the page's title.

    Args:
        pairs: Line, token, how often, how often spelled, sorted by line, shape (4, p).
        names: Hash of each token, shape (m,).
        line_hashes: What `name_tokens` made, shape (2, n).
        is_long: Which lines are text, shape (n,).
        function_words: How many of the most frequent words of text count as function words.
        counts: Written to from `FUNCTION_TOKENS` on, zeros, shape (ROWS, n).

    Raises:
        ValueError: Sizes do not fit.
        MemoryError: There is no room for what is known of the tokens.
    """
    cdef Py_ssize_t lines = line_hashes.shape[1]
    cdef Words words
    _check_pairs(pairs, names, is_long)
    if counts.shape[0] != ROWS or not counts.shape[1] == lines == is_long.shape[0] > 0:
        raise ValueError("tokens and counts do not fit each other")
    _count_copies(&line_hashes[0, 0], lines, &counts[COPIES, 0])
    _count_copies(&line_hashes[1, 0], lines, &counts[NEAR_COPIES, 0])
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
    cdef Py_ssize_t pair, name, line
    cdef long long own = 0
    for pair in range(pairs.shape[1]):
        words.flag[pairs[PAIR_NAME, pair]] = pairs[PAIR_LINE, pair] == lines - 1
        own += pairs[PAIR_LINE, pair] == lines - 1
    for pair in range(pairs.shape[1]):
        shared[pairs[PAIR_LINE, pair]] += words.flag[pairs[PAIR_NAME, pair]]
    for line in range(lines):
        size[line] = own


cdef _count_copies(const Hash *hashes, Py_ssize_t lines, long long *copies):
    """Count the other lines with the same hash; lines without tokens, hash 0, have none."""
    cdef Py_ssize_t line
    cdef Names known = _no_names(lines)
    cdef int *named = <int *> calloc(2 * lines, sizeof(int))
    cdef int *holders = named + lines
    known.hashes = <Hash *> calloc(lines, sizeof(Hash))
    if known.slots != NULL and known.hashes != NULL and named != NULL:
        for line in range(lines):
            named[line] = _name(&known, hashes[line])
            holders[named[line]] += 1
        for line in range(lines):
            copies[line] = holders[named[line]] - 1 if hashes[line] else 0
    failed = known.slots == NULL or known.hashes == NULL or named == NULL
    free(known.slots)
    free(known.hashes)
    free(named)
    if failed:
        raise MemoryError
