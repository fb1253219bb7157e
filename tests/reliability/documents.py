"""Mutated documents, as sources of the list and as files to import.

For any bytes: no exception but our own, an end within two seconds, and every record that was parsed is in a paper.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
import traceback
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from unittest.mock import patch

from tests.reliability.paths import WRITE_PATHS, World, build
from tests.reliability.shim import without_waiting
from tui.errors import BadInputError, ReadlistError
from tui.ingest import pipeline
from tui.ingest.corrections import CuratedCorrections
from tui.ingest.parse_source import parse_source
from tui.ingest.pipeline import ingest
from tui.ingest.source_file import decode_source
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.ingest.record import ParseResult
    from tui.ingest.source_file import SourceFile

_ROOT = Path(__file__).resolve().parents[2]
_LINES = (6, 12, 24, 60)  # short ones are fast, and a change affects more of them
_SECONDS = 2.0
_THROUGH_THE_STORE = 25  # one of this many documents is also read as a source of the list, imported and undone
_PIECES = (
    b"", b"\n", b"\r\n", b"\r", b"\0", b"\xff", b"\xe2\x80", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"{", b"}", b"{{", b"@a{", b"[",
    b'"', b"\\", b"Code", b"TY  - JOUR\n", b"ER  - \n", b"NaN", b"1e999", b"9" * 400, b"null", b"\x1b]52;c;\x07", b"[/]",
    "\u202e".encode(), b"[" * 2_000, b"{" * 2_000, b" " * 3_000, b"\\input{/etc/passwd}", b"2023-99-99", b"et al.", b" and " * 500,
)  # fmt: skip
# Letters and digits that some patterns treat like ASCII ones, but tables and numbers do not.
_TWINS = tuple(
    (letter.encode(), twin.encode())
    for letter, twins in {
        "i": "İı",
        "I": "İı",
        "s": "ſ",
        "S": "ſ",
        "k": "\u212a",
        "1": "¹١１",
        "2": "²٢２",
        "\\": "\\İ",
        " ": "\u2028\xa0",
    }.items()
    for twin in ([twins] if letter == "\\" else twins)
)


def mutate_repeatedly(folder: Path, documents: int, seed: int = 1, workers: int = 2) -> Counter[str]:
    """Read mutated documents in a few processes; count the outcomes."""
    counts = Counter[str](documents=0, records=0, problems=0, through_the_store=0, wrong=0, slow=0)
    originals = _originals()
    reading, writing = os.pipe()
    children = []
    for worker in range(workers):
        child = os.fork()
        if not child:
            os.close(reading)
            _work(folder / f"worker{worker}", originals, range(seed + worker, seed + documents, workers), writing)
        children.append(child)
    os.close(writing)
    with os.fdopen(reading) as reports:
        for line in reports:
            kind, count = line.split()
            counts[kind] += int(count)
    for child in children:
        if os.waitpid(child, 0)[1]:
            counts["wrong"] += 1
    return counts


def mutate(original: bytes, chance: Random) -> bytes:
    """The document, changed in a few places."""
    lines = original.splitlines(keepends=True)
    length = chance.choice(_LINES)
    start = chance.randrange(max(1, len(lines) - length))
    data = bytearray(b"".join(lines[start : start + length]))
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((0, 0, 1, 10, 300)))
        data[at:end] = chance.choice((*_PIECES, bytes(data[at:end]) * 2, bytes(data[end : end + 200])))
    for _ in range(chance.choice((0, 0, 3))):
        letter, twin = chance.choice(_TWINS)
        at = data.find(letter, chance.randrange(len(data) + 1))
        if at >= 0:
            data[at : at + 1] = twin
    if data and chance.random() < 0.3:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _originals() -> tuple[bytes, ...]:
    """The listings of the repository, and every export format."""
    paths = (*sorted((_ROOT / "seeds").glob("*.txt")), *sorted((_ROOT / "tests/export/golden").iterdir()))
    return tuple(path.read_bytes() for path in paths if path.is_file())


def _work(folder: Path, originals: tuple[bytes, ...], numbers: range, writing: int) -> None:
    status = 70
    try:
        counts = Counter[str]()
        build(folder / "template", *WRITE_PATHS["an edit"].prepare)
        for number in numbers:
            _one(folder, originals[number % len(originals)], number, counts)
        os.write(writing, "".join(f"{kind} {count}\n" for kind, count in counts.items()).encode())
        status = 0
    finally:
        if status:
            traceback.print_exc()
        os._exit(status)


def _one(folder: Path, original: bytes, number: int, counts: Counter[str]) -> None:
    data = mutate(original, Random(number))  # noqa: S311  (reproducible on purpose)
    # Processor time, because other programs may run on the machine.
    started = time.process_time()
    try:
        _read(data, counts)
        seconds = time.process_time() - started
        if number % _THROUGH_THE_STORE == 0:
            _store(folder, data)
            counts["through_the_store"] += 1
    except Exception:  # noqa: BLE001  (any exception is a finding)
        sys.stdout.write(f"document {number}: {traceback.format_exc()}")
        sys.stdout.flush()
        counts["wrong"] += 1
        seconds = 0.0
    if seconds > _SECONDS:
        sys.stdout.write(f"document {number} took {seconds:.1f} s\n")
        sys.stdout.flush()
        counts["slow"] += 1
    counts["documents"] += 1


def _read(data: bytes, counts: Counter[str]) -> None:
    page = decode_source("page.txt", data)
    with _recorded_results() as results:
        found = ingest([page], corrections=CuratedCorrections(), at="now")
    records = [record for result in results for record in result.records]
    in_papers = {source for paper in found.papers for source in paper.sources}
    missing = {record.source for record in records} - in_papers
    if missing or len(records) != sum(found.counts.values()):
        raise RuntimeError(f"{len(records)} records were read, and these are in no paper: {missing}")
    if not (found.papers or found.diagnostics):
        raise RuntimeError("there are neither papers nor diagnostics")
    counts["records"] += len(records)
    counts["problems"] += len(found.diagnostics)


@contextmanager
def _recorded_results() -> Iterator[list[ParseResult]]:
    """Record what the import parses, so that it need not be parsed twice."""
    results: list[ParseResult] = []

    def read(page: SourceFile, on_line: Callable[[int], None]) -> ParseResult:
        results.append(parse_source(page, on_line))
        return results[-1]

    with patch.object(pipeline, "parse_source", read):
        yield results


@without_waiting()
def _store(folder: Path, data: bytes) -> None:
    """Read the document as a source of the list, and import, undo and redo it."""
    world = World(Path(shutil.copytree(folder / "template", folder / "copy")))
    try:
        (world.home.seeds / "zz.txt").write_bytes(data)
        session = Session.open(world.home)
        session.close()
        (world.home.seeds / "zz.txt").unlink()
        (world.folder / "import.bib").write_bytes(data)
        session = Session.open(world.home)
        before = session.ids()
        try:
            imported = session.imports.carry_out(session.imports.plan([world.folder / "import.bib"]))
        except BadInputError:
            imported = None
        if imported and imported.change:
            after = session.ids()
            session.edits.undo()
            _expect(session.ids() == before, "an import undone left papers")
            session.edits.redo()
            _expect(session.ids() == after, "an import redone gave other papers")
        session.close()
        again = Session.open(world.home)
        _expect(again.maintenance.inspect()[0] == (), "the store is damaged")
        again.close()
    except ReadlistError as error:
        raise RuntimeError(f"{error}") from error
    finally:
        shutil.rmtree(world.folder)


def _expect(condition: bool, message: str) -> None:
    if not condition:
        raise RuntimeError(message)
