"""What the pages have wrong: the fields of the paper under the cursor, and papers that may be one."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from tui.app import following
from tui.app.beside import beside
from tui.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.app.screens.desk import Desk
    from tui.insight.duplicates import DuplicatePair
    from tui.model.entry import Entry

_NOTHING: Mapping[str, str] = MappingProxyType({})
_NONE = "no two papers look like one"


def fields(desk: Desk) -> None:
    """Show the fields of the paper under the cursor as a form, and keep what was set right."""
    entry = desk.current_entry()
    if entry is not None:
        _edit(desk, entry)


def _edit(desk: Desk, entry: Entry, typed: Mapping[str, str] = _NOTHING) -> None:
    from tui.app.screens.correct import Correct  # noqa: PLC0415 - a screen that a start-up does not need

    def written(texts: dict[str, str] | None) -> None:
        if texts:
            desk.saving.attempt(("fields", entry.id), lambda: _keep(desk, entry, texts))

    desk.app.push_screen(Correct(entry, typed), written)


def duplicates(desk: Desk) -> None:
    """Compare all papers beside the screen, and show the pairs that may be one."""
    if not desk.session.curation.is_compared:
        desk.tell("comparing all papers …")
    pairs = desk.session.curation.pairs
    beside(desk, "compare", pairs, lambda found: _show(desk, found), says="comparing all papers")


def _keep(desk: Desk, entry: Entry, texts: dict[str, str]) -> None:
    try:
        change = desk.session.curation.correct(entry.id, texts, entry)
    except ConflictError as conflict:
        # The form again: it has what was typed here, and says what the other program wrote.
        following.catch_up(desk)
        _edit(desk, desk.session.entry(conflict.paper), texts)
        return
    if change is None:
        desk.tell("it is so already")
    else:
        desk.show_change(change, change.label)


def _show(desk: Desk, pairs: Sequence[DuplicatePair]) -> None:
    from tui.app.screens.duplicates import Duplicates  # noqa: PLC0415 - a screen that a start-up does not need

    still = [pair for pair in pairs if desk.session.curation.is_open(pair)]
    if not still:
        desk.tell(_NONE)
        return
    desk.tell(f"{len(still)} pair{'' if len(still) == 1 else 's'} of papers may be one")
    if desk.is_active:
        desk.app.push_screen(Duplicates(desk, still))
