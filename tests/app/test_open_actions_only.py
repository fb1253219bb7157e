"""Text must never run an action: of Textual's own only known ones are open, and a later Textual adds none unseen."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.actions import ActionError
from textual.app import App
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from tui.app.terminal.hardened_app import OPEN_ACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

CLOSED = {
    "add_class", "back", "bell", "change_theme", "command_palette", "focus", "hide_help_panel", "notify",
    "pop_screen", "push_screen", "remove_class", "screenshot", "show_help_panel", "simulate_key", "switch_mode",
    "switch_screen",
    "toggle", "toggle_class", "toggle_dark",
}  # fmt: skip
# Of a screen; the main screen opens ``copy_text`` alone, which copies what is selected.
OF_A_SCREEN = {
    "blur", "copy_text", "dismiss", "focus", "maximize", "minimize", "notify", "page_down", "page_left", "page_right",
    "page_up", "scroll_down", "scroll_end", "scroll_home", "scroll_left", "scroll_right", "scroll_up", "toggle",
}  # fmt: skip
HOSTILE = [
    "screenshot('shot.svg', '{folder}')", "app.screenshot('shot.svg', '{folder}')", "toggle_class('#papers', 'x')",
    "app.add_class('MainScreen', '-reading')", "push_screen('x')", "app.switch_mode('x')", "simulate_key('r')",
    "notify('[/]')", "screen.dismiss()", "app.pop_screen()", "app.exit()", "app.run_action('quit')", "app.panic('x')",
    "command_palette", "change_theme", "toggle_dark", "app.bell", "focus('papers')", "nonsense(", "app._handle_x()",
]  # fmt: skip


def actions_of(kind: type) -> set[str]:
    return {
        name.partition("action_")[2]
        for name in dir(kind)
        if name.startswith(("action_", "_action_")) and name[0] != "."
    }


def test_every_action_of_the_app_is_judged() -> None:
    assert actions_of(App) == OPEN_ACTIONS | CLOSED
    assert not OPEN_ACTIONS & CLOSED


def test_every_action_of_a_screen_is_judged() -> None:
    assert actions_of(Screen) == OF_A_SCREEN


async def test_the_main_screen_opens_one_of_them(open_app: OpenApp) -> None:
    async with open_app() as driver:
        assert {name for name in OF_A_SCREEN if driver.main_screen.check_action(name, ())} == {"copy_text"}


async def test_a_hostile_action_does_nothing(open_app: OpenApp, tmp_path: Path) -> None:
    async with open_app() as driver:
        before = driver.screen_text
        theme = driver.app.theme
        folder = tmp_path / "shots"
        folder.mkdir()
        for action in HOSTILE:
            for target in (driver.app, driver.main_screen):
                with suppress(ActionError):  # Textual itself refuses what is malformed
                    await driver.app.run_action(action.format(folder=folder), target)
                await driver.rest()
            assert driver.app.is_running, action
            assert len(driver.app.screen_stack) == 1, action
            assert driver.app.theme == theme, action
            assert driver.screen_text == before, action
            assert list(folder.iterdir()) == [], action


async def test_a_click_on_text_runs_nothing(open_app: OpenApp, tmp_path: Path) -> None:
    async with open_app() as driver:
        trap = Static(id="trap")
        await driver.main_screen.mount(trap, before=0)
        for action in HOSTILE:
            meta = {"@click": action.format(folder=tmp_path)}
            trap.update(Content.styled("x" * 400, Style.from_meta(meta)))
            await driver.rest()
            before = driver.screen_text
            assert await driver.pilot.click("#trap", offset=(2, 0)), action
            await driver.rest()
            assert driver.app.is_running, action
            assert driver.screen_text == before, action
            assert not list(tmp_path.glob("*.svg")), action


async def test_ctrl_c_says_how_to_quit(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("ctrl+c")
        assert driver.news == "q: quit (or Ctrl-C again)"
        await driver.press("slash", "x", "ctrl+c")
        assert driver.news == "Esc: back, Ctrl-q: quit (or Ctrl-C again)"
        assert driver.query == "x"
        assert driver.app.is_running
