"""Memory for the trees of pages, compiled: what `corpusmill.memory` has libxml2 use.

A tree is tens of thousands of small blocks that come and go together.  They are laid one behind
the other in regions; a region counts its blocks, and is used again when the last one is gone.
Not for processes in which several threads parse.
"""

from libc.stdlib cimport free, malloc, realloc
from libc.string cimport memcpy, strlen


cdef enum:
    REGION_BYTES = 1 << 18
    LARGE_BYTES = 1 << 14  # larger blocks are malloc's: few, and often grown
    SPARE_REGIONS = 32  # more are given back: one huge page must not cost memory for ever
    ALIGNMENT = 16


cdef struct Region:
    Region *next
    size_t used
    Py_ssize_t blocks


cdef struct Block:
    # What lies before the bytes of a block; as long as the alignment.
    Region *region  # NULL for one that is malloc's
    size_t size


cdef Region *_open = NULL
cdef Region *_spare = NULL
cdef int _spare_count = 0
cdef Py_ssize_t _region_count = 0


ctypedef void (*Free)(void *) noexcept nogil
ctypedef void *(*Malloc)(size_t) noexcept nogil
ctypedef void *(*Realloc)(void *, size_t) noexcept nogil
ctypedef char *(*Duplicate)(const char *) noexcept nogil
ctypedef int (*Setup)(Free, Malloc, Realloc, Duplicate) noexcept nogil


def give_regions(size_t setup):
    """Have libxml2 take its memory here, before it has taken any.

    Args:
        setup: Address of its function `xmlMemSetup`.

    Returns:
        Whether it does.
    """
    return (<Setup> setup)(_free, _malloc, _realloc, _duplicate) == 0


def region_count():
    """Return how many regions there are."""
    return _region_count


cdef inline size_t _aligned(size_t size) noexcept nogil:
    return (size + ALIGNMENT - 1) & ~<size_t> (ALIGNMENT - 1)


cdef void *_malloc(size_t size) noexcept nogil:
    cdef Region *region = _open
    cdef Block *block
    cdef size_t whole = _aligned(size + sizeof(Block))
    if size > LARGE_BYTES:
        return _large(NULL, size)
    if region == NULL or REGION_BYTES - region.used < whole:
        region = _next_region()
        if region == NULL:
            return NULL
    block = <Block *> (<char *> region + region.used)
    block.region = region
    block.size = size
    region.used += whole
    region.blocks += 1
    return block + 1


cdef void *_large(Block *before, size_t size) noexcept nogil:
    """Return a large block with the bytes of one before, NULL for none; NULL without memory."""
    cdef Block *block = NULL
    if size <= <size_t> -1 - sizeof(Block):
        block = <Block *> realloc(before, size + sizeof(Block))
    if block == NULL:
        return NULL
    block.region = NULL
    block.size = size
    return block + 1


cdef void _free(void *start) noexcept nogil:
    cdef Block *block
    if start == NULL:
        return
    block = <Block *> start - 1
    if block.region == NULL:
        free(block)
        return
    block.region.blocks -= 1
    if block.region.blocks == 0:
        _empty(block.region)


cdef void *_realloc(void *start, size_t size) noexcept nogil:
    cdef Block *block
    cdef void *moved
    if start == NULL:
        return _malloc(size)
    block = <Block *> start - 1
    if block.region == NULL and size > LARGE_BYTES:
        return _large(block, size)
    if block.region != NULL and size <= block.size:
        return start
    moved = _malloc(size)
    if moved != NULL:
        memcpy(moved, start, min(size, block.size))
        _free(start)
    return moved


cdef char *_duplicate(const char *text) noexcept nogil:
    cdef size_t size = strlen(text) + 1
    cdef char *copy = <char *> _malloc(size)
    if copy != NULL:
        memcpy(copy, text, size)
    return copy


cdef Region *_next_region() noexcept nogil:
    """Return an empty region, from now on the open one; NULL where there is no memory."""
    global _open, _spare, _spare_count, _region_count
    cdef Region *region = _spare
    if region != NULL:
        _spare = region.next
        _spare_count -= 1
    else:
        region = <Region *> malloc(REGION_BYTES)
        if region == NULL:
            return NULL
        _region_count += 1
    region.used = _aligned(sizeof(Region))
    region.blocks = 0
    _open = region
    return region


cdef void _empty(Region *region) noexcept nogil:
    """Have a region without blocks used again: the open one at once, others later."""
    global _spare, _spare_count, _region_count
    if region == _open:
        region.used = _aligned(sizeof(Region))
    elif _spare_count < SPARE_REGIONS:
        region.next = _spare
        _spare = region
        _spare_count += 1
    else:
        _region_count -= 1
        free(region)
