"""BibTeX: one ``@misc`` a paper, which is what BibTeX has for preprints.

Knows BibTeX's fields and nothing of biblatex's. No value is invented: no year where none is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.export import clean, escape, loss
from tui.export.bibtex_reader import parse, split_authors
from tui.paper.names import parse_name
from tui.text.latex import brace_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.paper.entry import Entry
    from tui.paper.names import Name
    from tui.paper.paper import Paper

LOSSES = (
    loss.UNTITLED, loss.NO_YEAR, loss.MORE_LINKS, loss.AFFILIATION, loss.CODE, loss.EARLIER_ABSTRACTS, loss.TRIAGE,
    loss.UNREADABLE_SIGNS,
)  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WIDTH = len("archivePrefix")


def write(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Write the entries, a blank line between them."""
    for index, entry in enumerate(entries):
        fields = _fields(entry)
        rows = [f"  {name:<{_WIDTH}} = {value},\n" for name, value in fields.items()]
        yield f"{chr(10) if index else ''}@misc{{{keys[entry.id]},\n{''.join(rows)}}}\n"


def read(text: str) -> list[dict[str, object]]:
    """Read back what was written, as ``carried`` gives it.

    Raises:
        ValueError: the text is no BibTeX.
    """
    return [
        {"key": entry.key} | {name: _read_field(name, value) for name, value in entry.fields.items()}
        for entry in parse(text)
    ]


def carried(entry: Entry, key: str | None) -> dict[str, object]:
    """Return what BibTeX takes of an entry, as plain values."""
    paper, mark = entry.paper, entry.mark
    people = [_person(name, escape.plain, str) for name in _names(paper)]
    values: dict[str, object] = {
        "title": escape.plain(clean.one_line(paper.title or "")),
        "abstract": escape.plain_lines(paper.abstract or ""),
        "annote": escape.plain_lines(mark.note),
        "author": (*people, "others") if people and paper.authors_truncated else tuple(people),
        "keywords": tuple(_keywords(entry, escape.plain)),
    }
    values |= _facts(paper)
    return {"key": key} | {name: value for name, value in values.items() if value}


def _fields(entry: Entry) -> dict[str, str]:
    """The fields that have a value, in their order, each as it stands behind the equals sign."""
    paper, mark = entry.paper, entry.mark
    facts = _facts(paper)
    people = [_person(name, escape.line, "{{{}}}".format) for name in _names(paper)]
    fields = {
        "title": escape.title(paper.title or ""),
        "author": " and ".join([*people, "others"] if people and paper.authors_truncated else people),
        "year": facts["year"],
        "month": facts["month"],
        "day": facts["day"],
        "eprint": facts["eprint"],
        "archivePrefix": facts["archiveprefix"],
        "primaryClass": facts["primaryclass"],
        "doi": facts["doi"],
        "url": facts["url"],
        "keywords": ", ".join(_keywords(entry, escape.line)),
        "abstract": escape.block(paper.abstract or ""),
        "annote": escape.block(mark.note),
    }
    return {name: value if name == "month" else f"{{{value}}}" for name, value in fields.items() if value}


def _facts(paper: Paper) -> dict[str, str]:
    """The fields that are never escaped; empty where nothing is known."""
    date = paper.date if paper.date is not None and paper.date.year is not None else None
    eprint = escape.verbatim(paper.eprint or "")
    return {
        "year": "" if date is None else f"{date.year:04d}",
        "month": "" if date is None or date.month is None else _MONTHS[date.month - 1],
        "day": "" if date is None or date.day is None else str(date.day),
        "eprint": eprint,
        "archiveprefix": "arXiv" if eprint else "",
        "primaryclass": escape.verbatim(paper.category or "") if eprint else "",
        "doi": escape.verbatim(paper.doi or ""),
        "url": escape.verbatim(paper.links[0]) if paper.links else "",
    }


def _keywords(entry: Entry, treat: Callable[[str], str]) -> list[str]:
    """The tags; and the category, which has no field of its own without an arXiv id."""
    words = [*entry.mark.tags]
    category = entry.paper.category
    if category and not entry.paper.eprint and category.casefold() not in {tag.casefold() for tag in words}:
        words.append(category)
    return [treated for word in words if (treated := treat(clean.one_line(word)))]


def _names(paper: Paper) -> list[Name]:
    printed = (clean.one_line(author) for author in paper.authors)
    return [parse_name(author) for author in printed if author]


def _person(name: Name, treat: Callable[[str], str], group: Callable[[str], str]) -> str:
    """Write a name as ``von Family, Jr., Given``.

    Args:
        name: the name.
        treat: what to do to each part.
        group: what holds together a part that BibTeX would take apart.
    """
    if name.literal:
        return group(treat(name.literal))
    words = name.family.split()
    # BibTeX takes words in lower case for particles, and the words before them too; a group that begins with a
    # command would be one letter to it.
    divided = len(words) > 1 and (not name.given or any(word[0].islower() for word in words))
    family = group(treat(name.family)) if divided and words[0][0] != "\\" else treat(name.family)
    whole = f"{treat(name.particle)} {family}" if name.particle else family
    return ", ".join(part for part in (whole, treat(name.suffix), treat(name.given)) if part)


def _read_field(name: str, value: str) -> object:
    if name == "author":
        return tuple(escape.plain(_without_braces(person)) for person in split_authors(value))
    if name == "keywords":
        return tuple(map(escape.plain, value.split(", ")))
    if name in ("abstract", "annote"):
        return escape.plain_block(value)
    return escape.plain(value) if name == "title" else value


def _without_braces(person: str) -> str:
    """A name that is one group as a whole, without the group's braces."""
    return person[1:-1] if brace_pairs(person).get(0) == len(person) - 1 else person
