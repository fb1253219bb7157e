"""Iterate within a time budget."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SLICE = 32


def time_sliced(start: int, end: int, deadline: float | None) -> Iterator[tuple[int, int]]:
    """Yield slices of a range until the deadline (``time.perf_counter``); all of it at once without a deadline."""
    if deadline is None:
        if start < end:
            yield start, end
        return
    while start < end and perf_counter() < deadline:
        yield start, min(start + _SLICE, end)
        start += _SLICE
