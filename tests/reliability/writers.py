"""Several processes write to one store at once while others read: no edit is lost, and every read is sound."""

from __future__ import annotations

import os
import re
import select
import sys
import time
import traceback
from collections import Counter
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from tui.errors import ReadlistError, StoreBusyError
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tui.model.change import Change
    from tui.model.mark import Mark

_COMPACT_EVERY = 40
_SHARERS = 4
_POLL_SECONDS = 0.05


def write_together(data: Path, writers: int, edits: int, readers: int = 2) -> Counter[str]:
    """Let all writers make edits at once, of one mark shared by all and of marks shared by a few; count the outcomes.

    Marks are small, because the history of every process contains their old values: each edit is in the history, and
    the last one of each writer is on its paper.
    """
    gate, open_gate = os.pipe()
    report, reporting = os.pipe()
    reading = [_child(partial(_read, data, reporting), gate, open_gate) for _ in range(readers)]
    writing = [_child(partial(_write, data, name, edits, reporting), gate, open_gate) for name in range(writers)]
    os.close(reporting)
    os.close(gate)
    os.close(open_gate)
    # The capacity of the pipe is limited, so it is read while they run.
    failed, reports = 0, bytearray()
    while len(writing) + len(reading):
        if not writing and not (data / "stop").exists():
            (data / "stop").touch()
        failed += _ended(writing) + _ended(reading)
        if select.select([report], [], [], _POLL_SECONDS)[0]:
            reports += os.read(report, 1 << 16)
    while part := os.read(report, 1 << 16):
        reports += part
    os.close(report)
    store = Store.open(data)
    found = {(label, changed) for label, changed in map(_edit_of, store.history.changes())}
    numbers = [change.number for change in store.history.changes()]
    longest = re.findall(rb"<(\d+)>", reports)
    return Counter(
        edits=writers * edits,
        lost=sum(
            (f"{name}-{edit}", _paper(name, edit)) not in found for name in range(writers) for edit in range(edits)
        )
        + sum(_is_last_missing(store, name, paper, edits) for name in range(writers) for paper in range(_SHARERS)),
        miscounted=writers * edits - int(store.marks.get("counter").note or 0),
        numbered_wrongly=len(numbers) - len(set(numbers)) + abs(len(numbers) - writers * edits),
        told_busy=reports.count(b"b"),
        longest_wait_ms=max(map(int, longest), default=0),
        readings=reports.count(b"."),
        bad_readings=reports.count(b"!"),
        failed_programs=failed,
    )


def _ended(children: list[int]) -> int:
    """Remove the children that have ended; return how many of them failed."""
    failed = 0
    for child in tuple(children):
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            children.remove(child)
            failed += status != 0
    return failed


def _paper(name: int, edit: int) -> str:
    return f"page{name // _SHARERS}-{edit % _SHARERS}"


def _edit_of(change: Change) -> tuple[str, str]:
    return change.label, next((id_ for id_, _ in change.marks if id_ != "counter"), "")


def _is_last_missing(store: Store, name: int, paper: int, edits: int) -> bool:
    """Whether a writer's last edit of a paper is missing."""
    latest = max((edit for edit in range(edits) if edit % _SHARERS == paper), default=None)
    return latest is not None and f"w{name}-{latest}" not in store.marks.get(_paper(name, paper)).tags


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
        # The child must never return to the code of its parent.
        if status:
            traceback.print_exc()
        os._exit(status)


def _write(data: Path, name: int, edits: int, reporting: int) -> None:
    store = Store.open(data)
    longest = 0.0
    for edit in range(edits):
        began = time.monotonic()
        while True:
            try:
                store.history.commit(f"{name}-{edit}", partial(_plan, name=name, edit=edit), at="")
                break
            except StoreBusyError:
                os.write(reporting, b"b")
        longest = max(longest, time.monotonic() - began)
        if (edit + name) % _COMPACT_EVERY == _COMPACT_EVERY - 1:
            with suppress(StoreBusyError):
                store.compact()
    os.write(reporting, b"<%d>" % (longest * 1000))
    store.close()


def _plan(mark: Callable[[str], Mark], name: int, edit: int) -> Mapping[str, Mark]:
    counter, paper = mark("counter"), _paper(name, edit)
    others = tuple(tag for tag in mark(paper).tags if not tag.startswith(f"w{name}-"))
    return {
        "counter": counter._replace(note=str(int(counter.note or 0) + 1)),
        paper: mark(paper)._replace(tags=(*others, f"w{name}-{edit}")),
    }


def _read(data: Path, reporting: int) -> None:
    """Read repeatedly; a read that goes backwards or fails is a bad one."""
    store = Store.open(data)
    seen = 0
    while not (data / "stop").exists():
        try:
            store.poll()
            fresh = Store.open(data)
            counts = [int(each.marks.get("counter").note or 0) for each in (store, fresh)]
            latest = fresh.history.changes(1)
            sound = seen <= counts[0] <= counts[1] == (latest[0].number if latest else 0)
            seen = counts[0]
            fresh.close()
        except ReadlistError as fault:
            sys.stdout.write(f"{fault}\n")
            sound = False
        os.write(reporting, b"." if sound else b"!")
