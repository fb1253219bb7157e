"""The table of export formats, from which both front ends, help and completion are derived."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from tui.errors import UsageError
from tui.export import (
    biblatex,
    bibtex,
    csl_json,
    csv_table,
    format_limitations,
    html_page,
    json_array,
    json_lines,
    markdown,
    reference_list,
    ris,
)
from tui.export.export_options import OPTION_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.export.export_options import ExportOptions
    from tui.export.format_limitations import Limitation
    from tui.export.verified_format import VerifiedFormat
    from tui.model.entry import Entry


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """An export format.

    Attributes:
        name: value of ``--format``.
        suffix: usual suffix of file names, with its dot.
        title: name for display.
        write: writes entries with citation keys (id to key) as chunks of text; deterministic.
        uses_keys: whether its keys are meant for citing, so that they are pinned when first written.
        limitations: what it cannot represent.
        verified: how exports are read back before they are saved; None for formats that people read, or only
            readlist and programs with a parser of their own for tables and JSON.
    """

    name: str
    suffix: str
    title: str
    write: Callable[[Sequence[Entry], Mapping[str, str]], Iterator[str]]
    uses_keys: bool
    limitations: tuple[Limitation, ...]
    verified: VerifiedFormat | None = None


def _verified(
    name: str, suffix: str, title: str, limitations: tuple[Limitation, ...], verified: VerifiedFormat
) -> ExportFormat:
    return ExportFormat(name, suffix, title, verified.write, True, limitations, verified)


def _reference_list(name: str, suffix: str, title: str, kind: str, style: str = "") -> ExportFormat:
    return ExportFormat(
        name, suffix, title, reference_list.writer(kind, style), False, limitations=reference_list.LIMITATIONS
    )


_LISTS = {
    "references": ("references", ".txt", "references, plain text", "text"),
    "references-markdown": ("references-markdown", ".md", "references, Markdown", "markdown"),
    "references-html": ("references-html", ".html", "references, HTML", "html"),
}
_ALL = (
    _verified("bibtex", ".bib", "BibTeX", bibtex.LIMITATIONS, bibtex.DIALECT),
    _verified("biblatex", ".bib", "biblatex", biblatex.LIMITATIONS, biblatex.DIALECT),
    _verified("ris", ".ris", "RIS", ris.LIMITATIONS, ris.Ris()),
    _verified("csl-json", ".json", "CSL-JSON", csl_json.LIMITATIONS, csl_json.CslJson()),
    ExportFormat("markdown", ".md", "Markdown", markdown.write, True, markdown.LIMITATIONS),
    ExportFormat("html", ".html", "HTML", html_page.write, True, html_page.LIMITATIONS),
    ExportFormat("csv", ".csv", "CSV", csv_table.write, False, csv_table.LIMITATIONS),
    ExportFormat("json", ".json", "JSON", json_array.write, False, json_array.LIMITATIONS),
    ExportFormat("jsonl", ".jsonl", "JSON Lines", json_lines.write, False, json_lines.LIMITATIONS),
    *(_reference_list(*arguments) for arguments in _LISTS.values()),
)

FORMATS: Mapping[str, ExportFormat] = MappingProxyType({format_.name: format_ for format_ in _ALL})
_ASCII: Mapping[str, VerifiedFormat] = MappingProxyType(
    {"bibtex": bibtex.ASCII_DIALECT, "biblatex": biblatex.ASCII_DIALECT, "ris": ris.Ris(ascii=True)}
)


def resolve_format(name: str, options: ExportOptions) -> ExportFormat:
    """The format of a name, with the options applied.

    Raises:
        UsageError: the format is unknown, or an option does not apply to it.
    """
    format_ = FORMATS.get(name)
    if format_ is None:
        raise UsageError(f"unknown export format {name!r}", f"formats: {', '.join(FORMATS)}")
    for option, formats in OPTION_FORMATS.items():
        if getattr(options, option) and name not in formats:
            raise UsageError(f"--{option} does not apply to the format {name}", f"it applies to {', '.join(formats)}")
    if options.raw:
        return replace(format_, write=csv_table.write_raw)
    if options.ascii:
        ascii_format = _ASCII[name]
        limits = (*format_.limitations, format_limitations.BEYOND_ASCII) if name == "ris" else format_.limitations
        return replace(format_, write=ascii_format.write, verified=ascii_format, limitations=limits)
    if options.style:
        return _reference_list(*_LISTS[name], options.style)
    return format_
