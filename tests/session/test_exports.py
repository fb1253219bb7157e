"""Exports: pinned citation keys, the same text from both front ends, files that are never overwritten by accident."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.errors import NothingMatchedError, UsageError, WriteError
from tui.session.choices import export_formats
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
    before = session.exports.citation_keys()[rivers]
    text = session.exports.export([rivers], "bibtex").text
    assert before in text
    session.curation.correct(rivers, {"title": "Streams", "authors": "Zoe Young"})
    assert session.exports.citation_keys()[rivers] == before
    assert before in session.exports.export([rivers], "bibtex").text
    with closing(Session.open(home)) as other:
        assert other.exports.citation_keys()[rivers] == before
    assert [change.label for change in session.edits.history()] == ["correct title, authors: Rivers Under Glass"]


def test_a_key_that_was_only_previewed_follows_the_paper(session: Session) -> None:
    rivers = by_word(session, "rivers")
    before = session.exports.citation_keys()[rivers]
    assert before in session.exports.preview([rivers], "bibtex")
    session.curation.correct(rivers, {"authors": "Zoe Young"})
    assert session.exports.citation_keys()[rivers] != before


def test_a_key_that_another_program_pinned_meanwhile_is_used(session: Session, home: Paths) -> None:
    rivers = by_word(session, "rivers")
    usual = session.exports.citation_keys()[rivers]
    with closing(Session.open(home)) as other:
        other.curation.correct(rivers, {"authors": "Zoe Young"})
        theirs = other.exports.citation_keys()[rivers]
        assert theirs != usual
        assert theirs in other.exports.export([rivers], "bibtex").text
    assert theirs in session.exports.export([rivers], "bibtex").text


def test_a_format_without_keys_pins_none(session: Session) -> None:
    session.exports.export(session.ids(), "csv")
    assert all(session.entry(paper_id).mark.citation_key is None for paper_id in session.ids())


def test_papers_are_written_in_the_given_order(session: Session) -> None:
    ids = session.ids()[::-1]
    export = session.exports.export(ids, "json")
    assert [record["id"] for record in json.loads(export.text)] == list(ids)
    assert (export.papers, export.suffix) == (3, ".json")


def test_a_split_export_is_a_folder_of_one_file_a_paper(session: Session, tmp_path: Path) -> None:
    export = session.exports.export(session.ids(), "markdown", ExportOptions(split=True))
    assert len(export.files) == 3
    session.exports.save(export, tmp_path / "notes", force=False)
    assert {path.name for path in (tmp_path / "notes").iterdir()} == set(export.files)
    rivers = next(text for text in export.files.values() if "Rivers Under Glass" in text)
    assert "Harbours" not in rivers


@pytest.mark.parametrize(("name", "options"), [("nosuch", ExportOptions()), ("csv", ExportOptions(split=True))])
def test_an_unknown_format_or_option_is_refused(session: Session, name: str, options: ExportOptions) -> None:
    with pytest.raises(UsageError):
        session.exports.export(session.ids(), name, options)


def test_progress_ends_where_it_said(session: Session) -> None:
    steps: list[tuple[int, int]] = []
    prepared = session.exports.prepare(session.ids(), "ris")
    prepared.render(lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[-1] == (6, 6)


def test_a_preview_has_the_first_papers(session: Session) -> None:
    preview = session.exports.preview([*session.ids(), *session.ids()], "ris")
    assert preview.count("ER  -") == 3
    assert preview == session.exports.export(session.ids(), "ris").text


def test_the_clipboard_gets_one_part_of_a_paper(session: Session) -> None:
    harbours, mills = by_word(session, "harbours"), by_word(session, "mills")
    citation = session.exports.copy_text([mills], "citation")[0]
    assert "Mills of the North" in citation
    assert not citation.endswith("\n")
    assert session.exports.copy_text([harbours], "link")[0] == "https://papers.example/2"
    with pytest.raises(NothingMatchedError, match="has no link"):
        session.exports.copy_text([mills], "link")


def test_copied_citation_keys_are_pinned(session: Session) -> None:
    ids = [by_word(session, "mills"), by_word(session, "harbours")]
    text, warnings = session.exports.copy_text(ids, r"\cite")
    keys = [session.entry(paper_id).mark.citation_key for paper_id in ids]
    assert None not in keys
    assert text == f"\\cite{{{keys[0]},{keys[1]}}}"
    assert session.exports.copy_text(ids, "citation key") == (f"{keys[0]}\n{keys[1]}", ())
    assert session.exports.copy_text(ids[:1], "citation key") == (keys[0], ())
    assert session.exports.copy_text(ids[:1], "bibtex")[0].splitlines()[0].endswith(f"{{{keys[0]},")
    assert warnings == ()


def test_a_citation_key_that_cannot_be_pinned_is_copied_with_a_warning(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise WriteError("the disk is full")

    monkeypatch.setattr("tui.store.history.ChangeHistory.commit", fail)
    text, warnings = session.exports.copy_text([by_word(session, "mills")], "citation key")
    assert text.isascii()
    assert [str(each) for each in warnings] == ["citation keys could not be pinned: the disk is full"]


def test_a_suffix_names_its_format() -> None:
    assert format_of(".bib") == "bibtex"
    assert format_of(".nosuch") == ""
    assert styles()
    assert {name for name, _ in export_formats()} >= {"bibtex", "ris", "json", "markdown"}


def test_a_record_has_its_citation_key(session: Session) -> None:
    rivers = by_word(session, "rivers")
    record = session.exports.record(rivers)
    assert record["id"] == rivers
    assert session.exports.citation_keys()[rivers] in record.values()
