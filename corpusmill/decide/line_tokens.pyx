"""Words of lines by hash, compiled: what `text_tokens.read_tokens` asks for.

Here tokens get their hashes and numbers.  Which characters make a token is told by signs
(`text_codepoints`); what lines share is counted in `token_shares`.  Numbers are given out in
order of appearance, so that nothing has to be sorted.
"""

from libc.stdlib cimport calloc, free

from corpusmill.decide.line_characters cimport ALONE, IN_WORD, NUMERIC
from corpusmill.numbering cimport Numbers, number_of, open_numbers


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
    cdef Numbers known
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
    last_pair = <int *> calloc(room, sizeof(int))
    if not open_numbers(&known, &names[0], room) or last_pair == NULL:
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
    return count, known.count


cdef Py_ssize_t _fill_pairs(
    const unsigned int[::1] codes,
    const unsigned int[::1] signs,
    const long long[::1] bounds,
    const unsigned int[::1] lower,
    const Hash[::1] weights,
    Hash number,
    int[:, ::1] pairs,
    Hash[:, ::1] line_hashes,
    Numbers *known,
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
            name = number_of(known, token.hash)
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


def count_copies(const Hash[::1] hashes, long long[::1] copies):
    """Count the other lines with the same hash; lines without tokens, hash 0, have none.

    Args:
        hashes: One a line, shape (n,).
        copies: Written to, shape (n,).

    Raises:
        ValueError: Sizes do not fit.
        MemoryError: There is no room for the hash table.
    """
    cdef Py_ssize_t line, lines = hashes.shape[0]
    if copies.shape[0] != lines:
        raise ValueError("not as many copies as hashes")
    cdef Numbers known
    cdef int *named = <int *> calloc(2 * lines, sizeof(int))
    cdef int *holders = named + lines
    cdef bint failed = not open_numbers(&known, <Hash *> calloc(lines, sizeof(Hash)), lines)
    failed = failed or known.keys == NULL or named == NULL
    if not failed:
        for line in range(lines):
            named[line] = number_of(&known, hashes[line])
            holders[named[line]] += 1
        for line in range(lines):
            copies[line] = holders[named[line]] - 1 if hashes[line] else 0
    free(known.slots)
    free(known.keys)
    free(named)
    if failed:
        raise MemoryError
