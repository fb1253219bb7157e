"""Split a line into title and authors where nothing separates them.

``Zero-Shot Generation of NeRFs from TextSudarshan Babu, Richard Liu et al.`` is split where the scores of both sides
are best: every position at which a name could start after another character is a candidate; the left side is scored
as the end of a title (does the record's own abstract use its last word?), the right side as a list of names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.ingest.author_heuristics import LEADING_PARTICLES, name_score, split_names
from tui.ingest.source_file import Diagnostic
from tui.ingest.title_boundary import WordEvidence, end_score, letters_in, unusual_word_cost, usual_spellings
from tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ingest.record import Record

_TRUNCATED = re.compile(
    r"[,;]?\s*(?:\bet\.? al\b\.?,?|\band (?:\d+ )?others\b\.?|\+\s*\d+(?: (?:more|authors?))?|…|\.\.\.)\s*\Z"
)
_AFFILIATION = re.compile(r"\s[·•∙⋅|]\s")
_LONE_LETTER = re.compile(r"[^\W\d_](?=\s|\Z)")
_PARTICLE_START = re.compile(
    rf"(?:(?:{'|'.join(p for p in LEADING_PARTICLES if p[-1] != chr(39))})\s+|(?:d|dell|l)['’])[^\W\d_]"
)
# Limits on what is examined, so that the time is bounded for any input.
_LONGEST = 200_000
_LONGEST_TITLE = 1_500
_LONGEST_NAME = 120
_NO_NAMES_SCORE = -2.0
_HOPELESS = 25.0


@dataclass(frozen=True, slots=True)
class Byline:
    """A split byline.

    Attributes:
        title: the title.
        authors: the names as printed; empty if none were found.
        truncated: whether the line ends in "et al.".
        affiliation: as printed after the authors, or None.
    """

    title: str
    authors: tuple[str, ...] = ()
    truncated: bool = False
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Evidence gathered from all records.

    Attributes:
        given: folded given names of authors after the first, if certain.
        words: the words of all abstracts.
    """

    given: frozenset[str] = frozenset()
    words: WordEvidence = field(default_factory=WordEvidence)


@dataclass(frozen=True, slots=True)
class _Context:
    """Evidence for splitting one line.

    Attributes:
        own: the words of the record's abstract.
        title_words: words in lower case in the abstract, which are unlikely parts of a name.
    """

    lexicon: Lexicon
    own: WordEvidence
    title_words: frozenset[str]

    def name_score(self, name: str) -> float:
        """Score a text as one name."""
        if len(name) > _LONGEST_NAME:
            return -9.0
        return name_score(name, self.title_words, self.lexicon.given)

    def end_score(self, text: str, offset: int) -> float:
        """Score an offset as the end of the title."""
        return end_score(text, offset, self.own, self.lexicon.words)


def split_byline(text: str, abstract: str = "", lexicon: Lexicon = Lexicon()) -> Byline:
    """Split a line into title, authors and affiliation.

    Args:
        text: the line.
        abstract: the record's abstract, whose words are evidence for the end of the title.
        lexicon: evidence from the other records.
    """
    context = _context(abstract, lexicon)
    line = _normalise(text)
    return max(_candidates(line, context), key=lambda candidate: candidate[0])[1] if line else Byline("")


def looks_like_byline(text: str) -> bool:
    """Whether a line ends in a list of names, judged without its abstract."""
    found = split_byline(text)
    return len(found.authors) > 1 or bool(found.authors and found.truncated)


def build_lexicon(records: Sequence[Record]) -> Lexicon:
    """Gather evidence about names and words from all records."""
    given: set[str] = set()
    tokens: set[str] = set()
    for record in records:
        if record.abstract:
            tokens |= letters_in(record.abstract)
        if record.byline:
            given.update(fold(name.split()[0]) for name in _certain_names(record.byline))
    words = WordEvidence.of(tokens)
    return Lexicon(frozenset(given), WordEvidence(words.stems, words.spellings | usual_spellings()))


def resolve_bylines(records: Sequence[Record]) -> tuple[list[Record], list[Diagnostic]]:
    """The records with their bylines split, and a diagnostic for each in which no author was found."""
    lexicon = build_lexicon(records) if any(record.byline for record in records) else Lexicon()
    found = [resolve_byline(record, lexicon) for record in records]
    return [record for record, _ in found], [diagnostic for _, diagnostic in found if diagnostic]


