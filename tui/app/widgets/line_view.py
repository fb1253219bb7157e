"""A scroll view that draws single lines, for content whose length changes with every paper or typed character."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from tui.app.safe_display import SPACE, Segment
from tui.app.terminal.hardened_app import HardenedApp
from tui.app.widgets.kept_lines import KeptLines
from tui.text.cells import cell_width
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.color import Color as RichColor
    from rich.segment import Segment as RichSegment
    from textual import events
    from textual.filter import LineFilter


# Three shapes, so that they differ without colours, too.
_THUMB, _EDGE, _HIGHLIGHTED_EDGE = SafeText("┃"), SafeText("│"), SafeText("║")
_RULE, _HIGHLIGHTED_RULE = SafeText("─"), SafeText("━")  # of the heading, where it divides two panes


class Viewport(NamedTuple):
    """What all visible lines have in common.

    Attributes:
        width: cells in a line, without the scroll bar.
        top: index of the line at the top.
        base: the style below all others.
        bar: screen lines covered by the scroll bar; empty if everything is visible.
        thumb: the segment of the scroll bar in a line.
        edge: the segment at the same place in the other lines: a rule, or a space.
        ground: the background colour.
        filters: the filters applied last to every line.
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
        """Append the scroll bar or the edge to a line."""
        return [*line, self.thumb if y in self.bar else self.edge]


