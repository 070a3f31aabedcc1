"""What names mean to a walk, as `tree_walk` and `pen` see it."""

cimport cython
from lxml.includes.tree cimport const_xmlChar, xmlAttr, xmlNode

from corpusmill.segment.html.octets cimport Buffer


cdef enum:
    CACHED = 256  # names that a walk finds again by their address; a power of two

cdef struct Tag:
    int kind, code
    bint hides, keeps_lines, is_single, is_row, is_cell
    long long owner  # the last frame that had children of this name, and how many
    int count

cdef struct CachedName:
    const_xmlChar *name
    Py_ssize_t found


@cython.final
cdef class Vocabulary:
    cdef dict tag_places, attribute_places
    cdef list tag_names, words
    cdef object kind_of, not_shown
    cdef Buffer tags, actions
    cdef bytes no_glyph
    cdef int other_tag
    cdef Py_ssize_t max_cell_chars, max_path_depth


@cython.final
cdef class PageNames:
    cdef Vocabulary words
    cdef dict marks
    cdef dict more_places  # of names that the vocabulary lacks
    cdef list tag_names
    cdef Buffer tags, mark
    cdef CachedName tag_cache[CACHED]
    cdef CachedName attribute_cache[CACHED]

    cdef Py_ssize_t tag_of(self, xmlNode *element) except -1
    cdef int read_attributes(self, xmlNode *element, bint *hidden) except -1
    cdef Py_ssize_t _place_of_tag(self, str name) except -1
    cdef int _read_attribute(
        self, xmlNode *element, xmlAttr *attribute, Py_ssize_t place, bint *hidden
    ) except -1
    cdef int _hides(self, int action, bytes word, const char *value) except -1


cdef bint is_named(xmlNode *node, const char *name) noexcept
cdef str value_of(xmlNode *element, const char *name)
