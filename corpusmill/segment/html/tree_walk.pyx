"""The walk over an HTML page's tree, compiled: what `walk.walk_tree` asks for.

Reads libxml2's nodes through lxml's C interface, without a Python object an element: a page has
a thousand elements and more, a few hundred segments.  What names and attributes mean stands in
`names`, how pieces of text become segments in `pen`.
"""

cimport cython
from cpython.object cimport PyObject_GenericSetAttr
from cpython.unicode cimport PyUnicode_AsUTF8AndSize, PyUnicode_DecodeUTF8
from libc.string cimport strlen
from lxml.includes.etreepublic cimport _Element, elementFactory, import_lxml__etree
from lxml.includes.tree cimport XML_CDATA_SECTION_NODE, XML_ELEMENT_NODE, XML_TEXT_NODE, xmlNode

from corpusmill.records import Segment
from corpusmill.segment.html.names cimport PageNames, Tag, Vocabulary, is_named, value_of
from corpusmill.segment.html.nodes cimport following
from corpusmill.segment.html.octets cimport Buffer, append, append_number, extended, release
from corpusmill.segment.html.pen cimport Pen, Row
from corpusmill.segment.html.tags import TagKind

import_lxml__etree()

cdef int BLOCK = TagKind.BLOCK, INLINE = TagKind.INLINE, LINK = TagKind.LINK
cdef int BOLD = TagKind.BOLD, BREAK = TagKind.BREAK, IMAGE = TagKind.IMAGE, FIELD = TagKind.FIELD

