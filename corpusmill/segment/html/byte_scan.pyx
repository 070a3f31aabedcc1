"""Scans over the bytes of an HTML page, compiled: what `sanitise` asks for.

Which names, bytes and sizes matter is settled there.  Every scan is linear: what has been looked
for to the end of the page in vain is not looked for again.
"""

from libc.string cimport memchr, memcmp

from corpusmill.segment.html.octets cimport Buffer, append, ascii_lower, release


cdef enum:
    MOST_NAMES = 16
    LONGEST_NAME = 16
    BLOCK = 128


cdef struct Name:
    char lower[LONGEST_NAME]
    Py_ssize_t size
    bint to_the_end


cdef class RawElements:
    """Takes elements out whose content is no markup, and comments.

    Args:
        names: Lower-case names of the elements.
        to_the_end: Those that, left open, hold the rest of the page.
        kept: What the opening tag of an element that stays holds, in lower case.
        max_kept_bytes: Longer ones go as well.

    Raises:
        ValueError: There are too many names, or one is too long.
    """

    cdef Name names[MOST_NAMES]
    cdef Py_ssize_t count, max_kept_bytes
    cdef bint is_first[256]
    cdef bytes kept

    def __cinit__(self, names, to_the_end, kept, max_kept_bytes):
        cdef const char *name
        cdef Py_ssize_t at
        if len(names) > MOST_NAMES or max(map(len, names)) > LONGEST_NAME:
            raise ValueError("too many names, or too long ones")
        self.kept, self.max_kept_bytes = kept, max_kept_bytes
        for given in names:
            name = given
            self.names[self.count].size = len(given)
            self.names[self.count].to_the_end = given in to_the_end
            for at in range(len(given)):
                self.names[self.count].lower[at] = name[at]
            self.is_first[<unsigned char> name[0]] = True
            self.count += 1

    def taken_out(self, const unsigned char[::1] raw):
        """Return the bytes of a page with a blank for each element and comment that went.

        Args:
            raw: UTF-8.
        """
        cdef Buffer out
        out.at, out.size, out.room = NULL, 0, 0
        if raw.shape[0] == 0:
            return b""
        try:
            self._take_out(<const char *> &raw[0], raw.shape[0], &out)
            return out.at[:out.size]
        finally:
            release(&out)

    cdef int _take_out(self, const char *raw, Py_ssize_t size, Buffer *out) except -1:
        cdef bint unclosed[MOST_NAMES + 1]  # the last one stands for comments
        cdef Py_ssize_t done = 0, start = -1, end, name
        for name in range(MOST_NAMES + 1):
            unclosed[name] = False
        while True:
            start = _find(raw, size, c"<", start + 1)
            if start < 0 or start + 2 >= size:
                break
            name = self._name_at(raw, size, start)
            if name < 0 or unclosed[name]:
                continue
            end = self._end_of(raw, size, start, name)
            if end < 0:
                unclosed[name] = True
                continue
            append(out, raw + done, start - done)
            if end - start <= self.max_kept_bytes and self._is_kept(raw, size, start, end):
                append(out, raw + start, end - start)
            else:
                append(out, b" ", 1)
            done = end
            start = end - 1
        return append(out, raw + done, size - done)

    cdef Py_ssize_t _name_at(self, const char *raw, Py_ssize_t size, Py_ssize_t start) noexcept:
        """Return which name opens at a place, `MOST_NAMES` for a comment; -1 for any other."""
        cdef Py_ssize_t name, after
        if raw[start + 1] == c"!":
            after = start + 4
            return MOST_NAMES if after <= size and memcmp(raw + start, b"<!--", 4) == 0 else -1
        if not self.is_first[ascii_lower(raw[start + 1])]:
            return -1
        for name in range(self.count):
            after = start + 1 + self.names[name].size
            if after < size and _closes_name(raw[after]) and _starts(
                raw + start + 1, &self.names[name]
            ):
                return name
        return -1

    cdef Py_ssize_t _end_of(
        self, const char *raw, Py_ssize_t size, Py_ssize_t start, Py_ssize_t name
    ) noexcept:
        """Return where an element ends, -1 if it does not and its content is to stay."""
        cdef Py_ssize_t at
        if name == MOST_NAMES:
            return _end_of_comment(raw, size, start)
        at = _find(raw, size, c">", start)
        if at >= 0:
            at = self._closing_tag(raw, size, at, name)
        if at >= 0:
            at = _find(raw, size, c">", at)
        if at >= 0:
            return at + 1
        return size if self.names[name].to_the_end else -1

    cdef Py_ssize_t _closing_tag(
        self, const char *raw, Py_ssize_t size, Py_ssize_t start, Py_ssize_t name
    ) noexcept:
        """Return where the next closing tag of a name stands, in any case; -1 if none does."""
        cdef Py_ssize_t at = start - 1
        while True:
            at = _find(raw, size, c"<", at + 1)
            if at < 0 or at + 2 + self.names[name].size > size:
                return -1
            if raw[at + 1] == c"/" and _starts(raw + at + 2, &self.names[name]):
                return at

    cdef bint _is_kept(
        self, const char *raw, Py_ssize_t size, Py_ssize_t start, Py_ssize_t end
    ) noexcept:
        """Return whether the opening tag holds what lets an element stay."""
        cdef Py_ssize_t opened = _find(raw, end, c">", start)
        cdef Py_ssize_t at, place, count = len(self.kept)
        cdef const char *kept = self.kept
        if opened < 0:
            opened = size - 1
        for at in range(start, opened - count + 1):
            place = 0
            while place < count and ascii_lower(raw[at + place]) == <unsigned char> kept[place]:
                place += 1
            if place == count:
                return True
        return False


