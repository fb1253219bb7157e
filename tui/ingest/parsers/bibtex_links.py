"""Find the links and identifiers of a BibTeX entry in all the fields where people and programs put them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.bibliography_record import doi_of
from tui.latex.decode import decode_url
from tui.model.arxiv import eprint_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

# Link fields, those of DBLP, BibDesk and ADS, and prose fields that may mention links.
LINKS = ("url", "link")
_MAYBE_LINKS = frozenset(("ee", "pdf", "html", "adsurl", *(f"bdsk-url-{number}" for number in range(1, 10))))
_PROSE = ("howpublished", "note", "addendum", "pubstate")
# Fields where Zotero, DBLP, Google Scholar and others put an arXiv id, and those that show that it is one.
_IDS = ("volume", "number", "issue", "pages", "eid", "articleno", "series", "type", "publisher", "archiveid", "id")
_HOSTS = ("journal", "journaltitle", "publisher", "howpublished", "archive")
_ARXIV = frozenset(("", "arxiv", "arxiv.org", "arxiv preprint"))
_ON_ARXIV = re.compile(r"\b(?:arxiv|corr)\b|computing research repository", re.IGNORECASE)
_WEB = ("http://", "https://")
_TILDE = re.compile(r"\{?\\(?:textasciitilde|~)\s*(?:\{\s*\})?\}?")
_IN_PROSE = re.compile(r"\\(?:url|nolinkurl|path|href)\s*\{([^{}]*)\}")
_ESCAPED = re.compile(r"\\([_%&#$])")
_WITHOUT_SCHEME = r"(?i)(?<![\w/.@-])(?=www\.[\w-]+\.[\w-])"  # compiled when it is first used
# Words before the DOI in a note about the paper itself.
_LEAD = re.compile(
    r"\A(?:(?:available|accessed|online|published|version|at|via|under|see|url)[\s:,]+)*", re.IGNORECASE
)


class EntryLinks(NamedTuple):
    """The links and identifiers of an entry.

    Attributes:
        links: contents of the link fields.
        mentioned: addresses in its prose fields.
        named: texts that may contain an arXiv id.
        doi: contents of the DOI field, or the DOI of a link.
        eprint: contents of the arXiv id field.
    """

    links: tuple[str, ...]
    mentioned: tuple[str, ...]
    named: tuple[str, ...]
    doi: str
    eprint: str


def links_of(fields: Mapping[str, str], wholes: Container[str]) -> EntryLinks:
    """Find the links and identifiers of an entry.

    Args:
        fields: its fields, in LaTeX.
        wholes: links to a book or issue that contains the entry.
    """
    links = [_url(fields[name]) for name in LINKS if name in fields]
    maybe = [_url(text) for name, text in fields.items() if name in _MAYBE_LINKS]
    links += [link for link in maybe if link.startswith(_WEB)]
    prose = [_free(fields[name]) for name in _PROSE if name in fields]
    doi = decode_url(fields.get("doi", ""))
    if not doi:
        own = [] if any(fields.get(name) in wholes for name in LINKS) else links
        about = [_LEAD.sub("", text) for text in prose]
        doi = next(filter(None, map(doi_of, (*own, *about))), "")
    kind = fields.get("eprinttype", fields.get("archiveprefix", "arxiv")).strip("{} ").lower()
    eprint = fields.get("eprint", fields.get("arxivid", fields.get("arxiv", ""))) if kind in _ARXIV else ""
    named = tuple(_arxiv_mentions(fields, prose))
    return EntryLinks(tuple(links), _mentioned(prose) if prose else (), named, doi, decode_url(eprint))


def _url(text: str) -> str:
    return decode_url(_TILDE.sub("~", text) if "\\" in text else text)


def _free(text: str) -> str:
    """Prose without the LaTeX commands and escapes around its links."""
    if "\\" in text:
        text = _IN_PROSE.sub(r" \1 ", _ESCAPED.sub(r"\1", _TILDE.sub("~", text)))
    return text.strip("{} \n")


def _mentioned(prose: Sequence[str]) -> tuple[str, ...]:
    """The addresses in prose."""
    from tui.ingest.parsers.source_parser import find_links  # noqa: PLC0415 - many bibliographies have no prose

    return find_links(re.sub(_WITHOUT_SCHEME, "http://", " ".join(prose)))


def _arxiv_mentions(fields: Mapping[str, str], prose: list[str]) -> Iterator[str]:
    """Texts that may contain an arXiv id, marked as such."""
    texts = [text for name in _IDS if (text := fields.get(name)) is not None and ("." in text or "/" in text)]
    if texts:
        hosts = [fields[name] for name in _HOSTS if name in fields]
        on_arxiv = _ON_ARXIV.search(" ".join(hosts)) is not None
        found = (eprint_of(text, bare=on_arxiv) for text in texts)
        yield from (f"arXiv:{eprint}" for eprint in found if eprint is not None)
    yield from (fields[name] for name in ("journal", "journaltitle") if name in fields)
    yield from prose
