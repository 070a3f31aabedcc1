"""The walk over an HTML page's tree, compiled: what `walk.walk_tree` asks for.

Reads libxml2's nodes through lxml's C interface, without a Python object an element: a page has
a thousand elements and more, a few hundred segments.  What names and attributes mean is settled
in `tags` and `walk`; how pieces of text become segments stands here.
"""

cimport cython
from cpython.object cimport PyObject_GenericSetAttr
from cpython.unicode cimport PyUnicode_AsUTF8AndSize, PyUnicode_DecodeUTF8
from libc.string cimport memchr, memcmp, memset, strcmp, strlen
from lxml.includes.etreepublic cimport (
    _Element, attributeValue, elementFactory, import_lxml__etree, namespacedName, pyunicode
)
from lxml.includes.tree cimport (
    XML_CDATA_SECTION_NODE, XML_ELEMENT_NODE, XML_TEXT_NODE, const_xmlChar, xmlAttr, xmlNode
)

from corpusmill.records import Segment
from corpusmill.segment.html.octets cimport (
    Buffer, append, characters, collapsed, extended, leading_space, release, space_at,
    stripped_characters, words_joined
)
from corpusmill.segment.html.tags import TagKind

import_lxml__etree()

cdef int BLOCK = TagKind.BLOCK, INLINE = TagKind.INLINE, SKIP = TagKind.SKIP
cdef int BREAK = TagKind.BREAK, IMAGE = TagKind.IMAGE, FIELD = TagKind.FIELD
cdef int LINK = TagKind.LINK, BOLD = TagKind.BOLD

cdef enum:
    CACHED = 256  # names that a walk finds again by their address; a power of two
    SHOWN_CHARS = 3  # a longer segment is taken for one that shows something
    LINE_BREAK = 0  # stands for `<br>` among the pieces of a segment; no text holds it
    MARK = 0  # an attribute that goes into the mark of its element
    HIDES_AT = 1  # one that hides at its word, at anything but its word, or by its style
    HIDES_UNLESS = 2
    HIDES_BY_STYLE = 3

cdef struct Tag:
    int kind, code
    bint hides, keeps_lines, is_single, is_row, is_cell
    long long owner  # the last frame that had children of this name, and how many
    int count

cdef struct Count:
    Py_ssize_t tag
    long long owner
    int count

cdef struct Frame:  # an element whose children are being walked, and what was so before it
    xmlNode *element
    bint opened
    Py_ssize_t tag, path_size, block_path_size, counts
    long long serial
    int node, in_link, in_bold, keep_lines

cdef struct Node:
    Py_ssize_t tag, path_at, path_size
    int parent, mark, depth, hidden, first, last, element

cdef struct Row:  # of `structure.SegmentColumns`, but for the first two
    Py_ssize_t text_at, chars
    int node, link_chars, links, bold_chars, images, fields, lead_link, tail_link

cdef struct InlineMark:
    int segment, mark

cdef struct CachedName:
    const_xmlChar *name
    Py_ssize_t found


