"""Whether the files of a store belong together: older copies, other stores, other machines; and how they are repaired."""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.earlier import convert_to_earlier_format
from tui.errors import StoreDamagedError
from tui.model.mark import Mark
from tui.store import checkpoint, journal_format
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, bytes]

AT = "2026-11-20T12:00:00Z"
STORE = ("marks.json", "marks.journal")


def edit(data: Path, first: int, last: int, *, compact: bool = False, word: str = "note") -> None:
    store = Store.open(data)
    for number in range(first, last + 1):
        store.history.commit(f"{word} {number}", lambda _, number=number: {f"p{number}": Mark(note=word)}, at=AT)  # type: ignore[misc]
    if compact:
        store.compact()
    store.close()


def files(data: Path) -> Files:
    return {name: (data / name).read_bytes() for name in STORE}


def marked(data: Path) -> set[int]:
    store = Store.open(data)
    found = {int(paper[1:]) for paper in store.marks.ids()}
    store.close()
    return found


def lose_high_water(data: Path) -> None:
    (data / ".lock").write_bytes(b"")


def refused(data: Path, match: str) -> None:
    before = files(data)
    with pytest.raises(StoreDamagedError, match=match) as caught:
        Store.open(data)
    assert "--repair" in caught.value.hint
    assert files(data) == before


