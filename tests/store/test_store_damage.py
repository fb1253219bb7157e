"""A damaged store is never treated as an empty one, never overwritten, and can be repaired."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from tui.errors import StoreDamagedError
from tui.model.mark import Mark, Status
from tui.model.paper import Paper
from tui.store import checkpoint, journal_format
from tui.store.journal_format import Transaction
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AT = "2026-11-20T12:00:00Z"


@pytest.fixture
def folder(data: Path) -> Path:
    """Ten edits in the checkpoint, three in the journal, two papers."""
    store = Store.open(data)
    store.catalogue.replace([Paper("p0", title="Zero"), Paper("p1", title="One")], {})
    for number in range(10):
        note(store, number)
    store.compact()
    for number in range(10, 13):
        note(store, number)
    store.close()
    return data


def note(store: Store, number: int) -> None:
    store.history.commit("note", lambda _: {f"p{number}": Mark(note=f"note {number}")}, at=AT)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def halve(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


SPOILERS: dict[str, Callable[[bytes], bytes]] = {
    "0 bytes": lambda _: b"",
    "null": lambda _: b"null",
    "an empty list": lambda _: b"[]",
    "an empty object": lambda _: b"{}",
    "stock TinyDB": lambda _: b'{"_default": {"1": {}}}',
    "halved": halve,
    "last byte gone": lambda whole: whole[:-1],
    "one byte more": lambda whole: whole + b" ",
    "byte order mark": lambda whole: b"\xef\xbb\xbf" + whole,
    "UTF-16": lambda whole: whole.decode().encode("utf-16"),
    "zeros": lambda whole: bytes(len(whole)),
    "twice": lambda whole: whole + whole,
    "a letter changed": lambda whole: (
        whole.replace(b"note 3", b"note 8") if b"note 3" in whole else whole[:-5] + b"x"
    ),
}


@pytest.mark.parametrize("name", ["marks.json", "papers.json"])
@pytest.mark.parametrize("spoil", SPOILERS.values(), ids=SPOILERS.keys())
def test_a_damaged_file_is_reported_and_not_changed(folder: Path, name: str, spoil: Callable[[bytes], bytes]) -> None:
    (folder / name).write_bytes(spoil((folder / name).read_bytes()))
    before = snapshot(folder)
    with pytest.raises(StoreDamagedError, match=name) as caught:
        Store.open(folder)
    assert caught.value.exit_code == 4
    assert "--repair" in caught.value.hint
    assert snapshot(folder) == before


def test_every_truncation_and_random_bit_flips_of_a_checkpoint_are_noticed(folder: Path) -> None:
    path = folder / "marks.json"
    whole = path.read_bytes()
    chance = random.Random(1)  # noqa: S311  (reproducible on purpose)
    for length in range(0, len(whole), 7):
        with pytest.raises(StoreDamagedError):
            checkpoint.unpack(whole[:length], path)
    for _ in range(2_000):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        with pytest.raises(StoreDamagedError):
            checkpoint.unpack(bytes(spoilt), path)


@pytest.mark.parametrize("name", ["marks.json", "papers.json"])
def test_the_error_for_a_newer_store_names_its_format(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(checkpoint, "FORMAT", 7)
        (folder / name).write_bytes(b"".join(checkpoint.pack(99, {"marks": {}}, checkpoint.Lineage("0" * 16))))
    before = snapshot(folder)
    with pytest.raises(StoreDamagedError, match="store format 7"):
        Store.open(folder)
    with pytest.raises(StoreDamagedError, match="store format 7"):
        Store.repair(folder)
    assert snapshot(folder) == before


@pytest.mark.parametrize("kept", ["marks.journal", "backups"])
def test_a_missing_checkpoint_is_damage(folder: Path, kept: str) -> None:
    (folder / "marks.json").unlink()
    if kept == "backups":
        (folder / "marks.journal").unlink()
    else:
        shutil.rmtree(folder / "backups")
    with pytest.raises(StoreDamagedError, match=r"marks\.json is missing"):
        Store.open(folder)


def lose_high_water(folder: Path) -> None:
    """Lose the high-water mark, as after a power loss: the lock file is never synced."""
    (folder / ".lock").write_bytes(b"")


LOSSES: dict[str, Callable[[Path], object]] = {
    "no journal": lambda path: path.unlink(),
    "an empty journal": lambda path: path.write_bytes(b""),
    "null": lambda path: path.write_bytes(b"null"),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "the last line gone": lambda path: path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1])),
    "the last line cut": lambda path: path.write_bytes(path.read_bytes()[:-9]),
}


@pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES.keys())
def test_a_journal_that_ends_too_early_is_damage(folder: Path, lose: Callable[[Path], object]) -> None:
    """Every remaining line is sound; only the lock file shows that there were more."""
    lose(folder / "marks.journal")
    before = snapshot(folder)
    with pytest.raises(
        StoreDamagedError, match=r"marks\.journal is damaged.* the last (change is|[0-9]+ changes are) missing"
    ):
        Store.open(folder)
    assert snapshot(folder) == before
    assert any("cannot be found" in message for message in Store.repair(folder))
    store = Store.open(folder)
    assert {f"p{number}" for number in range(10)} <= store.marks.ids()
    note(store, 20)
    assert "p20" in Store.open(folder).marks.ids()


def test_a_folder_that_once_had_a_store_does_not_count_as_empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name != ".lock":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(StoreDamagedError, match=r"marks\.json is missing"):
        Store.open(folder)


def test_a_missing_journal_is_reported_even_without_a_high_water_mark(folder: Path) -> None:
    (folder / "marks.journal").unlink()
    lose_high_water(folder)
    store = Store.open(folder)
    assert "marks.journal was missing" in store.notices[0]
    assert "p9" in store.marks.ids()
    note(store, 20)
    assert "p20" in Store.open(folder).marks.ids()


def test_a_store_that_disappears_in_use_is_not_created_again(folder: Path) -> None:
    store = Store.open(folder)
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(StoreDamagedError):
        note(store, 20)
    assert "p12" in store.marks.ids()
    assert not (folder / "marks.json").exists()


def test_a_journal_that_disappears_in_use_is_reported(folder: Path) -> None:
    store = Store.open(folder)
    (folder / "marks.journal").unlink()
    with pytest.raises(StoreDamagedError, match="disappeared"):
        store.poll()
    assert "p12" in store.marks.ids()


@pytest.mark.parametrize("cut", [1, 20, 10_000])
def test_a_journal_that_is_cut_in_use_is_reported_and_not_appended_to(folder: Path, cut: int) -> None:
    store = Store.open(folder)
    log = folder / "marks.journal"
    whole = log.read_bytes()
    log.write_bytes(whole[:-cut])
    with pytest.raises(StoreDamagedError, match="damaged"):
        store.poll()
    with pytest.raises(StoreDamagedError, match="damaged"):
        note(store, 13)
    assert log.read_bytes() == whole[:-cut]
    log.write_bytes(whole)
    note(store, 13)
    assert Store.open(folder).marks.get("p13").note == "note 13"


def test_every_cut_of_the_last_line_opens_with_the_lines_before_it(folder: Path) -> None:
    path = folder / "marks.journal"
    whole = path.read_bytes()
    start = whole[:-1].rindex(b"\n") + 1
    lose_high_water(folder)
    for cut in range(start, len(whole)):
        path.write_bytes(whole[:cut])
        store = Store.open(folder)
        assert store.marks.ids() == {f"p{number}" for number in range(12)}
        assert path.read_bytes() == whole[:start]
        torn = sorted(folder.glob("*.torn-*"))
        if cut == start:
            assert not torn
            assert store.notices == ()
        else:
            assert torn[-1].read_bytes() == whole[start:cut]
            assert f"({cut - start} bytes" in store.notices[0]
            assert "all lines before it are intact" in store.notices[0]
            torn[-1].unlink()
        store.close()


def test_a_torn_line_is_set_aside_once_and_the_next_edit_follows_the_good_lines(folder: Path) -> None:
    path = folder / "marks.journal"
    path.write_bytes(path.read_bytes()[:-9])
    lose_high_water(folder)
    store = Store.open(folder)
    note(store, 30)
    again = Store.open(folder)
    assert again.notices == ()
    assert "p30" in again.marks.ids()
    assert "p12" not in again.marks.ids()
    assert [path.name for path in folder.glob("*.torn-*")] == ["marks.journal.torn-1"]
    assert any("marks.journal.torn-1" in message for message in again.check()[1])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: [lines[0], b"x" + lines[1], lines[2]],
        lambda lines: [lines[0], lines[2]],
        lambda lines: [lines[1], lines[2]],
        lambda lines: [lines[0], lines[1], lines[0], lines[2]],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [lines[0], lines[1], journal_format.pack(Transaction(3, {})), lines[2]],
        lambda lines: [lines[0], lines[1][:-3] + b"\n", lines[2]],
        lambda lines: [lines[0], lines[1], lines[2][:-3] + b"x" + lines[2][-2:]],
    ],
    ids=[
        "changed",
        "one missing",
        "first missing",
        "one twice",
        "swapped",
        "an old one between",
        "shortened",
        "last changed",
    ],
)
def test_damage_inside_the_journal_is_not_an_interrupted_save(
    folder: Path, spoil: Callable[[list[bytes]], list[bytes]]
) -> None:
    path = folder / "marks.journal"
    path.write_bytes(b"".join(spoil(path.read_bytes().splitlines(keepends=True))))
    before = snapshot(folder)
    with pytest.raises(StoreDamagedError, match=r"marks\.journal is damaged"):
        Store.open(folder)
    assert snapshot(folder) == before


def test_lines_that_are_in_the_checkpoint_already_are_not_applied_twice(folder: Path) -> None:
    """A crash between the checkpoint's rename and the emptying of the journal."""
    lines = (folder / "marks.journal").read_bytes()
    store = Store.open(folder)
    store.history.undo(at=AT)
    history = store.history.changes()
    lines = (folder / "marks.journal").read_bytes()
    store.compact()
    (folder / "marks.journal").write_bytes(lines)
    again = Store.open(folder)
    assert again.history.changes() == history
    assert "p12" not in again.marks.ids()
    note(again, 40)
    assert Store.open(folder).marks.ids() == again.marks.ids()


