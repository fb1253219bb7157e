"""Whole files of drawn entries before readers and programs of other people; programs that are not installed are skipped."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import html5lib
import jsonschema
import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_strictly
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from tests.export.drawn import Drawn, drawn
from tui.export.citekey import citation_keys
from tui.export.export_options import ExportOptions
from tui.export.formats import FORMATS, resolve_format
from tui.model.author_name import parse_name
from tui.text import cleanup

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = json.loads((Path(__file__).parent / "record.schema.json").read_text())
COUNTS = [pytest.param(100, id="100"), pytest.param(2_000, id="2000", marks=pytest.mark.slow)]
TEX = LatexNodes2Text(math_mode="verbatim", keep_comments=True)


class Written(NamedTuple):
    """Drawn entries, their keys, and the folder of their files, each named after its format."""

    all: list[Drawn]
    keys: Mapping[str, str]
    folder: Path

    def text(self, name: str) -> str:
        return (self.folder / name).read_bytes().decode()


@pytest.fixture(scope="module", params=COUNTS)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Written:
    found = drawn(request.param)
    entries = [each.entry for each in found]
    keys = citation_keys(entries)
    folder = tmp_path_factory.mktemp("judged")
    for name, form in FORMATS.items():
        (folder / name).write_bytes("".join(form.write(entries, keys)).encode())
    for name in ("bibtex", "biblatex"):
        text = "".join(resolve_format(name, ExportOptions(ascii=True)).write(entries, keys))
        (folder / f"{name}-ascii.bib").write_text(text)
        shutil.copy(folder / name, folder / f"{name}.bib")
    shutil.copy(folder / "csl-json", folder / "csl.json")
    return Written(found, keys, folder)


def _printed(tex: str) -> str:
    """What LaTeX prints, in the words of somebody else's reader."""
    return " ".join(TEX.latex_to_text(tex).replace("ˆ", "^").split())


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "bibtex-ascii.bib", "biblatex-ascii.bib"])
def test_two_readers_of_bibtex_find_the_same_papers(name: str, written: Written) -> None:
    text = written.text(name)
    library = parse_string(text, "bibtex").entries
    blocks = parse_strictly(text, parse_stack=[])
    assert not blocks.failed_blocks
    assert (
        [block.key for block in blocks.entries]
        == list(library)
        == [written.keys[entry.paper.id] for entry, _ in written.all]
    )
    for (entry, title), block, found in zip(written.all, blocks.entries, library.values(), strict=True):
        fields = {field.key: field.value for field in block.fields}
        for field in ("title", "keywords", "abstract", "annote", "eprint", "doi", "url"):
            assert " ".join(fields.get(field, "{}")[1:-1].split()) == " ".join(found.fields.get(field, "").split())
        date = entry.paper.date
        year = found.fields.get("year") or found.fields.get("date", "")[:4]
        assert year == ("" if date is None or date.year is None else str(date.year))
        names = [parse_name(cleanup.clean_line(author)) for author in entry.paper.authors]
        cut = [("", "others")] if names and entry.paper.authors_truncated else []
        assert len(found.persons.get("author", [])) == len(names) + len(cut)
        if text.isascii():  # this reader of LaTeX knows no letters by their numbers
            continue
        assert _printed(found.fields.get("title", "")) == " ".join(title.split())
        words = [_printed(word) for word in found.fields.get("keywords", "").split(", ") if word]
        assert words[: len(entry.mark.tags)] == [*entry.mark.tags]
        people = [
            tuple(
                _printed(" ".join(part)) for part in (p.first_names + p.middle_names, p.prelast_names + p.last_names)
            )
            for p in found.persons.get("author", [])
        ]
        assert people == [*((n.given, re.sub("[{}]", "", n.surname)) for n in names), *cut]


def test_rispy_reads_the_same_fields(written: Written) -> None:
    records = rispy.loads(written.text("ris"))
    assert len(records) == len(written.all)
    for (entry, _), found in zip(written.all, records, strict=True):
        paper = entry.paper
        assert found["id"] == written.keys[paper.id]
        assert found.get("title", "") == cleanup.clean_line(paper.title or "")
        assert len(found.get("authors", [])) == len(paper.authors)
        assert found.get("year") == (None if paper.date is None or paper.date.year is None else str(paper.date.year))
        assert found.get("keywords", [])[: len(entry.mark.tags)] == [*entry.mark.tags]
        assert found.get("abstract", "") == cleanup.clean_line(paper.abstract or "")
        assert "".join(found.get("notes", [])) == cleanup.clean_line(entry.mark.note)
        assert found.get("doi") == paper.doi
        assert "unknown_tag" not in found


