"""Table of subcommands. The module of a subcommand is imported only when it runs.

Dispatch, help, suggestions after a typo and the shell completions are derived from the table. Each module of this
package has ``DESCRIPTION``, ``EXAMPLES``, ``declare_arguments(parser)`` and ``run(context)``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext


class Subcommand(NamedTuple):
    """One subcommand.

    Attributes:
        name: its name on the command line.
        summary: a few words for the list of commands.
        module: the module of this package that implements it.
        aliases: other names for it, as users of other programs type them.
        is_hidden: it is for programs, and left out of help and completion.
    """

    name: str
    summary: str
    module: str
    aliases: tuple[str, ...] = ()
    is_hidden: bool = False


class SubcommandModule(Protocol):
    """Interface of the modules of this package."""

    DESCRIPTION: str
    EXAMPLES: str

    def declare_arguments(self, parser: SubcommandParser) -> None:
        """Declare the arguments of the subcommand."""

    def run(self, context: CommandContext) -> int:
        """Run the subcommand and return the exit status."""


SUBCOMMANDS: tuple[Subcommand, ...] = (
    Subcommand("list", "print papers that match a query", "list_", ("ls", "search", "find")),
    Subcommand("show", "print one paper in full", "show", ("info",)),
    Subcommand("mark", "set the status of papers", "mark"),
    Subcommand("star", "star or unstar papers", "star"),
    Subcommand("tag", "add or remove tags", "tag"),
    Subcommand("tags", "list, rename, merge or delete tags", "tags"),
    Subcommand("views", "list, save, rename, move or delete saved views", "views"),
    Subcommand("note", "write or print the note on a paper", "note"),
    Subcommand("correct", "correct a paper's title or other fields", "correct"),
    Subcommand("attach", "attach a PDF to a paper", "attach"),
    Subcommand("detach", "detach a file from a paper", "detach"),
    Subcommand("remove", "remove papers from the list", "remove", ("rm",)),
    Subcommand("restore", "restore removed papers", "restore"),
    Subcommand("duplicates", "list possible duplicates", "duplicates"),
    Subcommand("merge", "merge two papers into one", "merge"),
    Subcommand("split", "split a wrongly merged paper", "split"),
    Subcommand("not-duplicates", "mark two papers as not duplicates", "not_duplicates"),
    Subcommand("export", "export papers to a bibliography or another format", "export"),
    Subcommand("add", "add papers by hand or by identifier", "add"),
    Subcommand("import", "import listings and bibliographies", "import_"),
    Subcommand("fill", "fill in missing fields from files or online services", "fill"),
    Subcommand("fetch", "add new papers from arXiv feeds", "fetch"),
    Subcommand("sources", "list, remove or restore sources", "sources"),
    Subcommand("new", "create a list, and import files into it", "new"),
    Subcommand("lists", "list the reading lists", "lists"),
    Subcommand("check", "report unreadable input and verify the store", "check"),
    Subcommand("undo", "undo the last changes", "undo"),
    Subcommand("redo", "redo undone changes", "redo"),
    Subcommand("history", "list past changes", "history"),
    Subcommand("stats", "show statistics and trends", "stats"),
    Subcommand("related", "list papers similar to a given paper, or to the papers you kept", "related"),
    Subcommand("run", "run one of your own commands on papers", "run"),
    Subcommand("keys", "list the keyboard shortcuts", "keys"),
    Subcommand("config", "print or write a commented settings template", "config"),
    Subcommand("where", "print the folders and files in use", "where"),
    Subcommand("serve", "serve the screen to a browser on this machine", "serve"),
    Subcommand("reset-terminal", "repair the terminal after readlist was killed", "reset_terminal"),
    Subcommand("completion", "print a completion script for bash, zsh or fish", "completion"),
    Subcommand("complete", "print the completions for a command line", "complete", is_hidden=True),
)
# Those that people use.
VISIBLE_SUBCOMMANDS = tuple(subcommand for subcommand in SUBCOMMANDS if not subcommand.is_hidden)


def load(subcommand: Subcommand) -> SubcommandModule:
    """Import the module of a subcommand."""
    return cast("SubcommandModule", import_module(f"{__name__}.{subcommand.module}"))
