"""Compact storage of where the fields of a paper were found.

A long list has half a million such pairs; as tuples they would take half a kilobyte per paper. The names of fields
and sources are equal for most papers of a source and shared; each paper stores only its line numbers.
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
    """Pairs of field name and source location; equal to the tuple of them.

    Args:
        pairs: field, source and line number of each.

    Raises:
        OverflowError: a line number is negative, or has more than 64 bits.
        ValueError, TypeError: not such triples.
    """

    __slots__ = ("_fields_and_sources", "_lines")

    def __init__(self, pairs: Iterable[tuple[str, str, int]]) -> None:
        triples = tuple(pairs)
        self._fields_and_sources = _shared(tuple([(field, page) for field, page, _ in triples]))
        self._lines = array("Q", [line for _, _, line in triples]).tobytes()

    def __len__(self) -> int:
        return len(self._fields_and_sources)

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
            return self._fields_and_sources == other._fields_and_sources and self._lines == other._lines
        return isinstance(other, tuple) and self._pairs() == other

    def __hash__(self) -> int:
        return hash(self._pairs())

    def __repr__(self) -> str:
        return repr(self._pairs())

    def _pairs(self) -> tuple[Pair, ...]:
        return tuple([(field, SourceLocation(page, line)) for field, page, line in self.triples()])

    def triples(self) -> Sequence[tuple[str, str, int]]:
        """Field, source and line number of each, faster than the pairs."""
        lines = memoryview(self._lines).cast("Q")
        return [(field, page, line) for (field, page), line in zip(self._fields_and_sources, lines, strict=True)]


def provenance_triples(pairs: Sequence[Pair]) -> Sequence[tuple[str, str, int]]:
    """Field, source and line number of each pair of a paper's provenance."""
    if isinstance(pairs, Provenance):
        return pairs.triples()
    return [(field, location.page, location.line) for field, location in pairs]


@lru_cache(maxsize=4096)
def _shared(fields_and_sources: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return fields_and_sources
