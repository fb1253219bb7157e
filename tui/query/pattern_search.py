"""Regular expressions with a time limit.

Python's ``re`` tries every way in which a pattern can match, and for ``(a+)+$`` on one title that can take years. The
``regex`` package can stop; it takes long to import, so only a query with a pattern does that. ``re`` still decides
what a valid pattern is, and says what is wrong with another one.
"""

from __future__ import annotations

import math
import re
import warnings
from functools import lru_cache
from time import thread_time
from typing import TYPE_CHECKING

from tui.errors import QueryError

if TYPE_CHECKING:
    import regex

LENGTH_LIMIT = 500
# ``regex`` writes fixed repetitions out when it compiles a pattern, so they take memory.
REPEAT_LIMIT = 10_000
_REPEAT = re.compile(r"\{(\d+)")


class PatternError(ValueError):
    """The pattern is invalid or too large; the message says why."""


class PatternSearch:
    """The search for one pattern in many texts, which together have a time limit.

    Args:
        pattern: a pattern that ``check_pattern`` accepts; case is ignored.
        seconds: processor time, so that results do not depend on other programs.
    """

    def __init__(self, pattern: str, seconds: float) -> None:
        self._pattern = pattern
        self._expression = _compiled(pattern)
        self._deadline = thread_time() + seconds

    def found_in(self, text: str) -> bool:
        """Whether the pattern matches anywhere in the text.

        Raises:
            QueryError: the time is over.
        """
        remaining = self._deadline - thread_time()
        try:
            if remaining > 0:
                return self._expression.search(text, timeout=remaining) is not None
        except TimeoutError:
            pass
        message = f"the pattern /{self._pattern}/ takes too long"
        raise QueryError(message, 0, "simplify it, or search for plain words")


def check_pattern(pattern: str) -> None:
    """Check a pattern that a user wrote.

    Raises:
        PatternError: it is not a regular expression, or too large.
    """
    _compiled(pattern)


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> regex.Pattern[str]:
    if len(pattern) > LENGTH_LIMIT:
        raise PatternError(f"a pattern can have at most {LENGTH_LIMIT} characters; this one has {len(pattern)}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        try:
            re.compile(pattern, re.IGNORECASE)
        except (re.error, OverflowError, RecursionError) as error:
            raise PatternError(f"not a regular expression: {error}") from None
        # Repetitions of repetitions multiply; those side by side would only add up, but no such pattern is useful.
        if math.prod(max(int(found[1]), 1) for found in _REPEAT.finditer(pattern)) > REPEAT_LIMIT:
            raise PatternError(f"a pattern can have at most {REPEAT_LIMIT:,} repetitions")
        import regex  # noqa: PLC0415 - most queries have no pattern

        try:
            return regex.compile(pattern, regex.IGNORECASE)
        except (regex.error, RecursionError) as error:
            raise PatternError(f"not a regular expression: {error}") from None
