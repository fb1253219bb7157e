"""``readlist views``: the saved views, and changes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.paper_args import QueryTextError
from tui.errors import QueryError, ReadlistError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.session.session import Session

DESCRIPTION = """\
List the saved views with their numbers of papers, or change them. A view is a query with a name: `@name` stands for
it in other queries, and on the screen the digits open the first nine. Changes to views are steps of the history.
  list              the views in their order (also without a word)
  save NAME QUERY   save a query; one that has the name gives way
  rename OLD NEW    another name, also where other views refer to it
  delete NAME       its papers stay as they are
  move NAME N       put it at a place, counted from 1"""
EXAMPLES = """\
  readlist views save inbox is:unread -is:snoozed
  readlist list @inbox cat:cs.CV
  readlist views move inbox 1
"""
_HINT = "`readlist views --help` has examples"
# What each change needs: the least and the most words behind it.
_WORDS = {"save": (2, 10_000), "rename": (2, 2), "delete": (1, 1), "move": (2, 2)}


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--json", action="store_true", help="print an array of {name, query, papers}; with list only")
    parser.add_argument("action", nargs="?", default="list", choices=["list", *_WORDS], help="what to do")
    parser.add_query("a name, and what the change needs behind it")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    action, words = call.options.action, call.options.query
    if action == "list":
        return _list(call)
    least, most = _WORDS[action]
    if call.options.json:
        raise UsageError(f"views {action} prints no JSON", _HINT)
    if not least <= len(words) <= most:
        raise UsageError(f"views {action} takes {least}{' or more' if most > least else ''} words", _HINT)
    with call.session() as session:
        call.output.line(_changed(session, action, words))
        left = (
            session.saved_views.stale_references(words[0].removeprefix("@")) if action in {"rename", "delete"} else ""
        )
    if left:
        call.output.warn(left)
    return 0


def _list(call: CommandContext) -> int:
    if call.options.query:
        raise UsageError("views list takes no name", _HINT)
    with call.session() as session:
        views = session.views()
        counts = {name: _count(session, name) for name in views}
    if call.options.json:
        call.output.json([{"name": name, "query": views[name], "papers": counts[name]} for name in views])
        return 0
    width = max((len(name) for name in views), default=0)
    for number, (name, query) in enumerate(views.items(), start=1):
        papers = "-" if counts[name] is None else str(counts[name])
        call.output.line(f"{number:>2}  {name:{width}}  {papers:>6}  {query}")
    if not views and call.output.terminal:
        call.output.warn("there are no views yet")
    return 0


def _count(session: Session, name: str) -> int | None:
    """Number of papers in a view; None where it is no query any more."""
    try:
        return len(session.find(session.saved_views.reference(name)).ids)
    except ReadlistError:
        return None


def _changed(session: Session, action: str, words: Sequence[str]) -> str:
    """Carry a change out, and say what was done."""
    saved, name = session.saved_views, words[0]
    if action == "save":
        query = " ".join(words[1:])
        try:
            replaced = saved.save(name, query)
        except QueryError as fault:
            raise QueryTextError(query, fault) from None
        return f"{'replaced' if replaced else 'saved'} {saved.reference(name)}: {query}"
    if action == "rename":
        saved.rename(name, words[1])
        return f"renamed {saved.reference(name)} to {saved.reference(words[1])}"
    if action == "move":
        if not words[1].isascii() or not words[1].isdigit() or not int(words[1][:9]):
            raise UsageError(f"{words[1]!r} is not a place", "give a number of at least 1")
        saved.move(name, int(words[1][:9]))  # behind the last is behind the last
        return f"moved {saved.reference(name)}: {', '.join(session.views())}"
    saved.delete(name)
    return f"deleted {saved.reference(name)}"
