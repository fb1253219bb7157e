"""Fields of bibliographies that a reading list does not keep, counted so that an import can report them.

Counted by the names of fields alone, without parsing their values: an import of thousands of records stays quick.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.ingest.source_file import SourceFile

_NAMES = [
    "journal",
    "journaltitle",
    "booktitle",
    "maintitle",
    "volume",
    "number",
    "issue",
    "pages",
    "eid",
    "publisher",
    "school",
    "institution",
    "organization",
    "editor",
    "translator",
    "edition",
    "series",
    "address",
    "location",
    "chapter",
    "isbn",
    "issn",
    "pmid",
    "pmcid",
    "language",
    "langid",
    "file",
]
_BIBTEX = re.compile(rf"(?:^|[,{{])\s*({'|'.join(_NAMES)})\s*=\s*[\w{{\"“]", re.IGNORECASE)
_BIBTEX_ENTRY = re.compile(r"^\s*@\w+\s*[{(]")
_TAGS = {
    "JO": "journal", "JF": "journal", "JA": "journal", "T2": "container title", "BT": "book title", "VL": "volume",
    "IS": "issue", "SP": "pages", "EP": "pages", "PB": "publisher", "ED": "editor", "A2": "editor", "ET": "edition",
    "CY": "place", "SN": "ISSN or ISBN", "L1": "file", "JT": "journal", "VI": "volume", "IP": "issue", "PG": "pages",
}  # fmt: skip
_TAGGED = re.compile(rf"({'|'.join(_TAGS)})\s{{0,2}}-\s+\S")
_TAGGED_RECORD = re.compile(r"(?:TY|PMID|PT)\s{0,2}-\s+\S")
_CSL = re.compile(
    r'"(container-title|collection-title|volume|issue|page|publisher|publisher-place|editor|translator|edition|ISBN'
    r'|ISSN|PMID|PMCID|number|language|event|event-title)"\s*:\s*["\[\d]'
)
_CSL_ITEM = re.compile(r'"(?:type|id)"\s*:\s*"')


def count_unused_fields(source: SourceFile) -> dict[str, int]:
    """Fields of a bibliography that are not imported, with the number of times they occur, most frequent first.

    Listings and readlist's own JSON have none.
    """
    lines = source.lines
    if any(_BIBTEX_ENTRY.match(line) for line in lines):
        return _most_frequent(name.lower() for line in lines for name in _BIBTEX.findall(line))
    if any(_TAGGED_RECORD.match(line) for line in lines):
        found = (_TAGGED.match(line) for line in lines)
        return _most_frequent(_TAGS[match[1]] for match in found if match)
    if any(_CSL_ITEM.search(line) for line in lines) and not any('"citation_key":' in line for line in lines):
        return _most_frequent(name for line in lines for name in _CSL.findall(line))
    return {}


def _most_frequent(names: Iterable[str]) -> dict[str, int]:
    return dict(Counter(names).most_common())
