"""Passes over the nodes of a page, compiled: what `dom_tree.read_tree` asks for.

A node stands behind the one around it, so that one pass forward sees every node after its
ancestors.  Nothing here is recursive, and nothing looks at two nodes of one level together.
"""

from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memcpy, memset

from corpusmill.numbering cimport Key, Numbers, number_of, open_numbers

ctypedef unsigned long long Bits
ctypedef signed char Step

cdef enum:
    GROUPS = 64  # groups of a row, the last ones not in use


def climb(
    const int[::1] parent,
    const int[::1] first,
    const int[::1] last,
    const int[::1] node,
    int[::1] outer,
    int[:, ::1] levels,
):
    """Set the way up from nodes and segments on which wrappers count as one.

    Args:
        parent: Node around each node, -1 at the root, shape (m,).
        first: First segment of each node, shape (m,).
        last: One past the last segment of each node, shape (m,).
        node: Node of each segment, shape (n,).
        outer: Set to the next node on the way up that holds more segments, shape (m,).
        levels: Set to the node of each segment and those on the way up, shape (L, n).

    Raises:
        ValueError: A shape does not fit, or a node stands before its parent.
    """
    cdef Py_ssize_t place, level
    cdef int above
    _check_tree(parent, node)
    if not parent.shape[0] == first.shape[0] == last.shape[0] == outer.shape[0]:
        raise ValueError("the columns of nodes are not of one length")
    if levels.shape[1] != node.shape[0]:
        raise ValueError("levels are not of as many segments")
    with nogil:
        for place in range(parent.shape[0]):
            above = max(parent[place], 0)
            if above > 0 and first[above] == first[place] and last[above] == last[place]:
                above = outer[above]
            outer[place] = above
        for place in range(node.shape[0]):
            above = node[place]
            for level in range(levels.shape[0]):
                levels[level, place] = above
                above = outer[above]


cdef int _check_tree(const int[::1] parent, const int[::1] node) except -1:
    cdef Py_ssize_t place, nodes = parent.shape[0]
    for place in range(nodes):
        if parent[place] >= place or (parent[place] < 0) != (place == 0):
            raise ValueError("a node stands before its parent")
    for place in range(node.shape[0]):
        if not 0 <= node[place] < nodes:
            raise ValueError("a segment lies in no node")
    return 0


def find_nearest(
    const int[::1] parent,
    const int[::1] depth,
    const int[::1] tag,
    const int[::1] mark,
    const int[::1] node,
    inline_marks,
    tables,
    int far,
    Step[:, ::1] near,
):
    """Set how far up from each segment the nearest node of each group is.

    Args:
        parent: Node around each node, -1 at the root, shape (m,).
        depth: Of each node, shape (m,).
        tag: Of each node, shape (m,).
        mark: Of each node, shape (m,).
        node: Node of each segment, shape (n,).
        inline_marks: Pairs of segment and mark of the inline elements.
        tables: What a mark says by mark, which of that counts by tag, what a tag says by tag:
            groups as bits, three arrays of 64 bits.
        far: What is further away counts as this far, at most 126.
        near: Set to distances, -1 where an inline element is of the group, shape (n, groups).

    Raises:
        ValueError: A shape does not fit, or an index has no entry.
        MemoryError: There is no room for the distances of the nodes.
    """
    cdef Py_ssize_t place, nodes = parent.shape[0], groups = near.shape[1]
    cdef const Bits[::1] said = tables[0]
    cdef const Bits[::1] counting = tables[1]
    cdef const Bits[::1] own = tables[2]
    cdef Step *rows
    cdef Step *row
    cdef Bits *bits
    _check_tree(parent, node)
    if not nodes == depth.shape[0] == tag.shape[0] == mark.shape[0] or groups > GROUPS:
        raise ValueError("the columns of nodes are not of one length, or groups too many")
    if near.shape[0] != node.shape[0] or counting.shape[0] != own.shape[0]:
        raise ValueError("near or tables of tags are not of as many rows")
    for place in range(nodes):
        if not (0 <= tag[place] < own.shape[0] and 0 <= mark[place] < said.shape[0]):
            raise ValueError("a tag or mark that no table has")
    rows = <Step *> malloc(max(nodes, 1) * GROUPS)
    bits = <Bits *> malloc(max(nodes, 1) * sizeof(Bits))
    try:
        if rows == NULL or bits == NULL:
            raise MemoryError
        with nogil:
            for place in range(nodes):
                bits[place] = said[mark[place]] & counting[tag[place]] | own[tag[place]]
            _descend(parent, depth, bits, far, rows)
            for place in range(node.shape[0]):
                row = rows + node[place] * GROUPS
                _measure(row, min(depth[node[place]], far), far, groups, &near[place, 0])
    finally:
        free(rows)
        free(bits)
    _mark_inline(inline_marks, said, near)