class LineView(KeptLines, ScrollView):
    """A scroll view that draws its own lines and scroll bar, and changes its length without a new layout.

    Textual would lay out the whole screen, which costs more than drawing it, although nothing else moves. A scroll
    bar widget costs as much to draw as the lines, and so does decorating each line separately.

    The scroll bar shares one column with the rule between this view and the one to its right, if there is one.

    Attributes:
        heading: shown in the padding above the lines, if the style sheet gives it one; it is lit with the focus.
    """

    DEFAULT_CSS = """
    LineView { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 0; }
    """

    ALLOW_SELECT = False

    heading = ""
    is_edged = False  # whether a rule separates it from the pane to its right

    _grabbed_at: int | None = None  # the line of the scroll bar under the pointer while dragging
    _is_highlighted = _is_waiting = False
    _styles: tuple[Style, Segment, Segment] | None = None
    _heading_strip: Strip | None = None
    _edges: tuple[list[RichSegment], list[RichSegment]] | None = None
    _drawn_for: Viewport | None = None

    def __init__(self, *children: Widget, **options: Any) -> None:  # noqa: ANN401 - those of the base class
        super().__init__(*children, **options)
        self._drawn: dict[int, Strip] = {}

    def line(self, y: int, viewport: Viewport) -> list[Segment]:
        """Draw the line at a height on the screen, including the scroll bar."""
        raise NotImplementedError

    def set_length(self, lines: int) -> None:
        """Set the number of lines."""
        size = Size(self.scrollable_content_region.width, lines)
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            if self.scroll_offset.y > self.max_scroll_y:
                self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True, force=True)

    def highlight_edge(self, is_highlighted: bool) -> None:
        """Highlight the rule, to show that a pane next to it has the focus."""
        if is_highlighted is not self._is_highlighted:
            self._is_highlighted = is_highlighted
            self.notify_style_update()
            self.refresh()

    @property
    def is_waiting(self) -> bool:
        """Whether it still has to be redrawn."""
        return self._is_waiting

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Redraw with the next frame; lines that are not redrawn are kept, since Textual asks for them often."""
        self._is_waiting |= repaint
        if repaint and not regions:
            self._drawn.clear()
        for region in regions:
            for y in region.line_range:
                self._drawn.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Redraw after scrolling, but not Textual's scroll bar, which is hidden: that would cost a new layout."""
        if round(old_value) != round(new_value):
            self.refresh()

    @property
    def is_at_end(self) -> bool:
        """Whether the last line is visible."""
        return int(self.scroll_offset.y) + self.scrollable_content_region.height >= self.virtual_size.height

    @property
    def line_width(self) -> int:
        """Cells in a line, without the scroll bar."""
        return max(self.scrollable_content_region.width - 1, 0)

    def render_line(self, y: int) -> Strip:
        """Draw one line without padding; Textual calls it for the padding itself."""
        viewport = self._viewport()
        return Strip(self.line(y, viewport), viewport.width + 1)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines with their left and right padding; called by the compositor."""
        self._is_waiting = False
        return super().render_lines(crop)

    def draw_lines(self, crop: Region) -> list[Strip]:
        """Draw lines with their left and right padding."""
        gutter = self.gutter
        width = self.outer_size.width
        if self._edges is None:
            first = super().draw_lines(Region(0, 0, width, 1))[0]
            self._edges = (list(first.crop(0, gutter.left)), list(first.crop(width - gutter.right, width)))
        viewport = self._viewport()
        if viewport != self._drawn_for:
            self._drawn_for, self._drawn = viewport, {}
        strips = [
            self._render_once(y - gutter.top, viewport) if y >= gutter.top else self._render_heading(y, viewport)
            for y in crop.line_range
        ]
        return strips if crop.column_span == (0, width) else [strip.crop(*crop.column_span) for strip in strips]

    def _render_once(self, y: int, viewport: Viewport) -> Strip:
        strip = self._drawn.get(y)
        if strip is None:
            strip = self._drawn[y] = self.render_final(y, viewport)
        return strip

    def _render_heading(self, y: int, viewport: Viewport) -> Strip:
        """Draw the heading in the last line above the others."""
        if not self.heading or y < self.gutter.top - 1:
            return self._filtered([Segment(SPACE * self.outer_size.width, viewport.base)], viewport)
        if self._heading_strip is None:
            self._heading_strip = self._compose_heading(viewport)
        return self._heading_strip

    def _filtered(self, line: list[RichSegment], viewport: Viewport) -> Strip:
        for each in viewport.filters:
            line = each.apply(line, viewport.ground)
        return Strip(line).crop(0, self.outer_size.width)

    def _compose_heading(self, viewport: Viewport) -> Strip:
        variables, width = self.app.theme_variables, self.outer_size.width
        few = isinstance(self.app, HardenedApp) and self.app.few_colours

        def colour(name: str) -> RichColor:
            return Color.parse(variables[name]).rich_color

        parent = self.parent
        rule = SPACE
        if isinstance(parent, Widget) and self.region.y > parent.region.y:
            rule = _HIGHLIGHTED_RULE if self.has_focus else _RULE
        style = viewport.base + Style(color=colour("ink-muted"))
        line_style = viewport.base + Style(color=colour("border"))
        if self.has_focus:
            ground = Style(bgcolor=colour("cursor-ground"))
            style = viewport.base + Style(color=colour("foreground"), bold=True, reverse=few or None) + ground
            line_style = style + Style(color=colour("primary"))
        left = rule * max(self.gutter.left - 1, 0)
        text = sanitise_line(f" {self.heading} ")
        rest = rule * max(width - len(left) - cell_width(text) - self.is_edged, 0)
        edge = [viewport.edge] if self.is_edged else []
        line: list[RichSegment] = [Segment(left, line_style), Segment(text, style), Segment(rest, line_style), *edge]
        return self._filtered(line, viewport)

    def on_focus(self) -> None:
        """Light the heading."""
        self._redraw_heading()

    def on_blur(self) -> None:
        """Dim the heading."""
        self._redraw_heading()

    def _redraw_heading(self) -> None:
        self._heading_strip = None
        if self.gutter.top and self.heading:
            self.refresh()

    def render_final(self, y: int, viewport: Viewport) -> Strip:
        """Draw a line as it is sent to the terminal."""
        left, right = self._edges or ([], [])
        line: list[RichSegment] = [*left, *self.line(y, viewport), *right]
        for each in viewport.filters:
            line = each.apply(line, viewport.ground)
        return Strip(line, self.outer_size.width)

    def notify_style_update(self) -> None:
        """Forget the styles of the old theme."""
        super().notify_style_update()
        self._styles = self._edges = self._heading_strip = self._drawn_for = None

    def on_resize(self) -> None:
        """Recompute the edge: the pane to the right may have appeared or disappeared."""
        self._styles = self._heading_strip = self._drawn_for = self._kept = None

    # Dragging the scroll bar.

    def is_on_edge(self, event: events.MouseEvent) -> bool:
        """Whether the pointer is on the column of the scroll bar and the edge."""
        return event.x - self.gutter.left >= self.line_width

    def _is_on_bar(self, event: events.MouseEvent) -> bool:
        """Whether the pointer is on the scroll bar; without an edge, its whole column counts."""
        bar = self._viewport().bar
        return self.is_on_edge(event) and (event.y - self.gutter.top in bar if self._has_edge else bool(bar))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Grab the scroll bar, which jumps to the pointer."""
        if self._is_on_bar(event):
            event.stop()
            self.screen.clear_selection()
            self.capture_mouse()
            bar, y = self._viewport().bar, event.y - self.gutter.top
            self._grabbed_at = y - bar.start if y in bar else len(bar) // 2
            self._drag_to(y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the scroll bar."""
        if self._grabbed_at is not None:
            event.stop()
            self._drag_to(event.y - self.gutter.top)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Release the scroll bar."""
        if self._grabbed_at is not None:
            event.stop()
            self._grabbed_at = None
            self.release_mouse()

    def _drag_to(self, y: int) -> None:
        lines, page = self.virtual_size.height, self.scrollable_content_region.height
        travel = page - len(self._viewport().bar)
        if self._grabbed_at is not None and travel > 0:
            self.scroll_to(y=round((y - self._grabbed_at) * (lines - page) / travel), animate=False, immediate=True)

    @property
    def _has_edge(self) -> bool:
        return self.is_edged and self.region.right < self.screen.size.width

    def _viewport(self) -> Viewport:
        if self._styles is None:
            self._styles = self._compute_styles()
        base, thumb, edge = self._styles
        width, page = self.scrollable_content_region.size
        lines, top = self.virtual_size.height, int(self.scroll_offset.y)
        bar = range(0)
        if lines > page:
            size = max(page * page // lines, 1)
            first = round(top * (page - size) / (lines - page))
            bar = range(first, first + size)
        ground = self.background_colors[1]
        return Viewport(max(width - 1, 0), top, base, bar, thumb, edge, ground, self.get_line_filters())

    def _compute_styles(self) -> tuple[Style, Segment, Segment]:
        """The base style, and the segments of the scroll bar and the edge."""
        variables, base = self.app.theme_variables, self.rich_style

        def styled(character: SafeText, colour: str) -> Segment:
            return Segment(character, base + Style(color=Color.parse(variables[colour]).rich_color))

        if not self._has_edge:
            return base, styled(_THUMB, "scrollbar"), Segment(" ", base)
        if self._is_highlighted:
            return base, styled(_THUMB, "primary"), styled(_HIGHLIGHTED_EDGE, "primary")
        return base, styled(_THUMB, "scrollbar"), styled(_EDGE, "border")
