"""Split the keyword fields of bibliographies, and convert keywords to tags.

A comma separates keywords in a list on one line, but is part of the keyword in ``Diabetes Mellitus, Type 2`` and
``1,2-diol``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.model.arxiv_names import NAMES
from tui.text.markup import without_entities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LOCANT = r"(?:\d{1,2}[a-z]?|[A-Z]|[a-z]|[\u03b1-\u03c9])['\u2019\u2032]{0,2}"
# Commas inside a keyword: 1,2-diol, N,N-dimethyl, 10,000 genomes, and the names of some categories of arXiv.
_INNER_COMMAS = re.compile(
    rf"(?<!\w){_LOCANT}(?:,{_LOCANT})+-(?=[\w(\[])|(?<!\d)\d{{1,3}}(?:,\d{{3}})+(?!\d)"
    rf"|{'|'.join(re.escape(name) for name in NAMES.values() if ',' in name)}"
)
_COMMA = "\x00"
_OTHER_SEPARATORS = re.compile(r"\n|\s[\u00b7\u2022|]\s")
# Most commas in a single keyword, if each has its own tag or its own line.
_OF_ONE_HEADING = 3
_OF_A_HEADING_IN_LINES = 2
_HEADING = re.compile(r"[A-Z0-9][\w'-]*(?: [A-Z0-9][\w'-]*)*, [A-Z0-9][\w'-]*(?: [A-Z0-9][\w'-]*)*\Z")
_BELOW = re.compile(r"(?<=\S)\s*[>\u203a\u2192]\s*(?=\d*[^\W\d_])|(?<=\S)\s+--\s+(?=\w)")
_NOT_IN_A_TAG = re.compile(r"[^\w\-.+/:]+")
_QUALIFIED = re.compile(r"[^/]+/(?:.*/)?(?:\*|[^/]+\*(?:/|\Z))")


def listed_keywords(text: str) -> list[str]:
    """Split a list of keywords at semicolons, or else at commas, and at line ends."""
    rows = _OTHER_SEPARATORS.split(without_entities(text))
    parts = [part for row in rows for part in (row.split(";") if ";" in row else _by_comma(row))]
    return [word for part in parts if (word := part.strip())]


def tagged_keywords(values: Sequence[Sequence[str]], *, wrapped: bool = False) -> list[str]:
    """Split the values of a tag that is repeated for each keyword, or given once for all.

    Args:
        values: the lines of every value.
        wrapped: whether further lines continue the keyword of the line before; otherwise each line is one.
    """
    found: list[str] = []
    for value in values:
        lines = [line for line in value if line]
        broken = wrapped or any(";" in line for line in lines) or any(line.endswith(",") for line in lines[:-1])
        rows = [" ".join(lines)] if broken else lines
        commas = _OF_ONE_HEADING if len(values) > 1 else _OF_A_HEADING_IN_LINES if len(rows) > 1 else 0
        found += [word for row in rows for word in _row_keywords(without_entities(row), commas)]
    return found


def single_keywords(values: Iterable[str]) -> list[str]:
    """The keywords of a tag that is repeated for each, whatever commas they contain."""
    parts = [part for value in values for part in without_entities(value).split(";")]
    return [word for part in parts if (word := part.strip(" *"))]


def subject_headings(values: Iterable[str]) -> list[str]:
    """Subject headings of PubMed, one for each qualifier: ``Term/*drug therapy/diagnosis`` yields two."""
    return [word for value in values for word in _heading(without_entities(value))]


def tag_of(word: str) -> str:
    """Convert a keyword to a tag, ``A > B`` to ``A/B``; valid tags are unchanged."""
    if not _NOT_IN_A_TAG.search(word):
        return word
    parts = (_NOT_IN_A_TAG.sub("-", part).strip("-") for part in _BELOW.sub("/", word).split("/"))
    return "/".join(filter(None, parts))


def _by_comma(text: str) -> list[str]:
    masked = _INNER_COMMAS.sub(lambda found: found[0].replace(",", _COMMA), text)
    return [part.replace(_COMMA, ",").strip() for part in masked.split(",")]


def _row_keywords(text: str, commas: int) -> Iterator[str]:
    """The keywords of one line; up to so many commas, and as in ``Models, Theoretical``, it is a single one."""
    if _QUALIFIED.match(text):
        yield from _heading(text)
    elif ";" in text:
        yield from filter(None, map(str.strip, text.split(";")))
    else:
        parts = [part for piece in _OTHER_SEPARATORS.split(text) for part in _by_comma(piece)]
        is_list = len(parts) - 1 > commas and not _HEADING.match(text)
        yield from filter(None, parts if is_list else [text.strip()])


def _heading(text: str) -> list[str]:
    term, *qualifiers = [part.strip(" *") for part in text.split("/")]
    return [f"{term}/{qualifier}" for qualifier in qualifiers if qualifier] or [term]
