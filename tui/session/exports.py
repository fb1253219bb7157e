"""Export service: pins citation keys, renders papers in a format, verifies the output and saves it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import NothingMatchedError, StoreBusyError, UsageError, WriteError
from tui.export.export_options import OPTION_FORMATS, ExportOptions
from tui.export.export_warning import ExportWarning
from tui.store.checkpoint import gc_paused
from tui.store.store_files import belongs_to_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tui.export.formats import ExportFormat
    from tui.model.entry import Entry
    from tui.model.mark import Mark
    from tui.session.entries import Entries
    from tui.store.store import Store

    Progress = Callable[[int, int], None]

__all__ = [
    "DEFAULT_OPTIONS",
    "OPTION_FORMATS",
    "ExportOptions",
    "ExportWarning",
    "Exports",
    "FinishedExport",
    "PreparedExport",
]

DEFAULT_OPTIONS = ExportOptions()
_SAMPLED = 3  # papers


def format_of(suffix: str) -> str:
    """The name of the first format with this file name suffix; empty if there is none."""
    from tui.export.formats import FORMATS  # noqa: PLC0415 - only exports need the writers

    return next((name for name, found in FORMATS.items() if found.suffix == suffix), "")


def format_suffixes() -> frozenset[str]:
    """The file name suffixes that have a format."""
    from tui.export.formats import FORMATS  # noqa: PLC0415 - only exports need the writers

    return frozenset(found.suffix for found in FORMATS.values())


def styles() -> tuple[str, ...]:
    """The citation styles of reference lists that the screen offers; the first is the default."""
    from tui.export.style_files import COMMON_STYLES  # noqa: PLC0415 - only exports need the writers

    return COMMON_STYLES


class FinishedExport(NamedTuple):
    """A finished export.

    Attributes:
        text: the whole output.
        warnings: differences found on reading back, and what the format cannot represent.
        papers: number of papers in it.
        suffix: file name suffix of the format, with its dot.
        files: name and text of every file, if each paper has its own.
    """

    text: str
    warnings: tuple[ExportWarning, ...]
    papers: int
    suffix: str
    files: Mapping[str, str] = MappingProxyType({})


class PreparedExport(NamedTuple):
    """An export that can be rendered without the store or the session.

    Attributes:
        format: the format, with its options applied.
        entries: the entries to write.
        keys: the citation key of every paper.
        split: whether to write a file for each paper.
        warnings: what went wrong so far.
    """

    format: ExportFormat
    entries: Sequence[Entry]
    keys: Mapping[str, str]
    split: bool
    warnings: tuple[ExportWarning, ...]

    def render(self, progress: Progress | None = None) -> FinishedExport:
        """Render the text, and verify it by reading it back if other programs parse it.

        Args:
            progress: called with (done, total), in no particular unit.
        """
        from tui.export.round_trip import write_and_verify  # noqa: PLC0415 - only exports need the writers

        text, warnings = write_and_verify(self.format, self.entries, self.keys, progress)
        files = self._files() if self.split else {}
        return FinishedExport(text, self.warnings + warnings, len(self.entries), self.format.suffix, files)

    def _files(self) -> Mapping[str, str]:
        from tui.export.file_names import file_names  # noqa: PLC0415 - only split exports need it

        names = file_names(self.keys, self.format.suffix)
        return {names[entry.id]: "".join(self.format.write([entry], self.keys)) for entry in self.entries}


class Exports:
    """The exports of one reading list.

    Args:
        store: the open store.
        entries: its papers with their marks.
        on_pinned: called with the ids of papers whose keys were pinned.
        pattern: returns the citation key pattern; empty for the default.
        now: the current time, as the history writes it.
    """

    def __init__(
        self,
        store: Store,
        entries: Entries,
        on_pinned: Callable[[Sequence[str]], None],
        pattern: Callable[[], str],
        now: Callable[[], str],
    ) -> None:
        self._store = store
        self._entries = entries
        self._on_pinned = on_pinned
        self._pattern = pattern
        self._now = now
        self._keys: Mapping[str, str] | None = None

    def keys_changed(self) -> None:
        """Drop the cached keys, after papers or marks changed."""
        self._keys = None

    def citation_keys(self) -> Mapping[str, str]:
        """The citation key of every paper: the pinned one, or else the one it would get."""
        if self._keys is None:
            self._keys = self._make_keys(self._pins())
        return self._keys

    def _pins(self) -> dict[str, str]:
        """The pinned key of every paper that has one, including papers no longer in the list."""
        marked = ((paper_id, self._store.marks.get(paper_id).citation_key) for paper_id in self._store.marks.ids())
        return {paper_id: key for paper_id, key in marked if key}

    def _make_keys(self, pinned: Mapping[str, str]) -> Mapping[str, str]:
        """Make the keys, avoiding all that are pinned, including those of papers no longer in the list."""
        from tui.export.citekey import citation_keys  # noqa: PLC0415 - only exports and JSON need keys

        entries = [self._entries.entry(paper_id) for paper_id in self._entries.ids()]
        pins = {entry.id: key for entry in entries if (key := pinned.get(entry.id, entry.mark.citation_key))}
        current = (
            entry._replace(mark=entry.mark._replace(citation_key=pins[entry.id]))
            if entry.id in pins and entry.mark.citation_key != pins[entry.id]
            else entry
            for entry in entries
        )
        return citation_keys(current, self._pattern(), pinned.values())

    def record(self, paper_id: str) -> dict[str, object]:
        """The documented JSON record of a paper."""
        from tui.export.json_record import json_record  # noqa: PLC0415 - only JSON needs it

        return json_record(self._entries.entry(paper_id), self.citation_keys().get(paper_id))

    def prepare(
        self, ids: Sequence[str], format_name: str, options: ExportOptions = DEFAULT_OPTIONS
    ) -> PreparedExport:
        """Prepare an export: pin the citation keys, and look up the papers.

        Args:
            ids: the papers, in the order of the output.
            format_name: a name in the table of formats.
            options: further options.

        Raises:
            UsageError: unknown format, or an option that does not apply to it.
        """
        from tui.export.formats import resolve_format  # noqa: PLC0415 - only exports need the writers

        format_ = resolve_format(format_name, options)
        keys, warnings = self._pin_keys(ids, self._now()) if format_.uses_keys else (self.citation_keys(), ())
        return PreparedExport(
            format_, [self._entries.entry(paper_id) for paper_id in ids], keys, options.split, warnings
        )

    def export(
        self, ids: Sequence[str], format_name: str, options: ExportOptions = DEFAULT_OPTIONS
    ) -> FinishedExport:
        """Prepare and render an export; raises as ``prepare`` does."""
        with gc_paused(freeze=False):
            return self.prepare(ids, format_name, options).render()

    def preview(self, ids: Sequence[str], format_name: str, options: ExportOptions = DEFAULT_OPTIONS) -> str:
        """The first papers of an export as it would write them, without pinning keys.

        Raises:
            UsageError: unknown format, or an option that does not apply to it.
        """
        from tui.export.formats import resolve_format  # noqa: PLC0415 - only exports need the writers

        entries = [self._entries.entry(paper_id) for paper_id in ids[:_SAMPLED]]
        return "".join(resolve_format(format_name, options).write(entries, self.citation_keys()))

    def copy_text(self, ids: Sequence[str], what: str) -> tuple[str, tuple[ExportWarning, ...]]:
        r"""Papers as text for the clipboard, and warnings.

        Args:
            ids: the papers.
            what: ``title``, ``citation``, ``link``, ``citation key``, ``\cite`` (one command with all keys), or the
                name of an export format.

        Raises:
            NothingMatchedError: a paper has no such part.
        """
        if what in {"citation key", r"\cite"}:
            keys, warnings = self._pin_keys(ids, self._now())
            names = [keys[paper_id] for paper_id in ids]
            return (f"\\cite{{{','.join(names)}}}" if what == r"\cite" else "\n".join(names)), warnings
        papers = [self._entries.entry(paper_id).paper for paper_id in ids]
        if what == "title":
            return "\n".join(paper.display_title for paper in papers), ()
        if what == "link":
            if not all(paper.links for paper in papers):
                raise NothingMatchedError("this paper has no link" if len(ids) == 1 else "not all papers have a link")
            return "\n".join(paper.links[0] for paper in papers), ()
        if what == "citation":
            from tui.export.quick_citation import quick_citation  # noqa: PLC0415 - rarely copied

            return "\n".join(map(quick_citation, papers)), ()
        # All in one export, so that the citation keys are distinct.
        prepared = self.prepare(ids, what, DEFAULT_OPTIONS)
        return prepared.render().text, prepared.warnings

    def save(self, export: FinishedExport, target: Path, *, force: bool) -> None:
        """Write an export to a file, atomically; or to a folder, if each paper has its own file.

        Raises:
            UsageError: the file exists and ``force`` is not given, is not a regular file, or is in the data folder.
            WriteError: the file cannot be written.
        """
        from tui.export.atomic_write import write_atomic  # noqa: PLC0415 - only exports need it

        for file in (target, *(target / name for name in export.files)):
            if belongs_to_store(self._store.data, file):
                raise UsageError(f"{file} is in the data folder", "choose a file outside it")
        if export.files:
            from tui.export.user_section import write_keeping_user_section  # noqa: PLC0415 - only split exports need it

            write_keeping_user_section(export.files, target, force=force)
        else:
            write_atomic(export.text, target, force=force)

    def _pin_keys(self, ids: Sequence[str], at: str) -> tuple[Mapping[str, str], tuple[ExportWarning, ...]]:
        """Pin the keys that are exported for the first time; the export continues if that cannot be written.

        Keys that another process has pinned meanwhile are kept.
        """
        keys, pinned = self.citation_keys(), self._pins()
        if all(paper_id in pinned for paper_id in ids):
            return keys, ()

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            nonlocal keys
            found = self._pins()
            if found != pinned:
                keys = self._make_keys(found)
            unpinned = (paper_id for paper_id in ids if paper_id not in found)
            return {paper_id: mark(paper_id)._replace(citation_key=keys[paper_id]) for paper_id in unpinned}

        try:
            self._store.history.commit("pin citation keys", plan, at=at, undoable=False)
        except (WriteError, StoreBusyError) as error:
            return keys, (ExportWarning(f"citation keys could not be pinned: {error.message}"),)
        self._on_pinned(ids)
        self._keys = keys
        return keys, ()
