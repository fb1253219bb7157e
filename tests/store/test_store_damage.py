"""A damaged store is never taken for an empty one, never overwritten, and can be repaired."""

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
def store(data: Path) -> Path:
    """Ten edits in the checkpoint, three in the journal, two papers."""
    library = Store.open(data)
    library.replace_catalogue([Paper("p0", title="Zero"), Paper("p1", title="One")], {})
    for number in range(10):
        note(library, number)
    library.compact()
    for number in range(10, 13):
        note(library, number)
    library.close()
    return data


def note(library: Store, number: int) -> None:
    library.commit("note", lambda _: {f"p{number}": Mark(note=f"note {number}")}, at=AT)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def halved(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


SPOILERS: dict[str, Callable[[bytes], bytes]] = {
    "0 bytes": lambda _: b"",
    "null": lambda _: b"null",
    "an empty list": lambda _: b"[]",
    "an empty object": lambda _: b"{}",
    "stock TinyDB": lambda _: b'{"_default": {"1": {}}}',
    "halved": halved,
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
def test_a_damaged_file_is_named_and_left_alone(store: Path, name: str, spoil: Callable[[bytes], bytes]) -> None:
    (store / name).write_bytes(spoil((store / name).read_bytes()))
    before = snapshot(store)
    with pytest.raises(StoreDamagedError, match=name) as caught:
        Store.open(store)
    assert caught.value.exit_code == 4
    assert "--repair" in caught.value.hint
    assert snapshot(store) == before


def test_every_truncation_and_random_bit_flips_of_a_checkpoint_are_noticed(store: Path) -> None:
    path = store / "marks.json"
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
def test_a_newer_store_says_which_version_it_needs(store: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(checkpoint, "FORMAT", 7)
        (store / name).write_bytes(b"".join(checkpoint.pack(99, {"marks": {}}, checkpoint.Lineage("0" * 16))))
    before = snapshot(store)
    with pytest.raises(StoreDamagedError, match="store format 7"):
        Store.open(store)
    with pytest.raises(StoreDamagedError, match="store format 7"):
        Store.repair(store)
    assert snapshot(store) == before


@pytest.mark.parametrize("kept", ["marks.journal", "backups"])
def test_a_missing_checkpoint_is_damage(store: Path, kept: str) -> None:
    (store / "marks.json").unlink()
    if kept == "backups":
        (store / "marks.journal").unlink()
    else:
        shutil.rmtree(store / "backups")
    with pytest.raises(StoreDamagedError, match=r"marks\.json is missing"):
        Store.open(store)


def forget_how_far_it_came(store: Path) -> None:
    """As after a power cut: the lock file is the one that is never synced."""
    (store / ".lock").write_bytes(b"")


LOSSES: dict[str, Callable[[Path], object]] = {
    "no journal": lambda path: path.unlink(),
    "an empty journal": lambda path: path.write_bytes(b""),
    "null": lambda path: path.write_bytes(b"null"),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "the last line gone": lambda path: path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1])),
    "the last line cut": lambda path: path.write_bytes(path.read_bytes()[:-9]),
}


@pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES.keys())
def test_a_journal_that_ends_too_early_is_damage(store: Path, lose: Callable[[Path], object]) -> None:
    """Every line of it that is left is sound; only the lock file tells that there were more."""
    lose(store / "marks.journal")
    before = snapshot(store)
    with pytest.raises(StoreDamagedError, match=r"marks\.journal is damaged.* changes are missing"):
        Store.open(store)
    assert snapshot(store) == before
    assert any("cannot be found" in sentence for sentence in Store.repair(store))
    library = Store.open(store)
    assert {f"p{number}" for number in range(10)} <= library.marked()
    note(library, 20)
    assert "p20" in Store.open(store).marked()


def test_a_folder_that_once_had_a_store_is_not_started_anew(store: Path) -> None:
    for path in store.iterdir():
        if path.name != ".lock":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(StoreDamagedError, match=r"marks\.json is missing"):
        Store.open(store)


def test_a_missing_journal_is_told_even_where_nothing_says_how_long_it_was(store: Path) -> None:
    (store / "marks.journal").unlink()
    forget_how_far_it_came(store)
    library = Store.open(store)
    assert "marks.journal was missing" in library.notices[0]
    assert "p9" in library.marked()
    note(library, 20)
    assert "p20" in Store.open(store).marked()


