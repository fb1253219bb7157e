"""Session: the interface of both front ends to papers, marks, queries, imports and exports.

It connects the services and does none of their work.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from tui.query.search import Search
from tui.session.catalogue_rebuild import SourceSync
from tui.session.edits import Edits
from tui.session.entries import Entries, EntriesWithRemoved
from tui.session.exports import Exports
from tui.session.maintenance import Maintenance
from tui.session.mark_totals import VIEWS, MarkTotals, read_views
from tui.session.sources import Sources
from tui.session.stored_values import StoredValues
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from tui.model.change import Change
    from tui.model.entry import Entry
    from tui.paths import Paths
    from tui.query.search import QueryResult
    from tui.session.additions import Additions
    from tui.session.catalogue_rebuild import Progress
    from tui.session.corrections_and_merges import Curation
    from tui.session.fills import Fills
    from tui.session.imports import Imports
    from tui.session.insights import Insights
    from tui.session.saved_views import SavedViews
    from tui.settings.settings import Settings
    from tui.store.history import Plan, ReadValues


class Session:
    """An open reading list, and its services.

    Args:
        paths: the folders of the list.
        store: the open store.

    Attributes:
        paths: the folders of the list.
        search: queries, facets, completions and rechecks of matches.
        edits: changes of the user, undo and redo.
        exports: papers as text, citation keys.
        sources: the sources of the papers.
        values: values kept between runs.
        totals: tags in use, progress through the unread papers.
        maintenance: checks and compaction of the store.
    """

    def __init__(self, paths: Paths, store: Store) -> None:
        self.paths, self._store = paths, store
        self._messages = list(store.notices)
        self._entries = Entries(store)
        self._source_sync = SourceSync(paths, store, self._messages.append)
        self.search = Search(
            self._entries,
            self.views,
            preferences=lambda: self.insights.preference_model().scores(),
            with_removed=EntriesWithRemoved(self._entries),
        )
        self.totals = MarkTotals(store, self._entries)
        self.exports = Exports(store, self._entries, self._invalidate, lambda: self.settings.citation_key, _now)
        self.sources = Sources(
            paths, store, self._entries, self._source_sync, lambda: self.imports, self._invalidate_all, _now
        )
        self.values = StoredValues(store)
        self.maintenance = Maintenance(store)
        self.edits = Edits(
            store,
            self._entries,
            self.totals,
            self._source_sync,
            commit=self._commit,
            after_change=self._after_change,
            now=_now,
        )

    @classmethod
    def open(cls, paths: Paths, progress: Progress | None = None) -> Session:
        """Open the store, and read the sources if they changed.

        Args:
            paths: the folders of the list.
            progress: called with (done, total) while sources are being read.

        Raises:
            ReadlistError: the store or the sources cannot be read.
        """
        session = cls.open_store(paths)
        session.sources.synchronise(progress)
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

    # Contents.

    @property
    def notices(self) -> tuple[str, ...]:
        """Messages about the list; warnings about its sources come last."""
        return (*self._messages, *filter(None, (self.sources.take_link_report(),)), *self._source_sync.warnings)

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
        from tui.settings.settings_file import load  # noqa: PLC0415 - many commands need no setting

        return load(self.paths.config)

    def views(self) -> Mapping[str, str]:
        """Views: name and query text, the saved ones in the user's order, then those of the settings."""
        return read_views(self._store.values.get(VIEWS), self.settings.views)

    @property
    def saved_views(self) -> SavedViews:
        """Editor of the saved views."""
        from tui.session.saved_views import SavedViews  # noqa: PLC0415 - rarely needed

        profiles = {name: profile.query for name, profile in self.settings.profiles.items()}
        return SavedViews(self._store, self._commit, self.settings.views, profiles)

    @cached_property
    def curation(self) -> Curation:
        """Corrections of fields, and duplicates."""
        from tui.session.corrections_and_merges import Curation  # noqa: PLC0415 - rarely needed

        return Curation(self._entries, self._commit)

    @staticmethod
    def today() -> date:
        """Today's date for the user."""
        return datetime.now().astimezone().date()

    @cached_property
    def insights(self) -> Insights:
        """Statistics and suggestions."""
        from tui.session.insights import Insights  # noqa: PLC0415 - rarely needed

        return Insights(self._store, self._entries)

    # Queries.

    def find(self, query: str, sort: str | None = None) -> QueryResult:
        """The papers that match a query, in order; raises QueryError if it is invalid."""
        return self.search.find(query, sort=sort, today=self.today())

    def poll(self) -> frozenset[str]:
        """Read what other processes changed; returns the ids of the changed papers."""
        before = self._store.catalogue.ids()
        changed = self._store.poll()
        if self._store.catalogue.ids() is not before:
            self._invalidate_all()
        elif changed:
            self._invalidate(changed)
        return changed

    # Sources and import.

    @cached_property
    def imports(self) -> Imports:
        """Import of files."""
        from tui.session.imports import Imports  # noqa: PLC0415 - most sessions import nothing

        return Imports(self._store, self._entries, self._source_sync, self._invalidate_all, _now)

    @cached_property
    def fills(self) -> Fills:
        """Completion of papers from other people's records."""
        from tui.session.fills import Fills  # noqa: PLC0415 - most sessions complete nothing

        return Fills(self._store, self._entries, self._source_sync, self._invalidate_all, _now)

    @cached_property
    def additions(self) -> Additions:
        """Papers that are added by identifier or by a feed."""
        from tui.session.additions import Additions  # noqa: PLC0415 - rarely needed

        return Additions(self._store, self._entries, self.imports, self.edits.mark, _now)

    def _commit(self, label: str, plan: Plan, at: str = "", facts_of: ReadValues | None = None) -> Change | None:
        return self._after_change(self._store.history.commit(label, plan, at=at or _now(), values_of=facts_of))

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
            self.search.reset()
            self.totals.invalidate()
        else:
            self.search.mark_changed(changed)
            self.totals.marks_changed(changed)
        self.exports.keys_changed()

    def _invalidate_all(self) -> None:
        self._entries.invalidate()
        self.search.reset()
        self.totals.invalidate()
        self.exports.keys_changed()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
