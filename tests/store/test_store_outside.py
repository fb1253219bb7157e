"""No file outside the data folder is touched, whoever put a link or a file of his own into it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tui.cli.main import main
from tui.errors import ReadlistError, WriteError
from tui.model.mark import Mark
from tui.store import disk
from tui.store.ownership import belongs_to_store
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AT = "2026-11-20T12:00:00Z"
PAGE = """\
CVOct 26, 2023Code
Neural Radiance Fields from Sparse ViewsMaria Garcia, John Smith
Neural radiance fields need many views. We show that three views suffice once depth is regularised.
"""
PRECIOUS = b"a letter of mine\nin two lines\n"


def note(library: Store, paper: str = "a") -> None:
    library.commit("note", lambda _: {paper: Mark(note="n")}, at=AT)


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    path = tmp_path / "elsewhere" / "letter.txt"
    path.parent.mkdir()
    path.write_bytes(PRECIOUS)
    return path


@pytest.fixture
def store(data: Path) -> Path:
    library = Store.open(data)
    note(library)
    library.compact()
    library.close()
    return data


@pytest.mark.parametrize("dangling", [False, True])
@pytest.mark.parametrize("relative", [False, True])
def test_a_lock_file_that_is_a_link_is_not_followed(
    store: Path, precious: Path, dangling: bool, relative: bool
) -> None:
    target = precious.with_name("new.txt") if dangling else precious
    (store / ".lock").unlink()
    (store / ".lock").symlink_to(os.path.relpath(target, store) if relative else target)
    library = Store.open(store)
    with pytest.raises(WriteError, match=r"\.lock is a symbolic link") as caught:
        note(library, "b")
    assert caught.value.exit_code == 6
    with pytest.raises(WriteError, match="symbolic link"):
        Store.repair(store)
    assert sorted(precious.parent.iterdir()) == [precious]
    assert precious.read_bytes() == PRECIOUS
    (store / ".lock").unlink()
    note(library, "b")
    assert Store.open(store).marked() == {"a", "b"}


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_a_lock_file_that_is_no_file_is_refused_at_once(store: Path, kind: str) -> None:
    (store / ".lock").unlink()
    os.mkfifo(store / ".lock") if kind == "pipe" else (store / ".lock").mkdir()
    with pytest.raises(WriteError, match=r"\.lock"):
        note(Store.open(store), "b")


@pytest.mark.parametrize("name", [".lock", "marks.journal"])
def test_a_hard_link_is_parted_from_the_file_elsewhere(store: Path, precious: Path, name: str) -> None:
    before = (store / name).read_bytes()
    twin = precious.with_name("snapshot")
    os.link(store / name, twin)
    library = Store.open(store)
    note(library, "b")
    assert twin.read_bytes() == before
    assert Store.open(store).marked() == {"a", "b"}
    assert (store / name).stat().st_nlink == 1


def test_a_lock_file_that_is_a_hard_link_to_something_else_spares_it(store: Path, precious: Path) -> None:
    (store / ".lock").unlink()
    os.link(precious, store / ".lock")
    note(Store.open(store), "b")
    assert precious.read_bytes() == PRECIOUS
    assert Store.open(store).marked() == {"a", "b"}


def test_a_backup_that_is_a_link_is_replaced_and_not_followed(store: Path, precious: Path) -> None:
    place = store / "backups" / "marks-000000000002.json"
    place.symlink_to("../../elsewhere/letter.txt")
    library = Store.open(store)
    note(library, "b")
    library.compact()
    assert precious.read_bytes() == PRECIOUS
    assert not place.is_symlink()
    assert place.read_bytes() == (store / "marks.json").read_bytes()
    assert library.notices == ()


def test_a_copy_of_an_imported_page_is_not_written_through_a_link(store: Path, precious: Path) -> None:
    (store / "pages").mkdir()
    (store / "pages" / "more.ris").symlink_to(precious)
    library = Store.open(store)
    library.commit("import", lambda _: {}, at=AT, imported={"more.ris": b"TY  - JOUR\n"})
    assert precious.read_bytes() == PRECIOUS
    assert library.source_path("more.ris").read_bytes() == b"TY  - JOUR\n"


def test_a_folder_of_pages_elsewhere_keeps_what_is_in_it(store: Path, precious: Path) -> None:
    (store / "pages").symlink_to(precious.parent)
    library = Store.open(store)
    with pytest.raises(WriteError, match=r"letter\.txt exists already"):
        library.commit("import", lambda _: {}, at=AT, imported={"letter.txt": b"TY  - JOUR\n"})
    library.commit("import", lambda _: {}, at=AT, imported={"more.ris": b"TY  - JOUR\n"})
    assert {path.name: path.read_bytes() for path in precious.parent.iterdir()} == {
        "letter.txt": PRECIOUS,
        "more.ris": b"TY  - JOUR\n",
    }


@pytest.mark.parametrize("name", ["marks.json", "marks.journal"])
def test_a_repair_does_not_replace_what_a_link_leads_to(store: Path, precious: Path, name: str) -> None:
    (store / name).unlink()
    (store / name).symlink_to(precious)
    for act in (Store.open, Store.repair):
        with pytest.raises(ReadlistError, match=name):
            act(store)
    with pytest.raises(ReadlistError, match="is not a readlist file"):
        Store.repair(store)
    assert precious.read_bytes() == PRECIOUS


def test_tidying_up_stays_in_the_folder_and_with_names_of_its_own(store: Path, precious: Path) -> None:
    spared = [precious.parent / ".marks.json.9-0badcafe.tmp", precious.parent / ".x.9-0badcafe.tmp"]
    spared += [store / ".mine.tmp", store / ".a.b-12345678.tmp"]
    cleared = [store / ".marks.json.9-0badcafe.tmp", store / "backups" / ".marks-000000000001.json.9-0badcafe.tmp"]
    for path in (*spared, *cleared):
        path.write_bytes(b"half")
    (store / "link").symlink_to(precious.parent)
    Store.open(store).compact()
    assert all(path.exists() for path in spared)
    assert not any(path.exists() for path in cleared)


@pytest.mark.parametrize("name", [".", "backups"])
@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o702])
def test_a_folder_that_others_may_write_to_is_said(store: Path, name: str, mode: int) -> None:
    (store / name).chmod(mode)
    said = [sentence for sentence in Store.open(store).notices if "write to" in sentence]
    assert said == [f"other users can write to {store / name} (`chmod go-w` prevents it)"]
    (store / name).chmod(0o755)
    assert Store.open(store).notices == ()


def test_a_group_counts_unless_it_is_the_own_one(store: Path) -> None:
    store.chmod(0o770)
    assert not disk.exposed(store) if os.getgid() == os.getuid() else disk.exposed(store)
    if os.geteuid() == 0:
        os.chown(store, -1, 54321)
        assert len(disk.exposed(store)) == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
def test_a_journal_of_another_user_is_not_written_to(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (".", ".lock"):
        os.chown(store / name, 4321, -1)
    os.chown(store / "marks.journal", 54321, -1)
    before = (store / "marks.journal").read_bytes()
    library = Store.open(store)
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    with pytest.raises(WriteError, match=r"marks\.journal belongs to another user"):
        note(library, "b")
    assert (store / "marks.journal").read_bytes() == before


def moved_out(store: Path, elsewhere: Path) -> Path:
    (store / "marks.json").rename(elsewhere / "kept.json")
    (store / "marks.json").symlink_to(elsewhere / "kept.json")
    return elsewhere / "kept.json"


def linked_to(store: Path, elsewhere: Path) -> Path:
    (elsewhere / "nerf.bib").symlink_to(store / "marks.journal")
    return elsewhere / "nerf.bib"


def through_a_folder(store: Path, elsewhere: Path) -> Path:
    (elsewhere / "folder").symlink_to(store / "backups")
    return elsewhere / "folder" / "nerf.bib"


def hard_linked(store: Path, elsewhere: Path) -> Path:
    os.link(store / "marks.json", elsewhere / "nerf.bib")
    return elsewhere / "nerf.bib"


def in_a_linked_folder(store: Path, elsewhere: Path) -> Path:
    (store / "pages").symlink_to(elsewhere)
    return elsewhere / "nerf.bib"


def not_there_yet(store: Path, elsewhere: Path) -> Path:
    (store / "papers.json").unlink(missing_ok=True)
    (store / "papers.json").symlink_to(elsewhere / "nerf.bib")
    return elsewhere / "nerf.bib"


WAYS = [moved_out, linked_to, through_a_folder, hard_linked, in_a_linked_folder, not_there_yet]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_an_export_never_lands_on_a_file_of_the_store(
    store: Path, precious: Path, capsys: pytest.CaptureFixture[str], way: Callable[[Path, Path], Path]
) -> None:
    seeds = store.parent / "seeds"
    seeds.mkdir()
    (seeds / "listing.txt").write_text(PAGE, encoding="utf-8")
    target = way(store, precious.parent)
    before = (store / "marks.json").read_bytes()
    assert belongs_to_store(store, target)
    assert not belongs_to_store(store, precious.with_name("other.bib")) or way is in_a_linked_folder
    words = ["--data", str(store), "--seeds", str(seeds), "export", "--format", "json", "--force", "-o", str(target)]

    def no_screen(*_: object) -> int:
        raise AssertionError

    assert main(words, open_screen=no_screen) == 2
    assert "lies in the store" in capsys.readouterr().err
    assert (store / "marks.json").read_bytes() == before
    assert Store.open(store).marked() == {"a"}
