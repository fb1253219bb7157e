"""Import and export of bibliographies: results, dry runs, undo, options."""

from __future__ import annotations

import io
import json
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

BIB = """\
@article{fischer, title = {Gaussian Splatting for Moving People}, author = {Fischer, Laura and Weber, Thomas},
  keywords = {splats, moving people}, annote = {Read {\\'e}t{\\'e}.}, readstatus = {read}}
@article{mills, title = {On Mills and Weirs}, author = {Berg, Anna}, year = 1999, keywords = {mills}
@article{none, author = {Li, Bo}}
"""


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    file = tmp_path / "refs.bib"
    file.write_text(BIB, encoding="utf-8")
    return file


def records(run: Run) -> dict[str, dict[str, object]]:
    return {record["title"]: record for record in json.loads(run("list", "--json").out)}


def test_an_import_accounts_for_every_record(run: Run, bib: Path) -> None:
    status, out, err = run("import", "--dry-run", str(bib))
    assert (status, out) == (
        3, "would import 1 paper, update 1, repair 1, refuse 1\n"
        "  Gaussian Splatting for Moving People [existing]\n  On Mills and Weirs  (no abstract)\n"
        "would merge: Gaussian Splatting for Moving People (listing.txt:10, refs.bib:1; same title, same authors)\n",
    )  # fmt: skip
    assert 'refs.bib:3: record "mills" repaired' in err
    assert 'refs.bib:4: record "none" skipped: it has neither a title nor an abstract' in err
    assert "3 keywords not turned into tags" in err
    assert len(records(run)) == 5
    assert run("import", str(bib)).status == 3
    found = records(run)
    assert len(found) == 6
    people = found["Gaussian Splatting for Moving People"]
    assert (people["note"], people["tags"], people["citation_key"], people["status"]) == (
        "Read été.",
        [],
        "fischer",
        "read",
    )
    assert run("undo").status == 0
    assert len(records(run)) == 5
    assert records(run)["Gaussian Splatting for Moving People"]["note"] == ""


def test_an_import_reports_its_result_as_json(run: Run, bib: Path) -> None:
    account = json.loads(run("import", "--json", str(bib)).out)
    assert (account["records"], len(account["new"]), len(account["joined"])) == (2, 1, 1)
    assert (account["repaired"], account["refused"], account["keywords_left"]) == (1, 1, 3)
    assert [problem["line"] for problem in account["problems"]] == [3, 4]


def test_single_keywords_become_tags(run: Run, bib: Path) -> None:
    status, _, err = run("import", "--tag-keyword", "Moving People", str(bib))
    assert status == 3
    assert "2 keywords not turned into tags" in err
    found = json.loads(run("list", "--json", "tag:moving-people")[1])[0]
    assert found["tags"] == ["moving-people"]
    assert run("list", "tag:splats")[0] == 1


def test_a_keyword_that_no_record_has_imports_nothing(run: Run, bib: Path) -> None:
    status, _, err = run("import", "--tag-keyword", "splat", str(bib))
    assert status == 2
    assert "no record has the keyword 'splat'" in err
    assert "splats" in err
    assert run("list", "title:mills")[0] == 1
    assert run("import", "--tag-keyword", "x", "--tags-from-keywords", str(bib))[0] == 2


def test_keywords_become_tags_on_request_also_in_a_later_import(run: Run, bib: Path) -> None:
    run("import", str(bib))
    run("note", "--set", "Mine.", "title:gaussian")
    status, _, err = run("import", "--tags-from-keywords", str(bib))
    assert status == 0
    assert "refs.bib was already imported" in err
    people = records(run)["Gaussian Splatting for Moving People"]
    assert (people["tags"], people["note"]) == (["splats", "moving-people"], "Mine.")
    assert records(run)["On Mills and Weirs"]["tags"] == ["mills"]


def test_another_import_does_not_restore_removed_tags_and_notes(run: Run, bib: Path, tmp_path: Path) -> None:
    run("import", "--tags-from-keywords", str(bib))
    run("tag", "--remove", "splats", "title:gaussian")
    run("note", "--set", "", "title:gaussian")
    other = tmp_path / "other.ris"
    other.write_text("TY  - JOUR\nTI  - On Rivers\nID  - fischer\nER  - \n", encoding="utf-8")
    status, out, err = run("import", str(other))
    assert (status, out.splitlines()[0]) == (0, "1 paper imported, 0 updated, 1 repaired")
    assert "citation key fischer belongs to another paper" in err
    people = records(run)["Gaussian Splatting for Moving People"]
    assert (people["tags"], people["note"], people["citation_key"]) == (["moving-people"], "", "fischer")
    assert records(run)["On Rivers"]["citation_key"] == "rivers"


