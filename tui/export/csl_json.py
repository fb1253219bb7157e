"""CSL-JSON: an array of items for citation processors (pandoc, citeproc, Zotero).

``issued`` has numbers, ``keyword`` is one string, and names are split into parts, as the processors expect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.export import format_limitations, json_array, text_cleanup
from tui.model.author_name import parse_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.model.entry import Entry
    from tui.model.paper import Paper
    from tui.model.partial_date import PartialDate

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

read = json_array.read


def write(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Write the array, one item at a time."""
    yield from json_array.array(expected(entry, keys.get(entry.id)) for entry in entries)


def expected(entry: Entry, key: str | None) -> dict[str, object]:
    """The item of an entry; variables without a value are omitted."""
    paper, mark = entry.paper, entry.mark
    name = text_cleanup.clean_line(key or paper.id)
    item: dict[str, object] = {
        "id": name,
        "citation-key": name,
        "type": "article",  # CSL 1.0.2: also for preprints
        "title": text_cleanup.clean_line(paper.title or ""),
        "author": _people(paper),
        "issued": _issued(paper.date),
        "publisher": "arXiv" if paper.eprint else "",
        "number": f"arXiv:{text_cleanup.clean_line(paper.eprint)}" if paper.eprint else "",
        "DOI": text_cleanup.clean_line(paper.doi or ""),
        "URL": text_cleanup.clean_line(paper.links[0]) if paper.links else "",
        "abstract": text_cleanup.clean_lines(paper.abstract or ""),
        "keyword": ", ".join(_keywords(entry)),
        "note": text_cleanup.clean_lines(mark.note),
    }
    return {variable: value for variable, value in item.items() if value}


def _keywords(entry: Entry) -> list[str]:
    category = entry.paper.category
    words = [*entry.mark.tags, text_cleanup.category_keyword(category) if category else ""]
    return [word for word in dict.fromkeys(map(text_cleanup.clean_line, words)) if word]


def _people(paper: Paper) -> list[dict[str, str]]:
    """The authors; a truncated list ends in "others", as pandoc writes it."""
    people = [person(name) for author in paper.authors if (name := text_cleanup.clean_line(author))]
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
