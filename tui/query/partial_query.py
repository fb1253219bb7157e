"""Queries that are still being typed: what can be asked of them already, and what they lack. Knows no papers.

A word that begins like a field is none yet: whoever types ``year:2023`` does not look for "year" on the way.
"""

from __future__ import annotations

from tui.errors import QueryError
from tui.query.completion import term_start
from tui.query.fields import FIELDS
from tui.query.query_parser import parse

_MOST = 60  # more than groups may be nested
_OPERATORS = ("AND", "OR", "NOT")


def parse_partial(text: str) -> tuple[str | None, QueryError | None]:
    """What may be asked of a query so far.

    Returns:
        The text with everything closed that is still open, or None where nothing more can be asked yet than before;
        and what it lacks, or None where it lacks nothing.

    Raises:
        QueryError: it is wrong, and going on does not help.
    """
    whole, lack = text, None
    for _ in range(_MOST):
        try:
            parse(whole)
        except QueryError as fault:
            if fault.ending is None and lack is None:
                raise
            lack = lack or fault
            if not fault.ending:
                break
            whole += fault.ending
        else:
            undecided = _undecided(text)
            return (None, undecided) if undecided else (whole, lack)
    return None, lack


def _undecided(text: str) -> QueryError | None:
    """Whether the last word may yet become the name of a field, or an operator."""
    start = term_start(text, len(text))
    word = text[start:]
    if not word.isascii() or not word.isalpha():
        return None
    if any(operator.startswith(word) and operator != word for operator in _OPERATORS):
        return QueryError(f'"{word}" may become an operator', start, "a blank or Enter looks for the word", "")
    fields = [spec.name for spec in FIELDS if spec.name.startswith(word)]
    if not fields:
        return None
    name = word if word in fields else fields[0]
    return QueryError(f'"{word}" may become {name}:', start, "a blank or Enter looks for the word", "")
