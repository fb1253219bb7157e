"""The papers on disk: a TinyDB file that is replaced whole, by an intake only, and can be rebuilt from the pages.

Documents are decoded when they are asked for. Must not know of marks.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage

from tui.errors import CannotWriteError
from tui.library import checkpoint, codec, disk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tui.library.checkpoint import Document, Tables
    from tui.library.lock import Lock
    from tui.paper.paper import Paper

_HINT = (
    "Nothing was overwritten, and your marks are in another file. `readlist check --repair` sets it aside; "
    "the papers are then read from the pages again."
)


class WholeStorage(Storage):
    """A checksummed TinyDB file that is read once and written whole.

    Attributes:
        path: the file.
        sequence: how often it was written.
    """

    def __init__(self, path: Path, lock: Lock) -> None:
        """Read the file, where there is one.

        Raises:
            StoreDamagedError: it cannot be trusted.
        """
        self.path = path
        self.sequence = 0
        self._lock = lock
        self._identity: bytes | None = None
        self._tables: Tables | None = None
        self.catch_up()

    def read(self) -> Tables | None:
        """All tables, or None where there is no file."""
        return None if self._tables is None else dict(self._tables)

    def write(self, data: Mapping[str, Mapping[str, Document]]) -> None:
        """Replace the file.

        Raises:
            CannotWriteError: the disk refused; the file is as it was.
            StoreBusyError: another process holds the lock.
            StoreDamagedError: what would be replaced is damaged.
        """
        if not (disk.is_writable(self.path) and disk.is_writable(self.path.parent)):
            raise CannotWriteError(f"{self.path} is write-protected.", "Nothing was changed. Make it writable.")
        with self._lock.held():
            self.catch_up()
            parts = checkpoint.pack(self.sequence + 1, {name: dict(table) for name, table in data.items()})
            with disk.writing(self.path):
                disk.replace(self.path, parts)
            self._adopt(checkpoint.unpack(b"".join(parts), self.path))

    def hold(self, data: Mapping[str, Mapping[str, Document]]) -> None:
        """Keep tables in memory alone, until somebody replaces the file."""
        self._tables = {name: dict(table) for name, table in data.items()}

    def catch_up(self) -> bool:
        """Read the file again if it is another one; say whether it was.

        Raises:
            StoreDamagedError: it cannot be trusted; what was in memory stays.
        """
        if disk.read(self.path, limit=checkpoint.IDENTITY) == self._identity:
            return False
        whole = disk.read(self.path)
        if whole is None:
            # The catalogue can be rebuilt from the pages, so one that was deleted is an empty one.
            self._identity, self._tables = None, None
        else:
            self._adopt(checkpoint.unpack(whole, self.path, _HINT))
        return True

    def _adopt(self, base: checkpoint.Checkpoint) -> None:
        self.sequence, self._tables, self._identity = base.sequence, base.tables, base.identity


class Catalogue:
    """The papers, in catalogue order."""

    def __init__(self, path: Path, lock: Lock) -> None:
        """Read the catalogue.

        Raises:
            StoreDamagedError: its file cannot be trusted.
        """
        self._storage = cast("WholeStorage", TinyDB(path, lock, storage=WholeStorage).storage)
        # Documents and what was decoded of them change hands together, so that readers need no lock.
        self._shelf: tuple[Mapping[str, Document], dict[str, Paper]] = ({}, {})
        self._ids: tuple[str, ...] = ()
        self._homes: dict[str, str] | None = None
        self._take_over()

    def ids(self) -> tuple[str, ...]:
        """Every paper's id."""
        return self._ids

    def paper(self, paper_id: str) -> Paper:
        """One paper.

        Raises:
            KeyError: there is none of that id.
        """
        documents, decoded = self._shelf
        found = decoded.get(paper_id)
        if found is None:
            found = decoded[paper_id] = codec.paper_of(paper_id, documents[paper_id])
        return found

    def __contains__(self, paper_id: object) -> bool:
        return paper_id in self._shelf[0]

    @property
    def meta(self) -> Mapping[str, Any]:
        """What was stored with the papers."""
        meta = (self._storage.read() or {}).get("meta", {})
        return MappingProxyType(meta.get("catalogue", {}))

    def replace(self, papers: Iterable[Paper], meta: Mapping[str, Any]) -> None:
        """Put other papers in place of all; all or nothing."""
        self._storage.write(_tables(papers, meta))
        self._take_over()

    def hold(self, papers: Iterable[Paper], meta: Mapping[str, Any]) -> None:
        """Put other papers in place of all, in memory alone."""
        self._storage.hold(_tables(papers, meta))
        self._take_over()

    def catch_up(self) -> bool:
        """Follow what another process put there; say whether it did."""
        if not self._storage.catch_up():
            return False
        self._take_over()
        return True

    def home(self, paper_id: str) -> str:
        """The paper that a paper of this id has become part of; the id itself where it has not."""
        documents, _ = self._shelf
        if paper_id in documents:
            return paper_id
        if self._homes is None:
            self._homes = {
                alias: owner for owner, document in documents.items() for alias in document.get("aliases", ())
            }
        return self._homes.get(paper_id, paper_id)

    def _take_over(self) -> None:
        documents = (self._storage.read() or {}).get("papers", {})
        self._shelf = (documents, {})
        self._ids = tuple(documents)
        self._homes = None


def _tables(papers: Iterable[Paper], meta: Mapping[str, Any]) -> Tables:
    return {
        "papers": {paper.id: codec.paper_document(paper) for paper in papers},
        "meta": {"catalogue": dict(meta)},
    }
