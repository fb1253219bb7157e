"""Kinds of values of the fields of a publication: how each is stored, and how it is typed and shown as one text."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_JOINT = "; "


class Contributor(NamedTuple):
    """A person or organisation with a role other than author, editor or translator.

    Attributes:
        role: the name that CSL has for it (``collection-editor``), or else the name of the source.
        name: as in the authors of a paper.
    """

    role: str
    name: str


class ExtraField(NamedTuple):
    """A field of a source that no field of a publication holds, verbatim.

    Attributes:
        format: ``bibtex`` (biblatex, too), ``ris``, ``web of science``, ``medline``, ``refworks``, ``endnote`` or
            ``csl``.
        name: as in the source, in lower case in BibTeX; ``ENTRY_TYPE`` for the type itself.
        value: as in the source; in BibTeX in LaTeX, with its strings expanded; of CSL-JSON as JSON.
    """

    format: str
    name: str
    value: str


# The name of the extra field that holds the source's own type where exports would not write it for the type of the
# publication, or not always. No format has a field of that name.
ENTRY_TYPE = "entry type"
# An extra field of BibTeX: the kind of a thesis or report where the entry type says it, too.
GENRE = "type"
# Extra fields of BibTeX that say more of a date than the paper holds: a range, a season, words.
DATE_FIELDS = frozenset(("date", "year", "month", "day"))


class ValueKind(NamedTuple):
    """One kind of value.

    Attributes:
        empty: the default value.
        encode: the value as JSON.
        decode: the value of a JSON document; raises ValueError or TypeError if it has another shape.
        text: the value on one line, as the user types it.
        parse: the value of such a text, which has been checked; never called with an empty text.
        check: normalises a typed text; raises ValueError with a message.
        is_list: whether it has several values.
    """

    empty: Any
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]
    text: Callable[[Any], str]
    parse: Callable[[str], Any]
    check: Callable[[str], str] = str
    is_list: bool = False


def _same(value: Any) -> Any:  # noqa: ANN401, of any kind
    return value


def _decoded_text(value: Any) -> str:  # noqa: ANN401, read from JSON
    if type(value) is not str:
        raise TypeError(f"{value!r} is not a string")
    return intern(value)


def _decoded_texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401, read from JSON
    if not isinstance(value, (list, tuple)):
        raise TypeError(f"{value!r} is not a list")
    return tuple(map(_decoded_text, value))


def _decoded_rows(value: Any, length: int) -> tuple[tuple[str, ...], ...]:  # noqa: ANN401, read from JSON
    rows = tuple(map(_decoded_texts, value))
    if any(len(row) != length for row in rows):
        raise ValueError(f"{value!r} has rows that are not of length {length}")
    return rows


def _parts(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(";"))))


def _check_parts(text: str) -> str:
    if not _parts(text):
        raise ValueError("there is nothing between the semicolons")
    return _JOINT.join(_parts(text))


def _check_contributors(text: str) -> str:
    parts = []
    for part in _parts(text):
        role, colon, name = part.partition(":")
        if not (colon and role.strip() and name.strip()):
            raise ValueError(f"{part!r} is not of the form role: name (example: illustrator: Ada Larsen)")
        parts.append(f"{role.strip()}: {name.strip()}")
    return _check_parts(_JOINT.join(parts))


def _parse_contributors(text: str) -> tuple[Contributor, ...]:
    parts = (part.partition(": ") for part in _parts(text))
    return tuple(Contributor(role, name) for role, _, name in parts)


def _check_type(text: str) -> str:
    from tui.model.publication_types import TYPES, type_named  # noqa: PLC0415 - only typed corrections are checked

    found = type_named(text)
    if found is None:
        raise ValueError(f"{text!r} is not a type; the types are: {', '.join(TYPES)}")
    return found


def _check_pages(text: str) -> str:
    from tui.model.page_range import normalise_pages  # noqa: PLC0415 - only typed corrections are checked

    return normalise_pages(text)


TEXT = ValueKind(None, _same, _decoded_text, lambda value: value or "", _same)
TYPE = TEXT._replace(check=_check_type)
PAGES = TEXT._replace(check=_check_pages)
TEXTS = ValueKind((), list, _decoded_texts, _JOINT.join, _parts, _check_parts, is_list=True)
CONTRIBUTORS = ValueKind(
    (),
    lambda value: [list(row) for row in value],
    lambda value: tuple(Contributor(*row) for row in _decoded_rows(value, 2)),
    lambda value: _JOINT.join(f"{role}: {name}" for role, name in value),
    _parse_contributors,
    _check_contributors,
    is_list=True,
)
EXTRAS = ValueKind(
    (),
    lambda value: [list(row) for row in value],
    lambda value: tuple(ExtraField(*row) for row in _decoded_rows(value, 3)),
    lambda value: _JOINT.join(f"{name} = {text}" for _, name, text in value),
    lambda _: (),
    is_list=True,
)
