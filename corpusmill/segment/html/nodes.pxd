"""Steps from node to node of libxml2's trees, inlined into the compiled modules that walk them."""

from lxml.includes.tree cimport XML_ELEMENT_NODE, xmlNode


cdef inline xmlNode *following(xmlNode *node, xmlNode *top) noexcept:
    """Return the node behind another in document order; NULL behind all that is below `top`."""
    if node.type == XML_ELEMENT_NODE and node.children != NULL:
        return node.children
    while node != top:
        if node.next != NULL:
            return node.next
        node = node.parent
    return NULL
