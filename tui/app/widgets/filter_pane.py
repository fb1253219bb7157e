"""The filter pane: the facets of the list with counts. Picking a value posts a message, and edits no query."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from tui.app.safe_display import SPACE, Segment
from tui.app.theming import category_hue
from tui.app.widgets.virtual_list import VirtualList
from tui.text.cells import fit
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from tui.app.theming import Glyphs
    from tui.query.facet_counts import Facet, FacetValue
    from tui.query.facet_edit import FacetState

_RIGHT = 3  # the button


class _Line(NamedTuple):
    """One row: a value, or a heading if the value is None.

    Attributes:
        facet: the group it belongs to.
        value: the value.
        label: the text shown; for a tag below a parent tag, only its own part.
        depth: number of parent tags shown above it.
    """

    facet: Facet
    value: FacetValue | None
    label: str
    depth: int = 0


class FilterPane(VirtualList):
    """Status, tags, categories, years and the like, each with the number of papers in the list.

    Args:
        glyphs: the characters to draw with.

    Attributes:
        lines: the rows, including headings.
        collapsed: fields of the collapsed groups: only their heading and the values used in the query are shown.
    """

    is_edged = True
    heading = "Filter"

    class Picked(Message):
        """Posted to include, exclude or ignore a value."""

        def __init__(self, field: str, value: str, state: FacetState) -> None:
            super().__init__()
            self.field = field
            self.value = value
            self.state = state

    def __init__(self, *, glyphs: Glyphs, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._glyphs = glyphs
        self._facets: Sequence[Facet] = ()
        self.lines: Sequence[_Line] = ()
        self.collapsed: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """Number of rows, including headings."""
        return len(self.lines)

    def show(self, facets: Sequence[Facet]) -> None:
        """Show other facets or counts; the cursor stays on its value, and values without papers are omitted.

        The first facet, the status, is shown in full, because its zeros are informative.
        """
        before = self._line_at(self.cursor)
        self._facets = facets
        lines: list[_Line] = []
        for facet in facets:
            values = [
                value for value in facet.values if value.count != 0 or value.state != "ignore" or facet is facets[0]
            ]
            if values and facet.field in self.collapsed:
                lines.append(_Line(facet, None, f"{facet.title} {self._glyphs.folded} {len(values)}"))
                values = [value for value in values if value.state != "ignore"]
            elif values:
                lines.append(_Line(facet, None, facet.title))
            if values:
                lines += (
                    _tag_tree(facet, values) if facet.field == "tag" else [_Line(facet, v, v.label) for v in values]
                )
        changed = [row for row, (old, new) in enumerate(zip(self.lines, lines, strict=False)) if _differ(old, new)]
        same_length = len(lines) == len(self.lines)
        self.lines = lines
        cursor = self._row_of(before)
        if same_length and cursor == self.cursor and len(changed) < self.page // 2:
            for row in changed:
                self.row_changed(row)
        else:
            self.rows_changed(cursor)

    def pick(self, state: FacetState) -> None:
        """Post the new state of the value under the cursor; picking the same state again resets it.

        On a heading, collapse or expand the group.
        """
        line = self._line_at(self.cursor)
        if line is not None and line.value is None:
            self.collapsed ^= {line.facet.field}
            self.show(self._facets)
        elif line is not None and line.value is not None:
            wanted: FacetState = "ignore" if line.value.state == state else state
            self.post_message(self.Picked(line.facet.field, line.value.value, wanted))

    def draw(self, index: int, width: int) -> list[Segment]:
        """Draw a heading or a value with its count."""
        line, ink = self.lines[index], self.ink
        if line.value is None:
            heading = Segment(fit(sanitise_line(line.label), width, self._glyphs.cut), ink.heading)
            is_at_cursor = index == self.cursor and self.has_focus
            return list(Segment.apply_style([heading], ink.cursor)) if is_at_cursor else [heading]
        value = line.value
        marker = {"include": self._glyphs.include, "exclude": self._glyphs.exclude}.get(
            value.state, self._glyphs.ignore
        )
        count = sanitise_line("   " if value.count is None else f" {value.count} ")
        label = fit(sanitise_line("  " * line.depth + line.label), max(width - 2 - len(count), 1), self._glyphs.cut)
        state_style = {"include": ink.good, "exclude": ink.bad}.get(value.state)
        label_style = ink.hues[category_hue(value.value)] if line.facet.field == "cat" else ink.text
        segments = [
            Segment(marker + SPACE + label, state_style or (label_style if value.count else ink.faint)),
            Segment(count, state_style or (ink.muted if value.count else ink.faint)),
        ]
        if index == self.cursor and self.has_focus:
            return list(Segment.apply_style(segments, ink.cursor))
        return segments

    def _show_cursor(self) -> None:
        """Scroll to the cursor; for the first value, show its heading, too."""
        if self.cursor <= 1:
            self.scroll_to(y=0, animate=False, immediate=True)
        else:
            super()._show_cursor()

    def on_click(self, event: events.Click) -> None:
        """Include the value, or reset it; with Shift or the right button, exclude it.

        On a heading, collapse or expand the group.
        """
        event.stop()
        event.prevent_default()
        clicks, index = self.count_clicks(event), self.row_at(event)
        if clicks and index is not None:
            self.cursor = index
            self.pick("exclude" if event.shift or event.button == _RIGHT else "include")

    def _line_at(self, index: int) -> _Line | None:
        return self.lines[index] if 0 <= index < len(self.lines) else None

    def _row_of(self, wanted: _Line | None) -> int:
        if wanted is not None:
            name = wanted.value and wanted.value.value
            for index, line in enumerate(self.lines):
                if line.facet.field == wanted.facet.field and (line.value and line.value.value) == name:
                    return index
        return max(self.cursor, 1)


def _tag_tree(facet: Facet, tags: Sequence[FacetValue]) -> list[_Line]:
    """The tags, each indented below its nearest parent tag that is shown."""
    depths: dict[str, int] = {}
    lines = []
    for tag in tags:
        parent, _, own = tag.label.rpartition("/")
        while parent and parent.casefold() not in depths:
            parent, _, part = parent.rpartition("/")
            own = f"{part}/{own}"
        depth = depths[parent.casefold()] + 1 if parent else 0
        depths[tag.label.casefold()] = depth
        lines.append(_Line(facet, tag, own, depth))
    return lines


def _differ(old: _Line, new: _Line) -> bool:
    """Whether two lines look different."""
    return old.value != new.value or old[2:] != new[2:]
