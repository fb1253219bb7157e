"""The prompt: a dialog with one line of text, such as a tag or a file name. Returns the text, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.suggester import SuggestFromList
from textual.widgets import Input

from tui.app.safe_display import Static
from tui.app.screens.dialog import BottomSheet, DialogFrame
from tui.app.widgets.line_input import LineInput
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult


_HINT = SafeText("Enter accepts · Esc cancels")
_HINT_COMPLETING = SafeText("Enter accepts · Tab completes · Esc cancels")


class Prompt(BottomSheet[str | None]):
    """Ask for a line of text.

    Args:
        title: the title.
        value: the text to start from.
        suggestions: completions, the likeliest first; the right arrow accepts one.
        check: returns what is wrong with a text, or an empty string.
        note: shown below the line.
        warns: whether to warn before the typed text is discarded.

    Attributes:
        check: as given.
    """

    AUTO_FOCUS = ""
    takes_text: ClassVar[bool] = True
    completes: ClassVar[bool] = False  # whether Tab completes, even without suggestions
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
        check: Callable[[str], str] | None = None,
        note: str = "",
        warns: bool = False,
    ) -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._suggestions = tuple(suggestions)
        self.check = check
        self._note = note
        self._warns = warns
        self._listed = ""
        self._more: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """The line, and the note below it."""
        suggester = SuggestFromList(self._suggestions, case_sensitive=False) if self._suggestions else None
        with DialogFrame(sanitise_line(self._title), self._keys()):
            yield LineInput(self._value, compact=True, id="typed", suggester=suggester, select_on_focus=False)
            below = Static(sanitise_line(self._note), classes="dialog-note")
            below.display = bool(self._note)
            yield below

    def show_note(self, note: str, more: Callable[[], None] | None = None) -> None:
        """Replace the note below the line; Ctrl-L calls ``more`` if that is given."""
        self._note, self._more = note, more
        for frame in self.query(DialogFrame):
            frame.show_hint(self._keys())
        self._show_below()

    def show_listed(self, listed: str) -> None:
        """List completions instead of the note; the note again if there are none."""
        self._listed = listed
        self._show_below()

    def _show_below(self) -> None:
        text = self._listed or self._note
        for below in self.query(".dialog-note").results(Static):
            below.update(sanitise_line(text))
            below.display = bool(text)

    def on_mount(self) -> None:
        """Focus the line after the queued keys were handled."""
        self.call_later(lambda: self.set_focus(self.query_one(Input)))

    def on_key(self, event: events.Key) -> None:
        """Handle the keys typed before the line had the focus."""
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
        error = self.check(text) if self.check is not None else ""
        if error:
            self.query_one(DialogFrame).show_hint(sanitise_line(error), error=True)
        else:
            self.dismiss(text)

    def _keys(self) -> SafeText:
        hint = _HINT_COMPLETING if self._suggestions or self.completes else _HINT
        return hint + SafeText(" · ^l lists the papers") if self._more else hint

    def action_leave(self) -> None:
        """Close without the text."""
        if self.may_discard(is_changed=self._warns and self.query_one(Input).value != self._value):
            self.dismiss(None)

    def action_more(self) -> None:
        """Show the details of the note."""
        if self._more is not None:
            self._more()

    def action_complete(self) -> None:
        """Accept the completion."""
        self.query_one(Input).action_cursor_right()
