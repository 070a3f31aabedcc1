from collections.abc import Callable, Collection, Mapping, Sequence

class Vocabulary:
    def __init__(
        self,
        *,
        tags: Sequence[tuple[str, int, int]],
        other_tag: int,
        kind_of: Callable[[str], int],
        hiding: Collection[str],
        preformatted: Collection[str],
        single: Collection[str],
        rows: Collection[str],
        cells: Collection[str],
        marking: Mapping[str, str],
        hides_at: Mapping[str, str],
        hides_unless: Mapping[str, str],
        style: str,
        not_shown: Callable[[str], object],
        no_glyph: str,
        max_cell_chars: int,
        max_path_depth: int,
    ) -> None: ...
