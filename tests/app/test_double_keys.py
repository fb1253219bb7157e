"""Keys that come twice, faster than a screen can close: what they close is closed once, what they do is done once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.fast_pilot import until_idle

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


async def at_once(driver: Driver, *keys: str) -> None:
    """Put keys into the app's queue before it takes the first of them, as a paste or a slow line does."""
    from textual import events

    for key in keys:
        driver.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await until_idle(driver.app)


OPENING = ["question_mark", "t", "y", "x", "s", "R", "plus", "e", "ctrl+p"]


@pytest.mark.parametrize("closing", [("escape",) * 3, ("enter",) * 3, ("ctrl+c",) * 3])
async def test_a_dialog_closes_once(
    closing: tuple[str, ...], open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # an export may come of it
    async with open_app() as driver:
        for opening in OPENING:
            await driver.press(opening)
            assert len(driver.app.screen_stack) == 2, opening
            await at_once(driver, *closing)
            await at_once(driver, "escape")
            await at_once(driver, "escape")
            assert driver.app.is_running, opening
            assert len(driver.app.screen_stack) <= 2, opening
            while len(driver.app.screen_stack) > 1:
                await driver.press("escape")


async def test_the_result_of_a_dialog_is_used_once(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("plus")
        await driver.type("vision")
        await at_once(driver, "enter", "enter", "enter")
        assert driver.current.mark.tags == ("vision",)
        assert len(driver.main_screen.workspace.session.edits.history()) == 1
