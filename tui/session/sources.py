"""The sources of the papers: whether they changed, reading them again, what is wrong with them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tui.session.linked_files import follows_files
from tui.session.source_names import shown_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tui.ingest.source_file import Diagnostic
    from tui.paths import Paths
    from tui.session.catalogue_rebuild import Progress, SourceSync
    from tui.session.entries import Entries
    from tui.session.imports import Imports
    from tui.session.source_removal import SourceRemoval
    from tui.store.store import Store


class Sources:
    """The sources of one reading list.

    Args:
        paths: the folders of the list.
        store: the open store, which lists the files that the list follows.
        entries: its papers with their marks.
        source_sync: reads the sources.
        get_imports: its imports, with the files that the list follows.
        on_read: called after the papers were read again.
        now: the current time, as the history writes it.
    """

    def __init__(
        self,
        paths: Paths,
        store: Store,
        entries: Entries,
        source_sync: SourceSync,
        get_imports: Callable[[], Imports],
        on_read: Callable[[], None],
        now: Callable[[], str],
    ) -> None:
        self._paths, self._store, self._entries = paths, store, entries
        self._source_sync, self._get_imports = source_sync, get_imports
        self._on_read, self._now = on_read, now

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings about the sources of the papers."""
        return self._source_sync.warnings

    def changed(self) -> bool:
        """Whether the sources, or files that the list follows, changed since the catalogue was built."""
        return self._source_sync.changed() or self._linked_changed()

    def synchronise(self, progress: Progress | None = None) -> int:
        """Read the sources if they changed; returns the number of new papers.

        Args:
            progress: called with (done, total) while they are being read.

        Raises:
            BadInputError: the sources cannot be read.
        """
        fresh = self._source_sync.synchronise(self._now(), progress)
        has_linked = self._linked_changed()
        new = self._get_imports().linked.reread(progress) if has_linked else 0
        if fresh is not None or has_linked:
            self._on_read()
        return len(fresh or ()) + new

    def take_link_report(self) -> str:
        """What was read of linked files since the last call; empty if nothing was."""
        return self._get_imports().linked.take_report() if self._follows else ""

    def followed(self) -> tuple[Path, ...]:
        """The linked files of the list."""
        return tuple(linked.path for linked in self._get_imports().linked.all()) if self._follows else ()

    def waiting(self) -> Sequence[tuple[str, int]]:
        """The listings that wait for confirmation: name, and number of possible papers."""
        return self._source_sync.waiting()

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Problems in the sources, found by reading them again."""
        names = shown_names(self._store)
        found = self._source_sync.diagnostics(self._now())
        return tuple(each._replace(source=names.get(each.source, each.source)) for each in found)

    @cached_property
    def removal(self) -> SourceRemoval:
        """The list of all sources; removing one, and restoring it."""
        from tui.session.source_removal import SourceRemoval  # noqa: PLC0415 - rarely needed

        return SourceRemoval(
            self._paths, self._store, self._entries, self._source_sync, self._get_imports(), self._now
        )

    @property
    def _follows(self) -> bool:
        """Whether the list follows any file, and can be written."""
        return follows_files(self._store) and not self._store.read_only

    def _linked_changed(self) -> bool:
        return self._follows and bool(self._get_imports().linked.changed())
