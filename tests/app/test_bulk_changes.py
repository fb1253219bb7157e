"""Changes of many papers at once are confirmed once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver

    Opener = Callable[..., AbstractAsyncContextManager[Driver]]


def list_with(number: int, folder: Path) -> Paths:
    (folder / "seeds").mkdir(parents=True)
    records = [{"title": f"Paper {each:03}", "abstract": f"study{each} " * 20} for each in range(number)]
    (folder / "seeds" / "page.txt").write_text(json.dumps(records), encoding="utf-8")
    home = Paths(folder / "data", folder / "seeds")
    Session.open(home).close()
    return home


@pytest.mark.parametrize(
    "keys", [("b",), ("r",), ("R", "r"), ("plus", "x", "enter"), ("t", "x", "enter"), ("e", "x", "enter")]
)
async def test_a_change_of_more_than_a_hundred_papers_is_confirmed(
    open_app: Opener, tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async with open_app(at=list_with(101, tmp_path / "many")) as driver:
        await driver.press("V", *keys)
        assert "Change 101 papers: " in driver.screen_text
        await driver.press("n")
        assert driver.main_screen.workspace.session.edits.history() == ()
        await driver.press(*keys, "y")
        assert [len(change.ids) for change in driver.main_screen.workspace.session.edits.history()] == [101]


async def test_a_change_of_a_hundred_papers_is_not_confirmed_and_mark_all_read_only_once(
    open_app: Opener, tmp_path: Path
) -> None:
    async with open_app(at=list_with(101, tmp_path / "many")) as driver:
        await driver.press("j", "V", "k", "space", "b")
        assert [len(change.ids) for change in driver.main_screen.workspace.session.edits.history()] == [100]
        await driver.press("escape", "V", "b")  # only one of them is not starred yet
        assert [len(change.ids) for change in driver.main_screen.workspace.session.edits.history()] == [1, 100]
        await driver.press("escape", "A", "y")
        assert [len(change.ids) for change in driver.main_screen.workspace.session.edits.history()] == [101, 1, 100]


async def test_inverting_an_empty_selection_is_confirmed(open_app: Opener) -> None:
    async with open_app() as driver:
        await driver.press("i")
        assert "Nothing is selected. Select all 6 papers?" in driver.screen_text
        await driver.press("n")
        assert driver.main_screen.workspace.selection.ids == frozenset()
        await driver.press("i", "y")
        assert len(driver.main_screen.workspace.selection.ids) == 6
        await driver.press("i")
        assert driver.main_screen.workspace.selection.ids == frozenset()
