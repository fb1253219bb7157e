"""The link of formats that have room for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.model.paper import Paper

_RESOLVERS = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/")


def main_link(paper: Paper) -> str:
    """The first link that says more than the DOI; empty if there is none."""
    return next(iter(_links(paper)), "")


def has_more_links(paper: Paper) -> bool:
    """Whether there are others."""
    return len(paper.links) > 1 and len(_links(paper)) > 1


def _links(paper: Paper) -> list[str]:
    if not paper.doi:
        return [*paper.links]
    doi = paper.doi.casefold()
    return [link for link in paper.links if not _is_of_doi(link.casefold(), doi)]


def _is_of_doi(link: str, doi: str) -> bool:
    return link.endswith(doi) and link.removesuffix(doi) in _RESOLVERS
