"""Runs of words that occur more than once, compiled: what `repetition` asks for.

The key that a run gets its number by holds the numbers of the two shorter runs that it begins
and ends with.
"""

from libc.stdlib cimport calloc, free
from libc.string cimport memset

from corpusmill.numbering cimport Key, Numbers, forget_numbers, number_of, open_numbers

cdef enum:
    NO_RUN = -1

cdef struct Runs:
    # The runs of `size` words that occur twice or more.
    Py_ssize_t size
    Py_ssize_t words
    const long long *edges  # characters before each word and behind the last one
    int *names  # for each word, the run that begins there or NO_RUN; equal runs have equal names
    int *counts  # for each name, how often it occurs
    Numbers known  # gives the names out


def measure_runs(const Py_ssize_t[::1] words, const Py_ssize_t[::1] lengths):
    """Return the characters in repeated runs of words.

    Args:
        words: Number of each word, in order; equal words have equal numbers below the count of
            words, shape (n,).
        lengths: Characters of each word, in order, shape (n,).

    Returns:
        Those in the most frequent run of two, of three and of four words; and those in runs of
        five and of ten words that occurred before.

    Raises:
        ValueError: Sizes or numbers do not fit.
        MemoryError: There is no room for the tables.
    """
    cdef Py_ssize_t count = words.shape[0], at
    cdef Runs runs
    cdef long long *edges
    cdef Key *keys
    cdef long long tops[3]
    cdef long long fives, tens
    fits = lengths.shape[0] == count <= 0x3FFFFFFF
    for at in range(count if fits else 0):
        fits = fits and 0 <= words[at] < count
    if not fits:
        raise ValueError("words and lengths do not fit each other")
    edges = <long long *> calloc(count + 1, sizeof(long long))
    runs.edges = edges
    runs.words = count
    runs.names = <int *> calloc(count + 1, sizeof(int))
    runs.counts = <int *> calloc(count + 1, sizeof(int))
    keys = <Key *> calloc(count + 1, sizeof(Key))
    failed = not open_numbers(&runs.known, keys, count)
    failed = failed or edges == NULL or keys == NULL
    failed = failed or runs.names == NULL or runs.counts == NULL
    if not failed:
        with nogil:
            for at in range(count):
                edges[at + 1] = edges[at] + lengths[at]
            _begin(&runs, words)
            for at in range(3):
                _lengthen(&runs, 1)
                tops[at] = _top_chars(&runs)
            _lengthen(&runs, 1)
            fives = _duplicate_chars(&runs)
            _lengthen(&runs, 5)
            tens = _duplicate_chars(&runs)
    free(edges)
    free(runs.names)
    free(runs.counts)
    free(keys)
    free(runs.known.slots)
    if failed:
        raise MemoryError
    return tops[0], tops[1], tops[2], fives, tens


cdef void _begin(Runs *runs, const Py_ssize_t[::1] words) noexcept nogil:
    """Take single words as runs."""
    cdef Py_ssize_t at
    runs.size = 1
    for at in range(runs.words):
        runs.names[at] = <int> words[at]
        runs.counts[words[at]] += 1
    _drop_single(runs)


cdef void _lengthen(Runs *runs, Py_ssize_t shift) noexcept nogil:
    """Make runs of those that begin with a run and end with another, `shift` words behind it."""
    cdef Py_ssize_t at, last = runs.words - shift, candidates = 0
    cdef Key key
    for at in range(runs.words):
        if runs.names[at] != NO_RUN:
            if at < last and runs.names[at + shift] != NO_RUN:
                candidates += 1
    forget_numbers(&runs.known, candidates)
    memset(runs.counts, 0, candidates * sizeof(int))
    for at in range(runs.words):
        # The name `shift` words on has not been changed yet: places are taken in order.
        if runs.names[at] != NO_RUN:
            if at < last and runs.names[at + shift] != NO_RUN:
                key = <Key> runs.names[at] << 32 | <Key> runs.names[at + shift]
                runs.names[at] = number_of(&runs.known, key)
                runs.counts[runs.names[at]] += 1
            else:
                runs.names[at] = NO_RUN
    runs.size += shift
    _drop_single(runs)


cdef void _drop_single(Runs *runs) noexcept nogil:
    """Leave out the runs that occur once: no longer one of theirs occurs twice."""
    cdef Py_ssize_t at
    for at in range(runs.words):
        if runs.names[at] != NO_RUN and runs.counts[runs.names[at]] < 2:
            runs.names[at] = NO_RUN


cdef long long _top_chars(Runs *runs) noexcept nogil:
    """Return the characters in the most frequent run, of several the longest."""
    cdef Py_ssize_t at
    cdef int count
    cdef long long most = 0, longest = 0, chars
    for at in range(runs.words):
        if runs.names[at] == NO_RUN:
            continue
        count = runs.counts[runs.names[at]]
        chars = runs.edges[at + runs.size] - runs.edges[at]
        if count > most or (count == most and chars > longest):
            most, longest = count, chars
    return longest * most


cdef long long _duplicate_chars(Runs *runs) noexcept nogil:
    """Return the characters in runs that occurred before; counted runs do not overlap."""
    cdef Py_ssize_t at, unread = 0
    cdef long long repeated = 0
    # What has been seen is marked in the keys, which the next runs make anew.
    memset(runs.known.keys, 0, runs.known.count * sizeof(Key))
    for at in range(runs.words):
        if at < unread or runs.names[at] == NO_RUN:
            continue
        if runs.known.keys[runs.names[at]]:
            repeated += runs.edges[at + runs.size] - runs.edges[at]
            unread = at + runs.size
        else:
            runs.known.keys[runs.names[at]] = 1
    return repeated
