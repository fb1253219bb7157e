"""The picker: a short list filtered by typing. Returns the value picked, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.safe_display import Segment
from tui.app.screens.dialog import DialogFrame, DialogRows, FilterDialog, TypedLine, cursor_step
from tui.app.ui import Option
from tui.text.cells import cell_width, fit
from tui.text.fold import fold
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult


_MAX_ROWS = 13
_LETTER_WIDTH = 3  # cells before the labels if letters pick
_SPACES = 4  # cells around label and detail
_MIN_LABEL_WIDTH = 24  # cells
_FEW = 4  # rows, too few to need a filter; it works all the same
_HINT = "Enter selects · Esc cancels"
_HINT_FEW_LETTERS = "press a letter · Esc cancels"
_HINT_LETTERS = "press a letter · / filters · Esc cancels"
_NO_MATCH = Option("", "no match")


def matching(options: Sequence[Option], typed: str) -> list[Option]:
    """The options that contain every typed word.

    The option with exactly this label comes first, then those with this other name, then labels that start with it.
    """
    if not typed.strip():
        return list(options)
    words, start = fold(typed).split(), fold(typed.strip())
    titled = [option for option in options if fold(option.label) == start]
    exact = titled + [each for each in options if typed.strip().casefold() in each.names and each not in titled]
    if not words:
        return exact
    found = [
        option
        for option in options
        if option not in exact and all(word in fold(f"{option.label} {option.detail}") for word in words)
    ]
    return exact + sorted(found, key=lambda option: not fold(option.label).startswith(start))


class OptionRows(DialogRows):
    """The rows of a picker.

    Args:
        options: the options.
        has_letters: whether a letter picks an option, and is shown before it.
    """

    def __init__(self, options: Sequence[Option], *, has_letters: bool = False) -> None:
        super().__init__()
        self.options = options
        self.has_letters = has_letters

    @property
    def count(self) -> int:
        """Number of options shown."""
        return len(self.options)

    @property
    def current(self) -> Option | None:
        """The option under the cursor."""
        current = self.options[self.cursor] if self.options else None
        return None if current is _NO_MATCH else current

    def show(self, options: Sequence[Option]) -> None:
        """Show other options."""
        self.options = options
        self.rows_changed(0)

    def draw(self, index: int, width: int) -> list[Segment]:
        """Draw an option: its letter, the label, and the detail at the right."""
        option = self.options[index]
        right = option.disabled_reason or ("" if option.detail == option.key else option.detail)
        label, detail = sanitise_line(option.label), sanitise_line(right)
        letter_width = _LETTER_WIDTH if self.has_letters else 0
        room = width - letter_width - _SPACES
        detail_width = min(cell_width(detail), max(room - min(cell_width(label), _MIN_LABEL_WIDTH), 0))
        label_width = max(room - detail_width, 1)
        disabled = self.ink.faint if option.disabled_reason else None
        segments = [
            Segment(" "),
            Segment(fit(sanitise_line(option.key), letter_width), disabled or self.ink.heading),
            Segment(fit(label, label_width), disabled),
            Segment("  "),
            Segment(fit(detail, detail_width), disabled or self.ink.muted),
            Segment(" "),
        ]
        if index == self.cursor:
            return list(Segment.apply_style(segments, self.ink.cursor))
        return segments


class Picker(FilterDialog[str | None]):
    """Pick one of a few options.

    Typing filters them. If they have letters, a letter picks its option as long as nothing is typed; ``/`` or any
    other character that an option contains starts the filter, and then letters are text and no longer shown.

    Args:
        title: the title.
        options: the options.
        current: the value the cursor starts on.
        hint: shown in the frame; the keys if empty.
        on_highlight: called with the value under the cursor whenever that moves.
        extra_options: called with the typed text; gives further options for it.
    """

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        *,
        current: str = "",
        hint: str = "",
        on_highlight: Callable[[str], object] | None = None,
        extra_options: Callable[[str], list[Option]] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._footer = hint
        self._options = tuple(options)
        self._current = current
        self._has_letters = any(option.key for option in self._options)
        self._is_filtering = not self._has_letters
        self._on_highlight = on_highlight
        self._extra_options = extra_options
        self._rows = OptionRows(self._options, has_letters=self._has_letters)

    def compose(self) -> ComposeResult:
        """Typed line and options."""
        with DialogFrame(sanitise_line(self._title), sanitise_line(self._keys())):
            line = TypedLine(SafeText("type to filter"))
            line.display = self._is_filtering
            yield line
            yield self._rows

    def on_mount(self) -> None:
        """Size the list to its options, and put the cursor on the current one."""
        self._rows.styles.height = min(max(len(self._options), 1), _MAX_ROWS)
        cursor = next((index for index, option in enumerate(self._options) if option.value == self._current), 0)
        self._rows.rows_changed(cursor)

    def typed_changed(self) -> None:
        """Filter as typed; the extra options come first."""
        self._filter(is_filtering=bool(self.typed) or not self._has_letters)
        extra = self._extra_options(self.typed) if self._extra_options is not None else []
        self._rows.show([*extra, *matching(self._options, self.typed)] or [_NO_MATCH])

    def handle_typed_key(self, event: events.Key) -> bool:
        """Move, pick, or complete the typed text with Tab."""
        current = self._rows.current
        if event.key == "tab" and self.typed and current is not None and self.typed != current.label:
            self.set_typed(current.label)
        elif not self._is_filtering and self._pick_letter(event.character):
            pass
        elif step := cursor_step(event.key) or (0 if self._is_filtering else {"j": 1, "k": -1}.get(event.key, 0)):
            self._rows.move(step)
        elif event.key == "enter":
            self._pick(self._rows.current)
        elif event.key == "slash" and not self._is_filtering:
            self._filter(is_filtering=True)
        else:
            return not self._is_filtering and not matching(self._options, event.character or "")
        return True

    def _pick_letter(self, character: str | None) -> bool:
        """Pick the option with that letter, and return whether there is one."""
        option = next((each for each in self._options if each.key and character in (each.key, *each.names)), None)
        self._pick(option)
        return option is not None

    def _filter(self, *, is_filtering: bool) -> None:
        """Show the typed line instead of the letters, or the letters again."""
        if is_filtering is self._is_filtering:
            return
        self._is_filtering = is_filtering
        self.query_one(TypedLine).display = is_filtering
        self._rows.has_letters = not is_filtering
        self._rows.refresh()
        self.query_one(DialogFrame).show_hint(sanitise_line(self._keys()))

    def _keys(self) -> str:
        if self._footer:
            return self._footer
        if self._is_filtering:
            return _HINT
        return _HINT_LETTERS if len(self._options) > _FEW else _HINT_FEW_LETTERS

    def on_virtual_list_moved(self) -> None:
        """Report the value under the cursor."""
        if self._on_highlight is not None and self._rows.current is not None:
            self._on_highlight(self._rows.current.value)

    def on_virtual_list_chosen(self) -> None:
        """Pick the row that was clicked."""
        self._pick(self._rows.current)

    def _pick(self, option: Option | None) -> None:
        if option is not None:
            self.dismiss(option.value)
