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

    from textual.strip import Strip

    from tui.app.hints import Hints
    from tui.app.panel_updates import SidePanels
    from tui.app.screen_repaints import BaseScreen
    from tui.app.terminal.driver import Driver
    from tui.app.widgets.detail_pane import DetailPane
    from tui.app.widgets.filter_pane import FilterPane
    from tui.app.widgets.paper_list import PaperList
    from tui.app.workspace import Workspace

_POLL = 0.005  # seconds between checks whether the own first frame is complete
_TIMEOUT = 0.5  # seconds after which the own frame is shown without the side panes
_REST = 5.0  # seconds between checks whether the screen rests
_SLICE = 25.0  # milliseconds of building the index


class _Frame(NamedTuple):
    """The lines of a frame, with escape sequences for colours, and the files and the state that they are true for."""

    followed: Sequence[str]
    state: str
    rows: Sequence[str]


class StartView:
    """The main screen, as far as a frame of it is remembered.

    Args:
        screen: the main screen.
        papers: its list.
        filters: its filter pane.
        detail: its detail pane.
        side_panels: updates the filter and the detail pane.

    Attributes:
        screen: as given; its timers end with it.
    """

    def __init__(
        self,
        screen: BaseScreen[None],
        *,
        papers: PaperList,
        filters: FilterPane,
        detail: DetailPane,
        side_panels: SidePanels,
    ) -> None:
        self.screen = screen
        self._papers, self._filters, self._detail, self._side_panels = papers, filters, detail, side_panels

    @property
    def is_covered(self) -> bool:
        """Whether another screen is on top of it."""
        return self.screen.app.screen is not self.screen

    @property
    def is_waiting_for_rows(self) -> bool:
        """Whether the list waits for its papers."""
        return self._papers.is_waiting

    @property
    def paper_ids(self) -> Sequence[str]:
        """The papers in the list."""
        return self._papers.ids

    def complete(self, milliseconds: float) -> bool:
        """Draw what the panes lack, for so long; return whether all of them are complete."""
        return self._side_panels.complete(milliseconds)

    def is_plain(self) -> bool:
        """Whether the list has the focus, with papers in it and nothing over it, and no text is selected."""
        screen = self.screen
        return (
            len(screen.app.screen_stack) == 1
            and screen.focused is self._papers
            and not (screen.has_class("-reading") or screen.has_class("-filtering"))
            and self._papers.count > 0
            and not screen.get_selected_text()
        )

    def is_scrolled(self) -> bool:
        """Whether a pane beside the list is scrolled."""
        return bool(self._detail.scroll_offset.y or self._filters.scroll_offset.y)

    def scroll_home(self) -> None:
        """Scroll the panes beside the list to their first line."""
        self._filters.cursor = 1
        self._detail.scroll_home(animate=False, immediate=True)

    def drawn_lines(self) -> list[Strip]:
        """What the screen shows, one strip a line."""
        return self.screen.drawn_lines()


class FrameHandover:
    """Holds back frames until all panes are drawn, then replaces the remembered frame by the own one.

    Ends early when a key was handled or the size changed, since the remembered frame does not show that.

    Args:
        view: the main screen.
        workspace: its model.
        driver: the driver of its terminal, with the remembered frame on it.
    """

    def __init__(self, view: StartView, workspace: Workspace, driver: Driver) -> None:
        app = hardened(view.screen.app)
        self._view, self._workspace, self._app = view, workspace, app
        self._driver = driver
        self._size = app.size
        self._waited = 0.0
        self._timer = app.set_interval(_POLL, self._poll)

    def _poll(self) -> None:
        if not self._view.screen.is_running:
            self._timer.stop()
        elif self._is_over():
            self._timer.stop()
            self._driver.release()

    def _is_over(self) -> bool:
        app = self._app
        if not self._driver.is_holding or app.size != self._size or app.key_time or self._view.is_covered:
            return True
        if self._workspace.is_opening or self._view.is_waiting_for_rows:
            return False
        self._waited += _POLL
        return self._view.complete(_SLICE) or self._waited > _TIMEOUT


