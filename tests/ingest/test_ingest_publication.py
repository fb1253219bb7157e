"""Every field of a source has its place in the publication, or is kept verbatim."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
from tui.model.publication import Publication, encode_publication


def published(text: str, name: str = "x.any") -> Publication:
    """The publication of the only record of a source."""
    (record,) = parse_source(decode_source(name, text.encode())).records
    return record.publication


def fields_of(text: str) -> dict[str, Any]:
    return encode_publication(published(text))


@pytest.mark.parametrize(
    ("kind", "name", "kept"),
    [
        ("article", "article-journal", False),
        ("inproceedings", "paper-conference", False),
        ("conference", "paper-conference", True),
        ("book", "book", False),
        ("mvbook", "book", True),
        ("proceedings", "book", True),
        ("incollection", "chapter", False),
        ("inbook", "chapter", True),
        ("phdthesis", "thesis", True),
        ("mastersthesis", "thesis", True),
        ("thesis", "thesis", False),
        ("techreport", "report", True),
        ("manual", "book", True),
        ("unpublished", "manuscript", False),
        ("misc", "document", False),
        ("online", "webpage", True),  # exports write it only for papers with a link
        ("dataset", "dataset", False),
        ("software", "software", False),
        ("inreference", "entry-encyclopedia", False),
        ("patent", "patent", False),
        ("mooncake", "document", True),
    ],
)
def test_the_type_of_an_entry_is_known_and_its_own_name_kept_where_it_says_more(
    kind: str, name: str, kept: bool
) -> None:
    found = published(f"@{kind}{{k, title = {{Dunes}}, author = {{Moor, Bea}}}}")
    assert found.type == name
    assert found.extra == ((("bibtex", "entry type", kind),) if kept else ())


def test_an_article_of_bibtex() -> None:
    assert fields_of(
        """@article{k, title = {Dunes}, journal = {Sand \\& Wind}, volume = 12, number = {3}, pages = {45--67},
        eid = {e7}, issn = {1234-5678, 8765-432X}, pmid = {123}, pmcid = {PMC45}, language = {english},
        shortjournal = {S. W.}, publisher = "ACME" # { Press}, note = {In \\emph{press}}, urldate = {2020-02-03},
        keywords = {sand, wind}, mrnumber = {MR12 {x}}, file = {Full text:papers/dunes.pdf:application/pdf}}"""
    ) == {
        "type": "article-journal",
        "container_title": "Sand & Wind",
        "container_short": "S. W.",
        "volume": "12",
        "issue": "3",
        "article_number": "e7",
        "pages": "45–67",
        "publisher": "ACME Press",
        "issn": ["1234-5678", "8765-432X"],
        "pmid": "123",
        "pmcid": "PMC45",
        "language": "english",
        "note": "In press",
        "accessed": "2020-02-03",
        "keywords": ["sand", "wind"],
        "files": ["papers/dunes.pdf"],
        "extra": [
            ["bibtex", "mrnumber", "MR12 {x}"],
            ["bibtex", "file", "Full text:papers/dunes.pdf:application/pdf"],
        ],
    }


def test_a_conference_paper_inherits_from_its_proceedings() -> None:
    text = """@inproceedings{k, crossref = {p}, title = {Dunes}, author = {Moor, Bea}, pages = {1--2}}
    @proceedings{p, title = {Proceedings of Sand}, subtitle = {Volume One}, editor = {Kern, Paul and others},
        series = {LNCS}, number = {7}, publisher = {ACME}, address = {Oslo}, isbn = {978-3-16-148410-0},
        organization = {Sand Society}, timestamp = {now}}"""
    child, parent = (record.publication for record in parse_source(decode_source("x", text.encode())).records)
    assert encode_publication(child) == {
        "type": "paper-conference",
        "container_title": "Proceedings of Sand: Volume One",
        "series": "LNCS",
        "series_number": "7",
        "pages": "1–2",
        "publisher": "ACME",
        "place": "Oslo",
        "organization": "Sand Society",
        "isbn": ["978-3-16-148410-0"],
        "editors": ["Paul Kern", "et al."],
    }
    assert ("bibtex", "timestamp", "now") in parent.extra


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("@phdthesis{k, school = {MIT}, ", {"genre": "PhD thesis", "institution": "MIT"}),
        ("@thesis{k, type = {mathesis}, institution = {MIT}, ", {"genre": "Master's thesis", "institution": "MIT"}),
        ("@mastersthesis{k, type = {Diplom}, ", {"genre": "Diplom", "extra": [["bibtex", "entry type", "mastersthesis"]]}),
        ("@techreport{k, number = {TR-7}, type = {Memo}, ", {"number": "TR-7", "genre": "Memo"}),
        ("@misc{k, eprint = {2310.07240}, archiveprefix = {arXiv}, ", {"type": "article"}),
        (
            "@misc{k, eprint = {2310.07240v2}, eprinttype = {arxiv}, ",
            {"type": "article", "extra": [["bibtex", "entry type", "misc"], ["bibtex", "eprint", "2310.07240v2"]]},
        ),
        (
            "@misc{k, eprint = {hal-1}, eprinttype = {hal}, ",
            {"extra": [["bibtex", "eprint", "hal-1"], ["bibtex", "eprinttype", "hal"]]},
        ),
        ("@misc{k, date = {2010/2012}, ", {"extra": [["bibtex", "date", "2010/2012"]]}),
        ("@misc{k, year = {0000}, ", {"extra": [["bibtex", "year", "0000"]]}),
        ("@misc{k, month = sep, ", {"extra": [["bibtex", "month", "sep"]]}),
        ("@misc{k, doi = {10.1.1.294}, ", {"extra": [["bibtex", "doi", "10.1.1.294"]]}),
        ("@misc{k, readstatus = {later}, ", {"extra": [["bibtex", "readstatus", "later"]]}),
        ("@misc{k, readstatus = {read}, ", {}),
        ("@misc{k, year = {in press}, ", {"extra": [["bibtex", "year", "in press"]]}),
        ("@misc{k, year = 2001, month = 1 # {--} # feb, ", {"extra": [["bibtex", "month", "1--feb"]]}),
        ("@misc{k, year = 2001, month = feb, day = 3, ", {}),
        ("@misc{k, url = {dunes.pdf}, ", {"extra": [["bibtex", "url", "dunes.pdf"]]}),
        ("@misc{k, url = {https://x.org/dunes}, ", {}),
        ("@book{k, address = {Oslo}, location = {Bergen}, ", {"place": "Oslo", "extra": [["bibtex", "location", "Bergen"]]}),
        ("@book{k, pages = {A-1--A-9}, ", {"pages": "A-1–A-9"}),
        ("@book{k, translator = {Li, Bo}, foreword = {Poe, Cy}, ", {"translators": ["Bo Li"], "contributors": [["foreword", "Cy Poe"]]}),
        ("@article{k, journal = {CoRR}, volume = {abs/1}, ", {"type": "article", "volume": "abs/1"}),
    ],
)  # fmt: skip
def test_fields_of_entries(fields: str, expected: dict[str, Any]) -> None:
    found = fields_of(f"{fields}title = {{Dunes}}, author = {{Moor, Bea}}}}")
    assert {name: value for name, value in found.items() if name in expected} == expected
    assert (
        not expected.keys()
        or "extra" in expected
        or [row for row in found.get("extra", ()) if row[1] != "entry type"] == []
    )


def test_a_record_of_ris() -> None:
    text = (
        "TY  - CPAPER\nAU  - Moor, Bea\nTI  - Dunes\nT2  - Proceedings of Sand\nJ2  - Proc. S.\nA2  - Kern, Paul\n"
        "A4  - Li, Bo\nVL  - 3\nSP  - 5\nEP  - 9\nPB  - ACME\nCY  - Oslo\nSN  - 978-3-16-148410-0\nET  - 2\nLA  - en\n"
        "Y2  - 2020/02/03/\nL1  - dunes.pdf\nC1  - Room 4\nAN  - 77\nDB  - Base\nKW  - sand\nPY  - 2019/05//\nER  - \n"
    )
    assert fields_of(text) == {
        "type": "paper-conference", "container_title": "Proceedings of Sand", "container_short": "Proc. S.",
        "volume": "3", "pages": "5–9", "edition": "2", "publisher": "ACME", "place": "Oslo",
        "isbn": ["978-3-16-148410-0"], "language": "en", "accessed": "2020-02-03", "editors": ["Paul Kern"],
        "translators": ["Bo Li"], "keywords": ["sand"], "files": ["dunes.pdf"],
        "extra": [["ris", "C1", "Room 4"], ["ris", "AN", "77"], ["ris", "DB", "Base"]],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "name", "kept"),
    [("JOUR", "article-journal", False), ("CONF", "paper-conference", True), ("THES", "thesis", False), ("XYZ", "document", True)],
)  # fmt: skip
def test_types_of_ris(given: str, name: str, kept: bool) -> None:
    found = published(f"TY  - {given}\nTI  - Dunes\nER  - \n")
    assert (found.type, [row.value for row in found.extra]) == (name, [given] if kept else [])


def test_a_record_of_pubmed() -> None:
    text = (
        "PMID- 123\nOWN - NLM\nIS  - 1234-5678 (Print)\nVI  - 12\nIP  - 3\nDP  - 2019 May 3\nTI  - Dunes.\nPG  - 45-67\n"
        "LID - 10.5555/d1 [doi]\nFAU - Moor, Bea\nAU  - Moor B\nLA  - eng\nPT  - Journal Article\nPT  - Research Support\nPL  - Norway\n"
        "TA  - Sand W\nJT  - Sand and wind\nPMC - PMC9\nMH  - Wind\nPHST- 2019/01/02 00:00 [received]\n"
    )
    assert fields_of(text) == {
        "type": "article-journal", "container_title": "Sand and wind", "container_short": "Sand W", "volume": "12",
        "issue": "3", "pages": "45–67", "place": "Norway", "issn": ["1234-5678 (Print)"], "pmid": "123",
        "pmcid": "PMC9", "language": "eng", "keywords": ["Wind"],
        "extra": [
            ["medline", "entry type", "Research Support"], ["medline", "OWN", "NLM"],
            ["medline", "PHST", "2019/01/02 00:00 [received]"],
        ],
    }  # fmt: skip


def test_a_record_of_endnote() -> None:
    text = (
        "%0 Book Section\n%A Moor, Bea\n%T Dunes\n%B Book of Sand\n%E Kern, Paul\n%I ACME\n%C Oslo\n%P 5-9\n%7 2nd\n"
        "%@ 978-3-16-148410-0\n%D 2019\n%M 77\n%> dunes.pdf\n"
    )
    assert fields_of(text) == {
        "type": "chapter", "container_title": "Book of Sand", "pages": "5–9", "edition": "2nd", "publisher": "ACME",
        "place": "Oslo", "isbn": ["978-3-16-148410-0"], "editors": ["Paul Kern"], "files": ["dunes.pdf"],
        "extra": [["endnote", "%M", "77"]],
    }  # fmt: skip


def test_an_item_of_csl() -> None:
    item = {
        "id": "k", "type": "chapter", "title": "Dunes", "author": [{"family": "Moor", "given": "Bea"}],
        "editor": [{"family": "Kern", "given": "Paul"}], "illustrator": [{"literal": "Sand Group"}],
        "container-title": "Book of Sand", "collection-title": "LNCS", "collection-number": 7, "page": "5-9",
        "ISBN": "978-3-16-148410-0", "number-of-pages": 300, "issued": {"date-parts": [[2019, 5]]},
        "accessed": {"date-parts": [[2020, 2, 3]]}, "event-date": {"date-parts": [[2019, 1], [2019, 2]]},
        "keyword": "sand", "custom": {"a": [1]}, "annote": "x",
    }  # fmt: skip
    assert fields_of(json.dumps([item])) == {
        "type": "chapter", "container_title": "Book of Sand", "series": "LNCS", "series_number": "7", "pages": "5–9",
        "page_count": "300", "event_date": "2019-01/2019-02", "isbn": ["978-3-16-148410-0"], "accessed": "2020-02-03",
        "editors": ["Paul Kern"], "contributors": [["illustrator", "Sand Group"]], "keywords": ["sand"],
        "extra": [["csl", "custom", '{"a": [1]}'], ["csl", "annote", '"x"']],
    }  # fmt: skip


def test_our_own_json() -> None:
    document = {"type": "book", "volume": "3", "extra": [["bibtex", "x", "{1}"]]}
    record = {"id": "0123456789", "title": "Dunes", "authors": [], "publication": document}
    assert fields_of(json.dumps([record])) == document
    broken = {**record, "publication": {"type": "book", "volume": 3, "colour": "red"}}
    found = parse_source(decode_source("x", json.dumps([broken]).encode()))
    assert encode_publication(found.records[0].publication) == {"type": "book"}
    assert [problem.reason for problem in found.diagnostics] == [
        "the field publication.colour was ignored: there is no such field",
        "the field publication.volume was ignored: 3 is not a string",
    ]
