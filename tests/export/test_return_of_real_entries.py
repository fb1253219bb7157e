"""Entries as real bibliographies have them, exported and imported again: what was lost or changed on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.bibtex.tolerant_parser import parse_bibtex
from tui.export.formats import FORMATS
from tui.export.round_trip import write_and_verify
from tui.ingest.merge_records import merge_records
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
from tui.model.correction import apply_corrections
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED

if TYPE_CHECKING:
    from tui.bibtex.tolerant_parser import BibEntry
    from tui.model.paper import Paper

DIALECTS = ("bibtex", "biblatex")


def paper_of(text: str) -> Paper:
    (record,) = parse_source(decode_source("x.bib", text.encode())).records
    return merge_records([record], "0123456789", (), "")


def returned(text: str, dialect: str) -> tuple[BibEntry, Paper]:
    """The exported entry, and the paper that is read from it."""
    entry = Entry(paper_of(text), UNTOUCHED)
    written, warnings = write_and_verify(FORMATS[dialect], [entry], {entry.id: "key"})
    assert not [warning for warning in warnings if "differ" in str(warning)]
    (exported,) = parse_bibtex(written).entries
    return exported, paper_of(written)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("order", [("location", "address"), ("address", "location")])
def test_the_places_of_conference_and_publisher_are_both_written(dialect: str, order: tuple[str, str]) -> None:
    places = {"location": "Porto, Moorland", "address": "New Reed, NY"}
    fields = ", ".join(f"{name} = {{{places[name]}}}" for name in order)
    exported, _ = returned(f"@inproceedings{{k, title = {{Moss}}, year = 2001, {fields}}}", dialect)
    assert sorted(exported.fields.get(name, "") for name in places) == sorted(places.values())


def test_the_key_for_sorting_is_that_of_the_source() -> None:
    exported, _ = returned("@misc{k, title = {Call for Moss}, key = {HCAC}, year = 1985}", "bibtex")
    assert exported.fields["key"] == "HCAC"
    exported, _ = returned("@misc{k, title = {Call for Moss}, year = 1985}", "bibtex")
    assert exported.fields["key"] == "Call for Moss"


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("kind", ["misc", "article", "unpublished", "online"])
@pytest.mark.parametrize(
    "field",
    ["doi = {10.48550/arXiv.2301.00001}", "url = {https://arxiv.org/abs/2301.00001}", "eprint = {2301.00001}, archiveprefix = {arXiv}"],
)  # fmt: skip
def test_a_paper_that_is_only_on_arxiv_is_a_preprint_wherever_the_id_is(dialect: str, kind: str, field: str) -> None:
    text = f"@{kind}{{k, title = {{Moss}}, author = {{Fen, Bo}}, {field}}}"
    exported, again = returned(text, dialect)
    paper = paper_of(text)
    assert (paper.publication.type, paper.eprint) == ("article", "2301.00001")
    assert (again.publication.type, again.eprint) == ("article", "2301.00001")
    assert exported.kind == ("misc" if (kind, dialect) == ("online", "bibtex") else kind)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("kind", ["misc", "online", "electronic", "software", "dataset", "unpublished", "mooncake"])
@pytest.mark.parametrize(
    "field",
    [
        "url = {https://moss.org/1}",
        "url = {moss notes}",
        "doi = {10.1234/moss}",
        "howpublished = {a note}",
        "year = 2001",
    ],
)
def test_an_entry_keeps_its_type_with_a_link_and_without(dialect: str, kind: str, field: str) -> None:
    exported, _ = returned(f"@{kind}{{k, title = {{Moss}}, author = {{Fen, Bo}}, {field}}}", dialect)
    only_biblatex = kind in ("online", "software", "dataset")
    assert exported.kind == ("misc" if only_biblatex and dialect == "bibtex" else kind)


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ("", "misc"),
        ("@misc{b, title = {Moss}, eprint = {2301.00001}, eprinttype = {arxiv}, abstract = {On moss.}}", "misc"),
        ("@online{b, title = {Moss}, eprint = {2301.00001}, eprinttype = {arxiv}, abstract = {On moss.}}", "online"),
        ("@phdthesis{b, title = {Moss}, eprint = {2301.00001}, eprinttype = {arxiv}, school = {Reed}}", "phdthesis"),
        ("@inproceedings{b, title = {Moss}, eprint = {2301.00001}, eprinttype = {arxiv}, booktitle = {Fens}}", "inproceedings"),
    ],
)  # fmt: skip
def test_the_type_of_a_merged_paper_is_that_of_its_best_version(others: str, expected: str) -> None:
    text = "@misc{a, title = {Moss}, eprint = {2301.00001}, eprinttype = {arxiv}}\n" + others
    records = parse_source(decode_source("x.bib", text.encode())).records
    entry = Entry(merge_records(records, "0123456789", (), ""), UNTOUCHED)
    written, _ = write_and_verify(FORMATS["biblatex"], [entry], {entry.id: "key"})
    assert [found.kind for found in parse_bibtex(written).entries] == [expected]


FEED = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"
xmlns:arxiv="http://arxiv.org/schemas/atom"><entry><id>http://arxiv.org/abs/2301.00001v1</id><title>Moss</title>
<published>2023-01-01T00:00:00Z</published><summary>On moss and fens.</summary><author><name>Bo Fen</name></author>
<arxiv:comment>12 pages</arxiv:comment><arxiv:primary_category term="cs.CV"/></entry></feed>"""


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    "fields", ["eprint = {2301.00001}, eprinttype = {arxiv}", "year = 2022", "url = {http://x.org/1}"]
)
@pytest.mark.parametrize(
    "kind", ["misc", "online", "electronic", "unpublished", "software", "phdthesis", "techreport", "mooncake"]
)
def test_an_entry_keeps_its_type_if_arxiv_lists_it(kind: str, fields: str, *, turned: bool) -> None:
    text = f"@{kind}{{k, title = {{Moss}}, author = {{Fen, Bo}}, {fields}}}"
    files = (decode_source("x.bib", text.encode()), decode_source("feed.xml", FEED.encode()))
    records = [record for file in files for record in parse_source(file).records]
    entry = Entry(merge_records(records[::-1] if turned else records, "0123456789", (), ""), UNTOUCHED)
    for dialect in DIALECTS:
        written, _ = write_and_verify(FORMATS[dialect], [entry], {entry.id: "key"})
        (exported,) = parse_bibtex(written).entries
        assert exported.kind == ("misc" if dialect == "bibtex" and kind in ("online", "software") else kind)


