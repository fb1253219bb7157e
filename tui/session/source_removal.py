"""The sources of a list: what its papers were read from, and removing one of them with its untouched papers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import BadInputError, NothingMatchedError, UsageError
from tui.ingest.completion_records import is_completion_source
from tui.ingest.listing_files import list_sources
from tui.ingest.parse_listing import format_name
from tui.model.change import REMOVED_LISTINGS
from tui.model.mark import UNTOUCHED
from tui.model.provenance import provenance_triples
from tui.query.syntax_tree import Exact, value_to_text
from tui.session.listings import removed_listings
from tui.session.source_files import read_sources
from tui.session.source_names import shown_names
from tui.text.plural import pluralise
from tui.text.typos import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from tui.ingest.source_file import SourceFile
    from tui.model.change import Change
    from tui.model.mark import Mark
    from tui.paths import Paths
    from tui.session.catalogue_rebuild import SourceSync
    from tui.session.entries import Entries
    from tui.session.imports import Imports
    from tui.store.store import Store


class SourceInfo(NamedTuple):
    """One source.

    Attributes:
        name: its name, as in ``source:``.
        format: the name of its format; empty if it cannot be read.
        papers: number of papers in the list that have a record in it.
        imported: ISO 8601 UTC instant of its import; empty for a file in the folder of listings.
        is_linked: whether changes of the file are followed: it is in the folder of listings, or was linked.
        is_removed: whether the user removed it; only for files in the folder of listings.
        completed: number of papers in the list with fields that were filled from it; only for records of ``fill``.
    """

    name: str
    format: str
    papers: int
    imported: str
    is_linked: bool
    is_removed: bool = False
    completed: int = 0

    @property
    def query(self) -> str:
        """The query for its papers."""
        return f"source:{value_to_text(Exact(self.name))}"


class RemovedSource(NamedTuple):
    """What removing a source does.

    Attributes:
        name: the name of the source.
        gone: titles of the papers that leave the list: in no other source, and without marks of the user.
        kept: number of papers that stay, because another source has them or the user marked them.
        completed: number of papers that lose the fields that were filled from it.
        change: the step in the history; None for a preview.
    """

    name: str
    gone: tuple[str, ...]
    kept: int
    completed: int = 0
    change: Change | None = None

    @property
    def leaving(self) -> str:
        """What leaves the list with the source, such as ``and 2 papers, 1 kept``."""
        if self.completed:
            return f"and the fields it filled in for {pluralise(self.completed)}"
        kept = f", {self.kept} kept" if self.kept else ""
        return f"and {pluralise(len(self.gone))}{kept}"


class SourceRemoval:
    """Lists, removes and restores the sources of one list.

    Args:
        paths: the folders of the list.
        store: the open store.
        entries: its papers with their marks.
        source_sync: rebuilds the catalogue.
        imports: its imports.
        now: returns the current ISO 8601 UTC instant.
    """

    def __init__(
        self,
        paths: Paths,
        store: Store,
        entries: Entries,
        source_sync: SourceSync,
        imports: Imports,
        now: Callable[[], str],
    ) -> None:
        self._paths = paths
        self._store = store
        self._entries = entries
        self._source_sync = source_sync
        self._imports = imports
        self._now = now

    def all(self) -> tuple[SourceInfo, ...]:
        """Every source: the listings by name, then the imported files in the order of their import.

        Raises:
            BadInputError: the folder of listings cannot be read, and the list is empty.
        """
        imported, names = self._store.sources.import_times(), shown_names(self._store)
        linked = {linked.source for linked in self._imports.linked.all()}
        papers = self._paper_counts()
        found = [
            SourceInfo(
                name := names.get(file.name, file.name),
                format_name(file),
                papers[name],
                imported.get(file.name, ""),
                is_linked=file.name not in imported or file.name in linked,
                completed=self._completed(file.name),
            )
            for file in read_sources(self._paths, self._store).files
        ]
        removed = [SourceInfo(name, "", 0, "", is_linked=True, is_removed=True) for name in self._removed()]
        return (*found, *removed)

    def preview(self, name: str) -> RemovedSource:
        """What removing a source would do.

        Args:
            name: the name of the source, or a part of it that no other has.

        Raises:
            NothingMatchedError: there is no such source.
            UsageError: several have this part in their names.
        """
        return self._plan(name)[0]

    def remove(self, name: str) -> RemovedSource:
        """Remove a source from the list as one undoable step, and publish it; see ``write``."""
        removed = self.write(name)
        self._imports.publish()
        return removed

    def write(self, name: str) -> RemovedSource:
        """Remove a source from the list as one undoable step. The file itself is never deleted.

        For threads and ``publish`` see ``Imports.write``; arguments and errors are those of ``preview``.

        Raises:
            WriteError, StoreBusyError: nothing was changed.
        """
        found, copy, untouched = self._plan(name)
        is_import = copy in self._store.sources.names()
        change = self._store.history.commit(
            f"remove the source {found.name}",
            lambda _: dict.fromkeys(untouched, UNTOUCHED),
            at=self._now(),
            replaced=[copy] if is_import else [],
            values_of=lambda: (
                self._imports.linked.values_after(removed=[copy])  # or it would be imported again
                if is_import
                else {REMOVED_LISTINGS: self._pairs({*self._removed(), found.name})}
            ),
        )
        self._source_sync.synchronise(self._now())
        return found._replace(change=change)

    def restore(self, name: str) -> str:
        """Read a removed listing again, as one undoable step, and publish it; see ``write_restored``."""
        restored = self.write_restored(name)
        self._imports.publish()
        return restored

    def write_restored(self, name: str) -> str:
        """Read a removed listing again, as one undoable step; returns its name.

        For threads and ``publish`` see ``Imports.write``.

        Raises:
            NothingMatchedError: it was not removed.
            UsageError: its file is no longer in the folder.
            WriteError, StoreBusyError: nothing was changed.
        """
        removed = removed_listings(self._store)
        name = _one_name(name, removed, "removed listing", "import a removed file again with `readlist import FILE`")
        if name not in self._removed():
            raise UsageError(f"{name} is no longer in {self._paths.seeds}", "put the file back")
        self._store.history.commit(
            f"restore the source {name}",
            lambda _: {},
            at=self._now(),
            values_of=lambda: {REMOVED_LISTINGS: self._pairs(removed - {name})},
        )
        self._source_sync.synchronise(self._now())
        return name

    def _plan(self, name: str) -> tuple[RemovedSource, str, list[str]]:
        """What removing a source does, the name of its copy, and the papers that leave the list."""
        names = shown_names(self._store)
        sources = {names.get(file.name, file.name): file for file in read_sources(self._paths, self._store).files}
        name = _one_name(name, sources, "source", "`readlist sources` lists all sources")
        copy = sources[name].name
        papers = self._papers_of(name)
        alone = [paper_id for paper_id in papers if self._is_only_in(paper_id, name)]
        imported = self._imported_marks(sources.values(), copy)
        untouched = [paper_id for paper_id in alone if self._is_untouched(paper_id, imported.get(paper_id, ()))]
        titles = tuple(self._entries.entry(paper_id).paper.display_title for paper_id in untouched)
        removed = RemovedSource(name, titles, len(papers) - len(untouched), self._completed(copy))
        return removed, copy, untouched

    def _removed(self) -> list[str]:
        """The removed listings whose files are still in the folder."""
        removed = removed_listings(self._store)
        try:
            return [path.name for path in list_sources(self._paths.seeds) if path.name in removed]
        except BadInputError:
            return []

    @staticmethod
    def _pairs(names: Iterable[str]) -> tuple[tuple[str, str], ...] | None:
        return tuple((name, "") for name in sorted(names)) or None

    def _paper_counts(self) -> Counter[str]:
        """The number of papers in the list that have a record in each source."""
        papers = (self._entries.entry(paper_id).paper for paper_id in self._entries.ids())
        return Counter(name for paper in papers for name in dict.fromkeys(at.page for at in paper.sources))

    def _completed(self, name: str) -> int:
        """The number of papers in the list with fields that were filled from a source of records of ``fill``."""
        if not is_completion_source(name):
            return 0
        papers = (self._entries.entry(paper_id).paper for paper_id in self._entries.ids())
        return sum(any(page == name for _, page, _ in provenance_triples(paper.provenance)) for paper in papers)

    def _papers_of(self, name: str) -> list[str]:
        """The ids of the papers in the list that have a record in a source."""
        entry = self._entries.entry
        return [
            paper_id
            for paper_id in self._entries.ids()
            if any(at.page == name for at in entry(paper_id).paper.sources)
        ]

    def _is_only_in(self, paper_id: str, name: str) -> bool:
        return all(at.page == name for at in self._entries.entry(paper_id).paper.sources)

    def _imported_marks(self, files: Iterable[SourceFile], name: str) -> dict[str, tuple[Mark, ...]]:
        """The marks that the papers of an imported source got from it, without and with keywords as tags."""
        if name not in self._store.sources.names():
            return {}
        result = self._source_sync.read(
            list(files), self._now(), None, marks_of=frozenset((name,)), keywords_of=frozenset((name,))
        )
        bare, tagged = dict(result.marks), dict(result.marks_with_keywords())
        return {
            paper_id: tuple(marks[paper_id] for marks in (bare, tagged) if paper_id in marks)
            for paper_id in bare.keys() | tagged.keys()
        }

    def _is_untouched(self, paper_id: str, imported: Iterable[Mark]) -> bool:
        """Whether a paper has only the marks that its source gave it, and a citation key."""
        mark = self._store.marks.get(paper_id)._replace(citation_key=None, records=())
        return any(mark == each._replace(citation_key=None, records=()) for each in (UNTOUCHED, *imported))


def _one_name(text: str, names: Collection[str], what: str, hint: str) -> str:
    """The name that a text is, or is a part of.

    Raises:
        NothingMatchedError: there is none.
        UsageError: there are several.
    """
    found = [name for name in names if text == name] or sorted(name for name in names if text and text in name)
    if len(found) > 1:
        raise UsageError(f"{len(found)} sources have {text!r} in their names", f"choose one of: {', '.join(found)}")
    if not found:
        raise NothingMatchedError(f"there is no {what} {text!r}", did_you_mean(text, names) or hint)
    return found[0]
