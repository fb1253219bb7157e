"""Digests and backup copies of the imported files, which may be the only copy of their papers.

The digest is computed at the import and stays in the store, even while the import is undone. The backup copy is in
the folder of the backups.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import ReadlistError, StoreDamagedError
from tui.store import disk, imported_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tui.store.journal_table import Database

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


class SourceDigests:
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

    def path(self, name: str) -> Path:
        """The path of an imported file."""
        return imported_sources.folder_of(self._data) / name

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

    def record(self, contents: Mapping[str, bytes]) -> None:
        """Store the digests of files."""
        self._digests.replace({name: {"digest": digest_of(content)} for name, content in contents.items()})

    def forget(self, name: str) -> None:
        """Remove a file from the imported files."""
        with self._journal.transaction():
            self._imports.replace({name: None})
            self._digests.replace({name: None})

    def protect(self) -> None:
        """Make missing backup copies, and store the digests of files that an earlier version imported.

        Errors become notices of the store, and never fail the operation that this follows.
        """
        with suppress(ReadlistError):
            self._record_missing()
        for name in self._digests.ids():
            try:
                self._back_up(name)
            except (OSError, ReadlistError) as error:
                self._journal.notices.append(f"could not make a backup copy of the imported file {name}: {error}")

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

    def _back_up(self, name: str) -> None:
        copy = self.copy_path(name)
        if copy.exists():
            return
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
                reason = "has changed since its import"
        except ReadlistError:
            reason = "cannot be read"
        return SourceFault(name, path, reason, reason == "is missing", self._read_copy(name))

    def _read_copy(self, name: str) -> bytes | None:
        with suppress(ReadlistError):
            contents = disk.read(self.copy_path(name))
            if contents is not None and digest_of(contents) == self.digest(name):
                return contents
        return None


def digest_of(contents: bytes) -> str:
    """The digest of an imported file: 32 hexadecimal digits, computed as for any other source."""
    return hashlib.blake2b(contents, digest_size=16).hexdigest()
