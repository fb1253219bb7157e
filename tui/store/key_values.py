"""A key-value store beside the marks, for small values such as the cursor position and the saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.model.change import FieldChange
from tui.store import strict_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from threading import RLock

    from tui.model.change import FieldValue
    from tui.store.journal_table import Database
    from tui.store.strict_json import Json


class KeyValues:
    """The values of one store, by name.

    Args:
        database: the store.
        guard: held while the store changes.
    """

    def __init__(self, database: Database, guard: RLock) -> None:
        self._table = database.texts("meta")
        self._guard = guard

    def get(self, name: str) -> Json:
        """The value of a name; None if it has none."""
        document = self._table.find(name)
        return None if document is None else strict_json.loads(strict_json.dumps(document["value"]))

    def with_prefix(self, prefix: str) -> dict[str, Json]:
        """The values of all names with a prefix, by name."""
        return {name: self.get(name) for name in self._table.ids() if name.startswith(prefix)}

    def set(self, name: str, value: Json) -> None:
        """Store a small value that belongs to no mark, such as the cursor position. None removes it.

        Args:
            name: its name.
            value: any JSON value.

        Raises:
            WriteError: the disk refused; nothing changed.
            StoreBusyError: another process holds the lock.
            StoreDamagedError: the files cannot be trusted.
        """
        plain = strict_json.loads(strict_json.dumps(value))
        with self._guard:
            if self.get(name) != plain:
                self.write({name: plain})

    def write(self, values: Mapping[str, Json]) -> None:
        """Write values by name, as a part of a transaction; None removes one."""
        self._table.replace({name: None if new is None else {"value": new} for name, new in values.items()})

    def changes(self, wanted: Mapping[str, FieldValue]) -> tuple[FieldChange, ...]:
        """The changes that set these values."""
        changes = ((name, as_pairs(self.get(name)), new) for name, new in wanted.items())
        return tuple(FieldChange(name, old, new) for name, old, new in changes if old != new)


def as_pairs(value: Json) -> FieldValue:
    """Convert a value that can be undone and redone: pairs of texts, or None."""
    return None if value is None else tuple((str(first), str(second)) for first, second in value)