def test_a_corrected_type_replaces_that_of_the_source() -> None:
    paper = paper_of("@misc{k, title = {Moss}, eprint = {2301.00001}, eprinttype = {arxiv}}")
    entry = Entry(apply_corrections(paper, [("type", "book")]), UNTOUCHED)
    written, _ = write_and_verify(FORMATS["biblatex"], [entry], {entry.id: "key"})
    assert [found.kind for found in parse_bibtex(written).entries] == ["book"]


@pytest.mark.parametrize("kind", ["article", "misc"])
def test_a_paper_with_a_venue_is_no_preprint(kind: str) -> None:
    paper = paper_of(
        f"@{kind}{{k, title = {{Moss}}, journal = {{Moss Letters}}, url = {{https://arxiv.org/abs/2301.00001}}}}"
    )
    assert paper.publication.type == ("article-journal" if kind == "article" else "document")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_numbers_of_namesakes_are_no_part_of_a_name(dialect: str) -> None:
    text = "@article{k, title = {Moss}, author = {van der Fen 0002, Kees and da Reed 0001, Bo C. and Low 0003, Eva and Ida Moor 0004}}"
    _, again = returned(text, dialect)
    assert again.authors == paper_of(text).authors == ("Kees van der Fen", "Bo C. da Reed", "Eva Low", "Ida Moor")


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("latex", "title"),
    [
        (r"A \ensuremath{\mathscr{L}}-{M}oss", r"A $\mathscr{L}$-Moss"),
        (r"\ensuremath{X_{1}}{M}oss", r"$X_{1}$Moss"),
        (r"{\ensuremath{10^{5}}} reeds", r"$10^{5}$ reeds"),
        (r"\ensuremath{\alpha}-\ensuremath{\mathrm{d}} and \ensuremath{<}5 masts", "α-d and <5 masts"),
        (r"Fr\ensuremath{\ddot{}} Moss", r"Fr\ddot{} Moss"),
        (r"Reeds (0{$<$}x{$\leq$}1)", r"Reeds (0$<$x\(\leq\)1)"),
        (r"Reeds {{a {$\alpha$}}}2", r"Reeds a \(\alpha\)2"),
        (r"Reeds ${\rm a}${2}", r"Reeds \({\rm a}\)2"),
        (r"Reeds {$\leq$} 1", r"Reeds $\leq$ 1"),
        (r"Reeds ($151\ensuremath{\le}A\ensuremath{\ge}193$)", r"Reeds ($151\le A\ge193$)"),
        (r"Reeds $\ensuremath{\le}{A}$", r"Reeds $\le {A}$"),
    ],
)
def test_a_formula_stays_one(dialect: str, latex: str, title: str) -> None:
    text = f"@article{{k, title = {{{latex}}}, author = {{Fen, Bo}}}}"
    assert paper_of(text).title == title
    if "ddot" not in latex:
        assert returned(text, dialect)[1].title == title


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("date = {2015}, month = {Jun.}", "2015-06"),
        ("date = {2015}, year = 2015, month = jun, day = 3", "2015-06-03"),
        ("date = {2015-06}, month = 6, day = {3}", "2015-06-03"),
        ("date = {2015-07-12}, month = mar", "2015-07-12"),
        ("date = {2015-07}, month = mar", "2015-07"),
        ("date = {2016}, year = 2015, month = mar", "2016"),
        ("date = {2015}, month = {Michaelmas}", "2015"),
        ("date = {2015}, day = 3", "2015"),
        ("date = {2015/2016}, month = jun", "2015"),
        ("date = {16}, year = 2015, month = jun", "2015-06"),
    ],
)
def test_a_date_is_completed_by_month_and_day_that_agree_with_it(dialect: str, fields: str, expected: str) -> None:
    text = f"@article{{k, title = {{Moss}}, {fields}}}"
    assert str(paper_of(text).date) == expected
    assert str(returned(text, dialect)[1].date) == expected


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\textlangle}Moss{\textrangle} in Fens", r"\textlangle{}Moss\textrangle{} in Fens"),
        (r"({{\upshape\textlangle}Moss{\upshape\textrangle}})", r"(\textlangle{}Moss\textrangle)"),
        (r"{\textlangle}{Moss}", r"\textlangle{}Moss"),
        (r"{\textlangle} Moss", r"\textlangle{} Moss"),
        (r"{\textlangle }Moss", r"\textlangle Moss"),
        (r"{\textlangle}2", r"\textlangle2"),
        (r"\ensuremath{\foo}Moss", r"\foo{}Moss"),
        (r"Moss at 80\ifmmode^\circ\else\textdegree\fi{}K", "Moss at 80°K"),
        (r"Moss at \ifmmode\foo\else\baz\fi{}K and \ifmmode\foo\else\baz\fi 2", r"Moss at \baz{}K and \baz2"),
        (r"Moss at $80\ifmmode\foo\else\baz\fi{}K$", r"Moss at $80\foo{}K$"),
        (r"{\relax Mo}ss {\relax}and \relax fen", "Moss and fen"),
    ],
)
def test_a_command_does_not_run_into_the_letters_after_its_group(dialect: str, latex: str, text: str) -> None:
    entry = f"@inproceedings{{k, title = {{{latex}}}, booktitle = {{{latex}}}, author = {{Fen, {{\\relax Bo}}}}}}"
    paper = paper_of(entry)
    assert (paper.title, paper.publication.container_title, paper.authors) == (text, text, ("Bo Fen",))
    again = returned(entry, dialect)[1]
    assert (again.title, again.publication.container_title, again.authors) == (text, text, ("Bo Fen",))


