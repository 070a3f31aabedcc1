"""Numbers given out to keys in order of appearance, inlined into compiled modules.

A hash table that compares whole keys, with open addressing, at most half full.
"""

from libc.stdlib cimport calloc
from libc.string cimport memset

ctypedef unsigned long long Key


cdef struct Numbers:
    Key *keys  # by number
    int *slots  # a number plus one, 0 is free
    Py_ssize_t last_slot  # one less than a power of two
    int count


cdef inline bint open_numbers(Numbers *numbers, Key *keys, Py_ssize_t most) noexcept nogil:
    """Take memory for slots, which the caller frees; return whether there was enough.

    Args:
        numbers: Set to a table without keys.
        keys: Where to keep them, the caller's.
        most: Keys that there may be.
    """
    numbers.keys = keys
    numbers.count = 0
    numbers.last_slot = _slots_for(most) - 1
    numbers.slots = <int *> calloc(numbers.last_slot + 1, sizeof(int))
    return numbers.slots != NULL


cdef inline void forget_numbers(Numbers *numbers, Py_ssize_t most) noexcept nogil:
    """Begin anew, with at most so many keys, and no more than the table was opened for."""
    numbers.count = 0
    numbers.last_slot = _slots_for(most) - 1
    memset(numbers.slots, 0, (numbers.last_slot + 1) * sizeof(int))


cdef inline Py_ssize_t _slots_for(Py_ssize_t most) noexcept nogil:
    cdef Py_ssize_t slots = 4
    while slots < 2 * most:
        slots *= 2
    return slots


cdef inline int number_of(Numbers *numbers, Key key) noexcept nogil:
    """Return the number of a key, the next one where it is new."""
    # Multiplied by 2**64 over the golden ratio; the upper half depends on all bits.
    cdef Key mixed = (key ^ (key >> 32)) * 0x9E3779B97F4A7C15ULL
    cdef Py_ssize_t slot = <Py_ssize_t> (mixed >> 32) & numbers.last_slot
    cdef int found = numbers.slots[slot]
    while found and numbers.keys[found - 1] != key:
        slot = (slot + 1) & numbers.last_slot
        found = numbers.slots[slot]
    if found:
        return found - 1
    numbers.keys[numbers.count] = key
    numbers.count += 1
    numbers.slots[slot] = numbers.count
    return numbers.count - 1
