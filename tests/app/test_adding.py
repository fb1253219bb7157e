"""Adding papers on the screen: the form, and pasted identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Paste

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


async def test_a_paper_is_added_by_a_form_in_one_step(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("ctrl+a")
        assert "Add a paper" in driver.screen_text
        await driver.type("Mills")
        await driver.press("tab")
        assert "Given Family; Given Family" in driver.screen_text
        await driver.type("Ann Lee")
        await driver.press("enter")
        await driver.until(lambda: len(driver.titles) == 7)
        await driver.rest()
        assert driver.entry("Mills").paper.authors == ("Ann Lee",)
        assert "1 paper imported" in driver.news
        assert driver.current.paper.title == "Mills", "the cursor is on it"
        await driver.press("u")
        await driver.until(lambda: len(driver.titles) == 6)


async def test_the_form_keeps_what_is_typed_until_it_is_valid(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("ctrl+a", "tab")
        await driver.type("Ann Lee")
        await driver.press("enter")
        assert "a new paper needs a title" in driver.screen_text
        assert "Ann Lee" in driver.screen_text
        await driver.press("escape", "escape")
        assert not driver.main_screen.workspace.session.edits.history()


async def test_pasted_identifiers_open_the_preview_and_become_untitled_papers(open_app: OpenApp) -> None:
    async with open_app() as driver:
        driver.app.post_message(Paste("https://arxiv.org/abs/2310.07240v2\n10.5555/mills\n"))
        await driver.until(lambda: len(driver.app.screen_stack) == 2)
        await driver.rest()
        assert "arXiv:2310.07240" in driver.screen_text
        await driver.press("enter")
        await driver.until(lambda: len(driver.titles) == 8)
        assert {"arXiv:2310.07240", "doi:10.5555/mills"} < set(driver.titles)
