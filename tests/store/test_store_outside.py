"""No file outside the data folder is changed, even if a link or a foreign file is in the folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.cli.main import main
from tui.errors import ReadlistError, WriteError
from tui.model.mark import Mark
from tui.store import disk
from tui.store.store import Store
from tui.store.store_files import belongs_to_store

if TYPE_CHECKING:
    from collections.abc import Callable

AT = "2026-11-20T12:00:00Z"
PAGE = """\
CVOct 26, 2023Code
Neural Radiance Fields from Sparse ViewsMaria Garcia, John Smith
Neural radiance fields need many views. We show that three views suffice once depth is regularised.
"""
PRECIOUS = b"a letter of mine\nin two lines\n"


def note(store: Store, paper: str = "a") -> None:
    store.history.commit("note", lambda _: {paper: Mark(note="n")}, at=AT)


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    path = tmp_path / "elsewhere" / "letter.txt"
    path.parent.mkdir()
    path.write_bytes(PRECIOUS)
    return path


@pytest.fixture
def folder(data: Path) -> Path:
    store = Store.open(data)
    note(store)
    store.compact()
    store.close()
    return data


@pytest.mark.parametrize("dangling", [False, True])
@pytest.mark.parametrize("relative", [False, True])
def test_a_lock_file_that_is_a_link_is_not_followed(
    folder: Path, precious: Path, dangling: bool, relative: bool
) -> None:
    target = precious.with_name("new.txt") if dangling else precious
    (folder / ".lock").unlink()
    (folder / ".lock").symlink_to(os.path.relpath(target, folder) if relative else target)
    store = Store.open(folder)
    with pytest.raises(WriteError, match=r"\.lock is a symbolic link") as caught:
        note(store, "b")
    assert caught.value.exit_code == 6
    with pytest.raises(WriteError, match="symbolic link"):
        Store.repair(folder)
    assert sorted(precious.parent.iterdir()) == [precious]
    assert precious.read_bytes() == PRECIOUS
    (folder / ".lock").unlink()
    note(store, "b")
    assert Store.open(folder).marks.ids() == {"a", "b"}


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_a_lock_file_that_is_not_a_regular_file_is_refused_at_once(folder: Path, kind: str) -> None:
    (folder / ".lock").unlink()
    os.mkfifo(folder / ".lock") if kind == "pipe" else (folder / ".lock").mkdir()
    with pytest.raises(WriteError, match=r"\.lock"):
        note(Store.open(folder), "b")


@pytest.mark.parametrize("name", [".lock", "marks.journal"])
def test_a_hard_link_is_separated_from_the_file_elsewhere(folder: Path, precious: Path, name: str) -> None:
    before = (folder / name).read_bytes()
    twin = precious.with_name("snapshot")
    os.link(folder / name, twin)
    store = Store.open(folder)
    note(store, "b")
    assert twin.read_bytes() == before
    assert Store.open(folder).marks.ids() == {"a", "b"}
    assert (folder / name).stat().st_nlink == 1


def test_a_journal_that_is_a_hard_link_is_not_left_open(folder: Path, precious: Path) -> None:
    def open_files_after_a_note(paper: str) -> int:
        store = Store.open(folder)
        note(store, paper)
        number = len([*Path("/dev/fd").iterdir()])
        store.close()
        return number

    open_files_after_a_note("b")  # the first note may open what stays open
    usual = open_files_after_a_note("c")
    os.link(folder / "marks.journal", precious.with_name("snapshot"))
    assert open_files_after_a_note("d") == usual


def test_a_file_of_another_user_is_not_appended_to(precious: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = precious.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(WriteError, match="belongs to another user"):
        disk.open_for_appending(precious)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    disk.close(disk.open_for_appending(precious))


def test_a_lock_file_that_is_a_hard_link_leaves_the_other_file_unchanged(folder: Path, precious: Path) -> None:
    (folder / ".lock").unlink()
    os.link(precious, folder / ".lock")
    note(Store.open(folder), "b")
    assert precious.read_bytes() == PRECIOUS
    assert Store.open(folder).marks.ids() == {"a", "b"}


def test_a_backup_that_is_a_link_is_replaced_and_not_followed(folder: Path, precious: Path) -> None:
    place = folder / "backups" / "marks-000000000002.json"
    place.symlink_to("../../elsewhere/letter.txt")
    store = Store.open(folder)
    note(store, "b")
    store.compact()
    assert precious.read_bytes() == PRECIOUS
    assert not place.is_symlink()
    assert place.read_bytes() == (folder / "marks.json").read_bytes()
    assert store.notices == ()


def test_a_copy_of_an_imported_source_is_not_written_through_a_link(folder: Path, precious: Path) -> None:
    (folder / "pages").mkdir()
    (folder / "pages" / "more.ris").symlink_to(precious)
    store = Store.open(folder)
    store.history.commit("import", lambda _: {}, at=AT, imported={"more.ris": b"TY  - JOUR\n"})
    assert precious.read_bytes() == PRECIOUS
    assert store.sources.path("more.ris").read_bytes() == b"TY  - JOUR\n"


def test_a_linked_folder_of_sources_keeps_its_files(folder: Path, precious: Path) -> None:
    (folder / "pages").symlink_to(precious.parent)
    store = Store.open(folder)
    with pytest.raises(WriteError, match=r"will not overwrite .*letter\.txt"):
        store.history.commit("import", lambda _: {}, at=AT, imported={"letter.txt": b"TY  - JOUR\n"})
    store.history.commit("import", lambda _: {}, at=AT, imported={"more.ris": b"TY  - JOUR\n"})
    assert {path.name: path.read_bytes() for path in precious.parent.iterdir()} == {
        "letter.txt": PRECIOUS,
        "more.ris": b"TY  - JOUR\n",
    }


@pytest.mark.parametrize("name", ["marks.json", "marks.journal"])
def test_a_repair_does_not_replace_the_target_of_a_link(folder: Path, precious: Path, name: str) -> None:
    (folder / name).unlink()
    (folder / name).symlink_to(precious)
    for act in (Store.open, Store.repair):
        with pytest.raises(ReadlistError, match=name):
            act(folder)
    with pytest.raises(ReadlistError, match="is not a readlist file"):
        Store.repair(folder)
    assert precious.read_bytes() == PRECIOUS


def test_cleanup_removes_only_temporary_files_of_the_store(folder: Path, precious: Path) -> None:
    spared = [precious.parent / ".marks.json.9-0badcafe.tmp", precious.parent / ".x.9-0badcafe.tmp"]
    spared += [folder / ".mine.tmp", folder / ".a.b-12345678.tmp"]
    cleared = [folder / ".marks.json.9-0badcafe.tmp", folder / "backups" / ".marks-000000000001.json.9-0badcafe.tmp"]
    for path in (*spared, *cleared):
        path.write_bytes(b"half")
    (folder / "link").symlink_to(precious.parent)
    Store.open(folder).compact()
    assert all(path.exists() for path in spared)
    assert not any(path.exists() for path in cleared)


@pytest.mark.parametrize("name", [".", "backups"])
@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o702])
def test_a_folder_that_other_users_can_write_to_is_reported(folder: Path, name: str, mode: int) -> None:
    (folder / name).chmod(mode)
    notices = [notice for notice in Store.open(folder).notices if "write to" in notice]
    assert notices == [f"other users can write to {folder / name} (`chmod go-w` prevents it)"]
    (folder / name).chmod(0o755)
    assert Store.open(folder).notices == ()


def test_write_permission_of_a_group_counts_unless_it_is_private(folder: Path) -> None:
    folder.chmod(0o770)
    assert not disk.exposed(folder) if os.getgid() == os.getuid() else disk.exposed(folder)
    if os.geteuid() == 0:
        os.chown(folder, -1, 54321)
        assert len(disk.exposed(folder)) == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
def test_a_journal_of_another_user_is_not_written_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (".", ".lock"):
        os.chown(folder / name, 4321, -1)
    os.chown(folder / "marks.journal", 54321, -1)
    before = (folder / "marks.journal").read_bytes()
    store = Store.open(folder)
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    with pytest.raises(WriteError, match=r"marks\.journal belongs to another user"):
        note(store, "b")
    assert (folder / "marks.journal").read_bytes() == before


def moved_out(folder: Path, elsewhere: Path) -> Path:
    (folder / "marks.json").rename(elsewhere / "kept.json")
    (folder / "marks.json").symlink_to(elsewhere / "kept.json")
    return elsewhere / "kept.json"


def linked_to(folder: Path, elsewhere: Path) -> Path:
    (elsewhere / "nerf.bib").symlink_to(folder / "marks.journal")
    return elsewhere / "nerf.bib"


def through_a_folder(folder: Path, elsewhere: Path) -> Path:
    (elsewhere / "folder").symlink_to(folder / "backups")
    return elsewhere / "folder" / "nerf.bib"


def hard_linked(folder: Path, elsewhere: Path) -> Path:
    os.link(folder / "marks.json", elsewhere / "nerf.bib")
    return elsewhere / "nerf.bib"


def in_a_linked_folder(folder: Path, elsewhere: Path) -> Path:
    (folder / "pages").symlink_to(elsewhere)
    return elsewhere / "nerf.bib"


def not_there_yet(folder: Path, elsewhere: Path) -> Path:
    (folder / "papers.json").unlink(missing_ok=True)
    (folder / "papers.json").symlink_to(elsewhere / "nerf.bib")
    return elsewhere / "nerf.bib"


WAYS = [moved_out, linked_to, through_a_folder, hard_linked, in_a_linked_folder, not_there_yet]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_an_export_never_overwrites_a_file_of_the_store(
    folder: Path, precious: Path, capsys: pytest.CaptureFixture[str], way: Callable[[Path, Path], Path]
) -> None:
    seeds = folder.parent / "seeds"
    seeds.mkdir()
    (seeds / "listing.txt").write_text(PAGE, encoding="utf-8")
    target = way(folder, precious.parent)
    before = (folder / "marks.json").read_bytes()
    assert belongs_to_store(folder, target)
    assert not belongs_to_store(folder, precious.with_name("other.bib")) or way is in_a_linked_folder
    words = ["--data", str(folder), "--seeds", str(seeds), "export", "--format", "json", "--force", "-o", str(target)]

    def no_screen(*_: object) -> int:
        raise AssertionError

    assert main(words, open_screen=no_screen) == 2
    assert "is in the data folder" in capsys.readouterr().err
    assert (folder / "marks.json").read_bytes() == before
    assert Store.open(folder).marks.ids() == {"a"}
