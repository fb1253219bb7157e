"""A table as it will be after the running transaction."""

from __future__ import annotations

from collections.abc import MutableMapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class TableDraft(MutableMapping[Any, dict[str, Any]]):
    """Changes of a table on top of its documents, which are copied when they are read and stay as they are.

    Args:
        base: document id, a text → document.
        id_class: the ids of the draft are converted to it, and back by ``str``.
    """

    def __init__(self, base: Mapping[str, Mapping[str, Any]], id_class: type[Any] = str) -> None:
        self._base = base
        self._id_class = id_class
        self._touched: dict[str, dict[str, Any] | None] = {}

    def changes(self) -> dict[str, dict[str, Any] | None]:
        """The documents that changed; None for one that was removed."""
        return {key: document for key, document in self._touched.items() if self._base.get(key) != document}

    def stage(self, changes: Mapping[str, dict[str, Any] | None]) -> None:
        """Add the changes of another draft."""
        self._touched.update(changes)

    def __getitem__(self, key: object) -> dict[str, Any]:
        name = str(key)
        if name not in self._touched:
            self._touched[name] = deepcopy(dict(self._base[name]))
        document = self._touched[name]
        if document is None:
            raise KeyError(key)
        return document

    def __setitem__(self, key: object, document: Mapping[str, Any]) -> None:
        self._touched[str(key)] = dict(document)

    def __delitem__(self, key: object) -> None:
        if key not in self:
            raise KeyError(key)
        self._touched[str(key)] = None

    def __contains__(self, key: object) -> bool:
        name = str(key)
        return self._touched[name] is not None if name in self._touched else name in self._base

    def __iter__(self) -> Iterator[Any]:
        for name in (*self._base, *(name for name in self._touched if name not in self._base)):
            if self._touched.get(name, ...) is not None:
                yield self._id_class(name)

    def __len__(self) -> int:
        return sum(1 for _ in self)
