"""Power loss: of what was written and not synced, any 4 KiB page and any renaming may be lost.

The calls of a series of gestures are recorded, and after any of them the disk is rebuilt as it might be found: each
page, length and name old or new at random, unless a sync came in between. A new run must find the state from before or
after the current gesture; anything else is wrong, even if it looks sound.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from tests.reliability.series import gesture, perform
from tests.reliability.shim import Shim
from tui.errors import ReadlistError
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.store.store import Store

if TYPE_CHECKING:
    from tests.reliability.shim import OsCall

_PAGE = 4096
_GESTURES = 40


@dataclass
class File:
    """One file on the modelled disk.

    Attributes:
        synced: the contents that are certainly on the disk.
        latest: the contents in the kernel.
    """

    synced: bytes = b""
    latest: bytearray = field(default_factory=bytearray)

    def found(self, chance: Random) -> bytes:
        """Contents that may be found after a power loss."""
        length = chance.choice((len(self.synced), len(self.latest)))
        found = bytearray(length)
        for start in range(0, length, _PAGE):
            # Truncating a file writes no pages: if the old length is found again, so are the old contents.
            written = self.latest if start < len(self.latest) else self.synced
            page = chance.choice((self.synced, written))[start : start + _PAGE]
            found[start : start + len(page)] = page
        return bytes(found[:length])


class Disk:
    """A folder as it is in the kernel, and as it may be on the disk.

    Args:
        honest: whether a sync has an effect.

    Attributes:
        names: path → file, in the kernel.
    """

    def __init__(self, *, honest: bool) -> None:
        self._honest = honest
        self.names: dict[str, File] = {}
        self._synced: dict[str, File] = {}
        self._unsynced: list[tuple[str, str | None]] = []
        self._made: dict[str, File] = {}
        self._handles: dict[int, File] = {}
        self._folders: dict[int, str] = {}

    def follow(self, call: OsCall, result: Any) -> None:  # noqa: ANN401  (what a function of os returns)
        """Apply a call."""
        match call.name:
            case "open":
                self._open(call, result)
            case "write":
                # New files are written from the beginning, and others at the end.
                file = self._handles[call.arguments[0]]
                self._write(file, call.arguments[1], len(file.latest))
            case "pwrite":
                self._write(self._handles[call.arguments[0]], call.arguments[1], call.arguments[2])
            case "ftruncate":
                file = self._handles[call.arguments[0]]
                length = call.arguments[1]
                file.latest[:] = bytes(file.latest[:length]).ljust(length, b"\0")
            case "fsync":
                self._sync(call.arguments[0])
            case "replace":
                old, new = (os.fspath(argument) for argument in call.arguments[:2])
                self.names[new] = self.names.pop(old)
                self._unsynced.append((new, old))
            case "unlink":
                del self.names[call.path]
                self._unsynced.append((call.path, None))

    def rebuild(self, root: Path, other: Path, chance: Random) -> None:
        """Create in ``other`` what may be found of ``root`` after a power loss."""
        names = dict(self._synced)
        for change in self._unsynced:
            if chance.random() < 0.5:
                self._rename(names, *change)
        for path, file in names.items():
            place = other / Path(path).relative_to(root)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.found(chance))

    def _open(self, call: OsCall, handle: int) -> None:
        if call.arguments[1] & os.O_DIRECTORY:
            self._folders[handle] = call.path
            self._handles.pop(handle, None)
            return
        path = os.path.realpath(call.path)
        if path not in self.names:
            self.names[path] = File()
            self._made[path] = self.names[path]
            self._unsynced.append((path, ""))
        self._handles[handle] = self.names[path]

    def _write(self, file: File, data: bytes, at: int) -> None:
        file.latest[at : at + len(data)] = data

    def _sync(self, handle: int) -> None:
        if not self._honest:
            return
        if handle in self._handles:
            file = self._handles[handle]
            file.synced = bytes(file.latest)
            return
        folder = self._folders[handle]
        still: list[tuple[str, str | None]] = []
        for change in self._unsynced:
            if os.path.dirname(change[0]) == folder:  # noqa: PTH120  (paths are text here)
                self._rename(self._synced, *change)
            else:
                still.append(change)
        self._unsynced = still

    def _rename(self, names: dict[str, File], path: str, source: str | None) -> None:
        if source is None:
            names.pop(path, None)
        elif source:
            # The file is known even if its first name never reached the disk.
            names[path] = self._made[source]
            names.pop(source, None)
        else:
            names[path] = self._made[path]


def lose_power(folder: Path, states: int, seed: int = 1) -> Counter[str]:
    """Rebuild states of the disk at random calls of a series of gestures; count what is found."""
    chance = Random(seed)  # noqa: S311  (reproducible on purpose)
    calls = _record(folder / "dry", [], chance, Counter())
    counts = Counter[str](states=0, calls=calls, before=0, after=0, wrong=0)
    _record(folder / "wet", [chance.randrange(calls) for _ in range(states)], chance, counts)
    # The trial is meaningful only if it notices a disk on which syncs have no effect.
    lying = Counter[str]()
    with redirect_stdout(io.StringIO()):
        _record(folder / "lying", [chance.randrange(calls) for _ in range(40)], chance, lying, honest=False)
    counts["noticed_on_a_lying_disk"] = lying["wrong"]
    counts["wrong"] += not lying["wrong"]
    return counts


def _record(folder: Path, moments: list[int], chance: Random, counts: Counter[str], *, honest: bool = True) -> int:
    """Carry out the series, rebuild the disk after the given calls, and judge; return the number of calls."""
    data = folder / "data"
    data.mkdir(parents=True)
    disk = Disk(honest=honest)
    found: list[tuple[int, Path]] = []
    known: list[object] = []
    done = 0

    def after(call: OsCall, result: Any) -> None:  # noqa: ANN401
        nonlocal done
        disk.follow(call, result)
        for _ in range(moments.count(done)):
            place = folder / f"state{len(found)}"
            with shim.paused():
                place.mkdir()
                disk.rebuild(data, place, chance)
            found.append((len(known) - 1, place))
        done += 1

    shim = Shim(data, after=after)
    with shim.installed():
        store = Store.open(data)
        known.append(_state(store))
        for number in range(_GESTURES):
            _step(store, number)
            known.append(_state(store))
        store.close()
    _judge(found, known, counts)
    return done


def _step(store: Store, number: int) -> None:
    """Carry out a gesture, or sometimes a long note, a compaction, another catalogue, or an import."""
    at = str(number)
    match number % 8:
        case 2:
            text = chr(97 + number % 26) * 9_000
            store.history.commit("long", lambda _: {f"long{number % 3}": Mark(note=text)}, at=at)
        case 4:
            store.compact()
        case 5:
            store.catalogue.replace(
                [Paper(f"{paper}", title="t" * 300) for paper in range(20 + number)], {"n": number}
            )
        case 7:
            pages = {f"page{number}": b"p" * 5_000}
            store.history.commit("import", lambda _: {"p": Mark(note=at)}, at=at, imported=pages)
        case _:
            perform(store, gesture(7, number), number)


def _state(store: Store) -> object:
    marks = tuple((paper, store.marks.get(paper)) for paper in sorted(store.marks.ids()))
    pages = store.sources.names()
    copies = tuple(store.sources.path(page).read_bytes() for page in pages)
    return (marks, store.history.changes(), store.catalogue.ids(), store.values.get("place"), pages, copies)


def _judge(found: list[tuple[int, Path]], known: list[object], counts: Counter[str]) -> None:
    for place_in_series, place in found:
        counts["states"] += 1
        before, after = known[place_in_series], known[min(place_in_series + 1, len(known) - 1)]
        try:
            store = Store.open(place)
            state = _state(store)
            store.close()
        except (ReadlistError, OSError) as fault:
            sys.stdout.write(f"after gesture {place_in_series}: {fault}\n")
            counts["wrong"] += 1
            continue
        kind = "before" if state == before else "after" if state == after else "wrong"
        if kind == "wrong":
            sys.stdout.write(f"after gesture {place_in_series}: a state that never existed\n")
        counts[kind] += 1
        shutil.rmtree(place)
