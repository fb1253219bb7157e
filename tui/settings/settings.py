"""The settings in force, as values. Where there is no file, nothing but this module is loaded."""

from __future__ import annotations

import os
import stat
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tui.keymap import DEFAULT_KEYS, Keymap

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COLUMNS = ("title", "tags", "author", "year", "category")  # as they stand from left to right
STATUSES = ("unread", "queued", "reading", "read", "skipped")


class ExportProfile(NamedTuple):
    """An export with a name.

    Attributes:
        query: the papers; all where empty.
        format: a name in the table of formats.
        to: the file or folder to write; empty for standard output.
        force: replace the file where it exists.
        raw: see ``tui.export.export_options``, as the next three.
        ascii: letters of ASCII only.
        style: the style of a citation list.
        split: one file a paper.
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
    """What one key of triage decides.

    Attributes:
        name: what it is called, and its id behind ``triage.``.
        said: the word that the tally counts it under.
        status: the status to give, or empty.
        tags: tags to add.
        star: whether to set the star.
        note: lines to put behind the note, or empty.
        snooze: days after which the paper comes back; 0 for no day.
        goes_on: whether the next paper follows.
    """

    name: str
    past_tense: str
    status: str = ""
    tags: tuple[str, ...] = ()
    star: bool = False
    note: str = ""
    snooze: int = 0
    advances: bool = True


_LARGEST = 250_000  # bytes

TRIAGE_ACTIONS = (
    TriageAction("keep", "kept", status="queued"),
    TriageAction("skip", "skipped", status="skipped"),
    TriageAction("later", "later", snooze=7),
    TriageAction("read", "read", status="read"),
)

_NONE: Mapping[str, str] = MappingProxyType({})
_NO_PROFILES: Mapping[str, ExportProfile] = MappingProxyType({})


class Settings(NamedTuple):
    """What a person set, and the default for the rest.

    Attributes:
        theme: name of the theme; empty where none is named.
        data: the data folder; empty where none is named.
        listings: the folder of listings; empty where none is named.
        hints: whether hints are shown to somebody new.
        columns: columns of the list from left to right; the status always stands in front.
        statuses: the statuses that the status menu offers.
        citation_key: pattern of citation keys; empty for the usual one.
        keymap: the keys in force.
        views: queries with a name, beside those saved in the list.
        profiles: exports with a name.
        triage: the verbs of triage.
        mistakes: what is wrong in the file, a sentence each, with file and line.
        remarks: what is worth knowing and not wrong: keys that changed hands.
    """

    theme: str = ""
    data: str = ""
    listings: str = ""
    hints: bool = True
    columns: tuple[str, ...] = COLUMNS
    statuses: tuple[str, ...] = STATUSES
    citation_key: str = ""
    keymap: Keymap = DEFAULT_KEYS
    views: Mapping[str, str] = _NONE
    profiles: Mapping[str, ExportProfile] = _NO_PROFILES
    triage: tuple[TriageAction, ...] = TRIAGE_ACTIONS
    errors: tuple[str, ...] = ()
    hints_for_settings: tuple[str, ...] = ()


def load(path: Path | None) -> Settings:
    """Read the settings; a mistake costs the setting it is in, never the start.

    Args:
        path: the file, which need not exist; None for no file.
    """
    if path is None:
        return Settings()
    try:
        content = _content(path)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, ValueError) as fault:
        reason = (getattr(fault, "strerror", None) or str(fault)).lower()
        return Settings(errors=(f"{path}: it cannot be read ({reason}), so that nothing in it counts",))
    from tui.settings.loader import parse_settings  # noqa: PLC0415 - no file, no cost

    return parse_settings(path.name, content)


def configured_folders(path: Path) -> tuple[str, str]:
    """The folders of data and listings that a settings file names; empty texts where it names none."""
    settings = load(path)
    return settings.data, settings.listings


def _content(path: Path) -> bytes:
    """The bytes of the file.

    Raises:
        OSError: the system refuses to read it.
        ValueError: it is no file, or too large for one of settings.
    """
    # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ValueError("it is not a regular file")
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST // 1_000} kB")
    return content
