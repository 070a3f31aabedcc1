"""What names of elements and attributes mean to a walk, compiled.

The meanings come from `tags` and `walk`.  Names are found again by the address at which libxml2
keeps them, so that a thousand elements make some fifty strings.
"""

cimport cython
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.string cimport memset, strcmp, strlen
from lxml.includes.etreepublic cimport (
    attributeValue, import_lxml__etree, namespacedName, pyunicode
)
from lxml.includes.tree cimport XML_TEXT_NODE, const_xmlChar, xmlAttr, xmlNode

from corpusmill.segment.html.octets cimport append, extended, release, space_at

import_lxml__etree()

cdef enum:
    MARK = 0  # an attribute that goes into the mark of its element
    HIDES_AT = 1  # one that hides at its word, at anything but its word, or by its style
    HIDES_UNLESS = 2
    HIDES_BY_STYLE = 3


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

    def __cinit__(
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
cdef class PageNames:
    """What the names of one page mean, and the marks of its elements.

    Args:
        words: What names mean.
    """

    def __cinit__(self, Vocabulary words not None):
        self.words = words
        self.marks = {"": 0}
        self.more_places, self.tag_names = {}, list(words.tag_names)
        append(&self.tags, words.tags.at, words.tags.size)

    def __dealloc__(self):
        release(&self.tags)
        release(&self.mark)

    cdef Py_ssize_t tag_of(self, xmlNode *element) except -1:
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
            place = self.more_places.get(name)
        if place is None:
            place = self.more_places[name] = len(self.tag_names)
            self.tag_names.append(name)
            tag = <Tag *> extended(&self.tags, sizeof(Tag))
            memset(tag, 0, sizeof(Tag))
            tag.kind, tag.code, tag.owner = self.words.kind_of(name), self.words.other_tag, -1
        return place

    cdef int read_attributes(self, xmlNode *element, bint *hidden) except -1:
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
            return _may_hide(value) and bool(
                self.words.not_shown(pyunicode(<const_xmlChar *> value))
            )
        is_word = strcmp(value, <const char *> word) == 0
        return is_word == (action == HIDES_AT)


cdef str value_of(xmlNode *element, const char *name):
    """Return the value of an attribute, an empty one where there is none."""
    cdef xmlAttr *attribute = element.properties
    while attribute != NULL:
        if is_named(<xmlNode *> attribute, name):
            return attributeValue(element, attribute)
        attribute = attribute.next
    return ""


cdef bint is_named(xmlNode *node, const char *name) noexcept:
    """Return whether an element or attribute has a name, and no name space."""
    return strcmp(<const char *> node.name, name) == 0 and (
        node.ns == NULL or node.ns.href == NULL
    )


cdef inline CachedName *_cached(CachedName *cache, const_xmlChar *name) noexcept:
    cdef size_t address = <size_t> name
    return cache + ((address >> 3 ^ address >> 11) & (CACHED - 1))


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
