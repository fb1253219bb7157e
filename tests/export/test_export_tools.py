"""The programs that people will feed the exports to; each test is skipped where its program is not installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tui.export.citekey import citation_keys
from tui.export.formats import FORMATS
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate

if TYPE_CHECKING:
    from pathlib import Path

TITLES = (
    *("CacheGen: KV Cache & 50% of $\\alpha_s$", "X}}\n@article{evil,", "}{", "{{{", "\\input{/etc/passwd}", "$x"),
    *("\\immediate\\write18{touch pwned}", "\\catcode`\\@=0", "^^5cinput{x}", "\\end{document}", "\\def\\x{}"),
    *("#1 ~ _ ^", "$\\input{x}$", "\\emph{", '{\\it vs.} Schr\\"{o}dinger \\ss{}', "3D U-Net", "2020", "a\\"),
    *('"quoted" % x', "\\par"),
)
AUTHORS = ("Laurens van der Maaten", "OpenAI", "Charles Sutton Jr.", "José Ortega y Gasset", "Barnes and Noble")
LATEX = r"""
\documentclass{article}
\begin{document}\nocite{*}\bibliographystyle{plain}\bibliography{list}\end{document}
"""


def _entries() -> list[Entry]:
    return [
        Entry(
            Paper(
                f"{index:010x}",
                title=title,
                authors=(*AUTHORS, f"Ann {title}"),
                authors_truncated=True,
                date=PartialDate(2020, 1, 2),
                category="cs.CV",
                links=(f"https://x.y/{title}",),
                abstract=f"{title}\n\n{title}",
                eprint="2310.07240",
            ),
            Mark(note=f"{title}\n\n{title}", tags=("a_b", "ml/vision")),
        )
        for index, title in enumerate(TITLES)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the papers in three formats."""
    entries = _entries()
    for name, file in (("bibtex", "list.bib"), ("biblatex", "latex.bib"), ("csl-json", "list.json")):
        (tmp_path / file).write_text("".join(FORMATS[name].write(entries, citation_keys(entries))))
    return tmp_path


def _run(folder: Path, *command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    return f"{done.stdout}{done.stderr}\nexit {done.returncode}"


def test_biber_accepts_every_entry(folder: Path) -> None:
    # Not held against biblatex's own fields: there are those of BibTeX, too, which biber takes for others' names.
    said = _run(folder, "biber", "--tool", "--output-file", "out.bib", "list.bib")
    assert said.endswith("exit 0")
    assert "ERROR" not in said
    assert "WARN" not in said
    back = (folder / "out.bib").read_text()
    assert len(re.findall(r"^@MISC", back, re.MULTILINE)) == len(TITLES)
    assert back.count("DATE = {2020-01-02}") == len(TITLES)
    assert back.count("EPRINTCLASS = {cs.CV}") == len(TITLES)


def test_bibtex_accepts_every_entry(folder: Path) -> None:
    if "plain.bst" not in _run(folder, "kpsewhich", "plain.bst"):
        pytest.skip("plain.bst is not installed")
    (folder / "list.aux").write_text("\\relax\n\\citation{*}\n\\bibstyle{plain}\n\\bibdata{list}\n")
    said = _run(folder, "bibtex", "list")
    assert said.endswith("exit 0")
    assert "arning" not in said
    assert (folder / "list.bbl").read_text().count("\\bibitem") == len(TITLES)


def test_pandoc_reads_keys_names_and_dates(folder: Path) -> None:
    said = _run(folder, "pandoc", "-f", "bibtex", "-t", "csljson", "-o", "out.json", "list.bib")
    assert said.endswith("exit 0")
    items = json.loads((folder / "out.json").read_text())
    assert sorted(item["id"] for item in items) == sorted(citation_keys(_entries()).values())
    assert all(item["issued"] == {"date-parts": [[2020, 1, 2]]} for item in items)
    van_der_maaten, openai, sutton, ortega, *_ = items[0]["author"]
    assert van_der_maaten["family"] == "Maaten"
    assert van_der_maaten["dropping-particle"] == "van der"
    assert openai == {"literal": "OpenAI"}
    assert sutton == {"family": "Sutton", "given": "Charles", "suffix": "Jr."}
    assert ortega == {"family": "Ortega y Gasset", "given": "José"}


def test_biber_accepts_every_entry_of_biblatex(folder: Path) -> None:
    said = _run(folder, "biber", "--tool", "--validate-datamodel", "--output-file", "out.bib", "latex.bib")
    assert said.endswith("exit 0")
    assert "ERROR" not in said
    assert "WARN" not in said
    back = (folder / "out.bib").read_text()
    assert len(re.findall(r"^@ONLINE", back, re.MULTILINE)) == len(TITLES)
    assert back.count("DATE = {2020-01-02}") == len(TITLES)
    assert back.count("EPRINTTYPE = {arxiv}") == len(TITLES)


def test_pandoc_cites_from_csl_json(folder: Path) -> None:
    keys = sorted(citation_keys(_entries()).values())
    (folder / "draft.md").write_text("---\nbibliography: list.json\nnocite: '@*'\n---\n")
    said = _run(folder, "pandoc", "--citeproc", "-t", "html", "-o", "out.html", "draft.md")
    assert said.endswith("exit 0")
    printed = (folder / "out.html").read_text()
    assert sorted(re.findall(r'id="ref-([^"]+)"', printed)) == keys
    assert "Maaten, Laurens van der" in printed
    assert "2020" in printed


@pytest.mark.parametrize("reader", ["markdown", "gfm"])
@pytest.mark.parametrize("name", ["markdown", "references-markdown"])
def test_pandoc_interprets_nothing_in_markdown(name: str, reader: str, folder: Path) -> None:
    texts = (
        "<script>x</script>",
        "[x](javascript:y)",
        "![x](file:y)",
        "`x`{=html}",
        "$x$",
        "**a**",
        "@key",
        "x\n\n# y",
    )
    papers = [Paper(f"{at:010x}", title=text, authors=(text,), abstract=text) for at, text in enumerate(texts)]
    entries = [Entry(paper, Mark(tags=("tag",))) for paper in papers]
    (folder / "list.md").write_text("".join(FORMATS[name].write(entries, citation_keys(entries))))
    said = _run(folder, "pandoc", "-f", reader, "-t", "html", "-o", "out.html", "list.md")
    assert said.endswith("exit 0")
    page = re.sub(r"<!-- paper \w+ -->", "", (folder / "out.html").read_text())
    assert set(re.findall(r"<(\w+)", page)) <= {"h2", "p", "code", "em"}
    assert len(re.findall("<h2" if name == "markdown" else "<em>", page)) == len(texts)


@pytest.mark.slow
def test_latex_prints_the_list_and_runs_nothing(folder: Path) -> None:
    (folder / "list.tex").write_text(LATEX)
    for program in ("pdflatex", "bibtex", "pdflatex"):
        options = ("-shell-escape", "-interaction=nonstopmode") if program == "pdflatex" else ()
        said = _run(folder, program, *options, "list")
    assert not re.findall(r"^!.*", said, re.MULTILINE)
    assert (folder / "list.pdf").exists()
    assert not (folder / "pwned").exists()
