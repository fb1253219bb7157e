"""Options of an export besides its format."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

# The formats to which each option applies.
OPTION_FORMATS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ascii": ("bibtex", "biblatex", "ris"),
        "raw": ("csv",),
        "split": ("markdown",),
        "style": ("references", "references-markdown", "references-html"),
    }
)


class ExportOptions(NamedTuple):
    """Options of an export; each applies to some formats only.

    Attributes:
        raw: CSV without the apostrophes that keep spreadsheets from evaluating cells.
        ascii: BibTeX, biblatex and RIS in ASCII.
        style: the style of a reference list: the name of a CSL style or a file; empty for the default.
        split: Markdown, one file per paper.
    """

    raw: bool = False
    ascii: bool = False
    style: str = ""
    split: bool = False