@cython.final
cdef class Vocabulary:
    """What names of elements and attributes mean to a walk: tables of Python, made once.

    Args:
        tags: Name, `TagKind` and code of each element known.
        other_tag: Code of others.
        kind_of: Returns the `TagKind` of another name.
        hiding: Names of elements that hide what is in them.
        preformatted: Names of those that keep line breaks.
        single: Names of those that paths give no number.
        rows: Names of those whose cells may become one segment.
        cells: Names of those cells.
        marking: What stands before the value of an attribute in the mark of its element.
        hides_at: Value at which an attribute hides its element.
        hides_unless: Value that is the only one at which an attribute does not.
        style: Attribute that hides if `not_shown` finds something in it.
        not_shown: Search of a pattern for which a value must have an `n` and, behind a colon and
            white space, one of `n` and `h` in any case.
        no_glyph: Characters that show nothing.
        max_cell_chars: A row with a longer cell keeps its cells apart.
        max_path_depth: Most names in a path.
    """

    cdef dict tag_places, attribute_places
    cdef list tag_names, words
    cdef object kind_of, not_shown
    cdef Buffer tags, actions
    cdef bytes no_glyph
    cdef int other_tag
    cdef Py_ssize_t max_cell_chars, max_path_depth

    def __init__(
        self, *, tags, other_tag, kind_of, hiding, preformatted, single, rows, cells, marking,
        hides_at, hides_unless, style, not_shown, no_glyph, max_cell_chars, max_path_depth,
    ):
        cdef Tag *tag
        self.tag_places, self.attribute_places = {}, {}
        self.tag_names, self.words = [], []
        self.kind_of, self.not_shown, self.other_tag = kind_of, not_shown, other_tag
        self.no_glyph = no_glyph.encode()
        self.max_cell_chars, self.max_path_depth = max_cell_chars, max_path_depth
        for name, kind, code in tags:
            self.tag_places[name] = len(self.tag_names)
            self.tag_names.append(name)
            tag = <Tag *> extended(&self.tags, sizeof(Tag))
            memset(tag, 0, sizeof(Tag))
            tag.kind, tag.code, tag.owner = kind, code, -1
            tag.hides, tag.keeps_lines = name in hiding, name in preformatted
            tag.is_single, tag.is_row, tag.is_cell = name in single, name in rows, name in cells
        for action, words in (
            (MARK, marking), (HIDES_AT, hides_at), (HIDES_UNLESS, hides_unless),
            (HIDES_BY_STYLE, {style: ""}),
        ):
            for name, word in words.items():
                self.attribute_places[name] = len(self.words)
                self.words.append(word.encode())
                (<int *> extended(&self.actions, sizeof(int)))[0] = action

    def __dealloc__(self):
        release(&self.tags)
        release(&self.actions)


