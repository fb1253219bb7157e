"""Which source gave each field, in the detail pane on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


async def test_a_key_shows_the_source_of_each_field_and_hides_it_again(open_app: OpenApp) -> None:
    async with open_app() as driver:
        place = driver.current.paper.sources[0]
        await driver.press("O")
        assert "Sources of each field" in driver.page
        assert f"abstract  {place.page}:" in driver.page
        await driver.press("j")
        assert "Sources of each field" in driver.page, "it stays for the next paper"
        await driver.press("O")
        assert "Sources of each field" not in driver.page
