"""Themes, glyphs and the styles of rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from tui.app.contrast import HINT, ground_below, readable
from tui.model.mark import Status
from tui.text.sanitise import SafeText

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Warm text on a dark background; only what needs attention is saturated.
DARK = Theme(
    name="readlist-dark",
    primary="#7fb4ca",
    secondary="#e0a96d",
    accent="#e0a96d",
    warning="#e6c384",
    error="#e77e8a",
    success="#98bb6c",
    foreground="#d8d4c9",
    background="#17191e",
    surface="#1c1f26",
    panel="#262a33",
    dark=True,
    variables={
        "border": "#3a404d",
        "input-cursor-background": "#17191e",
        "input-cursor-foreground": "#e0a96d",
        "input-cursor-text-style": "reverse",  # which is also seen without colours
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
    primary="#2b6886",
    secondary="#925018",
    accent="#925018",
    warning="#7e5c00",
    error="#b3304a",
    success="#446d23",
    foreground="#33312c",
    background="#f6f2e8",
    surface="#fbf8f1",
    panel="#e9e3d4",
    dark=False,
    variables={
        "border": "#cfc7b4",
        "input-cursor-background": "#fbf8f1",
        "input-cursor-foreground": "#925018",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "#c9dbe3",
        "scrollbar": "#a0967f",
        "scrollbar-hover": "#857b64",
        "scrollbar-active": "#2b6886",
        "scrollbar-background": "#fbf8f1",
        "scrollbar-corner-color": "#fbf8f1",
        "scrollbar-background-hover": "#fbf8f1",
        "scrollbar-background-active": "#fbf8f1",
        "block-cursor-foreground": "#fbf8f1",
        "block-cursor-background": "#2b6886",
    },
)


# CSS classes of the main screen from a width in columns and a height in rows on. The list always has at least what it
# has in 80 columns: a wider screen first shows the filter pane, and only a broad one the detail pane beside the list.
WIDTHS = [(0, "-tiny"), (40, "-narrow"), (120, "-wide"), (150, "-broad")]
HEIGHTS = [(0, "-flat"), (10, "-low"), (16, "-high"), (30, "-tall")]


def size_classes(width: int, height: int) -> set[str]:
    """The CSS classes at a size; set before the first layout they save a second one."""
    return {max(step for step in steps if step[0] <= size)[1] for steps, size in ((WIDTHS, width), (HEIGHTS, height))}


THEMES = {theme.name: theme for theme in (DARK, LIGHT)}

MATCH = "$match-ink on $match-ground"  # a query term in a text
# Styles of Markdown, in the detail pane and the note editor.
MARKDOWN = {
    "heading": "bold $primary",
    "quote": "$ink-muted",
    "marker": "$secondary",
    "code": "$tag-ink",
    "link": "$primary",
    "strong": "bold",
    "emphasis": "italic",
}

# Hues of categories, of equal lightness, for dark and light themes.
_HUES = {
    True: ("#8fabc9", "#9db88a", "#c9a684", "#bba3c9", "#85b5aa", "#c9989d", "#b9b084"),
    False: ("#3a6690", "#486c2e", "#8a5524", "#69477f", "#286b61", "#93424b", "#6b6020"),
}


def category_hue(category: str) -> int:
    """The number of a category's hue; the same in every list."""
    return (crc32(category.encode()) >> 13) % len(_HUES[True])  # these bits give the large categories different hues


