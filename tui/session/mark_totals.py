"""Totals over all marks: tags in use and triage progress; and plans of changes to many marks."""

from __future__ import annotations

from collections import Counter
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

VIEWS = "views"  # key of the stored value that holds the saved views


def read_views(stored: object, configured: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """Name and query text of each view, in order.

    Args:
        stored: the stored value: a list of pairs.
        configured: views of the settings, listed last; a saved view of the same name overrides them.
    """
    saved = {str(name): str(query) for name, query in stored} if isinstance(stored, list) else {}
    return saved | {name: query for name, query in configured.items() if name not in saved} if configured else saved


class MarkTotals:
    """Totals over the marks of one reading list.

    Args:
        store: the open store.
        entries: its papers with their marks.
    """

    def __init__(self, store: Store, entries: Entries) -> None:
        self._store = store
        self._entries = entries
        self._triaged: set[str] | None = None
        self._tags: tuple[tuple[str, int], ...] | None = None

    def progress(self) -> tuple[int, int]:
        """How many papers are triaged (have left ``unread``), and how many there are."""
        if self._triaged is None:
            # Without decoding the marks, which the first frame of a long list need not wait for.
            self._triaged = {
                paper_id for paper_id in self._store.marks.triaged_ids() if paper_id in self._store.catalogue
            }
        return len(self._triaged), len(self._entries.ids())

    def marks_changed(self, ids: Iterable[str]) -> None:
        """Update after changes of these marks."""
        self._tags = None
        if self._triaged is None:
            return
        for paper_id in ids:
            mark = self._store.marks.get(paper_id)
            if paper_id in self._store.catalogue and mark.status is not Status.UNREAD and not mark.removed:
                self._triaged.add(paper_id)
            else:
                self._triaged.discard(paper_id)

    def invalidate(self) -> None:
        """Drop everything cached, after the catalogue changed."""
        self._triaged = self._tags = None

    def tags(self) -> tuple[tuple[str, int], ...]:
        """The tags in use, each with its number of papers, the most used first; cached until a mark changes.

        The tag picker and the panes ask for them often, and a long list has many thousand marks.
        """
        if self._tags is None:
            self._tags = self._count_tags()
        return self._tags

    def _count_tags(self) -> tuple[tuple[str, int], ...]:
        counts: Counter[str] = Counter()
        spelling: dict[str, str] = {}
        marked, ids = self._store.marks.ids() - self._entries.removed(), self._entries.ids()
        # Prefer the spelling of the first paper in the list, as the facets do; then those of papers no longer in it.
        for paper_id in (*filter(marked.__contains__, ids), *sorted(marked.difference(ids))):
            for tag in self._store.marks.get(paper_id).tags:
                counts[spelling.setdefault(tag.casefold(), tag)] += 1
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold())))

    def edit_plan(
        self, targets: Iterable[str], edit: Edit, at: str
    ) -> Callable[[Callable[[str], Mark]], dict[str, Mark]]:
        """Plan of a change that applies one edit to papers; for a merged paper, to the one it is part of."""

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            owners = dict.fromkeys(self._entries.owner(target, mark) for target in targets)
            return {owner: edit.apply(mark(owner), at) for owner in owners}

        return plan

    def revert_plan(
        self, steps: Collection[int], papers: Collection[str]
    ) -> Callable[[Callable[[str], Mark]], dict[str, Mark]]:
        """Plan of a change that reverts steps of the history, whatever was done after them.

        Args:
            steps: their numbers.
            papers: ids of the papers to revert.
        """

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            new: dict[str, Mark] = {}
            left = set(steps)
            for change in self._store.history.changes():
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
        """Plan of a change that renames tags everywhere, or removes them.

        Raises:
            UsageError: the new name is not a tag.
        """
        try:
            target = None if new is None else validate_tag(new)
        except ValueError as error:
            raise UsageError(str(error)) from None

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            before = {paper_id: mark(paper_id) for paper_id in self._store.marks.ids()}
            return {key: old._replace(tags=rename_tags(old.tags, tuple(olds), target)) for key, old in before.items()}

        return plan
