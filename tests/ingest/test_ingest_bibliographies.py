"""Bibliographies of other programs: their contents are imported, their errors reported."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
from tui.ingest.unwrap import unwrap
from tui.latex.decode import decode_latex, decode_url
from tui.model.mark import Status

if TYPE_CHECKING:
    from tui.ingest.record import ParseResult, Record

BIB = r"""
This file was made by hand % and says so.
% Encoding: UTF-8
@string{ jml = "Journal of Mills" }
@String(me = {Berg, Anna})
@preamble{ "\newcommand{\noop}[1]{}" # jml }
@comment{jabref-meta: databaseType:bibtex;}
@Comment{ @article{hidden, title = {Not a paper}} }

@article{berg:2020a,
  title     = "On {M}ills \& W{\"e}irs: a {\em first} look at $\alpha$-flow",
  author    = me # " and " # {van der Berg, Jr., J{\"o}rg} # " and {Weir Society} and others",
  journal   = jml, year = 2020, month = oct # "~7",
  abstract  = {We study mills.},
  keywords  = {mills; water power, C++},
  groups    = {To read},
  readstatus = {read},
  annote    = {Read it \emph{again}.},
  comment   = {And this.},
  doi       = {https://doi.org/10.1000/ab\_c},
  url       = {\url{https://x.org/a\_b}},
  file      = {:home/me/x.pdf:PDF},
}
@inproceedings ( weir , crossref = {proc}, title = {Weirs}, author = {Bo Li AND Cy Poe} )
@proceedings{proc, title = {Proceedings of Mills}, year = {1999}, editor = {Ed Itor}, url = {http://proc.org}}
@online{x, xdata = {shared}, title = {Shared}, date = {2021-03-04/2021-05-06}, eprint = {2310.07240v2},
  eprinttype = {arXiv}, eprintclass = {cs.CV}}
@xdata{shared, author = {Li, Bo}, title = {No paper}}
@misc{y, title = {By journal}, journal = {arXiv preprint arXiv:hep-th/9901001}, year = {in press 2001}}
"""


def taken(text: str | bytes) -> ParseResult:
    return parse_source(decode_source("x.any", text.encode() if isinstance(text, str) else text))


def by_title(reading: ParseResult) -> dict[str | None, Record]:
    return {draft.title: draft for draft in reading.records}


def test_bibtex_with_everything() -> None:
    found = taken(BIB)
    assert not found.diagnostics
    drafts = by_title(found)
    assert list(drafts) == [
        "On Mills & Wëirs: a first look at $\\alpha$-flow", "Weirs", "Proceedings of Mills", "Shared", "By journal",
    ]  # fmt: skip
    first = next(iter(drafts.values()))
    assert first.authors == ("Anna Berg", "Jörg van der Berg Jr.", "Weir Society")
    assert (first.authors_truncated, str(first.date), first.abstract) == (True, "2020-10-07", "We study mills.")
    assert (first.doi, first.links) == ("10.1000/ab_c", ("https://x.org/a_b",))
    assert first.keywords == ("mills", "water-power-C++", "To-read")
    assert first.mark is not None
    assert (first.mark.status, first.mark.note, first.mark.tags) == (Status.READ, "Read it again.\n\nAnd this.", ())
    assert first.mark.citation_key == "berg:2020a"
    assert first.source.line == 10
    weirs = drafts["Weirs"]
    assert (weirs.authors, str(weirs.date), weirs.links) == (("Bo Li", "Cy Poe"), "1999", ())
    shared = drafts["Shared"]
    assert (shared.authors, str(shared.date), shared.eprint, shared.category) == (
        ("Bo Li",), "2021-03-04", "2310.07240", "cs.CV",
    )  # fmt: skip
    assert (drafts["By journal"].eprint, str(drafts["By journal"].date)) == ("hep-th/9901001", "2001")


@pytest.mark.parametrize(
    ("fields", "category", "tags"),
    [
        ("keywords = {Computer Science - Machine Learning, nerf}", "cs.LG", ("nerf",)),
        ("keywords = {nerf, Statistics - Machine Learning, Computer Science - Robotics}", "stat.ML", ("nerf",)),
        ("keywords = {Computer Science - Distributed, Parallel, and Cluster Computing, nerf}", "cs.DC", ("nerf",)),
        ("keywords = {Physics - Data Analysis, Statistics and Probability; nerf}", "physics.data-an", ("nerf",)),
        ("keywords = {Computer Science - Machine Learning, arXiv:cs.CV}", "cs.CV", ()),
        ("keywords = {Computer Science - Machine Learning}, primaryclass = {cs.RO}", "cs.RO", ()),
        ("keywords = {Robotics, Computer Science - Arms}", None, ("Robotics", "Computer-Science---Arms")),
    ],
)
def test_a_category_by_name_is_no_keyword(fields: str, category: str | None, tags: tuple[str, ...]) -> None:
    (record,) = taken(f"@article{{a, title = {{Weirs and mills}}, author = {{Ada Li}}, {fields}}}").records
    assert (record.category, record.keywords) == (category, tags)


def test_a_category_by_name_is_read_from_ris_and_csl() -> None:
    ris = "TY  - JOUR\nTI  - Weirs and mills\nKW  - Computer Science - Robotics\nKW  - nerf\nER  - \n"
    csl = json.dumps([{"id": "a", "type": "article", "title": "Weirs", "keyword": "Mathematics - Logic, nerf"}])
    assert [(each.category, each.keywords) for text in (ris, csl) for each in taken(text).records] == [
        ("cs.RO", ("nerf",)),
        ("math.LO", ("nerf",)),
    ]


@pytest.mark.parametrize(
    ("broken", "titles", "said"),
    [
        ("@article{k, title={A {B},\n year={2020}\n}\n@misc{m, title={C}}", ["A B", "C"], "its fields were read line by line"),
        ("@article{k, title={A}, year={2020}\n\n@misc{m, title={C}}", ["A", "C"], "it is never closed"),
        ("@article{k, title=\"A, year={2020}}\n@misc{m, title={C}}", ["A", "C"], "never closed"),
        ("@article{title={A}}", ["A"], "no citation key"),
        ("@article{, title={A}}", ["A"], "no citation key"),
        ("@article{k\n title={A}\n year={2020}}", ["A"], "a comma is missing"),
        ("@article{k, title={A}, title={B}}", ["A"], "appears twice"),
        ("@article{k, title={A}}\n@misc{k, title={B}}", ["A", "B"], "is used by an earlier entry"),
        ("@article{k, title={A}, date={soon}}", ["A"], "is not a valid date"),
        ("@article{k, title={A}, url={javascript:alert(1)}}", ["A"], "not a web address"),
        ("@article{k, title={A}}\n@string{a = {x}\n@misc{m, title={C}}", ["A", "C"], "this @string cannot be parsed"),
    ],
)  # fmt: skip
def test_a_syntax_error_is_repaired_and_reported(broken: str, titles: list[str], said: str) -> None:
    found = taken(broken)
    assert [draft.title for draft in found.records] == titles
    assert any(said in problem.reason for problem in found.diagnostics), found.diagnostics
    assert all(problem.repaired for problem in found.diagnostics)


@pytest.mark.parametrize(
    "title", [r"{{UD\}el: Mills}}", "{Mills}}", '"Mills"}', r"{Mills\}}"], ids=["escaped", "braces", "quotes", "both"]
)
@pytest.mark.parametrize("end", [",\n author", " ,\n\n  author", ", author"])
def test_fields_after_a_surplus_brace_are_those_of_the_entry(title: str, end: str) -> None:
    found = taken(f"@article{{k, title = {title}{end} = {{Li, Ada}},\n year = 2001\n}}\n\n@misc{{m, title = {{C}}}}")
    first, second = found.records
    assert (first.authors, str(first.date), second.title) == (("Ada Li",), "2001", "C")
    assert "Mills" in (first.title or "")
    (diagnostic,) = found.diagnostics
    assert (diagnostic.repaired, "an extra closing brace on line 1 ends it early" in diagnostic.reason) == (
        True,
        True,
    )


@pytest.mark.parametrize("after", [", see also", "\n year = 2001", ",\n\n@misc{m, title = {C}}", ", 2001 = year"])
def test_words_after_an_entry_are_no_fields(after: str) -> None:
    first, *_ = taken(f"@article{{k, title = {{Mills}}}}{after}").records
    assert (first.title, first.date) == ("Mills", None)


@pytest.mark.parametrize(
    ("repeats", "together"), [(50, None), (51, (52, 1, "1 more time,")), (60, (52, 10, "10 more times,"))]
)
def test_of_many_entries_with_one_key_the_first_fifty_are_named(
    repeats: int, together: tuple[int, int, str] | None
) -> None:
    found = taken("\n".join(f"@misc{{k, title={{Masts {number}}}}}" for number in range(repeats + 1)))
    assert len(found.records) == repeats + 1
    named = [row for row in found.diagnostics if "the key k is used by an earlier entry" in row.reason]
    assert [row.line for row in named] == list(range(2, 52))
    rest = [row for row in found.diagnostics if row not in named]
    assert [(row.line, row.records) for row in rest] == ([together[:2]] if together else [])
    assert all(together and together[2] in row.reason and row.repaired for row in rest)


@pytest.mark.parametrize(
    ("broken", "line", "said"),
    [
        ("@misc{m, title={C}}\n\n@article{k}", 3, "neither a title nor an abstract"),
        ("@misc{m, title={C}}\narticle{k,\n  title = {Lost}\n}", 3, "outside any entry"),
        ("@misc{m, title={C}} } trailing @article{k, title={Lost}}", 1, "the entry k does not begin on a new line"),
    ],
)
def test_a_lost_entry_is_reported(broken: str, line: int, said: str) -> None:
    found = taken(broken)
    assert [draft.title for draft in found.records] == ["C"]
    assert [(problem.line, problem.repaired, said in problem.reason) for problem in found.diagnostics] == [
        (line, False, True)
    ]


@pytest.mark.parametrize(
    ("encoding", "problems"), [("utf-8-sig", 0), ("utf-16", 0), ("cp1252", 1), ("latin-1", 1), ("utf-8", 0)]
)
def test_encodings(encoding: str, problems: int) -> None:
    found = taken(
        "@misc{é1,\r\n  author = {Émile Zoë},\r\n  title = {Les mœurs}\r\n}\r\n".replace("œ", "é").encode(encoding)
    )
    assert [(draft.title, draft.authors) for draft in found.records] == [("Les méurs", ("Émile Zoë",))]
    assert len(found.diagnostics) == problems
    assert all(problem.repaired for problem in found.diagnostics)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\'E}tude sur l'{\oe}uvre", "Étude sur l'œuvre"), (r"Erd\H{o}s", "Erdős"), (r"\v{S}koda \c cedilla", "Škoda çedilla"),
        (r"\'{\i}ndice", "índice"), (r"Vi\'{\^e}t", "Viết"), (r"a~b\,c\ d\-e", "a b c de"), (r"50\% \& \$5 \#1 a\_b", "50% & $5 #1 a_b"),
        (r"\textbf{bold} {\it slanted} \textsc{Caps}", "bold slanted Caps"), (r"$x_{1}$ and \(y\)", r"$x_{1}$ and \(y\)"),
        (r"\unknown{kept} {dropped}", r"\unknown{kept} dropped"), (r"\textbackslash{}n", r"\n"), ("a\n  b", "a b"),
        ("}{unbalanced {", "unbalanced "), ("\\", "\\"), (r"\ldots{} \ss{} \aa", "… ß å"), (r"\"{}", r"\""),
    ],
)  # fmt: skip
def test_latex_is_decoded(latex: str, text: str) -> None:
    assert decode_latex(latex) == text.strip()


def test_urls_lose_their_latex_commands() -> None:
    assert decode_url(r"\url{https://x.org/a\_b\%20c}") == "https://x.org/a_b%20c"
    assert decode_url(r"\href{https://x.org/\#a}{here}") == "https://x.org/#a"
    assert decode_url(" https://x.org/~me ") == "https://x.org/~me"


def test_a_wrapped_abstract_is_unwrapped() -> None:
    row = "We study mills that stand at rivers, and weirs that hold"
    assert unwrap(f"{row}\n  {row}\nthem.\n\nSecond.") == f"{row} {row} them.\n\nSecond."
    assert unwrap("Short\nlines\nstay.") == "Short\nlines\nstay."


RIS = """\
1.
TY  - JOUR
TI  - On Mills
AU  - Berg, Anna
AU  - van der Weir, Bo, Jr.
AU  - Mill Society,
PY  - 2020///
DA  - 2020/10/07/
N2  - An abstract that goes on
and on.
KW  - mills
water power
KW  - arXiv:cs.CV
N1  - First.
second line
N1  - Another note
DO  - https://doi.org/10.1000/abc
AN  - arXiv:2310.07240v1
UR  - https://x.org/a;https://x.org/b
L1  - file:///home/me/x.pdf
ID  - berg2020
ER  -\x20

TY - CONF
T1 - Weirs
A1 - Li, Bo
Y1 - 1999/05//Spring
ID - 12
ER -
TY  - JOUR
TI  - Cut off"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_ris_of_many_dialects(ends: str) -> None:
    found = taken(RIS.replace("\n", ends))
    first, second, third = found.records
    assert (first.title, str(first.date), first.abstract) == (
        "On Mills",
        "2020-10-07",
        "An abstract that goes on and on.",
    )
    assert first.authors == (
        "Anna Berg",
        "Bo van der Weir Jr.",
        "Mill Society",
    )
    assert (first.keywords, first.category) == (("mills", "water-power"), "cs.CV")
    assert (first.doi, first.eprint, first.links) == (
        "10.1000/abc",
        "2310.07240",
        ("https://x.org/a", "https://x.org/b"),
    )
    assert first.mark is not None
    assert (first.mark.note, first.mark.citation_key) == ("First.\nsecond line\n\nAnother note", "berg2020")
    assert (second.title, second.authors, str(second.date), second.mark) == ("Weirs", ("Bo Li",), "1999-05", None)
    assert third.title == "Cut off"
    assert [(problem.line, problem.repaired) for problem in found.diagnostics] == [(30, True)]


WEB_OF_SCIENCE = """\
FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Berg, A
   Li, B
AF Berg, Anna
   Li, Bo
TI On mills that stand
   at rivers
DE mills; weirs
AB We study mills.
PY 2020
DI 10.1000/abc
ER

EF"""


def test_web_of_science() -> None:
    found = taken(WEB_OF_SCIENCE)
    (draft,) = found.records
    assert (draft.title, draft.authors) == ("On mills that stand at rivers", ("Anna Berg", "Bo Li"))
    assert (draft.keywords, draft.doi, str(draft.date)) == (("mills", "weirs"), "10.1000/abc", "2020")
    assert found.diagnostics == ()


ITEM = {
    "id": "http://zotero.org/users/1/items/ABC", "citation-key": "berg2020", "type": "article-journal",
    "title": "On <i>Mills</i> &amp; <span class=\"nocase\">Weirs</span>",
    "author": [
        {"family": "Berg", "given": "Anna", "non-dropping-particle": "van der", "suffix": "Jr."},
        {"literal": "Mill Society"}, {"family": "Plato"}, {"literal": "others"},
    ],
    "issued": {"date-parts": [["2020", 10]]}, "keyword": "mills, water power", "DOI": "10.1000/abc",
    "note": "A note", "URL": "https://x.org", "abstract": "<jats:p>We study mills.</jats:p>",
}  # fmt: skip


@pytest.mark.parametrize("wrap", [lambda item: [item], lambda item: {"references": [item]}, lambda item: item])
def test_csl_json(wrap: object) -> None:
    assert callable(wrap)
    found = taken(json.dumps(wrap(ITEM), indent=1))
    (draft,) = found.records
    assert (draft.title, draft.abstract) == ("On Mills & Weirs", "We study mills.")
    assert (draft.authors, draft.authors_truncated) == (("Anna van der Berg Jr.", "Mill Society", "Plato"), True)
    assert (str(draft.date), draft.keywords, draft.doi) == ("2020-10", ("mills", "water-power"), "10.1000/abc")
    assert draft.mark is not None
    assert (draft.mark.note, draft.mark.citation_key) == ("A note", "berg2020")
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"raw": "2020-05-06"}, "2020-05-06"), ({"literal": "Spring 1999"}, "1999"), ("2019", "2019"), (2018, "2018"),
        ({"date-parts": [[2020, 13, 40]]}, "2020"), ({"date-parts": [[None]]}, "None"), ({"date-parts": []}, "None"),
        ({"date-parts": [[2020, 2, 31]]}, "2020-02"), ([], "None"), ({"date-parts": [["x" * 5000]]}, "None"),
        ({"date-parts": [[9**40]]}, "None"), (True, "None"),
    ],
)  # fmt: skip
def test_dates_of_csl_json(issued: object, date: str) -> None:
    (draft,) = taken(json.dumps([ITEM | {"issued": issued}])).records
    assert str(draft.date) == date


@pytest.mark.parametrize("field", sorted(ITEM))
@pytest.mark.parametrize("value", [None, 1, 1.5, True, "text", [], [1, {}], {"a": [1]}, [["x"]]])
def test_a_variable_of_any_type_is_accepted(field: str, value: object) -> None:
    found = taken(json.dumps([ITEM | {field: value}, ITEM | {"title": "Second"}]))
    assert found.records[-1].title == "Second"


HOSTILE = {
    "unclosed": "@article{k, title = {" + "x " * 100_000,
    "deep": "@article{k, title = " + "{" * 100_000 + "x" + "}" * 100_000 + "}",
    "deep and open": "@article{k, title = " + "{" * 100_000,
    "deep macros": "@article{k, title = {" + "\\textbf{" * 2_000 + "x" + "}" * 2_000 + "}}",
    "accents": "@article{k, title = {" + "\\'{" * 50_000 + "}}",
    "openings": "@a{" * 20_000,
    "open lines": "@a{x, t = {\n" * 10_000,
    "open comments": "@comment{\n" * 20_000,
    "same keys": "@misc{k, title = {Mills}}\n" * 10_000,
    "doubling": "@string{s0 = {xx}}\n" + "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 21))
    + "@misc{k, title = s20 # s12}\n@misc{m, title = {Mills}}",
    "many uses": "@string{s = {" + "x" * 4_000 + "}}\n" + ("@misc{k, note = " + "s # " * 100 + "s, title = {A}}\n") * 250,
    "circle": "@misc{a, crossref = {b}, title = {A}}\n@misc{b, crossref = {a}, xdata = {a, b}, title = {B}}",
    "chain": "".join(f"@misc{{k{n}, crossref = {{k{n + 1}}}, title = {{A}}}}\n" for n in range(5_000)),
    "quotes": '@misc{k, title = "' + '{"}' * 60_000,
    "hashes": "@misc{k, title = " + "# " * 100_000,
    "ats": "@misc{k, title = {A}} " + "x @a{ " * 40_000,
    "blanks": "@misc{k, title = {A}, author = {" + " " * 200_000 + "and" + " " * 200_000 + "}}",
    "ands": "@misc{k, title = {A}, author = {" + " and " * 60_000 + "}}",
    "commas": "@misc{k, title = {A}, author = {" + "a, " * 60_000 + "}}",
    "dollars": "@misc{k, title = {" + "$" * 200_000 + "}}",
    "digits": "@misc{k, title = {A}, year = " + "9" * 5_000 + "}",
    "no name": "@misc{k, " + "= " * 100_000 + "}",
    "ris": "TY  - JOUR\nTI  - A\n" + "AU  - x\n" * 20_000,
    "ris starts": "TY  - JOUR\n" * 10_000,
    "ris lines": "TY  - JOUR\nAB  - A\n" + "going on\n" * 50_000,
    "csl deep": '[{"type": "book", "issued": ' + "[" * 100_000,
    "csl digits": '[{"type": "book", "title": "A", "issued": {"date-parts": [[' + "9" * 5_000 + "]]}}]",
    "csl nan": '[{"type": "book", "title": "A", "issued": NaN}]',
    "csl twice": '[{"type": "book", "title": "A", "title": "B", "author": []}]',
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_give_a_record_or_a_diagnostic_in_time(name: str) -> None:
    start = time.process_time()
    found = taken(HOSTILE[name])
    spent = time.process_time() - start
    assert found.records or found.diagnostics
    assert len(found.diagnostics) < 12_500
    assert spent < 4  # 1 s and less on a quiet machine; what is quadratic takes minutes


def test_repeated_keys_are_reported_together() -> None:
    found = taken("@misc{k, title = {Mills}}\n" * 1_000)
    assert len(found.records) == 1_000
    assert len(found.diagnostics) == 51
    assert sum(problem.records for problem in found.diagnostics) == 999


def test_doubled_strings_stay_small() -> None:
    found = taken(HOSTILE["doubling"])
    assert [draft.title for draft in found.records][-1] == "Mills"
    assert max(len(draft.title or "") for draft in found.records) < 100_000
    assert any("longer than 5000 characters" in problem.reason for problem in found.diagnostics)


def test_too_many_authors_are_truncated_and_reported() -> None:
    (draft,) = (found := taken("@misc{k, title = {A}, author = {" + " and ".join(["Bo Li"] * 6_000) + "}}")).records
    assert (len(draft.authors), draft.authors_truncated) == (5_000, True)
    assert "of its 6000 authors" in found.diagnostics[0].reason


SCRAP = st.sampled_from(
    [
        "@article{k,", "@misc(", "title = {", "author =", "}", "{", ")", '"', ",", "=", "#", "\n", " and ", "\\", "\\'", "$",
        "@string{a = ", "@comment{", "crossref = {k}", "x", "é", "TY  - JOUR\n", "ER  - \n", "AU  - ", "KW  -", "\nTI  - x\n",
        '[{"type": "book",', '"title": "x"', "]", "null", ":", "1", "%", "\x00", "\ufeff", "@",
    ]
)  # fmt: skip


@given(st.lists(SCRAP, max_size=40))
@examples(300)
def test_any_fragments_of_bibliographies_are_accepted(scraps: list[str]) -> None:
    text = "".join(scraps)
    found = taken(text)
    assert not text.strip() or found.records or found.diagnostics or "@" in text
    assert all(draft.title or draft.abstract for draft in found.records)
    assert all(problem.reason and problem.hint for problem in found.diagnostics)


@pytest.mark.parametrize(
    "text",
    ["@article{a, title = {Reeds in Wind}}\n", "TY  - JOUR\nTI  - Reeds in Wind\nER  - \n"],
    ids=["BibTeX", "RIS"],
)
def test_a_bibliography_is_surely_one(text: str) -> None:
    found = parse_source(decode_source("reeds.txt", text.encode()))
    assert [record.title for record in found.records] == ["Reeds in Wind"]
    assert not found.unsure
