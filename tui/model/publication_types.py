"""Types of publications, named as in CSL, and the types of other formats that stand for each."""

from __future__ import annotations

from typing import NamedTuple


class PublicationType(NamedTuple):
    """One type.

    Attributes:
        name: its name in CSL 1.0.2.
        label: what the user reads.
        bibtex: the entry type of BibTeX that stands for it.
        biblatex: the entry type of biblatex.
        ris: the value of TY in RIS.
        number: the field of a publication that ``number`` of BibTeX means for it.
    """

    name: str
    label: str
    bibtex: str
    biblatex: str
    ris: str
    number: str = "number"


_ISSUE, _IN_SERIES = "issue", "series_number"
_ALL = (
    PublicationType("article", "preprint", "misc", "online", "UNPB"),
    PublicationType("article-journal", "journal article", "article", "article", "JOUR", _ISSUE),
    PublicationType("article-magazine", "magazine article", "article", "article", "MGZN", _ISSUE),
    PublicationType("article-newspaper", "newspaper article", "article", "article", "NEWS", _ISSUE),
    PublicationType("paper-conference", "conference paper", "inproceedings", "inproceedings", "CPAPER", _IN_SERIES),
    PublicationType("book", "book", "book", "book", "BOOK", _IN_SERIES),
    PublicationType("chapter", "chapter", "incollection", "incollection", "CHAP", _IN_SERIES),
    PublicationType("thesis", "thesis", "phdthesis", "thesis", "THES"),
    PublicationType("report", "report", "techreport", "report", "RPRT"),
    PublicationType("dataset", "dataset", "misc", "dataset", "DATA"),
    PublicationType("software", "software", "misc", "software", "COMP"),
    PublicationType("webpage", "web page", "misc", "online", "ELEC"),
    PublicationType("post", "post", "misc", "online", "ELEC"),
    PublicationType("post-weblog", "blog post", "misc", "online", "BLOG"),
    PublicationType("document", "document", "misc", "misc", "GEN"),
    PublicationType("manuscript", "manuscript", "unpublished", "unpublished", "UNPB"),
    PublicationType("pamphlet", "pamphlet", "booklet", "booklet", "PAMP"),
    PublicationType("collection", "collection", "misc", "misc", "GEN"),
    PublicationType("periodical", "periodical", "misc", "periodical", "JFULL", _ISSUE),
    PublicationType("entry", "entry", "incollection", "inreference", "DICT", _IN_SERIES),
    PublicationType("entry-dictionary", "dictionary entry", "incollection", "inreference", "DICT", _IN_SERIES),
    PublicationType("entry-encyclopedia", "encyclopedia entry", "incollection", "inreference", "ENCYC", _IN_SERIES),
    PublicationType("review", "review", "article", "review", "JOUR", _ISSUE),
    PublicationType("review-book", "book review", "article", "review", "JOUR", _ISSUE),
    PublicationType("patent", "patent", "misc", "patent", "PAT"),
    PublicationType("standard", "standard", "misc", "standard", "STAND"),
    PublicationType("speech", "talk", "misc", "unpublished", "SLIDE"),
    PublicationType("event", "event", "misc", "misc", "GEN"),
    PublicationType("interview", "interview", "misc", "misc", "PCOMM"),
    PublicationType("personal_communication", "letter", "misc", "letter", "PCOMM"),
    PublicationType("legal_case", "legal case", "misc", "jurisdiction", "CASE"),
    PublicationType("legislation", "legislation", "misc", "legislation", "STAT"),
    PublicationType("bill", "bill", "misc", "legislation", "BILL"),
    PublicationType("hearing", "hearing", "misc", "misc", "HEAR"),
    PublicationType("regulation", "regulation", "misc", "legislation", "LEGAL"),
    PublicationType("treaty", "treaty", "misc", "legal", "LEGAL"),
    PublicationType("classic", "classic work", "misc", "misc", "CLSWK"),
    PublicationType("figure", "figure", "misc", "image", "FIGURE"),
    PublicationType("graphic", "artwork", "misc", "artwork", "ART"),
    PublicationType("map", "map", "misc", "image", "MAP"),
    PublicationType("motion_picture", "film", "misc", "movie", "MPCT"),
    PublicationType("broadcast", "broadcast", "misc", "video", "VIDEO"),
    PublicationType("song", "recording", "misc", "audio", "SOUND"),
    PublicationType("musical_score", "musical score", "misc", "music", "MUSIC"),
    PublicationType("performance", "performance", "misc", "performance", "GEN"),
)
TYPES = {row.name: row for row in _ALL}
_BY_WORD = {word.casefold(): row.name for row in reversed(_ALL) for word in (row.bibtex, row.biblatex, row.label)}
_BY_WORD |= {"misc": "document", "online": "webpage", "journal": "article-journal", "conference": "paper-conference"}


def type_named(text: str) -> str | None:
    """The type that a user means: by its name, its label, or an entry type of BibTeX; None if there is none."""
    word = text.strip().casefold()
    return word if word in TYPES else _BY_WORD.get(word) or _BY_WORD.get(word.replace("-", " "))
