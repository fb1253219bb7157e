"""SETTINGS: the table of all settings of ``config.toml``. The template and the README are derived from it."""

from __future__ import annotations

from typing import NamedTuple


class Setting(NamedTuple):
    """A setting, or a table of settings.

    Attributes:
        name: its name in the file; one in brackets is a table.
        help: one line on what it does.
        default: the default, as written in the file.
        example: lines for the template, without ``#``.
    """

    name: str
    help: str
    default: str
    example: tuple[str, ...]


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme",
        "Theme at startup; the theme menu overrides it.",
        '"readlist-dark"',
        ('theme = "readlist-light"',),
    ),
    Setting(
        "data",
        "The data folder; a relative path is relative to the settings file.",
        "the platform's data folder",
        ('data = "~/reading/data"',),
    ),
    Setting(
        "listings",
        "The folder with your listings; with an empty folder, the list has only the papers you imported.",
        "the bundled listings",
        ('listings = "~/reading/listings"',),
    ),
    Setting(
        "default_list",
        "The list that opens without --list.",
        '"main"',
        ('default_list = "thesis"',),
    ),
    Setting(
        "preset",
        "Base key bindings: default, vim or newsboat.",
        '"default"',
        ('preset = "vim"',),
    ),
    Setting(
        "columns",
        "Columns of the list, left to right: title, author, year, date, category, tags, added, note, due, venue.",
        '["title", "tags", "author", "year", "category"]',
        ('columns = ["year", "author", "title", "tags"]',),
    ),
    Setting(
        "statuses",
        "Statuses offered in the status menu; papers with any other status keep it.",
        '["unread", "queued", "reading", "read", "skipped"]',
        ('statuses = ["unread", "queued", "read", "skipped"]',),
    ),
    Setting("hints", "Show tips for new users.", "true", ("hints = false",)),
    Setting(
        "citation_key",
        "Pattern for citation keys that are not pinned: [auth] [authors] [authEtAl] [year] [shortyear] [shorttitle] "
        "[veryshorttitle] [title], each optionally with :upper, :lower or :abbr, and text between them.",
        '"[auth][year][shorttitle]"',
        ('citation_key = "[auth][year]"',),
    ),
    Setting(
        "[keys]",
        "Keys for a command, replacing those of the preset; [] unbinds the command.",
        "the keys of the preset",
        ("[keys]", 'mark.read = ["r", "ctrl+r"]', 'out.open = "O"', "select.range = []"),
    ),
    Setting(
        "[lists.NAME]",
        "The folders of another list: data, listings; a relative path is relative to the settings file.",
        "lists/NAME in the data folder",
        ("[lists.thesis]", 'data = "~/thesis/reading"', 'listings = "~/thesis/listings"'),
    ),
    Setting(
        "[views]",
        "Named queries, used as @name like saved views; they can only be changed here.",
        "none",
        ("[views]", '"to read" = "is:queued sort:year"', 'vision = "cat:cs.CV is:unread"'),
    ),
    Setting(
        "[profiles.NAME]",
        "A named export: query, format, to, force, raw, ascii, style, split.",
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
        "[network]",
        "Whether `readlist fill` and `fetch` may send requests; contact is an optional e-mail address for Crossref.",
        "nothing is sent",
        ("[network]", "allow = true", 'contact = "me@example.org"'),
    ),
    Setting(
        "[feeds.NAME]",
        "An arXiv feed for `readlist fetch`: its address, and tags for its papers.",
        "none",
        ("[feeds.vision]", 'address = "https://rss.arxiv.org/atom/cs.CV"', 'tags = ["new"]'),
    ),
    Setting(
        "[pdf]",
        "Folders with PDFs, for `readlist attach --search` and for files with a relative path in a bibliography; "
        "relative to the settings file.",
        "none",
        ("[pdf]", 'folders = ["~/papers", "~/Zotero/storage"]'),
    ),
    Setting(
        "[open]",
        "The program that opens PDFs: its name, or a list of its name and arguments; the file replaces {pdf} or is "
        "added at the end.",
        "the system's default program",
        ("[open]", 'pdf = "zathura"'),
    ),
    Setting(
        "[commands.NAME]",
        "A program to run on papers with its key or `readlist run NAME`. run: the command, in which {id} {key} "
        "{title} {doi} {arxiv} {url} {pdf} and {note} (a file with the note) are replaced; key: its keys.",
        "none",
        ("[commands.zotero]", 'run = ["xdg-open", "zotero://select/items/@{key}"]', 'key = "ctrl+o"'),
    ),
    Setting(
        "[triage.NAME]",
        "A triage action: key, status, tags, star, note, priority, due and snooze (days), go_on; NAME can override "
        "a built-in.",
        "keep, skip, later, read",
        ("[triage.survey]", 'key = "s"', 'status = "queued"', 'tags = ["survey"]', 'note = "For the survey: "'),
    ),
)

_HEADER = "# Settings for readlist. Remove the # to enable a line.\n"


def template() -> str:
    """A commented settings file with an example of every setting."""
    parts = [_HEADER]
    for setting in SETTINGS:
        lines = (f"# {setting.help}", f"# Default: {setting.default}", *(f"# {line}" for line in setting.example))
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)