def test_what_a_link_or_a_doi_says_besides_is_kept() -> None:
    url = "http://example.org/1 http://example.org/2 files/121/Fen - 2004 - Moss.pdf"
    paper = paper_of(f"@article{{k, title = {{Moss}}, url = {{{url}}}, doi = {{10.1162/}}}}")
    assert {(row.name, row.value) for row in paper.publication.extra} == {("url", url), ("doi", "10.1162/")}
    for whole in ("http://example.org/a moss.pdf", "http://example.org/1 http://example.org/2"):
        assert paper_of(f"@article{{k, title = {{Moss}}, url = {{{whole}}}}}").publication.extra == ()


@pytest.mark.parametrize("order", [("institution", "school"), ("school", "institution")])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_school_and_institution_of_a_thesis_are_both_written(dialect: str, order: tuple[str, str]) -> None:
    named = {"institution": "Reed Laboratory", "school": "University of Moorland"}
    fields = ", ".join(f"{name} = {{{named[name]}}}" for name in order)
    exported, _ = returned(f"@phdthesis{{k, title = {{Moss}}, year = 2001, {fields}}}", dialect)
    assert {exported.fields.get(name) for name in named} == set(named.values())


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("kind", ["misc", "article", "inproceedings"])
def test_journal_and_book_are_both_written(dialect: str, kind: str) -> None:
    exported, _ = returned(
        f"@{kind}{{k, title = {{Moss}}, booktitle = {{Fens}}, journal = {{Reeds, vol. 3}}}}", dialect
    )
    names = ("journal", "journaltitle", "booktitle")
    assert sorted(filter(None, map(exported.fields.get, names))) == ["Fens", "Reeds, vol. 3"]


