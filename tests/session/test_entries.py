"""Entries: papers with corrections applied and merged papers combined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.model.edit import Edit
from tui.model.mark import Mark

if TYPE_CHECKING:
    from tui.session.session import Session


def by_word(session: Session, word: str) -> str:
    (found,) = session.find(word).ids
    return found


def test_papers_that_are_part_of_each_other_end_the_search_for_the_whole(session: Session) -> None:
    rivers, harbours, mills = by_word(session, "rivers"), by_word(session, "harbours"), by_word(session, "mills")
    marks = {rivers: Mark(part_of=harbours), harbours: Mark(part_of=mills), mills: Mark(part_of=harbours)}
    reads = iter(range(10))

    def mark(paper: str) -> Mark:
        next(reads)  # an error after ten reads
        return marks[paper]

    assert session._entries.owner(rivers, mark) == rivers
    assert session._entries.owner(rivers, {**marks, mills: Mark()}.__getitem__) == mills


def test_an_unknown_paper_is_an_error(session: Session) -> None:
    with pytest.raises(KeyError):
        session.entry("0000000000")


def test_a_correction_is_seen_and_the_paper_of_the_sources_kept(session: Session) -> None:
    rivers = by_word(session, "rivers")
    session.curation.correct(rivers, {"title": "Streams Under Glass"})
    entry = session.entry(rivers)
    assert entry.paper.title == "Streams Under Glass"
    assert session.find("streams").ids == (rivers,)
    session.edits.undo()
    assert session.entry(rivers).paper.title == "Rivers Under Glass"
    assert session.find("streams").ids == ()


def test_a_merged_paper_leaves_the_list_and_completes_the_other(session: Session) -> None:
    rivers, harbours, mills = by_word(session, "rivers"), by_word(session, "harbours"), by_word(session, "mills")
    session.edits.mark([harbours], Edit(add_tags=("lamps",)))
    session.curation.merge(rivers, harbours)
    assert set(session.ids()) == {rivers, mills}
    whole = session.entry(rivers)
    assert whole.paper.title == "Rivers Under Glass"
    assert whole.paper.links == ("https://papers.example/2",)
    assert whole.mark.tags == ("lamps",)
    assert session.find("has:link").ids == (rivers,)
    session.edits.undo()
    assert set(session.ids()) == {rivers, harbours, mills}
    assert session.entry(rivers).paper.links == ()
    assert session.entry(harbours).mark.tags == ("lamps",)


def test_papers_merged_in_a_chain_are_all_in_the_last_one(session: Session) -> None:
    rivers, harbours, mills = by_word(session, "rivers"), by_word(session, "harbours"), by_word(session, "mills")
    session.curation.merge(harbours, rivers)
    session.curation.merge(mills, harbours)
    assert session.ids() == (mills,)
    whole = session.entry(mills).paper
    assert (whole.authors, whole.links, str(whole.date)) == (
        ("Ida Moor",),
        ("https://papers.example/2",),
        "2023-09-30",
    )
    session.edits.mark([rivers], Edit(note="goes to the whole"))
    assert session.entry(mills).mark.note == "goes to the whole"
    for left in ({mills}, {mills, harbours}, {mills, harbours, rivers}):
        assert set(session.ids()) == left
        if left == {mills}:
            session.edits.undo()
        session.edits.undo()