def test_a_restored_older_journal_is_reported_and_set_aside(folder: Path) -> None:
    old = (folder / "marks.journal").read_bytes()
    store = Store.open(folder)
    store.history.commit("rewrite", lambda _: {"p12": Mark(note="newer")}, at=AT)
    note(store, 20)
    store.compact()
    (folder / "marks.journal").write_bytes(old)
    with pytest.raises(StoreDamagedError, match=r"continues a different copy of marks\.json"):
        Store.open(folder)
    assert not any(message.startswith("lost: ") for message in Store.repair(folder))
    again = Store.open(folder)
    assert again.marks.get("p12").note == "newer"
    note(again, 21)
    note(again, 22)
    assert {"p12", "p20", "p21", "p22"} <= Store.open(folder).marks.ids()


@pytest.mark.parametrize("spoil", SPOILERS.values(), ids=SPOILERS.keys())
def test_a_damaged_checkpoint_is_repaired_without_loss(folder: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = folder / "marks.json"
    spoilt = spoil(path.read_bytes())
    path.write_bytes(spoilt)
    messages = Store.repair(folder)
    own = "intact except for its line breaks or byte order mark" if spoilt[:1] == b"\xef" else "restore marks.json"
    assert any(own in message for message in messages)
    store = Store.open(folder)
    assert store.marks.ids() == {f"p{number}" for number in range(13)}
    assert [change.number for change in store.history.changes()] == list(range(13, 0, -1))
    assert (not spoilt) or (folder / "marks.json.damaged-1").read_bytes() == spoilt
    assert Store.repair(folder) == ()


def test_a_checkpoint_lost_before_its_first_backup_is_rebuilt_from_the_journal(data: Path) -> None:
    store = Store.open(data)
    note(store, 1)
    note(store, 2)
    (data / "marks.json").unlink()
    Store.repair(data)
    assert Store.open(data).marks.ids() == {"p1", "p2"}


def test_a_repair_keeps_the_lines_after_a_bad_one(folder: Path) -> None:
    path = folder / "marks.journal"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"x" + lines[1][1:] + lines[2])
    messages = Store.repair(folder)
    assert any("1 of 3 lines" in message for message in messages)
    store = Store.open(folder)
    assert store.marks.ids() == {f"p{number}" for number in range(13)} - {"p11"}
    assert (folder / "marks.journal.damaged-1").read_bytes() == lines[0] + b"x" + lines[1][1:] + lines[2]
    note(store, 50)
    store.history.undo(at=AT)
    store.history.undo(at=AT)
    assert Store.open(folder).marks.ids() == {f"p{number}" for number in range(11)}