def repaired(data: Path) -> str:
    """Repair: the result is as planned, and no contents are lost."""
    before = {*files(data).values(), *(path.read_bytes() for path in (data / "backups").glob("*"))} - {b""}
    plan = Store.repair(data, dry_run=True)
    assert Store.repair(data) == plan
    kept = {path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert before <= kept
    assert Store.repair(data) == ()
    return "\n".join(plan)


@pytest.mark.parametrize("earlier", [False, True], ids=["current format", "earlier format"])
@pytest.mark.parametrize("locked", [False, True], ids=["no high-water mark", "high-water mark"])
def test_a_restored_older_checkpoint_is_repaired_from_the_newer_backup(
    data: Path, earlier: bool, locked: bool
) -> None:
    edit(data, 1, 7, compact=True)
    old = files(data)["marks.json"]
    edit(data, 8, 20, compact=True)
    (data / "marks.json").write_bytes(old)
    if earlier:
        convert_to_earlier_format(data)
    if not locked:
        lose_high_water(data)
    refused(data, r"marks\.json is an older copy.* goes up to change 7.*backup marks-000000000020.json")
    messages = repaired(data)
    assert "which ends with change 7, from the backup marks-000000000020.json" in messages
    assert "cannot be found" not in messages
    assert "lost: " not in messages
    assert marked(data) == set(range(1, 21))


@pytest.mark.parametrize("earlier", [False, True], ids=["current format", "earlier format"])
def test_an_older_checkpoint_before_a_journal_is_replaced_by_the_one_it_continues(data: Path, earlier: bool) -> None:
    edit(data, 1, 3, compact=True)
    old = files(data)["marks.json"]
    edit(data, 4, 6, compact=True)
    edit(data, 7, 9, compact=True)
    edit(data, 10, 12)
    (data / "marks.json").write_bytes(old)
    if earlier:
        convert_to_earlier_format(data)
    refused(data, r"marks\.j")
    messages = repaired(data)
    assert "add 3 changes from the journal" in messages
    assert marked(data) == set(range(1, 13))
    edit(data, 13, 13)
    assert len(Store.open(data).history.changes()) == 13


def test_a_restored_older_pair_of_files_is_refused(data: Path) -> None:
    edit(data, 1, 3, compact=True)
    edit(data, 4, 5)
    old = files(data)
    edit(data, 6, 9, compact=True)
    for name, content in old.items():
        (data / name).write_bytes(content)
    lose_high_water(data)
    refused(data, "older copy")
    assert "lost: " not in repaired(data)
    assert marked(data) == set(range(1, 10))


def test_a_newer_backup_that_is_damaged_is_no_reason_to_refuse(data: Path) -> None:
    edit(data, 1, 3, compact=True)
    (data / "backups" / "marks-000000000099.json").write_bytes(b"{")
    (data / "backups" / "marks-final.json").write_bytes(b"is_own")
    assert marked(data) == {1, 2, 3}
    for number in range(4, 20):
        edit(data, number, number, compact=True)
    assert (data / "backups" / "marks-final.json").read_bytes() == b"is_own"


@pytest.mark.parametrize("compacted", [False, True])
@pytest.mark.parametrize("name", STORE)
def test_a_file_of_another_store_is_refused_and_named(data: Path, tmp_path: Path, name: str, compacted: bool) -> None:
    other = tmp_path / "other"
    edit(data, 1, 4, compact=compacted)
    edit(other, 1, 4, compact=compacted, word="foreign")
    edit(data, 5, 9)
    edit(other, 5, 9, word="foreign")
    shutil.copy(other / name, data / name)
    lose_high_water(data)
    refused(data, "belong to different stores")
    messages = repaired(data)
    store = Store.open(data)
    notes = {store.marks.get(paper).note for paper in store.marks.ids()}
    # With a backup it is two files against one; without, the file with contents against the one without.
    is_own = compacted or name == "marks.json"
    assert notes == ({"note"} if is_own else {"foreign"})
    assert store.marks.ids() >= {f"p{number}" for number in range(1, 5)}
    if compacted:
        count = 5 if name == "marks.journal" else 4
        assert f"lost: {count} changes found only in {name}, the latest from {AT}: foreign" in messages
    assert (data / f"{name}.damaged-1").read_bytes() == (other / name).read_bytes()


def test_both_files_of_another_store_beside_our_backups_are_reported(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    edit(data, 1, 3, compact=True)
    edit(other, 1, 9, compact=True, word="foreign")
    edit(other, 10, 12, word="foreign")
    for name in STORE:
        shutil.copy(other / name, data / name)
    refused(data, "and the newest backup, marks-000000000003.json, belong to different stores")
    assert "ignore 1 backup from another store" in repaired(data)
    assert marked(data) == set(range(1, 13))


def test_two_machines_with_one_store_are_not_mixed(data: Path, tmp_path: Path) -> None:
    """A sync program leaves the checkpoint of one and the journal of the other, with numbers that match."""
    edit(data, 1, 5, compact=True)
    other = tmp_path / "other"
    shutil.copytree(data, other)
    edit(data, 6, 8, compact=True)
    edit(other, 6, 12, word="there")
    shutil.copy(other / "marks.journal", data / "marks.journal")
    lose_high_water(data)
    refused(data, r"continues a different copy of marks\.json")
    messages = repaired(data)
    assert "from the backup marks-000000000005.json" in messages
    assert f"lost: 3 changes found only in marks.json, the latest from {AT}: note 8" in messages
    store = Store.open(data)
    assert {paper for paper in store.marks.ids() if store.marks.get(paper).note == "note"} == {
        f"p{n}" for n in range(1, 6)
    }
    assert len(store.marks.ids()) == 12


@pytest.mark.parametrize("convert", [lambda b: b.replace(b"\n", b"\r\n"), lambda b: b.replace(b"\n", b"\r")])
@pytest.mark.parametrize("names", [["marks.journal"], ["marks.json"], [*STORE]])
def test_changed_line_breaks_are_repaired_without_loss(
    data: Path, names: list[str], convert: Callable[[bytes], bytes]
) -> None:
    edit(data, 1, 3, compact=True)
    edit(data, 4, 9)
    for name in names:
        (data / name).write_bytes(convert((data / name).read_bytes()))
    shutil.rmtree(data / "backups")
    refused(data, "damaged")
    messages = repaired(data)
    assert "add 6 changes from the journal" in messages
    assert "cannot be read" not in messages
    assert marked(data) == set(range(1, 10))


def test_the_error_for_changed_line_breaks_names_them(data: Path) -> None:
    edit(data, 1, 3)
    path = data / "marks.journal"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    refused(data, "its line breaks were changed")


def test_a_journal_left_by_an_interrupted_compaction_is_emptied_and_not_read_twice(data: Path) -> None:
    edit(data, 1, 3, compact=True)
    edit(data, 4, 6)
    lines = files(data)["marks.journal"]
    edit(data, 7, 6, compact=True)
    (data / "marks.journal").write_bytes(lines)
    reader = Store.open(data)
    assert files(data)["marks.journal"] == b""
    assert marked(data) == set(range(1, 7))
    edit(data, 7, 7)
    assert reader.poll() == {"p7"}


def test_a_store_of_an_earlier_version_is_upgraded_by_the_first_write(data: Path) -> None:
    edit(data, 1, 4, compact=True)
    edit(data, 5, 6)
    convert_to_earlier_format(data)
    before = files(data)
    assert b'"format":1,' in before["marks.json"]
    reader = Store.open(data)
    assert marked(data) == set(range(1, 7))
    assert files(data) == before
    edit(data, 7, 8)
    after = files(data)
    assert b'"format":2,"sequence":6}}' in after["marks.json"][:150]
    lines = journal_format.scan(after["marks.journal"]).transactions
    assert [line.sequence for line in lines] == [7, 8]
    assert {line.base for line in lines} == {json.loads(after["marks.json"])["_checkpoint"]["1"]["sha256"][:16]}
    assert {line.store for line in lines} == {checkpoint.unverified_store_id(after["marks.json"])} != {""}
    assert (data / "backups" / "marks-000000000006.json").read_bytes() == after["marks.json"]
    assert reader.poll() == {"p7", "p8"}
    assert marked(data) == set(range(1, 9))
    assert [change.label for change in Store.open(data).history.changes(2)] == ["note 8", "note 7"]


def test_a_checkpoint_of_the_earlier_format_does_not_match_lines_of_the_current_one(data: Path) -> None:
    edit(data, 1, 4, compact=True)
    convert_to_earlier_format(data)
    old = files(data)["marks.json"]
    edit(data, 5, 6)
    (data / "marks.json").write_bytes(old)
    refused(data, r"marks\.j")
    repaired(data)
    assert marked(data) == set(range(1, 7))


def test_every_store_has_its_own_id_and_keeps_it(data: Path, tmp_path: Path) -> None:
    edit(data, 1, 1)
    edit(tmp_path / "other", 1, 1)
    ids = [
        checkpoint.unverified_store_id((folder / "marks.json").read_bytes()) for folder in (data, tmp_path / "other")
    ]
    assert len({*ids, ""}) == 3
    edit(data, 2, 2, compact=True)
    (data / "marks.json").write_bytes(b"")
    repaired(data)
    assert checkpoint.unverified_store_id((data / "marks.json").read_bytes()) == ids[0]


def test_a_store_restored_from_a_backup_of_an_earlier_version_keeps_its_id(data: Path) -> None:
    edit(data, 1, 3, compact=True)
    convert_to_earlier_format(data)
    edit(data, 4, 5)
    before = checkpoint.unverified_store_id((data / "marks.json").read_bytes())
    old = data / "backups" / "marks-000000000002.json"
    old.write_bytes(b"".join(checkpoint.pack(2, {"marks": {"p1": {"note": "note"}}})))
    Store.repair(data, backup_name=old.name)
    assert marked(data) == {1}
    assert checkpoint.unverified_store_id((data / "marks.json").read_bytes()) == before != ""


def grown(data: Path, word: str, count: int, chance: random.Random) -> tuple[list[str], list[Files]]:
    """Edit ``count`` times, compacting sometimes; return the labels of the history and earlier states of the files."""
    store, looks = Store.open(data), []
    for _ in range(count):
        label = f"{word}{len(store.history.changes()) + 1}"
        store.history.commit(label, lambda _, label=label: {label: Mark(note=word)}, at=AT)  # type: ignore[misc]
        if chance.random() < 0.2:
            store.compact()
        looks.append(files(data))
    labels = [change.label for change in reversed(store.history.changes())]
    store.close()
    return labels, looks


def labels_in(data: Path) -> list[str]:
    store = Store.open(data)
    labels = [change.label for change in reversed(store.history.changes())]
    assert set(labels) == store.marks.ids()
    store.close()
    return labels


@pytest.mark.parametrize("seed", range(12))
def test_mixed_files_are_refused_or_repaired_to_one_history(tmp_path: Path, seed: int) -> None:
    """Files from any time of a store, of its copy on another machine and of another store."""
    chance = random.Random(seed)  # noqa: S311  (reproducible on purpose)
    here, there, other, mixed = (tmp_path / name for name in ("here", "there", "other", "mixed"))
    grown(here, "a", chance.randint(1, 6), chance)
    shutil.copytree(here, there)
    grew = [grown(data, word, 9, chance) for data, word in ((here, "a"), (there, "c"), (other, "b"))]
    shutil.copytree(here, mixed)
    for name in STORE:
        (mixed / name).write_bytes(chance.choice(chance.choice(grew)[1])[name])
    messages = ""
    if chance.random() < 0.5:
        lose_high_water(mixed)
    try:
        found = labels_in(mixed)
    except StoreDamagedError:
        messages = repaired(mixed)
        found = labels_in(mixed)
    whole = any(found == labels[: len(found)] for labels, _ in grew)
    assert whole or "cannot be found" in messages
    edit(mixed, 99, 99, compact=True)
    assert Store.repair(mixed) == ()
