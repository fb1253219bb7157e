"""Write-protected stores, symbolic links, and folders and pipes in place of files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tui.errors import ReadlistError, WriteError
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

AT = "2026-11-20T12:00:00Z"


def star(store: Store, paper: str) -> None:
    store.history.commit("star", lambda _: {paper: Mark(starred=True)}, at=AT)


@pytest.fixture
def folder(data: Path) -> Iterator[Path]:
    store = Store.open(data)
    store.catalogue.replace([Paper("a")], {})
    star(store, "a")
    store.close()
    yield data
    data.chmod(0o700)


@pytest.mark.parametrize("name", ["marks.json", "marks.journal", "."])
def test_a_protected_store_can_be_read_and_refuses_edits(folder: Path, name: str) -> None:
    protected = folder / name
    protected.chmod(0o555 if protected.is_dir() else 0o444)
    store = Store.open(folder)
    assert store.read_only
    assert store.marks.ids() == {"a"}
    assert store.poll() == frozenset()
    before = (folder / "marks.journal").read_bytes()
    attempts: tuple[Callable[[], object], ...] = (
        lambda: star(store, "b"),
        lambda: store.history.undo(at=AT),
        lambda: store.values.set("place", 1),
        store.compact,
    )
    for attempt in attempts:
        with pytest.raises(WriteError, match="write-protected") as caught:
            attempt()
        assert caught.value.exit_code == 6
    assert store.marks.ids() == {"a"}
    assert (folder / "marks.journal").read_bytes() == before
    store.close()
    protected.chmod(0o700 if protected.is_dir() else 0o600)
    star(store, "b")
    assert Store.open(folder).marks.ids() == {"a", "b"}


def test_a_protected_catalogue_is_respected_and_marks_still_work(folder: Path) -> None:
    (folder / "papers.json").chmod(0o444)
    store = Store.open(folder)
    assert not store.read_only
    with pytest.raises(WriteError, match=r"papers\.json is write-protected"):
        store.catalogue.replace([], {})
    assert store.catalogue.ids() == ("a",)
    star(store, "b")


def test_an_interrupted_save_in_a_protected_store_is_kept_and_reported(folder: Path) -> None:
    path = folder / "marks.journal"
    path.write_bytes(path.read_bytes() + b"0123")
    path.chmod(0o444)
    store = Store.open(folder)
    assert "incomplete" in store.notices[0]
    assert store.marks.ids() == {"a"}
    assert path.read_bytes().endswith(b"0123")


def test_a_folder_that_cannot_be_created_is_read_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        store = Store.open(tmp_path / "deep" / "data")
        assert store.read_only
        with pytest.raises(WriteError):
            star(store, "a")
    finally:
        tmp_path.chmod(0o755)


def test_missing_parent_folders_are_created(tmp_path: Path) -> None:
    star(Store.open(tmp_path / "very" / "deep"), "a")
    assert Store.open(tmp_path / "very" / "deep").marks.ids() == {"a"}


@pytest.mark.parametrize("name", ["marks.json", "marks.journal", "papers.json"])
def test_symbolic_links_are_followed_and_kept(folder: Path, tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / name).rename(elsewhere / name)
    (folder / name).symlink_to(elsewhere / name)
    store = Store.open(folder)
    star(store, "b")
    store.compact()
    star(store, "c")
    store.catalogue.replace([Paper("b")], {})
    assert (folder / name).is_symlink()
    assert [path.name for path in elsewhere.iterdir()] == [name]
    again = Store.open(folder)
    assert again.marks.ids() == {"a", "b", "c"}
    assert again.catalogue.ids() == ("b",)


def test_a_linked_data_folder_works(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    star(Store.open(link), "b")
    assert Store.open(folder).marks.ids() == {"a", "b"}
    assert link.is_symlink()


def test_the_mode_of_a_file_is_kept(folder: Path) -> None:
    (folder / "marks.json").chmod(0o640)
    store = Store.open(folder)
    star(store, "b")
    store.compact()
    assert (folder / "marks.json").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["marks.json", "marks.journal", "papers.json"])
@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_folders_and_pipes_in_place_of_files_are_refused_at_once(data: Path, name: str, kind: str) -> None:
    data.mkdir()
    if kind == "folder":
        (data / name).mkdir()
    else:
        os.mkfifo(data / name)
    with pytest.raises(WriteError, match="not a regular file"):
        Store.open(data)


def test_a_file_in_place_of_the_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    with pytest.raises(ReadlistError, match="data"):
        Store.open(tmp_path / "data")
    assert (tmp_path / "data").read_text() == "mine"
