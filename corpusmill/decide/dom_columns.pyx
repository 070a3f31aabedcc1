"""Columns of features that come from the tree, compiled: what `dom_features` asks for.

Every function fills rows of a table, one row a feature, in the order of the names that
`dom_features` keeps beside the call.  Whole numbers are divided as float64 and stored as float32.
"""

from corpusmill.decide.page_columns cimport Count, ratio

cdef enum:
    # Rows that the functions fill.
    OWN = 12
    OWN_REACH = 2
    OWN_ROWS = OWN + 2 * 2 * OWN_REACH + 6
    LEVEL_ROWS = 10
    TOP_ROWS = 3


def add_up(
    const float[::1] width,
    const float[::1] sentence,
    const int[::1] link_chars,
    const int[::1] images,
    const int[::1] lead_link,
    const signed char[::1] phrases,
    int related,
    Count[:, ::1] sums,
):
    """Set the running sums over the segments of a page.

    Args:
        width: Columns of text, shape (n,).
        sentence: Above 0 where a segment is a sentence, shape (n,).
        link_chars: Characters inside links, shape (n,).
        images: Shape (n,).
        lead_link: Above 0 where a segment starts in a link, shape (n,).
        phrases: Kind of phrase that a segment says, shape (n,).
        related: The kind of headings of lists of other stories.
        sums: Set to sums of columns, of those inside links, of those in sentences, of images, of
            segments that start in a link and of such headings, shape (6, n + 1).

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t place, row, count = width.shape[0]
    cdef Count columns
    if not count == sentence.shape[0] == link_chars.shape[0] == images.shape[0]:
        raise ValueError("the columns of segments are not of one length")
    if not count == lead_link.shape[0] == phrases.shape[0] == sums.shape[1] - 1:
        raise ValueError("the columns of segments are not of one length")
    if sums.shape[0] != SUMS:
        raise ValueError("there are six sums")
    with nogil:
        for row in range(SUMS):
            sums[row, 0] = 0
        for place in range(count):
            columns = <Count> width[place]
            sums[WIDTH, place + 1] = sums[WIDTH, place] + columns
            sums[LINK, place + 1] = sums[LINK, place] + min(link_chars[place], max(columns, 1))
            sums[SENTENCE, place + 1] = sums[SENTENCE, place]
            if sentence[place] > 0:
                sums[SENTENCE, place + 1] += columns
            sums[IMAGES, place + 1] = sums[IMAGES, place] + images[place]
            sums[LEADS, place + 1] = sums[LEADS, place] + (lead_link[place] > 0)
            sums[RELATED, place + 1] = sums[RELATED, place] + (phrases[place] == related)


def fill_near(const signed char[:, ::1] near, float[:, ::1] rows):
    """Fill rows with the distances to groups.

    Args:
        near: Shape (n, groups).
        rows: Shape (groups, n).

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t place, group
    if near.shape[0] != rows.shape[1] or near.shape[1] != rows.shape[0]:
        raise ValueError("rows are not of as many groups and segments")
    with nogil:
        for group in range(near.shape[1]):
            for place in range(near.shape[0]):
                rows[group, place] = near[place, group]


