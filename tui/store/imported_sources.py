"""The imported sources: their names, copies and digests, and backup copies of what may be the only copy of papers.

A copy counts only once a transaction records it: an interrupted import leaves copies that no transaction records, and
they are set aside under another name, never deleted. The digest is computed at the import and stays in the store,
even while the import is undone. The backup copy is in the folder of the backups.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from tinydb import where

from tui.errors import ReadlistError, StoreBusyError, StoreDamagedError, WriteError
from tui.store import disk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from tui.store.journal_table import Database

_KIND = "stray"
_DIGITS = 16  # of the digest, in the name of a backup copy


class SourceFault(NamedTuple):
    """An imported file that is not as it was imported.

    Attributes:
        name: its name.
        path: where it should be.
        reason: what is wrong with it, in a few words.
        is_missing: whether there is no such file.
        copy: the contents that it should have, from the backup copy; None if there is no sound one.
    """

    name: str
    path: Path
    reason: str
    is_missing: bool
    copy: bytes | None

    @property
    def message(self) -> str:
        """What is wrong, and whether the file can be restored."""
        if self.copy is not None:
            return f"{self.path} {self.reason} (`readlist check --repair` restores its backup copy)"
        return f"{self.path} {self.reason} and has no backup copy"


class ImportedSources:
    """The imported files of one store.

    Args:
        data: the data folder.
        database: the store.
    """

    def __init__(self, data: Path, database: Database) -> None:
        self._data = data
        self._journal = database.journal
        self._imports = database.texts("imports")
        self._digests = database.texts("sources")
        self._history = database.table("history")

    def names(self) -> tuple[str, ...]:
        """The names of the imported sources, in the order of their import."""
        return tuple(self._imports.ids())

    def all_names(self) -> frozenset[str]:
        """The names of all sources that were ever imported, including undone imports."""
        return imported_names(self._imports.ids(), self._history.search(where("pages").exists()))

    def import_times(self) -> dict[str, str]:
        """The ISO 8601 UTC instants at which the imported sources were imported, by name."""
        return {str(document.doc_id): str(document.get("at", "")) for document in self._imports}

    def path(self, name: str) -> Path:
        """The path of the copy of an imported source; the catalogue can be rebuilt from these copies."""
        return folder_of(self._data) / name

    def digest(self, name: str) -> str:
        """The digest of a file at its import; empty if it is not known."""
        document = self._digests.find(name)
        return str(document["digest"]) if document else ""

    def copy_path(self, name: str) -> Path:
        """The path of the backup copy of a file."""
        return self._data / "backups" / "sources" / f"{self.digest(name)[:_DIGITS]}-{name}"

    def sound_copy(self, name: str) -> Path | None:
        """The path of the backup copy of a file; None if it is missing or damaged."""
        return self.copy_path(name) if self._read_copy(name) is not None else None

    def find_faults(self) -> tuple[SourceFault, ...]:
        """The imported files that are missing, unreadable or changed."""
        return tuple(filter(None, (self._find_fault(name) for name in self._imports.ids())))

    def bad_copies(self) -> Iterator[Path]:
        """The backup copies that are damaged."""
        for name in self._digests.ids():
            if self.copy_path(name).exists() and self._read_copy(name) is None:
                yield self.copy_path(name)

    def store(self, contents: Mapping[str, bytes]) -> None:
        """Store copies of files, and their digests; inside the transaction that imports them.

        Until the line of the transaction is written, the copies are orphans, which another process would set aside.

        Args:
            contents: the bytes of each source, by name.

        Raises:
            WriteError: the disk refused.
            StoreBusyError: another process has just imported another source with one of the names.
        """
        if contents:
            store_copies(self._data, contents, self.all_names())
            self.record(contents)

    def record(self, contents: Mapping[str, bytes]) -> None:
        """Store the digests of files."""
        self._digests.replace({name: {"digest": digest_of(content)} for name, content in contents.items()})

    def set_imported(self, imported: Mapping[str, bool], at: str) -> None:
        """Add files to the imported files, or remove them; their copies are kept.

        Args:
            imported: whether each is imported, by name.
            at: ISO 8601 UTC instant.
        """
        self._imports.replace({name: {"at": at} if is_imported else None for name, is_imported in imported.items()})

    def forget(self, name: str) -> None:
        """Remove a file from the imported files."""
        with self._journal.transaction():
            self._imports.replace({name: None})
            self._digests.replace({name: None})

    def protect(self, stored: Mapping[str, bytes] = MappingProxyType({})) -> None:
        """Make missing backup copies, and store the digests of files that an earlier version imported.

        Errors become notices of the store, and never fail the operation that this follows.

        Args:
            stored: what :meth:`store` was just given; these files are not read again.
        """
        with suppress(ReadlistError):
            self._record_missing()
        for name in self._digests.ids():
            try:
                self._back_up(name, stored.get(name))
            except (OSError, ReadlistError) as error:
                self._journal.notices.append(f"cannot make a backup copy of the imported file {name}: {error}")

    def _record_missing(self) -> None:
        if set(self._imports.ids()) <= set(self._digests.ids()):
            return
        with self._journal.transaction():
            missing: dict[str, bytes] = {}
            for name in set(self._imports.ids()) - set(self._digests.ids()):
                with suppress(ReadlistError):
                    contents = disk.read(self.path(name))
                    if contents is not None:
                        missing[name] = contents
            self.record(missing)

    def _back_up(self, name: str, contents: bytes | None) -> None:
        copy = self.copy_path(name)
        if copy.exists():
            return
        if contents is None:
            contents = disk.read(self.path(name))
            if contents is None or digest_of(contents) != self.digest(name):
                return
        disk.make_folder(copy.parent)
        disk.replace(copy, [contents])
        if disk.read(copy) != contents:
            raise StoreDamagedError(f"{copy} differs from what was written to it")

    def _find_fault(self, name: str) -> SourceFault | None:
        digest, path, reason = self.digest(name), self.path(name), "is missing"
        try:
            contents = disk.read(path)
            if contents is not None:
                if digest in {"", digest_of(contents)}:
                    return None
                reason = "has changed since it was imported"
        except ReadlistError:
            reason = "cannot be read"
        return SourceFault(name, path, reason, reason == "is missing", self._read_copy(name))

    def _read_copy(self, name: str) -> bytes | None:
        with suppress(ReadlistError):
            contents = disk.read(self.copy_path(name))
            if contents is not None and digest_of(contents) == self.digest(name):
                return contents
        return None


def folder_of(data: Path) -> Path:
    """The folder of the copies."""
    return data / "pages"


def imported_names(imports: Iterable[str], changes: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The names of all sources that were ever imported: an undone import can be redone.

    Args:
        imports: the names of the sources that are imported now.
        changes: the documents of the history, or at least of all changes that import a source.
    """
    return frozenset(imports).union(name for change in changes for name, _ in change.get("pages", ()))


