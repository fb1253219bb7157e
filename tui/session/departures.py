"""From the list to a text that leaves the house: keys pinned, written, read back, saved.

Stands beside the door because it needs both the exporters and the store, which do not know each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tui.errors import CannotWriteError, NothingMatchedError, StoreBusyError, UsageError
from tui.export.options import SUITED, Options
from tui.paper.edit import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tui.library.library import Library
    from tui.paper.mark import Mark
    from tui.session.entries import Entries

__all__ = ["PLAIN", "SUITED", "Departures", "Export", "Options"]

PLAIN = Options()
_SAMPLED = 3  # papers


def format_of(ending: str) -> str:
    """The name of the format whose files end so, the first where there are several; empty for none."""
    from tui.export.formats import FORMATS  # noqa: PLC0415 - see styles

    return next((name for name, found in FORMATS.items() if found.suffix == ending), "")


def styles() -> tuple[str, ...]:
    """The styles of a list of references; the first is the usual one."""
    from tui.export.citation_styles import STYLES  # noqa: PLC0415 - only exports pay for the writers

    return tuple(STYLES)


@dataclass(frozen=True, slots=True)
class Export:
    """A finished export.

    Attributes:
        text: the whole output.
        warnings: what the format could not carry, a sentence each.
        count: number of papers in it.
        suffix: file name suffix of the format, with its dot.
        files: name and text of every file, where there is to be one for each paper.
    """

    text: str
    warnings: tuple[str, ...]
    count: int
    suffix: str
    files: Mapping[str, str] = field(default_factory=dict)


class Departures:
    """The exports of one reading list.

    Args:
        library: the open store.
        entries: its papers and marks put together.
        forget: told the ids of papers whose marks changed by pinning.
        pattern: gives the pattern of citation keys; empty for the usual one.
    """

    def __init__(
        self,
        library: Library,
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
            replace(entry, mark=replace(entry.mark, citation_key=late[entry.id]))
            if entry.id in late and entry.mark.citation_key != late[entry.id]
            else entry
            for entry in entries
        )
        return citation_keys(current, self._pattern(), pinned.values())

    def record(self, paper_id: str) -> dict[str, object]:
        """The documented JSON record of a paper."""
        from tui.export.record import record  # noqa: PLC0415 - only JSON needs it

        return record(self._entries.entry(paper_id), self.citation_keys().get(paper_id))

    def export(
        self, ids: Sequence[str], format_name: str, options: Options, at: str, *, named: bool = False
    ) -> Export:
        """Write papers in a format.

        Args:
            ids: the papers, in the order they shall stand in the output.
            format_name: a name in the table of formats.
            options: further wishes.
            at: ISO 8601 UTC instant.
            named: the warnings name every paper, by its citation key.

        Raises:
            UsageError: no such format, or an option that does not suit it.
        """
        from tui.export.formats import chosen  # noqa: PLC0415 - only exports pay for the writers
        from tui.export.preflight import preflight  # noqa: PLC0415 - see above

        found = chosen(format_name, options)
        keys, warnings = self._pinned(ids, at) if found.uses_keys else (self.citation_keys(), ())
        entries = [self._entries.entry(paper_id) for paper_id in ids]
        text = "".join(found.write(entries, keys))
        files: dict[str, str] = {}
        if options.split:
            from tui.export.slugs import file_names  # noqa: PLC0415 - see above

            names = file_names(keys, found.suffix)
            files = {names[entry.id]: "".join(found.write([entry], keys)) for entry in entries}
        said = warnings + preflight(found, text, entries, keys, named=named)
        return Export(text, said, len(entries), found.suffix, files)

    def sample(self, ids: Sequence[str], format_name: str, options: Options) -> str:
        """The first papers of an export as it would write them; pins no key.

        Raises:
            UsageError: no such format, or an option that does not suit it.
        """
        from tui.export.formats import chosen  # noqa: PLC0415 - only exports pay for the writers

        entries = [self._entries.entry(paper_id) for paper_id in ids[:_SAMPLED]]
        return "".join(chosen(format_name, options).write(entries, self.citation_keys()))

    def excerpt(self, paper_id: str, what: str, at: str) -> str:
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
            return paper.heading
        if what == "link":
            if not paper.links:
                raise NothingMatchedError("no page gives a link for this paper")
            return paper.links[0]
        if what == "citation":
            return self.export([paper_id], "references", PLAIN, at).text.rstrip("\n")
        return self.export([paper_id], what, PLAIN, at).text

    def save(self, export: Export, target: Path, *, force: bool) -> None:
        """Write an export to a file, aside and moved into place; one with a file for every paper, to a folder.

        Raises:
            UsageError: the file exists and ``force`` is not given, is no regular file, or lies in the store.
            CannotWriteError: the disk refused.
        """
        from tui.export.target import save  # noqa: PLC0415 - only exports need it

        if target.resolve().is_relative_to(self._library.data.resolve()):
            raise UsageError(f"{target} lies in the store", "choose a file outside of the data folder")
        if export.files:
            from tui.export.own_part import save_files  # noqa: PLC0415 - see above

            save_files(export.files, target, force=force)
        else:
            save(export.text, target, force=force)

    def _pinned(self, ids: Sequence[str], at: str) -> tuple[Mapping[str, str], tuple[str, ...]]:
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
            return {paper_id: Edit(citation_key=keys[paper_id]).apply(mark(paper_id), at) for paper_id in loose}

        try:
            self._library.commit("pin citation keys", plan, at=at, remembered=False)
        except (CannotWriteError, StoreBusyError) as fault:
            return keys, (f"citation keys were not pinned: {fault.message}",)
        self._forget(ids)
        self._keys = keys
        return keys, ()
