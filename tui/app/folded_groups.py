"""Which groups of the filter pane are folded, kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.session.session import Session

_KEY = "shut groups"  # of the store


def load_folded(session: Session) -> frozenset[str]:
    """The fields of the groups that were folded at the last exit."""
    stored = session.values.get(_KEY)
    return frozenset(filter(None, map(str, stored))) if isinstance(stored, list) else frozenset()


def save_folded(session: Session, fields: Iterable[str]) -> None:
    """Store the fields of the folded groups for the next run."""
    session.values.set(_KEY, sorted(fields))
