"""The query: its text, sort order, result and history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.change_signal import Aspect
from tui.app.query_history import QueryHistory, QueryHistoryStep
from tui.errors import QueryError, ReadlistError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.app.change_signal import ChangeSignal
    from tui.app.listed_papers import ListedPapers
    from tui.app.status_messages import StatusMessages
    from tui.query.facet_edit import FacetState
    from tui.query.search import QueryResult, TermEffect
    from tui.session.session import Session

_HISTORY = "queries"  # key in the store


class CurrentQuery:
    """The query of the list.

    Args:
        signal: is told when it changes.
        papers: gets the papers of each result.
        messages: shows the explanation of a result.
        get_session: the reading list; called once it is open.

    Attributes:
        text: the text, as typed.
        sort: the sort order chosen separately; None for the default order.
        history: the earlier queries.
        is_edited: whether it is being edited, and can be cancelled.
        problem: the error in the text, or what is missing from it; None if it is valid.
        is_incomplete: whether the problem is only something still to be typed.
        droppable_term: the term to drop so that an empty list gets papers; None if no single term does it.
        term_effects: what each term of a query without matches finds.
    """

    def __init__(
        self,
        signal: ChangeSignal,
        papers: ListedPapers,
        messages: StatusMessages,
        get_session: Callable[[], Session],
    ) -> None:
        self._signal, self._papers, self._messages = signal, papers, messages
        self._get_session = get_session
        self._result: QueryResult | None = None
        self._before_edit = QueryHistoryStep("", None)
        self.is_edited = False
        self._shown_text = self._explanation = ""
        self.text = ""
        self.sort: str | None = None
        self.history = QueryHistory()
        self.problem: QueryError | None = None
        self.is_incomplete = False
        self.droppable_term: TermEffect | None = None
        self.term_effects: Sequence[TermEffect] = ()

    @property
    def result(self) -> QueryResult:
        """The result of the last valid query."""
        if self._result is None:
            raise RuntimeError("no query has run yet")
        return self._result

    @property
    def order(self) -> str:
        """The sort order of the list."""
        return self.sort or self.result.sort

    @property
    def step(self) -> QueryHistoryStep:
        """The current query and paper."""
        return QueryHistoryStep(self.result.query.text, self._papers.current)

    def begin(self, text: str, sort: str | None, paper: str | None) -> None:
        """Run the first query: that of the last run, or none if it has become invalid."""
        session = self._get_session()
        self.text, self.sort = text, sort
        try:
            result = session.find(text, sort)
        except ReadlistError:
            self.text, self.sort = "", None
            result = session.find("")
        self.history = QueryHistory(session.values.get(_HISTORY))
        self._signal.add(Aspect.QUERY_TEXT)
        self._show(result, paper)

    def put(self, text: str, keep: str | None = None) -> None:
        """Run a query that was not typed, and put the cursor on the paper ``keep``, if given."""
        self.history.visit(text, self.step)
        self.go_to(text, keep)

    def go_to(self, text: str, keep: str | None) -> None:
        """Run a query without adding it to the history."""
        self.text = text
        self._signal.add(Aspect.QUERY_TEXT)
        self.run(keep)

    def run(self, keep: str | None = None) -> bool:
        """Run the query; an invalid one keeps the list and shows its error.

        Args:
            keep: the paper to put the cursor on.

        Returns:
            Whether the query is valid.
        """
        try:
            result = self._get_session().find(self.text, self.sort)
        except QueryError as error:
            self._set_problem(error)
            return False
        self._set_problem(None)
        self._show(result, keep)
        return True

    def begin_edit(self) -> None:
        """Remember query and paper, to go back to them if the edit is cancelled."""
        self._before_edit = QueryHistoryStep(self.text, self._papers.current)
        self.is_edited = True

    def edit(self, text: str, *, is_whole: bool) -> None:
        """Run a text that is being typed or, with ``is_whole``, was recalled."""
        self.text = text
        if self._result is None:
            return
        if is_whole:
            self.run(self._before_edit.paper)
        else:
            self._run_partial()

    def cancel_edit(self) -> None:
        """Go back to the query and the paper from before the edit."""
        self.is_edited = False
        self.go_to(*self._before_edit)

    def keep_edit(self) -> bool:
        """Add the query to the history; returns whether it is valid, since an invalid one cannot be kept."""
        is_valid = self._result is None or self._result.query.text == self.text or self.run(self._before_edit.paper)
        if is_valid:
            self.is_edited = False
            self.history.visit(self.text, self._before_edit)
        return is_valid

    def toggle_facet(self, field: str, value: str, state: FacetState) -> None:
        """Add a facet to the query text, or remove it."""
        self.put(self._get_session().search.toggle_facet(self.text, field, value, state))

    def save_history(self) -> None:
        """Store the history for the next run."""
        self._get_session().values.set(_HISTORY, self.history.to_stored())

    def _run_partial(self) -> None:
        """Run the valid part of an unfinished query; if there is none, keep the list."""
        session = self._get_session()
        try:
            result, missing = session.search.find_partial(self.text, sort=self.sort, today=session.today())
        except QueryError as error:
            self._set_problem(error)
            return
        self._set_problem(missing, is_incomplete=True)
        if result is not None:
            # Not the paper that an unfinished word left under the cursor.
            self._show(result, self._before_edit.paper)

    def _set_problem(self, problem: QueryError | None, *, is_incomplete: bool = False) -> None:
        self.problem, self.is_incomplete = problem, is_incomplete
        self._signal.add(Aspect.QUERY_PROBLEM)

    def _show(self, result: QueryResult, keep: str | None) -> None:
        self._result = result
        is_new_query = self._shown_text != self.text
        self._shown_text = self.text
        self.term_effects = () if result.ids else self._get_session().search.explain_terms(result)
        # If there are several, the one typed last: the terms before it had matches.
        effects = reversed(self.term_effects)
        self.droppable_term = next((term for term in effects if term.without and term.rest is not None), None)
        self._papers.show(result.ids, result.terms, keep or self._papers.current, from_top=is_new_query)
        explanation = result.explanation.text if result.ids else ""
        if explanation != self._explanation or is_new_query:  # replaces the message about another list
            self._explanation = explanation
            self._messages.show(explanation)
