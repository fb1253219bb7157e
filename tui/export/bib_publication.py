"""The publication of a paper as an entry type and fields of BibTeX or biblatex."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tui.bibtex.file_field import join_files
from tui.latex import escape
from tui.latex.syntax import command_names
from tui.latex.unknown_commands import REFUSED
from tui.model.publication import NO_PUBLICATION, PUBLICATION_FIELDS
from tui.model.publication_types import TYPES
from tui.model.value_kind import ENTRY_TYPE
from tui.text import cleanup

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from tui.model.paper import Paper
    from tui.model.publication import Publication

    People = Callable[[tuple[str, ...]], str]

SOURCE = "bibtex"  # the format of extra fields
ET_AL = "et al."
# Roles of contributors that have fields.
ROLES = {
    "container-author": "bookauthor", "annotator": "annotator", "commentator": "commentator",
    "introduction": "introduction", "foreword": "foreword", "afterword": "afterword", "holder": "holder",
}  # fmt: skip
_PREPRINT = "article"
_GENRES = {"PhD thesis": "phdthesis", "Master's thesis": "mastersthesis"}
# What BibTeX prints of a type without a field.
_IMPLIED_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis", "techreport": "Technical report"}
_KEYS_OF_BIBLATEX = {
    "PhD thesis": "phdthesis", "Master's thesis": "mathesis", "Technical report": "techreport",
    "Research report": "resreport",
}  # fmt: skip
_PARTS_OF_BOOKS = frozenset(
    (
        "inproceedings", "conference", "incollection", "inbook", "bookinbook", "suppbook", "suppcollection",
        "inreference", "book", "proceedings", "collection", "mvbook", "manual",
    )
)  # fmt: skip
_ISSUED = frozenset(("thesis", "report"))
_THESES = frozenset(("phdthesis", "mastersthesis"))
_ONLY_BIBLATEX = frozenset(row.biblatex for row in TYPES.values()) - {row.bibtex for row in TYPES.values()}
# Written by other rules than the name in the table.
_SPECIAL = frozenset(
    (
        "type", "genre", "container_title", "issue", "number", "series_number", "pages", "isbn", "issn",
        "institution", "place", "editors", "translators", "contributors", "keywords", "files", "extra", "accessed",
        "original_date", "event_date",
    )
)  # fmt: skip
_TEXTS = tuple((row.name, row.bibtex) for row in PUBLICATION_FIELDS if row.bibtex and row.name not in _SPECIAL)
_DATES = (("event_date", "eventdate"), ("original_date", "origdate"), ("accessed", "urldate"))
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_:.+*/'-]*")
_KIND = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_PARTS_OF_DATES = ("year", "month", "day")
_KNOWN_IN_PART = ("date", *_PARTS_OF_DATES, "eprint")


class BibNames(NamedTuple):
    """Names that differ between BibTeX and biblatex.

    Attributes:
        biblatex: whether it is biblatex.
        journal: field of the journal.
        place: field of the place.
        school: field of the institution of a thesis.
    """

    biblatex: bool
    journal: str
    place: str
    school: str


BIBTEX = BibNames(False, "journal", "address", "school")
BIBLATEX = BibNames(True, "journaltitle", "location", "institution")


def entry_type(publication: Publication, names: BibNames, *, is_online: bool) -> str:
    """The entry type: that of the source, if the paper keeps it and the dialect has it.

    Args:
        publication: the publication.
        names: of the dialect.
        is_online: whether the paper has an identifier or a link, which biblatex requires of ``@online``.
    """
    for source, name, value in publication.extra:
        if name == ENTRY_TYPE and source == SOURCE and _is_valid(value.lower(), publication.genre, names):
            return value.lower()
    row = TYPES.get(publication.type or _PREPRINT, TYPES[_PREPRINT])
    if not names.biblatex:
        return _GENRES.get(publication.genre or "", row.bibtex) if row.bibtex in _THESES else row.bibtex
    return "misc" if row.biblatex == "online" and not is_online else row.biblatex


def _is_valid(kind: str, genre: str | None, names: BibNames) -> bool:
    """Whether a source's entry type can be written: the dialect has it, and it implies no other genre."""
    if not _KIND.fullmatch(kind) or (kind in _ONLY_BIBLATEX and not names.biblatex):
        return False
    return kind not in _IMPLIED_GENRES or (genre is not None and _GENRES.get(genre, kind) == kind)


def publication_fields(paper: Paper, kind: str, names: BibNames, people: People) -> dict[str, str]:
    """The fields, as between their braces.

    Args:
        paper: the paper.
        kind: its entry type.
        names: of the dialect.
        people: writes names.
    """
    publication = paper.publication
    if publication is NO_PUBLICATION:
        return {}
    fields = {
        "editor": _people(publication.editors, people),
        "translator": _people(publication.translators, people),
        **_contributors(publication, people),
        **dict(_venue(publication, kind, names)),
        **_issuer(publication, kind, names),
    }
    taken = {name for source, name, _ in publication.extra if source == SOURCE}
    for attribute, aliases in _TEXTS:
        if value := getattr(publication, attribute):
            fields[_free(aliases, taken)] = _text(value)
    if publication.pages:
        fields["pages"] = _text(publication.pages).replace("\u2013", "--")
    for attribute, name in _DATES:
        fields[name] = _text(getattr(publication, attribute) or "")
    fields["isbn"] = _text(", ".join(publication.isbn))
    fields["issn"] = _text(", ".join(publication.issn))
    fields["file"] = raw_latex(join_files(publication.files))
    return {name: value for name, value in fields.items() if value}


