"""One line to type: a tag, a file name. Returns the text, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from tui.app.screens.dialog import BottomSheet, DialogFrame
from tui.app.widgets.line_input import LineInput
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult


_HINT = SafeText("Enter takes it · Esc goes back")
_HINT_COMPLETING = SafeText("Enter takes it · Tab completes · Esc goes back")


class Prompt(BottomSheet[str | None]):
    """Ask for a line of text.

    Args:
        title: what is asked.
        value: the text to start from.
        suggestions: completions, the likeliest first; the right arrow takes one.
        fault: says what is wrong with a text, or nothing.
        hint: what to know before typing.
        keeps: what is typed is worth a question before it is lost.
    """

    AUTO_FOCUS = ""
    takes_text: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", "Back", show=False),
        Binding("tab", "complete", "Complete", show=False, priority=True),
        Binding("ctrl+l", "more", "More", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        suggestions: Sequence[str] = (),
        fault: Callable[[str], str] | None = None,
        hint: str = "",
        keeps: bool = False,
    ) -> None:
        super().__init__()
        self._asked = title
        self._value = value
        self._suggestions = tuple(suggestions)
        self._fault = fault
        self._remark = hint
        self._keeps = keeps
        self._more: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """The line, and what to know."""
        suggester = SuggestFromList(self._suggestions, case_sensitive=False) if self._suggestions else None
        with DialogFrame(sanitise_line(self._asked), self._keys()):
            yield LineInput(self._value, compact=True, id="typed", suggester=suggester, select_on_focus=False)
            note = Static(sanitise_line(self._remark), classes="dialog-note", markup=False)
            note.display = bool(self._remark)
            yield note

    def remark(self, hint: str, more: Callable[[], None] | None = None) -> None:
        """Say something else below the line, and let a key show more of it where there is more."""
        self._remark, self._more = hint, more
        for frame in self.query(DialogFrame):
            frame.say(self._keys())
        for note in self.query(".dialog-note").results(Static):
            note.update(sanitise_line(hint))
            note.display = bool(hint)

    def on_mount(self) -> None:
        """Hand the keys to the line once those that waited were taken."""
        self.call_later(lambda: self.set_focus(self.query_one(Input)))

    def on_key(self, event: events.Key) -> None:
        """Take the keys that came before the line had the focus."""
        line = self.query_one(Input)
        if self.focused is None:
            if event.key == "enter":
                self._return(line.value)
            elif event.character is not None and event.character.isprintable():
                line.insert_text_at_cursor(event.character)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the text."""
        self._return(event.value)

    def _return(self, text: str) -> None:
        fault = self._fault(text) if self._fault is not None else ""
        if fault:
            self.query_one(DialogFrame).say(sanitise_line(fault), fault=True)
        else:
            self.dismiss(text)

    def _keys(self) -> SafeText:
        hint = _HINT_COMPLETING if self._suggestions else _HINT
        return SafeText(f"{hint} · ^l names the papers") if self._more else hint

    def action_leave(self) -> None:
        """Leave it without the text."""
        if self.may_be_left(is_changed=self._keeps and self.query_one(Input).value != self._value):
            self.dismiss(None)

    def action_more(self) -> None:
        """Show more of what is said below the line."""
        if self._more is not None:
            self._more()

    def action_complete(self) -> None:
        """Take the completion."""
        self.query_one(Input).action_cursor_right()
