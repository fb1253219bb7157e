"""Tags: which are valid, and how they are added, removed and merged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.model.mark import UNTOUCHED, Mark, Status, merge_marks
from tui.model.tags import update_tags, validate_tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("ml", "ml"),
        (" ml/vision ", "ml/vision"),
        ("/a/", "a"),
        ("a\n", "a"),
        ("Größe", "Größe"),
        ("日本", "日本"),
        ("c++:x_1.2-3", "c++:x_1.2-3"),
    ],
)
def test_a_tag_is_kept_as_written(text: str, tag: str) -> None:
    assert validate_tag(text) == tag


@pytest.mark.parametrize("text", ["", "  ", "/", "two words", "a,b", "a//b", "x" * 101, "a;b", "\x1b[1m", "#a"])
def test_an_invalid_tag_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="tag"):
        validate_tag(text)


def test_the_first_spelling_is_kept() -> None:
    assert update_tags(("ML",), ("ml", "new", "NEW"), ()) == ("ML", "new")
    assert update_tags(("ML", "b"), (), ("mL",)) == ("b",)
    assert update_tags(("ML",), ("ml",), ("ML",)) == ("ml",)


@examples(200)
@given(*[st.lists(st.sampled_from("aAbBcC"), max_size=4).map(tuple)] * 3)
def test_tags_stay_distinct_and_in_order(old: tuple[str, ...], add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    start = update_tags((), old, ())
    new = update_tags(start, add, remove)
    folded = [tag.casefold() for tag in new]
    assert len(set(folded)) == len(folded)
    assert set(folded) == ({tag.casefold() for tag in old} - {tag.casefold() for tag in remove}) | {
        tag.casefold() for tag in add
    }
    kept = [tag for tag in start if tag.casefold() not in {gone.casefold() for gone in remove}]
    assert list(new[: len(kept)]) == kept


MARKS = st.builds(
    UNTOUCHED._replace,
    status=st.sampled_from(Status),
    starred=st.booleans(),
    tags=st.lists(st.sampled_from("abc"), unique=True, max_size=2).map(tuple),
    note=st.sampled_from(("", "one", "two")),
    snoozed_until=st.sampled_from((None, "2027-01-01")),
    citation_key=st.sampled_from((None, "k")),
)


@examples(200)
@given(MARKS, MARKS)
def test_merging_two_marks_loses_nothing(first: Mark, second: Mark) -> None:
    both = merge_marks(first, second)
    assert set(both.tags) == set(first.tags) | set(second.tags)
    assert first.note in both.note
    assert second.note in both.note
    assert both.starred == (first.starred or second.starred)
    assert first.status is Status.UNREAD or both.status is first.status
    assert merge_marks(both, second) == both
    assert merge_marks(first, UNTOUCHED) == merge_marks(UNTOUCHED, first) == first
