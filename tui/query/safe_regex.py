"""Regular expressions guarded against catastrophic backtracking (ReDoS).

Python's ``re`` has no time limit and tries every way in which a pattern can match. A conservative scan of the pattern
bounds their number. A repeated group that can itself match in several ways, as in ``(a+)+``, is refused: the number
of ways is exponential. Unbounded repetitions that compete for the same characters, as in ``.*and.*``, multiply the
ways by the length of the text; up to two are accepted, and the more there are, the less of a text is searched. A long
text is first probed with beginnings of growing length.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LENGTH_LIMIT = 500
SECONDS = 0.1
# Characters of a text that are searched, by the number of competing repetitions. arXiv limits abstracts to 1,920
# characters, so even the shortest limit includes a whole abstract.
TEXT_LIMITS = (20_000, 8_000, 2_000)

_PROBES = ((312, 1_250, 5_000), (125, 500, 2_000), (125, 500))
_STEP = 4.0  # from one probe to the next, and from the last one to the whole text
_CHOICES_LIMIT = 8
_TOO_SLOW = "this pattern could take too long: "
# Plain strings, which ``re`` compiles and caches on first use, not at start-up.
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
    """The pattern is invalid or too risky; the message says why."""


@dataclass(frozen=True)
class SafePattern:
    """A pattern that is safe to search for.

    Attributes:
        expression: ignores case.
        degree: the number of competing repetitions.
    """

    expression: re.Pattern[str]
    degree: int

    @property
    def text_limit(self) -> int:
        """The number of characters of a text that are searched."""
        return TEXT_LIMITS[self.degree]

    def found_in(self, text: str) -> bool:
        """Whether it matches within the first characters of the text.

        Raises:
            TimeoutError: the search would probably take longer than ``SECONDS``.
        """
        self._probe(text)
        return self.expression.search(text[: self.text_limit]) is not None

    def _probe(self, text: str) -> None:
        """Four times the characters mean four times the starts, and four times the ways for each repetition."""
        for length in _PROBES[self.degree]:
            if len(text) <= length:
                return
            # Wall time includes other programs; processor time is slow to read, so it is checked second.
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
        PatternError: it is not a regular expression, or could take too long.
    """
    if len(text) > LENGTH_LIMIT:
        raise PatternError(f"a pattern can have at most {LENGTH_LIMIT} characters, this one has {len(text)}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            expression = re.compile(_without_leading_anything(text), re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(f"not a regular expression: {error}") from None
    degree = _Scan(expression.pattern).degree()
    if degree >= len(TEXT_LIMITS):
        raise PatternError(_TOO_SLOW + "it has three unbounded repetitions in a row")
    return SafePattern(expression, degree)


def _without_leading_anything(text: str) -> str:
    """Drop a leading ``.*``: it changes no result of a search, but multiplies its cost."""
    found = re.match(_LEADING_ANYTHING, text)
    return text[found.end() :] if found and "|" not in text else text


class _Part:
    """An atom or a group.

    Attributes:
        atoms: its atoms, for the characters it can match.
        varies: it can match in several ways.
        before: the open repetitions at its beginning.
        after: the open repetitions at the end of each alternative.
    """

    def __init__(self, atoms: Sequence[str], before: Sequence[_Open]) -> None:
        self.atoms = list(atoms)
        self.varies = False
        self.before = list(before)
        self.after: list[_Open] = []


@dataclass(frozen=True)
class _Open:
    """A repetition that may each give up characters: those it can match, and its depth among competing ones."""

    characters: frozenset[str]
    depth: int


class _Scan:
    """One scan of a pattern that is known to compile."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sample = frozenset(_SAMPLE + text)
        self._groups = [_Part((), ())]
        self._last = _Part((), ())
        self._open: list[_Open] = []
        self._choices = 0
        self._degree = 0

    def degree(self) -> int:
        """The maximum number of competing open repetitions."""
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
                self._close_repetitions(self._last)
            case "odd":
                raise PatternError("unsupported kind of group, use (…), (?:…), (?=…), (?!…) or (?i)")

    def _close(self) -> None:
        group = self._last = self._groups.pop()
        self._open += group.after
        self._groups[-1].varies |= group.varies
        self._groups[-1].atoms += group.atoms

    def _close_repetitions(self, atom: _Part) -> None:
        """A mandatory atom closes the repetitions that cannot match it."""
        if self._open and (characters := self._characters(atom)):
            self._open = [each for each in self._open if each.characters & characters]

    def _repeat(self, piece: re.Match[str]) -> None:
        low, high = _bounds(piece)
        last = self._last
        if any(re.match(_BACKREFERENCE, atom) for atom in last.atoms) or (last.varies and (high is None or high > 1)):
            raise PatternError(_TOO_SLOW + f"{piece[0]} repeats a group that can match in several ways")
        if low == high:
            return
        self._groups[-1].varies = True
        if low == 0:
            self._open = list({*last.before, *self._open})
        if high == 1:
            self._choices += 1
            return
        characters = self._characters(last)
        depth = 1 + max((each.depth for each in self._open if each.characters & characters), default=0)
        self._open.append(_Open(characters, depth))
        self._degree = max(self._degree, depth)

    def _characters(self, part: _Part) -> frozenset[str]:
        """The characters of a sample that the part can match; none for anchors."""
        found: set[str] = set()
        for atom in set(part.atoms):
            matches = _atom(atom).fullmatch
            found.update(character for character in self._sample if matches(character))
        return frozenset(found)


@lru_cache(maxsize=256)
def _atom(text: str) -> re.Pattern[str]:
    # A backreference can match anything.
    is_backreference = re.match(_BACKREFERENCE, text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return re.compile("." if is_backreference else text, re.IGNORECASE)


def _bounds(piece: re.Match[str]) -> tuple[int, int | None]:
    quantifier = piece[0][0]
    if quantifier != "{":
        return (1 if quantifier == "+" else 0), (1 if quantifier == "?" else None)
    low = int(piece["low"] or 0)
    if not piece["comma"]:
        return low, low
    return low, int(piece["high"]) if piece["high"] else None
