"""The link of formats that have room for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.model.paper import Paper

_RESOLVERS = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/")


def main_link(paper: Paper) -> str:
    """The first link that says more than the identifiers; empty if there is none but that of the DOI."""
    return next(iter(_links(paper)), "")


def has_more_links(paper: Paper) -> bool:
    """Whether there are others."""
    return len(paper.links) > 1 and len(_links(paper)) > 1


def _links(paper: Paper) -> list[str]:
    """The links but for that of the DOI, and, in a record of a bibliography, for that of arXiv beside another."""
    links = [*paper.links]
    if paper.doi:
        doi = paper.doi.casefold()
        links = [link for link in links if not _is_of_doi(link.casefold(), doi)]
    if paper.eprint and paper.publication.type is not None:
        own = f"https://arxiv.org/abs/{paper.eprint}"
        links = [link for link in links if link != own] or links
    return links


def _is_of_doi(link: str, doi: str) -> bool:
    return link.endswith(doi) and link.removesuffix(doi) in _RESOLVERS
