"""From the words of a call to papers: queries, ids, and the care that a slip does not touch what was not meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.errors import NothingMatchedError, QueryError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.output import Output
    from tui.session.session import Session

# Six digits are what lists print at the least; fewer would take years and short words for ids.
_ID = re.compile(r"[0-9a-f]{6,10}\Z")


class QueryTextError(QueryError):
    """A query or a sort order that cannot be understood, together with its text.

    Attributes:
        asked: the whole text; ``position`` counts in it.
    """

    def __init__(self, asked: str, fault: QueryError) -> None:
        super().__init__(fault.message, fault.position, fault.hint)
        self.asked = asked


def declare_targets(parser: SubcommandParser) -> None:
    """Declare what every verb takes that changes papers."""
    parser.add_argument("--all", action="store_true", help="change every paper of the list; instead of a query")
    parser.add_argument("--dry-run", action="store_true", help="say which papers would change, and change nothing")
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask, however many papers it is")
    parser.add_query("the papers to change: a query, or ids")


def query_text(session: Session, words: Sequence[str]) -> str:
    """The query that the words of a call make: joined by blanks, or ``id:…`` where all of them are ids.

    An id is 6 to 10 hexadecimal digits that begin the id of exactly one paper.
    """
    ids = session.ids() if words and all(map(_ID.match, words)) else ()
    if ids and all(_names_one(session, ids, word) for word in words):
        return "id:" + ",".join(words)
    return " ".join(words)


def _names_one(session: Session, ids: Sequence[str], word: str) -> bool:
    """Whether digits begin the id of one paper, or an id that a paper had before it was joined to another."""
    found = sum(paper_id.startswith(word) for paper_id in ids)
    return found == 1 or (not found and len(session.find(f"id:{word}").ids) == 1)


def list_ids(session: Session, words: Sequence[str], sort: str | None, output: Output) -> Sequence[str]:
    """The ids of the papers to print, in order; that a mistyped word was replaced is said on standard error.

    Raises:
        AskedError: the query or the order cannot be understood.
        NothingMatchedError: no paper answers.
    """
    ids, explanation = _answer(session, words, sort)
    if not ids:
        raise _none_found(words, explanation)
    if explanation:
        output.warn(explanation)
    return ids


def strict_ids(session: Session, words: Sequence[str]) -> Sequence[str]:
    """The ids of the papers that answer the very words; where lists would guess at a mistyped word, this does not.

    Raises:
        AskedError: the query cannot be understood.
        NothingMatchedError: no paper answers.
    """
    ids, explanation = _answer(session, words, None)
    if not ids:
        raise _none_found(words, explanation)
    if explanation:
        raise _none_found(words, f"{explanation} in lists; what changes papers takes no guess")
    return ids


def target_ids(session: Session, options: Namespace) -> Sequence[str]:
    """The ids of the papers that a verb shall change: those of the query, or every one with ``--all``.

    Raises:
        UsageError: neither or both of a query and ``--all`` are given, or the query cannot be understood.
        NothingMatchedError: no paper answers.
    """
    asked = " ".join(options.query).strip()
    if asked and options.all:
        raise UsageError("--all and a query exclude each other", "leave one of them out")
    if not asked and not options.all:
        raise UsageError("this would change every paper of the list", "give a query, or --all if that is meant")
    return session.ids() if options.all else strict_ids(session, options.query)


def single_id(session: Session, words: Sequence[str]) -> str:
    """The id of the one paper that answers.

    Raises:
        UsageError: there is no query, or several papers answer it, or it cannot be understood.
        NothingMatchedError: no paper answers.
    """
    if not " ".join(words).strip():
        raise UsageError("this needs exactly one paper", "give a query that only one paper answers, or an id")
    ids = strict_ids(session, words)
    if len(ids) > 1:
        raise UsageError(
            f"{len(ids)} papers answer {' '.join(words)!r}, and this needs exactly one",
            f"narrow the query, or name one by its id: id:{ids[0]}",
        )
    return ids[0]


def _answer(session: Session, words: Sequence[str], sort: str | None) -> tuple[Sequence[str], str]:
    query = query_text(session, words)
    try:
        listing = session.find(query, sort)
    except QueryError as fault:
        raise QueryTextError(sort if sort and _understood(session, query) else query, fault) from None
    return listing.ids, listing.explanation


def _understood(session: Session, query: str) -> bool:
    try:
        session.find(query)
    except QueryError:
        return False
    return True


def _none_found(words: Sequence[str], explanation: str) -> NothingMatchedError:
    asked = " ".join(words)
    if not asked.strip():
        return NothingMatchedError("the reading list is empty", "`readlist import FILE` takes in papers")
    return NothingMatchedError(f"no paper answers {asked!r}", explanation or "`readlist list` prints all papers")
