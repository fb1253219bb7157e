"""The theme: the initial one, and a menu that previews each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.open_picker import Option, choose
from tui.app.theming import THEMES

if TYPE_CHECKING:
    from collections.abc import Container

    from tui.app.screens.main_screen import MainScreen
    from tui.session.session import Session

_STORED_KEY = "theme"  # key of the chosen theme, stored with the theme of the settings at that time


def initial_theme(session: Session | None, configured: str, known: Container[str]) -> str:
    """The initial theme; empty for the default.

    A theme chosen in the menu is used until the theme in the settings changes.
    """
    stored = session.get_value(_STORED_KEY) if session is not None else None
    if isinstance(stored, list) and len(stored) == 2 and stored[1] == configured and stored[0] in known:
        return str(stored[0])
    return configured if configured in known else ""


def open_menu(screen: MainScreen) -> None:
    """Choose a theme with a live preview; Esc restores the previous one."""
    before = screen.app.theme
    names = [*THEMES, *sorted(name for name in screen.app.available_themes if name not in THEMES)]
    options = [Option(name, name, "dark" if screen.app.available_themes[name].dark else "light") for name in names]

    def keep(name: str) -> None:
        apply_theme(screen, name)

    choose(
        screen,
        "Theme",
        options,
        keep,
        current=before,
        on_highlight=lambda name: _show(screen, name),
        on_cancel=lambda: _show(screen, before),
    )


def apply_theme(screen: MainScreen, name: str) -> None:
    """Use a theme now and at the next start."""
    _show(screen, name)
    screen.session.set_value(_STORED_KEY, [name, screen.settings.theme])
    screen.notify_status(f"theme: {name}")


def _show(screen: MainScreen, name: str) -> None:
    if screen.app.theme != name:
        screen.app.theme = name
