"""The closed sets of codes that records carry."""

from __future__ import annotations

from enum import StrEnum


class PageKind(StrEnum):
    """What a page is cleaned as."""

    HTML = "html"
    TEXT = "text"


class Role(StrEnum):
    """What a segment is on its page."""

    TITLE = "title"
    BYLINE = "byline"
    DATE = "date"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    CAPTION = "caption"
    SOURCE_CREDIT = "source_credit"
    SECTION = "section"
    NAVIGATION = "navigation"
    SIDEBAR = "sidebar"
    RELATED = "related"
    WIDGET = "widget"
    COMMENTS = "comments"
    REFERENCES = "references"
    FOOTER = "footer"
    BLANK = "blank"


class Fate(StrEnum):
    """Where the characters of a segment go: exactly one of three."""

    TEXT = "text"
    FIELD = "field"
    REMOVED = "removed"


class Reason(StrEnum):
    """Why a segment was removed.  Stable once released: codes are added, never renamed."""

    BLANK = "blank"
    NAVIGATION = "navigation"
    SIDEBAR = "sidebar"
    RELATED_HEADING = "related_heading"
    RELATED_LIST = "related_list"
    RELATED_TEASER = "related_teaser"
    STAMPED_LIST = "stamped_list"
    WIDGET = "widget"
    SHARE_BUTTONS = "share_buttons"
    ADVERTISEMENT = "advertisement"
    COOKIE_NOTICE = "cookie_notice"
    SUBSCRIPTION = "subscription"
    COMMENTS = "comments"
    EMPTY_SECTION_HEADING = "empty_section_heading"
    REFERENCES = "references"
    FOOTER = "footer"
    COPYRIGHT = "copyright"
    DUPLICATE_ON_PAGE = "duplicate_on_page"
    REPEATED_ON_SITE = "repeated_on_site"
    HIDDEN = "hidden"
    QUARANTINED = "quarantined"
    """Would have been kept, but its page or document went to quarantine."""
    BOILERPLATE = "boilerplate"
    """No better name: the model, or the extractor asked, left it out."""


class EditKind(StrEnum):
    """Safe repairs inside kept segments; each deletes or splits, none guesses a word."""

    EMPTY_MARKDOWN_IMAGE = "empty_markdown_image"
    CITATION_MARKER = "citation_marker"
    GLUED_HEADING = "glued_heading"
    GLUED_TRAILING_HEADING = "glued_trailing_heading"
    SPACE_BEFORE_PUNCTUATION = "space_before_punctuation"
    NONBREAKING_HYPHEN = "nonbreaking_hyphen"
    WHITESPACE = "whitespace"
    INVISIBLE_CHARACTER = "invisible_character"
    CONTROL_CHARACTER = "control_character"
    UNICODE_COMPOSITION = "unicode_composition"
    LATIN_LIGATURE = "latin_ligature"
    ENTITY = "entity"
    MOJIBAKE = "mojibake"
    SECTION_EDIT_LINK = "section_edit_link"


class QuarantineReason(StrEnum):
    """Why a page, or one of its rows, did not become a published document."""

    EMPTY = "empty"
    NO_CONTENT = "no_content"
    TOO_SHORT = "too_short"
    TOO_LARGE = "too_large"
    TOO_MANY_SEGMENTS = "too_many_segments"
    TOO_DEEP = "too_deep"
    UNDECODABLE = "undecodable"
    NOT_TEXT = "not_text"
    HTTP_STATUS = "http_status"
    DAMAGED = "damaged"
    LISTING_PAGE = "listing_page"
    PAGE_TYPE = "page_type"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    EXPECTATION = "expectation"
    DUPLICATE = "duplicate"
