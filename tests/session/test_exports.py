"""Exports: pinned citation keys, the same text from both front ends, files that are never overwritten by accident."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.errors import NothingMatchedError, UsageError
from tui.session.exports import ExportOptions, format_of, styles
from tui.session.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from tui.paths import Paths


def by_word(session: Session, word: str) -> str:
    (found,) = session.find(word).ids
    return found


def test_a_key_that_was_exported_stays_whatever_happens_to_the_paper(session: Session, home: Paths) -> None:
    rivers = by_word(session, "rivers")
    before = session.citation_keys()[rivers]
    text = session.export([rivers], "bibtex").text
    assert before in text
    session.curation.correct(rivers, {"title": "Streams", "authors": "Zoe Young"})
    assert session.citation_keys()[rivers] == before
    assert before in session.export([rivers], "bibtex").text
    with closing(Session.open(home)) as other:
        assert other.citation_keys()[rivers] == before
    assert [change.label for change in session.history()] == ["correct title, authors: Rivers Under Glass"]


def test_a_key_that_was_only_previewed_follows_the_paper(session: Session) -> None:
    rivers = by_word(session, "rivers")
    before = session.citation_keys()[rivers]
    assert before in session.export_preview([rivers], "bibtex")
    session.curation.correct(rivers, {"authors": "Zoe Young"})
    assert session.citation_keys()[rivers] != before


def test_a_key_that_another_program_pinned_meanwhile_is_used(session: Session, home: Paths) -> None:
    rivers = by_word(session, "rivers")
    usual = session.citation_keys()[rivers]
    with closing(Session.open(home)) as other:
        other.curation.correct(rivers, {"authors": "Zoe Young"})
        theirs = other.citation_keys()[rivers]
        assert theirs != usual
        assert theirs in other.export([rivers], "bibtex").text
    assert theirs in session.export([rivers], "bibtex").text


def test_a_format_without_keys_pins_none(session: Session) -> None:
    session.export(session.ids(), "csv")
    assert all(session.entry(paper_id).mark.citation_key is None for paper_id in session.ids())


def test_papers_are_written_in_the_given_order(session: Session) -> None:
    ids = session.ids()[::-1]
    export = session.export(ids, "json")
    assert [record["id"] for record in json.loads(export.text)] == list(ids)
    assert (export.papers, export.suffix) == (3, ".json")


def test_a_split_export_is_a_folder_of_one_file_a_paper(session: Session, tmp_path: Path) -> None:
    export = session.export(session.ids(), "markdown", ExportOptions(split=True))
    assert len(export.files) == 3
    session.save(export, tmp_path / "notes", force=False)
    assert {path.name for path in (tmp_path / "notes").iterdir()} == set(export.files)
    rivers = next(text for text in export.files.values() if "Rivers Under Glass" in text)
    assert "Harbours" not in rivers


@pytest.mark.parametrize(("name", "options"), [("nosuch", ExportOptions()), ("csv", ExportOptions(split=True))])
def test_an_unknown_format_or_option_is_refused(session: Session, name: str, options: ExportOptions) -> None:
    with pytest.raises(UsageError):
        session.export(session.ids(), name, options)


def test_progress_ends_where_it_said(session: Session) -> None:
    steps: list[tuple[int, int]] = []
    prepared = session.begin_export(session.ids(), "ris")
    prepared.render(lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[-1] == (6, 6)


def test_a_preview_has_the_first_papers(session: Session) -> None:
    preview = session.export_preview([*session.ids(), *session.ids()], "ris")
    assert preview.count("ER  -") == 3
    assert preview == session.export(session.ids(), "ris").text


def test_the_clipboard_gets_one_part_of_a_paper(session: Session) -> None:
    harbours, mills = by_word(session, "harbours"), by_word(session, "mills")
    citation = session.copy_text(mills, "citation")
    assert "Mills of the North" in citation
    assert not citation.endswith("\n")
    assert session.copy_text(harbours, "link") == "https://papers.example/2"
    with pytest.raises(NothingMatchedError, match="has no link"):
        session.copy_text(mills, "link")


def test_a_suffix_names_its_format(session: Session) -> None:
    assert format_of(".bib") == "bibtex"
    assert format_of(".nosuch") == ""
    assert styles()
    assert {name for name, _ in session.formats()} >= {"bibtex", "ris", "json", "markdown"}


def test_a_record_has_its_citation_key(session: Session) -> None:
    rivers = by_word(session, "rivers")
    record = session.record(rivers)
    assert record["id"] == rivers
    assert session.citation_keys()[rivers] in record.values()
