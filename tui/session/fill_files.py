"""Records for papers of the list, from files: the arXiv snapshot and bibliographies of any format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.errors import BadInputError
from tui.ingest.completion_records import COMPLETABLE
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source, read_source
from tui.model.arxiv import find_arxiv_id
from tui.sources.bibtex_entries import find_entries
from tui.sources.external_record import ExternalRecord, is_withdrawn
from tui.sources.snapshot import is_snapshot, read_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from tui.ingest.record import Record
    from tui.sources.matching import RecordMatch, WantedIndex

_BIBTEX = (".bib", ".bibtex", ".biblatex", ".bib.gz", ".bib.zip")
_OWN = frozenset(("date", "eprint", "doi", "category"))


class FileResult(NamedTuple):
    """What a file has.

    Attributes:
        name: name of the file.
        matches: records that may be of a wanted paper.
        records: number of records read, as far as they were counted.
        broken: number of lines or records that could not be read.
        complete: whether it was read to its end.
    """

    name: str
    matches: tuple[RecordMatch, ...]
    records: int = 0
    broken: int = 0
    complete: bool = True


def read_files(
    files: Sequence[Path],
    wanted: WantedIndex,
    progress: Callable[[int, int], None],
    stopped: Callable[[], bool],
) -> list[FileResult]:
    """Read files, each in one pass.

    Args:
        files: the files.
        wanted: the papers to find records of.
        progress: called with the part of the work done, in thousandths, and 1000.
        stopped: whether to stop; what was found until then is returned.

    Raises:
        BadInputError: a file cannot be read, or its format is unknown.
    """
    found: list[FileResult] = []
    for number, path in enumerate(files):
        if stopped():
            found.append(FileResult(path.name, (), complete=False))
            continue
        found.append(_read(path, wanted, _share(progress, number, len(files)), stopped))
    progress(1000, 1000)
    return found


def _share(progress: Callable[[int, int], None], number: int, files: int) -> Callable[[int, int], None]:
    return lambda done, total: progress((number * 1000 + 1000 * done // max(total, 1)) // files, 1000)


def _read(
    path: Path, wanted: WantedIndex, progress: Callable[[int, int], None], stopped: Callable[[], bool]
) -> FileResult:
    if path.name.lower().endswith(_BIBTEX):
        matches: list[RecordMatch] = []
        for entry in find_entries(path, wanted, progress, stopped):
            for record in parse_source(decode_source(path.name, entry.text.encode())).records:
                line = entry.line + record.source.line - 1 - entry.shift
                matches += wanted.candidates(_external(record, f"{path.name}:{line}"))
        return FileResult(path.name, tuple(matches), complete=not stopped())
    if is_snapshot(path):
        snapshot = read_snapshot(path, wanted, progress, stopped)
        return FileResult(path.name, tuple(snapshot.candidates), snapshot.records, snapshot.broken, snapshot.complete)
    result = parse_source(read_source(path))
    if not result.records:
        reason = next((problem.reason for problem in result.diagnostics), "it has no records")
        raise BadInputError(
            f"{path.name} cannot be used: {reason}",
            "specify arXiv's metadata snapshot, or a BibTeX, CSL-JSON, RIS or readlist JSON file",
        )
    broken = sum(problem.records for problem in result.diagnostics if not problem.repaired)
    return FileResult(path.name, tuple(_matches(result.records, wanted, path.name)), len(result.records), broken)


def _matches(records: Iterable[Record], wanted: WantedIndex, name: str) -> Iterable[RecordMatch]:
    for record in records:
        yield from wanted.candidates(_external(record, f"{name}:{record.source.line}"))


def _external(record: Record, origin: str) -> ExternalRecord:
    """A record of a bibliography as a record to compare."""
    texts = {name: getattr(record, name, None) for name in COMPLETABLE if name not in _OWN}
    return ExternalRecord(
        origin,
        title=record.title or "",
        authors=record.authors,
        authors_truncated=record.authors_truncated,
        abstract=record.abstract or "",
        date=record.date,
        eprint=record.eprint or find_arxiv_id(record.doi or "") or "",
        doi=record.doi or "",
        category=record.category or "",
        links=record.links,
        withdrawn=is_withdrawn(record.abstract or ""),
        publication=tuple((name, text) for name, text in texts.items() if isinstance(text, str) and text),
    )
