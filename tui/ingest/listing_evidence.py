"""Decide whether the records found in a plain text are papers or pieces of some other text.

Evidence is the wording of title and abstract: scholarly words, and the absence of code.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from tui.ingest.line_classifier import interface_score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.record import Record


class Verdict(Enum):
    """Whether a text is a listing."""

    SURE = "sure"
    UNSURE = "unsure"
    NONE = "none"


# These are in lower case, and looked for in such text: Python is slow in finding one of many words in any case.
_STEMS = re.compile(
    r"\b(?:we\b|our\b|this (?:paper|article|work|study|thesis|essay|chapter|survey|letter|talk)\b|here(?:in)?,? we\b"
    r"|paper\b|abstract\b|article\b|propos(?:e|es|ed|al|ing)\b|introduc(?:e|es|ed|ing)\b|stud(?:y|ies|ied|ying)\b"
    r"|present(?:s|ed|ing)?\b|investigat\w+|examin(?:e|es|ed|ing)\b|explor(?:e|es|ed|ing|ation)\b|demonstrat\w+"
    r"|show(?:s|n|ed|ing)? that\b|prov(?:e|es|ed|en|ing)\b|proofs?\b|theor\w+|conjectur\w+|lemma\b|results?\b"
    r"|findings?\b"
    r"|methods?\b|methodolog\w+|approach(?:es)?\b|models?\b|modell?ing\b|framework\b|algorithms?\b"
    r"|experiment\w*|dataset\w*"
    r"|benchmark\w*|analy[sz]\w+|evaluat\w+|performance\b|novel\b|state-of-the-art\b|outperform\w*|accura\w+"
    r"|numeric\w*"
    r"|simulat\w+|observ(?:e|ed|es|ation|ations|ational)\b|measure(?:s|d|ment|ments)\b|estimat\w+|hypothes\w+"
    r"|evidence\b"
    r"|conclu\w+|patients?\b|participants?\b|clinical\w*|treatment\w*|effects?\b|effective\w*|significant\w*"
    r"|empiric\w*|survey\w*|review\w*|literature\b|discuss\w*|deriv(?:e|es|ed|ation)\b|comput(?:e|ed|es|ation\w*)\b"
    r"|compar(?:e|ed|es|ing|ison|isons)\b|problems?\b|recent(?:ly)?\b|existing\b|research\w*|learn(?:ing|ed|s)?\b"
    r"|train(?:ed|ing)\b|networks?\b|neural\b|quantum\b|equations?\b|energ(?:y|ies)\b|dynamic\w*|temperature\w*"
    r"|spectr\w+"
    r"|statistic\w*|probabilit\w+|optimal\w*|optimi[sz]\w+|propert(?:y|ies)\b|techniques?\b|tasks?\b|challeng\w+"
    r"|applications?\b|knowledge\b|histor\w+|social\w*|politic\w+|econom\w+|cultur\w+|discourse\b|argu(?:e|es|ed)\b"
    r"|cells?\b|genes?\b|genom\w+|protein\w*|species\b|population\w*|images?\b|reconstruct\w*|predict\w*|robust\w*"
    r"|represent(?:s|ed|ation|ations|ing)\b|structure\w*|mechanism\w*|process(?:es)?\b|systems?\b|characteri\w+"
    r"|suggest\w*|impl(?:y|ies|ication|ications)\b|interaction\w*|distribut\w+|space\b|classif\w+|generali[sz]\w*)"
)
_STRONG = re.compile(
    r"\b(?:(?:in )?this (?:paper|article|work|study|thesis|survey|letter)\b|here(?:in)?,? we\b"
    r"|we (?:\w+ly |also |first |then |further )?(?:propose|present|introduce|study|investigate|examine|explore"
    r"|show|prove|demonstrate|consider"
    r"|develop|describe|report|discuss|analy[sz]e|derive|find|found|evaluate|address|compute|calculate|give|use"
    r"|obtain"
    r"|construct|argue|apply|review|establish|perform|observe|compare|measured?|estimate|determine|extend|provide)\b"
    r"|our (?:\w+ )?(?:method|approach|model|results?|findings|experiments|analysis|framework|algorithm|work"
    r"|study|data)\b"
    r"|(?:is|are|was|were) (?:\w+ly )?(?:studied|investigated|proposed|presented|discussed|considered|shown"
    r"|derived|analy[sz]ed|examined|found"
    r"|obtained|calculated|observed|proved|demonstrated|measured|introduced|reported|described|developed)\b"
    r"|(?:in )?diese[rm]? (?:arbeit|artikel|beitrag|studie)\b|wir (?:zeigen|untersuchen|schlagen|stellen"
    r"|beweisen|entwickeln)\b|ergebnisse\b"
    r"|(?:dans )?cet article\b|nous (?:étudions|proposons|présentons|montrons|démontrons|examinons)\b|résultats\b"
    r"|(?:en )?este (?:artículo|trabajo|estudio)\b|(?:proponemos|presentamos|estudiamos|mostramos"
    r"|demostramos)\b|resultados\b"
    r"|n?este (?:artigo|estudo)\b|(?:in )?questo (?:articolo|lavoro|studio)\b|(?:proponiamo|presentiamo"
    r"|studiamo)\b|risultati\b"
    r"|results? (?:show|suggest|indicate|demonstrate|imply)\b|experiments (?:show|on|demonstrate)\b)"
)
# Words of licences, manuals, letters and programs that abstracts rarely use.
_OTHER = re.compile(
    r"\b(?:you\b|your\b|licen[sc]\w*|copyright\w*|warrant\w*|redistribut\w*|liab\w+|permission\w*|hereby"
    r"|thereof|please\b"
    r"|install\w*|download\w*|click\w*|packages?\b|debian|github issues|pull requests?|bug(?:s|fix\w*)?\b"
    r"|files?\b|director(?:y|ies)\b"
    r"|command[- ]line|sudo|config\w*|default\b|returns?\b|argument\b|callback\w*|string\b|boolean|i'm\b"
    r"|don't\b|can't\b|won't\b|he\b|she\b"
    r"|my\b|me\b|yesterday|sincerely|dear\b|regards\b|agreement\b|terms and conditions|release[sd]? notes?"
    r"|changelog)"
)
_FORMULA = re.compile(r"\$[^$]{0,500}\$|\\[a-zA-Z]+(?:\{[^{}]*\})?")
_CODE = re.compile(r"[{};=|\\#@~]|(?<! )[<>]|[<>](?! )|\(\)|::|->|--|/\w+/|\w_\w|\*\*|``")
_WORD = re.compile(r"[^\W\d_]+")
_NON_LATIN = re.compile(r"[\u0370-\u1fff\u3040-\ud7ff]")
_TITLE_END = (".", ";", ":", ",", "{", "=", "\\")
_LEAST_WORDS = 12
_PLAUSIBLE = 1.0
_POSSIBLE = 0.5
_PRINTED = 100.0


def paper_score(record: Record) -> float:
    """Score a record as a paper; below 0 if it looks like something else."""
    if record.category or record.date:
        return _PRINTED
    score = _abstract_score(record.abstract) if record.abstract else -1.0
    return score + (_title_score(record.title) if record.title else 0.0)


def verdict(records: Sequence[Record], consumed: int, lines: int, labelled: int) -> Verdict:
    """Whether the records of a plain text are papers.

    Args:
        records: the records found by the parsers of listings.
        consumed: number of lines that are part of a record.
        lines: number of all lines, without boilerplate.
        labelled: number of records whose abstract starts with ``Abstract:``.
    """
    if not records:
        return Verdict.SURE
    scores = [paper_score(record) for record in records]
    plausible = sum(score >= _PLAUSIBLE for score in scores)
    possible = sum(score >= _POSSIBLE for score in scores)
    share = (plausible + labelled * 0.5) / len(scores)
    covered = consumed / max(lines, 1)
    if (share >= 0.7 and covered >= 0.6) or labelled >= 0.8 * lines:
        return Verdict.SURE
    # Only listings print a category with a date, whatever else the source contains.
    likely = (plausible + possible) / 2 + labelled * 0.5
    is_possible = (likely >= 0.3 * len(scores) and covered >= 0.3) or max(scores) >= _PRINTED
    return Verdict.UNSURE if is_possible else Verdict.NONE


def _abstract_score(text: str) -> float:
    plain = _FORMULA.sub(" ", text[:4000])
    words = _WORD.findall(plain)
    if not words:
        return -2.0
    if len(_NON_LATIN.findall(plain)) > len(plain) / 4:
        return 1.5 if len(plain) > 60 else 0.0
    lower = plain.lower()
    hits = len(set(_STEMS.findall(lower)))
    strong = len(_STRONG.findall(lower))
    other = len(set(_OTHER.findall(lower)))
    code = len(_CODE.findall(plain)) / (4 if "$" in text else 1)
    score = min(hits, 6) * 0.4 + min(strong, 3) * 1.2 - min(other, 6) * 0.8 - min(code, 10) * 0.4
    if len(words) < _LEAST_WORDS:
        score -= 0.5
    if not plain.strip()[:1].isupper() and text[:1] not in "$\"'“‘([" and not text[:1].isdigit():
        score -= 1.0
    if not re.search(r"[.!?…)\]”\"'$]\s*\Z", text):
        score -= 0.7
    return score


def _title_score(text: str) -> float:
    plain = _FORMULA.sub(" ", text[:2000])
    words = _WORD.findall(plain)
    score = 0.3
    if not words or len(words) > 50:
        return -2.0
    if plain.rstrip().endswith(_TITLE_END):
        score -= 1.0
    score -= min(len(_CODE.findall(plain)), 4) * 0.6
    if interface_score(text) >= 1.0:
        score -= 1.0
    if plain.strip()[:1].islower() and not re.match(r"[a-z]*[A-Z]|\w{1,2}\b", plain.strip()):
        score -= 0.7
    if len(words) == 1:
        score -= 0.3
    return score
