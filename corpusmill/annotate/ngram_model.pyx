"""What a fastText classifier says of a text, compiled: what `fasttext_file` makes of a file.

The same sums in the same order and in the same single precision as in the C++ library (Joulin et
al. 2016, https://arxiv.org/abs/1607.01759), so that the shares are equal bit by bit.  The library
looks every run of letters up in a large hash table; here one bit tells that most have no row, and
all that is read for a text fits into a processor's cache.
"""

cimport cython
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.unicode cimport (
    PyUnicode_DATA,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
    Py_UNICODE_ISSPACE,
)
from libc.math cimport expf, log
from libc.string cimport memcmp, memmove, memset

import numpy as np

cdef enum:
    MOST_COLUMNS = 64
    MOST_LABELS = 1024
    MOST_RANKED = 16
    CHARACTER_BYTES = 4

cdef unsigned int SEED = 2166136261U  # of FNV-1a with 32 bits
cdef unsigned int PRIME = 16777619U

cdef struct Text:
    # The tokens of a text, one after the other.
    int kind
    const void *characters
    Py_ssize_t size, place
    unsigned char *token  # "<", the token in UTF-8, ">"
    Py_ssize_t bytes
    unsigned int hash  # of the token without the brackets

cdef struct Hidden:
    float sums[MOST_COLUMNS]
    long long rows

cdef struct Ranked:
    float scores[MOST_RANKED + 1]
    int labels[MOST_RANKED + 1]
    int count


