"""From the list to a text that leaves the house: keys pinned, written, read back, saved.

Stands beside the door because it needs both the exporters and the store, which do not know each other.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import NothingMatchedError, StoreBusyError, UsageError, WriteError
from tui.export.export_options import OPTION_FORMATS, ExportOptions
from tui.export.export_warning import ExportWarning
from tui.store.checkpoint import gc_paused
from tui.store.ownership import belongs_to_store

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


def format_of(ending: str) -> str:
    """The name of the format whose files end so, the first where there are several; empty for none."""
    from tui.export.formats import FORMATS  # noqa: PLC0415 - see styles

    return next((name for name, found in FORMATS.items() if found.suffix == ending), "")


def styles() -> tuple[str, ...]:
    """The styles of a list of references; the first is the usual one."""
    from tui.export.citation_styles import STYLES  # noqa: PLC0415 - only exports pay for the writers

    return tuple(STYLES)


class FinishedExport(NamedTuple):
    """A finished export.

    Attributes:
        text: the whole output.
        warnings: what came back wrong, and what the format could not carry, a sentence each.
        papers: number of papers in it.
        suffix: file name suffix of the format, with its dot.
        files: name and text of every file, where there is to be one for each paper.
    """

    text: str
    warnings: tuple[ExportWarning, ...]
    papers: int
    suffix: str
    files: Mapping[str, str] = MappingProxyType({})


class PreparedExport(NamedTuple):
    """An export of which nothing is left to do that needs the store or the session.

    Attributes:
        form: the format, as it was wished for.
        entries: what is to be written.
        keys: the citation key of every paper.
        split: there is to be a file for each paper.
        warnings: what went wrong so far.
    """

    form: ExportFormat
    entries: Sequence[Entry]
    keys: Mapping[str, str]
    split: bool
    warnings: tuple[ExportWarning, ...]

    def render(self, progress: Progress | None = None) -> FinishedExport:
        """Write the text, and read it back.

        Args:
            progress: called with the work done and all work, in no particular unit.
        """
        from tui.export.round_trip import verify_round_trip  # noqa: PLC0415 - only exports pay for the writers

        count = len(self.entries)
        chunks: list[str] = []
        for chunk in self.form.write(self.entries, self.keys):
            chunks.append(chunk)
            if progress:
                progress(min(len(chunks), count), 2 * count)
        text = "".join(chunks)
        chunks.clear()  # a long list would else be in memory twice while it is read back
        compared = (lambda done: progress(count + done, 2 * count)) if progress else None
        said = verify_round_trip(self.form, text, self.entries, self.keys, compared)
        return FinishedExport(
            text, self.warnings + said, count, self.form.suffix, self._files() if self.split else {}
        )

    def _files(self) -> Mapping[str, str]:
        from tui.export.file_names import file_names  # noqa: PLC0415 - see above

        names = file_names(self.keys, self.form.suffix)
        return {names[entry.id]: "".join(self.form.write([entry], self.keys)) for entry in self.entries}


class Exports:
    """The exports of one reading list.

    Args:
        library: the open store.
        entries: its papers and marks put together.
        forget: told the ids of papers whose marks changed by pinning.
        pattern: gives the pattern of citation keys; empty for the usual one.
    """

    def __init__(
        self,
        library: Store,
        entries: Entries,
        forget: Callable[[Sequence[str]], None],
        pattern: Callable[[], str],
    ) -> None:
        self._library = library
        self._entries = entries
        self._forget = forget
        self._pattern = pattern
        self._keys: Mapping[str, str] | None = None

    def keys_changed(self) -> None:
        """Papers or marks are others now: the keys are to be made anew."""
        self._keys = None

    def citation_keys(self) -> Mapping[str, str]:
        """The citation key of every paper: the pinned one, else the one it would get."""
        if self._keys is None:
            self._keys = self._made(self._pins())
        return self._keys

    def _pins(self) -> dict[str, str]:
        """The pinned key of every paper that has one, also of those that are not in the list."""
        marked = ((paper_id, self._library.mark(paper_id).citation_key) for paper_id in self._library.marked())
        return {paper_id: key for paper_id, key in marked if key}

    def _made(self, pinned: Mapping[str, str]) -> Mapping[str, str]:
        """The keys, made anew around those that are pinned: also those of papers that left the list."""
        from tui.export.citekey import citation_keys  # noqa: PLC0415 - only exports and JSON need keys

        entries = [self._entries.entry(paper_id) for paper_id in self._entries.ids()]
        late = {entry.id: key for entry in entries if (key := pinned.get(entry.id, entry.mark.citation_key))}
        current = (
            entry._replace(mark=replace(entry.mark, citation_key=late[entry.id]))
            if entry.id in late and entry.mark.citation_key != late[entry.id]
            else entry
            for entry in entries
        )
        return citation_keys(current, self._pattern(), pinned.values())

    def record(self, paper_id: str) -> dict[str, object]:
        """The documented JSON record of a paper."""
        from tui.export.json_record import json_record  # noqa: PLC0415 - only JSON needs it

        return json_record(self._entries.entry(paper_id), self.citation_keys().get(paper_id))

    def begin(self, ids: Sequence[str], format_name: str, options: ExportOptions, at: str) -> PreparedExport:
        """Begin to write papers in a format: pin the keys, and look the papers up.

        Args:
            ids: the papers, in the order they shall stand in the output.
            format_name: a name in the table of formats.
            options: further wishes.
            at: ISO 8601 UTC instant.

        Raises:
            UsageError: no such format, or an option that does not suit it.
        """
        from tui.export.formats import resolve_format  # noqa: PLC0415 - only exports pay for the writers

        form = resolve_format(format_name, options)
        keys, warnings = self._pinned(ids, at) if form.uses_keys else (self.citation_keys(), ())
        return PreparedExport(
            form, [self._entries.entry(paper_id) for paper_id in ids], keys, options.split, warnings
        )

    def export(self, ids: Sequence[str], format_name: str, options: ExportOptions, at: str) -> FinishedExport:
        """Do an export from beginning to end, as ``begin`` and ``finish`` do."""
        with gc_paused(freeze=False):
            return self.begin(ids, format_name, options, at).render()

    def preview(self, ids: Sequence[str], format_name: str, options: ExportOptions) -> str:
        """The first papers of an export as it would write them; pins no key.

        Raises:
            UsageError: no such format, or an option that does not suit it.
        """
        from tui.export.formats import resolve_format  # noqa: PLC0415 - only exports pay for the writers

        entries = [self._entries.entry(paper_id) for paper_id in ids[:_SAMPLED]]
        return "".join(resolve_format(format_name, options).write(entries, self.citation_keys()))

    def copy_text(self, paper_id: str, what: str, at: str) -> str:
        """One paper in a form to paste.

        Args:
            paper_id: the paper.
            what: ``title``, ``citation``, ``link``, or the name of an export format.
            at: ISO 8601 UTC instant.

        Raises:
            NothingMatchedError: the paper has no such part.
        """
        paper = self._entries.entry(paper_id).paper
        if what == "title":
            return paper.display_title
        if what == "link":
            if not paper.links:
                raise NothingMatchedError("no page gives a link for this paper")
            return paper.links[0]
        if what == "citation":
            return self.begin([paper_id], "references", DEFAULT_OPTIONS, at).render().text.rstrip("\n")
        return self.begin([paper_id], what, DEFAULT_OPTIONS, at).render().text

    def save(self, export: FinishedExport, target: Path, *, force: bool) -> None:
        """Write an export to a file, aside and moved into place; one with a file for every paper, to a folder.

        Raises:
            UsageError: the file exists and ``force`` is not given, is no regular file, or lies in the store.
            CannotWriteError: the disk refused.
        """
        from tui.export.atomic_write import write_atomic  # noqa: PLC0415 - only exports need it

        for file in (target, *(target / name for name in export.files)):
            if belongs_to_store(self._library.data, file):
                raise UsageError(f"{file} lies in the store", "choose a file outside of the data folder")
        if export.files:
            from tui.export.user_section import write_keeping_user_section  # noqa: PLC0415 - see above

            write_keeping_user_section(export.files, target, force=force)
        else:
            write_atomic(export.text, target, force=force)

    def _pinned(self, ids: Sequence[str], at: str) -> tuple[Mapping[str, str], tuple[ExportWarning, ...]]:
        """Pin the keys that leave the house for the first time; an export goes on where that cannot be written.

        Another process may have pinned since this one looked; what it pinned holds.
        """
        keys, pinned = self.citation_keys(), self._pins()
        if all(paper_id in pinned for paper_id in ids):
            return keys, ()

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            nonlocal keys
            found = self._pins()
            if found != pinned:
                keys = self._made(found)
            loose = (paper_id for paper_id in ids if paper_id not in found)
            return {paper_id: replace(mark(paper_id), citation_key=keys[paper_id]) for paper_id in loose}

        try:
            self._library.commit("pin citation keys", plan, at=at, undoable=False)
        except (WriteError, StoreBusyError) as fault:
            return keys, (ExportWarning(f"citation keys were not pinned: {fault.message}"),)
        self._forget(ids)
        self._keys = keys
        return keys, ()
