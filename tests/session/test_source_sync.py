"""The catalogue follows the listings, the imported files and the corrections."""

from __future__ import annotations

import json
import os
from contextlib import closing
from typing import TYPE_CHECKING

from tests.session.conftest import RECORDS
from tui.model.edit import Edit
from tui.session.session import Session

if TYPE_CHECKING:
    from tui.paths import Paths


def titles(session: Session) -> list[str]:
    return sorted(session.entry(paper_id).paper.display_title.partition(" ")[0] for paper_id in session.ids())


def write(home: Paths, *records: dict[str, object]) -> None:
    (home.seeds / "page.txt").write_text(json.dumps(records), encoding="utf-8")


def test_a_paper_that_left_its_listing_is_gone_unless_it_is_marked(home: Paths) -> None:
    with closing(Session.open(home)) as session:
        (rivers,) = session.find("rivers").ids
        session.mark([rivers], Edit(note="mine"))
    write(home, RECORDS[1])
    with closing(Session.open(home)) as session:
        assert titles(session) == ["Harbours", "Rivers"]
        assert session.entry(rivers).mark.note == "mine"
    write(home, *RECORDS)
    with closing(Session.open(home)) as session:
        assert titles(session) == ["Harbours", "Mills", "Rivers"]
        assert session.entry(rivers).mark.note == "mine"


def test_a_retitled_paper_keeps_its_id_and_mark(home: Paths) -> None:
    with closing(Session.open(home)) as session:
        (rivers,) = session.find("rivers").ids
        session.mark([rivers], Edit(starred=True))
    write(home, {**RECORDS[0], "title": "Rivers Under Glass, Revisited"}, *RECORDS[1:])
    with closing(Session.open(home)) as session:
        assert session.entry(rivers).paper.title == "Rivers Under Glass, Revisited"
        assert session.entry(rivers).mark.starred
        assert len(session.ids()) == 3


def test_the_catalogue_is_the_same_after_it_was_deleted(home: Paths) -> None:
    with closing(Session.open(home)) as session:
        before = [session.entry(paper_id) for paper_id in session.ids()]
    (home.data / "papers.json").unlink()
    with closing(Session.open(home)) as session:
        assert [session.entry(paper_id) for paper_id in session.ids()] == before


def test_sources_that_did_not_change_are_not_read_again(home: Paths) -> None:
    with closing(Session.open(home)):
        written = (home.data / "papers.json").stat().st_mtime_ns
    with closing(Session.open(home)) as session:
        assert not session.sources_changed()
        assert session.synchronise() == 0
    os.utime(home.seeds / "page.txt", (1, 1))
    with closing(Session.open(home)) as session:
        assert len(session.ids()) == 3
    assert (home.data / "papers.json").stat().st_mtime_ns >= written


def test_new_papers_are_counted(session: Session, home: Paths) -> None:
    write(
        home, *RECORDS, {"title": "Snow", "abstract": "Snow falls. " * 20}, {"title": "Fog", "abstract": "Fog. " * 40}
    )
    assert session.sources_changed()
    assert session.synchronise() == 2
    assert titles(session) == ["Fog", "Harbours", "Mills", "Rivers", "Snow"]


def test_a_correction_file_is_applied_and_taken_back(session: Session, home: Paths) -> None:
    corrections = home.seeds / "corrections.toml"
    corrections.write_text(
        '[[title]]\nabstract = "We watch rivers freeze. We watch rivers freeze."\ntitle = "Frozen Rivers"\nreason = "so"\n',
        encoding="utf-8",
    )
    assert session.sources_changed()
    session.synchronise()
    assert titles(session) == ["Frozen", "Harbours", "Mills"]
    corrections.unlink()
    session.synchronise()
    assert titles(session) == ["Harbours", "Mills", "Rivers"]
