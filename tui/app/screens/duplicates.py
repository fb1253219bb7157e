"""Papers that may be one, in pairs: side by side with what differs, and a key for what they are.

Every answer is a step of the history like any other; a pair that was left comes again the next time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui.app.actions import history
from tui.app.comparison_view import ComparisonRow, comparison_rows
from tui.app.screens.overlay import OverlayScreen
from tui.app.widgets.comparison_pane import ComparisonPane
from tui.app.widgets.status_bars import KeyBar
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.app.screens.main_screen import MainScreen
    from tui.insight.duplicates import DuplicatePair
    from tui.model.change import Change


class DuplicatesScreen(OverlayScreen[None]):
    """Judge pairs one by one.

    Args:
        desk: the desk below.
        pairs: what there is to judge.
    """

    DEFAULT_CSS = """
    DuplicatesScreen { layout: vertical; background: $background; }
    DuplicatesScreen #pairs-head { height: 1; padding: 0 1; background: $panel; }
    DuplicatesScreen ComparisonPane { height: 1fr; padding: 1 2 0 2; background: $surface; }
    DuplicatesScreen #pairs-news { height: 1; padding: 0 1; background: $panel; }
    DuplicatesScreen KeyBar { height: 1; padding: 0 1; }
    """

    def __init__(self, desk: MainScreen, pairs: Sequence[DuplicatePair]) -> None:
        super().__init__()
        self._desk = desk
        self._pairs = list(pairs)
        self._swapped: set[DuplicatePair] = set()
        self._at = 0
        self._came_from = desk.papers.current

    def compose(self) -> ComposeResult:
        """Head, pair, news, keys."""
        yield Static(id="pairs-head", markup=False)
        yield ComparisonPane("│" if self._desk.glyphs.rule == "─" else "|")
        yield Static(id="pairs-news", markup=False)
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Show the first pair."""
        self._show()

    def on_resize(self) -> None:
        """The bars are set to the width."""
        self.call_after_refresh(self._show_bars)

    def on_key(self, event: events.Key) -> None:
        """Take every key in the order it came; see the module on dialogs."""
        event.stop()
        event.prevent_default()
        self._run(self._desk.keys.bindings_for("pairs").get(event.key, ""))

    def _run(self, command: str) -> None:
        if command == "pairs.stop":
            if self._came_from is not None:  # steps taken back lead the cursor to their papers
                self._desk.papers.go_to(self._came_from)
            self.dismiss(None)
        elif command == "pairs.undo":
            self._undo()
        elif command in {"pairs.next", "pairs.previous"}:
            self._go(self._at + (1 if command == "pairs.next" else -1))
        elif command in {"pairs.down", "pairs.up"}:
            self.query_one(ComparisonPane).scroll_lines(3 if command == "pairs.down" else -3)
        elif command and self._current is not None and self._is_open(self._current):
            self._run_on_pair(command, self._current)

    def _run_on_pair(self, command: str, pair: DuplicatePair) -> None:
        curation = self._desk.session.curation
        kept, other = self._in_order(pair)
        if command == "pairs.join":
            self._judge(lambda: curation.merge(kept, other))
        elif command == "pairs.apart":
            self._judge(lambda: curation.mark_distinct(kept, other))
        elif command == "pairs.swap":
            self._swapped ^= {pair}
            self._show()

    def _judge(self, judge: Callable[[], Change | None]) -> None:
        def work() -> None:
            change = judge()
            if change is not None:
                self._desk.show_change(change, change.label)

        if self._desk.guarded(work):
            later = (at for at, pair in enumerate(self._pairs) if at > self._at and self._is_open(pair))
            self._go(next(later, len(self._pairs)))
        else:
            self._show_bars()

    def _undo(self) -> None:
        """Take back the latest step, and go to the pair it was about, where it was about one."""
        was_open = [self._is_open(pair) for pair in self._pairs]
        self._desk.guarded(lambda: history.undo(self._desk))
        opened = (at for at, pair in enumerate(self._pairs) if self._is_open(pair) and not was_open[at])
        self._go(next(opened, self._at))

    @property
    def _current(self) -> DuplicatePair | None:
        return self._pairs[self._at] if self._at < len(self._pairs) else None

    def _is_open(self, pair: DuplicatePair) -> bool:
        return self._desk.session.curation.is_open(pair)

    def _in_order(self, pair: DuplicatePair) -> tuple[str, str]:
        kept, other = self._desk.session.curation.in_order(pair)
        return (other, kept) if pair in self._swapped else (kept, other)

    def _go(self, at: int) -> None:
        self._at = max(0, min(at, len(self._pairs)))
        self._show()

    def _show(self) -> None:
        pane = self.query_one(ComparisonPane)
        pair = self._current
        if pair is not None and self._is_open(pair):
            session = self._desk.session
            kept, other = self._in_order(pair)
            pane.compare(comparison_rows(session.entry(kept), session.entry(other), self._desk.glyphs))
        else:
            pane.compare([ComparisonRow(self._words())])
        self._show_bars()

    def _words(self) -> Content:
        """What to say where there is no pair to judge."""
        if self._current is not None:
            return Content("This pair is judged. Space goes on, u takes the judgement back.")
        left = sum(map(self._is_open, self._pairs))
        lines = [
            Content.styled("That was the last pair.", "bold $primary"),
            Content(f"{len(self._pairs) - left} of {len(self._pairs)} judged."),
        ]
        return Content("\n").join(lines)

    def _show_bars(self) -> None:
        pair = self._current
        place = f"{min(self._at + 1, len(self._pairs))} of {len(self._pairs)}"
        why = f"{pair.score:.0%}: {pair.evidence}" if pair is not None else ""
        head = Content.assemble(
            ("One paper or two?  ", "bold $secondary"),
            (sanitise_line(place), "bold"),
            (sanitise_line(f"  {why}"), "$ink-muted"),
        )
        head = head.truncate(max(self.size.width - 2, 0), ellipsis=True)
        self.query_one("#pairs-head", Static).update(head, layout=False)
        news = Content.styled(sanitise_line(self._desk.message), "$ink-muted")
        self.query_one("#pairs-news", Static).update(news, layout=False)
        self.query_one(KeyBar).show(self._desk.keys.footer_items("pairs"))
