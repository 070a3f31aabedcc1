"""Closed lists of what sites write around their texts, in many languages.

Belongs here: phrases that stand as a whole line, or open one, and mean the same on every
site; each table says why its lines are no content.  They give reason codes and evidence;
which of them may remove a line alone is settled by measured precision in
`corpusmill.decide.text_rules`.  Does not belong here: names of sites, patterns of a single
page.

Written from general knowledge of web pages in these languages; a phrase that is an ordinary
heading or sentence of articles as well does not stand in any table.
"""

from __future__ import annotations

from corpusmill.decide.lexicon.phrases import Phrases, fold

__all__ = ["Phrases", "fold"]
