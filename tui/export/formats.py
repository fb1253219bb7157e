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
    markdown,
    reference_list,
    ris,
)
from tui.export import json_lines as lines
from tui.export.export_options import OPTION_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.export.export_options import ExportOptions
    from tui.export.format_limitations import Limitation
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
        read: parses the text back into plain values, one mapping per entry; raises ValueError if it is malformed;
            None for formats that no program parses.
        expected: the values that ``read`` should return for an entry with a key; None as for ``read``.
        limitations: what it cannot represent.
    """

    name: str
    suffix: str
    title: str
    write: Callable[[Sequence[Entry], Mapping[str, str]], Iterator[str]]
    uses_keys: bool
    read: Callable[[str], Sequence[Mapping[str, object]]] | None
    expected: Callable[[Entry, str | None], Mapping[str, object]] | None
    limitations: tuple[Limitation, ...]


def _reference_list(name: str, suffix: str, title: str, kind: str, style: str = "") -> ExportFormat:
    write = reference_list.writer(kind, style)
    return ExportFormat(name, suffix, title, write, False, None, None, reference_list.LIMITATIONS)


_LISTS = {
    "references": ("references", ".txt", "references, plain text", "text"),
    "references-markdown": ("references-markdown", ".md", "references, Markdown", "markdown"),
    "references-html": ("references-html", ".html", "references, HTML", "html"),
}
_ALL = (
    ExportFormat("bibtex", ".bib", "BibTeX", bibtex.write, True, bibtex.read, bibtex.expected, bibtex.LIMITATIONS),
    ExportFormat(
        "biblatex", ".bib", "biblatex", biblatex.write, True, biblatex.read, biblatex.expected, biblatex.LIMITATIONS
    ),
    ExportFormat("ris", ".ris", "RIS", ris.write, True, ris.read, ris.expected, ris.LIMITATIONS),
    ExportFormat(
        "csl-json", ".json", "CSL-JSON", csl_json.write, True, csl_json.read, csl_json.expected, csl_json.LIMITATIONS
    ),
    ExportFormat(
        "markdown", ".md", "Markdown", markdown.write, True, markdown.read, markdown.expected, markdown.LIMITATIONS
    ),
    ExportFormat(
        "html", ".html", "HTML", html_page.write, True, html_page.read, html_page.expected, html_page.LIMITATIONS
    ),
    ExportFormat(
        "csv", ".csv", "CSV", csv_table.write, False, csv_table.read, csv_table.expected, csv_table.LIMITATIONS
    ),
    ExportFormat(
        "json", ".json", "JSON", json_array.write, False, json_array.read, json_array.expected, json_array.LIMITATIONS
    ),
    ExportFormat("jsonl", ".jsonl", "JSON Lines", lines.write, False, lines.read, lines.expected, lines.LIMITATIONS),
    *(_reference_list(*arguments) for arguments in _LISTS.values()),
)

FORMATS: Mapping[str, ExportFormat] = MappingProxyType({format_.name: format_ for format_ in _ALL})
_ASCII = {"bibtex": bibtex, "biblatex": biblatex, "ris": ris}


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
        return replace(format_, write=csv_table.write_raw, read=csv_table.read_raw)
    if options.ascii:
        module = _ASCII[name]
        limits = (*format_.limitations, format_limitations.BEYOND_ASCII) if module is ris else format_.limitations
        read = module.read if module is ris else module.read_ascii
        return replace(
            format_, write=module.write_ascii, read=read, expected=module.expected_ascii, limitations=limits
        )
    if options.style:
        return _reference_list(*_LISTS[name], options.style)
    return format_
