"""Our storage and table behave like TinyDB's own: the same steps on both give the same results."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import JSONStorage, Query, TinyDB, where
from tinydb.operations import delete, increment
from tinydb.operations import set as set_to
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from tui.store.journal_table import Database, JournalTable
from tui.store.lock import Lock
from tui.store.storage import JournalStorage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Step = Callable[[Any], Any]


class NumberedTable(JournalTable):
    """Our table with TinyDB's usual ids, so that results can be compared."""

    document_id_class = int


class NumberedDatabase(Database):
    table_class = NumberedTable


def ours(folder: Path) -> NumberedDatabase:
    return NumberedDatabase(folder / "db.json", Lock(folder / ".lock"))


def stock() -> TinyDB:
    return TinyDB(storage=MemoryStorage)


def outcome(step: Step, database: Any) -> object:  # noqa: ANN401  (stock or ours)
    """What a step returns or raises, with the ids of documents."""
    try:
        return plain(step(database))
    except (ValueError, KeyError, RuntimeError, TypeError, ZeroDivisionError) as fault:
        return type(fault), str(fault)


def plain(value: object) -> object:
    if isinstance(value, Document):
        return (value.doc_id, dict(value))
    if isinstance(value, list):
        return [plain(member) for member in value]
    return value if not isinstance(value, Table) else (value.name, plain(value.all()))


def contents(database: Any) -> object:  # noqa: ANN401
    return {name: [plain(document) for document in database.table(name)] for name in sorted(database.tables())}


def fail(document: Any) -> None:  # noqa: ANN401
    document["n"] = 99
    raise ZeroDivisionError


def is_even(number: object) -> bool:
    return number in (0, 2, 4, 6)


