"""The filter pane: facets of the list with counts. Picking one is a fact it posts; the query is edited elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from textual.message import Message

from tui.app.draw import fitted
from tui.app.widgets.rows import Rows
from tui.text.sanitise import SafeText, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.looks import Glyphs
    from tui.query.facets import Facet, FacetValue
    from tui.query.picking import State


class _Line(NamedTuple):
    """One row: a heading where there is no value."""

    facet: Facet
    value: FacetValue | None


class FilterPane(Rows):
    """Status, tags, categories, years and the like, each with the number of papers in the list.

    Args:
        glyphs: the signs to draw with.
    """

    class Picked(Message):
        """A value is to be included, excluded or ignored."""

        def __init__(self, field: str, value: str, state: State) -> None:
            super().__init__()
            self.field = field
            self.value = value
            self.state = state

    def __init__(self, *, glyphs: Glyphs, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._glyphs = glyphs
        self._lines: Sequence[_Line] = ()

    @property
    def count(self) -> int:
        """Number of rows, headings among them."""
        return len(self._lines)

    def show(self, facets: Sequence[Facet]) -> None:
        """Show other facets or counts; the cursor stays on its value, and values without a paper are left out.

        The first facet, the status, is shown whole: its zeros tell how far the work is.
        """
        before = self._at(self.cursor)
        lines: list[_Line] = []
        for facet in facets:
            values = [value for value in facet.values if value.count or value.state != "ignore" or facet is facets[0]]
            if values:
                lines.append(_Line(facet, None))
                lines += [_Line(facet, value) for value in values]
        self._lines = lines
        self.rows_changed(self._row_of(before))

    def move(self, rows: int) -> None:
        """Move by some rows and step over headings."""
        self.cursor = self.cursor + rows
        step = 1 if rows >= 0 else -1
        line = self._at(self.cursor)
        if line is not None and line.value is None:
            self.cursor = self.cursor + (step if self.cursor + step >= 0 else 1)
            if self.cursor == 0:
                self.cursor = 1

    def pick(self, state: State) -> None:
        """Post what shall become of the value under the cursor; the same choice twice ignores it again."""
        line = self._at(self.cursor)
        if line is not None and line.value is not None:
            wanted: State = "ignore" if line.value.state == state else state
            self.post_message(self.Picked(line.facet.field, line.value.value, wanted))

    def draw(self, index: int, width: int) -> list[Segment]:
        """Draw a heading or a value with its count."""
        line, ink = self._lines[index], self.ink
        if line.value is None:
            return [Segment(fitted(SafeText(line.facet.title), width, self._glyphs.cut), ink.heading)]
        value = line.value
        sign = {"include": self._glyphs.include, "exclude": self._glyphs.exclude}.get(
            value.state, self._glyphs.ignore
        )
        count = f" {value.count} "
        label = fitted(one_line(value.label), max(width - 3 - len(count), 1), self._glyphs.cut)
        picked = {"include": ink.good, "exclude": ink.bad}.get(value.state)
        segments = [
            Segment(f" {sign} {label}", picked or (ink.text if value.count else ink.faint)),
            Segment(count, picked or (ink.muted if value.count else ink.faint)),
        ]
        if index == self.cursor and self.has_focus:
            return list(Segment.apply_style(segments, ink.cursor))
        return segments

    def _show_cursor(self) -> None:
        """The first value brings its heading into sight, too."""
        if self.cursor <= 1:
            self.scroll_to(y=0, animate=False, immediate=True)
        else:
            super()._show_cursor()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A second click includes the value."""
        event.stop()
        self.pick("include")

    def _at(self, index: int) -> _Line | None:
        return self._lines[index] if 0 <= index < len(self._lines) else None

    def _row_of(self, wanted: _Line | None) -> int:
        if wanted is not None and wanted.value is not None:
            for index, line in enumerate(self._lines):
                if line.facet.field == wanted.facet.field and line.value and line.value.value == wanted.value.value:
                    return index
        return max(self.cursor, 1)
