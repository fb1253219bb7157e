"""Regenerate the picture in the README from the real program: ``python -m tests.app.picture``."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from tui.app.app import ReadlistApp
from tui.paths import resolve_paths

_ROOT = Path(__file__).resolve().parents[2]
_COMMANDS = (
    "r r j r b t 3d ENTER j T n n y q j b t nerf ENTER t 3d ENTER e NOTE ESCAPE "
    "k k t spectral ENTER R q j j j j R g j j t llm ENTER b slash learning ENTER j j j j j"
)
_NOTE = "Compare Section 4 with CacheGen."
_KEY_NAMES = {":": "colon", ".": "full_stop", " ": "space"}
_NAMED_KEYS = {"ENTER": "enter", "ESCAPE": "escape"}


def _keys() -> list[str]:
    """The keys of the commands; words are typed."""
    keys: list[str] = []
    for word in _COMMANDS.split():
        if word in _NAMED_KEYS:
            keys.append(_NAMED_KEYS[word])
        elif word == "slash":
            keys.append(word)
        else:
            keys += [_KEY_NAMES.get(character, character) for character in (_NOTE if word == "NOTE" else word)]
    return keys


async def _take(target: Path, data: str) -> None:
    os.environ["COLORTERM"] = "truecolor"
    app = ReadlistApp(resolve_paths(data=data, seeds=str(_ROOT / "seeds")))
    async with app.run_test(size=(120, 36)) as pilot:
        while app.screen_stack[0].query_one("#papers").count == 0:  # type: ignore[attr-defined]
            await pilot.pause(0.01)
        for key in _keys():
            await pilot.press(key)
        await pilot.pause()
        picture = app.export_screenshot(title="readlist", simplify=True)
    # The exporter names fonts on the web; a picture in a repository has to do with what the reader's machine has.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    picture = re.sub(r"Fira Code,?\s*", "", picture)
    target.parent.mkdir(exist_ok=True)
    target.write_text(picture, encoding="utf-8")


def main() -> None:
    """Take the picture anew."""
    with tempfile.TemporaryDirectory() as data:
        asyncio.run(_take(_ROOT / "tests" / "app" / "pictures" / "main-screen.svg", data))


if __name__ == "__main__":
    main()
