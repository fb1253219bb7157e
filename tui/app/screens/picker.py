"""The picker: a short list filtered by typing. Returns the value picked, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from tui.app.row_render import fit
from tui.app.screens.dialog import DialogFrame, DialogRows, FilterDialog, TypedLine, cursor_step
from tui.app.ui import Option
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
_HINT = SafeText("Enter selects · Esc cancels")
_HINT_LETTERS = SafeText("press a letter · Esc cancels")
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
        detail_width = min(cell_len(detail), max(room - min(cell_len(label), _MIN_LABEL_WIDTH), 0))
        label_width = max(room - detail_width, 1)
        disabled = self.ink.faint if option.disabled_reason else None
        segments = [
            Segment(" "),
            Segment(fit(sanitise_line(option.key), letter_width, "…"), disabled or self.ink.heading),
            Segment(fit(label, label_width, "…"), disabled),
            Segment("  "),
            Segment(fit(detail, detail_width, "…"), disabled or self.ink.muted),
            Segment(" "),
        ]
        if index == self.cursor:
            return list(Segment.apply_style(segments, self.ink.cursor))
        return segments


class Picker(FilterDialog[str | None]):
    """Pick one of a few options.

    Args:
        title: the title.
        options: the options.
        current: the value the cursor starts on.
        typing: whether typing filters the list; otherwise a letter picks at once.
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
        typing: bool = True,
        hint: str = "",
        on_highlight: Callable[[str], object] | None = None,
        extra_options: Callable[[str], list[Option]] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._footer = hint
        self._options = tuple(options)
        self._current = current
        self._typing = typing
        self._on_highlight = on_highlight
        self._extra_options = extra_options
        self._rows = OptionRows(self._options, has_letters=not typing)

    def compose(self) -> ComposeResult:
        """Typed line and options."""
        keys = _HINT if self._typing else _HINT_LETTERS
        with DialogFrame(sanitise_line(self._title), sanitise_line(self._footer) if self._footer else keys):
            if self._typing:
                yield TypedLine("type to filter")
            yield self._rows

    def on_mount(self) -> None:
        """Size the list to its options, and put the cursor on the current one."""
        self._rows.styles.height = min(max(len(self._options), 1), _MAX_ROWS)
        cursor = next((index for index, option in enumerate(self._options) if option.value == self._current), 0)
        self._rows.rows_changed(cursor)

    def typed_changed(self) -> None:
        """Filter as typed; the extra options come first."""
        extra = self._extra_options(self.typed) if self._extra_options is not None else []
        self._rows.show([*extra, *matching(self._options, self.typed)] or [_NO_MATCH])

    def handle_typed_key(self, event: events.Key) -> bool:
        """Move, pick, or complete the typed text with Tab."""
        current = self._rows.current
        if event.key == "tab" and self.typed and current is not None and self.typed != current.label:
            self.set_typed(current.label)
            return True
        step = cursor_step(event.key) or (0 if self._typing else {"j": 1, "k": -1}.get(event.key, 0))
        if step:
            self._rows.move(step)
        elif event.key == "enter":
            self._pick(self._rows.current)
        elif not self._typing:
            self._pick(next((option for option in self._options if option.key == event.character), None))
        else:
            return False
        return True

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
