"""``readlist tags``: the tags in use, and changes to a tag everywhere at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import utf8
from tui.cli.bulk_edit import is_meant
from tui.errors import NothingMatchedError, UsageError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.model.change import Change
    from tui.session.session import Session

DESCRIPTION = """\
List the tags in use with their numbers of papers, or change a tag on every paper that carries it, as one step:
  list              the tags, the most used first (also without a word)
  rename OLD NEW    another name, also for the tags nested below it
  merge A B INTO    one tag out of two or more
  delete T          take it, and the tags nested below it, from every paper"""
EXAMPLES = """\
  readlist tags
  readlist tags rename ml machine-learning
  readlist tags merge gs splatting gaussian-splatting
  readlist tags delete --dry-run inbox
"""
_HINT = "`readlist tags --help` has examples"
# What each change needs: the least and the most words behind it.
_WORDS = {"rename": (2, 2), "merge": (3, 100), "delete": (1, 1)}


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--json", action="store_true", help="print one array of {tag, papers}; with list only")
    parser.add_argument("--dry-run", action="store_true", help="say how many papers would change; change nothing")
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask, however many papers it is")
    parser.add_argument("action", nargs="?", default="list", choices=["list", *_WORDS], help="what to do")
    parser.add_argument("tags", nargs="*", metavar="TAG", type=utf8, help="the tags to do it to")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    action, tags = call.options.action, call.options.tags
    if action == "list":
        return _list(call)
    least, most = _WORDS[action]
    if call.options.json:
        raise UsageError(f"tags {action} prints no JSON", _HINT)
    if not least <= len(tags) <= most:
        more = "" if least == most else " or more"
        raise UsageError(f"tags {action} takes {pluralise(least, 'tag')}{more}, not {len(tags)}", _HINT)
    with call.session() as session:
        olds = tags if action == "delete" else tags[:-1]
        if call.options.dry_run:
            call.output.line(f"would {action} {', '.join(olds)} on {pluralise(_carriers(session, olds))}")
            return 0
        if not is_meant(call, _carriers(session, olds)):
            return 0
        change = _changed(session, action, tags)
        if change is None:
            raise NothingMatchedError("every paper was that way already", _HINT)
        call.output.line(f"{change.label}: {pluralise(len(change.ids))}")
    return 0


def _list(call: CommandContext) -> int:
    if call.options.tags or call.options.dry_run:
        raise UsageError("tags list takes neither tags nor --dry-run", _HINT)
    with call.session() as session:
        tags = session.tags()
    if call.options.json:
        call.output.json([{"tag": tag, "papers": papers} for tag, papers in tags])
        return 0
    width = max((len(str(papers)) for _, papers in tags), default=0)
    for tag, papers in tags:
        call.output.line(f"{papers:>{width}}  {tag}")
    if not tags and call.output.terminal:
        call.output.warn("no paper has a tag yet")
    return 0


def _changed(session: Session, action: str, tags: Sequence[str]) -> Change | None:
    if action == "rename":
        return session.rename_tag(tags[0], tags[1])
    if action == "merge":
        return session.merge_tags(tags[:-1], tags[-1])
    return session.delete_tag(tags[0])


def _carriers(session: Session, tags: Sequence[str]) -> int:
    """Number of papers with one of the tags, or with a tag nested below one."""
    folded = tuple(tag.strip().strip("/").casefold() + "/" for tag in tags)
    return sum(
        any(f"{tag.casefold()}/".startswith(folded) for tag in session.entry(paper_id).mark.tags)
        for paper_id in session.ids()
    )
