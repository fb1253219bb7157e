"""The program around the screen, as actions use it: themes, clipboard, downloads, suspending, quitting."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, cast

from tui.app.theming import THEMES
from tui.environment import terminal_type
from tui.paths import clipboard_programs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from textual.screen import Screen

    from tui.app.workspace import Workspace
    from tui.paths import Paths
    from tui.session.exports import FinishedExport

_COPIED = "copied.txt"  # in the data folder, used if there is no clipboard


class ListSwitcher(Protocol):
    """What the app offers beyond those of Textual."""

    def switch_list(self, paths: Paths) -> None:
        """Open another list."""


class AppHost:
    """See ``Host``.

    Args:
        screen: the main screen.
        workspace: says where the data folder is.
        quit_: quits, unless changes would be lost.
    """

    def __init__(self, screen: Screen[None], workspace: Workspace, quit_: Callable[[], None]) -> None:
        self._screen, self._workspace = screen, workspace
        self.quit = quit_

    @property
    def is_web(self) -> bool:
        """Whether the screen is shown in a browser."""
        return self._screen.app.is_web

    @property
    def theme(self) -> str:
        """The name of the theme."""
        return self._screen.app.theme

    @property
    def themes(self) -> Mapping[str, bool]:
        """The themes, ours first: the name of each, and whether it is dark."""
        available = self._screen.app.available_themes
        names = [*THEMES, *sorted(name for name in available if name not in THEMES)]
        return {name: available[name].dark for name in names}

    def set_theme(self, name: str) -> None:
        """Use another theme."""
        if self._screen.app.theme != name:
            self._screen.app.theme = name

    def copy(self, text: str) -> str:
        """Copy a text; returns how, for the status line, and raises like ``clipboard.copy``."""
        from tui.app.clipboard import copy  # noqa: PLC0415 - not needed for the first frame

        return copy(
            self._screen.app,
            text,
            programs=clipboard_programs(),
            terminal=terminal_type(),
            fallback=self._workspace.session.paths.data / _COPIED,
        )

    def open_url(self, url: str) -> None:
        """Open a URL in the browser that shows the screen."""
        self._screen.app.open_url(url)

    def download(self, export: FinishedExport, name: str) -> str:
        """Have the browser download an export; returns the name of the download."""
        from tui.app.web_exports import download  # noqa: PLC0415 - needed only in a browser

        return download(self._screen.app, export, name)

    def switch_list(self, paths: Paths) -> None:
        """Close the open list, and open another one in its place; raises ReadlistError if it cannot be opened."""
        cast("ListSwitcher", self._screen.app).switch_list(paths)

    def suspend(self) -> None:
        """Suspend the program to the shell."""
        self._screen.app.action_suspend_process()

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Leave the terminal to another program meanwhile."""
        error: Exception | None = None
        # An exception raised inside the suspended block would leave the terminal suspended.
        with self._screen.app.suspend():
            try:
                yield
            except Exception as raised:  # noqa: BLE001 - raised again once the screen is restored
                error = raised
        self._screen.refresh(repaint=True, layout=True)
        if error is not None:
            raise error
