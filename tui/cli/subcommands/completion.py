"""``readlist completion``: scripts for shells, made of the table of verbs and of their parsers. Opens no store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.completions import SCRIPTS

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = "Print a script that completes verbs, options and their values in a shell."
EXAMPLES = """\
  readlist completion bash > ~/.local/share/bash-completion/completions/readlist
  readlist completion zsh > ~/.zfunc/_readlist
  readlist completion fish > ~/.config/fish/completions/readlist.fish
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("shell", choices=list(SCRIPTS), help="the shell")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    call.output.block(SCRIPTS[call.options.shell]().rstrip("\n"))
    return 0
