"""Stories of what the list says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.app.screens.desk import Desk
from tui.app.screens.insight import Insight

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.app.conftest import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.mark.parametrize(("size", "beside"), [((80, 24), False), ((120, 40), True)])
async def test_statistics_on_the_whole_screen(open_desk: OpenDesk, size: tuple[int, int], beside: bool) -> None:
    async with open_desk(size) as desk:
        await desk.press("r", "t", "m", "l", "enter", "I")
        assert isinstance(desk.app.screen, Insight)
        assert "6 papers" in desk.screen_text
        assert "unread  5 █" in desk.screen_text
        assert ("Categories" in desk.screen_text) is beside
        await desk.press("G")
        assert "Years" in desk.screen_text
        await desk.press("g", "j", "q")
        assert isinstance(desk.app.screen, Desk)
