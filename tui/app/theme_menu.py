"""The theme: the initial one, and a menu that previews each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.ui import Option

if TYPE_CHECKING:
    from collections.abc import Container

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.session.session import Session

_STORED_KEY = "theme"  # key of the chosen theme, stored with the theme of the settings at that time


def initial_theme(session: Session | None, configured: str, known: Container[str]) -> str:
    """The initial theme; empty for the default.

    A theme chosen in the menu is used until the theme in the settings changes.
    """
    stored = session.values.get(_STORED_KEY) if session is not None else None
    if isinstance(stored, list) and len(stored) == 2 and stored[1] == configured and stored[0] in known:
        return str(stored[0])
    return configured if configured in known else ""


def open_menu(workspace: Workspace, ui: Ui) -> None:
    """Choose a theme with a live preview; Esc restores the previous one."""
    before = ui.host.theme
    options = [Option(name, name, "dark" if is_dark else "light") for name, is_dark in ui.host.themes.items()]

    def keep(name: str) -> None:
        apply_theme(workspace, ui, name)

    ui.choose(
        "Theme",
        options,
        keep,
        current=before,
        on_highlight=ui.host.set_theme,
        on_cancel=lambda: ui.host.set_theme(before),
    )


def apply_theme(workspace: Workspace, ui: Ui, name: str) -> None:
    """Use a theme now and at the next start."""
    ui.host.set_theme(name)
    workspace.session.values.set(_STORED_KEY, [name, workspace.settings.theme])
    workspace.show_message(f"theme: {name}")
