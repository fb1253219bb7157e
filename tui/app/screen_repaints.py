"""Base class of all screens: repaints less than Textual would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from textual import on
from textual.events import ScreenResume
from textual.reactive import Reactive
from textual.screen import Screen

if TYPE_CHECKING:
    from rich.style import Style
    from textual.geometry import Region, Size
    from textual.strip import Strip
    from textual.widget import Widget

Result = TypeVar("Result")


class BaseScreen(Screen[Result]):
    """A screen that its first layout paints once, and that repaints only what a closed dialog covered.

    Args:
        classes: the initial CSS classes.

    Attributes:
        uncovered: regions that a closing dialog covered; the rest of this screen stayed visible.
    """

    # Focus changes repaint only the two widgets involved; Textual would repaint the whole screen.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self.uncovered: tuple[Region, ...] = ()
        self._is_opening = False

    def refresh(
        self, *regions: Region, repaint: bool | None = None, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Repaint; if only a layout is requested, repaint what it moves."""
        if self._is_opening or not self.outer_size:  # the first layout paints everything
            return super().refresh(repaint=False, layout=layout, recompose=recompose)
        if repaint is None and not layout:
            regions = regions or self.uncovered
        repaint = not layout if repaint is None else repaint
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    @on(ScreenResume)
    def _resumes(self) -> None:
        """Do not repaint the screen after a layout that paints it, which Textual does next."""
        self._is_opening = self.outer_size != self.app.size
        self.call_next(self._opened)

    def _opened(self) -> None:
        self._is_opening = False

    def drawn_lines(self) -> list[Strip]:
        """What this screen shows, one strip a line, even if another one covers it."""
        return self._compositor.render_strips()

    @property
    def drawn_size(self) -> Size:
        """The size of what this screen shows; after the terminal was resized, a covered screen follows later."""
        return self._compositor.size

    def get_style_at(self, x: int, y: int) -> Style:
        """The style of a cell. No text of this program runs an action when clicked: one that did would be hostile."""
        style = super().get_style_at(x, y)
        return style.clear_meta_and_links() if any(name.startswith("@") for name in style.meta) else style

    def _compositor_refresh(self) -> None:
        """Repaint all that changed; if another screen covers this one, pass it the changed regions once.

        Textual repaints the widgets whose messages have arrived, and forgets them if the screen is refreshed as well,
        even in parts. What a key changes in several widgets would come in two frames, the second up to 33 ms later.
        """
        self.uncovered = ()
        self._compositor.update_widgets(set(self._compositor.visible_widgets))
        if self is self.app.screen:
            super()._compositor_refresh()
            return
        changed = tuple(self._compositor._dirty_regions)  # noqa: SLF001
        self._compositor._dirty_regions.clear()  # noqa: SLF001
        self._dirty_widgets.clear()
        if changed and self.is_current and self.app.screen.outer_size:  # otherwise all of it is painted anyway
            self.app.screen.refresh(*changed)
