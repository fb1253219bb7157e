"""Small durable values beside the marks, each under a name: the last place, the saved views. Knows none of them."""

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
    """What was last kept under a name; None where nothing was."""
    document = storage.table(_TABLE).get(name)
    return None if document is None else strict_json.loads(strict_json.dumps(document["value"]))


def values(storage: JournalStorage, prefix: str) -> dict[str, Json]:
    """What was last kept under each name that begins so."""
    return {name: get_value(storage, name) for name in storage.table(_TABLE) if name.startswith(prefix)}


def stage(storage: JournalStorage, values: Mapping[str, Json]) -> None:
    """Keep values in the running transaction; None forgets one."""
    storage.stage(_TABLE, {name: None if new is None else {"value": new} for name, new in values.items()})


def changed(storage: JournalStorage, wanted: Mapping[str, FieldValue]) -> tuple[FieldChange, ...]:
    """What is to change so that these values are kept."""
    pairs = ((name, as_pairs(get_value(storage, name)), new) for name, new in wanted.items())
    return tuple(FieldChange(name, old, new) for name, old, new in pairs if old != new)


def as_pairs(kept: Json) -> FieldValue:
    """A value that is undone and redone: pairs of texts, or None."""
    return None if kept is None else tuple((str(first), str(second)) for first, second in kept)
