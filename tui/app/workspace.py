"""The model of the screen: what it is about, without how it is shown.

The main screen and triage are two views on it. Actions change it by its verbs, and the views observe it: at the end
of a gesture each is told once what changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.change_signal import Aspect, ChangeSignal
from tui.app.current_query import CurrentQuery
from tui.app.listed_papers import ListedPapers
from tui.app.message_text import error_text
from tui.app.paper_edits import PaperEdits
from tui.app.paper_selection import PaperSelection
from tui.app.status_messages import StatusMessages
from tui.errors import ReadlistError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tui.app.change_signal import Changes
    from tui.app.message_text import KeyHint
    from tui.app.triage import Triage
    from tui.app.triage_session import TriageSession
    from tui.model.entry import Entry
    from tui.session.session import Session
    from tui.settings.settings import Settings


class PageOptions:
    """How the paper under the cursor is shown.

    Args:
        signal: is told when it changes.
    """

    def __init__(self, signal: ChangeSignal) -> None:
        self._signal = signal
        self._shows_provenance = self._shows_related = False

    @property
    def shows_provenance(self) -> bool:
        """Whether to show which source and line gave each field."""
        return self._shows_provenance

    @property
    def shows_related(self) -> bool:
        """Whether to show related papers: not before they were prepared for the first time."""
        return self._shows_related

    def toggle_provenance(self) -> None:
        """Show or hide the source and line of each field."""
        self._shows_provenance = not self._shows_provenance
        self._signal.add(Aspect.PAGE)

    def reset(self) -> None:
        """Show the paper as the next start does."""
        self._shows_provenance = self._shows_related = False

    def show_related(self) -> None:
        """Show related papers with the next paper; the text that is being read stays as it is."""
        self._shows_related = True


class Workspace:
    """What the user is working on.

    Args:
        settings: the settings of the user.

    Attributes:
        settings: the settings of the user.
        keys: the current keys.
        papers: the list and its cursor.
        selection: the selected papers.
        query: the query and its result.
        edits: changes to papers.
        page: how the paper under the cursor is shown.
        messages: the status message.
        triage: the triage that is shown in place of the list; None if none is.
    """

    def __init__(self, settings: Settings) -> None:
        self._signal = signal = ChangeSignal()
        self._session: Session | None = None
        self.settings, self.keys = settings, settings.keymap
        self.messages = StatusMessages(signal)
        self.papers = ListedPapers(signal)
        self.selection = PaperSelection(signal, self.papers)
        self.page = PageOptions(signal)
        self.query = CurrentQuery(signal, self.papers, self.messages, lambda: self.session)
        self.edits = PaperEdits(signal, self.papers, self.selection, self.query, self.messages, lambda: self.session)
        self.triage: Triage | None = None

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

    def open(self, session: Session) -> None:
        """Show a reading list, with the query, order and paper of the last run."""
        self._session = session
        state = session.values.ui_state()
        with self.gesture():
            self.messages.show("")  # clears messages from before the list was open
            self.query.begin(state.query, state.sort, state.paper)

    def begin_triage(self, ids: tuple[str, ...], progress: TriageSession) -> None:
        """Show papers one at a time, with the decisions of an interrupted session."""
        from tui.app.triage import Triage  # noqa: PLC0415 - the first frame shows no triage

        self.triage = Triage(self.session, self.edits, self.messages, self._signal, ids, progress)
        self._signal.add(Aspect.TRIAGE)

    def end_triage(self) -> None:
        """Show the list again."""
        self.triage = None
        self._signal.add(Aspect.TRIAGE)

    def observe(self, observer: Callable[[Changes], object]) -> None:
        """Call a function with the changes of each gesture."""
        self._signal.observe(observer)

    def unobserve(self, observer: Callable[[Changes], object]) -> None:
        """No longer call a function."""
        self._signal.unobserve(observer)

    def changed(self, aspects: Aspect) -> None:
        """Say that something changed that the workspace does not hold, such as the saved views."""
        self._signal.add(aspects)

    def gesture(self) -> AbstractContextManager[None]:
        """Collect the changes made inside, and tell them to each observer once."""
        return self._signal.gesture()

    def flush(self) -> None:
        """Tell the observers now what changed so far, within a gesture."""
        self._signal.flush()

    def show_message(self, text: str, *, hint: KeyHint | None = None, error: bool = False) -> None:
        """Show a message in the status line; see ``StatusMessages.show``."""
        self.messages.show(text, hint=hint, error=error)

    def guarded(self, work: Callable[[], object]) -> bool:
        """Call ``work`` as one gesture, show its error in the status line, and return whether there was none."""
        with self.gesture():
            try:
                work()
            except ReadlistError as error:
                self.show_message(error_text(error), error=True)
                return False
        return True

    @property
    def current(self) -> str | None:
        """The paper that commands act on without a selection: that of triage, or the one under the cursor."""
        return self.triage.current if self.triage is not None else self.papers.current

    def current_entry(self) -> Entry | None:
        """The entry that commands act on."""
        current = self.current
        return self.session.entry(current) if current is not None else None

    def entry(self, paper_id: str) -> Entry:
        """The paper with an id, and its mark."""
        return self.session.entry(paper_id)

    def targets(self) -> tuple[str, ...]:
        """The papers a command acts on: the selection, or else the current paper."""
        if self.selection.ids:
            return self.selection.in_order()
        return (self.current,) if self.current is not None else ()

    def poll(self) -> None:
        """Show changes made by other processes."""
        before = self.session.ids()
        changed = self.session.poll()
        if self.session.ids() is not before:
            self.query.run()
        elif changed:
            self.edits.entries_changed(changed)
