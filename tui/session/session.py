"""Session: the interface of both front ends to papers, marks, queries, imports and exports.

It connects the services and does none of their work.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from tui.errors import NothingMatchedError, StoreBusyError, WriteError
from tui.query.search import Search
from tui.session.catalogue_rebuild import SourceSync
from tui.session.entries import Entries, EntriesWithRemoved
from tui.session.exports import DEFAULT_OPTIONS, Exports
from tui.session.linked_files import LINKED
from tui.session.mark_totals import VIEWS, MarkTotals, read_views
from tui.settings.settings import load
from tui.store.store import Store
from tui.text.plural import pluralise
from tui.ui_state import UiState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from tui.ingest.source_file import Diagnostic
    from tui.model.change import Change
    from tui.model.edit import Edit
    from tui.model.entry import Entry
    from tui.paths import Paths
    from tui.query.facet_edit import FacetState
    from tui.query.search import QueryResult
    from tui.session.additions import AddedIdentifiers
    from tui.session.catalogue_rebuild import Progress
    from tui.session.corrections_and_merges import Curation
    from tui.session.exports import ExportOptions, FinishedExport, PreparedExport
    from tui.session.fills import Fills
    from tui.session.imports import Imports
    from tui.session.insights import Insights
    from tui.session.saved_views import SavedViews
    from tui.session.sources import Sources
    from tui.settings.settings import Settings
    from tui.store.store import Plan, ReadValues


class Session:
    """An open reading list.

    Args:
        paths: the folders of the list.
        store: the open store.
    """

    def __init__(self, paths: Paths, store: Store) -> None:
        self.paths, self._store = paths, store
        self._messages = list(store.notices)
        self._entries = Entries(store)
        self._source_sync = SourceSync(paths, store, self._messages.append)
        self.waiting = self._source_sync.waiting
        self._curation: Curation | None = None
        self._insights: Insights | None = None
        with_removed = EntriesWithRemoved(self._entries)
        preferences = lambda: self.insights.preference_model().scores()  # noqa: E731 - one line
        self._search = Search(self._entries, self.views, preferences=preferences, with_removed=with_removed)
        self._mark_totals = MarkTotals(store, self._entries)
        self._exports = Exports(store, self._entries, self._invalidate, lambda: self.settings.citation_key)

    @classmethod
    def open(cls, paths: Paths, progress: Progress | None = None) -> Session:
        """Open the store, and read the sources if they changed.

        Args:
            paths: the folders of the list.
            progress: called with (done, total) while sources are being read.

        Raises:
            ReadlistError: the store or the sources cannot be read.
        """
        (session := cls.open_store(paths)).synchronise(progress)
        return session

    @classmethod
    def open_store(cls, paths: Paths) -> Session:
        """Open the store without reading the sources; raises ReadlistError if it cannot be read."""
        return cls(paths, Store.open(paths.data))

    @staticmethod
    def repair(paths: Paths, *, dry_run: bool, source: str | None = None) -> tuple[str, ...]:
        """Repair a store that does not open, without deleting anything; see ``Store.repair``."""
        return Store.repair(paths.data, dry_run=dry_run, backup_name=source)

    def close(self) -> None:
        """Close the store, compacting it if due."""
        self._store.close()

    def compact_if_due(self) -> None:
        """Compact the store now, if closing it would; never raises."""
        self._store.compact_if_due()

    # Contents.

    @property
    def notices(self) -> tuple[str, ...]:
        """Messages about the list; warnings about its sources come last."""
        return (*self._messages, *filter(None, (self.take_link_report(),)), *self._source_sync.warnings)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings about the sources of the papers."""
        return self._source_sync.warnings

    def repeated_notices(self) -> tuple[str, ...] | None:
        """The notices that the next start shows again; None if that depends on the store."""
        return None if self._store.notices else self._source_sync.warnings

    @property
    def read_only(self) -> bool:
        """Whether the store cannot be written, so that changes are refused."""
        return self._store.read_only

    def ids(self) -> Sequence[str]:
        """Every paper's id, in the order of the sources."""
        return self._entries.ids()

    def entry(self, paper_id: str) -> Entry:
        """The paper and its mark.

        Raises:
            KeyError: there is no such paper.
        """
        return self._entries.entry(paper_id)

    @cached_property
    def settings(self) -> Settings:
        """The settings, loaded on first use."""
        return load(self.paths.config)

    def views(self) -> Mapping[str, str]:
        """Views: name and query text, the saved ones in the user's order, then those of the settings."""
        return read_views(self._store.get_value(VIEWS), self.settings.views)

    @property
    def saved_views(self) -> SavedViews:
        """Editor of the saved views."""
        from tui.session.saved_views import SavedViews  # noqa: PLC0415 - rarely needed

        profiles = {name: profile.query for name, profile in self.settings.profiles.items()}
        return SavedViews(self._store, self._commit, self.settings.views, profiles)

    @property
    def curation(self) -> Curation:
        """Corrections of fields, and duplicates."""
        if self._curation is None:
            from tui.session.corrections_and_merges import Curation  # noqa: PLC0415 - rarely needed

            self._curation = Curation(self._entries, self._commit)
        return self._curation

    def tags(self) -> tuple[tuple[str, int], ...]:
        """The tags in use, each with its number of papers, the most used first."""
        return self._mark_totals.tags()

    def undoable(self) -> Change | None:
        """The step that ``undo`` would undo."""
        return self._store.undoable()

    @staticmethod
    def today() -> date:
        """Today's date for the user."""
        return datetime.now().astimezone().date()

    def history(self, limit: int | None = None) -> tuple[Change, ...]:
        """The steps of the history, newest first."""
        return self._store.history(limit)

    def progress(self) -> tuple[int, int]:
        """How many papers are triaged (have left ``unread``), and how many there are."""
        return self._mark_totals.progress()

    @property
    def insights(self) -> Insights:
        """Statistics and suggestions."""
        if self._insights is None:
            from tui.session.insights import Insights  # noqa: PLC0415 - rarely needed

            self._insights = Insights(self._store, self._entries)
        return self._insights

    # Queries.

    def find(self, query: str, sort: str | None = None) -> QueryResult:
        """The papers that match a query, in order; raises QueryError if it is invalid."""
        return self._search.find(query, sort=sort, today=self.today())

    fields = staticmethod(Search.fields)

    @staticmethod
    def sorts() -> Mapping[str, str]:
        """The sort orders: name, and what comes first."""
        from tui.query.sorting import SORTS  # noqa: PLC0415 - only the sort menu and help need it

        return {name: sort.help for name, sort in SORTS.items()}

    def toggle_facet(self, query: str, field: str, value: str, state: FacetState) -> str:
        """The query text after a facet value was included, excluded or ignored."""
        from tui.query.facet_edit import toggle_facet  # noqa: PLC0415 - only the filter pane needs it

        return toggle_facet(query, field, value, state)

    @property
    def search(self) -> Search:
        """The search engine, for facets, completions and rechecks of matches."""
        return self._search

    # Changes. Each is one undoable step, synced to disk before it is visible.

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
        at = _now()
        label = f"{edit.label}: {self._describe(targets)}"
        return self._commit(label, self._mark_totals.edit_plan(targets, edit, at), at)

    def preview_edit(self, ids: Iterable[str], edit: Edit) -> int:
        """How many of the papers an edit would change."""
        marks = [(self._store.mark(paper_id)) for paper_id in dict.fromkeys(ids)]
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

    def undo(self) -> Change | None:
        """Undo the last step; None if there is none."""
        return self._after_change(self._source_sync.undo_or_redo(back=True, at=_now()))

    def redo(self) -> Change | None:
        """Redo the last undone step; None if there is none."""
        return self._after_change(self._source_sync.undo_or_redo(back=False, at=_now()))

    def revert_change(self, steps: Collection[int], label: str, papers: Collection[str]) -> Change | None:
        """Revert steps for some papers, as one step; fields changed again since then are left alone."""
        return self._commit(label, self._mark_totals.revert_plan(steps, papers), _now())

    def poll(self) -> frozenset[str]:
        """Read what other processes changed; returns the ids of the changed papers."""
        before = self._store.ids()
        changed = self._store.poll()
        if self._store.ids() is not before:
            self._invalidate_all()
        elif changed:
            self._invalidate(changed)
        return changed

    def get_value(self, name: str) -> object:
        """A value stored between runs, such as the state of the screen; or None."""
        return self._store.get_value(name)

    def values(self, prefix: str) -> Mapping[str, object]:
        """The stored values whose names start with a prefix, by name."""
        return self._store.values(prefix)

    def set_value(self, name: str, value: object) -> None:
        """Store a value between runs; errors of writing are ignored."""
        with suppress(WriteError, StoreBusyError):
            self._store.set_value(name, value)

    def ui_state(self) -> UiState:
        """The saved state of the screen: cursor, query, sort order."""
        return UiState.from_stored(self._store.get_value("place"))

    def save_ui_state(self, state: UiState) -> None:
        """Save the state of the screen for the next start."""
        if state != self.ui_state():
            self.set_value("place", state._asdict())

    # Export.

    @staticmethod
    def formats() -> tuple[tuple[str, str], ...]:
        """The export formats: name and title."""
        from tui.export.formats import FORMATS  # noqa: PLC0415 - only exports need the writers

        return tuple((name, found.title) for name, found in FORMATS.items())

    def record(self, paper_id: str) -> dict[str, object]:
        """The documented JSON record of a paper."""
        return self._exports.record(paper_id)

    def citation_keys(self) -> Mapping[str, str]:
        """The citation key of every paper: the pinned one, or else the one it would get."""
        return self._exports.citation_keys()

    def export(
        self, ids: Sequence[str], format_name: str, options: ExportOptions = DEFAULT_OPTIONS
    ) -> FinishedExport:
        """Export papers in a format; the same bytes in both front ends. See ``Exports.export``."""
        return self._exports.export(ids, format_name, options, _now())

    def begin_export(
        self, ids: Sequence[str], format_name: str, options: ExportOptions = DEFAULT_OPTIONS
    ) -> PreparedExport:
        """Do the part of an export that needs the session; see ``Exports.prepare``."""
        return self._exports.prepare(ids, format_name, options, _now())

    def export_preview(self, ids: Sequence[str], format_name: str, options: ExportOptions = DEFAULT_OPTIONS) -> str:
        """Preview of an export; see ``Exports.preview``."""
        return self._exports.preview(ids, format_name, options)

    def copy_text(self, paper_id: str, what: str) -> str:
        """One paper as text for the clipboard; see ``Exports.copy_text``."""
        return self._exports.copy_text(paper_id, what, _now())

    def save(self, export: FinishedExport, target: Path, *, force: bool) -> None:
        """Write an export to a file; see ``Exports.save``."""
        self._exports.save(export, target, force=force)

    # Sources and import.

    def sources_changed(self) -> bool:
        """Whether the sources, or files that the list follows, changed since the catalogue was built."""
        return self._source_sync.changed() or (self._follows and bool(self.imports.linked.changed()))

    @property
    def _follows(self) -> bool:
        """Whether the list follows any file, and can be written."""
        return self._store.get_value(LINKED) is not None and not self.read_only

    def take_link_report(self) -> str:
        """What was read of linked files since the last call; empty if nothing was."""
        return self.imports.linked.take_report() if self._follows else ""

    def synchronise(self, progress: Progress | None = None) -> int:
        """Read the sources if they changed; returns the number of new papers.

        Raises:
            BadInputError: the sources cannot be read.
        """
        fresh = self._source_sync.synchronise(_now(), progress)
        linked = self._follows and bool(self.imports.linked.changed())
        new = self.imports.linked.reread(progress) if linked else 0
        if fresh is not None or linked:
            self._invalidate_all()
        return len(fresh or ()) + new

    @cached_property
    def imports(self) -> Imports:
        """Import of files."""
        from tui.session.imports import Imports  # noqa: PLC0415 - most sessions import nothing

        return Imports(self._store, self._entries, self._source_sync, self._invalidate_all, _now)

    @property
    def sources(self) -> Sources:
        """The sources of the papers."""
        from tui.session.sources import Sources  # noqa: PLC0415 - rarely needed

        return Sources(self.paths, self._store, self._entries, self._source_sync, self.imports, _now)

    @cached_property
    def fills(self) -> Fills:
        """Completion of papers from other people's records."""
        from tui.session.fills import Fills  # noqa: PLC0415 - most sessions complete nothing

        return Fills(self._store, self._entries, self._source_sync, self._invalidate_all, _now)

    def add_identifiers(self, texts: Sequence[str]) -> AddedIdentifiers:
        """Add papers by their identifiers, as one step; see ``tui.session.additions``."""
        from tui.session.additions import add_identifiers, parse_identifiers  # noqa: PLC0415 - rarely needed

        return add_identifiers(self.imports, self._entries, parse_identifiers(texts), _now)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Problems in the sources, found by reading them again."""
        return self._source_sync.diagnostics(_now())

    def inspect(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Messages about damage of the store, and further information about it."""
        return self._store.check()

    def _commit(self, label: str, plan: Plan, at: str = "", facts_of: ReadValues | None = None) -> Change | None:
        return self._after_change(self._store.commit(label, plan, at=at or _now(), values_of=facts_of))

    def _after_change(self, change: Change | None) -> Change | None:
        """Drop cached data that a change made stale; a commit also reads what other processes appended."""
        if change is None:
            return None
        if change.rereads:
            self._invalidate_all()
        else:
            self._invalidate(change.ids)
        return change

    def _invalidate(self, ids: Iterable[str]) -> None:
        changed = tuple(ids)
        if self._entries.marks_changed(changed):
            self._search.reset()
            self._mark_totals.invalidate()
        else:
            self._search.mark_changed(changed)
            self._mark_totals.marks_changed(changed)
        self._exports.keys_changed()

    def _invalidate_all(self) -> None:
        self._entries.invalidate()
        self._search.reset()
        self._mark_totals.invalidate()
        self._exports.keys_changed()

    def _describe(self, ids: Sequence[str]) -> str:
        return self.entry(ids[0]).paper.display_title if len(ids) == 1 else pluralise(len(ids))

    def _replace_tags(self, olds: Sequence[str], new: str | None, label: str) -> Change | None:
        if (change := self._commit(label, self._mark_totals.retag_plan(olds, new))) is None:
            raise NothingMatchedError(f"no paper has the tag {' or '.join(olds)}", "`readlist tags` lists them")
        return change


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
