"""Changes of the user: edits of papers, tags everywhere, undo and redo. Each is one undo step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import NothingMatchedError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from tui.model.change import Change
    from tui.model.edit import Edit
    from tui.model.mark import Mark
    from tui.session.catalogue_rebuild import SourceSync
    from tui.session.entries import Entries
    from tui.session.mark_totals import MarkTotals
    from tui.store.history import Plan
    from tui.store.store import Store

    Commit = Callable[[str, Plan, str], Change | None]


class Edits:
    """Edits of one reading list. Each is synced to disk before it is visible.

    Args:
        store: the open store.
        entries: the papers with their marks.
        mark_totals: plans the new marks.
        source_sync: reads the sources again when an import is undone.
        commit: commits a plan with a label at a time, and drops what it made stale.
        after_change: drops what a change made stale.
        now: the current time, as the history writes it.
    """

    def __init__(
        self,
        store: Store,
        entries: Entries,
        mark_totals: MarkTotals,
        source_sync: SourceSync,
        *,
        commit: Commit,
        after_change: Callable[[Change | None], Change | None],
        now: Callable[[], str],
    ) -> None:
        self._store, self._entries, self._mark_totals, self._source_sync = store, entries, mark_totals, source_sync
        self._commit, self._after_change, self._now = commit, after_change, now

    def mark(self, ids: Iterable[str], edit: Edit) -> Change | None:
        """Apply an edit to papers as one step; durable when this returns.

        Args:
            ids: the papers.
            edit: the edit.

        Returns:
            The change, or None if nothing changed.

        Raises:
            StoreBusyError, WriteError: nothing was changed.
        """
        targets = tuple(dict.fromkeys(ids))
        at = self._now()
        label = f"{edit.label}: {self._describe(targets)}"
        return self._commit(label, self._mark_totals.edit_plan(targets, edit, at), at)

    def mark_each(self, edits: Mapping[str, Edit], label: str) -> Change | None:
        """Apply an edit of its own to each paper, all as one step; returns and raises as ``mark`` does.

        Args:
            edits: the edits, by paper.
            label: what the step does.
        """
        at = self._now()
        plans = [self._mark_totals.edit_plan((paper_id,), edit, at) for paper_id, edit in edits.items()]

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            return {paper_id: new for each in plans for paper_id, new in each(mark).items()}

        return self._commit(label, plan, at)

    def preview(self, ids: Iterable[str], edit: Edit) -> int:
        """How many of the papers an edit would change."""
        marks = [(self._store.marks.get(paper_id)) for paper_id in dict.fromkeys(ids)]
        return sum(edit.apply(mark, "") != mark for mark in marks)

    def rename_tag(self, old: str, new: str) -> Change | None:
        """Rename a tag everywhere, with the tags nested below it; if the new name exists, the two are merged.

        Raises:
            UsageError: the new name is not a tag.
            NothingMatchedError: no paper has the old one.
        """
        return self._replace_tags((old,), new, f"rename tag {old} to {new}")

    def merge_tags(self, tags: Sequence[str], into: str) -> Change | None:
        """Merge several tags into one; raises as ``rename_tag`` does."""
        return self._replace_tags(tags, into, f"merge tags {', '.join(tags)} into {into}")

    def delete_tag(self, tag: str) -> Change | None:
        """Remove a tag, and the tags nested below it, from every paper; raises as ``rename_tag`` does."""
        return self._replace_tags((tag,), None, f"delete tag {tag}")

    def history(self, limit: int | None = None) -> tuple[Change, ...]:
        """The steps of the history, newest first."""
        return self._store.history.changes(limit)

    @property
    def latest(self) -> int:
        """The number of the newest step of the history; 0 if there is none."""
        return self._store.history.latest

    def undoable(self) -> Change | None:
        """The step that ``undo`` would undo."""
        return self._store.history.undoable()

    def undo(self) -> Change | None:
        """Undo the last step; None if there is none."""
        return self._after_change(self._source_sync.undo_or_redo(back=True, at=self._now()))

    def redo(self) -> Change | None:
        """Redo the last undone step; None if there is none."""
        return self._after_change(self._source_sync.undo_or_redo(back=False, at=self._now()))

    def revert(self, steps: Collection[int], label: str, papers: Collection[str]) -> Change | None:
        """Revert steps for some papers, as one step; fields changed again since then are left alone."""
        return self._commit(label, self._mark_totals.revert_plan(steps, papers), self._now())

    def _describe(self, ids: Sequence[str]) -> str:
        return self._entries.entry(ids[0]).paper.display_title if len(ids) == 1 else pluralise(len(ids))

    def _replace_tags(self, olds: Sequence[str], new: str | None, label: str) -> Change | None:
        change = self._commit(label, self._mark_totals.retag_plan(olds, new), self._now())
        if change is None:
            raise NothingMatchedError(f"no paper has the tag {' or '.join(olds)}", "`readlist tags` lists all tags")
        return change