def test_a_store_that_vanishes_in_use_is_not_started_anew(store: Path) -> None:
    library = Store.open(store)
    for path in store.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(StoreDamagedError):
        note(library, 20)
    assert "p12" in library.marked()
    assert not (store / "marks.json").exists()


def test_a_journal_that_vanishes_in_use_is_told(store: Path) -> None:
    library = Store.open(store)
    (store / "marks.journal").unlink()
    with pytest.raises(StoreDamagedError, match="disappeared"):
        library.poll()
    assert "p12" in library.marked()


@pytest.mark.parametrize("cut", [1, 20, 10_000])
def test_a_journal_that_is_cut_in_use_is_told_and_not_written_on(store: Path, cut: int) -> None:
    library = Store.open(store)
    log = store / "marks.journal"
    whole = log.read_bytes()
    log.write_bytes(whole[:-cut])
    with pytest.raises(StoreDamagedError, match="damaged"):
        library.poll()
    with pytest.raises(StoreDamagedError, match="damaged"):
        note(library, 13)
    assert log.read_bytes() == whole[:-cut]
    log.write_bytes(whole)
    note(library, 13)
    assert Store.open(store).mark("p13").note == "note 13"


def test_every_cut_of_the_last_line_opens_with_the_lines_before_it(store: Path) -> None:
    path = store / "marks.journal"
    whole = path.read_bytes()
    start = whole[:-1].rindex(b"\n") + 1
    forget_how_far_it_came(store)
    for cut in range(start, len(whole)):
        path.write_bytes(whole[:cut])
        library = Store.open(store)
        assert library.marked() == {f"p{number}" for number in range(12)}
        assert path.read_bytes() == whole[:start]
        torn = sorted(store.glob("*.torn-*"))
        if cut == start:
            assert not torn
            assert library.notices == ()
        else:
            assert torn[-1].read_bytes() == whole[start:cut]
            assert f"({cut - start} bytes" in library.notices[0]
            assert "the 2 lines before it" in library.notices[0]
            torn[-1].unlink()
        library.close()


def test_a_torn_line_is_set_aside_once_and_the_next_edit_lands_behind_the_good_ones(store: Path) -> None:
    path = store / "marks.journal"
    path.write_bytes(path.read_bytes()[:-9])
    forget_how_far_it_came(store)
    library = Store.open(store)
    note(library, 30)
    again = Store.open(store)
    assert again.notices == ()
    assert "p30" in again.marked()
    assert "p12" not in again.marked()
    assert [path.name for path in store.glob("*.torn-*")] == ["marks.journal.torn-1"]
    assert any("marks.journal.torn-1" in sentence for sentence in again.check()[1])


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
def test_damage_inside_the_journal_is_no_interrupted_save(
    store: Path, spoil: Callable[[list[bytes]], list[bytes]]
) -> None:
    path = store / "marks.journal"
    path.write_bytes(b"".join(spoil(path.read_bytes().splitlines(keepends=True))))
    before = snapshot(store)
    with pytest.raises(StoreDamagedError, match=r"marks\.journal is damaged"):
        Store.open(store)
    assert snapshot(store) == before


def test_lines_that_are_in_the_checkpoint_already_are_not_applied_twice(store: Path) -> None:
    """A crash between the checkpoint's rename and the emptying of the journal."""
    lines = (store / "marks.journal").read_bytes()
    library = Store.open(store)
    library.undo(at=AT)
    history = library.history()
    lines = (store / "marks.journal").read_bytes()
    library.compact()
    (store / "marks.journal").write_bytes(lines)
    again = Store.open(store)
    assert again.history() == history
    assert "p12" not in again.marked()
    note(again, 40)
    assert Store.open(store).marked() == again.marked()


def test_an_older_journal_brought_back_is_named_and_set_aside(store: Path) -> None:
    old = (store / "marks.journal").read_bytes()
    library = Store.open(store)
    library.commit("rewrite", lambda _: {"p12": Mark(note="newer")}, at=AT)
    note(library, 20)
    library.compact()
    (store / "marks.journal").write_bytes(old)
    with pytest.raises(StoreDamagedError, match=r"continues another copy of marks\.json"):
        Store.open(store)
    assert not any(sentence.startswith("lost: ") for sentence in Store.repair(store))
    again = Store.open(store)
    assert again.mark("p12").note == "newer"
    note(again, 21)
    note(again, 22)
    assert {"p12", "p20", "p21", "p22"} <= Store.open(store).marked()


