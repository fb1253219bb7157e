"""Author lists as a user types or pastes them: names between semicolons, or joined by ``and`` as in BibTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.model.author_name import parse_name

if TYPE_CHECKING:
    from collections.abc import Iterable

MORE_AUTHORS = ("et al.", "et al", "and others", "others")
_AND = re.compile(r",?\s+(?:and|&)\s+", re.IGNORECASE)
_MORE = re.compile(r"[\s,]+(and\s+others|et\s+al\.?)\Z", re.IGNORECASE)
_LEAST_COMMAS = 2  # one comma may separate the parts of one name


def split_typed_authors(text: str) -> list[str]:
    """The names of a typed list; a final word for more authors stays as it was typed.

    Semicolons always separate names. Without them, ``and``, ``&`` and commas do if every part is then the name of a
    person, so that ``Department of Food and Drugs`` and ``Family, Given`` stay whole.

    Args:
        text: the list, on one line.
    """
    names = _parts(text.split(";"))
    if len(names) != 1 or "{" in text:
        return names
    listed, *more = _parts(_MORE.split(names[0]))
    found = _parts(_AND.split(listed))
    # If the last name is "Given Family", all of them are; so are those of a list with commas only.
    if (len(found) > 1 and "," not in found[-1]) or (len(found) == 1 and listed.count(",") >= _LEAST_COMMAS):
        found = _parts(piece for part in found for piece in part.split(","))
    return [*found, *more] if found and all(map(_is_person, found)) else names


def _parts(pieces: Iterable[str]) -> list[str]:
    return [piece for each in pieces if (piece := each.strip())]


def _is_person(name: str) -> bool:
    parsed = parse_name(name)
    return bool(parsed.given and parsed.family)
