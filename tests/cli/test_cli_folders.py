"""The folders of a list: options before the environment, that before the settings, and those before the default."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tui.paths import ConfiguredLists, resolve_paths
from tui.settings.settings_file import configured_lists

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program

BIB = "@misc{m, title={On Mills and Weirs}, author={Lee, Ann}, year={2023}}"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    (tmp_path / "my" / "listings").mkdir(parents=True)
    file = tmp_path / "my" / "config.toml"
    file.write_text('data = "store"\nlistings = "listings"\n', encoding="utf-8")
    return file


def test_a_list_of_ones_own_by_the_settings_alone(program: Program, settings: Path, tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_text(BIB, encoding="utf-8")
    where = {"READLIST_CONFIG": str(settings), "READLIST_DATA": "", "READLIST_SEEDS": ""}
    assert program("import", str(refs), env=where).status == 0
    papers = json.loads(program("list", "--json", env=where).out)
    assert [paper["title"] for paper in papers] == ["On Mills and Weirs"]
    assert (settings.parent / "store" / "marks.json").exists()


def test_what_comes_first_wins(settings: Path, tmp_path: Path) -> None:
    environ = {"READLIST_CONFIG": str(settings), "HOME": str(tmp_path)}
    found = resolve_paths(environ=environ, configured=configured_lists)
    assert (found.data, found.seeds) == (settings.parent / "store", settings.parent / "listings")
    environ["READLIST_DATA"] = str(tmp_path / "elsewhere")
    found = resolve_paths(environ=environ, configured=configured_lists)
    assert (found.data, found.seeds) == (tmp_path / "elsewhere", settings.parent / "listings")
    found = resolve_paths(data=str(tmp_path / "option"), environ=environ, configured=configured_lists)
    assert found.data == tmp_path / "option"


def test_folders_from_the_home_folder(settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    settings.write_text('listings = "~/texts"\n', encoding="utf-8")
    found = resolve_paths(environ={"READLIST_CONFIG": str(settings)}, configured=configured_lists)
    assert found.seeds == tmp_path / "texts"


def test_a_folder_that_is_no_text_is_a_mistake_of_the_settings(settings: Path) -> None:
    settings.write_text("data = 3\n", encoding="utf-8")
    assert configured_lists(settings) == ConfiguredLists()
