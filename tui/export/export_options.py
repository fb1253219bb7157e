"""How an export may be wished for, beside its format: one value that both faces pass on."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

# The formats that each wish is for.
OPTION_FORMATS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ascii": ("bibtex", "biblatex", "ris"),
        "raw": ("csv",),
        "split": ("markdown",),
        "style": ("references", "references-markdown", "references-html"),
    }
)


class ExportOptions(NamedTuple):
    """The wishes; each suits some formats only.

    Attributes:
        raw: CSV without the apostrophes that guard cells from being run as formulas.
        ascii: BibTeX, biblatex and RIS in ASCII.
        style: the style of a citation list, ``apa``, ``ieee`` or ``acm``; empty for the first.
        split: Markdown, one file a paper.
    """

    raw: bool = False
    ascii: bool = False
    style: str = ""
    split: bool = False
