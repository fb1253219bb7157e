"""The duplicates screen: possible duplicates side by side, to be merged or marked as not duplicates.

Every decision can be undone like any other change; an undecided pair is offered again the next time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import history
from tui.app.comparison_view import ComparisonRow, comparison_rows
from tui.app.safe_display import Content, Static
from tui.app.screens.overlay import OverlayScreen
from tui.app.widgets.comparison_pane import ComparisonPane
from tui.app.widgets.status_bars import KeyBar
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.insight.duplicates import DuplicatePair
    from tui.model.change import Change

_LINES = 3  # scrolled by a key


class DuplicatesScreen(OverlayScreen[None]):
    """Decide on pairs one by one.

    Args:
        workspace: the workspace.
        ui: undoes decisions.
        pairs: the pairs to decide on.
    """

    DEFAULT_CSS = """
    DuplicatesScreen { layout: vertical; background: $background; }
    DuplicatesScreen #pairs-header { height: 1; padding: 0 1; background: $panel; }
    DuplicatesScreen ComparisonPane { height: 1fr; padding: 1 2 0 2; background: $surface; }
    DuplicatesScreen #pairs-message { height: 1; padding: 0 1; background: $panel; }
    DuplicatesScreen KeyBar { height: 1; padding: 0 1; }
    """

    def __init__(self, workspace: Workspace, ui: Ui, pairs: Sequence[DuplicatePair]) -> None:
        super().__init__()
        self._workspace, self._ui = workspace, ui
        self._pairs = list(pairs)
        self._swapped: set[DuplicatePair] = set()
        self._index = 0
        self._initial_paper = workspace.papers.current

    def compose(self) -> ComposeResult:
        """Header, pair, status message, keys."""
        yield Static(id="pairs-header")
        yield ComparisonPane("│" if self._ui.glyphs.rule == "─" else "|")
        yield Static(id="pairs-message")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Show the first pair."""
        self._show()

    def on_resize(self) -> None:
        """Fit the bars to the width."""
        self.call_after_refresh(self._show_bars)

    def on_key(self, event: events.Key) -> None:
        """Handle every key in the order typed, as the dialogs do."""
        event.stop()
        event.prevent_default()
        command = self._workspace.keys.bindings_for("pairs").get(event.key)
        if command is not None:
            getattr(self, self._workspace.keys.command(command).screen_method)()

    def merge_pair(self) -> None:
        """Merge the pair into the left paper."""
        if (sides := self._open_sides()) is not None:
            self._decide(lambda: self._workspace.session.curation.merge(*sides))

    def keep_apart(self) -> None:
        """Mark the pair as not duplicates."""
        if (sides := self._open_sides()) is not None:
            self._decide(lambda: self._workspace.session.curation.mark_distinct(*sides))

    def swap_sides(self) -> None:
        """Swap the sides of the pair."""
        if self._open_sides() is not None and self._current is not None:
            self._swapped ^= {self._current}
            self._show()

    def next_pair(self) -> None:
        """Leave the pair undecided, and go to the next."""
        self._go(self._index + 1)

    def previous_pair(self) -> None:
        """Go to the previous pair."""
        self._go(self._index - 1)

    def text_down(self) -> None:
        """Scroll both papers down."""
        self.query_one(ComparisonPane).scroll_lines(_LINES)

    def text_up(self) -> None:
        """Scroll both papers up."""
        self.query_one(ComparisonPane).scroll_lines(-_LINES)

    def stop(self) -> None:
        """Return to the list, and to the paper where it was left."""
        if self._initial_paper is not None:  # undoing moved the cursor to the papers it changed
            self._workspace.papers.go_to(self._initial_paper)
        self.dismiss(None)

    def undo(self) -> None:
        """Undo the last change, and go to its pair if it was a decision on one."""
        was_open = [self._is_open(pair) for pair in self._pairs]
        self._workspace.guarded(lambda: history.undo(self._workspace, self._ui))
        opened = (at for at, pair in enumerate(self._pairs) if self._is_open(pair) and not was_open[at])
        self._go(next(opened, self._index))

    def _open_sides(self) -> tuple[str, str] | None:
        """The papers of the pair, left and right; None if it needs no decision."""
        pair = self._current
        return self._in_order(pair) if pair is not None and self._is_open(pair) else None

    def _decide(self, decide: Callable[[], Change | None]) -> None:
        def work() -> None:
            change = decide()
            if change is not None:
                self._workspace.edits.show(change, change.label)

        if self._workspace.guarded(work):
            later = (at for at, pair in enumerate(self._pairs) if at > self._index and self._is_open(pair))
            self._go(next(later, len(self._pairs)))
        else:
            self._show_bars()

    @property
    def _current(self) -> DuplicatePair | None:
        return self._pairs[self._index] if self._index < len(self._pairs) else None

    def _is_open(self, pair: DuplicatePair) -> bool:
        return self._workspace.session.curation.is_open(pair)

    def _in_order(self, pair: DuplicatePair) -> tuple[str, str]:
        kept, other = self._workspace.session.curation.in_order(pair)
        return (other, kept) if pair in self._swapped else (kept, other)

    def _go(self, index: int) -> None:
        self._index = max(0, min(index, len(self._pairs)))
        self._show()

    def _show(self) -> None:
        pane = self.query_one(ComparisonPane)
        if (sides := self._open_sides()) is not None:
            session = self._workspace.session
            kept, other = sides
            pane.compare(comparison_rows(session.entry(kept), session.entry(other), self._ui.glyphs))
        else:
            pane.compare([ComparisonRow(self._summary())])
        self._show_bars()

    def _summary(self) -> Content:
        """The text shown where no pair needs a decision."""
        if self._current is not None:
            return Content(SafeText("Decided. Space: next, u: undo"))
        left = sum(map(self._is_open, self._pairs))
        lines = [
            Content.styled(SafeText("That was the last pair."), "bold $primary"),
            Content(sanitise_line(f"{len(self._pairs) - left} of {len(self._pairs)} decided.")),
        ]
        return Content("\n").join(lines)

    def _show_bars(self) -> None:
        pair = self._current
        position = f"{min(self._index + 1, len(self._pairs))} of {len(self._pairs)}"
        evidence = f"{pair.score:.0%}: {pair.evidence}" if pair is not None else ""
        header = Content.assemble(
            (SafeText("Same paper?  "), "bold $secondary"),
            (sanitise_line(position), "bold"),
            (sanitise_line(f"  {evidence}"), "$ink-muted"),
        )
        header = header.truncate(max(self.size.width - 2, 0), ellipsis=True)
        self.query_one("#pairs-header", Static).update(header, layout=False)
        message = Content.styled(sanitise_line(self._workspace.messages.current.text), "$ink-muted")
        self.query_one("#pairs-message", Static).update(message, layout=False)
        self.query_one(KeyBar).show(self._workspace.keys.footer_items("pairs"))
