"""The parsers of source formats, one module each.

``PARSERS`` is ordered by how reliably a format is recognised: each parser gets the lines that those before it left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ingest.parsers.abstract_lines import AbstractLines
from tui.ingest.parsers.bibtex import BibtexParser
from tui.ingest.parsers.csl_json import CslJsonParser
from tui.ingest.parsers.identifier_list import IdentifierList
from tui.ingest.parsers.readlist_json import ReadlistJsonParser
from tui.ingest.parsers.ris import TaggedFormatParser
from tui.ingest.parsers.three_line_records import ThreeLineRecords
from tui.ingest.parsers.title_and_abstract import TitleAndAbstract

if TYPE_CHECKING:
    from tui.ingest.parsers.source_parser import SourceParser

PARSERS: tuple[SourceParser, ...] = (
    *(ReadlistJsonParser(), CslJsonParser(), BibtexParser(), TaggedFormatParser(), IdentifierList()),
    *(ThreeLineRecords(), AbstractLines(), TitleAndAbstract()),
)