@cython.final
cdef class TreeWalk:
    """One walk over one page: segments and block elements in document order.

    Args:
        root: The `html` element.
        words: What names mean.
        depth: Elements nested deeper are too much.
        segments: More of them are too much.

    Attributes:
        is_too_deep: The walk ended where elements were nested too deep.
        has_too_many: It ended where there were too many segments.
        segment_count: Segments.
        node_count: Block elements.
        marks: Distinct class-id-role strings, by first use; entry 0 is empty.
    """

    cdef readonly bint is_too_deep, has_too_many
    cdef readonly int segment_count, node_count
    cdef readonly dict marks
    cdef _Element root
    cdef Vocabulary words
    cdef Py_ssize_t depth_limit, segment_limit, frame_count
    cdef CachedName tag_cache[CACHED]
    cdef CachedName attribute_cache[CACHED]
    cdef dict tag_places  # of names that the vocabulary lacks
    cdef list tag_names
    cdef Buffer tags, counts, frames, nodes, rows, inline_marks, text, path, paths, mark, run
    cdef Buffer stating  # title and meta elements
    cdef Buffer pieces, starts, inline  # of the segment that is being gathered
    cdef Row pen  # its counts
    cdef Py_ssize_t tail_link  # how many pieces there were when a link ended last
    cdef Py_ssize_t block_path_size
    cdef int node
    cdef long long frame_serial, last_serial
    cdef int element_count, in_link, in_bold, keep_lines

    def __init__(self, _Element root not None, Vocabulary words not None, *, depth, segments):
        self.root, self.words = root, words
        self.depth_limit, self.segment_limit = depth, segments
        self.marks = {"": 0}
        self.tag_places, self.tag_names = {}, list(words.tag_names)
        append(&self.tags, words.tags.at, words.tags.size)
        append(&self.path, b"/html", 5)
        self.block_path_size = self.path.size
        self._walk(root._c_node)

    def __dealloc__(self):
        release(&self.tags)
        release(&self.counts)
        release(&self.frames)
        release(&self.nodes)
        release(&self.rows)
        release(&self.inline_marks)
        release(&self.text)
        release(&self.path)
        release(&self.paths)
        release(&self.mark)
        release(&self.run)
        release(&self.stating)
        release(&self.pieces)
        release(&self.starts)
        release(&self.inline)

    def page_text(self):
        """Return the text of the page: that of its segments, a line break between them."""
        return PyUnicode_DecodeUTF8(self.text.at, max(0, self.text.size - 1), NULL)

    def segments(self):
        """Return the segments of the page text as a tuple."""
        cdef Row *rows = <Row *> self.rows.at
        cdef Node *nodes = <Node *> self.nodes.at
        cdef Node *node
        cdef Py_ssize_t at, start = 0, count = self.segment_count
        cdef int known = -1
        cdef list segments = []
        new = Segment.__new__
        for at in range(count):
            node = nodes + rows[at].node
            if rows[at].node != known:
                known = rows[at].node
                path = PyUnicode_DecodeUTF8(self.paths.at + node.path_at, node.path_size, NULL)
                tag = self.tag_names[node.tag]
            segment = new(Segment)
            end = start + rows[at].chars + (at < count - 1)
            # What `__init__` of a frozen class does, at a sixth of its time.
            PyObject_GenericSetAttr(segment, "start", start)
            PyObject_GenericSetAttr(segment, "end", end)
            PyObject_GenericSetAttr(segment, "tag", tag)
            PyObject_GenericSetAttr(segment, "path", path)
            segments.append(segment)
            start = end
        return tuple(segments)

    def write_columns(self, int[:, ::1] columns):
        """Write the columns of the segments.

        Args:
            columns: Shape (8, segments), in the order of `structure.SegmentColumns`.

        Raises:
            ValueError: The shape is another one.
        """
        cdef Row *rows = <Row *> self.rows.at
        cdef Py_ssize_t at
        if columns.shape[0] != 8 or columns.shape[1] != self.segment_count:
            raise ValueError(f"columns of {columns.shape[1]} segments")
        for at in range(columns.shape[1]):
            columns[0, at] = rows[at].node
            columns[1, at] = rows[at].link_chars
            columns[2, at] = rows[at].links
            columns[3, at] = rows[at].bold_chars
            columns[4, at] = rows[at].images
            columns[5, at] = rows[at].fields
            columns[6, at] = rows[at].lead_link
            columns[7, at] = rows[at].tail_link

    def write_nodes(self, int[:, ::1] columns):
        """Write the columns of the block elements.

        Args:
            columns: Shape (8, block elements), in the order of `structure.NodeColumns`.

        Raises:
            ValueError: The shape is another one.
        """
        cdef Node *nodes = <Node *> self.nodes.at
        cdef Tag *tags = <Tag *> self.tags.at
        cdef Py_ssize_t at
        if columns.shape[0] != 8 or columns.shape[1] != self.node_count:
            raise ValueError(f"columns of {columns.shape[1]} block elements")
        for at in range(columns.shape[1]):
            columns[0, at] = nodes[at].parent
            columns[1, at] = tags[nodes[at].tag].code
            columns[2, at] = nodes[at].mark
            columns[3, at] = nodes[at].depth
            columns[4, at] = nodes[at].hidden
            columns[5, at] = nodes[at].first
            columns[6, at] = nodes[at].last
            columns[7, at] = nodes[at].element
        columns[1, 0] = self.words.other_tag

    def inline_pairs(self):
        """Return pairs of segment and entry of `marks` for the inline elements in it."""
        cdef InlineMark *marks = <InlineMark *> self.inline_marks.at
        cdef Py_ssize_t at, count = self.inline_marks.size // <Py_ssize_t> sizeof(InlineMark)
        return tuple([(marks[at].segment, marks[at].mark) for at in range(count)])

    def head(self):
        """Return what the page states outside of its text, in document order.

        Returns:
            The `title` elements; pairs of property (or else name) and content of the `meta`
            elements, empty where there is none.
        """
        cdef xmlNode **elements = <xmlNode **> self.stating.at
        cdef Py_ssize_t at, count = self.stating.size // <Py_ssize_t> sizeof(xmlNode *)
        cdef list titles = [], metas = []
        for at in range(count):
            if _is_named(elements[at], b"title"):
                titles.append(elementFactory(self.root._doc, elements[at]))
            else:
                name = _value_of(elements[at], b"property") or _value_of(elements[at], b"name")
                metas.append((name, _value_of(elements[at], b"content")))
        return titles, metas

    # The walk

    cdef int _walk(self, xmlNode *root) except -1:
        cdef xmlNode *at = root.children
        cdef Frame *frame
        self._open(self._tag_of(root), 0, False)
        while True:
            if at == NULL:
                if self.frame_count == 0:
                    break
                frame = self._last_frame()
                at = frame.element.next
                self._leave(frame)
            elif _is_text(at):
                at = self._read_text(at)
            elif at.type != XML_ELEMENT_NODE:
                at = at.next
            elif not self._enter(at):
                at = at.next
            elif _has_elements(at) and self._is_too_much():
                return 0
            else:
                at = at.children
        self._write()
        (<Node *> self.nodes.at).last = self.segment_count
        self.has_too_many = self.segment_count > self.segment_limit
        return 0

    cdef bint _is_too_much(self) noexcept:
        self.is_too_deep = self.frame_count > self.depth_limit
        self.has_too_many = not self.is_too_deep and self.segment_count > self.segment_limit
        return self.is_too_deep or self.has_too_many

    cdef int _enter(self, xmlNode *element) except -1:
        """Do what an element asks for; return whether its children are to be walked."""
        cdef Py_ssize_t tag = self._tag_of(element)
        cdef int kind = (<Tag *> self.tags.at)[tag].kind
        self.element_count += 1
        if kind == BLOCK or kind == INLINE or kind == LINK or kind == BOLD:
            return self._enter_shown(element, tag, kind)
        if kind == BREAK:
            self._add_break()
        elif kind == IMAGE:
            self.pen.images += 1
        elif kind == FIELD:
            self.pen.fields += 1
        self._pass_over(element)
        return False

    cdef int _pass_over(self, xmlNode *element) except -1:
        """Count the elements below one that is no text; keep, with it, those of the head."""
        cdef xmlNode *at = element
        while at != NULL:
            if at.type == XML_ELEMENT_NODE:
                self.element_count += at != element
                if _is_named(at, b"title") or _is_named(at, b"meta"):
                    (<xmlNode **> extended(&self.stating, sizeof(xmlNode *)))[0] = at
            at = _following(at, element)
        return 0

    cdef int _enter_shown(self, xmlNode *element, Py_ssize_t tag, int kind) except -1:
        cdef bint hidden = (<Tag *> self.tags.at)[tag].hides
        cdef int mark = self._read_attributes(element, &hidden)
        cdef bint opens = kind == BLOCK or hidden
        cdef int number = self._number_of(tag)
        if opens:
            self._write()
        elif mark:
            (<int *> extended(&self.inline, sizeof(int)))[0] = mark
        self._push(element, tag, opens)
        if self.frame_count < self.words.max_path_depth:
            self._lengthen_path(tag, number)
        if opens:
            self._open(tag, mark, hidden)
            self.keep_lines += (<Tag *> self.tags.at)[tag].keeps_lines
        if kind == LINK:
            self.in_link += 1
            self.pen.links += 1
        elif kind == BOLD:
            self.in_bold += 1
        return True

    cdef Frame *_last_frame(self) noexcept:
        return (<Frame *> self.frames.at) + self.frame_count - 1

    cdef int _push(self, xmlNode *element, Py_ssize_t tag, bint opens) except -1:
        cdef Frame *frame = <Frame *> extended(&self.frames, sizeof(Frame))
        frame.element, frame.opened, frame.tag, frame.node = element, opens, tag, self.node
        frame.path_size, frame.block_path_size = self.path.size, self.block_path_size
        frame.counts, frame.serial = self.counts.size, self.frame_serial
        frame.in_link, frame.in_bold = self.in_link, self.in_bold
        frame.keep_lines = self.keep_lines
        self.frame_count += 1
        self.last_serial += 1
        self.frame_serial = self.last_serial
        return 0

    cdef int _open(self, Py_ssize_t tag, int mark, bint hidden) except -1:
        """Have what follows lie in another block element."""
        cdef Node *node = <Node *> extended(&self.nodes, sizeof(Node))
        cdef Node *outer = (<Node *> self.nodes.at) + self.node
        cdef int place = self.node_count
        self.node_count += 1
        node.parent = self.node if place else -1
        node.tag, node.mark, node.path_at, node.path_size = tag, mark, -1, 0
        node.depth = outer.depth + 1 if place else 0
        node.hidden = 1 if hidden else outer.hidden if place else 0
        node.first, node.last = self.segment_count, 0
        node.element = self.element_count
        self.node, self.block_path_size = place, self.path.size
        return 0

    cdef int _leave(self, Frame *frame) except -1:
        cdef Node *node
        cdef Count *count
        if frame.opened:
            self._write()
            node = (<Node *> self.nodes.at) + self.node
            if (<Tag *> self.tags.at)[frame.tag].is_row and self.segment_count > node.first + 1:
                self._merge_row(node)
            node.last = self.segment_count
        self.node, self.path.size = frame.node, frame.path_size
        self.block_path_size, self.frame_serial = frame.block_path_size, frame.serial
        self.in_link, self.in_bold = frame.in_link, frame.in_bold
        self.keep_lines = frame.keep_lines
        while self.counts.size > frame.counts:
            self.counts.size -= sizeof(Count)
            count = <Count *> (self.counts.at + self.counts.size)
            (<Tag *> self.tags.at)[count.tag].owner = count.owner
            (<Tag *> self.tags.at)[count.tag].count = count.count
        self.frames.size -= sizeof(Frame)
        self.frame_count -= 1
        return 0

    cdef int _number_of(self, Py_ssize_t place) except -1:
        """Return which child of its name, from 1, the element is that has just begun.

        A name counts for one frame at a time; what it counted for the frame around it is put
        aside, and put back when the frame ends.
        """
        cdef Tag *tag = (<Tag *> self.tags.at) + place
        cdef Count *aside
        if tag.owner != self.frame_serial:
            aside = <Count *> extended(&self.counts, sizeof(Count))
            aside.tag, aside.owner, aside.count = place, tag.owner, tag.count
            tag.owner, tag.count = self.frame_serial, 0
        tag.count += 1
        return tag.count

    cdef int _lengthen_path(self, Py_ssize_t tag, int number) except -1:
        cdef Py_ssize_t size
        cdef const char *name = PyUnicode_AsUTF8AndSize(self.tag_names[tag], &size)
        append(&self.path, b"/", 1)
        append(&self.path, name, size)
        if not (<Tag *> self.tags.at)[tag].is_single:
            append(&self.path, b"[", 1)
            _append_number(&self.path, number)
            append(&self.path, b"]", 1)
        return 0

    # Names and attributes

    cdef Py_ssize_t _tag_of(self, xmlNode *element) except -1:
        """Return the place of an element's name in `tags`.

        libxml2 keeps each name once, so that its address finds it again; where it does not,
        the name does.
        """
        cdef CachedName *cached = _cached(self.tag_cache, element.name)
        if element.ns != NULL and element.ns.href != NULL:
            return self._place_of_tag(namespacedName(element))
        if cached.name != element.name:
            cached.found = self._place_of_tag(pyunicode(element.name))
            cached.name = element.name
        return cached.found

    cdef Py_ssize_t _place_of_tag(self, str name) except -1:
        cdef Tag *tag
        place = self.words.tag_places.get(name)
        if place is None:
            place = self.tag_places.get(name)
        if place is None:
            place = self.tag_places[name] = len(self.tag_names)
            self.tag_names.append(name)
            tag = <Tag *> extended(&self.tags, sizeof(Tag))
            memset(tag, 0, sizeof(Tag))
            tag.kind, tag.code, tag.owner = self.words.kind_of(name), self.words.other_tag, -1
        return place

    cdef int _read_attributes(self, xmlNode *element, bint *hidden) except -1:
        """Return the entry of an element's mark, and set whether its attributes hide it."""
        cdef xmlAttr *attribute = element.properties
        cdef CachedName *cached
        self.mark.size = 0
        while attribute != NULL:
            cached = _cached(self.attribute_cache, attribute.name)
            if cached.name != attribute.name:
                cached.found = self.words.attribute_places.get(pyunicode(attribute.name), -1)
                cached.name = attribute.name
            if cached.found >= 0 and (attribute.ns == NULL or attribute.ns.href == NULL):
                self._read_attribute(element, attribute, cached.found, hidden)
            attribute = attribute.next
        if self.mark.size == 0:
            return 0
        mark = PyUnicode_DecodeUTF8(self.mark.at, self.mark.size, NULL)
        known = self.marks.get(mark)
        if known is None:
            known = self.marks[mark] = len(self.marks)
        return known

    cdef int _read_attribute(
        self, xmlNode *element, xmlAttr *attribute, Py_ssize_t place, bint *hidden
    ) except -1:
        cdef bytes word = self.words.words[place], whole
        cdef int action = (<int *> self.words.actions.at)[place]
        cdef xmlNode *content = attribute.children
        cdef const char *value
        if content == NULL:
            value = b""
        elif content.type == XML_TEXT_NODE and content.next == NULL and content.content != NULL:
            value = <const char *> content.content
        else:
            whole = attributeValue(element, attribute).encode()
            value = whole
        if action == MARK:
            append(&self.mark, word, len(word))
            append(&self.mark, value, strlen(value))
        elif not hidden[0]:
            hidden[0] = self._hides(action, word, value)
        return 0

    cdef int _hides(self, int action, bytes word, const char *value) except -1:
        cdef bint is_word
        if action == HIDES_BY_STYLE:
            return _may_hide(value) and bool(self.words.not_shown(pyunicode(<const_xmlChar *> value)))
        is_word = strcmp(value, <const char *> word) == 0
        return is_word == (action == HIDES_AT)

    # Pieces of text

    cdef xmlNode *_read_text(self, xmlNode *node) except? NULL:
        """Add the text nodes that follow each other; return what stands behind them."""
        cdef const char *text = <const char *> node.content
        if node.next == NULL or not _is_text(node.next):
            if text != NULL:
                self._add_text(text, strlen(text))
            return node.next
        self.run.size = 0
        while node != NULL and _is_text(node):
            if node.content != NULL:
                append(&self.run, <const char *> node.content, strlen(<const char *> node.content))
            node = node.next
        self._add_text(self.run.at, self.run.size)
        return node

    cdef int _add_text(self, const char *text, Py_ssize_t size) except -1:
        if size == 0:
            return 0
        if not self.keep_lines and leading_space(text, size) == size:
            if self.starts.size > 0 and not self._ends_in_break():
                self._add_piece(b" ", 1)
            return 0
        self._add_piece(text, size)
        if self.in_link:
            self.pen.link_chars += stripped_characters(text, size)
            self.tail_link = self.starts.size
            if self.starts.size == sizeof(Py_ssize_t):
                self.pen.lead_link = 1
        if self.in_bold:
            self.pen.bold_chars += stripped_characters(text, size)
        return 0

    cdef int _add_break(self) except -1:
        if self.keep_lines:
            self._add_piece(b"\n", 1)
        elif self.starts.size > 0:
            if self._ends_in_break():
                self._write()
            else:
                self._add_piece(b"\0", 1)
        return 0

    cdef int _add_piece(self, const char *text, Py_ssize_t size) except -1:
        (<Py_ssize_t *> extended(&self.starts, sizeof(Py_ssize_t)))[0] = self.pieces.size
        append(&self.pieces, text, size)
        return 0

    cdef bint _ends_in_break(self) noexcept:
        return self.pieces.at[self.pieces.size - 1] == LINE_BREAK

    cdef bint _ends_in_filler(self) noexcept:
        """Return whether the last piece is a single space or a line break, nothing else."""
        cdef Py_ssize_t start = (<Py_ssize_t *> (
            self.starts.at + self.starts.size - sizeof(Py_ssize_t)
        ))[0]
        return self.pieces.size - start == 1 and (
            self.pieces.at[start] == c" " or self.pieces.at[start] == LINE_BREAK
        )

    # Segments

    cdef int _write(self) except -1:
        """Close the segment, if the pieces hold any text."""
        if self.starts.size == 0:
            return 0
        while self.starts.size > 0 and self._ends_in_filler():
            self.starts.size -= sizeof(Py_ssize_t)
            self.pieces.size -= 1
        cdef Py_ssize_t at = self.text.size
        cdef char *into = extended(&self.text, self.pieces.size + 1)
        cdef Py_ssize_t size = (
            _kept_lines(self.pieces.at, self.pieces.size, into) if self.keep_lines
            else _lines(self.pieces.at, self.pieces.size, into)
        )
        cdef Py_ssize_t chars = characters(into, size)
        if chars > SHOWN_CHARS or _shows(into, size, self.words.no_glyph):
            into[size] = c"\n"
            self.text.size = at + size + 1
            self._add_segment(at, chars)
            self.pen.images = self.pen.fields = 0
        else:
            self.text.size = at
        self.pieces.size = self.starts.size = self.inline.size = 0
        self.pen.links = self.pen.link_chars = self.pen.bold_chars = self.pen.lead_link = 0
        self.tail_link = 0
        return 0

    cdef int _add_segment(self, Py_ssize_t text_at, Py_ssize_t chars) except -1:
        cdef Row *row = <Row *> extended(&self.rows, sizeof(Row))
        cdef InlineMark *marks
        cdef Py_ssize_t at, count = self.inline.size // <Py_ssize_t> sizeof(int)
        row[0] = self.pen
        row.text_at, row.chars, row.node = text_at, chars, self.node
        row.tail_link = self.tail_link == self.starts.size
        if count:
            marks = <InlineMark *> extended(&self.inline_marks, count * sizeof(InlineMark))
            for at in range(count):
                marks[at].segment = self.segment_count
                marks[at].mark = (<int *> self.inline.at)[at]
        self.segment_count += 1
        self._keep_path((<Node *> self.nodes.at) + self.node)
        return 0

    cdef int _keep_path(self, Node *node) except -1:
        """Keep the path of the block element that is open, for its segments."""
        if node.path_at < 0:
            node.path_at, node.path_size = self.paths.size, self.block_path_size
            append(&self.paths, self.path.at, self.block_path_size)
        return 0

    cdef int _merge_row(self, Node *node) except -1:
        """Make one segment of a row whose cells are short and plain; else leave its segments."""
        cdef Row *rows = <Row *> self.rows.at
        cdef Row *merged = rows + node.first
        cdef Py_ssize_t at, count = self.segment_count
        if not self._is_plain_row(node):
            return 0
        self._join_cells(node)
        for at in range(node.first + 1, count):
            merged.link_chars += rows[at].link_chars
            merged.links += rows[at].links
            merged.bold_chars += rows[at].bold_chars
            merged.images += rows[at].images
            merged.fields += rows[at].fields
            merged.lead_link += rows[at].lead_link
            merged.tail_link += rows[at].tail_link
        merged.node = self.node
        self.rows.size = (node.first + 1) * sizeof(Row)
        self.segment_count = node.first + 1
        self._move_into_row(node)
        return self._keep_path(node)

    cdef bint _is_plain_row(self, Node *node) noexcept:
        """Return whether each segment of a row is short, and a cell of its own."""
        cdef Row *rows = <Row *> self.rows.at
        cdef Node *nodes = <Node *> self.nodes.at
        cdef Node *cell
        cdef Py_ssize_t at
        for at in range(node.first, self.segment_count):
            cell = nodes + rows[at].node
            if cell.parent != self.node or not (<Tag *> self.tags.at)[cell.tag].is_cell:
                return False
            if rows[at].chars > self.words.max_cell_chars:
                return False
            if at > node.first and rows[at].node == rows[at - 1].node:
                return False
        return True

    cdef void _join_cells(self, Node *node) noexcept:
        """Write the texts of cells where the first one lies, a tab between them."""
        cdef Row *rows = <Row *> self.rows.at
        cdef Row *merged = rows + node.first
        cdef Py_ssize_t at, end, done = merged.text_at, count = self.segment_count
        for at in range(node.first, count):
            end = rows[at + 1].text_at if at + 1 < count else self.text.size
            if at > node.first:
                self.text.at[done] = c"\t"
                done += 1
            done += words_joined(
                self.text.at + rows[at].text_at, end - 1 - rows[at].text_at, self.text.at + done
            )
        self.text.at[done] = c"\n"
        self.text.size = done + 1
        merged.chars = characters(self.text.at + merged.text_at, done - merged.text_at)

    cdef void _move_into_row(self, Node *node) noexcept:
        """Have inline marks and block elements inside a row point at its one segment."""
        cdef InlineMark *marks = <InlineMark *> self.inline_marks.at
        cdef Node *nodes = <Node *> self.nodes.at
        cdef Py_ssize_t at = self.inline_marks.size // <Py_ssize_t> sizeof(InlineMark) - 1
        while at >= 0 and marks[at].segment > node.first:
            marks[at].segment = node.first
            at -= 1
        for at in range(self.node + 1, self.node_count):
            nodes[at].first, nodes[at].last = node.first, node.first + 1


