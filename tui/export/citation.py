"""One paper as a line of text to paste into a mail or a draft: authors, title, date. Knows no store and no screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.paper.paper import Paper

_MOST_NAMES = 6


def citation(paper: Paper) -> str:
    """Author-year citation in plain text; what is not known is left out.

    Args:
        paper: the paper to cite.
    """
    names = list(paper.authors[:_MOST_NAMES])
    if paper.authors_truncated or len(paper.authors) > _MOST_NAMES:
        who = ", ".join(names) + " et al."
    elif len(names) > 1:
        who = ", ".join(names[:-1]) + " and " + names[-1]
    else:
        who = "".join(names)
    year = f"({paper.date.year})" if paper.date is not None and paper.date.year is not None else ""
    where = f"arXiv:{paper.eprint}." if paper.eprint else f"doi:{paper.doi}." if paper.doi else ""
    title = paper.heading if paper.heading.endswith(("?", "!", ".", "…")) else paper.heading + "."
    lead = " ".join(part for part in (who, year) if part)
    lead = lead + "." if lead and not lead.endswith(".") else lead
    return " ".join(part for part in (lead, title, where) if part)
