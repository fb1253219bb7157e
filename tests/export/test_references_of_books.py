"""References to books and their parts: editors, pages and the case of terms, where the processor needs help."""

from __future__ import annotations

import time

import pytest

from tui.export.export_options import ExportOptions
from tui.export.formats import resolve_format
from tui.ingest.merge_records import merge_records
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED

BOOK = "@book{b, title = {Book of Moss}, editor = {Moor, Eva}, translator = {Low, Al}, year = 2001, publisher = {P}}"
PART = "@incollection{p, title = {On Reeds}, author = {Fen, Bo}, booktitle = {Moss}, editor = {Moor, Eva and Reed, Ida}, year = 2001, pages = {%s}}"


def reference(text: str, style: str) -> str:
    (record,) = parse_source(decode_source("x.bib", text.encode())).records
    entry = Entry(merge_records([record], "0123456789", (), ""), UNTOUCHED)
    return "".join(resolve_format("references", ExportOptions(style=style)).write([entry], {})).strip()


@pytest.mark.parametrize(
    "style",
    ["apa", "ieee", "chicago-author-date", "modern-language-association", "vancouver", "harvard-cite-them-right"],
)
def test_editors_in_place_of_authors_are_printed_once(style: str) -> None:
    line = reference(BOOK, style)
    assert line.count("Moor") == 1
    assert reference(PART % "1--10", style).count("Moor") == 1


def test_translators_are_printed_beside_editors_in_place_of_authors() -> None:
    assert reference(BOOK, "apa") == "Moor, E. (Ed.). (2001). Book of Moss (A. Low, Trans.). P."


def test_terms_have_the_case_of_the_style() -> None:
    assert "E. Moor & I. Reed (Eds.)" in reference(PART % "1--10", "apa")
    assert "Moor, E. (ed.)" in reference(BOOK, "harvard-cite-them-right")


@pytest.mark.parametrize(
    ("pages", "printed"),
    [
        ("1--10", "1–10"),
        ("9--11", "9–11"),
        ("99--101", "99–101"),
        ("321--328", "321–8"),
        ("321--328, 7", "321–8, 7"),
        ("e5", "e5"),
    ],
)
def test_pages_are_shortened_only_where_that_is_clear(pages: str, printed: str) -> None:
    assert f"p. {printed}" in reference(PART % pages, "vancouver")


def test_numbering_takes_time_in_proportion() -> None:
    processor = pytest.importorskip("tui.export.citation_processor")
    contents = b"""<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
    <info><title>Own</title><id>own</id></info><citation><layout><text variable="title"/></layout></citation>
    <bibliography><layout><text variable="citation-number" suffix=" "/><text variable="title"/></layout></bibliography>
    </style>"""
    style = processor.Style(contents, "own")

    def spent(count: int) -> float:
        items = [{"id": str(number), "type": "book", "title": f"Moss {number}"} for number in range(count)]
        start = time.process_time()
        lines = list(style.references(items))
        assert lines[-1] == f"{count} Moss {count - 1}"
        return time.process_time() - start

    spent(100)
    assert spent(6_000) < 6 * spent(2_000)  # 3 times as many; what is quadratic takes 9 times as long
