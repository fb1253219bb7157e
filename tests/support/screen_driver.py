"""A driver for tests of the screen: presses keys, and reads what is shown."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from tests.support.fast_pilot import until_idle
from tui.app.screen_repaints import BaseScreen
from tui.app.screens.main_screen import MainScreen
from tui.app.widgets.query_line import QueryLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.events import MouseEvent
    from textual.pilot import Pilot
    from textual.strip import Strip

    from tui.app.app import ReadlistApp
    from tui.model.entry import Entry

_LIMIT = 30  # seconds


def shown_lines(app: App[Any]) -> list[Strip]:
    """What an app shows, one strip a line."""
    screen = app.screen
    assert isinstance(screen, BaseScreen)
    return screen.drawn_lines()


class Driver:
    """Presses keys on the main screen, and reads what it shows."""

    def __init__(self, app: ReadlistApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def main_screen(self) -> MainScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    @property
    def titles(self) -> list[str]:
        """The titles in the list, in order."""
        return [
            self.main_screen.workspace.session.entry(paper_id).paper.display_title
            for paper_id in self.main_screen.workspace.papers.ids
        ]

    @property
    def current(self) -> Entry:
        """The entry under the cursor."""
        entry = self.main_screen.workspace.current_entry()
        assert entry is not None
        return entry

    @property
    def entries(self) -> list[Entry]:
        """Every entry in the list, in order."""
        return [
            self.main_screen.workspace.session.entry(paper_id) for paper_id in self.main_screen.workspace.papers.ids
        ]

    @property
    def page(self) -> str:
        """The text of the detail pane."""
        return self.main_screen.detail.content.plain

    @property
    def screen_text(self) -> str:
        """Everything on the screen."""
        return "\n".join(strip.text for strip in shown_lines(self.app))

    @property
    def query(self) -> str:
        return self.main_screen.query_one(QueryLine).value

    @property
    def news(self) -> str:
        return self.main_screen.workspace.messages.current.text

    def entry(self, title: str) -> Entry:
        """The entry whose title begins with ``title``."""
        found = [
            self.main_screen.workspace.session.entry(paper_id)
            for paper_id in self.main_screen.workspace.session.ids()
        ]
        return next(entry for entry in found if entry.paper.display_title.startswith(title))

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until the app is idle."""
        await self.pilot.press(*keys)
        await self.rest()

    async def post_mouse(self, event: type[MouseEvent], at: tuple[int, int], button: int = 0) -> None:
        """Post a mouse event at a cell, for which the pilot has no method, and wait until the app is idle."""
        x, y = at
        self.app.post_message(
            event(None, x, y, 0, 0, button, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)
        )
        await self.rest()

    async def rest(self) -> None:
        """Wait until the app is idle."""
        await until_idle(self.app)

    async def type(self, text: str) -> None:
        names = {" ": "space", ":": "colon", "/": "slash", ".": "full_stop", "-": "minus", '"': "quotation_mark"}
        await self.press(*(names.get(character, character) for character in text))

    async def resize(self, columns: int, rows: int) -> None:
        """Resize the terminal, and wait for the layout."""
        await self.pilot.resize_terminal(columns, rows)
        await self.until(lambda: self.app.screen.outer_size == (columns, rows))
        await self.rest()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition is true; timers go on, and threads and other programs get time."""
        begun = time.monotonic()
        while not condition():
            assert time.monotonic() - begun < _LIMIT, "timed out"
            await asyncio.sleep(0.01)
            await asyncio.to_thread(time.sleep, 0.001)
