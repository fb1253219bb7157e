"""The program can always be left, and an orderly end writes what is being typed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.app.test_retry_queue import Disk, kept
from tui.app import polling
from tui.errors import StoreDamagedError
from tui.store.storage import JournalStorage

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver
    from tui.paths import Paths

    Opener = Callable[..., AbstractAsyncContextManager[Driver]]

LEAVING = ["q", "Q", "ctrl+q"]


@pytest.fixture
def unpolled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks for changes of other processes, so that a damaged store is noticed by what keys do."""
    monkeypatch.setattr(polling, "POLL_STORE_EVERY", 3600)


def unreadable(*_: object, **__: object) -> None:
    raise StoreDamagedError("marks.json cannot be read: Permission denied")


@pytest.mark.parametrize(
    ("key", "where"), [*((key, "list") for key in LEAVING), ("ctrl+q", "query"), ("ctrl+q", "dialog")]
)
@pytest.mark.usefixtures("unpolled")
async def test_it_can_be_left_when_the_data_folder_is_gone(
    open_app: Opener, home: Paths, key: str, where: str
) -> None:
    async with open_app() as driver:
        await driver.press("b", "j", *{"list": (), "query": ("slash",), "dialog": ("R",)}[where])
        shutil.rmtree(home.data)
        await driver.press(key)
        assert driver.app.is_running
        assert "the cursor position cannot be saved" in driver.news
        assert "(press again to quit anyway)" in driver.news
        await driver.press(key)
        assert driver.app.return_code == 0


