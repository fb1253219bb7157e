"""The dialog that edits the fields of a paper, or of a new one. Returns the texts that changed, or None."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, TextArea

from tui.app.safe_display import Static
from tui.app.screens.dialog import BottomSheet, DialogFrame
from tui.app.widgets.line_input import LineInput
from tui.app.widgets.wrapped_input import WrappedInput
from tui.model.correction import FIELDS, KEY, entry_text, field_text, shown_fields, validate
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED
from tui.model.paper import Paper
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

_ROWS = {"title": 5, "authors": 3, "abstract": 5}  # long texts, and the rows they grow to
_BEFORE_ABSTRACT = "category"
_AFTER_LABEL = 4  # cells, with the sign of a corrected field
_HELP_LIMIT = 200  # characters of the imported value
_HINT = SafeText("Enter saves · Esc cancels · Tab next field · ^r restores imported value")
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
    EditFieldsDialog .dialog { max-height: 24; }
    EditFieldsDialog .fields { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    EditFieldsDialog .field { height: auto; }
    EditFieldsDialog .name { color: $ink-muted; }
    EditFieldsDialog .name.-corrected { color: $secondary; text-style: bold; }
    EditFieldsDialog .field Input, EditFieldsDialog .field TextArea { width: 1fr; }
    EditFieldsDialog .field Input:focus, EditFieldsDialog .field TextArea:focus { background: $cursor-ground; }
    EditFieldsDialog .field TextArea { padding: 0; height: 1; scrollbar-size-vertical: 1; }
    EditFieldsDialog #field-help { dock: bottom; max-height: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", "Back", show=False),
        Binding("down", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Previous", show=False, priority=True),
        Binding("ctrl+s", "save", "Save", show=False, priority=True),
        Binding("ctrl+r", "reset", "Imported value", show=False, priority=True),
    ]

    def __init__(self, entry: Entry | None, typed: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__()
        self._is_new = entry is None
        entry = entry or Entry(Paper(""), UNTOUCHED)
        self._typed = typed
        imported = entry.printed or entry.paper
        shown = dict.fromkeys((*shown_fields(imported), *shown_fields(entry.paper), *typed, "abstract"))
        fields = [field for field in shown if field != "abstract"]
        fields.insert(fields.index(_BEFORE_ABSTRACT) + 1, "abstract")
        self._paper_title = entry.paper.display_title
        self._before = {field: entry_text(entry, field) for field in fields}
        self._imported = {field: field_text(imported, field) for field in fields} | {KEY: self._before[KEY]}

    def compose(self) -> ComposeResult:
        """One line per field, and help on the focused one."""
        title = sanitise_line("Add a paper" if self._is_new else f"Correct · {self._paper_title}")
        with DialogFrame(title, self._keys(), kind="form"):
            with VerticalScroll(classes="fields", can_focus=False):
                label_width = max(len(FIELDS[field].label) for field in self._before) + _AFTER_LABEL
                for field, before in self._before.items():
                    text = self._typed.get(field, before)
                    with Horizontal(classes="field"):
                        label = sanitise_line(FIELDS[field].label)
                        name = Static(label, classes="name", id=f"name-{field}")
                        name.styles.width = label_width
                        yield name
                        if field in _ROWS:
                            yield WrappedInput(text, id=f"field-{field}", max_rows=_ROWS[field])
                        else:
                            yield LineInput(text, compact=True, id=f"field-{field}", select_on_focus=False)
            yield Static("", classes="dialog-note", id="field-help")

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
        if isinstance(first, WrappedInput):
            first.to_end()
            return
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
                title = self._input("title")
                title.value += event.character

    def on_descendant_focus(self) -> None:
        """Show the imported value of the field, and its syntax."""
        field = self._focused_field()
        if field is not None:
            is_conflict = field in self._typed
            value = self._before[field] if is_conflict else self._imported[field]
            origin = "other program" if is_conflict else "imported"
            value = value if len(value) <= _HELP_LIMIT else f"{value[:_HELP_LIMIT]} …"
            before = f"{origin}: {value or '(empty)'}"
            parts = ["" if self._is_new else before, FIELDS[field].help]
            self.query_one("#field-help", Static).update(sanitise_line(" · ".join(filter(None, parts))))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show whether the field is corrected, and clear the last error."""
        self._field_changed(event.input)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Show whether the field is corrected, and clear the last error."""
        self._field_changed(event.text_area)

    def _field_changed(self, widget: Widget) -> None:
        self._show_whether_corrected(str(widget.id).removeprefix("field-"))
        self._show_hint()
        self._is_warned = False

    def on_input_submitted(self) -> None:
        """Save."""
        self.action_save()

    def on_wrapped_input_submitted(self) -> None:
        """Save."""
        self.action_save()

    def action_move(self, step: int) -> None:
        """Move by a row within a wrapped text, or to the next field, or to the previous one if negative."""
        focused = self.focused
        if isinstance(focused, WrappedInput) and not focused.leaves(step):
            move = focused.action_cursor_up if step < 0 else focused.action_cursor_down
            move()
        elif step < 0:
            self.focus_previous()
        else:
            self.focus_next()

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

    def _input(self, field: str) -> Input | WrappedInput:
        return cast("Input | WrappedInput", self.query_one(f"#field-{field}"))

    def _focused_field(self) -> str | None:
        focused = self.focused
        return str(focused.id).removeprefix("field-") if isinstance(focused, (Input, WrappedInput)) else None

    def _show_whether_corrected(self, field: str) -> None:
        is_corrected = self._input(field).value != self._imported[field]
        name = self.query_one(f"#name-{field}", Static)
        name.set_class(is_corrected, "-corrected")
        label = FIELDS[field].label
        name.update(sanitise_line(f"{label} *" if is_corrected else label))
