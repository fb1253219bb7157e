"""A view whose length changes often: with every paper, with every letter of a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.filter import LineFilter


# Three shapes, so that they are told apart without colours, too.
_THUMB, _EDGE, _LIT_EDGE = "┃", "│", "║"


class Viewport(NamedTuple):
    """What the lines in sight have in common.

    Attributes:
        width: cells in a line beside the scroll bar.
        top: the line at the top, counted from 0.
        base: the style below all others.
        bar: lines on the screen that the scroll bar stands in; none where everything is in sight.
        thumb: the piece of the scroll bar in a line.
        edge: what stands in the same place in the other lines: a rule, or nothing.
        ground: the colour behind everything.
        filters: what every line goes through last.
    """

    width: int
    top: int
    base: Style
    bar: range
    thumb: Segment
    edge: Segment
    ground: Color
    filters: Sequence[LineFilter]

    def with_scrollbar(self, line: Sequence[Segment], y: int) -> list[Segment]:
        """A line on the screen with the scroll bar or the edge behind it."""
        return [*line, self.thumb if y in self.bar else self.edge]


class LineView(ScrollView):
    """A view that draws its own lines and its own scroll bar, and changes its length without a new layout.

    Textual would lay out the whole screen anew, which costs more than drawing it, though nothing else moves by that;
    a bar that is a widget costs as much to draw as the lines beside it, and so does decorating each line by itself.

    The bar stands in the rule between this view and the one right of it, where there is one: one column for both.
    """

    DEFAULT_CSS = """
    LineView { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 0; }
    """

    ALLOW_SELECT = False

    is_edged = False  # whether a rule parts it from what stands right of it

    _held: int | None = None  # the line of the scroll bar that the pointer holds
    _is_lit = False
    _looks: tuple[Style, Segment, Segment] | None = None
    _edges: tuple[list[Segment], list[Segment]] | None = None

    def line(self, y: int, sight: Viewport) -> list[Segment]:
        """Draw the line at a height on the screen, the scroll bar included."""
        raise NotImplementedError

    def set_length(self, lines: int) -> None:
        """Tell how many lines there are."""
        size = Size(self.scrollable_content_region.width, lines)
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def light_edge(self, lit: bool) -> None:
        """Let the rule tell that the pane on one of its sides has the keys."""
        if lit is not self._is_lit:
            self._is_lit = lit
            self.notify_style_update()
            self.refresh()

    @property
    def is_waiting(self) -> bool:
        """Whether a change of it is still to be drawn."""
        return bool(self._repaint_regions)

    @property
    def is_at_end(self) -> bool:
        """Whether the last line is in sight."""
        return int(self.scroll_offset.y) + self.scrollable_content_region.height >= self.virtual_size.height

    @property
    def line_width(self) -> int:
        """Cells in a line beside the scroll bar."""
        return max(self.scrollable_content_region.width - 1, 0)

    def render_line(self, y: int) -> Strip:
        """Draw one line; called where something stands above or below the lines."""
        sight = self._sight()
        return Strip(self.line(y, sight), sight.width + 1)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines with what stands left and right of them; called by the compositor."""
        gutter = self.gutter
        width = self.outer_size.width
        if gutter.top or gutter.bottom or crop.column_span != (0, width):
            return super().render_lines(crop)
        if self._edges is None:
            first = super().render_lines(Region(0, 0, width, 1))[0]
            self._edges = (list(first.crop(0, gutter.left)), list(first.crop(width - gutter.right, width)))
        sight = self._sight()
        return [self.render_final(y, sight) for y in crop.line_range]

    def render_final(self, y: int, sight: Viewport) -> Strip:
        """Draw a line as it reaches the terminal."""
        left, right = self._edges or ([], [])
        line = [*left, *self.line(y, sight), *right]
        for each in sight.filters:
            line = each.apply(line, sight.ground)
        return Strip(line, self.outer_size.width)

    def notify_style_update(self) -> None:
        """The theme may have changed."""
        super().notify_style_update()
        self._looks = self._edges = None

    def on_resize(self) -> None:
        """There may be something right of it now, or nothing any more."""
        self._looks = None

    # The scroll bar, by mouse.

    def is_beside(self, event: events.MouseEvent) -> bool:
        """Whether the pointer is beside the lines, where the scroll bar and the edge are."""
        return event.x - self.gutter.left >= self.line_width

    def _is_on_bar(self, event: events.MouseEvent) -> bool:
        """Whether the pointer is on the scroll bar; where an edge is, the rest of the column is that."""
        bar = self._sight().bar
        return self.is_beside(event) and (event.y - self.gutter.top in bar if self._has_edge else bool(bar))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the scroll bar, which comes to the pointer from wherever it is."""
        if self._is_on_bar(event):
            event.stop()
            self.screen.clear_selection()
            self.capture_mouse()
            bar, y = self._sight().bar, event.y - self.gutter.top
            self._held = y - bar.start if y in bar else len(bar) // 2
            self._drag_to(y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Scroll by the bar that is held."""
        if self._held is not None:
            event.stop()
            self._drag_to(event.y - self.gutter.top)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let the bar go."""
        if self._held is not None:
            event.stop()
            self._held = None
            self.release_mouse()

    def _drag_to(self, y: int) -> None:
        lines, page = self.virtual_size.height, self.scrollable_content_region.height
        way = page - len(self._sight().bar)
        if self._held is not None and way > 0:
            self.scroll_to(y=round((y - self._held) * (lines - page) / way), animate=False, immediate=True)

    @property
    def _has_edge(self) -> bool:
        return self.is_edged and self.region.right < self.screen.size.width

    def _sight(self) -> Viewport:
        if self._looks is None:
            self._looks = self._mixed()
        base, thumb, edge = self._looks
        width, page = self.scrollable_content_region.size
        lines, top = self.virtual_size.height, int(self.scroll_offset.y)
        bar = range(0)
        if lines > page:
            size = max(page * page // lines, 1)
            first = round(top * (page - size) / (lines - page))
            bar = range(first, first + size)
        ground = self.background_colors[1]
        return Viewport(max(width - 1, 0), top, base, bar, thumb, edge, ground, self.get_line_filters())

    def _mixed(self) -> tuple[Style, Segment, Segment]:
        """What all is drawn in: the ground, the scroll bar, and the edge."""
        variables, base = self.app.theme_variables, self.rich_style

        def drawn(sign: str, colour: str) -> Segment:
            return Segment(sanitise_line(sign), base + Style(color=Color.parse(variables[colour]).rich_color))

        if not self._has_edge:
            return base, drawn(_THUMB, "scrollbar"), Segment(" ", base)
        if self._is_lit:
            return base, drawn(_THUMB, "primary"), drawn(_LIT_EDGE, "primary")
        return base, drawn(_THUMB, "scrollbar"), drawn(_EDGE, "border")
