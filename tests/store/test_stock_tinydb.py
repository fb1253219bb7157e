"""Stock TinyDB opens every file of the store, and finds in it what the program shows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tinydb import TinyDB, where
from tinydb.table import Table

from tui.model.change import ChangeKind
from tui.model.edit import Edit
from tui.paths import Paths
from tui.session.session import Session
from tui.store import codec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAPERS = [
    {"title": "Rivers Under Glass", "authors": ["Ida Moor", "Kurt Gödel"], "abstract": "We watch rivers. " * 9},
    {"title": "Harbours at Night", "links": ["https://papers.example/2"], "abstract": "We count harbours. " * 9},
    {"title": "Größe, “日本” and \\LaTeX", "date": "2023-09-30", "abstract": "We measure mills. " * 9},
]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "page.txt").write_text(json.dumps(PAPERS), encoding="utf-8")
    session = Session.open(Paths(tmp_path / "data", tmp_path / "seeds", tmp_path / "config.toml"))
    one, two, three = session.ids()
    session.mark([one], Edit(starred=True, add_tags=("nerf", "3d"), note='two lines\n"quoted" – Größe'))
    session.mark([two, three], Edit(add_tags=("later",)))
    session.mark([two], Edit(add_tags=("soon",)))
    session.undo()
    session.saved_views.save("mine", "tag:later")
    session._store.compact()
    yield session
    session.close()


def test_marks_history_and_values(session: Session, tmp_path: Path) -> None:
    with TinyDB(tmp_path / "data" / "marks.json", access_mode="r") as found:
        marks, history = found.table("marks"), found.table("history")
        for paper_id in session.ids():
            document = marks.get(doc_id=paper_id)
            assert codec.decode_mark(paper_id, document) == session.entry(paper_id).mark
        changes = [codec.decode_change(document.doc_id, document) for document in history]
        assert tuple(reversed(changes)) == session.history()
        assert len(history.search(where("kind") == str(ChangeKind.UNDO))) == 1
        marks.document_id_class = str  # documented by TinyDB for ids that are not numbers
        tagged = marks.search(where("tags").any(["later"]))
        assert {document.doc_id for document in tagged} == set(session.find("tag:later").ids) != set()
        values = found.table("meta")
        values.document_id_class = str
        assert ["mine", "tag:later"] in [pair for value in values for pair in value["value"] if "mine" in pair]


def test_papers(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Table, "document_id_class", str)
    with TinyDB(tmp_path / "data" / "papers.json", access_mode="r") as found:
        papers = [codec.decode_paper(str(document.doc_id), document) for document in found.table("papers")]
        assert papers == [session.entry(paper_id).paper for paper_id in session.ids()]
        assert len(papers) == 3
        (titled,) = found.table("papers").search(where("title").matches("Rivers"))
        assert titled["authors"] == ["Ida Moor", "Kurt Gödel"]
