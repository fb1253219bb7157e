"""Identifiers typed or pasted as bare words: DOIs, arXiv ids, links and citation keys, in their usual spellings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.query.syntax_tree import And, Exact, Field, Or, Word

if TYPE_CHECKING:
    from tui.query.syntax_tree import Node

# A token may hold balanced parentheses, as some DOIs do; the parenthesis of a group ends it.
_TOKEN = re.compile(r"(?:[^\s()|]|\([^\s()]*\))+")
_DOI = re.compile(r"(?:doi:)?\s*(?:https?://)?(?:(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ARXIV_ID = r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?"
_ARXIV = re.compile(
    r"(?:arxiv:|(?:https?://)?(?:www\.|export\.)?"
    r"(?:arxiv\.org/(?:abs|pdf|html)/|alphaxiv\.org/(?:abs|overview)/|(?:huggingface\.co|hf\.co)/papers/))"
    rf"{_ARXIV_ID}(?:\.pdf)?",
    re.IGNORECASE,
)
_BARE_ARXIV = re.compile(_ARXIV_ID)
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
# Other keys are looked up when no text has them, see `or_citation_keys`.
_CITATION_KEY = re.compile(r"[^\W\d_][\w+.'-]*\d{4}[\w+.'-]*")
# Keys of DBLP, INSPIRE and ADS, which have characters that separate terms or fields.
_KEY_OF_DATABASE = re.compile(r"DBLP:\w+/\S+|[A-Z][\w-]*:\d{4}[a-z]{2,3}|\d{4}[A-Za-z&.]{5}[\w.&]{9,10}")
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]")
_TRAILING = ".,;"
_VERSION = re.compile(r"v\d+\Z")


def identifier_at(text: str, at: int) -> tuple[Node, int] | None:
    """The term for an identifier that begins at a place in a query, and where it ends; None where none does.

    Args:
        text: the query.
        at: where a term begins.
    """
    found = _TOKEN.match(text, at)
    if found is None:
        return None
    token = found[0].rstrip(_TRAILING)
    node = _identifier(token)
    return None if node is None else (node, at + len(found[0]))


def or_citation_keys(node: Node) -> Node:
    """The tree with each word that must or may match also understood as a citation key."""
    match node:
        case Word(text):
            return Or((node, Field("key", (Exact(text),))))
        case And(parts) | Or(parts):
            return type(node)(tuple(map(or_citation_keys, parts)))
        case _:
            return node


def plain_doi(text: str) -> str:
    """A DOI without the address of its resolver, in lower case; other text in lower case."""
    found = _DOI.fullmatch(text.strip())
    return (found[1] if found else text).lower()


def plain_arxiv_id(text: str) -> str:
    """An arXiv id without address, prefix and version; other text without a version."""
    found = _ARXIV.fullmatch(text.strip())
    return _VERSION.sub("", found[1] if found else text.removeprefix("arxiv:")).lower()


def plain_isbn(text: str) -> str:
    """An ISBN without prefix, hyphens and check digit: nine digits, the same whether it had 10 or 13."""
    digits = text.replace("-", "").replace(" ", "")
    return digits[3:-1] if len(digits) == 13 else digits[:-1] if len(digits) == 10 else digits


def _identifier(token: str) -> Node | None:
    if found := _DOI.fullmatch(token):
        return Field("doi", (Exact(found[1].lower()),))
    if found := _ARXIV.fullmatch(token):
        return Field("arxiv", (Exact(found[1].lower()),))
    if _KEY_OF_DATABASE.fullmatch(token):
        return Or((Word(token), Field("key", (Exact(token),))))
    if _ISBN.fullmatch(token):
        return Or((Word(token), Field("isbn", (Word(token),))))
    if found := _BARE_ARXIV.fullmatch(token):
        return Or((Word(token), Field("arxiv", (Exact(found[1]),))))
    if _LINK.fullmatch(token):
        return Or((Word(token), Field("url", (Word(token),))))
    if _CITATION_KEY.fullmatch(token):
        return Or((Word(token), Field("key", (Exact(token),))))
    return None
