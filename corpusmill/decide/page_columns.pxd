"""Whole numbers in columns of segments, inlined into the compiled modules of this folder."""

ctypedef long long Count


cdef inline float ratio(Count part, Count whole) noexcept nogil:
    """Return part / whole, and the part where the whole is 0."""
    return <float> (<double> part / <double> max(whole, 1))


cdef inline int check_page(bint fits) except -1:
    if not fits:
        raise ValueError("the columns, sums or rows are not those of one page")
    return 0
