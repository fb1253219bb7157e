"""The query line: where a query is typed, completed and called back. Posts every edit; asks no question itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets.input import Selection

from tui.app.widgets.line_input import LineInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.timer import Timer
    from textual.widgets import Input

    from tui.query.completion import Candidate

    Completions = Callable[[str, int], Sequence[Candidate]]

_PAUSE = 0.03  # seconds after a letter until the line suggests how to go on
_OFFERED = 8


class _CompletionCycle(NamedTuple):
    """Which of several ways to go on stands in the line now, and what was typed."""

    typed: str
    candidates: Sequence[Candidate]
    chosen: int

    @property
    def text(self) -> str:
        """The line with the candidate in it."""
        candidate = self.candidates[self.chosen]
        return self.typed[: candidate.start] + candidate.text + self.typed[candidate.end :]

    @property
    def cursor(self) -> int:
        """The place behind the candidate."""
        candidate = self.candidates[self.chosen]
        return candidate.start + len(candidate.text)


class QueryLine(LineInput):
    """One line of query text.

    Args:
        completions: ways to go on at a place in a text, the likeliest first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave(False)", "Back", show=False),
        # Priority: the keys behind it are meant for the list, also when they come in one burst.
        Binding("enter", "leave(True)", "Keep", show=False, priority=True),
        Binding("down,ctrl+n", "later", "Keep, or the later query", show=False, priority=True),
    ]

    # Nothing else on the screen moves by the length of the text.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    class Edited(Message):
        """The text changed, by typing, or as a whole by an earlier query that was called back."""

        def __init__(self, text: str, *, is_whole: bool = False) -> None:
            super().__init__()
            self.text = text
            self.is_whole = is_whole

    class Offered(Message):
        """Several ways to go on are shown, and one of them is chosen; none where there is no choice any more."""

        def __init__(self, candidates: Sequence[Candidate] = (), index: int = 0) -> None:
            super().__init__()
            self.candidates = candidates
            self.index = index

    class Left(Message):
        """The line was left, keeping the query or not."""

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
        self._is_told = False  # whoever sets the text knows it
        self._suggesting: Timer | None = None
        self._turn: _CompletionCycle | None = None
        self._earlier: Sequence[str] = ()
        self._back = 0  # how many queries back; 0 is what was typed
        self._typed = ""

    def put(self, text: str) -> None:
        """Show a text without posting an edit: it was asked already."""
        if text != self.value:
            self._is_told = True
            self.value = text
            self._is_told = False
        self.cursor_position = len(text)

    def cell_of(self, position: int) -> int:
        """The column of the screen that a place in the text is in, or the nearest that is in sight."""
        content = self.content_region
        cell = cell_len(self.value[:position]) - int(self.scroll_offset.x)
        return content.x + max(0, min(cell, content.width - 1))

    def begin(self, earlier: Sequence[str]) -> None:
        """Begin to edit: the query is marked, so that what is typed takes its place; Space, End or an arrow keeps it.

        Args:
            earlier: the queries to call back, the latest first.
        """
        self._earlier = earlier
        self._back = 0
        self.selection = Selection(0, len(self.value))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Told already, in a shorter way: see ``watch_value``."""
        event.stop()

    def watch_value(self, text: str) -> None:
        """Tell the screen of every letter at once; the usual way, from parent to parent, takes a frame longer."""
        if self._is_told:
            return
        if self._turn is not None and text != self._turn.text:
            self._end_turn()
        if self._back and text != self._earlier[self._back - 1]:
            self._back = 0
        self.screen.post_message(self.Edited(text, is_whole=self._back > 0))
        if self._suggesting is not None:
            self._suggesting.stop()
        self._suggesting = self.set_timer(_PAUSE, self._suggest)

    def action_leave(self, keep: bool) -> None:
        """Leave the line; where a choice is open, Esc closes that first."""
        turn = self._turn
        self._end_turn()
        if turn is not None and turn.chosen and not keep:
            self._replace(turn.typed, len(turn.typed))
            return
        # At once, so that the keys behind it in a burst are not typed here; the desk says where the focus goes.
        self.screen.set_focus(None)
        self.post_message(self.Left(keep=keep))

    def action_later(self) -> None:
        """Call the query after this one back; from what was typed, go down into the list."""
        if self._back:
            self._call_back(self._back - 1)
        else:
            self.action_leave(True)

    def on_key(self, event: events.Key) -> None:
        """Take keys in their turn; a binding would run behind letters that were typed after it."""
        if event.key == "space" and self.value and self.selection == Selection(0, len(self.value)):
            self.cursor_position = len(self.value)  # no query begins with a blank: one that is there goes on
            return
        if event.key == "ctrl+u":
            self.value = ""
        elif event.key in {"up", "ctrl+p"}:
            self._call_back(self._back + 1)
        elif event.key in {"tab", "shift+tab"}:
            self._complete(1 if event.key == "tab" else -1)
        else:
            return
        event.prevent_default()
        event.stop()

    def _call_back(self, back: int) -> None:
        if not self._back:
            self._typed = self.value
            self._earlier = [text for text in self._earlier if text != self.value]
        if 0 <= back <= len(self._earlier):
            self._back = back
            text = self._earlier[back - 1] if back else self._typed
            self._replace(text, len(text))

    def _complete(self, step: int) -> None:
        """Take the likeliest way to go on; from then on, show all and go round them."""
        if self._turn is None:
            found = self._completions(self.value, self.cursor_position)[:_OFFERED]
            if not found:
                return
            self._turn = _CompletionCycle(self.value, found, 0)
        else:
            self._turn = self._turn._replace(chosen=(self._turn.chosen + step) % len(self._turn.candidates))
            self.post_message(self.Offered(self._turn.candidates, self._turn.chosen))
        turn = self._turn
        if len(turn.candidates) == 1:
            self._turn = None
        self._replace(turn.text, turn.cursor)

    def _end_turn(self) -> None:
        if self._turn is not None:
            self._turn = None
            self.post_message(self.Offered())

    def _replace(self, text: str, cursor: int) -> None:
        self.value = text
        self.cursor_position = cursor

    def _suggest(self) -> None:
        """Show behind the cursor how the likeliest completion goes on."""
        text, cursor = self.value, self.cursor_position
        if not self.has_focus or self._turn is not None or cursor != len(text):
            return
        for candidate in self._completions(text, cursor)[:1]:
            typed = text[candidate.start :]
            if candidate.text.casefold().startswith(typed.casefold()):
                self._suggestion = text + candidate.text[len(typed) :]
