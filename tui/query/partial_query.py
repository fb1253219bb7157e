"""Parse an incomplete query, while it is typed.

A word that is the beginning of a field name is not searched yet: typing ``year:2023`` must not search for "year".
"""

from __future__ import annotations

from tui.errors import QueryError
from tui.query.fields import FIELDS
from tui.query.query_completion import term_start
from tui.query.query_parser import parse

_MAX_REPAIRS = 60  # more than the nesting limit of groups
_OPERATORS = ("AND", "OR", "NOT")


def parse_partial(text: str) -> tuple[str | None, QueryError | None]:
    """The query that can be searched so far.

    Returns:
        The text with everything closed, or None if it cannot be searched yet; and what is missing, or None if it is
        complete.

    Raises:
        QueryError: it is invalid, and more text cannot make it valid.
    """
    whole, missing = text, None
    for _ in range(_MAX_REPAIRS):
        try:
            parse(whole)
        except QueryError as error:
            if error.ending is None and missing is None:
                raise
            missing = missing or error
            if not error.ending:
                break
            whole += error.ending
        else:
            ambiguous = _ambiguous_word(text)
            return (None, ambiguous) if ambiguous else (whole, missing)
    return None, missing


def _ambiguous_word(text: str) -> QueryError | None:
    """What the last word may become: the name of a field, or an operator; None otherwise."""
    start = term_start(text, len(text))
    word = text[start:]
    if not word.isascii() or not word.isalpha():
        return None
    if any(operator.startswith(word) and operator != word for operator in _OPERATORS):
        return QueryError(
            f'"{word}" may be the start of an operator', start, "press space or Enter to search for the word", ""
        )
    fields = [spec.name for spec in FIELDS if spec.name.startswith(word)]
    if not fields:
        return None
    name = word if word in fields else fields[0]
    return QueryError(f'"{word}" may become {name}:', start, "press space or Enter to search for the word", "")
