"""The pass over an HTML page's elements, compiled: what `elements.collect_elements` asks for.

Reads libxml2's nodes through lxml's C interface, since a page has a thousand elements and more,
of which a few dozen are asked for; only those become Python objects.
"""

cimport cython
from libc.string cimport memset
from lxml.includes.etreepublic cimport _Element, elementFactory, import_lxml__etree
from lxml.includes.tree cimport XML_ELEMENT_NODE, XML_TEXT_NODE, xmlAttr, xmlNode

from corpusmill.segment.html.names cimport is_named
from corpusmill.segment.html.nodes cimport following
from corpusmill.segment.html.octets cimport ascii_lower

import_lxml__etree()

cdef enum:
    LETTERS = 32  # letters of ASCII in any case, and some signs, by their lowest five bits


@cython.final
cdef class Parts:
    """What a value must hold, one at least, so that it is worth a closer look.

    Args:
        parts: ASCII in lower case, two characters each or more.

    Raises:
        ValueError: A part is too short.
    """

    cdef tuple parts
    cdef unsigned int pairs[LETTERS]  # for each first letter, as bits, those that may follow it

    def __cinit__(self, parts):
        cdef bytes part
        self.parts = tuple([one.encode("ascii") for one in parts])
        memset(self.pairs, 0, sizeof(self.pairs))
        for part in self.parts:
            if len(part) < 2:
                raise ValueError(f"too short a part: {part!r}")
            self.pairs[part[0] & 31] |= <unsigned int> 1 << (part[1] & 31)

    cdef bint may_hold(self, xmlAttr *attribute) noexcept:
        """Return whether the value of an attribute may hold a part, in any case.

        A value that is not ASCII may: lower case makes ASCII of some other letters.
        """
        cdef xmlNode *content = attribute.children
        cdef const unsigned char *at
        if content == NULL:
            return False
        if content.type != XML_TEXT_NODE or content.next != NULL or content.content == NULL:
            return True
        at = <const unsigned char *> content.content
        while at[0]:
            if at[0] >= 0x80 or (
                self.pairs[at[0] & 31] >> (at[1] & 31) & 1 and self._begins(at)
            ):
                return True
            at += 1
        return False

    cdef bint _begins(self, const unsigned char *text) noexcept:
        """Return whether a text begins with a part."""
        cdef bytes part
        cdef const unsigned char *octets
        cdef Py_ssize_t place
        for part in self.parts:
            octets = part
            place = 0
            while octets[place] and octets[place] == ascii_lower(text[place]):
                place += 1
            if not octets[place]:
                return True
        return False


cdef struct Question:
    const char *name  # of an element, or of an attribute
    const char *attribute  # of an element that is asked for by its name; may be NULL
    void *parts  # may be NULL
    void *found


def walk_elements(_Element root not None, tuple tags not None, tuple attributes not None):
    """Put the elements that are asked for into lists, in document order.

    Args:
        root: The lxml element that all others lie in; it counts as well.
        tags: For each tag asked for its name, the name of an attribute, `Parts` that the
            attribute may hold, and the list to fill; attribute and parts may be None.
        attributes: For each attribute asked for its name, `Parts` that it may hold, or None,
            and the list to fill.

    Raises:
        ValueError: There are more than 16 questions of a kind.
    """
    cdef Question by_tag[16]
    cdef Question by_attribute[16]
    cdef Py_ssize_t at, tag_count = len(tags), attribute_count = len(attributes)
    cdef xmlNode *node = root._c_node
    cdef object element
    if tag_count > 16 or attribute_count > 16:
        raise ValueError("too many questions")
    for at in range(tag_count):
        name, attribute, parts, found = tags[at]
        by_tag[at] = _question(name, attribute, parts, found)
    for at in range(attribute_count):
        name, parts, found = attributes[at]
        by_attribute[at] = _question(name, None, parts, found)
    while node != NULL:
        if node.type == XML_ELEMENT_NODE:
            element = None
            for at in range(tag_count):
                if _is_tag(node, by_tag + at):
                    element = _add(root, node, element, by_tag + at)
            if node.properties != NULL:
                _ask_attributes(root, node, element, by_attribute, attribute_count)
        node = following(node, root._c_node)


cdef Question _question(bytes name, bytes attribute, Parts parts, list found):
    """Return a question; what it points to is kept by the caller."""
    cdef Question question
    question.name = name
    question.attribute = NULL if attribute is None else <const char *> attribute
    question.parts = NULL if parts is None else <void *> parts
    question.found = <void *> found
    return question


cdef bint _is_tag(xmlNode *node, Question *question) noexcept:
    """Return whether an element is asked for by its name and, it may be, an attribute."""
    cdef xmlAttr *attribute
    if not _has_name(node, question.name):
        return False
    if question.attribute == NULL:
        return True
    attribute = node.properties
    while attribute != NULL:
        if _has_name(<xmlNode *> attribute, question.attribute):
            return _may_hold(attribute, question)
        attribute = attribute.next
    return False


cdef int _ask_attributes(
    _Element root, xmlNode *node, object element, Question *questions, Py_ssize_t count
) except -1:
    """Add an element to the lists of those of its attributes that are asked for."""
    cdef xmlAttr *attribute = node.properties
    cdef Py_ssize_t at
    while attribute != NULL:
        for at in range(count):
            if _has_name(<xmlNode *> attribute, questions[at].name) and _may_hold(
                attribute, questions + at
            ):
                element = _add(root, node, element, questions + at)
        attribute = attribute.next
    return 0


cdef inline bint _has_name(xmlNode *node, const char *name) noexcept:
    """Say what `is_named` says; most names begin with another letter."""
    return (<const char *> node.name)[0] == name[0] and is_named(node, name)


cdef bint _may_hold(xmlAttr *attribute, Question *question) noexcept:
    return question.parts == NULL or (<Parts> question.parts).may_hold(attribute)


cdef object _add(_Element root, xmlNode *node, object element, Question *question):
    """Add an element to the list of a question; return it, made where it is None."""
    if element is None:
        element = elementFactory(root._doc, node)
    (<list> question.found).append(element)
    return element
