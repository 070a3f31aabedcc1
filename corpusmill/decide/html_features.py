"""What the HTML model sees of a page: the features of its segments, made once for all who ask.

Belongs here: which of them are made, in which order.  Does not belong here: how each is measured
(`line_features`, `dom_features`), what the model makes of them (`html_model`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpusmill.decide.dom_features import DOM_NAMES, fill_dom_features, phrase_kinds
from corpusmill.decide.dom_tree import Tree, read_tree
from corpusmill.decide.line_features import (
    LineFeatures,
    join_names,
    measured_features,
    spread,
)
from corpusmill.decide.text_measures import LineMeasures, measure_lines

if TYPE_CHECKING:
    import numpy.typing as npt

    from corpusmill.decide.column_names import ColumnNames
    from corpusmill.records import PageText
    from corpusmill.segment.html.structure import HtmlStructure


@dataclass(frozen=True, slots=True, eq=False)
class PageFeatures:
    """What the model sees of a page of n segments.

    Attributes:
        tree: Arrays of the page's tree.
        lines: Features that segments of both kinds of page have.
        names: Names of all features of segments, those of lines first.
        values: Shape (n, len(names)); columns lie together in memory.
        texts: Text of the segments.
        phrases: Which table of phrases holds each segment (`dom_features.PHRASE_KINDS`).
        measures: Counts of the segments that have ink.
        inked: Which segments these are, ascending.
    """

    tree: Tree
    lines: LineFeatures
    names: ColumnNames
    values: npt.NDArray[np.float32]
    texts: list[str]
    phrases: npt.NDArray[np.int8]
    measures: LineMeasures
    inked: list[int]

    def column(self, name: str) -> npt.NDArray[np.float32]:
        """Return one feature of all segments."""
        found: npt.NDArray[np.float32] = self.values[:, self.names.place[name]]
        return found


def read_features(page: PageText, structure: HtmlStructure) -> PageFeatures:
    """Return the features of an HTML page's segments.

    Args:
        page: Page text with its segments.
        structure: What the segmenter knows of the page.
    """
    texts = page.lines()
    inked = [number for number, text in enumerate(texts) if not text.isspace()]
    title = structure.headline or structure.title
    measures = measure_lines([texts[number] for number in inked], title=title)
    lines = spread(measured_features(measures), inked, len(texts))
    tree = read_tree(structure)
    phrases = phrase_kinds(texts)
    of_lines = len(lines.names)
    values = np.empty((of_lines + len(DOM_NAMES), len(texts)), dtype=np.float32)
    values[:of_lines] = lines.values.T
    fill_dom_features(structure, phrases, lines, tree, values[of_lines:])
    names = join_names(lines.names, DOM_NAMES)
    return PageFeatures(tree, lines, names, values.T, texts, phrases, measures, inked)