# Of each: its genre, and kind and type in BibTeX and biblatex.
PHD, MASTER = "PhD thesis", "Master's thesis"
THESES_AND_REPORTS = [
    ("techreport", None, "Technical report", ("techreport", None), ("techreport", None)),
    ("techreport", "Memo", "Memo", ("techreport", "Memo"), ("techreport", "Memo")),
    ("techreport", "Technical report", "Technical report", *2 * [("techreport", "Technical report")]),
    ("report", "techreport", "Technical report", ("techreport", None), ("report", "techreport")),
    ("report", None, None, ("techreport", None), ("report", None)),
    ("phdthesis", None, PHD, ("phdthesis", None), ("phdthesis", None)),
    ("phdthesis", "Dissertation", "Dissertation", *2 * [("phdthesis", "Dissertation")]),
    ("phdthesis", "{Ph}D thesis", PHD, *2 * [("phdthesis", "{Ph}D thesis")]),
    ("phdthesis", MASTER, MASTER, ("mastersthesis", None), ("thesis", "mathesis")),
    ("mastersthesis", None, MASTER, ("mastersthesis", None), ("mastersthesis", None)),
    ("mastersthesis", "Diplom", "Diplom", ("mastersthesis", "Diplom"), ("mastersthesis", "Diplom")),
    ("thesis", "phdthesis", PHD, ("phdthesis", None), ("thesis", "phdthesis")),
    ("thesis", "mathesis", MASTER, ("mastersthesis", None), ("thesis", "mathesis")),
    ("thesis", "Diplom", "Diplom", ("phdthesis", "Diplom"), ("thesis", "Diplom")),
    ("thesis", None, None, ("phdthesis", "Thesis"), ("thesis", None)),
]


