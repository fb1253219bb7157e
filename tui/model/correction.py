"""Corrections of a paper's fields: texts that the user types, validated and applied over the values of the sources.

Each field has one text, even a field of several values, so that a dialog, an option and the store hold the same. An
empty text makes the field empty, whatever the sources have.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.model.arxiv import expand_category, find_arxiv_id
from tui.model.citation_key import writable_key
from tui.model.edit import Edit
from tui.model.partial_date import PartialDate
from tui.model.publication import FIELD_NAMED, PUBLICATION_FIELDS, changed_publication
from tui.model.typed_authors import MORE_AUTHORS, split_typed_authors
from tui.model.value_kind import DATE_FIELDS, ENTRY_TYPE, GENRE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from tui.model.entry import Entry
    from tui.model.paper import Paper
    from tui.model.publication import PublicationField

_AUTHORS = "; "
_EPRINT = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?\Z", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/\S+\Z")
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_LONGEST = 100_000
# Not a field of a paper, but of its mark; typed, checked and cleared like the others.
KEY = "key"
# The fields of a publication that a form shows even if they are empty.
_USUAL = frozenset(("type", "container_title", "volume", "issue", "pages", "publisher"))


class CorrectableField(NamedTuple):
    """One field that can be corrected.

    Attributes:
        help: short description of the notation.
        text: formats the field of a paper as a text.
        parse: parses a validated text into attributes of a paper or of its publication.
        check: normalises a typed text (whitespace already collapsed); raises ValueError with a message.
        label: what the user reads.
        option: the option of ``readlist correct``, without dashes.
        aliases: other options.
    """

    help: str
    text: Callable[[Paper], str]
    parse: Callable[[str], Mapping[str, Any]]
    check: Callable[[str], str] = str
    label: str = ""
    option: str = ""
    aliases: tuple[str, ...] = ()


def validate(field: str, text: str) -> str:
    """Validate and normalise the text of a correction.

    Args:
        field: a name in ``FIELDS``.
        text: the typed text.

    Raises:
        ValueError: the text is invalid; the message says why.
    """
    plain = " ".join(text.split())
    if len(plain) > _LONGEST:
        raise ValueError(f"the {field} has {len(plain)} characters; the maximum is {_LONGEST}")
    return FIELDS[field].check(plain) if plain else ""


def field_text(paper: Paper, field: str) -> str:
    """A field of a paper as the text of a correction."""
    return FIELDS[field].text(paper)


def entry_text(entry: Entry, field: str) -> str:
    """A field of an entry as the text of a correction; its citation key only if that is fixed."""
    return entry.mark.citation_key or "" if field == KEY else FIELDS[field].text(entry.paper)


def shown_fields(paper: Paper) -> list[str]:
    """The fields that a form for the paper shows: the usual ones, and all others that have a value."""
    return [
        name
        for name, field in FIELDS.items()
        if name in _OWN_FIELDS or name in _USUAL or name == KEY or (name != "abstract" and field.text(paper))
    ]


def edit_for(entry: Entry, texts: Mapping[str, str | None]) -> Edit:
    """The edit that corrects fields; a text equal to the value of the sources is no correction.

    Args:
        entry: the paper as it is now.
        texts: typed text of each field; None reverts to the value of the sources, and leaves the citation key to
            the program again, as does an empty text.

    Raises:
        ValueError: the text is invalid; the message says why.
    """
    printed = entry.printed or entry.paper
    before = dict(entry.mark.corrected)
    correct: list[tuple[str, str | None]] = []
    key: str | None = None
    for field, text in texts.items():
        if field == KEY:
            typed = "" if text is None else validate(field, text)
            key = typed if typed != entry_text(entry, field) else None
            continue
        new = None if text is None else validate(field, text)
        if new == " ".join(field_text(printed, field).split()):
            new = None
        if new != before.get(field):
            correct.append((field, new))
    return Edit(correct=tuple(correct), citation_key=key)


def corrected_fields(entry: Entry) -> list[tuple[str, str, str]]:
    """The corrected fields: label, current text, and text of the sources."""
    printed = entry.printed or entry.paper
    return [
        (FIELDS[field].label, text, field_text(printed, field))
        for field, text in entry.mark.corrected
        if field in FIELDS
    ]


def apply_corrections(paper: Paper, corrections: Iterable[tuple[str, str]]) -> Paper:
    """The paper with corrections applied; its arXiv and DOI links follow the identifiers.

    What the source says verbatim of a corrected date, type or kind is left out, for exports would write it instead.
    """
    values: dict[str, Any] = {}
    for field, text in corrections:
        if field in FIELDS:
            values |= FIELDS[field].parse(text)
    published = {name: values.pop(name) for name in list(values) if name in FIELD_NAMED}
    if published:
        values["publication"] = changed_publication(paper.publication, published)
    new = paper._replace(**values)
    overridden = {ENTRY_TYPE} if new.publication.type != paper.publication.type else set()
    overridden |= {GENRE} if overridden or new.publication.genre != paper.publication.genre else set()
    overridden |= DATE_FIELDS if new.date != paper.date else set()
    extra = tuple(field for field in new.publication.extra if field.name not in overridden)
    if extra != new.publication.extra:
        new = new._replace(publication=changed_publication(new.publication, {"extra": extra}))
    if "links" not in values and (new.eprint, new.doi) != (paper.eprint, paper.doi):
        own, before = _own_links(new), _own_links(paper)
        new = new._replace(links=(*own, *(link for link in paper.links if link not in (*own, *before))))
    return new


def _own_links(paper: Paper) -> tuple[str, ...]:
    own = [f"https://arxiv.org/abs/{paper.eprint}"] if paper.eprint else []
    return (*own, f"https://doi.org/{paper.doi}") if paper.doi else tuple(own)


def _text_field(name: str) -> CorrectableField:
    return CorrectableField("", lambda paper: getattr(paper, name) or "", lambda text: {name: text or None})


def _format_authors(paper: Paper) -> str:
    return _AUTHORS.join((*paper.authors, *(MORE_AUTHORS[:1] if paper.authors_truncated else ())))


def _parse_authors(text: str) -> Mapping[str, Any]:
    names = tuple(text.split(_AUTHORS)) if text else ()
    truncated = names[-1:] == MORE_AUTHORS[:1]
    return {"authors": names[:-1] if truncated else names, "authors_truncated": truncated}


def _check_authors(text: str) -> str:
    names = split_typed_authors(text)
    if not names:
        raise ValueError("no names between the semicolons")
    if names[-1].casefold() in MORE_AUTHORS:
        names[-1] = MORE_AUTHORS[0]
    return _AUTHORS.join(names)


def _check_key(text: str) -> str:
    if writable_key(text) != text:
        wrong = "".join(dict.fromkeys(character for character in text if character not in writable_key(text)))
        raise ValueError(f"{text!r} is not a valid citation key: BibTeX does not allow {wrong!r}")
    return text


def _check_date(text: str) -> str:
    return str(PartialDate.parse(text))


def _check_category(text: str) -> str:
    names = expand_category(text)
    if len(names) != 1:
        examples = f": use {' or '.join(names)}" if names else " (examples: cs.CV, quant-ph)"
        raise ValueError(f"{text!r} is not an arXiv category{examples}")
    return names[0]


def _check_eprint(text: str) -> str:
    found = find_arxiv_id(f"arxiv:{text}" if _EPRINT.match(text) else text)
    if found is None:
        raise ValueError(f"{text!r} is not an arXiv id (examples: 2311.14114, hep-th/9901001)")
    return found


def _check_doi(text: str) -> str:
    found = _DOI.match(_DOI_PREFIX.sub("", text, count=1))
    if found is None:
        raise ValueError(f"{text!r} is not a DOI (example: 10.1145/3292500.3330701)")
    return found[0]


def _check_links(text: str) -> str:
    links = text.split()
    invalid = next((link for link in links if not re.match(r"https?://[^/\s]", link, re.IGNORECASE)), None)
    if invalid is not None:
        raise ValueError(f"{invalid!r} is not a web address (it must start with http:// or https://)")
    return " ".join(dict.fromkeys(links))


def _publication_field(row: PublicationField) -> CorrectableField:
    def parse(text: str) -> Mapping[str, Any]:
        return {row.name: row.kind.parse(text) if text else row.kind.empty}

    def text(paper: Paper) -> str:
        return row.kind.text(getattr(paper.publication, row.name))

    return CorrectableField(row.help, text, parse, row.kind.check, row.label, row.option, row.aliases)


_OWN_FIELDS: Mapping[str, CorrectableField] = {
    "title": _text_field("title"),
    "authors": CorrectableField(
        "Given Family; Given Family; et al.", _format_authors, _parse_authors, _check_authors
    ),
    "date": CorrectableField(
        "2023, 2023-10 or 2023-10-26",
        lambda paper: str(paper.date or ""),
        lambda text: {"date": PartialDate.parse(text) if text else None},
        _check_date,
    ),
    "category": _text_field("category")._replace(help="an arXiv category, such as cs.CV", check=_check_category),
    "eprint": _text_field("eprint")._replace(help="an arXiv id, such as 2311.14114", check=_check_eprint),
    "doi": _text_field("doi")._replace(help="such as 10.1145/3292500.3330701", check=_check_doi),
    "links": CorrectableField(
        "addresses, separated by spaces",
        lambda paper: " ".join(paper.links),
        lambda text: {"links": tuple(text.split())},
        _check_links,
    ),
    "affiliation": _text_field("affiliation"),
}
FIELDS: Mapping[str, CorrectableField] = {
    **{name: field._replace(label=name, option=name) for name, field in _OWN_FIELDS.items()},
    **{row.name: _publication_field(row) for row in PUBLICATION_FIELDS if row.is_correctable},
    KEY: CorrectableField(
        "for \\cite; leave empty to generate one", lambda _: "", lambda _: {}, _check_key, "citation key", KEY
    ),
    "abstract": _text_field("abstract")._replace(label="abstract", option="abstract"),
}