@pytest.mark.parametrize("spoil", SPOILERS.values(), ids=SPOILERS.keys())
def test_a_damaged_checkpoint_is_repaired_without_loss(store: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = store / "marks.json"
    spoilt = spoil(path.read_bytes())
    path.write_bytes(spoilt)
    said = Store.repair(store)
    own = (
        "intact except for its line breaks or byte order mark"
        if spoilt[:1] == b"\xef"
        else "restored from the backup"
    )
    assert any(own in sentence for sentence in said)
    library = Store.open(store)
    assert library.marked() == {f"p{number}" for number in range(13)}
    assert [change.number for change in library.history()] == list(range(13, 0, -1))
    assert (not spoilt) or (store / "marks.json.damaged-1").read_bytes() == spoilt
    assert Store.repair(store) == ()


def test_a_checkpoint_lost_before_its_first_backup_is_made_anew_from_the_journal(data: Path) -> None:
    library = Store.open(data)
    note(library, 1)
    note(library, 2)
    (data / "marks.json").unlink()
    Store.repair(data)
    assert Store.open(data).marked() == {"p1", "p2"}


def test_a_repair_keeps_the_lines_behind_a_bad_one(store: Path) -> None:
    path = store / "marks.journal"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"x" + lines[1][1:] + lines[2])
    said = Store.repair(store)
    assert any("1 of 3 lines" in sentence for sentence in said)
    library = Store.open(store)
    assert library.marked() == {f"p{number}" for number in range(13)} - {"p11"}
    assert (store / "marks.journal.damaged-1").read_bytes() == lines[0] + b"x" + lines[1][1:] + lines[2]
    note(library, 50)
    library.undo(at=AT)
    library.undo(at=AT)
    assert Store.open(store).marked() == {f"p{number}" for number in range(11)}


def test_a_running_program_sees_a_repair(store: Path) -> None:
    running = Store.open(store)
    path = store / "marks.journal"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"x" + lines[1][1:] + lines[2])
    Store.repair(store)
    assert running.poll() == {"p11"}
    assert "p11" not in running.marked()


def test_a_damaged_catalogue_is_set_aside_and_the_marks_are_untouched(store: Path) -> None:
    (store / "papers.json").write_bytes(b"null")
    assert any("papers.json.damaged-1" in sentence for sentence in Store.repair(store))
    library = Store.open(store)
    assert library.ids() == ()
    assert len(library.marked()) == 13


def test_a_sound_store_needs_no_repair_and_no_words(store: Path) -> None:
    before = snapshot(store)
    assert Store.repair(store) == ()
    assert Store.open(store).check() == ((), ())
    assert snapshot(store) == before


def test_check_tells_what_is_wrong_elsewhere(store: Path) -> None:
    library = Store.open(store)
    next((store / "backups").iterdir()).write_bytes(b"")
    (store / ".marks.json.99-0badcafe.tmp").write_bytes(b"half")
    damage, remarks = library.check()
    assert damage == ()
    said = " ".join(remarks)
    assert "backups" in said
    assert ".marks.json.99-0badcafe.tmp is left over" in said
    library.compact()
    assert not (store / ".marks.json.99-0badcafe.tmp").exists()


def test_a_status_that_no_program_writes_is_damage_of_one_mark(store: Path) -> None:
    tables: checkpoint.Tables = {"marks": {"p1": {"status": "eaten"}, "p2": {"status": "read"}}}
    lineage = checkpoint.Lineage(
        checkpoint.unverified_store_id((store / "marks.json").read_bytes()),
        journal=checkpoint.digest((store / "marks.journal").read_bytes()),
    )
    (store / "marks.json").write_bytes(b"".join(checkpoint.pack(20, tables, lineage)))
    library = Store.open(store)
    assert library.mark("p2").status is Status.READ
    with pytest.raises(StoreDamagedError, match="p1"):
        library.mark("p1")
