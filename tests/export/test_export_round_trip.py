"""Every format is read by somebody else's reader, whatever the entries hold."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from bibtexparser.entrypoint import parse_string as parse_strictly
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Person, parse_string

from tests.export.readers import KEEPING, differences, unescape_formula
from tests.support.examples import examples
from tui.export.citekey import citation_keys
from tui.export.formats import FORMATS
from tui.export.json_record import json_record
from tui.model.author_name import parse_name
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED, Status
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate
from tui.text import cleanup

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLES = examples(200)

GIVEN = st.sampled_from(["Ann", "Tsung-Yi", "J. Zico", "Sunnie S. Y.", "Émile", "Иван", "Αλέξης", "Ad-hoc", "X"])
PARTICLE = st.sampled_from(["", "", "van", "van der", "de la", "'t", "von und zu", "d'"])
FAMILY = st.sampled_from(["Lin", "Müller", "O'Brien", "Maaten", "Learned-Miller", "Щукин", "And", "Lee"])
SUFFIX = st.sampled_from(["", "", "Jr.", "III"])
PERSON = st.tuples(GIVEN, PARTICLE, FAMILY, SUFFIX).map(lambda parts: " ".join(filter(None, parts)))
SPECIAL_NAME = st.sampled_from(
    (
        "王小明",
        "김민수",
        "山田太郎",
        "محمد بن سلمان",
        "עמוס עוז",
        "Plato",
        "OpenAI",
        "Deep Team",
        "Luc Van Gool",
        "others",
    )
) | st.sampled_from(
    (
        "José Ortega y Gasset",
        "danah boyd",
        "van Gogh",
        "Barnes and Noble",
        "{Barnes and Noble}",
        "Doe, Ann",
        "a,b,c,d",
    )
)
NAMES = st.lists(PERSON | SPECIAL_NAME, max_size=4).map(tuple)

# No braces, backslashes or dollars: what they mean is tested with the escaping itself.
PLAIN_PIECE = st.sampled_from(
    [
        "Deep ",
        "CacheGen ",
        "KV",
        " ",
        "&",
        "%",
        "#",
        "_",
        "~",
        "^",
        '"',
        "'",
        "@",
        "\n",
        "\r\n",
        "é",
        "王",
        "עב",
        "😀",
        ":",
        ",",
    ]
)
PLAIN = st.lists(PLAIN_PIECE, max_size=12).map("".join)
WILD = st.text(max_size=40) | st.lists(
    st.sampled_from(
        [*'{}\\$%@",=\n', "@article{evil,", "\\input{x}", "$x$", "\\emph{", "\ud800", "\x00", " and ", "\n\n"]
    ),
    max_size=12,
).map("".join)
TAG = st.text("abcÄß1-_.+/:", min_size=1, max_size=8)
DATE = st.none() | st.builds(
    PartialDate, st.none() | st.integers(1900, 2100), st.integers(1, 12), st.none() | st.integers(1, 28)
)
LINK = st.text("abc/?&=%20_~{}\\ #", max_size=12).map(lambda rest: f"https://x.y/{rest}")


def _entries(
    text: st.SearchStrategy[str], names: st.SearchStrategy[tuple[str, ...]]
) -> st.SearchStrategy[list[Entry]]:
    paper = st.builds(
        Paper("")._replace,
        id=st.text("0123456789abcdef", min_size=10, max_size=10),
        title=st.none() | text,
        authors=names,
        authors_truncated=st.booleans(),
        date=DATE,
        category=st.none() | st.sampled_from(["cs.CV", "hep-th", "stat.ML"]),
        has_code=st.booleans(),
        links=st.lists(LINK, max_size=2).map(tuple),
        abstract=st.none() | text,
        eprint=st.none() | st.sampled_from(["2310.07240", "hep-th/9901001"]),
        doi=st.none() | st.sampled_from(["10.1145/1_2", "10.1002/(SICI)1097<1::AID>3.0.CO;2-A"]),
    )
    mark = st.builds(
        UNTOUCHED._replace,
        status=st.sampled_from(Status),
        starred=st.booleans(),
        tags=st.lists(TAG, max_size=3, unique_by=str.casefold).map(tuple),
        note=text,
    )
    return st.lists(st.builds(Entry, paper, mark), max_size=3, unique_by=lambda entry: entry.id)


PLAIN_ENTRIES = _entries(PLAIN, NAMES)
WILD_ENTRIES = _entries(WILD, st.lists(WILD, max_size=3).map(tuple))


def _written(name: str, entries: Sequence[Entry]) -> str:
    return "".join(FORMATS[name].write(entries, citation_keys(entries)))


def _unescaped(value: str) -> str:
    """What TeX would print, for texts without TeX in them; on purpose not the program's own reading."""
    for macro, sign in (("asciitilde", "~"), ("asciicircum", "^")):
        value = value.replace(f"\\text{macro}{{}}", sign)
    return " ".join(
        re.sub(r"\\([&%#_])", r"\1", value).replace("{", "").replace("}", "").replace("\\par", "").split()
    )


