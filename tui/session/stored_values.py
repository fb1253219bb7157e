"""Values kept in the store between runs, such as the state of the screen."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import StoreBusyError, WriteError
from tui.ui_state import UiState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.store.store import Store

_UI_STATE = "place"


class StoredValues:
    """The values of one reading list, by name. They are no part of the history.

    Args:
        store: the open store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, name: str) -> object:
        """A value; None if there is none."""
        return self._store.values.get(name)

    def with_prefix(self, prefix: str) -> Mapping[str, object]:
        """The values whose names start with a prefix, by name."""
        return self._store.values.with_prefix(prefix)

    def set(self, name: str, value: object) -> None:
        """Store a value; errors of writing are ignored."""
        with suppress(WriteError, StoreBusyError):
            self._store.values.set(name, value)

    def ui_state(self) -> UiState:
        """The saved state of the screen: cursor, query, sort order."""
        return UiState.from_stored(self.get(_UI_STATE))

    def save_ui_state(self, state: UiState) -> None:
        """Save the state of the screen for the next start."""
        if state != self.ui_state():
            self.set(_UI_STATE, state._asdict())
