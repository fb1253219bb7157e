"""Which source gave each field, in the detail pane on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


async def test_a_key_shows_the_source_of_each_field_and_hides_it_again(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        place = desk.current.paper.sources[0]
        await desk.press("O")
        assert "Sources of each field" in desk.page
        assert f"abstract  {place.page}:" in desk.page
        await desk.press("j")
        assert "Sources of each field" in desk.page, "it stays for the next paper"
        await desk.press("O")
        assert "Sources of each field" not in desk.page
