"""Features of lines from their counts, compiled: what `line_features` asks for.

Most columns are alike, and asked for in a table: a count, a share, a mean over the lines around.
The others tell where a line stands among the sentence lines of its page.  Names, caps and losses
are the caller's.  Sums are integers; a division is one of float64, rounded to float32 at the end.
"""

from libc.stdlib cimport calloc, free

from corpusmill.decide.line_characters cimport (
    CORE_LAST,
    DATES,
    FIRST,
    NEAR_COPIES,
    ROWS,
    SENTENCE,
    WIDTH,
)

cpdef enum Kind:
    """What a column holds; then rows of counts, a number and a distance in lines."""

    COUNT         # part of the line at that distance
    ONE_OF        # 1 if part is a bit of the number
    SHARE         # part / whole; whole is at least the number
    MEAN          # mean over the lines within that distance of part, each at most the number
    SHARE_AROUND  # sum of part / sum of whole over the lines within that distance
    SINCE         # lines since the last one before whose part is not 0, at most the number


cdef enum:
    # Columns of the table of what is asked for.
    KIND = 0
    PART = 1
    WHOLE = 2
    NUMBER = 3
    DISTANCE = 4
    ASKED = 5


cdef enum:
    # Columns of `fill_places`: before the regions, for each region, behind them.
    PLACES = 14
    PLACES_OF_REGION = 3
    PLACES_OF_RUNS = 4

cdef float BEYOND = -1.0


cdef struct Lines:
    const long long *counts
    Py_ssize_t stride
    Py_ssize_t count


cdef inline const long long *_row(Lines lines, Py_ssize_t row) noexcept nogil:
    return lines.counts + row * lines.stride


cdef Lines _lines(const long long[:, :] counts, Py_ssize_t count) except *:
    """Return the counts of some lines, whose rows may have more behind them."""
    cdef Lines lines
    if counts.shape[0] == 0 or counts.shape[1] != count or count == 0:
        raise ValueError("counts and columns do not fit each other")
    if counts.strides[1] != sizeof(long long):
        raise ValueError("the counts of a row do not lie together")
    lines.counts = &counts[0, 0]
    lines.stride = counts.strides[0] // <Py_ssize_t> sizeof(long long)
    lines.count = count
    return lines


def fill_columns(
    const long long[:, :] counts, const long long[:, ::1] asked, float[:, ::1] values
):
    """Fill columns of features as asked for.

    Args:
        counts: Any whole numbers by row and line, shape (K, n), n at least 1.
        asked: `Kind`, rows of part and whole, number and distance of each column, shape (F, 5).
        values: Written to, shape (F, n); -1 for lines beyond the page.

    Raises:
        ValueError: Sizes do not fit, or there is no such kind or row.
    """
    cdef Lines lines = _lines(counts, values.shape[1])
    cdef Py_ssize_t column
    if asked.shape[0] != values.shape[0] or asked.shape[1] != ASKED:
        raise ValueError("not as many columns as asked for")
    for column in range(asked.shape[0]):
        if (
            not 0 <= asked[column, PART] < counts.shape[0]
            or not 0 <= asked[column, WHOLE] < counts.shape[0]
            or not 0 <= asked[column, KIND] <= SINCE
            or (asked[column, KIND] >= MEAN and asked[column, DISTANCE] < 0)
        ):
            raise ValueError("no such kind of column or row of counts")
    with nogil:
        for column in range(asked.shape[0]):
            _fill_column(lines, &asked[column, 0], &values[column, 0])


cdef void _fill_column(Lines lines, const long long *asked, float *values) noexcept nogil:
    if asked[KIND] == SINCE:
        _fill_lines_since(_row(lines, asked[PART]), lines.count, asked[NUMBER], values)
    elif asked[KIND] >= MEAN:
        _fill_around(lines, asked, values)
    else:
        _fill_at(lines, asked, values)


