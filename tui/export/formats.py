"""The table of export formats: what the two faces offer, and what help and completion are derived from."""

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
    html_page,
    json_array,
    limitations,
    markdown,
    reference_list,
    ris,
)
from tui.export import json_lines as lines
from tui.export.citation_styles import STYLES
from tui.export.export_options import OPTION_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.export.export_options import ExportOptions
    from tui.export.limitations import Limitation
    from tui.model.entry import Entry


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One way to write entries down.

    Attributes:
        name: what ``--format`` takes.
        suffix: usual end of a file's name, with its dot.
        title: the name people know it by.
        write: entries and citation keys (id to key) to chunks of text; the same input gives the same bytes.
        uses_keys: its keys are there to be cited, so they should be pinned when they are first written.
        read: the text back to plain values, an entry each; ValueError where it is broken. For preflight.
        carried: the plain values that ``read`` should find for an entry with a key.
        losses: what it cannot carry.
    """

    name: str
    suffix: str
    title: str
    write: Callable[[Sequence[Entry], Mapping[str, str]], Iterator[str]]
    uses_keys: bool
    read: Callable[[str], Sequence[Mapping[str, object]]]
    expected: Callable[[Entry, str | None], Mapping[str, object]]
    limitations: tuple[Limitation, ...]


def _citations(name: str, suffix: str, title: str, kind: str, style: str = "") -> ExportFormat:
    style = style or next(iter(STYLES))
    write, carried = reference_list.writer(kind, style), reference_list.expected_for(kind, style)
    return ExportFormat(name, suffix, title, write, False, reference_list.read, carried, reference_list.LIMITATIONS)


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
    *(_citations(*listed) for listed in _LISTS.values()),
)

FORMATS: Mapping[str, ExportFormat] = MappingProxyType({form.name: form for form in _ALL})
_ASCII = {"bibtex": bibtex, "biblatex": biblatex, "ris": ris}


def resolve_format(name: str, options: ExportOptions) -> ExportFormat:
    """The format of a name as the options wish it.

    Raises:
        UsageError: there is no such format, or an option does not suit it.
    """
    form = FORMATS.get(name)
    if form is None:
        raise UsageError(f"there is no export format {name!r}", f"formats: {', '.join(FORMATS)}")
    for wish, suited in OPTION_FORMATS.items():
        if getattr(options, wish) and name not in suited:
            raise UsageError(f"--{wish} does not suit the format {name}", f"it is for {', '.join(suited)}")
    if options.raw:
        return replace(form, write=csv_table.write_raw, read=csv_table.read_raw)
    if options.ascii:
        module = _ASCII[name]
        losses = (*form.limitations, limitations.BEYOND_ASCII) if module is ris else form.limitations
        read = module.read if module is ris else module.read_ascii
        return replace(form, write=module.write_ascii, read=read, expected=module.expected_ascii, limitations=losses)
    if options.style:
        if options.style not in STYLES:
            raise UsageError(f"there is no citation style {options.style!r}", f"styles: {', '.join(STYLES)}")
        return _citations(*_LISTS[name], options.style)
    return form
