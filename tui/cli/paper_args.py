"""Resolve the arguments of a subcommand to papers: queries and ids, with checks against changing too many papers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.errors import NothingMatchedError, QueryError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.output import Output
    from tui.query.search import Explanation
    from tui.session.session import Session

# Lists print at least six digits; fewer would make ids of years and short words.
_ID = re.compile(r"[0-9a-f]{6,10}\Z")


class QueryTextError(QueryError):
    """A query or sort order that cannot be parsed, together with its text.

    Attributes:
        text: the whole text; ``position`` is an offset in it.
    """

    def __init__(self, text: str, error: QueryError) -> None:
        super().__init__(error.message, error.position, error.hint)
        self.text = text


def declare_targets(parser: SubcommandParser) -> None:
    """Declare the arguments shared by the subcommands that change papers."""
    parser.add_argument("--all", action="store_true", help="apply to every paper instead of those matching a query")
    parser.add_argument(
        "--dry-run", action="store_true", help="show which papers would change, without changing anything"
    )
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask for confirmation")
    parser.add_query("the papers to change: a query, or ids")


def query_text(session: Session, words: Sequence[str]) -> str:
    """The query of the arguments: joined by spaces, or ``id:…`` if all of them are ids.

    An id is 6 to 10 hexadecimal digits that begin the id of exactly one paper.
    """
    ids = session.ids() if words and all(map(_ID.match, words)) else ()
    if ids and all(_is_id(session, ids, word) for word in words):
        return "id:" + ",".join(words)
    return " ".join(words)


def _is_id(session: Session, ids: Sequence[str], word: str) -> bool:
    """Whether digits begin the id of one paper, or an id that a paper had before it was merged into another."""
    found = sum(paper_id.startswith(word) for paper_id in ids)
    return found == 1 or (not found and len(session.find(f"id:{word}").ids) == 1)


def list_ids(session: Session, words: Sequence[str], sort: str | None, output: Output) -> Sequence[str]:
    """The ids of the papers to print, in order; typo corrections are reported on standard error.

    Raises:
        QueryTextError: the query or the order cannot be parsed.
        NothingMatchedError: no paper matches.
    """
    ids, explanation = _find(session, words, sort)
    if not ids:
        raise _no_match(words, explanation)
    if explanation.text:
        output.warn(explanation.text)
    return ids


def strict_ids(session: Session, words: Sequence[str]) -> Sequence[str]:
    """The ids of the papers that match exactly, without typo correction.

    Raises:
        QueryTextError: the query cannot be parsed.
        NothingMatchedError: no paper matches.
    """
    ids, explanation = _find(session, words, None)
    if not ids:
        raise _no_match(words, explanation)
    if explanation.is_correction:
        text = f"{explanation.text} (in lists only; commands that change papers do not correct typos)"
        raise _no_match(words, explanation._replace(text=text))
    return ids


def target_ids(session: Session, options: Namespace) -> Sequence[str]:
    """The ids of the papers that a subcommand changes: those of the query, or every one with ``--all``.

    Raises:
        UsageError: neither or both of a query and ``--all`` are given, or the query cannot be parsed.
        NothingMatchedError: no paper matches.
    """
    query = " ".join(options.query).strip()
    if query and options.all:
        raise UsageError("--all cannot be used with a query", "omit one of them")
    if not query and not options.all:
        raise UsageError("this would change every paper", "use a query, or --all to change every paper")
    return session.ids() if options.all else strict_ids(session, options.query)


def removed_ids(session: Session, options: Namespace) -> Sequence[str]:
    """The ids of the removed papers that a query matches, or of all with ``--all``; raises as ``target_ids`` does."""
    text = " ".join(options.query).strip()
    if bool(text) is bool(options.all):
        hint = "omit one of them" if text else "use a query or an id, or --all to restore every removed paper"
        raise UsageError("--all cannot be used with a query" if text else "no papers specified", hint)
    removed = frozenset(session.find("is:removed").ids)
    if options.query and all(map(_ID.match, options.query)):
        found = [paper_id for paper_id in sorted(removed) if paper_id.startswith(tuple(options.query))]
        if found:
            return found
    ids, explanation = _find(session, ["is:removed", *options.query], None)
    matching = [] if explanation.is_correction else [paper_id for paper_id in ids if paper_id in removed]
    if not matching:
        what = f"no removed paper matches {text!r}" if text else "no papers have been removed"
        raise NothingMatchedError(what, "`readlist list is:removed` prints the removed papers")
    return matching


def single_id(session: Session, words: Sequence[str]) -> str:
    """The id of the one paper that matches.

    Raises:
        UsageError: there is no query, several papers match it, or it cannot be parsed.
        NothingMatchedError: no paper matches.
    """
    if not " ".join(words).strip():
        raise UsageError("exactly one paper is needed", "use an id, or a query that matches exactly one paper")
    ids = strict_ids(session, words)
    if len(ids) > 1:
        raise UsageError(
            f"{len(ids)} papers match {' '.join(words)!r}, but exactly one is needed",
            f"narrow the query, or use an id: id:{ids[0]}",
        )
    return ids[0]


def _find(session: Session, words: Sequence[str], sort: str | None) -> tuple[Sequence[str], Explanation]:
    query = query_text(session, words)
    try:
        result = session.find(query, sort)
    except QueryError as error:
        raise QueryTextError(sort if sort and _is_valid(session, query) else query, error) from None
    return result.ids, result.explanation


def _is_valid(session: Session, query: str) -> bool:
    try:
        session.find(query)
    except QueryError:
        return False
    return True


def _no_match(words: Sequence[str], explanation: Explanation) -> NothingMatchedError:
    query = " ".join(words)
    if not query.strip():
        return NothingMatchedError("the reading list is empty", "`readlist import FILE` imports papers")
    says_more = explanation.counts or explanation.is_correction
    hint = explanation.whole if says_more else "`readlist list` prints all papers"
    return NothingMatchedError(f"no paper matches {query!r}", hint)
