"""What hands type out of habit: aliases, help, a status or signed tags before the query, formats by file ending."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_help_and_version_in_every_usual_spelling(run: Run) -> None:
    assert run("help").out == run("--help").out
    assert run("help", "tag").out == run("tag", "--help").out
    assert run("help", "ls").out == run("list", "--help").out
    assert run("-V").out == run("--version").out == run("list", "-V").out
    assert run("help", "nonsense").status == 2


@pytest.mark.parametrize("alias", ["ls", "search", "find"])
def test_an_alias_does_what_the_command_does(alias: str, run: Run) -> None:
    assert run(alias, "--limit", "2") == run("list", "--limit", "2")


def test_the_status_can_come_first(run: Run) -> None:
    ids = [line.split()[0] for line in run("list", "--limit", "2").out.splitlines()]
    assert run("mark", "read", f"id:{ids[0]}", f"id:{ids[1]}").status == 0
    assert len(run("list", "is:read").out.splitlines()) == 2
    # With --status, the first word belongs to the query.
    assert run("mark", "--status", "queued", "read", ids[0]).status == 1
    assert run("mark", "Reading", ids[0]).out.startswith("marked 1 paper reading")


def test_signed_tags_come_before_the_query(run: Run) -> None:
    paper_id = run("list", "--limit", "1").out.split()[0]
    run("tag", "--add", "old", paper_id)
    assert run("tag", "+nerf", "+a/b,c", "-old", paper_id).status == 0
    assert json.loads(run("show", "--json", paper_id).out)["tags"] == ["nerf", "a/b", "c"]
    run("tag", "+other", "-is:read", "id:" + paper_id)
    assert "other" in run("show", "--json", paper_id).out
    assert run("tag", "-nerf", "--", "-is:queued", paper_id).status in (0, 1)
    assert run("tag", "+x").err.startswith("readlist: this would change every paper")


def test_the_file_ending_chooses_the_export_format(run: Run, tmp_path: Path) -> None:
    for name, beginning in (("refs.bib", "@"), ("refs.ris", "TY  - "), ("refs.CSV", "id")):
        assert run("export", "-o", str(tmp_path / name), "--limit", "1").status == 2
        assert run("export", "-o", str(tmp_path / name), "limit:1").status == 0
        assert (tmp_path / name).read_text(encoding="utf-8-sig").lstrip("% \n").startswith(beginning)
    assert run("export", "-f", "ris", "-o", str(tmp_path / "again.bib"), "limit:1").status == 0
    assert (tmp_path / "again.bib").read_text(encoding="utf-8").startswith("TY  - ")
    unknown = run("export", "-o", str(tmp_path / "refs.xyz"), "limit:1")
    assert unknown.status == 2
    assert "no export format specified" in unknown.err


def test_where_prints_the_folders_in_use(run: Run, data: Path, seeds: Path) -> None:
    paths = json.loads(run("where", "--json").out)
    assert (paths["data"], paths["listings"]) == (str(data), str(seeds))
    lines = run("where").out.splitlines()
    assert [line.split()[0] for line in lines] == ["data", "listings", "settings"]
    assert lines[2].endswith("(does not exist)") or paths["settings"]


def test_the_settings_template_is_written_once(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    assert run("config", "--write", "--config", str(path)).out == f"wrote {path}\n"
    assert path.read_text(encoding="utf-8").rstrip() == run("config").out.rstrip()
    path.write_text("# mine\n", encoding="utf-8")
    again = run("config", "--write", "--config", str(path))
    assert (again.status, path.read_text(encoding="utf-8")) == (2, "# mine\n")
    assert "already exists" in again.err
