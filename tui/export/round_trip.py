"""Preflight: an export is read again before anybody trusts it, and what it could not carry is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.export.export_warning import ExportWarning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.export.formats import ExportFormat
    from tui.model.entry import Entry

_NAMED = 3


def verify_round_trip(
    format: ExportFormat,  # noqa: A002 - the word for it
    text: str,
    entries: Sequence[Entry],
    keys: Mapping[str, str],
    progress: Callable[[int], None] | None = None,
) -> tuple[ExportWarning, ...]:
    """Read an export back and compare it with what was to be written.

    Args:
        format: the format it was written in.
        text: all that ``format.write`` gave.
        entries: the entries that were written, in their order.
        keys: the citation keys they were written with.
        progress: called with the number of entries compared.

    Returns:
        Sentences for the user: first what came back wrong, then what the format has no place for. Empty if all is
        there.
    """
    faults = _faults(format, text, entries, keys, progress)
    return (*map(ExportWarning, faults), *_losses(format, entries, keys))


def _faults(
    form: ExportFormat,
    text: str,
    entries: Sequence[Entry],
    keys: Mapping[str, str],
    progress: Callable[[int], None] | None,
) -> Iterator[str]:
    try:
        found = form.read(text)
    except ValueError as fault:
        yield f"The {form.title} cannot be read back: {fault}."
        return
    if len(found) != len(entries):
        yield f"The {form.title} reads back as {_papers(len(found))} instead of {len(entries)}."
        return
    differing: list[str] = []
    for done, (entry, back) in enumerate(zip(entries, found, strict=True), start=1):
        if progress:
            progress(done)
        wanted = form.expected(entry, keys.get(entry.id))
        if wanted == back:
            continue
        fields = [name for name in wanted.keys() | back.keys() if wanted.get(name) != back.get(name)]
        if fields:
            differing.append(f"{keys.get(entry.id) or entry.id} ({', '.join(sorted(fields))})")
    if differing:
        more = f" and {len(differing) - _NAMED} more" if len(differing) > _NAMED else ""
        yield f"{_papers(len(differing))} did not read back as written: {', '.join(differing[:_NAMED])}{more}."


def _losses(form: ExportFormat, entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[ExportWarning]:
    for loss in form.limitations:
        struck = {entry.id: keys.get(entry.id) or entry.id for entry in entries if loss.applies_to(entry)}
        if struck:
            yield ExportWarning(
                f"{_papers(len(struck))} {'has' if len(struck) == 1 else 'have'} {loss.description}.", struck
            )


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count} papers"
