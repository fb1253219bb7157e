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

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


def with_settings(home: Paths, text: str) -> Paths:
    config = home.data.parent / "config.toml"
    config.write_text(text, encoding="utf-8")
    return home._replace(config=config)


async def test_keys_of_the_settings_are_in_force_and_shown_everywhere(open_app: OpenApp, home: Paths) -> None:
    settings = """
        [keys]
        mark.read = ["m", "C-x"]
        mark.undo = "X"
        mark.redo = []
        find.save_view = "Q"
        find.view = ["f2", "f3"]
    """
    async with open_app(at=with_settings(home, settings)) as driver:
        await driver.press("r")
        assert driver.entries[0].mark.status is Status.UNREAD
        await driver.press("m", "ctrl+x")
        assert [entry.mark.status for entry in driver.entries[:2]] == [Status.READ, Status.READ]
        assert "X undo" in driver.screen_text.splitlines()[-2]
        assert "m read" in driver.screen_text.splitlines()[-1]
        await driver.press("X")
        assert "Ctrl-p Redo redo" in driver.screen_text.splitlines()[-2]
        await driver.press("f2")
        assert driver.news == "no view 1; Q saves the query as a view"
        await driver.press("colon", *"read u")
        assert "m Ctrl-x" in driver.screen_text
        await driver.press("escape", "question_mark", *"mark read")
        assert "m  Ctrl-x" in driver.screen_text


async def test_a_mistake_is_said_at_the_start_and_the_rest_holds(open_app: OpenApp, home: Paths) -> None:
    async with open_app(at=with_settings(home, 'thme = 1\ncolumns = ["year", "title"]\ntheme = "nrd"')) as driver:
        assert driver.news == (
            'config.toml:1: unknown setting "thme" (did you mean theme?) (and 1 more: `readlist check`)'
        )
        assert driver.screen_text.splitlines()[2].partition("●")[2].split()[:2] == ["2023", "Radiance"]


async def test_a_change_of_the_file_is_reported_once(
    open_app: OpenApp, home: Paths, monkeypatch: pytest.MonkeyPatch
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

    async with open_app(at=with_settings(home, first)) as driver:

        async def news_after(text: str | None) -> str:
            if text is None:
                (home.data.parent / "config.toml").unlink()
            else:
                with_settings(home, text)
            before = polls
            await driver.until(lambda: polls > before + 2)
            news = driver.news
            await driver.press("j")
            before = polls
            await driver.until(lambda: polls > before + 2)
            assert "settings" not in driver.news, "reported once"
            return news

        assert "settings changed" not in driver.news
        assert "settings changed" not in await news_after(first + "# the same\n")
        assert await news_after('columns = ["title", "year"]\n' + first) == "settings changed; restart to apply"
        assert await news_after("thme = 1\n" + first) == (
            'settings changed: config.toml:1: unknown setting "thme" (did you mean theme?)'
        )
        assert "settings changed" not in await news_after(first)
        assert await news_after(None) == "settings changed; restart to apply"


async def test_the_venue_is_a_column_where_asked(open_app: OpenApp, home: Paths) -> None:
    record = {"title": "Tides", "abstract": "They rise.", "publication": {"container_title": "Cell Tides"}}
    (home.seeds / "tides.txt").write_text(json.dumps([record]), encoding="utf-8")
    async with open_app((220, 40), at=with_settings(home, 'columns = ["title", "venue"]')) as driver:
        lines = driver.screen_text.splitlines()
        assert any("Title" in line and "Venue" in line for line in lines)
        assert any("Tides" in line and "Cell Tides" in line for line in lines)


async def test_a_decision_of_ones_own_does_all_that_it_names(open_app: OpenApp, home: Paths) -> None:
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
    async with open_app(at=with_settings(home, settings)) as driver:
        await driver.press("T")
        assert "s survey" in driver.screen_text
        await driver.press("s", "k", "q")
        first, second = driver.entries[:2]
        assert (first.mark.status, first.mark.tags, first.mark.starred) == (Status.QUEUED, ("survey",), True)
        assert first.mark.snoozed_until is not None
        assert second.mark.status is Status.READING
        await driver.press("u", "u")
        assert driver.entries[0].mark.status is Status.UNREAD


async def test_a_decision_may_begin_a_note_and_stay(open_app: OpenApp, home: Paths) -> None:
    settings = '[triage.idea]\nkey = "i"\nnote = "Idea: "\ngo_on = false\n'
    async with open_app(at=with_settings(home, settings)) as driver:
        await driver.press("T", "i")
        await driver.type("copy it")
        await driver.press("escape", "y", "q")
        assert "copy it" in driver.entries[0].mark.note
        assert driver.entries[0].mark.status is Status.QUEUED


async def test_a_theme_is_seen_while_it_is_looked_for_and_kept(open_app: OpenApp, home: Paths) -> None:
    async with open_app() as driver:
        before = driver.app.theme
        await driver.press("C", "down")
        assert driver.app.theme == "readlist-light"
        await driver.press("escape")
        assert driver.app.theme == before
        await driver.press("C", *"nord", "enter")
        assert (driver.app.theme, driver.news) == ("nord", "theme: nord")
        driver.main_screen.workspace.session.close()
    async with open_app() as driver:
        assert driver.app.theme == "nord"
        await driver.press("colon", *"set", "space", *"theme", "space", *"gruvbox", "enter")
        assert driver.app.theme == "gruvbox"
        driver.main_screen.workspace.session.close()
    async with open_app(at=with_settings(home, 'theme = "readlist-light"')) as driver:
        assert driver.app.theme == "readlist-light"  # the settings name another one than when it was chosen


async def test_every_theme_can_be_drawn(open_app: OpenApp) -> None:
    async with open_app() as driver:
        for name in driver.app.available_themes:
            driver.app.theme = name
            await driver.rest()
            assert "Radiance" in driver.screen_text


@pytest.mark.parametrize(
    ("typed", "seen"),
    [("w", "everything is saved"), ("u", "nothing to undo"), ("12 o", ""), ("set sort year", "")],
)
async def test_what_is_typed_behind_a_colon_elsewhere_works(open_app: OpenApp, typed: str, seen: str) -> None:
    async with open_app() as driver:
        driver.main_screen.workspace.show_message("")
        await driver.press("colon")
        await driver.type(typed)
        await driver.press("enter")
        assert driver.news == seen
        if typed.startswith("set"):
            assert driver.main_screen.workspace.query.sort == "year"


@pytest.mark.parametrize("typed", ["q", "q!", "wq", "x"])
async def test_a_colon_and_q_end_the_program(open_app: OpenApp, typed: str) -> None:
    async with open_app() as driver:
        await driver.pilot.press("colon", *(letter.replace("!", "exclamation_mark") for letter in typed), "enter")
        await driver.until(lambda: driver.app.return_code == 0)


async def test_habits_of_other_programs_move_and_do_no_harm(open_app: OpenApp) -> None:
    async with open_app() as driver:
        for key, row in [
            ("G", 5),
            ("g", 0),
            ("g", 0),
            ("ctrl+n", 1),
        ]:
            await driver.press(key)
            assert driver.main_screen.workspace.papers.cursor == row, key
        await driver.press("d", "escape", "i", "escape", "ctrl+e", "ctrl+y", "ctrl+s")
        assert not driver.main_screen.workspace.session.edits.history()
        assert driver.app.screen is driver.main_screen


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
