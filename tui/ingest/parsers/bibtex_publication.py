"""The publication of a BibTeX entry: its type, its fields, and verbatim those that it has no place for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tui.bibtex.file_field import file_path, split_files
from tui.ingest.bibliography_record import address_of
from tui.ingest.free_form_dates import month_of
from tui.ingest.publication_fields import entry_type, names_of, split_numbers, type_of_preprint
from tui.latex.decode import decode_field, decode_latex, decode_url
from tui.model.arxiv import expand_category, find_arxiv_id
from tui.model.mark import Status
from tui.model.page_range import normalise_pages
from tui.model.publication import PUBLICATION_FIELDS, Publication
from tui.model.publication_types import TYPES
from tui.model.value_kind import GENRE, PAGES, TEXT, Contributor, ExtraField
from tui.text.markup import without_entities

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.bibtex.tolerant_parser import BibEntry
    from tui.model.publication_types import PublicationType

_FORMAT = "bibtex"
# The types of BibTeX, biblatex and of other programs. An entry type is kept beside the type that it stands for unless
# exports to biblatex always write it for that type.
_TYPES = {
    **{row.bibtex: row.name for row in reversed(TYPES.values()) if row.bibtex != "misc"},
    **{row.biblatex: row.name for row in reversed(TYPES.values())},
    "article": "article-journal", "conference": "paper-conference", "inbook": "chapter", "suppbook": "chapter",
    "bookinbook": "chapter", "mvbook": "book", "proceedings": "book", "mvproceedings": "book", "collection": "book",
    "mvcollection": "book", "reference": "book", "mvreference": "book", "manual": "book", "commentary": "book",
    "mastersthesis": "thesis", "masterthesis": "thesis", "bachelorsthesis": "thesis", "techreport": "report",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "website": "webpage", "web_page": "webpage",
    "misc": "document", "unpublished": "manuscript", "preprint": "article", "incollection": "chapter",
    "suppperiodical": "article-journal", "suppcollection": "chapter", "inreference": "entry-encyclopedia",
    "newspaper": "article-newspaper", "magazine": "article-magazine", "talk": "speech", "presentation": "speech",
    "video": "motion_picture", "code": "software", "computer_program": "software", "image": "figure",
    "legislation": "legislation", "review": "review",
}  # fmt: skip
# What BibTeX prints of a type without a field.
_IMPLIED_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis", "techreport": "Technical report"}
_GENRES = {
    "phdthesis": "PhD thesis", "mathesis": "Master's thesis", "techreport": "Technical report",
    "resreport": "Research report",
}  # fmt: skip
_NEEDS_LINK = "online"  # exports write it only for papers with a link, unless the source did
# Fields that are wholly in the paper or its mark.
_ELSEWHERE = frozenset(
    """
    author title subtitle abstract annote annotation comment review
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)
_TEXTS = {name: row.name for row in reversed(PUBLICATION_FIELDS) if row.kind in (TEXT, PAGES) for name in row.bibtex}
_PERIODICAL, _BOOK = ("journal", "journaltitle", "booktitle"), ("booktitle", "journal", "journaltitle")
_SUBTITLES = {"journal": "journalsubtitle", "journaltitle": "journalsubtitle", "booktitle": "booksubtitle"}
_ROLES = {
    "bookauthor": "container-author", "annotator": "annotator", "commentator": "commentator",
    "introduction": "introduction", "foreword": "foreword", "afterword": "afterword", "holder": "holder",
}  # fmt: skip
# Fields with a meaning of their own; those of dates, links and arXiv are kept verbatim only if the paper cannot hold
# all that they say.
_DATES = ("date", "year", "month", "day")
_LINKS = ("url", "link", "doi")
_ARXIV = ("eprint", "eprinttype", "archiveprefix", "primaryclass", "eprintclass", "arxivid", "arxiv")
_SPECIAL = frozenset(
    (
        *_PERIODICAL, *_SUBTITLES.values(), *_ROLES, *_DATES, *_LINKS, *_ARXIV, "number", "issue", "editor",
        "translator", "isbn", "issn", "keywords", "keyword", "file", "readstatus",
    )
)  # fmt: skip
_YEAR = re.compile(r"\s*(?!0000)\d{4}\s*\Z")
_DATE = re.compile(r"\s*\d{4}(?:-(?:0?[1-9]|1[0-2])(?:-(?:0?[1-9]|[12]\d|3[01]))?)?\s*\Z")
_MONTH = re.compile(r"\s*(?:0?[1-9]|1[0-2])\s*\Z")
_DAY = re.compile(r"\s*(?:0?[1-9]|[12]\d|3[01])\s*\Z")
_DOI = re.compile(r"10\.\d{4,9}(?:/|%2f)[^\s{}]", re.IGNORECASE)
_WEB = ("http://", "https://")
_VERSION = re.compile(r"v\d+\s*\Z")
# https://docs.jabref.org/finding-sorting-and-cleaning-entries/specialfields
READ_STATUS = {"read": Status.READ, "skimmed": Status.READING}
_CATEGORY = "arXiv:"  # our exports write the category as a keyword


