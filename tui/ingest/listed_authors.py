"""Split the author lists that web pages and e-mails print: ``Eva Low, F. High, +3 authors | Gil Mid …``.

Signs that a list is incomplete are never names, and neither is the text of buttons.
"""

from __future__ import annotations

import re

from tui.ingest.author_format import format_author
from tui.ingest.boilerplate import is_boilerplate
from tui.ingest.wordlist import parse_words
from tui.model.author_name import AuthorName, parse_name

_LABEL = re.compile(r"authors?\s*[:：]\s*", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)")
_OPEN_BRACKET = re.compile(r"\s*\([^()]*\Z")
_MORE = re.compile(
    r"(?:\band\b|&|,|\+|\()?\s*\+?\s*\d+\s+(?:(?:more|other|additional)\s+)?(?:authors?|others|more)\b"
    r"(?:\s+not\s+shown)?\)?|\bet\.?\s+al\b\.?|\band\s+others\b|…|\.{3}|\+\s?\d+\b"
    r"|\bshow (?:more|all)(?: authors)?\b|\bexpand authors\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:[;|·•∙⋅、，]|\t|,(?:\s+and\s+|\s*&\s+)?|\s+and\s+|\s+&\s+)\s*")
_FOOTNOTE = re.compile(r"[\s*∗†‡§¶#⋆✉ᵃᵇᶜ¹²³⁴⁵⁶⁷⁸⁹⁰,]+\Z|\^?\{?\d+(?:,\d+)*\}?\Z")
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV|2nd|3rd)\Z")
_NOT_IN_NAMES = re.compile(r"[@/\\<>{}=\[\]_%$!?\"“”]|\d|https?:")
_COLLABORATION = re.compile(
    r"\b(?:collaborations?|consortium|team|group|initiative|network|project|working group)\b", re.IGNORECASE
)
_NO_NAME = parse_words(
    """
    a about abs abstract alert all an are article articles as at authors be bib bibtex by can cite cited code
    comments cookies create doi download everyone expand export for free from full get has history home how html
    in is it keywords less library login more my new not on or our paper papers pdf poster published reader
    readers related results revisions save scholar search see semantic share show sign source subjects submitted
    than that the their these this title to university using versions via video view was we were what when where
    which why with without you your
    """
)
_LONGEST_NAME = 80
_LONGEST_LIST = 100_000
_MOST_WORDS = 7
_MOST_AUTHORS = 5_000


def split_listed_authors(text: str) -> tuple[tuple[str, ...], bool]:
    """The names of an author list, and whether the list is incomplete.

    Args:
        text: the list, perhaps after ``Authors:``; affiliations in brackets and marks of footnotes are left out.
    """
    text = _LABEL.sub("", " ".join(text[:_LONGEST_LIST].split()), 1)
    text = _OPEN_BRACKET.sub("", _IN_BRACKETS.sub(_bracket, text))
    whole = _MORE.sub(", ", text)
    names: list[str] = []
    for piece in _SEPARATOR.split(whole)[: _MOST_AUTHORS + 1]:
        name = _bare_name(piece)
        if names and _SUFFIX.match(name):
            names[-1] = f"{names[-1]} {name}"
        elif name and _is_listable(name):
            names.append(_as_printed(name))
    return tuple(dict.fromkeys(names)), whole != text


def is_author_list(text: str) -> bool:
    """Whether a line, without a label, is nothing but names of persons and collaborations."""
    if len(text) > _LONGEST_LIST or (text.endswith((".", ":", ";", "?", "!")) and not _ends_in_initial(text)):
        return False
    bare = _OPEN_BRACKET.sub("", _IN_BRACKETS.sub(_bracket, " ".join(text.split())))
    pieces = [_bare_name(piece) for piece in _SEPARATOR.split(_MORE.sub(", ", bare))]
    names = [piece for piece in pieces if piece and not _SUFFIX.match(piece)]
    return bool(names) and all(map(is_person, names)) and (len(names) > 1 or len(names[0].split()) > 1)


def is_person(name: str) -> bool:
    """Whether a text is a plausible name of a person or collaboration."""
    words = name.split()
    if not words or len(words) > _MOST_WORDS or len(name) > _LONGEST_NAME or _NOT_IN_NAMES.search(name):
        return False
    if _COLLABORATION.search(name):
        return name[0].isupper() or name.startswith("the ")
    if ":" in name or _is_other_text(words):
        return False
    last = words[-1].strip("'’`-")
    return last[:1].isupper() or _has_no_case(last[:1])


def _is_other_text(words: list[str]) -> bool:
    """Whether words are not a name: one in lower case is an ordinary word, or most are (``Yang You`` is a name)."""
    ordinary = [word for word in words if _is_ordinary(word)]
    return any(word.islower() for word in ordinary) or 2 * len(ordinary) > len(words)


def _is_ordinary(word: str) -> bool:
    bare = word.strip(".,")
    return bare.lower() in _NO_NAME and not (len(bare) == 1 and bare.isupper())


def _bracket(found: re.Match[str]) -> str:
    """What is left of a bracket: the sign that more authors follow."""
    return f", {more[0]}" if (more := _MORE.search(found[0])) is not None else ""


def _bare_name(piece: str) -> str:
    name = piece.strip(" \u200b,;")
    while (shorter := _FOOTNOTE.sub("", name)) != name:
        name = shorter
    return name.strip().removeprefix("and ").removeprefix("by ")


def _is_listable(name: str) -> bool:
    """Whether a piece of a list of authors can be one of them."""
    if len(name) > _LONGEST_NAME * 2 or not any(letter.isalpha() for letter in name) or is_boilerplate(name):
        return False
    return not all(map(_is_ordinary, name.split())) and "http" not in name and "@" not in name


def _as_printed(name: str) -> str:
    """The name, in braces if it is a collaboration that would be taken for a person."""
    bare = name.removeprefix("for ").removeprefix("the ") if _COLLABORATION.search(name) else name
    return format_author(AuthorName(literal=bare)) if bare != name or _is_hidden_group(name) else name


def _is_hidden_group(name: str) -> bool:
    return _COLLABORATION.search(name) is not None and not parse_name(name).literal


def _ends_in_initial(text: str) -> bool:
    return re.search(r"(?:\b[^\W\d_]|\b(?:al|[JS]r)|\.\.)\.\Z", text) is not None


def _has_no_case(letter: str) -> bool:
    return letter.isalpha() and letter.lower() == letter.upper()
