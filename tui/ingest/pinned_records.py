"""Records that the user pinned to one paper: how they are named, and found again in the sources.

A record is named by its contents, so that it is found at any location; if it was edited since, by its location and
title.
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
    """The name of a record: digests of its contents and of its title, and its location."""
    return f"{_contents(record)} {_title(record)} {record.source.page}:{record.source.line}"


def find_pinned(records: Sequence[Record], pins: Mapping[str, str]) -> dict[int, str]:
    """The indices of pinned records, each with the id of its paper.

    Args:
        records: the records of all sources.
        pins: name of a record to the id of its paper.
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
