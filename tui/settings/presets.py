"""PRESETS: the keys of other programs, as differences from the default keys. Data only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "default": {},
    # Digits have no command here, so that they are counts. * is unbound, as vim uses it to search.
    "vim": {
        "find.view": tuple(f"g {digit}" for digit in "123456789"),
        "move.top": ("g g", "home"),
        "move.centre": ("z z", "vertical_line"),
        "app.quit": ("Z Z", "Z Q", "ctrl+q"),
        "view.next_pane": ("tab", "l", "right", "ctrl+w l", "ctrl+w w", "ctrl+w ctrl+w"),
        "view.previous_pane": ("shift+tab", "h", "left", "ctrl+w h", "ctrl+w W"),
        "select.range": ("v", "V"),
        "select.all": ("g v",),
        "mark.all_read": ("g a",),
        "mark.undo": ("u",),
        "mark.redo": ("ctrl+r",),
        "mark.star": ("b",),
        "mark.note": ("i", "e"),
        "select.invert": ("tilde",),
        "mark.editor": ("A", "E"),
    },
    "newsboat": {
        "move.down": ("j", "down", "J", "ctrl+n"),
        "move.up": ("k", "up", "K"),
        "move.previous": ("p",),
        "mark.read": ("N",),
        "find.everything": ("0", "ctrl+f"),
        "find.refresh": ("r", "f5", "ctrl+l"),
        "find.sort": ("g",),
        "find.reverse": ("G",),
        "move.top": ("home",),
        "move.bottom": ("end",),
        "out.export": ("s", "x"),
    },
}