BATTERY: dict[str, list[Step]] = {
    "insert and read": [
        lambda db: db.insert({"n": 1, "tags": ["a", "b"]}),
        lambda db: db.insert({"n": 2}),
        lambda db: db.all(),
        len,
        lambda db: db.get(doc_id=2),
        lambda db: db.get(doc_id=7),
        lambda db: db.get(where("n") == 1),
        lambda db: db.get(where("n") == 7),
        lambda db: db.get(doc_ids=[2, 1, 9]),
        lambda db: db.get(),
        lambda db: db.contains(where("n") == 2),
        lambda db: db.contains(doc_id=3),
        lambda db: db.contains(),
        lambda db: db.count(where("n") > 0),
    ],
    "insert many": [
        lambda db: db.insert_multiple({"n": number} for number in range(5)),
        lambda db: db.insert_multiple([]),
        lambda db: db.insert_multiple([{"n": 1}, Document({"n": 2}, 40)]),
        lambda db: db.insert({"n": 9}),
        lambda db: db.insert_multiple([{"n": 1}, Document({"n": 2}, 40)]),
        lambda db: db.insert(Document({"n": 2}, 40)),
        lambda db: db.insert(Document({"n": 2}, 77)),
        lambda db: db.insert({"n": 10}),
        lambda db: db.insert(["no mapping"]),
        lambda db: db.insert_multiple(["no mapping"]),
    ],
    "update": [
        lambda db: db.insert_multiple([{"n": 1}, {"n": 2}, {"n": 3, "x": {"y": 1}}]),
        lambda db: db.update({"m": 1}),
        lambda db: db.update({"m": 2}, where("n") > 1),
        lambda db: db.update({"m": 3}, doc_ids=[1, 9]),
        lambda db: db.update(increment("n"), where("n") == 3),
        lambda db: db.update(delete("m")),
        lambda db: db.update(set_to("k", [1]), doc_ids=[2]),
        lambda db: db.update_multiple([({"n": 0}, where("n") == 1), (increment("n"), where("n") == 2)]),
        lambda db: db.update({"none": 1}, where("n") == 100),
    ],
    "upsert": [
        lambda db: db.upsert({"n": 1, "a": 1}, where("n") == 1),
        lambda db: db.upsert({"n": 1, "b": 1}, where("n") == 1),
        lambda db: db.upsert(Document({"n": 5}, 12)),
        lambda db: db.upsert(Document({"m": 5}, 12)),
        lambda db: db.upsert({"n": 1}),
    ],
    "remove": [
        lambda db: db.insert_multiple({"n": number} for number in range(6)),
        lambda db: db.remove(where("n") == 3),
        lambda db: db.remove(doc_ids=[1, 99]),
        lambda db: db.remove(),
        lambda db: db.remove(where("n") == 300),
        lambda db: db.insert({"n": "after"}),
        lambda db: db.truncate(),
        lambda db: db.insert({"n": "first again"}),
    ],
    "tables": [
        lambda db: db.table("one").insert({"n": 1}),
        lambda db: db.table("two", cache_size=0).insert({"n": 2}),
        lambda db: db.insert({"n": 3}),
        lambda db: sorted(db.tables()),
        lambda db: db.drop_table("one"),
        lambda db: db.drop_table("never"),
        lambda db: sorted(db.tables()),
        lambda db: db.table("one").insert({"n": 4}),
        lambda db: db.table("kept", persist_empty=True),
        lambda db: db.table("not kept"),
        lambda db: sorted(db.tables()),
        lambda db: db.drop_tables(),
        lambda db: sorted(db.tables()),
        lambda db: db.insert({"n": 5}),
    ],
    "queries": [
        lambda db: db.insert_multiple({"n": n, "tags": ["t"] * n, "in": {"s": "abc"[:n]}} for n in range(8)),
        lambda db: db.search(Query().n.one_of([1, 2])),
        lambda db: db.search((Query().n > 2) & ~(Query().n == 4)),
        lambda db: db.search((Query()["in"].s == "a") | (where("n") == 0)),
        lambda db: db.search(Query().tags.any(["t"])),
        lambda db: db.search(where("n").test(is_even)),
        lambda db: db.search(where("in").s.matches("ab")),
        lambda db: db.search(where("missing").exists()),
        lambda db: db.search(Query().n > 2),
        lambda db: db.update({"n": 100}, doc_ids=[1]),
        lambda db: db.search(Query().n > 2),
        lambda db: db.search(Query().fragment({"n": 5})),
    ],
}


@pytest.mark.parametrize("steps", BATTERY.values(), ids=BATTERY.keys())
def test_the_same_steps_give_the_same_results(tmp_path: Path, steps: list[Step]) -> None:
    one, other = stock(), ours(tmp_path)
    for number, step in enumerate(steps):
        assert outcome(step, other) == outcome(step, one), f"step {number}"
        assert contents(other) == contents(one), f"after step {number}"
    assert contents(ours(tmp_path)) == contents(one)
    other.storage.compact()  # type: ignore[attr-defined]
    assert contents(ours(tmp_path)) == contents(one)


