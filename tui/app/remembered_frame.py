"""The first frame of the next start: keep it when the screen is left or rests, and replace it at the start.

``tui.first_frame`` shows it. What is kept is what the next start will draw from the same data, so it is kept only
when the screen shows just that, after the state of the screen was saved.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from tui import first_frame
from tui.app.startup_notices import repeated_notice
from tui.app.terminal.hardened_app import hardened
from tui.errors import ReadlistError
from tui.session.note_drafts import NoteDrafts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.app.screens.main_screen import MainScreen
    from tui.app.terminal.driver import Driver

_POLL = 0.005  # seconds between checks whether the own first frame is complete
_TIMEOUT = 0.5  # seconds after which the own frame is shown without the side panes
_REST = 5.0  # seconds between checks whether the screen rests
_SLICE = 25.0  # milliseconds of building the index


class _Frame(NamedTuple):
    """The lines of a frame, with escape sequences for colours, and the files and the state that they are true for."""

    followed: Sequence[str]
    state: str
    rows: Sequence[str]


class FrameHandover:
    """Holds back frames until all panes are drawn, then replaces the remembered frame by the own one.

    Ends early when a key was handled or the size changed, since the remembered frame does not show that.

    Args:
        screen: the main screen.
        driver: the driver of its terminal, with the remembered frame on it.
    """

    def __init__(self, screen: MainScreen, driver: Driver) -> None:
        app = hardened(screen.app)
        self._screen, self._app = screen, app
        self._driver = driver
        self._size = app.size
        self._waited = 0.0
        self._timer = app.set_interval(_POLL, self._poll)

    def _poll(self) -> None:
        if not self._screen.is_running:
            self._timer.stop()
        elif self._is_over():
            self._timer.stop()
            self._driver.release()

    def _is_over(self) -> bool:
        app, screen = self._app, self._screen
        if not self._driver.is_holding or app.size != self._size or app.key_time or app.screen is not screen:
            return True
        if screen.workspace.is_opening or screen.papers.is_waiting:
            return False
        self._waited += _POLL
        return screen.side_panels.complete(_SLICE) or self._waited > _TIMEOUT


class FrameKeeper:
    """Keeps what the next start will show.

    Args:
        screen: the main screen.
        ascii_only: whether it is drawn with ASCII characters only.
    """

    def __init__(self, screen: MainScreen, *, ascii_only: bool) -> None:
        self._screen = screen
        self._ascii_only = ascii_only
        self._kept: _Frame | None = None
        self._pressed = 0.0  # when the last key before the previous check was pressed
        self._timer = screen.set_interval(_REST, self._keep_if_resting)

    def at_exit(self) -> Callable[[], None]:
        """Make the screen look like the next start; the state of the screen is saved already.

        Returns:
            A function that keeps the frame, to be called after the list is closed.
        """
        self._timer.stop()  # the widgets go before the screen does
        screen, driver = self._screen, hardened(self._screen.app).driver
        frame: _Frame | None = None
        if driver is not None and self._is_plain():
            driver.hold()  # nobody is to see the changes
            screen.workspace.session.maintenance.compact_if_due()  # it changes the files that the frame depends on
            screen.workspace.selection.end_range()
            screen.workspace.selection.put(())
            screen.workspace.page.reset()
            screen.filters.cursor = 1
            screen.detail.scroll_home(animate=False, immediate=True)
            screen.workspace.query.run(screen.workspace.papers.current)
            screen.workspace.flush()
            frame = self._frame()
        return lambda: self._keep(frame)

    def _keep_if_resting(self) -> None:
        """Keep the frame, and the state of the screen with it, if no key came for a while."""
        screen, app = self._screen, hardened(self._screen.app)
        pressed, self._pressed = self._pressed, app.key_time
        if pressed != app.key_time or app.driver is None or app.driver.is_holding or not self._is_plain():
            return
        workspace = screen.workspace
        has_extras = (
            workspace.selection.ids
            or workspace.selection.has_range
            or workspace.page.shows_related
            or workspace.page.shows_provenance
            or screen.detail.scroll_offset.y
            or screen.filters.scroll_offset.y
        )
        if not has_extras and not screen.quit_controller.save_state():
            self._keep(self._frame())

    def _is_plain(self) -> bool:
        """Whether the screen shows what a start can show: the list has the focus, and nothing is pending."""
        screen, workspace = self._screen, self._screen.workspace
        return (
            not workspace.is_opening
            and len(screen.app.screen_stack) == 1
            and screen.focused is screen.papers
            and not (screen.has_class("-reading") or screen.has_class("-filtering"))
            and screen.papers.count > 0
            and workspace.query.result.query.text == workspace.query.text
            and not (workspace.messages.current.is_error or screen.get_selected_text())
            and not (
                workspace.edits.queue.count
                or workspace.session.read_only
                or NoteDrafts(workspace.session).unfinished()
            )
        )

    def _frame(self) -> _Frame | None:
        """What the next start will show, with all that it depends on; None if that cannot be told."""
        screen, workspace, session = self._screen, self._screen.workspace, self._screen.workspace.session
        with suppress(OSError, ValueError, ReadlistError):
            followed = self._followed()
            state = self._state(followed)
            if self._kept is not None and state == self._kept.state:
                return self._kept
            workspace.poll()  # the state may be that after a change by another process
            notice = repeated_notice(workspace, screen.hints)
            is_same = session.find(workspace.query.text, workspace.query.sort).ids == screen.papers.ids
            if notice is not None and is_same and not session.sources.changed() and screen.side_panels.complete(0):
                with workspace.messages.showing(notice):
                    rows = [strip.render(screen.app.console) for strip in screen.drawn_lines()]
                return _Frame(followed, state, rows)
        return None

    def _keep(self, frame: _Frame | None) -> None:
        with suppress(OSError, ValueError):
            if frame is not None and frame is not self._kept and frame.state == self._state(frame.followed):
                first_frame.save(str(self._screen.workspace.session.paths.data), *frame)
                self._kept = frame

    def _followed(self) -> Sequence[str]:
        """The files that the list follows: if one changed, the next start will show other papers."""
        return [str(path) for path in self._screen.workspace.session.sources.followed()]

    def _state(self, followed: Sequence[str]) -> str:
        paths = self._screen.workspace.session.paths
        return first_frame.describe_state(
            str(paths.data),
            str(paths.seeds),
            "" if paths.config is None else str(paths.config),
            name=paths.name,
            followed=followed,
            ascii_only=self._ascii_only,
        )
