"""The door: the one way from a face to the papers, the marks, the questions and the exports.

Both faces call the same methods here and get the same answers. The door wires the services together and does none of
their work; it knows no widget, no argument list and no file format.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from tui.errors import NothingMatchedError, StoreBusyError, WriteError
from tui.query.search import Search
from tui.session.entries import Entries
from tui.session.exports import DEFAULT_OPTIONS, Exports
from tui.session.mark_totals import VIEWS, MarkTotals, read_views
from tui.session.source_sync import SourceSync
from tui.settings.settings import load
from tui.store.store import Store
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
    from tui.session.curation import Curation
    from tui.session.exports import ExportOptions, FinishedExport, PreparedExport
    from tui.session.imports import Imports
    from tui.session.insights import Insights
    from tui.session.saved_views import SavedViews
    from tui.session.source_sync import Progress
    from tui.settings.settings import Settings
    from tui.store.store import Plan, ReadValues


class Session:
    """An open reading list.

    Args:
        home: the folders to work with.
        library: the open store.
    """

    def __init__(self, home: Paths, library: Store) -> None:
        self.home, self._library = home, library
        self._notices = list(library.notices)
        self._entries = Entries(library)
        self._arrivals = SourceSync(home, library, self._notices.append)
        self.waiting = self._arrivals.waiting
        self._curation: Curation | None = None
        self._advice: Insights | None = None
        self._search = Search(self._entries, self.views, liking=lambda: self.insights.preference_model().scores())
        self._marked = MarkTotals(library, self._entries)
        self._departures = Exports(library, self._entries, self._forget, lambda: self.settings.citation_key)

    @classmethod
    def open(cls, home: Paths, progress: Progress | None = None) -> Session:
        """Open the store, and take in the pages where they changed since the last time.

        Args:
            home: the folders to work with.
            progress: called with (done, total) while pages are being read.

        Raises:
            ReadlistError: the store or the pages cannot be read.
        """
        (session := cls.open_store(home)).synchronise(progress)
        return session

    @classmethod
    def open_store(cls, home: Paths) -> Session:
        """Open the store alone, with the pages as they were; raises ReadlistError where it cannot be read."""
        return cls(home, Store.open(home.data))

    @staticmethod
    def repair(home: Paths, *, dry_run: bool, source: str | None = None) -> tuple[str, ...]:
        """Mend a store that does not open, nothing being deleted; all is as ``Library.repair`` has it."""
        return Store.repair(home.data, dry_run=dry_run, backup_name=source)

    def close(self) -> None:
        """Release the store, and compact it where that is due."""
        self._library.close()

    # What is there.

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should know about the list, a sentence each; sources that cannot be trusted come last."""
        return (*self._notices, *self._arrivals.warnings)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with the sources of the papers, a sentence each."""
        return self._arrivals.warnings

    @property
    def read_only(self) -> bool:
        """Whether changes are refused because the store cannot be written."""
        return self._library.read_only

    def ids(self) -> Sequence[str]:
        """Every paper's id, in the order of the pages."""
        return self._entries.ids()

    def entry(self, paper_id: str) -> Entry:
        """The paper and its mark.

        Raises:
            KeyError: there is no such paper.
        """
        return self._entries.entry(paper_id)

    @cached_property
    def settings(self) -> Settings:
        """What the file of settings says, read at the first question."""
        return load(self.home.config)

    def views(self) -> Mapping[str, str]:
        """Saved views: name and query text, in the user's order, and behind them those that the settings give."""
        return read_views(self._library.get_value(VIEWS), self.settings.views)

    @property
    def saved_views(self) -> SavedViews:
        """The saved views, to be changed."""
        from tui.session.saved_views import SavedViews  # noqa: PLC0415 - views change now and then

        profiles = {name: profile.query for name, profile in self.settings.profiles.items()}
        return SavedViews(self._library, self._commit, self.settings.views, profiles)

    @property
    def curation(self) -> Curation:
        """What the user sets right: fields of papers, and which two papers are one."""
        if self._curation is None:
            from tui.session.curation import Curation  # noqa: PLC0415 - asked for now and then

            self._curation = Curation(self._entries, self._commit)
        return self._curation

    def tags(self) -> tuple[tuple[str, int], ...]:
        """The tags in use, each with its number of papers, the most used first."""
        return self._marked.tags()

    def undoable(self) -> Change | None:
        """The step that ``undo`` would take back."""
        return self._library.undoable()

    @staticmethod
    def today() -> date:
        """The day it is where the user is."""
        return datetime.now().astimezone().date()

    def history(self, limit: int | None = None) -> tuple[Change, ...]:
        """The steps taken, the newest first."""
        return self._library.history(limit)

    def progress(self) -> tuple[int, int]:
        """How many papers are triaged (have left ``unread``), and how many there are."""
        return self._marked.progress()

    @property
    def insights(self) -> Insights:
        """What the list says about itself, and what it suggests."""
        if self._advice is None:
            from tui.session.insights import Insights  # noqa: PLC0415 - asked for now and then

            self._advice = Insights(self._library, self._entries)
        return self._advice

    # Questions.

    def find(self, query: str, sort: str | None = None) -> QueryResult:
        """The papers that answer a query, in order; raises QueryError where it cannot be understood."""
        return self._search.find(query, sort=sort, today=self.today())

    fields = staticmethod(Search.fields)

    @staticmethod
    def sorts() -> Mapping[str, str]:
        """The orders there are: name, and what comes first."""
        from tui.query.sorting import SORTS  # noqa: PLC0415 - asked for by the sort menu and by help alone

        return {name: sort.help for name, sort in SORTS.items()}

    def toggle_facet(self, query: str, field: str, value: str, state: FacetState) -> str:
        """The query text after a facet value was included, excluded or ignored."""
        from tui.query.facet_edit import toggle_facet  # noqa: PLC0415 - asked for by the filter pane alone

        return toggle_facet(query, field, value, state)

    @property
    def search(self) -> Search:
        """What else is asked of the list by a screen: facets, completions, whether papers still answer."""
        return self._search

    # Changes. Each is one step: appended to the journal and synced before it shows.

    def mark(self, ids: Iterable[str], edit: Edit) -> Change | None:
        """Do one thing to some papers, as one step; durable when this returns.

        Args:
            ids: the papers.
            edit: what to do.

        Returns:
            The change, or None where the papers were that way already.

        Raises:
            StoreBusyError, CannotWriteError: nothing was changed.
        """
        targets = tuple(dict.fromkeys(ids))
        at = _now()
        label = f"{edit.label}: {self._naming(targets)}"
        return self._commit(label, self._marked.edited(targets, edit, at), at)

    def preview_edit(self, ids: Iterable[str], edit: Edit) -> int:
        """How many of the papers an edit would change."""
        marks = [(self._library.mark(paper_id)) for paper_id in dict.fromkeys(ids)]
        return sum(edit.apply(mark, "") != mark for mark in marks)

    def rename_tag(self, old: str, new: str) -> Change | None:
        """Give a tag another name everywhere, with the tags nested below it; an existing name joins the two.

        Raises:
            UsageError: the new name is not a tag.
            NothingMatchedError: no paper carries the old one.
        """
        return self._replace_tags((old,), new, f"rename tag {old} to {new}")

    def merge_tags(self, tags: Sequence[str], into: str) -> Change | None:
        """Make one tag of several; raises as ``rename_tag`` does."""
        return self._replace_tags(tags, into, f"merge tags {', '.join(tags)} into {into}")

    def delete_tag(self, tag: str) -> Change | None:
        """Take a tag, and the tags nested below it, from every paper; raises as ``rename_tag`` does."""
        return self._replace_tags((tag,), None, f"delete tag {tag}")

    def undo(self) -> Change | None:
        """Take back the latest step that still stands; None where there is none."""
        return self._stepped(self._arrivals.undo_or_redo(back=True, at=_now()))

    def redo(self) -> Change | None:
        """Do the latest step that was taken back again; None where there is none."""
        return self._stepped(self._arrivals.undo_or_redo(back=False, at=_now()))

    def revert_change(self, steps: Collection[int], label: str, papers: Collection[str]) -> Change | None:
        """Take steps back for some papers, as one step; what was changed once more since then stays as it is."""
        return self._commit(label, self._marked.revert_plan(steps, papers), _now())

    def poll(self) -> frozenset[str]:
        """Catch up with what other processes did; the ids of the papers that look different now."""
        before = self._library.ids()
        changed = self._library.poll()
        if self._library.ids() is not before:
            self._forget_all()
        elif changed:
            self._forget(changed)
        return changed

    def get_value(self, name: str) -> object:
        """A small fact kept between runs (the last place, say), or None."""
        return self._library.get_value(name)

    def facts(self, prefix: str) -> Mapping[str, object]:
        """The small facts whose names begin with a prefix, by name."""
        return self._library.values(prefix)

    def set_value(self, name: str, value: object) -> None:
        """Keep a small fact between runs; given up where the store cannot be written now."""
        with suppress(WriteError, StoreBusyError):
            self._library.set_value(name, value)

    def ui_state(self) -> UiState:
        """Where the screen was left: the paper under the cursor, the query, the order."""
        return UiState.from_stored(self._library.get_value("place"))

    def save_ui_state(self, place: UiState) -> None:
        """Keep where the screen is left, for the next start."""
        if place != self.ui_state():
            self.set_value("place", place._asdict())

    # Out.

    @staticmethod
    def formats() -> tuple[tuple[str, str], ...]:
        """The export formats there are: name and title."""
        from tui.export.formats import FORMATS  # noqa: PLC0415 - only exports pay for the writers

        return tuple((name, found.title) for name, found in FORMATS.items())

    def record(self, paper_id: str) -> dict[str, object]:
        """The documented JSON record of a paper."""
        return self._departures.record(paper_id)

    def citation_keys(self) -> Mapping[str, str]:
        """The citation key of every paper: the pinned one, else the one it would get."""
        return self._departures.citation_keys()

    def export(
        self, ids: Sequence[str], format_name: str, options: ExportOptions = DEFAULT_OPTIONS
    ) -> FinishedExport:
        """Write papers in a format; the same bytes whichever face asks. All is as ``begin_export`` has it."""
        return self._departures.export(ids, format_name, options, _now())

    def begin_export(
        self, ids: Sequence[str], format_name: str, options: ExportOptions = DEFAULT_OPTIONS
    ) -> PreparedExport:
        """Do of an export what needs the session; all is as ``Departures.begin`` has it."""
        return self._departures.begin(ids, format_name, options, _now())

    def export_preview(self, ids: Sequence[str], format_name: str, options: ExportOptions = DEFAULT_OPTIONS) -> str:
        """The first papers of an export as it would write them, for a look; see ``Departures.sample``."""
        return self._departures.preview(ids, format_name, options)

    def copy_text(self, paper_id: str, what: str) -> str:
        """One paper in a form to paste; all is as ``Departures.excerpt`` has it."""
        return self._departures.copy_text(paper_id, what, _now())

    def save(self, export: FinishedExport, target: Path, *, force: bool) -> None:
        """Write an export to a file; all is as ``Departures.save`` has it."""
        self._departures.save(export, target, force=force)

    # In.

    def sources_changed(self) -> bool:
        """Whether a page, or the corrections, changed since the catalogue was made."""
        return self._arrivals.changed()

    def synchronise(self, progress: Progress | None = None) -> int:
        """Read the pages where they changed; returns the number of new papers.

        Raises:
            BadInputError: the pages or the corrections cannot be read at all.
        """
        fresh = self._arrivals.synchronise(_now(), progress)
        if fresh is None:
            return 0
        self._forget_all()
        return len(fresh)

    @cached_property
    def imports(self) -> Imports:
        """Files from elsewhere: what taking them in would do, and doing it."""
        from tui.session.imports import Imports  # noqa: PLC0415 - most sessions import nothing

        return Imports(self._library, self._entries, self._arrivals, self._forget_all, _now)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything on the pages that could not be read, found by reading them again."""
        return self._arrivals.diagnostics(_now())

    def inspect(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What is damaged in the store, and what else is to be known of it, a sentence each."""
        return self._library.check()

    def _commit(self, label: str, plan: Plan, at: str = "", facts_of: ReadValues | None = None) -> Change | None:
        return self._stepped(self._library.commit(label, plan, at=at or _now(), values_of=facts_of))

    def _stepped(self, change: Change | None) -> Change | None:
        """Forget what a change made stale; a commit reads what others appended, so those count as well."""
        if change is None:
            return None
        if change.rereads:
            self._forget_all()
        else:
            self._forget(change.ids)
        return change

    def _forget(self, ids: Iterable[str]) -> None:
        touched = tuple(ids)
        if self._entries.marks_changed(touched):
            self._search.reset()
            self._marked.forget()
        else:
            self._search.mark_changed(touched)
            self._marked.touched(touched)
        self._departures.keys_changed()

    def _forget_all(self) -> None:
        self._entries.invalidate()
        self._search.reset()
        self._marked.forget()
        self._departures.keys_changed()

    def _naming(self, ids: Sequence[str]) -> str:
        return self.entry(ids[0]).paper.display_title if len(ids) == 1 else f"{len(ids)} papers"

    def _replace_tags(self, olds: Sequence[str], new: str | None, label: str) -> Change | None:
        if (change := self._commit(label, self._marked.retag_plan(olds, new))) is None:
            raise NothingMatchedError(f"no paper carries the tag {' or '.join(olds)}", "`readlist tags` lists them")
        return change


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
