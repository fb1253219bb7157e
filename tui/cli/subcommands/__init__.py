"""VERBS: the one table of what the command line can do. Data only; the module of a verb is imported when it is asked.

Dispatch, help, the hint on a wrong verb and the shell completions are derived from it. A module of this folder has
``DESCRIPTION``, ``EXAMPLES``, ``arguments(parser)`` and ``run(call)``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext


class Subcommand(NamedTuple):
    """One verb.

    Attributes:
        name: what a person types.
        summary: a few words for the list of verbs.
        module: the module of this folder that carries it out.
    """

    name: str
    summary: str
    module: str


class SubcommandModule(Protocol):
    """What a module of this folder offers."""

    DESCRIPTION: str
    EXAMPLES: str

    def arguments(self, parser: SubcommandParser) -> None:
        """Declare the options and words of the verb."""

    def run(self, call: CommandContext) -> int:
        """Carry it out, and return the exit status."""


SUBCOMMANDS: tuple[Subcommand, ...] = (
    Subcommand("list", "print the papers that answer a query", "list_"),
    Subcommand("show", "print one paper in full", "show"),
    Subcommand("mark", "set the status of papers", "mark"),
    Subcommand("star", "set or clear the star of papers", "star"),
    Subcommand("tag", "add tags to papers, or take them away", "tag"),
    Subcommand("tags", "list the tags in use; rename, merge or delete one", "tags"),
    Subcommand("views", "list the saved views; save, rename, move or delete one", "views"),
    Subcommand("note", "write, add to or print the note of a paper", "note"),
    Subcommand("correct", "set a title or another field of a paper right", "correct"),
    Subcommand("duplicates", "list papers that may be one", "duplicates"),
    Subcommand("join", "make one paper of two", "merge"),
    Subcommand("split", "make two papers of one that was merged", "split"),
    Subcommand("different", "remember that two papers are two", "not_duplicates"),
    Subcommand("export", "write papers as a bibliography", "export"),
    Subcommand("import", "take in pages and bibliographies", "import_"),
    Subcommand("check", "say what on the pages could not be read, and whether the store is sound", "check"),
    Subcommand("undo", "take back the latest steps", "undo"),
    Subcommand("redo", "do again what was taken back", "redo"),
    Subcommand("history", "list the steps taken", "history"),
    Subcommand("stats", "count the list, and plot how it came about", "stats"),
    Subcommand("related", "list the papers most like one, or like what you kept", "related"),
    Subcommand("keys", "print the keys of the screen", "keys"),
    Subcommand("config", "print where the settings are, and a file of them to begin with", "config"),
    Subcommand("serve", "show the screen in a browser on this machine", "serve"),
    Subcommand("reset-terminal", "mend a terminal that a killed screen left behind", "reset_terminal"),
    Subcommand("completion", "print a completion script for bash, zsh or fish", "completion"),
)


def load(verb: Subcommand) -> SubcommandModule:
    """Import the module of a verb."""
    return cast("SubcommandModule", import_module(f"{__name__}.{verb.module}"))
