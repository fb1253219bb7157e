"""Classify a work by its title alone: generic titles, parts of a series, replies and corrections.

``Editorial`` is the title of thousands of works, ``Part II`` is never ``Part I``, and a correction is not the paper
that it corrects. Titles are given as ``normalise_words`` returns them. Errs on the side of calling a title
generic: such works are shown to the user instead of being merged.
"""

from __future__ import annotations

import re
from functools import lru_cache

# A title of nothing but these words (in several languages) and numbers is generic.
_GENERIC_WORDS = frozenset(
    """
    a about abbreviations abstract abstracts academic acknowledgement acknowledgements acknowledgment acknowledgments
    activities activity addendum advertisement advisory afterword agenda an and announcement announcements annual
    answer answers appendices appendix april article articles associate at august author authors autumn avant awards
    back background bericht bibliography biannual biographies board book books brief briefs by calendar call case
    chair chairs chapter closing comment commentary comments committee communication communications conclusion
    conclusions conference contents contributors copyright correction corrections correspondence corrigenda
    corrigendum cover cumulative de december dedication del der des die discussion discussions du edito editor
    editorial editoriale editorials editors einleitung el en epilogue errata erratum events exercises expression
    february final first focus for foreword forthcoming forum fourth from front frontmatter geleitwort general
    glossary guest half highlights id images in index information inhalt inhaltsverzeichnis instructions
    interview introduccion introduction introductory invited issue january jahresbericht journal july june keynote la
    le lecture lectures les letter letters list literature los march masthead matter may meeting memorial message
    messages minutes miscellanea miscellaneous month monthly nachruf nachwort new news newsletter no note notes
    notice november number obituaries obituary october of on opening organisers organizers organization outlook
    overview page pages panel papers part perspective perspectives plenary postface poster posters preamble preface
    prefacio president presidential press problem problems proceedings proem program programme progress prolog
    prologo prologue propos publisher quarterly question questions quiz readers recent references reflections
    rejoinder remarks reply replies report reports research response responses results resume retraction review
    reviewer reviewers reviews s scientific second section sections september session short slides special spring
    status summaries summary summer supplement supplementary supporting table tables talk technical test thanks the
    third this title to tribute untitled update updates upcoming viewpoint viewpoints
    views opinion vol volume vorwort week weekly welcome what winter
    with withdrawn word words workshop year yearly years zusammenfassung zum zur und et y e il 序 前言 社论 序言 目录
    предисловие введение заключение содержание
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)
# Phrases in titles of publications that recur every year or every issue.
_PERIODICAL = re.compile(
    r"(?:^|\b)(?:(?:annual|yearly|quarterly|monthly|weekly|biennial|biannual|activity|progress|status|interim|technical"
    r"|financial|summary|year end) (?:\w+ )?(?:report|review|survey|update|meeting|bulletin|statistics|summary)s?"
    r"|jahresbericht\w*|yearbook|jahrbuch|annuaire|rapport (?:annuel|d activite)|informe anual|relazione annuale"
    r"|newsletter|proceedings of|proceedings|minutes of|call for papers|table of contents|in this issue"
    r"|(?:this|special|theme|guest) (?:issue|section)|from the editors?|letters? to the editors?|list of (?:reviewers"
    r"|participants|contributors|authors)|in memoriam|book reviews?|front matter|back matter|editorial board"
    r"|state of the (?:union|society|journal)|year in review)(?:\b|$)"
)
_GENERIC_START = re.compile(
    r"(?:guest |invited )?(?:editorial|editors?(?: s)? (?:note|introduction|choice|foreword|preface)|preface|foreword"
    r"|obituary|welcome (?:message|to|from)|message from|vorwort|avant propos)\b"
)
# How a work relates to another one whose title it may repeat. These and the patterns of parts and numbers are
# compiled when they are first used: most imports compare no titles.
_ROLES = (
    ("correction", r"(?:author |publisher |editorial )?correct(?:ion|ed)s?|errat(?:um|a)|corrigend(?:um|a)"),
    ("retraction", r"retract(?:ion|ed)(?: notice| note)?|withdrawn|withdrawal|expression of concern"),
    ("reply", r"(?:author s? |authors |a )?(?:reply|replies|response|rejoinder|rebuttal|answer|erwiderung)"),
    ("comment", r"(?:a |some |further )?(?:comments?|commentary|remarks?|discussion|note)(?= (?:on|to|of|about)\b)"),
    ("review", r"(?:book )?reviews?(?= of\b)|review (?=of\b)|book review"),
    ("addendum", r"addend(?:um|a)|supplement(?:ary)?(?: (?:material|information|data|to|for)s?)?|appendix"),
    ("introduction", r"(?:guest )?editorial|preface|foreword|introduction(?= to (?:the )?(?:special|theme))"),
    ("abstract", r"(?:extended )?abstract|poster|summary(?= of\b)|slides|talk"),
)  # fmt: skip
_ROLE = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _ROLES)
_ROLE_AT_END = (
    r"(?P<correction>errat(?:um|a)|corrigend(?:um|a)|correction)$|(?P<retraction>retracted|withdrawn)$"
    r"|(?P<reply>(?:authors? s? ?)?(?:reply|response|rejoinder))$|(?P<comment>comments?|discussion)$"
    r"|(?P<addendum>addendum|supplement|appendix|supplementary (?:material|information)s?)$"
    r"|(?P<abstract>(?:extended |conference )?abstract|poster)$"
)
_PART = (
    r"\b(?:part|pt|parts|volume|vol|band|bd|teil|tl|partie|parte|tome|tom|tomo|book|chapter|chap|ch|section|sec|lecture"
    r"|lesson|paper|study|phase|episode|day|edition|release|version|ver|supplement|number|no|nr|issue|act|stage|step"
    r"|unit|module|series|report|session|часть|том|глава|selection|round|wave|season) "
    r"(?P<number>\d+[a-z]?|[ivxlc]+|[a-h]|one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth)\b"
)
_ORDINAL_PART = (
    r"\b(?P<number>\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|erster|zweiter"
    r"|dritter|premiere?|deuxieme|troisieme) (?:part|volume|edition|report|teil|band|partie|tome|annual|workshop"
    r"|conference|symposium|meeting|international|issue|supplement)\b"
)
_ROMAN_END = r"(?:^|\s)(?P<number>[ivx]+)(?:$)|^(?P<first>[ivx]+) (?=\w)"
_NUMBERS = r"(?<![\w])v?\d+(?:[a-z]\b)?|(?<=[a-z])\d+\b|[+#*]+"
_VALUES = {
    word: number
    for number, words in enumerate(
        (
            "i one first 1st a erster premier premiere",
            "ii two second 2nd b zweiter deuxieme",
            "iii three third 3rd c dritter troisieme", "iv four fourth 4th d", "v five fifth 5th e",
            "vi six sixth 6th f", "vii seven seventh 7th g", "viii eight eighth 8th h",
            "ix nine ninth 9th", "x ten tenth 10th",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_VERSION_MARKS = re.compile(r"v?\d+(?:\.\d+)*|[+#*]+")
_NUMERAL = re.compile(r"(?:\d+|[ivxlc]+|[a-z]|part|volume|vol|no|version|revisited|[+#*]+)\Z")


@lru_cache(maxsize=65_536)
def is_generic(title: str) -> bool:
    """Whether works of many authors and years have this title, so that it does not identify a work."""
    if _PERIODICAL.search(title) or _GENERIC_START.match(title):
        return True
    words = title.split()
    return all(word in _GENERIC_WORDS or word.isdigit() or word in _VALUES for word in words)


def title_role(title: str) -> str:
    """How the title relates the work to another one, such as ``reply``; empty if it does not."""
    found = re.match(_ROLE, title) or re.search(_ROLE_AT_END, title)
    if found is None or (found.end() < len(title) and title[found.end()].isalnum()):
        return ""
    return found.lastgroup or ""


def is_same_part(one: str, other: str) -> bool:
    """Whether no number and no part in two titles makes them different members of a series."""
    if (parts := _parts(one)) != _parts(other):
        return False
    if parts:
        return True
    numbers, others = _numbers(one), _numbers(other)
    return (numbers == others or not (numbers and others)) and not _differ_in_number(one, other)


def _differ_in_number(one: str, other: str) -> bool:
    """Whether two titles differ only in a number or version mark: ``SeiT++``, ``Part II``, ``v2``."""
    left, right = one.split(), other.split()
    only_left = [word for word in left if word not in right]
    only_right = [word for word in right if word not in left]
    stems = {stem for word in only_left if (stem := _VERSION_MARKS.sub("", word))}
    if any(_VERSION_MARKS.sub("", word) in stems for word in only_right):
        return True
    rest = only_left + only_right
    return bool(rest) and all(_NUMERAL.match(word) for word in rest)


@lru_cache(maxsize=16_384)
def _parts(title: str) -> frozenset[str]:
    """The part numbers in a title."""
    found = [match["number"] for pattern in (_PART, _ORDINAL_PART) for match in re.finditer(pattern, title)]
    found += [match["number"] or match["first"] for match in re.finditer(_ROMAN_END, title)]
    return frozenset(_value(text) for text in found)


def _value(text: str) -> str:
    return str(_VALUES.get(text, text))


@lru_cache(maxsize=16_384)
def _numbers(title: str) -> frozenset[str]:
    return frozenset(match[0].removeprefix("v") for match in re.finditer(_NUMBERS, title))
