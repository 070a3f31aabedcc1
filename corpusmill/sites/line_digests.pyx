"""Digests of the lines of pages, compiled: what `lines` asks for.

What makes two lines the same is settled there.  Digests are those of `keys.digest_of` over the
line as it is compared, which is never written down: its bytes go into the hash one by one.
"""

from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memset


cdef enum:
    MOST_RANGES = 16
    BLOCK_BYTES = 128
    ROUNDS = 12
    LEAST_LETTERS = 2
    PLANE = 0x10000  # code points of the basic multilingual plane
    # Digest size 8, no key, no tree: the parameters that RFC 7693 has in the first word.
    PARAMETERS = 0x01010008


cdef enum:
    KNOWN = 1
    SPACE = 2
    DIGIT = 4
    LETTER = 8
    WIDE = 16


cdef struct Hash:
    # BLAKE2b at work (RFC 7693).
    uint64_t chain[8]
    uint8_t block[BLOCK_BYTES]
    Py_ssize_t filled
    uint64_t hashed


cdef struct Folded:
    # What a line came to.
    uint64_t digest
    Py_ssize_t letters
    Py_ssize_t columns


cdef class LineDigester:
    """Digests lines.

    Args:
        fold: Returns a line with its compatibility forms and case folded.
        wide: First and last code points of ranges, both included, that take two columns.

    Raises:
        ValueError: There are too many ranges.
    """

    cdef object fold
    cdef uint32_t wide[MOST_RANGES][2]
    cdef int wide_count
    cdef uint8_t kinds[PLANE]  # of characters of folded lines; 0 for those that were not met

    def __cinit__(self, fold, wide):
        if len(wide) > MOST_RANGES:
            raise ValueError("too many ranges")
        self.fold = fold
        for first, last in wide:
            self.wide[self.wide_count][0] = first
            self.wide[self.wide_count][1] = last
            self.wide_count += 1

    def key(self, str line not None):
        """Return digest and columns of a line; None for one with fewer than two letters."""
        cdef Folded folded = self._folded(line)
        if folded.letters < LEAST_LETTERS:
            return None
        return folded.digest, folded.columns

    def write_keys(self, list lines not None, uint64_t[::1] digests, uint16_t[::1] columns):
        """Write digest and columns of each line that has two letters.

        Args:
            lines: The lines.
            digests: Written to; as long as `lines`.
            columns: Written to, 65,535 at most; as long as `lines`.

        Returns:
            How many were written.

        Raises:
            ValueError: Sizes do not fit.
        """
        cdef Folded folded
        cdef Py_ssize_t count = 0
        if not len(lines) == digests.shape[0] == columns.shape[0]:
            raise ValueError("lines and columns do not fit each other")
        for line in lines:
            folded = self._folded(line)
            if folded.letters >= LEAST_LETTERS:
                digests[count] = folded.digest
                columns[count] = <uint16_t> min(folded.columns, 0xFFFF)
                count += 1
        return count

    cdef Folded _folded(self, str line):
        """Return what a line comes to: white space collapsed, every number a 0."""
        cdef Folded folded
        cdef Hash hash
        cdef Py_UCS4 char
        cdef int kind
        cdef bint is_number = False, is_apart = False
        cdef str plain = self.fold(line)
        folded.letters = folded.columns = 0
        _begin(&hash)
        for char in plain:
            kind = self._kind(char)
            if kind & SPACE:
                is_apart = folded.columns > 0
                is_number = False
                continue
            if kind & DIGIT and is_number:
                continue
            is_number = kind & DIGIT
            if is_apart:
                _put(&hash, c" ")
                folded.columns += 1
                is_apart = False
            folded.letters += (kind & LETTER) != 0
            folded.columns += 1 + ((kind & WIDE) != 0)
            _put_char(&hash, c"0" if is_number else <uint32_t> char)
        folded.digest = _end(&hash)
        return folded

    cdef inline int _kind(self, uint32_t code) noexcept:
        if code >= PLANE:
            return self._find_kind(code)
        if not self.kinds[code]:
            self.kinds[code] = self._find_kind(code)
        return self.kinds[code]

    cdef int _find_kind(self, uint32_t code) noexcept:
        cdef Py_UCS4 char = code
        cdef int place, kind = KNOWN
        if char.isspace():
            return kind | SPACE
        for place in range(self.wide_count):
            if self.wide[place][0] <= code <= self.wide[place][1]:
                kind |= WIDE
        if char.isdecimal():
            kind |= DIGIT
        elif char.isalnum():
            kind |= LETTER
        return kind


