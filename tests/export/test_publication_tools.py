"""Programs and readers of other people on exported publications; programs that are not installed are skipped."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_strictly
from pybtex.database import parse_string

from tui.export.formats import FORMATS
from tui.export.round_trip import write_and_verify
from tui.ingest.merge_records import merge_records
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED

if TYPE_CHECKING:
    from collections.abc import Mapping

GIVEN = (Path(__file__).parents[1] / "ingest/publications.bib").read_bytes()
TYPES_OF_CSL = {
    "article1": "article-journal", "inproceedings1": "paper-conference", "book1": "book", "incollection1": "chapter",
    "phdthesis1": "thesis", "techreport1": "report", "misc1": "", "thesis1": "thesis",
}  # fmt: skip
DRAFT = r"""
\documentclass{article}\usepackage[backend=biber,style=numeric]{biblatex}\addbibresource{biblatex.bib}
\begin{document}\cite{article1,thesis1,book1,inproceedings1,phdthesis1}\printbibliography\end{document}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the publications in every format, named after it."""
    made = tmp_path_factory.mktemp("publications")
    records = parse_source(decode_source("publications.bib", GIVEN)).records
    entries = [
        Entry(merge_records([record], f"{number:010x}", (), ""), record.mark or UNTOUCHED)
        for number, record in enumerate(records)
    ]
    keys = {entry.id: entry.mark.citation_key or "" for entry in entries}
    for name, form in FORMATS.items():
        (made / f"{name}{form.suffix}").write_bytes("".join(form.write(entries, keys)).encode())
    return made


def _run(folder: Path, *command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    return f"{done.stdout}{done.stderr}\nexit {done.returncode}"


def _fields(text: str) -> Mapping[str, Mapping[str, str]]:
    library = parse_string(text, "bibtex").entries
    return {key: {name.lower(): value for name, value in entry.fields.items()} for key, entry in library.items()}


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_two_readers_of_bibtex_find_the_same_types_and_fields(name: str, folder: Path) -> None:
    text = (folder / f"{name}.bib").read_text(encoding="utf-8")
    library = parse_string(text, "bibtex").entries
    blocks = parse_strictly(text, parse_stack=[])
    assert not blocks.failed_blocks
    assert [(block.key, block.entry_type) for block in blocks.entries] == [
        (key, entry.type) for key, entry in library.items()
    ]
    for block, fields in zip(blocks.entries, _fields(text).values(), strict=True):
        found = {field.key.lower(): field.value for field in block.fields}
        for field in fields.keys() - {"month"}:  # one of the two resolves its abbreviation
            assert found[field].removeprefix("{").removesuffix("}") == fields[field]
        assert found.keys() - fields.keys() <= {"author", "editor", "translator", "bookauthor", "afterword"}


def test_the_fields_of_a_journal_article(folder: Path) -> None:
    found = _fields((folder / "bibtex.bib").read_text(encoding="utf-8"))["article1"]
    wanted = {
        "journal": "Cell Tides", "volume": "189", "number": "16", "pages": "4980--4996", "issn": "0092-8674",
        "publisher": "Wave Press", "pmid": "42248140", "doi": "10.5555/cell.2026.01", "url": "https://shore.example/1",
        "year": "2026", "month": "aug", "timestamp": "Tue, 19 Jan 2021 00:00:00 +0100",
        "bdsk-url-1": "https://x.example/a_b%20c", "file": ":articles/tides.pdf:PDF", "note": "Erratum in vol. 190",
    }  # fmt: skip
    assert {name: found.get(name) for name in wanted} == {**wanted, "month": found["month"]}


def test_rispy_reads_types_and_tags(folder: Path) -> None:
    records = {record["id"]: record for record in rispy.loads((folder / "ris.ris").read_text(encoding="utf-8"))}
    article, talk, book = (records[key] for key in ("article1", "inproceedings1", "book1"))
    assert (article["type_of_reference"], article["secondary_title"], article["volume"], article["number"]) == (
        "JOUR", "Cell Tides", "189", "16",
    )  # fmt: skip
    assert (article["start_page"], article["end_page"], article["issn"]) == ("4980", "4996", "0092-8674")
    assert (talk["type_of_reference"], talk["secondary_title"]) == (
        "CPAPER",
        "Proceedings of the 9th Shore Conference",
    )
    assert (book["type_of_reference"], book["publisher"], book["place_published"], book["issn"]) == (
        "BOOK", "Rope Press", "Oslo", "978-3-16-148410-0",
    )  # fmt: skip
    assert records["phdthesis1"]["publisher"] == "University of Waves"


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_pandoc_reads_types_and_variables(name: str, folder: Path) -> None:
    said = _run(folder, "pandoc", "-f", name, "-t", "csljson", f"{name}.bib", "-o", f"{name}.out.json")
    assert said.strip() == "exit 0"
    items = {item["id"]: item for item in json.loads((folder / f"{name}.out.json").read_text(encoding="utf-8"))}
    assert {key: items[key]["type"] for key in TYPES_OF_CSL} == TYPES_OF_CSL | {"misc1": items["misc1"]["type"]}
    article = items["article1"]
    assert (article["container-title"], article["volume"], article["issue"]) == ("Cell Tides", "189", "16")
    assert article["page"].replace("\u2013", "-") == "4980-4996"
    assert items["phdthesis1"]["publisher"] == "University of Waves"
    assert items["inproceedings1"]["editor"][0] == {"family": "Sand", "given": "Ed"}


def test_biber_accepts_every_entry(folder: Path) -> None:
    said = _run(folder, "biber", "--tool", "--output-file", "tool.bib", "biblatex.bib")
    assert said.endswith("exit 0")
    assert not re.findall(r".*(?:WARN|ERROR).*", said)
    assert len(re.findall(r"^@", (folder / "tool.bib").read_text(encoding="utf-8"), re.MULTILINE)) == 20


@pytest.mark.parametrize(
    "key", ["d'oro2001", "(ed)oro2001", "oro2001(a)", "d`oro:2001/a+b.c-d_e", "doro[2001]?!*&;|^$<>"]
)
def test_keys_that_biber_does_not_read_are_reported(key: str, tmp_path: Path) -> None:
    text = f"@book{{{key}, title = {{Moss}}, author = {{Fen, Bo}}, date = {{2001}}}}"
    (record,) = parse_source(decode_source("x.bib", text.encode())).records
    assert record.mark is not None
    entry = Entry(merge_records([record], "0123456789", (), ""), record.mark)
    written, warnings = write_and_verify(FORMATS["biblatex"], [entry], {entry.id: key})
    assert bool(warnings) is any(character in key for character in "'()")
    (tmp_path / "x.bib").write_text(written)
    said = _run(tmp_path, "biber", "--tool", "x.bib")
    assert ("ERROR" in said) is bool(warnings)
    assert not write_and_verify(FORMATS["bibtex"], [entry], {entry.id: key})[1]


def test_bibtex_accepts_every_entry(folder: Path) -> None:
    if "plain.bst" not in _run(folder, "kpsewhich", "plain.bst"):
        pytest.skip("plain.bst is not installed")
    (folder / "list.aux").write_text("\\relax\n\\citation{*}\n\\bibstyle{plain}\n\\bibdata{bibtex}\n")
    said = _run(folder, "bibtex", "list")
    assert said.endswith("exit 0")
    printed = " ".join((folder / "list.bbl").read_text(encoding="utf-8").split())
    assert "{\\em Cell Tides}, 189(16):4980--4996, August 2026." in printed
    assert "PhD thesis, University of Waves, June 1999." in printed


def test_pandoc_typesets_from_csl_json_and_biblatex(folder: Path) -> None:
    (folder / "draft.md").write_text("[@article1; @phdthesis1; @book1]\n")
    for bibliography in ("csl-json.json", "biblatex.bib", "bibtex.bib"):
        said = _run(
            folder, "pandoc", "--citeproc", f"--bibliography={bibliography}", "-t", "plain", "--wrap=none", "draft.md"
        )
        assert "\u201cTides on a measured shore.\u201d" in said.replace("Measured Shore", "measured shore")
        assert re.search(r"Cell Tides_? 189 \(16\): 4980\u2013\s?96", said)
        assert re.search(r"\u201cA Thesis on Nets\.\u201d (PhD thesis|Phdthesis), University of Waves", said)
        assert re.search(r"A Book of Knots_?\..*Rope Press", said)


@pytest.mark.slow
def test_latex_and_biber_typeset_an_article_a_thesis_and_a_book(folder: Path) -> None:
    (folder / "draft.tex").write_text(DRAFT)
    for command in (("pdflatex", "-interaction=batchmode", "draft"), ("biber", "draft")) * 2:
        said = _run(folder, *command)
        assert said.endswith("exit 0")
    _run(folder, "pdflatex", "-interaction=batchmode", "draft")
    said = _run(folder, "pdftotext", "-layout", "draft.pdf", "-")
    printed = " ".join(said.split()).replace("- ", "")
    assert "In: Cell Tides 189.16 (Aug. 2026). Erratum in vol. 190, pp. 4980\u20134996" in printed
    assert "PhD thesis. University of Waves, June 1999" in printed
    assert "Licentiate thesis. Turku: University of Waves" in printed
    assert "Second. Vol. 2. Knots. Oslo: Rope Press, 2001" in printed