cdef void _fill_at(Lines lines, const long long *asked, float *values) noexcept nogil:
    """Fill a column with what is asked for of the line at a distance."""
    cdef long long distance = asked[DISTANCE]
    cdef Py_ssize_t start = min(lines.count, max(0, -distance)), line
    cdef Py_ssize_t end = max(start, min(lines.count, lines.count - distance))
    cdef const long long *part = _row(lines, asked[PART])
    cdef const long long *whole = _row(lines, asked[WHOLE])
    for line in range(start):
        values[line] = BEYOND
    if asked[KIND] == COUNT:
        for line in range(start, end):
            values[line] = <float> part[line + distance]
    elif asked[KIND] == ONE_OF:
        for line in range(start, end):
            values[line] = <float> (asked[NUMBER] >> (part[line + distance] & 63) & 1)
    else:
        for line in range(start, end):
            values[line] = _share(
                part[line + distance], max(whole[line + distance], asked[NUMBER])
            )
    for line in range(end, lines.count):
        values[line] = BEYOND


cdef inline float _share(long long part, long long whole) noexcept nogil:
    """Return part / whole, 0 where the whole is 0."""
    return <float> (<double> part / <double> whole) if whole > 0 else 0.0


cdef void _fill_around(Lines lines, const long long *asked, float *values) noexcept nogil:
    """Fill a column with a mean over the lines around, or the share of one sum in another."""
    cdef const long long *part = _row(lines, asked[PART])
    cdef const long long *whole = _row(lines, asked[WHOLE])
    cdef Py_ssize_t reach = min(asked[DISTANCE], lines.count), line, coming, gone
    cdef bint is_mean = asked[KIND] == MEAN
    cdef long long cap = asked[NUMBER], above = 0, below = 0
    for coming in range(lines.count + reach):
        # The window of `line` is complete when the last line that it reaches comes in.
        line = coming - reach
        gone = line - reach - 1
        if coming < lines.count:
            above += min(part[coming], cap) if is_mean else part[coming]
            below += 1 if is_mean else whole[coming]
        if gone >= 0:
            above -= min(part[gone], cap) if is_mean else part[gone]
            below -= 1 if is_mean else whole[gone]
        if line >= 0:
            values[line] = _share(above, below)


def fill_places(
    const long long[:, :] counts,
    long long far,
    long long width_cap,
    const long long[::1] losses,
    float[:, ::1] values,
):
    """Fill the columns that tell where lines stand on their page.

    They are: share of the lines above, share of the columns above, lines above, lines below,
    lines since one that has a copy; share of the sentence lines' columns above, the same below,
    sentence lines above, below, lines since the last one, until the next one, both together,
    columns since the last one, until the next one; for each loss: in the best region, lines to
    it, negative behind it, lines to its nearer end from within; other lines in the run of a line
    that is no sentence, their mean width, sentence lines in the run of one, lines in the run of
    those with the same ends.

    Args:
        counts: By kind and line, shape (ROWS, n), n at least 1.
        far: Numbers of lines are cut here.
        width_cap: Columns of lines are cut here in regions, and those since a sentence line.
        losses: What the line costs that is no sentence, one a region, shape (L,).
        values: Written to, shape (18 + 3 * L, n).

    Raises:
        ValueError: Sizes do not fit.
    """
    cdef Lines lines = _lines(counts, values.shape[1])
    cdef Py_ssize_t region, row = PLACES, rows = losses.shape[0] * PLACES_OF_REGION
    if counts.shape[0] != ROWS or values.shape[0] != PLACES + rows + PLACES_OF_RUNS:
        raise ValueError("not as many columns as are filled")
    with nogil:
        _fill_shares_above(lines, far, values)
        _fill_lines_since(_row(lines, NEAR_COPIES), lines.count, far, &values[4, 0])
        _fill_mass(lines, far, values)
        _fill_gaps(lines, far, width_cap, values)
        for region in range(losses.shape[0]):
            _fill_region(lines, far, width_cap, losses[region], values, row)
            row += PLACES_OF_REGION
        _fill_plain_runs(lines, far, values, row)
        _fill_shape_runs(lines, far, &values[row + 3, 0])


cdef long long _sum(const long long *numbers, Py_ssize_t count) noexcept nogil:
    cdef long long total = 0
    cdef Py_ssize_t place
    for place in range(count):
        total += numbers[place]
    return total


