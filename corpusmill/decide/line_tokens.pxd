"""Tables of tokens that the compiled modules share."""

ctypedef unsigned long long Hash

cdef enum:
    # Rows of the table of pairs, a line and one of its tokens each.
    PAIR_LINE = 0
    PAIR_NAME = 1
    PAIR_TIMES = 2
    PAIR_SPELLED = 3
    PAIR_ROWS = 4