cdef void _descend(
    const int[::1] parent, const int[::1] depth, const Bits *bits, int far, Step *rows
) noexcept nogil:
    """Set the depth of the nearest node of each group around each node, -far where none is.

    Depths above `far` count as `far`, and a node there sees itself and its parent only.
    """
    cdef Py_ssize_t place
    cdef Step *row
    for place in range(parent.shape[0]):
        row = rows + place * GROUPS
        if parent[place] < 0:
            memset(row, -far, GROUPS)
        elif depth[place] <= far:
            memcpy(row, rows + parent[place] * GROUPS, GROUPS)
        else:
            memset(row, -far, GROUPS)
            _place_groups(bits[parent[place]], far, row)
        _place_groups(bits[place], min(depth[place], far), row)


cdef void _place_groups(Bits bits, int depth, Step *row) noexcept nogil:
    cdef Py_ssize_t group = 0
    while bits:
        if bits & 1:
            row[group] = depth
        bits >>= 1
        group += 1


cdef void _measure(
    const Step *row, int depth, int far, Py_ssize_t groups, Step *near
) noexcept nogil:
    cdef Py_ssize_t group
    for group in range(groups):
        near[group] = min(depth - row[group], far)


cdef int _mark_inline(inline_marks, const Bits[::1] said, Step[:, ::1] near) except -1:
    cdef Py_ssize_t segment, mark, group
    cdef Bits bits
    for segment, mark in inline_marks:
        if not (0 <= segment < near.shape[0] and 0 <= mark < said.shape[0]):
            raise ValueError("an inline element of no segment, or with no mark")
        bits, group = said[mark], 0
        while bits and group < near.shape[1]:
            if bits & 1:
                near[segment, group] = -1
            bits >>= 1
            group += 1
    return 0


def find_kin(
    const int[::1] parent,
    const int[::1] tag,
    const int[::1] mark,
    const int[::1] mark_kinds,
    int tags,
    int[::1] kin,
    int[::1] twins,
):
    """Set the numbers of nodes of one template place, and how many siblings are alike.

    Args:
        parent: Node around each node, -1 at the root, shape (m,).
        tag: Of each node, below `tags`, shape (m,).
        mark: Of each node, shape (m,).
        mark_kinds: Number that marks share that count as the same, by mark.
        tags: How many tags there are.
        kin: Set to a number that nodes share whose tags and marks agree up to the root,
            counted up from 0, shape (m,).
        twins: Set to the siblings with the same tag and mark, itself counted, shape (m,).

    Raises:
        ValueError: A shape does not fit, or an index has no entry.
        MemoryError: There is no room for the numbers.
    """
    cdef Py_ssize_t place, nodes = parent.shape[0]
    cdef Numbers places, families
    cdef int *counts
    cdef int *family
    cdef Key *keys
    cdef long long above, kind, kinds = 0
    _check_tree(parent, parent[:0])
    if not nodes == tag.shape[0] == mark.shape[0] == kin.shape[0] == twins.shape[0]:
        raise ValueError("the columns of nodes are not of one length")
    for place in range(nodes):
        if not (0 <= tag[place] < tags and 0 <= mark[place] < mark_kinds.shape[0]):
            raise ValueError("a tag or mark that no table has")
    for place in range(mark_kinds.shape[0]):
        kinds = max(kinds, mark_kinds[place])
    kinds = (kinds + 1) * tags
    places.slots = families.slots = NULL
    counts = <int *> calloc(max(nodes, 1), sizeof(int))
    family = <int *> malloc(max(nodes, 1) * sizeof(int))
    keys = <Key *> malloc(2 * max(nodes, 1) * sizeof(Key))
    try:
        if counts == NULL or family == NULL or keys == NULL:
            raise MemoryError
        if not open_numbers(&places, keys, nodes):
            raise MemoryError
        if not open_numbers(&families, keys + nodes, nodes):
            raise MemoryError
        for place in range(nodes):
            kind = <long long> mark_kinds[mark[place]] * tags + tag[place]
            if parent[place] < 0:
                kin[place] = number_of(&places, kind)
            else:
                above = kin[parent[place]] + 1
                kin[place] = number_of(&places, above * kinds + kind)
            family[place] = number_of(&families, (<long long> parent[place] + 1) * kinds + kind)
            counts[family[place]] += 1
        for place in range(nodes):
            twins[place] = counts[family[place]]
    finally:
        free(places.slots)
        free(families.slots)
        free(keys)
        free(counts)
        free(family)


