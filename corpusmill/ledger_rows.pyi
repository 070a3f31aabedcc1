import numpy as np
import numpy.typing as npt

from corpusmill.records import Decision, Fate, Reason, Role, Segment

def read_numbers(
    segments: list[Segment],
    decisions: list[Decision],
    roles: tuple[Role, ...],
    fates: tuple[Fate, ...],
    reasons: tuple[Reason | None, ...],
    starts: npt.NDArray[np.int64],
    ends: npt.NDArray[np.int64],
    codes: npt.NDArray[np.uint8],
    ordinals: npt.NDArray[np.int32],
    scores: npt.NDArray[np.float32],
    is_scored: npt.NDArray[np.bool_],
) -> None: ...
def join_shown(
    texts: list[str],
    bounds: npt.NDArray[np.int64],
    starts: npt.NDArray[np.int64],
    ends: npt.NDArray[np.int64],
    is_hidden: npt.NDArray[np.bool_],
    offsets: npt.NDArray[np.int32],
) -> bytearray: ...