def resolve_byline(record: Record, lexicon: Lexicon) -> tuple[Record, Diagnostic | None]:
    """The record with its byline split, and a diagnostic if no author was found."""
    if record.byline is None:
        return record, None
    found = split_byline(record.byline, record.abstract or "", lexicon)
    line = dict(record.positions)["byline"].line
    result = record._replace(
        byline=None,
        title=found.title,
        authors=found.authors,
        authors_truncated=found.truncated,
        affiliation=found.affiliation,
        positions=tuple(position for position in record.positions if position[0] != "byline"),
    ).with_positions(dict.fromkeys(("title", "authors", "authors_truncated", "affiliation"), line))
    if found.authors:
        return result, None
    reason = "no authors found after the title, so the whole line was used as the title"
    return result, Diagnostic(
        record.source.page, line, reason, "write the authors right after the title, separated by commas"
    )


def _context(abstract: str, lexicon: Lexicon) -> _Context:
    tokens = letters_in(abstract)
    lower = frozenset(token for token in tokens if token.islower())
    return _Context(lexicon, WordEvidence.of(tokens), lower)


def _candidates(text: str, context: _Context) -> Iterator[tuple[float, Byline]]:
    """Every possible split with its score; the first is a line without authors."""
    odd = unusual_word_cost(text[-_LONGEST_TITLE:], context.own, context.lexicon.words)
    yield _NO_NAMES_SCORE + context.end_score(text, len(text)) - odd, Byline(text)
    for end, after in _affiliations(text):
        listed = text[:end]
        truncated = _TRUNCATED.search(listed)
        if truncated:
            listed = listed[: truncated.start()]
        affiliation = text[after:].strip() or None
        for start, score in _boundaries(listed, context):
            authors = tuple(split_names(listed[start:]))
            title = listed[:start].strip()
            bonus = (1.0 if truncated else 0.0) + (0.5 if affiliation else 0.0)
            yield score + bonus, Byline(title, authors, bool(truncated), affiliation)


def _affiliations(text: str) -> list[tuple[int, int]]:
    """Where the authors end and the affiliation begins: at the end of the line, or at a dot between spaces."""
    cuts = [(found.start(), found.end()) for found in _AFFILIATION.finditer(text)]
    return [*cuts[-3:], (len(text), len(text))]


def _boundaries(text: str, context: _Context) -> Iterator[tuple[int, float]]:
    """The most likely start of the authors with its score, if there is one."""
    pieces = _pieces(text)
    names_after = 0.0
    best: tuple[int, float] | None = None
    highest = 0.0
    for start, end in reversed(pieces):
        for offset in _name_starts(text, max(1, start, end - _LONGEST_NAME), min(end, _LONGEST_TITLE)):
            names = sum(context.name_score(name) for name in split_names(text[offset:end]))
            score = names + names_after + context.end_score(text, offset) - _start_cost(text, offset)
            if best is None or score > best[1]:
                best = (offset, score)
        names_after += sum(context.name_score(name) for name in split_names(text[start:end]))
        highest = max(highest, names_after)
        if names_after < highest - _HOPELESS:
            break
    if best is not None:
        yield best


def _pieces(text: str) -> list[tuple[int, int]]:
    """Start and end of the pieces between commas."""
    bounds = [-1, *(offset for offset, letter in enumerate(text) if letter == ","), len(text)]
    return [(before + 1, after) for before, after in pairwise(bounds)]


def _name_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets at which a name can start right after another character."""
    for offset in range(start, end):
        before, letter = text[offset - 1], text[offset]
        if not letter.isalpha() or before.isspace() or before in ",-‐‑–—/([{<&@_":
            continue
        if letter.isupper() or letter.istitle():
            yield offset
        elif letter.islower():
            if before.isalnum() and _PARTICLE_START.match(text, offset):
                yield offset
        elif not _same_script(before, letter):
            yield offset


def _same_script(before: str, letter: str) -> bool:
    """Whether two letters can be inside one word of a script without capitals."""
    return before.isalpha() and not before.isupper() and not before.islower() and letter.isalpha()


def _normalise(text: str) -> str:
    """The line cut to a maximum length, with single spaces, since patterns are slow on runs of spaces."""
    return " ".join(text[:_LONGEST].split())


def _start_cost(text: str, offset: int) -> float:
    """Penalty for a name starting here, apart from the name itself."""
    if text[offset].islower():
        return 1.5
    cost = 1.5 if text[offset - 1 : offset + 2].isupper() and text[offset - 1 : offset + 2].isalpha() else 0.0
    return cost + (2.0 if _LONE_LETTER.match(text, offset) else 0.0)


def _certain_names(byline: str) -> list[str]:
    """The names after the first comma, from the right, as long as they are certain."""
    sure: list[str] = []
    for name in reversed(split_names(_TRUNCATED.sub("", _normalise(byline)))[1:]):
        if name_score(name) < 2.0 or len(name.split()) < 2:
            break
        sure.append(name)
    return sure
