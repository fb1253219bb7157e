"""The papers on disk: a TinyDB file that is replaced whole, by an intake only, and can be rebuilt from the pages.

A paper is decoded when it is asked for. Must not know of marks.
"""

from __future__ import annotations

from collections import Counter
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage

from tui.errors import WriteError
from tui.store import checkpoint, codec, disk, strict_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tui.model.paper import Paper
    from tui.store.checkpoint import Document, LazyCheckpoint, Tables
    from tui.store.lock import Lock as FolderLock

# Bits of a place within a piece of the file. Of 32 megabytes, because memory of that size and more goes back to the
# system when it is let go; of smaller pieces the holes would stay, in the heap of the thread that opened the list.
_PIECE = 25

_HINT = (
    "Nothing was overwritten, and your marks are in another file. `readlist check --repair` sets it aside; "
    "the papers are then read from the pages again."
)


class SnapshotStorage(Storage):
    """A checksummed TinyDB file that is read once and written whole.

    Attributes:
        path: the file.
        sequence: how often it was written.
    """

    def __init__(self, path: Path, lock: FolderLock) -> None:
        """Read the file, where there is one.

        Raises:
            StoreDamagedError: it cannot be trusted.
        """
        self.path = path
        self.sequence = 0
        self._lock = lock
        self._identity: bytes | None = None
        self._found: LazyCheckpoint | None = None
        self.catch_up()

    def read(self) -> Tables | None:
        """All tables, or None where there is no file.

        Raises:
            StoreDamagedError: it cannot be trusted.
        """
        whole = disk.read(self.path)
        return None if whole is None else checkpoint.unpack(whole, self.path, _HINT).tables

    def pop_unread(self) -> LazyCheckpoint | None:
        """The file as it was read, None where there is none or we wrote it. It changes hands: it is kept but once."""
        found, self._found = self._found, None
        return found

    def write(self, data: Mapping[str, Mapping[str, Document]]) -> None:
        """Replace the file.

        Raises:
            CannotWriteError: the disk refused; the file is as it was.
            StoreBusyError: another process holds the lock.
            StoreDamagedError: what would be replaced is damaged.
        """
        if not (disk.is_writable(self.path) and disk.is_writable(self.path.parent)):
            raise WriteError(f"{self.path} is write-protected.", "Nothing was changed. Make it writable.")
        with self._lock.held():
            self.catch_up()
            parts = checkpoint.pack(self.sequence + 1, {name: dict(table) for name, table in data.items()})
            with disk.translate_errors(self.path):
                disk.replace(self.path, parts, follow=True)
            self.sequence, self._found, self._identity = self.sequence + 1, None, parts[0]

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
            self._identity, self._found = None, None
        else:
            base = checkpoint.locate_documents(whole, self.path, _HINT)
            self.sequence, self._found, self._identity = base.sequence, base, base.identity
        return True


class Catalogue:
    """The papers, in catalogue order.

    Attributes:
        meta: what was stored with the papers.
    """

    def __init__(self, path: Path, lock: FolderLock) -> None:
        """Read the catalogue.

        Raises:
            StoreDamagedError: its file cannot be trusted.
        """
        self.meta: Mapping[str, Any] = MappingProxyType({})
        self._storage = cast("SnapshotStorage", TinyDB(path, lock, storage=SnapshotStorage).storage)
        self._shelf = _LazyPapers({})
        self._ids: tuple[str, ...] = ()
        self._homes: dict[str, str] | None = None
        self._take_over(self._storage.pop_unread())

    def ids(self) -> tuple[str, ...]:
        """Every paper's id."""
        return self._ids

    def paper(self, paper_id: str) -> Paper:
        """One paper.

        Raises:
            KeyError: there is none of that id.
        """
        return self._shelf.paper(paper_id)

    def __contains__(self, paper_id: object) -> bool:
        return paper_id in self._shelf.papers

    def replace(self, papers: Iterable[Paper], meta: Mapping[str, Any]) -> None:
        """Put other papers in place of all; all or nothing."""
        kept = tuple(papers)
        documents = {paper.id: codec.encode_paper(paper) for paper in kept}
        self._storage.write({"papers": documents, "meta": {"catalogue": dict(meta)}})
        self._keep(kept, documents, meta)

    def replace_in_memory(self, papers: Iterable[Paper], meta: Mapping[str, Any]) -> None:
        """Put other papers in place of all, in memory alone, until somebody replaces the file."""
        kept = tuple(papers)
        self._keep(kept, {paper.id: codec.encode_paper(paper) for paper in kept}, meta)

    def catch_up(self) -> bool:
        """Follow what another process put there; say whether it did."""
        if not self._storage.catch_up():
            return False
        self._take_over(self._storage.pop_unread())
        return True

    def canonical_id(self, paper_id: str) -> str:
        """The paper that a paper of this id has become part of; the id itself where it has not."""
        if paper_id in self._shelf.papers:
            return paper_id
        if self._homes is None:
            self._homes = {alias: owner for owner in self._ids for alias in self.paper(owner).aliases}
        return self._homes.get(paper_id, paper_id)

    def _keep(self, papers: Iterable[Paper], documents: Mapping[str, Document], meta: Mapping[str, Any]) -> None:
        """Show papers as they would be read back from their documents, without reading them."""
        kept = {paper.id: codec.paper_read_back(paper, documents[paper.id]) for paper in papers}
        self._show(_LazyPapers(kept), strict_json.loads(strict_json.dumps(dict(meta))))

    def _take_over(self, found: LazyCheckpoint | None) -> None:
        if found is None:
            self._show(_LazyPapers({}), {})
            return
        place = found.places.get("meta", {}).get("catalogue")
        meta = {} if place is None else checkpoint.document_at(found.data, place)
        self._show(_LazyPapers(found.places.get("papers", {}), found.data), meta)

    def _show(self, shelf: _LazyPapers, meta: Mapping[str, Any]) -> None:
        self.meta = MappingProxyType(meta)
        self._shelf = shelf
        self._ids = tuple(shelf.papers)
        self._homes = None


class _LazyPapers:
    """The papers of one file, each decoded when it is first asked for. Reading what is decoded needs no lock.

    The bytes of the file are let go piece by piece, as soon as nobody needs one any more: the texts are most of what
    there is in memory, and are not to be there twice.

    Args:
        papers: by id each paper, or the place of its document.
        data: the bytes of the file that has the documents.
    """

    def __init__(self, papers: Mapping[str, int | Paper], data: bytes = b"") -> None:
        self.papers = dict(papers)
        self._guard = Lock()
        self._left = Counter([place >> _PIECE for place in papers.values() if isinstance(place, int)])
        # A piece goes on to the end of the last document that begins in it.
        self._pieces = {
            number: data[number << _PIECE : data.find(b"\n", number + 1 << _PIECE) + 1 or None]
            for number in self._left
        }

    def paper(self, paper_id: str) -> Paper:
        found = self.papers[paper_id]
        if not isinstance(found, int):
            return found
        with self._guard:
            found = self.papers[paper_id]
            if isinstance(found, int):
                piece = found >> _PIECE
                found = codec.decode_paper_at(paper_id, self._pieces[piece], found - (piece << _PIECE))
                self.papers[paper_id] = found
                self._left[piece] -= 1
                if not self._left[piece]:
                    del self._pieces[piece]
        return found
