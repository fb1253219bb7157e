"""Tests of values in tagged formats and CSL-JSON: records, authors, keywords, notes and dates as databases write them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source

if TYPE_CHECKING:
    from tui.ingest.record import ParseResult, Record


def read(text: str) -> ParseResult:
    return parse_source(decode_source("x", text.encode()))


def one(text: str) -> Record:
    (draft,) = read(text).records
    return draft


def ris(*lines: str) -> str:
    return "\n".join(("TY  - JOUR", "TI  - On Wind", *lines, "ER  - ", ""))


def csl(**fields: object) -> str:
    return json.dumps([{"type": "article-journal", "title": "On Wind", **fields}])


def note_of(draft: Record) -> str:
    return draft.mark.note if draft.mark else ""


def said(reading: ParseResult) -> str:
    return "\n".join(problem.reason for problem in reading.diagnostics)


# Records


TYPE_SECOND = "TI  - A first wind\nTY  - JOUR\nAU  - Gust, Ida\nPY  - 2011\n"
TYPE_LAST = "AU  - Gust, Ida\nPY  - 2011\nTI  - A first wind\nTY  - JOUR\n"
NEXT_SECOND = "TI  - A second wind\nTY  - BOOK\nAU  - Lull, Bo\nPY  - 2012\n"
NEXT_LAST = "AU  - Lull, Bo\nPY  - 2012\nTI  - A second wind\nTY  - BOOK\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{TYPE_SECOND}ER  - \n{NEXT_SECOND}ER  - \n",
        f"{TYPE_LAST}ER  - \n\n\n{NEXT_LAST}ER  - \n",
        f"{TYPE_SECOND}ER  - \n# of another database\n{NEXT_SECOND}ER  - \n",
        f"{TYPE_SECOND}ER  - \n// 2\n\n{NEXT_SECOND}ER  - \n",
        f"{TYPE_SECOND}ER  - \nTY  - BOOK\nTI  - A second wind\nAU  - Lull, Bo\nPY  - 2012\nER  - \n",
    ],
    ids=["second", "last", "comment", "number", "mixed"],
)
def test_the_type_may_be_anywhere_in_a_record(text: str) -> None:
    reading = read(text)
    found = [(draft.title, draft.authors, str(draft.date)) for draft in reading.records]
    assert found == [("A first wind", ("Ida Gust",), "2011"), ("A second wind", ("Bo Lull",), "2012")]
    assert reading.diagnostics == ()


def test_records_without_an_end_are_separated_if_the_type_is_not_first() -> None:
    reading = read(f"{TYPE_SECOND}\n{NEXT_SECOND}")
    found = [(draft.title, draft.authors, str(draft.date)) for draft in reading.records]
    assert found == [("A first wind", ("Ida Gust",), "2011"), ("A second wind", ("Bo Lull",), "2012")]
    assert said(reading).count("its end is missing") == 2


def test_a_truncated_record_is_not_mixed_with_the_next_one() -> None:
    reading = read("TI  - A torn wind\nAU  - Gust, Ida\nTY  - JOUR\nTI  - A whole wind\nAU  - Lull, Bo\nER  - \n")
    assert [(draft.title, draft.authors) for draft in reading.records] == [
        ("A torn wind", ("Ida Gust",)),
        ("A whole wind", ("Bo Lull",)),
    ]
    assert "its first line, TY, is missing; its end is missing" in said(reading)


# Authors


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (["Gust, Ida K.; Lull, Bo; Calm, Ada"], ("Ida K. Gust", "Bo Lull", "Ada Calm")),
        (["Gust, I.;Lull, B."], ("I. Gust", "B. Lull")),
        (["Gust IK, Lull B, de Calm A"], ("I. K. Gust", "B. Lull", "A. de Calm")),
        (["Gust IK", "Lull B"], ("I. K. Gust", "B. Lull")),
        (["Gust IK", "NASA", "van Lull,Bo"], ("I. K. Gust", "NASA", "Bo van Lull")),
        (["Gust, Ida and Lull, Bo"], ("Ida Gust", "Bo Lull")),
        (["Ida Gust, Bo Lull, and Ada Calm"], ("Ida Gust", "Bo Lull", "Ada Calm")),
        ([r"Gust, Ida \& Lull, Bo"], ("Ida Gust", "Bo Lull")),
        (["Gust, Ida K., Lull, Bo"], ("Ida K. Gust", "Bo Lull")),
        (["Gust, Ida, MD, PhD", "Lull, Bo, MSc"], ("Ida Gust", "Bo Lull")),
        (["Ida K. Gust, MD"], ("Ida K. Gust",)),
        (["Gust, Ida (ORCID: 0000-0002-1825-0097)", "Lull, Bo 0000-0001-5109-3700"], ("Ida Gust", "Bo Lull")),
        (["Gust, Ida\nLull, Bo\nCalm, Ada"], ("Ida Gust", "Bo Lull", "Ada Calm")),
        (["Gust I\nLull B"], ("I. Gust", "B. Lull")),
        (["Gust C., Ida R.", "Lull, Bo"], ("Gust C., Ida R.", "Bo Lull")),
        (["Gust I, Lull B. K."], ("I. Gust", "B. K. Lull")),
        (["Gust, Martin K. Jr."], ("Martin K. Gust Jr.",)),
    ],
)
@pytest.mark.parametrize("form", ["ris", "endnote"])
def test_author_lists_are_split_into_people(form: str, given: list[str], wanted: tuple[str, ...]) -> None:
    if form == "ris":
        draft = one(ris(*(f"AU  - {name}" for name in given)))
    else:
        draft = one("%0 Journal Article\n%T On Wind\n" + "".join(f"%A {name}\n" for name in given))
    assert draft.authors == wanted
    assert not draft.authors_truncated


@pytest.mark.parametrize(
    "name",
    [
        "Food and Drug Administration", "Centre for Wind, Waves and Weather", "Ministry of Winds UK",
        "Bill and Melinda Gates Foundation", "GUST IDAM", "Task Force, Winds, and Waves",
    ],
)  # fmt: skip
def test_a_name_that_is_not_a_list_stays_one_author(name: str) -> None:
    assert len(one(ris(f"AU  - {name}")).authors) == 1


@pytest.mark.parametrize("name", ["de Gust, MD", "Gust Lull, MD", "Gust, MA"])
def test_initials_are_not_degrees(name: str) -> None:
    family, initials = name.split(", ")
    assert one(ris(f"AU  - {name}")).authors == (f"{initials} {family}",) or one(ris(f"AU  - {name}")).authors == (
        name,
    )


@pytest.mark.parametrize(
    "given", [["Gust, Ida; Lull, Bo, et al."], ["Gust, Ida", "Lull, Bo", "et al."], ["Gust I, Lull B, et al"]]
)
def test_et_al_is_recognised(given: list[str]) -> None:
    draft = one(ris(*(f"AU  - {name}" for name in given)))
    assert len(draft.authors) == 2
    assert draft.authors_truncated


def test_the_same_authors_under_two_tags_are_kept_once() -> None:
    assert one(ris("A1  - Gust, Ida", "A1  - Lull, Bo", "AU  - Gust, Ida", "AU  - Lull, Bo")).authors == (
        "Ida Gust",
        "Bo Lull",
    )


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("AU  - Gust I\nAU  - Kim AI\nAU  - Do LE", ("I. Gust", "A. I. Kim", "L. E. Do")),
        ("FAU - Gust, Ida Jr\nAU  - Gust I Jr\nFAU - Lull, Bo\nAU  - Lull B", ("Ida Gust Jr", "Bo Lull")),
        ("AU  - van Gust IK 3rd", ("I. K. van Gust 3rd",)),
        ("AU  - Gust I\nCN  - Calm Days Trial", ("I. Gust", "{Calm Days Trial}")),
    ],
)
def test_pubmed_has_initials_last(lines: str, wanted: tuple[str, ...]) -> None:
    assert one(f"PMID- 1\nTI  - On Wind.\n{lines}\nDP  - 2020\n").authors == wanted


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("[On wind: a view from below].", "On wind: a view from below"),
        ("[On wind?]", "On wind?"),
        ("[On wind.]", "On wind"),
        ("On [wind] and [sea].", "On [wind] and [sea]"),
        ("[On] wind and [sea]", "[On] wind and [sea]"),
    ],
)
def test_a_translated_title_has_no_brackets(title: str, wanted: str) -> None:
    assert one(f"PMID- 1\nTI  - {title}\nAU  - Gust I\n").title == wanted


def test_a_title_that_is_not_available_is_the_original_one() -> None:
    assert one("PMID- 1\nTI  - [Not Available].\nTT  - Om vind.\nAU  - Gust I\n").title == "Om vind"


@pytest.mark.parametrize(
    ("author", "wanted"),
    [
        ("Gust, Ida; Lull, Bo", ("Ida Gust", "Bo Lull")),
        ([{"literal": "Gust, Ida; Lull, Bo"}], ("Ida Gust", "Bo Lull")),
        ([{"family": "Gust I; Lull B"}], ("I. Gust", "B. Lull")),
        ([{"family": "Gust", "given": "Ida", "suffix": "PhD"}], ("Ida Gust",)),
        ([{"family": "Gust", "given": "Ida", "suffix": "Jr."}], ("Ida Gust Jr.",)),
        ([{"family": "Gust", "given": "Ida 0000-0002-1825-0097"}], ("Ida Gust",)),
        ([{"literal": "Winds & Waves; a Trust"}], ("Winds & Waves; a Trust",)),
    ],
)
def test_authors_of_csl_json(author: object, wanted: tuple[str, ...]) -> None:
    found = one(csl(author=author)).authors
    assert tuple(name.strip("{}") for name in found) == wanted


# Keywords


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (["Wind, North", "Waves, Small, Fast"], ("Wind-North", "Waves-Small-Fast")),
        (["wind; sea, salt"], ("wind", "sea-salt")),
        (["wind, sea, salt"], ("wind", "sea", "salt")),
        (["wind, sea"], ("wind", "sea")),
        (["Wind, North"], ("Wind-North",)),
        (["North wind\nSea, salt\nCalm"], ("North-wind", "Sea-salt", "Calm")),
        (["Weather > Wind > 3D", "Sea>Salt"], ("Weather/Wind/3D", "Sea/Salt")),
        (["Wind -- History"], ("Wind/History",)),
        (["1,2-diol", "N,N-dimethylwind", "2,4,6-trisalt"], ("1-2-diol", "N-N-dimethylwind", "2-4-6-trisalt")),
        (["1,2-diol, wind, 10,000 waves"], ("1-2-diol", "wind", "10-000-waves")),
        (["wind &amp; sea; R&amp;D"], ("wind-sea", "R-D")),
        (["Wind, North/*history", "Sea/*salt/calm"], ("Wind-North/history", "Sea/salt", "Sea/calm")),
        (["a > 5", "C++", "ml/vision"], ("a-5", "C++", "ml/vision")),
    ],
)
def test_keywords_become_whole_tags(given: list[str], wanted: tuple[str, ...]) -> None:
    assert one(ris(*(f"KW  - {word}" for word in given))).keywords == wanted


def test_pubmed_has_one_keyword_per_tag() -> None:
    lines = "OT  - *wind power\nOT  - sea, salt\nMH  - Wind, North/*adverse effects/history\nMH  - *Waves\nMH  - Sea/history*"
    assert one(f"PMID- 1\nTI  - On Wind.\nAU  - Gust I\n{lines}\n").keywords == (
        "wind-power",
        "sea-salt",
        "Wind-North/adverse-effects",
        "Wind-North/history",
        "Waves",
        "Sea/history",
    )


@pytest.mark.parametrize(
    ("keyword", "wanted"),
    [
        ("wind, 1,2-diol, sea", ("wind", "1-2-diol", "sea")),
        ("Wind, North; Sea", ("Wind-North", "Sea")),
        (["Wind, North", "Sea > Salt"], ("Wind-North", "Sea/Salt")),
    ],
)
def test_keywords_of_csl_json(keyword: object, wanted: tuple[str, ...]) -> None:
    assert one(csl(keyword=keyword)).keywords == wanted


def test_keywords_of_bibtex() -> None:
    entry = "@misc{{a, title = {{On Wind}}, keywords = {{{}}}}}"
    assert one(entry.format("Wind, North; Sea > Salt")).keywords == ("Wind-North", "Sea/Salt")
    assert one(entry.format("wind, 1,2-diol")).keywords == ("wind", "1-2-diol")


# Notes


@pytest.mark.parametrize(
    "note",
    [
        "doi: 10.5555/wind.1",
        "https://doi.org/10.5555/wind.1",
        "PMID: 12345",
        "Export Date: 4 May 2021\nCited By :3\nCorrespondence Address: I. Gust; Windy Road 1\nReferences: Lull (2001)\nand others",
        "Cited By (since 1996):5 Export Date: 6 January 2014 Source: Scopus",
        "Times Cited: 4\nCited Reference Count: 20",
        "ab3de\nTimes Cited:0\nCited References Count:9",
        "1234-567X\nGust, Ida\nJournal Article\nNorway\nJ Wind. 2014 Jul 3;6(4):37.",
        "Last updated - 2020-01-01\nSuppNotes - Two figures.",
        "Accession Number: 123456; Gust, Ida 1; Affiliations: 1: Windy Road",
    ],
)
def test_lines_of_databases_are_not_notes(note: str) -> None:
    reading = read(ris(f"N1  - {note}", "AU  - Gust, Ida") + ris("N1  - Export Date: 4 May 2021"))
    assert [note_of(draft) for draft in reading.records] == ["", ""]
    (problem,) = reading.diagnostics
    assert problem.reason.startswith("lines added by databases or programs, such as ")
    assert "databases or programs" in problem.reason
    assert (problem.repaired, problem.records) == (True, 0)


@pytest.mark.parametrize(
    "note",
    [
        "Read this before the storm.\nSee doi: 10.5555/other for the data.",
        "Source: a colleague.\nPublisher: ask for the second edition",
        "Cited by Lull in three places",
        "Comment: the best one on wind",
        "Review",
        "2031 was windy. J Wind. 2014 Jul 3;6(4):37 says so.",
        "doi is missing",
    ],
)
def test_the_users_note_is_kept(note: str) -> None:
    reading = read(ris(f"N1  - {note}"))
    assert [note_of(draft) for draft in reading.records] == [note]
    assert reading.diagnostics == ()


def test_the_users_note_among_lines_of_a_database_is_kept() -> None:
    assert note_of(one(ris("N1  - Export Date: 4 May 2021\nRead this first.\nCited By :3"))) == "Read this first."
    assert note_of(one(ris("N1  - Export Date: 4 May 2021", "N1  - Read this first."))) == "Read this first."


@pytest.mark.parametrize(
    ("lines", "doi", "eprint"),
    [
        (("N1  - doi: 10.5555/wind.1",), "10.5555/wind.1", None),
        (("N1  - arXiv:2101.00001 [cs]",), None, "2101.00001"),
        (("N1  - PMID: 5\n10.5555/wind.1",), "10.5555/wind.1", None),
        (("UR  - https://doi.org/10.5555/wind.1",), "10.5555/wind.1", None),
        (("UR  - https://example.org/record?eid=2&doi=10.5555%2fwind.1&x=1",), "10.5555/wind.1", None),
        (("DO  - 10.5555/wind.1", "N1  - doi: 10.5555/other"), "10.5555/wind.1", None),
    ],
)
def test_identifiers_are_moved_to_their_fields(lines: tuple[str, ...], doi: str | None, eprint: str | None) -> None:
    draft = one(ris(*lines))
    assert (draft.doi, draft.eprint, note_of(draft)) == (doi, eprint, "")


def test_a_doi_linked_by_several_records_belongs_to_none_of_them() -> None:
    link = "UR  - https://doi.org/10.5555/book"
    first, second = read(
        ris(link, "L2  - https://doi.org/10.5555/book") + ris(link, "AU  - Lull, Bo").replace("Wind", "Sea")
    ).records
    assert (first.doi, second.doi) == (None, None)
    assert one(ris(link, "L2  - https://doi.org/10.5555/book")).doi == "10.5555/book"


@pytest.mark.parametrize(
    ("extra", "note"),
    [
        ("arXiv:2101.00001 [cs, stat]", ""),
        ("arXiv: 2101.00001\nPMID: 5\nPMCID: PMC7\ntldr: Wind blows.\noriginal-date: 1814", ""),
        ("PMID: 5\nAsk Lull about figure 2.\nCitation Key: gust", "Ask Lull about figure 2."),
        ("00012 citations (Semantic Scholar/arXiv) [2023-01-02]\ntex.ids: gust1", ""),
        ("Idea: wind: and sea", "Idea: wind: and sea"),
        (
            "Follow-up: call Lull\nStatus: must read\nSource: Bo",
            "Follow-up: call Lull\nStatus: must read\nSource: Bo",
        ),
    ],
)
def test_variables_in_the_field_extra_are_not_notes(extra: str, note: str) -> None:
    draft = one(csl(note=extra))
    assert note_of(draft) == note
    assert draft.eprint == ("2101.00001" if "arXiv:" in extra and "Scholar" not in extra else None)


def test_the_field_extra_may_contain_doi_key_and_status() -> None:
    draft = one(csl(note="DOI: 10.5555/wind.1\nCitation Key: gust2020\nRead_Status: Read"))
    assert draft.doi == "10.5555/wind.1"
    assert draft.mark is not None
    assert (draft.mark.citation_key, draft.mark.status.value, draft.mark.note) == ("gust2020", "read", "")


# Repeated fields


def test_repeated_fields_are_reported() -> None:
    reading = read(
        ris("TI  - On Waves", "DO  - 10.5555/wind.1", "DO  - 10.5555/wind.2", "AB  - It blows.", "N2  - It waves.")
    )
    (draft,) = reading.records
    assert (draft.title, draft.doi, draft.abstract) == ("On Wind", "10.5555/wind.1", "It blows.")
    for part in ("the field TI appears twice", "the field DO appears twice", "its field N2 differs from AB"):
        assert part in said(reading)


def test_fields_that_repeat_the_same_value_are_not_reported() -> None:
    reading = read(
        ris(
            "TI  - On Wind",
            "DO  - 10.5555/wind.1",
            "DO  - https://doi.org/10.5555/wind.1",
            "AB  - Blows.",
            "AB  - Blows.",
            "N2  - Blows.",
        )
    )
    assert (reading.records[0].abstract, reading.diagnostics) == ("Blows.", ())


# Dates


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("PY  - 2015/october",), "2015-10"),
        (("PY  - May 2017",), "2017-05"),
        (("PY  - 5 May 2017",), "2017-05-05"),
        (("PY  - 2015/10//",), "2015-10"),
        (("PY  - 2015///",), "2015"),
        (("PY  - 2015/10/05/print",), "2015-10-05"),
        (("PY  - 2015///October 5",), "2015-10-05"),
        (("PY  - 2015/00/00",), "2015"),
        (("PY  - 2015", "DA  - 2015-10-05T10:20:30Z"), "2015-10-05"),
        (("PY  - 2015", "DA  - October 5, 2015"), "2015-10-05"),
        (("PY  - 2015", "DA  - OCT 5"), "2015-10-05"),
        (("PY  - 2015", "DA  - 2016/01/02"), "2015"),
        (("Y1  - 2015 Jul-Aug",), "2015-07"),
        (("PY  - mai 2017",), "2017-05"),
    ],
)
def test_dates_in_words(lines: tuple[str, ...], wanted: str) -> None:
    reading = read(ris(*lines))
    assert (str(reading.records[0].date), reading.diagnostics) == (wanted, ())


@pytest.mark.parametrize(
    ("lines", "wanted", "told"),
    [
        (("PY  - 2015///Spring",), "2015", "of its date 'Spring 2015', only the year could be used"),
        (("PY  - 2015", "DA  - Winter 2015"), "2015", "of its date 'Winter 2015', only the year could be used"),
        (("PY  - soon",), "None", "its date 'soon' is not a valid date and was ignored"),
    ],
)
def test_parts_of_a_date_left_out_are_reported(lines: tuple[str, ...], wanted: str, told: str) -> None:
    reading = read(ris(*lines))
    assert str(reading.records[0].date) == wanted
    assert told in said(reading)


@pytest.mark.parametrize(
    ("printed", "wanted", "told"),
    [
        ("2016 Jul-Aug", "2016-07", ""),
        ("2016 Mar 4-9", "2016-03-04", ""),
        ("2016 Autumn", "2016", "of its date '2016 Autumn', only the year could be used"),
    ],
)
def test_dates_of_pubmed(printed: str, wanted: str, told: str) -> None:
    reading = read(f"PMID- 1\nTI  - On Wind.\nAU  - Gust I\nDP  - {printed}\n")
    assert str(reading.records[0].date) == wanted
    assert told in said(reading)
    assert bool(told) == bool(reading.diagnostics)


@pytest.mark.parametrize(
    ("issued", "wanted", "told"),
    [
        ({"date-parts": [[2016]], "season": "2"}, "2016", "the season '2' of its date was ignored"),
        ({"date-parts": [[2016]], "season": "May"}, "2016-05", ""),
        ({"year": 2016, "month": "5", "day": 4}, "2016-05-04", ""),
        ([{"year": "2016", "month": "May"}], "2016-05", ""),
        ({"raw": "5 May 2016"}, "2016-05-05", ""),
        ({"raw": "2016-05-05T01:02:03+02:00"}, "2016-05-05", ""),
    ],
)
def test_dates_of_csl_json(issued: object, wanted: str, told: str) -> None:
    reading = read(csl(issued=issued))
    assert str(reading.records[0].date) == wanted
    assert told in said(reading)
    assert bool(told) == bool(reading.diagnostics)
