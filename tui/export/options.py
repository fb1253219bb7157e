"""How an export may be wished for, beside its format: one value that both faces pass on."""

from __future__ import annotations

from typing import NamedTuple


class Options(NamedTuple):
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
