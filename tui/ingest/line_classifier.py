"""Classify a line as abstract, title or interface text by its wording, whatever its position.

Scores resemble log-odds: positive for running prose, negative for a heading, additive, and large if certain.
"""

from __future__ import annotations

import re
from math import sqrt

from tui.ingest.wordlist import parse_words

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?]['\")\]]*\s+(?=[^\W\d_a-z$`'\"(])")
_OPENER = re.compile(
    r"(?:We|This|These|Those|There|Our|I|It|In this|In recent|In the|Recent(?:ly)?|Although|While|Despite|Given|When"
    r"|If|Abstract\b|Here|Many|Most|Existing|Current|Modern)\b"
)
_VERBAL = parse_words(
    """
    we our us is are was were be been has have had that which this these their its it they can cannot could may might
    must will would should do does did not show shows propose present introduce study demonstrate find describe
    prove provides achieve achieves however also
    """
)
_SMALL = parse_words(
    "a an and as at but by for from in into nor of on or over per so than the to under up via vs with"
)
_INTERFACE = parse_words(
    """
    account accept browse browser button cancel click cookie cookies dashboard download email feedback filter filters
    follow inbox login logout menu navigation newsletter page pages password popup privacy profile refresh
    register scroll settings share signup sort subscribe subscription trending unsubscribe upload upvote website your
    """
)

# Markup at the start of a line in Markdown, HTML and similar formats.
_MARKUP = re.compile(r"#+\s|[*+>•-]\s|\d+[.)]\s|\||```|</?[a-z!]")
_SURELY_PROSE = 80


def prose_score(text: str) -> float:
    """Score a line as an abstract (above 0) or a title (below 0)."""
    if text.count(" ") >= _SURELY_PROSE:
        return 8.0
    words = _WORD.findall(text[:4000])
    count = len(words)
    score = _length_score(count)
    if text.rstrip("'\")]} ").endswith("."):
        score += 2.5
    score += min(3, len(_SENTENCE_END.findall(text))) * 1.5
    if _OPENER.match(text):
        score += 1.5
    score += min(3, sum(word.lower() in _VERBAL for word in words)) * 1.0
    return score + _case_score(words)


def interface_score(text: str) -> float:
    """Score a line as part of a web page's interface (above 0) or a title."""
    words = [word.lower() for word in _WORD.findall(text[:500])]
    if not words:
        return 1.0
    if _MARKUP.match(text):
        return 2.0
    hits = sum(word in _INTERFACE for word in words)
    score = 3.0 * hits / sqrt(len(words)) - 1.0
    if len(words) == 1:
        score += 0.5
    if text.endswith("!"):
        score += 1.0
    return score


def _length_score(count: int) -> float:
    if count >= 40:
        return 4.0
    if count >= 25:
        return 2.0
    if count >= 16:
        return 0.0
    return -1.5 if count > 3 else -2.5


def _case_score(words: list[str]) -> float:
    """Titles capitalise their long words; prose does not."""
    telling = [word for word in words[1:] if word.lower() not in _SMALL]
    if not telling:
        return -0.5
    share = sum(not word[0].islower() for word in telling) / len(telling)
    return 1.0 - 3.5 * share
