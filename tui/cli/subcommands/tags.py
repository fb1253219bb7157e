"""``readlist tags``: list the tags in use, and change a tag on all papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_utf8
from tui.cli.bulk_edit import is_confirmed
from tui.errors import NothingMatchedError, UsageError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.model.change import Change
    from tui.session.session import Session

DESCRIPTION = """\
List the tags in use, with the number of papers for each, or change a tag on every paper that has it, in one
undo step:
  list              list the tags, most used first (default)
  rename OLD NEW    rename a tag and its subtags
  merge A B INTO    merge two or more tags into one
  delete TAG        remove a tag and its subtags from every paper"""
EXAMPLES = """\
  readlist tags
  readlist tags rename ml machine-learning
  readlist tags merge gs splatting gaussian-splatting
  readlist tags delete --dry-run inbox
"""
_HINT = "`readlist tags --help` has examples"
_PAST = {"rename": "renamed", "merge": "merged", "delete": "deleted"}
# Least and greatest number of tags for each action.
_TAG_COUNTS = {"rename": (2, 2), "merge": (3, 100), "delete": (1, 1)}


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--json", action="store_true", help="print a JSON array of {tag, papers} (list only)")
    parser.add_argument(
        "--dry-run", action="store_true", help="show how many papers would change, without changing anything"
    )
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask for confirmation")
    parser.add_argument("action", nargs="?", default="list", choices=["list", *_TAG_COUNTS], help="what to do")
    parser.add_argument("tags", nargs="*", metavar="TAG", type=parse_utf8, help="the tags to change")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    action, tags = context.options.action, context.options.tags
    if action == "list":
        return _list(context)
    least, most = _TAG_COUNTS[action]
    if context.options.json:
        raise UsageError(f"`tags {action}` does not support --json", _HINT)
    if not least <= len(tags) <= most:
        more = "" if least == most else " or more"
        raise UsageError(f"`tags {action}` needs {pluralise(least, 'tag')}{more}, not {len(tags)}", _HINT)
    with context.session() as session:
        olds = tags if action == "delete" else tags[:-1]
        if context.options.dry_run:
            context.output.line(f"would {action} {', '.join(olds)} on {pluralise(_count_tagged(session, olds))}")
            return 0
        if not is_confirmed(context, _count_tagged(session, olds)):
            return 0
        change = _apply(session, action, tags)
        if change is None:
            raise NothingMatchedError("no papers changed", _HINT)
        done = change.label.replace(action, _PAST[action], 1)
        context.output.line(f"{done}: {pluralise(len(change.ids))}")
    return 0


def _list(context: CommandContext) -> int:
    if context.options.tags or context.options.dry_run:
        raise UsageError("`tags list` accepts neither tags nor --dry-run", _HINT)
    with context.session() as session:
        tags = session.totals.tags()
    if context.options.json:
        context.output.json([{"tag": tag, "papers": papers} for tag, papers in tags])
        return 0
    width = max((len(str(papers)) for _, papers in tags), default=0)
    for tag, papers in tags:
        context.output.line(f"{papers:>{width}}  {tag}")
    if not tags and context.output.terminal:
        context.output.warn("no tags yet")
    return 0


def _apply(session: Session, action: str, tags: Sequence[str]) -> Change | None:
    if action == "rename":
        return session.edits.rename_tag(tags[0], tags[1])
    if action == "merge":
        return session.edits.merge_tags(tags[:-1], tags[-1])
    return session.edits.delete_tag(tags[0])


def _count_tagged(session: Session, tags: Sequence[str]) -> int:
    """Number of papers with one of the tags or a tag nested below it."""
    folded = tuple(tag.strip().strip("/").casefold() + "/" for tag in tags)
    return sum(
        any(f"{tag.casefold()}/".startswith(folded) for tag in session.entry(paper_id).mark.tags)
        for paper_id in session.ids()
    )
