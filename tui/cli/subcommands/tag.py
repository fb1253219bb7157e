"""``readlist tag``: add or remove tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_utf8
from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import declare_targets
from tui.errors import UsageError
from tui.model.edit import Edit
from tui.model.tags import validate_tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

# -cat:cs.CV, -#nerf, -@later and -"a b" exclude papers.
_SIGNED_TAG = re.compile(r'\+.|-[^:#@("~/*=]+\Z')

DESCRIPTION = """\
Add tags to or remove tags from every matching paper, in one undo step. Before the query, +TAG adds a tag and -TAG
removes one, as do --add and --remove, which can be repeated and accept comma-separated tags. A tag can contain
letters in any script, digits and the characters - _ . + / : (a/b is a subtag of a)."""
EXAMPLES = """\
  readlist tag +nerf title:nerf
  readlist tag +to-read -inbox is:queued
  readlist tag --add to-read,ml/vision --remove inbox is:queued
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    for name, verb in (("--add", "add"), ("--remove", "remove")):
        parser.add_argument(
            name, action="append", default=[], metavar="TAG", type=parse_utf8, help=f"a tag to {verb}"
        )
    declare_targets(parser)
    parser.has_signed_tags = True


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    signed = _take_signed(context.options.query)
    add = _tags([*context.options.add, *(word[1:] for word in signed if word[0] == "+")])
    remove = _tags([*context.options.remove, *(word[1:] for word in signed if word[0] == "-")])
    if not add and not remove:
        raise UsageError("no tags specified", "before the query, write +TAG to add a tag or -TAG to remove one")
    if both := {tag.casefold() for tag in add} & {tag.casefold() for tag in remove}:
        raise UsageError(f"cannot both add and remove {', '.join(sorted(both))}", "omit one of them")
    return run_edit(context, Edit(add_tags=add, remove_tags=remove), _edit_messages(add, remove))


def _take_signed(words: list[str]) -> list[str]:
    """Take the words ``+tag`` and ``-tag`` off the beginning of a query; ``-cat:cs.CV`` excludes papers."""
    count = 0
    while count < len(words) and _SIGNED_TAG.match(words[count]):
        count += 1
    signed, words[:] = words[:count], words[count:]
    return signed


def _tags(values: Iterable[str]) -> tuple[str, ...]:
    try:
        return tuple(validate_tag(tag) for value in values for tag in value.split(","))
    except ValueError as error:
        raise UsageError(str(error)) from None


def _edit_messages(add: tuple[str, ...], remove: tuple[str, ...]) -> Messages:
    added, removed = ", ".join(add), ", ".join(remove)
    if not remove:
        return Messages(f"tagged {{}} with {added}", f"would tag {{}} with {added}")
    if not add:
        return Messages(f"removed {removed} from {{}}", f"would remove {removed} from {{}}")
    return Messages(
        f"tagged {{}} with {added} (removed {removed})", f"would tag {{}} with {added} (and remove {removed})"
    )