@given(PLAIN_ENTRIES)
@EXAMPLES
def test_pybtex_reads_the_intended_values(entries: list[Entry]) -> None:
    keys = citation_keys(entries)
    library = parse_string(_written("bibtex", entries), "bibtex")
    assert list(library.entries) == [keys[entry.id] for entry in entries]
    for entry in entries:
        found = library.entries[keys[entry.id]]
        paper = entry.paper
        date = paper.date
        assert found.type == "misc"
        assert found.fields.get("year") == (None if date is None or date.year is None else str(date.year))
        assert ("month" in found.fields) == (date is not None and date.year is not None)
        assert _unescaped(found.fields.get("title", "")) == " ".join((paper.title or "").split())
        assert _unescaped(found.fields.get("annote", "")) == " ".join(entry.mark.note.split())
        assert _unescaped(found.fields.get("abstract", "")) == " ".join((paper.abstract or "").split())
        assert found.fields.get("eprint") == paper.eprint
        assert found.fields.get("doi") == paper.doi
        people = [_parts_of(person) for person in found.persons.get("author", [])]
        truncated = paper.authors_truncated and paper.authors
        assert people == [*map(_expected_parts, paper.authors), *([("", "others", "")] if truncated else [])]


def _parts_of(person: Person) -> tuple[str, str, str]:
    family = " ".join(person.prelast_names + person.last_names)
    given_names = " ".join(person.first_names + person.middle_names)
    return given_names, family.replace("{", "").replace("}", ""), " ".join(person.lineage_names)


def _expected_parts(printed: str) -> tuple[str, str, str]:
    name = parse_name(printed)
    return name.given, name.surname, name.suffix


@given(PLAIN_ENTRIES)
@EXAMPLES
def test_bibtexparser_reads_the_same_fields(entries: list[Entry]) -> None:
    keys = citation_keys(entries)
    library = parse_strictly(_written("bibtex", entries))
    assert not library.failed_blocks
    assert not library.comments
    assert [found.key for found in library.entries] == [keys[entry.id] for entry in entries]
    for found, entry in zip(library.entries, entries, strict=True):
        fields = {field.key: field.value for field in found.fields}
        keywords = [_unescaped(word) for word in fields.get("keywords", "").split(", ") if word]
        assert keywords[: len(entry.mark.tags)] == list(entry.mark.tags)
        assert set(keywords[len(entry.mark.tags) :]) <= {f"arXiv:{entry.paper.category}"}
        assert ("primaryClass" in fields) == bool(entry.paper.eprint and entry.paper.category)
        assert ("archivePrefix" in fields) == bool(entry.paper.eprint)
        assert fields.get("url", "") == ("" if not entry.paper.links else _url(entry.paper.links[0]))
        assert len(fields.get("author", "").split(" and ")) >= len(entry.paper.authors)


def _url(link: str) -> str:
    written = link.rstrip(" ").replace("\\", "%5C")
    written = re.sub(" +", "%20", written)
    depths = [written[:end].count("{") - written[:end].count("}") for end in range(len(written) + 1)]
    balanced = min(depths) >= 0 and depths[-1] == 0
    return written if balanced else written.replace("{", "%7B").replace("}", "%7D")


@given(WILD_ENTRIES)
@EXAMPLES
def test_one_entry_in_is_one_entry_out_of_bibtex(entries: list[Entry]) -> None:
    keys = citation_keys(entries)
    text = _written("bibtex", entries)
    text.encode()
    library = parse_strictly(text)
    assert not library.failed_blocks
    assert not library.comments
    assert [found.key for found in library.entries] == [keys[entry.id] for entry in entries]
    people = parse_string(text, "bibtex").entries
    assert list(people) == [keys[entry.id] for entry in entries]
    for entry in entries:
        names = [author for author in entry.paper.authors if cleanup.clean_line(author)]
        others = bool(names) and entry.paper.authors_truncated
        assert len(people[keys[entry.id]].persons.get("author", [])) == len(names) + others


