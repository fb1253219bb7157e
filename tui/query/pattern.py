"""Regular expressions that end in time: the standard engine has no time limit, so risky patterns are refused.

The check is a conservative scan of the pattern's text, not of the engine's own parse. Backtracking explodes where a
repeated group can itself match in several ways, as in ``(a+)+``, and grows with a power of the text's length where
repetitions follow each other. What passes is at worst slow on a hostile text, and texts are cut before the search.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass

LENGTH_LIMIT = 500
TEXT_LIMIT = 20_000

_CHOICES_LIMIT = 12
_UNBOUNDED_LIMIT = 5
_WIDE_LIMIT = 2
_NARROW_SPAN = 10
_TOO_SLOW = "this pattern could take too long: "
_PIECE = re.compile(
    r"""
    (?P<open>\((?:\?(?:P<\w+>|<?[=!]|[:>]|[aiLmsu-]+:))?(?!\?))
  | (?P<flags>\(\?[aiLmsu]+\))
  | (?P<odd>\(\?)
  | (?P<close>\))
  | (?P<bar>\|)
  | (?P<repeat>(?:[*+?]|\{(?P<low>\d*)(?P<comma>,?)(?P<high>\d*)\})[?+]?)
  | (?P<atom>\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_WIDE = re.compile(r"\.\Z|\\[SWD]|\[\^|\[.*(?: |\\[sSWD])", re.DOTALL)
_BACKREFERENCE = re.compile(r"\\[1-9]")
_LEADING_ANYTHING = re.compile(r"(?:\.\*\??)+(?![?+*{|])")


class PatternError(ValueError):
    """The pattern is wrong or too risky; the text says why, in one sentence."""


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that ignores case, for ``search`` on texts of at most ``TEXT_LIMIT`` characters.

    Raises:
        PatternError: it is no regular expression, or could take too long.
    """
    if len(pattern) > LENGTH_LIMIT:
        raise PatternError(f"a pattern has at most {LENGTH_LIMIT} characters, this one has {len(pattern)}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            result = re.compile(_without_leading_anything(pattern), re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as fault:
        raise PatternError(f"this is not a regular expression: {fault}") from None
    _Scan().run(result.pattern)
    return result


def _without_leading_anything(pattern: str) -> str:
    """Drop a leading ``.*``: it changes no answer of a search, and costs a factor of the text's length."""
    found = _LEADING_ANYTHING.match(pattern)
    return pattern[found.end() :] if found and "|" not in pattern else pattern


@dataclass(slots=True)
class _Part:
    """An atom or a group, as far as a repetition behind it cares."""

    varies: bool = False
    alternates: bool = False
    wide: bool = False
    back: bool = False
    group: bool = True


class _Scan:
    """One walk over the text of a pattern that is known to compile."""

    def __init__(self) -> None:
        self._groups = [_Part()]
        self._last = _Part()
        self._choices = self._unbounded = self._wide = 0
        self._after_wide = False

    def run(self, pattern: str) -> None:
        for piece in _PIECE.finditer(pattern):
            match piece.lastgroup:
                case "open":
                    self._groups.append(_Part())
                case "close":
                    self._last = self._groups.pop()
                    self._groups[-1].varies |= self._last.varies
                case "bar":
                    self._choices += not self._groups[-1].alternates
                    self._groups[-1].varies = self._groups[-1].alternates = True
                case "repeat":
                    self._repeat(piece)
                case "atom":
                    self._atom(piece, pattern)
                case "odd":
                    raise PatternError("this kind of group is not supported: use (…), (?:…), (?=…), (?!…) or (?i)")
            self._check()

    def _atom(self, piece: re.Match[str], pattern: str) -> None:
        text = piece[0]
        self._last = _Part(wide=bool(_WIDE.match(text)), back=bool(_BACKREFERENCE.match(text)), group=False)
        following = _PIECE.match(pattern, piece.end())
        if following is None or following.lastgroup != "repeat" or not _may_be_absent(following):
            self._after_wide = self._after_wide and self._last.wide and following is not None

    def _repeat(self, piece: re.Match[str]) -> None:
        low, high = _bounds(piece)
        last = self._last
        if last.back or (last.varies and (high is None or high > 1)):
            raise PatternError(_TOO_SLOW + f"{piece[0]} repeats what can match in several ways")
        if low == high:
            return
        self._groups[-1].varies = True
        self._choices += 1
        long = high is None or high - low > _NARROW_SPAN
        self._unbounded += long
        if long and last.wide:
            if self._after_wide:
                raise PatternError(_TOO_SLOW + "two open repetitions follow each other")
            self._wide += 1
            self._after_wide = True

    def _check(self) -> None:
        if self._choices > _CHOICES_LIMIT or self._unbounded > _UNBOUNDED_LIMIT or self._wide > _WIDE_LIMIT:
            raise PatternError(_TOO_SLOW + "it has too many repetitions and alternatives")


def _bounds(piece: re.Match[str]) -> tuple[int, int | None]:
    sign = piece[0][0]
    if sign != "{":
        return (1 if sign == "+" else 0), (1 if sign == "?" else None)
    low = int(piece["low"] or 0)
    if not piece["comma"]:
        return low, low
    return low, int(piece["high"]) if piece["high"] else None


def _may_be_absent(piece: re.Match[str]) -> bool:
    return _bounds(piece)[0] == 0
