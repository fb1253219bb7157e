"""``readlist tag``: the tags of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import utf8
from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import declare_targets
from tui.errors import UsageError
from tui.model.edit import Edit
from tui.model.tags import validate_tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Add tags to every paper that answers, and take tags away, as one step. --add and --remove may be repeated, and
take several tags with commas between. A tag has letters of any script, digits and - _ . + / :, and a/b nests in a."""
EXAMPLES = """\
  readlist tag --add nerf title:nerf
  readlist tag --add to-read,ml/vision --remove inbox is:queued
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    for name, what in (("--add", "add"), ("--remove", "take away")):
        parser.add_argument(name, action="append", default=[], metavar="T", type=utf8, help=f"a tag to {what}")
    declare_targets(parser)


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    add, remove = _tags(call.options.add), _tags(call.options.remove)
    if not add and not remove:
        raise UsageError("say which tags: --add or --remove", "`readlist tag --help` has examples")
    if both := {tag.casefold() for tag in add} & {tag.casefold() for tag in remove}:
        raise UsageError(f"{', '.join(sorted(both))} shall be both added and removed", "leave one of them out")
    return run_edit(call, Edit(add_tags=add, remove_tags=remove), _wording(add, remove))


def _tags(values: Iterable[str]) -> tuple[str, ...]:
    try:
        return tuple(validate_tag(tag) for value in values for tag in value.split(","))
    except ValueError as fault:
        raise UsageError(str(fault)) from None


def _wording(add: tuple[str, ...], remove: tuple[str, ...]) -> Messages:
    added, removed = ", ".join(add), ", ".join(remove)
    if not remove:
        return Messages(f"tagged {{}} {added}", f"would tag {{}} {added}")
    if not add:
        return Messages(f"took {removed} from {{}}", f"would take {removed} from {{}}")
    return Messages(f"tagged {{}} {added}, without {removed}", f"would tag {{}} {added}, without {removed}")