def test_a_running_program_sees_a_repair(folder: Path) -> None:
    running = Store.open(folder)
    path = folder / "marks.journal"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"x" + lines[1][1:] + lines[2])
    Store.repair(folder)
    assert running.poll() == {"p11"}
    assert "p11" not in running.marks.ids()


def test_a_damaged_catalogue_is_set_aside_and_the_marks_are_untouched(folder: Path) -> None:
    (folder / "papers.json").write_bytes(b"null")
    assert any("papers.json.damaged-1" in message for message in Store.repair(folder))
    store = Store.open(folder)
    assert store.catalogue.ids() == ()
    assert len(store.marks.ids()) == 13


def test_a_sound_store_needs_no_repair_and_has_no_remarks(folder: Path) -> None:
    before = snapshot(folder)
    assert Store.repair(folder) == ()
    assert Store.open(folder).check() == ((), ())
    assert snapshot(folder) == before


def test_check_reports_damaged_backups_and_leftovers(folder: Path) -> None:
    store = Store.open(folder)
    next((folder / "backups").iterdir()).write_bytes(b"")
    (folder / ".marks.json.99-0badcafe.tmp").write_bytes(b"half")
    damage, remarks = store.check()
    assert damage == ()
    messages = " ".join(remarks)
    assert "backups" in messages
    assert ".marks.json.99-0badcafe.tmp is left over" in messages
    store.compact()
    assert not (folder / ".marks.json.99-0badcafe.tmp").exists()


def test_an_unknown_status_is_damage_of_one_mark(folder: Path) -> None:
    tables: checkpoint.Tables = {"marks": {"p1": {"status": "eaten"}, "p2": {"status": "read"}}}
    lineage = checkpoint.Lineage(
        checkpoint.unverified_store_id((folder / "marks.json").read_bytes()),
        journal=checkpoint.digest((folder / "marks.journal").read_bytes()),
    )
    (folder / "marks.json").write_bytes(b"".join(checkpoint.pack(20, tables, lineage)))
    store = Store.open(folder)
    assert store.marks.get("p2").status is Status.READ
    with pytest.raises(StoreDamagedError, match="p1"):
        store.marks.get("p1")
