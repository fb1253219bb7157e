"""Insight: what the list is, how it came to be so, and what is in it, as numbers and plots on the whole screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui.app.comparison_view import ComparisonRow
from tui.app.screens.overlay import OverlayScreen
from tui.app.widgets.comparison_pane import ComparisonPane
from tui.app.widgets.status_bars import KeyBar
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.app.screens.main_screen import MainScreen
    from tui.insight.stats_report import ReportLine, ReportSpan

_STYLES = {"heading": "bold $secondary", "bar": "$primary", "good": "$success", "muted": "$ink-muted"}
_BESIDE = 100  # columns of the screen from which the two parts stand beside each other
_STEPS = {
    "j": 1, "down": 1, "k": -1, "up": -1, "space": 10, "pagedown": 10, "ctrl+d": 10, "pageup": -10, "ctrl+u": -10,
    "g": -1000, "home": -1000, "G": 1000, "end": 1000,
}  # fmt: skip


class StatisticsScreen(OverlayScreen[None]):
    """Statistics of the whole list.

    Args:
        desk: the desk below.
    """

    DEFAULT_CSS = """
    StatisticsScreen { layout: vertical; background: $background; }
    StatisticsScreen #insight-head { height: 1; padding: 0 1; background: $panel; }
    StatisticsScreen ComparisonPane { height: 1fr; padding: 1 2 0 2; background: $surface; }
    StatisticsScreen KeyBar { height: 1; padding: 0 1; }
    """

    def __init__(self, desk: MainScreen) -> None:
        super().__init__()
        self._desk = desk
        self._stats = desk.session.insights.stats()

    def compose(self) -> ComposeResult:
        """Head, plots, keys."""
        yield Static(Content.styled("Insight", "bold $secondary"), id="insight-head", markup=False)
        yield ComparisonPane(" ")
        yield KeyBar()

    def on_resize(self) -> None:
        """Draw for the width there is."""
        self.call_after_refresh(self._show)

    def on_key(self, event: events.Key) -> None:
        """Take every key in the order it came; see the module on dialogs."""
        event.stop()
        event.prevent_default()
        if event.key in {"q", "escape", "I"}:
            self.dismiss(None)
        elif event.key in _STEPS:
            self.query_one(ComparisonPane).scroll_lines(_STEPS[event.key])

    def _show(self) -> None:
        pane = self.query_one(ComparisonPane)
        beside = self.size.width >= _BESIDE
        width = max(pane.half if beside else pane.line_width - 1, 20)
        unicode = self._desk.glyphs.cut != "~"
        state, contents = self._desk.session.insights.report(self._stats, width, unicode=unicode)
        if beside:
            pane.compare([ComparisonRow(_drawn(state), _drawn(contents))])
        else:
            pane.compare([ComparisonRow(_drawn((*state, (), *contents)))])
        self.query_one(KeyBar).show([("j", "down"), ("k", "up"), ("q", "back")])


def _drawn(lines: Sequence[ReportLine]) -> Content:
    return Content("\n").join([Content.assemble(*(_piece(piece) for piece in line)) for line in lines])


def _piece(piece: ReportSpan) -> Content:
    return Content.styled(sanitise_line(piece.text), _STYLES.get(piece.part, ""))
