"""What the pages of a site have in common: lines that repeat across them are boilerplate.

Three steps, each usable alone: every page is surveyed where it is segmented (`surveys`), the
surveys of an intake are merged with those of earlier intakes into counts a site (`merge`,
`clusters`), and a decided page is held against the counts of its site (`statistics`, `rule`).
Does not belong here: what a line is worth by itself (`corpusmill.decide`).
"""
