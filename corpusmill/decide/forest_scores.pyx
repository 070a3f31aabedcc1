"""Sums of leaves of oblivious trees, compiled: what `trees.Forest.score` asks for.

Rows go through in blocks, so that the answers of a block stay in the cache.  Questions are asked
row after row, which the compiler turns into vector instructions; leaves are found eight rows at a
time, their answers taken as one whole number.
"""

from libc.stdlib cimport calloc, free

cdef enum:
    BLOCK = 64
    EIGHTS = 8  # of rows in a block


def add_leaves(
    const float[:, ::1] columns,
    const int[::1] test_feature,
    const float[::1] test_border,
    const int[:, ::1] tree_tests,
    const int[:, :, ::1] leaves,
    long long[:, ::1] sums,
):
    """Add to every row the leaves that it falls into, one a tree.

    Args:
        columns: Values by feature and row, shape (F, n).
        test_feature: Feature of each distinct question, shape (U,).
        test_border: The question is `value > border`, shape (U,).
        tree_tests: Questions of each tree by level, shape (T, D), D at most 8.
        leaves: Shape (T, 2**D, K); bit d of the leaf's number is the answer on level d.
        sums: Added to, shape (n, K).

    Raises:
        ValueError: The shapes do not fit, or a question or feature is not there.
        MemoryError: There is no room for the answers of a block.
    """
    cdef Py_ssize_t rows = sums.shape[0], start = 0, count
    cdef unsigned char *answers
    if columns.shape[1] != rows or test_feature.shape[0] != test_border.shape[0]:
        raise ValueError("columns are not of as many rows, or borders of as many questions")
    if leaves.shape[0] != tree_tests.shape[0] or leaves.shape[2] != sums.shape[1]:
        raise ValueError("leaves are not of as many trees or outputs")
    if tree_tests.shape[1] > 8 or leaves.shape[1] != 1 << tree_tests.shape[1]:
        raise ValueError("leaves are not of as many levels, or these are too many")
    if not _are_below(&test_feature[0], test_feature.shape[0], columns.shape[0]) or not _are_below(
        &tree_tests[0, 0], tree_tests.shape[0] * tree_tests.shape[1], test_feature.shape[0]
    ):
        raise ValueError("a tree asks what is no question, or a question is of no feature")
    answers = <unsigned char *> calloc(test_feature.shape[0] + 1, BLOCK)
    if answers == NULL:
        raise MemoryError
    with nogil:
        while start < rows:
            count = min(<Py_ssize_t> BLOCK, rows - start)
            _ask(columns, test_feature, test_border, start, count, answers)
            _add(tree_tests, leaves, start, count, answers, sums)
            start += BLOCK
    free(answers)


cdef bint _are_below(const int *numbers, Py_ssize_t count, Py_ssize_t limit) noexcept nogil:
    """Return whether numbers are from 0 to below a limit."""
    cdef unsigned int most = 0  # of numbers below 0 very large
    cdef Py_ssize_t place
    for place in range(count):
        most = max(most, <unsigned int> numbers[place])
    return count == 0 or most < limit


cdef void _ask(
    const float[:, ::1] columns,
    const int[::1] test_feature,
    const float[::1] test_border,
    Py_ssize_t start,
    Py_ssize_t count,
    unsigned char *answers,
) noexcept nogil:
    cdef Py_ssize_t test, row
    cdef float border
    cdef const float *values
    cdef unsigned char *answer
    for test in range(test_feature.shape[0]):
        values = &columns[test_feature[test], start]
        border = test_border[test]
        answer = answers + test * BLOCK
        for row in range(count):
            answer[row] = values[row] > border


cdef void _add(
    const int[:, ::1] tree_tests,
    const int[:, :, ::1] leaves,
    Py_ssize_t start,
    Py_ssize_t count,
    const unsigned char *answers,
    long long[:, ::1] sums,
) noexcept nogil:
    cdef unsigned long long eights[EIGHTS]
    cdef const unsigned char *leaf = <unsigned char *> &eights[0]
    cdef const int *values
    cdef const int *tests
    cdef long long *total = &sums[start, 0]
    cdef Py_ssize_t tree, row, eight, output
    cdef Py_ssize_t levels = tree_tests.shape[1], outputs = leaves.shape[2]
    for tree in range(tree_tests.shape[0]):
        tests = &tree_tests[tree, 0]
        values = &leaves[tree, 0, 0]
        for eight in range((count + 7) // 8):
            eights[eight] = _eight_leaves(tests, levels, answers + 8 * eight)
        if outputs == 1:
            for row in range(count):
                total[row] += values[leaf[row]]
        else:
            for row in range(count):
                for output in range(outputs):
                    total[row * outputs + output] += values[leaf[row] * outputs + output]


cdef inline unsigned long long _eight_leaves(
    const int *tests, Py_ssize_t levels, const unsigned char *answers
) noexcept nogil:
    """Return the numbers of the leaves of eight rows, one a byte.

    Doubling the number doubles every byte: a leaf has at most eight bits.
    """
    cdef unsigned long long leaf = 0
    cdef Py_ssize_t level
    for level in range(levels - 1, -1, -1):
        leaf = 2 * leaf + (<unsigned long long *> (answers + tests[level] * BLOCK))[0]
    return leaf
