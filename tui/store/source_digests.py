"""The imported files: the only copy of the papers in them. Each is known by its digest and kept a second time.

The digest is taken at the import and stays in the store, also while the import is undone. The second copy lies among
the backups. Must not know what a file says.
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

    from tui.store.storage import JournalStorage

TABLE = "sources"
_IMPORTS = "imports"
_DIGITS = 16  # of the digest, in the name of a second copy


class SourceFault(NamedTuple):
    """An imported file that is not as it was imported.

    Attributes:
        name: its name.
        path: where it should be.
        reason: what is wrong with it, in a few words.
        is_missing: whether there is no such file.
        copy: the contents it should have, from the second copy; None where there is no sound one.
    """

    name: str
    path: Path
    reason: str
    is_missing: bool
    copy: bytes | None

    @property
    def sentence(self) -> str:
        """What is wrong, and whether it can be put back."""
        if self.copy is not None:
            return f"{self.path} {self.reason}; `readlist check --repair` puts it back from its backup copy"
        return f"{self.path} {self.reason}, and it has no backup copy"


class SourceDigests:
    """The imported files of one store.

    Args:
        data: the data folder.
        storage: the store.
    """

    def __init__(self, data: Path, storage: JournalStorage) -> None:
        self._data = data
        self._storage = storage

    def path(self, name: str) -> Path:
        """Where an imported file lies."""
        return imported_sources.folder_of(self._data) / name

    def digest(self, name: str) -> str:
        """The digest that a file had when it was imported; empty where that is not known."""
        return str(self._storage.table(TABLE).get(name, {}).get("digest", ""))

    def copy_path(self, name: str) -> Path:
        """Where the second copy of a file belongs."""
        return self._data / "backups" / "sources" / f"{self.digest(name)[:_DIGITS]}-{name}"

    def sound_copy(self, name: str) -> Path | None:
        """The second copy of a file, where it is as it was written."""
        return self.copy_path(name) if self._copy(name) is not None else None

    def faults(self) -> tuple[SourceFault, ...]:
        """The files taken in that are missing, unreadable or changed."""
        return tuple(filter(None, (self._fault(name) for name in self._storage.table(_IMPORTS))))

    def bad_copies(self) -> Iterator[Path]:
        """The second copies that are not as they were written."""
        for name in self._storage.table(TABLE):
            if self.copy_path(name).exists() and self._copy(name) is None:
                yield self.copy_path(name)

    def record(self, contents: Mapping[str, bytes]) -> None:
        """Remember the digests of files in the running transaction."""
        if contents:
            found = {name: {"digest": digest_of(content)} for name, content in contents.items()}
            self._storage.stage(TABLE, found)

    def forget(self, name: str) -> None:
        """Let a file no longer count as imported, in the running transaction."""
        self._storage.stage(_IMPORTS, {name: None})
        self._storage.stage(TABLE, {name: None})

    def protect(self) -> None:
        """Make the second copies that are missing, and remember the digests of what an earlier version imported.

        What goes wrong is added to the notices of the store, and never fails what this follows.
        """
        with suppress(ReadlistError):
            self._record_missing()
        for name in self._storage.table(TABLE):
            try:
                self._back_up(name)
            except (OSError, ReadlistError) as fault:
                self._storage.notices.append(f"no backup copy of the imported file {name} could be made: {fault}")

    def _record_missing(self) -> None:
        imports = self._storage.table(_IMPORTS)
        if imports.keys() <= self._storage.table(TABLE).keys():
            return
        with self._storage.transaction():
            found: dict[str, bytes] = {}
            for name in imports.keys() - self._storage.table(TABLE).keys():
                with suppress(ReadlistError):
                    contents = disk.read(self.path(name))
                    if contents is not None:
                        found[name] = contents
            self.record(found)

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
            raise StoreDamagedError(f"{copy} did not read back as it was written")

    def _fault(self, name: str) -> SourceFault | None:
        known, path, reason = self.digest(name), self.path(name), "is missing"
        try:
            contents = disk.read(path)
            if contents is not None:
                if known in {"", digest_of(contents)}:
                    return None
                reason = "is not as it was imported"
        except ReadlistError:
            reason = "cannot be read"
        return SourceFault(name, path, reason, reason == "is missing", self._copy(name))

    def _copy(self, name: str) -> bytes | None:
        with suppress(ReadlistError):
            contents = disk.read(self.copy_path(name))
            if contents is not None and digest_of(contents) == self.digest(name):
                return contents
        return None


def digest_of(contents: bytes) -> str:
    """What an imported file is recognised by: 32 hexadecimal digits, the same as its page has."""
    return hashlib.blake2b(contents, digest_size=16).hexdigest()
