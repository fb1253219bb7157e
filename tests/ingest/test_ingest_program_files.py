"""Files as programs and services write them: every field is imported and exported; the exceptions are named here."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.ingest import program_files
from tests.ingest.test_ingest_no_field_lost import WORDS, only, words_of
from tui.bibtex.tolerant_parser import parse_bibtex
from tui.export.formats import FORMATS
from tui.ingest.merge_records import merge_records
from tui.latex.decode import decode_latex
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED

if TYPE_CHECKING:
    from collections.abc import Mapping

# The name under which a field comes back, where it is another one. None: not at all, and the reason is beside it.
RENAMED_BIBTEX: Mapping[str, str | None] = {
    "date": "year", "journaltitle": "journal", "location": "address", "issue": "number", "eprintclass": "primaryclass",
    "langid": "language", "journal-iso": "shortjournal", "arxivid": "eprint",
    "comment": "annote", "annotation": "annote",
    "readstatus": None,  # the status, which no bibliography carries
}  # fmt: skip
RENAMED_BIBLATEX: Mapping[str, str | None] = {
    "year": "date", "journal": "journaltitle", "address": "location", "school": "institution",
    "archiveprefix": "eprinttype", "primaryclass": "eprintclass", "issue": "number", "langid": "language",
    "journal-iso": "shortjournal", "arxivid": "eprint", "comment": "annote", "annotation": "annote", "month": "date",
    "readstatus": None,  # the status, which no bibliography carries
}  # fmt: skip
# What of a value is not text: months become numbers, labels of the parts of a name go.
OTHER_WORDS = {"month": r"[A-Za-z]+", "date": r"-\d\d", "author": r"\b(?:prefix|family|given)="}
RENAMED_RIS: Mapping[str, str | None] = {
    "T1": "TI", "A1": "AU", "A2": "ED", "Y1": "DA", "N2": "AB", "JF": "T2", "JA": "J2", "L2": "UR",
    "ID": None,  # a number is no citation key
}  # fmt: skip
# The time of a day, and the last page of a range, which has a tag of its own.
OTHER_WORDS_RIS = {"Y2": r"/\d\d:\d\d:\d\d", "SP": r"-\d+"}
NOT_KEPT = {
    "PubMed": {"AU": "initials of the names in full"},
    "Web of Science": {
        "AU": "initials of the names in full",
        "FN": "about the file",
        "VR": "about the file",
        "EF": "end of file",
    },
    "RefWorks": {"ID": "a number is no citation key"},
    "EndNote": {},
}


def exported(text: str, name: str) -> str:
    record = only(text)
    entry = Entry(merge_records([record], "0" * 10, (), ""), record.mark or UNTOUCHED)
    return "".join(FORMATS[name].write([entry], {entry.id: entry.mark.citation_key or entry.id}))


def words(text: str) -> set[str]:
    return set(WORDS.findall(decode_latex(text).casefold()))


def changed(
    given: Mapping[str, str], found: Mapping[str, str], renamed: Mapping[str, str | None], other: Mapping[str, str]
) -> list[str]:
    """The fields of which a word is missing where it should be."""
    missing = []
    for name, text in given.items():
        target = renamed[name] if name in renamed and (name not in found or renamed[name] is None) else name
        if target is None or words(re.sub(other.get(name, r"(?!)"), " ", text)) <= words(found.get(target, "")):
            continue
        # Both a name and another one were given, as number and issue: either may hold it.
        if not words(text) <= words(found.get(renamed.get(name) or "", "")):
            missing.append(f"{name} = {text!r}, found {found.get(target)!r}")
    return missing


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize("program", program_files.BIBTEX)
def test_every_field_of_a_bibliography_comes_back(program: str, dialect: str) -> None:
    text = program_files.BIBTEX[program]
    (given,), (found,) = (parse_bibtex(each).entries for each in (text, exported(text, dialect)))
    renamed = RENAMED_BIBTEX if dialect == "bibtex" else RENAMED_BIBLATEX
    assert changed(given.fields, found.fields, renamed, OTHER_WORDS) == []
    assert found.key == (given.key or "0" * 10)  # EndNote writes none


def tagged(text: str) -> dict[str, str]:
    """The values of each tag, in RIS and its relatives."""
    found: dict[str, list[str]] = {}
    tag = ""
    for line in text.splitlines():
        if start := re.match(r"(%.|[A-Z][A-Z0-9]{1,4})(?: *- ?| |$)(.*)", line):
            tag = start[1]
        found.setdefault(tag, []).append(start[2] if start else line)
    return {name: " ".join(values) for name, values in found.items()}


@pytest.mark.parametrize("program", program_files.RIS)
def test_every_tag_of_ris_comes_back(program: str) -> None:
    text = program_files.RIS[program]
    found = tagged(exported(text, "ris"))
    assert changed(tagged(text), found, RENAMED_RIS, OTHER_WORDS_RIS) == []


@pytest.mark.parametrize(
    ("program", "text"),
    [
        ("PubMed", program_files.PUBMED), ("Web of Science", program_files.WEB_OF_SCIENCE),
        ("RefWorks", program_files.REFWORKS), ("EndNote", program_files.ENDNOTE),
    ],
)  # fmt: skip
def test_every_tag_of_a_format_without_export_is_kept(program: str, text: str) -> None:
    """Known or not; JSON exports it."""
    record = only(text)
    have = words_of(record) | {word: 1 for row in record.publication.extra for word in words(row.value)}
    kinds = {"PT", "RT", "%0", "DT"}  # types, in our words
    given = {tag: value for tag, value in tagged(text).items() if tag not in kinds | NOT_KEPT[program].keys()}
    assert [tag for tag, value in given.items() if not words(value) <= have.keys()] == []
    document = json.dumps(json.loads(exported(text, "json")), ensure_ascii=False).replace("\\n", " ")
    assert [row for row in record.publication.extra if not words(row.value) <= words(document)] == []


def test_every_variable_of_csl_json_comes_back() -> None:
    (given,), (found,) = json.loads(program_files.CSL), json.loads(exported(program_files.CSL, "csl-json"))
    same = {"journalAbbreviation": "container-title-short"}
    assert {name for name, value in given.items() if found.get(same.get(name, name)) != value} == {
        "page",  # an en dash
        "accessed", "issued",  # the year is a number
    }  # fmt: skip
    dates = [str(given[name]).replace("'", "") for name in ("accessed", "issued")]
    assert [str(found[name]).replace("'", "") for name in ("accessed", "issued")] == dates
    assert found["page"] == "100\u2013131"


@pytest.mark.parametrize("name", ["ris", "csl-json"])
@pytest.mark.parametrize(
    ("entry", "institution", "publisher"),
    [
        ("@phdthesis{k, title={Masts}, school={University of Waves}, year=2001}", "University of Waves", None),
        ("@techreport{k, title={Masts}, institution={Harbour Office}, year=2001}", "Harbour Office", None),
        ("@thesis{k, title={Masts}, institution={U}, publisher={Wave Press}, date=2001}", "U", None),
        ("@thesis{k, title={Masts}, publisher={Wave Press}, date=2001}", "Wave Press", None),
        ("@book{k, title={Masts}, publisher={Wave Press}, year=2001}", None, "Wave Press"),
        ("@book{k, title={Masts}, institution={U}, year=2001}", None, "U"),
    ],
)
def test_the_institution_of_a_thesis_or_report_comes_back(
    entry: str, institution: str | None, publisher: str | None, name: str
) -> None:
    publication = only(exported(entry, name)).publication
    assert (publication.institution, publication.publisher) == (institution, publisher)


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    ("entry", "written"),
    [
        ("@article{k, title={Masts}, journal={Ports}, number={5}, year=2001}", {"number": "5"}),
        ("@incollection{k, title={Masts}, booktitle={Ports}, number={5}, year=2001}", {"number": "5"}),
        (
            "@inproceedings{k, title={Masts}, booktitle={Ports}, number={5}, issue={2}, year=2001}",
            {"number": "5", "issue": "2"},
        ),
        ("@techreport{k, title={Masts}, number={5}, year=2001}", {"number": "5"}),
        (
            "@techreport{k, title={Masts}, journal={Ports}, number={5}, issue={2}, year=2001}",
            {"number": "5", "issue": "2"},
        ),
        ("@misc{k, title={Masts}, journal={Ports}, number={2}, year=2001}", {"number": "2"}),
        ("@book{k, title={Masts}, publisher={Wave Press}, year=2001}", {"publisher": "Wave Press"}),
        ("@techreport{k, title={Masts}, institution={Harbour Office}, year=2001}", {"institution": "Harbour Office"}),
    ],
)
def test_numbers_and_issuers_are_exported_as_they_were_imported(
    entry: str, written: dict[str, str], name: str
) -> None:
    text = exported(entry, name)
    fields = ("number", "issue", "publisher", "institution", "school")
    found = {
        field: value for field, value in re.findall(r"^  (\w+) += \{(.*)\},$", text, re.MULTILINE) if field in fields
    }
    assert found == written


def test_what_csl_json_says_of_a_preprint_is_no_field_of_its_own() -> None:
    preprint = "@misc{k, title={Tides}, author={Ann Lee}, eprint={2001.00001}, archiveprefix={arXiv}, year=2020}"
    item = json.loads(exported(preprint, "csl-json"))[0]
    assert (item["publisher"], item["number"]) == ("arXiv", "arXiv:2001.00001")
    back = only(json.dumps([item]))
    assert (back.eprint, back.publication.publisher, back.publication.number) == ("2001.00001", None, None)
    other = only(
        json.dumps([item | {"publisher": "Wave Press", "number": "7", "URL": "https://arxiv.org/abs/2001.00001"}])
    )
    assert (other.publication.publisher, other.publication.number) == ("Wave Press", "7")
    report = only(json.dumps([item | {"type": "report"}]))
    assert (report.publication.institution, report.publication.number) == ("arXiv", "arXiv:2001.00001")


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "csl-json"])
def test_the_link_of_the_source_is_written_and_not_that_of_the_arxiv_id(name: str) -> None:
    entry = "@article{k, title={Tides}, journal={J}, eprint={2001.00001}, archiveprefix={arXiv}%s}"
    assert "https://shore.example/1" in exported(entry % ", url={https://shore.example/1}", name)
    assert "https://arxiv.org/abs/2001.00001" in exported(entry % "", name)


def test_the_key_by_which_bibtex_sorts_is_no_field_if_it_is_the_title() -> None:
    entry = r"@manual{k, title={Sonar of \{a\} {Type}}, organization={Sonar Inc.}, year=2001}"
    text = exported(entry, "bibtex")
    assert "\n  key " in text
    assert [row.name for row in only(text).publication.extra] == [row.name for row in only(entry).publication.extra]
    own = only("@manual{k, title={Sonar}, key={sonar inc}, year=2001}")
    assert [row.value for row in own.publication.extra if row.name == "key"] == ["sonar inc"]
