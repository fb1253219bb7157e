"""Curated corrections with their reasons: which records are one paper, and titles missing from the sources.

A record is identified by the start of its abstract or by its title, never by file or line, so that a correction
applies to any copy. A correction without matching records is silent, since not everybody has these sources. It is
reported if an abstract nearly matches (the same first five words), and if it matches several papers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tui.errors import BadInputError
from tui.ingest.record_grouping import link_records
from tui.ingest.source_file import Diagnostic, SourceFile, read_source
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tui.ingest.record import Record

_LEAST_WORDS = 6
_HINT = "each entry is [[same]] with abstract, paper and reason, or [[title]] with abstract, title and reason"
_KEYS = {"same": ("abstract", "paper", "reason"), "title": ("abstract", "title", "reason")}


class CuratedCorrection(NamedTuple):
    """One correction.

    Attributes:
        kind: ``same``: the record belongs to the paper identified by ``value``; ``title``: its title is ``value``.
        abstract: start of the record's abstract, normalised.
        value: for ``same`` the title of the paper, or the start of its abstract; for ``title`` the title.
        reason: evidence for the correction.
        line: line number in the file.
    """

    kind: str
    abstract: str
    value: str
    reason: str
    line: int

    def fits(self, draft_abstract: str) -> bool:
        """Whether a normalised abstract starts with the words of this correction."""
        return _starts_with(draft_abstract, self.abstract)


class CuratedCorrections(NamedTuple):
    """All corrections of one file; none by default."""

    name: str = "corrections.toml"
    entries: tuple[CuratedCorrection, ...] = ()
    text: str = ""


class AppliedCorrections(NamedTuple):
    """The corrections that apply to a set of records.

    Attributes:
        titles: index of a record, and the correction that sets its title.
        same: groups of indices of records that are one paper.
        diagnostics: corrections that nearly match, or match too much.
    """

    titles: tuple[tuple[int, CuratedCorrection], ...] = ()
    same: tuple[tuple[int, ...], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def load_corrections(path: Path) -> CuratedCorrections:
    """Load the corrections of a file; a missing file has none.

    Raises:
        BadInputError: the file cannot be read, is not TOML, or has an invalid entry.
    """
    return parse_corrections(read_source(path)) if path.exists() else CuratedCorrections(path.name)


def parse_corrections(source: SourceFile) -> CuratedCorrections:
    """Parse the text of a file of corrections.

    Raises:
        BadInputError: it is not TOML, or has an invalid entry.
    """
    import tomllib  # noqa: PLC0415 - slow, and most lists have no corrections

    try:
        document = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInputError(f"{source.name} is not valid TOML: {error}", _HINT) from error
    unknown = sorted(document.keys() - _KEYS)
    if unknown:
        raise BadInputError(f"{source.name} has an unknown table {unknown[0]!r}", _HINT)
    entries = [entry for kind in _KEYS for entry in _entries(source.name, source.lines, kind, document.get(kind, []))]
    return CuratedCorrections(source.name, tuple(sorted(entries, key=lambda entry: entry.line)), source.text)


def apply_corrections(
    corrections: CuratedCorrections, records: Sequence[Record], normalise: Callable[[str], str] = normalise_words
) -> AppliedCorrections:
    """Find the records that the corrections match; ``normalise`` is ``normalise_words`` or a memo of it."""
    if not corrections.entries:
        return AppliedCorrections()
    abstracts = [normalise(record.abstract or "") for record in records]
    titles: list[tuple[int, CuratedCorrection]] = []
    same: list[tuple[int, ...]] = []
    diagnostics: list[Diagnostic] = []
    for entry in corrections.entries:
        found = [index for index, abstract in enumerate(abstracts) if entry.fits(abstract)]
        if not found:
            diagnostics += _near_misses(corrections.name, entry, abstracts)
        elif len(link_records([records[index] for index in found])) > 1:
            reason = "the abstracts of several papers begin with the words in this correction, so it was not applied"
            diagnostics.append(Diagnostic(corrections.name, entry.line, reason, "include more words of the abstract"))
        elif entry.kind == "title":
            titles += [(index, entry) for index in found]
        else:
            name = normalise_words(entry.value)
            paper = [
                index
                for index, record in enumerate(records)
                if normalise_words(record.title or "") == name or _starts_with(abstracts[index], name)
            ]
            same.append((*found, *paper))
    return AppliedCorrections(tuple(titles), tuple(same), tuple(diagnostics))


def _entries(name: str, lines: Sequence[str], kind: str, listed: Any) -> list[CuratedCorrection]:  # noqa: ANN401, TOML's
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise BadInputError(f"{name}: {kind!r} is not a list of entries", _HINT)
    starts = [number for number, line in enumerate(lines, 1) if line.replace(" ", "").startswith(f"[[{kind}]]")]
    starts += [0] * len(listed)
    return [_entry(name, kind, entry, line) for entry, line in zip(listed, starts, strict=False)]


def _entry(name: str, kind: str, entry: dict[str, Any], line: int) -> CuratedCorrection:
    where = f"{name}, line {line}"
    if sorted(entry) != sorted(_KEYS[kind]):
        raise BadInputError(f"{where}: the entry has the wrong keys: {', '.join(sorted(entry)) or 'none'}", _HINT)
    abstract, value, reason = (entry[key] for key in _KEYS[kind])
    if not all(isinstance(text, str) and text.strip() for text in (abstract, value, reason)):
        raise BadInputError(f"{where}: every value must be a non-empty string", _HINT)
    beginning = normalise_words(abstract)
    if len(beginning.split()) < _LEAST_WORDS:
        hint = f"include at least the first {_LEAST_WORDS} words, so that no other paper matches"
        raise BadInputError(f"{where}: the start of the abstract is too short", hint)
    return CuratedCorrection(kind, beginning, value.strip(), reason.strip(), line)


def _starts_with(text: str, beginning: str) -> bool:
    return bool(beginning) and text.startswith(beginning) and text[len(beginning) : len(beginning) + 1] in ("", " ")


def _near_misses(name: str, entry: CuratedCorrection, abstracts: Sequence[str]) -> list[Diagnostic]:
    first = " ".join(entry.abstract.split()[: _LEAST_WORDS - 1])
    if not any(_starts_with(abstract, first) for abstract in abstracts):
        return []
    reason = f"no abstract begins with the words in this correction, but one begins with '{first}'"
    return [Diagnostic(name, entry.line, reason, "compare the words with the source, or remove the correction")]
