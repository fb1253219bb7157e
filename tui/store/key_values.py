"""A key-value store beside the marks, for small values such as the cursor position and the saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.model.change import FieldChange
from tui.store import strict_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.model.change import FieldValue
    from tui.store.storage import JournalStorage
    from tui.store.strict_json import Json

_TABLE = "meta"


def get_value(storage: JournalStorage, name: str) -> Json:
    """The value of a name; None if it has none."""
    document = storage.table(_TABLE).get(name)
    return None if document is None else strict_json.loads(strict_json.dumps(document["value"]))


def values(storage: JournalStorage, prefix: str) -> dict[str, Json]:
    """The values of all names with a prefix, by name."""
    return {name: get_value(storage, name) for name in storage.table(_TABLE) if name.startswith(prefix)}


def stage(storage: JournalStorage, values: Mapping[str, Json]) -> None:
    """Set values in the running transaction; None removes one."""
    storage.stage(_TABLE, {name: None if new is None else {"value": new} for name, new in values.items()})


def value_changes(storage: JournalStorage, wanted: Mapping[str, FieldValue]) -> tuple[FieldChange, ...]:
    """The changes that set these values."""
    changes = ((name, as_pairs(get_value(storage, name)), new) for name, new in wanted.items())
    return tuple(FieldChange(name, old, new) for name, old, new in changes if old != new)


def as_pairs(value: Json) -> FieldValue:
    """Convert a value that can be undone and redone: pairs of texts, or None."""
    return None if value is None else tuple((str(first), str(second)) for first, second in value)