cdef void _fill_shares_above(Lines lines, long long far, float[:, ::1] values) noexcept nogil:
    cdef const long long *width = _row(lines, WIDTH)
    cdef long long total = _sum(width, lines.count), above = 0
    cdef Py_ssize_t line
    for line in range(lines.count):
        values[0, line] = _share(line, lines.count)
        values[1, line] = _share(above, total)
        values[2, line] = <float> min(<long long> line, far)
        values[3, line] = <float> min(<long long> (lines.count - 1 - line), far)
        above += width[line]


cdef void _fill_lines_since(
    const long long *flags, Py_ssize_t count, long long far, float *values
) noexcept nogil:
    cdef long long since = far
    cdef Py_ssize_t line
    for line in range(count):
        values[line] = <float> since
        since = 1 if flags[line] else min(since + 1, far)


cdef void _fill_mass(Lines lines, long long far, float[:, ::1] values) noexcept nogil:
    """Fill how much of the sentence lines stands above and below each line."""
    cdef const long long *width = _row(lines, WIDTH)
    cdef const long long *sentence = _row(lines, SENTENCE)
    cdef long long total = 0, above = 0, mass, before = 0
    cdef long long sentences = _sum(sentence, lines.count)
    cdef Py_ssize_t line
    for line in range(lines.count):
        total += width[line] if sentence[line] else 0
    for line in range(lines.count):
        mass = width[line] if sentence[line] else 0
        values[5, line] = _share(above, total)
        values[6, line] = _share(total - above - mass, total)
        values[7, line] = <float> min(before, far)
        values[8, line] = <float> min(sentences - before - sentence[line], far)
        above += mass
        before += sentence[line]


cdef void _fill_gaps(
    Lines lines, long long far, long long width_cap, float[:, ::1] values
) noexcept nogil:
    """Fill the lines and columns between each line and the sentence lines around it."""
    cdef const long long *width = _row(lines, WIDTH)
    cdef const long long *sentence = _row(lines, SENTENCE)
    cdef long long since = far, columns = 0
    cdef Py_ssize_t line
    for line in range(lines.count):
        values[9, line] = <float> since
        values[12, line] = <float> min(columns, width_cap)
        since = 1 if sentence[line] else min(since + 1, far)
        columns = 0 if sentence[line] else columns + width[line]
    since, columns = far, 0
    for line in range(lines.count - 1, -1, -1):
        values[10, line] = <float> since
        values[11, line] = min(values[9, line] + values[10, line], <float> far)
        values[13, line] = <float> min(columns, width_cap)
        since = 1 if sentence[line] else min(since + 1, far)
        columns = 0 if sentence[line] else columns + width[line]


cdef struct Region:
    # The best range of lines so far, and the least sum so far, which stands before `lowest`.
    Py_ssize_t start, end, lowest
    long long total, least, gain


cdef inline void _take(Region *region, Py_ssize_t line, long long score) noexcept nogil:
    """Take the next line; of ranges with the same sum the first is best, an empty one before."""
    region.total += score
    if region.total < region.least:
        region.least, region.lowest = region.total, line + 1
    if region.total - region.least > region.gain:
        region.gain = region.total - region.least
        region.start, region.end = region.lowest, line + 1


def best_region(const long long[::1] scores):
    """Return the half-open range of lines with the greatest sum, empty where none gains.

    Args:
        scores: What each line gains or loses, shape (n,).
    """
    cdef Region region = Region(0, 0, 0, 0, 0, 0)
    cdef Py_ssize_t line
    for line in range(scores.shape[0]):
        _take(&region, line, scores[line])
    return region.start, region.end


cdef void _fill_region(
    Lines lines,
    long long far,
    long long width_cap,
    long long loss,
    float[:, ::1] values,
    Py_ssize_t row,
) noexcept nogil:
    """Fill where lines stand to the best region: sentence lines gain their columns there."""
    cdef const long long *width = _row(lines, WIDTH)
    cdef const long long *sentence = _row(lines, SENTENCE)
    cdef Region region = Region(0, 0, 0, 0, 0, 0)
    cdef Py_ssize_t line
    cdef long long outside, depth
    for line in range(lines.count):
        _take(&region, line, min(width[line], width_cap) if sentence[line] else -loss)
    for line in range(lines.count):
        outside = max(region.start - line, 0) - max(line - region.end + 1, 0)
        depth = max(min(line - region.start, region.end - 1 - line), 0)
        values[row, line] = <float> (region.start <= line < region.end)
        values[row + 1, line] = <float> max(-far, min(outside, far))
        values[row + 2, line] = <float> min(depth, far)


