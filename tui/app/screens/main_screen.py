"""The desk: filter, list and detail panes over one reading list.

The desk owns what is asked (query, order, selection) and shows what the session answers; durable things live in the
library. Commands reach it through one action; what each does stands in ``tui.app.actions``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingsMap
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Static

from tui.app import polling, status_text
from tui.app.actions import bulk_confirmation, clipboard, insights, panes, search, selection
from tui.app.availability import disabled_reason, is_active
from tui.app.bindings import desk_bindings
from tui.app.compositor import BaseScreen
from tui.app.hints import Hints
from tui.app.key_sequences import KeySequences
from tui.app.query_controller import QueryController
from tui.app.query_history import QueryHistory, QueryHistoryStep
from tui.app.quit import QuitController
from tui.app.retry_queue import RetryQueue
from tui.app.side_panels import SidePanels
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

_OPEN_ACTIONS = frozenset({"copy_text"})  # of those that Textual gives every screen


class MainScreen(BaseScreen[None]):
    """The main screen.

    Args:
        session: the open reading list, or None where it will be opened while the screen is shown.
        settings: what a person set: keys, columns and the like.
        ascii_only: draw with ASCII signs.
        classes: what it wears at the present size.
    """

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = desk_bindings(DEFAULT_KEYS)
    AUTO_FOCUS = ""

    def __init__(self, session: Session | None, settings: Settings, *, ascii_only: bool, classes: str) -> None:
        super().__init__(classes=classes)
        self.settings, self.keys = settings, settings.keymap
        if self.keys is not DEFAULT_KEYS:
            self._bindings = BindingsMap(desk_bindings(self.keys))
        self.glyphs = ASCII if ascii_only else UNICODE
        self._session = session
        self._listing: QueryResult | None = None
        self.kept = QueryHistoryStep("", None)
        self.range_start: str | None = None
        self._listed_query = self.query_text = ""
        self.sort: str | None = None
        self.selected: frozenset[str] = frozenset()
        self.last_edit: Edit | None = None
        self.is_advised = self.shows_provenance = False
        self._told = self.pressed_key = ""
        self.trail = QueryHistory()
        self.asking, self.sides = QueryController(self), SidePanels(self)
        self.saving, self.leaving = RetryQueue(self), QuitController(self)
        self.foot, self.strokes, self.hints = StatusController(self), KeySequences(self), Hints(self)
        entry = lambda it: self.session.entry(it)  # noqa: E731, PLW0108 - the session may come later
        self.papers = PaperList(entry, glyphs=self.glyphs, columns=settings.columns, id="papers")
        self.filters = FilterPane(glyphs=self.glyphs, id="filters")
        self.detail = DetailPane(self.show_page, id="detail")
        self.panes = SplitPanes(self.filters, self.papers, self.detail)

    def compose(self) -> ComposeResult:
        """Query line, panes, status line, keys."""
        with Horizontal(id="query-row"):
            yield Static(f" {self.glyphs.prompt} ", id="prompt", markup=False)
            yield (line := QueryLine(self.sides.completions, id="query"))
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
        return self._listing is None

    @property
    def session(self) -> Session:
        """The open reading list."""
        if self._session is None:
            raise RuntimeError("the reading list is not open yet")
        return self._session

    @property
    def result(self) -> QueryResult:
        """The answer to the latest good query."""
        if self._listing is None:
            raise RuntimeError("nothing was asked yet")
        return self._listing

    def on_mount(self) -> None:
        """Give the keys to the list, and show it where it is open already."""
        self.set_focus(self.papers)
        if self._session is not None:
            self._begin(self._session)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """The first time, every widget has just got its styles by being mounted, and needs them not once more."""
        event.refresh_styles = event.refresh_styles and self.stack_updates > 0
        self.foot.refresh()

    def on_screen_suspend(self) -> None:
        """The keys of the desk do nothing now."""
        self.foot.refresh()

    def on_opened(self, event: Opened) -> None:
        """Show the list that was opened meanwhile."""
        self._session = event.session
        with self.app.batch_update():
            self._begin(event.session)

    def _begin(self, session: Session) -> None:
        """Show the list where it was left."""
        place = session.ui_state()
        self.query_text, self.sort = place.query, place.sort
        if any(place.shape):
            self.panes.apply_sizes(place.shape)
        try:
            self._listing = session.find(self.query_text, self.sort)
        except ReadlistError:
            self.query_text, self.sort = "", None
            self._listing = session.find("")
        self.query_one(QueryLine).put(self.query_text)
        self.notify_status("")  # what was said of a list that was not open yet
        self.trail = QueryHistory(session.get_value(search.HISTORY_KEY))
        self.filters.shut = search.shut_groups(session)
        # The rows come with the first frame; what stands beside them follows in the next.
        self._show_rows(place.paper)
        self.call_after_refresh(lambda: self.sides.show(at_once=True))
        startup_notice(self)
        polling.start_polling(self)

    def on_progressed(self, event: Progressed) -> None:
        """Show how far the pages are read."""
        self.query_one(EmptyState).put(status_text.reading(event.done, event.total, self.glyphs))

    # Commands.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Of Textual's own actions few are open; a command of ours must be heard where the focus is."""
        if action != "command":
            return action in _OPEN_ACTIONS and super().check_action(action, parameters)
        return is_active(self, str(parameters[0]))

    def action_command(self, command: str, key: str) -> None:
        """Take a key that does a command of the table, or goes on with what the keys before it began."""
        self.strokes.take(key, command)

    def on_key(self, event: events.Key) -> None:
        """Take a key that does nothing by itself."""
        if (
            (event.is_printable or self.strokes.begins(event.key))
            and self.focused is not self.query_one(QueryLine)
            and not self.is_opening
        ):
            self.strokes.take(event.key, "")

    def run_command(self, command: str) -> None:
        """Carry out a command, or say why not."""
        from tui.app.actions.registry import ACTIONS  # noqa: PLC0415 - the first frame runs no command

        if reason := disabled_reason(self, command):
            self.notify_status(reason, fault=True)
        else:
            self.hints.mark_used(command)
            self.guarded(lambda: ACTIONS[command](self))
            selection.end_range(self, command)

    def guarded(self, work: Callable[[], object]) -> bool:
        """Do something, and say in the status line what went wrong with it; returns whether nothing did."""
        try:
            work()
        except ReadlistError as fault:
            self.notify_status(status_text.error_text(fault), fault=True)
            return False
        return True

    # Asking.

    def put_query(self, text: str, keep: str | None = None) -> None:
        """Ask a query that was not typed, with the cursor on a certain paper where one is given."""
        self.trail.visit(text, search.here(self))
        self.go_to_query(text, keep)

    def go_to_query(self, text: str, keep: str | None) -> None:
        """Ask a query that was there before."""
        self.query_text = text
        self.query_one(QueryLine).put(text)
        self.run_query(keep)

    def run_query(self, keep: str | None = None) -> None:
        """Ask the query, and show the answer; a wrong query leaves the last good list, and says what is wrong."""
        self.asking.run(keep)

    def show_result(self, listing: QueryResult, keep: str | None) -> None:
        """Show the papers of an answer, with the cursor on a certain one where that is among them."""
        self._listing = listing
        self._show_rows(keep or self.papers.current)
        self.sides.show()

    def on_query_line_edited(self, event: QueryLine.Edited) -> None:
        """See ``Asking.edited``."""
        self.asking.edited(event)

    def on_query_line_left(self, event: QueryLine.Left) -> None:
        """See ``Asking.left``."""
        self.asking.closed(keep=event.keep)

    def on_query_line_offered(self, event: QueryLine.Offered) -> None:
        """Show the ways to go on with the query, in the place of what is wrong with it."""
        self.query_one("#caret").display &= not event.candidates
        self.query_one(CompletionList).show(event.candidates, event.index)

    def on_filter_pane_picked(self, event: FilterPane.Picked) -> None:
        """See ``Asking.pick``."""
        self.guarded(lambda: self.asking.pick(event))

    # Changing and selecting.

    def carry_out(
        self, edit: Edit, *, targets: tuple[str, ...] | None = None, advance: bool = False, is_meant: bool = False
    ) -> bool:
        """Do an edit, after a question where it is a big one; show it once it is in the store, and say whether it is.

        Args:
            edit: what to do.
            targets: the papers; the selection or the paper under the cursor where none are given.
            advance: go to the next paper afterwards, where no selection is at work.
            is_meant: nobody need be asked.
        """
        ids = selection.targets(self) if targets is None else targets
        if not is_meant and bulk_confirmation.asks(
            self, ids, edit, lambda: self.carry_out(edit, targets=ids, is_meant=True)
        ):
            return False
        done = self.saving.submit((ids, edit), lambda: self.apply(ids, edit))
        if done and advance and not self.selected:
            self.papers.move(1)
        return done

    def apply(self, targets: tuple[str, ...], edit: Edit) -> None:
        """Do an edit now, and show it; raises as ``Session.mark`` does."""
        change = self.session.mark(targets, edit)
        self.last_edit = edit
        if change is None:
            self.notify_status(f"{edit.label}: it was so already")
        else:
            self.show_change(change, status_text.outcome(change, targets))

    def show_change(self, change: Change, news: str, hint: status_text.KeyHint = status_text.UNDO_HINT) -> None:
        """Show what a change did, and how to turn it round."""
        if change.changes_membership or change.value_changes:
            self.run_query()
        self.entries_changed(change.ids)
        self.notify_status(news, hint=hint)

    def entries_changed(self, ids: Iterable[str]) -> None:
        """Repaint what changed; papers that stopped answering the query stay, dimmed, until it is asked again."""
        touched = frozenset(ids)
        self.papers.entries_changed(touched)
        left = touched - self.session.search.still_matching(self.result, touched)
        self.papers.set_stale((self.papers.stale - touched) | left)
        self.sides.follow(counts=True)
        self.foot.refresh()

    def put_selection(self, selected: frozenset[str]) -> None:
        """Select just these papers."""
        self.selected = selected
        self.papers.select(selected)
        self.foot.refresh()

    # Showing.

    def current_entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.session.entry(self.papers.current) if self.papers.current is not None else None

    @property
    def message(self) -> str:
        """What the status line says just happened."""
        return self.foot.message

    def notify_status(self, news: str, *, hint: status_text.KeyHint | None = None, fault: bool = False) -> None:
        """Say what just happened, in the status line; see ``Foot.tell``."""
        self.foot.show_message(news, hint, fault=fault)

    def on_virtual_list_moved(self, event: VirtualList.Moved) -> None:
        """Show the paper under the cursor."""
        if event.rows is self.papers:
            selection.extend_range(self)
            self.sides.follow()
            self.foot.refresh()

    def on_virtual_list_chosen(self, event: VirtualList.Chosen) -> None:
        """A second click reads the paper at full width."""
        if event.rows is self.papers:
            panes.read_at_full_width(self, True)

    def on_text_selected(self) -> None:
        """Say what can be done with text that was selected with the mouse."""
        clipboard.say_selected_text(self)

    def action_copy_text(self) -> None:
        """Copy it; without any, Ctrl-C is left to others."""
        clipboard.copy_selection(self)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text is no keys: it runs no command, but may be papers to import."""
        self.pasted(event.text)

    pasted = clipboard.import_pasted

    def on_column_header_picked(self, event: ColumnHeader.Picked) -> None:
        """Sort by a column, the other way round where it was sorted by that already."""
        self.guarded(lambda: search.sort_by_column(self, event.column))

    def on_descendant_focus(self) -> None:
        """The edges tell which pane has the keys, and the foot which keys matter there."""
        self.panes.highlight_borders(self.focused)
        self.foot.refresh()

    def on_resize(self) -> None:
        """The bars are set to the width."""
        self.panes.apply_sizes()
        self.call_after_refresh(self.foot.refresh)

    def _show_rows(self, keep: str | None) -> None:
        listing = self.result
        moved_on = self._listed_query != self.query_text
        self._listed_query = self.query_text
        self.papers.show(listing.ids, listing.terms, keep, from_top=moved_on)
        self.query_one(EmptyState).show(self.session, self.query_text, listing)
        told = listing.explanation if listing.ids else ""
        if told != self._told or moved_on:  # what was said of another list
            self._told = told
            self.notify_status(told)
        self.foot.refresh()

    def show_page(self) -> None:
        """Set the page of the paper under the cursor."""
        entry = None if self._listing is None else self.current_entry()
        self.detail.show(insights.build_page(self, entry), of=None if entry is None else entry.id)