@pytest.mark.parametrize("key", LEAVING)
@pytest.mark.usefixtures("unpolled")
async def test_it_can_be_left_when_the_store_cannot_be_read(
    open_app: Opener, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with open_app() as driver:
        await driver.press("j")
        monkeypatch.setattr(JournalStorage, "catch_up", unreadable)
        await driver.press(key)
        assert "marks.json cannot be read: Permission denied (press again" in driver.news
        await driver.press(key)
        assert driver.app.return_code == 0


@pytest.mark.usefixtures("unpolled")
async def test_a_change_that_cannot_be_kept_is_said_and_then_left(open_app: Opener, home: Paths) -> None:
    async with open_app() as driver:
        await driver.press("b")
        shutil.rmtree(home.data)
        await driver.press("r", "q")
        assert "1 unsaved change (press again to quit without saving)" in driver.news
        await driver.press("q")
        assert driver.app.return_code == 0


async def test_ctrl_c_leaves_when_it_is_pressed_again(open_app: Opener, home: Paths) -> None:
    async with open_app() as driver:
        await driver.press("ctrl+c", "j", "ctrl+c")
        assert driver.app.is_running
        assert driver.news == "q: quit (or Ctrl-C again)"
        await driver.press("ctrl+c")
        assert driver.app.return_code == 0
    async with open_app() as driver:
        await driver.press("b")
        shutil.rmtree(home.data)
        await driver.press("ctrl+c", "ctrl+c", "ctrl+c")
        assert driver.app.return_code == 0


async def test_what_goes_on_outside_is_told_once(open_app: Opener, home: Paths) -> None:
    async with open_app() as driver:
        await driver.press("b")
        shutil.rmtree(home.data)
        await driver.until(lambda: "marks.json is missing" in driver.news)
        await driver.press("j")
        assert driver.news == ""
        polls = 0
        poll = driver.main_screen.workspace.session.poll

        def counting() -> frozenset[str]:
            nonlocal polls
            polls += 1
            return poll()

        driver.main_screen.workspace.session.poll = counting  # type: ignore[method-assign]
        await driver.until(lambda: polls > 1)
        assert driver.news == ""


async def test_leaving_writes_the_note_that_is_being_typed(open_app: Opener, home: Paths) -> None:
    async with open_app() as driver:
        await driver.press("e", *"half", "ctrl+q")
        assert driver.app.return_code == 0
    assert kept(home, "Radiance Fields") == (False, "half")
    async with open_app() as driver:
        assert "unfinished" not in driver.news


async def test_a_note_that_cannot_be_written_is_said_before_leaving(open_app: Opener, home: Paths) -> None:
    disk = Disk(home)
    async with open_app() as driver:
        with disk.watched():
            disk.error = 28
            await driver.press("e", *"half", "ctrl+q")
            assert driver.app.is_running
            assert "1 unsaved change (press again to quit without saving)" in driver.news
            disk.error = 0
            await driver.press("ctrl+q")
            assert driver.app.return_code == 0
    assert kept(home, "Radiance Fields") == (False, "half")


async def test_a_draft_names_its_paper(open_app: Opener) -> None:
    async with open_app() as driver:
        paper = driver.main_screen.workspace.papers.ids[2]
        driver.main_screen.workspace.session.values.set("draft", {"paper": paper, "text": "half"})
    async with open_app() as driver:
        assert driver.news == "unsaved note on Tokens Are Not Words (e: continue)"
        await driver.press("e", "escape")
        assert driver.current.mark.note == "half"


async def test_what_was_said_goes_with_the_next_key(open_app: Opener) -> None:
    async with open_app() as driver:
        await driver.press("b")
        assert driver.news.startswith("star: ")
        await driver.press("j")
        assert driver.news == ""
        assert "u undo" not in driver.screen_text.splitlines()[-2]


async def test_a_long_fault_is_shown_whole(open_app: Opener) -> None:
    async with open_app(size=(80, 24)) as driver:
        said = " ".join(f"word{number}" for number in range(30))
        driver.main_screen.workspace.show_message(said, error=True)
        await driver.rest()
        assert "word29" in driver.screen_text
        await driver.press("j")
        assert "word2" not in driver.screen_text
        assert driver.main_screen.query_one("#status").size.height == 1


@pytest.mark.parametrize(
    ("opened", "changed"),
    [
        (("c",), ("X",)),
        (("plus", "x", "enter", "t"), ("space",)),
        (("V", "e"), ("X",)),
    ],
)
async def test_escape_says_so_before_it_loses_what_was_changed(
    open_app: Opener, opened: tuple[str, ...], changed: tuple[str, ...]
) -> None:
    async with open_app() as driver:
        await driver.press(*opened)
        steps = len(driver.main_screen.workspace.session.edits.history())
        await driver.press(*changed, "escape")
        assert "unsaved changes · Enter saves · Esc again discards them" in driver.screen_text
        await driver.press("escape")
        assert len(driver.app.screen_stack) == 1
        assert len(driver.main_screen.workspace.session.edits.history()) == steps
        await driver.press("escape", *opened[-2:], *changed, "escape", "enter")
        assert len(driver.main_screen.workspace.session.edits.history()) == steps + 1


@pytest.mark.parametrize("opened", [("c",), ("t",), ("plus", "x"), ("V", "e"), ("slash", "x")])
async def test_escape_leaves_at_once_where_nothing_is_lost(open_app: Opener, opened: tuple[str, ...]) -> None:
    async with open_app() as driver:
        await driver.press(*opened, "escape")
        assert len(driver.app.screen_stack) == 1


@pytest.mark.parametrize(
    ("keys", "suspends"),
    [
        ("R", True),
        ("t", True),
        ("X", True),
        ("c", False),
        ("question_mark", True),
        ("T", True),
        ("I", True),
        ("e", False),
    ],
)
async def test_the_program_is_suspended_from_a_dialog_too(
    open_app: Opener, monkeypatch: pytest.MonkeyPatch, keys: str, suspends: bool
) -> None:
    async with open_app() as driver:
        suspended: list[str] = []
        monkeypatch.setattr(driver.app, "action_suspend_process", lambda: suspended.append(keys))
        await driver.press(keys)
        screen = driver.app.screen
        await driver.press("ctrl+z")
        assert bool(suspended) is suspends
        assert driver.app.screen is screen
