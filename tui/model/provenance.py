"""Where the fields of a paper were found, packed: a long list has half a million such pairs, seldom looked at.

As tuples they are half a kilobyte a paper, which for 100,000 papers was a twelfth of all memory. The names of fields
and pages are the same for most papers of a page, and kept once; a paper of its own has only the line numbers.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, overload

from tui.model.paper import SourceLocation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Pair = tuple[str, SourceLocation]


class Provenance(Sequence["Pair"]):
    """Pairs of a field's name and a place; equal to the tuple of them.

    Args:
        pairs: field, page and line number of each.

    Raises:
        OverflowError: a line number is negative, or has more than 64 bits.
        ValueError, TypeError: these are no such triples.
    """

    __slots__ = ("_lines", "_where")

    def __init__(self, pairs: Iterable[tuple[str, str, int]]) -> None:
        every = tuple(pairs)
        self._where = _kept_once(tuple([(field, page) for field, page, _ in every]))
        self._lines = array("Q", [line for _, _, line in every]).tobytes()

    def __len__(self) -> int:
        return len(self._where)

    @overload
    def __getitem__(self, index: int) -> Pair: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Pair, ...]: ...
    def __getitem__(self, index: int | slice) -> Pair | tuple[Pair, ...]:
        return self._pairs()[index]

    def __iter__(self) -> Iterator[Pair]:
        return iter(self._pairs())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Provenance):
            return self._where == other._where and self._lines == other._lines
        return isinstance(other, tuple) and self._pairs() == other

    def __hash__(self) -> int:
        return hash(self._pairs())

    def __repr__(self) -> str:
        return repr(self._pairs())

    def _pairs(self) -> tuple[Pair, ...]:
        lines = memoryview(self._lines).cast("Q")
        return tuple(
            (field, SourceLocation(page, line)) for (field, page), line in zip(self._where, lines, strict=True)
        )


@lru_cache(maxsize=4096)
def _kept_once(where: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return where
