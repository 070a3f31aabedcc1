"""Columns of features of template places, compiled: what `dom_features` asks for.

As in `dom_columns`, whole numbers are divided as float64 and stored as float32.
"""

from libc.stdlib cimport calloc, free

from corpusmill.decide.dom_columns cimport LINK, SUMS, WIDTH
from corpusmill.decide.page_columns cimport Count, ratio

cdef enum:
    KIN_ROWS = 7


cdef struct Family:
    # Sums over the segments of one template place.
    Count count
    Count width
    Count link
    Count sentences
    Count first
    Count last


def fill_kin(
    const Count[:, ::1] sums,
    const float[::1] sentence,
    const int[::1] node,
    const int[::1] kin,
    int most,
    float[:, ::1] rows,
):
    """Fill rows with what the segments of the same template place are like.

    Args:
        sums: From `dom_columns.add_up`.
        sentence: Above 0 where a segment is a sentence, shape (n,).
        node: Of each segment, shape (n,).
        kin: Number of its template place of each node, less than there are nodes.
        most: More kin count as this many.
        rows: Shape (7, n).

    Raises:
        ValueError: A shape does not fit.
        MemoryError: There is no room for the sums.
    """
    cdef Py_ssize_t place, count = node.shape[0], families = kin.shape[0]
    cdef Count width
    cdef Family *found
    cdef Family *one
    if sums.shape[0] != SUMS or sums.shape[1] != count + 1 or sentence.shape[0] != count:
        raise ValueError("sums or sentences are not of the shape they should have")
    if rows.shape[0] != KIN_ROWS or rows.shape[1] != count:
        raise ValueError("rows are not of the shape they should have")
    for place in range(count):
        if not (0 <= node[place] < families and 0 <= kin[node[place]] < families):
            raise ValueError("a segment lies in no node, or a node in no template place")
    found = <Family *> calloc(families + 1, sizeof(Family))
    if found == NULL:
        raise MemoryError
    with nogil:
        for place in range(count):
            one = found + kin[node[place]]
            if one.count == 0:
                one.first = place
            one.last = place
            one.count += 1
            one.width += sums[WIDTH, place + 1] - sums[WIDTH, place]
            one.link += sums[LINK, place + 1] - sums[LINK, place]
            one.sentences += sentence[place] > 0
        for place in range(count):
            one = found + kin[node[place]]
            rows[0, place] = min(one.count, most)
            rows[1, place] = ratio(one.width, one.count)
            rows[2, place] = ratio(one.width, sums[WIDTH, count])
            rows[3, place] = ratio(one.link, one.width)
            rows[4, place] = ratio(one.sentences, one.count)
            rows[5, place] = ratio(one.last - one.first + 1, one.count)
            width = sums[WIDTH, place + 1] - sums[WIDTH, place]
            rows[6, place] = <float> (<double> width / <double> max(rows[1, place], <float> 1))
    free(found)
