"""Places in the tables that the compiled modules of lines share."""

cpdef enum Sign:
    """What a code point stands for, in bits; the lowest five are its `CharClass`."""

    CHAR_CLASS = 31
    INK = 1 << 5             # anything but white space
    CORE = 1 << 6            # and no quote or closing bracket either
    LETTER = 1 << 7
    MARK = 1 << 8
    WIDE = 1 << 9            # takes two columns
    UPPER = 1 << 10
    NUMERIC = 1 << 11        # a token that starts with it is a number
    IN_WORD = 1 << 12        # makes one token with others of its kind
    ALONE = 1 << 13          # is a token by itself
    TERMINAL = 1 << 14       # closes a sentence before one of the next
    AFTER_TERMINAL = 1 << 15
    WIDE_TERMINAL = 1 << 16  # closes a sentence before anything
    ELLIPSIS = 1 << 17
    COLON = 1 << 18          # between the numbers of a time of day
    DATE_MARK = 1 << 19      # between the numbers of a date
    ASCII_DIGIT = 1 << 20
    CENTURY = 1 << 21        # first digit of a year
    DOT = 1 << 22
    SCHEME = 1 << 23         # the colon of an address
    SLASH = 1 << 24
    AT = 1 << 25


cdef enum:
    ENDS_SENTENCE = TERMINAL | WIDE_TERMINAL | ELLIPSIS
    IN_PATTERN = TERMINAL | WIDE_TERMINAL | COLON | DATE_MARK | CENTURY | SCHEME | AT


cpdef enum:
    # Rows of the table of counts; above them stand the characters by `CharClass`.
    CHARS = 21
    WIDTH
    LETTERS
    MARKS
    WIDE_CHARS
    FIRST
    LAST
    CORE_LAST
    CLOSED
    TEASER_END
    WORDS
    CAPITAL_WORDS
    SENTENCES
    CLOCKS
    DATES
    STAMPS
    YEARS
    AT_SIGNS
    LINKS
    TOKENS
    LONGEST_TOKEN
    SENTENCE
    LONG
    FUNCTION_TOKENS
    CONTENT_TOKENS
    KNOWN_TOKENS
    SHARED_BEFORE
    SHARED_AFTER
    TITLE_TOKENS
    TITLE_SIZE
    COPIES
    NEAR_COPIES


cdef enum:
    NO_CLASS = CHARS
    ROWS = NEAR_COPIES + 1
