"""A container that draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class Unpainted(Container):
    """A container without a colour of its own: what its children leave free shows the screen.

    Textual draws all lines of a container with every frame, although its children cover them.
    """

    def render_lines(self, crop: Region) -> list[Strip]:  # noqa: ARG002 - as Textual calls it
        """No lines."""
        return []
