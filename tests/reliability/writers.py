"""Several programs write to one store at once, while others read: no edit is lost, and every reading is sound."""

from __future__ import annotations

import os
import sys
import traceback
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui.errors import ReadlistError
from tui.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tui.paper.mark import Mark

_COMPACT_EVERY = 40
_PAPERS = 25


def write_together(data: Path, writers: int, edits: int, readers: int = 2) -> Counter[str]:
    """Let every writer make so many edits of the same papers at once; count what became of them."""
    gate, open_gate = os.pipe()
    report, reporting = os.pipe()
    reading = [_child(partial(_read, data, reporting), gate, open_gate) for _ in range(readers)]
    writing = [_child(partial(_write, data, name, edits), gate, open_gate) for name in range(writers)]
    os.close(reporting)
    os.close(gate)
    os.close(open_gate)
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in writing)
    (data / "stop").touch()
    failed += sum(os.waitpid(child, 0)[1] != 0 for child in reading)
    reports = b""
    while part := os.read(report, 1 << 16):
        reports += part
    os.close(report)
    library = Library.open(data)
    tags = _tags(library)
    numbers = [change.number for change in library.history()]
    return Counter(
        edits=writers * edits,
        lost=sum(f"w{name}-{edit}" not in tags for name in range(writers) for edit in range(edits)),
        miscounted=writers * edits - int(library.mark("counter").note or 0),
        numbered_wrongly=len(numbers) - len(set(numbers)) + abs(len(numbers) - writers * edits),
        readings=reports.count(b"."),
        bad_readings=reports.count(b"!"),
        failed_programs=failed,
    )


def _tags(library: Library) -> set[str]:
    return {tag for number in range(_PAPERS) for tag in library.mark(f"page{number}").tags}


def _child(work: Callable[[], None], gate: int, open_gate: int) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        os.close(open_gate)
        os.read(gate, 1)
        work()
        status = 0
    finally:
        # The child must never come back into its parent's code.
        if status:
            traceback.print_exc()
        os._exit(status)


def _write(data: Path, name: int, edits: int) -> None:
    library = Library.open(data)
    for edit in range(edits):
        library.commit("edit", partial(_plan, tag=f"w{name}-{edit}", paper=f"page{edit % _PAPERS}"), at="")
        if (edit + name) % _COMPACT_EVERY == _COMPACT_EVERY - 1:
            library.compact()
    library.close()


def _plan(mark: Callable[[str], Mark], tag: str, paper: str) -> Mapping[str, Mark]:
    counter, page = mark("counter"), mark(paper)
    return {
        "counter": replace(counter, note=str(int(counter.note or 0) + 1)),
        paper: replace(page, tags=(*page.tags, tag)),
    }


def _read(data: Path, reporting: int) -> None:
    """Count a reading that goes backwards or does not open as a bad one."""
    library = Library.open(data)
    seen = 0
    while not (data / "stop").exists():
        try:
            library.poll()
            fresh = Library.open(data)
            counts = [int(each.mark("counter").note or 0) for each in (library, fresh)]
            sound = seen <= counts[0] <= counts[1] == len(_tags(fresh))
            seen = counts[0]
            fresh.close()
        except ReadlistError as fault:
            sys.stdout.write(f"{fault}\n")
            sound = False
        os.write(reporting, b"." if sound else b"!")
