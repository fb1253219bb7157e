"""Regular expressions that end in time: the standard engine has no time limit, so risky patterns are refused.

The engine tries, one after the other, every way in which a pattern can match. A conservative scan of the pattern's
text bounds their number. A repeated group that can itself match in several ways, as in ``(a+)+``, is refused: the
ways double with every letter. Open repetitions that can give letters to each other, as in ``.*and.*``, multiply the
ways by the length of the text; up to two are taken, the more there are, the shorter the beginning of a text that is
searched. A long text is probed with a few of its first letters, then with more, before all of it is tried.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

from tui.query.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LENGTH_LIMIT = 500
SECONDS = 0.1
# Characters of a text that are searched, by the number of repetitions that give letters to each other. arXiv takes
# abstracts of up to 1,920 characters, so even the least of these is all of an abstract.
TEXT_LIMITS = (20_000, 8_000, 2_000)

_PROBES = ((312, 1_250, 5_000), (125, 500, 2_000), (125, 500))
_STEP = 4.0  # from one probe to the next, and from the last one to the whole text
_CHOICES_LIMIT = 8
_TOO_SLOW = "this pattern could take too long: "
# Kept as texts: the engine compiles and remembers them when the first pattern is asked for, not at start-up.
_PIECE = r"""(?xs)
    (?P<open>\((?:\?(?:P<\w+>|<?[=!]|[:>]|[aiLmsu-]+:))?(?!\?))
  | (?P<flags>\(\?[aiLmsu]+\))
  | (?P<odd>\(\?)
  | (?P<close>\))
  | (?P<bar>\|)
  | (?P<repeat>(?:[*+?]|\{(?P<low>\d*)(?P<comma>,?)(?P<high>\d*)\})[?+]?)
  | (?P<atom>\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.)
    """
_BACKREFERENCE = r"\\[1-9]"
_LEADING_ANYTHING = r"(?:\.\*\??)+(?![?+*{])"
_SAMPLE = "".join(map(chr, range(32, 127))) + "\t\né中ж–\u00a0"


class PatternError(ValueError):
    """The pattern is wrong or too risky; the text says why, in one sentence."""


@frozen
class SafePattern:
    """A pattern that may be searched for.

    Attributes:
        expression: ignores case.
        degree: how many repetitions give letters to each other.
    """

    expression: re.Pattern[str]
    degree: int

    @property
    def text_limit(self) -> int:
        """Characters at the beginning of a text that are searched."""
        return TEXT_LIMITS[self.degree]

    def found_in(self, text: str) -> bool:
        """Whether it matches somewhere at the beginning of the text.

        Raises:
            TimeoutError: it would probably take longer than ``SECONDS``.
        """
        self._probe(text)
        return self.expression.search(text[: self.text_limit]) is not None

    def _probe(self, text: str) -> None:
        """Four times the letters are four times the starts, and for every repetition four times the ways."""
        for length in _PROBES[self.degree]:
            if len(text) <= length:
                return
            # The clock on the wall also counts what other programs took; that of the processor is slow to ask.
            if self._is_slow(perf_counter, text[:length]) and self._is_slow(thread_time, text[:length]):
                raise TimeoutError

    def _is_slow(self, clock: Callable[[], float], beginning: str) -> bool:
        start = clock()
        self.expression.search(beginning)
        return (clock() - start) * _STEP ** (self.degree + 1) > SECONDS


@lru_cache(maxsize=64)
def compile_safe(text: str) -> SafePattern:
    """Compile a pattern.

    Raises:
        PatternError: it is no regular expression, or could take too long.
    """
    if len(text) > LENGTH_LIMIT:
        raise PatternError(f"a pattern has at most {LENGTH_LIMIT} characters, this one has {len(text)}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            expression = re.compile(_without_leading_anything(text), re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as fault:
        raise PatternError(f"this is not a regular expression: {fault}") from None
    degree = _Scan(expression.pattern).degree()
    if degree >= len(TEXT_LIMITS):
        raise PatternError(_TOO_SLOW + "three open repetitions follow each other")
    return SafePattern(expression, degree)


def _without_leading_anything(text: str) -> str:
    """Drop a leading ``.*``: it changes no answer of a search, and multiplies its cost."""
    found = re.match(_LEADING_ANYTHING, text)
    return text[found.end() :] if found and "|" not in text else text


class _Part:
    """An atom, or a group while it is read and after.

    Attributes:
        atoms: what it is made of, for the letters it can take.
        varies: it can match in several ways.
        before: the open repetitions where it began.
        after: the open repetitions at the end of each alternative.
    """

    def __init__(self, atoms: Sequence[str], before: Sequence[_Open]) -> None:
        self.atoms = list(atoms)
        self.varies = False
        self.before = list(before)
        self.after: list[_Open] = []


@frozen
class _Open:
    """A repetition that may still give up letters: the letters it can take, and how many such stand in a row."""

    letters: frozenset[str]
    depth: int


class _Scan:
    """One walk over the text of a pattern that is known to compile."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sample = frozenset(_SAMPLE + text)
        self._groups = [_Part((), ())]
        self._last = _Part((), ())
        self._open: list[_Open] = []
        self._choices = 0
        self._degree = 0

    def degree(self) -> int:
        """How many open repetitions give letters to each other, at the most."""
        for piece in re.finditer(_PIECE, self._text):
            self._read(piece)
            if self._choices > _CHOICES_LIMIT:
                raise PatternError(_TOO_SLOW + "it has too many alternatives")
        return self._degree

    def _read(self, piece: re.Match[str]) -> None:
        match piece.lastgroup:
            case "open":
                self._groups.append(_Part((), self._open))
            case "close":
                self._close()
            case "bar":
                group = self._groups[-1]
                self._choices += 1
                group.varies = True
                group.after += self._open
                self._open = list(group.before)
            case "repeat":
                self._repeat(piece)
            case "atom":
                self._last = _Part((piece[0],), self._open)
                self._groups[-1].atoms.append(piece[0])
                self._pass(self._last)
            case "odd":
                raise PatternError("this kind of group is not supported: use (…), (?:…), (?=…), (?!…) or (?i)")

    def _close(self) -> None:
        group = self._last = self._groups.pop()
        self._open += group.after
        self._groups[-1].varies |= group.varies
        self._groups[-1].atoms += group.atoms

    def _pass(self, atom: _Part) -> None:
        """An atom that must be there ends the repetitions that could not have taken it."""
        if self._open and (letters := self._letters(atom)):
            self._open = [still for still in self._open if still.letters & letters]

    def _repeat(self, piece: re.Match[str]) -> None:
        low, high = _bounds(piece)
        last = self._last
        if any(re.match(_BACKREFERENCE, atom) for atom in last.atoms) or (last.varies and (high is None or high > 1)):
            raise PatternError(_TOO_SLOW + f"{piece[0]} repeats what can match in several ways")
        if low == high:
            return
        self._groups[-1].varies = True
        if low == 0:
            self._open = list({*last.before, *self._open})
        if high == 1:
            self._choices += 1
            return
        letters = self._letters(last)
        depth = 1 + max((still.depth for still in self._open if still.letters & letters), default=0)
        self._open.append(_Open(letters, depth))
        self._degree = max(self._degree, depth)

    def _letters(self, part: _Part) -> frozenset[str]:
        """Which letters of a sample the part can take; none for anchors."""
        found: set[str] = set()
        for atom in set(part.atoms):
            takes = _atom(atom).fullmatch
            found.update(letter for letter in self._sample if takes(letter))
        return frozenset(found)


@lru_cache(maxsize=256)
def _atom(text: str) -> re.Pattern[str]:
    # A backreference can take anything that was taken before.
    anything = re.match(_BACKREFERENCE, text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return re.compile("." if anything else text, re.IGNORECASE)


def _bounds(piece: re.Match[str]) -> tuple[int, int | None]:
    sign = piece[0][0]
    if sign != "{":
        return (1 if sign == "+" else 0), (1 if sign == "?" else None)
    low = int(piece["low"] or 0)
    if not piece["comma"]:
        return low, low
    return low, int(piece["high"]) if piece["high"] else None