@cython.final
cdef class NgramModel:
    """A classifier whose labels are the leaves of a tree.

    Args:
        words: Words that have rows of their own, in UTF-8; they have the first rows.
        end: Which of the words stands for the end of a line.
        mark: What labels begin with; tokens that do are passed over.
        sizes: Characters of the shortest and of the longest runs of letters.
        buckets: The hash of a run is taken modulo this.
        runs: Remainders of the runs that have rows, ascending; they have the rows behind those
            of the words; shape (k,).
        rows: Values, shape (rows, columns).
        output: Values of the inner nodes of the tree, shape (labels, columns); node n has those
            of row n - labels.
        children: Of each node of the tree, -1 for a leaf; leaves are the labels, the last node is
            the root; shape (2 * labels - 1, 2).

    Raises:
        ValueError: The parts do not fit each other.
    """

    cdef const float[:, ::1] rows
    cdef const float[:, ::1] output
    cdef const int[:, ::1] children
    cdef int[::1] parents
    cdef const unsigned long long[::1] marks
    cdef const int[::1] slots
    cdef const int[::1] edges
    cdef bytes spelled, mark
    cdef unsigned int buckets
    cdef int words, end, shortest, longest, columns, labels

    def __init__(
        self, *, words, int end, bytes mark not None, sizes, unsigned int buckets, runs, rows,
        output, children,
    ):
        self.words, self.end, self.mark, self.buckets = len(words), end, mark, buckets
        self.shortest, self.longest = sizes
        self.labels, self.columns = output.shape
        fits = rows.shape == (self.words + len(runs), self.columns) and buckets > 0
        fits = fits and 0 <= end < self.words and self.columns <= MOST_COLUMNS
        fits = fits and 1 < self.labels <= MOST_LABELS and 1 <= self.shortest <= self.longest
        fits = fits and len(runs) > 0 and bool(np.all(runs[1:] > runs[:-1]))
        fits = fits and 0 <= runs[0] and runs[-1] < buckets
        if not fits or not _is_tree(children, self.labels):
            raise ValueError("the parts of the model do not fit each other")
        self.rows, self.output, self.children = rows, output, children
        self.parents = _parents(children)
        self.marks = _marks(runs, buckets)
        self.spelled = b"".join(words)
        self.edges = np.cumsum([0, *map(len, words)], dtype=np.int32)
        self.slots = _slots(words)

    def rank(self, str text not None, int count) -> list:
        """Return the likeliest labels of a text, each with its share, the likeliest first.

        Args:
            text: Any string; white space, also line breaks, and NUL part its tokens.
            count: How many, at most 16.
        """
        cdef Hidden hidden
        cdef Ranked ranked
        cdef int place
        if not 0 < count <= MOST_RANKED:
            raise ValueError(f"cannot rank {count} labels")
        self._read(text, &hidden)
        self._descend(&hidden, &ranked, count)
        return [(ranked.labels[place], expf(ranked.scores[place])) for place in range(ranked.count)]

    def share(self, str text not None, int label) -> float:
        """Return the share of one label, which costs less than ranking them all.

        Args:
            text: As for `rank`.
            label: The label.
        """
        cdef Hidden hidden
        cdef int path[2 * MOST_LABELS]
        cdef int node = label, depth = 0
        cdef float score = 0, share
        if not 0 <= label < self.labels:
            raise ValueError(f"no label {label}")
        self._read(text, &hidden)
        while node >= 0:
            path[depth] = node
            depth += 1
            node = self.parents[node]
        for depth in range(depth - 1, 0, -1):
            share = self._share_of_right(&hidden, path[depth])
            if path[depth - 1] == self.children[path[depth], 1]:
                score += _log(share)
            else:
                score += _log(<float> (1.0 - share))
        return expf(score)

    cdef int _read(self, str string, Hidden *hidden) except -1:
        """Take the mean of the rows of a text, and of the end of its line."""
        cdef Text text
        cdef int column, word
        cdef float scale
        memset(hidden, 0, sizeof(Hidden))
        text.kind = PyUnicode_KIND(string)
        text.characters = PyUnicode_DATA(string)
        text.size = PyUnicode_GET_LENGTH(string)
        text.place = 0
        text.token = <unsigned char *> PyMem_Malloc(CHARACTER_BYTES * text.size + 2)
        if text.token == NULL:
            raise MemoryError
        while _next_token(&text):
            if self._is_marked(&text):
                continue
            word = self._word(&text)
            if word >= 0:
                self._add(hidden, word)
            if word != self.end:
                self._add_runs(hidden, &text)
        self._add(hidden, self.end)
        PyMem_Free(text.token)
        scale = <float> (1.0 / hidden.rows)
        for column in range(self.columns):
            hidden.sums[column] *= scale
        return 0

    cdef bint _is_marked(self, Text *text) noexcept:
        cdef Py_ssize_t size = len(self.mark)
        return text.bytes - 2 >= size and memcmp(
            text.token + 1, <const char *> self.mark, size
        ) == 0

    cdef int _word(self, Text *text) noexcept:
        """Return the row of a token that is a known word, -1 for any other."""
        cdef Py_ssize_t last = self.slots.shape[0] - 1, slot = text.hash & last, start
        cdef const char *spelled = self.spelled
        cdef int word = self.slots[slot]
        while word >= 0:
            start = self.edges[word]
            if self.edges[word + 1] - start == text.bytes - 2 and memcmp(
                spelled + start, text.token + 1, text.bytes - 2
            ) == 0:
                return word
            slot = (slot + 1) & last
            word = self.slots[slot]
        return -1

    cdef void _add_runs(self, Hidden *hidden, Text *text) noexcept:
        """Add the rows of the runs of letters of a token, brackets among them.

        A bracket alone is no run.
        """
        cdef Py_ssize_t start, at
        cdef int letters
        cdef unsigned int hash
        for start in range(text.bytes):
            if text.token[start] & 0xC0 == 0x80:
                continue
            hash = SEED
            at = start
            letters = 0
            while at < text.bytes and letters < self.longest:
                hash = _hashed(hash, text.token[at])
                at += 1
                while at < text.bytes and text.token[at] & 0xC0 == 0x80:
                    hash = _hashed(hash, text.token[at])
                    at += 1
                letters += 1
                if letters >= self.shortest and not (
                    letters == 1 and (start == 0 or at == text.bytes)
                ):
                    self._add_run(hidden, hash % self.buckets)

    cdef inline void _add_run(self, Hidden *hidden, unsigned int run) noexcept:
        cdef unsigned long long marks = self.marks[run >> 5]
        cdef unsigned int bit = <unsigned int> 1 << (run & 31)
        if marks & bit:
            self._add(
                hidden,
                self.words + <int> (marks >> 32) + _bits_in(<unsigned int> marks & (bit - 1)),
            )

    cdef inline void _add(self, Hidden *hidden, int row) noexcept:
        """Add a row to the sums."""
        cdef const float *values = &self.rows[row, 0]
        cdef int column
        for column in range(self.columns):
            hidden.sums[column] += values[column]
        hidden.rows += 1

    cdef void _descend(self, const Hidden *hidden, Ranked *ranked, int count) noexcept:
        """Rank the leaves; a branch that holds nothing likelier than the ranked is left out."""
        cdef int nodes[2 * MOST_LABELS]
        cdef float scores[2 * MOST_LABELS]
        cdef float score, share, least = _log(0.0)
        cdef int waiting = 1, node
        ranked.count = 0
        nodes[0] = 2 * self.labels - 2
        scores[0] = 0
        while waiting:
            waiting -= 1
            node, score = nodes[waiting], scores[waiting]
            if score < least or (ranked.count == count and score < ranked.scores[count - 1]):
                continue
            if node < self.labels:
                _insert(ranked, node, score, count)
                continue
            share = self._share_of_right(hidden, node)
            nodes[waiting] = self.children[node, 1]
            scores[waiting] = score + _log(share)
            nodes[waiting + 1] = self.children[node, 0]
            scores[waiting + 1] = score + _log(<float> (1.0 - share))
            waiting += 2

    cdef float _share_of_right(self, const Hidden *hidden, int node) noexcept:
        """Return the share of the right child of an inner node."""
        cdef const float *output = &self.output[node - self.labels, 0]
        cdef float product = 0, one = 1
        cdef int column
        for column in range(self.columns):
            product += output[column] * hidden.sums[column]
        return one / (one + expf(-product))


