"""Packed pairs of field and place: what goes in comes out, and they pass for the tuple of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.paper import Paper, SourceLocation
from tui.model.provenance import Provenance

TRIPLES = st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3), st.integers(0, 2**64 - 1)), max_size=5)


@given(TRIPLES)
def test_what_goes_in_comes_out(triples: list[tuple[str, str, int]]) -> None:
    packed = Provenance(triples)
    pairs = tuple((field, SourceLocation(page, line)) for field, page, line in triples)
    assert tuple(packed) == pairs
    assert len(packed) == len(pairs)
    assert (packed[:2], repr(packed)) == (pairs[:2], repr(pairs))


@given(TRIPLES, TRIPLES)
def test_packed_and_plain_pairs_are_equal_where_the_pairs_are(
    one: list[tuple[str, str, int]], other: list[tuple[str, str, int]]
) -> None:
    plain = tuple((field, SourceLocation(page, line)) for field, page, line in other)
    for written in (plain, Provenance(other)):
        assert (Provenance(one) == written) is (one == other)
        assert (Paper("a", provenance=written) == Paper("a", provenance=Provenance(one))) is (one == other)
    assert hash(Provenance(other)) == hash(plain)


@pytest.mark.parametrize("line", [-1, 2**64])
def test_a_number_that_no_line_has_is_refused(line: int) -> None:
    with pytest.raises(OverflowError):
        Provenance([("title", "page", line)])
