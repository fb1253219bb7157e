"""What is kept over the whole list: the tags in use, how many papers are triaged, the saved views as they are stored.

Knows no paper and no query.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.errors import UsageError
from tui.model.change import revert_changes
from tui.model.mark import Mark, Status
from tui.model.tags import rename_tags, validate_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from tui.model.edit import Edit
    from tui.session.entries import Entries
    from tui.store.store import Store

VIEWS = "views"  # the fact that keeps the saved views


def read_views(kept: object, given: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """Name and query text of each view, in order.

    Args:
        kept: the fact that keeps the saved views: pairs, which have an order.
        given: views of the settings; they come last, and a saved one of the same name beats them.
    """
    saved = {str(name): str(query) for name, query in kept} if isinstance(kept, list) else {}
    return saved | {name: query for name, query in given.items() if name not in saved} if given else saved


class MarkTotals:
    """The marks of one library.

    Args:
        library: the open store.
        entries: its papers and marks put together.
    """

    def __init__(self, library: Store, entries: Entries) -> None:
        self._library = library
        self._entries = entries
        self._triaged: set[str] | None = None
        self._tags: tuple[tuple[str, int], ...] | None = None

    def progress(self) -> tuple[int, int]:
        """How many papers are triaged (have left ``unread``), and how many there are."""
        if self._triaged is None:
            self._triaged = set()
            self.touched(self._library.marked())
        return len(self._triaged), len(self._entries.ids())

    def touched(self, ids: Iterable[str]) -> None:
        """The marks of these papers changed."""
        self._tags = None
        if self._triaged is None:
            return
        for paper_id in ids:
            if paper_id in self._library and self._library.mark(paper_id).status is not Status.UNREAD:
                self._triaged.add(paper_id)
            else:
                self._triaged.discard(paper_id)

    def forget(self) -> None:
        """The catalogue is another one."""
        self._triaged = self._tags = None

    def tags(self) -> tuple[tuple[str, int], ...]:
        """The tags in use, each with its number of papers, the most used first; kept until a mark changes.

        The tag picker and each of its neighbours ask for them, and a long list has many thousand marks to look at.
        """
        if self._tags is None:
            self._tags = self._counted_tags()
        return self._tags

    def _counted_tags(self) -> tuple[tuple[str, int], ...]:
        counts: Counter[str] = Counter()
        spelling: dict[str, str] = {}
        marked, ids = self._library.marked(), self._entries.ids()
        # Of several spellings the first in the list counts, as in the facets; then those of papers that left it.
        for paper_id in (*filter(marked.__contains__, ids), *sorted(marked.difference(ids))):
            for tag in self._library.mark(paper_id).tags:
                counts[spelling.setdefault(tag.casefold(), tag)] += 1
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold())))

    def edited(
        self, targets: Iterable[str], edit: Edit, at: str
    ) -> Callable[[Callable[[str], Mark]], dict[str, Mark]]:
        """The plan of a change that does one edit to papers; that of a merged paper goes to the one it is part of."""

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            owners = dict.fromkeys(self._entries.owner(target, mark) for target in targets)
            return {owner: edit.apply(mark(owner), at) for owner in owners}

        return plan

    def revert_plan(
        self, steps: Collection[int], papers: Collection[str]
    ) -> Callable[[Callable[[str], Mark]], dict[str, Mark]]:
        """The plan of a change that takes steps of the history back, whatever was done after them.

        Args:
            steps: their numbers.
            papers: the ids that they are taken back for.
        """

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            new: dict[str, Mark] = {}
            left = set(steps)
            for change in self._library.history():
                if not left:
                    break
                if change.number in left:
                    left.discard(change.number)
                    for paper_id, fields in change.marks:
                        if paper_id in papers:
                            new[paper_id] = revert_changes(new.get(paper_id, mark(paper_id)), fields)
            return new

        return plan

    def retag_plan(self, olds: Sequence[str], new: str | None) -> Callable[[Callable[[str], Mark]], dict[str, Mark]]:
        """The plan of a change that gives tags another name everywhere, or takes them away.

        Raises:
            UsageError: the new name is not a tag.
        """
        try:
            target = None if new is None else validate_tag(new)
        except ValueError as fault:
            raise UsageError(str(fault)) from None

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            before = {paper_id: mark(paper_id) for paper_id in self._library.marked()}
            return {key: replace(old, tags=rename_tags(old.tags, tuple(olds), target)) for key, old in before.items()}

        return plan