def publication_of(
    entry: BibEntry, fields: Mapping[str, str], eprint: str, keywords: Sequence[str], *, has_eprint: bool
) -> Publication:
    """The publication of an entry.

    Args:
        entry: the entry.
        fields: its fields in LaTeX, including inherited ones.
        eprint: the field that may be an arXiv id, or empty.
        keywords: its keywords, without groups.
        has_eprint: whether it has an arXiv id, in that field or elsewhere.
    """
    on_arxiv = bool(eprint) and find_arxiv_id(f"arXiv:{eprint}") is not None
    row = TYPES[_TYPES.get(entry.kind, "document")]
    values: dict[str, Any] = {}
    special: dict[str, str] = {}
    verbatim: list[str] = []
    for name, latex in fields.items():
        if name in _SPECIAL:
            special[name] = latex
        elif (attribute := _TEXTS.get(name)) is not None:
            text = _decoded(latex)
            if text and values.setdefault(attribute, text) != text:
                verbatim.append(name)
        elif name not in _ELSEWHERE and not (name == "key" and _same(latex, fields.get("title", ""))):
            verbatim.append(name)
    verbatim += _venue(values, special, row)
    verbatim += _odd_dates(special)
    verbatim += _odd_links(special, on_arxiv=on_arxiv)
    verbatim += _files(values, special)
    if special.get("readstatus", "").strip().lower() not in ("", *READ_STATUS):
        verbatim.append("readstatus")
    _people_and_numbers(values, special)
    if keywords:
        values["keywords"] = tuple(word for word in dict.fromkeys(keywords) if not word.startswith(_CATEGORY))
    if "pages" in values:
        values["pages"] = normalise_pages(values["pages"])
    given, implied = values.get("genre"), _IMPLIED_GENRES.get(entry.kind)
    genre = implied if given is None else _GENRES.get(given, given)
    if given is not None and genre == implied:
        verbatim.append(GENRE)  # exports leave out what the entry type says
    own = entry.fields
    values["extra"] = tuple(
        [extra_field(name, raw) for name in verbatim if (raw := own.get(name)) and not raw.isspace()]
    )
    values["type"], values["genre"] = row.name, genre
    return _with_type(Publication(**values), entry.kind, has_eprint=has_eprint)


def extra_field(name: str, latex: str) -> ExtraField:
    """A field that no field of a publication holds."""
    return ExtraField(_FORMAT, name, latex)


def _with_type(publication: Publication, kind: str, *, has_eprint: bool) -> Publication:
    """The publication as a preprint if it is one, and with the type of the entry unless exports always write that."""
    known = type_of_preprint(publication, has_eprint=has_eprint)
    if known != publication.type:
        publication = publication._replace(type=known)
    row = TYPES[known or "document"]
    if kind == row.biblatex != _NEEDS_LINK:
        return publication
    return publication._replace(extra=(entry_type(_FORMAT, kind), *publication.extra))


