"""Applying a change and then its inverse restores the mark."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.model.change import Change, ChangeKind, FieldChange, apply_changes, diff, inverse, timeline
from tui.model.mark import UNTOUCHED, Mark, Status

TAGS = st.lists(st.sampled_from(("ml", "nerf", "Größe", "a/b")), unique=True, max_size=3).map(tuple)
MARKS = st.builds(
    UNTOUCHED._replace,
    status=st.sampled_from(Status),
    starred=st.booleans(),
    tags=TAGS,
    note=st.text(max_size=5),
    snoozed_until=st.sampled_from((None, "2027-01-01")),
    citation_key=st.none() | st.text(max_size=3),
    read_at=st.sampled_from((None, "2026-11-20T12:00:00Z")),
    corrected=st.sampled_from(((), (("date", "2023"),), (("date", "2024"), ("title", "T")))),
    part_of=st.sampled_from((None, "a")),
    apart_from=st.sampled_from(((), ("a",), ("a", "b"))),
    records=st.sampled_from(((), ("r",), ("r", "s"))),
)


@examples(300)
@given(MARKS, MARKS)
def test_a_diff_applied_gives_the_new_mark_and_its_inverse_the_old(old: Mark, new: Mark) -> None:
    changes = diff(old, new)
    assert apply_changes(old, changes) == new
    assert apply_changes(new, inverse(changes)) == old
    assert inverse(inverse(changes)) == changes
    assert diff(new, old) == inverse(changes)


@examples(300)
@given(MARKS)
def test_a_diff_of_equal_marks_is_empty_and_changes_nothing(mark: Mark) -> None:
    assert diff(mark, mark) == ()
    assert apply_changes(mark, ()) is mark


@examples(200)
@given(st.lists(MARKS, max_size=8))
def test_undoing_a_sequence_of_changes_restores_every_state(marks: list[Mark]) -> None:
    states = [UNTOUCHED, *marks]
    steps = [diff(old, new) for old, new in pairwise(states)]
    mark = states[-1]
    for step, before in zip(reversed(steps), reversed(states[:-1]), strict=True):
        mark = apply_changes(mark, inverse(step))
        assert mark == before


@examples(300)
@given(old=TAGS, new=TAGS, current=TAGS)
def test_tags_added_by_another_change_are_kept(
    old: tuple[str, ...], new: tuple[str, ...], current: tuple[str, ...]
) -> None:
    after = apply_changes(Mark(tags=current), (FieldChange("tags", old, new),)).tags
    assert set(after) >= set(new) - set(old)
    if current != old:
        assert not set(after) & (set(old) - set(new))
        assert set(after) >= set(current) - set(old)
    else:
        assert after == new


def test_a_diff_names_only_the_fields_that_differ() -> None:
    changes = diff(Mark(note="a", starred=True), Mark(note="b", starred=True))
    assert changes == (FieldChange("note", "a", "b"),)


def test_a_change_names_its_papers_in_order() -> None:
    change = Change(1, "", "", (("b", ()), ("a", ())))
    assert change.ids == ("b", "a")


def test_tags_are_compared_case_insensitively_and_ids_exactly() -> None:
    mark = Mark(tags=("NeRF", "ml"), apart_from=("b", "A"))
    tags = FieldChange("tags", ("ml",), ("nerf",))
    assert apply_changes(mark, (tags,)).tags == ("NeRF",)
    apart = FieldChange("apart_from", ("b",), ("B", "a"))
    assert apply_changes(mark, (apart,)).apart_from == ("A", "B", "a")


def test_the_timeline_has_what_undo_and_redo_can_reach() -> None:
    def made(kinds: str) -> list[tuple[int, bool]]:
        kind = {"e": ChangeKind.EDIT, "u": ChangeKind.UNDO, "r": ChangeKind.REDO}
        history = [Change(number, "", "", (), kind=kind[letter]) for number, letter in enumerate(kinds, 1)]
        return [(change.number, is_applied) for change, is_applied in timeline(history)]

    assert made("") == []
    assert made("eee") == [(3, True), (2, True), (1, True)]
    assert made("eeeu") == [(3, False), (2, True), (1, True)]
    assert made("eeeuu") == [(3, False), (2, False), (1, True)]
    assert made("eeeuur") == [(3, False), (2, True), (1, True)]
    assert made("eeeuue") == [(6, True), (1, True)]
    assert made("ur") == []
