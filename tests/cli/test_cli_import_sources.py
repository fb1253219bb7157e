"""Inputs of an import: dry runs, pipes, encodings, texts that might not be lists of papers."""

from __future__ import annotations

import io
import json
import os
import sys
from threading import Thread
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program, Run

BIB = "@article{moor, title = {Harbours at Night}, author = {Moor, Eva}, year = 2020}\n"
UNSURE = (
    "Summary\nThe paper proposes a method for rendering harbours. The authors show that results improve.\n"
    "Weaknesses\nI would like to see an evaluation on the standard dataset, which is missing here.\n"
)


def titles(run: Run) -> list[str]:
    return [record["title"] for record in json.loads(run("list", "--json").out)]


def test_a_dry_run_lists_the_first_titles_and_counts_the_rest(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "many.bib"
    entries = [f"@misc{{k{number}, title = {{Harbour Number {number} at Night}}}}\n" for number in range(57)]
    file.write_text("".join(entries), encoding="utf-8")
    status, out, _ = run("import", "--dry-run", str(file))
    lines = out.splitlines()
    assert status == 0
    assert lines[0] == "would import 57 papers, update 0"
    assert lines[1] == "  Harbour Number 0 at Night"
    assert lines[50:] == [
        "  Harbour Number 49 at Night", "  … and 7 more", "  most have no authors and no abstract",
    ]  # fmt: skip
    assert len(titles(run)) == 5


@pytest.mark.parametrize(
    ("entry", "odd"),
    [
        ("@misc{a, title = {Harbours at Night}, abstract = {We study.}}", "no authors"),
        ("@misc{a, title = {Harbours at Night}, author = {Moor, Eva}}", "no abstract"),
        (f"@misc{{a, title = {{{'Harbours ' * 50}}}, author = {{Moor, E}}, abstract = {{We.}}}}", "very long title"),
        ("@misc{a, title = {Sea}, author = {Moor, E}, abstract = {We.}}", "very short title"),
        ("@misc{a, title = {(12) 34/56 + 78 + 90}, author = {Moor, E}, abstract = {We.}}", "looks like a menu item"),
        ("@misc{a, title = {Sign in to your account}, author = {M, E}, abstract = {We.}}", "looks like a menu item"),
        (
            "@misc{a, title = {We show that this is a sentence and that it is not a title, although it has its place. "
            "It was copied by mistake.}, author = {M, E}, abstract = {We.}}",
            "title reads like a sentence",
        ),
    ],
)
def test_a_dry_run_reports_oddities(run: Run, tmp_path: Path, entry: str, odd: str) -> None:
    file = tmp_path / "odd.bib"
    file.write_text(entry, encoding="utf-8")
    assert f"({odd})" in run("import", "--dry-run", str(file)).out
    (paper,) = json.loads(run("import", "--dry-run", "--json", str(file)).out)["papers"]
    assert (paper["new"], paper["odd"]) == (True, [odd])


def test_standard_input_is_imported_and_undone(program: Program) -> None:
    status, out, _ = program("import", "-", input=BIB.encode())
    assert (status, out.splitlines()) == (0, ["1 paper imported, 0 updated", "  Harbours at Night"])
    again = program("import", "/dev/stdin", input=BIB.encode())
    assert (again.status, again.out) == (0, "0 papers imported, 0 updated\n")
    assert "was already imported" in again.err
    assert program("undo").out == "undid: import stdin\n"
    assert program("list", "title:harbours").status == 1


def test_an_empty_pipe_is_refused(program: Program) -> None:
    status, _, err = program("import", "-", input=b"")
    assert status == 3
    assert "has no papers" in err


def test_a_named_pipe_is_read_to_its_end(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=lambda: pipe.write_text(BIB, encoding="utf-8"), daemon=True)
    writer.start()
    assert run("import", str(pipe)).status == 0
    writer.join()
    assert "Harbours at Night" in titles(run)


def test_a_pipe_that_is_too_large_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.session import import_input

    monkeypatch.setattr(import_input, "_SIZE_LIMIT", 20)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BIB.encode())))
    status, _, err = run("import", "-")
    assert status == 3
    assert "stdin is larger than" in err


