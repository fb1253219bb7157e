"""``readlist views``: list and change the saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.paper_args import QueryTextError
from tui.errors import QueryError, ReadlistError, UsageError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.session.session import Session

DESCRIPTION = """\
List the saved views, with the number of papers in each, or change them. A view is a named query: `@name` stands for
it in other queries, and on the screen the keys 1 to 9 open the first nine. Changes to views can be undone.
  list              list the views in order (default)
  save NAME QUERY   save a query, replacing any view with that name
  rename OLD NEW    rename a view, also where other views use it
  delete NAME       delete a view, but none of its papers
  move NAME N       move a view to position N, counting from 1"""
EXAMPLES = """\
  readlist views save inbox is:unread -is:snoozed
  readlist list @inbox cat:cs.CV
  readlist views move inbox 1
"""
_HINT = "`readlist views --help` has examples"
# Least and greatest number of arguments for each action.
_ARGUMENT_COUNTS = {"save": (2, 10_000), "rename": (2, 2), "delete": (1, 1), "move": (2, 2)}


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--json", action="store_true", help="print a JSON array of {name, query, papers} (list only)")
    parser.add_argument("action", nargs="?", default="list", choices=["list", *_ARGUMENT_COUNTS], help="what to do")
    parser.add_query("a name, and whatever else the action needs")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    action, arguments = context.options.action, context.options.query
    if action == "list":
        return _list(context)
    least, most = _ARGUMENT_COUNTS[action]
    if context.options.json:
        raise UsageError(f"`views {action}` does not support --json", _HINT)
    if not least <= len(arguments) <= most:
        count = f"{least} or more arguments" if most > least else pluralise(least, "argument")
        raise UsageError(f"`views {action}` needs {count}", _HINT)
    with context.session() as session:
        context.output.line(_apply(session, action, arguments))
        warning = (
            session.saved_views.stale_references(arguments[0].removeprefix("@"))
            if action in {"rename", "delete"}
            else ""
        )
    if warning:
        context.output.warn(warning)
    return 0


def _list(context: CommandContext) -> int:
    if context.options.query:
        raise UsageError("`views list` does not accept a name", _HINT)
    with context.session() as session:
        views = session.views()
        counts = {name: _count(session, name) for name in views}
    if context.options.json:
        context.output.json([{"name": name, "query": views[name], "papers": counts[name]} for name in views])
        return 0
    width = max((len(name) for name in views), default=0)
    for number, (name, query) in enumerate(views.items(), start=1):
        papers = "-" if counts[name] is None else str(counts[name])
        context.output.line(f"{number:>2}  {name:{width}}  {papers:>6}  {query}")
    if not views and context.output.terminal:
        context.output.warn("no saved views yet")
    return 0


def _count(session: Session, name: str) -> int | None:
    """Number of papers in a view; None if its query is no longer valid."""
    try:
        return len(session.find(session.saved_views.reference(name)).ids)
    except ReadlistError:
        return None


def _apply(session: Session, action: str, arguments: Sequence[str]) -> str:
    """Make the change and return a message about it."""
    saved, name = session.saved_views, arguments[0]
    if action == "save":
        query = " ".join(arguments[1:])
        try:
            replaced = saved.save(name, query)
        except QueryError as error:
            raise QueryTextError(query, error) from None
        return f"{'replaced' if replaced else 'saved'} {saved.reference(name)}: {query}"
    if action == "rename":
        saved.rename(name, arguments[1])
        return f"renamed {saved.reference(name)} to {saved.reference(arguments[1])}"
    if action == "move":
        if not arguments[1].isascii() or not arguments[1].isdigit() or not int(arguments[1][:9]):
            raise UsageError(f"{arguments[1]!r} is not a valid position", "use a number, 1 or higher")
        saved.move(name, int(arguments[1][:9]))  # a number past the end means the end
        return f"moved {saved.reference(name)}: {', '.join(session.views())}"
    saved.delete(name)
    return f"deleted {saved.reference(name)}"
