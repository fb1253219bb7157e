"""Verification of exports: reads the output back, and reports differences and limitations of the format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.export.export_warning import ExportWarning
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.export.formats import ExportFormat
    from tui.model.entry import Entry

_LISTED = 3


def verify_round_trip(
    format: ExportFormat,  # noqa: A002 - the word for it
    text: str,
    entries: Sequence[Entry],
    keys: Mapping[str, str],
    progress: Callable[[int], None] | None = None,
) -> tuple[ExportWarning, ...]:
    """Read an export back and compare it with the entries.

    Args:
        format: the format of the export.
        text: the output of ``format.write``.
        entries: the exported entries, in order.
        keys: their citation keys.
        progress: called with the number of entries compared.

    Returns:
        Warnings: first differences, then limitations of the format.
    """
    differences = _differences(format, text, entries, keys, progress)
    return (*map(ExportWarning, differences), *_limitation_warnings(format, entries, keys))


def _differences(
    format_: ExportFormat,
    text: str,
    entries: Sequence[Entry],
    keys: Mapping[str, str],
    progress: Callable[[int], None] | None,
) -> Iterator[str]:
    if format_.read is None or format_.expected is None:
        return
    try:
        found = format_.read(text)
    except ValueError as error:
        yield f"the {format_.title} output cannot be read back: {error}"
        return
    if len(found) != len(entries):
        yield f"the {format_.title} output reads back as {pluralise(len(found))} instead of {len(entries)}"
        return
    differing: list[str] = []
    for done, (entry, back) in enumerate(zip(entries, found, strict=True), start=1):
        if progress:
            progress(done)
        expected = format_.expected(entry, keys.get(entry.id))
        if expected == back:
            continue
        fields = [name for name in expected.keys() | back.keys() if expected.get(name) != back.get(name)]
        if fields:
            differing.append(f"{keys.get(entry.id) or entry.id} ({', '.join(sorted(fields))})")
    if differing:
        more = f" and {len(differing) - _LISTED} more" if len(differing) > _LISTED else ""
        verb = "differs" if len(differing) == 1 else "differ"
        yield f"{pluralise(len(differing))} {verb} when read back: {', '.join(differing[:_LISTED])}{more}"


def _limitation_warnings(
    format_: ExportFormat, entries: Sequence[Entry], keys: Mapping[str, str]
) -> Iterator[ExportWarning]:
    for limitation in format_.limitations:
        affected = {entry.id: keys.get(entry.id) or entry.id for entry in entries if limitation.applies_to(entry)}
        if affected:
            yield ExportWarning(
                f"{pluralise(len(affected))} {'has' if len(affected) == 1 else 'have'} {limitation.description}",
                affected,
            )
