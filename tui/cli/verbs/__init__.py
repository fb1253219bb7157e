"""VERBS: the one table of what the command line can do. Data only; the module of a verb is imported when it is asked.

Dispatch, help, the hint on a wrong verb and the shell completions are derived from it. A module of this folder has
``DESCRIPTION``, ``EXAMPLES``, ``arguments(parser)`` and ``run(call)``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from tui.cli.call import Call
    from tui.cli.parser import VerbParser


class Verb(NamedTuple):
    """One verb.

    Attributes:
        name: what a person types.
        summary: a few words for the list of verbs.
        module: the module of this folder that carries it out.
    """

    name: str
    summary: str
    module: str


class VerbModule(Protocol):
    """What a module of this folder offers."""

    DESCRIPTION: str
    EXAMPLES: str

    def arguments(self, parser: VerbParser) -> None:
        """Declare the options and words of the verb."""

    def run(self, call: Call) -> int:
        """Carry it out, and return the exit status."""


VERBS: tuple[Verb, ...] = (
    Verb("list", "print the papers that answer a query", "listing"),
    Verb("show", "print one paper in full", "show"),
    Verb("mark", "set the status of papers", "mark"),
    Verb("star", "set or clear the star of papers", "star"),
    Verb("tag", "add tags to papers, or take them away", "tag"),
    Verb("tags", "list the tags in use; rename, merge or delete one", "tags"),
    Verb("views", "list the saved views; save, rename, move or delete one", "views"),
    Verb("note", "write, add to or print the note of a paper", "note"),
    Verb("correct", "set a title or another field of a paper right", "correct"),
    Verb("duplicates", "list papers that may be one", "duplicates"),
    Verb("join", "make one paper of two", "join"),
    Verb("split", "make two papers of one that was merged", "split"),
    Verb("different", "remember that two papers are two", "different"),
    Verb("export", "write papers as a bibliography", "export"),
    Verb("import", "take in pages and bibliographies", "take_in"),
    Verb("check", "say what on the pages could not be read, and whether the store is sound", "check"),
    Verb("undo", "take back the latest steps", "undo"),
    Verb("redo", "do again what was taken back", "redo"),
    Verb("history", "list the steps taken", "history"),
    Verb("stats", "count the list, and plot how it came about", "stats"),
    Verb("related", "list the papers most like one, or like what you kept", "related"),
    Verb("keys", "print the keys of the screen", "keys"),
    Verb("config", "print where the settings are, and a file of them to begin with", "config"),
    Verb("serve", "show the screen in a browser on this machine", "serve"),
    Verb("reset-terminal", "mend a terminal that a killed screen left behind", "reset_terminal"),
    Verb("completion", "print a completion script for bash, zsh or fish", "completion"),
)


def load(verb: Verb) -> VerbModule:
    """Import the module of a verb."""
    return cast("VerbModule", import_module(f"{__name__}.{verb.module}"))
