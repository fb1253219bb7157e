"""Patterns of citation keys: ``[auth][year][shorttitle]``, in the syntax of JabRef.

Markers in brackets are replaced by values of the paper, in lower-case ASCII unless a modifier changes that; text
between them is literal. A pattern sees one paper at a time, so its keys may clash.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import UsageError
from tui.model.author_name import parse_name
from tui.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Final

    from tui.model.paper import Paper

DEFAULT: Final = "[auth][year][shorttitle]"
_PART_LIMIT = 30
_KEY_LIMIT = 100
_MOST_AUTHORS = 8
_PIECE = re.compile(r"\[([^\[\]]*)\]|([^\[\]]+)|(.)", re.DOTALL)
_LITERAL = re.compile(r"[A-Za-z0-9_.:+/-]+")
_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")
_FUNCTION_WORDS = frozenset(
    """
    a an and are as at be by can do does for from how in into is it its of on or our over so than that the their them
    this through to toward towards under using via we what when where which who why with without you your
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)
# Characters that are not Latin, Greek, Cyrillic, Kana or Hangul, which are transliterated below.
_OTHER_SCRIPTS = re.compile(
    "[\u0530-\u10ff\u1200-\u1cff\u2d00-\u2ddf\u2e80-\u3007\u3021-\u302f\u3100-\u31ef\u3400-\uabff\uf900-\ufaff\ufb13-\ufdff"
    "\ufe70-\ufefc\U00010000-\U0001d3ff\U0001e000-\U0001efff\U00020000-\U0003ffff]+"
)
_ALEF = str.maketrans("اآأإ", "aaai")  # anyascii drops it
# Folding has already removed accents, so й and ё are not needed.
_CYRILLIC_AND_GREEK = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "з": "z", "и": "i", "і": "i", "к": "k",
        "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "kh", "ы": "y", "є": "e", "ґ": "g", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "",
        "ь": "", "э": "e", "ю": "yu", "я": "ya",
        "α": "a", "β": "b", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "e", "θ": "th", "ι": "i", "κ": "k",
        "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
        "υ": "y", "φ": "ph", "χ": "ch", "ψ": "ps", "ω": "o",
    }
)  # fmt: skip


class CitekeyPattern(NamedTuple):
    """A parsed pattern.

    Attributes:
        pieces: (marker, modifiers) for each marker, ("", (text,)) for literal text.
        significant: markers of which at least one must have a value; all, if the pattern has only years.
    """

    pieces: tuple[tuple[str, tuple[str, ...]], ...]
    significant: frozenset[str]

    def key(self, paper: Paper) -> str:
        """The key of a paper, ignoring other papers; made of its id if the paper has no value for a key."""
        key = ""
        has_value = False
        for marker, modifiers in self.pieces:
            if not marker:
                key += modifiers[0]
                continue
            parts = MARKERS[marker](paper)
            has_value = has_value or (bool(parts) and marker in self.significant)
            for modifier in modifiers:
                parts = MODIFIERS[modifier](parts)
            key += "".join(parts)
        return key[:_KEY_LIMIT] if has_value else f"paper{ascii_of(paper.id)}"


def parse_pattern(text: str) -> CitekeyPattern:
    """Parse a pattern.

    Raises:
        UsageError: unmatched bracket, no marker or an unknown one, or a character not allowed in keys.
    """
    pieces: list[tuple[str, tuple[str, ...]]] = []
    for found in _PIECE.finditer(text):
        if found[3]:
            raise UsageError(f"unmatched bracket {found[3]} at position {found.start() + 1} of {text!r}", _HINT)
        if found[2]:
            if not _LITERAL.fullmatch(found[2]):
                raise UsageError(
                    f"{found[2]!r} in {text!r} cannot be used in a citation key", "use letters, digits and _.:+/-"
                )
            pieces.append(("", (found[2],)))
            continue
        marker, *modifiers = found[1].split(":")
        if marker not in MARKERS:
            raise UsageError(f"unknown citation key marker [{marker}]", _HINT)
        for modifier in modifiers:
            if modifier not in MODIFIERS:
                raise UsageError(f"unknown citation key modifier :{modifier}", f"modifiers: {_MODIFIERS}")
        pieces.append((marker, tuple(modifiers)))
    markers = frozenset(marker for marker, _ in pieces if marker)
    if not markers:
        raise UsageError(f"the citation key pattern {text!r} has no marker", _HINT)
    return CitekeyPattern(tuple(pieces), frozenset(marker for marker in markers if "year" not in marker) or markers)


