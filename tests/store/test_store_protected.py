"""Write-protected stores, symbolic links, and things that are no files."""

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


def star(library: Store, paper: str) -> None:
    library.commit("star", lambda _: {paper: Mark(starred=True)}, at=AT)


@pytest.fixture
def store(data: Path) -> Iterator[Path]:
    library = Store.open(data)
    library.replace_catalogue([Paper("a")], {})
    star(library, "a")
    library.close()
    yield data
    data.chmod(0o700)


@pytest.mark.parametrize("name", ["marks.json", "marks.journal", "."])
def test_a_protected_store_can_be_read_and_refuses_edits(store: Path, name: str) -> None:
    protected = store / name
    protected.chmod(0o555 if protected.is_dir() else 0o444)
    library = Store.open(store)
    assert library.read_only
    assert library.marked() == {"a"}
    assert library.poll() == frozenset()
    before = (store / "marks.journal").read_bytes()
    attempts: tuple[Callable[[], object], ...] = (
        lambda: star(library, "b"),
        lambda: library.undo(at=AT),
        lambda: library.set_value("place", 1),
        library.compact,
    )
    for attempt in attempts:
        with pytest.raises(WriteError, match="write-protected") as caught:
            attempt()
        assert caught.value.exit_code == 6
    assert library.marked() == {"a"}
    assert (store / "marks.journal").read_bytes() == before
    library.close()
    protected.chmod(0o700 if protected.is_dir() else 0o600)
    star(library, "b")
    assert Store.open(store).marked() == {"a", "b"}


def test_a_protected_catalogue_is_respected_and_marks_still_work(store: Path) -> None:
    (store / "papers.json").chmod(0o444)
    library = Store.open(store)
    assert not library.read_only
    with pytest.raises(WriteError, match=r"papers\.json is write-protected"):
        library.replace_catalogue([], {})
    assert library.ids() == ("a",)
    star(library, "b")


def test_an_interrupted_save_in_a_protected_store_is_left_and_told(store: Path) -> None:
    path = store / "marks.journal"
    path.write_bytes(path.read_bytes() + b"0123")
    path.chmod(0o444)
    library = Store.open(store)
    assert "incomplete" in library.notices[0]
    assert library.marked() == {"a"}
    assert path.read_bytes().endswith(b"0123")


def test_a_folder_that_cannot_be_made_is_read_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        library = Store.open(tmp_path / "deep" / "data")
        assert library.read_only
        with pytest.raises(WriteError):
            star(library, "a")
    finally:
        tmp_path.chmod(0o755)


def test_folders_are_made_as_deep_as_needed(tmp_path: Path) -> None:
    star(Store.open(tmp_path / "very" / "deep"), "a")
    assert Store.open(tmp_path / "very" / "deep").marked() == {"a"}


@pytest.mark.parametrize("name", ["marks.json", "marks.journal", "papers.json"])
def test_symbolic_links_are_followed_and_stay(store: Path, tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (store / name).rename(elsewhere / name)
    (store / name).symlink_to(elsewhere / name)
    library = Store.open(store)
    star(library, "b")
    library.compact()
    star(library, "c")
    library.replace_catalogue([Paper("b")], {})
    assert (store / name).is_symlink()
    assert [path.name for path in elsewhere.iterdir()] == [name]
    again = Store.open(store)
    assert again.marked() == {"a", "b", "c"}
    assert again.ids() == ("b",)


def test_a_linked_folder_is_the_store(store: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(store)
    star(Store.open(link), "b")
    assert Store.open(store).marked() == {"a", "b"}
    assert link.is_symlink()


def test_the_mode_of_a_file_stays(store: Path) -> None:
    (store / "marks.json").chmod(0o640)
    library = Store.open(store)
    star(library, "b")
    library.compact()
    assert (store / "marks.json").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["marks.json", "marks.journal", "papers.json"])
@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_refused_and_never_hangs(data: Path, name: str, kind: str) -> None:
    data.mkdir()
    if kind == "folder":
        (data / name).mkdir()
    else:
        os.mkfifo(data / name)
    with pytest.raises(WriteError, match="not a regular file"):
        Store.open(data)


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    with pytest.raises(ReadlistError, match="data"):
        Store.open(tmp_path / "data")
    assert (tmp_path / "data").read_text() == "mine"
