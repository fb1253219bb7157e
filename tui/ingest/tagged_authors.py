"""Parse the author tags of tagged records, with one or several names per value.

Handles the ways in which databases and people fill these tags; lists of names are split by ``author_lists``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.ingest.author_format import from_family_first, is_et_al
from tui.ingest.author_lists import (
    initials_last,
    names_by_line,
    names_in,
    without_degrees,
    without_et_al,
    without_orcid,
)
from tui.model.author_name import parse_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_AND = re.compile(r",?\s+(?:and|\\?&)\s+")
_SHORT = re.compile(r"([^,]*[^\W\d_]{2}[^,\s]*)\s+([^\W\d_](?:-?[^\W\d_]){0,3})\Z")
_SUFFIX = re.compile(r"(?<=[^\W\d_a-z])\s+(Jr|Sr|2nd|3rd|4th|I{2,3}|IV)\.?\Z")
_SUFFIX_LAST = re.compile(r"([^,]+),\s*([^,]+?)\s+(Jr\.?|Sr\.?|2nd|3rd|4th|I{2,3}|IV)\Z")
_DOCTOR = re.compile(r"(\S.*\s(?:[^\W\d_]\.\s?\S.*|[A-Z]{1,3})),\s*M\.?D\.?\Z")
# Family, Given; a family name that ends in capitals may contain initials.
_PLAIN = re.compile(r"\s*[^\W\d_](?:[^\W\d_]|['\u2019. -])*(?<=[^\WA-Z\d_]),\s?[^\W\d_](?:[^\W\d_]|['\u2019. -])*\Z")
_NOT_PLAIN = re.compile(r"\b(?:and|et|others?|otros|autres|outros|al)\b", re.IGNORECASE)
_INITIAL = re.compile(r"(?:\A|\s)[^\W\d_]\.")
_SURE_INITIALS = re.compile(r"\s(?:[^\W\d_]|[BCDFGHJKLMNPQRSTVWXZ]{2})\.?\Z")
_MAX_WORDS = 2


def tagged_names(values: Sequence[Sequence[str]], *, initials_last_always: bool = False) -> tuple[list[str], bool]:
    """The names, and whether the list is incomplete.

    Args:
        values: the lines of every value.
        initials_last_always: whether a name without a comma is always ``Family JA``, as in PubMed.
    """
    names: list[str] = []
    truncated = False
    plain = [_is_plain(lines) for lines in values]
    one_each = any(plain)
    for lines, whole in zip(values, plain, strict=True):
        if whole:  # the common case
            names.append(lines[0].strip())
            continue
        for text in _one_each([line for line in lines if line]):
            name, others = without_et_al(without_orcid(text).strip())
            others = others or is_et_al(name)
            truncated |= others
            names += [] if is_et_al(name) else _split(name, one_each=one_each)
    names = [_without_degrees(name) for name in names]
    names = _initials(names, always=initials_last_always)
    return [name for name in map(from_family_first, map(_suffix_between, names)) if name], truncated


def _is_plain(lines: Sequence[str]) -> bool:
    """Whether a value is a single name ``Family, Given``."""
    return len(lines) == 1 and _PLAIN.match(lines[0]) is not None and not _NOT_PLAIN.search(lines[0])


def _one_each(lines: list[str]) -> list[str]:
    """The lines if each holds a name, else all of them joined."""
    if len(lines) < 2:
        return lines
    if initials_last(lines) != lines:
        return lines
    return names_by_line("\n".join(lines)) or [" ".join(lines)]


def _split(text: str, *, one_each: bool) -> list[str]:
    """Split one value into names.

    Args:
        text: the value.
        one_each: whether another value is a single name ``Family, Given``, so that a lone comma is part of a name.
    """
    whole = text.rstrip(" ,")
    if one_each and whole.count(",") == 1 and not (";" in whole or "&" in whole or " and " in whole):
        return [text]
    if ";" in whole or "," in whole or "&" in whole or " and " in whole:
        for candidate in (_AND.sub(", ", whole), _AND.sub(" & ", whole), whole):
            names = names_in(candidate)
            if len(names) > 1:
                return [name for name in names if name and not is_et_al(name)]
        if pairs := _pairs(whole):
            return pairs
        if "," in whole:
            return [whole]
    return [text] if text else []


def _pairs(text: str) -> list[str]:
    """The names of ``Family, Given, Family, Given`` if at least one has an initial, else nothing."""
    parts = [part.strip() for part in text.split(",")]
    given = parts[1::2]
    if len(parts) < 4 or len(parts) % 2 or not any(map(_INITIAL.search, given)):
        return []
    if any(_INITIAL.search(part) for part in parts[::2]) or not all(map(str.istitle, (part[:1] for part in parts))):
        return []
    if any(len(part.split()) > _MAX_WORDS for part in parts):
        return []
    return [f"{family}, {name}" for family, name in zip(parts[::2], given, strict=True)]


def _without_degrees(name: str) -> str:
    """The name without degrees; ``MD`` is one in ``Smith JA, MD``, but may be initials in ``Lopez, MD``."""
    if name.count(",") == 1 and (found := _DOCTOR.match(name)) is not None:
        return found[1]
    bare = without_degrees(name)
    return bare if len(bare.split(",")) < len(name.split(",")) or "," not in name else name


def _suffix_between(name: str) -> str:
    """``King, Martin L. Jr.`` as ``King, Jr., Martin L.``."""
    found = _SUFFIX_LAST.match(name)
    return f"{found[1]}, {found[3]}, {found[2]}" if found else name


def _initials(names: list[str], *, always: bool) -> list[str]:
    """Insert a comma before initials that follow the family name."""
    if not always and all(map(str.isupper, names)) and not any(map(_SURE_INITIALS.search, names)):
        return names  # SHEN CAIZHI and ADAM LU are whole names
    together = initials_last(names)
    if together != names:
        return together
    return [_comma_before_initials(name, always=always) for name in names]


def _comma_before_initials(name: str, *, always: bool) -> str:
    if "," in name or " " not in name:
        return name
    suffix = _SUFFIX.search(name) if always else None
    bare = name[: suffix.start()] if suffix else name
    if parse_name(bare).literal:
        return name
    if not always:
        whole = name.isupper() and not _SURE_INITIALS.search(name)
        return name if whole else initials_last([name])[0]
    found = _SHORT.match(bare)
    if found is None or not found[2].isupper():
        return name
    given = "-".join(" ".join(f"{letter}." for letter in part) for part in found[2].split("-"))
    return ", ".join(filter(None, (found[1], suffix and suffix[1], given)))