_NUMBERS = st.integers(0, 4)
_STEPS = st.lists(
    st.one_of(
        _NUMBERS.map(lambda n: lambda db: db.insert({"n": n})),
        st.lists(_NUMBERS, max_size=3).map(lambda many: lambda db: db.insert_multiple({"n": n} for n in many)),
        st.tuples(_NUMBERS, _NUMBERS).map(lambda pair: lambda db: db.update({"n": pair[1]}, where("n") == pair[0])),
        st.tuples(_NUMBERS, _NUMBERS).map(lambda pair: lambda db: db.upsert({"n": pair[1]}, where("n") == pair[0])),
        _NUMBERS.map(lambda n: lambda db: db.remove(where("n") == n)),
        _NUMBERS.map(lambda n: lambda db: db.search(where("n") >= n)),
        st.lists(st.integers(1, 9), max_size=3).map(lambda ids: lambda db: db.remove(doc_ids=ids)),
        st.just(lambda db: db.truncate()),
        st.just(lambda db: db.drop_tables()),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(steps=_STEPS)
def test_any_steps_give_the_same_results(tmp_path_factory: pytest.TempPathFactory, steps: list[Step]) -> None:
    folder = tmp_path_factory.mktemp("db")
    one, other = stock(), ours(folder)
    for step in steps:
        assert outcome(step, other) == outcome(step, one)
    assert contents(ours(folder)) == contents(other) == contents(one)


def test_an_updater_that_raises_changes_nothing(tmp_path: Path) -> None:
    """Stock TinyDB keeps half of it in memory."""
    database = ours(tmp_path)
    database.insert_multiple([{"n": 1, "tags": ["a"]}, {"n": 2, "tags": ["b"]}])
    before = contents(database)
    assert outcome(lambda db: db.update(fail), database) == (ZeroDivisionError, "")
    assert contents(database) == contents(ours(tmp_path)) == before


def test_a_document_that_is_no_json_changes_nothing(tmp_path: Path) -> None:
    database = ours(tmp_path)
    database.insert({"n": 1})
    with pytest.raises(TypeError):
        database.insert({"n": object()})
    assert contents(database) == contents(ours(tmp_path)) == {"_default": [(1, {"n": 1})]}


def test_an_update_writes_only_what_changed(tmp_path: Path) -> None:
    database = ours(tmp_path)
    database.insert_multiple({"n": number, "text": "x" * 1000} for number in range(100))
    before = (tmp_path / "db.journal").stat().st_size
    database.update({"n": 5}, doc_ids=[3])
    assert (tmp_path / "db.journal").stat().st_size - before < 1200
    before = (tmp_path / "db.journal").stat().st_size
    database.update({"n": 5}, doc_ids=[3])
    assert (tmp_path / "db.journal").stat().st_size == before


def test_two_databases_never_choose_the_same_id(tmp_path: Path) -> None:
    one, two = ours(tmp_path), ours(tmp_path)
    given = [database.insert({"n": number}) for number in range(10) for database in (one, two)]
    assert given == list(range(1, 21))
    assert one.search(where("n") == 9) != []
    two.update({"n": 0}, where("n") == 9)
    assert isinstance(one.storage, JournalStorage)
    one.storage.catch_up()
    assert one.search(where("n") == 9) == []


def test_several_tables_in_one_transaction_are_one_line(tmp_path: Path) -> None:
    database = ours(tmp_path)
    storage = database.storage
    assert isinstance(storage, JournalStorage)
    with storage.transaction():
        database.table("one").insert({"n": 1})
        database.table("two").insert({"n": 2})
        assert database.table("one").get(doc_id=1) == {"n": 1}
        assert database.table("one").insert({"n": 3}) == 2
    assert (tmp_path / "db.journal").read_bytes().count(b"\n") == 1
    with suppress(LookupError), storage.transaction():
        database.table("one").truncate()
        raise LookupError
    assert (
        contents(database)
        == contents(ours(tmp_path))
        == {"one": [(1, {"n": 1}), (2, {"n": 3})], "two": [(1, {"n": 2})]}
    )


def test_ids_are_text_in_the_store(tmp_path: Path) -> None:
    database = Database(tmp_path / "db.json", Lock(tmp_path / ".lock"))
    database.insert(Document({"n": 1}, "7f3a09bc11"))  # type: ignore[arg-type]
    assert [plain(document) for document in database] == [("7f3a09bc11", {"n": 1})]
    assert database.contains(doc_id="7f3a09bc11")
    assert database.insert({"n": 2}) == "1"


def test_stock_tinydb_can_read_the_checkpoint(tmp_path: Path) -> None:
    database = ours(tmp_path)
    database.insert_multiple([{"n": 1}, {"n": 2}])
    database.storage.compact()  # type: ignore[attr-defined]
    with TinyDB(tmp_path / "db.json", storage=JSONStorage, access_mode="r") as reader:
        assert [dict(document) for document in reader] == [{"n": 1}, {"n": 2}]
