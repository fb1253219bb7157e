"""The user interface of actions, on the main screen: dialogs and background work."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tui.app.background import run_in_background

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from textual.screen import Screen

    from tui.app.theming import Glyphs
    from tui.app.ui import Host, Option, Panes, Progress
    from tui.app.workspace import Workspace

Result = TypeVar("Result")


class ScreenUi:
    """See ``Ui``.

    Args:
        screen: the screen below the dialogs, which runs the workers.
        workspace: gets what the dialogs and workers return.
        panes: the panes of the screen.
        host: the program around the screen.
        glyphs: the characters to draw with.
        run: runs a command by its id.
        read_key: reads the next key as an argument.
    """

    def __init__(
        self,
        screen: Screen[None],
        workspace: Workspace,
        panes: Panes,
        host: Host,
        *,
        glyphs: Glyphs,
        run: Callable[[str], None],
        read_key: Callable[[str, Callable[[str], object]], None],
    ) -> None:
        self._screen, self._workspace = screen, workspace
        self.panes, self.host, self.glyphs = panes, host, glyphs
        self.run_command, self.read_key = run, read_key
        self.pressed_key = ""

    @property
    def is_on_top(self) -> bool:
        """Whether no dialog covers the main screen."""
        return self._screen.is_active

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
        """Open a picker. Its dialog is imported when first needed, not at the start."""
        from tui.app.screens.picker import Picker  # noqa: PLC0415 - not needed at the start

        def chosen(value: str | None) -> None:
            reason = next((option.disabled_reason for option in options if option.value == value), "")
            if reason:
                self._workspace.show_message(reason, error=True)
            elif value is not None:
                then(value)
            elif on_cancel is not None:
                on_cancel()

        dialog = Picker(
            title,
            options,
            current=current,
            hint=hint,
            on_highlight=on_highlight,
            extra_options=extra_options,
        )
        self.open(dialog, chosen)

    def open(self, dialog: Screen[Result], then: Callable[[Result | None], object] | None = None) -> None:
        """Open a dialog."""

        def closed(result: Result | None) -> None:
            if then is not None:
                with self._workspace.gesture():
                    then(result)

        self._screen.app.push_screen(dialog, closed)

    def run_in_background(
        self,
        name: str,
        work: Callable[[Progress], Result],
        then: Callable[[Result], object],
        *,
        progress_label: str = "",
        on_error: Callable[[], object] | None = None,
    ) -> None:
        """Run a task in a worker thread."""
        run_in_background(
            self._screen, self._workspace, name, work, then, progress_label=progress_label, on_error=on_error
        )

    def run_blocking(
        self,
        title: str,
        text: str,
        work: Callable[[Progress], Result],
        then: Callable[[Result], object],
        *,
        progress_label: str,
    ) -> None:
        """Run a task in a worker thread, under a dialog that keeps all keys."""
        from tui.app.blocking_task import run_blocking  # noqa: PLC0415 - not needed at the start

        run_blocking(self._screen, self._workspace, title, text, work, then, progress_label=progress_label)

    def cancel(self, name: str) -> None:
        """Cancel a background task."""
        self._screen.workers.cancel_group(self._screen, name)

    def watch(self, work: Coroutine[object, object, None]) -> None:
        """Run a coroutine beside the keys."""
        self._screen.run_worker(work)
