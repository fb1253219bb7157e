"""The looks: themes, glyphs and the styles that rows are drawn in. Knows colours, not papers' contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
        "border": "#3a404d",
        "input-cursor-background": "#e0a96d",
        "input-cursor-foreground": "#17191e",
        "input-selection-background": "#3a4a5a",
        "scrollbar": "#6c7588",
        "scrollbar-hover": "#868fa3",
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
        "scrollbar": "#a0967f",
        "scrollbar-hover": "#857b64",
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
WIDTHS = [(0, "-tiny"), (40, "-narrow"), (100, "-beside"), (120, "-wide"), (160, "-broad")]
HEIGHTS = [(0, "-flat"), (10, "-high"), (30, "-tall")]


def size_classes(width: int, height: int) -> set[str]:
    """The classes worn at a size; put on before the first layout they spare a second one."""
    return {max(step for step in steps if step[0] <= size)[1] for steps, size in ((WIDTHS, width), (HEIGHTS, height))}


THEMES = {theme.name: theme for theme in (DARK, LIGHT)}

MATCH = "$match-ink on $match-ground"  # a word that the query asks for, on a page
# What the parts of a Markdown text look like, in the detail pane and where a note is written.
MARKDOWN = {
    "heading": "bold $primary",
    "quote": "$ink-muted",
    "marker": "$secondary",
    "code": "$tag-ink",
    "link": "$primary",
    "strong": "bold",
    "emphasis": "italic",
}

# Categories are told apart at a glance, and never shouted: of one lightness, in the dark and in the light.
_HUES = {
    True: ("#8fabc9", "#9db88a", "#c9a684", "#bba3c9", "#85b5aa", "#c9989d", "#b9b084"),
    False: ("#3a6690", "#4b6f30", "#8a5524", "#69477f", "#2a6f64", "#93424b", "#6b6020"),
}


def category_hue(category: str) -> int:
    """The number of a category's hue: the same wherever it stands, and in every list."""
    return (crc32(category.encode()) >> 13) % len(_HUES[True])  # these bits keep the large categories apart


def theme_variables(theme: Theme) -> dict[str, str]:
    """Colours that any theme is to be completed with, by the names the style sheet and the rows know them by."""
    if theme.name not in THEMES:
        return _mixed(theme)
    dark = theme.dark
    muted = "#8f939c" if dark else "#7a7468"
    return {
        "ink-muted": muted,
        "ink-faint": "#5c616c" if dark else "#aaa28f",
        "match-ink": "#17191e" if dark else "#33312c",
        "match-ground": "#e6c384" if dark else "#f2d58b",
        "tag-ink": "#c8b6e2" if dark else "#5b3f87",
        "tag-ground": "#2d2a3d" if dark else "#e6dcf2",
        "cursor-ground": "#2f3b4a" if dark else "#cfdfe6",
        "shadow-ground": "#24272f" if dark else "#e9e3d4",
        "chosen-ground": "#2b2a24" if dark else "#f0e6c8",
        "status-unread": theme.primary,
        "status-queued": theme.warning or theme.primary,
        "status-reading": theme.secondary or theme.primary,
        "status-read": theme.success or theme.primary,
        "status-skipped": muted,
    } | _numbered(_HUES[dark])


def _numbered(hues: Iterable[str]) -> dict[str, str]:
    return {f"hue-{number}": hue for number, hue in enumerate(hues)}


def _mixed(theme: Theme) -> dict[str, str]:
    """The same from the colours of a theme that is not ours."""
    if theme.foreground is not None and theme.foreground.startswith("ansi"):
        return _OF_THE_TERMINAL
    colours = theme.to_color_system().generate()
    ink, ground = Color.parse(colours["foreground"]), Color.parse(colours["surface"])
    primary, warning = Color.parse(colours["primary"]), Color.parse(colours["warning"])
    second = Color.parse(colours["secondary"])
    muted = ink.blend(ground, 0.32).hex
    tag = ink.blend(Color.parse(colours["accent"]), 0.45)
    return {
        "ink-muted": muted,
        "ink-faint": ink.blend(ground, 0.55).hex,
        "match-ink": warning.get_contrast_text(1).hex,
        "match-ground": warning.hex,
        "tag-ink": tag.hex,
        "tag-ground": ground.blend(tag, 0.15).hex,
        "cursor-ground": ground.blend(primary, 0.3).hex,
        "shadow-ground": ground.blend(ink, 0.08).hex,
        "chosen-ground": ground.blend(warning, 0.12).hex,
        "status-unread": ink.blend(primary, 0.7).hex,
        "status-queued": warning.hex,
        "status-reading": ink.blend(second, 0.7).hex,
        "status-read": colours["success"],
        "status-skipped": muted,
    } | _numbered(_toned(Color.parse(hue), ink) for hue in _HUES[theme.dark])


