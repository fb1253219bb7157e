"""What is to be imported: a file that was named, or a text that came by a pipe or was pasted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import BadInputError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from tui.ingest.source_file import SourceFile

_SIZE_LIMIT = 50_000_000  # bytes, as of a file


@dataclass(frozen=True, slots=True)
class ImportText:
    """A text to import that is no file.

    Attributes:
        name: what it is called in messages, and what its copy is named after.
        data: its bytes.
    """

    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """The name without a suffix; it has none."""
        return self.name

    @property
    def suffix(self) -> str:
        """The suffix of the name."""
        return ""


class LoadedSource(NamedTuple):
    """A source that was read.

    Attributes:
        page: its text; the digest is that of the contents.
        contents: what a copy of it is made of: its bytes, in UTF-8 where they were in another encoding.
    """

    page: SourceFile
    contents: bytes


def read_stream(name: str, stream: BinaryIO) -> ImportText:
    """Read a pipe to its end.

    Raises:
        BadInputError: it holds too much, or cannot be read.
    """
    try:
        data = stream.read(_SIZE_LIMIT + 1)
    except OSError as error:
        raise BadInputError(f"{name} cannot be read: {(error.strerror or str(error)).lower()}") from error
    if len(data) > _SIZE_LIMIT:
        raise BadInputError(f"{name} holds more than {_SIZE_LIMIT // 1_000_000} MB", "split it into smaller parts")
    return ImportText(name, data)


def load(source: Path | ImportText, name: str, encoding: str | None = None) -> LoadedSource:
    """Read a source.

    Args:
        source: the file or the text.
        name: the name that its page gets.
        encoding: the encoding of a file, where the user names it.

    Raises:
        BadInputError: the file cannot be read, or is not of that encoding.
    """
    from tui.ingest.encoding import decode  # noqa: PLC0415 - most sessions import nothing
    from tui.ingest.source_file import decode_source, digest_of, read_bytes  # noqa: PLC0415 - see above

    data = source.data if isinstance(source, ImportText) else read_bytes(source, name)
    page = decode_source(name, data, encoding)
    decoded = decode(data, encoding)
    if not decoded.is_utf8:
        data = decoded.text.encode("utf-8", "replace")
        page = page._replace(digest=digest_of(data))
    return LoadedSource(page, data)
