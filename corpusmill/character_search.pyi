import numpy as np
import numpy.typing as npt

from corpusmill.character_table import CharacterTable

EVERY: int

def find_rows(text: str, table: CharacterTable, rows: npt.NDArray[np.uint16]) -> int: ...
def find_runs(
    text: str, table: CharacterTable, inside: int, counted: int, least: int, least_counted: int
) -> list[tuple[int, int]]: ...
def longest_run(text: str) -> int: ...
