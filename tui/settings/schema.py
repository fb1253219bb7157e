"""SETTINGS: the one table of what ``config.toml`` may hold. Reader, template and README follow it."""

from __future__ import annotations

from typing import NamedTuple


class Setting(NamedTuple):
    """One setting, or one table of them.

    Attributes:
        name: what it is called in the file; ``[keys]`` and the like are tables.
        help: what it is for, in a sentence.
        default: what holds without it, as it would be written.
        example: lines for the template, without the comment signs.
    """

    name: str
    help: str
    default: str
    example: tuple[str, ...]


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme",
        "The colours at the start; the theme menu of the screen changes them and remembers it.",
        '"readlist-dark"',
        ('theme = "readlist-light"',),
    ),
    Setting(
        "data",
        "The data folder; ~ is your home folder, and a relative path begins at the folder of this file.",
        "the platform's data folder",
        ('data = "~/reading/data"',),
    ),
    Setting(
        "listings",
        "The folder of listings; it may be empty, so that the list holds nothing but your own papers.",
        "the listings that came with readlist",
        ('listings = "~/reading/listings"',),
    ),
    Setting(
        "preset",
        "The keys to begin with: default, vim or newsboat.",
        '"default"',
        ('preset = "vim"',),
    ),
    Setting(
        "columns",
        "The columns of the list from left to right: title, author, year, date, category, tags, added, note.",
        '["title", "tags", "author", "year", "category"]',
        ('columns = ["year", "author", "title", "tags"]',),
    ),
    Setting(
        "statuses",
        "The statuses that the status menu offers; a paper that has another one keeps it.",
        '["unread", "queued", "reading", "read", "skipped"]',
        ('statuses = ["unread", "queued", "read", "skipped"]',),
    ),
    Setting("hints", "Whether hints are shown to somebody new.", "true", ("hints = false",)),
    Setting(
        "citation_key",
        "The pattern of citation keys not pinned yet: [auth] [authors] [authEtAl] [year] [shortyear] [shorttitle] "
        "[veryshorttitle] [title], each also with :upper, :lower or :abbr, and letters between them.",
        '"[auth][year][shorttitle]"',
        ('citation_key = "[auth][year]"',),
    ),
    Setting(
        "[keys]",
        "A key or several for a command, instead of those of the preset; an empty list leaves it without one.",
        "those of the preset",
        ("[keys]", 'mark.read = ["r", "ctrl+r"]', 'out.open = "O"', "select.range = []"),
    ),
    Setting(
        "[views]",
        "Queries with a name, called with @name beside the views saved in the list, and changed only here.",
        "none",
        ("[views]", '"to read" = "is:queued sort:year-desc"', 'vision = "cat:cs.CV is:unread"'),
    ),
    Setting(
        "[profiles.NAME]",
        "An export with a name: query, format, to, force, raw, ascii, style, split.",
        "none",
        (
            "[profiles.thesis]",
            'query = "tag:thesis"',
            'format = "biblatex"',
            'to = "~/thesis/refs.bib"',
            "force = true",
        ),
    ),
    Setting(
        "[triage.NAME]",
        "A decision in triage: key, status, tags, star, note, snooze (days), go_on; NAME may be one that there is.",
        "keep, skip, later, read",
        ("[triage.survey]", 'key = "s"', 'status = "queued"', 'tags = ["survey"]', 'note = "For the survey: "'),
    ),
)

_HEAD = "# Settings of readlist. Every line is a comment until you take its sign away.\n"


def template() -> str:
    """A file that changes nothing, with an example of everything."""
    parts = [_HEAD]
    for setting in SETTINGS:
        lines = (f"# {setting.help}", f"# Without it: {setting.default}", *(f"# {line}" for line in setting.example))
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)
