"""Every command in every state of the main screen works or shows why it cannot, and never breaks the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.app.availability import disabled_reason
from tui.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver
    from tui.paths import Paths

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

# These leave the main screen, or hand over the terminal.
MAIN_SCREEN = {command.id for command in COMMANDS if command.on_main_screen}
LEAVING = {"app.quit", "app.back_or_quit", "app.suspend", "mark.editor", "out.open", "out.copy"}

STATES: dict[str, tuple[str, frozenset[int]]] = {
    "empty list": ("nosuchword", frozenset()),
    "one paper": ("radiance", frozenset()),
    "selection": ("", frozenset({0, 2})),
    "untitled paper": ("gases", frozenset()),
    "read-only store": ("", frozenset()),
}
COUNTS = {"empty list": 0, "one paper": 1, "untitled paper": 1}
BARE = "Abstract:Rare gases scatter slow electrons in ways that no simple potential explains well enough so far.\n"


@pytest.mark.parametrize("state", STATES)
async def test_every_command_works_or_shows_why_it_cannot(
    open_app: OpenApp, home: Paths, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    query, rows = STATES[state]
    (home.seeds / "bare.txt").write_text(BARE, encoding="utf-8")
    async with open_app() as driver:
        main_screen = driver.main_screen
        if state == "read-only store":
            monkeypatch.setattr(type(main_screen.workspace.session), "read_only", property(lambda _: True))
        assert len(main_screen.workspace.session.find(query).ids) == COUNTS.get(state, 7)
        history = len(main_screen.workspace.session.edits.history())
        for command in sorted(MAIN_SCREEN - LEAVING):
            main_screen.workspace.query.put(query)
            main_screen.workspace.selection.put(frozenset(main_screen.workspace.papers.ids[row] for row in rows))
            main_screen.set_focus(main_screen.filters if command.startswith("filter.") else main_screen.papers)
            reason = disabled_reason(
                main_screen.workspace, main_screen.ui, main_screen.workspace.keys.command(command)
            )
            main_screen.workspace.show_message("")
            main_screen.run_command(command, "1" if command == "find.view" else "")
            await driver.rest()
            assert driver.app.failure is None, command
            if reason:
                assert main_screen.workspace.messages.current.text == reason, command
                assert driver.app.screen is main_screen, command
            while driver.app.screen is not main_screen:
                before = driver.app.screen
                await driver.press("escape")
                assert driver.app.screen is not before, f"Esc does not close what {command} opened"
        if state == "read-only store":
            assert len(main_screen.workspace.session.edits.history()) == history
