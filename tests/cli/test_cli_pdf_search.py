"""Searching folders for PDFs on the command line: a preview, one step, nothing doubtful without being asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.pdf.pdf_files import pdf_with

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

TITLE = "Streaming Key Value Caches for Language Models"


@pytest.fixture
def folder(tmp_path: Path, data: Path) -> Path:
    """A folder with PDFs, named in the settings."""
    folder = tmp_path / "papers"
    (folder / "deep" / ".hidden").mkdir(parents=True)
    (data.parent / "config.toml").write_text(f'[pdf]\nfolders = ["{folder}"]', encoding="utf-8")
    for name, lines in (
        ("fischer2024gaussian", ()),
        ("deep/fischer2024gaussian (1)", ()),
        ("scan0001", (TITLE, "David Miller")),
        ("other", ("Another Paper",)),
        ("deep/.hidden/johnson2024mixture", ()),
    ):
        (folder / f"{name}.pdf").write_bytes(pdf_with(*lines))
    (folder / "johnson2024mixture.pdf").write_text("no PDF", encoding="utf-8")
    (folder / "johnson2024mixture.txt").write_text("", encoding="utf-8")
    return folder


def having(run: Run) -> list[str]:
    result = run("list", "--json", "has:pdf")
    return [paper["title"].split()[0] for paper in json.loads(result.out)] if result.status == 0 else []


def test_names_are_matched_previewed_and_attached_as_one_step(run: Run, folder: Path) -> None:
    result = run("attach", "--search")
    assert "5 PDFs: 1 to attach, 1 doubtful, 3 not matched" in result.out
    assert f"+ {folder}/fischer2024gaussian.pdf" in result.out.replace("✓", "+")
    assert f"? {folder}/deep/fischer2024gaussian (1).pdf" in result.out
    assert "the paper already has a PDF" in result.out
    unmatched = {line.removeprefix("not matched  ") for line in result.out.splitlines() if line.startswith("not ")}
    assert unmatched == {f"{folder}/{name}.pdf" for name in ("other", "scan0001", "johnson2024mixture")}
    assert "nothing changed; 1 PDF can be attached" in result.err
    assert f"skipped {folder}/johnson2024mixture.pdf: not a PDF" in result.err
    assert (result.status, having(run)) == (3, [])
    (folder / "johnson2024mixture.pdf").unlink()
    result = run("attach", "--search", "--yes")
    assert (result.status, having(run)) == (0, ["Gaussian"])
    assert "attached 1 PDF" in result.err
    assert "attach 1 PDF" in run("history").out.splitlines()[0]
    assert "3 PDFs: 0 to attach, 1 doubtful, 2 not matched" in run("attach", "--search", "--dry-run").out
    run("undo")
    assert having(run) == []


def test_first_pages_are_read_only_when_asked(run: Run, folder: Path) -> None:
    pytest.importorskip("pypdf")
    (folder / "johnson2024mixture.pdf").unlink()
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing else")
    run("attach", "--search", "--yes")
    result = run("attach", "--search", "--pages", "--json", "--yes")
    found = json.loads(result.out)
    [match] = [match for match in found["matches"] if match["taken"]]
    assert (match["title"], match["file"], match["evidence"]) == (
        TITLE, f"{folder}/scan0001.pdf", ["title on the first page"],
    )  # fmt: skip
    assert found["unmatched"] == [f"{folder}/{name}.pdf" for name in ("broken", "other")]
    assert found["skipped"] == [{"file": f"{folder}/broken.pdf", "reason": "damaged"}]
    assert (result.status, having(run)) == (3, ["Streaming", "Gaussian"])


def test_only_papers_of_the_query_and_doubtful_ones_if_asked(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("attach", "--search", "--yes", "caches").status in {1, 3}
    assert having(run) == []
    run("attach", "--search", "--yes", "--accept-doubtful", "--folder", str(folder / "deep"), "splatting")
    [record] = json.loads(run("list", "--json", "splatting").out)
    assert record["publication"]["files"] == [f"{folder}/deep/fischer2024gaussian (1).pdf"]
    result = run("attach", "--search", "--folder", str(tmp_path / "gone"))
    assert f"skipped {tmp_path}/gone: no such file or directory" in result.err


def test_without_folders_and_with_wrong_options(run: Run) -> None:
    result = run("attach", "--search")
    assert (result.status, "no PDF folders are set" in result.err) == (2, True)
    assert "add --search" in run("attach", "--pages", "splatting").err
