"""A list is created with all its folders, wherever they are, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.errors import WriteError
from tui.session.reading_lists import all_lists, new_list
from tui.store import disk

if TYPE_CHECKING:
    from pathlib import Path

    from tui.paths import Paths


def test_a_list_of_which_a_folder_cannot_be_created_does_not_exist(
    home: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = disk.make_folder

    def make_no_listings(path: Path) -> None:
        if path.name == "listings":
            raise OSError(28, "No space left on device")
        make(path)

    monkeypatch.setattr(disk, "make_folder", make_no_listings)
    with pytest.raises(WriteError):
        new_list(home, "thesis")
    assert [each.paths.name for each in all_lists(home)] == ["main"]
    monkeypatch.undo()
    assert new_list(home, "thesis").seeds.is_dir()
    assert [each.paths.name for each in all_lists(home)] == ["main", "thesis"]


def test_a_list_has_the_folders_that_the_settings_give_it(home: Paths, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[lists.thesis]\ndata = "{tmp_path}/deep/er/data"\nlistings = "{tmp_path}/pages"\n')
    created = new_list(home._replace(config=config), "thesis")
    assert (created.data, created.seeds) == (tmp_path / "deep/er/data", tmp_path / "pages")
    assert created.data.is_dir()
    assert created.seeds.is_dir()
