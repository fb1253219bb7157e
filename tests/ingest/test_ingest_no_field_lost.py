"""Every field that goes in is in the record, in every format; the exceptions are named here."""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
from tui.model.publication import encode_publication
from tui.model.publication_types import TYPES

if TYPE_CHECKING:
    from tui.ingest.record import Record

# https://ctan.org/pkg/biblatex, section 2.2, and what reference managers add.
BIBLATEX = """
abstract addendum afterword annotation annotator author authortype bookauthor bookpagination booksubtitle booktitle
booktitleaddon chapter commentator date doi edition editor editora editorb editorc editortype editoratype eid
entrysubtype eprint eprintclass eprinttype eventdate eventtitle eventtitleaddon file foreword holder howpublished
indextitle institution introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle iswc journalsubtitle
journaltitle label language library location mainsubtitle maintitle maintitleaddon month nameaddon note number
organization origdate origlanguage origlocation origpublisher origtitle pages pagetotal pagination part publisher
pubstate reprinttitle series shortauthor shorteditor shorthand shorthandintro shortjournal shortseries shorttitle
subtitle title titleaddon translator type url urldate venue version volume volumes year address annote journal school
keywords langid options presort related relatedtype sortkey sorttitle execute gender indexsorttitle pmid pmcid
mendeley-groups timestamp owner bibsource biburl creationdate date-added groups ranking mrnumber zblnumber lccn
""".split()  # noqa: SIM905 - a table of words reads better without quotation marks
# https://docs.citationstyles.org/en/stable/specification.html, appendix IV, and names that programs use besides.
CSL = """
abstract annote archive archive_collection archive_location archive-place authority call-number chapter-number
citation-label citation-number collection-number collection-title container-title container-title-short dimensions
division DOI edition event event-title event-place first-reference-note-number genre ISBN ISSN issue jurisdiction
keyword language license locator medium note number number-of-pages number-of-volumes original-publisher
original-publisher-place original-title page page-first part-number part-title PMCID PMID printing-number publisher
publisher-place references reviewed-genre reviewed-title scale section source status supplement title title-short URL
version volume volume-title volume-title-short year-suffix journalAbbreviation shortTitle
""".split()  # noqa: SIM905 - see above
CSL_NAMES = """
author chair collection-editor compiler composer container-author contributor curator director editor
editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author performer
producer recipient reviewed-author script-writer series-creator translator
""".split()  # noqa: SIM905 - see above
# Names, a date or an address in place of a text.
BIBLATEX_VALUES = {
    "date": "2001-02-03", "year": "2001", "month": "2", "url": "https://example.org/urlvalue", "doi": "10.5555/doivalue",
    "urldate": "2002-03-04", "origdate": "1871", "eventdate": "2000-01-02/2000-01-04",
    "eprinttype": "hal", "file": "Full:dir/filevalue.pdf:PDF", "isbn": "978-3-16-148410-0", "issn": "1234-5678",
}  # fmt: skip
# Not what the file says, but the same: a month is a number in the date.
SAME = {"month"}
# Of these, only the words count: the marks between them are those of the format.
WORDS = re.compile(r"\w+")


def words_of(record: Record) -> Counter[str]:
    mark = record.mark
    parts = [
        record.title, record.abstract, *record.authors, str(record.date or ""), record.category, *record.links,
        record.eprint, record.doi, *record.keywords, mark.note if mark else "", mark.citation_key if mark else "",
        json.dumps(encode_publication(record.publication), ensure_ascii=False),
    ]  # fmt: skip
    return Counter(WORDS.findall(" ".join(filter(None, parts)).casefold()))


def lost(record: Record, given: dict[str, str]) -> list[str]:
    """The fields of which a word is not in the record."""
    found = words_of(record)
    return [name for name, text in given.items() if not set(WORDS.findall(text.casefold())) <= found.keys()]


def only(text: str) -> Record:
    (record,) = parse_source(decode_source("x", text.encode())).records
    return record


@pytest.mark.parametrize("kind", sorted({name for row in TYPES.values() for name in (row.bibtex, row.biblatex)}))
def test_no_field_of_bibtex_is_lost_in_any_type(kind: str) -> None:
    given = {name: BIBLATEX_VALUES.get(name, f"Value{name.replace('-', '')}") for name in BIBLATEX}
    entry = f"@{kind}{{thekey,\n" + "".join(f"  {name} = {{{text}}},\n" for name, text in given.items()) + "}\n"
    record = only(entry)
    assert [name for name in lost(record, given) if name not in SAME] == []
    assert record.mark is not None
    assert record.mark.citation_key == "thekey"


