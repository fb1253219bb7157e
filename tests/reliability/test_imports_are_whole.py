"""An import is one step: undone and redone as a whole, and never doubled. A list that cannot be saved still opens."""

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
def paths(tmp_path: Path) -> Paths:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "page.txt").write_text(PAGE, encoding="utf-8")
    return Paths(data=tmp_path / "data", seeds=tmp_path / "seeds")


@pytest.fixture
def refs(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(REFS, encoding="utf-8")
    return path


def titles(session: Session) -> list[str]:
    return sorted(session.entry(paper).paper.display_title for paper in session.ids())


def test_an_import_is_undone_and_redone_as_a_whole(paths: Paths, refs: Path) -> None:
    session = Session.open(paths)
    before = titles(session)
    imported = session.imports.carry_out(session.imports.plan([refs]))
    assert len(imported.new) == 2
    after = titles(session)
    assert len(after) == 3
    session.edits.undo()
    assert titles(session) == titles(Session.open(paths)) == before
    session.edits.redo()
    assert titles(session) == titles(Session.open(paths)) == after
    assert session.maintenance.inspect() == ((), ())


def test_imported_marks_are_undone_with_the_import(paths: Paths, tmp_path: Path) -> None:
    exported = tmp_path / "marked.json"
    exported.write_text(MARKED, encoding="utf-8")
    session = Session.open(paths)
    (paper,) = session.imports.carry_out(session.imports.plan([exported])).new
    tags = session.entry(paper).mark.tags
    session.edits.undo()
    assert session.totals.tags() == ()
    session.edits.redo()
    assert session.entry(paper).mark.tags == tags


def test_the_same_file_is_imported_once(paths: Paths, refs: Path, tmp_path: Path) -> None:
    session = Session.open(paths)
    session.imports.carry_out(session.imports.plan([refs, refs]))
    assert session.imports.carry_out(session.imports.plan([refs])).change is None
    other = tmp_path / "copy.bib"
    other.write_bytes(refs.read_bytes())
    assert session.imports.carry_out(session.imports.plan([other])).change is None
    assert len(session.ids()) == 3
    session.edits.undo()
    session.imports.carry_out(session.imports.plan([refs]))
    assert len(Session.open(paths).ids()) == 3


def test_two_files_with_the_same_name(paths: Paths, refs: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    other = tmp_path / "sub" / "refs.bib"
    other.write_text(REFS.replace("Sea Ice", "Land Ice").replace("Queues", "Stacks"), encoding="utf-8")
    session = Session.open(paths)
    session.imports.carry_out(session.imports.plan([refs, other]))
    assert len(session.ids()) == 5
    assert sorted(path.name for path in (paths.data / "pages").iterdir()) == ["refs-2.bib", "refs.bib"]
    session.edits.undo()
    assert len(session.ids()) == 1


def test_nothing_is_imported_if_one_file_is_unreadable(paths: Paths, refs: Path, tmp_path: Path) -> None:
    session = Session.open(paths)
    with pytest.raises(BadInputError):
        session.imports.carry_out(session.imports.plan([refs, tmp_path / "absent.bib"]))
    assert len(session.ids()) == 1
    assert not (paths.data / "pages").exists()


def test_a_very_long_file_name_and_an_undecodable_one(paths: Paths, tmp_path: Path) -> None:
    session = Session.open(paths)
    for number, name in enumerate((b"n" * 251 + b".bib", b"\xff\xfe.bib")):
        path = os.path.join(os.fsencode(tmp_path), name)  # noqa: PTH118  (a name of bytes)
        with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(REFS.replace("Sea Ice", f"Ice {number}"))
        from pathlib import Path as Place

        assert session.imports.carry_out(session.imports.plan([Place(os.fsdecode(path))])).change is not None
    assert session.maintenance.inspect()[0] == ()


def test_a_lost_copy_does_not_affect_the_papers_of_other_sources(paths: Paths, refs: Path) -> None:
    session = Session.open(paths)
    session.imports.carry_out(session.imports.plan([refs]))
    (paths.data / "pages" / "refs.bib").unlink()
    shutil.rmtree(paths.data / "backups")
    again = Session.open(paths)
    assert len(again.ids()) == 3
    assert "imported file refs.bib is missing and has no backup copy" in again.notices[-1]
    assert any("cannot read refs.bib" in problem.reason for problem in again.sources.diagnostics())


def test_an_import_whose_catalogue_cannot_be_saved_still_counts(
    paths: Paths, refs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session.open(paths)
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
    assert len(Session.open(paths).ids()) == 3


def protected(paths: Paths) -> None:
    paths.data.mkdir()
    paths.data.chmod(0o500)


def in_a_protected_folder(paths: Paths) -> None:
    paths.data.parent.chmod(paths.data.parent.stat().st_mode & ~0o222)


@pytest.mark.parametrize("protect", [protected, in_a_protected_folder])
def test_a_list_in_a_protected_folder_is_read_from_its_sources(
    paths: Paths, protect: Callable[[Paths], None]
) -> None:
    protect(paths)
    try:
        session = Session.open(paths)
        assert len(session.ids()) == 1
        assert session.read_only
        assert any("write-protected" in notice for notice in session.notices)
        assert not session.sources.changed()
        assert session.poll() == frozenset()
        with pytest.raises(WriteError):
            session.edits.mark(session.ids(), Edit(starred=True))
        session.close()
    finally:
        for folder in (paths.data.parent, paths.data):
            if folder.exists():
                folder.chmod(stat.S_IRWXU)
    assert len(Session.open(paths).ids()) == 1


def test_a_source_that_was_briefly_unreadable_is_read_again(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    Session.open(paths).close()
    (paths.seeds / "second.txt").write_text(MORE, encoding="utf-8")
    real = os.open

    def too_many(path: str, *arguments: int) -> int:
        if str(path).endswith("second.txt"):
            raise OSError(24, "Too many open files")
        return real(path, *arguments)

    monkeypatch.setattr(os, "open", too_many)
    assert len(Session.open(paths).ids()) == 1
    monkeypatch.setattr(os, "open", real)
    assert len(Session.open(paths).ids()) == 2