def _same(latex: str, title: str) -> bool:
    """Whether the key by which BibTeX sorts an entry without authors is its title, as exports write it."""
    return latex == title or decode_latex(latex) == decode_latex(title)


def _decoded(latex: str) -> str:
    text = decode_field(latex)
    return without_entities(text) if "&" in text else text


def _venue(values: dict[str, Any], special: Mapping[str, str], row: PublicationType) -> Iterator[str]:
    """Read the names of what the entry is a part of, and its numbers; yields the fields that are left."""
    names = [name for name in (_PERIODICAL if row.number == "issue" else _BOOK) if special.get(name)]
    if names:
        parts = (special[names[0]], special.get(_SUBTITLES[names[0]], ""))
        values["container_title"] = ": ".join(filter(None, map(_decoded, parts)))
        used = (names[0], _SUBTITLES[names[0]] if parts[1] else "")
        yield from (name for name in names[1:] if special[name] != special[names[0]])
    else:
        used = ("", "")
    yield from (name for name in set(_SUBTITLES.values()) if name in special and name not in used)
    if number := _decoded(special.get("number", "")):
        values["issue" if names and names[0] != "booktitle" else row.number] = number
    if (issue := _decoded(special.get("issue", ""))) and values.setdefault("issue", issue) != issue:
        yield "issue"


def _people_and_numbers(values: dict[str, Any], special: Mapping[str, str]) -> None:
    """Read the people besides the authors, and the numbers of which there may be several."""
    for name, attribute in (("editor", "editors"), ("translator", "translators")):
        if name in special:
            values[attribute] = names_of(special[name])
    for name in ("isbn", "issn"):
        if name in special:
            values[name] = split_numbers(_decoded(special[name]))
    if not _ROLES.keys().isdisjoint(special):
        values["contributors"] = tuple(
            Contributor(role, person)
            for name, role in _ROLES.items()
            if name in special
            for person in names_of(special[name])
        )


def _odd_dates(special: Mapping[str, str]) -> Iterator[str]:
    """The fields of which the date of the paper cannot hold everything."""
    year, date = special.get("year", ""), special.get("date", "")
    if date and not _DATE.match(date):
        yield "date"
    if year and (not _YEAR.match(year) or (date and date.strip()[:4] != year.strip())):
        yield "year"
    month = special.get("month", "")
    if month and not ((year or date) and (_MONTH.match(month) or month_of(month.strip()) is not None)):
        yield "month"
    if (day := special.get("day", "")) and not (month and _DAY.match(day)):
        yield "day"


def _odd_links(special: Mapping[str, str], *, on_arxiv: bool) -> Iterator[str]:
    """The fields of which the links and the identifiers of the paper cannot hold everything."""
    for name in ("url", "link"):
        if link := special.get(name, ""):
            is_address = link.startswith(_WEB) or address_of(decode_url(link)) is not None
            several = link.count("://") > 1 and not all(part.startswith(_WEB) for part in link.split())
            if several or not is_address:
                yield name
    if "doi" in special and _DOI.search(special["doi"]) is None:
        yield "doi"
    if not on_arxiv:
        yield from (name for name in _ARXIV if name in special)
        return
    yield from (name for name in ("eprint", "arxivid", "arxiv") if _VERSION.search(special.get(name, "")))
    for name in ("primaryclass", "eprintclass"):
        if name in special and len(expand_category(_decoded(special[name]))) != 1:
            yield name


def _files(values: dict[str, Any], special: Mapping[str, str]) -> Iterator[str]:
    """Read the paths of the files; yields the field if it says more of them."""
    latex = special.get("file", "").strip("; \n")
    if latex:
        values["files"] = paths = tuple(map(file_path, split_files(latex)))
        yield from ["file"] if latex != ";".join(paths) else []
