"""Group authors in lists, JSON and exports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

BIB = """@misc{one, title = {Sand of the Northern Shore}, author = {{Dune Watchers} and Moor, Bea}, year = 2011}
@misc{two, title = {Wind over Wide Water}, author = {{Dune Watchers}}, year = 2012}
"""


def test_a_group_author_is_shown_and_found_without_braces(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "groups.bib"
    file.write_text(BIB, encoding="utf-8")
    assert run("import", str(file)).status == 0
    for arguments in (
        ("list", "title:sand"), ("show", "title:sand"), ("list", "--json", "title:sand"), ("export", "--format", "csv", "title:sand"),
        ("list", "--columns", "authors", "title:sand"), ("list", "--columns", "author", "title:sand"),
    ):  # fmt: skip
        out = run(*arguments).out
        assert "{Dune" not in out, arguments
        assert "Watchers}" not in out, arguments
    assert json.loads(run("list", "--json", "title:sand").out)[0]["authors"] == ["Dune Watchers", "Bea Moor"]
    assert len(json.loads(run("list", "--json", 'author:"Dune Watchers"').out)) == 2
    assert "author = {{Dune Watchers} and Moor, Bea}" in " ".join(
        run("export", "--format", "bibtex", "title:sand").out.split()
    )