def fill_own(
    const Count[:, ::1] sums,
    segments,
    nodes,
    const int[:, ::1] levels,
    const int[::1] kin,
    const Count[::1] heading_levels,
    int far,
    float[:, ::1] rows,
):
    """Fill rows with what a segment is by itself and beside its neighbours.

    Args:
        sums: From `add_up`.
        segments: Columns of segments: node, link_chars, links, bold_chars, images, fields,
            lead_link and tail_link.
        nodes: Columns of nodes: tag, depth and hidden.
        levels: Nodes on the way up from each segment, shape (L, n).
        kin: Number of its template place of each node.
        heading_levels: By tag, 0 for what is no heading.
        far: Distance of a heading that is not there.
        rows: Shape (26, n).

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t place, count = rows.shape[1], step, row
    cdef const int[::1] node, link_chars, links, bold_chars, images, fields, lead_link, tail_link
    cdef const int[::1] tag, depth, hidden
    cdef Count columns, link
    node, link_chars, links, bold_chars, images, fields, lead_link, tail_link = segments
    tag, depth, hidden = nodes
    if rows.shape[0] != OWN_ROWS or sums.shape[0] != SUMS or sums.shape[1] != count + 1:
        raise ValueError("rows or sums are not of the shape they should have")
    for column in segments:
        if len(column) != count:
            raise ValueError("the columns of segments are not of one length")
    if not kin.shape[0] == tag.shape[0] == depth.shape[0] == hidden.shape[0]:
        raise ValueError("the columns of nodes are not of one length")
    if levels.shape[1] != count or levels.shape[0] < 2:
        raise ValueError("levels are not of as many segments")
    for place in range(count):
        if not (0 <= node[place] < kin.shape[0] and 0 <= levels[1, place] < kin.shape[0]):
            raise ValueError("a segment lies in no node")
        if not 0 <= tag[node[place]] < heading_levels.shape[0]:
            raise ValueError("a tag that no table has")
    with nogil:
        for place in range(count):
            columns = max(sums[WIDTH, place + 1] - sums[WIDTH, place], 1)
            link = sums[LINK, place + 1] - sums[LINK, place]
            rows[0, place] = heading_levels[tag[node[place]]]
            rows[1, place] = depth[node[place]]
            rows[2, place] = ratio(link, columns)
            rows[3, place] = links[place]
            rows[4, place] = ratio(link, links[place])
            rows[5, place] = ratio(columns - link, links[place])
            rows[6, place] = ratio(min(bold_chars[place], columns), columns)
            rows[7, place] = images[place]
            rows[8, place] = fields[place]
            rows[9, place] = lead_link[place] > 0
            rows[10, place] = tail_link[place] > 0
            rows[11, place] = hidden[node[place]]
        row = OWN
        for step in range(-OWN_REACH, OWN_REACH + 1):
            if step != 0:
                _fill_shifted(rows, 2, 0, step, row)
                row += 2
        for place in range(count - 1):
            rows[row + 2, place] = levels[1, place] == levels[1, place + 1]
            rows[row + 3, place] = kin[node[place]] == kin[node[place + 1]]
            rows[row, place + 1] = rows[row + 2, place]
            rows[row + 1, place + 1] = rows[row + 3, place]
        if count > 0:
            rows[row, 0] = rows[row + 1, 0] = 0
            rows[row + 2, count - 1] = rows[row + 3, count - 1] = 0
            _fill_steps(rows, 0, 1, far, row + 4)
            _fill_steps(rows, 0, 0, far, row + 5)


cdef void _fill_shifted(
    float[:, ::1] rows, Py_ssize_t density, Py_ssize_t heading, Py_ssize_t step, Py_ssize_t row
) noexcept nogil:
    """Fill two rows with the link density, and whether it is a heading, of a neighbour."""
    cdef Py_ssize_t place, count = rows.shape[1]
    for place in range(count):
        if 0 <= place + step < count:
            rows[row, place] = rows[density, place + step]
            rows[row + 1, place] = rows[heading, place + step] > 0
        else:
            rows[row, place] = rows[row + 1, place] = 0


cdef void _fill_steps(
    float[:, ::1] rows, Py_ssize_t marked, bint ahead, int far, Py_ssize_t row
) noexcept nogil:
    """Fill a row with the steps ahead or back to the nearest segment that a row marks."""
    cdef Py_ssize_t place, turn, count = rows.shape[1]
    cdef int steps = far
    for turn in range(count):
        place = count - 1 - turn if ahead else turn
        steps = 0 if rows[marked, place] > 0 else min(steps + 1, far)
        rows[row, place] = steps


def fill_twins(const int[:, ::1] levels, const int[::1] twins, int most, float[:, ::1] rows):
    """Fill rows with how many siblings are like each node on the way up.

    Args:
        levels: Nodes on the way up from each segment, shape (L, n).
        twins: Siblings of each node that are like it.
        most: More of them count as this many.
        rows: Shape (L, n).

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t level, place
    if levels.shape[0] != rows.shape[0] or levels.shape[1] != rows.shape[1]:
        raise ValueError("rows are not of as many levels and segments")
    _check_nodes(levels, twins.shape[0])
    with nogil:
        for level in range(levels.shape[0]):
            for place in range(levels.shape[1]):
                rows[level, place] = min(twins[levels[level, place]], most)


cdef int _check_nodes(const int[:, ::1] levels, Py_ssize_t nodes) except -1:
    cdef Py_ssize_t level, place
    for level in range(levels.shape[0]):
        for place in range(levels.shape[1]):
            if not 0 <= levels[level, place] < nodes:
                raise ValueError("a segment lies in no node")
    return 0


cdef int _check_spans(const int[::1] first, const int[::1] last, Py_ssize_t count) except -1:
    cdef Py_ssize_t node
    if first.shape[0] != last.shape[0]:
        raise ValueError("the columns of nodes are not of one length")
    for node in range(first.shape[0]):
        if not 0 <= first[node] <= last[node] <= count:
            raise ValueError("a node holds segments that are not there")
    return 0


