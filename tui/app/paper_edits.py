"""Changes of the user to papers: submitted, kept until they are written, and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.change_signal import Aspect
from tui.app.message_text import UNDO_HINT, outcome
from tui.app.retry_queue import RetryQueue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.app.change_signal import ChangeSignal
    from tui.app.current_query import CurrentQuery
    from tui.app.listed_papers import ListedPapers
    from tui.app.message_text import KeyHint
    from tui.app.paper_selection import PaperSelection
    from tui.app.status_messages import StatusMessages
    from tui.model.change import Change
    from tui.model.edit import Edit
    from tui.session.session import Session


class PaperEdits:
    """Makes edits, and shows what they changed.

    Args:
        signal: is told which papers changed.
        papers: the list.
        selection: loses papers that were added or removed.
        query: is rerun when papers were added or removed.
        messages: shows outcomes and errors.
        get_session: the reading list.

    Attributes:
        last: the last edit, which can be repeated; None before the first.
        queue: the changes that could not be written.
    """

    def __init__(
        self,
        signal: ChangeSignal,
        papers: ListedPapers,
        selection: PaperSelection,
        query: CurrentQuery,
        messages: StatusMessages,
        get_session: Callable[[], Session],
    ) -> None:
        self._signal, self._papers, self._query, self._messages = signal, papers, query, messages
        self._selection, self._get_session = selection, get_session
        self.last: Edit | None = None
        self.queue = RetryQueue(messages, get_session)

    def submit(self, ids: tuple[str, ...], edit: Edit) -> bool:
        """Apply an edit to papers; returns whether it was stored, otherwise it is retried later."""
        return self.queue.submit((ids, edit), lambda: self._apply(ids, edit))

    def show(self, change: Change, message: str, hint: KeyHint = UNDO_HINT) -> None:
        """Show what a change did, and how to undo it."""
        if change.changes_membership or change.value_changes:
            self._query.run()
        if change.changes_membership:
            self._selection.put(self._selection.ids.difference(change.ids))
        self.entries_changed(change.ids)
        self._messages.show(message, hint=hint)

    def entries_changed(self, ids: Iterable[str]) -> None:
        """Show papers that changed; those that no longer match the query stay in the list until it is rerun."""
        changed = frozenset(ids)
        no_match = changed - self._get_session().search.still_matching(self._query.result, changed)
        self._papers.set_stale((self._papers.stale - changed) | no_match)
        self._signal.add(Aspect.ENTRIES, changed)

    def _apply(self, ids: tuple[str, ...], edit: Edit) -> None:
        change = self._get_session().edits.mark(ids, edit)
        self.last = edit
        if change is None:
            self._messages.show(f"{edit.label}: no change")
        else:
            self.show(change, outcome(change, ids))
