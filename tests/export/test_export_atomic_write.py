from __future__ import annotations

import fcntl
import os
import stat
from typing import TYPE_CHECKING

import pytest

from tui.errors import UsageError, WriteError
from tui.export.atomic_write import write_atomic
from tui.export.user_section import write_keeping_user_section

if TYPE_CHECKING:
    from pathlib import Path


def test_the_text_is_written_and_no_temporary_file_is_left(tmp_path: Path) -> None:
    write_atomic("é\r\n", tmp_path / "out.csv", force=False)
    assert (tmp_path / "out.csv").read_bytes() == "é\r\n".encode()
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]


def test_a_new_file_has_the_default_mode(tmp_path: Path) -> None:
    (tmp_path / "usual").write_text("")
    write_atomic("x", tmp_path / "out", force=False)
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_an_existing_file_needs_consent(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("old")
    target.chmod(0o640)
    with pytest.raises(UsageError, match="already exists") as refused:
        write_atomic("new", target, force=False)
    assert "--force" in refused.value.hint
    assert target.read_text() == "old"
    write_atomic("new", target, force=True)
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_link_needs_consent_and_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    with pytest.raises(UsageError, match="symbolic link"):
        write_atomic("new", tmp_path / "link", force=False)
    assert (tmp_path / "real").read_text() == "old"
    write_atomic("new", tmp_path / "link", force=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_dangling_link_needs_consent(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nowhere")
    with pytest.raises(UsageError, match="symbolic link"):
        write_atomic("new", tmp_path / "link", force=False)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_a_pipe_and_a_device_are_refused(tmp_path: Path, force: bool) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "null").symlink_to(os.devnull)
    for target in (tmp_path, tmp_path / "pipe", tmp_path / "null"):
        with pytest.raises(UsageError):
            write_atomic("x", target, force=force)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize("name", ["missing/out", "file/out", "a" * 300, "nul\x00"])
def test_a_refused_file_name_is_reported(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match="cannot write "):
        write_atomic("x", tmp_path / name, force=True)
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_missing_folder_has_a_hint_and_an_impossible_name_none(tmp_path: Path) -> None:
    with pytest.raises(WriteError) as refused:
        write_atomic("x", tmp_path / "missing" / "out", force=False)
    assert refused.value.hint == "create the folder first, or choose another one"
    with pytest.raises(WriteError) as refused:
        write_atomic("x", tmp_path / "nul\x00", force=False)
    assert refused.value.hint == ""


@pytest.mark.parametrize("call", ["fsync", "fchmod"])
def test_a_failing_disk_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "out").write_text("old")
    monkeypatch.setattr(os, call, fail)
    with pytest.raises(WriteError, match="no space left on device") as refused:
        write_atomic("new", tmp_path / "out", force=True)
    assert refused.value.hint == "free some disk space (existing files are unchanged)"
    assert (tmp_path / "out").read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


def test_an_interrupt_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "out").write_text("old")
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomic("new", tmp_path / "out", force=True)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("out", "old")]


LEFT = ".readlist-0123456789abcdef.tmp"


@pytest.mark.parametrize("many", [False, True])
def test_leftovers_of_a_killed_export_are_removed_by_the_next_one_to_that_folder(tmp_path: Path, many: bool) -> None:
    spared = [".readlist-mine.tmp", ".readlist-0123456789ABCDEF.tmp", "readlist-0123456789abcdef.tmp", ".other.tmp"]
    for name in (LEFT, *spared):
        (tmp_path / name).write_text("half")
    (tmp_path / ".readlist-00000000000000ff.tmp").symlink_to(spared[0])
    if many:
        write_keeping_user_section({"a.md": "text", "b.md": "text"}, tmp_path, force=False)
    else:
        write_atomic("text", tmp_path / "out.md", force=False)
    assert not (tmp_path / LEFT).exists()
    assert all((tmp_path / name).read_text() == "half" for name in spared)
    assert (tmp_path / ".readlist-00000000000000ff.tmp").is_symlink()


def test_the_temporary_file_of_a_running_export_is_kept(tmp_path: Path) -> None:
    with (tmp_path / LEFT).open("w") as writing:
        fcntl.flock(writing, fcntl.LOCK_EX)
        write_atomic("text", tmp_path / "out", force=False)
        assert (tmp_path / LEFT).exists()
    write_atomic("text", tmp_path / "out", force=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


@pytest.mark.parametrize("number", range(3))
def test_leftovers_beside_one_that_is_in_use_are_removed(tmp_path: Path, number: int) -> None:
    paths = [tmp_path / f".readlist-{each:016x}.tmp" for each in range(3)]
    for path in paths:
        path.touch()
    with paths[number].open("w") as writing:
        fcntl.flock(writing, fcntl.LOCK_EX)
        write_atomic("text", tmp_path / "out", force=False)
    assert [path.exists() for path in paths] == [each == number for each in range(3)]


def test_an_export_holds_its_lock_until_it_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one is writing, another that tidies up in the same folder takes nothing away from it."""
    sync = os.fsync

    def meanwhile(handle: int) -> None:
        monkeypatch.setattr(os, "fsync", sync)
        write_atomic("second", tmp_path / "second", force=False)
        sync(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    write_atomic("first", tmp_path / "first", force=False)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"first": "first", "second": "second"}


def test_an_export_whose_file_is_removed_as_a_leftover_writes_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = fcntl.flock

    def too_late(handle: int, how: int) -> None:
        monkeypatch.setattr(fcntl, "flock", lock)
        next(tmp_path.glob(".readlist-*")).unlink()
        lock(handle, how)

    monkeypatch.setattr(fcntl, "flock", too_late)
    write_atomic("text", tmp_path / "out", force=False)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"out": "text"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_file_or_link_of_another_user_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    os.chown(tmp_path / ("real" if kind == "file" else "link"), 54321, -1, follow_symlinks=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0 if kind == "link" else 4321)
    with pytest.raises(UsageError, match="another user"):
        write_atomic("new", tmp_path / ("real" if kind == "file" else "link"), force=True)
    assert (tmp_path / "real").read_text() == "old"
