"""Citation keys: ``vandermaaten2008visualizing``. Stable, ASCII, unique over the whole list.

The pattern is JabRef's ``[auth][year][shorttitle]`` with one word of the title, or three where there is no author.
Knows no format: a key made here is legal in all of them.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from typing import TYPE_CHECKING

from tui.paper.names import parse_name
from tui.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.paper.entry import Entry
    from tui.paper.paper import Paper

_PART_LIMIT = 30
_KEY_LIMIT = 100
_NOT_IN_A_PIN = re.compile(
    r"[\s\"#$%&'(),;<=>?@\[\\\]^`{|}~\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ud800-\udfff]"
)
_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_FUNCTION_WORDS = frozenset(
    """
    a an and are as at be by can do does for from how in into is it its of on or our over so than that the their them
    this through to toward towards under using via we what when where which who why with without you your
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)
# Folding has taken accents away before, so й and ё need no line.
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


def citation_keys(entries: Iterable[Entry]) -> dict[str, str]:
    """Give every entry its key.

    Pinned keys win. Of the entries that would have the same key, the one with the smallest id keeps it and the
    others get ``a``, ``b``, … ``z``, ``aa``; keys that differ in case only count as the same. The answer does not
    depend on the order of the entries.

    Args:
        entries: the whole list, not the part to be exported, so that a part's keys are the whole list's keys.

    Returns:
        The key of every id.
    """
    ordered = sorted(entries, key=lambda entry: entry.id)
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for entry in ordered:
        pinned = _NOT_IN_A_PIN.sub("", entry.mark.citation_key or "")
        if pinned and pinned.casefold() not in taken:
            keys[entry.id] = pinned
            taken.add(pinned.casefold())
    stems = {entry.id: _stem(entry.paper) for entry in ordered if entry.id not in keys}
    for paper, stem in stems.items():
        if stem not in taken:
            keys[paper] = stem
            taken.add(stem)
    suffixes: dict[str, Iterator[str]] = {}
    for paper, stem in stems.items():
        if paper not in keys:
            free = suffixes.setdefault(stem, (stem + suffix for suffix in _suffixes()))
            keys[paper] = next(key for key in free if key not in taken)
            taken.add(keys[paper])
    return keys


def _stem(paper: Paper) -> str:
    """The key of a paper that has no rival."""
    author = _author(paper)
    title = [word for word in map(_ascii, words(paper.title or "")) if word]
    telling = [word for word in title if word not in _FUNCTION_WORDS] or title
    short = "".join(word[:_PART_LIMIT] for word in telling[: 1 if author else 3])
    if not author and not short:
        return f"paper{_ascii(paper.id)}"
    year = paper.date.year if paper.date is not None else None
    return f"{author}{'' if year is None else year}{short}"[:_KEY_LIMIT]


def _author(paper: Paper) -> str:
    """The first author whose surname can be written in ASCII."""
    for printed in paper.authors:
        surname = _ascii(parse_name(printed).surname.removeprefix("The "))
        if surname:
            return surname[:_PART_LIMIT]
    return ""


def _ascii(text: str) -> str:
    """The letters and digits of a text in lower-case ASCII; Han signs have no spelling and are left out."""
    folded = "".join(words(text)).translate(_CYRILLIC_AND_GREEK)
    if not folded.isascii():
        folded = "".join(map(_romanised, unicodedata.normalize("NFC", folded)))
    return _NOT_IN_A_KEY.sub("", folded)


def _romanised(letter: str) -> str:
    """A Hangul or Kana syllable as Unicode spells it in its name; any other letter as it is."""
    name = unicodedata.name(letter, "")
    if name.startswith(("HANGUL SYLLABLE", "HIRAGANA LETTER", "KATAKANA LETTER")):
        return name.rsplit(" ", 1)[1].lower()
    return letter


def _suffixes() -> Iterator[str]:
    """``a``, ``b``, … ``z``, ``aa``, ``ab``, …"""
    for number in count(1):
        letters = ""
        while number:
            number, place = divmod(number - 1, len(_ALPHABET))  # noqa: PLW2901 - the usual way to write bijective base 26
            letters = _ALPHABET[place] + letters
        yield letters
