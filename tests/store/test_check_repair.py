"""``readlist check --repair`` first shows its plan, then carries it out, and never deletes anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pytest

from tui.cli.main import main
from tui.model.mark import Mark
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.paths import Paths

AT = "2026-11-20T12:00:00Z"
PAGE = """\
CVOct 26, 2023Code
Neural Radiance Fields from Sparse ViewsMaria Garcia, John Smith
Neural radiance fields need many views. We show that three views suffice once depth is regularised.
LGJun 2, 2024
Mixture of Experts on Small DevicesPeter Johnson
Experts do not fit into the memory of a telephone. We page them in by predicting the next expert.
"""


class Result(NamedTuple):
    status: int
    out: str
    err: str


class Run(Protocol):
    def __call__(self, *words: str) -> Result: ...


@pytest.fixture
def run(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "listing.txt").write_text(PAGE, encoding="utf-8")

    def no_screen(home: Paths, ascii_only: bool) -> int:
        raise AssertionError(f"the screen opened on {home}, {ascii_only}")

    def call(*words: str) -> Result:
        capsys.readouterr()
        status = main(["--data", str(data), "--seeds", str(seeds), *words], open_screen=no_screen)
        return Result(status, *capsys.readouterr())

    return call


@pytest.fixture
def folder(run: Run, data: Path) -> Path:
    """Three backups, of 1, 2 and 3 marks, and a fourth mark in the journal. The first change records the papers."""
    assert run("list").status == 0
    store = Store.open(data)
    for number in range(4):
        store.history.commit("note", lambda _, number=number: {f"p{number}": Mark(note="n")}, at=AT)  # type: ignore[misc]
        if number < 3:
            store.compact()
    store.close()
    return data


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def empty_file(path: Path) -> bytes:
    before = path.read_bytes()
    path.write_bytes(b"")
    return before


def flip_bit(path: Path) -> bytes:
    before = path.read_bytes()
    path.write_bytes(before[:-20] + bytes([before[-20] ^ 1]) + before[-19:])
    return before


def test_repair_changes_nothing_in_a_sound_store(folder: Path, run: Run) -> None:
    before = snapshot(folder)
    for words in (("--repair",), ("--repair", "--yes")):
        assert run("check", *words) == (0, "the store is OK; nothing to repair\n", "")
    assert snapshot(folder) == before


def test_repair_creates_nothing_without_a_store(data: Path, run: Run) -> None:
    assert run("check", "--repair", "--yes").status == 0
    assert not data.exists()


@pytest.mark.parametrize("spoil", [empty_file, flip_bit])
@pytest.mark.parametrize("name", ["marks.json", "marks.journal", "papers.json"])
def test_repair_shows_its_plan_and_then_carries_it_out(
    folder: Path, run: Run, name: str, spoil: Callable[[Path], bytes]
) -> None:
    good = spoil(folder / name)
    spoilt = (folder / name).read_bytes()
    before = snapshot(folder)
    for words in (("check",), ("list",), ("star", "radiance")):
        status, out, err = run(*words)
        assert (status, out) == (4, "")
        assert name in err
        assert "--repair" in err
    preview = run("check", "--repair")
    assert preview.status == 4
    assert f"{name} is damaged" in preview.out
    assert preview.out.endswith("nothing changed yet; add --yes to repair the store\n")
    assert snapshot(folder) == before
    done = run("check", "--repair", "--yes")
    assert done.status == 0
    assert done.out.splitlines()[:-1] == preview.out.splitlines()[:-1]
    assert run("check").status == 0
    store = Store.open(folder)
    # Only the change in the one bad line is lost.
    assert store.marks.ids() >= {"p0", "p1", "p2"}
    assert ("p3" in store.marks.ids()) == (name != "marks.journal")
    assert spoilt in [b"", *(path.read_bytes() for path in folder.glob("*.damaged-*"))]
    assert (folder / name).read_bytes() != good or name == "papers.json"
    assert run("list").status == 0


def test_the_messages_of_a_repair(folder: Path, run: Run) -> None:
    (folder / "marks.json").write_bytes(b"null")
    assert run("check", "--repair").out.splitlines() == [
        f"store: {folder}/marks.json is damaged: it does not begin with a readlist header",
        "store: restore marks.json from the backup marks-000000000004.json",
        "store: add 1 change from the journal",
        "store: keep the old marks.json as marks.json.damaged-1",
        "store: keep the old marks.journal as marks.journal.damaged-1",
        "store: marks in the repaired store: 4; changes in its history: 4",
        "nothing changed yet; add --yes to repair the store",
    ]


def test_every_backup_can_be_restored(folder: Path, run: Run) -> None:
    names = sorted(path.name for path in (folder / "backups").iterdir())
    assert len(names) == 3
    kept = {path.read_bytes() for path in (folder / "marks.json", folder / "marks.journal")}
    for number, name in reversed(list(enumerate(names, 1))):
        before = snapshot(folder)
        preview = run("check", "--repair", "--backup", name)
        assert preview.status == 4
        assert f"marks in the repaired store: {number}; changes in its history: {number}" in preview.out
        lost = preview.out.count("lost: ")
        assert lost == (number < 3 or "note" in (folder / "marks.journal").read_text(encoding="utf-8"))
        assert snapshot(folder) == before
        assert run("check", "--repair", "--backup", name, "--yes").status == 0
        store = Store.open(folder)
        assert store.marks.ids() == {f"p{mark}" for mark in range(number)}
        store.history.commit("next", lambda _: {"z": Mark(note="n")}, at=AT)
        store.compact()
        assert Store.open(folder).marks.ids() == store.marks.ids()
        # A restored store continues the numbers, so that its new backups are the newest.
        assert max((folder / "backups").iterdir()).read_bytes() == (folder / "marks.json").read_bytes()
        store.close()
    assert kept <= {path.read_bytes() for path in folder.glob("*.damaged-*")}
    assert run("check").status == 0


def test_a_damaged_backup_is_skipped_and_never_restored(folder: Path, run: Run) -> None:
    newest = folder / "backups" / "marks-000000000004.json"
    newest.write_bytes(b"")
    assert "it is empty (0 bytes) (a backup; ignored)" in run("check").out
    assert run("check", "--repair", "--backup", newest.name).status == 4
    assert run("check", "--repair", "--backup", newest.name, "--yes").status == 4
    assert Store.open(folder).marks.ids() == {"p0", "p1", "p2", "p3"}
    (folder / "marks.json").unlink()
    assert "from the backup marks-000000000003.json" in run("check", "--repair", "--yes").out
    assert newest.read_bytes() == b""


@pytest.mark.usefixtures("folder")
def test_an_unknown_backup_and_options_without_repair_are_usage_errors(run: Run) -> None:
    status, _, err = run("check", "--repair", "--backup", "../marks.json")
    assert status == 2
    assert "marks-000000000004.json" in err
    assert run("check", "--yes").status == 2
    assert run("check", "--backup", "x").status == 2


def test_the_json_output_of_check_and_repair(folder: Path, run: Run) -> None:
    (folder / "marks.json").write_bytes(b"")
    damaged = run("check", "--json")
    assert damaged.status == 4
    assert "it is empty" in json.loads(damaged.out)["store"][0]
    preview = json.loads(run("check", "--repair", "--json").out)
    assert not preview["done"]
    done = json.loads(run("check", "--repair", "--yes", "--json").out)
    assert done == {"repair": preview["repair"], "done": True}
    assert json.loads(run("check", "--repair", "--yes", "--json").out) == {"repair": [], "done": False}


def test_sources_imported_after_a_backup_are_reported_and_kept(folder: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text(
        PAGE.replace("Radiance", "Gaussian").replace("Mixture", "Sea"), encoding="utf-8"
    )
    assert run("import", str(tmp_path / "more.txt")).status == 0
    output = run("check", "--repair", "--backup", "marks-000000000004.json", "--yes").out
    copy = folder / "pages" / "more.txt"
    assert f"{copy} will no longer be a source" in output
    assert run("import", str(copy)).status == 0
    assert run("list", "gaussian").status == 0
