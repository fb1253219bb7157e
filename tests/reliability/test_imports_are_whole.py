"""An import is one step: taken back whole, done again whole, and never doubled. And a list that cannot be kept opens."""

from __future__ import annotations

import os
import shutil
import stat
from typing import TYPE_CHECKING

import pytest

from tui.errors import BadInputError, WriteError
from tui.model.edit import Edit
from tui.paths import Paths
from tui.session.session import Session
from tui.store import disk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = """\
CVOct 26, 2023Code
Neural Radiance Fields from Sparse ViewsMaria Garcia, John Smith
Neural radiance fields need many views. We show that three views suffice once depth is regularised.
"""
MORE = """\
NIOct 11, 2023
Streaming Key Value Caches for Language ModelsDavid Miller, Anna Schmidt
Language models with long contexts wait for their caches. We compress the cache into a bitstream.
"""
REFS = """\
@article{berg2020, title = {Sea Ice from Satellites}, author = {Berg, Ada}, year = 2020, note = {x}}
@article{li2021, title = {Queues That Forget}, author = {Li, Bo}, year = 2021}
"""
MARKED = '[{"title": "Sea Ice from Satellites", "authors": ["Ada Berg"], "status": "read", "tags": ["ice"]}]'


@pytest.fixture
def place(tmp_path: Path) -> Paths:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "page.txt").write_text(PAGE, encoding="utf-8")
    return Paths(data=tmp_path / "data", seeds=tmp_path / "seeds")


@pytest.fixture
def refs(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(REFS, encoding="utf-8")
    return path


def headings(session: Session) -> list[str]:
    return sorted(session.entry(paper).paper.display_title for paper in session.ids())


def test_undone_and_redone_whole(place: Paths, refs: Path) -> None:
    session = Session.open(place)
    before = headings(session)
    imported = session.imports.carry_out(session.imports.plan([refs]))
    assert len(imported.new) == 2
    after = headings(session)
    assert len(after) == 3
    session.undo()
    assert headings(session) == headings(Session.open(place)) == before
    session.redo()
    assert headings(session) == headings(Session.open(place)) == after
    assert session.inspect() == ((), ())


def test_marks_that_come_along_go_with_the_import(place: Paths, tmp_path: Path) -> None:
    exported = tmp_path / "marked.json"
    exported.write_text(MARKED, encoding="utf-8")
    session = Session.open(place)
    (paper,) = session.imports.carry_out(session.imports.plan([exported])).new
    tags = session.entry(paper).mark.tags
    session.undo()
    assert session.tags() == ()
    session.redo()
    assert session.entry(paper).mark.tags == tags


def test_the_same_file_twice_is_one(place: Paths, refs: Path, tmp_path: Path) -> None:
    session = Session.open(place)
    session.imports.carry_out(session.imports.plan([refs, refs]))
    assert session.imports.carry_out(session.imports.plan([refs])).change is None
    other = tmp_path / "copy.bib"
    other.write_bytes(refs.read_bytes())
    assert session.imports.carry_out(session.imports.plan([other])).change is None
    assert len(session.ids()) == 3
    session.undo()
    session.imports.carry_out(session.imports.plan([refs]))
    assert len(Session.open(place).ids()) == 3


def test_two_files_of_one_name(place: Paths, refs: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    other = tmp_path / "sub" / "refs.bib"
    other.write_text(REFS.replace("Sea Ice", "Land Ice").replace("Queues", "Stacks"), encoding="utf-8")
    session = Session.open(place)
    session.imports.carry_out(session.imports.plan([refs, other]))
    assert len(session.ids()) == 5
    assert sorted(path.name for path in (place.data / "pages").iterdir()) == ["refs-2.bib", "refs.bib"]
    session.undo()
    assert len(session.ids()) == 1


def test_one_unreadable_file_and_nothing_is_imported(place: Paths, refs: Path, tmp_path: Path) -> None:
    session = Session.open(place)
    with pytest.raises(BadInputError):
        session.imports.carry_out(session.imports.plan([refs, tmp_path / "absent.bib"]))
    assert len(session.ids()) == 1
    assert not (place.data / "pages").exists()


def test_a_very_long_name_and_one_that_is_no_text(place: Paths, tmp_path: Path) -> None:
    session = Session.open(place)
    for number, name in enumerate((b"n" * 251 + b".bib", b"\xff\xfe.bib")):
        path = os.path.join(os.fsencode(tmp_path), name)  # noqa: PTH118  (a name of bytes)
        with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(REFS.replace("Sea Ice", f"Ice {number}"))
        from pathlib import Path as Place

        assert session.imports.carry_out(session.imports.plan([Place(os.fsdecode(path))])).change is not None
    assert session.inspect()[0] == ()


def test_a_copy_that_got_lost_costs_no_other_page_its_papers(place: Paths, refs: Path) -> None:
    session = Session.open(place)
    session.imports.carry_out(session.imports.plan([refs]))
    (place.data / "pages" / "refs.bib").unlink()
    shutil.rmtree(place.data / "backups")
    again = Session.open(place)
    assert len(again.ids()) == 3
    assert "imported file refs.bib is missing and has no backup copy" in again.notices[-1]
    assert any("refs.bib cannot be read" in problem.reason for problem in again.diagnostics())


def test_an_import_whose_catalogue_cannot_be_kept_is_an_import(
    place: Paths, refs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session.open(place)
    real = disk.replace

    def full(path: Path, parts: list[bytes], *, follow: bool = False) -> None:
        if path.name == "papers.json":
            raise OSError(28, "No space left on device")
        real(path, parts, follow=follow)

    monkeypatch.setattr(disk, "replace", full)
    assert session.imports.carry_out(session.imports.plan([refs])).change is not None
    assert len(session.ids()) == 3
    assert any("could not be saved" in notice for notice in session.notices)
    monkeypatch.setattr(disk, "replace", real)
    assert len(Session.open(place).ids()) == 3


def protected(place: Paths) -> None:
    place.data.mkdir()
    place.data.chmod(0o500)


def in_a_protected_folder(place: Paths) -> None:
    place.data.parent.chmod(place.data.parent.stat().st_mode & ~0o222)


@pytest.mark.parametrize("protect", [protected, in_a_protected_folder])
def test_a_list_that_cannot_be_kept_opens_on_the_pages(place: Paths, protect: Callable[[Paths], None]) -> None:
    protect(place)
    try:
        session = Session.open(place)
        assert len(session.ids()) == 1
        assert session.read_only
        assert any("write-protected" in notice for notice in session.notices)
        assert not session.sources_changed()
        assert session.poll() == frozenset()
        with pytest.raises(WriteError):
            session.mark(session.ids(), Edit(starred=True))
        session.close()
    finally:
        for folder in (place.data.parent, place.data):
            if folder.exists():
                folder.chmod(stat.S_IRWXU)
    assert len(Session.open(place).ids()) == 1


def test_a_page_that_could_not_be_read_for_a_moment_comes_back(place: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    Session.open(place).close()
    (place.seeds / "second.txt").write_text(MORE, encoding="utf-8")
    real = os.open

    def too_many(path: str, *arguments: int) -> int:
        if str(path).endswith("second.txt"):
            raise OSError(24, "Too many open files")
        return real(path, *arguments)

    monkeypatch.setattr(os, "open", too_many)
    assert len(Session.open(place).ids()) == 1
    monkeypatch.setattr(os, "open", real)
    assert len(Session.open(place).ids()) == 2
