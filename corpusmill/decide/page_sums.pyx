"""Sums over a page's segments, compiled: what `html_model` and `probabilities` ask for.

Whole numbers, so that the order does not matter.
"""

from libc.math cimport rintf
from libc.stdlib cimport calloc, free

from corpusmill.decide.page_columns cimport Count, check_page

ctypedef unsigned long long Wrapped  # as numpy's sums of whole numbers: too large ones wrap


def add_columns(
    const float[:, ::1] columns,
    const Count[::1] places,
    const Count[::1] likely,
    const Count[::1] width,
    float cap,
    float fine,
    Count[:, ::1] sums,
):
    """Set the sums of some features by likely columns of text, by what is likely, and plain.

    Args:
        columns: Values by feature and segment, shape (F, n).
        places: Which of the features are summed up, shape (k,).
        likely: Probabilities, shape (n,).
        width: Weights, shape (n,).
        cap: Greater values, and those below -cap, count as these.
        fine: Parts of one that values are rounded to.
        sums: In these parts, shape (3, k).

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t place, feature, count = columns.shape[1]
    cdef const float *values
    cdef Wrapped by_mass, by_likely, plain, value
    check_page(likely.shape[0] == width.shape[0] == count)
    check_page(sums.shape[0] == 3 and sums.shape[1] == places.shape[0])
    for feature in range(places.shape[0]):
        check_page(0 <= places[feature] < columns.shape[0])
    if count == 0:
        sums[:] = 0
        return
    with nogil:
        for feature in range(places.shape[0]):
            values = &columns[places[feature], 0]
            by_mass = by_likely = plain = 0
            for place in range(count):
                value = <Wrapped> <Count> rintf(max(min(values[place], cap), -cap) * fine)
                plain += value
                by_likely += value * <Wrapped> likely[place]
                by_mass += value * <Wrapped> (likely[place] * width[place])
            sums[0, feature] = <Count> by_mass
            sums[1, feature] = <Count> by_likely
            sums[2, feature] = <Count> plain


def add_near(
    const signed char[:, ::1] near,
    const Count[::1] likely,
    const Count[::1] width,
    int nowhere,
    Count[:, ::1] sums,
):
    """Set the likely columns of text in elements of each group, and what is likely right in one.

    Args:
        near: Distances from segments to the nearest element of each group, shape (n, groups).
        likely: Probabilities, shape (n,).
        width: Weights, shape (n,).
        nowhere: Distance from which there is no such element.
        sums: Shape (2, groups).

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t place, group, count = near.shape[0]
    cdef Count mass
    check_page(likely.shape[0] == width.shape[0] == count)
    check_page(sums.shape[0] == 2 and sums.shape[1] == near.shape[1])
    sums[:] = 0
    with nogil:
        for place in range(count):
            mass = likely[place] * width[place]
            for group in range(near.shape[1]):
                sums[0, group] += mass if near[place, group] < nowhere else 0
                sums[1, group] += likely[place] if near[place, group] <= 0 else 0


def totals(
    const Count[::1] likely, const Count[::1] width, Count sure
) -> tuple[int, int, int, int, int]:
    """Return sums over all segments.

    Args:
        likely: Probabilities, shape (n,).
        width: Weights, shape (n,).
        sure: The greatest probability.

    Returns:
        The sum of likely columns, of what is likely, of columns; the greatest probability, 0 where
        there is no segment; the columns by what is likely times what is not.

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t place
    cdef Count mass = 0, all_likely = 0, columns = 0, most = 0, doubt = 0
    check_page(likely.shape[0] == width.shape[0])
    for place in range(likely.shape[0]):
        mass += likely[place] * width[place]
        all_likely += likely[place]
        columns += width[place]
        most = max(most, likely[place])
        doubt += likely[place] * (sure - likely[place]) * width[place]
    return mass, all_likely, columns, most, doubt


def best_expected_f(const Count[::1] likely, const Count[::1] width, int sure) -> float:
    """Return the greatest F1 that a choice of the likeliest segments can be expected to have.

    Args:
        likely: Probabilities from 0 to `sure`, shape (n,).
        width: Weights, shape (n,).
        sure: The greatest probability, and what the F1 is a part of.

    Returns:
        At most `sure`, 0 where there is no segment.

    Raises:
        ValueError: A shape does not fit, or a probability is greater.
        MemoryError: There is no room to put the segments in order.
    """
    cdef Py_ssize_t place, rank, count = likely.shape[0]
    cdef Py_ssize_t *ends
    cdef Py_ssize_t *order
    cdef Count hits = 0, chosen = 0
    cdef double best = 0
    check_page(width.shape[0] == count and sure >= 0)
    for place in range(count):
        check_page(0 <= likely[place] <= sure)
    ends = <Py_ssize_t *> calloc(sure + 2 + count, sizeof(Py_ssize_t))
    if ends == NULL:
        raise MemoryError
    order = ends + sure + 2
    with nogil:
        for place in range(count):  # ends[sure - p + 1]: how many are exactly p
            ends[sure - likely[place] + 1] += 1
            chosen += likely[place] * width[place]
        for rank in range(sure + 1):
            ends[rank + 1] += ends[rank]
        for place in range(count):  # likeliest first, in page order among equals
            order[ends[sure - likely[place]]] = place
            ends[sure - likely[place]] += 1
        for rank in range(count):
            place = order[rank]
            hits += likely[place] * width[place]
            chosen += width[place] * sure
            best = max(best, <double> (2 * sure * hits) / <double> max(chosen, 1))
    free(ends)
    return best


def mass_above(const Count[::1] likely, const Count[::1] width, Count threshold):
    """Return the likely columns of the segments above a threshold, and those of all.

    Args:
        likely: Probabilities, shape (n,).
        width: Weights, shape (n,).
        threshold: What is likelier counts.

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t place
    cdef Wrapped above = 0, whole = 0, mass
    check_page(likely.shape[0] == width.shape[0])
    for place in range(likely.shape[0]):
        mass = <Wrapped> (likely[place] * width[place])
        whole += mass
        if likely[place] > threshold:
            above += mass
    return <Count> above, <Count> whole


def count_borders(const Count[:] raw, const Count[::1] borders, Count[::1] counts):
    """Set how many borders each number has reached.

    Args:
        raw: Numbers, shape (n,).
        borders: Ascending.
        counts: Shape (n,).

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t place, low, high, middle
    check_page(raw.shape[0] == counts.shape[0])
    with nogil:
        for place in range(raw.shape[0]):
            low, high = 0, borders.shape[0]
            while low < high:
                middle = (low + high) // 2
                if borders[middle] <= raw[place]:
                    low = middle + 1
                else:
                    high = middle
            counts[place] = low