def count_not_text(const unsigned char[::1] raw):
    """Return how many bytes are those of no text.

    These are control characters but tab, line feed, form feed, carriage return and escape
    (ISO 2022 has it), and the three bytes of each replacement character.

    Args:
        raw: UTF-8.
    """
    cdef Py_ssize_t size = raw.shape[0], start, count = 0
    for start in range(0, size, BLOCK):
        count += _controls(&raw[start], min(<Py_ssize_t> BLOCK, size - start))
        count += 3 * _replacements(&raw[start], min(<Py_ssize_t> BLOCK, size - 2 - start))
    return count


def find_rare(
    const unsigned char[::1] raw, bytes sought, Py_ssize_t rare, Py_ssize_t start, Py_ssize_t end
):
    """Return where some bytes stand next, -1 where they do not, as `bytes.find` does.

    Args:
        raw: Where to look.
        sought: What to look for.
        rare: Position in it of the byte that pages have least of.
        start: Where to begin, not negative.
        end: Where to stop, not behind the end.

    Raises:
        ValueError: There are no such positions.
    """
    cdef Py_ssize_t count = len(sought), at = start + rare - 1
    cdef const char *octets
    cdef const char *wanted = sought
    if not (0 <= rare < count and start >= 0 and end <= raw.shape[0]):
        raise ValueError(f"no byte {rare} of {count}, or none from {start} to {end}")
    if end - start < count:
        return -1
    octets = <const char *> &raw[0]
    while True:
        at = _find(octets, end - (count - 1 - rare), wanted[rare], at + 1)
        if at < 0 or memcmp(octets + at - rare, wanted, count) == 0:
            return -1 if at < 0 else at - rare


def long_stretches(const unsigned char[::1] raw, unsigned char ending, Py_ssize_t most):
    """Return the stretches that are too long, in order.

    Args:
        raw: Any bytes, cut into stretches behind each `ending` and at its end.
        ending: The last byte of a stretch.
        most: Bytes that are not too long; more than none.

    Returns:
        Pairs of start and end, half-open.

    Raises:
        ValueError: No stretch is that short.
    """
    cdef Py_ssize_t size = raw.shape[0], start = 0, at
    cdef const char *octets
    cdef list found = []
    if most < 1:
        raise ValueError(f"no stretch has {most} bytes")
    if size <= most:
        return found
    octets = <const char *> &raw[0]
    while size - start > most:
        at = start + most - 1  # the last ending within reach, mostly a few bytes away
        while at >= start and raw[at] != ending:
            at -= 1
        if at < start:
            at = _find(octets, size, ending, start + most)
            at = size - 1 if at < 0 else at
            found.append((start, at + 1))
        start = at + 1
    return found


cdef unsigned char _controls(const unsigned char *octets, Py_ssize_t size) noexcept:
    """Count in a byte, as a block allows, and by sums: compilers then take 16 bytes at a time."""
    cdef unsigned char count = 0, octet
    cdef Py_ssize_t at
    for at in range(size):
        octet = octets[at]
        count += (
            (octet < 32) + (octet == 127)
            - (octet == 9) - (octet == 10) - (octet == 12) - (octet == 13) - (octet == 27)
        )
    return count


cdef unsigned char _replacements(const unsigned char *octets, Py_ssize_t size) noexcept:
    cdef unsigned char count = 0
    cdef Py_ssize_t at
    for at in range(size):
        count += (octets[at] == 0xEF) & (octets[at + 1] == 0xBF) & (octets[at + 2] == 0xBD)
    return count


cdef inline Py_ssize_t _find(
    const char *raw, Py_ssize_t size, unsigned char octet, Py_ssize_t start
) noexcept:
    cdef const char *at
    if start >= size:
        return -1
    at = <const char *> memchr(raw + start, octet, size - start)
    return -1 if at == NULL else at - raw


cdef inline bint _starts(const char *raw, const Name *name) noexcept:
    cdef Py_ssize_t at = 0
    while at < name.size and ascii_lower(raw[at]) == <unsigned char> name.lower[at]:
        at += 1
    return at == name.size


cdef inline bint _closes_name(unsigned char octet) noexcept:
    """Return whether a tag's name ends before a byte (HTML standard, tag name state)."""
    return octet in (c" ", c"\t", c"\n", c"\r", c"\f", c"/", c">")


cdef Py_ssize_t _end_of_comment(const char *raw, Py_ssize_t size, Py_ssize_t start) noexcept:
    cdef Py_ssize_t at = start + 3
    while True:
        at = _find(raw, size, c">", at + 1)
        if at < 0 or (raw[at - 1] == c"-" and raw[at - 2] == c"-"):
            return at + 1 if at >= 0 else -1
