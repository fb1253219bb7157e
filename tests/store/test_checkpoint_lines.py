"""A file read document by document has the same contents as the file read at once."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.store import checkpoint

PLACE = Path("papers.json")
TEXTS = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(['":{', "}", '",', "\\", "\n"])
TABLES = st.dictionaries(
    TEXTS.filter(lambda name: name != "_checkpoint"),
    st.dictionaries(TEXTS, st.dictionaries(TEXTS, TEXTS | st.integers(0, 9) | st.lists(TEXTS)), max_size=4),
    max_size=3,
)


def read_one_by_one(data: bytes) -> checkpoint.Tables:
    unread = checkpoint.locate_documents(data, PLACE)
    return {
        name: {key: checkpoint.document_at(unread.data, offset) for key, offset in offsets.items()}
        for name, offsets in unread.offsets.items()
    }


@given(TABLES)
@examples(100)
def test_documents_read_one_by_one_equal_those_read_at_once(tables: checkpoint.Tables) -> None:
    data = b"".join(checkpoint.pack(7, tables))
    assert checkpoint.unpack(data, PLACE).tables == tables
    assert read_one_by_one(data) == tables


def test_a_file_with_its_documents_on_one_line_is_read_as_well() -> None:
    tables: checkpoint.Tables = {"papers": {"a": {"title": "One"}, "b": {}}, "meta": {}}
    body = b'","format":1,"sequence":3}},' + orjson.dumps(tables)[1:]
    data = b'{"_checkpoint":{"1":{"sha256":"' + sha256(body).hexdigest().encode() + body
    assert read_one_by_one(data) == tables
    assert checkpoint.locate_documents(data, PLACE).sequence == 3


def test_a_value_that_is_not_an_object_is_not_a_document() -> None:
    with pytest.raises(ValueError, match="not a JSON object"):
        checkpoint.document_at(b'"a":[1]\n', 4)
