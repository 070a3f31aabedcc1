"""Runs of words that occur more than once, compiled: what `repetition` asks for.

Runs get numbers by a hash table that compares whole keys: the numbers of the two shorter runs
that a run begins and ends with.
"""

from libc.stdlib cimport calloc, free
from libc.string cimport memset

cdef enum:
    NO_RUN = -1

ctypedef unsigned long long Key

cdef struct Runs:
    # The runs of `size` words that occur twice or more.
    Py_ssize_t size
    Py_ssize_t bound  # names lie below
    Py_ssize_t words
    const long long *edges  # characters before each word and behind the last one
    int *names  # for each word, the run that begins there or NO_RUN; equal runs have equal names
    int *counts  # for each name, how often it occurs
    Key *keys  # for each name, what it was made of
    int *slots  # hash table of names plus one, 0 is free
    Py_ssize_t slot_count  # a power of two, at least twice as many as words


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
    runs.slot_count = _power_of_two(2 * count)
    runs.names = <int *> calloc(count + 1, sizeof(int))
    runs.counts = <int *> calloc(count + 1, sizeof(int))
    runs.keys = <Key *> calloc(count + 1, sizeof(Key))
    runs.slots = <int *> calloc(runs.slot_count, sizeof(int))
    failed = edges == NULL or runs.names == NULL or runs.counts == NULL
    failed = failed or runs.keys == NULL or runs.slots == NULL
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
    free(runs.keys)
    free(runs.slots)
    if failed:
        raise MemoryError
    return tops[0], tops[1], tops[2], fives, tens


cdef void _begin(Runs *runs, const Py_ssize_t[::1] words) noexcept nogil:
    """Take single words as runs."""
    cdef Py_ssize_t at
    runs.size = 1
    runs.bound = runs.words
    for at in range(runs.words):
        runs.names[at] = <int> words[at]
        runs.counts[words[at]] += 1
    _drop_single(runs)


cdef void _lengthen(Runs *runs, Py_ssize_t shift) noexcept nogil:
    """Make runs of those that begin with a run and end with another, `shift` words behind it."""
    cdef Py_ssize_t at, last = runs.words - shift, candidates = 0, slots
    for at in range(runs.words):
        if runs.names[at] != NO_RUN:
            if at < last and runs.names[at + shift] != NO_RUN:
                candidates += 1
    slots = _power_of_two(2 * candidates)
    memset(runs.slots, 0, slots * sizeof(int))
    runs.bound = 0
    for at in range(runs.words):
        # The name `shift` words on has not been changed yet: places are taken in order.
        if runs.names[at] != NO_RUN:
            if at < last and runs.names[at + shift] != NO_RUN:
                runs.names[at] = _name(
                    runs, <Key> runs.names[at] << 32 | <Key> runs.names[at + shift], slots - 1
                )
                runs.counts[runs.names[at]] += 1
            else:
                runs.names[at] = NO_RUN
    runs.size += shift
    _drop_single(runs)


cdef inline int _name(Runs *runs, Key key, Py_ssize_t last_slot) noexcept nogil:
    """Return the name of a key, the next one where it is new."""
    # Multiplied by 2**64 over the golden ratio; the upper half depends on all bits.
    cdef Key mixed = (key ^ key >> 32) * 0x9E3779B97F4A7C15ULL
    cdef Py_ssize_t slot = <Py_ssize_t> (mixed >> 32) & last_slot
    cdef int name = runs.slots[slot]
    while name and runs.keys[name - 1] != key:
        slot = (slot + 1) & last_slot
        name = runs.slots[slot]
    if name:
        return name - 1
    runs.keys[runs.bound] = key
    runs.counts[runs.bound] = 0
    runs.bound += 1
    runs.slots[slot] = <int> runs.bound
    return <int> runs.bound - 1


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
    memset(runs.keys, 0, runs.bound * sizeof(Key))
    for at in range(runs.words):
        if at < unread or runs.names[at] == NO_RUN:
            continue
        if runs.keys[runs.names[at]]:
            repeated += runs.edges[at + runs.size] - runs.edges[at]
            unread = at + runs.size
        else:
            runs.keys[runs.names[at]] = 1
    return repeated


cdef Py_ssize_t _power_of_two(Py_ssize_t least) noexcept nogil:
    cdef Py_ssize_t power = 4
    while power < least:
        power *= 2
    return power