cdef struct Count:  # of a name, put aside
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
        node_count: Block elements.
        pen: What holds text and counts of the segments.
    """

    cdef readonly bint is_too_deep, has_too_many
    cdef readonly int node_count
    cdef readonly Pen pen
    cdef _Element root
    cdef PageNames names
    cdef Py_ssize_t depth_limit, segment_limit, max_path_depth
    cdef Buffer nodes, paths  # paths of the block elements that have segments
    cdef Buffer stating  # title and meta elements
    cdef Buffer frames, counts, path, run  # where the walk is; text nodes in a run
    cdef Py_ssize_t frame_count, block_path_size
    cdef long long frame_serial, last_serial
    cdef int element_count

    def __cinit__(self, _Element root not None, Vocabulary words not None, *, depth, segments):
        self.root, self.names, self.pen = root, PageNames(words), Pen(words)
        self.depth_limit, self.segment_limit = depth, segments
        self.max_path_depth = words.max_path_depth
        append(&self.path, b"/html", 5)
        self._walk(root._c_node)

    def __dealloc__(self):
        release(&self.nodes)
        release(&self.paths)
        release(&self.stating)
        release(&self.frames)
        release(&self.counts)
        release(&self.path)
        release(&self.run)

    def marks(self):
        """Return the distinct class-id-role strings by first use; entry 0 is empty."""
        return tuple(self.names.marks)

    def segments(self):
        """Return the segments of the page text as a tuple."""
        cdef Row *rows = <Row *> self.pen.rows.at
        cdef Node *nodes = <Node *> self.nodes.at
        cdef Node *node
        cdef Py_ssize_t at, start = 0, count = self.pen.segment_count
        cdef int known = -1
        cdef list segments = []
        new = Segment.__new__
        for at in range(count):
            node = nodes + rows[at].node
            if rows[at].node != known:
                known = rows[at].node
                path = PyUnicode_DecodeUTF8(self.paths.at + node.path_at, node.path_size, NULL)
                tag = self.names.tag_names[node.tag]
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

    def write_nodes(self, int[:, ::1] columns):
        """Write the columns of the block elements.

        Args:
            columns: Shape (8, block elements), in the order of `structure.NodeColumns`.

        Raises:
            ValueError: The shape is another one.
        """
        cdef Node *nodes = <Node *> self.nodes.at
        cdef Tag *tags = <Tag *> self.names.tags.at
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
        columns[1, 0] = self.names.words.other_tag  # the root counts as no element of its name

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
            if is_named(elements[at], b"title"):
                titles.append(elementFactory(self.root._doc, elements[at]))
            else:
                name = value_of(elements[at], b"property") or value_of(elements[at], b"name")
                metas.append((name, value_of(elements[at], b"content")))
        return titles, metas

    cdef int _walk(self, xmlNode *root) except -1:
        cdef xmlNode *at = root.children
        cdef Frame *frame
        self._open(self.names.tag_of(root), 0, False)
        while True:
            if at == NULL:
                if self.frame_count == 0:
                    break
                frame = (<Frame *> self.frames.at) + self.frame_count - 1
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
        (<Node *> self.nodes.at).last = self.pen.segment_count
        self.has_too_many = self.pen.segment_count > self.segment_limit
        return 0

    cdef bint _is_too_much(self) noexcept:
        self.is_too_deep = self.frame_count > self.depth_limit
        self.has_too_many = not self.is_too_deep and self.pen.segment_count > self.segment_limit
        return self.is_too_deep or self.has_too_many

    cdef int _enter(self, xmlNode *element) except -1:
        """Do what an element asks for; return whether its children are to be walked."""
        cdef Py_ssize_t tag = self.names.tag_of(element)
        cdef int kind = self._tag(tag).kind
        self.element_count += 1
        if kind == BLOCK or kind == INLINE or kind == LINK or kind == BOLD:
            return self._enter_shown(element, tag, kind)
        if kind == BREAK:
            if self.pen.add_break():
                self._keep_path()
        elif kind == IMAGE:
            self.pen.counts.images += 1
        elif kind == FIELD:
            self.pen.counts.fields += 1
        self._pass_over(element)
        return False

    cdef int _pass_over(self, xmlNode *element) except -1:
        """Count the elements below one that is no text; keep, with it, those of the head."""
        cdef xmlNode *at = element
        while at != NULL:
            if at.type == XML_ELEMENT_NODE:
                self.element_count += at != element
                if is_named(at, b"title") or is_named(at, b"meta"):
                    (<xmlNode **> extended(&self.stating, sizeof(xmlNode *)))[0] = at
            at = following(at, element)
        return 0

    cdef int _enter_shown(self, xmlNode *element, Py_ssize_t tag, int kind) except -1:
        cdef bint hidden = self._tag(tag).hides
        cdef int mark = self.names.read_attributes(element, &hidden)
        cdef bint opens = kind == BLOCK or hidden
        cdef int number = self._number_of(tag)
        if opens:
            self._write()
        elif mark:
            self.pen.add_mark(mark)
        self._push(element, tag, opens)
        if self.frame_count < self.max_path_depth:
            self._lengthen_path(tag, number)
        if opens:
            self._open(tag, mark, hidden)
            self.pen.keep_lines += self._tag(tag).keeps_lines
        if kind == LINK:
            self.pen.in_link += 1
            self.pen.counts.links += 1
        elif kind == BOLD:
            self.pen.in_bold += 1
        return True

    cdef inline Tag *_tag(self, Py_ssize_t place) noexcept:
        return (<Tag *> self.names.tags.at) + place

    cdef inline Node *_open_node(self) noexcept:
        return (<Node *> self.nodes.at) + self.pen.node

    cdef int _push(self, xmlNode *element, Py_ssize_t tag, bint opens) except -1:
        cdef Frame *frame = <Frame *> extended(&self.frames, sizeof(Frame))
        frame.element, frame.opened, frame.tag, frame.node = element, opens, tag, self.pen.node
        frame.path_size, frame.block_path_size = self.path.size, self.block_path_size
        frame.counts, frame.serial = self.counts.size, self.frame_serial
        frame.in_link, frame.in_bold = self.pen.in_link, self.pen.in_bold
        frame.keep_lines = self.pen.keep_lines
        self.frame_count += 1
        self.last_serial += 1
        self.frame_serial = self.last_serial
        return 0

    cdef int _open(self, Py_ssize_t tag, int mark, bint hidden) except -1:
        """Have what follows lie in another block element."""
        cdef Node *node = <Node *> extended(&self.nodes, sizeof(Node))
        cdef Node *outer = self._open_node()
        cdef int place = self.node_count
        self.node_count += 1
        node.parent = self.pen.node if place else -1
        node.tag, node.mark, node.path_at, node.path_size = tag, mark, -1, 0
        node.depth = outer.depth + 1 if place else 0
        node.hidden = 1 if hidden else outer.hidden if place else 0
        node.first, node.last = self.pen.segment_count, 0
        node.element = self.element_count
        self.pen.node, self.block_path_size = place, self.path.size
        return 0

    cdef int _leave(self, Frame *frame) except -1:
        cdef Node *node
        cdef Count *count
        if frame.opened:
            self._write()
            node = self._open_node()
            if self.pen.segment_count > node.first + 1 and self._tag(frame.tag).is_row:
                self._merge_row(node)
            node.last = self.pen.segment_count
        self.pen.node, self.path.size = frame.node, frame.path_size
        self.block_path_size, self.frame_serial = frame.block_path_size, frame.serial
        self.pen.in_link, self.pen.in_bold = frame.in_link, frame.in_bold
        self.pen.keep_lines = frame.keep_lines
        while self.counts.size > frame.counts:
            self.counts.size -= sizeof(Count)
            count = <Count *> (self.counts.at + self.counts.size)
            self._tag(count.tag).owner = count.owner
            self._tag(count.tag).count = count.count
        self.frames.size -= sizeof(Frame)
        self.frame_count -= 1
        return 0

    cdef int _number_of(self, Py_ssize_t place) except -1:
        """Return which child of its name, from 1, the element is that has just begun.

        A name counts for one frame at a time; what it counted for the frame around it is put
        aside, and put back when the frame ends.
        """
        cdef Tag *tag = self._tag(place)
        cdef Count *aside
        if tag.owner != self.frame_serial:
            aside = <Count *> extended(&self.counts, sizeof(Count))
            aside.tag, aside.owner, aside.count = place, tag.owner, tag.count
            tag.owner, tag.count = self.frame_serial, 0
        tag.count += 1
        return tag.count

    cdef int _lengthen_path(self, Py_ssize_t tag, int number) except -1:
        cdef Py_ssize_t size
        cdef const char *name = PyUnicode_AsUTF8AndSize(self.names.tag_names[tag], &size)
        append(&self.path, b"/", 1)
        append(&self.path, name, size)
        if not self._tag(tag).is_single:
            append(&self.path, b"[", 1)
            append_number(&self.path, number)
            append(&self.path, b"]", 1)
        return 0

    cdef xmlNode *_read_text(self, xmlNode *node) except? NULL:
        """Add the text nodes that follow each other; return what stands behind them."""
        cdef const char *text = <const char *> node.content
        if node.next == NULL or not _is_text(node.next):
            self.pen.add_text(text, 0 if text == NULL else strlen(text))
            return node.next
        self.run.size = 0
        while node != NULL and _is_text(node):
            if node.content != NULL:
                append(&self.run, <const char *> node.content, strlen(<const char *> node.content))
            node = node.next
        self.pen.add_text(self.run.at, self.run.size)
        return node

    cdef int _write(self) except -1:
        """Close the segment that is being gathered."""
        if self.pen.write():
            self._keep_path()
        return 0

    cdef int _keep_path(self) except -1:
        """Keep the path of the block element that is open, since it has a segment."""
        cdef Node *node = self._open_node()
        if node.path_at < 0:
            node.path_at, node.path_size = self.paths.size, self.block_path_size
            append(&self.paths, self.path.at, self.block_path_size)
        return 0

    cdef int _merge_row(self, Node *row) except -1:
        """Make one segment of a row whose cells are short and plain; else leave its segments."""
        cdef Node *nodes = <Node *> self.nodes.at
        cdef Py_ssize_t at
        if not self._is_plain_row(row):
            return 0
        self.pen.merge(row.first)
        for at in range(self.pen.node + 1, self.node_count):
            nodes[at].first, nodes[at].last = row.first, row.first + 1
        return self._keep_path()

    cdef bint _is_plain_row(self, Node *row) noexcept:
        """Return whether each segment of a row is short, and a cell of its own."""
        cdef Row *rows = <Row *> self.pen.rows.at
        cdef Node *nodes = <Node *> self.nodes.at
        cdef Node *cell
        cdef Py_ssize_t at
        for at in range(row.first, self.pen.segment_count):
            cell = nodes + rows[at].node
            if cell.parent != self.pen.node or not self._tag(cell.tag).is_cell:
                return False
            if rows[at].chars > self.names.words.max_cell_chars:
                return False
            if at > row.first and rows[at].node == rows[at - 1].node:
                return False
        return True


cdef inline bint _is_text(xmlNode *node) noexcept:
    return node.type == XML_TEXT_NODE or node.type == XML_CDATA_SECTION_NODE


cdef inline bint _has_elements(xmlNode *element) noexcept:
    cdef xmlNode *child = element.children
    while child != NULL:
        if child.type == XML_ELEMENT_NODE:
            return True
        child = child.next
    return False
