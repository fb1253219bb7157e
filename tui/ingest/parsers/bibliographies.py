"""The parsers of bibliographies.

Ordered by how reliably a format is recognised: each parser gets the lines that those before it left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ingest.parsers.bibtex import BibtexParser
from tui.ingest.parsers.csl_json import CslJsonParser
from tui.ingest.parsers.identifier_list import IdentifierList
from tui.ingest.parsers.readlist_csv import ReadlistCsv
from tui.ingest.parsers.readlist_json import ReadlistJsonParser
from tui.ingest.parsers.ris import TaggedFormatParser
from tui.ingest.parsers.zotero_csv import ZoteroCsv

if TYPE_CHECKING:
    from tui.ingest.parsers.source_parser import SourceParser

BIBLIOGRAPHIES: tuple[SourceParser, ...] = (
    ReadlistJsonParser(),
    CslJsonParser(),
    ReadlistCsv(),
    ZoteroCsv(),
    BibtexParser(),
    TaggedFormatParser(),
    IdentifierList(),
)
