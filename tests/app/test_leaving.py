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
    open_desk: Opener, home: Paths, key: str, where: str
) -> None:
    async with open_desk() as desk:
        await desk.press("b", "j", *{"list": (), "query": ("slash",), "dialog": ("R",)}[where])
        shutil.rmtree(home.data)
        await desk.press(key)
        assert desk.app.is_running
        assert "the cursor position cannot be saved" in desk.news
        assert "(press again to quit anyway)" in desk.news
        await desk.press(key)
        assert desk.app.return_code == 0


@pytest.mark.parametrize("key", LEAVING)
@pytest.mark.usefixtures("unpolled")
async def test_it_can_be_left_when_the_store_cannot_be_read(
    open_desk: Opener, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with open_desk() as desk:
        await desk.press("j")
        monkeypatch.setattr(JournalStorage, "catch_up", unreadable)
        await desk.press(key)
        assert "marks.json cannot be read: Permission denied (press again" in desk.news
        await desk.press(key)
        assert desk.app.return_code == 0


@pytest.mark.usefixtures("unpolled")
async def test_a_change_that_cannot_be_kept_is_said_and_then_left(open_desk: Opener, home: Paths) -> None:
    async with open_desk() as desk:
        await desk.press("b")
        shutil.rmtree(home.data)
        await desk.press("r", "q")
        assert "1 unsaved change (press again to quit without saving)" in desk.news
        await desk.press("q")
        assert desk.app.return_code == 0


async def test_ctrl_c_leaves_when_it_is_pressed_again(open_desk: Opener, home: Paths) -> None:
    async with open_desk() as desk:
        await desk.press("ctrl+c", "j", "ctrl+c")
        assert desk.app.is_running
        assert desk.news == "q: quit (or Ctrl-C again)"
        await desk.press("ctrl+c")
        assert desk.app.return_code == 0
    async with open_desk() as desk:
        await desk.press("b")
        shutil.rmtree(home.data)
        await desk.press("ctrl+c", "ctrl+c", "ctrl+c")
        assert desk.app.return_code == 0


async def test_what_goes_on_outside_is_told_once(open_desk: Opener, home: Paths) -> None:
    async with open_desk() as desk:
        await desk.press("b")
        shutil.rmtree(home.data)
        await desk.until(lambda: "marks.json is missing" in desk.news)
        await desk.press("j")
        assert desk.news == ""
        polls = 0
        poll = desk.desk.workspace.session.poll

        def counting() -> frozenset[str]:
            nonlocal polls
            polls += 1
            return poll()

        desk.desk.workspace.session.poll = counting  # type: ignore[method-assign]
        await desk.until(lambda: polls > 1)
        assert desk.news == ""


async def test_leaving_writes_the_note_that_is_being_typed(open_desk: Opener, home: Paths) -> None:
    async with open_desk() as desk:
        await desk.press("e", *"half", "ctrl+q")
        assert desk.app.return_code == 0
    assert kept(home, "Radiance Fields") == (False, "half")
    async with open_desk() as desk:
        assert "unfinished" not in desk.news


async def test_a_note_that_cannot_be_written_is_said_before_leaving(open_desk: Opener, home: Paths) -> None:
    disk = Disk(home)
    async with open_desk() as desk:
        with disk.watched():
            disk.error = 28
            await desk.press("e", *"half", "ctrl+q")
            assert desk.app.is_running
            assert "1 unsaved change (press again to quit without saving)" in desk.news
            disk.error = 0
            await desk.press("ctrl+q")
            assert desk.app.return_code == 0
    assert kept(home, "Radiance Fields") == (False, "half")


async def test_a_draft_names_its_paper(open_desk: Opener) -> None:
    async with open_desk() as desk:
        paper = desk.desk.workspace.papers.ids[2]
        desk.desk.workspace.session.values.set("draft", {"paper": paper, "text": "half"})
    async with open_desk() as desk:
        assert desk.news == "unsaved note on Tokens Are Not Words (e: continue)"
        await desk.press("e", "escape")
        assert desk.current.mark.note == "half"


async def test_what_was_said_goes_with_the_next_key(open_desk: Opener) -> None:
    async with open_desk() as desk:
        await desk.press("b")
        assert desk.news.startswith("star: ")
        await desk.press("j")
        assert desk.news == ""
        assert "u undo" not in desk.screen_text.splitlines()[-2]


async def test_a_long_fault_is_shown_whole(open_desk: Opener) -> None:
    async with open_desk(size=(80, 24)) as desk:
        said = " ".join(f"word{number}" for number in range(30))
        desk.desk.workspace.show_message(said, error=True)
        await desk.rest()
        assert "word29" in desk.screen_text
        await desk.press("j")
        assert "word2" not in desk.screen_text
        assert desk.desk.query_one("#status").size.height == 1


@pytest.mark.parametrize(
    ("opened", "changed"),
    [
        (("c",), ("X",)),
        (("plus", "x", "enter", "t"), ("space",)),
        (("V", "e"), ("X",)),
    ],
)
async def test_escape_says_so_before_it_loses_what_was_changed(
    open_desk: Opener, opened: tuple[str, ...], changed: tuple[str, ...]
) -> None:
    async with open_desk() as desk:
        await desk.press(*opened)
        steps = len(desk.desk.workspace.session.edits.history())
        await desk.press(*changed, "escape")
        assert "unsaved changes · Enter saves · Esc again discards them" in desk.screen_text
        await desk.press("escape")
        assert len(desk.app.screen_stack) == 1
        assert len(desk.desk.workspace.session.edits.history()) == steps
        await desk.press("escape", *opened[-2:], *changed, "escape", "enter")
        assert len(desk.desk.workspace.session.edits.history()) == steps + 1


@pytest.mark.parametrize("opened", [("c",), ("t",), ("plus", "x"), ("V", "e"), ("slash", "x")])
async def test_escape_leaves_at_once_where_nothing_is_lost(open_desk: Opener, opened: tuple[str, ...]) -> None:
    async with open_desk() as desk:
        await desk.press(*opened, "escape")
        assert len(desk.app.screen_stack) == 1


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
    open_desk: Opener, monkeypatch: pytest.MonkeyPatch, keys: str, suspends: bool
) -> None:
    async with open_desk() as desk:
        suspended: list[str] = []
        monkeypatch.setattr(desk.app, "action_suspend_process", lambda: suspended.append(keys))
        await desk.press(keys)
        screen = desk.app.screen
        await desk.press("ctrl+z")
        assert bool(suspended) is suspends
        assert desk.app.screen is screen
