"""Without colours nothing is drawn in any, wherever one goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screen_driver import shown_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

SCREENS = [
    ("", ""), ("tab", "escape"), ("f", "escape"), ("enter", "enter"), ("slash y e e r colon", "escape"), ("I", "q"),
    ("D", "q"), ("T", "q"), ("question_mark", "escape"), ("c", "escape"), ("x", "escape"),
]  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (170, 40)], ids=str)
async def test_nothing_is_coloured_without_colours(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_app(size) as driver:
        for keys, back in SCREENS:
            await driver.press(*keys.split())
            for y, strip in enumerate(shown_lines(driver.app)):
                for text, style, _ in strip:
                    colours = [] if style is None else [style.color, style.bgcolor]
                    assert all(colour is None or colour.is_default for colour in colours), (keys, y, text, style)
            await driver.press(*back.split())
