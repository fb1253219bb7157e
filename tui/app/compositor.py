"""A compositor that renders only visible changes.

Textual renders every widget in the bounding box of all changes, which is the whole screen if the query line and the
status line change, and the containers below the visible widgets too. Here each changed region is rendered by the
widgets visible in it, from front to back, and covered widgets are not rendered. After a layout only what moved is
repainted; Textual repaints everything, up to four times when a dialog opens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from textual._compositor import Compositor, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.reactive import Reactive
from textual.screen import Screen
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console
    from textual.events import ScreenResume
    from textual.geometry import Size
    from textual.widget import Widget

    Patch = tuple[int, int, Strip]  # column, line, content
    Gaps = list[tuple[int, int]]  # columns of a line not drawn yet: first, and one past the last

Result = TypeVar("Result")


class PartialUpdate(CompositorUpdate):
    """Parts of lines, each with its position on the terminal."""

    def __init__(self, patches: Sequence[Patch]) -> None:
        self._patches = patches

    def render_segments(self, console: Console) -> str:
        """The escape sequences and text that draw the update."""
        return "".join([f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for x, y, strip in self._patches])


class RegionCompositor(Compositor):
    """Textual's compositor, with rendering restricted to visible changes."""

    def update_widgets(self, widgets: set[Widget]) -> None:
        """Add changed widgets, also those whose message is still queued, so that one key causes one frame."""
        waiting = {widget for widget in self.visible_widgets if widget._repaint_regions}  # noqa: SLF001
        super().update_widgets(widgets | waiting)

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """Render the whole screen; see ``Compositor.render_full_update``."""
        self._dirty_regions.clear()
        for widget in self.visible_widgets:  # their pending changes are drawn now
            widget._exchange_repaint_regions()  # noqa: SLF001
        strips = self._lines()
        if simplify:
            strips = [[Strip.join(line).simplify().discard_meta()] for line in strips]
        return LayoutUpdate([*strips], self.size.region)

    def render_strips(self, size: Size | None = None) -> list[Strip]:
        """Render the whole screen, one strip a line; see ``Compositor.render_strips``."""
        lines = [Strip.join(line) for line in self._lines()]
        return lines if size is None else lines[: size.height]

    def render_partial_update(self) -> PartialUpdate | None:  # type: ignore[override]  # another class of update
        """Render what changed."""
        screen = self.size.region
        changed = {region.intersection(screen) for region in self._dirty_regions}
        self._dirty_regions.clear()
        patches = [patch for region in _outermost(changed) for patch in self._patches(region)]
        return PartialUpdate(patches) if patches else None

    def _lines(self) -> list[list[Strip]]:
        """Every line of the screen as strips from left to right."""
        screen = self.size.region
        lines: list[list[tuple[int, Strip]]] = [[] for _ in screen.line_range]
        for x, y, strip in self._patches(screen):
            lines[y].append((x, strip))
        return [[strip for _, strip in sorted(line, key=_column)] for line in lines]

    def _patches(self, region: Region) -> Iterator[Patch]:
        gaps: dict[int, Gaps] = {y: [(region.x, region.right)] for y in region.line_range}
        for widget, (place, clip) in self.visible_widgets.items():
            shown = place.intersection(clip).intersection(region)
            if not any(_overlap(gaps[y], shown) for y in shown.line_range):
                continue
            strips = widget.render_lines(Region(0, shown.y - place.y, place.width, shown.height))
            for y, strip in zip(shown.line_range, strips, strict=True):
                filled, gaps[y] = _fill(gaps[y], shown)
                for start, end in filled:
                    yield start, y, strip.crop(start - place.x, end - place.x)
            if shown == region:
                return


class BaseScreen(Screen[Result]):
    """A screen that repaints only what changed, and after a layout only what moved.

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
        self._compositor = RegionCompositor()

    def refresh(
        self, *regions: Region, repaint: bool | None = None, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Repaint; if only a layout is requested, repaint what it moves."""
        if repaint is None and not layout:
            regions = regions or self.uncovered
        repaint = not layout if repaint is None else repaint
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def drawn_lines(self) -> list[Strip]:
        """What this screen shows, one strip a line, also if another one covers it."""
        return self._compositor.render_strips()

    def _screen_resized(self, size: Size) -> None:
        """Lay out for another size; Textual reports the initial size up to four times."""
        if size != self._size:
            super()._screen_resized(size)

    def _on_screen_resume(self, event: ScreenResume) -> None:
        """Do not repaint a new screen that its first layout has just painted."""
        event.prevent_default()
        drawn = self._size
        super()._on_screen_resume(event)
        if drawn != self._size:
            self._repaint_required = False
            self._exchange_repaint_regions()

    def _compositor_refresh(self) -> None:
        """Repaint; if another screen covers this one, pass it the changed regions once."""
        self.uncovered = ()
        if self is self.app.screen:
            super()._compositor_refresh()
            return
        changed = tuple(self._compositor._dirty_regions)  # noqa: SLF001
        self._compositor._dirty_regions.clear()  # noqa: SLF001
        self._dirty_widgets.clear()
        above = self.app.screen
        if changed and self.is_current and above._size:  # noqa: SLF001 - a screen without a layout paints all of it anyway
            above.refresh(*changed)


def _column(patch: tuple[int, Strip]) -> int:
    return patch[0]


def _overlap(gaps: Gaps, shown: Region) -> bool:
    """Whether a region overlaps the gaps of a line."""
    return any(start < shown.right and shown.x < end for start, end in gaps)


def _outermost(regions: Iterable[Region]) -> list[Region]:
    """The regions that no other one contains."""
    found: list[Region] = []
    for region in sorted(regions, key=lambda each: each.area, reverse=True):
        if region and not any(other.contains_region(region) for other in found):
            found.append(region)
    return found


def _fill(gaps: Gaps, shown: Region) -> tuple[Gaps, Gaps]:
    """The parts of the gaps of a line that a region fills, and the remaining gaps."""
    filled, left = [], []
    for start, end in gaps:
        first, last = max(start, shown.x), min(end, shown.right)
        if first < last:
            filled.append((first, last))
            left += [gap for gap in ((start, first), (last, end)) if gap[0] < gap[1]]
        else:
            left.append((start, end))
    return filled, left
