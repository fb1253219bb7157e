"""Pairs of papers with the same title, DOI or arXiv id."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from tui.index.duplicate_contradictions import shares_only_generic_title
from tui.model.entry import marked_distinct
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.model.entry import Entry
    from tui.model.paper import Paper

_MAX_ALL_PAIRS = 30


def pairs_sharing_identifier(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry, Entry]]:
    """Pairs that share an identifier, with its name: ``DOI``, ``arXiv id``, ``title`` (ignoring punctuation).

    In a large group each paper is paired with its neighbours only. Pairs marked as not duplicates are left out, and
    so are pairs that share only a generic title.
    """
    holders: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        for identifier in _identifiers(entry.paper):
            holders[identifier].append(entry)
    for (name, _), found in holders.items():
        if len(found) > 1:
            pairs = combinations(found, 2) if len(found) <= _MAX_ALL_PAIRS else pairwise(found)
            for one, other in pairs:
                if not marked_distinct(one, other) and not (
                    name == "title" and shares_only_generic_title(one.paper, other.paper)
                ):
                    yield name, one, other


def _identifiers(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.doi:
        yield "DOI", paper.doi.casefold()
    if paper.eprint:
        yield "arXiv id", paper.eprint.casefold()
    if paper.title and (title := normalise_words(paper.title)):
        yield "title", title
