"""import(export(x)) = x, as far as the table of formats says that a format carries x."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.export.readers import found_in
from tests.support.examples import examples
from tui.export.citekey import citation_keys
from tui.export.formats import FORMATS
from tui.ingest.corrections import CuratedCorrections
from tui.ingest.merge_records import merge_records
from tui.ingest.pipeline import ingest
from tui.ingest.record import Record
from tui.ingest.source_file import decode_source
from tui.latex.decode import decode_latex_block
from tui.latex.display_text import display_text
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED, Mark, Status
from tui.model.paper import SourceLocation
from tui.model.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.pipeline import IngestResult

# Formats that readlist imports; the others are for people and spreadsheets.
BACK = ("bibtex", "biblatex", "ris", "csl-json", "json", "jsonl")

GIVEN = st.sampled_from(["Ann", "Tsung-Yi", "J. Zico", "Émile", "Иван", "X", "d'Arcy", "Ad-hoc"])
PARTICLE = st.sampled_from(["", "", "van", "van der", "de la", "'t", "von und zu"])
FAMILY = st.sampled_from(["Lin", "Müller", "O'Brien", "Maaten", "Learned-Miller", "Щукин", "And", "Łukasiewicz"])
SUFFIX = st.sampled_from(["", "", "Jr.", "III"])
PERSON = st.tuples(GIVEN, PARTICLE, FAMILY, SUFFIX).map(lambda parts: " ".join(filter(None, parts)))
WHOLE = st.sampled_from(
    [
        "王小明", "김민수", "山田太郎", "محمد بن سلمان", "עמוס עוז", "Plato", "OpenAI", "Deep Team", "Luc Van Gool",
        "José Ortega y Gasset", "danah boyd", "van Gogh", "Barnes and Noble", "{New Horizons}", "Doe, Ann", "a,b,c,d",
    ]
)  # fmt: skip
PIECE = st.sampled_from(
    [
        *"{}\\$%@\",=\n&#_~^'<>", "Deep ", "CacheGen ", "é", "王", "עב", "😀", "@article{evil,", "\\input{x}",
        "$x_1$",
        "\\unknown{", "\\alpha", "{a}",
        "\ud800", "\x00", " and ", "\n\n", "\r\n", "ER  - ", "  ",
        "\\par", "$", "\\$", "\\%", "TY  - X",
    ]
)  # fmt: skip
# Two backslashes are a line break in LaTeX, or a character before a command; the texts contain neither.
LATEX = st.lists(
    st.sampled_from(
        [
            "Deep",
            "{\\it vs.}",
            "\\emph{x y}",
            '{\\"o}',
            'Schr\\"odinger',
            "\\ss{}",
            "$x_1$",
            "50\\%",
            "\\c{c}a",
            "{KV}",
            "5 \\& 6",
        ]
    ),
    max_size=6,
).map(" ".join)
TEXT = st.one_of(st.text(max_size=40), st.lists(PIECE, max_size=12).map("".join), LATEX).map(
    lambda text: re.sub(r"\\{2,}", r"\\", text)
)
# Texts are trimmed on import; a control character at an end would keep a space that exports then lose.
EDGES = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace() or not sign.isprintable())
# A text of only LaTeX spaces (``\\,``) is empty to a program that reads LaTeX.
TRIMMED = TEXT.map(lambda text: text.strip(EDGES)).filter(
    lambda text: not text or bool(decode_latex_block(text).strip(EDGES))
)
TAG = st.one_of(st.text("abcÄß1-_.+/:", min_size=1, max_size=8), st.sampled_from(["cs.CV", "ml/vision"]))
TAGS = st.lists(TAG, max_size=3, unique_by=str.casefold).map(
    lambda tags: tuple(tag for tag in tags if tag == tag.strip("/") and "//" not in tag and tag)
)
DATE = st.none() | st.builds(
    PartialDate, st.none() | st.integers(1000, 2100), st.integers(1, 12), st.none() | st.integers(1, 28)
)
LINK = st.text("abc/?&=%20_~{}\\ #", max_size=12).map(lambda rest: f"https://x.y/{rest}".strip())
DRAFT = st.builds(
    Record(SourceLocation("x", 1))._replace,
    title=st.none() | TRIMMED,
    authors=st.lists(PERSON | WHOLE, max_size=4).map(tuple),
    authors_truncated=st.booleans(),
    affiliation=st.none() | st.just("stanford"),
    date=DATE,
    category=st.none() | st.sampled_from(["cs.CV", "hep-th", "stat.ML"]),
    has_code=st.booleans(),
    links=st.lists(LINK, max_size=2, unique=True).map(tuple),
    abstract=st.none() | TRIMMED,
    eprint=st.none() | st.sampled_from(["2310.07240", "hep-th/9901001"]),
    doi=st.none() | st.sampled_from(["10.1145/1_2", "10.1002/(SICI)1097<1::AID>3.0.CO;2-A", "10.1145/x{y}"]),
)
MARK = st.builds(UNTOUCHED._replace, status=st.sampled_from(Status), starred=st.booleans(), tags=TAGS, note=TEXT)


def back(text: str) -> IngestResult:
    return ingest([decode_source("x", text.encode())], corrections=CuratedCorrections(), at="now", keywords_of=("x",))


def same(found: object, wanted: object) -> bool:
    """Whether two values are equal.

    LaTeX's spellings of letters come back as the letters, and what a text ends in where a group was taken off is
    trimmed like any other end.
    """
    if isinstance(wanted, str) and isinstance(found, str) and found.rstrip(EDGES) == wanted.rstrip(EDGES):
        return True
    if isinstance(wanted, str) and "\\" in wanted:
        return found == wanted or (isinstance(found, str) and _spelled(found) == _spelled(wanted))
    if isinstance(wanted, tuple | list) and isinstance(found, tuple | list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    if isinstance(wanted, dict) and isinstance(found, dict):
        return found.keys() == wanted.keys() and all(same(found[key], wanted[key]) for key in wanted)
    return found == wanted


def _spelled(text: str) -> str:
    return " ".join(re.sub(r"\\emph|[{}]", "", display_text(text)).split())


def carried(name: str, entry: Entry, key: str) -> dict[str, object]:
    """The fields of an entry that a format carries, without its locations."""
    values = found_in(FORMATS[name], entry, key)
    return {
        field: value for field, value in values.items() if field not in ("sources", "added", "provenance", "variants")
    }


@pytest.mark.parametrize("name", BACK)
@given(draft=DRAFT, mark=MARK)
@examples(100, derandomize=True)
def test_an_entry_round_trips(name: str, draft: Record, mark: Mark) -> None:
    assert_round_trips(name, draft, mark)


@pytest.mark.slow
@pytest.mark.parametrize("name", BACK)
@given(draft=DRAFT, mark=MARK)
@settings(max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
def test_many_entries_round_trip(name: str, draft: Record, mark: Mark) -> None:
    assert_round_trips(name, draft, mark)


def assert_round_trips(name: str, draft: Record, mark: Mark) -> None:
    """Export an entry, import it again, and compare the fields that the format carries."""
    entry = Entry(merge_records([draft], "0123456789", (), "2024-01-02T03:04:05Z"), mark)
    keys = citation_keys([entry])
    wanted = carried(name, entry, keys[entry.id])
    found = back("".join(FORMATS[name].write([entry], keys)))
    if not _has_text(name, entry):
        assert (found.papers, len(found.diagnostics)) == ((), 1)
        return
    (paper,) = found.papers
    marks = dict(found.marks_with_keywords())
    again = Entry(paper._replace(id=entry.id), marks.get(paper.id, UNTOUCHED))
    got = carried(name, again, keys[entry.id])
    assert same(got, wanted), (got, wanted)
    assert again.mark.citation_key == keys[entry.id] or keys[entry.id].isdigit()
    assert not [problem for problem in found.diagnostics if not problem.repaired]


def _has_text(name: str, entry: Entry) -> bool:
    """Whether the export contains a title or an abstract, or in our own JSON an identifier."""
    values = found_in(FORMATS[name], entry, "key")
    if name == "ris":
        rows = values["lines"]
        assert isinstance(rows, list)
        return any(tag in ("TI", "AB") for tag, _ in rows)
    names = ("title", "abstract", *(("eprint", "doi", "links") if name in ("json", "jsonl") else ()))
    return any(values.get(field) and str(values[field]).strip() for field in names)


@pytest.mark.parametrize("name", [*BACK, "csv"])
def test_the_seeds_round_trip(name: str, seeds: IngestResult) -> None:
    entries = _marked(seeds)
    keys = citation_keys(entries)
    found = back("".join(FORMATS[name].write(entries, keys)))
    marks = dict(found.marks_with_keywords())
    by_key = {mark.citation_key: paper_id for paper_id, mark in marks.items()}
    papers = {paper.id: paper for paper in found.papers}
    assert (len(found.papers), found.diagnostics) == (len(entries), ())
    for entry in entries:
        paper_id = by_key[keys[entry.id]]
        again = Entry(papers[paper_id]._replace(id=entry.id), marks[paper_id])
        got, wanted = (carried(name, one, keys[entry.id]) for one in (again, entry))
        assert same(got, wanted), (got, wanted)


def _marked(seeds: IngestResult) -> Sequence[Entry]:
    """The seed papers, every sixth of them tagged, starred, read and noted."""
    note = "# Read it again\n\n- one\n- `two` & *three*\n\n@article{evil, x}\n50 % of it"
    mark = Mark(Status.READ, starred=True, tags=("kv_cache", "ml/systems"), note=note)
    return [Entry(paper, UNTOUCHED if place % 6 else mark) for place, paper in enumerate(seeds.papers)]


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    "text", [r"\{a}", r"{a\}", r"On \{a\}", r"{\{a}}", r"\{a", r"a\}", r"\foo{\}}", r"\} and \{"]
)
def test_visible_braces_round_trip_and_do_not_group(name: str, text: str) -> None:
    note = r"{a} \{b\} {"
    assert_round_trips(name, Record(SourceLocation("x", 1), title=f"Mills {text}", abstract=text), Mark(note=note))


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_notes_and_abstracts_round_trip_exactly(name: str) -> None:
    note = "\ttabbed  \n\n  - {a} list\n@misc{evil, x}\n100 % _sure_ of $x^2$ & ~that~ \\foo{bar} C:\\new #1\n\n\nEnd"
    abstract = f"First {'long ' * 30}paragraph.\nSecond: 5 % \\n.\n\nThird."
    entry = Entry(
        merge_records([Record(SourceLocation("x", 1), title="On Mills", abstract=abstract)], "0123456789", (), ""),
        Mark(note=note),
    )
    found = back("".join(FORMATS[name].write([entry], citation_keys([entry]))))
    assert found.papers[0].abstract == abstract
    assert dict(found.marks_with_keywords())[found.papers[0].id].note == note
