"""Hashes of words and shingles, compiled: what `words.read_shingles` asks for."""

ctypedef unsigned long long Hash


def tell_kinds(
    const unsigned int[::1] codes,
    const unsigned char[::1] table,
    const long long[::1] edges,
    int skipped,
    unsigned char[::1] kinds,
    unsigned int[::1] kept,
    long long[::1] bounds,
):
    """Tell what each character is, and copy those that count.

    Args:
        codes: Code points of n texts, one after the other, shape (c,).
        table: Kind by code point, shape (0x110000,).
        edges: Where each text starts and the last one ends, shape (n + 1,).
        skipped: Kind of those that do not count.
        kinds: Written to, shape (c,).
        kept: Written to, shape (c,), as far as characters count.
        bounds: Written to, where those of each text end in `kept`, shape (n,).

    Raises:
        ValueError: Sizes do not fit, or a code point is none.
    """
    cdef Py_ssize_t texts = bounds.shape[0], text, at, count = 0, length = codes.shape[0]
    cdef unsigned char kind
    cdef unsigned int last = 0
    cdef bint fits = _are_edges(edges, texts, length) and length == kinds.shape[0] == kept.shape[0]
    for at in range(length if fits else 0):
        last = max(last, codes[at])
    if not fits or last >= table.shape[0]:
        raise ValueError("texts and tables do not fit each other")
    with nogil:
        for text in range(texts):
            for at in range(edges[text], edges[text + 1]):
                kind = kinds[at] = table[codes[at]]
                if kind != skipped:
                    kept[count] = codes[at]
                    count += 1
            bounds[text] = count


def hash_shingles(
    const unsigned int[::1] codes,
    const unsigned char[::1] kinds,
    const long long[::1] edges,
    int letter,
    int alone,
    Hash base,
    const Hash[::1] places,
    unsigned int[::1] hashes,
    long long[::1] counts,
):
    """Write the hash of every shingle, and how many each text has.

    A word's hash is a mix of its code points plus one, each times a power of the base; that of
    a shingle a mix of the hashes of its words, each times the multiplier of its place.

    Args:
        codes: Code points of n texts, one after the other, shape (c,).
        kinds: What each is, shape (c,).
        edges: Where each text starts and the last one ends, shape (n + 1,).
        letter: Kind of those that make a word with their neighbours.
        alone: Kind of those that are words of their own.
        base: Odd.
        places: A multiplier for each word of a shingle, shape (w,); a text of fewer words has
            one shingle, of those there are.
        hashes: Written to, shape (c,), as far as there are shingles.
        counts: Written to, shape (n,).

    Returns:
        How many shingles there are.

    Raises:
        ValueError: Sizes do not fit.
    """
    cdef Py_ssize_t texts = counts.shape[0], text, count = 0
    fits = (
        _are_edges(edges, texts, codes.shape[0])
        and codes.shape[0] == kinds.shape[0] == hashes.shape[0]
        and 0 < places.shape[0] <= MOST_WORDS
    )
    if not fits:
        raise ValueError("texts and tables do not fit each other")
    with nogil:
        for text in range(texts):
            counts[text] = _hash_text(
                codes, kinds, edges[text], edges[text + 1], letter, alone, base, places,
                &hashes[0] + count,
            )
            count += counts[text]
    return count


cdef enum:
    MOST_WORDS = 16


cdef bint _are_edges(const long long[::1] edges, Py_ssize_t texts, Py_ssize_t length) noexcept:
    cdef Py_ssize_t text
    if edges.shape[0] != texts + 1 or edges[0] != 0 or edges[texts] != length:
        return False
    for text in range(texts):
        if edges[text] > edges[text + 1]:
            return False
    return True


cdef Py_ssize_t _hash_text(
    const unsigned int[::1] codes,
    const unsigned char[::1] kinds,
    Py_ssize_t start,
    Py_ssize_t end,
    int letter,
    int alone,
    Hash base,
    const Hash[::1] places,
    unsigned int *hashes,
) noexcept nogil:
    """Write the hashes of the shingles of a text; return how many."""
    # Sums of the shingles that have begun; a word is the first of one, the second of another.
    cdef Hash sums[MOST_WORDS]
    cdef Hash power, word
    cdef Py_ssize_t at = start, words = 0, size = places.shape[0], place
    while at < end:
        if kinds[at] != letter and kinds[at] != alone:
            at += 1
            continue
        word = <Hash> codes[at] + 1
        power = base
        at += 1
        if kinds[at - 1] == letter:
            while at < end and kinds[at] == letter:
                word += (<Hash> codes[at] + 1) * power
                power *= base
                at += 1
        word = _mix(word)
        sums[words % size] = 0
        for place in range(min(words + 1, size)):
            sums[(words - place) % size] += word * places[place]
        words += 1
        if words >= size:
            hashes[words - size] = <unsigned int> (_mix(sums[words % size]) >> 32)
    if 0 < words < size:
        hashes[0] = <unsigned int> (_mix(sums[0]) >> 32)
        return 1
    return max(0, words - size + 1)


cdef inline Hash _mix(Hash value) noexcept nogil:
    """Return what `mixing.mix` does."""
    value += 0x9E3779B97F4A7C15ULL
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9ULL
    value = (value ^ value >> 27) * 0x94D049BB133111EBULL
    return value ^ value >> 31
