"""Columns of the second look at a page's segments, compiled: what `html_second` asks for.

Every function fills rows of a table, one row a feature, in the order of the names that
`html_second` keeps.  Whole numbers are divided as float64 and stored as float32.
"""

from libc.stdlib cimport calloc, free

from corpusmill.decide.page_columns cimport Count, check_page, ratio

cdef enum:
    # Rows of running sums.
    LIKELY = 0
    WIDTH = 1
    MASS = 2
    SUMS = 3


def add_up(const Count[::1] likely, const Count[::1] width, Count[:, ::1] sums):
    """Set the running sums of what is likely, of widths and of their products.

    Args:
        likely: Probabilities, shape (n,).
        width: Weights, shape (n,).
        sums: Shape (3, n + 1).

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t place, count = likely.shape[0]
    check_page(width.shape[0] == count and sums.shape[0] == SUMS and sums.shape[1] == count + 1)
    sums[LIKELY, 0] = sums[WIDTH, 0] = sums[MASS, 0] = 0
    for place in range(count):
        sums[LIKELY, place + 1] = sums[LIKELY, place] + likely[place]
        sums[WIDTH, place + 1] = sums[WIDTH, place] + width[place]
        sums[MASS, place + 1] = sums[MASS, place] + likely[place] * width[place]


def fill_neighbours(const Count[::1] likely, steps, float[:, ::1] rows):
    """Fill rows with what neighbours are, -1 where there is none.

    Args:
        likely: Shape (n,).
        steps: How far ahead each row looks.
        rows: Shape (len(steps), n).

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t place, row, step, count = likely.shape[0]
    check_page(rows.shape[0] == len(steps) and rows.shape[1] == count)
    for row, step in enumerate(steps):
        for place in range(count):
            rows[row, place] = likely[place + step] if 0 <= place + step < count else -1


def fill_means(
    const Count[:, ::1] sums,
    const int[::1] first,
    const int[::1] last,
    const int[:, ::1] levels,
    radii,
    float[:, ::1] rows,
):
    """Fill rows with means over the windows and blocks around each segment.

    Args:
        sums: From `add_up`.
        first: First segment of each node.
        last: One past the last segment of each node.
        levels: Nodes on the way up from each segment, the first left out, shape (L, n).
        radii: Segments to both sides that a window holds.
        rows: Of all windows and blocks: the mean of what is likely, that by width, the share of
            the page's mass; shape (3 * (len(radii) + L), n).

    Raises:
        ValueError: A shape does not fit, or a node holds segments that are not there.
    """
    cdef Py_ssize_t place, level, window, radius, node, count = levels.shape[1]
    cdef Py_ssize_t windows = len(radii), blocks = levels.shape[0]
    check_page(sums.shape[0] == SUMS and sums.shape[1] == count + 1)
    check_page(first.shape[0] == last.shape[0])
    check_page(rows.shape[0] == 3 * (windows + blocks) and rows.shape[1] == count)
    for node in range(first.shape[0]):
        check_page(0 <= first[node] <= last[node] <= count)
    for window, radius in enumerate(radii):
        for place in range(count):
            _fill_mean(
                sums, max(place - radius, 0), min(place + radius + 1, count), window, place, rows
            )
    for level in range(blocks):
        for place in range(count):
            node = levels[level, place]
            check_page(0 <= node < first.shape[0])
            _fill_mean(sums, first[node], last[node], windows + level, place, rows)


cdef void _fill_mean(
    const Count[:, ::1] sums,
    Py_ssize_t start,
    Py_ssize_t end,
    Py_ssize_t row,
    Py_ssize_t place,
    float[:, ::1] rows,
) noexcept nogil:
    cdef Py_ssize_t third = rows.shape[0] // 3
    cdef Count mass = sums[MASS, end] - sums[MASS, start]
    rows[row, place] = ratio(sums[LIKELY, end] - sums[LIKELY, start], end - start)
    rows[third + row, place] = ratio(mass, sums[WIDTH, end] - sums[WIDTH, start])
    rows[2 * third + row, place] = ratio(mass, sums[MASS, sums.shape[1] - 1])


