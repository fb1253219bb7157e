"""``readlist new``: start an empty reading list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import SubcommandParser, parse_utf8
from tui.cli.subcommands import import_
from tui.session.reading_lists import new_list

if TYPE_CHECKING:
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Create a reading list, and import any given files into it. The list has its own folder (`readlist lists` prints the
path), with a subfolder for listings. Open it with --list NAME, or make it the default with READLIST_LIST or with
default_list in the settings."""
EXAMPLES = """\
  readlist new thesis
  readlist new thesis ~/refs.bib
  readlist --list thesis
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("name", metavar="NAME", type=parse_utf8, help="the name of the list")
    parser.add_argument("files", nargs="*", metavar="FILE", help="files to import; - is standard input")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    created = new_list(context.paths, context.options.name)
    name = created.name if created.name.isalnum() else f"'{created.name}'"
    context.output.line(f"created the list {created.name}: {created.data}")
    if not context.options.files:
        context.output.hint(
            f"open it with `readlist --list {name}`, or import files with `readlist --list {name} import FILE`"
        )
        return 0
    parser = SubcommandParser("import", import_.DESCRIPTION, import_.EXAMPLES)
    import_.declare_arguments(parser)
    options = parser.parse(["--", *context.options.files])
    return import_.run(context._replace(paths=created, options=options))
