"""The main screen: filter, list and detail panes over one reading list.

It shows the workspace, and passes on what the widgets report. All commands use one Textual action; what each of them
does is in ``tui.app.actions``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.actions import SkipAction
from textual.containers import Horizontal
from textual.strip import Strip

from tui.app import polling, status_text
from tui.app.actions import clipboard, filtering, insights, navigation, panes
from tui.app.app_host import AppHost
from tui.app.availability import is_active
from tui.app.bindings import main_bindings
from tui.app.change_signal import Aspect
from tui.app.command_runner import run_command
from tui.app.folded_groups import load_folded
from tui.app.hints import Hints
from tui.app.key_sequences import KeySequences
from tui.app.main_panes import MainPanes
from tui.app.panel_updates import SidePanels
from tui.app.polling import Polling
from tui.app.quit import QuitController
from tui.app.safe_display import Static
from tui.app.screen_repaints import BaseScreen
from tui.app.screen_ui import ScreenUi
from tui.app.screens.overlay import OverlayScreen
from tui.app.startup_notices import startup_notice
from tui.app.status_bars import StatusBars
from tui.app.terminal.hardened_app import HardenedApp
from tui.app.theming import ASCII, HEIGHTS, UNICODE, WIDTHS
from tui.app.widgets.completion_list import CompletionList
from tui.app.widgets.detail_pane import LINK, PAPER, DetailPane
from tui.app.widgets.empty_state import EmptyState, empty_list
from tui.app.widgets.filter_pane import FilterPane
from tui.app.widgets.paper_list import PaperList
from tui.app.widgets.query_error import QueryErrorLine
from tui.app.widgets.query_line import QueryLine
from tui.app.widgets.split_panes import SplitPanes
from tui.app.widgets.status_bars import CommandBar
from tui.app.widgets.unpainted import Unpainted
from tui.app.widgets.virtual_list import VirtualList
from tui.app.workspace import Workspace
from tui.keymap import DEFAULT_KEYS
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Region

    from tui.app.change_signal import Changes
    from tui.app.current_query import CurrentQuery
    from tui.app.widgets.column_header import ColumnHeader
    from tui.app.worker_messages import Opened, Progressed
    from tui.session.session import Session
    from tui.settings.settings import Settings

_ALLOWED_ACTIONS = frozenset({"copy_text"})  # of Textual's own screen actions


class MainScreen(BaseScreen[None]):
    """The main screen.

    Args:
        session: the open reading list, or None if it will be opened while the screen is shown.
        settings: the user's settings: keys, columns and so on.
        list_name: the name of the list, shown before the query; empty for the main list.
        ascii_only: whether to draw with ASCII characters only.
        classes: CSS classes for the current size.

    Attributes:
        workspace: what it shows.
        ui: the user interface of actions.
        papers: the list.
        filters: the filter pane.
        detail: the detail pane.
        side_panels: updates the filter and the detail pane.
        hints: hints for new users.
        quit_controller: quits the program.
    """

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = main_bindings(DEFAULT_KEYS)
    AUTO_FOCUS = ""

    def __init__(
        self, session: Session | None, settings: Settings, *, list_name: str = "", ascii_only: bool, classes: str
    ) -> None:
        super().__init__(classes=classes)
        self.workspace = workspace = Workspace(settings)
        self._session = session
        self._glyphs = glyphs = ASCII if ascii_only else UNICODE
        self._list_name = list_name
        self.papers = PaperList(workspace.entry, glyphs=glyphs, columns=settings.columns, id="papers")
        self.filters = FilterPane(glyphs=glyphs, id="filters")
        self.detail = DetailPane(id="detail", heading="Paper")
        self._split = SplitPanes(self.filters, self.papers, self.detail)
        workspace.observe(self._changed)  # the list before the bars and panes, which take longer
        self.side_panels = SidePanels(workspace, self.papers, self.filters, self.detail, glyphs)
        self._query_line = QueryLine(self.side_panels.completions, id="query")
        main_panes = MainPanes(
            self,
            workspace,
            papers=self.papers,
            filters=self.filters,
            detail=self.detail,
            line=self._query_line,
            split=self._split,
            show_detail=self.side_panels.show_detail,
        )
        self._bars = StatusBars(workspace, main_panes, lambda: not self.is_active, glyphs)
        self.hints = Hints(workspace)
        self.quit_controller = QuitController(
            self, workspace, self.hints, filters=self.filters, papers=self.papers, split=self._split
        )
        self._key_sequences = KeySequences(workspace, self.run_command)
        self.ui = ScreenUi(
            self,
            workspace,
            main_panes,
            AppHost(self, workspace, self.quit_controller.quit),
            glyphs=glyphs,
            run=self.run_command,
            read_key=self._key_sequences.read_key,
        )

    def compose(self) -> ComposeResult:
        """Query line, panes, status line, keys."""
        with Horizontal(id="query-row"):
            prompt = CommandBar("app.lists", id="prompt")
            prompt.update(sanitise_line(f" {self._list_name} {self._glyphs.prompt} ".replace("  ", " ")))
            yield prompt
            yield self._query_line
            yield self._bars.sorting
        yield QueryErrorLine(self._query_line, id="caret")
        yield CompletionList(id="offers")
        with self._split:
            yield self.filters
            with Unpainted(id="main"):
                with Unpainted(id="list-side"):
                    yield self._bars.titles
                    yield self.papers
                    yield EmptyState(id="empty")
                yield self.detail
        yield self._bars.status
        yield self._bars.keys
        yield Static(SafeText("readlist needs at least\n40 columns and 10 rows"), id="too-small")

    # Opening.

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the background: lines that are all alike; little of it is seen beside the widgets."""
        blank = Strip.blank(crop.width, self.rich_style)
        for each in self.get_line_filters():
            blank = blank.apply_filter(each, self.background_colors[1])
        return [blank] * crop.height

    def on_mount(self) -> None:
        """Focus the list, and show the papers if the session is open already."""
        self.set_focus(self.papers)
        if self._session is not None:
            self._start(self._session)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Skip the style refresh the first time: every widget got its styles when it was mounted."""
        event.refresh_styles = event.refresh_styles and self.stack_updates > 0
        self._bars.show_focus()

    def on_screen_suspend(self) -> None:
        """Update the key bar: the keys of the main screen are off now."""
        self._bars.show_focus()

    def on_opened(self, event: Opened) -> None:
        """Show the list that was opened in the background."""
        with self.app.batch_update():
            self._start(event.session)

    def _start(self, session: Session) -> None:
        """Show the list, and restore the state of the last run."""
        state = session.values.ui_state()
        if any(state.shape):
            self._split.apply_sizes(state.shape)
        self.filters.collapsed = load_folded(session)
        self.side_panels.when_roomy(self._show_related)
        # The first frame has the rows, the next one the other panes.
        self.call_after_refresh(lambda: self.side_panels.update_soon(at_once=True))
        with self.workspace.gesture():
            self.workspace.open(session)
            self.workspace.flush()
            self.papers.put_cursor_on_line(state.line)
            startup_notice(self.workspace, self.hints)
        poll = Polling(self.workspace, self.ui)
        self.set_interval(polling.POLL_STORE_EVERY, lambda: self._poll(poll.poll_store))
        self.set_interval(polling.POLL_SOURCES_EVERY, lambda: self._poll(poll.poll_sources))

    def _show_related(self) -> None:
        """Show related papers below the paper, as soon as all are compared."""
        with self.workspace.gesture():
            insights.when_prepared(
                self.workspace, self.ui, lambda: self.workspace.changed(Aspect.PAGE), show_progress=False
            )

    def _poll(self, poll: Callable[[], None]) -> None:
        """Run one poll, unless a blocking task is running."""
        top = self.app.screen
        if not (isinstance(top, OverlayScreen) and top.holds_keys):
            poll()

    def on_progressed(self, event: Progressed) -> None:
        """Show how many sources are read."""
        self.query_one(EmptyState).put(status_text.reading(event.done, event.total, self._glyphs))

    # Commands.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow few of Textual's own actions, and the commands that are active in the focused pane."""
        if action != "command":
            return action in _ALLOWED_ACTIONS and super().check_action(action, parameters)
        return is_active(self.workspace.keys.command(str(parameters[0])), self.ui.panes)

    def action_command(self, command: str, key: str) -> None:
        """Handle a key that is bound to a command, or that continues a key sequence."""
        self._handle_key(key, command)

    def on_key(self, event: events.Key) -> None:
        """Handle a key that is not bound by itself: a digit, or part of a key sequence."""
        if (
            (event.is_printable or self._key_sequences.is_part(event.key))
            and self.ui.panes.focused != "query"
            and not self.workspace.is_opening
        ):
            self._handle_key(event.key, "")

    def _handle_key(self, key: str, command: str) -> None:
        pressed_at = self.app.key_time if isinstance(self.app, HardenedApp) else 0.0
        self._key_sequences.handle(key, command, pressed_at)

    def run_command(self, command_id: str, key: str = "") -> None:
        """Run a command, or show why it is not available; see ``command_runner.run_command``."""
        run_command(self.workspace, self.ui, self.hints, command_id, key)

    # What the widgets report.

    def on_query_line_edited(self, event: QueryLine.Edited) -> None:
        """Run the query after an edit, unless the text has changed again since."""
        if event.text == self._query_line.value:
            self.workspace.query.edit(event.text, is_whole=event.is_whole)

    def on_query_line_closed(self, event: QueryLine.Closed) -> None:
        """Return to the list, keeping the query or not; an invalid one cannot be kept."""
        with self.workspace.gesture():
            if not event.keep:
                self.workspace.query.cancel_edit()
            elif not self.workspace.query.keep_edit():
                self.set_focus(self._query_line)
                return
        self.set_focus(self.papers)

    def on_query_line_cycled(self, event: QueryLine.Cycled) -> None:
        """Show the completions of the query, in place of its error."""
        self.query_one(QueryErrorLine).display &= not event.candidates
        self.query_one(CompletionList).show(event.candidates, event.index)

    def on_filter_pane_picked(self, event: FilterPane.Picked) -> None:
        """Add a facet to the query, or remove it."""
        self.workspace.guarded(lambda: self.workspace.query.toggle_facet(event.field, event.value, event.state))
        self.side_panels.update_soon(at_once=True)

    def on_detail_pane_target_clicked(self, event: DetailPane.TargetClicked) -> None:
        """Open the link, go to the paper, or show only the papers with the clicked tag or category."""
        target = event.target
        if target.kind == LINK:
            from tui.app.actions.links import open_address  # noqa: PLC0415 - not needed at start-up

            with self.workspace.gesture():
                open_address(self.workspace, self.ui, target.value)
            return
        if target.kind == PAPER:
            self.workspace.guarded(lambda: navigation.go_to(self.workspace, self.ui, target.value))
            return
        self.workspace.guarded(lambda: filtering.filter_by(self.workspace, target.kind, target.value))
        self.side_panels.update_soon(at_once=True)

    def on_virtual_list_moved(self, event: VirtualList.Moved) -> None:
        """Move the cursor in the workspace, if it was moved with the mouse."""
        if event.rows is self.papers:
            self.workspace.papers.cursor = self.papers.cursor

    def on_virtual_list_chosen(self, event: VirtualList.Chosen) -> None:
        """Show the paper that was double-clicked at full width."""
        if event.rows is self.papers:
            with self.workspace.gesture():
                self.workspace.papers.cursor = self.papers.cursor
                panes.set_full_width(self.workspace, self.ui, True)

    def on_paper_list_selected(self, event: PaperList.Selected) -> None:
        """Select the papers that were selected with the mouse."""
        with self.workspace.gesture():
            self.workspace.selection.end_range()
            self.workspace.papers.cursor = event.cursor
            self.workspace.selection.put(event.ids)

    def on_command_bar_command_requested(self, event: CommandBar.CommandRequested) -> None:
        """Run the command of a bar."""
        self.run_command(event.command)

    def on_column_header_clicked(self, event: ColumnHeader.Clicked) -> None:
        """Sort by a column, or reverse the order if it is sorted by that already."""
        self.workspace.guarded(lambda: filtering.sort_by_column(self.workspace, self.ui, event.column))

    def on_text_selected(self) -> None:
        """Show how to copy the text that was selected with the mouse."""
        clipboard.show_selection_hint(self.workspace, self.ui)

    def action_copy_text(self) -> None:
        """Copy the text selected with the mouse; without one the key keeps its other meaning."""
        if not self.ui.panes.selected_text():
            raise SkipAction
        self.workspace.guarded(lambda: clipboard.copy_selected_text(self.workspace, self.ui))

    def on_paste(self, event: events.Paste) -> None:
        """Offer to import pasted papers; pasted text never runs commands."""
        from tui.app.actions.import_ import import_text  # noqa: PLC0415 - not needed at start-up

        with self.workspace.gesture():
            import_text(self.workspace, self.ui, event.text)

    def on_descendant_focus(self) -> None:
        """Highlight the border of the focused pane, and show its keys."""
        self._split.highlight_borders(self.focused)
        self._follow_click(self.workspace.query)
        self._bars.show_focus()

    def _follow_click(self, query: CurrentQuery) -> None:
        """Begin to edit the query that was clicked, or keep it after a click elsewhere."""
        is_on_line = self.focused is self._query_line
        if is_on_line and not query.is_edited and not self.workspace.is_opening:
            query.begin_edit()
            self._query_line.begin(query.history.texts(), selects=False)
        elif query.is_edited and not is_on_line:
            with self.workspace.gesture():
                query.keep_edit()

    def on_resize(self) -> None:
        """Fit panes and bars to the new size."""
        self._split.apply_sizes()
        self.call_after_refresh(self._bars.refresh)

    # What the workspace says.

    def _changed(self, changes: Changes) -> None:
        """Show what changed in the list and in the query line."""
        aspects, papers, query = changes.aspects, self.workspace.papers, self.workspace.query
        if Aspect.QUERY_TEXT in aspects:
            self._query_line.put(query.text)
        if Aspect.QUERY_PROBLEM in aspects:
            line = self.query_one(QueryErrorLine)
            show = line.show_missing if query.is_incomplete else line.show_error
            show(query.problem)
        if Aspect.RESULT in aspects:
            self.papers.show(papers.ids, papers.terms, papers.cursor)
            self._show_empty_state()
        if aspects & (Aspect.RESULT | Aspect.SELECTION | Aspect.ENTRIES):
            self.papers.mark(selected=self.workspace.selection.ids, stale=papers.stale)
        if Aspect.ENTRIES in aspects:
            self.papers.entries_changed(changes.ids)
        with self.prevent(VirtualList.Moved):  # the workspace moved it
            self.papers.cursor = papers.cursor

    def _show_empty_state(self) -> None:
        """Explain in place of the list why it is empty."""
        query, session, empty = self.workspace.query, self.workspace.session, self.query_one(EmptyState)
        if query.result.ids:
            empty.display = False
            return
        empty.put(
            empty_list(
                query.text,
                query.result.explanation,
                query.term_effects,
                query.droppable_term,
                self.workspace.keys,
                session.paths.seeds,
            )
        )
