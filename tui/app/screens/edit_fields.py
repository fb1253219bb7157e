"""The dialog that edits the fields of a paper, also of a new one. Returns the texts that changed, or None."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Static

from tui.app.screens.dialog import BottomSheet, DialogFrame
from tui.app.widgets.line_input import LineInput
from tui.model.correction import FIELDS, KEY, entry_text, field_text, shown_fields, validate
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED
from tui.model.paper import Paper
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

_HINT = SafeText("Enter saves · Esc cancels · Tab next field · Ctrl-r imported value")
_NEW_HINT = SafeText("Enter adds · Esc cancels · Tab next field")
_CONFLICT = SafeText("changed by another program · Enter saves yours · Esc keeps theirs")


class EditFieldsDialog(BottomSheet[dict[str, str] | None]):
    """Correct the fields of one paper, or enter those of a new one.

    Args:
        entry: the current paper; None for a new one, which needs a title.
        typed: texts by field, typed before another program changed the paper; the fields start with them.
    """

    AUTO_FOCUS = ""
    takes_text: ClassVar[bool] = True
    DEFAULT_CSS = """
    EditFieldsDialog .fields { height: auto; max-height: 14; }
    EditFieldsDialog .field { height: 1; }
    EditFieldsDialog .name { width: 20; color: $ink-muted; }
    EditFieldsDialog .name.-corrected { color: $secondary; text-style: bold; }
    EditFieldsDialog .field Input { width: 1fr; }
    EditFieldsDialog .field Input:focus { background: $cursor-ground; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", "Back", show=False),
        Binding("down", "app.focus_next", "Next", show=False, priority=True),
        Binding("up", "app.focus_previous", "Previous", show=False, priority=True),
        Binding("ctrl+s", "save", "Save", show=False, priority=True),
        Binding("ctrl+r", "reset", "Imported value", show=False, priority=True),
    ]

    def __init__(self, entry: Entry | None, typed: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__()
        self._is_new = entry is None
        entry = entry or Entry(Paper(""), UNTOUCHED)
        self._typed = typed
        imported = entry.printed or entry.paper
        # The abstract is too long for one line; the command line can correct it.
        fields = dict.fromkeys((*shown_fields(imported), *shown_fields(entry.paper), *typed))
        self._paper_title = entry.paper.display_title
        self._before = {field: entry_text(entry, field) for field in fields}
        self._imported = {field: field_text(imported, field) for field in fields} | {KEY: self._before[KEY]}

    def compose(self) -> ComposeResult:
        """One line per field, and help on the focused one."""
        title = sanitise_line("Add a paper" if self._is_new else f"Correct · {self._paper_title}")
        with DialogFrame(title, self._keys(), kind="form"):
            with VerticalScroll(classes="fields", can_focus=False):
                for field, text in self._before.items():
                    with Horizontal(classes="field"):
                        yield Static(
                            sanitise_line(FIELDS[field].label), classes="name", id=f"name-{field}", markup=False
                        )
                        yield LineInput(
                            self._typed.get(field, text), compact=True, id=f"field-{field}", select_on_focus=False
                        )
            yield Static("", classes="dialog-note", id="field-help", markup=False)

    def on_mount(self) -> None:
        """Focus the first field after the queued keys were handled."""
        for field in self._before:
            self._show_whether_corrected(field)
        self._show_hint()
        self.call_later(self._focus_first)

    def _keys(self) -> SafeText:
        return _NEW_HINT if self._is_new else _HINT

    def _show_hint(self) -> None:
        """Show the keys, or the conflict, in the lower border of the frame."""
        self.query_one(DialogFrame).show_hint(_CONFLICT if self._typed else self._keys(), error=bool(self._typed))

    def _focus_first(self) -> None:
        """Put the cursor at the end of the title, or of the first text typed before the conflict."""
        first = self._input(next(iter(self._typed), "title"))
        first.focus()
        first.cursor_position = len(first.value)
        self.call_after_refresh(self._scroll_to_cursor, first)

    @staticmethod
    def _scroll_to_cursor(field: Input) -> None:
        """Scroll a long text to its cursor; Textual does so only when the cursor moves in a field with a width."""
        position, field.cursor_position = field.cursor_position, 0
        field.cursor_position = position

    def on_key(self, event: events.Key) -> None:
        """Handle the keys typed before a field had the focus."""
        if self.focused is None:
            if event.key == "enter":
                self.action_save()
            elif event.character is not None and event.character.isprintable():
                self._input("title").insert_text_at_cursor(event.character)

    def on_descendant_focus(self) -> None:
        """Show the imported value of the field, and its syntax."""
        field = self._focused_field()
        if field is not None:
            is_conflict = field in self._typed
            value = self._before[field] if is_conflict else self._imported[field]
            origin = "other program" if is_conflict else "imported"
            parts = ["" if self._is_new else f"{origin}: {value or '(empty)'}", FIELDS[field].help]
            self.query_one("#field-help", Static).update(sanitise_line(" · ".join(filter(None, parts))))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show whether the field is corrected, and clear the last error."""
        self._show_whether_corrected(str(event.input.id).removeprefix("field-"))
        self._show_hint()
        self._is_warned = False

    def on_input_submitted(self) -> None:
        """Save."""
        self.action_save()

    def action_save(self) -> None:
        """Return what changed, or focus the first invalid field."""
        changed = {
            field: text for field, before in self._before.items() if (text := self._input(field).value) != before
        }
        for field, text in changed.items():
            try:
                validate(field, text)
            except ValueError as error:
                self._input(field).focus()
                self.query_one(DialogFrame).show_hint(sanitise_line(str(error)), error=True)
                return
        if self._is_new and changed and not changed.get("title", "").strip():
            self._input("title").focus()
            self.query_one(DialogFrame).show_hint(SafeText("a new paper needs a title"), error=True)
            return
        self.dismiss(changed)

    def action_leave(self) -> None:
        """Close without saving; the first time, only warn about changes."""
        changed = any(self._input(name).value != text for name, text in self._before.items())
        if self.may_discard(is_changed=changed and not self._typed):
            self.dismiss(None)

    def action_reset(self) -> None:
        """Restore the imported value of the field."""
        field = self._focused_field()
        if field is not None:
            self._input(field).value = self._imported[field]

    def _input(self, field: str) -> Input:
        return self.query_one(f"#field-{field}", Input)

    def _focused_field(self) -> str | None:
        focused = self.focused
        return str(focused.id).removeprefix("field-") if isinstance(focused, Input) else None

    def _show_whether_corrected(self, field: str) -> None:
        is_corrected = self._input(field).value != self._imported[field]
        name = self.query_one(f"#name-{field}", Static)
        name.set_class(is_corrected, "-corrected")
        label = FIELDS[field].label
        name.update(sanitise_line(f"{label} *" if is_corrected else label))
