"""Stories at the desk: what a person presses, and what is there afterwards."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tui.app.screens.export_dialog import ExportPreview
from tui.app.widgets.query_line import QueryLine
from tui.model.mark import Status
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver
    from tui.paths import Paths

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


async def test_moves_as_vim_does(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        assert desk.desk.workspace.papers.cursor == 0
        await desk.press("j", "j")
        assert desk.desk.workspace.papers.cursor == 2
        await desk.press("k")
        assert desk.desk.workspace.papers.cursor == 1
        await desk.press("G")
        assert desk.desk.workspace.papers.cursor == 5
        await desk.press("j")
        assert desk.desk.workspace.papers.cursor == 5
        await desk.press("g")
        assert desk.desk.workspace.papers.cursor == 0


async def test_read_marks_the_paper_and_moves_on(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        first = desk.current.id
        await desk.press("r")
        assert desk.desk.workspace.session.entry(first).mark.status is Status.READ
        assert desk.desk.workspace.papers.cursor == 1
        await desk.press("k", "r")
        assert desk.desk.workspace.session.entry(first).mark.status is Status.UNREAD


async def test_a_change_is_on_disk_when_it_shows(open_desk: OpenDesk, home: Paths) -> None:
    async with open_desk() as desk:
        paper_id = desk.current.id
        await desk.press("b")
        other = Store.open(home.data)
        assert other.marks.get(paper_id).starred
        other.close()


async def test_a_query_runs_with_every_character_and_escape_restores_the_list(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("slash")
        await desk.type("nerf")
        assert desk.titles == ["Radiance Fields from Single Views"]
        await desk.press("enter")
        assert desk.desk.papers.has_focus
        assert desk.query == "nerf"
        await desk.press("escape")
        assert len(desk.titles) == 6


async def test_escape_in_the_query_line_restores_the_query(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("slash")
        await desk.type("maire")
        await desk.press("enter", "slash")
        await desk.type(" colour")
        assert (desk.query, len(desk.titles)) == ("maire colour", 1)
        await desk.press("escape")
        assert (desk.query, len(desk.titles)) == ("maire", 2)


async def test_typing_replaces_the_old_query_and_an_arrow_keeps_it(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        for keys, query in [
            (["slash", *"maire", "enter"], "maire"),
            (["slash", *"queue", "enter"], "queue"),
            (["slash", "enter"], "queue"),
            (["slash", "end", "s", "enter"], "queues"),
            (["slash", "right", "left", "backspace", "enter"], "queus"),
            (["slash", "backspace", "escape"], "queus"),
            (["slash", "up", "up", "enter"], "queue"),
            (["slash", "delete", "enter"], ""),
        ]:
            await desk.press(*keys)
            assert desk.query == query, keys


async def test_an_invalid_query_keeps_the_last_list_and_points_at_the_error(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("slash")
        await desk.type("maire is:foo ")
        caret = desk.desk.query_one("#caret")
        assert caret.display
        assert "^" in str(caret.render())
        assert len(desk.titles) == 2
        await desk.press("ctrl+u")
        await desk.type("(maire OR chen) no:date is:foo")
        lines = str(caret.render()).split("\n")
        assert len(lines) > 1  # the whole sentence is there, however long it is
        assert "untitled" in " ".join(lines)
        await desk.press("escape")
        assert not caret.display


async def test_the_cursor_stays_on_its_paper(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("j", "j", "j", "j")
        title = desk.current.paper.title
        await desk.press("slash")
        await desk.type("maire")
        assert desk.current.paper.title == title
        await desk.press("escape")
        assert desk.current.paper.title == title


async def test_a_paper_that_stops_matching_stays_until_refresh(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("slash")
        await desk.type("is:unread")
        await desk.press("enter", "r")
        assert len(desk.titles) == 6
        await desk.press("f5")
        assert len(desk.titles) == 5


async def test_tags_by_typing(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("t")
        await desk.type("vision")
        await desk.press("enter")
        assert desk.current.mark.tags == ("vision",)
        await desk.press("j", "t")
        await desk.type("vi")
        await desk.press("enter")
        assert desk.current.mark.tags == ("vision",)
        await desk.press("t")
        await desk.type("vi")
        await desk.press("enter")
        assert not desk.current.mark.tags


async def test_tags_in_three_states_over_a_selection(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("t")
        await desk.type("a")
        await desk.press("enter", "space", "space", "t")
        await desk.press("space", "enter")  # some → all
        ids = desk.desk.workspace.papers.ids[:2]
        assert [desk.desk.workspace.session.entry(paper_id).mark.tags for paper_id in ids] == [("a",), ("a",)]
        await desk.press("u")
        assert [desk.desk.workspace.session.entry(paper_id).mark.tags for paper_id in ids] == [("a",), ()]


async def test_the_last_used_tag_comes_first(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        for keys in (["V", "plus", *"often", "enter"], ["escape", "plus", *"last", "enter"]):
            await desk.press(*keys)
        await desk.press("j", "t", "space", "enter")
        assert desk.current.mark.tags == ("often", "last")


async def test_closing_the_tag_picker_without_a_choice_does_nothing(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("plus", *"first", "enter", "plus", *"second", "enter", "j")
        await desk.press("t", "enter")
        assert len(desk.desk.workspace.session.edits.history()) == 2
        await desk.press("t", "down", "enter", "t", *"sec", "enter")
        assert desk.current.mark.tags == ("first", "second")


async def test_add_and_remove_a_tag_in_one_line(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("plus")
        await desk.type("ml")
        await desk.press("enter")
        assert desk.current.mark.tags == ("ml",)
        await desk.press("minus")
        await desk.type("ml")
        await desk.press("enter")
        assert not desk.current.mark.tags


async def test_an_invalid_tag_is_refused_in_the_prompt(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("plus")
        await desk.type("a b")
        await desk.press("enter")
        assert "is not a tag" in desk.screen_text
        await desk.press("escape")
        assert not desk.current.mark.tags


async def test_note_in_place(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("e")
        await desk.type("well done")
        await desk.press("escape")
        assert desk.current.mark.note == "well done"
        assert "well done" in desk.page


async def test_note_in_the_editor(open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    program = "import sys,pathlib; pathlib.Path(sys.argv[1]).write_text('from outside')"
    monkeypatch.setenv("VISUAL", f'{sys.executable} -c "{program}"')
    monkeypatch.setattr("textual.drivers.headless_driver.HeadlessDriver.can_suspend", property(lambda _: True))
    async with open_desk() as desk:
        await desk.press("E")
        assert desk.current.mark.note == "from outside"
        await desk.press("E")
        assert "note unchanged" in desk.news
        assert desk.current.mark.note == "from outside"


async def test_a_missing_editor_is_reported(open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")
    monkeypatch.setattr("textual.drivers.headless_driver.HeadlessDriver.can_suspend", property(lambda _: True))
    async with open_desk() as desk:
        await desk.press("E")
        assert "no-such-editor" in desk.news
        assert desk.current.mark.note == ""


async def test_undo_and_redo_work_after_a_restart(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("b", "r")
        await desk.press("q")
    async with open_desk() as desk:
        await desk.press("g", "u", "u")
        assert desk.current.mark == type(desk.current.mark)()
        await desk.press("ctrl+r")
        assert desk.current.mark.starred
        await desk.press("u", "u")
        assert "nothing to undo" in desk.news


async def test_the_next_start_restores_the_current_paper(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("slash")
        await desk.type("maire")
        await desk.press("enter", "j")
        title = desk.current.paper.title
        await desk.press("q")
    async with open_desk() as desk:
        assert desk.query == "maire"
        assert desk.current.paper.title == title


async def test_the_status_menu_is_picked_by_letter(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("R", "s")
        assert desk.current.mark.status is Status.SKIPPED


async def test_a_change_of_all_selected_papers_is_one_step(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("V", "r")
        assert {entry.mark.status for entry in desk.entries} == {Status.READ}
        await desk.press("u")
        assert {entry.mark.status for entry in desk.entries} == {Status.UNREAD}


async def test_a_range_is_selected_by_moving(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("j", "v", "j", "j", "v", "j", "b")
        assert [entry.mark.starred for entry in desk.entries] == [False, True, True, True, False, False]


async def test_a_command_ends_the_range_and_keeps_the_selection(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("v", "j", "b", "j", "j")
        assert len(desk.desk.workspace.selection.ids) == 2
        await desk.press("plus", *"ml", "enter", "escape", "j")
        assert [entry.mark.tags for entry in desk.entries[:3]] == [("ml",), ("ml",), ()]
        assert not desk.desk.workspace.selection.ids


async def test_repeat_applies_the_last_change_again(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("plus")
        await desk.type("ml")
        await desk.press("enter", "j", "full_stop")
        assert desk.current.mark.tags == ("ml",)


async def test_a_repeated_note_is_appended(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("j", "e", *"own", "escape", "k", "e", *"new", "escape", "j", "full_stop", "j", "full_stop")
        assert [entry.mark.note for entry in desk.entries[:3]] == ["new", "own\n\nnew", "new"]


async def test_a_dialog_is_for_the_paper_it_was_opened_on(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("slash", *"is:unread", "enter", "j", "t", *"ml")
        wanted = desk.current.id
        desk.desk.workspace.query.put("grasping")  # as if the paper had left the list meanwhile
        await desk.press("enter")
        assert desk.desk.workspace.session.entry(wanted).mark.tags == ("ml",)
        assert not desk.current.mark.tags


async def test_a_facet_edits_the_query_text(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("f")
        assert desk.desk.filters.has_focus
        await desk.press("j", "enter")
        before = desk.query
        assert before
        assert len(desk.titles) <= 6
        await desk.press("enter")
        assert desk.query == ""


async def test_export_from_the_screen_equals_that_of_the_session(
    open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "out.bib"
    async with open_desk() as desk:
        await desk.press("x")
        await desk.type("bibtex")
        await desk.press("enter", "ctrl+u")
        await desk.type(target.name)
        await desk.press("enter")
        assert target.name in desk.news
        expected = desk.desk.workspace.session.exports.export(desk.desk.workspace.papers.ids, "bibtex").text
    assert target.read_text(encoding="utf-8") == expected


async def test_the_export_shows_the_first_records_as_they_will_be(
    open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_desk() as desk:
        session = desk.desk.workspace.session
        first, *others = desk.desk.workspace.papers.ids

        def sample() -> str:
            return desk.app.screen.query_one(ExportPreview).content.plain

        await desk.press("x")
        assert sample().startswith("@misc{")
        assert " year " in sample()
        assert session.entry(first).mark.citation_key is None  # a look pins nothing
        await desk.press("down")
        assert " date " in sample()
        await desk.type("csv")
        assert sample().splitlines() == session.exports.preview([first, *others], "csv").splitlines()
        await desk.press("ctrl+r", "ctrl+a", "enter", "enter")
        assert "readlist.csv" in desk.news
    assert (tmp_path / "readlist.csv").read_text(encoding="utf-8").startswith("id,citation_key,")


async def test_an_existing_file_is_replaced_with_consent_only(
    open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "out.json"
    target.write_text("precious", encoding="utf-8")
    async with open_desk() as desk:
        for answer, kept in (("n", True), ("y", False)):
            await desk.press("x")
            await desk.type("json")
            await desk.press("enter", "ctrl+u")
            await desk.type(target.name)
            await desk.press("enter", answer)
            assert (target.read_text(encoding="utf-8") == "precious") is kept


async def test_copy_puts_the_bibtex_on_the_clipboard(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("y", "b")
        assert desk.app.clipboard.startswith("@misc{")


async def test_help_is_searched_by_typing(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("question_mark")
        await desk.type("undo")
        assert "Undo the last change" in desk.screen_text
        assert "Go down half a screen" not in desk.screen_text


async def test_the_palette_runs_a_command(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("ctrl+p")
        await desk.type("star")
        await desk.press("enter")
        assert desk.current.mark.starred


async def test_full_width_and_back(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("enter")
        assert desk.desk.has_class("-reading")
        await desk.press("q")
        assert not desk.desk.has_class("-reading")
        assert desk.desk.papers.has_focus


async def test_changes_of_another_process_are_shown(open_desk: OpenDesk, home: Paths) -> None:
    from tui.model.edit import Edit
    from tui.session.session import Session

    async with open_desk() as desk:
        paper_id = desk.current.id
        other = Session.open(home)
        other.edits.mark([paper_id], Edit(starred=True))
        other.close()
        await desk.until(lambda: desk.desk.workspace.session.entry(paper_id).mark.starred)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (40, 10), (30, 8), (300, 80)])
async def test_every_size_shows_something(open_desk: OpenDesk, size: tuple[int, int]) -> None:
    async with open_desk(size) as desk:
        shown = desk.screen_text
        assert ("Radiance Fields" in shown) or ("40 columns" in shown)
        await desk.press("j", "r")
        assert desk.desk.workspace.papers.cursor == 2


async def test_an_unfinished_note_is_offered_after_a_crash(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("j", "e")
        await desk.type("half a tho")
        await desk.until(lambda: bool(desk.desk.workspace.session.values.with_prefix("draft")))
        # The program dies here: nothing is closed, nothing is saved on the way out.
    async with open_desk() as desk:
        assert "unsaved note on Growing Networks" in desk.news
        assert desk.desk.workspace.papers.cursor == 1
        await desk.press("e")
        await desk.type("ught")
        await desk.press("escape")
        assert desk.current.mark.note == "half a thought"
        assert not desk.desk.workspace.session.values.with_prefix("draft")


async def test_a_listing_put_into_the_folder_is_imported(open_desk: OpenDesk, home: Paths) -> None:
    async with open_desk() as desk:
        title = desk.current.paper.title
        (home.seeds / "more.txt").write_text("Abstract: A seventh paper about nothing but tests.\n", encoding="utf-8")
        await desk.until(lambda: len(desk.titles) == 7)
        assert desk.current.paper.title == title
        assert "1 new paper" in desk.news


async def test_one_paper_is_restored_to_its_state_after_a_step(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("H")
        assert "no changes to this paper yet" in desk.news
        await desk.press("b", "V", "plus", *"ml", "enter", "escape", "g", "R", "q", "e", *"ok", "escape", "H")
        shown = desk.screen_text
        assert "note written" in shown
        assert "status unread → queued" in shown
        assert "tags +ml" in shown
        await desk.press("down", "down", "enter")
        assert desk.current.mark == replace(type(desk.current.mark)(), starred=True, tags=("ml",))
        assert desk.entries[1].mark.tags == ("ml",)
        await desk.press("u")
        assert desk.current.mark.note == "ok"


async def test_the_history_goes_to_any_step_and_back(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("b", "j", "b", "j", "b", "U", "down", "down", "enter")
        assert [entry.mark.starred for entry in desk.entries[:3]] == [True, False, False]
        await desk.press("U", "up", "up", "enter")
        assert [entry.mark.starred for entry in desk.entries[:3]] == [True, True, True]
        await desk.press("U")
        await desk.type("original")
        await desk.press("enter")
        assert not any(entry.mark.starred for entry in desk.entries)


async def test_the_tag_manager_renames_merges_and_deletes(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        for tag in ("ml", "vision"):
            await desk.press("plus")
            await desk.type(tag)
            await desk.press("enter")
        await desk.press("M")
        await desk.type("ml")
        await desk.press("enter", "r", "ctrl+u")
        await desk.type("learning")
        await desk.press("enter")
        assert list(desk.current.mark.tags) == ["learning", "vision"]
        await desk.press("M")
        await desk.type("learn")
        await desk.press("enter", "m")
        await desk.type("vision")
        await desk.press("enter")
        assert list(desk.current.mark.tags) == ["vision"]
        await desk.press("M", "enter", "d")
        assert not list(desk.current.mark.tags)
        await desk.press("u")
        assert list(desk.current.mark.tags) == ["vision"]


async def test_an_outdated_edit_of_the_query_is_ignored(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("slash")
        await desk.type("maire")
        await desk.press("escape")
        desk.desk.post_message(QueryLine.Edited("maire"))
        await desk.rest()
        assert desk.query == ""
        assert len(desk.titles) == 6


async def test_a_dialog_keeps_the_list_and_the_abstract_visible(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("t")
        picture = desk.app.export_screenshot()
        assert "Tags" in picture
        assert "Transparent" in picture, "the list below"
        assert "photograph" in picture, "the abstract beside it"