def top_block(
    const int[:, ::1] levels, const long long[::1] sums, Py_ssize_t nodes
) -> tuple[int, int]:
    """Return the node that holds most of a mass at first hand, and twice its score.

    Args:
        levels: Nodes on the way up from each segment, shape (L, n), L at least 3.
        sums: Running sums of the mass, shape (n + 1,).
        nodes: How many nodes there are, at least one.

    Raises:
        ValueError: A shape does not fit, or a segment lies in no node.
        MemoryError: There is no room for the scores.
    """
    cdef Py_ssize_t place, level, top = 0
    cdef long long *scores
    cdef long long best
    if nodes < 1 or levels.shape[0] < 3 or levels.shape[1] != sums.shape[0] - 1:
        raise ValueError("levels, sums and nodes are not those of one tree")
    for level in range(1, 3):
        for place in range(levels.shape[1]):
            if not 0 <= levels[level, place] < nodes:
                raise ValueError("a segment lies in no node")
    scores = <long long *> calloc(nodes, sizeof(long long))
    if scores == NULL:
        raise MemoryError
    with nogil:
        for place in range(levels.shape[1]):
            scores[levels[1, place]] += 2 * (sums[place + 1] - sums[place])
            scores[levels[2, place]] += sums[place + 1] - sums[place]
        for place in range(nodes):
            if scores[place] > scores[top]:
                top = place
    best = scores[top]
    free(scores)
    return top, best


def fill_distance(
    const int[::1] first,
    const int[::1] last,
    const int[::1] outer,
    Py_ssize_t node,
    int most,
    int far,
    float[::1] row,
):
    """Fill a row with how many blocks one goes up from a node until one holds each segment.

    Args:
        first: First segment of each node.
        last: One past the last segment of each node.
        outer: Next node on the way up that holds more segments, of each node.
        node: Where the way starts.
        most: Nodes on the way, that one counted.
        far: What is in none of them is this far.
        row: Shape (n,).

    Raises:
        ValueError: A shape does not fit, or an index has no entry.
    """
    cdef Py_ssize_t place, start, end, steps
    if not first.shape[0] == last.shape[0] == outer.shape[0] or not 0 <= node < outer.shape[0]:
        raise ValueError("the columns of nodes are not of one length, or the node is not there")
    for place in range(row.shape[0]):
        row[place] = far
    start = end = first[node]
    for steps in range(most):
        if not (0 <= first[node] <= start and end <= last[node] <= row.shape[0]):
            raise ValueError("a node does not hold what the nodes in it hold")
        for place in range(first[node], start):
            row[place] = steps
        for place in range(end, last[node]):
            row[place] = steps
        start, end = first[node], last[node]
        if node == 0:
            break
        node = outer[node]
        if not 0 <= node < outer.shape[0]:
            raise ValueError("a node stands in none")


def first_within(
    const signed char[:, ::1] near,
    const long long[::1] groups,
    const signed char[::1] reaches,
    long long[::1] found,
):
    """Set the first of some groups that is near enough to each segment.

    Args:
        near: Distances to all groups, shape (n, G).
        groups: Which groups are looked at, in this order, shape (k,).
        reaches: How far away each of them may be, shape (k,).
        found: Set to a position in `groups`, k where none is near enough, shape (n,).

    Raises:
        ValueError: A shape does not fit, or there is no such group.
    """
    cdef Py_ssize_t place, at, count = groups.shape[0]
    if near.shape[0] != found.shape[0] or reaches.shape[0] != count:
        raise ValueError("distances, groups and segments do not fit each other")
    for at in range(count):
        if not 0 <= groups[at] < near.shape[1]:
            raise ValueError("a group that has no column")
    with nogil:
        for place in range(near.shape[0]):
            at = 0
            while at < count and near[place, groups[at]] > reaches[at]:
                at += 1
            found[place] = at
