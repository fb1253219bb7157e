"""``readlist check --repair``: first the words, then the deed; and nothing is ever deleted."""

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
def store(run: Run, data: Path) -> Path:
    """Three backups, of 1, 2 and 3 marks, and a fourth mark in the journal; the days of the papers came first."""
    assert run("list").status == 0
    library = Store.open(data)
    for number in range(4):
        library.commit("note", lambda _, number=number: {f"p{number}": Mark(note="n")}, at=AT)  # type: ignore[misc]
        if number < 3:
            library.compact()
    library.close()
    return data


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def emptied(path: Path) -> bytes:
    before = path.read_bytes()
    path.write_bytes(b"")
    return before


def flipped(path: Path) -> bytes:
    before = path.read_bytes()
    path.write_bytes(before[:-20] + bytes([before[-20] ^ 1]) + before[-19:])
    return before


def test_nothing_is_to_be_done_where_all_is_well(store: Path, run: Run) -> None:
    before = snapshot(store)
    for words in (("--repair",), ("--repair", "--yes")):
        assert run("check", *words) == (0, "the store is sound, and nothing was changed\n", "")
    assert snapshot(store) == before


def test_nothing_is_to_be_done_where_there_is_nothing(data: Path, run: Run) -> None:
    assert run("check", "--repair", "--yes").status == 0
    assert not data.exists()


@pytest.mark.parametrize("spoil", [emptied, flipped])
@pytest.mark.parametrize("name", ["marks.json", "marks.journal", "papers.json"])
def test_first_the_words_and_then_the_deed(store: Path, run: Run, name: str, spoil: Callable[[Path], bytes]) -> None:
    good = spoil(store / name)
    spoilt = (store / name).read_bytes()
    before = snapshot(store)
    for words in (("check",), ("list",), ("star", "radiance")):
        status, out, err = run(*words)
        assert (status, out) == (4, "")
        assert name in err
        assert "--repair" in err
    preview = run("check", "--repair")
    assert preview.status == 4
    assert f"{name} is damaged" in preview.out
    assert preview.out.endswith("nothing was changed yet; add --yes to do that\n")
    assert snapshot(store) == before
    done = run("check", "--repair", "--yes")
    assert done.status == 0
    assert done.out.splitlines()[:-1] == preview.out.splitlines()[:-1]
    assert run("check").status == 0
    library = Store.open(store)
    # Only what stood in the one line that was lost is lost.
    assert library.marked() >= {"p0", "p1", "p2"}
    assert ("p3" in library.marked()) == (name != "marks.journal")
    assert spoilt in [b"", *(path.read_bytes() for path in store.glob("*.damaged-*"))]
    assert (store / name).read_bytes() != good or name == "papers.json"
    assert run("list").status == 0


def test_the_words_are_exact(store: Path, run: Run) -> None:
    (store / "marks.json").write_bytes(b"null")
    assert run("check", "--repair").out.splitlines() == [
        f"store: {store}/marks.json is damaged: it does not start like a readlist file",
        "store: marks.json is restored from the backup marks-000000000004.json",
        "store: the journal adds 1 change",
        "store: the old marks.json is kept as marks.json.damaged-1",
        "store: the old marks.journal is kept as marks.journal.damaged-1",
        "store: marks in the repaired store: 4, changes in its history: 4",
        "nothing was changed yet; add --yes to do that",
    ]


def test_every_backup_can_be_gone_back_to(store: Path, run: Run) -> None:
    names = sorted(path.name for path in (store / "backups").iterdir())
    assert len(names) == 3
    kept = {path.read_bytes() for path in (store / "marks.json", store / "marks.journal")}
    for number, name in reversed(list(enumerate(names, 1))):
        before = snapshot(store)
        preview = run("check", "--repair", "--backup", name)
        assert preview.status == 4
        assert f"marks in the repaired store: {number}, changes in its history: {number}" in preview.out
        lost = preview.out.count("lost: ")
        assert lost == (number < 3 or "note" in (store / "marks.journal").read_text(encoding="utf-8"))
        assert snapshot(store) == before
        assert run("check", "--repair", "--backup", name, "--yes").status == 0
        library = Store.open(store)
        assert library.marked() == {f"p{mark}" for mark in range(number)}
        library.commit("next", lambda _: {"z": Mark(note="n")}, at=AT)
        library.compact()
        assert Store.open(store).marked() == library.marked()
        # A store that went back goes on counting, so that its new backups are the newest.
        assert max((store / "backups").iterdir()).read_bytes() == (store / "marks.json").read_bytes()
        library.close()
    assert kept <= {path.read_bytes() for path in store.glob("*.damaged-*")}
    assert run("check").status == 0


def test_a_damaged_backup_is_passed_over_and_never_gone_back_to(store: Path, run: Run) -> None:
    newest = store / "backups" / "marks-000000000004.json"
    newest.write_bytes(b"")
    assert "it is empty (0 bytes) (a backup, and ignored)" in run("check").out
    assert run("check", "--repair", "--backup", newest.name).status == 4
    assert run("check", "--repair", "--backup", newest.name, "--yes").status == 4
    assert Store.open(store).marked() == {"p0", "p1", "p2", "p3"}
    (store / "marks.json").unlink()
    assert "restored from the backup marks-000000000003.json" in run("check", "--repair", "--yes").out
    assert newest.read_bytes() == b""


@pytest.mark.usefixtures("store")
def test_an_unknown_backup_and_options_without_repair_are_slips(run: Run) -> None:
    status, _, err = run("check", "--repair", "--backup", "../marks.json")
    assert status == 2
    assert "marks-000000000004.json" in err
    assert run("check", "--yes").status == 2
    assert run("check", "--backup", "x").status == 2


def test_the_same_for_programs(store: Path, run: Run) -> None:
    (store / "marks.json").write_bytes(b"")
    damaged = run("check", "--json")
    assert damaged.status == 4
    assert "it is empty" in json.loads(damaged.out)["store"][0]
    preview = json.loads(run("check", "--repair", "--json").out)
    assert not preview["done"]
    done = json.loads(run("check", "--repair", "--yes", "--json").out)
    assert done == {"repair": preview["repair"], "done": True}
    assert json.loads(run("check", "--repair", "--yes", "--json").out) == {"repair": [], "done": False}


def test_pages_that_a_backup_does_not_know_are_named_and_kept(store: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text(
        PAGE.replace("Radiance", "Gaussian").replace("Mixture", "Sea"), encoding="utf-8"
    )
    assert run("import", str(tmp_path / "more.txt")).status == 0
    said = run("check", "--repair", "--backup", "marks-000000000004.json", "--yes").out
    copy = store / "pages" / "more.txt"
    assert f"{copy} is no longer imported" in said
    assert run("import", str(copy)).status == 0
    assert run("list", "gaussian").status == 0