cdef str _value_of(xmlNode *element, const char *name):
    """Return the value of an attribute, an empty one where there is none."""
    cdef xmlAttr *attribute = element.properties
    while attribute != NULL:
        if _is_named(<xmlNode *> attribute, name):
            return attributeValue(element, attribute)
        attribute = attribute.next
    return ""


cdef inline bint _is_named(xmlNode *node, const char *name) noexcept:
    """Return whether an element or attribute has a name, and no name space."""
    return strcmp(<const char *> node.name, name) == 0 and (
        node.ns == NULL or node.ns.href == NULL
    )


cdef inline CachedName *_cached(CachedName *cache, const_xmlChar *name) noexcept:
    cdef size_t address = <size_t> name
    return cache + ((address >> 3 ^ address >> 11) & (CACHED - 1))


cdef inline bint _is_text(xmlNode *node) noexcept:
    return node.type == XML_TEXT_NODE or node.type == XML_CDATA_SECTION_NODE


cdef inline bint _has_elements(xmlNode *element) noexcept:
    cdef xmlNode *child = element.children
    while child != NULL:
        if child.type == XML_ELEMENT_NODE:
            return True
        child = child.next
    return False


cdef xmlNode *_following(xmlNode *node, xmlNode *top) noexcept:
    """Return the node behind another in document order; NULL behind all that is below `top`."""
    if node.type == XML_ELEMENT_NODE and node.children != NULL:
        return node.children
    while node != top:
        if node.next != NULL:
            return node.next
        node = node.parent
    return NULL


