"""What the formats have in common that other programs parse: their exports are read back before they are saved."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.model.entry import Entry

Fields = Mapping[str, object]


class VerifiedFormat(ABC):
    """A format whose exports are verified; every entry becomes fields first, and these become text."""

    @abstractmethod
    def fields(self, entry: Entry, key: str | None) -> Fields:
        """The fields to write for an entry, as ``read`` returns them; deterministic."""

    @abstractmethod
    def render(self, written: Iterable[Fields]) -> Iterator[str]:
        """Write the fields of each entry as a chunk of text."""

    @abstractmethod
    def read(self, text: str) -> Iterable[Fields]:
        """Read the fields of each entry back.

        Raises:
            ValueError: the text is malformed.
        """

    def write(self, entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
        """Write entries with citation keys (id to key) as chunks of text."""
        return self.render(self.fields(entry, keys.get(entry.id)) for entry in entries)

    def differences(self, entry: Entry, written: Fields, found: Fields) -> list[str]:
        """The names of the fields that do not say what they should.

        Args:
            entry: the exported entry.
            written: its fields as they were written.
            found: its fields as they were read back.
        """
        _ = entry
        if written == found:
            return []
        return sorted(name for name in written.keys() | found.keys() if written.get(name) != found.get(name))
