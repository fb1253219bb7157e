"""PDFs on the command line: attached and detached as undoable steps, found, printed, exported, never touched."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "papers" / "splats.pdf"
    path.parent.mkdir()
    path.write_bytes(PDF)
    return path


def titles(run: Run, *query: str) -> list[str]:
    result = run("list", "--json", *query)
    return [paper["title"].split()[0] for paper in json.loads(result.out)] if result.status == 0 else []


def files(run: Run, *query: str) -> list[str]:
    [record] = json.loads(run("list", "--json", *query).out)
    return list(record["publication"].get("files", ()))


def test_attaching_is_one_step_and_carried_by_every_output(run: Run, pdf: Path) -> None:
    result = run("attach", str(pdf), "splatting")
    assert (result.status, result.out) == (
        0,
        "attached splats.pdf to 1 paper: Gaussian Splatting for Moving People\n",
    )
    assert titles(run, "has:pdf") == ["Gaussian"]
    assert files(run, "splatting") == [str(pdf)]
    assert f"files:       {pdf}" in run("show", "splatting").out
    for name, line in (
        ("bibtex", f"= {{{pdf}}},"), ("biblatex", f"= {{{pdf}}},"), ("ris", f"L1  - {pdf}"),
    ):  # fmt: skip
        assert line in run("export", "--format", name, "splatting").out
    assert "attach splats.pdf: Gaussian" in run("history").out
    run("undo")
    assert (titles(run, "has:pdf"), files(run, "splatting")) == ([], [])
    run("redo")
    assert titles(run, "has:pdf") == ["Gaussian"]
    assert pdf.read_bytes() == PDF


def test_a_relative_path_and_a_second_time(run: Run, pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pdf.parent)
    assert "would attach splats.pdf to 1 paper" in run("attach", "--dry-run", "splats.pdf", "splatting").out
    assert titles(run, "has:pdf") == []
    run("attach", "splats.pdf", "splatting")
    assert files(run, "splatting") == [str(pdf)]
    assert run("attach", str(pdf), "splatting").out == "attached splats.pdf to 0 papers (1 unchanged)\n"


def test_files_of_a_source_are_found_added_to_and_detached(run: Run, pdf: Path) -> None:
    field = "Full text:splats.pdf:application/pdf;:notes.txt:Text"
    bib = pdf.parent / "refs.bib"
    bib.write_text(f"@misc{{k, title={{On Weirs}}, author={{Lee, Ann}}, file={{{field}}}}}", encoding="utf-8")
    run("import", str(bib))
    assert titles(run, "has:pdf") == ["On"]
    assert f"{{{field}}}" in run("export", "--format", "bibtex", "weirs").out
    other = pdf.parent / "other.pdf"
    other.write_bytes(PDF)
    run("attach", str(other), "weirs")
    assert files(run, "weirs") == [str(other), "splats.pdf", "notes.txt"]
    assert f"{{:{other}:PDF;{field}}}" in run("export", "--format", "bibtex", "weirs").out
    assert run("detach", "splats.pdf", "weirs").out == "detached splats.pdf from 1 paper: On Weirs\n"
    assert files(run, "weirs") == [str(other), "notes.txt"]
    assert "Full text" not in run("export", "--format", "bibtex", "weirs").out
    run("detach", "other.pdf", "weirs")
    assert titles(run, "has:pdf") == []
    run("attach", str(pdf), "weirs")
    for _ in range(3):
        run("undo")
    assert files(run, "weirs") == [str(other), "splats.pdf", "notes.txt"]
    assert (pdf.read_bytes(), bib.read_text(encoding="utf-8").count("splats.pdf")) == (PDF, 1)


def test_merged_papers_keep_the_files_of_both(run: Run, pdf: Path) -> None:
    run("attach", str(pdf), "caches")
    run("merge", "splatting", "caches")
    assert files(run, "splatting") == [str(pdf)]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone.pdf", None, "cannot read {}: no such file or directory"),
        ("", None, "{} is a folder"),
        ("text.pdf", b"Dear reader", "{} is not a PDF"),
        ("page.html", b"<html>", "{} is not a PDF"),
        ("empty.pdf", b"", "{} is empty"),
    ],
)
def test_what_cannot_be_attached_is_one_sentence(
    name: str, content: bytes | None, message: str, run: Run, pdf: Path
) -> None:
    path = pdf.parent / name
    if content is not None:
        path.write_bytes(content)
    result = run("attach", str(path), "splatting")
    assert (result.status, result.out) == (3, "")
    assert message.format(path) in result.err
    assert titles(run, "has:pdf") == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_pdf_is_refused(run: Run, pdf: Path) -> None:
    pdf.chmod(0)
    result = run("attach", str(pdf), "splatting")
    assert (result.status, "permission denied" in result.err) == (3, True)


def test_a_pipe_is_refused_without_waiting_for_a_writer(run: Run, pdf: Path) -> None:
    pipe = pdf.parent / "pipe.pdf"
    os.mkfifo(pipe)
    assert "is not a regular file" in run("attach", str(pipe), "splatting").err


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("attach",), 2, "no file specified"),
        (("attach", "{}"), 2, "exactly one paper is needed"),
        (("attach", "{}", "cat:CV"), 2, "2 papers match"),
        (("attach", "{}", "nosuchpaper"), 1, "no paper matches"),
        (("detach", "{}", "splatting"), 1, "this paper has no file"),
        (("detach",), 2, "no file specified"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], status: int, message: str, run: Run, pdf: Path) -> None:
    result = run(*(each.format(pdf) for each in arguments))
    assert (result.status, message in result.err) == (status, True)
