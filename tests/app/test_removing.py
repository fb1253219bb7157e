"""Removing papers on the screen and in triage, and getting them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


async def test_a_removed_paper_leaves_the_list_and_comes_back_by_undo(open_app: OpenApp) -> None:
    async with open_app() as driver:
        first, second, *_ = driver.titles
        await driver.press("d", "d")
        assert first not in driver.titles
        assert driver.current.paper.display_title == second
        assert driver.news == f"remove: {first}"
        assert driver.main_screen.workspace.session.totals.progress() == (0, 5)
        await driver.press("u")
        assert driver.titles[0] == first


async def test_a_selection_is_removed_in_one_step_and_no_longer_selected(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("space", "space", "delete")
        assert len(driver.titles) == 4
        assert not driver.main_screen.workspace.selection.ids
        assert len(driver.main_screen.workspace.session.edits.history()) == 1


async def test_the_same_key_restores_in_a_list_of_removed_papers(open_app: OpenApp) -> None:
    async with open_app() as driver:
        removed = driver.titles[0]
        await driver.press("d", "d", "slash")
        await driver.type("is:removed")
        await driver.press("enter")
        assert driver.titles == [removed]
        assert "removed" in driver.page
        await driver.press("d", "d")
        assert driver.titles == []
        await driver.press("0")
        assert removed in driver.titles


async def test_triage_removes_and_goes_on(open_app: OpenApp) -> None:
    async with open_app() as driver:
        first, *rest = driver.titles
        await driver.press("T", "d", "y", "q")
        assert "1 removed, 1 kept" in driver.news
        assert driver.titles == rest
        await driver.press("u", "u")
        assert driver.titles[0] == first


async def test_one_d_alone_does_nothing(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("d", "escape", "d", "j")
        assert not driver.main_screen.workspace.session.edits.history()