@pytest.mark.parametrize(("kind", "type_", "genre", "bibtex", "biblatex"), THESES_AND_REPORTS)
def test_theses_and_reports_return_with_the_type_that_they_came_with(
    kind: str, type_: str | None, genre: str | None, bibtex: tuple[str, str | None], biblatex: tuple[str, str | None]
) -> None:
    field = f", type = {{{type_}}}" if type_ else ""
    text = f"@{kind}{{k, title = {{Moss}}, institution = {{Reed Laboratory}}, number = 7{field}}}"
    assert paper_of(text).publication.genre == genre
    for dialect, expected in (("bibtex", bibtex), ("biblatex", biblatex)):
        exported, again = returned(text, dialect)
        assert (exported.kind, exported.fields.get("type")) == expected
        assert again.publication.genre == (
            genre or expected[1] or {"techreport": "Technical report"}.get(exported.kind)
        )


@pytest.mark.parametrize(
    ("fields", "bibtex", "biblatex"),
    [
        ({"genre": MASTER}, ("mastersthesis", None), ("thesis", "mathesis")),
        ({"genre": "Diplom"}, ("phdthesis", "Diplom"), ("phdthesis", "Diplom")),
        ({"genre": ""}, ("phdthesis", "Thesis"), ("thesis", None)),
        ({"type": "report"}, ("techreport", PHD), ("report", "phdthesis")),
        ({"type": "book", "genre": ""}, ("book", None), ("book", None)),
    ],
)
@pytest.mark.parametrize("type_", ["", ", type = {PhD thesis}"])
def test_a_corrected_kind_replaces_that_of_the_source(
    fields: dict[str, str], bibtex: tuple[str, str | None], biblatex: tuple[str, str | None], type_: str
) -> None:
    paper = paper_of(f"@phdthesis{{k, title = {{Moss}}, school = {{Reed University}}{type_}}}")
    entry = Entry(apply_corrections(paper, list(fields.items())), UNTOUCHED)
    for dialect, expected in (("bibtex", bibtex), ("biblatex", biblatex)):
        written, _ = write_and_verify(FORMATS[dialect], [entry], {entry.id: "key"})
        (exported,) = parse_bibtex(written).entries
        assert (exported.kind, exported.fields.get("type")) == expected


@pytest.mark.parametrize(
    ("latex", "letters"),
    [
        (r"Nov{\accent23u}k", "Novůk"),
        (r"Nov\accent23 uk", "Novůk"),
        (r"Nov{\accent'27u}k", "Novůk"),
        (r'Nov{\accent"17 u}k', "Novůk"),
        (r"Nov{\ocirc{u}}k", "Novůk"),
        (r"Zi{\polhk{e}}tak", "Ziętak"),
        (r"Zi\polhk etak", "Ziętak"),
        (r"Nov{\accent230u}k", None),  # no accent that we know
    ],
)
def test_accents_by_other_names_are_letters(latex: str, letters: str | None) -> None:
    paper = paper_of(f"@misc{{k, title = {{On {latex}}}, author = {{{latex}, Jan and Fen, Bo}}}}")
    assert (paper.title == f"On {letters}") is (letters is not None)
    assert (paper.authors[0] == f"Jan {letters}") is (letters is not None)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("field", ["crossref", "xdata"])
@pytest.mark.parametrize(("names", "kept"), [("p", False), ("P", False), ("q", True), ("p, q", True)])
def test_a_reference_to_an_entry_that_is_not_in_the_file_is_kept(
    dialect: str, field: str, names: str, *, kept: bool
) -> None:
    if field == "crossref" and "," in names:
        names = "fens:p"
    parent = "@xdata" if field == "xdata" else "@proceedings"
    text = (
        f"@inproceedings{{k, title = {{Moss}}, {field} = {{{names}}}}}\n{parent}{{p, title = {{Fens}}, year = 2001}}"
    )
    records = parse_source(decode_source("x.bib", text.encode())).records
    entry = Entry(merge_records(records[:1], "0123456789", (), ""), UNTOUCHED)
    written, _ = write_and_verify(FORMATS[dialect], [entry], {entry.id: "key"})
    (exported,) = parse_bibtex(written).entries
    assert exported.fields.get(field) == (names if kept else None)
