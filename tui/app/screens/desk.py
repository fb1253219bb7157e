"""The desk: filter, list and detail panes over one reading list.

The desk owns what is asked (query, order, selection) and shows what the session answers; durable things live in the
library. Commands reach it through one action; what each does stands in ``tui.app.actions``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.app.actions import ACTIONS
from tui.app.available import refusal
from tui.app.looks import ASCII, UNICODE
from tui.app.paper_page import paper_page
from tui.app.widgets.bars import KeyBar, StatusLine, hints
from tui.app.widgets.detail_pane import DetailPane
from tui.app.widgets.filter_pane import FilterPane
from tui.app.widgets.paper_list import PaperList
from tui.app.widgets.query_line import QueryLine
from tui.commands import COMMANDS
from tui.errors import QueryError, ReadlistError
from tui.paper.edit import Edit
from tui.session import Place
from tui.text.sanitise import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import ComposeResult

    from tui.app.messages import Opened, Progressed
    from tui.app.widgets.rows import Rows
    from tui.home import Home
    from tui.paper.change import Change
    from tui.paper.entry import Entry
    from tui.query.search import Listing
    from tui.session import Session

_POLL_EVERY = 0.5  # seconds between two looks at what other processes did
_BAR_WIDTH = 12
_PANE_OF = {command.id: command.pane for command in COMMANDS}


class Desk(Screen[None]):
    """The main screen.

    Args:
        home: where the reading list is.
        ascii_only: draw with ASCII signs.
    """

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - declared as a plain attribute above
        (0, "-tiny"),
        (40, "-narrow"),
        (100, "-wide"),
        (160, "-broad"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - see above
        (0, "-flat"),
        (10, "-low"),
        (30, "-high"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        # Priority: the app carries them out as keys come, so that what a key opens gets the keys behind it.
        Binding(
            ",".join(command.keys),
            f"command('{command.id}')",
            command.title,
            show=False,
            priority=True,
            id=command.id,
        )
        for command in sorted(COMMANDS, key=lambda command: not command.pane)
    ]

    def __init__(self, home: Home, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._home = home
        self._glyphs = ASCII if ascii_only else UNICODE
        self._session: Session | None = None
        self._listing: Listing | None = None
        self._kept_query = ""
        self._kept_paper: str | None = None
        self._listed_query = ""
        self._range_start: str | None = None
        self.query_text = ""
        self.sort: str | None = None
        self.selected: frozenset[str] = frozenset()
        self.last_edit: Edit | None = None
        self._news = Content("")
        self.papers = PaperList(self._entry, glyphs=self._glyphs, id="papers")
        self.filters = FilterPane(glyphs=self._glyphs, id="filters")
        self.detail = DetailPane(id="detail")

    def compose(self) -> ComposeResult:
        """Query line, panes, status line, keys."""
        with Horizontal(id="query-row"):
            yield Static(f" {self._glyphs.prompt} ", id="prompt", markup=False)
            yield QueryLine(id="query")
            yield Static("", id="sorting", markup=False)
        yield Static("", id="caret", markup=False)
        with Horizontal(id="panes"):
            yield self.filters
            with Container(id="main"):
                with Vertical(id="list-side"):
                    yield self.papers
                    yield Static("", id="empty", markup=False)
                yield self.detail
        yield StatusLine(id="status")
        yield KeyBar(id="keys")
        yield Static("readlist needs 40 columns\nand 10 rows", id="too-small", markup=False)

    # Opening.

    @property
    def is_opening(self) -> bool:
        """Whether the reading list is still being opened."""
        return self._session is None

    @property
    def session(self) -> Session:
        """The open reading list."""
        if self._session is None:
            raise RuntimeError("the reading list is not open yet")
        return self._session

    @property
    def listing(self) -> Listing:
        """The answer to the latest good query."""
        if self._listing is None:
            raise RuntimeError("nothing was asked yet")
        return self._listing

    def on_mount(self) -> None:
        """Give the keys to the list."""
        self.set_focus(self.papers)

    def on_opened(self, event: Opened) -> None:
        """Show the list where it was left."""
        self._session = event.session
        place = event.session.place()
        self.query_text, self.sort = place.query, place.sort
        try:
            self._listing = event.session.find(self.query_text, self.sort)
        except ReadlistError:
            self.query_text, self.sort = "", None
            self._listing = event.session.find("")
        self.query_one(QueryLine).put(self.query_text)
        self._show_listing(place.paper)
        for notice in event.session.notices:
            self.tell(notice)
        if event.session.read_only:
            self.tell("the store is read-only: you can look, and nothing can be changed", fault=True)
        self.set_interval(_POLL_EVERY, self._poll)

    def on_progressed(self, event: Progressed) -> None:
        """Show how far the pages are read."""
        done = _BAR_WIDTH * event.done // max(event.total, 1)
        bar = Content.assemble(
            "Reading the pages  ",
            (self._glyphs.full * done, "$success"),
            (self._glyphs.empty * (_BAR_WIDTH - done), "$ink-faint"),
            f"  {event.done} of {event.total}",
        )
        self.query_one("#empty", Static).update(bar)
        self.query_one("#empty").display = True

    # Commands.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters belong to the query line while it has the focus, and the keys of a pane count only there."""
        if action != "command":
            return super().check_action(action, parameters)
        pane = _PANE_OF.get(str(parameters[0]), "")
        return not self.query_one(QueryLine).has_focus and (not pane or self.filters.has_focus)

    def action_command(self, command: str) -> None:
        """Carry out a command of the table."""
        self.run_command(command)

    def run_command(self, command: str) -> None:
        """Carry out a command, or say why not."""
        reason = refusal(self, command)
        if reason:
            self.tell(reason, fault=True)
        else:
            self.guarded(lambda: ACTIONS[command](self))

    def guarded(self, work: Callable[[], object]) -> None:
        """Do something, and say in the status line what went wrong with it."""
        try:
            work()
        except ReadlistError as fault:
            self.tell(f"{fault.message}. {fault.hint}" if fault.hint else fault.message, fault=True)

    # Asking.

    def edit_query(self) -> None:
        """Go to the query line."""
        self._kept_query = self.query_text
        self._kept_paper = self.papers.current
        self.set_focus(self.query_one(QueryLine))

    def put_query(self, text: str, keep: str | None = None) -> None:
        """Ask a query that was not typed, with the cursor on a certain paper where one is given."""
        self.query_text = text
        self.query_one(QueryLine).put(text)
        self.ask(keep)

    def put_sort(self, sort: str) -> None:
        """Ask for another order."""
        self.sort = sort
        self.ask()

    def ask(self, keep: str | None = None) -> None:
        """Ask the query, and show the answer; a wrong query leaves the last good list, and says what is wrong."""
        caret = self.query_one("#caret", Static)
        try:
            self._listing = self.session.find(self.query_text, self.sort)
        except QueryError as fault:
            words = f"{fault.message}. {fault.hint}" if fault.hint else fault.message
            caret.update(
                Content.assemble(" " * (3 + fault.position), ("^ ", "bold $error"), (one_line(words), "$error"))
            )
            caret.display = True
            return
        caret.display = False
        self._show_listing(keep or self.papers.current)

    def on_query_line_edited(self, event: QueryLine.Edited) -> None:
        """Answer every letter."""
        self.query_text = event.text
        if not self.is_opening:
            self.ask()

    def on_query_line_left(self, event: QueryLine.Left) -> None:
        """Back to the list; without keeping, to the query that was there before."""
        if not event.keep:
            again = self._kept_query if self.query_text != self._kept_query else ""
            self.put_query(again, self._kept_paper)
        self.set_focus(self.papers)

    def on_filter_pane_picked(self, event: FilterPane.Picked) -> None:
        """A facet edits the query text, and nothing else."""
        self.put_query(self.session.picked(self.query_text, event.field, event.value, event.state))

    # Changing.

    def targets(self) -> tuple[str, ...]:
        """The papers a command acts on: the selection, or else the paper under the cursor."""
        if self.selected:
            return self.selected_in_order()
        return (self.papers.current,) if self.papers.current is not None else ()

    def carry_out(self, edit: Edit, *, advance: bool = False) -> None:
        """Do an edit to the targets; show it once it is on disk.

        Args:
            edit: what to do.
            advance: go to the next paper afterwards, where no selection is at work.
        """
        targets = self.targets()
        self.guarded(lambda: self._carry_out(targets, edit))
        if advance and not self.selected:
            self.papers.move(1)

    def step(self, take: Callable[[], Change | None], nothing: str, done: str) -> None:
        """Take a step through the history."""
        change = take()
        if change is None:
            self.tell(nothing)
            return
        if change.pages:
            self.ask()
        self._show_change(change, f"{done}: {change.label}")
        if len(change.ids) == 1:
            self.papers.go_to(change.ids[0])

    def write_note(self) -> None:
        """Write the note of the paper under the cursor, in place."""
        from tui.app.screens.note import NoteEditor  # noqa: PLC0415 - the text area costs a start-up its import

        entry = self.current_entry()
        if entry is None:
            return

        def written(text: str | None) -> None:
            if text is not None:
                self._keep_note(entry, text)

        self.app.push_screen(NoteEditor(entry.paper.heading, entry.mark.note), written)

    def write_note_outside(self) -> None:
        """Write the note in the user's editor, with the terminal handed over meanwhile."""
        from tui.app.outside import edited_outside  # noqa: PLC0415 - needs subprocess and temporary files

        entry = self.current_entry()
        if entry is not None:
            text = edited_outside(self.app, entry.mark.note)
            self._keep_note(entry, text)

    def _keep_note(self, entry: Entry, text: str) -> None:
        text = text.strip("\n")
        if text != entry.mark.note:
            self.guarded(lambda: self._carry_out((entry.id,), Edit(note=text)))

    def _carry_out(self, targets: tuple[str, ...], edit: Edit) -> None:
        change = self.session.mark(targets, edit)
        self.last_edit = edit
        if change is None:
            self.tell(f"{edit.label}: it was so already")
        else:
            self._show_change(change, change.label)

    def _show_change(self, change: Change, news: str) -> None:
        self._entries_changed(change.ids)
        self.tell(news, taken_back=True)

    def _entries_changed(self, ids: Iterable[str]) -> None:
        """Repaint what changed; papers that stopped answering the query stay, dimmed, until it is asked again."""
        touched = frozenset(ids)
        self.papers.entries_changed(touched)
        self._listing = self.session.find(self._listed_query, self.sort)
        answering = frozenset(self._listing.ids)
        self.papers.set_stale([paper_id for paper_id in self.papers.ids if paper_id not in answering])
        self.filters.show(self.session.facets(self._listing))
        current = self.current_entry()
        if current is not None and current.id in touched:
            self.detail.renew(self._page_of(current))

    # Selecting.

    def toggle_selected(self) -> None:
        """Select the paper under the cursor, or not any more."""
        if self.papers.current is not None:
            self.put_selection(self.selected ^ {self.papers.current})

    def toggle_range(self) -> None:
        """Start a range at the cursor, or end it."""
        self._range_start = None if self._range_start is not None else self.papers.current
        self._extend_range()

    def put_selection(self, selected: frozenset[str]) -> None:
        """Select just these papers."""
        self.selected = selected
        self.papers.select(selected)
        self._show_bars()

    def selected_in_order(self) -> tuple[str, ...]:
        """The selected papers in the order of the list, those out of sight last."""
        seen = [paper_id for paper_id in self.papers.ids if paper_id in self.selected]
        return (*seen, *sorted(self.selected.difference(seen)))

    def _extend_range(self) -> None:
        start = self.papers.place(self._range_start) if self._range_start is not None else None
        if start is not None:
            low, high = sorted((start, self.papers.cursor))
            self.put_selection(self.selected | frozenset(self.papers.ids[low : high + 1]))

    # Moving.

    @property
    def page(self) -> int:
        """Rows or lines in sight in the focused pane."""
        return self._rows.page if not self.detail.has_focus else self.detail.size.height

    @property
    def far(self) -> int:
        """More rows than there are."""
        return max(self._rows.count, self.detail.virtual_size.height, 1)

    @property
    def _rows(self) -> Rows:
        return self.filters if self.filters.has_focus else self.papers

    def move(self, rows: int) -> None:
        """Move in the focused pane."""
        if self.detail.has_focus:
            self.detail.scroll_lines(rows)
        else:
            self._rows.move(rows)

    def focus_pane(self, step: int) -> None:
        """Go to the pane at the right (1) or at the left (-1)."""
        panes = [self.filters, self.papers, self.detail]
        at = next((index for index, pane in enumerate(panes) if pane.has_focus), 1)
        target = panes[(at + step) % len(panes)]
        self.set_class(target is self.filters, "-filtering")
        if self.has_class("-reading") and target is not self.detail:
            self.read_at_full_width(False)
        self.set_focus(target)

    def toggle_filter(self) -> None:
        """Go to the filter pane, or back to the list."""
        going = not self.filters.has_focus
        self.set_class(going, "-filtering")
        self.set_focus(self.filters if going else self.papers)

    def read_at_full_width(self, reading: bool) -> None:
        """Give the whole screen to the paper, or back to the panes."""
        self.set_class(reading, "-reading")
        self._show_page()
        self.set_focus(self.detail if reading else self.papers)

    def step_back(self) -> None:
        """One layer back: full width, filter pane, range, selection, query."""
        if self.has_class("-reading"):
            self.read_at_full_width(False)
        elif not self.papers.has_focus:
            self.set_class(False, "-filtering")
            self.set_focus(self.papers)
        elif self._range_start is not None:
            self._range_start = None
        elif self.selected:
            self.put_selection(frozenset())
        elif self.query_text:
            self.put_query("")

    def leave(self) -> None:
        """End the program; only the place is left to keep."""
        if self._session is not None:
            self._session.keep_place(Place(self.papers.current, self.query_text, self.sort))
            self._session.close()
        self.app.exit(0)

    # Showing.

    def current_entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self._entry(self.papers.current) if self.papers.current is not None else None

    @property
    def news(self) -> str:
        """What the status line says just happened."""
        return self._news.plain

    def tell(self, news: str, *, taken_back: bool = False, fault: bool = False) -> None:
        """Say what just happened, in the status line.

        Args:
            news: a few words.
            taken_back: whether ``u`` takes it back, which is said then.
            fault: whether something did not work.
        """
        style = "$error" if fault else "$foreground"
        self._news = Content.styled(one_line(news), style)
        if taken_back:
            self._news = Content.assemble(
                (one_line(news, 72), style), ("  u", "bold $secondary"), (" takes it back", "$ink-muted")
            )
        self._show_bars()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Show the paper under the cursor."""
        if event.rows is self.papers:
            self._extend_range()
            self._show_page()
            self._show_bars()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A second click reads the paper at full width."""
        if event.rows is self.papers:
            self.read_at_full_width(True)

    def on_descendant_focus(self) -> None:
        """The keys that matter depend on the pane."""
        self._show_bars()

    def on_resize(self) -> None:
        """The bars are set to the width."""
        self.call_after_refresh(self._show_all)

    def _entry(self, paper_id: str) -> Entry:
        return self.session.entry(paper_id)

    def _show_listing(self, keep: str | None) -> None:
        listing = self.listing
        moved_on = self._listed_query != self.query_text
        self._listed_query = self.query_text
        self.papers.show(listing.ids, listing.terms, keep, from_top=moved_on)
        self.filters.show(self.session.facets(listing))
        empty = self.query_one("#empty", Static)
        empty.display = not listing.ids
        if not listing.ids:
            empty.update(one_line(listing.explanation or "no paper answers this query", 2_000))
        elif listing.explanation:
            self.tell(listing.explanation)
        self._show_page()
        self._show_bars()

    def _show_all(self) -> None:
        if self._listing is not None:
            self._show_page()
            self._show_bars()

    def _show_page(self) -> None:
        entry = self.current_entry()
        self.detail.show(Content("") if entry is None else self._page_of(entry))

    def _page_of(self, entry: Entry) -> Content:
        short = self.has_class("-narrow") and not self.has_class("-reading")
        return paper_page(entry, self.listing.terms, self._glyphs, short=short)

    def _show_bars(self) -> None:
        if self._listing is None:
            return
        count = self.papers.count
        where = f"{self.papers.cursor + 1 if count else 0} of {count}"
        if self.selected:
            where += f" · {len(self.selected)} selected"
        triaged = self.session.progress()
        filled = _BAR_WIDTH * triaged.done // max(triaged.total, 1)
        progress = Content.assemble(
            (self._glyphs.full * filled, "$success"),
            (self._glyphs.empty * (_BAR_WIDTH - filled), "$ink-faint"),
            (f" {triaged.total - triaged.done} unread", "$ink-muted"),
        )
        self.query_one(StatusLine).show(Content.styled(where, "bold"), self._news, progress)
        order = self.sort or self.listing.sort
        self.query_one("#sorting", Static).update(Content.styled(f"by {one_line(order)} ", "$ink-muted"))
        pane = "query" if self.query_one(QueryLine).has_focus else "filter" if self.filters.has_focus else ""
        self.query_one(KeyBar).show(hints(pane))

    def _poll(self) -> None:
        """Show what other processes did."""
        self.guarded(self._catch_up)

    def _catch_up(self) -> None:
        before = self.session.ids()
        changed = self.session.poll()
        if self.session.ids() is not before:
            self.ask()
        elif changed:
            self._entries_changed(changed)
            self._show_bars()
