"""The publication of a row of Zotero's CSV; columns that no field of a publication holds are kept as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.ingest.publication_fields import (
    entry_type,
    institution_from_publisher,
    split_numbers,
    type_of_preprint,
)
from tui.model.page_range import normalise_pages
from tui.model.publication import Publication
from tui.model.value_kind import Contributor, ExtraField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_FORMAT = "zotero"
_TYPES = {
    "journalArticle": "article-journal", "magazineArticle": "article-magazine",
    "newspaperArticle": "article-newspaper", "conferencePaper": "paper-conference", "preprint": "article",
    "book": "book",
    "bookSection": "chapter", "thesis": "thesis", "report": "report", "dataset": "dataset",
    "computerProgram": "software", "webpage": "webpage", "blogPost": "post-weblog", "forumPost": "post",
    "manuscript": "manuscript", "encyclopediaArticle": "entry-encyclopedia",
    "dictionaryEntry": "entry-dictionary", "patent": "patent", "standard": "standard", "presentation": "speech",
    "interview": "interview",
    "letter": "personal_communication", "email": "personal_communication", "case": "legal_case",
    "statute": "legislation", "bill": "bill", "hearing": "hearing", "map": "map", "artwork": "graphic",
    "film": "motion_picture", "videoRecording": "motion_picture", "tvBroadcast": "broadcast", "podcast": "song",
    "radioBroadcast": "broadcast", "audioRecording": "song", "document": "document",
}  # fmt: skip
_TEXTS = {
    "Publication Title": "container_title", "Journal Abbreviation": "container_short", "Volume": "volume",
    "Number Of Volumes": "volumes", "Issue": "issue", "Num Pages": "page_count", "Series": "series",
    "Series Number": "series_number", "Edition": "edition", "Publisher": "publisher", "Place": "place",
    "Language": "language", "Short Title": "short_title", "Conference Name": "event_title", "Number": "number",
    "Version": "version", "Type": "genre",
}  # fmt: skip
_PEOPLE = {"Editor": "editors", "Translator": "translators"}
_ROLES = {"Series Editor": "collection-editor", "Contributor": "contributor", "Book Author": "container-author"}
# Wholly in the paper or its mark, or of no use without Zotero.
_ELSEWHERE = frozenset(
    (
        "Key", "Item Type", "Publication Year", "Author", "Title", "DOI", "Url", "Abstract Note", "Date",
        "Date Added", "Date Modified", "Notes", "Manual Tags", "Automatic Tags", "Library Catalog",
        "Link Attachments", "Extra",
    )
)  # fmt: skip


def publication_of(
    cells: Mapping[str, str], people: Callable[[str], Sequence[str]], *, eprint: bool, keywords: Sequence[str]
) -> Publication:
    """The publication of a row.

    Args:
        cells: column names and cells.
        people: splits a cell into names.
        eprint: whether the item has an arXiv id.
        keywords: its tags.
    """
    kind = cells["Item Type"]
    values: dict[str, Any] = {"type": _TYPES.get(kind, "document"), "keywords": tuple(dict.fromkeys(keywords))}
    extra = [] if kind in _TYPES else [entry_type(_FORMAT, kind)]
    contributors: list[Contributor] = []
    for name, cell in cells.items():
        if not cell or name in _ELSEWHERE or _read(values, name, cell):
            continue
        if name in _PEOPLE:
            values[_PEOPLE[name]] = tuple(people(cell))
        elif name in _ROLES:
            contributors += [Contributor(_ROLES[name], person) for person in people(cell)]
        else:
            extra.append(ExtraField(_FORMAT, name, cell))
    institution_from_publisher(values)
    publication = Publication(**values, contributors=tuple(contributors), extra=tuple(extra))
    return publication._replace(type=type_of_preprint(publication, has_eprint=eprint))


def _read(values: dict[str, Any], name: str, cell: str) -> bool:
    """Read a column of text, numbers, files or a date; returns whether it is one."""
    line = " ".join(cell.split())
    if name in _TEXTS:
        values[_TEXTS[name]] = line
    elif name == "Pages":
        values["pages"] = normalise_pages(line)
    elif name in ("ISBN", "ISSN"):
        values[name.lower()] = split_numbers(cell)
    elif name == "Access Date":
        values["accessed"] = line.partition(" ")[0]
    elif name == "File Attachments":
        values["files"] = tuple(filter(None, map(str.strip, cell.split(";"))))
    else:
        return False
    return True
