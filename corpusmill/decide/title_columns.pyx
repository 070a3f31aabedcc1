"""Which segment is the title, and where others lie from it, compiled: what `dom_title` asks for.

Numbers are float32 where the features are, and float64 from where a bonus is added.
"""

from corpusmill.decide.page_columns cimport Count

cdef enum:
    TITLE_ROWS = 4  # the third one is the distance in blocks, which is not filled here


cdef struct Worth:
    float least  # share from which a segment may be the title
    double main, other  # what headings are worth beside their share
    double lone  # what a main heading is worth that shares nothing


def find_title(
    const int[::1] node,
    const int[::1] tag,
    const int[::1] hidden,
    const Count[::1] heading_levels,
    const float[::1] title_share,
    const float[::1] of_title,
    const float[::1] width,
    float title_width,
    worth,
):
    """Return the segment that is likeliest the title, -1 where none can be it.

    Args:
        node: Node of each segment, shape (n,).
        tag: Of each node.
        hidden: Of each node, 0 where it is shown.
        heading_levels: By tag, 0 for what is no heading.
        title_share: Share of a segment's words that the title has, shape (n,).
        of_title: Share of the title's words that a segment has, shape (n,).
        width: Columns of each segment, shape (n,).
        title_width: Columns of the title.
        worth: Least share; what a main heading is worth, what another one, what one that shares
            nothing.

    Raises:
        ValueError: A shape does not fit, or an index has no entry.
    """
    cdef Py_ssize_t place, count = node.shape[0], best = -1
    cdef double score, most = 0
    cdef Worth of
    cdef float share
    cdef Count level
    of.least, of.main, of.other, of.lone = worth
    if not count == title_share.shape[0] == of_title.shape[0] == width.shape[0]:
        raise ValueError("the columns of segments are not of one length")
    if tag.shape[0] != hidden.shape[0]:
        raise ValueError("the columns of nodes are not of one length")
    for place in range(count):
        if not 0 <= node[place] < tag.shape[0]:
            raise ValueError("a segment lies in no node")
        if not 0 <= tag[node[place]] < heading_levels.shape[0]:
            raise ValueError("a tag that no table has")
        if hidden[node[place]] != 0:
            continue
        level = heading_levels[tag[node[place]]]
        share = _share(title_share[place], of_title[place], width[place], title_width)
        score = _score(share, level, of)
        if score > most:
            best, most = place, score
    return best


cdef inline float _share(
    float own, float of_title, float width, float title_width
) noexcept nogil:
    """Return the product of the shares that title and segment have of each other.

    Words that the page repeats everywhere are function words, and a headline may have no others.
    A line of an unspaced script holds most characters of any title; longer ones hold them all.
    """
    cdef float one = 1
    cdef float share = (min(own, one) if own > 0 else one) * of_title
    return share * min(title_width / max(width, one), one)


cdef inline double _score(float share, Count level, Worth worth) noexcept nogil:
    if share > worth.least:
        return share + (worth.main if level == 1 else worth.other if level > 1 else 0)
    return worth.lone if level == 1 else 0


def fill_from_title(const Count[::1] width, Py_ssize_t at, int far, int most, float[:, ::1] rows):
    """Fill rows with where segments lie from the title.

    Args:
        width: Running sums of columns, shape (n + 1,).
        at: The title.
        far: Segments before it are at most as far.
        most: Segments behind it are at most as far.
        rows: Segments and columns from the title to each segment, a row left as it is, and
            whether it is the title; shape (4, n).

    Raises:
        ValueError: A shape does not fit, or the title is not there.
    """
    cdef Py_ssize_t place, count = rows.shape[1]
    if rows.shape[0] != TITLE_ROWS or width.shape[0] != count + 1 or not 0 <= at < count:
        raise ValueError("rows or sums are not of the shape they should have")
    for place in range(count):
        rows[0, place] = <float> min(max(place - at, -far), most)
        rows[1, place] = <float> (width[place] - width[at + 1])
        rows[3, place] = place == at
