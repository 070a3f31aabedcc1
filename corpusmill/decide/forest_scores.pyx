"""Sums of leaves of oblivious trees, compiled: what `trees.Forest.score` asks for.

Rows go through in blocks, so that the answers of a block stay in the cache; the inner loops run
over the rows of a block, which the compiler turns into vector instructions.
"""

from libc.stdlib cimport free, malloc
from libc.string cimport memset

cdef enum:
    BLOCK = 64


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
        MemoryError: There is no room for the answers of a block.
    """
    cdef Py_ssize_t rows = sums.shape[0], start = 0, count
    cdef unsigned char *answers = <unsigned char *> malloc(test_feature.shape[0] * BLOCK)
    if answers == NULL:
        raise MemoryError
    with nogil:
        while start < rows:
            count = rows - start
            if count >= BLOCK:  # a constant, so that the compiler unrolls the loops over rows
                _ask(columns, test_feature, test_border, start, BLOCK, answers)
                _add(tree_tests, leaves, start, BLOCK, answers, sums)
            else:
                _ask(columns, test_feature, test_border, start, count, answers)
                _add(tree_tests, leaves, start, count, answers, sums)
            start += BLOCK
    free(answers)


cdef inline void _ask(
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


cdef inline void _add(
    const int[:, ::1] tree_tests,
    const int[:, :, ::1] leaves,
    Py_ssize_t start,
    Py_ssize_t count,
    const unsigned char *answers,
    long long[:, ::1] sums,
) noexcept nogil:
    cdef unsigned char leaf[BLOCK]
    cdef const unsigned char *answer
    cdef const int *values
    cdef long long *total
    cdef Py_ssize_t tree, level, row, output
    cdef Py_ssize_t outputs = leaves.shape[2]
    for tree in range(tree_tests.shape[0]):
        memset(leaf, 0, BLOCK)
        for level in range(tree_tests.shape[1] - 1, -1, -1):
            answer = answers + tree_tests[tree, level] * BLOCK
            for row in range(count):
                leaf[row] = leaf[row] + leaf[row] + answer[row]  # doubling: bytes have no shift
        values = &leaves[tree, 0, 0]
        total = &sums[start, 0]
        if outputs == 1:
            for row in range(count):
                total[row] += values[leaf[row]]
        else:
            for row in range(count):
                for output in range(outputs):
                    total[row * outputs + output] += values[leaf[row] * outputs + output]
