"""Identifiers of papers as people paste them: arXiv ids, DOIs, and links that contain one.

A link is only read, never opened.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 2_000  # characters of an identifier or a link

_ARXIV_ID = r"(?P<id>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z][a-z-]+(?:\.[a-z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3})"
_VERSIONED = rf"{_ARXIV_ID}(?:v(?P<version>[1-9]\d{{0,2}}))?"
_BARE_ARXIV = re.compile(rf"(?:arxiv\s*:\s*)?{_VERSIONED}(?:\s*\[[\w\s.,-]+\])?", re.IGNORECASE)
_DOI = re.compile(r"(?:doi\s*:\s*)?(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.{_VERSIONED}", re.IGNORECASE)
_LINK = re.compile(
    r"(?:https?://)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,})(?::\d+)?(?P<path>/[^?#]*)?(?:[?#].*)?", re.IGNORECASE
)
_ARXIV_PATH = re.compile(
    rf"/(?:abs|pdf|html|ps|e-print|src|format|tex|overview|papers|resources)/(?:arxiv:)?{_VERSIONED}(?:\.pdf)?/?",
    re.IGNORECASE,
)
_DOI_PATH = re.compile(r"/(?:[a-z-]+/){0,4}?(?P<doi>10\.\d{4,9}/.+)", re.IGNORECASE)
_DOI_ENDINGS = re.compile(
    r"(?:/(?:abstract|full|fulltext|pdf|epdf|summary|references)|\.pdf|\.full)/?\Z", re.IGNORECASE
)
_ACL_PATH = re.compile(
    r"/(?:anthology/)?(?P<id>[A-Z]\d{2}-\d{4,5}|\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+)(?:v\d+)?(?:\.pdf|\.bib)?/?",
    re.IGNORECASE,
)
_S2_PATH = re.compile(r"/paper/(?:[^/]+/)?(?P<id>[0-9a-f]{40})/?", re.IGNORECASE)
_S2_OTHER = re.compile(rf"/(?:paper/)?arxiv:{_VERSIONED}/?", re.IGNORECASE)
_S2_DOI = re.compile(r"/(?:paper/)?doi:(?P<doi>10\.\d{4,9}/.+)", re.IGNORECASE)
_PUNCTUATION = ".,;"


class Identifier(NamedTuple):
    """What names one paper.

    Attributes:
        eprint: arXiv id in lower case, without version; empty if it is none.
        doi: bare DOI (``10.…``); empty if there is none.
        link: address of the paper's page at a site that names papers in its own way; empty for arXiv ids and DOIs.
        version: version of the arXiv paper that was named; 0 if none was.
    """

    eprint: str = ""
    doi: str = ""
    link: str = ""
    version: int = 0

    def __str__(self) -> str:
        return f"arXiv:{self.eprint}" if self.eprint else f"doi:{self.doi}" if self.doi else self.link


def parse_identifier(text: str) -> Identifier:
    """The identifier that a whole text consists of.

    Args:
        text: an arXiv id, a DOI, or a link to a page of arxiv.org, doi.org, alphaxiv.org, huggingface.co,
            aclanthology.org, semanticscholar.org or a publisher that has the DOI in its addresses.

    Raises:
        ValueError: it is none; the message says why.
    """
    plain = text.strip().rstrip(_PUNCTUATION).strip("<>{} ").rstrip(_PUNCTUATION)
    if len(plain) > LONGEST:
        raise ValueError(f"{plain[:40]!r}… has {len(plain)} characters; an identifier can have at most {LONGEST}")
    if found := _BARE_ARXIV.fullmatch(plain):
        return _arxiv(found)
    if found := _DOI.fullmatch(plain):
        return of_doi(found["doi"])
    if found := _LINK.fullmatch(plain):
        host = found["host"].lower().removeprefix("www.")
        identifier = _of_link(host, unquote(found["path"] or "/"))
        if identifier is not None:
            return identifier
        raise ValueError(_REASONS.get(host, f"the link {plain[:200]!r} contains neither an arXiv id nor a DOI"))
    raise ValueError(f"{plain[:200]!r} is not an arXiv id, a DOI or a link to a paper")


def of_doi(doi: str) -> Identifier:
    """The identifier for a bare DOI; one that arXiv gives its papers is an arXiv id."""
    doi = doi.rstrip(_PUNCTUATION)
    found = _ARXIV_DOI.fullmatch(doi)
    return _arxiv(found) if found else Identifier(doi=doi)


def _arxiv(found: re.Match[str]) -> Identifier:
    return Identifier(eprint=found["id"].lower(), version=int(found["version"] or 0))


def _of_link(host: str, path: str) -> Identifier | None:
    reader = next((reader for name, reader in _SITES.items() if host == name or host.endswith(f".{name}")), _any_doi)
    return reader(path)


def _of_arxiv(path: str) -> Identifier | None:
    found = _ARXIV_PATH.fullmatch(path)
    return _arxiv(found) if found else None


def _any_doi(path: str) -> Identifier | None:
    found = _DOI_PATH.fullmatch(path)
    return of_doi(_DOI_ENDINGS.sub("", found["doi"]).rstrip("/")) if found else None


def _of_acl(path: str) -> Identifier | None:
    found = _ACL_PATH.fullmatch(path)
    return Identifier(link=f"https://aclanthology.org/{found['id']}") if found else None


def _of_semantic_scholar(path: str) -> Identifier | None:
    if found := _S2_OTHER.fullmatch(path):
        return _arxiv(found)
    if found := _S2_DOI.fullmatch(path):
        return of_doi(found["doi"])
    found = _S2_PATH.fullmatch(path)
    return Identifier(link=f"https://www.semanticscholar.org/paper/{found['id'].lower()}") if found else None


_SITES: dict[str, Callable[[str], Identifier | None]] = {
    "arxiv.org": _of_arxiv,
    "alphaxiv.org": _of_arxiv,
    "huggingface.co": _of_arxiv,
    "hf.co": _of_arxiv,
    "ar5iv.org": _of_arxiv,
    "aclanthology.org": _of_acl,
    "aclweb.org": _of_acl,
    "semanticscholar.org": _of_semantic_scholar,
}
_REASONS = {"openreview.net": "OpenReview links contain neither an arXiv id nor a DOI: use one of those instead"}
