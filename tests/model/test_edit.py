"""An edit changes only the fields it names; a paper always has a title to display."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.model.edit import Edit
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED, Mark, Status
from tui.model.paper import Paper

AT = "2026-11-20T12:00:00Z"
FULL = Mark(Status.QUEUED, True, ("a",), "note", "2027-01-01", "key", None)


def test_an_empty_edit_changes_nothing() -> None:
    assert Edit().apply(FULL, AT) is FULL
    assert Edit().label == "nothing"


def test_each_part_changes_its_field_only() -> None:
    assert Edit(status=Status.SKIPPED).apply(FULL, AT) == FULL._replace(status=Status.SKIPPED)
    assert Edit(starred=False).apply(FULL, AT) == FULL._replace(starred=False)
    assert Edit(add_tags=("b",), remove_tags=("A",)).apply(FULL, AT) == FULL._replace(tags=("b",))
    assert Edit(note="").apply(FULL, AT) == FULL._replace(note="")
    assert Edit(snoozed_until="").apply(FULL, AT) == FULL._replace(snoozed_until=None)


def test_a_correction_is_added_replaced_and_taken_back() -> None:
    corrected = FULL._replace(corrected=(("date", "2023"), ("title", "T")))
    assert Edit(correct=(("doi", "10.1/x"), ("title", "U"))).apply(corrected, AT).corrected == (
        ("date", "2023"), ("doi", "10.1/x"), ("title", "U"),
    )  # fmt: skip
    assert Edit(correct=(("date", None),)).apply(corrected, AT).corrected == (("title", "T"),)


def test_marking_read_records_the_time_only_once() -> None:
    read = Edit(status=Status.READ).apply(FULL, AT)
    assert read.read_at == AT
    assert Edit(status=Status.READ).apply(read, "later").read_at == AT


def test_a_paragraph_is_appended_to_the_note() -> None:
    assert Edit(append_note="two").apply(Mark(note="one\n"), AT).note == "one\n\ntwo"
    assert Edit(append_note="two").apply(UNTOUCHED, AT).note == "two"
    assert Edit(note="new", append_note="two").apply(Mark(note="one"), AT).note == "new\n\ntwo"


def test_labels_name_every_part() -> None:
    edit = Edit(Status.READ, True, ("x", "y"), ("z",), "n", "m", "2027-01-01")
    assert edit.label == (
        "mark read and star and tag x, y and untag z and write a note and add to the note and snooze until 2027-01-01"
    )
    assert Edit(starred=False, note="", snoozed_until="").label == "unstar and remove the note and wake"


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(Status), st.booleans(), st.text(max_size=4))
def test_applying_an_edit_twice_equals_applying_it_once(status: Status, starred: bool, note: str) -> None:
    edit = Edit(status=status, starred=starred, add_tags=("t",), remove_tags=("a",), note=note)
    once = edit.apply(FULL, AT)
    assert edit.apply(once, AT) == once


def test_a_paper_without_a_title_displays_its_abstract() -> None:
    assert Paper("a", title="T", abstract="words").display_title == "T"
    assert Paper("a", abstract=" ".join("abcdefghijklmnop")).display_title == "a b c d e f g h i j k l …"
    assert Paper("a").display_title == "(no title, no abstract)"
    assert Entry(Paper("a"), UNTOUCHED).id == "a"
