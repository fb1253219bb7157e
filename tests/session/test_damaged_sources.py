"""Imported files are verified and kept twice; a file that cannot be read costs no paper, and is spoken of."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.errors import BadInputError
from tui.model.edit import Edit
from tui.paths import Paths
from tui.session import session as session_module
from tui.session.session import Session
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = """\
CVOct 26, 2023
Radiance Fields from Single ViewsSudarshan Babu, Richard Liu
We reconstruct radiance fields from one photograph each, with a network that learns shape priors.
LGJun 22, 2021
Growing Networks with Variance TransferXin Yuan, Pedro Savarese
Training cost falls when a network grows while it learns; momentum statistics carry over to new neurons.
"""
OTHER = """\
ROJan 9, 2024
Grasping Transparent ObjectsWei Chen
Depth cameras fail on glass. We train grasping policies on polarised images instead.
"""
RIS = "".join(
    f"TY  - JOUR\nTI  - {title}\nAU  - Moreno, Iris\nPY  - 2019\nER  - \n\n"
    for title in ("Tidal Marshes in Winter", "Sediment Cores of the Delta", "Salt and the Reed Bed")
)
FACTS = """\
[[title]]
abstract = "Depth cameras fail on glass. We train"
title = "Grasping Glass"
reason = "as the journal has it"
"""


@pytest.fixture
def home(tmp_path: Path) -> Paths:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "seeds" / "other.txt").write_text(OTHER, encoding="utf-8")
    return Paths(data=tmp_path / "data", seeds=tmp_path / "seeds")


@pytest.fixture
def imported(home: Paths, tmp_path: Path) -> Path:
    """The copy of a file of three papers that was imported."""
    (tmp_path / "r.ris").write_text(RIS, encoding="utf-8")
    with closing(Session.open(home)) as session:
        session.imports.carry_out(session.imports.plan([tmp_path / "r.ris"]))
        assert len(session.ids()) == 6
        assert session.notices == ()
    return home.data / "pages" / "r.ris"


def state(home: Paths) -> tuple[list[str], tuple[str, ...]]:
    """The titles, and the messages."""
    with closing(Session.open(home)) as session:
        return sorted(session.entry(paper).paper.display_title for paper in session.ids()), session.notices


def damage(home: Paths) -> tuple[str, ...]:
    with closing(Session.open(home)) as session:
        return session.maintenance.inspect()[0]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def one_letter(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Winter", b"Summer"))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def binary(path: Path) -> None:
    path.write_bytes(os.urandom(500))


def missing(path: Path) -> None:
    path.unlink()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


SPOILERS = [cut, one_letter, empty, binary, missing, pipe, folder]


@pytest.mark.parametrize("spoil", SPOILERS)
def test_a_damaged_import_is_read_from_its_backup_and_restored(
    home: Paths, imported: Path, spoil: Callable[[Path], None]
) -> None:
    before, sound = state(home)[0], imported.read_bytes()
    spoil(imported)
    for _ in range(2):  # it is reported each time, not only when the sources are read
        headings, notices = state(home)
        assert headings == before
        assert notices[-1].startswith("imported file r.ris ")
        assert "`readlist check --repair` restores it" in notices[-1]
    assert any(str(imported) in sentence for sentence in damage(home))
    planned = Session.repair(home, dry_run=True)
    assert "restore r.ris from its backup copy" in planned
    assert Session.repair(home, dry_run=False) == planned
    assert imported.read_bytes() == sound
    assert len(list(home.data.glob("r.ris.damaged-*"))) == (spoil is not missing)
    assert state(home) == (before, ())
    assert damage(home) == ()
    assert Session.repair(home, dry_run=True) == ()


def test_a_change_that_keeps_size_and_time_is_found_by_check(home: Paths, imported: Path) -> None:
    status = imported.stat()
    one_letter(imported)
    os.utime(imported, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert any("has changed since it was imported" in sentence for sentence in damage(home))


@pytest.mark.parametrize("spoil", SPOILERS)
def test_without_a_backup_the_papers_are_kept(home: Paths, imported: Path, spoil: Callable[[Path], None]) -> None:
    shutil.rmtree(home.data / "backups")
    before = state(home)[0]
    spoil(imported)
    headings, notices = state(home)
    assert set(before) <= set(headings)
    assert "has no backup copy" in notices[-1]
    assert any("has no backup copy" in sentence for sentence in damage(home))


def test_a_missing_import_without_a_backup_is_dropped_by_a_repair(home: Paths, imported: Path) -> None:
    shutil.rmtree(home.data / "backups")
    imported.unlink()
    assert "import the file again" in Session.repair(home, dry_run=False)[-1]
    assert damage(home) == ()
    assert len(state(home)[0]) == 3


def test_a_changed_import_without_a_backup_is_accepted_by_a_repair(home: Paths, imported: Path) -> None:
    shutil.rmtree(home.data / "backups")
    one_letter(imported)
    assert "as it is now, because it has no backup copy" in Session.repair(home, dry_run=False)[-1]
    headings, notices = state(home)
    assert "Tidal Marshes in Summer" in headings
    assert len(headings) == 6
    assert not any("imported file" in notice for notice in notices)
    assert damage(home) == ()


def test_a_damaged_backup_is_reported_and_made_again(home: Paths, imported: Path) -> None:
    (copy,) = (home.data / "backups" / "sources").iterdir()
    assert copy.read_bytes() == imported.read_bytes()
    assert copy.stat().st_ino != imported.stat().st_ino  # what writes into the one must not reach the other
    empty(copy)
    with closing(Session.open(home)) as session:
        assert session.maintenance.inspect()[0] == ()
        assert any("damaged backup copy" in remark for remark in session.maintenance.inspect()[1])
    assert Session.repair(home, dry_run=False)
    assert copy.read_bytes() == imported.read_bytes()


def test_an_import_of_an_earlier_version_is_protected_when_the_list_is_read_or_compacted(
    home: Paths, imported: Path
) -> None:
    sound = imported.read_bytes()
    with closing(Store.open(home.data)) as store:
        store._database.drop_table("sources")
        shutil.rmtree(home.data / "backups")
        assert store.sources.digest("r.ris") == ""
        store.compact()
        assert store.sources.digest("r.ris")
    empty(imported)
    assert len(state(home)[0]) == 6
    Session.repair(home, dry_run=False)
    assert imported.read_bytes() == sound


def test_an_undone_import_can_be_redone_from_its_backup(home: Paths, imported: Path) -> None:
    with closing(Session.open(home)) as session:
        session.edits.undo()
        assert len(session.ids()) == 3
        imported.unlink()
        session.edits.redo()
        assert len(session.ids()) == 6
        assert "using its backup copy" in session.notices[-1]


def test_an_import_succeeds_although_its_backup_cannot_be_written(home: Paths, tmp_path: Path) -> None:
    (tmp_path / "r.ris").write_text(RIS, encoding="utf-8")
    with closing(Session.open(home)) as session:
        (home.data / "backups").write_text("in the way", encoding="utf-8")
        session.imports.carry_out(session.imports.plan([tmp_path / "r.ris"]))
        assert len(session.ids()) == 6
    (home.data / "backups").unlink()
    assert len(state(home)[0]) == 6


@pytest.mark.parametrize("spoil", [pipe, folder])
def test_an_unreadable_listing_is_reported_and_loses_no_paper(home: Paths, spoil: Callable[[Path], None]) -> None:
    before, notices = state(home)
    assert notices == ()
    spoil(home.seeds / "other.txt")
    for _ in range(2):
        headings, notices = state(home)
        assert headings == before
        assert "other.txt" in notices[-1]
        assert notices[-1].endswith("(its papers are kept)")
    spoilt = home.seeds / "other.txt"
    spoilt.rmdir() if spoilt.is_dir() else spoilt.unlink()
    headings, notices = state(home)
    assert headings == [heading for heading in before if not heading.startswith("Grasping")]
    assert notices == ("1 paper no longer in any source",)


def test_papers_lost_from_a_truncated_listing_are_reported(home: Paths) -> None:
    state(home)
    (home.seeds / "page.txt").write_text("\n".join(PAGE.splitlines()[:3]), encoding="utf-8")
    assert state(home)[1] == ("1 paper no longer in any source",)
    assert state(home)[1] == ()


@pytest.mark.parametrize(
    "wrong",
    [
        "oops\n",
        f"{FACTS}\n[[title]]\nabstract = 'too short'\ntitle = 'T'\nreason = 'r'\n",
        "[[paper]]\nx = 1\n",
        f"x = {'[' * 5000}\n",
    ],
)
def test_with_invalid_corrections_the_last_valid_ones_are_used(home: Paths, tmp_path: Path, wrong: str) -> None:
    facts = home.seeds / "corrections.toml"
    facts.write_text(FACTS, encoding="utf-8")
    before = state(home)[0]
    assert "Grasping Glass" in before
    facts.write_text(wrong, encoding="utf-8")
    (tmp_path / "r.ris").write_text(RIS, encoding="utf-8")
    for _ in range(2):
        headings, notices = state(home)
        assert headings == before
        assert notices[-1].startswith("corrections.toml")
        assert notices[-1].endswith("(using the last valid corrections)")
    with closing(Session.open(home)) as session:
        session.edits.mark(session.ids()[:1], Edit(note="written all the same"))
        session.imports.carry_out(session.imports.plan([tmp_path / "r.ris"]))
        assert len(session.ids()) == 6
        session.edits.undo()
        assert len(session.ids()) == 3
        assert session.edits.undo() is not None
        assert any(problem.source == "corrections.toml" for problem in session.sources.diagnostics())
    facts.unlink()
    headings, notices = state(home)
    assert "Grasping Transparent Objects" in headings
    assert notices == ()


def test_corrections_that_were_never_valid_are_ignored(home: Paths) -> None:
    (home.seeds / "corrections.toml").write_text("oops", encoding="utf-8")
    headings, notices = state(home)
    assert len(headings) == 3
    assert notices[-1].endswith("(no corrections are applied)")


def test_a_missing_folder_of_listings_loses_nothing(home: Paths, imported: Path, tmp_path: Path) -> None:
    before = state(home)[0]
    home.seeds.rename(tmp_path / "away")
    for _ in range(2):
        headings, notices = state(home)
        assert headings == before
        assert str(home.seeds) in notices[-1]
    with closing(Session.open(home)) as session:
        session.edits.mark(session.ids()[:1], Edit(starred=True))
        assert session.edits.undo() is not None
        assert session.edits.undo() is not None  # the import
        assert len(session.ids()) == 3
        session.edits.redo()
        assert len(session.ids()) == 6
    (home.data / "papers.json").unlink()
    assert len(state(home)[0]) == 3  # what was imported
    (tmp_path / "away").rename(home.seeds)
    assert state(home) == (before, ("3 new papers",))
    assert imported.exists()


def test_an_empty_list_without_listings_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="absent"):
        Session.open(Paths(data=tmp_path / "data", seeds=tmp_path / "absent"))


@pytest.mark.parametrize("way", ["deleted", "repaired"])
def test_the_dates_of_papers_survive_the_loss_of_the_catalogue(
    home: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    def days() -> dict[str, str]:
        with closing(Session.open(home)) as session:
            return {paper: session.entry(paper).paper.added for paper in session.ids()}

    monkeypatch.setattr(session_module, "_now", lambda: "2024-01-01T10:00:00Z")
    first = days()
    monkeypatch.setattr(session_module, "_now", lambda: "2025-02-02T10:00:00Z")
    (tmp_path / "r.ris").write_text(RIS, encoding="utf-8")
    with closing(Session.open(home)) as session:
        session.imports.carry_out(session.imports.plan([tmp_path / "r.ris"]))
    before = days()
    assert sorted(before.values()) == ["2024-01-01T10:00:00Z"] * 3 + ["2025-02-02T10:00:00Z"] * 3
    assert first.items() <= before.items()
    monkeypatch.setattr(session_module, "_now", lambda: "2026-03-03T10:00:00Z")
    if way == "deleted":
        (home.data / "papers.json").unlink()
    else:
        cut(home.data / "papers.json")
        Session.repair(home, dry_run=False)
    assert days() == before
    moved = home.seeds / "page.txt"
    text = moved.read_text(encoding="utf-8")
    moved.unlink()
    assert len(days()) == 4
    moved.write_text(text, encoding="utf-8")
    assert days() == before
