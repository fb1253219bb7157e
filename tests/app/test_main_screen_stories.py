"""Stories at the main screen: what a person presses, and what is there afterwards."""

from __future__ import annotations

import sys
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

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


async def test_moves_as_vim_does(open_app: OpenApp) -> None:
    async with open_app() as driver:
        assert driver.main_screen.workspace.papers.cursor == 0
        await driver.press("j", "j")
        assert driver.main_screen.workspace.papers.cursor == 2
        await driver.press("k")
        assert driver.main_screen.workspace.papers.cursor == 1
        await driver.press("G")
        assert driver.main_screen.workspace.papers.cursor == 5
        await driver.press("j")
        assert driver.main_screen.workspace.papers.cursor == 5
        await driver.press("g")
        assert driver.main_screen.workspace.papers.cursor == 0


async def test_read_marks_the_paper_and_moves_on(open_app: OpenApp) -> None:
    async with open_app() as driver:
        first = driver.current.id
        await driver.press("r")
        assert driver.main_screen.workspace.session.entry(first).mark.status is Status.READ
        assert driver.main_screen.workspace.papers.cursor == 1
        await driver.press("k", "r")
        assert driver.main_screen.workspace.session.entry(first).mark.status is Status.UNREAD


async def test_a_change_is_on_disk_when_it_shows(open_app: OpenApp, home: Paths) -> None:
    async with open_app() as driver:
        paper_id = driver.current.id
        await driver.press("b")
        other = Store.open(home.data)
        assert other.marks.get(paper_id).starred
        other.close()


