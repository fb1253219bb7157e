"""The query line, with completion and history. It posts a message for every edit, and runs no query itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.suggester import SuggestionReady
from textual.widgets.input import Selection

from tui.app.widgets.line_input import LineInput
from tui.text.cells import cell_width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.timer import Timer
    from textual.widgets import Input

    from tui.query.query_completion import Candidate

    Completions = Callable[[str, int], Sequence[Candidate]]

_PAUSE = 0.03  # seconds after a typed character until the line shows a suggestion
_MAX_CANDIDATES = 8


class _CompletionCycle(NamedTuple):
    """State of an open completion cycle: the typed text, the candidates, and which is inserted."""

    typed: str
    candidates: Sequence[Candidate]
    inserted: int

    @property
    def text(self) -> str:
        """The line with the candidate in it."""
        candidate = self.candidates[self.inserted]
        return self.typed[: candidate.start] + candidate.text + self.typed[candidate.end :]

    @property
    def cursor(self) -> int:
        """The position after the candidate."""
        candidate = self.candidates[self.inserted]
        return candidate.start + len(candidate.text)


class QueryLine(LineInput):
    """One line of query text.

    Args:
        completions: gives the completions at a position in a text, the likeliest first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave(False)", "Back", show=False),
        # Priority: the keys after it are for the list, even if they arrive in one burst.
        Binding("enter", "leave(True)", "Keep", show=False, priority=True),
        Binding("down,ctrl+n", "later", "Keep the query, or go to the next one", show=False, priority=True),
    ]

    # No layout: the length of the text moves nothing else on the screen.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    class Edited(Message):
        """The text changed: by typing or, as a whole, by recalling an earlier query."""

        def __init__(self, text: str, *, is_whole: bool = False) -> None:
            super().__init__()
            self.text = text
            self.is_whole = is_whole

    class Cycled(Message):
        """The completion cycle inserted a candidate, or ended if there are no candidates."""

        def __init__(self, candidates: Sequence[Candidate] = (), index: int = 0) -> None:
            super().__init__()
            self.candidates = candidates
            self.index = index

    class Closed(Message):
        """The user left the line, keeping the query or not."""

        def __init__(self, *, keep: bool) -> None:
            super().__init__()
            self.keep = keep

    def __init__(self, completions: Completions, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            id=id,
            placeholder="search: words, author:he, tag:nerf, year:2023, is:unread",
            compact=True,
            select_on_focus=False,
        )
        self._completions = completions
        self._is_silent = False  # whether the text is being set without posting an edit
        self._suggestion_timer: Timer | None = None
        self._cycle: _CompletionCycle | None = None
        self._earlier: Sequence[str] = ()
        self._back = 0  # number of queries recalled; 0 is the typed text
        self._typed = ""

    def put(self, text: str) -> None:
        """Show a text without posting an edit: the query has run already."""
        if text != self.value:
            self._is_silent = True
            self.value = text
            self._is_silent = False
        self.cursor_position = len(text)

    def cell_of(self, position: int) -> int:
        """The screen column of a position in the text, or the nearest visible one."""
        content = self.content_region
        cell = cell_width(self.value[:position]) - int(self.scroll_offset.x)
        return content.x + max(0, min(cell, content.width - 1))

    def begin(self, earlier: Sequence[str], *, selects: bool = True) -> None:
        """Start editing: the text is selected, so that typing replaces it; Space, End or an arrow keeps it.

        Args:
            earlier: the queries to recall, the latest first.
            selects: whether to select the text; a click puts the cursor into it instead.
        """
        self._earlier = earlier
        self._back = 0
        if selects:
            self.selection = Selection(0, len(self.value))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Stop Textual's message: ``watch_value`` posts a faster one."""
        event.stop()

    def watch_value(self, text: str) -> None:
        """Post an edit directly to the screen; bubbling through the parents takes a frame longer."""
        if self._is_silent:
            return
        if self._cycle is not None and text != self._cycle.text:
            self._end_cycle()
        if self._back and text != self._earlier[self._back - 1]:
            self._back = 0
        self.screen.post_message(self.Edited(text, is_whole=self._back > 0))
        if self._suggestion_timer is not None:
            self._suggestion_timer.stop()
        self._suggestion_timer = self.set_timer(_PAUSE, self._suggest)

    def action_leave(self, keep: bool) -> None:
        """Leave the line; Esc first ends an open completion cycle."""
        cycle = self._cycle
        self._end_cycle()
        if cycle is not None and cycle.inserted and not keep:
            self._replace(cycle.typed, len(cycle.typed))
            return
        # Drop the focus at once, so that the next keys of a burst are not typed here; the screen sets it again.
        self.screen.set_focus(None)
        self.post_message(self.Closed(keep=keep))

    def action_later(self) -> None:
        """Recall the next query; from the typed text, go down into the list."""
        if self._back:
            self._recall(self._back - 1)
        else:
            self.action_leave(True)

    def on_key(self, event: events.Key) -> None:
        """Handle keys in the order typed; a binding would run after characters that were typed later."""
        if event.key == "space" and self.value and self.selection == Selection(0, len(self.value)):
            self.cursor_position = len(self.value)  # no query starts with a space: append to the existing one
            return
        if event.key == "ctrl+u":
            self.value = ""
        elif event.key in {"up", "ctrl+p"}:
            self._recall(self._back + 1)
        elif event.key in {"tab", "shift+tab"}:
            self._complete(1 if event.key == "tab" else -1)
        else:
            return
        event.prevent_default()
        event.stop()

    def _recall(self, back: int) -> None:
        if not self._back:
            self._typed = self.value
            self._earlier = [text for text in self._earlier if text != self.value]
        if 0 <= back <= len(self._earlier):
            self._back = back
            text = self._earlier[back - 1] if back else self._typed
            self._replace(text, len(text))

    def _complete(self, step: int) -> None:
        """Insert the likeliest completion; when called again, show all and cycle through them."""
        if self._cycle is None:
            found = self._completions(self.value, self.cursor_position)[:_MAX_CANDIDATES]
            if not found:
                return
            self._cycle = _CompletionCycle(self.value, found, 0)
        else:
            self._cycle = self._cycle._replace(inserted=(self._cycle.inserted + step) % len(self._cycle.candidates))
            self.post_message(self.Cycled(self._cycle.candidates, self._cycle.inserted))
        cycle = self._cycle
        if len(cycle.candidates) == 1:
            self._cycle = None
        self._replace(cycle.text, cycle.cursor)

    def _end_cycle(self) -> None:
        if self._cycle is not None:
            self._cycle = None
            self.post_message(self.Cycled())

    def _replace(self, text: str, cursor: int) -> None:
        self.value = text
        self.cursor_position = cursor

    def _suggest(self) -> None:
        """Show the rest of the likeliest completion after the cursor."""
        text, cursor = self.value, self.cursor_position
        if not self.has_focus or self._cycle is not None or cursor != len(text):
            return
        for candidate in self._completions(text, cursor)[:1]:
            typed = text[candidate.start :]
            if candidate.text.casefold().startswith(typed.casefold()):
                self.post_message(SuggestionReady(text, text + candidate.text[len(typed) :]))
