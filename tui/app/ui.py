"""What an action may ask of the screen: dialogs, background work, the panes and the program around them.

Protocols without Textual, so that actions are tested without a terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence
    from contextlib import AbstractContextManager

    from textual.screen import Screen

    from tui.app.theming import Glyphs
    from tui.paths import Paths
    from tui.query.facet_edit import FacetState
    from tui.session.exports import FinishedExport

    Progress = Callable[[int, int], None]

_SHORT_UPDATE = 500  # records

Pane = Literal["list", "filter", "detail", "query"]
Result = TypeVar("Result")


class Option(NamedTuple):
    """One line of a picker.

    Attributes:
        value: the value returned.
        label: the text shown.
        detail: shown at the right: a key, a count. If it equals ``key`` it is shown once.
        key: a letter that picks it immediately, as long as nothing is typed; empty for none.
        disabled_reason: why it cannot be picked now; empty if it can.
        names: other names; an option whose name is typed in full is listed first. Where letters pick, other letters.
    """

    value: str
    label: str
    detail: str = ""
    key: str = ""
    disabled_reason: str = ""
    names: tuple[str, ...] = ()


class Panes(Protocol):
    """The panes of the main screen."""

    @property
    def focused(self) -> Pane:
        """The pane that has the focus."""

    @property
    def is_full_width(self) -> bool:
        """Whether the paper is shown at full width."""

    @property
    def is_filtering(self) -> bool:
        """Whether the filter pane is open, where there is no room for it otherwise."""

    @property
    def is_at_end(self) -> bool:
        """Whether the end of the paper is visible."""

    @property
    def page(self) -> int:
        """Visible rows or lines of the focused pane."""

    @property
    def length(self) -> int:
        """At least as many rows or lines as the focused pane has."""

    def focus(self, pane: Pane) -> None:
        """Give a pane the focus, and show the filter pane only if it is that."""

    def set_full_width(self, full_width: bool, /) -> None:
        """Show the paper at full width, or the panes again."""

    def move(self, rows: int) -> None:
        """Move the cursor of the focused pane, or scroll the paper, down where positive."""

    def scroll_detail(self, lines: int) -> None:
        """Scroll the paper, down where positive."""

    def centre(self) -> None:
        """Scroll the row of the cursor to the middle of the focused list."""

    def show_match(self) -> None:
        """Scroll the paper to the first match of the query."""

    def pick_facet(self, state: FacetState) -> None:
        """Include or exclude the value under the cursor of the filter pane."""

    def begin_query(self, earlier: Sequence[str]) -> None:
        """Let the user edit the query; ``earlier`` are the queries to recall, the latest first."""

    def resize(self, step: int) -> bool:
        """Grow the focused pane, or shrink it if negative; returns whether its size changed."""

    def reset_sizes(self) -> None:
        """Reset the sizes of the panes."""

    def selected_text(self) -> str:
        """The text selected with the mouse; empty if there is none."""

    def clear_selected_text(self) -> None:
        """Clear the selection of text."""


class Host(Protocol):
    """The program around the screen, and the terminal or browser it runs in."""

    @property
    def is_web(self) -> bool:
        """Whether the screen is shown in a browser."""

    @property
    def theme(self) -> str:
        """The name of the theme."""

    @property
    def themes(self) -> Mapping[str, bool]:
        """The themes, ours first: the name of each, and whether it is dark."""

    def set_theme(self, name: str) -> None:
        """Use another theme."""

    def copy(self, text: str) -> str:
        """Copy a text; returns how, for the status line, and raises like ``clipboard.copy``."""

    def open_url(self, url: str) -> None:
        """Open a URL in the browser that shows the screen."""

    def download(self, export: FinishedExport, name: str) -> str:
        """Have the browser download an export; returns the name of the download."""

    def suspend(self) -> None:
        """Suspend the program to the shell."""

    def suspended(self) -> AbstractContextManager[None]:
        """Leave the terminal to another program meanwhile."""

    def switch_list(self, paths: Paths) -> None:
        """Close the open list, and open another one in its place.

        Raises:
            ReadlistError: the other list cannot be opened; the open list stays.
        """

    def quit(self) -> None:
        """Quit, unless changes would be lost."""


class Ui(Protocol):
    """The user interface.

    Attributes:
        pressed_key: the key that ran the command; empty if it was run by name.
    """

    pressed_key: str

    @property
    def glyphs(self) -> Glyphs:
        """The characters to draw with."""

    @property
    def panes(self) -> Panes:
        """The panes of the main screen."""

    @property
    def host(self) -> Host:
        """The program around the screen."""

    @property
    def is_on_top(self) -> bool:
        """Whether no dialog covers the main screen."""

    def choose(
        self,
        title: str,
        options: Sequence[Option],
        then: Callable[[str], object],
        *,
        current: str = "",
        hint: str = "",
        on_highlight: Callable[[str], object] | None = None,
        on_cancel: Callable[[], object] | None = None,
        extra_options: Callable[[str], list[Option]] | None = None,
    ) -> None:
        """Let the user pick an option, and call ``then`` with its value; a disabled one shows its reason.

        Args:
            title: the title of the picker.
            options: the options.
            then: called with the chosen value.
            current: the value the cursor starts on.
            hint: a line below the options.
            on_highlight: called with the value under the cursor whenever the cursor moves.
            on_cancel: called if the picker is cancelled.
            extra_options: called with the typed text; returns further options for it.
        """

    def open(self, dialog: Screen[Result], then: Callable[[Result | None], object] | None = None) -> None:
        """Open a dialog, and call ``then`` with its result, which is None if it was cancelled."""

    def read_key(self, prompt: str, then: Callable[[str], object]) -> None:
        """Read the next key as an argument, and call ``then`` with it; not on Esc."""

    def run_command(self, command_id: str) -> None:
        """Run a command by its id, or show why it is not available."""

    def run_in_background(
        self,
        name: str,
        work: Callable[[Progress], Result],
        then: Callable[[Result], object],
        *,
        progress_label: str = "",
        on_error: Callable[[], object] | None = None,
    ) -> None:
        """Run a task in a thread; a running task of the same name is cancelled.

        Args:
            name: the name; only the latest task of a name runs.
            work: the task. It reports (done, total) to the function it is given, and must not touch the workspace.
            then: called with the result, as a gesture of the user.
            progress_label: text before the percentage in the status line; empty to show no progress.
            on_error: called if the task failed, after its error was shown.
        """

    def run_blocking(
        self,
        title: str,
        text: str,
        work: Callable[[Progress], Result],
        then: Callable[[Result], object],
        *,
        progress_label: str,
    ) -> None:
        """Run a long update of the store in a thread, under a dialog that keeps all keys.

        Args:
            title: the title of the dialog.
            text: the text of the dialog.
            work: the update; its effects become visible with ``Imports.publish``.
            then: called with the result, as a gesture of the user.
            progress_label: text before the percentage in the status line.
        """

    def cancel(self, name: str) -> None:
        """Cancel the background task of that name, if it runs."""

    def watch(self, work: Coroutine[object, object, None]) -> None:
        """Run a coroutine beside the keys."""


def is_short_update(records: int) -> bool:
    """Whether an update of the store that reads that many records needs no thread."""
    return records <= _SHORT_UPDATE
