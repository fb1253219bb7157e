"""``readlist export @name``: export profiles of the settings, or saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

SETTINGS = """\
citation_key = "[auth:upper][shortyear]"
[profiles.vision]
query = "cat:cs.CV sort:title"
format = "bibtex"
to = "{folder}/vision.bib"
[profiles.page]
query = "splatting"
format = "csv"
raw = true
"""


def test_a_profile_exports_its_query_in_its_format_to_its_file(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(SETTINGS.format(folder=tmp_path), encoding="utf-8")
    target = tmp_path / "vision.bib"
    assert run("export", "--config", str(config), "@vision").out == f"wrote 2 papers to {target}\n"
    assert "@misc{FISCHER24," in target.read_text(encoding="utf-8")
    assert run("export", "--config", str(config), "@vision").status == 2
    again = run("export", "--config", str(config), "--format", "bibtex", "-o", "-", "cat:cs.CV sort:title")
    assert again.out == target.read_text(encoding="utf-8")
    # Command-line options override the profile; its `force` applies to its own file only.
    assert run("export", "--config", str(config), "--format", "ris", "-o", "-", "@vision").out.startswith("TY  - ")
    assert run("export", "--config", str(config), "@page").out.startswith("id,citation_key,")


def test_a_name_without_a_profile_is_a_saved_view(run: Run) -> None:
    assert run("views", "save", "moving", "splatting").status == 0
    assert "Gaussian" in run("export", "--format", "ris", "@moving").out
    status, _, err = run("export", "@moving")
    assert (status, err.splitlines()[0]) == (2, "readlist: no export format specified")
