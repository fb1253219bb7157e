"""Adding papers on the screen: the form, and pasted identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Paste

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


async def test_a_paper_is_added_by_a_form_in_one_step(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("ctrl+a")
        assert "Add a paper" in desk.screen_text
        await desk.type("Mills")
        await desk.press("tab")
        assert "Given Family; Given Family" in desk.screen_text
        await desk.type("Ann Lee")
        await desk.press("enter")
        await desk.until(lambda: len(desk.titles) == 7)
        await desk.rest()
        assert desk.entry("Mills").paper.authors == ("Ann Lee",)
        assert "1 paper imported" in desk.news
        assert desk.current.paper.title == "Mills", "the cursor is on it"
        await desk.press("u")
        await desk.until(lambda: len(desk.titles) == 6)


async def test_the_form_keeps_what_is_typed_until_it_is_valid(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("ctrl+a", "tab")
        await desk.type("Ann Lee")
        await desk.press("enter")
        assert "a new paper needs a title" in desk.screen_text
        assert "Ann Lee" in desk.screen_text
        await desk.press("escape", "escape")
        assert not desk.desk.workspace.session.edits.history()


async def test_pasted_identifiers_open_the_preview_and_become_untitled_papers(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        desk.app.post_message(Paste("https://arxiv.org/abs/2310.07240v2\n10.5555/mills\n"))
        await desk.until(lambda: len(desk.app.screen_stack) == 2)
        await desk.rest()
        assert "arXiv:2310.07240" in desk.screen_text
        await desk.press("enter")
        await desk.until(lambda: len(desk.titles) == 8)
        assert {"arXiv:2310.07240", "doi:10.5555/mills"} < set(desk.titles)
