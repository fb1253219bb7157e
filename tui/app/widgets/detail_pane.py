"""The detail pane: scrollable text, of one paper for example.

It wraps its text itself: a Textual widget would lay out the whole screen for every paper, which costs more than
everything else that a cursor move does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message
from textual.visual import Visual

from tui.app.safe_display import SPACE, Content, Segment
from tui.app.theming import MATCH
from tui.app.widgets.line_view import LineView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.selection import Selection
    from textual.strip import Strip

    from tui.app.widgets.line_view import Viewport


_MEASURE = 88  # cells: longer lines are hard to read


CLICK = "readlist-click"  # name of the target among what a style carries
LINK, PAPER = "link", "paper"


class ClickTarget(NamedTuple):
    """What a click on a text does.

    Attributes:
        kind: ``link`` opens an address, ``paper`` goes to another paper; the name of a field shows only the papers
            with this value.
        value: the address, the id or the value.
    """

    kind: str
    value: str


class DetailPane(LineView, can_focus=True):
    """Scrollable text that can be selected with the mouse.

    Attributes:
        content: the text shown.
    """

    ALLOW_SELECT = True

    def __init__(self, *, heading: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.heading = heading
        self._when_resized: Callable[[], None] = self._rewrap
        self.content = Content("")
        self._paper_id: str | None = None
        self._lines: Sequence[Strip] | None = None

    class TargetClicked(Message):
        """A text with a target was clicked."""

        def __init__(self, target: ClickTarget) -> None:
            super().__init__()
            self.target = target

    def on_click(self, event: events.Click) -> None:
        """Report what was clicked; the end of selecting text is no click."""
        target = event.style.meta.get(CLICK)
        if isinstance(target, ClickTarget) and not self.screen.get_selected_text():
            event.stop()
            self.post_message(self.TargetClicked(target))

    def when_resized(self, call: Callable[[], None]) -> None:
        """Call a function when the size changes, which shows the content for the new size."""
        self._when_resized = call

    def show(self, content: Content, *, of: str | None = None) -> None:
        """Show a text from the top; keep the scroll position if it is about the same paper as before.

        Args:
            content: the text.
            of: id of the paper it is about.
        """
        is_other = of is None or of != self._paper_id
        self.content, self._paper_id = content, of
        self._rewrap()
        if is_other:
            self.scroll_home(animate=False, immediate=True)

    @property
    def spare_lines(self) -> int:
        """Number of lines below the text that are visible and empty."""
        return self.scrollable_content_region.height - self.virtual_size.height

    def scroll_lines(self, lines: int) -> None:
        """Scroll by some lines, down where positive."""
        self.scroll_relative(y=lines, animate=False, immediate=True)

    def line(self, y: int, viewport: Viewport) -> list[Segment]:
        """Draw the line at a height on the screen."""
        lines, index = self._wrapped(), y + viewport.top
        if index >= len(lines):
            return viewport.with_scrollbar([Segment(SPACE * viewport.width, viewport.base)], y)
        margin = Segment(SPACE * max(viewport.width - lines[index].cell_length, 0), viewport.base)
        return viewport.with_scrollbar([*lines[index], margin], y)

    def show_match(self) -> None:
        """Scroll to the first highlighted match, unless it is visible."""
        offset = next((span.start for span in self.content.spans if span.style == MATCH), None)
        if offset is None:
            return
        before = self.content.plain[:offset]
        position = before.count("\n"), offset - before.rfind("\n") - 1
        row = max((row for row, start in enumerate(self._line_starts()) if start <= position), default=0)
        top, height = int(self.scroll_offset.y), self.scrollable_content_region.height
        if not top <= row < top + height:
            self.scroll_to(y=max(row - height // 3, 0), animate=False, immediate=True)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, without the line breaks added by wrapping."""
        return selection.extract(self.content.plain), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - Textual's signature
        """Redraw the selection."""
        self._lines = None
        self.refresh()

    def _line_starts(self) -> list[tuple[int, int]]:
        """Where each line starts: the paragraph, and the character in it."""
        starts, paragraph = [], -1
        for strip in self._wrapped():
            metas = (segment.style.meta["offset"] for segment in strip if segment.style and segment.style.meta)
            x, y = next(metas, (0, paragraph + 1))
            starts.append((y, x))
            paragraph = y
        return starts

    def on_resize(self) -> None:
        """Wrap the text at the new width."""
        self._when_resized()

    def notify_style_update(self) -> None:
        """Forget the lines drawn with the old theme."""
        super().notify_style_update()
        self._lines = None

    def _rewrap(self) -> None:
        self._lines = None
        if self.line_width:
            self.set_length(len(self._wrapped()))
        self.refresh()

    @property
    def measure(self) -> int:
        """Maximum cells in a line of text, without the scroll bar."""
        return max(min(self.line_width - 1, _MEASURE), 1)

    def _wrapped(self) -> Sequence[Strip]:
        if self._lines is None:
            self._lines = Visual.to_strips(self, self.content, self.measure, None, self.visual_style, pad=True)
        return self._lines
