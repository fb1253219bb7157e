"""Parser of lists of identifiers: arXiv ids, DOIs, and links to papers. Its papers have no title yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ingest.record import ParseResult, Record
from tui.ingest.source_file import Diagnostic
from tui.model.paper import SourceLocation
from tui.text.identifiers import LONGEST, Identifier, parse_identifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import SourceLine
    from tui.ingest.source_file import SourceFile

_LEAST_SHARE = 0.6
_BULLETS = ("- ", "* ", "+ ", "• ")
_SAMPLED = 200  # lines that decide whether a source is such a list
_HINT = "write an arXiv id, a DOI, or a link to arxiv.org, doi.org, aclanthology.org or a publisher, one per line"


class IdentifierList:
    """Lines of identifiers, separated by spaces or commas; lines that start with # are comments."""

    name = "identifiers"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of the first lines that are identifiers and nothing else; 0 below 60 %."""
        content = [line.text for line in lines[:_SAMPLED] if not line.text.startswith("#")]
        share = sum(_is_all_identifiers(text) for text in content) / max(len(content), 1)
        return share if share >= _LEAST_SHARE else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:  # noqa: ARG002, the protocol's
        """Parse a record for every identifier, each once; any other line is reported."""
        records: dict[tuple[str, str, str], Record] = {}
        diagnostics: list[Diagnostic] = []
        for line in lines:
            for text in () if line.text.startswith("#") else _pieces(line.text):
                try:
                    found = parse_identifier(text)
                except ValueError as error:
                    diagnostics.append(Diagnostic(source.name, line.number, str(error), _HINT))
                    continue
                key = (found.eprint, found.doi.lower(), found.link)
                records.setdefault(key, _record(source.name, line.number, found))
        consumed = frozenset(line.number for line in lines)
        return ParseResult(tuple(records.values()), tuple(diagnostics), consumed)


def _record(source: str, line: int, found: Identifier) -> Record:
    """A record without a title; arXiv ids and DOIs get the link to their page."""
    link = found.link or (f"https://arxiv.org/abs/{found.eprint}" if found.eprint else f"https://doi.org/{found.doi}")
    record = Record(SourceLocation(source, line), eprint=found.eprint or None, doi=found.doi or None, links=(link,))
    return record.with_positions(dict.fromkeys(("eprint", "doi", "links"), line))


def _pieces(text: str) -> Iterator[str]:
    """The parts of a line that may be identifiers each; a whole line such as ``arXiv: 2310.07240 [cs.CV]`` is one."""
    plain = text.removeprefix(next((bullet for bullet in _BULLETS if text.startswith(bullet)), "")).strip()
    if _is_identifier(plain):
        yield plain
        return
    parts = [part for part in plain.replace(", ", " ").split() if part.strip(",;")]
    yield from parts if len(parts) > 1 and all(map(_is_identifier, parts)) else [plain]


def _is_all_identifiers(text: str) -> bool:
    return len(text) <= LONGEST and all(map(_is_identifier, _pieces(text)))


def _is_identifier(text: str) -> bool:
    try:
        parse_identifier(text)
    except ValueError:
        return False
    return True