def test_pipes_and_folders_are_refused_at_once(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.bib")
    for name in ("pipe.bib", "."):
        assert run("import", str(tmp_path / name)).status == 3


def test_an_export_imported_again_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("tag", "--add", "ml/vision", "title:gaussian")
    before = records(run)
    for name in ("bibtex", "ris", "csl-json"):
        file = tmp_path / f"list.{name}"
        assert run("export", "--format", name, "-o", str(file)).status == 0
        account = json.loads(run("import", "--dry-run", "--json", str(file)).out)
        assert (len(account["new"]), len(account["joined"]), account["problems"]) == (0, 5, [])
    assert records(run).keys() == before.keys()


def test_export_options_apply_to_their_formats(run: Run, tmp_path: Path) -> None:
    assert run("export", "--format", "bibtex", "--ascii").out.isascii()
    assert "[1] " in run("export", "--format", "references", "--style", "ieee").out
    assert run("export", "--format", "references", "--style", "absent").status == 2
    assert run("export", "--format", "json", "--raw").status == 2
    folder = tmp_path / "notes"
    status, out, _ = run("export", "--format", "markdown", "--split", str(folder))
    assert (status, out) == (0, f"wrote 5 papers to {folder}\n")
    files = sorted(folder.iterdir())
    assert len(files) == 5
    files[0].write_text(f"{files[0].read_text()}Mine.\n")
    before = files[0].read_text()
    assert run("export", "--format", "markdown", "--split", str(folder)).status == 0
    assert files[0].read_text() == before
    assert run("export", "--format", "markdown", "--split", str(folder), "-o", "x").status == 2


class Terminal(io.TextIOWrapper):
    """A terminal with a user who types."""

    def __init__(self, typed: str = "") -> None:
        super().__init__(io.BytesIO(typed.encode()), encoding="utf-8")

    def isatty(self) -> bool:
        return True

    @property
    def shown(self) -> str:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode()


@pytest.mark.parametrize(
    ("typed", "tags"),
    [("y\n", ["splats", "moving-people"]), ("YES\n", ["splats", "moving-people"]), ("\n", []), ("", [])],
)
def test_a_terminal_is_asked_once_about_keywords(
    run: Run, bib: Path, typed: str, tags: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    monkeypatch.setattr("sys.stderr", screen)
    assert run("import", str(bib)).status == 3
    assert screen.shown.count("Turn 3 keywords into tags (splats, moving-people, mills)? [y/N] ") == 1
    assert ("not turned into tags" in screen.shown) == (not tags)
    assert records(run)["Gaussian Splatting for Moving People"]["tags"] == tags


@pytest.mark.parametrize(
    "arguments", [("--dry-run",), ("--json",), ("--no-tags-from-keywords",), ("--tags-from-keywords",)]
)
def test_an_option_replaces_the_question_about_keywords(
    run: Run, bib: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    monkeypatch.setattr("sys.stderr", screen)
    assert run("import", *arguments, str(bib)).status == 3
    assert "[y/N]" not in screen.shown


def test_papers_with_the_same_title_keep_their_marks_through_imports_and_undo(run: Run, tmp_path: Path) -> None:
    bib, other = tmp_path / "namesakes.bib", tmp_path / "other.bib"
    people = ("Li", "Poe", "Ray")
    bib.write_text("\n".join(f"@book{{{name}1, title={{Introduction}}, author={{Bo {name}}}}}" for name in people))
    other.write_text("@book{zed, title={Quite Another}, author={Flo Zed}}")
    run("import", str(bib))
    for name in people:
        run("tag", "--add", f"of-{name}", f"author:{name}", "title:introduction")
    before = run("list", "--json", "title:introduction").out
    assert [(paper["tags"], paper["citation_key"]) for paper in json.loads(before)] == [
        ([f"of-{name}"], f"{name}1") for name in people
    ]
    run("import", str(other))
    assert run("list", "--json", "title:introduction").out == before
    assert run("undo", "--steps", "5").status == 0
    assert json.loads(run("list", "--json", "title:introduction").out) == []
    assert run("redo", "--steps", "5").status == 0
    again = json.loads(run("list", "--json", "title:introduction").out)
    assert [paper | {"added": None} for paper in again] == [paper | {"added": None} for paper in json.loads(before)]
