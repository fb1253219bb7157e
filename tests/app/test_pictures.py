"""Every screen looks as it did when somebody last looked at it; see ``tests.app.gallery``."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

import pytest

from tests.app.gallery import PICTURES, TOURS, fixed_environment, live_in, take

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
    differing: list[str] = []
    for file, picture in (await take(TOURS[name], lived)).items():
        kept = (PICTURES / file).read_text(encoding="utf-8") if (PICTURES / file).is_file() else ""
        differing += unified_diff(kept.splitlines(), picture.splitlines(), file, "now", n=0, lineterm="")
    assert not differing, "\n".join([*differing[:80], "python -m tests.app.gallery takes the pictures anew"])


def test_every_picture_is_of_a_scene() -> None:
    taken = {f"{name}-{scene.name}.txt" for name, tour in TOURS.items() for scene in tour.scenes}
    assert {path.name for path in PICTURES.glob("*.txt")} == taken