def _free(aliases: Sequence[str], taken: Container[str]) -> str:
    """The first name that no extra field has."""
    return next((name for name in aliases if name not in taken), aliases[0])


@lru_cache(maxsize=8192)
def _text(value: str) -> str:
    """A text as between braces; cached, because papers share their venues and publishers."""
    if "\\" not in value:  # then braces are no groups
        return escape.escape_note(cleanup.clean_line(value))
    return escape.escape_line(value, command_names(value))


def extra_fields(publication: Publication, written: dict[str, str]) -> dict[str, str]:
    """The fields of the source that readlist has no place for, as they came.

    Args:
        publication: the publication.
        written: the fields written so far, by name in lower case. What they say in part is replaced: a year by a
            range of years, a file by the file and its description.
    """
    found: dict[str, str] = {}
    for source, name, value in publication.extra:
        if source != SOURCE or name == ENTRY_TYPE or not _NAME.fullmatch(name):
            continue
        if name in _PARTS_OF_DATES and (written.get("date") or (name != "year" and "date" in written)):
            continue  # biber takes either a date or parts, which are numbers, but for the year
        own = written.get(name.lower(), "")
        if name == "file":
            if publication.files:
                found[name] = raw_latex(join_files(publication.files, value))
            continue
        if not own or (name in _KNOWN_IN_PART and (name == "month" or own in value)):
            found[name.lower()] = raw_latex(value)
    return found


@lru_cache(maxsize=8192)
def raw_latex(value: str) -> str:
    """A field of a bibliography, unchanged but for spaces unless it would break the file or run a harmful command."""
    line = cleanup.clean_line(value)
    if not any(character in line for character in "\\{}^"):
        return line
    depth = 0
    for character in line:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            break
    commands = command_names(line)
    if depth or line.endswith("\\") or "^^" in line or not REFUSED.isdisjoint(commands):
        return escape.escape_line(line, commands)
    return line


def _venue(publication: Publication, kind: str, names: BibNames) -> Iterator[tuple[str, str]]:
    """What it is a part of, and its numbers."""
    row = TYPES.get(publication.type or _PREPRINT, TYPES[_PREPRINT])
    in_book = kind in _PARTS_OF_BOOKS or (
        row.number != "issue" and not publication.issue and bool(publication.number or publication.series_number)
    )
    if publication.container_title:
        taken = {name for source, name, _ in publication.extra if source == SOURCE}
        aliases = ("booktitle", names.journal) if in_book else (names.journal, "journal", "booktitle")
        yield _free(aliases, taken), _text(publication.container_title)
    # What ``number`` means.
    own = "issue" if publication.container_title and not in_book else "number" if kind == "misc" else row.number
    named = bool(names.biblatex and publication.issue and not any(map(str.isdigit, publication.issue)))
    numbers = (getattr(publication, attribute) for attribute in dict.fromkeys((own, "number", "series_number")))
    if named and own == "issue":
        yield "issue", _text(publication.issue or "")  # such as Spring
    elif number := next(filter(None, numbers), None):
        yield "number", _text(number)
    if publication.issue and own != "issue":
        yield "issue", _text(publication.issue)


def _issuer(publication: Publication, kind: str, names: BibNames) -> dict[str, str]:
    """Kind, institution and place; formats without institutions have that of a thesis or report as publisher."""
    fields: dict[str, str] = {}
    is_thesis, genre = kind in _THESES or kind == "thesis", publication.genre
    if genre and _IMPLIED_GENRES.get(kind) != genre:
        fields["type"] = _text(_KEYS_OF_BIBLATEX.get(genre, genre) if names.biblatex else genre)
    elif not genre and publication.type == "thesis" and not names.biblatex:
        fields["type"] = "Thesis"  # BibTeX would make it a PhD thesis
    institution = publication.institution or (publication.publisher if publication.type in _ISSUED else None)
    taken = {name for source, name, _ in publication.extra if source == SOURCE}
    if institution:
        fields[_free((names.school if is_thesis else "institution", "institution", "school"), taken)] = _text(
            institution
        )
    if publication.place:
        fields[_free((names.place, "address", "location"), taken)] = _text(publication.place)
    return fields


def _contributors(publication: Publication, people: People) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for role, name in publication.contributors:
        if role in ROLES:
            found.setdefault(ROLES[role], []).append(name)
    return {field: people(tuple(named)) for field, named in found.items()}


def _people(names: tuple[str, ...], people: People) -> str:
    return people(names) if names else ""
