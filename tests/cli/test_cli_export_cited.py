"""``readlist export --cited``: exactly what a document cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

BIB = """\
@article{lee:tides, title = {Tides of Glass}, author = {Lee, Ann}, year = 2020}
@article{Low2021, title = {Wind over Dunes}, author = {Low, Bo}, year = 2021}
@article{uncited, title = {Never Cited}, author = {Mid, Cy}, year = 2022}
"""
DOCUMENTS = {
    "thesis.aux": "\\citation{Low2021}\n\\@input{chapter.aux}\n\\@input{lost.aux}\n\\bibdata{refs}\n",
    "chapter.aux": "\\citation{Low2021,lee:tides}\n\\@input{thesis.aux}\n",
    "thesis.bcf": '<x xmlns:bcf="u"><bcf:citekey>Low2021</bcf:citekey><bcf:citekey>lee:tides</bcf:citekey></x>',
    "thesis.tex": "\\documentclass{book}\\include{chapters/one}\\cite{lee:tides} % \\cite{uncited}\n\\input{lost}",
    "chapters/one.tex": "\\textcite[see][3]{Low2021}",
    "thesis.md": "As [@Low2021; @lee:tides] say.",
    "all.tex": "\\cite{Low2021}\\nocite{*}",
    "wrong.md": "[@low2021] and [@nobody; @lee:tides]",
    "none.md": "Nothing.",
    "thesis.doc": "x",
    "broken.bcf": "<!DOCTYPE x><x/>",
}


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    """Documents, and a list with the papers that they cite."""
    for name, text in {**DOCUMENTS, "refs.bib": BIB}.items():
        file = tmp_path / "documents" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert run("import", str(tmp_path / "documents/refs.bib")).status == 0
    return tmp_path / "documents"


def _keys(text: str) -> list[str]:
    return re.findall(r"^@\w+\{([^,]+),", text, re.MULTILINE)


@pytest.mark.parametrize("name", ["thesis.aux", "thesis.bcf", "thesis.tex", "thesis.md"])
def test_exactly_the_cited_papers_are_exported(name: str, folder: Path, run: Run) -> None:
    status, out, err = run("export", "--format", "bibtex", "--cited", str(folder / name))
    assert (status, _keys(out)) == (0, ["Low2021", "lee:tides"])
    lost = {"thesis.aux": "lost.aux", "thesis.tex": "lost.tex"}.get(name)
    assert err == (
        f"readlist: the included file '{folder / lost}' does not exist, so its citations are unknown\n"
        if lost
        else ""
    )


def test_several_documents_are_cited_together(folder: Path, run: Run) -> None:
    files = [word for name in ("none.md", "thesis.md", "all.tex") for word in ("--cited", str(folder / name))]
    out = run("export", "--format", "bibtex", *files).out
    assert _keys(out)[:2] == ["Low2021", "lee:tides"]
    assert len(_keys(out)) == 3 + 5  # \nocite{*} is the whole list


def test_unknown_keys_are_named(folder: Path, run: Run) -> None:
    target = folder / "out.bib"
    status, out, err = run("export", "--format", "biblatex", "--cited", str(folder / "wrong.md"), "-o", str(target))
    assert (status, out) == (1, f"wrote 1 paper to {target}\n")
    assert err == (
        "readlist: no paper has the citation key 'low2021', but one has 'Low2021'\n"
        "readlist: no paper has the citation key 'nobody'\n"
    )
    assert _keys(target.read_text()) == ["lee:tides"]


@pytest.mark.parametrize(
    ("name", "status", "message"),
    [
        ("none.md", 1, "no paper in the list is cited in "),
        ("thesis.doc", 2, "cannot read citations from "),
        ("absent.tex", 3, "cannot read "),
        ("broken.bcf", 3, "it has a document type declaration, which is not supported"),
    ],
)
def test_what_is_no_document_is_refused(name: str, status: int, message: str, folder: Path, run: Run) -> None:
    result = run("export", "--format", "bibtex", "--cited", str(folder / name), "-o", str(folder / "out.bib"))
    assert (result.status, result.out) == (status, "")
    assert message in result.err
    assert not (folder / "out.bib").exists()


def test_a_document_of_more_than_fifty_megabytes_is_refused(folder: Path, run: Run) -> None:
    file = folder / "thesis.md"
    with file.open("r+b") as opened:
        opened.truncate(50_000_001)
    result = run("export", "--format", "bibtex", "--cited", str(file))
    assert (result.status, result.out) == (3, "")
    assert f"{str(file)!r} is larger than 50 MB" in result.err


def test_a_query_cannot_be_combined(folder: Path, run: Run) -> None:
    assert run("export", "--format", "bibtex", "--cited", str(folder / "thesis.md"), "mills").status == 2
