"""The dialog for completing papers: what records would fill, with ticks. Returns what to take, or None to cancel.

While records are looked for, it says so; Esc then stops looking, and shows what was found until then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.app.safe_display import Content, Segment
from tui.app.screens.dialog import DialogFrame, TypedLine, cursor_step
from tui.app.screens.search_dialog import SearchDialog, SearchRows
from tui.text.cells import fit
from tui.text.fold import fold
from tui.text.plural import pluralise
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.session.fills import FillPlan, FillProposal

_KEYS = SafeText("Enter fills · Space toggles · n never offers again · / filters · Esc cancels")
_FILTER_KEYS = SafeText("Enter toggles · Space toggles and keeps the filter · Esc cancels")
# Taken, left alone, and refused for good.
_CHECKBOXES = {True: "[x]", False: "[ ]", None: " no"}
_MOST_FIELDS = 7


class FillChoice(NamedTuple):
    """What the user chose.

    Attributes:
        taken: what to fill.
        refused: records never to offer again.
    """

    taken: tuple[FillProposal, ...]
    refused: tuple[FillProposal, ...]


class FillRows(SearchRows):
    """A row for each record: its tick, and the title of the paper."""

    def __init__(self) -> None:
        super().__init__()
        self.proposals: Sequence[FillProposal] = ()
        self.states: list[bool | None] = []
        self.shown: Sequence[int] = ()

    @property
    def count(self) -> int:
        """Number of records shown."""
        return len(self.shown)

    @property
    def current(self) -> int | None:
        """The place of the record under the cursor among all records."""
        return self.shown[self.cursor] if self.shown else None

    def filter(self, typed: str) -> None:
        """Show the records whose titles contain every typed word."""
        words = fold(typed).split()
        titles = (fold(proposal.title) for proposal in self.proposals)
        self.shown = [place for place, title in enumerate(titles) if all(word in title for word in words)]
        self.rows_changed(0)

    def draw(self, index: int, width: int) -> list[Segment]:
        """Draw a record."""
        place = self.shown[index]
        proposal = self.proposals[place]
        return self.draw_found(index, width, _CHECKBOXES[self.states[place]], proposal.title, is_sure=proposal.sure)


class FillDialog(SearchDialog[FillChoice | None]):
    """Choose what to fill.

    Args:
        papers: number of papers to complete.
        source: what is looked through.
    """

    def __init__(self, papers: int, source: str) -> None:
        super().__init__()
        self._papers = papers
        self._source = source
        self._rows = FillRows()
        self._is_filtering = False

    def compose(self) -> ComposeResult:
        """The counts, the records, and what the one under the cursor would fill."""
        with self.frame(f"Fill {pluralise(self._papers)} from {self._source}"):
            self.head.update(SafeText("looking for records …"))
            yield self.head
            self._rows.styles.height = 0
            line = TypedLine(SafeText("type to filter"))
            line.display = False
            yield line
            yield self._rows
            yield self.details

    def show_plan(self, plan: FillPlan) -> None:
        """Show what was found."""
        self._rows.proposals = plan.proposals
        self._rows.states = [proposal.sure for proposal in plan.proposals]
        self.show_found(self._rows, len(plan.proposals), _head(plan), _KEYS)
        self._rows.filter("")
        self.call_after_refresh(self._show_details)  # a plan that is quick is there before the width is known

    def on_resize(self) -> None:
        """Fit the details to the new width."""
        self.call_after_refresh(self._show_details)

    def handle_typed_key(self, event: events.Key) -> bool:
        """Move, tick, refuse or fill."""
        if self.waits(event, len(self._rows.proposals)):
            return True
        letter = "" if self._is_filtering else event.key
        step = cursor_step(event.key) or {"j": 1, "k": -1}.get(letter, 0)
        if step:
            self._rows.move(step)
        elif event.key == "space" or letter == "y" or (event.key == "enter" and self.typed):
            self._tick()
            if event.key == "enter":
                self.set_typed("")
        elif letter == "n":
            self._put(None)
        elif event.key == "enter":
            self.dismiss(FillChoice(self._in_state(True), self._in_state(None)))
            return True
        elif letter == "slash":
            self._filter(is_filtering=True)
        else:
            return not self._is_filtering and not self._contains(event.character)
        self._show_details()
        return True

    def typed_changed(self) -> None:
        """Filter as typed."""
        if not self._rows.proposals:
            return
        self._filter(is_filtering=bool(self.typed))
        self._rows.filter(self.typed)
        self._show_details()

    @property
    def is_changed(self) -> bool:
        """Whether a tick was changed."""
        return self._rows.states != [proposal.sure for proposal in self._rows.proposals]

    def _contains(self, character: str | None) -> bool:
        """Whether a title contains a character, which then starts the filter."""
        wanted = fold(character or "")
        return bool(wanted.strip()) and any(wanted in fold(each.title) for each in self._rows.proposals)

    def _filter(self, *, is_filtering: bool) -> None:
        """Show the typed line and its keys, or the keys that act as letters."""
        self._is_filtering = self.query_one(TypedLine).display = is_filtering
        self.query_one(DialogFrame).show_hint(_FILTER_KEYS if is_filtering else _KEYS)

    def on_virtual_list_chosen(self) -> None:
        """Tick the row that was clicked, or remove its tick."""
        self._tick()
        self._show_details()

    def _tick(self) -> None:
        """Tick the row under the cursor, or remove its tick."""
        place = self._rows.current
        self._put(state=place is not None and not self._rows.states[place])

    def _put(self, state: bool | None) -> None:
        """Put the row under the cursor into a state; refusing it twice takes that back."""
        place = self._rows.current
        if place is not None:
            self._rows.states[place] = False if state is None and self._rows.states[place] is None else state
            self._rows.row_changed(self._rows.cursor)
            self._is_warned = False

    def _in_state(self, state: bool | None) -> tuple[FillProposal, ...]:
        pairs = zip(self._rows.proposals, self._rows.states, strict=True)
        return tuple(proposal for proposal, given in pairs if given is state)

    def _show_details(self) -> None:
        place = self._rows.current
        if place is None:
            self.details.update("")
            return
        proposal = self._rows.proposals[place]
        self.details.update(Content("\n").join(_details(proposal, max(self.details.size.width, 40))))


def _details(proposal: FillProposal, width: int) -> list[Content]:
    """What a record would fill, and what speaks for it."""
    lines = [
        Content(fit(sanitise_line(f"{field.field:<9} {field.old or '—'} → {field.new}"), width))
        for field in proposal.fields[:_MOST_FIELDS]
    ]
    evidence = sanitise_line(f"{', '.join(proposal.evidence)} ({proposal.origin})")
    return [*lines, Content.styled(evidence, "$ink-muted")]


def _head(plan: FillPlan) -> list[str]:
    """The counts, and what went wrong."""
    sure = len({proposal.paper_id for proposal in plan.sure})
    doubtful = len({proposal.paper_id for proposal in plan.proposals}) - sure
    counts = [f"{sure} to fill", f"{doubtful} doubtful", f"{plan.searched - plan.found} not found"]
    lines = [" · ".join([*counts, *(["stopped early"] if plan.stopped else [])])]
    lines += [message for message, _ in plan.problems]
    broken = [(file.name, file.broken) for file in plan.files if file.broken]
    lines += [f"{name}: {pluralise(number, 'record')} could not be read" for name, number in broken]
    return lines[:3]
