"""Rows of the running sums of columns that come from the tree, as `add_up` sets them."""

cdef enum:
    WIDTH = 0
    LINK = 1
    SENTENCE = 2
    IMAGES = 3
    LEADS = 4
    RELATED = 5
    SUMS = 6
