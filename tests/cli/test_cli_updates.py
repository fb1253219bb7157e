"""Importing a newer version of a file updates the papers of the older one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

OLD = """\
@article{mills, title={On Milss and Weirs}, author={Lee, Ann}, year=2020}
@article{locks, title={On Locks}, author={Lee, Ann}, year=2020}
@article{gone, title={On Ferries}, author={Lee, Ann}, year=2019}
@article{doi, title={On Bridges, a Draft}, author={Lee, Ann}, year=2018, doi={10.5555/bridges}}
"""
NEW = """\
@article{mills, title={On Mills and Weirs}, author={Lee, Ann}, year=2020}
@article{locks, title={On Locks}, author={Lee, Ann and Poe, Bo}, year=2021}
@article{doi, title={On Bridges}, author={Lee, Ann}, year=2018, doi={10.5555/bridges}}
@article{fresh, title={On Canals}, author={Poe, Bo}, year=2022}
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    file = tmp_path / "elsewhere" / "library.bib"
    file.parent.mkdir()
    file.write_text(OLD, encoding="utf-8")
    return file


def papers(run: Run) -> dict[str, dict[str, object]]:
    found = json.loads(run("list", "--json").out)
    return {paper["citation_key"]: paper for paper in found if not str(paper["sources"]).count("listing.txt")}


def update(run: Run, library: Path) -> None:
    assert run("import", str(library)).status == 0
    assert run("tag", "--add", "water", "title:milss").status == 0
    assert run("note", "--set", "seen", "title:ferries").status == 0
    library.write_text(NEW, encoding="utf-8")


def test_the_same_key_in_a_newer_file_is_the_same_paper(run: Run, library: Path) -> None:
    update(run, library)
    before = papers(run)
    result = run("import", str(library))
    assert result.status == 0
    assert "1 paper imported, 3 updated" in result.out
    assert "replaced library.bib with the newer library.bib" in result.out
    assert "changed: On Milss and Weirs: title On Milss and Weirs → On Mills and Weirs" in result.out
    assert "gone: On Ferries" in result.out
    after = papers(run)
    assert {key: paper["id"] for key, paper in after.items() if key in before} == {
        key: paper["id"] for key, paper in before.items()
    }
    assert (after["mills"]["title"], after["mills"]["tags"]) == ("On Mills and Weirs", ["water"])
    assert (after["locks"]["authors"], after["locks"]["date"]) == (["Ann Lee", "Bo Poe"], "2021")
    assert after["doi"]["title"] == "On Bridges"
    assert after["gone"]["note"] == "seen"
    assert after["fresh"]["title"] == "On Canals"


def test_an_update_is_one_step_and_survives_a_lost_catalogue(run: Run, library: Path, data: Path) -> None:
    update(run, library)
    before = papers(run)
    assert run("import", str(library)).status == 0
    after = papers(run)
    assert run("undo").status == 0
    assert papers(run) == before
    assert run("redo").status == 0
    assert papers(run) == after
    (data / "papers.json").unlink()
    assert {key: (paper["id"], paper["title"], paper["tags"]) for key, paper in papers(run).items()} == {
        key: (paper["id"], paper["title"], paper["tags"]) for key, paper in after.items()
    }
    assert "already imported" in run("import", str(library)).err


def test_a_dry_run_says_what_an_update_would_change(run: Run, library: Path) -> None:
    update(run, library)
    before = papers(run)
    shown = run("import", "--dry-run", str(library)).out
    assert "would replace library.bib" in shown
    assert "gone: On Ferries" in shown
    assert papers(run) == before
    plan = json.loads(run("import", "--dry-run", "--json", str(library)).out)
    assert plan["gone"] == ["On Ferries"]
    assert {change["field"] for change in plan["updates"]} == {"title", "authors", "date"}


def test_another_bibliography_of_the_same_name_replaces_nothing(run: Run, library: Path) -> None:
    assert run("import", str(library)).status == 0
    library.write_text("@misc{mills, title={On Locks of Hair}}\n@misc{other, title={Knots}}\n", encoding="utf-8")
    result = run("import", str(library))
    assert "replaced" not in result.out
    assert len(papers(run)) == 6 or len(json.loads(run("list", "--json").out)) == 11
