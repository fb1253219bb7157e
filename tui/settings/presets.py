"""PRESETS: the keys of other programs, as differences from the table of commands. Data only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "default": {},
    # Vi has no z and no Z that change anything, so that zz and ZZ must not; * and # look for a word there.
    "vim": {
        "mark.undo": ("u",),
        "mark.redo": ("ctrl+r",),
        "mark.star": ("b", "m"),
        "mark.note": ("i", "e"),
        "select.invert": ("tilde",),
        "mark.editor": ("A", "E"),
    },
    "newsboat": {
        "move.previous": ("p",),
        "mark.read": ("N",),
        "select.all": ("A", "V"),
        "find.refresh": ("r", "f5", "ctrl+l"),
        "find.sort": ("g",),
        "find.reverse": ("G",),
        "find.filter": ("F", "f"),
        "move.top": ("home",),
        "move.bottom": ("end",),
        "out.export": ("s", "x"),
        "mark.tags": ("t", "ctrl+t"),
    },
}
