"""What a person sets right in a paper: fields as texts that can be typed, checked, and laid over what the pages say.

One text a field, also where the field has several values, so that a form, an option and the store hold the same. An
empty text says that the field is empty, whatever the pages say. Knows no page and no mark.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tui.model.arxiv import expand_category, find_arxiv_id
from tui.model.edit import Edit
from tui.model.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from tui.model.entry import Entry
    from tui.model.paper import Paper

_AUTHORS = "; "
_MORE_AUTHORS = ("et al.", "et al", "and others", "others")
_EPRINT = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?\Z", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/\S+\Z")
_DOI_HEAD = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_LONGEST = 100_000


class CorrectableField(NamedTuple):
    """One field that can be corrected.

    Attributes:
        help: how its text is written, in a few words.
        text: the field of a paper as such a text.
        read: the attributes of a paper that a checked text stands for.
        check: what a typed text, blanks squeezed, is kept as; raises ValueError with a sentence.
    """

    help: str
    text: Callable[[Paper], str]
    parse: Callable[[str], Mapping[str, Any]]
    check: Callable[[str], str] = str


def validate(field: str, text: str) -> str:
    """The text of a correction as it will be kept.

    Args:
        field: a name in ``FIELDS``.
        text: what was typed.

    Raises:
        ValueError: with a sentence that says what is wrong.
    """
    plain = " ".join(text.split())
    if len(plain) > _LONGEST:
        raise ValueError(f"the {field} has {len(plain)} characters, and {_LONGEST} is the most")
    return FIELDS[field].check(plain) if plain else ""


def field_text(paper: Paper, field: str) -> str:
    """A field of a paper as the text that would correct it."""
    return FIELDS[field].text(paper)


def edit_for(entry: Entry, texts: Mapping[str, str | None]) -> Edit:
    """The edit that sets fields right; a text that the pages have as well is no correction.

    Args:
        entry: the paper as it is now.
        texts: what was typed for each field; None goes back to what the pages say.

    Raises:
        ValueError: with a sentence that says what is wrong.
    """
    printed = entry.printed or entry.paper
    before = dict(entry.mark.corrected)
    correct: list[tuple[str, str | None]] = []
    for field, text in texts.items():
        new = None if text is None else validate(field, text)
        if new == " ".join(field_text(printed, field).split()):
            new = None
        if new != before.get(field):
            correct.append((field, new))
    return Edit(correct=tuple(correct))


def corrected_fields(entry: Entry) -> list[tuple[str, str, str]]:
    """The fields that were corrected: name, the text they have now, and the text of the pages."""
    printed = entry.printed or entry.paper
    return [(field, text, field_text(printed, field)) for field, text in entry.mark.corrected if field in FIELDS]


def apply_corrections(paper: Paper, corrections: Iterable[tuple[str, str]]) -> Paper:
    """The paper with the corrections laid over it; a link to its arXiv or DOI page follows the identifier."""
    values: dict[str, Any] = {}
    for field, text in corrections:
        if field in FIELDS:
            values |= FIELDS[field].parse(text)
    new = replace(paper, **values)
    if "links" not in values and (new.eprint, new.doi) != (paper.eprint, paper.doi):
        own, before = _own_links(new), _own_links(paper)
        new = replace(new, links=(*own, *(link for link in paper.links if link not in (*own, *before))))
    return new


def _own_links(paper: Paper) -> tuple[str, ...]:
    own = [f"https://arxiv.org/abs/{paper.eprint}"] if paper.eprint else []
    return (*own, f"https://doi.org/{paper.doi}") if paper.doi else tuple(own)


def _plain(name: str) -> CorrectableField:
    return CorrectableField("", lambda paper: getattr(paper, name) or "", lambda text: {name: text or None})


def _authors(paper: Paper) -> str:
    return _AUTHORS.join((*paper.authors, *(_MORE_AUTHORS[:1] if paper.authors_truncated else ())))


def _read_authors(text: str) -> Mapping[str, Any]:
    names = tuple(text.split(_AUTHORS)) if text else ()
    truncated = names[-1:] == _MORE_AUTHORS[:1]
    return {"authors": names[:-1] if truncated else names, "authors_truncated": truncated}


def _check_authors(text: str) -> str:
    names = [name for part in text.split(";") if (name := part.strip())]
    if not names:
        raise ValueError("there is no name between the semicolons")
    if names[-1].casefold() in _MORE_AUTHORS:
        names[-1] = _MORE_AUTHORS[0]
    return _AUTHORS.join(names)


def _check_date(text: str) -> str:
    return str(PartialDate.parse(text))


def _check_category(text: str) -> str:
    names = expand_category(text)
    if len(names) != 1:
        few = f": write {' or '.join(names)}" if names else "; they are written like cs.CV or quant-ph"
        raise ValueError(f"{text!r} is no arXiv category{few}")
    return names[0]


def _check_eprint(text: str) -> str:
    found = find_arxiv_id(f"arxiv:{text}" if _EPRINT.match(text) else text)
    if found is None:
        raise ValueError(f"{text!r} is no arXiv identifier; they are written like 2311.14114 or hep-th/9901001")
    return found


def _check_doi(text: str) -> str:
    found = _DOI.match(_DOI_HEAD.sub("", text, count=1))
    if found is None:
        raise ValueError(f"{text!r} is no DOI; they are written like 10.1145/3292500.3330701")
    return found[0]


def _check_links(text: str) -> str:
    links = text.split()
    wrong = next((link for link in links if not re.match(r"https?://[^/\s]", link, re.IGNORECASE)), None)
    if wrong is not None:
        raise ValueError(f"{wrong!r} is no address; they begin with http:// or https://")
    return " ".join(dict.fromkeys(links))


FIELDS: Mapping[str, CorrectableField] = {
    "title": _plain("title"),
    "authors": CorrectableField("Given Family; Given Family; et al.", _authors, _read_authors, _check_authors),
    "affiliation": _plain("affiliation"),
    "date": CorrectableField(
        "2023, 2023-10 or 2023-10-26",
        lambda paper: str(paper.date or ""),
        lambda text: {"date": PartialDate.parse(text) if text else None},
        _check_date,
    ),
    "category": _plain("category")._replace(help="an arXiv category, such as cs.CV", check=_check_category),
    "eprint": _plain("eprint")._replace(help="an arXiv identifier, such as 2311.14114", check=_check_eprint),
    "doi": _plain("doi")._replace(help="such as 10.1145/3292500.3330701", check=_check_doi),
    "links": CorrectableField(
        "addresses, a blank between them",
        lambda paper: " ".join(paper.links),
        lambda text: {"links": tuple(text.split())},
        _check_links,
    ),
    "abstract": _plain("abstract"),
}