cdef struct Family:
    # Sums over the segments of one template place.
    Count count
    Count likely
    Count width
    Count mass


def fill_kin(
    const Count[::1] likely,
    const Count[::1] width,
    const int[::1] node,
    const int[::1] kin,
    float[:, ::1] rows,
):
    """Fill two rows with means over the segments of the same template place, plain and by width.

    Args:
        likely: Shape (n,).
        width: Shape (n,).
        node: Of each segment, shape (n,).
        kin: Number of its template place of each node, less than there are nodes.
        rows: Shape (2, n).

    Raises:
        ValueError: A shape does not fit, or an index has no entry.
        MemoryError: There is no room for the sums.
    """
    cdef Py_ssize_t place, count = likely.shape[0]
    cdef Family *found
    cdef Family *one
    check_page(width.shape[0] == node.shape[0] == rows.shape[1] == count and rows.shape[0] == 2)
    for place in range(count):
        check_page(0 <= node[place] < kin.shape[0] and 0 <= kin[node[place]] < kin.shape[0])
    found = <Family *> calloc(kin.shape[0] + 1, sizeof(Family))
    if found == NULL:
        raise MemoryError
    for place in range(count):
        one = found + kin[node[place]]
        one.count += 1
        one.likely += likely[place]
        one.width += width[place]
        one.mass += likely[place] * width[place]
    for place in range(count):
        one = found + kin[node[place]]
        rows[0, place] = ratio(one.likely, one.count)
        rows[1, place] = ratio(one.mass, one.width)
    free(found)


def fill_places(
    const Count[::1] likely, const Count[:, ::1] sums, int most, float[:, ::1] rows
):
    """Fill rows with the share of segments that are less likely, of mass above, of mass below.

    Args:
        likely: From 0 to `most`, shape (n,).
        sums: From `add_up`.
        most: The greatest probability.
        rows: Shape (3, n).

    Raises:
        ValueError: A shape does not fit, or a probability is greater.
        MemoryError: There is no room to count probabilities.
    """
    cdef Py_ssize_t place, count = likely.shape[0]
    cdef Count *less
    cdef Count whole
    check_page(sums.shape[0] == SUMS and sums.shape[1] == count + 1 and most >= 0)
    check_page(rows.shape[0] == 3 and rows.shape[1] == count)
    for place in range(count):
        check_page(0 <= likely[place] <= most)
    less = <Count *> calloc(most + 2, sizeof(Count))
    if less == NULL:
        raise MemoryError
    whole = sums[MASS, count]
    for place in range(count):
        less[likely[place] + 1] += 1
    for place in range(1, most + 2):
        less[place] += less[place - 1]
    for place in range(count):
        rows[0, place] = ratio(less[likely[place]], count)
        rows[1, place] = ratio(sums[MASS, place], whole)
        rows[2, place] = ratio(whole - sums[MASS, place + 1], whole)
    free(less)


def fill_anchors(
    const Count[::1] likely,
    const Count[::1] width,
    int least,
    int wide,
    int far,
    float[:, ::1] rows,
):
    """Fill rows with steps to the nearest segment that counts as kept, and to a wide one.

    Args:
        likely: Shape (n,).
        width: Shape (n,).
        least: What is likelier counts as kept.
        wide: Width from which a segment is a wide one.
        far: Distance of a segment that is not there.
        rows: Back to a kept one, ahead to one, the same to wide ones; shape (4, n).

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t place, turn, row, count = likely.shape[0]
    cdef int steps
    check_page(width.shape[0] == rows.shape[1] == count and rows.shape[0] == 4)
    for row in range(4):
        steps = far
        for turn in range(count):
            place = count - 1 - turn if row & 1 else turn
            if likely[place] > least and (row < 2 or width[place] >= wide):
                steps = 0
            else:
                steps = min(steps + 1, far)
            rows[row, place] = steps
