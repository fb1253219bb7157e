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


def record_name(draft: Record) -> str:
    """The name of a record: a digest of what it says, one of its title, and its place."""
    return f"{_contents(draft)} {_title(draft)} {draft.source.page}:{draft.source.line}"


def find_pinned(drafts: Sequence[Record], pins: Mapping[str, str]) -> dict[int, str]:
    """The places of pinned records among the drafts, each with the id of its paper.

    Args:
        drafts: the records of all pages.
        pins: name of a record to the id of the paper that it is of.
    """
    if not pins:
        return {}
    by_contents = {name.partition(" ")[0]: paper_id for name, paper_id in pins.items()}
    titles = {name.split(" ")[1] for name in pins}
    contents = {place: _contents(draft) for place, draft in enumerate(drafts) if _title(draft) in titles}
    found = {place: by_contents[name] for place, name in contents.items() if name in by_contents}
    missing = {name.partition(" ")[2]: pins[name] for name in pins if name.partition(" ")[0] not in contents.values()}
    for place in contents.keys() - found.keys():
        standing = record_name(drafts[place]).partition(" ")[2]
        if standing in missing:
            found[place] = missing[standing]
    return found


def _title(draft: Record) -> str:
    return digest(title_key(draft.title) if draft.title else normalise_words(draft.abstract or ""))


def _contents(draft: Record) -> str:
    authors = " ".join(map(fold, draft.authors))
    evidence = " ".join(map(str, evidence_of(draft).order))
    parts = (
        title_key(draft.title or ""),
        normalise_words(draft.abstract or ""),
        authors,
        evidence,
        draft.details.key,
    )
    return digest("\n".join((*parts, str(draft.date or ""))))