def test_every_record_of_json_fits_the_schema(written: Written) -> None:
    checker = jsonschema.Draft202012Validator(SCHEMA)
    array = json.loads(written.text("json"))
    assert array == [json.loads(line) for line in written.text("jsonl").split("\n")[:-1]]
    assert [next(checker.iter_errors(record), None) for record in array] == [None] * len(written.all)


@pytest.mark.parametrize("name", ["html", "references-html"])
def test_html5lib_finds_nothing_wrong(name: str, written: Written) -> None:
    parser = html5lib.HTMLParser(strict=False)
    document = parser.parse(written.text(name)) if name == "html" else parser.parseFragment(written.text(name))
    assert parser.errors == []
    tags = {element.tag.rpartition("}")[2] for element in document.iter() if isinstance(element.tag, str)}
    page = {"html", "head", "meta", "title", "style", "body", "article", "h2", "p", "code", "div", "a"}
    assert tags <= (page if name == "html" else {"DOCUMENT_FRAGMENT", "p", "i", "a"})


def _run(written: Written, *command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, cwd=written.folder, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    return f"{done.stdout}{done.stderr}"


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "bibtex-ascii", "biblatex-ascii"])
def test_biber_warns_only_of_data_missing_in_the_sources(name: str, written: Written) -> None:
    model = ["--validate-datamodel"] if name.startswith("biblatex") else []
    said = _run(written, "biber", "--tool", *model, "--output-file", "out.bib", f"{name}.bib")
    warnings = re.findall(r"^(?:WARN|ERROR).*", said, re.MULTILINE)
    assert [warning for warning in warnings if "Missing mandatory field" not in warning] == []
    assert not re.search("Missing mandatory field - one of '[^']*url", said)
    assert len(re.findall("^@", (written.folder / "out.bib").read_text(), re.MULTILINE)) == len(written.all)


@pytest.mark.parametrize("style", ["plain", "unsrt"])
def test_bibtex_warns_only_of_data_missing_in_the_sources(style: str, written: Written) -> None:
    if f"{style}.bst" not in _run(written, "kpsewhich", f"{style}.bst"):
        pytest.skip(f"{style}.bst is not installed")
    (written.folder / "list.aux").write_text(
        f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{bibtex}}\n"
    )
    said = _run(written, "bibtex", "list")
    nameless = {
        written.keys[entry.paper.id] for entry, _ in written.all if not entry.paper.title and not entry.paper.authors
    }
    warned = re.findall(r"^Warning--(.*) in (\S+)$", said, re.MULTILINE)
    assert {key for _, key in warned} <= nameless
    assert {what for what, _ in warned} <= {"to sort, need author or key", "all relevant fields are empty"}
    assert said.count("Warning--") == len(warned)
    assert (written.folder / "list.bbl").read_text().count("\\bibitem") == len(written.all)


@pytest.mark.parametrize(
    ("file", "kind"), [("bibtex.bib", "bibtex"), ("biblatex.bib", "biblatex"), ("csl.json", "csljson")]
)
def test_pandoc_cites_every_paper(file: str, kind: str, written: Written) -> None:
    items = json.loads(_run(written, "pandoc", "-f", kind, "-t", "csljson", file))
    assert sorted(item["id"] for item in items) == sorted(written.keys.values())
    found = {item["id"]: item for item in items}
    for entry, _ in written.all:
        item, paper = found[written.keys[entry.paper.id]], entry.paper
        cut = bool(paper.authors) and paper.authors_truncated
        assert len(item.get("author", [])) == len(paper.authors) + cut
        year = None if paper.date is None or paper.date.year is None else paper.date.year
        assert item.get("issued", {"date-parts": [[None]]})["date-parts"][0][0] == year
    (written.folder / "draft.md").write_text(f"---\nbibliography: {file}\nnocite: '@*'\n---\n")
    page = _run(written, "pandoc", "--citeproc", "-t", "html", "draft.md")
    assert sorted(re.findall(r'id="ref-([^"]+)"', page)) == sorted(written.keys.values())
    assert not re.search("<(?:script|b|img)|javascript:", page)
