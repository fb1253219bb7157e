"""``readlist completion``: print a shell completion script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.shell_completion import SCRIPTS

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Print a shell completion script. It completes commands, options and their values, query fields, tags, saved views,
ids and files."""
EXAMPLES = """\
  readlist completion bash > ~/.local/share/bash-completion/completions/readlist
  readlist completion zsh > ~/.zfunc/_readlist
  readlist completion fish > ~/.config/fish/completions/readlist.fish
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("shell", choices=list(SCRIPTS), help="the shell")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    context.output.block(SCRIPTS[context.options.shell].rstrip("\n"))
    return 0
