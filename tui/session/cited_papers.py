"""The papers that documents cite: files in, ids of papers and unknown keys out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import BadInputError, UsageError
from tui.export.cited_keys import ALL, READERS, Citations, Included

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SIZE_LIMIT = 50_000_000  # bytes
_FILE_LIMIT = 2_000  # a document of more files includes itself under other names


class CitedPapers(NamedTuple):
    """What documents cite.

    Attributes:
        ids: the cited papers, in the order of their first citation.
        unknown: cited keys that no paper has, likewise.
        absent: files that the documents include and that do not exist.
    """

    ids: tuple[str, ...]
    unknown: tuple[str, ...]
    absent: tuple[str, ...]


def cited_papers(files: Iterable[str], keys: Mapping[str, str]) -> CitedPapers:
    r"""Find the papers that documents cite, with the files that they include.

    Args:
        files: names of ``.aux``, ``.bcf``, ``.tex`` and ``.md`` files.
        keys: id and citation key of every paper, in the order of ``\nocite{*}``.

    Raises:
        UsageError: a file is of another kind.
        BadInputError: a file cannot be read.
    """
    papers = {key: paper_id for paper_id, key in keys.items()}
    cited: dict[str, None] = {}
    absent: dict[str, None] = {}
    for name in files:
        found, without = _citations(Path(name).expanduser())
        cited |= dict.fromkeys(found)
        absent |= dict.fromkeys(without)
    ids = [papers[key] for key in cited if key in papers]
    if ALL in cited:
        ids += keys
    unknown = tuple(key for key in cited if key not in papers and key != ALL)
    return CitedPapers(tuple(dict.fromkeys(ids)), unknown, tuple(absent))


def _citations(main: Path) -> tuple[list[str], list[str]]:
    """The keys cited in a document, and the names of included files that do not exist."""
    if main.suffix.lower() not in READERS:
        raise UsageError(f"cannot read citations from {str(main)!r}", f"supported files: {', '.join(READERS)}")
    keys: list[str] = []
    absent: list[str] = []
    seen = {main.resolve()}
    waiting = [*reversed(_read(main))]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, Included):
            keys.append(part)
            continue
        file = _included(main.parent, part, main.suffix)
        if not _exists(file):
            absent.append(str(file))
        elif len(seen) < _FILE_LIMIT and file.resolve() not in seen:
            seen.add(file.resolve())
            waiting += reversed(_read(file))
    return keys, absent


def _included(folder: Path, name: str, suffix: str) -> Path:
    """An included file: relative to the folder of the document, as LaTeX finds it; the suffix may be missing."""
    file = folder / name
    return file if file.suffix == suffix or _exists(file) else folder / f"{name}{suffix}"


def _exists(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # the name is too long
        return False


def _read(file: Path) -> Citations:
    try:
        with file.open("rb") as opened:
            data = opened.read(_SIZE_LIMIT + 1)
    except OSError as error:
        raise BadInputError(f"cannot read {str(file)!r}: {(error.strerror or str(error)).lower()}") from error
    if len(data) > _SIZE_LIMIT:
        raise BadInputError(f"{str(file)!r} is larger than {_SIZE_LIMIT // 1_000_000} MB")
    reader = READERS.get(file.suffix.lower())
    if reader is None:  # an included file that is no source of LaTeX
        return ()
    try:
        return reader(_decoded(data))
    except ValueError as error:
        raise BadInputError(
            f"cannot read citations from {str(file)!r}: {error}", "run LaTeX again to rewrite the file"
        ) from error


def _decoded(data: bytes) -> str:
    """The text of a document: UTF-8, or else Latin-1, as older ones are."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