def test_the_month_is_part_of_the_date() -> None:
    record = only("@misc{k, title = {T}, year = 2001, month = 2, day = 3}")
    assert str(record.date) == "2001-02-03"


TAGS = [f"{one}{two}" for one in string.ascii_uppercase for two in string.ascii_uppercase + string.digits]


@pytest.mark.parametrize("kind", sorted({row.ris for row in TYPES.values()} | {"CONF", "EJOUR", "INPR", "XYZ"}))
def test_no_tag_of_ris_is_lost_in_any_type(kind: str) -> None:
    # These have other meanings: the type, the end, dates, and two more titles and abstracts.
    values = {
        "PY": "2001/02/03", "Y1": "2001", "DA": "2001/02/03", "Y2": "2002/03/04", "DO": "10.5555/doivalue",
        "UR": "https://example.org/urvalue", "SN": "978-3-16-148410-0", "M3": "Valuem3",
    }  # fmt: skip
    known = "A1 A2 A3 A4 AB AD AN AU AV C1 C2 C3 C4 C5 C6 C7 C8 CA CN CY DA DB DO DP ED EP ET ID IS J2 JA JF JO KW L1 L4 LA LB LK M1 M3 N1 N2 NV OP PB PP PY RI RN RP SE SN SP ST SV T2 T3 TA TI TT U1 U2 U3 U4 U5 UR VL VO Y2"
    given = {tag: values.get(tag, f"Value{tag.lower()}") for tag in known.split() if tag not in ("N2", "A1")}
    given["LK"] = "https://example.org/lkvalue"
    text = f"TY  - {kind}\n" + "".join(f"{tag}  - {value}\n" for tag, value in given.items()) + "ER  - \n"
    assert lost(only(text), given) == []


def test_no_tag_of_pubmed_is_lost() -> None:
    known = "PMID OWN STAT DCOM LR IS VI IP DP TI PG LID AB CI FAU AU AD LA GR PT DEP PL TA JT JID SB MH OT COIS EDAT MHDA CRDT PHST AID PST SO PMC MID RN OTO CIN CON EIN"
    values = {
        "DP": "2001 Feb 3",
        "LID": "10.5555/doivalue [doi]",
        "AID": "10.5555/doivalue [doi]",
        "PMC": "PMC77",
        "PMID": "123",
    }
    given = {tag: values.get(tag, f"Value{tag.lower()}") for tag in known.split()}
    text = "".join(f"{tag:<4}- {value}\n" for tag, value in given.items())
    # AU is FAU abbreviated; the date has a number for the month.
    del given["AU"], given["DP"], given["AID"], given["LID"]
    record = only(text)
    assert lost(record, given) == []
    assert (str(record.date), record.doi) == ("2001-02-03", "10.5555/doivalue")


def test_no_tag_of_endnote_is_lost() -> None:
    known = "0ABCDEFGIJKLMNOPQSTVWXYZ12346789!@$&(?>"
    values = {"%0": "Journal Article", "%D": "2001", "%8": "2001", "%@": "1234-5678", "%F": "thekey"}
    given = {f"%{sign}": values.get(f"%{sign}", f"Value{ord(sign)}") for sign in known}
    text = "".join(f"{tag} {value}\n" for tag, value in given.items())
    del given["%0"]  # the type
    assert lost(only(text), given) == []


def test_no_variable_of_csl_is_lost() -> None:
    given = {name: f"Value{name.replace('-', '').replace('_', '').lower()}" for name in CSL}
    given |= {
        "URL": "https://example.org/urlvalue",
        "DOI": "10.5555/doivalue",
        "ISBN": "978-3-16-148410-0",
        "ISSN": "1234-5678",
    }
    people = {name: f"Family{name.replace('-', '')}" for name in CSL_NAMES}
    dates = {
        key: [[2002, 11, 13]] for key in ("accessed", "available-date", "event-date", "original-date", "submitted")
    }
    item: dict[str, object] = {"id": "thekey", "type": "chapter", **given}
    item |= {name: [{"family": family, "given": "Ann"}] for name, family in people.items()}
    item |= {name: {"date-parts": parts} for name, parts in dates.items()}
    record = only(json.dumps([item]))
    assert lost(record, given | people) == []
    shown = json.dumps(encode_publication(record.publication))
    assert shown.count("2002-11-13") == 3
    assert sorted(row.name for row in record.publication.extra if "2002, 11, 13" in row.value) == [
        "available-date",
        "submitted",
    ]
