"""The table of what does not come back in the README, derived from what the formats write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.export.formats import FORMATS
from tui.model.entry import Entry
from tui.model.mark import Mark, Status
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable

README = Path(__file__).parents[2] / "tui/docs/export.md"
PLAIN = Entry(
    Paper("0123456789", title="T", authors=("Ann Lee",), links=("https://x.y/1",), abstract="one\ntwo"),
    Mark(note="n"),
)


def _of_paper(**fields: object) -> Callable[[Entry], Entry]:
    return lambda entry: entry._replace(paper=entry.paper._replace(**fields))  # type: ignore[arg-type]


def _of_mark(**fields: object) -> Callable[[Entry], Entry]:
    return lambda entry: entry._replace(mark=entry.mark._replace(**fields))  # type: ignore[arg-type]


FIELDS = {
    "dates without a year": _of_paper(date=PartialDate(None, 6, 2)),
    "links after the first": _of_paper(links=("https://x.y/1", "https://x.y/2")),
    '"et al."': _of_paper(authors_truncated=True),
    "line breaks": _of_paper(abstract="one two"),
    "affiliation": _of_paper(affiliation="stanford"),
    "code flag": _of_paper(has_code=True),
    "earlier abstracts": _of_paper(earlier_abstracts=("zero",)),
    "status": _of_mark(status=Status.READ),
    "star": _of_mark(starred=True),
    "snooze": _of_mark(snoozed_until="2030-01-01"),
    "priority": _of_mark(priority="high"),
    "due": _of_mark(due="2030-01-01"),
    # Carried by all that are read back.
    "title": _of_paper(title="U"),
    "authors": _of_paper(authors=("Bo Lin", "Ann Lee")),
    "date": _of_paper(date=PartialDate(2020, 6, 2)),
    "category": _of_paper(category="cs.CV"),
    "abstract": _of_paper(abstract="three"),
    "arXiv id": _of_paper(eprint="2310.07240"),
    "DOI": _of_paper(doi="10.1/x"),
    "tags": _of_mark(tags=("nerf",)),
    "note": _of_mark(note="m\n\nn"),
    "key": _of_mark(citation_key="mine"),
}
READ_BACK = ("bibtex", "biblatex", "csl-json", "ris", "json", "jsonl")


def _written(name: str, entry: Entry) -> str:
    return "".join(FORMATS[name].write([entry], {entry.id: entry.mark.citation_key or "key"}))


def test_the_table_in_the_readme_lists_what_is_not_written() -> None:
    missing = {
        name: ", ".join(field for field, of in FIELDS.items() if _written(name, of(PLAIN)) == _written(name, PLAIN))
        for name in READ_BACK
    }
    rows: dict[str, list[str]] = {}
    for name, fields in missing.items():
        rows.setdefault(fields or "nothing", []).append(f"`{name}`")
    table = "".join(f"| {' '.join(names)} | {fields} |\n" for fields, names in rows.items())
    assert table in README.read_text(encoding="utf-8")
