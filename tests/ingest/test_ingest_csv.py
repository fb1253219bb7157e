"""The tables of Zotero and of readlist itself are read; every other table is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ingest import listing_samples as samples
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source

if TYPE_CHECKING:
    from tui.ingest.record import ParseResult


def reading(text: str) -> ParseResult:
    return parse_source(decode_source("table.csv", text.encode()))


def test_zoteros_table_is_read() -> None:
    result = reading(samples.ZOTERO)
    first, second = result.records
    assert first.title == "Harbours at night"
    assert first.authors == ("Eva Moor", "Ida van der Reed", "Port Collaboration")
    assert (str(first.date), first.doi, first.eprint) == ("2020-03-17", "10.5555/csv.1", "2003.08101")
    assert first.abstract == "We looked at harbours, and\nthey shone."
    assert first.keywords == ("to-read", "harbours")
    assert first.mark is not None
    assert first.mark.citation_key == "moor2020"
    assert first.links == ("https://example.org/csv1",)
    assert (first.publication.type, first.publication.container_title) == ("article-journal", "Journal of Ports")
    assert second.publication.type == "article"
    assert (first.source.line, second.source.line) == (2, 6)
    assert second.title == 'On moss "and" men'
    assert (second.eprint, str(second.date)) == ("2101.00077", "2021")
    assert second.mark is not None
    assert second.mark.note == "my note"


def test_a_row_of_another_length_loses_only_itself() -> None:
    broken = samples.ZOTERO + '"X","journalArticle","2020"\n'
    result = reading(broken)
    assert len(result.records) == 2
    problem = result.diagnostics[-1]
    assert problem.reason == "this row has 3 cells instead of 17 and was not imported"
    assert problem.line == 7


def test_semicolons_as_delimiters_are_recognised() -> None:
    text = "Key;Item Type;Publication Year;Author;Title\nA;journalArticle;2020;Moor, Eva;Harbours\n"
    (record,) = reading(text).records
    assert (record.title, record.authors, str(record.date)) == ("Harbours", ("Eva Moor",), "2020")


def test_a_cut_table_gives_the_rows_before_the_cut() -> None:
    result = reading(samples.ZOTERO[: samples.ZOTERO.index("IJKL9012") + 40])
    assert [record.title for record in result.records] == ["Harbours at night"]
    assert result.diagnostics


def test_our_own_table_with_escaped_cells_is_read() -> None:
    text = (
        "id,citation_key,title,authors,date,year,category,status,starred,tags,note,links,has_code,abstract,"
        "authors_truncated,affiliation,eprint,doi,snoozed_until,added,read_at\r\n"
        "0123456789,moor2020,'=1+1 Harbours,Eva Moor; Ida Reed,2020-03,2020,cs.GR,reading,true,sea Vision/3D,"
        '"a note, with\nlines",https://example.org/1 https://example.org/2,true,We render.,true,Port,2003.08101,'
        "10.5555/p1,,2026-01-01T00:00:00Z,\r\n"
    )
    (record,) = reading(text).records
    assert record.title == "=1+1 Harbours"
    assert record.authors == ("Eva Moor", "Ida Reed")
    assert record.authors_truncated
    assert record.has_code
    assert (str(record.date), record.category, record.eprint, record.doi) == (
        "2020-03",
        "cs.GR",
        "2003.08101",
        "10.5555/p1",
    )
    assert record.links == ("https://example.org/1", "https://example.org/2")
    assert record.id == "0123456789"
    assert record.mark is not None
    mark = record.mark
    assert (str(mark.status), mark.starred, mark.tags, mark.note, mark.citation_key) == (
        "reading", True, ("sea", "Vision/3D"), "a note, with\nlines", "moor2020",
    )  # fmt: skip


def test_our_own_columns_of_a_publication_are_read() -> None:
    text = (
        "id,title,authors,eprint,status,starred,tags,abstract,note,type,container_title,pages,isbn,editors,source_note\r\n"
        "0123456789,Harbours,Eva Moor,,read,false,,,mine,article-journal,J. Ports,3–9,,Ida Reed; Bo Fen,12 pages\r\n"
        "0123456780,Reeds,Eva Moor,,unread,false,,,,no type,,,,,\r\n"
    )
    result = reading(text)
    first, second = result.records
    found = first.publication
    assert (found.type, found.container_title, found.pages, found.note) == (
        "article-journal",
        "J. Ports",
        "3–9",
        "12 pages",
    )
    assert found.editors == ("Ida Reed", "Bo Fen")
    assert first.mark is not None
    assert first.mark.note == "mine"
    assert second.publication.type is None
    (problem,) = result.diagnostics
    assert "the column type was ignored" in problem.reason


def test_tables_of_other_programs_are_refused() -> None:
    result = reading('"Item","Author","Title","Year"\n"A1","Moor, Eva","Harbours at Night","2020"\n')
    assert result.records == ()
    assert "table" in result.diagnostics[0].reason


@pytest.mark.parametrize("end", ["", "\n", "\r\n\r\n"])
@pytest.mark.parametrize(
    "header",
    [
        "id,title,authors,eprint,status,starred,tags,abstract",
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","Abstract Note"',
    ],
)
def test_a_table_without_rows_is_reported(header: str, end: str) -> None:
    found = reading(header + end)
    assert found.records == ()
    (diagnostic,) = found.diagnostics
    assert (diagnostic.line, diagnostic.reason) == (1, "this table has a header but no rows")
