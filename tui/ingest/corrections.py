"""Curated facts about papers, each with its reason: which records are one paper, and titles that no page has.

A record is addressed by how its abstract begins (or by its title), never by file or line, so that a fact holds
wherever the record turns up. A fact whose records are on no page is silent: not everybody has these pages. It is
reported where its record seems to be there but differs (an abstract that begins with the same five words), and where
the beginning given fits several papers.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui.errors import BadInputError
from tui.ingest.record_linkage import link_records
from tui.ingest.source_file import Diagnostic, SourceFile, read_source
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tui.ingest.record import Record

_LEAST_WORDS = 6
_HINT = "Each entry is [[same]] with abstract, paper and reason, or [[title]] with abstract, title and reason."
_KEYS = {"same": ("abstract", "paper", "reason"), "title": ("abstract", "title", "reason")}


@dataclass(frozen=True, slots=True)
class CuratedCorrection:
    """One curated fact.

    Attributes:
        kind: ``same``: the record is of the paper named by ``value``; ``title``: its title is ``value``.
        abstract: how the record's abstract begins, squeezed.
        value: for ``same`` the title of the paper, or how its abstract begins; for ``title`` the title.
        reason: why this is known.
        line: where it stands in the file.
    """

    kind: str
    abstract: str
    value: str
    reason: str
    line: int

    def fits(self, draft_abstract: str) -> bool:
        """Whether a squeezed abstract begins as this correction says."""
        return _starts_with(draft_abstract, self.abstract)


@dataclass(frozen=True, slots=True)
class CuratedCorrections:
    """All facts of one file; the default value has none."""

    name: str = "corrections.toml"
    entries: tuple[CuratedCorrection, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class AppliedCorrections:
    """What the corrections say about these records.

    Attributes:
        titles: place of a draft, and the correction that gives it a title.
        same: groups of places of drafts that are one paper.
        problems: corrections that seem to miss their record.
    """

    titles: tuple[tuple[int, CuratedCorrection], ...] = ()
    same: tuple[tuple[int, ...], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def load_corrections(path: Path) -> CuratedCorrections:
    """Read the file of corrections; a missing file has none.

    Raises:
        BadInputError: the file cannot be read, is not TOML, or an entry is not as it should be.
    """
    return parse_corrections(read_source(path)) if path.exists() else CuratedCorrections(path.name)


def parse_corrections(source: SourceFile) -> CuratedCorrections:
    """Parse the text of a file of corrections.

    Raises:
        BadInputError: it is not TOML, or an entry is not as it should be.
    """
    try:
        document = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInputError(f"{source.name} is not TOML: {error}.", _HINT) from error
    unknown = sorted(document.keys() - _KEYS)
    if unknown:
        raise BadInputError(f"{source.name} has an unknown entry {unknown[0]!r}.", _HINT)
    entries = [entry for kind in _KEYS for entry in _entries(source.name, source.lines, kind, document.get(kind, []))]
    return CuratedCorrections(source.name, tuple(sorted(entries, key=lambda entry: entry.line)), source.text)


def apply_corrections(
    corrections: CuratedCorrections, records: Sequence[Record], normalise: Callable[[str], str] = normalise_words
) -> AppliedCorrections:
    """Find the records that the corrections are about; ``squeeze`` is ``squeezed``, or what remembers its answers."""
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
            reason = "Several papers begin as this correction says, so it was not applied."
            diagnostics.append(Diagnostic(corrections.name, entry.line, reason, "Give more words of the abstract."))
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
        raise BadInputError(f"{name}: {kind!r} is not a list of entries.", _HINT)
    starts = [number for number, line in enumerate(lines, 1) if line.replace(" ", "").startswith(f"[[{kind}]]")]
    starts += [0] * len(listed)
    return [_entry(name, kind, entry, line) for entry, line in zip(listed, starts, strict=False)]


def _entry(name: str, kind: str, entry: dict[str, Any], line: int) -> CuratedCorrection:
    where = f"{name}, line {line}"
    if sorted(entry) != sorted(_KEYS[kind]):
        raise BadInputError(f"{where}: the entry has {', '.join(sorted(entry)) or 'nothing'}.", _HINT)
    abstract, value, reason = (entry[key] for key in _KEYS[kind])
    if not all(isinstance(text, str) and text.strip() for text in (abstract, value, reason)):
        raise BadInputError(f"{where}: every value is a text that is not empty.", _HINT)
    beginning = normalise_words(abstract)
    if len(beginning.split()) < _LEAST_WORDS:
        hint = f"Give the first {_LEAST_WORDS} words or more, so that no other paper begins alike."
        raise BadInputError(f"{where}: the beginning of the abstract is too short.", hint)
    return CuratedCorrection(kind, beginning, value.strip(), reason.strip(), line)


def _starts_with(text: str, beginning: str) -> bool:
    return bool(beginning) and text.startswith(beginning) and text[len(beginning) : len(beginning) + 1] in ("", " ")


def _near_misses(name: str, entry: CuratedCorrection, abstracts: Sequence[str]) -> list[Diagnostic]:
    first = " ".join(entry.abstract.split()[: _LEAST_WORDS - 1])
    if not any(_starts_with(abstract, first) for abstract in abstracts):
        return []
    reason = f"No abstract begins as this correction says, but one begins with '{first}'."
    return [
        Diagnostic(name, entry.line, reason, "Compare the beginning given with the page, or remove the correction.")
    ]
