"""Exports with their verification: the text, and warnings of differences and limitations of the format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.export.export_warning import ExportWarning
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.export.formats import ExportFormat
    from tui.export.verified_format import Fields, VerifiedFormat
    from tui.model.entry import Entry

    Progress = Callable[[int, int], None]

_LISTED = 3


def write_and_verify(
    format: ExportFormat,  # noqa: A002 - the word for it
    entries: Sequence[Entry],
    keys: Mapping[str, str],
    progress: Progress | None = None,
) -> tuple[str, tuple[ExportWarning, ...]]:
    """Write an export; if other programs parse its format, read it back and compare it with what was written.

    Args:
        format: the format.
        entries: the entries, in order.
        keys: their citation keys, by id.
        progress: called with (done, total), in no particular unit.

    Returns:
        The text, and warnings: first differences, then limitations of the format.
    """
    verified = format.verified
    written: list[Fields] = []

    def fields(verified: VerifiedFormat) -> Iterator[Fields]:
        for entry in entries:
            written.append(verified.fields(entry, keys.get(entry.id)))
            yield written[-1]

    count = len(entries)
    total = 2 * count if verified else count
    chunks: list[str] = []
    for chunk in verified.render(fields(verified)) if verified else format.write(entries, keys):
        chunks.append(chunk)
        if progress:
            progress(min(len(chunks), count), total)
    text = "".join(chunks)
    chunks.clear()  # frees a second copy of the text while it is read back
    report = (lambda done: progress(count + done, total)) if progress else None
    differences = find_differences(format, text, entries, keys, written, report) if verified else ()
    return text, (*map(ExportWarning, differences), *_limitation_warnings(format, entries, keys))


def find_differences(
    format: ExportFormat,  # noqa: A002 - the word for it
    text: str,
    entries: Sequence[Entry],
    keys: Mapping[str, str],
    written: Sequence[Fields],
    progress: Callable[[int], None] | None = None,
) -> list[str]:
    """Read the text of a verified format back.

    Args:
        format: the format; it must be verified.
        text: the text of the export.
        entries: the exported entries.
        keys: their citation keys, by id.
        written: the fields that were written of each entry.
        progress: called with the number of entries compared.

    Returns:
        A clause for each difference.
    """
    assert format.verified is not None  # noqa: S101 - the caller's duty
    differing: list[str] = []
    done = 0
    try:
        for found in format.verified.read(text):
            if done < len(entries):
                entry = entries[done]
                names = format.verified.differences(entry, written[done], found)
                differing += [f"{keys.get(entry.id) or entry.id} ({', '.join(names)})"] if names else []
            done += 1
            if progress:
                progress(min(done, len(entries)))
    except ValueError as error:
        return [f"the {format.title} output cannot be read back: {error}"]
    if done != len(entries):
        return [f"the {format.title} output reads back as {pluralise(done)} instead of {len(entries)}"]
    if not differing:
        return []
    more = f" and {len(differing) - _LISTED} more" if len(differing) > _LISTED else ""
    verb = "differs" if len(differing) == 1 else "differ"
    return [f"{pluralise(len(differing))} {verb} when read back: {', '.join(differing[:_LISTED])}{more}"]


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
