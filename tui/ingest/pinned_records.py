"""Records that the user said are of one paper and no other: how they are named, and found again on the pages.

A record is named by what it says, so that it is found wherever it stands; where it was corrected since, by its place
and title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ingest.merge_evidence import evidence_of
from tui.ingest.paper_ids import digest, title_key
from tui.text.fold import fold
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.ingest.record import Record


def record_name(record: Record) -> str:
    """The name of a record: a digest of what it says, one of its title, and its place."""
    return f"{_contents(record)} {_title(record)} {record.source.page}:{record.source.line}"


def find_pinned(records: Sequence[Record], pins: Mapping[str, str]) -> dict[int, str]:
    """The places of pinned records among the drafts, each with the id of its paper.

    Args:
        drafts: the records of all pages.
        pins: name of a record to the id of the paper that it is of.
    """
    if not pins:
        return {}
    by_contents = {name.partition(" ")[0]: paper_id for name, paper_id in pins.items()}
    titles = {name.split(" ")[1] for name in pins}
    contents = {index: _contents(record) for index, record in enumerate(records) if _title(record) in titles}
    found = {index: by_contents[name] for index, name in contents.items() if name in by_contents}
    missing = {name.partition(" ")[2]: pins[name] for name in pins if name.partition(" ")[0] not in contents.values()}
    for index in contents.keys() - found.keys():
        location = record_name(records[index]).partition(" ")[2]
        if location in missing:
            found[index] = missing[location]
    return found


def _title(record: Record) -> str:
    return digest(title_key(record.title) if record.title else normalise_words(record.abstract or ""))


def _contents(record: Record) -> str:
    authors = " ".join(map(fold, record.authors))
    evidence = " ".join(map(str, evidence_of(record).order))
    parts = (
        title_key(record.title or ""),
        normalise_words(record.abstract or ""),
        authors,
        evidence,
        record.details.key,
    )
    return digest("\n".join((*parts, str(record.date or ""))))
