"""The settings as values, and their defaults."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tui.keymap import DEFAULT_KEYS, Keymap

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS = ("title", "tags", "author", "year", "category")  # left to right
STATUSES = ("unread", "queued", "reading", "read", "skipped")


class ExportProfile(NamedTuple):
    """A named export.

    Attributes:
        query: the papers to export; empty for all.
        format: a name in the table of formats.
        to: the file or folder to write; empty for standard output.
        force: replace an existing file.
        raw: see ``tui.export.export_options``, as for the next three.
        ascii: write ASCII characters only.
        style: the style of a citation list.
        split: write one file per paper.
    """

    query: str
    format: str
    to: str = ""
    force: bool = False
    raw: bool = False
    ascii: bool = False
    style: str = ""
    split: bool = False


class TriageAction(NamedTuple):
    """A decision in triage.

    Attributes:
        name: its name; the command's id is ``triage.`` and this.
        past_tense: its name in the counts of the session.
        status: the status to set, or empty.
        tags: tags to add.
        star: whether to add the star.
        note: text to append to the note, or empty.
        snooze: days until the paper is shown again; 0 to not snooze it.
        advances: whether to continue with the next paper.
        priority: the priority to set, or empty.
        due: days until the paper is due; 0 for no due date.
    """

    name: str
    past_tense: str
    status: str = ""
    tags: tuple[str, ...] = ()
    star: bool = False
    note: str = ""
    snooze: int = 0
    advances: bool = True
    priority: str = ""
    due: int = 0


class NetworkSettings(NamedTuple):
    """What may be sent.

    Attributes:
        allow: whether requests may be sent without asking for it in each call.
        contact: the user's address, sent to Crossref only; empty for none.
    """

    allow: bool = False
    contact: str = ""


class FeedSettings(NamedTuple):
    """A feed of new papers.

    Attributes:
        address: where it is.
        tags: for its papers.
    """

    address: str = ""
    tags: tuple[str, ...] = ()


# What an argument of a command of the user's own may contain, in braces.
PLACEHOLDERS = ("id", "key", "title", "doi", "arxiv", "url", "pdf", "note")

TRIAGE_ACTIONS = (
    TriageAction("keep", "kept", status="queued"),
    TriageAction("skip", "skipped", status="skipped"),
    TriageAction("later", "later", snooze=7),
    TriageAction("read", "read", status="read"),
)

_NO_VIEWS: Mapping[str, str] = MappingProxyType({})
_NO_FEEDS: Mapping[str, FeedSettings] = MappingProxyType({})
_NO_LISTS: Mapping[str, tuple[str, str]] = MappingProxyType({})
_NO_COMMANDS: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_NO_PROFILES: Mapping[str, ExportProfile] = MappingProxyType({})


class Settings(NamedTuple):
    """The user's settings, with defaults for the rest.

    Attributes:
        theme: name of the theme; empty for the default.
        data: the data folder; empty if not set.
        listings: the folder of listings; empty if not set.
        default_list: the name of the list to open; empty for the main one.
        lists: data folder and folder of listings of other lists, by name; empty if not set.
        hints: whether to show hints to new users.
        columns: columns of the list, left to right; the status column always comes first.
        statuses: the statuses offered in the status menu.
        citation_key: pattern of citation keys; empty for the default.
        keymap: the current keys.
        views: named queries, in addition to the saved views.
        profiles: named exports.
        triage: the decisions of triage.
        commands: programs to run on papers: name and argument list, with placeholders.
        network: what may be sent.
        feeds: feeds of new papers, by name.
        pdf_folders: folders with PDFs.
        pdf_viewer: the program that opens PDFs, with its arguments; empty for that of the system.
        errors: the errors in the file, each with file and line.
        overridden_keys: for each key that the settings gave to another command, a message.
    """

    theme: str = ""
    data: str = ""
    listings: str = ""
    default_list: str = ""
    lists: Mapping[str, tuple[str, str]] = _NO_LISTS
    hints: bool = True
    columns: tuple[str, ...] = COLUMNS
    statuses: tuple[str, ...] = STATUSES
    citation_key: str = ""
    keymap: Keymap = DEFAULT_KEYS
    views: Mapping[str, str] = _NO_VIEWS
    profiles: Mapping[str, ExportProfile] = _NO_PROFILES
    triage: tuple[TriageAction, ...] = TRIAGE_ACTIONS
    commands: Mapping[str, tuple[str, ...]] = _NO_COMMANDS
    network: NetworkSettings = NetworkSettings()
    feeds: Mapping[str, FeedSettings] = _NO_FEEDS
    pdf_folders: tuple[str, ...] = ()
    pdf_viewer: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    overridden_keys: tuple[str, ...] = ()
