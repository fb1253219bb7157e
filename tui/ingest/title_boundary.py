"""Score an offset in a line as the end of the title.

Scores resemble log-odds and are summed: where the last word is known from counts most, then its shape, then balanced
brackets and quotation marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from tui.ingest.wordlist import load_words, parse_words
from tui.text.fold import fold
from tui.text.similarity import document_frequencies

_LETTERS = re.compile(r"[^\W\d_]+")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]{0,60}\Z")
_WORD_BREAK = re.compile(r"[\s/–—-]")
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_GLUED = re.compile(r"\b[^\W\d_]{0,60}[^\W\d_A-Z][A-Z][^\W\d_]+")
_OPENING_QUOTE = re.compile(r"(?:\A|[\s(])['‘’`]\w")
# Prefixes of names with a capital inside: a title that ends in one of them is too long.
_NAME_PREFIX = re.compile(
    r"(?:\A|(?<=[^\W\d_A-Z]))(?:Mc|Mac|De|Del|Di|Da|Do|Dos|Du|La|Le|Lo|Van|Von|Fitz|St|Ter|Ten|El|Al|Jo)\Z"
)
_SUFFIXES = (
    "ations",
    "ation",
    "ings",
    "ing",
    "ions",
    "ion",
    "ies",
    "ers",
    "er",
    "ed",
    "es",
    "al",
    "ly",
    "s",
    "y",
    "e",
)
_FUNCTION_WORDS = parse_words(
    "a an the of and or for from to with without in on by via as at is are be into over under between towards toward "
    "using through against among per than its their your our how why"
)
_LAST_WORD_REACH = 60


def usual_spellings() -> frozenset[str]:
    """Words with a capital inside that are not names of people."""
    return load_words("spellings.txt")


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """Known words, from one abstract or from many.

    Attributes:
        stems: the words folded, without their endings.
        spellings: words with a capital inside, as written (``ImageNet``).
    """

    stems: frozenset[str] = frozenset()
    spellings: frozenset[str] = field(default_factory=usual_spellings)

    @classmethod
    def of(cls, tokens: set[str]) -> WordEvidence:
        """Build the evidence from words as written."""
        return cls(frozenset(map(stem, tokens)), frozenset(filter(has_inner_capital, tokens)))


def letters_in(text: str) -> set[str]:
    """The distinct words of a text as written, without digits and punctuation."""
    return set(_LETTERS.findall(text))


def end_score(text: str, offset: int, own: WordEvidence, all_words: WordEvidence) -> float:
    """Score an offset as the end of the title.

    Args:
        text: the line.
        offset: offset of the first character after the title, at least 1.
        own: the words of the record's abstract.
        all_words: the words of all abstracts.
    """
    title = text[:offset]
    if title[-1] in ",:;-–—([{&/“‘":
        return _balance_score(title) - 8.0
    word = _WORD_BREAK.split(title[-_LAST_WORD_REACH:])[-1].strip("'\"’”“‘()[]{}.,:;!?*+$")
    score = _balance_score(title) + {0: -8.0, 1: -1.0, 2: -0.3}.get(len(title.split(maxsplit=3)), 0.0)
    score -= _whole_word_cost(text, offset, own, all_words)
    if not title[-1].isalnum():
        return score + 1.5
    if word[-1:].isdigit():
        return score + 1.0
    return score + _last_word_score(word, own, all_words)


def unusual_word_cost(text: str, own: WordEvidence, all_words: WordEvidence) -> float:
    """Evidence that the line contains authors: a word with a capital inside that no abstract uses."""
    odd = (word for word in _GLUED.findall(text) if word not in own.spellings and word not in all_words.spellings)
    return 1.5 if next(odd, None) else 0.0


def _last_word_score(word: str, own: WordEvidence, all_words: WordEvidence) -> float:
    """Score a word as the last one of a title; best if the record's own abstract uses it."""
    if _NAME_PREFIX.search(word):
        return -3.5
    if len(word) == 1:
        return -0.5 if word.isupper() else -3.0
    if word.lower() in _FUNCTION_WORDS:
        return -2.5
    inner = has_inner_capital(word)
    if word in own.spellings or (not inner and stem(word) in own.stems):
        return 3.0
    if word in all_words.spellings:
        return 2.5
    return _unknown_inner_score(word, own, all_words) if inner else _plain_word_score(word, all_words)


def _plain_word_score(word: str, all_words: WordEvidence) -> float:
    """The score of a word without a capital inside that its own abstract does not use."""
    if stem(word) in all_words.stems or fold(word) in document_frequencies():
        return 2.0
    return -2.0 if len(word) == 2 else -0.3


def _unknown_inner_score(word: str, own: WordEvidence, all_words: WordEvidence) -> float:
    """The score of an acronym, or a name such as ``DropBlock``, that no abstract uses."""
    if word.isupper():
        return 0.5 if len(word) < 7 else -0.5
    if len(word) == 2:
        return -2.0
    hump = _HUMP.split(word)[-1]
    known = stem(hump) in own.stems or stem(hump) in all_words.stems or fold(hump) in document_frequencies()
    return 0.5 if known else -1.0


def _whole_word_cost(text: str, offset: int, own: WordEvidence, all_words: WordEvidence) -> float:
    """Penalty for splitting a known word."""
    after = _LETTERS.match(text, offset)
    before = _LETTERS_BEFORE.search(text, max(0, offset - _LAST_WORD_REACH), offset)
    if after is None or before is None:
        return 0.0
    whole = before[0] + after[0]
    if whole in own.spellings:
        return 5.0
    return 3.0 if whole in all_words.spellings else 0.0


def _balance_score(title: str) -> float:
    """Penalty for unbalanced brackets, quotation marks and dollar signs."""
    score = 0.0
    for opening, closing in ("()", "[]", "{}", "“”", "«»"):
        score -= 4.0 if title.count(opening) != title.count(closing) else 0.0
    score -= 3.0 if title.count('"') % 2 else 0.0
    score -= 8.0 if title.count("$") % 2 else 0.0
    if title.endswith(("'", "’")) and not _OPENING_QUOTE.search(title):
        score -= 5.0
    return score


def has_inner_capital(word: str) -> bool:
    """Whether a word has a capital after its first letter."""
    return len(word) > 1 and not word[1:].islower()


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The folded word without its ending, so that singular and plural, noun and verb are equal."""
    folded = word.lower() if word.isascii() else fold(word)
    for ending in _SUFFIXES:
        if folded.endswith(ending) and len(folded) - len(ending) >= 3:
            return folded[: -len(ending)]
    return folded
