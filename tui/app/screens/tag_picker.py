"""The tag picker: every tag, on all, some or none of the target papers. Returns a TagEdit, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from tui.app.safe_display import SPACE, Segment
from tui.app.screens.dialog import DialogFrame, DialogRows, FilterDialog, TypedLine, cursor_step
from tui.model.tags import validate_tag
from tui.text.cells import cell_width, fit
from tui.text.fold import fold
from tui.text.plural import pluralise
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult

_CHECKBOXES = {True: SafeText(" [x] "), False: SafeText(" [ ] "), None: SafeText(" [~] ")}
_AROUND = 8  # cells around tag and detail
_MIN_LABEL = 16  # cells of a tag, however long the detail is


class TagEdit(NamedTuple):
    """The tags to add to and to remove from every target paper."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


class TagRows(DialogRows):
    """The rows of the tag picker; True means on every paper, None on some, False on none."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[tuple[str, bool | None, str]] = ()

    @property
    def count(self) -> int:
        """Number of tags shown."""
        return len(self.lines)

    def draw(self, index: int, width: int) -> list[Segment]:
        """Draw a tag with its state and the number of papers that have it."""
        tag, state, detail = self.lines[index]
        label, aside, room = sanitise_line(tag), sanitise_line(detail), max(width - _AROUND, 2)
        aside_width = min(cell_width(aside), max(room - max(cell_width(label), _MIN_LABEL), 0))
        segments = [
            Segment(_CHECKBOXES[state] + fit(label, room - aside_width) + SPACE),
            Segment(fit(aside, aside_width) + SafeText("  "), self.ink.muted),
        ]
        if index == self.cursor:
            return list(Segment.apply_style(segments, self.ink.cursor))
        return segments


class TagPicker(FilterDialog[TagEdit | None]):
    """Pick tags.

    Args:
        papers: number of target papers.
        known: every tag in use and its number of papers, in the order to show them.
        state: for each tag on any target paper (case folded): True if all have it, None if some do.

    Attributes:
        hint: the keys.
        can_create: whether a typed text can become a new tag.
        frame_title: the title.
        typed_hint: shown while nothing is typed.
    """

    hint: ClassVar[str] = "Enter applies and closes · Space toggles · Esc cancels"
    can_create: ClassVar[bool] = True

    def __init__(self, papers: int, known: Sequence[tuple[str, int]], state: Mapping[str, bool | None]) -> None:
        super().__init__()
        self.frame_title = f"Tags of {pluralise(papers)}"
        self.typed_hint = "type to find or create a tag"
        self._known = list(known)
        self._suggested: dict[str, str] = {}
        self._before = dict(state)
        self._state = dict(state)
        self._rows = TagRows()
        self._has_moved = False  # whether the user moved the cursor

    def compose(self) -> ComposeResult:
        """Typed line and tags."""
        with DialogFrame(sanitise_line(self.frame_title), sanitise_line(self.hint)):
            yield TypedLine(sanitise_line(self.typed_hint))
            yield self._rows

    def on_mount(self) -> None:
        """Show every tag."""
        self._rows.styles.height = min(max(len(self._known), 3), 10)
        self.typed_changed()

    def suggest(self, tags: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Show suggested tags, each with the words that suggest it.

        They come after the first tag, which stays first because Enter applies it: a suggestion is never applied
        by accident. Nothing moves once the user has typed, toggled or moved the cursor.
        """
        if self._state != self._before or self.typed or self._rows.cursor or (self.is_mounted and not self.is_active):
            return
        self._suggested = {tag.casefold(): f"suggested: {', '.join(words)}" for tag, words in tags}
        self._known[1:] = sorted(self._known[1:], key=lambda pair: pair[0].casefold() not in self._suggested)
        if self.is_mounted:
            self.typed_changed()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The tags to add."""
        return tuple(tag for tag, _ in self._known if self._changed(tag) and self._state[tag.casefold()])

    @property
    def is_changed(self) -> bool:
        """Whether a tag was toggled."""
        return any(self._changed(tag) for tag, _ in self._known)

    def typed_changed(self) -> None:
        """Show the tags that match, and the typed text as a new tag."""
        wanted = self.typed.strip()
        folded = fold(wanted)
        found = [pair for pair in self._known if _is_subsequence(folded, fold(pair[0]))]
        if folded:
            found.sort(key=lambda pair: (fold(pair[0]) != folded, not fold(pair[0]).startswith(folded)))
        lines = [
            (tag, self._state.get(tag.casefold(), False), self._suggested.get(tag.casefold(), str(count or "new")))
            for tag, count in found
        ]
        if self.can_create and wanted and all(tag.casefold() != wanted.casefold() for tag, _ in found):
            lines.append((wanted, False, "create this tag"))
        self.query_one(DialogFrame).show_hint(sanitise_line(self.hint))
        self._rows.lines = lines
        self._rows.rows_changed(0)

    def handle_typed_key(self, event: events.Key) -> bool:
        """Move, toggle, finish."""
        step = 0 if event.key == "tab" else cursor_step(event.key)
        if step:
            self._has_moved = True
            self._rows.move(step)
        elif event.key in {"space", "tab"}:
            self._toggle()
        elif event.key == "enter":
            self._finish()
        else:
            return False
        return True

    def on_virtual_list_chosen(self) -> None:
        """Toggle the row that was clicked."""
        self._toggle()

    def _toggle(self) -> bool:
        """Toggle the tag under the cursor, and return whether it is valid."""
        if not self._rows.lines:
            return True
        try:
            tag = validate_tag(self._rows.lines[self._rows.cursor][0])
        except ValueError as error:
            self.query_one(DialogFrame).show_hint(sanitise_line(str(error)), error=True)
            return False
        self._is_warned = False
        folded = tag.casefold()
        if folded not in {known.casefold() for known, _ in self._known}:
            self._known.insert(0, (tag, 0))
        self._state[folded] = self._state.get(folded, False) is not True
        cursor = 0 if self.typed else self._rows.cursor
        self.set_typed("")
        self._rows.rows_changed(cursor)
        return True

    def _finish(self) -> None:
        """Return what changed; if nothing was toggled, the tag under the cursor, once typed or moved to."""
        is_chosen = self.typed.strip() or (self._has_moved and self._state == self._before)
        if is_chosen and not self._toggle():
            return
        add = self.chosen
        removed = tuple(tag for tag, _ in self._known if self._changed(tag) and tag not in add)
        self.dismiss(TagEdit(add, removed))

    def _changed(self, tag: str) -> bool:
        folded = tag.casefold()
        return self._state.get(folded, False) is not self._before.get(folded, False)


def _is_subsequence(typed: str, tag: str) -> bool:
    """Whether the typed characters occur in the tag in their order, as fzf matches."""
    characters = iter(tag)
    return all(character in characters for character in typed)
