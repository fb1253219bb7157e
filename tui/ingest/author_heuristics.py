"""Score how much a piece of a byline looks like a person's name.

Scores resemble log-odds (name against title words), summed over the words. The weights were set by hand and checked
on bylines made of real titles and names; see ``tests/ingest``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tui.ingest.wordlist import load_words, parse_words
from tui.text.fold import fold
from tui.text.similarity import document_frequencies

if TYPE_CHECKING:
    from collections.abc import Collection

PARTICLES = parse_words(
    """
    van von vom vander de der den del della dell delle degli di da dal dalla do dos das du des la le les lo el al ul
    bin ibn ben bint ter ten te tot zu zum zur af av op 't 's y e i san st
    """
)
# Particles that may begin a byline; shorter ones are the endings of too many words.
LEADING_PARTICLES = parse_words(
    "van von vander de der den del della di da dos du la le el al bin ibn ter ten zu zur 't d' dell' l'"
)
_COLLECTIVE = parse_words(
    """
    team teams collaboration collaborations consortium group lab labs laboratory initiative project research
    institute university community network society committee foundation alliance
    """
)
_ORGANISATIONS = parse_words(
    "OpenAI DeepMind Google Meta Microsoft NVIDIA Anthropic Mistral DeepSeek-AI Cohere EleutherAI Apple Amazon"
)
_SUFFIXES = frozenset(("Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"))
_SMALL_WORDS = parse_words(
    "A An The On In Of For From To With Without And Or Via By As At Is Are Do Does Can How Why What When Which"
)

_INITIAL = re.compile(r"(?:[^\W\d_]\.)(?:-?[^\W\d_]\.)*")
_PREFIXED = re.compile(
    r"(?:Mc|Mac|Jo|De|Del|Della|Di|Da|Do|Dos|Du|La|Le|Lo|Van|Von|Ver|Vander|Fitz|San|St|Ter|Ten|El|Al|Ó|O['’]|D['’]|L['’]"
    r"|M['’]|N['’]|d['’]|dell['’]|['’]t)-?(?P<rest>[^\W\d_]+)"
)
_PARTS = re.compile(r"[-‐‑]")
_APOSTROPHE = re.compile(r"['’ʻʼ`]")
_AND = re.compile(r"\s+(?:and|&)\s+")

_COUNT = {1: -2.5, 2: 1.0, 3: 0.5, 4: -0.8, 5: -2.5}
_TOO_MANY = -6.0
_GIVEN = 1.6
_TITLE_WORD = -1.3
_LONGEST_UNCASED = 8
_LEAST, _MOST = -9.0, 4.0


@cache
def given_names() -> frozenset[str]:
    """Folded given names, evidence that a name begins."""
    return frozenset(map(fold, load_words("given_names.txt")))


def split_names(text: str) -> list[str]:
    """Split a comma-separated list into names; a suffix such as ``Jr.`` stays with its name."""
    names: list[str] = []
    for piece in text.split(","):
        for name in _AND.split(piece.strip().removeprefix("and ").removeprefix("& ")):
            if name in _SUFFIXES and names:
                names[-1] += f", {name}"
            elif name:
                names.append(name.strip())
    return names


def name_score(name: str, title_words: Collection[str] = (), known: Collection[str] = ()) -> float:
    """Score a text as one name (above 0) against words of a title (below 0).

    Args:
        name: the text, without a comma.
        title_words: words in lower case in the record's abstract.
        known: folded given names found in other bylines.
    """
    words = name.split()
    if not words:
        return _LEAST
    if words[-1].lower() in _COLLECTIVE and 1 < len(words) <= 6:
        return 0.5
    if name in _ORGANISATIONS:
        return 0.0
    if _is_uncased(name):
        return 1.5 if 1 < len(name) <= _LONGEST_UNCASED else -3.0
    counted = [word for word in words if word not in PARTICLES]
    score = _COUNT.get(len(counted), _TOO_MANY)
    full = 0
    for index, word in enumerate(words):
        last = index == len(words) - 1
        score += _word_score(word, first=index == 0, last=last)
        full += len(word) > 2 and not word.endswith(".")
        score += _meaning_score(word, title_words, known, first=index == 0)
    if not full:
        score -= 2.0 if len(words) > 1 else 3.0
    return max(_LEAST, min(_MOST, score))


def _is_uncased(name: str) -> bool:
    """Whether a name is in a script without capitals: one word, family name first, no space."""
    return name.isalpha() and name.upper() == name.lower()


def _word_score(word: str, *, first: bool, last: bool) -> float:
    """Score the shape of one word as part of a name."""
    if word in PARTICLES:
        return -4.0 if last else (-0.5 if first else 0.3)
    if _INITIAL.fullmatch(word):
        return 0.2 if last else 1.0
    if word in _SUFFIXES and last and not first:
        return 0.2
    if len(word) == 1:
        return 0.2 if word.isupper() and not first else -1.0
    if prefixed := _PREFIXED.fullmatch(word):
        rest = prefixed["rest"]
        if len(rest) > 1 and rest[0].isupper() and rest[1:].islower():
            return 0.4
    scores = [_part_score(part) for part in _PARTS.split(_APOSTROPHE.sub("-", word))]
    short_capitals = first and len(word) == 2 and word.isupper()
    return -0.8 if short_capitals else min(scores)


def _part_score(part: str) -> float:
    """Score the shape of a part between hyphens and apostrophes."""
    letters = part.rstrip(".")
    if not letters:
        return 0.0
    if not letters.isalpha():
        return -6.0
    if letters[0].islower():
        return 0.0 if len(letters) <= 4 and not letters.isascii() else -4.0 if len(letters) > 4 else -3.0
    if len(letters) == 1 or letters[1:].islower() or not letters[0].isupper():
        return 0.7
    return -2.0 if letters.isupper() else -3.5


def _meaning_score(word: str, title_words: Collection[str], known: Collection[str], *, first: bool) -> float:
    """Score one word by what it means, whatever its shape."""
    if word in _SMALL_WORDS:
        return -1.0
    folded = fold(word)
    if folded in given_names() or folded in known or fold(_PARTS.split(word)[0]) in given_names():
        return _GIVEN if first else 0.3
    if word in PARTICLES:
        return 0.0
    return _TITLE_WORD if folded in title_words or folded in document_frequencies() else 0.0
