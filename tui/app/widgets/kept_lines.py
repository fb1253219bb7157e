"""A widget that keeps its lines until it is to be redrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class KeptLines(Widget):
    """A widget that keeps its lines until it is to be redrawn.

    Textual asks every widget for all of its lines with every frame, and finding out that nothing changed takes it as
    long as drawing a row of the list. Subclasses define ``draw_lines``.
    """

    _kept: tuple[Region, list[Strip]] | None = None

    def draw_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines of a region; see ``Widget.render_lines``."""
        return super().render_lines(crop)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region; called by the compositor."""
        if self._kept is None or self._kept[0] != crop:
            self._kept = crop, self.draw_lines(crop)
        return self._kept[1]

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Redraw with the next frame."""
        self._kept = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Redraw in other styles."""
        super().notify_style_update()
        self._kept = None