def orphans(data: Path, names: Collection[str]) -> tuple[Path, ...]:
    """The copies whose names are not in ``names``."""
    folder = folder_of(data)
    # A link may lead to a folder with any other files.
    if not folder.is_dir() or folder.is_symlink():
        return ()
    leftovers = disk.leftovers(folder)
    copies = (path for path in folder.iterdir() if path.is_file() and path not in leftovers)
    return tuple(sorted(path for path in copies if path.name not in names))


def store_copies(data: Path, contents: Mapping[str, bytes], names: Collection[str]) -> None:
    """Store copies durably, and set orphans with their names aside; by the holder of the lock.

    Args:
        data: the data folder.
        contents: the bytes of each source, by name.
        names: the names of the sources that were ever imported.

    Raises:
        WriteError: the disk refused; copies that were written are orphans.
        StoreBusyError: another process has just imported another source with one of the names.
    """
    for name in contents:
        if name in names:
            raise StoreBusyError(
                f"another readlist process has just imported a source named {name}", "import the file again"
            )
    folder = folder_of(data)
    if folder.is_symlink() and (existing := next(filter(os.path.lexists, map(folder.joinpath, contents)), None)):
        raise WriteError(
            f"will not overwrite {existing}: {folder} is a symbolic link",
            "move or rename that file, or import yours under another name",
        )
    with disk.translate_errors(folder):
        disk.make_folder(folder)
        for path in orphans(data, names):
            if contents.get(path.name) != disk.read(path):
                disk.rename(path, disk.next_free(data / path.name, _KIND))
        for name, content in contents.items():
            disk.replace(folder / name, [content])


def digest_of(contents: bytes) -> str:
    """The digest of an imported file: 32 hexadecimal digits, computed as for any other source."""
    return hashlib.blake2b(contents, digest_size=16).hexdigest()
