"""What the list says about itself, and what it suggests: nothing of it is done unless the user does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tui.app.actions import navigation
from tui.app.background import run_in_background
from tui.app.choose import Option, choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen
    from tui.model.entry import Entry

_AT_ONCE = 60  # papers that are read between two keys
_BESIDE = 5  # related papers at the end of a page


def insight(desk: MainScreen) -> None:
    """Show the statistics."""
    from tui.app.screens.insight import StatisticsScreen  # noqa: PLC0415 - a screen that a start-up does not need

    desk.app.push_screen(StatisticsScreen(desk))


def related(desk: MainScreen) -> None:
    """Show the papers most like this one, and go to the one chosen."""
    entry = desk.current_entry()
    if entry is not None:
        when_prepared(desk, lambda: _show_related(desk, entry.id))


def build_page(desk: MainScreen, entry: Entry | None) -> Content:
    """The page of a paper, with the papers like it where that is known already; empty where there is no paper."""
    if entry is None:
        return Content("")
    from tui.app.paper_view import RelatedPaper, paper_view  # noqa: PLC0415 - the first frame shows no page

    is_low = desk.has_class("-narrow") and not (desk.has_class("-tall") or desk.has_class("-reading"))
    line = desk.detail.measure if is_low else 0
    likes: list[RelatedPaper] = []
    if desk.is_advised and not line and _is_at_hand(desk):
        session = desk.session
        learned = session.insights.cached_preference_model
        if learned is not None and desk.result.sort.startswith("foryou"):
            likes.append(RelatedPaper("for you", *learned.reasons(entry.id)))
        likes += [
            RelatedPaper(session.entry(each.id).paper.display_title, each.reasons)
            for each in session.insights.related(entry.id, _BESIDE)
        ]
    return paper_view(
        entry, desk.result.terms, desk.glyphs, line=line, likes=likes, with_provenance=desk.shows_provenance
    )


def when_prepared(desk: MainScreen, then: Callable[[], None], *, aloud: bool = True) -> None:
    """Do something that needs the papers read: at once where they are or are few, else as soon as they are.

    Args:
        desk: the desk.
        then: what to do.
        aloud: say in the status line how far they are read.
    """
    if _is_at_hand(desk):
        desk.is_advised = True
        then()
        return
    says = "reading all papers for likeness" if aloud else ""
    run_in_background(
        desk, "advice", desk.session.insights.prepare, lambda _: _go_on(desk, then, aloud=aloud), says=says
    )


def _is_at_hand(desk: MainScreen) -> bool:
    """Whether the papers are read, or so few that it takes no longer than a key."""
    return desk.session.insights.is_prepared or len(desk.session.ids()) <= _AT_ONCE


def _show_related(desk: MainScreen, paper_id: str) -> None:
    if not desk.is_active:
        return
    found = desk.session.insights.related(paper_id)
    heading = desk.session.entry(paper_id).paper.display_title
    if not found:
        desk.notify_status(f"no paper is like {heading}")
        return
    options = [
        Option(
            each.id,
            desk.session.entry(each.id).paper.display_title,
            f"{', '.join(each.reasons[:2])}  {each.score:.0%}",
        )
        for each in found
    ]
    choose(desk, f"Like {heading}", options, lambda chosen: navigation.go_to(desk, chosen))


def _go_on(desk: MainScreen, then: Callable[[], None], *, aloud: bool) -> None:
    desk.is_advised = True
    if aloud:
        desk.notify_status("")
    desk.guarded(then)