cdef int _append_number(Buffer *buffer, int number) except -1:
    cdef char digits[12]
    cdef Py_ssize_t start = sizeof(digits)
    while True:
        start -= 1
        digits[start] = c"0" + number % 10
        number //= 10
        if number == 0:
            return append(buffer, digits + start, <Py_ssize_t> sizeof(digits) - start)


cdef bint _may_hide(const char *style) noexcept:
    """Return whether a style may hold what `Vocabulary.not_shown` looks for."""
    cdef bint has_n = False, follows = False, may = False
    cdef unsigned char octet
    cdef Py_ssize_t at = 0
    while style[at]:
        octet = style[at]
        has_n = has_n or octet == c"n"
        if octet == c":":
            follows = True
        elif follows and octet < 0x80 and not space_at(style + at, 1):
            follows = False
            may = may or octet in (c"n", c"N", c"h", c"H")
        at += 1
    return has_n and may


cdef Py_ssize_t _lines(const char *text, Py_ssize_t size, char *into) noexcept:
    """Write the lines of a segment that show something, white space collapsed as in browsers.

    No-break and wide spaces stay.  Returns how many bytes there are.
    """
    cdef Py_ssize_t at = 0, end, done = 0, line
    cdef const char *ending
    while at < size:
        ending = <const char *> memchr(text + at, LINE_BREAK, size - at)
        end = size if ending == NULL else ending - text
        line = collapsed(text + at, end - at, into + done + (done > 0))
        if line > 0:
            if done > 0:
                into[done] = c"\n"
                done += 1
            done += line
        at = end + 1
    return done