def ascii_of(text: str) -> str:
    """The letters and digits of a text in lower-case ASCII; other scripts are transliterated."""
    if text.isascii() and text.isalnum():  # as most words are
        return text.lower()
    folded = "".join(tokenize(_transliterated(text))).translate(_CYRILLIC_AND_GREEK)
    if not folded.isascii():
        folded = "".join(map(_romanised, unicodedata.normalize("NFC", folded)))
    return _NOT_IN_A_KEY.sub("", folded)


def _transliterated(text: str) -> str:
    """The text with Han, Arabic, Thai and other scripts, which lose their vowels when folded, in Latin letters."""
    if text.isascii() or not _OTHER_SCRIPTS.search(text):
        return text
    from anyascii import anyascii  # noqa: PLC0415 - large tables, rarely needed

    return _OTHER_SCRIPTS.sub(
        lambda found: _NOT_IN_A_KEY.sub("", anyascii(found[0].translate(_ALEF)).lower()),
        unicodedata.normalize("NFC", text),
    )


def _romanised(letter: str) -> str:
    """A Hangul or Kana syllable as spelled in its Unicode name; any other letter unchanged."""
    name = unicodedata.name(letter, "")
    if name.startswith(("HANGUL SYLLABLE", "HIRAGANA LETTER", "KATAKANA LETTER")):
        return name.rsplit(" ", 1)[1].lower()
    return letter


def _surnames(paper: Paper) -> Iterator[str]:
    """The surnames that can be written in ASCII."""
    for printed in paper.authors:
        surname = ascii_of(parse_name(printed).surname.removeprefix("The "))
        if surname:
            yield surname[:_PART_LIMIT]


def _auth(paper: Paper) -> list[str]:
    return list(islice(_surnames(paper), 1))


def _authors(paper: Paper) -> list[str]:
    return list(_surnames(paper))[:_MOST_AUTHORS]


def _auth_et_al(paper: Paper) -> list[str]:
    """Both of two authors; of more, the first and "etal"."""
    found = list(_surnames(paper))
    return [found[0], "etal"] if found and (len(found) > 2 or paper.authors_truncated) else found


def _year(paper: Paper) -> list[str]:
    return [] if paper.date is None or paper.date.year is None else [str(paper.date.year)]


def _title(paper: Paper) -> Iterator[str]:
    return (word[:_PART_LIMIT] for word in map(ascii_of, tokenize(_transliterated(paper.title or ""))) if word)


def _significant_words(paper: Paper, most: int) -> list[str]:
    """The first words of the title that are not function words, or else its first words."""
    significant = (word for word in _title(paper) if word not in _FUNCTION_WORDS)
    return list(islice(significant, most)) or list(islice(_title(paper), most))


MARKERS: dict[str, Callable[[Paper], list[str]]] = {
    "auth": _auth,
    "authors": _authors,
    "authEtAl": _auth_et_al,
    "year": _year,
    "shortyear": lambda paper: [year[-2:] for year in _year(paper)],
    "shorttitle": lambda paper: _significant_words(paper, 1 if any(_surnames(paper)) else 3),
    "veryshorttitle": lambda paper: _significant_words(paper, 1),
    "title": lambda paper: list(_title(paper)),
}
MODIFIERS: dict[str, Callable[[list[str]], list[str]]] = {
    "lower": lambda parts: [part.lower() for part in parts],
    "upper": lambda parts: [part.upper() for part in parts],
    "abbr": lambda parts: [part[:1] for part in parts],
}
_MODIFIERS = ", ".join(f":{name}" for name in MODIFIERS)
_HINT = f"markers: {', '.join(f'[{name}]' for name in MARKERS)}"