cdef void _fill_plain_runs(
    Lines lines, long long far, float[:, ::1] values, Py_ssize_t row
) noexcept nogil:
    """Fill how many lines around each one are sentences as it is, or are none as it is none."""
    cdef const long long *width = _row(lines, WIDTH)
    cdef const long long *sentence = _row(lines, SENTENCE)
    cdef Py_ssize_t start = 0, end, line
    cdef long long columns, length
    while start < lines.count:
        end = start
        columns = 0
        while end < lines.count and sentence[end] == sentence[start]:
            columns += width[end]
            end += 1
        length = end - start
        for line in range(start, end):
            values[row, line] = 0.0 if sentence[start] else <float> min(length, far)
            values[row + 1, line] = 0.0 if sentence[start] else _share(columns, length)
            values[row + 2, line] = <float> min(length, far) if sentence[start] else 0.0
        start = end


cdef void _fill_shape_runs(Lines lines, long long far, float *values) noexcept nogil:
    """Fill how many lines around each one begin and end with the same kinds of character."""
    cdef const long long *first = _row(lines, FIRST)
    cdef const long long *last = _row(lines, CORE_LAST)
    cdef Py_ssize_t start = 0, end, line
    while start < lines.count:
        end = start
        while end < lines.count and first[end] == first[start] and last[end] == last[start]:
            end += 1
        for line in range(start, end):
            values[line] = <float> min(<long long> (end - start), far)
        start = end


def page_sums(const long long[:, :] counts):
    """Return sums over the lines of a page: those of columns, those of the sentence lines'
    columns, sentence lines, lines with a copy, lines with a date.

    Args:
        counts: By kind and line, shape (ROWS, n), n at least 1.

    Raises:
        ValueError: Sizes do not fit.
    """
    cdef Lines lines = _lines(counts, counts.shape[1])
    cdef const long long *width = _row(lines, WIDTH)
    cdef const long long *sentence = _row(lines, SENTENCE)
    cdef const long long *copies = _row(lines, NEAR_COPIES)
    cdef const long long *dates = _row(lines, DATES)
    cdef long long total = 0, mass = 0, sentences = 0, copied = 0, dated = 0
    cdef Py_ssize_t line
    if counts.shape[0] != ROWS:
        raise ValueError("counts and columns do not fit each other")
    for line in range(lines.count):
        total += width[line]
        mass += width[line] if sentence[line] else 0
        sentences += sentence[line]
        copied += copies[line] > 0
        dated += dates[line] > 0
    return total, mass, sentences, copied, dated


def fill_widths(const long long[:, :] counts, float[:, ::1] values):
    """Fill two rows with how wide lines are among those of their page.

    Args:
        counts: By kind and line, shape (ROWS, n), n at least 1.
        values: Columns of each line as a share of those of the widest, 0 where no line has any;
            share of lines that are wider; shape (2, n).

    Raises:
        ValueError: Sizes do not fit, or a line has less than no columns.
        MemoryError: There is no room to count widths.
    """
    cdef Lines lines = _lines(counts, values.shape[1])
    cdef const long long *width = _row(lines, WIDTH)
    cdef long long widest = 0
    cdef Py_ssize_t line
    cdef long long *wider
    if counts.shape[0] != ROWS or values.shape[0] != 2:
        raise ValueError("counts and columns do not fit each other")
    for line in range(lines.count):
        if width[line] < 0:
            raise ValueError("a line has less than no columns")
        widest = max(widest, width[line])
    wider = <long long *> calloc(widest + 1, sizeof(long long))
    if wider == NULL:
        raise MemoryError
    for line in range(lines.count):
        wider[width[line]] += 1  # so far, how many are as wide
    _sum_beyond(wider, widest)
    for line in range(lines.count):
        values[0, line] = _share(width[line], widest)
        values[1, line] = _share(wider[width[line]], lines.count)
    free(wider)


cdef void _sum_beyond(long long *numbers, long long last) noexcept nogil:
    """Replace each number by the sum of those behind it."""
    cdef long long sum = 0, number, place
    for place in range(last, -1, -1):
        number = numbers[place]
        numbers[place] = sum
        sum += number
