"""Damaged files of the store: they never count as empty, are never overwritten, and can be repaired."""

from __future__ import annotations

import io
import shutil
import sys
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.reliability.paths import WRITE_PATHS, World, build
from tests.reliability.shim import without_waiting
from tui.cli.main import main
from tui.model.edit import Edit
from tui.session.session import Session
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.paths import Paths

_NAMES = ("marks.json", "papers.json", "marks.journal")


@without_waiting()
def damage_repeatedly(folder: Path, times: int, seed: int = 1) -> Counter[str]:
    """Damage one file of a store repeatedly, in every way in turn; count how the program handles it."""
    chance = Random(seed)  # noqa: S311  (reproducible on purpose)
    counts = Counter[str](damaged=0, taken_for_sound=0, overwritten=0, traceback=0, not_mended=0, lost=0)
    build(folder / "template", *WRITE_PATHS["an edit"].prepare, _long_notes)
    for number in range(times):
        copy = World(Path(shutil.copytree(folder / "template", folder / f"copy{number}")))
        name = _NAMES[number % len(_NAMES)]
        path = copy.home.data / name
        damaged = _damage(path.read_bytes(), number // len(_NAMES), chance)
        path.write_bytes(damaged)
        counts["damaged"] += 1
        for kind in _verdict(copy, path, damaged):
            sys.stdout.write(f"{name}, {len(damaged)} bytes, number {number}: {kind}\n")
            counts[kind] += 1
        shutil.rmtree(copy.folder)
    return counts


def _long_notes(world: World) -> None:
    """Make every file several KiB long."""
    session = Session.open(world.home)
    session.edits.mark(session.ids(), Edit(note="n" * 5_000))
    session._store.compact()
    for number in range(4):
        session.edits.mark(session.ids(), Edit(append_note=f"{number} " * 500))
    session.close()


def _damage(whole: bytes, number: int, chance: Random) -> bytes:
    flipped = bytearray(whole)
    for _ in range(chance.choice((1, 1, 2, 5))):
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
    start = chance.randrange(len(whole))
    ways = (
        b"",
        b"null",
        b"[]",
        whole[: 1024 * chance.randrange(max(len(whole) // 1024, 1))],
        whole[:start],
        bytes(flipped),
        b"\xef\xbb\xbf" + whole,
        whole.decode().encode("utf-16"),
        whole[:start] + bytes(chance.randrange(1, 200)) + whole[start:],
        whole[:start] + whole[start + 1 + chance.randrange(1_000) :],
        bytes(flipped),
    )
    damaged = ways[number % len(ways)]
    return damaged if damaged != whole else whole[:-1]


def _verdict(world: World, path: Path, damaged: bytes) -> list[str]:
    wrong = []
    before = _snapshot(world.home.data)
    for words in (["list"], ["star", "radiance"], ["check"], ["check", "--repair"]):
        status, output = _run(world, *words)
        wrong += ["taken_for_sound"] * (status != 4) + ["traceback"] * ("Traceback" in output or status == 70)
    if _snapshot(world.home.data) != before:
        wrong.append("overwritten")
    statuses = [
        _run(world, "check", "--repair", "--yes")[0],
        _run(world, "check")[0],
        _run(world, "star", "radiance")[0],
    ]
    if statuses != [0, 0, 0]:
        return [*wrong, "not_mended"]
    if damaged and damaged not in [kept.read_bytes() for kept in world.home.data.glob("*.damaged-*")]:
        wrong.append("overwritten")
    store = Store.open(world.home.data)
    notes = [store.marks.get(paper).note for paper in store.catalogue.ids()]
    store.close()
    whole = path.name != "marks.journal"
    if not all(note.startswith("n" * 5_000) and ("3 3" in note or not whole) for note in notes) or len(notes) != 2:
        wrong.append("lost")
    return wrong


def _snapshot(data: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file() and path.name != ".lock"
    }


def _run(world: World, *words: str) -> tuple[int, str]:
    output = io.BytesIO()
    stream = io.TextIOWrapper(output, encoding="utf-8", write_through=True)
    with redirect_stdout(stream), redirect_stderr(stream):
        status = main(
            ["--data", str(world.home.data), "--seeds", str(world.home.seeds), *words], open_screen=_no_screen
        )
    return status, output.getvalue().decode()


def _no_screen(home: Paths, _ascii_only: bool) -> int:
    raise AssertionError(f"the screen opened on {home}")
