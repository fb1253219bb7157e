"""Values that a shell completes: tags, saved views and paper ids, read without opening the whole list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui.query.query_completion import CompletionData, complete
from tui.session.mark_totals import VIEWS, read_views
from tui.session.reading_lists import all_lists
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.paths import Paths

_MAX_IDS = 50


class CompletionValues:
    """Values in use in one reading list.

    Args:
        paths: the folders of the list.

    Raises:
        ReadlistError: the store cannot be read.
    """

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._store = Store.open(paths.data)

    def lists(self) -> list[str]:
        """The names of the reading lists."""
        return [each.paths.name for each in all_lists(self._paths)]

    def tags(self) -> list[str]:
        """Tags in use, the most frequent first."""
        counts = Counter(tag for paper_id in self._store.marks.ids() for tag in self._store.marks.get(paper_id).tags)
        return [tag for tag, _ in sorted(counts.items(), key=lambda found: (-found[1], found[0]))]

    def views(self) -> dict[str, str]:
        """Name and query of each saved view, in order."""
        return dict(read_views(self._store.values.get(VIEWS)))

    def complete_term(self, term: str) -> list[tuple[str, str]]:
        """The completions of one term of a query, as the whole term and its meaning: fields and values, views."""
        tags = tuple(self.tags()) if term.startswith("tag:") else ()
        views = tuple(self.views()) if term.startswith("@") else ()
        candidates = complete(term, len(term), CompletionData(tags=tags, views=views))
        return [(term[: found.start] + found.text, found.help) for found in candidates]

    def ids(self, beginning: str) -> list[tuple[str, str]]:
        """Id and title of papers whose id begins with it; at most 50."""
        found = [paper_id for paper_id in self._store.catalogue.ids() if paper_id.startswith(beginning)][:_MAX_IDS]
        return [(paper_id, self._store.catalogue.paper(paper_id).display_title) for paper_id in found]
