"""``readlist config``: print the settings path or a template. Opens no store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import UsageError, WriteError
from tui.settings.schema import template
from tui.settings.settings_file import load

if TYPE_CHECKING:
    from pathlib import Path

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Print a commented settings template: every setting with its default and examples. Problems in the current settings
file are reported on standard error. With --path, print only the path of the settings file; with --write, write the
template to it if there is no such file yet."""
EXAMPLES = """\
  readlist config --path
  readlist config --write
  readlist --config other.toml keys
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--path", action="store_true", help="print the path of the settings file")
    parser.add_argument(
        "--write", action="store_true", help="write the template to the settings file, if there is none"
    )


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status: 3 if the settings file has errors."""
    errors = load(context.paths.config).errors
    for error in errors:
        context.output.warn(error)
    path = context.paths.config
    if context.options.path or context.options.write:
        if path is None:
            raise UsageError(
                "no home folder found, so the settings file cannot be located", "specify a file with --config FILE"
            )
        if context.options.write:
            _write(path)
        context.output.line(f"wrote {path}" if context.options.write else str(path))
    else:
        context.output.block(template().rstrip())
    return 3 if errors else 0


def _write(path: Path) -> None:
    """Write the template to a file that does not exist yet.

    Raises:
        UsageError: the file exists.
        WriteError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(template())
    except FileExistsError:
        raise UsageError(f"{path} already exists", "edit it, or print the template with `readlist config`") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise WriteError(f"cannot write {path}: {reason}", "specify another file with --config FILE") from error