def _toned(hue: Color, ink: Color) -> str:
    """A hue that is as light as the ink of a theme has it."""
    return hue.blend(ink, 0.35).hex


# For themes that leave the colours to the terminal.
_OF_THE_TERMINAL = {
    "ink-muted": "ansi_bright_black",
    "ink-faint": "ansi_bright_black",
    "match-ink": "ansi_black",
    "match-ground": "ansi_yellow",
    "tag-ink": "ansi_magenta",
    "tag-ground": "ansi_default",
    "cursor-ground": "ansi_blue",
    "shadow-ground": "ansi_bright_black",
    "chosen-ground": "ansi_default",
    "status-unread": "ansi_blue",
    "status-queued": "ansi_yellow",
    "status-reading": "ansi_cyan",
    "status-read": "ansi_green",
    "status-skipped": "ansi_bright_black",
} | _numbered(("ansi_blue", "ansi_green", "ansi_yellow", "ansi_magenta", "ansi_cyan", "ansi_red", "ansi_default"))


class Glyphs(NamedTuple):
    """The signs that stand for facts; every status has a shape of its own, so colour is never needed to tell it."""

    status: Mapping[Status, str]
    star: str
    note: str
    selected: str
    cut: str
    include: str
    exclude: str
    ignore: str
    shut: str
    rule: str
    full: str
    half: str
    empty: str
    prompt: str
    bullet: str
    rising: str
    falling: str


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
    shut="▸",
    rule="─",
    full="━",
    half="╸",
    empty="─",
    prompt="❯",
    bullet="·",
    rising="▴",
    falling="▾",
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
    shut=">",
    rule="-",
    full="#",
    half="=",
    empty=".",
    prompt=">",
    bullet="-",
    rising="^",
    falling="v",
)


class RowStyles(NamedTuple):
    """The styles that rows are drawn in.

    Attributes:
        text: ordinary text.
        muted: secondary columns.
        faint: what is there and does not matter now.
        heading: headings between rows.
        good: included, done.
        bad: excluded, wrong.
        match: letters that answer the query, laid over the others.
        tag: tags.
        star: the star.
        status: the sign of each status.
        hues: the hues of categories, by number.
        cursor: the ground under the cursor while the pane has the focus.
        shadow: the ground under the cursor while it has not.
        chosen: the ground of a selected line.
    """

    text: Style
    muted: Style
    faint: Style
    heading: Style
    good: Style
    bad: Style
    match: Style
    tag: Style
    star: Style
    status: Mapping[Status, Style]
    hues: tuple[Style, ...]
    cursor: Style
    shadow: Style
    chosen: Style


def row_styles(variables: Mapping[str, str], *, few_colours: bool = False) -> RowStyles:
    """Mix the styles of rows from the theme's colours.

    Taken from the theme rather than from classes in the style sheet: each such class would cost every row widget a
    node of its own whenever styles are applied, which start-up and every change of focus would pay for.

    Args:
        variables: the theme's variables, by name without the dollar.
        few_colours: grounds may look alike, so that what they say is to be said in another way as well.
    """

    def style(name: str, ground: str | None = None, *, bold: bool | None = None, strike: bool | None = None) -> Style:
        colour = Color.parse(variables[name]).rich_color if name else None
        behind = Color.parse(variables[ground]).rich_color if ground else None
        return Style(color=colour, bgcolor=behind, bold=bold, strike=strike)

    return RowStyles(
        text=style("foreground"),
        muted=style("ink-muted"),
        faint=style("ink-faint"),
        heading=style("secondary", bold=True),
        good=style("success", bold=True),
        bad=style("error", strike=True),
        match=style("match-ink", "match-ground") + Style(underline=few_colours or None),
        tag=style("tag-ink"),
        star=style("secondary"),
        status={status: style(f"status-{status}") for status in Status},
        hues=tuple(style(f"hue-{number}") for number in range(len(_HUES[True]))),
        cursor=style("", "cursor-ground", bold=True) + Style(reverse=few_colours or None),
        shadow=style("", "shadow-ground") + Style(underline=few_colours or None),
        chosen=style("", "chosen-ground"),
    )
