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

from tui.store.journal_table import Database
from tui.store.lock import Lock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Step = Callable[[Any], Any]


def ours(folder: Path) -> Database:
    return Database(folder / "db.json", Lock(folder / ".lock"))


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
    other.journal.compact()
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
    one.journal.catch_up()
    assert one.search(where("n") == 9) == []


def test_results_of_a_transaction_that_failed_are_not_cached(tmp_path: Path) -> None:
    database = ours(tmp_path)
    database.insert({"n": 1})
    with suppress(LookupError), database.journal.transaction():
        database.insert({"n": 2})
        assert len(database.search(where("n") > 0)) == 2
        raise LookupError
    assert len(database.search(where("n") > 0)) == 1


def test_several_tables_in_one_transaction_are_one_line(tmp_path: Path) -> None:
    database = ours(tmp_path)
    with database.journal.transaction():
        database.table("one").insert({"n": 1})
        database.table("two").insert({"n": 2})
        assert database.table("one").get(doc_id=1) == {"n": 1}
        assert database.table("one").insert({"n": 3}) == 2
    assert (tmp_path / "db.journal").read_bytes().count(b"\n") == 1
    with suppress(LookupError), database.journal.transaction():
        database.table("one").truncate()
        raise LookupError
    assert (
        contents(database)
        == contents(ours(tmp_path))
        == {"one": [(1, {"n": 1}), (2, {"n": 3})], "two": [(1, {"n": 2})]}
    )


def test_ids_can_be_texts(tmp_path: Path) -> None:
    table = ours(tmp_path).texts("marks")
    table.insert(Document({"n": 1}, "0f3a09bc11"))  # type: ignore[arg-type]
    table.insert(Document({"n": 2}, "0012345678"))  # type: ignore[arg-type]
    again = ours(tmp_path).texts("marks")
    for each in (table, again):
        assert [plain(document) for document in each] == [("0f3a09bc11", {"n": 1}), ("0012345678", {"n": 2})]
        assert plain(each.find("0012345678")) == ("0012345678", {"n": 2})
        assert each.find("12345678") is None
        assert [str(document.doc_id) for document in each.search(where("n") == 1)] == ["0f3a09bc11"]


def test_documents_are_replaced_whole_in_one_line(tmp_path: Path) -> None:
    table = ours(tmp_path).texts("marks")
    table.replace({"a": {"n": 1, "old": True}, "b": {"n": 2}, "c": {"n": 3}, "none": {}})
    table.replace({"a": {"n": 4}, "b": {}, "c": None, "d": {"n": 5}})
    table.replace({})
    assert contents_of(table) == contents_of(ours(tmp_path).texts("marks")) == {"a": {"n": 4}, "d": {"n": 5}}
    assert (tmp_path / "db.journal").read_bytes().count(b"\n") == 2


def contents_of(table: Any) -> object:  # noqa: ANN401
    return {document.doc_id: dict(document) for document in table}


def test_a_transaction_that_ends_where_it_began_writes_nothing(tmp_path: Path) -> None:
    database = ours(tmp_path)
    table = database.texts("marks")
    table.replace({"a": {"n": 1}})
    before = (tmp_path / "db.journal").read_bytes()
    with database.journal.transaction():
        table.replace({"a": {"n": 2}, "b": {"n": 3}})
        assert contents_of(table) == {"a": {"n": 2}, "b": {"n": 3}}
        table.replace({"a": {"n": 1}, "b": None})
    assert (tmp_path / "db.journal").read_bytes() == before


def test_a_table_dropped_and_filled_again_in_one_transaction(tmp_path: Path) -> None:
    database = ours(tmp_path)
    database.table("one").insert_multiple([{"n": 1}, {"n": 2}])
    with database.journal.transaction():
        database.drop_table("one")
        assert "one" not in database.tables()
        database.table("one").insert(Document({"n": 3}, 2))
        assert contents_of(database.table("one")) == {2: {"n": 3}}
    assert contents_of(ours(tmp_path).table("one")) == {2: {"n": 3}}


_BREAKS = (
    "TinyDB has changed Table.{}, which tui/store/journal_table.py relies on: {}. Adapt JournalTable to the new "
    "version, and raise the upper bound in pyproject.toml only then."
)


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.insert({"n": 1}),
        lambda table: table.insert_multiple([{"n": 1}]),
        lambda table: table.update({"n": 1}, doc_ids=[1]),
        lambda table: table.update_multiple([({"n": 1}, where("n") == 0)]),
        lambda table: table.upsert({"n": 1}, where("n") == 0),
        lambda table: table.remove(doc_ids=[1]),
        lambda table: table.truncate(),
    ],
    ids=["insert", "insert_multiple", "update", "update_multiple", "upsert", "remove", "truncate"],
)
def test_every_change_of_a_table_of_tinydb_passes_one_method(change: Step) -> None:
    """The inner name ``Table._update_table``."""
    passed: list[object] = []

    class Watched(Table):
        def _update_table(self, updater: Callable[[Any], None]) -> None:
            passed.append(updater)
            super()._update_table(updater)

    table = Watched(stock().storage, "marks")
    table.insert({"n": 0})
    passed.clear()
    change(table)
    assert passed, _BREAKS.format("_update_table", "a change no longer passes it, so it would not be written")


def test_the_next_id_of_tinydb_is_chosen_anew_after_a_reset() -> None:
    """The inner name ``Table._next_id``."""
    storage = stock().storage
    one, two = Table(storage, "marks"), Table(storage, "marks")
    one.insert({"n": 1})
    two.insert_multiple({"n": number} for number in range(5))
    one._next_id = None
    assert one.insert({"n": 2}) == 7, _BREAKS.format("_next_id", "None no longer makes it look for a free id")


def test_stock_tinydb_can_read_the_checkpoint(tmp_path: Path) -> None:
    database = ours(tmp_path)
    database.insert_multiple([{"n": 1}, {"n": 2}])
    database.journal.compact()
    with TinyDB(tmp_path / "db.json", storage=JSONStorage, access_mode="r") as reader:
        assert [dict(document) for document in reader] == [{"n": 1}, {"n": 2}]
