"""A short list to pick from by typing: statuses, orders, formats, commands. Returns the value picked, or None.

It lies at the bottom, so that the list and the abstract stay in sight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from tui.app.choose import Option
from tui.app.row_render import fit
from tui.app.screens.dialog import DialogFrame, DialogRows, FilterDialog, TypedLine, cursor_step
from tui.text.fold import fold
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult


_MOST_ROWS = 13
_LEAD = 3  # cells before the labels where letters pick
_AROUND = 4  # cells beside label and rest
_LABEL = 24  # cells that a label keeps at least
_HINT = SafeText("Enter takes it · Esc goes back")
_HINT_LETTERS = SafeText("a letter takes it · Esc goes back")
_NOTHING = Option("", "nothing is called so")


def matching(options: Sequence[Option], typed: str) -> list[Option]:
    """The options that hold every typed word, those that are called just so first, then those that begin so."""
    if not typed.strip():
        return list(options)
    words, start = fold(typed).split(), fold(typed.strip())
    named = [option for option in options if typed.strip().casefold() in option.names]
    if not words:
        return named
    found = [
        option
        for option in options
        if option not in named and all(word in fold(f"{option.label} {option.detail}") for word in words)
    ]
    return named + sorted(found, key=lambda option: not fold(option.label).startswith(start))


class OptionRows(DialogRows):
    """The lines of a picker.

    Args:
        options: what there is.
        has_letters: whether a letter picks, so that it stands in front.
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
        return None if current is _NOTHING else current

    def show(self, options: Sequence[Option]) -> None:
        """Show other options."""
        self.options = options
        self.rows_changed(0)

    def draw(self, index: int, width: int) -> list[Segment]:
        """Draw an option: its letter, the label, and the rest at the right."""
        option = self.options[index]
        said = option.disabled_reason or ("" if option.detail == option.key else option.detail)
        label, aside = sanitise_line(option.label), sanitise_line(said)
        lead = _LEAD if self.has_letters else 0
        aside_width = min(cell_len(aside), max(width - lead - _AROUND - min(cell_len(label), _LABEL), 0))
        label_width = max(width - lead - _AROUND - aside_width, 1)
        refused = self.ink.faint if option.disabled_reason else None
        segments = [
            Segment(" "),
            Segment(fit(sanitise_line(option.key), lead, "…"), refused or self.ink.heading),
            Segment(fit(label, label_width, "…"), refused),
            Segment("  "),
            Segment(fit(aside, aside_width, "…"), refused or self.ink.muted),
            Segment(" "),
        ]
        if index == self.cursor:
            return list(Segment.apply_style(segments, self.ink.cursor))
        return segments


class Picker(FilterDialog[str | None]):
    """Pick one of a few.

    Args:
        title: what is asked, in a few words.
        options: what there is.
        current: the value the cursor starts on.
        typing: whether letters narrow the list; where not, a letter picks at once.
        remark: what to know; where there is nothing, how to pick is said.
        seen: told the value under the cursor whenever that moves.
        spoken: told what was typed; what else that may mean.
    """

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        *,
        current: str = "",
        typing: bool = True,
        remark: str = "",
        seen: Callable[[str], None] | None = None,
        spoken: Callable[[str], list[Option]] | None = None,
    ) -> None:
        super().__init__()
        self._asked = title
        self._remark = remark
        self._options = tuple(options)
        self._current = current
        self._typing = typing
        self._seen = seen
        self._spoken = spoken
        self._rows = OptionRows(self._options, has_letters=not typing)

    def compose(self) -> ComposeResult:
        """Typed line and options."""
        hint = _HINT if self._typing else _HINT_LETTERS
        with DialogFrame(sanitise_line(self._asked), sanitise_line(self._remark) if self._remark else hint):
            if self._typing:
                yield TypedLine("type to narrow")
            yield self._rows

    def on_mount(self) -> None:
        """Size the list to its options, and put the cursor on the current one."""
        self._rows.styles.height = min(max(len(self._options), 1), _MOST_ROWS)
        at = next((index for index, option in enumerate(self._options) if option.value == self._current), 0)
        self._rows.rows_changed(at)

    def typed_changed(self) -> None:
        """Narrow as typed; what is meant in so many words comes first."""
        spoken = self._spoken(self.typed) if self._spoken is not None else []
        self._rows.show([*spoken, *matching(self._options, self.typed)] or [_NOTHING])

    def pressed(self, event: events.Key) -> bool:
        """Move, pick, or take a letter that picks; Tab completes what is typed first."""
        current = self._rows.current
        if event.key == "tab" and self.typed and current is not None and self.typed != current.label:
            self.put_typed(current.label)
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
        """Tell what is under the cursor."""
        if self._seen is not None and self._rows.current is not None:
            self._seen(self._rows.current.value)

    def on_virtual_list_chosen(self) -> None:
        """The second click picks."""
        self._pick(self._rows.current)

    def _pick(self, option: Option | None) -> None:
        if option is not None:
            self.dismiss(option.value)
