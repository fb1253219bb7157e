"""The publication of a paper as an entry type and fields of BibTeX or biblatex."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.export import latex_escape, text_cleanup
from tui.model.publication import NO_PUBLICATION, PUBLICATION_FIELDS
from tui.model.publication_types import TYPES
from tui.model.value_kind import ENTRY_TYPE
from tui.text.unknown_latex import REFUSED, command_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tui.model.paper import Paper
    from tui.model.publication import Publication

    People = Callable[[Sequence[str]], str]

SOURCE = "bibtex"  # the format of extra fields
ET_AL = "et al."
# Roles of contributors that have fields.
ROLES = {
    "container-author": "bookauthor", "annotator": "annotator", "commentator": "commentator",
    "introduction": "introduction", "foreword": "foreword", "afterword": "afterword", "holder": "holder",
}  # fmt: skip
_PREPRINT = "article"
_GENRES = {"PhD thesis": "phdthesis", "Master's thesis": "mastersthesis"}
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
_THESES = frozenset(("phdthesis", "mastersthesis"))
# Written by other rules than the name in the table.
_SPECIAL = frozenset(
    (
        "type", "genre", "container_title", "issue", "number", "series_number", "pages", "isbn", "issn",
        "institution", "place", "editors", "translators", "contributors", "keywords", "files", "extra", "accessed",
        "original_date", "event_date",
    )
)  # fmt: skip
_TEXTS = tuple((row.name, row.bibtex[0]) for row in PUBLICATION_FIELDS if row.bibtex and row.name not in _SPECIAL)
_DATES = (("event_date", "eventdate"), ("original_date", "origdate"), ("accessed", "urldate"))
_NAME = re.compile(r"[^\W\d_][^\s\"#%'(),={}\\~@]*")
_WITH_DATES = ("date", "year", "month", "day", "eprint")


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
    """The entry type.

    Args:
        publication: the publication.
        names: of the dialect.
        is_online: whether the paper has an identifier or a link, which biblatex requires of ``@online``.
    """
    for source, name, value in publication.extra:
        if name == ENTRY_TYPE and source == SOURCE and _NAME.fullmatch(value):
            return value.lower()
    row = TYPES.get(publication.type or _PREPRINT, TYPES[_PREPRINT])
    if not names.biblatex:
        return _GENRES.get(publication.genre or "", row.bibtex) if row.bibtex in _THESES else row.bibtex
    return "misc" if row.biblatex == "online" and not is_online else row.biblatex


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
    }
    for attribute, name in _TEXTS:
        if value := getattr(publication, attribute):
            fields[name] = latex_escape.escape_line(value)
    if publication.pages:
        fields["pages"] = latex_escape.escape_line(publication.pages).replace("\u2013", "--")
    for attribute, name in _DATES:
        fields[name] = text_cleanup.clean_line(getattr(publication, attribute) or "")
    fields["isbn"] = latex_escape.escape_line(", ".join(publication.isbn))
    fields["issn"] = latex_escape.escape_line(", ".join(publication.issn))
    fields["file"] = latex_escape.escape_verbatim(";".join(publication.files)) if publication.files else ""
    return {name: value for name, value in fields.items() if value}


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
        own = written.get(name.lower(), "")
        if not own or name == "file" or (name in _WITH_DATES and own in value):
            found[name.lower()] = raw_latex(value)
    return found


def raw_latex(value: str) -> str:
    """A field of a bibliography, unchanged but for spaces unless it would break the file or run a harmful command."""
    line = text_cleanup.clean_line(value)
    if "\\" not in line and "{" not in line and "}" not in line:
        return line
    depth = 0
    for character in line:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            break
    commands = command_names(line)
    if depth or line.endswith("\\") or "^^" in line or not REFUSED.isdisjoint(commands):
        return latex_escape.escape_line(line, commands)
    return line


def has_other_roles(publication: Publication) -> bool:
    """Whether people have roles for which there is no field."""
    return any(role not in ROLES for role, _ in publication.contributors)


def _venue(publication: Publication, kind: str, names: BibNames) -> Iterator[tuple[str, str]]:
    """What it is a part of, its numbers, kind and institution."""
    in_book = kind in _PARTS_OF_BOOKS
    if publication.container_title:
        yield "booktitle" if in_book else names.journal, latex_escape.escape_line(publication.container_title)
    row = TYPES.get(publication.type or _PREPRINT, TYPES[_PREPRINT])
    own = "issue" if publication.container_title and not in_book else row.number
    numbers = (getattr(publication, attribute) for attribute in dict.fromkeys((own, "number", "series_number")))
    if number := next(filter(None, numbers), None):
        yield "number", latex_escape.escape_line(number)
    if publication.issue and own != "issue":
        yield "issue", latex_escape.escape_line(publication.issue)
    if publication.genre and not (kind in _THESES and _GENRES.get(publication.genre) == kind):
        genre = _KEYS_OF_BIBLATEX.get(publication.genre, publication.genre) if names.biblatex else publication.genre
        yield "type", latex_escape.escape_line(genre)
    if publication.institution:
        is_thesis = kind in _THESES or kind == "thesis"
        yield names.school if is_thesis else "institution", latex_escape.escape_line(publication.institution)
    if publication.place:
        yield names.place, latex_escape.escape_line(publication.place)


def _contributors(publication: Publication, people: People) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for role, name in publication.contributors:
        if role in ROLES:
            found.setdefault(ROLES[role], []).append(name)
    return {field: people(named) for field, named in found.items()}


def _people(names: Sequence[str], people: People) -> str:
    return people(names) if names else ""
