"""CSL-JSON: an array of items for citation processors (pandoc, citeproc, Zotero).

``issued`` has numbers, ``keyword`` is one string, and names are split into parts, as the processors expect.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import orjson

from tui.export import format_limitations, json_array
from tui.export.main_link import main_link
from tui.export.verified_format import VerifiedFormat
from tui.latex.literal_braces import unescape_braces
from tui.model.arxiv import category_keyword
from tui.model.author_name import parse_name
from tui.model.publication import NO_PUBLICATION, PUBLICATION_FIELDS
from tui.model.value_kind import ENTRY_TYPE
from tui.text import cleanup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui.export.verified_format import Fields
    from tui.model.entry import Entry
    from tui.model.paper import Paper
    from tui.model.partial_date import PartialDate
    from tui.model.publication import Publication

LIMITATIONS = (
    format_limitations.UNTITLED,
    format_limitations.NO_YEAR,
    format_limitations.MORE_LINKS,
    format_limitations.AFFILIATION,
    format_limitations.CODE,
    format_limitations.EARLIER_ABSTRACTS,
    format_limitations.TRIAGE,
    format_limitations.UNREADABLE_CHARACTERS,
)

_SOURCE = "csl"  # the format of extra fields
_VARIABLE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
ET_AL = "et al."
_DATES = (("accessed", "accessed"), ("event_date", "event-date"), ("original_date", "original-date"))
_PEOPLE = ("editors", "translators")
_TEXTS = (
    ("container_title", "container-title"),
    *(
        (row.name, row.csl)
        for row in PUBLICATION_FIELDS
        if row.csl and row.name not in (*dict(_DATES), *_PEOPLE, "container_title", "publisher")
    ),
)


class CslJson(VerifiedFormat):
    """The format; its fields are the variables of an item."""

    def fields(self, entry: Entry, key: str | None) -> Fields:
        """The item of an entry."""
        return csl_item(entry, key)

    def render(self, written: Iterable[Fields]) -> Iterator[str]:
        """Write the array, one item at a time."""
        return json_array.array(written)

    def read(self, text: str) -> Sequence[Fields]:
        """Read the items back.

        Raises:
            ValueError: the text is not a JSON array.
        """
        items = orjson.loads(text)
        if not isinstance(items, list):
            raise ValueError("it is not an array")  # noqa: TRY004 - readers raise only this error
        return items


def csl_item(entry: Entry, key: str | None) -> dict[str, object]:
    """The item of an entry; variables without a value are omitted."""
    paper, mark = entry.paper, entry.mark
    publication = paper.publication
    is_preprint = publication.type in (None, "article")
    eprint = f"arXiv:{cleanup.clean_line(paper.eprint)}" if paper.eprint else ""
    name = cleanup.clean_line(key or paper.id)
    item: dict[str, object] = {
        "id": name,
        "citation-key": name,
        "type": _kind(publication),
        "title": unescape_braces(cleanup.clean_line(paper.title or "")),
        "author": _people(paper),
        "issued": _issued(paper.date),
        "publisher": "",
        "number": "",
        **_publication(publication),
        "DOI": cleanup.clean_line(paper.doi or ""),
        "URL": cleanup.clean_line(main_link(paper)),
        "abstract": cleanup.clean_lines(paper.abstract or ""),
        "keyword": ", ".join(_keywords(entry)),
        "note": cleanup.clean_lines(mark.note).strip(),
    }
    if eprint and is_preprint:
        item["publisher"] = item.get("publisher") or "arXiv"
        item["number"] = item.get("number") or eprint
    elif eprint:
        item |= {"archive": "arXiv", "archive_location": eprint}
    item = {variable: value for variable, value in item.items() if value}
    return item | _extra(publication, item) if publication.extra else item


def _kind(publication: Publication) -> str:
    """The type; of CSL 1.0.2, "article" is also that of preprints."""
    own = (value for source, name, value in publication.extra if (source, name) == (_SOURCE, ENTRY_TYPE))
    return cleanup.clean_line(next(own, "")) or publication.type or "article"


def _publication(publication: Publication) -> dict[str, object]:
    if publication is NO_PUBLICATION:
        return {}
    found: dict[str, object] = {}
    for attribute, variable in _TEXTS:
        if value := getattr(publication, attribute):
            found[variable] = cleanup.clean_line(", ".join(value) if isinstance(value, tuple) else value)
    found["publisher"] = cleanup.clean_line(publication.issuer)
    if publication.article_number:
        found["article-number"] = cleanup.clean_line(publication.article_number)
    for attribute, variable in _DATES:
        found[variable] = _date_parts(getattr(publication, attribute) or "")
    names: dict[str, list[str]] = {"editor": [*publication.editors], "translator": [*publication.translators]}
    for role, name in publication.contributors:
        if not _VARIABLE.fullmatch(role):
            continue
        names.setdefault(role, []).append(name)
    return found | {role: list(map(_contributor, people)) for role, people in names.items() if people}


def _contributor(printed: str) -> dict[str, str]:
    return {"literal": "others"} if printed == ET_AL else person(cleanup.clean_line(printed))


def _date_parts(text: str) -> dict[str, list[list[int]]]:
    """An ISO 8601 date or range as CSL has it; empty if it is none."""
    ends = [end.split("-") for end in text.split("/")]
    if not all(part.isdecimal() for end in ends for part in end):
        return {}
    return {"date-parts": [list(map(int, end)) for end in ends]}


def _extra(publication: Publication, item: Mapping[str, object]) -> dict[str, object]:
    """The variables that readlist has no place for, as they came."""
    found: dict[str, object] = {}
    for source, name, value in publication.extra:
        if source != _SOURCE or name in item or not _VARIABLE.fullmatch(name):
            continue
        with suppress(ValueError):
            found[name] = orjson.loads(value)
    return found


def _keywords(entry: Entry) -> list[str]:
    category = entry.paper.category
    words = [
        *entry.mark.tags,
        *entry.paper.publication.keywords,
        category_keyword(category) if category else "",
    ]
    return [word for word in dict.fromkeys(map(cleanup.clean_line, words)) if word]


def _people(paper: Paper) -> list[dict[str, str]]:
    """The authors; a truncated list ends in "others", as pandoc writes it."""
    people = [person(name) for author in paper.authors if (name := cleanup.clean_line(author))]
    return [*people, {"literal": "others"}] if people and paper.authors_truncated else people


def person(printed: str) -> dict[str, str]:
    """The parts of a name."""
    name = parse_name(printed)
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    return {part: text for part, text in parts.items() if text}


def _issued(date: PartialDate | None) -> dict[str, list[list[int]]]:
    if date is None or date.year is None:
        return {}
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part is not None]]}
