"""What each two pages of a site share, compiled: what `clusters` asks for."""


def add_shared(
    const long long[::1] pages,
    const long long[::1] starts,
    const long long[::1] counts,
    const long long[::1] weights,
    long long[:, ::1] shared,
):
    """Add the weight of every line to each two pages that hold it.

    Args:
        pages: Pages that hold the lines, line by line, shape (m,).
        starts: Where the pages of each line begin, shape (k,).
        counts: How many they are, shape (k,).
        weights: Weight of each line, shape (k,).
        shared: Added to, shape (n, n); a page holds a line once and shares it with itself too
            where others hold it.

    Raises:
        ValueError: Sizes or numbers do not fit.
    """
    cdef Py_ssize_t count = starts.shape[0], size = shared.shape[0], line
    fits = counts.shape[0] == weights.shape[0] == count and shared.shape[1] == size
    for line in range(count if fits else 0):
        fits = fits and 0 <= starts[line] <= pages.shape[0] - counts[line] and counts[line] >= 0
    for line in range(pages.shape[0] if fits else 0):
        fits = fits and 0 <= pages[line] < size
    if not fits:
        raise ValueError("lines and pages do not fit each other")
    with nogil:
        for line in range(count):
            if counts[line] > 1:
                _add(&pages[starts[line]], counts[line], weights[line], &shared[0, 0], size)


cdef void _add(
    const long long *pages, Py_ssize_t count, long long weight, long long *shared, Py_ssize_t size
) noexcept nogil:
    cdef Py_ssize_t one, other
    cdef long long *row
    for one in range(count):
        row = shared + pages[one] * size
        for other in range(count):
            row[pages[other]] += weight
