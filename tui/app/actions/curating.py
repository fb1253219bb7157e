"""What the pages have wrong: the fields of the paper under the cursor, and papers that may be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from tui.errors import ReadlistError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.screens.desk import Desk
    from tui.insight.duplicates import Pair

_NONE = "no two papers look like one"


def fields(desk: Desk) -> None:
    """Show the fields as a form, and keep what was set right."""
    from tui.app.screens.correct import Correct  # noqa: PLC0415 - a screen that a start-up does not need

    entry = desk.current_entry()
    if entry is None:
        return

    def written(texts: dict[str, str] | None) -> None:
        if texts:
            desk.saving.attempt(("fields", entry.id), lambda: _keep(desk, entry.id, texts))

    desk.app.push_screen(Correct(entry), written)


def duplicates(desk: Desk) -> None:
    """Compare all papers beside the screen, and show the pairs that may be one."""
    if not desk.session.curation.is_compared:
        desk.tell("comparing all papers …")
    desk.run_worker(lambda: _compare(desk), thread=True, group="compare", exclusive=True)


def _keep(desk: Desk, paper_id: str, texts: dict[str, str]) -> None:
    change = desk.session.curation.correct(paper_id, texts)
    if change is None:
        desk.tell("it is so already")
    else:
        desk.show_change(change, change.label)


class _LeftError(Exception):
    """The screen is gone; nobody waits for the comparison."""


def _compare(desk: Desk) -> None:
    """Find the pairs; runs beside the screen, and speaks to it by messages only."""
    worker = get_current_worker()
    told = 0

    def progress(done: int, total: int) -> None:
        nonlocal told
        if worker.is_cancelled:
            raise _LeftError
        share = 100 * done // max(total, 1)
        if share > told:
            told = share
            desk.call_later(lambda: desk.tell(f"comparing all papers: {done} of {total}"))

    try:
        pairs = desk.session.curation.pairs(progress)
    except _LeftError:
        return
    except ReadlistError as fault:
        message = fault.message
        desk.call_later(lambda: desk.tell(message, fault=True))
    else:
        desk.call_later(lambda: _show(desk, pairs))


def _show(desk: Desk, pairs: Sequence[Pair]) -> None:
    from tui.app.screens.duplicates import Duplicates  # noqa: PLC0415 - a screen that a start-up does not need

    still = [pair for pair in pairs if desk.session.curation.is_open(pair)]
    if not still:
        desk.tell(_NONE)
        return
    desk.tell(f"{len(still)} pair{'' if len(still) == 1 else 's'} of papers may be one")
    if desk.is_active:
        desk.app.push_screen(Duplicates(desk, still))
