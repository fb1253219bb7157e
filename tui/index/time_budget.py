"""Work in slices, so that it can be left off in time and gone on with later. Knows not what work."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SLICE = 32


def time_sliced(start: int, end: int, deadline: float | None) -> Iterator[tuple[int, int]]:
    """Cut a range into slices until the deadline, a time on the performance counter; without one it is one slice."""
    if deadline is None:
        if start < end:
            yield start, end
        return
    while start < end and perf_counter() < deadline:
        yield start, min(start + _SLICE, end)
        start += _SLICE
