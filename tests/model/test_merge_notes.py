"""Merging two versions of a note keeps both texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.merge_notes import SEPARATOR, merge_notes

PARAGRAPHS = st.lists(st.text("ab \n", max_size=6), max_size=3).map("\n\n".join)


@pytest.mark.parametrize(
    ("before", "theirs", "mine", "merged"),
    [
        ("", "", "mine", "mine"),
        ("old", "old", "new", "new"),
        ("old", "new", "new", "new"),
        ("old", "new", "old", "new"),
        ("old", "new", "", "new"),
        ("old", "", "new", "new"),
        ("", "theirs", "mine", f"theirs\n\n{SEPARATOR}\n\nmine"),
        ("old", "theirs", "mine", f"theirs\n\n{SEPARATOR}\n\nmine"),
        ("old", "old\n\nadded", "old, longer", "old, longer\n\nadded"),
        ("old", "other paper\n\nold", "new", "other paper\n\nnew"),
        ("a", "a cat", "b", f"a cat\n\n{SEPARATOR}\n\nb"),
    ],
)
def test_two_versions_of_a_note_are_merged(before: str, theirs: str, mine: str, merged: str) -> None:
    assert merge_notes(before, theirs, mine) == merged


@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_the_merged_note_always_contains_the_own_version(before: str, theirs: str, mine: str) -> None:
    merged = merge_notes(before, theirs, mine)
    assert mine in merged or mine == before or not mine
    if before not in theirs:
        assert theirs in merged