cdef bint _next_token(Text *text) noexcept:
    """Read the next token; return whether there is one."""
    cdef unsigned int char
    cdef Py_ssize_t at
    text.bytes = 1
    text.token[0] = c"<"
    while text.place < text.size:
        char = PyUnicode_READ(text.kind, text.characters, text.place)
        text.place += 1
        if char == 0 or Py_UNICODE_ISSPACE(char):
            if text.bytes > 1:
                break
        else:
            text.bytes += _encode(char, text.token + text.bytes)
    text.hash = SEED
    for at in range(1, text.bytes):
        text.hash = _hashed(text.hash, text.token[at])
    text.token[text.bytes] = c">"
    text.bytes += 1
    return text.bytes > 2


cdef inline Py_ssize_t _encode(unsigned int char, unsigned char *octets) noexcept:
    """Write a character in UTF-8; return its bytes."""
    if char < 0x80:
        octets[0] = <unsigned char> char
        return 1
    if char < 0x800:
        octets[0] = <unsigned char> (0xC0 | char >> 6)
        octets[1] = <unsigned char> (0x80 | char & 0x3F)
        return 2
    if char < 0x10000:
        octets[0] = <unsigned char> (0xE0 | char >> 12)
        octets[1] = <unsigned char> (0x80 | char >> 6 & 0x3F)
        octets[2] = <unsigned char> (0x80 | char & 0x3F)
        return 3
    octets[0] = <unsigned char> (0xF0 | char >> 18)
    octets[1] = <unsigned char> (0x80 | char >> 12 & 0x3F)
    octets[2] = <unsigned char> (0x80 | char >> 6 & 0x3F)
    octets[3] = <unsigned char> (0x80 | char & 0x3F)
    return 4


cdef inline unsigned int _hashed(unsigned int hash, unsigned char octet) noexcept:
    """Return a hash with one more byte, which the library takes as a signed one."""
    return (hash ^ <unsigned int> <signed char> octet) * PRIME


cdef inline int _bits_in(unsigned int word) noexcept:
    """Return how many bits of a word are set."""
    word -= word >> 1 & 0x55555555
    word = (word & 0x33333333) + (word >> 2 & 0x33333333)
    return (((word + (word >> 4)) & 0x0F0F0F0F) * 0x01010101) >> 24


cdef inline float _log(float share) noexcept:
    """Return the logarithm that the library takes, which is finite for 0."""
    return <float> log(share + 1e-5)


cdef void _insert(Ranked *ranked, int label, float score, int count) noexcept:
    """Put a label where its score belongs; the last of too many falls out."""
    cdef int place = ranked.count
    cdef Py_ssize_t behind
    while place > 0 and ranked.scores[place - 1] < score:
        place -= 1
    behind = ranked.count - place
    memmove(&ranked.scores[place + 1], &ranked.scores[place], behind * sizeof(float))
    memmove(&ranked.labels[place + 1], &ranked.labels[place], behind * sizeof(int))
    ranked.scores[place] = score
    ranked.labels[place] = label
    if ranked.count < count:
        ranked.count += 1


def _is_tree(children, int labels) -> bool:
    """Say whether every node but the root, the last one, is a child of one behind it."""
    nodes = 2 * labels - 1
    if children.shape != (nodes, 2) or (children[:labels] != -1).any():
        return False
    inner = children[labels:]
    own = np.arange(labels, nodes)[:, None]
    return bool((inner < own).all()) and np.array_equal(np.sort(inner, None), np.arange(nodes - 1))


def _parents(children):
    """Return the parent of each node, -1 for the root."""
    parents = np.full(len(children), -1, dtype=np.int32)
    for node, pair in enumerate(children.tolist()):
        if pair[0] >= 0:
            parents[pair] = node
    return parents


def _marks(runs, unsigned int buckets):
    """Return, for every 32 buckets, a bit for each that has a row, and above them the rows before.

    Args:
        runs: Buckets that have rows, ascending.
        buckets: How many there are.
    """
    marks = np.zeros(buckets // 32 + 1, dtype=np.uint64)
    places = runs // 32
    np.bitwise_or.at(marks, places, np.left_shift(np.uint64(1), (runs % 32).astype(np.uint64)))
    before = np.searchsorted(places, np.arange(len(marks))).astype(np.uint64)
    return marks | before << np.uint64(32)


def _slots(words):
    """Return a hash table with the places of words, -1 where it is free."""
    slots = np.full(1 << (4 * len(words)).bit_length(), -1, dtype=np.int32)
    cdef unsigned int hash
    cdef unsigned char octet
    for place, word in enumerate(words):
        hash = SEED
        for octet in word:
            hash = _hashed(hash, octet)
        slot = hash & (len(slots) - 1)
        while slots[slot] >= 0:
            slot = (slot + 1) & (len(slots) - 1)
        slots[slot] = place
    return slots
