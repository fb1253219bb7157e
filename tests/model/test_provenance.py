"""Packed provenance: the pairs are restored, and equal the plain tuple of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.paper import Paper, SourceLocation
from tui.model.provenance import Provenance

TRIPLES = st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3), st.integers(0, 2**64 - 1)), max_size=5)


@given(TRIPLES)
def test_packed_pairs_are_restored(triples: list[tuple[str, str, int]]) -> None:
    packed = Provenance(triples)
    pairs = tuple((field, SourceLocation(page, line)) for field, page, line in triples)
    assert tuple(packed) == pairs
    assert len(packed) == len(pairs)
    assert (packed[:2], repr(packed)) == (pairs[:2], repr(pairs))


@given(TRIPLES, TRIPLES)
def test_packed_and_plain_provenance_compare_by_their_pairs(
    one: list[tuple[str, str, int]], other: list[tuple[str, str, int]]
) -> None:
    plain = tuple((field, SourceLocation(page, line)) for field, page, line in other)
    for written in (plain, Provenance(other)):
        assert (Provenance(one) == written) is (one == other)
        assert (Paper("a", provenance=written) == Paper("a", provenance=Provenance(one))) is (one == other)
    assert hash(Provenance(other)) == hash(plain)


@pytest.mark.parametrize("line", [-1, 2**64])
def test_an_invalid_line_number_is_refused(line: int) -> None:
    with pytest.raises(OverflowError):
        Provenance([("title", "page", line)])
