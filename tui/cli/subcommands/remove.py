"""``readlist remove``: remove papers from the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import declare_targets
from tui.model.edit import Edit

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Remove every matching paper from the list, in one undo step. Removed papers are left out of lists, counts,
exports and suggestions, even when their source is read or imported again. They keep their tags and notes.
`readlist list is:removed` prints them; `readlist restore` brings them back."""
EXAMPLES = """\
  readlist remove id:7f3a91
  readlist remove --dry-run source:003 is:unread
  readlist list is:skipped | cut -d' ' -f1 | xargs readlist remove
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    declare_targets(parser)


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    return run_edit(context, Edit(removed=True), Messages("removed {}", "would remove {}"))