def fill_levels(
    const Count[:, ::1] sums,
    const int[::1] first,
    const int[::1] last,
    const int[:, ::1] levels,
    float[:, ::1] rows,
    float[:, ::1] related,
):
    """Fill rows with what the blocks around each segment hold.

    Args:
        sums: From `add_up`.
        first: First segment of each node.
        last: One past the last segment of each node.
        levels: Nodes on the way up from each segment, shape (L, n).
        rows: Ten features for each level but the first, shape (10 * (L - 1), n).
        related: Whether one of the first two segments of a block heads a list of other stories,
            for as many levels as there are rows, the first left out.

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t level, place, blocks = levels.shape[0] - 1, count = levels.shape[1]
    if sums.shape[0] != SUMS or sums.shape[1] != count + 1 or rows.shape[1] != count:
        raise ValueError("rows or sums are not of the shape they should have")
    if rows.shape[0] != LEVEL_ROWS * blocks or related.shape[0] > blocks:
        raise ValueError("rows are not of as many levels")
    if related.shape[1] != count:
        raise ValueError("rows are not of as many segments")
    _check_spans(first, last, count)
    _check_nodes(levels, first.shape[0])
    with nogil:
        for level in range(blocks):
            for place in range(count):
                _fill_block(sums, first, last, levels, level, place, rows)
            if level < related.shape[0]:
                for place in range(count):
                    related[level, place] = _heads_related(
                        sums, first[levels[level + 1, place]], last[levels[level + 1, place]]
                    )


cdef void _fill_block(
    const Count[:, ::1] sums,
    const int[::1] first,
    const int[::1] last,
    const int[:, ::1] levels,
    Py_ssize_t level,
    Py_ssize_t place,
    float[:, ::1] rows,
) noexcept nogil:
    """Fill the rows of one level for one segment."""
    cdef Py_ssize_t blocks = levels.shape[0] - 1, total = sums.shape[1] - 1, feature
    cdef int node = levels[level + 1, place]
    cdef int start = first[node], end = last[node]
    cdef Count count = end - start
    cdef Count width = sums[WIDTH, end] - sums[WIDTH, start]
    cdef Count sentence = sums[SENTENCE, end] - sums[SENTENCE, start]
    rows[9 * blocks + level, place] = ratio(place - start, count)
    if place > 0 and levels[level + 1, place - 1] == node:  # as for the segment before
        for feature in range(9):
            rows[feature * blocks + level, place] = rows[feature * blocks + level, place - 1]
        return
    rows[level, place] = count
    rows[blocks + level, place] = width
    rows[2 * blocks + level, place] = ratio(width, sums[WIDTH, total])
    rows[3 * blocks + level, place] = ratio(sums[LINK, end] - sums[LINK, start], width)
    rows[4 * blocks + level, place] = ratio(sentence, width)
    rows[5 * blocks + level, place] = ratio(sentence, sums[SENTENCE, total])
    rows[6 * blocks + level, place] = ratio(width, count)
    rows[7 * blocks + level, place] = ratio(sums[IMAGES, end] - sums[IMAGES, start], count)
    rows[8 * blocks + level, place] = ratio(sums[LEADS, end] - sums[LEADS, start], count)


cdef inline bint _heads_related(const Count[:, ::1] sums, int start, int end) noexcept nogil:
    return sums[RELATED, min(start + 2, end)] > sums[RELATED, start]


def fill_phrases(const signed char[::1] phrases, int kinds, int reach, int far, float[:, ::1] rows):
    """Fill rows with what phrases segments say.

    Args:
        phrases: Kind of phrase that a segment says, 0 for none, shape (n,).
        kinds: How many kinds there are, none counted.
        reach: Segments to both sides in which phrases are counted.
        far: Distance of a phrase that is not there.
        rows: For each kind whether a segment says it and the steps back to one that does; how
            many segments around say any; shape (2 * kinds + 1, n).

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t place, count = phrases.shape[0]
    cdef int kind, around = 0
    if kinds < 0 or reach < 0 or rows.shape[0] != 2 * kinds + 1 or rows.shape[1] != count:
        raise ValueError("rows are not of the shape they should have")
    with nogil:
        for kind in range(kinds):
            for place in range(count):
                rows[2 * kind, place] = phrases[place] == kind + 1
            _fill_steps(rows, 2 * kind, 0, far, 2 * kind + 1)
        for place in range(-reach, count):
            if place + reach < count:
                around += phrases[place + reach] > 0
            if place - reach > 0:
                around -= phrases[place - reach - 1] > 0
            if place >= 0:
                rows[2 * kinds, place] = around


def fill_top(
    const Count[:, ::1] sums, Py_ssize_t start, Py_ssize_t end, float[:, ::1] rows
):
    """Fill rows with where segments lie from a block.

    Args:
        sums: From `add_up`.
        start: First segment of the block.
        end: One past its last segment.
        rows: Columns from a segment to the block, from the block to a segment, both -1 where it
            lies otherwise; place of a segment in the block as a share; shape (3, n).

    Raises:
        ValueError: A shape does not fit.
    """
    cdef Py_ssize_t place, count = rows.shape[1]
    if rows.shape[0] != TOP_ROWS or sums.shape[0] != SUMS or sums.shape[1] != count + 1:
        raise ValueError("rows or sums are not of the shape they should have")
    if not 0 <= start <= end <= count:
        raise ValueError("the block holds segments that are not there")
    with nogil:
        for place in range(count):
            rows[0, place] = max(sums[WIDTH, start] - sums[WIDTH, place + 1], -1)
            rows[1, place] = max(sums[WIDTH, place] - sums[WIDTH, end], -1)
            rows[2, place] = ratio(place - start, end - start)
