"""Files that are read as a stream, plain or compressed."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from tui.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import IO

_MOST_RATIO = 200
_SUFFIXES = (".json", ".jsonl", ".bib")

READ_ERRORS = (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, ValueError, EOFError)


def unreadable(path: Path, error: BaseException) -> BadInputError:
    """The error to raise for a file that cannot be read."""
    reason = (getattr(error, "strerror", None) or str(error) or "it is truncated").lower()
    return BadInputError(f"cannot read {path.name}: {reason}", "check the file, or download it again")


class PackedFile:
    """Context manager that opens a file as a stream of its unpacked bytes, with a function for the position in it.

    Args:
        path: a plain file, a gzip file, or a zip archive with one.

    Raises:
        BadInputError: there is no such file, or nothing in the archive can be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files: list[Any] = []

    def __enter__(self) -> tuple[IO[bytes], Callable[[], int]]:
        path = self._path
        if not path.is_file():
            if path.exists():
                raise BadInputError(f"{path.name} is not a regular file", "specify a file")
            raise BadInputError(f"cannot read {path.name}: no such file", "check the name")
        try:
            return self._open(path)
        except BaseException:
            self._close()
            raise

    def __exit__(self, *_: object) -> None:
        self._close()

    def _open(self, path: Path) -> tuple[IO[bytes], Callable[[], int]]:
        raw = path.open("rb")
        self._files.append(raw)
        start = raw.read(4)
        raw.seek(0)
        if start.startswith(b"PK\x03\x04"):
            archive = zipfile.ZipFile(raw)
            self._files.append(archive)
            stream = archive.open(_member(path, archive))
            self._files.append(stream)
            return stream, raw.tell
        if start.startswith(b"\x1f\x8b"):
            unpacked = gzip.GzipFile(fileobj=raw)
            self._files.append(unpacked)
            return unpacked, raw.tell  # type: ignore[return-value] # it reads bytes
        return raw, raw.tell

    def _close(self) -> None:
        for file in reversed(self._files):
            file.close()


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The file to read in an archive: the largest one of a known format."""
    found = [info for info in archive.infolist() if info.filename.lower().endswith(_SUFFIXES)]
    if not found:
        raise BadInputError(f"{path.name} contains no .json or .bib file", "unpack it, and specify the file to read")
    largest = max(found, key=lambda info: info.file_size)
    if largest.file_size > _MOST_RATIO * max(largest.compress_size, 1):
        raise BadInputError(
            f"{path.name} was not unpacked: its contents are over {_MOST_RATIO} times larger than the archive",
            "unpack it yourself if you trust it, and specify the unpacked file",
        )
    return largest
