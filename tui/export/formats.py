"""The table of export formats: what the two faces offer, and what help and completion are derived from."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from tui.export import biblatex, bibtex, csl_json, csv_table, html_page, json_array, markdown, ris
from tui.export import json_lines as lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.export.loss import Loss
    from tui.paper.entry import Entry


@dataclass(frozen=True, slots=True)
class Format:
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
    carried: Callable[[Entry, str | None], Mapping[str, object]]
    losses: tuple[Loss, ...]


_ALL = (
    Format("bibtex", ".bib", "BibTeX", bibtex.write, True, bibtex.read, bibtex.carried, bibtex.LOSSES),
    Format("biblatex", ".bib", "biblatex", biblatex.write, True, biblatex.read, biblatex.carried, biblatex.LOSSES),
    Format("ris", ".ris", "RIS", ris.write, True, ris.read, ris.carried, ris.LOSSES),
    Format("csl-json", ".json", "CSL-JSON", csl_json.write, True, csl_json.read, csl_json.carried, csl_json.LOSSES),
    Format("markdown", ".md", "Markdown", markdown.write, True, markdown.read, markdown.carried, markdown.LOSSES),
    Format("html", ".html", "HTML", html_page.write, True, html_page.read, html_page.carried, html_page.LOSSES),
    Format("csv", ".csv", "CSV", csv_table.write, False, csv_table.read, csv_table.carried, csv_table.LOSSES),
    Format("json", ".json", "JSON", json_array.write, False, json_array.read, json_array.carried, json_array.LOSSES),
    Format("jsonl", ".jsonl", "JSON Lines", lines.write, False, lines.read, lines.carried, lines.LOSSES),
)

FORMATS: Mapping[str, Format] = MappingProxyType({form.name: form for form in _ALL})
