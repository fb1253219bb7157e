"""The statistics screen: counts and trends of the list, as numbers and plots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.comparison_view import ComparisonRow
from tui.app.safe_display import Content, Static
from tui.app.screens.overlay import OverlayScreen
from tui.app.widgets.comparison_pane import ComparisonPane
from tui.app.widgets.status_bars import KeyBar
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.app.theming import Glyphs
    from tui.insight.stats_report import ReportLine, ReportSpan
    from tui.session.insights import Insights

_STYLES = {"heading": "bold $secondary", "bar": "$primary", "good": "$success", "muted": "$ink-muted"}
_TWO_COLUMNS_WIDTH = 100  # cells of the screen from which the two parts are side by side
_STEPS = {
    "j": 1, "down": 1, "k": -1, "up": -1, "space": 10, "pagedown": 10, "ctrl+d": 10, "pageup": -10, "ctrl+u": -10,
    "g": -1000, "home": -1000, "G": 1000, "end": 1000,
}  # fmt: skip


class StatisticsScreen(OverlayScreen[None]):
    """Statistics of the whole list.

    Args:
        insights: computes them.
        glyphs: the characters to draw with.
    """

    DEFAULT_CSS = """
    StatisticsScreen { layout: vertical; background: $background; }
    StatisticsScreen #insight-header { height: 1; padding: 0 1; background: $panel; }
    StatisticsScreen ComparisonPane { height: 1fr; padding: 1 2 0 2; background: $surface; }
    StatisticsScreen KeyBar { height: 1; padding: 0 1; }
    """

    def __init__(self, insights: Insights, glyphs: Glyphs) -> None:
        super().__init__()
        self._insights, self._glyphs = insights, glyphs
        self._stats = insights.stats()

    def compose(self) -> ComposeResult:
        """Header, plots, keys."""
        yield Static(Content.styled(SafeText("Statistics"), "bold $secondary"), id="insight-header")
        yield ComparisonPane(" ")
        yield KeyBar()

    def on_resize(self) -> None:
        """Draw the plots for the new width."""
        self.call_after_refresh(self._show)

    def on_key(self, event: events.Key) -> None:
        """Handle every key in the order typed, as the dialogs do."""
        event.stop()
        event.prevent_default()
        if event.key in {"q", "escape", "I"}:
            self.dismiss(None)
        elif event.key in _STEPS:
            self.query_one(ComparisonPane).scroll_lines(_STEPS[event.key])

    def _show(self) -> None:
        pane = self.query_one(ComparisonPane)
        has_two_columns = self.size.width >= _TWO_COLUMNS_WIDTH
        width = max(pane.half if has_two_columns else pane.line_width - 1, 20)
        unicode = self._glyphs.cut != "~"
        activity, collection = self._insights.report(self._stats, width, unicode=unicode)
        if has_two_columns:
            pane.compare([ComparisonRow(_render_lines(activity), _render_lines(collection))])
        else:
            pane.compare([ComparisonRow(_render_lines((*activity, (), *collection)))])
        self.query_one(KeyBar).show([("j", "down"), ("k", "up"), ("q", "back")])


def _render_lines(lines: Sequence[ReportLine]) -> Content:
    return Content("\n").join([Content.assemble(*(_render_span(span) for span in line)) for line in lines])


def _render_span(span: ReportSpan) -> Content:
    return Content.styled(sanitise_line(span.text), _STYLES.get(span.part, ""))
