"""The fields of one paper as a form, to set right what the pages have wrong. Returns the texts that changed."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tui.app.screens.dialog import BottomSheet, DialogFrame
from tui.app.widgets.line_input import LineInput
from tui.model.correction import FIELDS, field_text, validate
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

    from tui.model.entry import Entry

_HINT = SafeText("Enter saves · Esc leaves · Tab next field · Ctrl-r what the pages say")
_CONFLICT = SafeText("Another program changed it meanwhile · Enter saves yours · Esc keeps theirs")
_LEFT_OUT = "abstract"  # too long for a line; the command line takes it


class EditFieldsDialog(BottomSheet[dict[str, str] | None]):
    """Correct one paper.

    Args:
        entry: the paper as it is now.
        typed: texts by field, written before another program changed the paper; the form begins with them.
    """

    AUTO_FOCUS = ""
    takes_text: ClassVar[bool] = True
    DEFAULT_CSS = """
    EditFieldsDialog .field { height: 1; }
    EditFieldsDialog .name { width: 13; color: $ink-muted; }
    EditFieldsDialog .name.-corrected { color: $secondary; text-style: bold; }
    EditFieldsDialog .field Input { width: 1fr; }
    EditFieldsDialog .field Input:focus { background: $cursor-ground; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", "Back", show=False),
        Binding("down", "app.focus_next", "Next", show=False, priority=True),
        Binding("up", "app.focus_previous", "Previous", show=False, priority=True),
        Binding("ctrl+s", "save", "Save", show=False, priority=True),
        Binding("ctrl+r", "reset", "What the pages say", show=False, priority=True),
    ]

    def __init__(self, entry: Entry, typed: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__()
        self._typed = typed
        printed = entry.printed or entry.paper
        fields = [field for field in FIELDS if field != _LEFT_OUT]
        self._heading = entry.paper.display_title
        self._before = {field: field_text(entry.paper, field) for field in fields}
        self._printed = {field: field_text(printed, field) for field in fields}

    def compose(self) -> ComposeResult:
        """A line a field, and what to know of the one that is being written."""
        with DialogFrame(sanitise_line(f"Correct · {self._heading}"), _HINT, kind="form"):
            for field, text in self._before.items():
                with Horizontal(classes="field"):
                    yield Static(sanitise_line(field), classes="name", id=f"name-{field}", markup=False)
                    yield LineInput(
                        self._typed.get(field, text), compact=True, id=f"field-{field}", select_on_focus=False
                    )
            yield Static("", classes="dialog-note", id="said", markup=False)

    def on_mount(self) -> None:
        """Hand the keys to the first field once those that waited were taken."""
        for field in self._before:
            self._show_whether_corrected(field)
        self._remind()
        self.call_later(self._begin)

    def _remind(self) -> None:
        """Say what is to be known, in the lower edge of the frame."""
        self.query_one(DialogFrame).say(_CONFLICT if self._typed else _HINT, fault=bool(self._typed))

    def _begin(self) -> None:
        """Go behind the last letter of the title, or of the first text that was typed before."""
        title = self._input(next(iter(self._typed), "title"))
        title.focus()
        title.cursor_position = len(title.value)
        self.call_after_refresh(self._scroll_to_cursor, title)

    @staticmethod
    def _scroll_to_cursor(field: Input) -> None:
        """Scroll a long text to its cursor, which is done when that moves and the field has a width."""
        at, field.cursor_position = field.cursor_position, 0
        field.cursor_position = at

    def on_key(self, event: events.Key) -> None:
        """Take the keys that came before a field had the focus."""
        if self.focused is None:
            if event.key == "enter":
                self.action_save()
            elif event.character is not None and event.character.isprintable():
                self._input("title").insert_text_at_cursor(event.character)

    def on_descendant_focus(self) -> None:
        """Say what the pages have in this field, and how it is written."""
        field = self._focused_field()
        if field is not None:
            theirs = field in self._typed
            said = self._before[field] if theirs else self._printed[field]
            who = "another program wrote" if theirs else "the pages say"
            parts = [f"{who}: {said or 'nothing'}", FIELDS[field].help]
            self.query_one("#said", Static).update(sanitise_line(" · ".join(filter(None, parts))))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show which fields are not as the pages have them, and that a fault may be mended."""
        self._show_whether_corrected(str(event.input.id).removeprefix("field-"))
        self._remind()
        self._is_warned = False

    def on_input_submitted(self) -> None:
        """Save."""
        self.action_save()

    def action_save(self) -> None:
        """Return what changed, or go to the first field that is wrong."""
        changed = {
            field: text for field, before in self._before.items() if (text := self._input(field).value) != before
        }
        for field, text in changed.items():
            try:
                validate(field, text)
            except ValueError as fault:
                self._input(field).focus()
                self.query_one(DialogFrame).say(sanitise_line(str(fault)), fault=True)
                return
        self.dismiss(changed)

    def action_leave(self) -> None:
        """Leave it; what was changed is lost only where that is meant."""
        changed = any(self._input(name).value != text for name, text in self._before.items())
        if self.may_be_left(is_changed=changed and not self._typed):
            self.dismiss(None)

    def action_reset(self) -> None:
        """Put what the pages say into the field."""
        field = self._focused_field()
        if field is not None:
            self._input(field).value = self._printed[field]

    def _input(self, field: str) -> Input:
        return self.query_one(f"#field-{field}", Input)

    def _focused_field(self) -> str | None:
        focused = self.focused
        return str(focused.id).removeprefix("field-") if isinstance(focused, Input) else None

    def _show_whether_corrected(self, field: str) -> None:
        corrected = self._input(field).value != self._printed[field]
        name = self.query_one(f"#name-{field}", Static)
        name.set_class(corrected, "-corrected")
        name.update(sanitise_line(f"{field} *" if corrected else field))
