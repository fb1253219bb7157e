"""Actions: statistics and related papers, and the background work that they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tui.app.actions import navigation
from tui.app.background import run_in_background
from tui.app.open_picker import Option, choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen
    from tui.model.entry import Entry

_MAX_SYNCHRONOUS = 60  # papers that are prepared without a noticeable delay
_RELATED = 5  # related papers in the detail pane


def show_statistics(screen: MainScreen) -> None:
    """Show the statistics."""
    from tui.app.screens.insight import StatisticsScreen  # noqa: PLC0415 - not needed at start-up

    screen.app.push_screen(StatisticsScreen(screen))


def show_related(screen: MainScreen) -> None:
    """List the papers most similar to this one, and go to the one chosen."""
    entry = screen.current_entry()
    if entry is not None:
        when_prepared(screen, lambda: _choose_related(screen, entry.id))


def build_page(screen: MainScreen, entry: Entry | None) -> Content:
    """The content of the detail pane, with related papers if they are prepared; empty without a paper."""
    if entry is None:
        return Content("")
    from tui.app.detail_content import RelatedPaper, paper_view  # noqa: PLC0415 - not needed for the first frame

    is_short = screen.has_class("-narrow") and not (screen.has_class("-tall") or screen.has_class("-reading"))
    line = screen.detail.measure if is_short else 0
    related: list[RelatedPaper] = []
    if screen.has_insights and not line and _is_ready(screen):
        session = screen.session
        model = session.insights.cached_preference_model
        if model is not None and screen.result.sort.startswith("foryou"):
            related.append(RelatedPaper("for you", *model.reasons(entry.id)))
        related += [
            RelatedPaper(session.entry(each.id).paper.display_title, each.reasons)
            for each in session.insights.related(entry.id, _RELATED)
        ]
    return paper_view(
        entry,
        screen.result.terms,
        screen.glyphs,
        line=line,
        related=related,
        with_provenance=screen.shows_provenance,
    )


def when_prepared(screen: MainScreen, callback: Callable[[], None], *, show_progress: bool = True) -> None:
    """Call a function once the similarity model is prepared: at once if it is, or is quick to build.

    Args:
        screen: the main screen.
        callback: the function.
        show_progress: show the progress in the status line.
    """
    if _is_ready(screen):
        screen.has_insights = True
        callback()
        return
    label = "comparing all papers" if show_progress else ""
    run_in_background(
        screen,
        "advice",
        screen.session.insights.prepare,
        lambda _: _finish(screen, callback, show_progress=show_progress),
        progress_label=label,
    )


def _is_ready(screen: MainScreen) -> bool:
    """Whether the model is prepared, or quick to build."""
    return screen.session.insights.is_prepared or len(screen.session.ids()) <= _MAX_SYNCHRONOUS


def _choose_related(screen: MainScreen, paper_id: str) -> None:
    if not screen.is_active:
        return
    found = screen.session.insights.related(paper_id)
    title = screen.session.entry(paper_id).paper.display_title
    if not found:
        screen.notify_status(f"no papers similar to {title}")
        return
    options = [
        Option(
            each.id,
            screen.session.entry(each.id).paper.display_title,
            f"{', '.join(each.reasons[:2])}  {each.score:.0%}",
        )
        for each in found
    ]
    choose(screen, f"Similar to {title}", options, lambda related_id: navigation.go_to(screen, related_id))


def _finish(screen: MainScreen, callback: Callable[[], None], *, show_progress: bool) -> None:
    screen.has_insights = True
    if show_progress:
        screen.notify_status("")
    screen.guarded(callback)