class FrameKeeper:
    """Keeps what the next start will show.

    Args:
        view: the main screen.
        workspace: its model.
        hints: its hints for new users.
        save_state: saves the state of the screen; returns what is wrong, or an empty string.
        ascii_only: whether it is drawn with ASCII characters only.
    """

    def __init__(
        self, view: StartView, workspace: Workspace, hints: Hints, save_state: Callable[[], str], *, ascii_only: bool
    ) -> None:
        self._view, self._workspace, self._hints, self._save_state = view, workspace, hints, save_state
        self._ascii_only = ascii_only
        self._kept: _Frame | None = None
        self._pressed = 0.0  # when the last key before the previous check was pressed
        self._timer = view.screen.set_interval(_REST, self._keep_if_resting)

    def at_exit(self) -> Callable[[], None]:
        """Make the screen look like the next start; the state of the screen is saved already.

        Returns:
            A function that keeps the frame, to be called after the list is closed.
        """
        self._timer.stop()  # the widgets go before the screen does
        workspace, driver = self._workspace, hardened(self._view.screen.app).driver
        frame: _Frame | None = None
        if driver is not None and self._is_plain():
            driver.hold()  # nobody is to see the changes
            workspace.session.maintenance.compact_if_due()  # it changes the files that the frame depends on
            workspace.selection.end_range()
            workspace.selection.put(())
            workspace.page.reset()
            self._view.scroll_home()
            workspace.query.run(workspace.papers.current)
            workspace.flush()
            frame = self._frame()
        return lambda: self._keep(frame)

    def _keep_if_resting(self) -> None:
        """Keep the frame, and the state of the screen with it, if no key came for a while."""
        workspace, app = self._workspace, hardened(self._view.screen.app)
        pressed, self._pressed = self._pressed, app.key_time
        if pressed != app.key_time or app.driver is None or app.driver.is_holding or not self._is_plain():
            return
        has_extras = (
            workspace.selection.ids
            or workspace.selection.has_range
            or workspace.page.shows_related
            or workspace.page.shows_provenance
            or self._view.is_scrolled()
        )
        if not has_extras and not self._save_state():
            self._keep(self._frame())

    def _is_plain(self) -> bool:
        """Whether the screen shows what a start can show: the list has the focus, and nothing is pending."""
        workspace = self._workspace
        return (
            not workspace.is_opening
            and self._view.is_plain()
            and workspace.query.result.query.text == workspace.query.text
            and not workspace.messages.current.is_error
            and not (
                workspace.edits.queue.count
                or workspace.session.read_only
                or NoteDrafts(workspace.session).unfinished()
            )
        )

    def _frame(self) -> _Frame | None:
        """What the next start will show, with all that it depends on; None if that cannot be told."""
        view, workspace, session = self._view, self._workspace, self._workspace.session
        with suppress(OSError, ValueError, ReadlistError):
            followed = self._followed()
            state = self._state(followed)
            if self._kept is not None and state == self._kept.state:
                return self._kept
            workspace.poll()  # the state may be that after a change by another process
            notice = repeated_notice(workspace, self._hints)
            is_same = session.find(workspace.query.text, workspace.query.sort).ids == view.paper_ids
            if notice is not None and is_same and not session.sources.changed() and view.complete(0):
                with workspace.messages.showing(notice):
                    rows = [strip.render(view.screen.app.console) for strip in view.drawn_lines()]
                return _Frame(followed, state, rows)
        return None

    def _keep(self, frame: _Frame | None) -> None:
        with suppress(OSError, ValueError):
            if frame is not None and frame is not self._kept and frame.state == self._state(frame.followed):
                first_frame.save(str(self._workspace.session.paths.data), *frame)
                self._kept = frame

    def _followed(self) -> Sequence[str]:
        """The files that the list follows: if one changed, the next start will show other papers."""
        return [str(path) for path in self._workspace.session.sources.followed()]

    def _state(self, followed: Sequence[str]) -> str:
        paths = self._workspace.session.paths
        return first_frame.describe_state(
            str(paths.data),
            str(paths.seeds),
            "" if paths.config is None else str(paths.config),
            name=paths.name,
            followed=followed,
            ascii_only=self._ascii_only,
        )
