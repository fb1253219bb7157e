"""Tagged formats are parsed, and unsupported formats are detected, never parsed as titles and abstracts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source

if TYPE_CHECKING:
    from tui.ingest.record import ParseResult, Record

MEDLINE = """\
PMID- 30689646
OWN - NLM
DP  - 2019 Jan 28
TI  - Ecosystem services changes between 2000 and 2015 in the Loess Plateau, China: A
      response to ecological restoration.
LID - e0209483 [pii]
LID - 10.1371/journal.pone.0209483 [doi]
AB  - The Loess Plateau is one of the most severe soil
      and water loss areas in the world.
FAU - Wu, Dan
AU  - Wu D
FAU - van Raaij, M J
AU  - van Raaij MJ
CN  - Plateau Group
OT  - soil
MH  - *Rivers/chemistry

PMID- 8692918
TI  - Another one?
DP  - 1996 Jul-Aug
AU  - Smith T
"""
ERIC = "\nOWN - ERIC\nTI  - First paper\nAU  - Smith, Tom\n\nOWN - ERIC\nTI  - Second paper\nAU  - Poe, Cy\n"
REFWORKS = """\
Refworks Export Tagged Format
Character Set=utf-8

RT Book, Section
A1 Stansfeld,Stephen
A1 Fuhrer,Rebecca
T1 Depression and coronary heart disease
YR 2002
K1 Etiology
AB A first paragraph.

A second one.
NO Mine
DO 10.1000/x

RT Journal Article
A1 Gilbert,Paul
T1 Anger
FD Jan 5 1999
"""
REFER = """\
%0 Journal Article
%A 余敏
%A Calvino, Italo
%T 参考文献管理工具研究
%J 现代情报
%@ 1008-0821
%D 2009
%8 January 5
%K libraries
%X 介绍了参考文献管理
%U http://d.example.com/x
%R 10.3969/j.issn.1008-0821.2009.02.027

%0 Book
%T Usynlige byer
%D 1982
"""
WEB_OF_SCIENCE = """\
FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Reis, BP
   Martins, SV
AF Reis, Bruna Paolinelli
   Martins, Sebastiao Venancio
TI Forest restoration monitoring through
   digital processing
PY 2019
PD FEB 15
DI 10.1016/j.ecoleng.2018.10.022
ER