@given(WILD_ENTRIES)
@EXAMPLES
def test_python_reads_the_csv(entries: list[Entry]) -> None:
    text = _written("csv", entries)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert [row["id"] for row in rows] == [entry.id for entry in entries]
    for row, entry in zip(rows, entries, strict=True):
        assert unescape_formula(row["title"]) == cleanup.clean_lines(entry.paper.title or "")
        assert unescape_formula(row["note"]) == cleanup.clean_lines(entry.mark.note)
        assert row["tags"].lstrip("'") == " ".join(entry.mark.tags).lstrip("'")
        assert row["starred"] == str(entry.mark.starred).lower()
        assert not any(
            cell.lstrip(" \t\r\n\"'").startswith(tuple("=+-@＝＋－＠")) for cell in row.values() if cell[:1] != "'"
        )


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


@given(WILD_ENTRIES)
@EXAMPLES
def test_python_reads_the_json(entries: list[Entry]) -> None:
    keys = citation_keys(entries)
    wanted = [json_record(entry, keys[entry.id]) for entry in entries]
    array, lines = _written("json", entries), _written("jsonl", entries)
    assert json.loads(array.encode().decode(), parse_constant=_refuse) == wanted
    assert [json.loads(line) for line in lines.encode().decode().split("\n")[:-1]] == wanted
    assert array == json.dumps(wanted, indent=2, ensure_ascii=False) + "\n"


@given(WILD_ENTRIES)
@EXAMPLES
def test_no_value_forges_a_line_of_ris(entries: list[Entry]) -> None:
    keys = citation_keys(entries)
    records = _written("ris", entries).split("\r\n\r\n") if entries else []
    assert len(records) == len(entries)
    for written, entry in zip(records, entries, strict=True):
        rows = [row.split("  - ", 1) for row in written.removesuffix("\r\n").split("\r\n")]
        tags = [tag for tag, _ in rows]
        assert tags[:2] == ["TY", "ID"]
        assert tags[-1] == "ER"
        assert [tag for tag in ("TY", "ID", "TI", "PY", "AB", "N1", "DO", "ER") if tags.count(tag) > 1] == []
        assert tags.count("AU") == len([author for author in entry.paper.authors if cleanup.clean_line(author)])
        assert tags.count("KW") >= len(entry.mark.tags)
        assert rows[1][1] == keys[entry.id]


@given(PLAIN_ENTRIES)
@EXAMPLES
def test_csl_items_have_the_types_that_processors_expect(entries: list[Entry]) -> None:
    keys = citation_keys(entries)
    items = json.loads(_written("csl-json", entries), parse_constant=_refuse)
    assert [item["id"] for item in items] == [item["citation-key"] for item in items] == [keys[e.id] for e in entries]
    for item, entry in zip(items, entries, strict=True):
        date = entry.paper.date
        dated = date is not None and date.year is not None
        assert ("issued" in item) == dated
        if date is not None and dated:
            assert item["issued"]["date-parts"][0][0] == date.year
            assert all(type(part) is int for part in item["issued"]["date-parts"][0])
        assert all(
            isinstance(item.get(name, ""), str) for name in ("keyword", "note", "title", "DOI", "URL", "number")
        )
        names = [{**person} for person in item.get("author", [])]
        others = [{"literal": "others"}] if names and entry.paper.authors_truncated else []
        wanted = [parse_name(author) for author in entry.paper.authors]
        assert (
            names
            == [
                {"literal": name.literal}
                if name.literal
                else {
                    part: text
                    for part, text in (
                        *(("family", name.family), ("given", name.given)),
                        *(("non-dropping-particle", name.particle), ("suffix", name.suffix)),
                    )
                    if text
                }
                for name in wanted
            ]
            + others
        )


@pytest.mark.parametrize("name", KEEPING)
@given(entries=WILD_ENTRIES)
@examples(60)
def test_every_value_can_be_read_back(name: str, entries: list[Entry]) -> None:
    keys = citation_keys(entries)
    assert differences(FORMATS[name], _written(name, entries), entries, keys) == []
