"""The theme: which one a run begins with, and the menu that shows each while the cursor is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.choose import Option, choose
from tui.app.theming import THEMES

if TYPE_CHECKING:
    from collections.abc import Container

    from tui.app.screens.main_screen import MainScreen
    from tui.session.session import Session

_STORED_KEY = "theme"  # the fact that keeps what was chosen, and what the settings said then


def initial_theme(session: Session | None, configured: str, known: Container[str]) -> str:
    """The theme to begin with; empty for the default.

    What was chosen in the menu holds until the settings name another one than they did then.
    """
    kept = session.get_value(_STORED_KEY) if session is not None else None
    if isinstance(kept, list) and len(kept) == 2 and kept[1] == configured and kept[0] in known:
        return str(kept[0])
    return configured if configured in known else ""


def open_menu(screen: MainScreen) -> None:
    """Choose the theme, seeing it; Esc puts back the one there was."""
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
    """Use a theme from now on, also at the next start."""
    _show(screen, name)
    screen.session.set_value(_STORED_KEY, [name, screen.settings.theme])
    screen.notify_status(f"the theme is {name}")


def _show(screen: MainScreen, name: str) -> None:
    if screen.app.theme != name:
        screen.app.theme = name