cdef inline void _put_char(Hash *hash, uint32_t char) noexcept nogil:
    """Hash the UTF-8 of a character; that of a lone surrogate as if it were one."""
    if char < 0x80:
        _put(hash, char)
        return
    if char < 0x800:
        _put(hash, 0xC0 | char >> 6)
    else:
        if char < 0x10000:
            _put(hash, 0xE0 | char >> 12)
        else:
            _put(hash, 0xF0 | char >> 18)
            _put(hash, 0x80 | char >> 12 & 0x3F)
        _put(hash, 0x80 | char >> 6 & 0x3F)
    _put(hash, 0x80 | char & 0x3F)


cdef uint64_t[8] START
START[:] = [
    0x6A09E667F3BCC908ULL, 0xBB67AE8584CAA73BULL, 0x3C6EF372FE94F82BULL, 0xA54FF53A5F1D36F1ULL,
    0x510E527FADE682D1ULL, 0x9B05688C2B3E6C1FULL, 0x1F83D9ABFB41BD6BULL, 0x5BE0CD19137E2179ULL,
]

cdef uint8_t[ROUNDS][16] ORDER
ORDER[:] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
]


cdef inline void _begin(Hash *hash) noexcept nogil:
    cdef int at
    for at in range(8):
        hash.chain[at] = START[at]
    hash.chain[0] ^= PARAMETERS
    hash.filled = 0
    hash.hashed = 0


cdef inline void _put(Hash *hash, uint8_t byte) noexcept nogil:
    if hash.filled == BLOCK_BYTES:
        hash.hashed += BLOCK_BYTES
        _compress(hash, is_last=False)
        hash.filled = 0
    hash.block[hash.filled] = byte
    hash.filled += 1


cdef inline uint64_t _end(Hash *hash) noexcept nogil:
    """Return the first eight bytes of the digest, read as a big-endian number."""
    cdef uint64_t digest = 0
    cdef int at
    memset(hash.block + hash.filled, 0, BLOCK_BYTES - hash.filled)
    hash.hashed += hash.filled
    _compress(hash, is_last=True)
    for at in range(8):
        digest = digest << 8 | (hash.chain[0] >> 8 * at & 0xFF)
    return digest


cdef void _compress(Hash *hash, bint is_last) noexcept nogil:
    cdef uint64_t words[16]
    cdef uint64_t state[16]
    cdef uint8_t *order
    cdef int at, byte
    for at in range(16):
        words[at] = 0
        for byte in range(8):
            words[at] |= <uint64_t> hash.block[8 * at + byte] << 8 * byte
    for at in range(8):
        state[at] = hash.chain[at]
        state[8 + at] = START[at]
    state[12] ^= hash.hashed
    if is_last:
        state[14] = ~state[14]
    for at in range(ROUNDS):
        order = ORDER[at]
        _mix(state, 0, 4, 8, 12, words[order[0]], words[order[1]])
        _mix(state, 1, 5, 9, 13, words[order[2]], words[order[3]])
        _mix(state, 2, 6, 10, 14, words[order[4]], words[order[5]])
        _mix(state, 3, 7, 11, 15, words[order[6]], words[order[7]])
        _mix(state, 0, 5, 10, 15, words[order[8]], words[order[9]])
        _mix(state, 1, 6, 11, 12, words[order[10]], words[order[11]])
        _mix(state, 2, 7, 8, 13, words[order[12]], words[order[13]])
        _mix(state, 3, 4, 9, 14, words[order[14]], words[order[15]])
    for at in range(8):
        hash.chain[at] ^= state[at] ^ state[8 + at]


cdef inline void _mix(
    uint64_t *state, int a, int b, int c, int d, uint64_t x, uint64_t y
) noexcept nogil:
    state[a] += state[b] + x
    state[d] = _turned(state[d] ^ state[a], 32)
    state[c] += state[d]
    state[b] = _turned(state[b] ^ state[c], 24)
    state[a] += state[b] + y
    state[d] = _turned(state[d] ^ state[a], 16)
    state[c] += state[d]
    state[b] = _turned(state[b] ^ state[c], 63)


cdef inline uint64_t _turned(uint64_t word, int bits) noexcept nogil:
    return word >> bits | word << (64 - bits)
