"""Removing papers on the screen and in triage, and getting them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


async def test_a_removed_paper_leaves_the_list_and_comes_back_by_undo(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        first, second, *_ = desk.titles
        await desk.press("d", "d")
        assert first not in desk.titles
        assert desk.current.paper.display_title == second
        assert desk.news == f"remove: {first}"
        assert desk.desk.workspace.session.totals.progress() == (0, 5)
        await desk.press("u")
        assert desk.titles[0] == first


async def test_a_selection_is_removed_in_one_step_and_no_longer_selected(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("space", "space", "delete")
        assert len(desk.titles) == 4
        assert not desk.desk.workspace.selection.ids
        assert len(desk.desk.workspace.session.edits.history()) == 1


async def test_the_same_key_restores_in_a_list_of_removed_papers(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        removed = desk.titles[0]
        await desk.press("d", "d", "slash")
        await desk.type("is:removed")
        await desk.press("enter")
        assert desk.titles == [removed]
        assert "removed" in desk.page
        await desk.press("d", "d")
        assert desk.titles == []
        await desk.press("0")
        assert removed in desk.titles


async def test_triage_removes_and_goes_on(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        first, *rest = desk.titles
        await desk.press("T", "d", "y", "q")
        assert "1 removed, 1 kept" in desk.news
        assert desk.titles == rest
        await desk.press("u", "u")
        assert desk.titles[0] == first


async def test_one_d_alone_does_nothing(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("d", "escape", "d", "j")
        assert not desk.desk.workspace.session.edits.history()