async def test_a_query_runs_with_every_character_and_escape_restores_the_list(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await driver.type("nerf")
        assert driver.titles == ["Radiance Fields from Single Views"]
        await driver.press("enter")
        assert driver.main_screen.papers.has_focus
        assert driver.query == "nerf"
        await driver.press("escape")
        assert len(driver.titles) == 6


async def test_escape_in_the_query_line_restores_the_query(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await driver.type("maire")
        await driver.press("enter", "slash")
        await driver.type(" colour")
        assert (driver.query, len(driver.titles)) == ("maire colour", 1)
        await driver.press("escape")
        assert (driver.query, len(driver.titles)) == ("maire", 2)


async def test_typing_replaces_the_old_query_and_an_arrow_keeps_it(open_app: OpenApp) -> None:
    async with open_app() as driver:
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
            await driver.press(*keys)
            assert driver.query == query, keys


async def test_an_invalid_query_keeps_the_last_list_and_points_at_the_error(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await driver.type("maire is:foo ")
        caret = driver.main_screen.query_one("#caret")
        assert caret.display
        assert "^" in str(caret.render())
        assert len(driver.titles) == 2
        await driver.press("ctrl+u")
        await driver.type("(maire OR chen) no:date is:foo")
        lines = str(caret.render()).split("\n")
        assert len(lines) > 1  # the whole sentence is there, however long it is
        assert "untitled" in " ".join(lines)
        await driver.press("escape")
        assert not caret.display


async def test_the_cursor_stays_on_its_paper(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("j", "j", "j", "j")
        title = driver.current.paper.title
        await driver.press("slash")
        await driver.type("maire")
        assert driver.current.paper.title == title
        await driver.press("escape")
        assert driver.current.paper.title == title


async def test_a_paper_that_stops_matching_stays_until_refresh(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await driver.type("is:unread")
        await driver.press("enter", "r")
        assert len(driver.titles) == 6
        await driver.press("f5")
        assert len(driver.titles) == 5


async def test_tags_by_typing(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("t")
        await driver.type("vision")
        await driver.press("enter")
        assert driver.current.mark.tags == ("vision",)
        await driver.press("j", "t")
        await driver.type("vi")
        await driver.press("enter")
        assert driver.current.mark.tags == ("vision",)
        await driver.press("t")
        await driver.type("vi")
        await driver.press("enter")
        assert not driver.current.mark.tags


async def test_tags_in_three_states_over_a_selection(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("t")
        await driver.type("a")
        await driver.press("enter", "space", "space", "t")
        await driver.press("space", "enter")  # some → all
        ids = driver.main_screen.workspace.papers.ids[:2]
        assert [driver.main_screen.workspace.session.entry(paper_id).mark.tags for paper_id in ids] == [
            ("a",),
            ("a",),
        ]
        await driver.press("u")
        assert [driver.main_screen.workspace.session.entry(paper_id).mark.tags for paper_id in ids] == [("a",), ()]


async def test_the_last_used_tag_comes_first(open_app: OpenApp) -> None:
    async with open_app() as driver:
        for keys in (["V", "plus", *"often", "enter"], ["escape", "plus", *"last", "enter"]):
            await driver.press(*keys)
        await driver.press("j", "t", "space", "enter")
        assert driver.current.mark.tags == ("often", "last")


async def test_closing_the_tag_picker_without_a_choice_does_nothing(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("plus", *"first", "enter", "plus", *"second", "enter", "j")
        await driver.press("t", "enter")
        assert len(driver.main_screen.workspace.session.edits.history()) == 2
        await driver.press("t", "down", "enter", "t", *"sec", "enter")
        assert driver.current.mark.tags == ("first", "second")


async def test_add_and_remove_a_tag_in_one_line(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("plus")
        await driver.type("ml")
        await driver.press("enter")
        assert driver.current.mark.tags == ("ml",)
        await driver.press("minus")
        await driver.type("ml")
        await driver.press("enter")
        assert not driver.current.mark.tags


async def test_an_invalid_tag_is_refused_in_the_prompt(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("plus")
        await driver.type("a b")
        await driver.press("enter")
        assert "is not a tag" in driver.screen_text
        await driver.press("escape")
        assert not driver.current.mark.tags


async def test_note_in_place(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("e")
        await driver.type("well done")
        await driver.press("escape")
        assert driver.current.mark.note == "well done"
        assert "well done" in driver.page


async def test_note_in_the_editor(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    program = "import sys,pathlib; pathlib.Path(sys.argv[1]).write_text('from outside')"
    monkeypatch.setenv("VISUAL", f'{sys.executable} -c "{program}"')
    monkeypatch.setattr("textual.drivers.headless_driver.HeadlessDriver.can_suspend", property(lambda _: True))
    async with open_app() as driver:
        await driver.press("E")
        assert driver.current.mark.note == "from outside"
        await driver.press("E")
        assert "note unchanged" in driver.news
        assert driver.current.mark.note == "from outside"


async def test_a_missing_editor_is_reported(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")
    monkeypatch.setattr("textual.drivers.headless_driver.HeadlessDriver.can_suspend", property(lambda _: True))
    async with open_app() as driver:
        await driver.press("E")
        assert "no-such-editor" in driver.news
        assert driver.current.mark.note == ""


async def test_undo_and_redo_work_after_a_restart(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("b", "r")
        await driver.press("q")
    async with open_app() as driver:
        await driver.press("g", "u", "u")
        assert driver.current.mark == type(driver.current.mark)()
        await driver.press("ctrl+r")
        assert driver.current.mark.starred
        await driver.press("u", "u")
        assert "nothing to undo" in driver.news


async def test_the_next_start_restores_the_current_paper(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await driver.type("maire")
        await driver.press("enter", "j")
        title = driver.current.paper.title
        await driver.press("q")
    async with open_app() as driver:
        assert driver.query == "maire"
        assert driver.current.paper.title == title


async def test_the_status_menu_is_picked_by_letter(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("R", "s")
        assert driver.current.mark.status is Status.SKIPPED


async def test_a_change_of_all_selected_papers_is_one_step(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("V", "r")
        assert {entry.mark.status for entry in driver.entries} == {Status.READ}
        await driver.press("u")
        assert {entry.mark.status for entry in driver.entries} == {Status.UNREAD}


async def test_a_range_is_selected_by_moving(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("j", "v", "j", "j", "v", "j", "b")
        assert [entry.mark.starred for entry in driver.entries] == [False, True, True, True, False, False]


async def test_a_command_ends_the_range_and_keeps_the_selection(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("v", "j", "b", "j", "j")
        assert len(driver.main_screen.workspace.selection.ids) == 2
        await driver.press("plus", *"ml", "enter", "escape", "j")
        assert [entry.mark.tags for entry in driver.entries[:3]] == [("ml",), ("ml",), ()]
        assert not driver.main_screen.workspace.selection.ids


async def test_repeat_applies_the_last_change_again(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("plus")
        await driver.type("ml")
        await driver.press("enter", "j", "full_stop")
        assert driver.current.mark.tags == ("ml",)


async def test_a_repeated_note_is_appended(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("j", "e", *"own", "escape", "k", "e", *"new", "escape", "j", "full_stop", "j", "full_stop")
        assert [entry.mark.note for entry in driver.entries[:3]] == ["new", "own\n\nnew", "new"]


async def test_a_dialog_is_for_the_paper_it_was_opened_on(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash", *"is:unread", "enter", "j", "t", *"ml")
        wanted = driver.current.id
        driver.main_screen.workspace.query.put("grasping")  # as if the paper had left the list meanwhile
        await driver.press("enter")
        assert driver.main_screen.workspace.session.entry(wanted).mark.tags == ("ml",)
        assert not driver.current.mark.tags


async def test_a_facet_edits_the_query_text(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("f")
        assert driver.main_screen.filters.has_focus
        await driver.press("j", "enter")
        before = driver.query
        assert before
        assert len(driver.titles) <= 6
        await driver.press("enter")
        assert driver.query == ""


async def test_export_from_the_screen_equals_that_of_the_session(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "out.bib"
    async with open_app() as driver:
        await driver.press("x")
        await driver.type("bibtex")
        await driver.press("enter", "ctrl+u")
        await driver.type(target.name)
        await driver.press("enter")
        assert target.name in driver.news
        expected = driver.main_screen.workspace.session.exports.export(
            driver.main_screen.workspace.papers.ids, "bibtex"
        ).text
    assert target.read_text(encoding="utf-8") == expected


async def test_the_export_shows_the_first_records_as_they_will_be(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app() as driver:
        session = driver.main_screen.workspace.session
        first, *others = driver.main_screen.workspace.papers.ids

        def sample() -> str:
            return driver.app.screen.query_one(ExportPreview).content.plain

        await driver.press("x")
        assert sample().startswith("@misc{")
        assert " year " in sample()
        assert session.entry(first).mark.citation_key is None  # a look pins nothing
        await driver.press("down")
        assert " date " in sample()
        await driver.type("csv")
        assert sample().splitlines() == session.exports.preview([first, *others], "csv").splitlines()
        await driver.press("ctrl+r", "ctrl+a", "enter", "enter")
        assert "readlist.csv" in driver.news
    assert (tmp_path / "readlist.csv").read_text(encoding="utf-8").startswith("id,citation_key,")


async def test_an_existing_file_is_replaced_with_consent_only(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "out.json"
    target.write_text("precious", encoding="utf-8")
    async with open_app() as driver:
        for answer, kept in (("n", True), ("y", False)):
            await driver.press("x")
            await driver.type("json")
            await driver.press("enter", "ctrl+u")
            await driver.type(target.name)
            await driver.press("enter", answer)
            assert (target.read_text(encoding="utf-8") == "precious") is kept


async def test_copy_puts_the_bibtex_on_the_clipboard(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("y", "b")
        assert driver.app.clipboard.startswith("@misc{")


async def test_help_is_searched_by_typing(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("question_mark")
        await driver.type("undo")
        assert "Undo the last change" in driver.screen_text
        assert "Go down half a screen" not in driver.screen_text


async def test_the_palette_runs_a_command(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("ctrl+p")
        await driver.type("star")
        await driver.press("enter")
        assert driver.current.mark.starred


async def test_full_width_and_back(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("enter")
        assert driver.main_screen.has_class("-reading")
        await driver.press("q")
        assert not driver.main_screen.has_class("-reading")
        assert driver.main_screen.papers.has_focus


async def test_changes_of_another_process_are_shown(open_app: OpenApp, home: Paths) -> None:
    from tui.model.edit import Edit
    from tui.session.session import Session

    async with open_app() as driver:
        paper_id = driver.current.id
        other = Session.open(home)
        other.edits.mark([paper_id], Edit(starred=True))
        other.close()
        await driver.until(lambda: driver.main_screen.workspace.session.entry(paper_id).mark.starred)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (40, 10), (30, 8), (300, 80)])
async def test_every_size_shows_something(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(size) as driver:
        shown = driver.screen_text
        assert ("Radiance Fields" in shown) or ("40 columns" in shown)
        await driver.press("j", "r")
        assert driver.main_screen.workspace.papers.cursor == 2


async def test_an_unfinished_note_is_offered_after_a_crash(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("j", "e")
        await driver.type("half a tho")
        await driver.until(lambda: bool(driver.main_screen.workspace.session.values.with_prefix("draft")))
        # The program dies here: nothing is closed, nothing is saved on the way out.
    async with open_app() as driver:
        assert "unsaved note on Growing Networks" in driver.news
        assert driver.main_screen.workspace.papers.cursor == 1
        await driver.press("e")
        await driver.type("ught")
        await driver.press("escape")
        assert driver.current.mark.note == "half a thought"
        assert not driver.main_screen.workspace.session.values.with_prefix("draft")


async def test_a_listing_put_into_the_folder_is_imported(open_app: OpenApp, home: Paths) -> None:
    async with open_app() as driver:
        title = driver.current.paper.title
        (home.seeds / "more.txt").write_text("Abstract: A seventh paper about nothing but tests.\n", encoding="utf-8")
        await driver.until(lambda: len(driver.titles) == 7)
        assert driver.current.paper.title == title
        assert "1 new paper" in driver.news


async def test_one_paper_is_restored_to_its_state_after_a_step(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("H")
        assert "no changes to this paper yet" in driver.news
        await driver.press("b", "V", "plus", *"ml", "enter", "escape", "g", "R", "q", "e", *"ok", "escape", "H")
        shown = driver.screen_text
        assert "note written" in shown
        assert "status unread → queued" in shown
        assert "tags +ml" in shown
        await driver.press("down", "down", "enter")
        assert driver.current.mark == type(driver.current.mark)()._replace(starred=True, tags=("ml",))
        assert driver.entries[1].mark.tags == ("ml",)
        await driver.press("u")
        assert driver.current.mark.note == "ok"


async def test_the_history_goes_to_any_step_and_back(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("b", "j", "b", "j", "b", "U", "down", "down", "enter")
        assert [entry.mark.starred for entry in driver.entries[:3]] == [True, False, False]
        await driver.press("U", "up", "up", "enter")
        assert [entry.mark.starred for entry in driver.entries[:3]] == [True, True, True]
        await driver.press("U")
        await driver.type("original")
        await driver.press("enter")
        assert not any(entry.mark.starred for entry in driver.entries)


async def test_the_tag_manager_renames_merges_and_deletes(open_app: OpenApp) -> None:
    async with open_app() as driver:
        for tag in ("ml", "vision"):
            await driver.press("plus")
            await driver.type(tag)
            await driver.press("enter")
        await driver.press("M")
        await driver.type("ml")
        await driver.press("enter", "r", "ctrl+u")
        await driver.type("learning")
        await driver.press("enter")
        assert list(driver.current.mark.tags) == ["learning", "vision"]
        await driver.press("M")
        await driver.type("learn")
        await driver.press("enter", "m")
        await driver.type("vision")
        await driver.press("enter")
        assert list(driver.current.mark.tags) == ["vision"]
        await driver.press("M", "enter", "d")
        assert not list(driver.current.mark.tags)
        await driver.press("u")
        assert list(driver.current.mark.tags) == ["vision"]


async def test_an_outdated_edit_of_the_query_is_ignored(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await driver.type("maire")
        await driver.press("escape")
        driver.main_screen.post_message(QueryLine.Edited("maire"))
        await driver.rest()
        assert driver.query == ""
        assert len(driver.titles) == 6


async def test_a_dialog_keeps_the_list_and_the_abstract_visible(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("t")
        picture = driver.app.export_screenshot()
        assert "Tags" in picture
        assert "Transparent" in picture, "the list below"
        assert "photograph" in picture, "the abstract beside it"
