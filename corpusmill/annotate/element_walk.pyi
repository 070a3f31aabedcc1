from collections.abc import Iterable
from typing import Any

class Parts:
    def __init__(self, parts: Iterable[str]) -> None: ...

def walk_elements(
    root: Any,
    tags: tuple[tuple[bytes, bytes | None, Parts | None, list[Any]], ...],
    attributes: tuple[tuple[bytes, Parts | None, list[Any]], ...],
) -> None: ...
