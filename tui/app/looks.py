"""The looks: themes, glyphs and the styles that rows are drawn in. Knows colours, not papers' contents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.theme import Theme

from tui.paper.mark import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.style import Style

# Warm ink on a quiet dark ground: the list is looked at for hours, so only what wants attention is saturated.
DARK = Theme(
    name="readlist-dark",
    primary="#7fb4ca",
    secondary="#e0a96d",
    accent="#e0a96d",
    warning="#e6c384",
    error="#e46876",
    success="#98bb6c",
    foreground="#d8d4c9",
    background="#17191e",
    surface="#1c1f26",
    panel="#262a33",
    dark=True,
    variables={
        "border": "#363c48",
        "input-cursor-background": "#e0a96d",
        "input-cursor-foreground": "#17191e",
        "input-selection-background": "#3a4a5a",
        "scrollbar": "#363c48",
        "scrollbar-hover": "#4a5262",
        "scrollbar-active": "#7fb4ca",
        "scrollbar-background": "#1c1f26",
        "scrollbar-corner-color": "#1c1f26",
        "scrollbar-background-hover": "#1c1f26",
        "scrollbar-background-active": "#1c1f26",
        "block-cursor-foreground": "#17191e",
        "block-cursor-background": "#7fb4ca",
    },
)
LIGHT = Theme(
    name="readlist-light",
    primary="#2f6f8f",
    secondary="#a3591b",
    accent="#a3591b",
    warning="#8a6500",
    error="#b3304a",
    success="#4d7a27",
    foreground="#33312c",
    background="#f6f2e8",
    surface="#fbf8f1",
    panel="#e9e3d4",
    dark=False,
    variables={
        "border": "#cfc7b4",
        "input-cursor-background": "#a3591b",
        "input-cursor-foreground": "#fbf8f1",
        "input-selection-background": "#c9dbe3",
        "scrollbar": "#cfc7b4",
        "scrollbar-hover": "#b8ae97",
        "scrollbar-active": "#2f6f8f",
        "scrollbar-background": "#fbf8f1",
        "scrollbar-corner-color": "#fbf8f1",
        "scrollbar-background-hover": "#fbf8f1",
        "scrollbar-background-active": "#fbf8f1",
        "block-cursor-foreground": "#fbf8f1",
        "block-cursor-background": "#2f6f8f",
    },
)


# Classes the desk wears at a width in columns and a height in rows; the style sheet says what they do.
WIDTHS = [(0, "-tiny"), (40, "-narrow"), (100, "-wide"), (160, "-broad")]
HEIGHTS = [(0, "-flat"), (10, "-high")]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs that stand for facts; every status has a shape of its own, so colour is never needed to tell it."""

    status: Mapping[Status, str]
    star: str
    note: str
    selected: str
    cut: str
    include: str
    exclude: str
    ignore: str
    rule: str
    full: str
    empty: str
    prompt: str
    bullet: str


UNICODE = Glyphs(
    status={
        Status.UNREAD: "●",
        Status.QUEUED: "◆",
        Status.READING: "◐",
        Status.READ: "✓",
        Status.SKIPPED: "–",
    },
    star="★",
    note="✎",
    selected="▌",
    cut="…",
    include="+",
    exclude="−",
    ignore=" ",
    rule="─",
    full="━",
    empty="━",
    prompt="❯",
    bullet="·",
)
ASCII = Glyphs(
    status={
        Status.UNREAD: "o",
        Status.QUEUED: "+",
        Status.READING: "~",
        Status.READ: "x",
        Status.SKIPPED: "-",
    },
    star="*",
    note="n",
    selected=">",
    cut="~",
    include="+",
    exclude="-",
    ignore=" ",
    rule="-",
    full="#",
    empty=".",
    prompt=">",
    bullet="-",
)


@dataclass(frozen=True, slots=True)
class Ink:
    """The styles that rows are drawn in, taken from the theme by the widget that draws.

    Attributes:
        text: ordinary text.
        muted: secondary columns.
        strong: the heading of an unread paper.
        match: letters that answer the query, laid over the others.
        tag: tags.
        star: the star.
        status: the sign of each status.
        cursor: the line under the cursor while the pane has the focus.
        shadow: the line under the cursor while it has not.
        chosen: a selected line.
    """

    text: Style
    muted: Style
    strong: Style
    match: Style
    tag: Style
    star: Style
    status: Mapping[Status, Style]
    cursor: Style
    shadow: Style
    chosen: Style
