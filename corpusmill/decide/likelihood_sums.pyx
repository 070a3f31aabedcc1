"""Sums over what a forest says of lines, compiled: what `text_model` asks for."""


def page_sums(
    const long long[::1] likely,
    const long long[::1] widths,
    long long core,
    long long low,
    long long high,
):
    """Return sums over the lines of a page.

    Args:
        likely: Thousandths, shape (n,), n at least 1.
        widths: Columns, shape (n,).
        core: Thousandths from which a line is of the core.
        low: Doubtful lines have more thousandths than that.
        high: And less than that.

    Returns:
        Columns, columns times thousandths, columns of the core, lines of the core, columns of
        doubtful lines, the most thousandths of a line, runs of lines of the core or not.

    Raises:
        ValueError: There are no lines, or not as many widths.
    """
    cdef long long total = 0, mass = 0, of_core = 0, lines = 0, doubtful = 0, most, runs = 1
    cdef Py_ssize_t line
    _check(likely, widths)
    most = likely[0]
    for line in range(likely.shape[0]):
        total += widths[line]
        mass += widths[line] * likely[line]
        most = max(most, likely[line])
        if likely[line] >= core:
            lines += 1
            of_core += widths[line]
        if low < likely[line] < high:
            doubtful += widths[line]
        if line and (likely[line] >= core) != (likely[line - 1] >= core):
            runs += 1
    return total, mass, of_core, lines, doubtful, most, runs


def profile_sums(
    const long long[::1] likely, const long long[::1] widths, long long level, Py_ssize_t ends
):
    """Return sums over the lines of a page, and over those at its head and foot.

    Args:
        likely: Thousandths, shape (n,), n at least 1.
        widths: Columns, shape (n,).
        level: Thousandths below which a line is unlikely.
        ends: Lines at the head, and at the foot.

    Returns:
        Columns, columns times thousandths, columns of unlikely lines, unlikely lines, the least
        and the most thousandths of a line, the thousandths of the head and those of the foot.

    Raises:
        ValueError: There are no lines, or not as many widths.
    """
    cdef long long total = 0, mass = 0, unlikely = 0, lines = 0, least, most, head = 0, foot = 0
    cdef Py_ssize_t line, count = likely.shape[0]
    _check(likely, widths)
    least = most = likely[0]
    for line in range(count):
        total += widths[line]
        mass += widths[line] * likely[line]
        least, most = min(least, likely[line]), max(most, likely[line])
        if likely[line] < level:
            lines += 1
            unlikely += widths[line]
        if line < ends:
            head += likely[line]
        if line >= count - ends:
            foot += likely[line]
    return total, mass, unlikely, lines, least, most, head, foot


cdef _check(const long long[::1] likely, const long long[::1] widths):
    if not 0 < likely.shape[0] == widths.shape[0]:
        raise ValueError("there are no lines, or not as many widths")
