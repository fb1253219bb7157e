"""The main screen: filter, list and detail panes over one reading list.

It owns the state of the view (query, order, selection) and shows what the session returns; everything durable is in
the store. All commands use one Textual action; what each of them does is in ``tui.app.actions``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Static

from tui.app import polling, status_text
from tui.app.actions import bulk_confirmation, clipboard, filtering, insights, panes, selection
from tui.app.availability import disabled_reason, is_active
from tui.app.bindings import main_bindings
from tui.app.compositor import BaseScreen
from tui.app.hints import Hints
from tui.app.key_sequences import KeySequences
from tui.app.panel_updates import SidePanels
from tui.app.query_controller import QueryController
from tui.app.query_history import QueryHistory, QueryHistoryStep
from tui.app.quit import QuitController
from tui.app.retry_queue import RetryQueue
from tui.app.startup_notices import startup_notice
from tui.app.status_controller import StatusController
from tui.app.theming import ASCII, HEIGHTS, UNICODE, WIDTHS
from tui.app.widgets.column_header import ColumnHeader
from tui.app.widgets.completion_list import CompletionList
from tui.app.widgets.detail_pane import DetailPane
from tui.app.widgets.empty_state import EmptyState
from tui.app.widgets.filter_pane import FilterPane
from tui.app.widgets.paper_list import PaperList
from tui.app.widgets.query_error import QueryErrorLine
from tui.app.widgets.query_line import QueryLine
from tui.app.widgets.split_panes import SplitPanes
from tui.app.widgets.status_bars import Bar, KeyBar, StatusLine
from tui.errors import ReadlistError
from tui.keymap import DEFAULT_KEYS
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.app.widgets.virtual_list import VirtualList
    from tui.app.worker_messages import Opened, Progressed
    from tui.model.change import Change
    from tui.model.edit import Edit
    from tui.model.entry import Entry
    from tui.query.search import QueryResult
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
    """

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = main_bindings(DEFAULT_KEYS)
    AUTO_FOCUS = ""

    def __init__(
        self, session: Session | None, settings: Settings, *, list_name: str = "", ascii_only: bool, classes: str
    ) -> None:
        super().__init__(classes=classes)
        self.settings, self.keys = settings, settings.keymap
        self.glyphs = ASCII if ascii_only else UNICODE
        self._session = session
        self._prompt = sanitise_line(f" {list_name} {self.glyphs.prompt} ".replace("  ", " "))
        self._result: QueryResult | None = None
        self.previous_step = QueryHistoryStep("", None)
        self.range_start: str | None = None
        self._shown_query = self.query_text = ""
        self.sort: str | None = None
        self.selected: frozenset[str] = frozenset()
        self.last_edit: Edit | None = None
        self.has_insights = self.shows_provenance = False
        self._explanation = self.pressed_key = ""
        self.query_history = QueryHistory()
        self.query_controller, self.side_panels = QueryController(self), SidePanels(self)
        self.retry_queue, self.quit_controller = RetryQueue(self), QuitController(self)
        self.status, self.key_sequences, self.hints = StatusController(self), KeySequences(self), Hints(self)
        get_entry = lambda paper_id: self.session.entry(paper_id)  # noqa: E731, PLW0108 - no session yet
        self.papers = PaperList(get_entry, glyphs=self.glyphs, columns=settings.columns, id="papers")
        self.filters = FilterPane(glyphs=self.glyphs, id="filters")
        self.detail = DetailPane(self.show_detail, id="detail")
        self.panes = SplitPanes(self.filters, self.papers, self.detail)

    def compose(self) -> ComposeResult:
        """Query line, panes, status line, keys."""
        with Horizontal(id="query-row"):
            yield Static(self._prompt, id="prompt", markup=False)
            yield (line := QueryLine(self.side_panels.completions, id="query"))
            yield Bar(id="sorting")
        yield QueryErrorLine(line, id="caret")
        yield CompletionList(id="offers")
        with self.panes:
            yield self.filters
            with Container(id="main"):
                with Vertical(id="list-side"):
                    yield ColumnHeader(glyphs=self.glyphs, columns=self.settings.columns, id="heads")
                    yield self.papers
                    yield EmptyState(id="empty")
                yield self.detail
        yield StatusLine(id="status")
        yield KeyBar(id="keys")
        yield Static("readlist needs 40 columns\nand 10 rows", id="too-small", markup=False)

    # Opening.

    @property
    def is_opening(self) -> bool:
        """Whether the reading list is still being opened."""
        return self._result is None

    @property
    def session(self) -> Session:
        """The open reading list."""
        if self._session is None:
            raise RuntimeError("the reading list is not open yet")
        return self._session

    @property
    def result(self) -> QueryResult:
        """The result of the last valid query."""
        if self._result is None:
            raise RuntimeError("no query has run yet")
        return self._result

    def on_mount(self) -> None:
        """Focus the list, and show the papers if the session is open already."""
        self.set_focus(self.papers)
        if self._session is not None:
            self._start(self._session)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Skip the style refresh the first time: every widget got its styles when it was mounted."""
        event.refresh_styles = event.refresh_styles and self.stack_updates > 0
        self.status.refresh()

    def on_screen_suspend(self) -> None:
        """Update the key bar: the keys of the main screen are off now."""
        self.status.refresh()

    def on_opened(self, event: Opened) -> None:
        """Show the list that was opened in the background."""
        self._session = event.session
        with self.app.batch_update():
            self._start(event.session)

    def _start(self, session: Session) -> None:
        """Show the list, and restore the state of the last run."""
        state = session.ui_state()
        self.query_text, self.sort = state.query, state.sort
        if any(state.shape):
            self.panes.apply_sizes(state.shape)
        try:
            self._result = session.find(self.query_text, self.sort)
        except ReadlistError:
            self.query_text, self.sort = "", None
            self._result = session.find("")
        self.query_one(QueryLine).put(self.query_text)
        self.notify_status("")  # clears messages from before the list was open
        self.query_history = QueryHistory(session.get_value(filtering.HISTORY_KEY))
        self.filters.collapsed = filtering.folded_groups(session)
        # The first frame has the rows, the next one the other panes.
        self._show_rows(state.paper)
        self.papers.put_cursor_on_line(state.line)
        self.call_after_refresh(lambda: self.side_panels.update_soon(at_once=True))
        startup_notice(self)
        polling.start_polling(self)

    def on_progressed(self, event: Progressed) -> None:
        """Show how many sources are read."""
        self.query_one(EmptyState).put(status_text.reading(event.done, event.total, self.glyphs))

    # Commands.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow few of Textual's own actions, and the commands that are active in the focused pane."""
        if action != "command":
            return action in _ALLOWED_ACTIONS and super().check_action(action, parameters)
        return is_active(self, str(parameters[0]))

    def action_command(self, command: str, key: str) -> None:
        """Handle a key that is bound to a command, or that continues a key sequence."""
        self.key_sequences.handle(key, command)

    def on_key(self, event: events.Key) -> None:
        """Handle a key that is not bound by itself: a digit, or part of a key sequence."""
        if (
            (event.is_printable or self.key_sequences.is_part(event.key))
            and self.focused is not self.query_one(QueryLine)
            and not self.is_opening
        ):
            self.key_sequences.handle(event.key, "")

    def run_command(self, command: str) -> None:
        """Run a command, or show why it is not available."""
        from tui.app.actions.registry import ACTIONS  # noqa: PLC0415 - the first frame runs no command

        if reason := disabled_reason(self, command):
            self.notify_status(reason, error=True)
        else:
            self.hints.mark_used(command)
            self.guarded(lambda: ACTIONS[command](self))
            selection.end_range(self, command)

    def guarded(self, work: Callable[[], object]) -> bool:
        """Call ``work``, show its error in the status line, and return whether there was none."""
        try:
            work()
        except ReadlistError as error:
            self.notify_status(status_text.error_text(error), error=True)
            return False
        return True

    # Searching.

    def put_query(self, text: str, keep: str | None = None) -> None:
        """Run a query that was not typed, and put the cursor on the paper ``keep``, if given."""
        self.query_history.visit(text, filtering.current_step(self))
        self.go_to_query(text, keep)

    def go_to_query(self, text: str, keep: str | None) -> None:
        """Run a query without adding it to the query history."""
        self.query_text = text
        self.query_one(QueryLine).put(text)
        self.run_query(keep)

    def run_query(self, keep: str | None = None) -> None:
        """Run the query and show the result; an invalid query keeps the last list and shows the error."""
        self.query_controller.run(keep)

    def show_result(self, result: QueryResult, keep: str | None) -> None:
        """Show the papers of a result, with the cursor on the paper ``keep`` if it is among them."""
        self._result = result
        self._show_rows(keep or self.papers.current)
        self.side_panels.update_soon()

    def on_query_line_edited(self, event: QueryLine.Edited) -> None:
        """See ``QueryController.edited``."""
        self.query_controller.edited(event)

    def on_query_line_closed(self, event: QueryLine.Closed) -> None:
        """See ``QueryController.closed``."""
        self.query_controller.closed(keep=event.keep)

    def on_query_line_cycled(self, event: QueryLine.Cycled) -> None:
        """Show the completions of the query, in place of its error."""
        self.query_one(QueryErrorLine).display &= not event.candidates
        self.query_one(CompletionList).show(event.candidates, event.index)

    def on_filter_pane_picked(self, event: FilterPane.Picked) -> None:
        """See ``QueryController.pick``."""
        self.guarded(lambda: self.query_controller.pick(event))

    # Changing and selecting.

    def carry_out(
        self, edit: Edit, *, targets: tuple[str, ...] | None = None, advance: bool = False, is_confirmed: bool = False
    ) -> bool:
        """Apply an edit, asking for confirmation if it changes many papers; returns whether it was stored.

        Args:
            edit: the edit.
            targets: the papers; by default the selection or the paper under the cursor.
            advance: whether to go to the next paper afterwards, unless papers are selected.
            is_confirmed: whether to skip the confirmation.
        """
        ids = selection.targets(self) if targets is None else targets
        if not is_confirmed and bulk_confirmation.needs_confirmation(
            self, ids, edit, lambda: self.carry_out(edit, targets=ids, is_confirmed=True)
        ):
            return False
        done = self.retry_queue.submit((ids, edit), lambda: self.apply(ids, edit))
        if done and advance and not self.selected:
            self.papers.move(1)
        return done

    def apply(self, targets: tuple[str, ...], edit: Edit) -> None:
        """Apply an edit now, and show it; raises as ``Session.mark`` does."""
        change = self.session.mark(targets, edit)
        self.last_edit = edit
        if change is None:
            self.notify_status(f"{edit.label}: no change")
        else:
            self.show_change(change, status_text.outcome(change, targets))

    def show_change(self, change: Change, message: str, hint: status_text.KeyHint = status_text.UNDO_HINT) -> None:
        """Show what a change did, and how to undo it."""
        if change.changes_membership or change.value_changes:
            self.run_query()
            self.put_selection(self.selected.difference(change.ids) if change.changes_membership else self.selected)
        self.entries_changed(change.ids)
        self.notify_status(message, hint=hint)

    def entries_changed(self, ids: Iterable[str]) -> None:
        """Repaint what changed; papers that no longer match the query stay, dimmed, until it is rerun."""
        changed = frozenset(ids)
        self.papers.entries_changed(changed)
        no_match = changed - self.session.search.still_matching(self.result, changed)
        self.papers.set_stale((self.papers.stale - changed) | no_match)
        self.side_panels.update_after_frame(counts=True)
        self.status.refresh()

    def put_selection(self, selected: frozenset[str]) -> None:
        """Select just these papers."""
        self.selected = selected
        self.papers.select(selected)
        self.status.refresh()

    # Showing.

    def current_entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.session.entry(self.papers.current) if self.papers.current is not None else None

    @property
    def message(self) -> str:
        """The message in the status line."""
        return self.status.message

    def notify_status(self, message: str, *, hint: status_text.KeyHint | None = None, error: bool = False) -> None:
        """Show a message in the status line; see ``StatusController.show_message``."""
        self.status.show_message(message, hint, is_error=error)

    def on_virtual_list_moved(self, event: VirtualList.Moved) -> None:
        """Show the paper under the cursor."""
        if event.rows is self.papers:
            selection.extend_range(self)
            self.side_panels.update_after_frame()
            self.status.refresh()

    def on_virtual_list_chosen(self, event: VirtualList.Chosen) -> None:
        """Show the paper that was double-clicked at full width."""
        if event.rows is self.papers:
            panes.set_full_width(self, True)

    def on_text_selected(self) -> None:
        """Show how to copy the text that was selected with the mouse."""
        clipboard.show_selection_hint(self)

    def action_copy_text(self) -> None:
        """Copy the text selected with the mouse, if any."""
        clipboard.copy_selection(self)

    def on_paste(self, event: events.Paste) -> None:
        """Offer to import pasted papers; pasted text never runs commands."""
        self.pasted(event.text)

    pasted = clipboard.import_pasted

    def on_column_header_clicked(self, event: ColumnHeader.Clicked) -> None:
        """Sort by a column, or reverse the order if it is sorted by that already."""
        self.guarded(lambda: filtering.sort_by_column(self, event.column))

    def on_descendant_focus(self) -> None:
        """Highlight the border of the focused pane, and show its keys."""
        self.panes.highlight_borders(self.focused)
        self.status.refresh()

    def on_resize(self) -> None:
        """Fit panes and bars to the new size."""
        self.panes.apply_sizes()
        self.call_after_refresh(self.status.refresh)

    def _show_rows(self, keep: str | None) -> None:
        result = self.result
        is_new_query = self._shown_query != self.query_text
        self._shown_query = self.query_text
        self.papers.show(result.ids, result.terms, keep, from_top=is_new_query)
        self.query_one(EmptyState).show(self.session, self.query_text, result)
        explanation = result.explanation if result.ids else ""
        if explanation != self._explanation or is_new_query:  # replaces the message about another list
            self._explanation = explanation
            self.notify_status(explanation)
        self.status.refresh()

    def show_detail(self) -> None:
        """Show the paper under the cursor in the detail pane."""
        entry = None if self._result is None else self.current_entry()
        self.detail.show(insights.build_page(self, entry), of=None if entry is None else entry.id)
