"""arXiv's metadata snapshot: 2.8 million JSON objects, one per line, plain, compressed or in a zip archive.

Read in one pass and constant memory. Nearly every line is dropped after looking at the first bytes of its title and
its abstract; only the others are parsed.
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from tui.errors import BadInputError
from tui.model.arxiv import expand_category
from tui.model.partial_date import PartialDate
from tui.sources.external_record import (
    LONGEST_ABSTRACT,
    MOST_AUTHORS,
    ExternalRecord,
    clean_line,
    day_of,
    is_withdrawn,
)
from tui.sources.packed_file import READ_ERRORS, PackedFile, unreadable
from tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from tui.sources.matching import RecordMatch, WantedIndex

_BLOCK = 1 << 16
_LONGEST_LINE = 8_000_000
_HEAD = 24
_ABSTRACT_HEAD = 32
_TAIL = 20
_EPRINT_HEAD = 9
_WORD = re.compile(rb"(?<=[ -])[a-z]{6,}(?=[ ,:;?\n-]|\Z)")
_KEYS = (b'"title"', b'"abstract"', b'"categories"')
_NOT_LETTERS = re.compile("[^a-z0-9]")
_LOWER = bytes(code + 32 if 65 <= code <= 90 else code for code in range(256))
_DROP = bytes(code for code in range(256) if not chr(code).isascii() or not chr(code).isalnum())
_PLAIN = bytes(code for code in range(32, 127) if chr(code) not in '\\$"')
_VERSION = re.compile(r"v\d+\Z")


class SnapshotResult(NamedTuple):
    """What a pass over a snapshot found.

    Attributes:
        candidates: records that may be of a wanted paper.
        records: number of lines read.
        broken: number of lines that are no record, such as the last one of a download that was cut off.
        complete: whether the file was read to its end.
    """

    candidates: list[RecordMatch]
    records: int
    broken: int
    complete: bool


def is_snapshot(path: Path) -> bool:
    """Whether a file begins like a snapshot, or is a zip archive with one.

    Raises:
        BadInputError: it cannot be read.
    """
    try:
        with PackedFile(path) as (stream, _):
            start = stream.read(20_000).removeprefix(b"\xef\xbb\xbf").lstrip()
    except READ_ERRORS as error:
        raise unreadable(path, error) from error
    line = start.split(b"\n", 1)[0]
    return (
        line.startswith(b"{")
        and all(key in line for key in _KEYS)
        and (b'"authors_parsed"' in line or b'"versions"' in line or b'"update_date"' in line)
    )


def read_snapshot(
    path: Path,
    wanted: WantedIndex,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> SnapshotResult:
    """Read a snapshot in one pass.

    Args:
        path: the file: JSON lines, plain, gzip or zip.
        wanted: the papers to find records of.
        progress: called with the bytes of the file read so far, and their total.
        stopped: whether to stop before the next block; what was found until then is returned.

    Raises:
        BadInputError: the file cannot be read, or is not a snapshot.
    """
    reader = _Reader(path.name, wanted)
    try:
        with PackedFile(path) as (stream, position):
            total = max(path.stat().st_size, 1)
            carry = b""
            while block := stream.read(_BLOCK):
                lines = (carry + block).split(b"\n") if carry else block.split(b"\n")
                carry = lines.pop()
                if len(carry) > _LONGEST_LINE:
                    raise BadInputError(
                        f"line {reader.lines + len(lines) + 1} of {path.name} is longer than "
                        f"{_LONGEST_LINE // 1_000_000} MB",
                        "this is not arXiv's metadata snapshot, which has one record per line",
                    )
                reader.read(lines)
                progress(min(position(), total), total)
                if stopped():
                    return reader.result(complete=False)
            reader.read([carry] if carry.strip() else [], last=True)
            progress(total, total)
    except EOFError:  # a compressed file that was cut off
        return reader.result(complete=False, broken=1)
    except READ_ERRORS as error:
        raise unreadable(path, error) from error
    return reader.result(complete=True)


class _Marks(NamedTuple):
    """How the fields of a file are marked.

    Attributes:
        opening: from the start of a line to the id.
        title, doi, abstract: before the values of these fields.
        after: after a value.
    """

    opening: bytes
    title: bytes
    doi: bytes
    abstract: bytes
    after: bytes


def _marks_of(line: bytes) -> _Marks | None:
    """The marks, as arXiv or a common program writes them; None if written otherwise."""
    for gap in (b"", b" "):
        opening = b'{"id":' + gap + b'"'
        title, doi, abstract = (b'"' + name + b'":' + gap + b'"' for name in (b"title", b"doi", b"abstract"))
        at = line.find(title)
        if line.startswith(opening) and 0 <= at < line.find(abstract):
            return _Marks(opening, title, doi, abstract, b'",' + gap + b'"')
    return None


class _Reader:
    """Finds the lines that may be records of wanted papers, and parses them."""

    def __init__(self, name: str, wanted: WantedIndex) -> None:
        self._name = name
        self._wanted = wanted
        self.lines = 0
        self._broken = 0
        self._found: list[RecordMatch] = []
        titles = [plain for paper in wanted.papers.values() if (plain := _NOT_LETTERS.sub("", paper.letters))]
        abstracts = [_NOT_LETTERS.sub("", paper.words.lower()) for paper in wanted.papers.values()]
        self._heads = frozenset(title[:_HEAD].encode() for title in titles)
        self._tails = frozenset(title[-_TAIL:].encode() for title in titles)
        self._abstracts = frozenset(
            text[:_ABSTRACT_HEAD].encode() for text in abstracts if len(text) > _ABSTRACT_HEAD
        )
        names = {paper.eprint.encode() for paper in wanted.papers.values() if paper.eprint}
        self._eprints = frozenset(name[:_EPRINT_HEAD] for name in _as_written(names))
        titles_words = (
            _WORD.findall(b" " + fold(paper.title).encode("ascii", "replace")) for paper in wanted.papers.values()
        )
        self._words = frozenset(word for words in titles_words for word in words)
        self._dois = _as_written({paper.doi.encode() for paper in wanted.papers.values() if paper.doi})
        self._marks: _Marks | None = None

    def result(self, *, complete: bool, broken: int = 0) -> SnapshotResult:
        return SnapshotResult(self._found, self.lines, self._broken + broken, complete)

    def read(self, lines: list[bytes], *, last: bool = False) -> None:
        """Read whole lines."""
        if lines and not self.lines:
            lines[0] = lines[0].removeprefix(b"\xef\xbb\xbf")
            self._marks = _marks_of(lines[0])
        parsed = 0
        for number, line in self._chosen(lines):
            self._parse(line, number)
            parsed = number
        self.lines += len(lines)
        if last and lines and parsed != self.lines and not _is_whole(lines[-1]):
            self._broken += 1

    def _chosen(self, lines: list[bytes]) -> Iterator[tuple[int, bytes]]:  # noqa: C901, PLR0912 - inline: calls are slow
        """The lines to parse, with their numbers."""
        number = self.lines
        if self._marks is None:  # written by another program
            yield from ((number + at, line) for at, line in enumerate(lines, 1) if line.strip())
            return
        opening, title_mark, doi_mark, abstract_mark, after = self._marks
        heads, tails, abstracts = self._heads, self._tails, self._abstracts
        eprints, dois = self._eprints, self._dois
        id_at, title_at, doi_at, abstract_at = map(len, (opening, title_mark, doi_mark, abstract_mark))
        lower, drop = _LOWER, _DROP
        for line in lines:
            number += 1
            at = line.find(title_mark)
            if at < 0:
                if line.strip():
                    yield number, line
                continue
            at += title_at
            raw = line[at : at + 44]
            unusual = raw.translate(None, _PLAIN)
            if unusual:
                raw = raw.partition(after)[0].replace(b"\\n", b" ")
            if raw.translate(lower, drop)[:_HEAD] in heads:
                yield number, line
                continue
            if unusual and (b"\\" in raw or b"$" in raw or not raw.isascii()):
                # Formulas and accents are written in many ways at the start of a title; then its end decides.
                end = line.find(after, at)
                raw = line[max(at, end - 48) : end].replace(b"\\n", b" ")
                if raw.translate(lower, drop)[-_TAIL:] in tails:
                    yield number, line
                    continue
                if raw.translate(None, _PLAIN) and self._may_have_title(line[at:end]):
                    yield number, line
                    continue
            if eprints and line[id_at : id_at + _EPRINT_HEAD] in eprints:
                yield number, line
                continue
            start = line.find(abstract_mark, at)
            if dois:
                doi = line.find(doi_mark, at, start) + doi_at
                if doi >= doi_at and line[doi : line.find(b'"', doi)].lower() in dois:
                    yield number, line
                    continue
            at = start + abstract_at
            raw = line[at : at + 66]
            if b"\\n" in raw:
                raw = line[at : at + 80].replace(b"\\n", b" ")
            if raw.translate(lower, drop)[:_ABSTRACT_HEAD] in abstracts:
                yield number, line

    def _may_have_title(self, raw: bytes) -> bool:
        """Whether a title with formulas or accents may be a wanted one; its long words rule out most."""
        words = _WORD.findall(b" " + raw.replace(b"\\n", b" ").lower())
        return self._words.issuperset(words) and self._wanted.may_have_title(_decoded(raw))

    def _may_match(self, fields: dict[str, Any]) -> bool:
        """Whether an object may be a record of a wanted paper; quicker than making the record."""
        names = (_text(fields, "id").lower(), _text(fields, "doi").lower())
        return (
            not self._wanted.identifiers.isdisjoint(names)
            or self._wanted.may_have_title(_text(fields, "title"))
            or self._wanted.may_have_abstract(_text(fields, "abstract"))
        )

    def _parse(self, line: bytes, number: int) -> None:
        try:
            fields = orjson.loads(line)
        except orjson.JSONDecodeError:
            self._broken += 1
            return
        if not isinstance(fields, dict):
            self._broken += 1
            return
        if self._marks is None and not self._may_match(fields):
            return
        record = record_of(fields, f"{self._name}:{number}")
        if record is not None:
            self._found += self._wanted.candidates(record)


def _as_written(names: Collection[bytes]) -> frozenset[bytes]:
    """Identifiers as JSON may write them."""
    return frozenset((*names, *(name.replace(b"/", b"\\/") for name in names)))


def _decoded(value: bytes) -> str:
    """The text of a JSON string without its quotation marks."""
    try:
        return str(orjson.loads(b'"' + value + b'"'))
    except orjson.JSONDecodeError:
        return ""


def _is_whole(line: bytes) -> bool:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return True


def record_of(fields: dict[str, Any], origin: str) -> ExternalRecord | None:
    """The record of one object of the snapshot; None if it has neither id nor title."""
    title, abstract = _text(fields, "title"), _text(fields, "abstract")
    eprint = _VERSION.sub("", _text(fields, "id").strip().lower())
    if not title and not eprint:
        return None
    categories = _text(fields, "categories").split()
    names = expand_category(categories[0]) if categories else ()
    authors = _authors(fields)
    return ExternalRecord(
        origin,
        title=clean_line(title),
        authors=authors[:MOST_AUTHORS],
        authors_truncated=len(authors) > MOST_AUTHORS,
        abstract=clean_line(abstract, LONGEST_ABSTRACT),
        date=_first_date(fields.get("versions")),
        eprint=eprint,
        doi=next(iter(_text(fields, "doi").split()), ""),
        category=names[0] if len(names) == 1 else "",
        withdrawn=is_withdrawn(abstract, _text(fields, "comments")),
    )


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _authors(fields: dict[str, Any]) -> tuple[str, ...]:
    """The authors; the list that arXiv parsed has the accents in Unicode."""
    parsed = fields.get("authors_parsed")
    if isinstance(parsed, list) and parsed:
        names = []
        for parts in parsed:
            if isinstance(parts, list) and parts and all(isinstance(part, str) for part in parts[:3]):
                family, given, suffix = (*parts[:3], "", "")[:3]
                names.append(clean_line(" ".join(filter(None, (given.strip(), family.strip(), suffix.strip())))))
        return tuple(filter(None, names))
    plain = re.sub(r"\([^()]*\)", "", " ".join(_text(fields, "authors").split()))
    return tuple(name for part in re.split(r",\s+(?:and\s+)?|\s+and\s+", plain) if (name := clean_line(part)))


def _first_date(versions: object) -> PartialDate | None:
    """The day of the first version."""
    if not isinstance(versions, list) or not versions or not isinstance(versions[0], dict):
        return None
    created = str(versions[0].get("created"))
    if found := day_of(created):
        return found
    try:
        day = parsedate_to_datetime(created)
    except (ValueError, TypeError):
        return None
    return PartialDate(day.year, day.month, day.day)
