"""Input of an import: a file, or a text from a pipe or the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.errors import BadInputError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from tui.ingest.source_file import SourceFile

_SIZE_LIMIT = 50_000_000  # bytes, the same as for a file


class ImportText(NamedTuple):
    """A text to import that is not in a file.

    Attributes:
        name: the name in messages, and of its copy.
        data: its bytes.
    """

    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """The name; it has no suffix."""
        return self.name

    @property
    def suffix(self) -> str:
        """Always empty."""
        return ""


class LoadedSource(NamedTuple):
    """A source after reading.

    Attributes:
        source: its text; the digest is of the contents.
        contents: the bytes of its copy, converted to UTF-8.
    """

    source: SourceFile
    contents: bytes


def read_stream(name: str, stream: BinaryIO) -> ImportText:
    """Read a pipe to its end.

    Raises:
        BadInputError: it is too large, or cannot be read.
    """
    try:
        data = stream.read(_SIZE_LIMIT + 1)
    except OSError as error:
        raise BadInputError(f"cannot read {name}: {(error.strerror or str(error)).lower()}") from error
    if len(data) > _SIZE_LIMIT:
        raise BadInputError(f"{name} is larger than {_SIZE_LIMIT // 1_000_000} MB", "split it into smaller parts")
    return ImportText(name, data)


def load(input_: Path | ImportText, name: str, encoding: str | None = None) -> LoadedSource:
    """Read a source.

    Args:
        input_: the file or the text.
        name: the name of the source in the store.
        encoding: the encoding of a file, if the user names it.

    Raises:
        BadInputError: the file cannot be read, or is not in that encoding.
    """
    from tui.ingest.encoding import decode  # noqa: PLC0415 - most sessions import nothing
    from tui.ingest.source_file import digest_of, read_bytes, source_of  # noqa: PLC0415 - most sessions import nothing

    data = input_.data if isinstance(input_, ImportText) else read_bytes(input_, name)
    decoded = decode(data, encoding)
    source = source_of(name, data, decoded)
    if not decoded.is_utf8:
        data = decoded.text.encode("utf-8", "replace")
        source = source._replace(digest=digest_of(data))
    return LoadedSource(source, data)