def theme_variables(theme: Theme) -> dict[str, str]:
    """Our own colours for a theme, by variable name; a theme from ``legible`` has them already."""
    if theme.name not in THEMES:
        return _TERMINAL_COLOURS if _uses_terminal_colours(theme) else {}
    dark = theme.dark
    muted = "#9a9ea7" if dark else "#666157"
    return {
        "ink-muted": muted,
        "ink-faint": "#7c8089" if dark else "#827c6d",
        "match-ink": "#17191e" if dark else "#33312c",
        "match-ground": "#e6c384" if dark else "#f2d58b",
        "tag-ink": "#c8b6e2" if dark else "#5b3f87",
        "tag-ground": "#2d2a3d" if dark else "#e6dcf2",
        "cursor-ground": "#2a3544" if dark else "#d3e3ea",
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


_INKS = ("foreground", "primary", "secondary", "warning", "error", "success", "accent")  # colours used for texts
_INK_RATIO = 8.0  # of the text colour to the backgrounds: the others stand back from it and are still readable
_TINTED_RATIO = 6.5  # of the text colour to our own backgrounds
_legible: dict[str, Theme] = {}


def legible(theme: Theme) -> Theme:
    """A theme of Textual with our own colours, and texts that can be read on all its backgrounds."""
    if theme.name in THEMES or _uses_terminal_colours(theme):
        return theme
    if theme.name not in _legible:
        _legible[theme.name] = _make_legible(theme)
    return _legible[theme.name]


def _make_legible(theme: Theme) -> Theme:
    own = {name: Color.parse(colour) for name, colour in _own_colours(theme).items()}
    ground, plain = own["surface"], [own["background"], own["surface"], own["panel"]]
    ink = own["foreground"] = readable(own["foreground"], plain, _INK_RATIO)
    tinted = _tinted_grounds(own)
    grounds = [*plain, *(tint for name, tint in tinted.items() if name != "tag-ground")]
    inks = {name: readable(own[name], grounds) for name in _INKS}
    warning, muted = inks["warning"], readable(ink.blend(ground, 0.32), grounds)
    colours = {
        **tinted,
        "ink-muted": muted,
        "ink-faint": readable(ink.blend(ground, 0.55), grounds, HINT),
        "match-ink": readable(warning.get_contrast_text(1), [warning]),
        "match-ground": warning,
        "tag-ink": readable(ink.blend(own["accent"], 0.45), [*grounds, tinted["tag-ground"]]),
        "status-unread": readable(ink.blend(inks["primary"], 0.7), grounds),
        "status-queued": warning,
        "status-reading": readable(ink.blend(inks["secondary"], 0.7), grounds),
        "status-read": inks["success"],
        "status-skipped": muted,
    }
    hues = _numbered(readable(Color.parse(hue).blend(ink, 0.35), grounds).hex for hue in _HUES[theme.dark])
    variables = {name: value for name, value in theme.variables.items() if name not in _INKS}
    variables |= {name: colour.hex for name, colour in colours.items()} | hues
    variables |= {
        "input-cursor-background": ground.hex,
        "input-cursor-foreground": inks["foreground"].hex,
        "input-cursor-text-style": "reverse",
    }
    return replace(
        theme,
        foreground=inks["foreground"].hex,
        primary=inks["primary"].hex,
        secondary=inks["secondary"].hex,
        warning=inks["warning"].hex,
        error=inks["error"].hex,
        success=inks["success"].hex,
        accent=inks["accent"].hex,
        variables=variables,
    )


def _uses_terminal_colours(theme: Theme) -> bool:
    return theme.foreground is not None and theme.foreground.startswith("ansi")


def _own_colours(theme: Theme) -> dict[str, str]:
    """The colours of a theme that ours are derived from, as Textual completes them."""
    colours = theme.to_color_system().generate() | theme.variables
    return {name: colours[name] for name in (*_INKS, "background", "surface", "panel")}


def _tinted_grounds(colours: Mapping[str, Color]) -> dict[str, Color]:
    """Our own backgrounds, on which the colour of texts still has a contrast."""
    ink, ground = colours["foreground"], colours["surface"]
    tints = {
        "cursor-ground": (colours["primary"], 0.3),
        "shadow-ground": (ink, 0.08),
        "chosen-ground": (colours["warning"], 0.12),
        "tag-ground": (ink.blend(colours["accent"], 0.45), 0.15),
    }
    return {name: ground_below(ink, ground, tint, share, _TINTED_RATIO) for name, (tint, share) in tints.items()}


# For themes that use the colours of the terminal.
_TERMINAL_COLOURS = {
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
    """The glyphs of the screen; every status has its own shape, so colour is never needed to distinguish them."""

    status: Mapping[Status, SafeText]
    star: SafeText
    note: SafeText
    selected: SafeText
    cut: SafeText
    include: SafeText
    exclude: SafeText
    ignore: SafeText
    folded: SafeText
    rule: SafeText
    full: SafeText
    half: SafeText
    empty: SafeText
    prompt: SafeText
    bullet: SafeText
    snoozed: SafeText
    rising: SafeText
    falling: SafeText


UNICODE = Glyphs(
    status={
        Status.UNREAD: SafeText("●"),
        Status.QUEUED: SafeText("◆"),
        Status.READING: SafeText("◐"),
        Status.READ: SafeText("✓"),
        Status.SKIPPED: SafeText("–"),
    },
    star=SafeText("★"),
    note=SafeText("✎"),
    selected=SafeText("▌"),
    cut=SafeText("…"),
    include=SafeText("+"),
    exclude=SafeText("−"),
    ignore=SafeText(" "),
    folded=SafeText("▸"),
    rule=SafeText("─"),
    full=SafeText("━"),
    half=SafeText("╸"),
    empty=SafeText("─"),
    prompt=SafeText("❯"),
    bullet=SafeText("·"),
    snoozed=SafeText("z"),
    rising=SafeText("▴"),
    falling=SafeText("▾"),
)
ASCII = Glyphs(
    status={
        Status.UNREAD: SafeText("o"),
        Status.QUEUED: SafeText("+"),
        Status.READING: SafeText("~"),
        Status.READ: SafeText("x"),
        Status.SKIPPED: SafeText("-"),
    },
    star=SafeText("*"),
    note=SafeText("n"),
    selected=SafeText(">"),
    cut=SafeText("~"),
    include=SafeText("+"),
    exclude=SafeText("-"),
    ignore=SafeText(" "),
    folded=SafeText(">"),
    rule=SafeText("-"),
    full=SafeText("#"),
    half=SafeText("="),
    empty=SafeText("."),
    prompt=SafeText(">"),
    bullet=SafeText("-"),
    snoozed=SafeText("z"),
    rising=SafeText("^"),
    falling=SafeText("v"),
)


class RowStyles(NamedTuple):
    """The styles of rows.

    Attributes:
        text: ordinary text.
        muted: secondary columns.
        faint: unimportant text.
        heading: headings between rows.
        good: included, done.
        bad: excluded, wrong.
        match: characters that match the query, applied over the others.
        tag: tags.
        star: the star.
        status: the glyph of each status.
        hues: the hues of categories, by number.
        cursor: background of the cursor row if the pane has the focus.
        cursor_unfocused: the same if it has not.
        selected: background of a selected row.
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
    cursor_unfocused: Style
    selected: Style


def row_styles(variables: Mapping[str, str], *, few_colours: bool = False) -> RowStyles:
    """The styles of rows for a theme.

    They are not component classes of the style sheet: each of those would add a node to every row widget, which slows
    down the start and every change of focus.

    Args:
        variables: the theme's variables, by name without the dollar.
        few_colours: backgrounds may look the same, so underline and reverse are used as well.
    """

    def style(
        name: str, background: str | None = None, *, bold: bool | None = None, strike: bool | None = None
    ) -> Style:
        colour = Color.parse(variables[name]).rich_color if name else None
        back = Color.parse(variables[background]).rich_color if background else None
        return Style(color=colour, bgcolor=back, bold=bold, strike=strike)

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
        cursor_unfocused=style("", "shadow-ground") + Style(underline=few_colours or None),
        selected=style("", "chosen-ground"),
    )
