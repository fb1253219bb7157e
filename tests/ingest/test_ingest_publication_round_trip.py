"""Import and export of publications: what comes back in each format, up to the table in the manual."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.export.readers import differences
from tui.bibtex.tolerant_parser import parse_bibtex
from tui.export.export_options import ExportOptions
from tui.export.formats import FORMATS, resolve_format
from tui.ingest.merge_records import merge_records
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED
from tui.model.publication import PUBLICATION_FIELDS
from tui.model.value_kind import ENTRY_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE = Path(__file__).parent
ENTRIES = (HERE / "publications.bib").read_text(encoding="utf-8")
MANUAL = HERE.parents[1] / "tui/docs/export.md"
PAPER_FIELDS = ("title", "authors", "authors_truncated", "date", "category", "abstract", "eprint", "doi")


def _entries(text: str, name: str) -> list[Entry]:
    """Every record of a file as a paper of its own."""
    records = parse_source(decode_source(name, text.encode())).records
    return [
        Entry(merge_records([record], f"{number:010x}", (), ""), record.mark or UNTOUCHED)
        for number, record in enumerate(records)
    ]


def _keys(entries: Sequence[Entry]) -> Mapping[str, str]:
    return {entry.id: entry.mark.citation_key or entry.id for entry in entries}


def _values(entry: Entry) -> dict[str, object]:
    """The fields of a paper that are not empty; fields of a source that only its own format can hold are one each."""
    publication = entry.paper.publication
    fields = {name: getattr(entry.paper, name) for name in PAPER_FIELDS}
    fields |= {row.name: getattr(publication, row.name) for row in PUBLICATION_FIELDS if row.name != "extra"}
    fields |= {
        f"extra {name}": " ".join(value.split())
        for source, name, value in publication.extra
        if source == "bibtex" or name == ENTRY_TYPE
    }
    return {name: value for name, value in fields.items() if value}


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    found = _entries(ENTRIES, "publications.bib")
    assert len(found) == 20
    return found


def _lost(entries: Sequence[Entry], name: str) -> Iterator[str]:
    """The fields that do not come back as they were."""
    text = "".join(FORMATS[name].write(entries, _keys(entries)))
    found = {entry.mark.citation_key: entry for entry in _entries(text, f"back{FORMATS[name].suffix}")}
    assert found.keys() == {entry.mark.citation_key for entry in entries}
    for entry in entries:
        back = _values(found[entry.mark.citation_key])
        yield from (field for field, value in _values(entry).items() if back.get(field) != value)


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "ris", "csl-json"])
def test_what_comes_back(name: str, entries: list[Entry]) -> None:
    labels = {row.name: row.label for row in PUBLICATION_FIELDS}
    if name == "bibtex":
        labels[f"extra {ENTRY_TYPE}"] = labels["type"]
    lost = dict.fromkeys(
        labels.get(field, "fields of BibTeX" if field.startswith("extra") else field)
        for field in _lost(entries, name)
    )
    row = f"| `{name}` | {', '.join(sorted(lost)) or 'nothing'} |"
    assert row in MANUAL.read_text(encoding="utf-8"), row


@pytest.mark.parametrize("ascii_only", [False, True], ids=["", "ascii"])
@pytest.mark.parametrize("name", ["bibtex", "biblatex", "ris"])
def test_the_exports_are_verified(name: str, ascii_only: bool, entries: list[Entry]) -> None:
    form = resolve_format(name, ExportOptions(ascii=ascii_only))
    text = "".join(form.write(entries, _keys(entries)))
    assert differences(form, text, entries, _keys(entries)) == []
    assert text.isascii() or not ascii_only


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_types_and_fields_of_the_file_return(name: str, entries: list[Entry]) -> None:
    """The names of types and fields, and not only the values."""
    text = "".join(FORMATS[name].write(entries, _keys(entries)))
    given = {entry.key: entry for entry in parse_bibtex(ENTRIES).entries}
    found = {entry.key: entry for entry in parse_bibtex(text).entries}
    only_biblatex = ("online1", "thesis1", "report1", "dataset1", "software1", "article2")
    for key, entry in given.items():
        if name == "biblatex" or key not in only_biblatex:
            assert found[key].kind == entry.kind
        if (name == "biblatex") is (key in only_biblatex):  # the dialect has the names of all fields
            assert entry.fields.keys() - found[key].fields.keys() <= {"journalsubtitle"}
    assert {entry.kind for entry in found.values()} <= {
        *("article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "manual", "misc"),
        *("mastersthesis", "phdthesis", "proceedings", "techreport", "unpublished"),
        *(("online", "thesis", "report", "dataset", "software") if name == "biblatex" else ()),
    }


RAW = r"""
@article{k, title = {T}, author = {Ann Lee}, journal = {J}, custom_a = {a {B} \& c_d}, custom-b = {\input{/etc/passwd}},
  customc = "un}balanced{", bdsk-file-1 = {YnBsaXN0+/=}, month = {4--6~dec}, year = {2019/2020}}
"""


def test_other_fields_return_verbatim_unless_they_are_harmful() -> None:
    (entry,) = _entries(RAW, "raw.bib")
    text = "".join(FORMATS["bibtex"].write([entry], _keys([entry])))
    assert r"custom_a      = {a {B} \& c_d}" in text
    assert "bdsk-file-1   = {YnBsaXN0+/=}" in text
    assert "month         = {4--6~dec}" in text
    assert "year          = {2019/2020}" in text
    assert "\\input" not in text
    assert differences(FORMATS["bibtex"], text, [entry], _keys([entry])) == []


def test_names_of_fields_may_begin_with_an_underscore() -> None:
    entries = _entries("@misc{k, title = {T}, _url = {https://x.example/a_b}}", "raw.bib")
    text = "".join(FORMATS["bibtex"].write(entries, _keys(entries)))
    assert "_url          = {https://x.example/a_b}" in text
    assert differences(FORMATS["bibtex"], text, entries, _keys(entries)) == []


@pytest.mark.parametrize("name", ["ris", "csl-json"])
def test_the_category_that_an_export_writes_as_a_keyword_is_no_keyword_when_it_comes_back(name: str) -> None:
    text = {
        "ris": "TY  - JOUR\nTI  - Harbours by Night\nAU  - Lee, Ann\nKW  - arXiv:cs.CV\nKW  - quays\nKW  - arXiv:cs.LG\nER  - \n",
        "csl-json": '[{"type": "article", "title": "Harbours by Night", "keyword": "arXiv:cs.CV, quays, arXiv:cs.LG"}]',
    }[name]
    [record] = parse_source(decode_source("refs", text.encode())).records
    assert record.category == "cs.CV"
    assert record.publication.keywords == ("quays", "arXiv:cs.LG"), "only what became the category is left out"
