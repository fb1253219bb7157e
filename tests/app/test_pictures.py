"""Every screen looks as it did when somebody last looked at it; see ``tests.app.gallery``."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

import pytest

from tests.app.gallery import TOURS, all_pictures, files_of, fixed_environment, kept, live_in, take

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("lived") / "data"
    with fixed_environment({}):
        live_in(data)
    return data


@pytest.mark.parametrize("name", TOURS)
async def test_every_screen_looks_as_it_did(name: str, lived: Path) -> None:
    before = kept()
    differing: list[str] = []
    for (file, scene), picture in (await take(TOURS[name], lived)).items():
        old = before.get((file, scene), "")
        differing += unified_diff(old.splitlines(), picture.splitlines(), f"{file} {scene}", "now", n=0, lineterm="")
    assert not differing, "\n".join([*differing[:80], "python -m tests.app.gallery takes the pictures anew"])


def test_every_picture_is_of_a_scene() -> None:
    assert kept().keys() == {*all_pictures()}


def test_letters_are_in_three_files_and_styles_in_one_a_theme() -> None:
    letters, styles = zip(*map(files_of, TOURS.values()), strict=True)
    assert len({*letters} - {""}) == 3
    themes = {(tour.theme, *tour.environ) for tour in TOURS.values() if tour.styles}
    assert len({*styles} - {""}) == len(themes) == 3