EF
"""


def taken(text: str | bytes) -> ParseResult:
    return parse_source(decode_source("x.any", text.encode() if isinstance(text, str) else text))


def short(draft: Record) -> tuple[str | None, tuple[str, ...], str]:
    return draft.title, draft.authors, str(draft.date or "")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_pubmed_is_parsed(mark: str) -> None:
    first, second = taken(mark + MEDLINE).records
    title = "Ecosystem services changes between 2000 and 2015 in the Loess Plateau, China: A response to"
    assert short(first) == (
        f"{title} ecological restoration",
        ("Dan Wu", "M J van Raaij", "Plateau Group"),
        "2019-01-28",
    )
    assert first.abstract == "The Loess Plateau is one of the most severe soil and water loss areas in the world."
    assert (first.doi, first.links, first.keywords) == (
        "10.1371/journal.pone.0209483",
        (),
        ("soil", "Rivers/chemistry"),
    )
    assert short(second) == ("Another one?", ("T. Smith",), "1996-07")
    assert taken(MEDLINE).diagnostics == ()


@pytest.mark.parametrize("first", ["Reed, I", "Port Society"])
def test_the_editors_of_a_book_stand_on_a_line_each_in_web_of_science(first: str) -> None:
    text = WEB_OF_SCIENCE.replace("PT J", "PT B").replace("TI ", f"BE {first}\n   Moor, E\nTI ")
    (record,) = taken(text).records
    assert record.publication.editors == ("I Reed" if "," in first else first, "E Moor")


def test_a_long_name_of_an_editor_goes_on_on_the_next_line_of_ris() -> None:
    text = "TY  - CHAP\nTI  - Masts\nED  - International Society of Harbour Masters\n      and Pilots\nER  - \n"
    (record,) = taken(text).records
    assert record.publication.editors == ("International Society of Harbour Masters and Pilots",)


def test_empty_lines_separate_records_without_a_start_tag() -> None:
    reading = taken(ERIC)
    assert [short(draft) for draft in reading.records] == [
        ("First paper", ("Tom Smith",), ""),
        ("Second paper", ("Cy Poe",), ""),
    ]
    assert reading.diagnostics == ()


def test_refworks_is_parsed() -> None:
    reading = taken(REFWORKS)
    first, second = reading.records
    assert short(first) == (
        "Depression and coronary heart disease",
        ("Stephen Stansfeld", "Rebecca Fuhrer"),
        "2002",
    )
    assert first.abstract == "A first paragraph. A second one."
    assert (first.doi, first.keywords, first.mark and first.mark.note) == ("10.1000/x", ("Etiology",), "Mine")
    assert short(second) == ("Anger", ("Paul Gilbert",), "1999-01-05")
    assert reading.diagnostics == ()


def test_endnote_is_parsed() -> None:
    reading = taken(REFER)
    first, second = reading.records
    assert short(first) == ("参考文献管理工具研究", ("余敏", "Italo Calvino"), "2009-01-05")
    assert (first.doi, first.links) == ("10.3969/j.issn.1008-0821.2009.02.027", ("http://d.example.com/x",))
    assert (first.abstract, first.keywords) == ("介绍了参考文献管理", ("libraries",))
    assert short(second) == ("Usynlige byer", (), "1982")
    assert reading.diagnostics == ()


def test_web_of_science_gives_names_in_full_and_the_day() -> None:
    reading = taken(WEB_OF_SCIENCE)
    (draft,) = reading.records
    assert short(draft) == (
        "Forest restoration monitoring through digital processing",
        ("Bruna Paolinelli Reis", "Sebastiao Venancio Martins"),
        "2019-02-15",
    )
    assert reading.diagnostics == ()


def test_lines_around_the_records_of_a_database_are_ignored() -> None:
    text = 'Provider: JSTOR http://www.jstor.org\nDatabase: JSTOR\nContent: text/plain; charset="UTF-8"\n\n'
    record = "TY  - JOUR\nTI  - A paper\nER  - \n"
    assert taken(text + record + "\nRecord #2 of 2\n" + record + "2.\n").diagnostics == ()
    reading = taken(f"{record}NL  - J Pap\nWhatever this is.\n\n{record}")
    assert len(reading.records) == 2
    assert [(problem.line, problem.records) for problem in reading.diagnostics] == [(4, 0)]


def test_a_record_without_its_first_line_is_imported() -> None:
    reading = taken(
        "C1  - 1001\nAU  - Foo, Damien\nTI  - Smoke\nER  - \n\nTI  - Fire\nTY  - JOUR\nTI  - Ash\nER  -\n"
    )
    assert [draft.title for draft in reading.records] == ["Smoke", "Fire", "Ash"]
    assert [(problem.line, problem.repaired, problem.reason) for problem in reading.diagnostics] == [
        (1, True, "record repaired: its first line, TY, is missing"),
        (6, True, "record repaired: its first line, TY, is missing; its end is missing"),
    ]


@pytest.mark.parametrize(
    ("tags", "authors"),
    [
        (("AU", "AU", "A1"), ("Ann A", "Bo B")),
        (("A1", "AU", "AU"), ("Ann A", "Bo B", "Cy C")),
        (("A1", "A1", "A1"), ("Ann A", "Bo B", "Cy C")),
    ],
)
def test_first_authors_are_first(tags: tuple[str, ...], authors: tuple[str, ...]) -> None:
    names = ("A, Ann", "B, Bo", "C, Cy")
    lines = "".join(f"{tag}  - {name}\n" for tag, name in zip(tags, names, strict=True))
    (draft,) = taken(f"TY  - JOUR\nTI  - A paper\n{lines}ER  - \n").records
    assert draft.authors == authors


@pytest.mark.parametrize(
    "item",
    [
        {"id": "ITEM-1", "title": "Book A", "type": "book"},
        {"id": "ITEM-1", "issued": {"year": "1910"}, "title": "Book A"},
        {"title": "Book A", "type": "book"},
    ],
)
def test_few_keys_are_enough_for_csl(item: dict[str, object]) -> None:
    reading = taken(json.dumps([item, item], indent=4))
    assert [draft.title for draft in reading.records] == ["Book A", "Book A"]
    assert reading.diagnostics == ()


@pytest.mark.parametrize("parts", [[-100, 7, 13], ["-2012", 13], [-44]])
def test_a_bce_date_is_left_out_and_reported(parts: list[object]) -> None:
    item = {"type": "book", "title": "Old", "issued": {"date-parts": [parts]}}
    reading = taken(json.dumps([item]))
    assert [draft.date for draft in reading.records] == [None]
    assert [problem.repaired for problem in reading.diagnostics] == [True]
    assert "is BCE" in reading.diagnostics[0].reason


@pytest.mark.parametrize(
    "record",
    [
        "@book{a, title = {Old}, year = {-44}}", "@book{a, title = {Old}, year = {44 BC}, month = mar}",
        "@book{a, title = {Old}, year = {-0044}}", "@book{a, title = {Old}, date = {-0043-03-15/-0043}}",
        "TY  - BOOK\nTI  - Old\nPY  - -44\nER  - \n", "TY  - BOOK\nTI  - Old\nPY  - 44 B.C.\nER  - \n",
        "TY  - BOOK\nTI  - Old\nDA  - -0044/03/15\nER  - \n",
    ],
)  # fmt: skip
def test_a_bce_year_is_not_mistaken_for_another(record: str) -> None:
    (draft,), (problem,) = (reading := taken(record)).records, reading.diagnostics
    assert draft.date is None
    assert problem.repaired
    assert "is BCE" in problem.reason


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<?xml version="1.0"?>\n<xml><records>\n<title>Some title here</title>\n', "XML"),
        ("<!DOCTYPE html>\n<html>\n<body>A paper of some length on a page\n", "XML"),
        ("<dim>\n<field>A title of a paper</field>\n<field>Anna Berg</field>\n</dim>\n", "XML"),
        ('{"itemType": "book", "creators": [],\n "title": "A book"}\n', "JSON"),
        ('[\n{"doi": "10.5/x",\n"titles": [{"title": "A book"}]}\n]\n', "JSON"),
        ('{"a": [1, 2,\n3], "b": "words of some length that read like an abstract of a paper"}', "JSON"),
        ("[" * 100_000, "JSON"),
        ("VN  - Ovid Technologies\nDB  - Journals\nAN  - 63-7578\nAU  - Lefkowitz, Rafael\nSO  - x\n", "tagged"),
        ("%PDF-1.4\n%âãÏÓ\n1 0 obj\n", "PDF"),
        ("PK\x03\x04 and so on\nand on\n", "data"),
        ("SQLite format 3\0 and so on\n", "data"),
    ],
)
def test_unsupported_formats_are_detected(text: str, what: str) -> None:
    reading = taken(text)
    assert reading.records == ()
    (problem,) = reading.diagnostics
    assert what in problem.reason
    assert not problem.repaired
    assert problem.hint


@pytest.mark.parametrize(
    "title", ["[Re] Reproducing a Result", "<think> Tokens Considered Harmful", "{GPT}s at Work", "%0 Loss Training"]
)
def test_a_title_may_start_with_a_symbol(title: str) -> None:
    abstract = "We present a method that learns to map images to text, and show that it works well in practice. "
    reading = taken(f"{title}\n{abstract * 2}\nA Second Title\n{abstract.replace('images', 'sounds') * 2}\n")
    assert [draft.title for draft in reading.records] == [title, "A Second Title"]
