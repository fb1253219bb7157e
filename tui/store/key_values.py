"""A key-value store beside the marks, for small values such as the cursor position and the saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.model.change import FieldChange
from tui.store import strict_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.model.change import FieldValue
    from tui.store.journal_table import JournalTable
    from tui.store.strict_json import Json


def get_value(table: JournalTable, name: str) -> Json:
    """The value of a name; None if it has none."""
    document = table.find(name)
    return None if document is None else strict_json.loads(strict_json.dumps(document["value"]))


def values(table: JournalTable, prefix: str) -> dict[str, Json]:
    """The values of all names with a prefix, by name."""
    return {name: get_value(table, name) for name in table.ids() if name.startswith(prefix)}


def set_values(table: JournalTable, values: Mapping[str, Json]) -> None:
    """Set values by name; None removes one."""
    table.replace({name: None if new is None else {"value": new} for name, new in values.items()})


def value_changes(table: JournalTable, wanted: Mapping[str, FieldValue]) -> tuple[FieldChange, ...]:
    """The changes that set these values."""
    changes = ((name, as_pairs(get_value(table, name)), new) for name, new in wanted.items())
    return tuple(FieldChange(name, old, new) for name, old, new in changes if old != new)


def as_pairs(value: Json) -> FieldValue:
    """Convert a value that can be undone and redone: pairs of texts, or None."""
    return None if value is None else tuple((str(first), str(second)) for first, second in value)