cdef Py_ssize_t _kept_lines(const char *text, Py_ssize_t size, char *into) noexcept:
    """Write preformatted lines, line ends made one; return how many bytes there are."""
    cdef Py_ssize_t at, done = 0
    cdef char octet
    for at in range(size):
        octet = text[at]
        if octet == c"\r" and at + 1 < size and text[at + 1] in (c"\n", LINE_BREAK):
            continue
        if octet == c"\r" or octet == LINE_BREAK:
            octet = c"\n"
        if done > 0 or (octet != c"\n" and octet != c" "):
            into[done] = octet
            done += 1
    while done > 0 and (into[done - 1] == c"\n" or into[done - 1] == c" "):
        done -= 1
    return done


cdef bint _shows(const char *text, Py_ssize_t size, bytes no_glyph) noexcept:
    """Return whether a character of a text is none of those that show nothing."""
    cdef Py_ssize_t at = 0, end
    cdef Py_ssize_t blank, blank_end, blanks = len(no_glyph)
    cdef const char *known = no_glyph
    while at < size:
        end = at + 1
        while end < size and (<unsigned char> text[end]) & 0xC0 == 0x80:
            end += 1
        blank = 0
        while blank < blanks:
            blank_end = blank + 1
            while blank_end < blanks and (<unsigned char> known[blank_end]) & 0xC0 == 0x80:
                blank_end += 1
            if end - at == blank_end - blank and not memcmp(text + at, known + blank, end - at):
                break
            blank = blank_end
        if blank == blanks:
            return True
        at = end
    return False
