"""Copies of the ACL Anthology's page of one paper become that paper, whatever part of the page was copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ingest import listing_samples as samples
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source

if TYPE_CHECKING:
    from tui.ingest.record import ParseResult, Record

TITLE = "Tides of Talk: Chaining Symbols in Harbours"
ABSTRACT = "To improve the talk of harbours, we chain symbols backward. We show that this is faster on seven quays."
VOLUME = "Proceedings of the 2025 Conference of the Port Association (Volume 1: Long Papers)"
HEAD = ["ACL Anthology", "News(current)", "FAQ(current)", "GitHub", TITLE, "Eva Moor, Gil van der Fen"]
TABLE = [
    "Anthology ID:", "2025.port-long.12",
    "Volume:", VOLUME,
    "Month:", "April",
    "Year:", "2025",
    "Address:", "Albuquerque, New Mexico",
    "Editors:", "Ida Reed, Bo Fen",
    "Venue:", "PORT",
    "SIG:",
    "Publisher:", "Association for Computational Linguistics",
    "Note:",
    "Pages:", "2468-2484",
    "Language:",
    "URL:", "https://aclanthology.org/2025.port-long.12/",
    "DOI:", "10.5555/v1/2025.port-long.12",
    "Bibkey:", "moor-van-der-fen-2025-tides",
    "Cite (ACL):", f"Eva Moor and Gil van der Fen. 2025. {TITLE}. In {VOLUME}, pages 2468–2484, Albuquerque, New Mexico.",
    "Cite (Informal):", f"{TITLE} (Moor & van der Fen, PORT 2025)",
    "Copy Citation:", "BibTeX Markdown MODS XML Endnote More options…",
    "PDF:", "https://aclanthology.org/2025.port-long.12.pdf",
]  # fmt: skip
FOOT = [
    "PDF Cite Search Fix data",
    "Creative Commons License ACL materials are Copyright © 1963–2025 ACL; others are copyrighted by their holders.",
    "The ACL Anthology is managed and built by the ACL Anthology team of volunteers.",
    "Site last built on 22 July 2025 at 14:46 UTC with commit 280e4ed.",
]
WITHOUT_CITATIONS = TABLE[: TABLE.index("Cite (ACL):")]
JOURNAL = [
    "Abstract Moss as Search",
    "Bo Fen",
    "Anthology ID:", "Q21-1042",
    "Volume:", "Computational Moss, Volume 47, Issue 4 - December 2021",
    "Month:", "October-November",
    "Year:", "2021",
    "Pages:", "77",
    "DOI:",
    "PDF:", "https://aclanthology.org/Q21-1042.pdf",
    "Video:", "https://aclanthology.org/Q21-1042.mp4",
]  # fmt: skip


def reading(lines: list[str]) -> ParseResult:
    return parse_source(decode_source("copy.txt", "\n".join(lines).encode()))


def the_paper(lines: list[str]) -> Record:
    result = reading(lines)
    assert [report.reason for report in result.diagnostics] == []
    assert not result.unsure
    (record,) = result.records
    return record


def on_one_line(table: list[str]) -> list[str]:
    lines: list[str] = []
    for line in table:
        if lines and lines[-1].endswith(":") and not line.endswith(":"):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return lines


@pytest.mark.parametrize(
    "lines",
    [
        [*HEAD, "Abstract", ABSTRACT, *TABLE, *FOOT],
        [TITLE, HEAD[-1], "Abstract", ABSTRACT, *TABLE],
        [TITLE, HEAD[-1], "Abstract", ABSTRACT, *WITHOUT_CITATIONS],
        [*HEAD, "Abstract", ABSTRACT, *WITHOUT_CITATIONS],
        [TITLE, "Eva Moor,", "Gil van der Fen", "Abstract", ABSTRACT, *WITHOUT_CITATIONS],
        ["Abstract", ABSTRACT, *TABLE, *FOOT],
        [*HEAD, f"Abstract{ABSTRACT}", *TABLE],
        [*HEAD, "Abstract", ABSTRACT, *on_one_line(TABLE), *FOOT],
        [*HEAD, "Abstract", ABSTRACT, "".join(TABLE)],
        [*HEAD, "Correct Metadata for", "Title Adjust the title.", "Abstract", ABSTRACT, *TABLE],
        [*HEAD, "Abstract", ABSTRACT, *TABLE, *FOOT, "Export citation", "BibTeX", f"<title>{TITLE}</title>", "File"],
    ],
    ids=[
        "the whole page", "from the title on", "to the citations", "no citations", "wrapped authors", "from the abstract on",
        "heading and abstract joined", "labels before values", "the table on one line", "the form", "the export dialog",
    ],
)  # fmt: skip
def test_a_page_is_its_paper(lines: list[str]) -> None:
    record = the_paper(lines)
    assert (record.title, record.authors, str(record.date)) == (TITLE, ("Eva Moor", "Gil van der Fen"), "2025-04")
    assert (record.abstract, record.doi) == (ABSTRACT, "10.5555/v1/2025.port-long.12")
    assert record.links == ("https://aclanthology.org/2025.port-long.12/",)
    publication = record.publication
    assert (publication.type, publication.container_title) == ("paper-conference", VOLUME)
    assert (publication.pages, publication.place) == ("2468–2484", "Albuquerque, New Mexico")
    assert publication.publisher == "Association for Computational Linguistics"
    assert publication.editors == ("Ida Reed", "Bo Fen")


def test_the_fields_have_the_lines_they_are_on() -> None:
    lines = [*HEAD, "Abstract", ABSTRACT, *TABLE]
    positions = {name: location.line for name, location in the_paper(lines).positions}
    assert positions["title"] == lines.index(TITLE) + 1
    assert positions["authors"] == lines.index(HEAD[-1]) + 1
    assert positions["abstract"] == lines.index(ABSTRACT) + 1
    assert positions["date"] == lines.index("2025") + 1


def test_a_page_of_a_journal_without_an_abstract() -> None:
    record = the_paper(JOURNAL)
    assert (record.title, record.authors, str(record.date)) == ("Abstract Moss as Search", ("Bo Fen",), "2021-10")
    publication = record.publication
    assert (publication.type, publication.container_title) == ("article-journal", "Computational Moss")
    assert (publication.volume, publication.issue, publication.pages) == ("47", "4", "77")
    assert (record.abstract, record.doi, publication.publisher) == (None, None, None)


def test_several_pages_in_one_copy() -> None:
    result = reading([*HEAD, "Abstract", ABSTRACT, *TABLE, *FOOT, *JOURNAL])
    assert [record.title for record in result.records] == [TITLE, "Abstract Moss as Search"]
    assert result.diagnostics == ()


def test_a_table_alone_is_refused_by_name() -> None:
    result = reading(WITHOUT_CITATIONS)
    assert result.records == ()
    assert [report.reason for report in result.diagnostics] == ["this page of the ACL Anthology has no title"]
    assert result.diagnostics[0].hint == "copy the page from the title on, or import its BibTeX"


def test_labels_in_an_abstract_are_text() -> None:
    text = (
        "We release Data: nine harbours, Code: none, and a Note: on moss. It is the first of its kind in the world."
    )
    assert the_paper([*HEAD, "Abstract", text, *TABLE]).abstract == text


def test_the_page_of_a_volume_is_still_a_list() -> None:
    volume = ["Anthology ID:", "2026.harbour-1", "Month:", "May", "Year:", "2026"]
    result = reading([*samples.ANTHOLOGY.splitlines()[:1], *volume, *samples.ANTHOLOGY.splitlines()[1:]])
    assert [record.title for record in result.records] == ["Harbours in Translation: A Corpus", "Parsing Moss"]
