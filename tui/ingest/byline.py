"""Telling the title from the authors in a line that has nothing between them.

``Zero-Shot Generation of NeRFs from TextSudarshan Babu, Richard Liu et al.`` is cut where the two sides make the best
sense: every place at which a name could begin behind another character is a candidate; the left side is judged as the
end of a title (does the record's own abstract use its last word?), the right side as a list of names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.ingest.names import LEADING_PARTICLES, name_score, split_names
from tui.ingest.page import Problem
from tui.text.fold import fold
from tui.text.likeness import word_shares

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tui.ingest.draft import Draft

_LONGEST = 200_000
_TRUNCATED = re.compile(
    r"[,;]?\s*(?:\bet\.? al\b\.?,?|\band (?:\d+ )?others\b\.?|\+\s*\d+(?: (?:more|authors?))?|…|\.\.\.)\s*\Z"
)
_AFFILIATION = re.compile(r"\s+[·•∙⋅|]\s+")
_TOKEN = re.compile(r"[^\W\d_]+")
_PARTICLE_START = re.compile(
    rf"(?:(?:{'|'.join(p for p in LEADING_PARTICLES if p[-1] != chr(39))})\s+|(?:d|dell|l)['’])[^\W\d_]"
)
_ENDINGS = (
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
_FUNCTION_WORDS = frozenset(  # a list of words reads better unquoted
    "a an the of and or for from to with without in on by via as at is are be into over under between towards toward "
    "using through against among per than its their your our how why".split()
)
_NAMELESS = -2.0
_HOPELESS = 25.0


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline taken apart.

    Attributes:
        title: the title.
        authors: the names as printed; empty if none could be told.
        truncated: the line says "et al.".
        affiliation: as printed behind the authors, or None.
    """

    title: str
    authors: tuple[str, ...] = ()
    truncated: bool = False
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known from all pages together.

    Attributes:
        given: folded given names of authors behind the first, of whom there is no doubt.
        words: stems of the words in all abstracts.
        spellings: words of all abstracts with a capital inside, as written (``ImageNet``).
    """

    given: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    spellings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Context:
    """What one record knows of its words."""

    lexicon: Lexicon
    stems: frozenset[str]
    spellings: frozenset[str]
    title_words: Collection[str]


def split_byline(text: str, abstract: str = "", lexicon: Lexicon = Lexicon()) -> Byline:
    """Tell title, authors and affiliation apart.

    Args:
        text: the line.
        abstract: the record's abstract; the words it uses are evidence for the end of the title.
        lexicon: what the other records of the intake teach.
    """
    context = _context(abstract, lexicon)
    best = max(_readings(text.strip()[:_LONGEST], context), key=lambda reading: reading[0])
    return best[1]


def looks_like_byline(text: str) -> bool:
    """Whether a line ends in a list of names, as far as can be told without its abstract."""
    found = split_byline(text)
    return len(found.authors) > 1 or bool(found.authors and found.truncated)


def lexicon_of(drafts: Sequence[Draft]) -> Lexicon:
    """Gather what all records teach about names and words."""
    given: set[str] = set()
    words: set[str] = set()
    spellings: set[str] = set()
    for draft in drafts:
        tokens = set(_TOKEN.findall(draft.abstract or ""))
        words.update(tokens)
        spellings.update(filter(_has_inner_capital, tokens))
        given.update(fold(name.split()[0]) for name in _sure_names(draft.byline or ""))
    return Lexicon(frozenset(given), frozenset(map(_stem, words)), frozenset(spellings))


def with_byline(draft: Draft, lexicon: Lexicon) -> tuple[Draft, Problem | None]:
    """The draft with its byline taken apart, and a problem if no author could be found in it."""
    if draft.byline is None:
        return draft, None
    found = split_byline(draft.byline, draft.abstract or "", lexicon)
    line = dict(draft.places)["byline"].line
    told = replace(
        draft,
        byline=None,
        title=found.title,
        authors=found.authors,
        authors_truncated=found.truncated,
        affiliation=found.affiliation,
        places=tuple(place for place in draft.places if place[0] != "byline"),
    ).placed(dict.fromkeys(("title", "authors", "authors_truncated", "affiliation"), line))
    if found.authors:
        return told, None
    reason = "No authors could be told from the title; the whole line was taken for the title."
    return told, Problem(draft.source.page, line, reason, "Write the authors right behind the title, with commas.")


def _context(abstract: str, lexicon: Lexicon) -> _Context:
    tokens = set(_TOKEN.findall(abstract))
    lower = {token.lower() for token in tokens if token.islower()}
    return _Context(
        lexicon,
        frozenset(map(_stem, tokens)),
        frozenset(filter(_has_inner_capital, tokens)),
        lower | word_shares().keys(),
    )


def _readings(text: str, context: _Context) -> Iterator[tuple[float, Byline]]:
    """Every way to read the line, with its score; the first is that of a line without authors."""
    yield _NAMELESS + _end_score(text, len(text), context), Byline(text)
    for end, behind in _affiliations(text):
        listed = text[:end]
        found = _TRUNCATED.search(listed)
        truncated = found is not None
        if found:
            listed = listed[: found.start()]
        affiliation = text[behind:].strip() or None
        for start, score in _boundaries(listed, context):
            authors = tuple(split_names(listed[start:]))
            title = listed[:start].strip()
            bonus = (1.0 if truncated else 0.0) + (0.5 if affiliation else 0.0)
            yield score + bonus, Byline(title, authors, truncated, affiliation)


def _affiliations(text: str) -> list[tuple[int, int]]:
    """Where the authors end and the affiliation begins: at the end of the line, or at a dot between blanks."""
    cuts = [(found.start(), found.end()) for found in _AFFILIATION.finditer(text)]
    return [*cuts[-3:], (len(text), len(text))]


def _boundaries(text: str, context: _Context) -> Iterator[tuple[int, float]]:
    """The likeliest place at which the authors begin, if there is any, with its score."""
    pieces = _pieces(text)
    names_behind = 0.0
    best: tuple[int, float] | None = None
    highest = 0.0
    for start, end in reversed(pieces):
        for place in _candidates(text, start, end):
            first = split_names(text[place:end])
            names = sum(name_score(name, context.title_words, context.lexicon.given) for name in first)
            score = names + names_behind + _end_score(text, place, context) - _start_cost(text, place)
            if best is None or score > best[1]:
                best = (place, score)
        piece = split_names(text[start:end])
        names_behind += sum(name_score(name, context.title_words, context.lexicon.given) for name in piece)
        highest = max(highest, names_behind)
        if names_behind < highest - _HOPELESS:
            break
    if best is not None:
        yield best


def _pieces(text: str) -> list[tuple[int, int]]:
    """Beginning and end of what stands between commas."""
    bounds = [-1, *(place for place, letter in enumerate(text) if letter == ","), len(text)]
    return [(before + 1, after) for before, after in pairwise(bounds)]


def _candidates(text: str, start: int, end: int) -> Iterator[int]:
    """Where a name can begin right behind another character."""
    for place in range(max(start, 1), end):
        before, letter = text[place - 1], text[place]
        if not letter.isalpha() or before.isspace() or before in ",-‐‑–—/([{<&@#_":
            continue
        if letter.isupper() or letter.istitle():
            yield place
        elif letter.islower():
            if before.isalnum() and _PARTICLE_START.match(text, place):
                yield place
        elif not _same_script(before, letter):
            yield place


def _same_script(before: str, letter: str) -> bool:
    """Whether two letters could stand within one word of a script without capitals."""
    return before.isalpha() and not before.isupper() and not before.islower() and letter.isalpha()


def _start_cost(text: str, place: int) -> float:
    """What speaks against a name beginning here, apart from the name."""
    return 1.5 if text[place].islower() else 0.0


def _end_score(text: str, place: int, context: _Context) -> float:
    """How well a title ends at this place."""
    title = text[:place]
    score = _balance_score(title)
    last = title[-1]
    if last in ",:;-–—([{&/“‘":
        return score - 8.0
    word = re.split(r"[\s/–—-]", title)[-1]
    letters = word.strip("'\"’”“‘()[]{}.,:;!?*+$")
    score += {0: -8.0, 1: -1.0, 2: -0.3}.get(len(title.split()), 0.0)
    score -= _whole_word_cost(text, place, context)
    if not last.isalnum():
        return score + 1.5
    if letters[-1:].isdigit():
        return score + 1.0
    return score + _last_word_score(letters, context)


def _last_word_score(word: str, context: _Context) -> float:
    """How well a title ends in this word: best in one that its own abstract uses."""
    lower = word.lower()
    if lower in _FUNCTION_WORDS and len(word) > 1:
        return -2.5
    if len(word) == 1:
        return -0.5 if word.isupper() else -3.0
    stem = _stem(word)
    if word in context.spellings or (stem in context.stems and not _has_inner_capital(word)):
        return 3.0
    if word in context.lexicon.spellings:
        return 2.5
    if not _has_inner_capital(word) and (stem in context.lexicon.words or fold(word) in word_shares()):
        return 2.0
    if word.isupper():
        return 0.5 if len(word) < 7 else -0.5
    if len(word) == 2:
        return -2.0
    return -1.0 if _has_inner_capital(word) else -0.3


def _whole_word_cost(text: str, place: int, context: _Context) -> float:
    """What it costs to cut through a word that an abstract uses as it stands."""
    if place in {0, len(text)}:
        return 0.0
    left = re.search(r"[^\W\d_]*\Z", text[:place])
    right = _TOKEN.match(text, place)
    whole = (left[0] if left else "") + (right[0] if right else "")
    if whole in context.spellings:
        return 5.0
    return 3.0 if whole in context.lexicon.spellings else 0.0


def _balance_score(title: str) -> float:
    """Less for every bracket, quotation mark or dollar sign that is opened and not closed."""
    score = 0.0
    for opening, closing in ("()", "[]", "{}", "“”", "«»"):
        score -= 4.0 if title.count(opening) != title.count(closing) else 0.0
    score -= 3.0 if title.count('"') % 2 else 0.0
    score -= 8.0 if title.count("$") % 2 else 0.0
    if title.endswith(("'", "’")) and not re.search(r"(?:\A|[\s(])['‘’`]\w", title):
        score -= 5.0
    return score


def _sure_names(byline: str) -> list[str]:
    """The names behind the first comma from the right on, as long as they can be nothing else."""
    sure: list[str] = []
    for name in reversed(split_names(_TRUNCATED.sub("", byline))[1:]):
        if name_score(name, word_shares().keys()) < 2.0 or len(name.split()) < 2:
            break
        sure.append(name)
    return sure


def _has_inner_capital(word: str) -> bool:
    return not word[1:].islower() and len(word) > 1


def _stem(word: str) -> str:
    """A word without its ending, so that singular and plural, noun and verb are one."""
    folded = word.lower() if word.isascii() else fold(word)
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= 3:
            return folded[: -len(ending)]
    return folded
