"""Separate the user's notes from lines that databases and programs put into the same field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.source_file import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Sequence

_VALUE = r"\s*[:=]\s*\S{1,200}(?:\s*\[[\w.,; -]+\])?\s*\Z"
_IDENTIFIER = re.compile(
    rf"(?:(?:doi|short ?doi|arxiv(?: id)?)(?:\s+|(?=\s*[:=]))(?:\s*[:=]\s*)?\S*\d\S*(?:\s*\[[\w.,; -]+\])?\s*\Z"
    rf"|(?:pmid|pmcid|pubmed(?: central)? id|[ep]?-?issn|[ep]?-?isbn(?:-1[03])?|oclc|ads bibcode|mag id|s2id"
    rf"|corpus ?id|wos|ut|qid|hal(?: id)?|ssrn(?: id)?|jstor|eid|scopus(?: id)?|dblp"
    rf"|accession(?: number)?|eric number){_VALUE}"
    r"|(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+\Z|PMC\d+\Z)",
    re.IGNORECASE,
)
_IN_FIELDS = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi\b|10\.|arxiv)", re.IGNORECASE)
# Starts of lines that are always written by a database or program.
_SURE = re.compile(
    r"export date\s*:|cited by\s*(?:\([^)]*\)\s*)?(?::\s*\d|\d+\s*\Z)|(?:total )?times cited\b[^:]{0,60}:\s*\d"
    r"|cited references? count\s*:|isi document delivery no|correspondence address\s*:|coden\s*:\s*\w{5,6}\b"
    r"|funding\s(?:details|text(?:\s\d+)?)\s*:|chemicals/cas\s*:|molecular sequence numbers\s*:"
    r"|language of original document\s*:|abbreviated source title\s*:|index keywords\s*:|conference code\s*:\s*\d"
    r"|accession number\s*:|(?:entry|revision) date\s*:\s*\d|(?:last updated|zuletzt aktualisiert|suppnotes) - "
    r"|date (?:completed|created|revised) - "
    r"|number of (?:references|pages) - |subjectstermnotlitgenretext - |copyright - |zscc\s*:|(?:\[?tldr\]?)\s*:"
    r"|\d+ citations? \(|citations?\s*:\s*\d+\s*\Z|_eprint\s*:|page version id\s*:\s*\d|citation key\s*:\s*\S+\s*\Z"
    r"|read_status(?:_date)?\s*:|tex\.[\w.*]+\s*:|using smart source parsing\Z|from duplicate \d+ ?\(?"
    r"|(?:journal article|article in press)\Z|eng(?:lish)?\Z"
    r"|comment\s*:.*(?:\d+ (?:pages?|pp|figures?|tables?)\b|accepted|to appear)",
    re.IGNORECASE,
)
# Starts of such lines only if another line of the note is certain.
_UNSURE = re.compile(
    r"(?:references|link|publisher|source|sponsors?|affiliations?|art\. no\.|conference (?:name|date|location)"
    r"|document type|pubmed id|author keywords|trade ?names|manufacturers?|language|editors?|stage|page count"
    r"|issn|isbn|doi|j2|c2|lm|ad|m3|n1)\s*[:-]",
    re.IGNORECASE,
)
# What EndNote writes for PubMed's records: ISSN, full names, publication types, the country, the citation.
_CITATION = re.compile(
    r"^\S[^\n]{1,80}\. \d{4}(?: [A-Z][a-z]{2}(?:-[A-Z][a-z]{2})?)?(?: \d{1,2})?[;:.]", re.MULTILINE
)
_OF_PUBMED = re.compile(
    r"\A\d{4}-\d{3}[\dXx]\b"
    r"|^(?:Journal Article|Review|Research Support, .*|Comparative Study|Case Reports|Evaluation Study|eng)$",
    re.MULTILINE | re.IGNORECASE,
)
_PUBMED = re.compile(
    r"\d{4}-\d{3}[\dXx]\b.*\b(?:Journal Article|Research Support|Epub|Comparative Study)\b", re.DOTALL
)
_DELIVERY_NUMBER = re.compile(r"(?=.*\d)[A-Za-z0-9]{4,6}\Z")
# CSL variables and Zotero fields that people write into a catch-all field.
_VARIABLE = re.compile(
    r"(?:type|original[- ](?:author|date|publisher|title|publisher[- ]place)|event(?:[- ](?:title|place|date))"
    r"|container[- ](?:author|title(?:[- ]short)?)|collection[- ](?:title(?:[- ]short)?|number|editor)"
    r"|number[- ]of[- ](?:pages|volumes)|chapter[- ]number|number|archive[- ](?:location|place|collection)"
    r"|call[- ]number|reviewed[- ](?:title|author|genre)|title[- ]short|genre|publication title"
    r"|publisher(?:[- ]place)?|version(?: number)?|library catalog|conference name|proceedings title"
    r"|series(?: title)?|volume|issue|pages?|edition|jurisdiction|submitted|issued|accessed|available[- ]date"
    r"|language|translator|editor|director|illustrator|interviewer|recipient|composer)\s*:\s*\S",
    re.IGNORECASE,
)
_SHOWN = 60
_STATUS = re.compile(r"^read_status\s*:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)


class SortedNote(NamedTuple):
    """The sorted lines of a note.

    Attributes:
        own: the user's lines.
        identifiers: lines that are nothing but an identifier.
        clutter: other lines of a database or program, and identifiers without a field here.
    """

    own: str
    identifiers: tuple[str, ...] = ()
    clutter: tuple[str, ...] = ()


def sort_note(text: str, *, variables: bool = False) -> SortedNote:
    """Sort the lines of a note.

    Args:
        text: the field.
        variables: whether lines such as ``original-date: 1814`` are CSL variables, as in Zotero's field Extra.
    """
    bare = text.strip()
    if _PUBMED.match(bare) or (_OF_PUBMED.search(bare) and _CITATION.search(bare)):
        return SortedNote("", (), (bare,))
    lines = text.split("\n")
    is_database = any(_SURE.match(line.strip()) for line in lines)
    own: list[str] = []
    identifiers: list[str] = []
    clutter: list[str] = []
    references = False
    for line in lines:
        bare = line.strip()
        if not bare:
            own.append(line)
        elif _IDENTIFIER.match(bare):
            identifiers.append(bare)
            clutter += [] if _IN_FIELDS.match(bare) else [bare]
        elif (
            references
            or _SURE.match(bare)
            or (is_database and (_UNSURE.match(bare) or (_DELIVERY_NUMBER.match(bare) and line == lines[0])))
            or (variables and _VARIABLE.match(bare))
        ):
            clutter.append(bare)
            references |= is_database and bare.lower().startswith("references:")
        else:
            own.append(line)
    return SortedNote(re.sub(r"\n{3,}", "\n\n", "\n".join(own)).strip("\n"), tuple(identifiers), tuple(clutter))


def read_status(text: str) -> str:
    """The value of a line ``Read_Status: Read`` in lower case; empty if there is none."""
    found = _STATUS.search(text)
    return found[1].lower() if found else ""


def clutter_diagnostics(source: str, clutter: Sequence[tuple[int, str]]) -> list[Diagnostic]:
    """One diagnostic for all lines of databases that are not notes.

    Args:
        source: name of the source.
        clutter: for every record with such lines, its line number and one of those lines.
    """
    if not clutter:
        return []
    line, example = clutter[0]
    example = example.split("\n")[0]
    example = f"'{example[:_SHOWN]}…'" if len(example) > _SHOWN else f"'{example}'"
    records = "one record" if len(clutter) == 1 else f"{len(clutter)} records"
    reason = f"lines added by databases or programs, such as {example}, were left out of the notes of {records}"
    return [
        Diagnostic(
            source, line, reason, "your own notes are kept, and the file is unchanged", repaired=True, records=0
        )
    ]
