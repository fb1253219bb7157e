"""``export``, ``import`` and ``check``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tui.session.choices import export_formats

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program, Run

NEW_LISTING = """\
CLMay 3, 2024
Counting Letters with Language ModelsSusan Clark, Mark Wilson
Language models cannot count letters. We show why tokens hide them, and how a scratch pad of single letters brings \
the counts back.
LGMay 4, 2024
Forgetting on PurposeHelen Adams
A model shall forget some of its training data. We compare eleven ways of making it forget and find that most of \
them only hide what was learned.
"""


@pytest.mark.parametrize("name", [name for name, _ in export_formats()])
def test_every_format_is_the_same_in_a_file_and_on_standard_output(name: str, run: Run, tmp_path: Path) -> None:
    status, out, _ = run("export", "--format", name, "cat:cs.CV")
    assert status == 0
    assert "Gaussian" in out
    target = tmp_path / "export"
    assert run("export", "--format", name, "-o", str(target), "cat:cs.CV").out == f"wrote 2 papers to {target}\n"
    assert target.read_bytes() == out.encode()


def test_the_program_writes_the_bytes_of_an_export(program: Program, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "export.csv"
    assert run("export", "--format", "csv", "-o", str(target), "cat:cs.CV").status == 0
    assert b"\r\n" in target.read_bytes()
    assert program("export", "--format", "csv", "cat:cs.CV").out.encode() == target.read_bytes()


def test_a_file_is_replaced_only_with_force(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "refs.bib"
    target.write_text("mine", encoding="utf-8")
    status, out, err = run("export", "--format", "bibtex", "-o", str(target), "splatting")
    assert (status, out) == (2, "")
    assert str(target) in err
    assert target.read_text(encoding="utf-8") == "mine"
    assert run("export", "--format", "bibtex", "--force", "-o", str(target), "splatting").status == 0
    assert "Gaussian" in target.read_text(encoding="utf-8")


def test_an_export_of_nothing_writes_nothing(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "refs.bib"
    assert run("export", "--format", "bibtex", "-o", str(target), "xylophone")[:2] == (1, "")
    assert not target.exists()
    assert run("export", "--format", "endnote", "splatting").status == 2
    assert run("export", "--format", "bibtex", "-o", str(tmp_path / "no" / "folder.bib"), "splatting").status in {
        2,
        6,
    }


def test_new_papers_are_imported_once(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "more.txt"
    file.write_text(NEW_LISTING, encoding="utf-8")
    status, out, err = run("import", "--dry-run", str(file))
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "would import 2 papers, update 0",
        "  Counting Letters with Language Models",
        "  Forgetting on Purpose",
    ]
    assert run("list").out.count("\n") == 5
    status, out, err = run("import", str(file))
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "2 papers imported, 0 updated",
        "  Counting Letters with Language Models",
        "  Forgetting on Purpose",
    ]
    assert run("list").out.count("\n") == 7
    assert run("import", str(file))[1:] == (
        "0 papers imported, 0 updated\n",
        "readlist: more.txt was already imported\n",
    )
    assert run("undo").status == 0
    assert run("list").out.count("\n") == 5


def test_a_large_import_lists_the_first_papers_and_counts_the_rest(run: Run, tmp_path: Path) -> None:
    entries = [f"@misc{{k{number},title={{The case of the number {number}}}}}" for number in range(53)]
    file = tmp_path / "many.bib"
    file.write_text("\n".join(entries), encoding="utf-8")
    status, out, _ = run("import", str(file))
    first, *listed, last = out.splitlines()
    assert (status, first) == (0, "53 papers imported, 0 updated")
    assert listed == [f"  The case of the number {number}" for number in range(50)]
    assert last == "  … and 3 more"


def test_an_import_of_a_missing_file_is_refused(run: Run, tmp_path: Path) -> None:
    status, out, err = run("import", str(tmp_path / "absent.txt"))
    assert (status, out) == (3, "")
    assert "absent.txt" in err
    assert run("import").status == 2


def test_an_import_reports_refused_records(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "noise.txt"
    file.write_text("neither a page\nnor a bibliography\n", encoding="utf-8")
    status, out, err = run("import", str(file))
    assert status == 3
    assert out == "0 papers imported, 0 updated, 1 refused\n"
    assert err.startswith("readlist: noise.txt:")


def test_check_finds_no_problems_in_a_good_list(run: Run) -> None:
    assert run("check") == (0, "5 papers, 0 problems in the sources; the store is OK\n", "")
    assert json.loads(run("check", "--json").out) == {
        "papers": 5,
        "pages": [],
        "store": [],
        "remarks": [],
        "settings": [],
    }


def test_check_names_file_line_and_reason(run: Run, seeds: Path) -> None:
    (seeds / "odd.txt").write_text("neither a page\nnor a bibliography\n", encoding="utf-8")
    status, out, _ = run("check")
    assert status == 3
    assert out.startswith("odd.txt:")
    found = json.loads(run("check", "--json").out)["pages"][0]
    assert found["page"] == "odd.txt"
    assert found["reason"]
    assert found["hint"]


def test_keys_and_completion_open_no_store(run: Run, data: Path) -> None:
    assert "\n  / " in run("keys").out
    assert json.loads(run("keys", "--json").out)[0]["keys"]
    ascii_keys = run("keys", "--ascii").out
    assert ascii_keys.isascii()
    assert "\n  j Down " in ascii_keys
    assert "\n  j ↓ " in run("keys").out
    for shell in ("bash", "zsh", "fish"):
        assert run("completion", shell).status == 0
    assert not data.exists()
