"""Format author names so that parsing the formatted name gives the same parts again."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.model.author_name import AuthorName, parse_name

_ET_AL = frozenset(("others", "et al", "al, et", "\\etal"))
_NOT_IN_OTHERS = str.maketrans("", "", "{}.")
_SUFFIX = re.compile(r"(?:[JSjs]r\.?|JR\.?|SR\.?|I{2,3}|IV|2nd|3rd|4th)\Z")


def is_et_al(name: str) -> bool:
    """Whether a name means "and others": ``others``, ``{Others}``, ``al., Et``."""
    return name.translate(_NOT_IN_OTHERS).strip().casefold() in _ET_AL


def without_suffix(given: str) -> tuple[str, str]:
    """Split a suffix from the given names (``Walter O., III``); empty if there is none."""
    names, _, suffix = given.rpartition(",")
    return (names.strip(), suffix.strip()) if names and _SUFFIX.match(suffix.strip()) else (given, "")


def format_author(name: AuthorName) -> str:
    """The name as an author list shows it: ``Given Family`` if that parses into the same parts."""
    if name.literal:
        return name.literal if parse_name(name.literal).literal else f"{{{name.literal}}}"
    if not name.given and not name.particle and not name.suffix:
        return name.family if len(name.family.split()) < 2 else f"{{{name.family}}}"
    natural = " ".join(filter(None, (name.given, name.particle, name.family, name.suffix)))
    spellings = [natural]
    if name.given and not natural.isascii():
        spellings = [f"{name.family}{name.given}", f"{name.family} {name.given}", natural]
    listed = ", ".join(filter(None, (f"{name.particle} {name.family}".strip(), name.suffix, name.given)))
    return next((text for text in spellings if parse_name(text) == name), listed if name.given else natural)


@lru_cache(maxsize=8192)
def from_family_first(text: str) -> str:
    """The name ``Family, Given``, ``Family, Jr., Given`` or ``Family, Given, Jr.`` as an author list shows it.

    A name that ends in a comma is an organisation: ``New Horizons,``.
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 3:
        return text
    if len(parts) == 2 and not parts[1]:
        return format_author(AuthorName(literal=parts[0])) if parts[0] else ""
    if len(parts) == 3 and _SUFFIX.match(parts[2]):
        parts = [parts[0], parts[2], parts[1]]
    if len(parts) == 1 or not all(parts):
        return " ".join(filter(None, parts))
    if len(parts) == 2:
        natural = f"{parts[1]} {parts[0]}"
        name = parse_name(natural)
        if (name.surname, name.given, name.suffix) == (*parts, ""):
            return natural
    return format_author(parse_name(", ".join(parts)))