def test_the_encoding_of_a_file_is_guessed_or_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "old.bib"
    text = "@article{a, title = {Гавани северного моря}, author = {Рыбаков, Н.}}\n"
    file.write_bytes(text.encode("koi8-r"))
    guessed = run("import", str(file))
    assert guessed.status == 0
    assert "was read as KOI8-R (a guess)" in guessed.err
    assert "Гавани северного моря" in titles(run)
    assert "was already imported" in run("import", str(file)).err
    assert run("undo").status == 0
    named = run("import", "--encoding", "koi8-r", str(file))
    assert (named.status, named.err) == (0, "")
    assert "Гавани северного моря" in titles(run)
    (file.parent / "papers.json").unlink(missing_ok=True)
    assert run("import", "--encoding", "utf-8", str(file)).status == 3
    assert run("import", "--encoding", "klingon", str(file)).status == 2


def test_a_text_that_may_not_be_a_list_of_papers_needs_confirmation(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "review.txt"
    file.write_text(UNSURE, encoding="utf-8")
    looked = run("import", "--dry-run", str(file))
    assert "review.txt might not be a list of papers" in looked.err
    refused = run("import", str(file))
    assert refused.status == 3
    assert "review.txt might not be a list of papers; nothing imported" in refused.err
    assert len(titles(run)) == 5
    assert run("import", "--accept-unsure", str(file)).status == 0
    assert len(titles(run)) == 7


def test_a_doubtful_listing_in_the_folder_needs_confirmation(run: Run, seeds: Path) -> None:
    assert len(titles(run)) == 5
    file = seeds / "review.txt"
    file.write_text(UNSURE, encoding="utf-8")
    assert len(titles(run)) == 5
    status, out, _ = run("check")
    assert status == 3
    assert "review.txt:0: this might not be a list of papers (2 possible papers not imported yet)" in out
    assert len(titles(run)) == 5
    assert "Summary" in run("import", "--dry-run", str(file)).out
    assert run("import", "--accept-unsure", str(file)).status == 0
    assert len(titles(run)) == 7
    assert run("check").status == 0
    file.write_text(
        UNSURE + "\n", encoding="utf-8"
    )  # a changed text needs confirmation again, and what was imported stays
    assert run("check").status == 3
    assert len(titles(run)) == 7
    file.unlink()
    assert run("check").status == 0
    assert run("undo").status == 0
    assert len(titles(run)) == 5


def test_a_listing_read_by_an_earlier_version_is_confirmed(
    run: Run, seeds: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.ingest import parse_listing
    from tui.ingest.listing_evidence import Verdict
    from tui.session import catalogue_rebuild

    (seeds / "review.txt").write_text(UNSURE, encoding="utf-8")
    with monkeypatch.context() as earlier:
        earlier.setattr(catalogue_rebuild, "_INGEST_REVISION", 5)
        earlier.setattr(parse_listing, "verdict", lambda *_: Verdict.SURE)
        assert len(titles(run)) == 7
    assert len(titles(run)) == 7
    assert run("check").status == 0
    (data / "papers.json").unlink()
    assert len(titles(run)) == 7


def test_check_names_a_bibliography_in_the_folder_of_listings(run: Run, seeds: Path) -> None:
    (seeds / "refs.bib").write_text(BIB, encoding="utf-8")
    status, out, _ = run("check")
    assert status == 3
    assert "refs.bib:0: not read" in out
    assert len(titles(run)) == 5


def test_check_names_a_conflict_copy_in_the_data_folder(run: Run, data: Path) -> None:
    assert run("star", "title:splatting").status == 0
    (data / "marks (conflicted copy 2026-11-30).journal").write_bytes(b"")
    status, out, err = run("check")
    assert status == 0
    assert (
        "store: marks (conflicted copy 2026-11-30).journal looks like a sync program's conflict copy of marks.journal"
        in out
    )
    assert "conflicted copy" in err
