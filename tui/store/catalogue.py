"""The papers on disk: a file in the format of TinyDB, always replaced whole, which can be rebuilt from the sources.

Each paper is decoded when it is first read; TinyDB's tables would parse all of them at every start.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tui.errors import ReadlistError, WriteError
from tui.store import added_days, checkpoint, codec, disk, paper_digests, strict_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from threading import RLock

    from tui.model.paper import Paper
    from tui.store.checkpoint import Document, LazyCheckpoint
    from tui.store.imported_sources import ImportedSources
    from tui.store.journal_table import Database
    from tui.store.lock import Lock as FolderLock

# Papers above which their objects are excluded from garbage collection for good.
_FREEZE_COUNT = 5_000
_HINT = (
    "run `readlist check --repair` to set it aside and read the papers from their sources again "
    "(nothing was overwritten, and your marks are in another file)"
)


class CatalogueFile:
    """The file: all of it is written at once, and TinyDB's own storage can read it.

    Attributes:
        path: the file.
        sequence: how often it was written.
    """

    def __init__(self, path: Path, lock: FolderLock) -> None:
        """Read the file if it exists.

        Raises:
            StoreDamagedError: it cannot be trusted.
        """
        self.path = path
        self.sequence = 0
        self._lock = lock
        self._identity: bytes | None = None
        self._unread: LazyCheckpoint | None = None
        self.catch_up()

    def pop_unread(self) -> LazyCheckpoint | None:
        """Return the file as it was read, and forget it. None if there is no file or this object wrote it."""
        unread, self._unread = self._unread, None
        return unread

    def write(self, data: Mapping[str, Mapping[str, Document]]) -> None:
        """Replace the file.

        Raises:
            WriteError: the disk refused; the file is as it was.
            StoreBusyError: another process holds the lock.
            StoreDamagedError: what would be replaced is damaged.
        """
        if not (disk.is_writable(self.path) and disk.is_writable(self.path.parent)):
            raise WriteError(
                f"{self.path} is write-protected", "make it writable and try again (nothing was changed)"
            )
        with self._lock.held():
            self.catch_up()
            parts = checkpoint.pack(self.sequence + 1, {name: dict(table) for name, table in data.items()})
            with disk.translate_errors(self.path):
                disk.replace(self.path, parts, follow=True)
            self.sequence, self._unread, self._identity = self.sequence + 1, None, parts[0]

    def catch_up(self) -> bool:
        """Read the file again if it was replaced; return whether it was.

        Raises:
            StoreDamagedError: it cannot be trusted; what was in memory stays.
        """
        if disk.read(self.path, limit=checkpoint.IDENTITY) == self._identity:
            return False
        whole = disk.read(self.path)
        if whole is None:
            # The catalogue can be rebuilt from the sources, so a deleted one counts as empty.
            self._identity, self._unread = None, None
        else:
            base = checkpoint.locate_documents(whole, self.path, _HINT)
            self.sequence, self._unread, self._identity = base.sequence, base, base.identity
        return True


class Catalogue:
    """The papers, in catalogue order, and what is kept of them with the marks: digests, and when they were added.

    Attributes:
        meta: what was stored with the papers.
    """

    def __init__(
        self, path: Path, lock: FolderLock, database: Database, guard: RLock, sources: ImportedSources
    ) -> None:
        """Read the catalogue.

        Args:
            path: the file.
            lock: the lock of its folder.
            database: the store.
            guard: held while the store changes.
            sources: the imported files, which get their backup copies when papers are read from them.

        Raises:
            StoreDamagedError: the file cannot be trusted.
        """
        self.meta: Mapping[str, Any] = MappingProxyType({})
        self._guard = guard
        self._journal, self._sources = database.journal, sources
        self._marks, self._digests = database.texts("marks"), database.texts("known")
        self._added = database.texts("added")
        self._file = CatalogueFile(path, lock)
        self._lazy_papers = _LazyPapers({})
        self._ids: tuple[str, ...] = ()
        self._owners: dict[str, str] | None = None
        self._load(self._file.pop_unread())

    def ids(self) -> tuple[str, ...]:
        """Every paper's id."""
        return self._ids

    def paper(self, paper_id: str) -> Paper:
        """One paper.

        Raises:
            KeyError: there is no paper with this id.
        """
        return self._lazy_papers.paper(paper_id)

    def papers(self) -> tuple[Paper, ...]:
        """All papers. Faster than one by one for a long list."""
        with checkpoint.gc_paused(freeze=len(self._ids) > _FREEZE_COUNT):
            return tuple(map(self.paper, self._ids))

    def __contains__(self, paper_id: object) -> bool:
        return paper_id in self._lazy_papers.papers

    def canonical_id(self, paper_id: str) -> str:
        """The id of the paper that the import merged this id into; the id itself if it was not merged."""
        if paper_id in self._lazy_papers.papers:
            return paper_id
        if self._owners is None:
            self._owners = {alias: owner for owner in self._ids for alias in self.paper(owner).aliases}
        return self._owners.get(paper_id, paper_id)

    def digested_papers(self) -> tuple[Paper, ...]:
        """The marked papers as their digests describe them, without the catalogue: id, title, first words."""
        return paper_digests.papers(self._digests)

    def first_added(self) -> dict[str, str]:
        """The ISO 8601 UTC instant at which each paper was first added, by id."""
        return added_days.first_added(self._added)

    def replace(self, papers: Iterable[Paper], meta: Mapping[str, Any]) -> None:
        """Replace all papers, atomically. Marks are kept, even those of papers that are gone.

        Raises:
            WriteError: the disk refused.
            StoreBusyError: another process holds the lock.
            StoreDamagedError: the catalogue on disk is damaged.
        """
        papers = tuple(papers)
        documents = {paper.id: codec.encode_paper(paper) for paper in papers}
        with self._guard:
            self._file.write({"papers": documents, "meta": {"catalogue": dict(meta)}})
            self._set_papers(papers, documents, meta)
            with suppress(ReadlistError), self._journal.transaction():
                self.update_digests(dict.fromkeys(self._marks.ids(), True))
                added_days.record(self._added, papers)
            self._sources.protect()

    def replace_in_memory(self, papers: Iterable[Paper], meta: Mapping[str, Any]) -> None:
        """Replace all papers in memory only, until a process replaces the file."""
        papers = tuple(papers)
        with self._guard:
            self._set_papers(papers, {paper.id: codec.encode_paper(paper) for paper in papers}, meta)

    def update_digests(self, marked: Mapping[str, bool]) -> None:
        """Update the digests of papers whose mark or text changed, as a part of a transaction.

        Args:
            marked: whether each has a mark, by id.
        """
        paper_digests.update(self._digests, lambda id_: self.paper(id_) if id_ in self else None, marked)

    def catch_up(self) -> bool:
        """Load the papers again if another process replaced them; return whether it did."""
        if not self._file.catch_up():
            return False
        self._load(self._file.pop_unread())
        return True

    def _set_papers(
        self, papers: Iterable[Paper], documents: Mapping[str, Document], meta: Mapping[str, Any]
    ) -> None:
        """Use papers in the form in which they would be read back from the file."""
        read_back = {paper.id: codec.paper_read_back(paper, documents[paper.id]) for paper in papers}
        self._set(_LazyPapers(read_back), strict_json.loads(strict_json.dumps(dict(meta))))

    def _load(self, base: LazyCheckpoint | None) -> None:
        if base is None:
            self._set(_LazyPapers({}), {})
            return
        offset = base.offsets.get("meta", {}).get("catalogue")
        meta = {} if offset is None else checkpoint.document_at(base.data, offset)
        self._set(_LazyPapers(base.offsets.get("papers", {}), base.data), meta)

    def _set(self, lazy_papers: _LazyPapers, meta: Mapping[str, Any]) -> None:
        self.meta = MappingProxyType(meta)
        self._lazy_papers = lazy_papers
        self._ids = tuple(lazy_papers.papers)
        self._owners = None


class _LazyPapers:
    """The papers of one file, each decoded on first access. Access to decoded papers needs no lock.

    Args:
        papers: by id, each paper or the offset of its document.
        data: the bytes of the file with the documents; dropped when all papers are decoded.
    """

    def __init__(self, papers: Mapping[str, int | Paper], data: bytes = b"") -> None:
        self.papers = dict(papers)
        self._data = data
        self._undecoded = len(papers) if data else 0
        self._guard = Lock()

    def paper(self, paper_id: str) -> Paper:
        found = self.papers[paper_id]
        if not isinstance(found, int):
            return found
        with self._guard:
            found = self.papers[paper_id]
            if isinstance(found, int):
                found = self.papers[paper_id] = codec.decode_paper_at(paper_id, self._data, found)
                self._undecoded -= 1
                if not self._undecoded:
                    self._data = b""
        return found
