"""Every command of the main screen, run by its first key, changes what is shown or stored.

All commands of the table are tried: a new command that needs a certain state fails here until ``BEFORE`` has the keys
that lead to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.app.actions import panes
from tui.app.availability import disabled_reason
from tui.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

MAIN_SCREEN = {command.id for command in COMMANDS if command.on_main_screen}
# They only show a status message.
MESSAGE_ONLY = {
    "out.open",
    "out.pdf",
    "own.choose",
    "in.pdfs",
    "mark.detach",
    "find.view",
    "mark.duplicates",
    "mark.editor",
    "mark.split",
    "move.bookmark",
    "move.to_bookmark",
}
# Tested elsewhere: these quit, need a failing disk or a long list, or finish in the background.
ELSEWHERE = {"app.quit", "app.back_or_quit", "app.suspend", "mark.save", "view.related", "move.centre", "in.waiting"}
# Keys to press first, from the top of the list with all papers shown and nothing selected.
BEFORE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("move.up", "move.top", "move.half_up", "move.page_up", "select.up"), ("j", "j")),
    "view.scroll_up": ("J", "J"),
    "view.read_on": ("tab",),
    **dict.fromkeys(("filter.include", "filter.exclude"), ("f", "j")),
    **dict.fromkeys(("find.everything", "find.save_view", "view.back"), ("slash", *"maire", "enter")),
    **dict.fromkeys(("mark.remove_tag", "mark.manage_tags"), ("plus", *"ml", "enter")),
    **dict.fromkeys(("mark.undo", "mark.repeat", "mark.past", "mark.history"), ("b", "j", "b", "k")),
    "find.back": ("slash", *"maire", "enter"),
    "find.forward": ("slash", *"maire", "enter", "ctrl+o"),
    "find.views": ("slash", *"maire", "enter", "W", *"mine", "enter"),
    "find.refresh": ("slash", *"is:unread", "enter", "r"),
    "mark.redo": ("b", "u"),
    "mark.repeat": ("b", "j"),
    "view.even": ("greater_than_sign",),
}


def snapshot(driver: Driver) -> dict[str, object]:
    """Everything that a command may change."""
    at = driver.main_screen
    return {
        "cursors": (at.workspace.papers.cursor, at.filters.cursor),
        "query": (at.workspace.query.text, at.workspace.query.sort, tuple(at.workspace.papers.ids)),
        "selection": (at.workspace.selection.ids, at.workspace.selection.has_range),
        "focus": (at.focused, at.classes, [type(screen) for screen in driver.app.screen_stack]),
        "stored": (at.workspace.session.edits.history(1), at.workspace.session.views()),
        "sizes": (at.papers.outer_size, at.filters.outer_size, at.detail.scroll_offset),
        "provenance": at.workspace.page.shows_provenance,
    }


async def reset(driver: Driver) -> None:
    """Return to the top of the list, with all changes undone."""
    while len(driver.app.screen_stack) > 1:
        await driver.press("escape")
    at = driver.main_screen
    at.workspace.selection.put(())
    at.workspace.selection.end_range()
    at.workspace.query.sort = None
    while at.workspace.session.edits.undo() is not None:
        pass
    panes.set_full_width(at.workspace, at.ui, False)
    panes.reset_sizes(at.workspace, at.ui)
    at.remove_class("-filtering")
    at.set_focus(at.papers)
    at.workspace.query.put("")
    at.workspace.papers.cursor = 0
    await driver.press("escape")
    at.workspace.show_message("")


@pytest.mark.parametrize("group", sorted({command.partition(".")[0] for command in MAIN_SCREEN - ELSEWHERE}))
async def test_every_command_does_something(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, group: str) -> None:
    monkeypatch.setenv("VISUAL", "false")
    monkeypatch.setattr("textual.drivers.headless_driver.HeadlessDriver.can_suspend", property(lambda _: True))
    idle = []
    async with open_app((100, 14)) as driver:
        for command in COMMANDS:
            if command.group != group or not command.on_main_screen or command.id in ELSEWHERE:
                continue
            await reset(driver)
            await driver.press(*BEFORE.get(command.id, ()))
            driver.main_screen.workspace.show_message("")
            before = snapshot(driver)
            assert disabled_reason(driver.main_screen.workspace, driver.main_screen.ui, command) == "", command.id
            await driver.press(*command.keys[0].split())
            if snapshot(driver) == before and not (driver.news and command.id in MESSAGE_ONLY):
                idle.append(command.id)
    assert idle == []
