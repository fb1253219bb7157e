"""What the file of settings changes on the screen: keys everywhere, columns, triage, themes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tui.app import polling
from tui.app.polling import Polling
from tui.app.row_render import column_widths
from tui.app.screens.help import key_table
from tui.keymap import DEFAULT_KEYS
from tui.model.mark import Status
from tui.settings.settings import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver
    from tui.paths import Paths

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


def with_settings(home: Paths, text: str) -> Paths:
    config = home.data.parent / "config.toml"
    config.write_text(text, encoding="utf-8")
    return home._replace(config=config)


async def test_keys_of_the_settings_are_in_force_and_shown_everywhere(open_desk: OpenDesk, home: Paths) -> None:
    settings = """
        [keys]
        mark.read = ["m", "C-x"]
        mark.undo = "X"
        mark.redo = []
        find.save_view = "Q"
        find.view = ["f2", "f3"]
    """
    async with open_desk(at=with_settings(home, settings)) as desk:
        await desk.press("r")
        assert desk.entries[0].mark.status is Status.UNREAD
        await desk.press("m", "ctrl+x")
        assert [entry.mark.status for entry in desk.entries[:2]] == [Status.READ, Status.READ]
        assert "X undo" in desk.screen_text.splitlines()[-2]
        assert "m read" in desk.screen_text.splitlines()[-1]
        await desk.press("X")
        assert "Ctrl-p Redo redo" in desk.screen_text.splitlines()[-2]
        await desk.press("f2")
        assert desk.news == "no view 1; Q saves the query as a view"
        await desk.press("colon", *"read u")
        assert "m Ctrl-x" in desk.screen_text
        await desk.press("escape", "question_mark", *"mark read")
        assert "m  Ctrl-x" in desk.screen_text


async def test_a_mistake_is_said_at_the_start_and_the_rest_holds(open_desk: OpenDesk, home: Paths) -> None:
    async with open_desk(at=with_settings(home, 'thme = 1\ncolumns = ["year", "title"]\ntheme = "nrd"')) as desk:
        assert desk.news == (
            'config.toml:1: unknown setting "thme" (did you mean theme?) (and 1 more: readlist check)'
        )
        assert desk.screen_text.splitlines()[2].partition("●")[2].split()[:2] == ["2023", "Radiance"]


async def test_a_change_of_the_file_is_reported_once(
    open_desk: OpenDesk, home: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    polls = 0
    poll = Polling.poll_sources

    def counting(self: Polling) -> None:
        nonlocal polls
        poll(self)
        polls += 1

    monkeypatch.setattr(polling, "POLL_SOURCES_EVERY", 0.02)
    monkeypatch.setattr(Polling, "poll_sources", counting)
    first = '[keys]\nmark.read = ["m"]\n'

    async with open_desk(at=with_settings(home, first)) as desk:

        async def news_after(text: str | None) -> str:
            if text is None:
                (home.data.parent / "config.toml").unlink()
            else:
                with_settings(home, text)
            before = polls
            await desk.until(lambda: polls > before + 2)
            news = desk.news
            await desk.press("j")
            before = polls
            await desk.until(lambda: polls > before + 2)
            assert "settings" not in desk.news, "reported once"
            return news

        assert "settings changed" not in desk.news
        assert "settings changed" not in await news_after(first + "# the same\n")
        assert await news_after('columns = ["title", "year"]\n' + first) == "settings changed; restart to apply"
        assert await news_after("thme = 1\n" + first) == (
            'settings changed: config.toml:1: unknown setting "thme" (did you mean theme?)'
        )
        assert "settings changed" not in await news_after(first)
        assert await news_after(None) == "settings changed; restart to apply"


async def test_the_venue_is_a_column_where_asked(open_desk: OpenDesk, home: Paths) -> None:
    record = {"title": "Tides", "abstract": "They rise.", "publication": {"container_title": "Cell Tides"}}
    (home.seeds / "tides.txt").write_text(json.dumps([record]), encoding="utf-8")
    async with open_desk((220, 40), at=with_settings(home, 'columns = ["title", "venue"]')) as desk:
        lines = desk.screen_text.splitlines()
        assert any("Title" in line and "Venue" in line for line in lines)
        assert any("Tides" in line and "Cell Tides" in line for line in lines)


async def test_a_decision_of_ones_own_does_all_that_it_names(open_desk: OpenDesk, home: Paths) -> None:
    settings = """
        [triage.survey]
        key = "s"
        status = "queued"
        tags = ["survey"]
        star = true
        snooze = 3
        [triage.keep]
        key = "k"
        status = "reading"
        [keys]
        triage.up = "K"
    """
    async with open_desk(at=with_settings(home, settings)) as desk:
        await desk.press("T")
        assert "s survey" in desk.screen_text
        await desk.press("s", "k", "q")
        first, second = desk.entries[:2]
        assert (first.mark.status, first.mark.tags, first.mark.starred) == (Status.QUEUED, ("survey",), True)
        assert first.mark.snoozed_until is not None
        assert second.mark.status is Status.READING
        await desk.press("u", "u")
        assert desk.entries[0].mark.status is Status.UNREAD


async def test_a_decision_may_begin_a_note_and_stay(open_desk: OpenDesk, home: Paths) -> None:
    settings = '[triage.idea]\nkey = "i"\nnote = "Idea: "\ngo_on = false\n'
    async with open_desk(at=with_settings(home, settings)) as desk:
        await desk.press("T", "i")
        await desk.type("copy it")
        await desk.press("escape", "y", "q")
        assert "copy it" in desk.entries[0].mark.note
        assert desk.entries[0].mark.status is Status.QUEUED


async def test_a_theme_is_seen_while_it_is_looked_for_and_kept(open_desk: OpenDesk, home: Paths) -> None:
    async with open_desk() as desk:
        before = desk.app.theme
        await desk.press("C", "down")
        assert desk.app.theme == "readlist-light"
        await desk.press("escape")
        assert desk.app.theme == before
        await desk.press("C", *"nord", "enter")
        assert (desk.app.theme, desk.news) == ("nord", "theme: nord")
        desk.desk.workspace.session.close()
    async with open_desk() as desk:
        assert desk.app.theme == "nord"
        await desk.press("colon", *"set", "space", *"theme", "space", *"gruvbox", "enter")
        assert desk.app.theme == "gruvbox"
        desk.desk.workspace.session.close()
    async with open_desk(at=with_settings(home, 'theme = "readlist-light"')) as desk:
        assert desk.app.theme == "readlist-light"  # the settings name another one than when it was chosen


async def test_every_theme_can_be_drawn(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        for name in desk.app.available_themes:
            desk.app.theme = name
            await desk.rest()
            assert "Radiance" in desk.screen_text


@pytest.mark.parametrize(
    ("typed", "seen"),
    [("w", "everything is saved"), ("u", "nothing to undo"), ("12 o", ""), ("set sort year", "")],
)
async def test_what_is_typed_behind_a_colon_elsewhere_works(open_desk: OpenDesk, typed: str, seen: str) -> None:
    async with open_desk() as desk:
        desk.desk.workspace.show_message("")
        await desk.press("colon")
        await desk.type(typed)
        await desk.press("enter")
        assert desk.news == seen
        if typed.startswith("set"):
            assert desk.desk.workspace.query.sort == "year"


@pytest.mark.parametrize("typed", ["q", "q!", "wq", "x"])
async def test_a_colon_and_q_end_the_program(open_desk: OpenDesk, typed: str) -> None:
    async with open_desk() as desk:
        await desk.pilot.press("colon", *(letter.replace("!", "exclamation_mark") for letter in typed), "enter")
        await desk.until(lambda: desk.app.return_code == 0)


async def test_habits_of_other_programs_move_and_do_no_harm(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        for key, row in [
            ("G", 5),
            ("g", 0),
            ("g", 0),
            ("ctrl+n", 1),
        ]:
            await desk.press(key)
            assert desk.desk.workspace.papers.cursor == row, key
        await desk.press("d", "escape", "i", "escape", "ctrl+e", "ctrl+y", "ctrl+s")
        assert not desk.desk.workspace.session.edits.history()
        assert desk.app.screen is desk.desk


def test_the_title_has_the_room_that_others_can_do_without() -> None:
    assert dict(column_widths(52, COLUMNS)) == {"title": 41, "year": 4}
    assert dict(column_widths(80, COLUMNS)) == {"title": 47, "author": 12, "year": 4, "category": 8}
    shape = dict(column_widths(176, COLUMNS))
    assert (shape["year"], shape["category"]) == (4, 8)
    assert min(shape["author"], shape["tags"]) > 18, "what a long line has left is shared"
    wide = ("date", "added", "title", "author", "tags", "note", "category", "year")
    for width in range(20, 300):
        shape = dict(column_widths(width, wide))
        assert shape["title"] >= (30 if len(shape) > 1 else 1)
        assert [name for name in wide if name in shape] == list(shape)
        assert sum(room + 1 for room in shape.values()) + 5 == width


def test_help_lists_each_command_once() -> None:
    text = key_table("", DEFAULT_KEYS, 300).plain
    assert all(command.help in text for command in DEFAULT_KEYS.commands)
