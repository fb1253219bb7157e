"""What the list says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.screens.desk import Desk


def insight(desk: Desk) -> None:
    """Show the statistics."""
    from tui.app.screens.insight import Insight  # noqa: PLC0415 - a screen that a start-up does not need

    desk.app.push_screen(Insight(desk))
