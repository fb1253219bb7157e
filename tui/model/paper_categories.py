"""All arXiv categories of a paper: the primary one, and those that sources give as keywords.

arXiv's pages, feeds and e-mails name the categories in which a paper is cross-listed after the primary one, and
reference managers write each as a keyword. They are kept as keywords, as exports write them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.model.paper import Paper

# Every name of a category has one of these; most keywords have none.
_PART_OF_NAMES = re.compile(r"[-.\u2013\u2014]")


def paper_categories(paper: Paper) -> tuple[str, ...]:
    """The full names of the categories of a paper, each once, the primary one first."""
    keywords = paper.publication.keywords
    if not keywords:
        return (paper.category,) if paper.category else ()
    return tuple(dict.fromkeys(filter(None, (paper.category, *map(category_of_keyword, keywords)))))


@lru_cache(maxsize=8192)
def category_of_keyword(keyword: str) -> str | None:
    """The category that a keyword names: ``cs.CV``, ``arXiv:cs.CV``, ``Computer Science - Robotics``; else None.

    A class without its archive, such as ``CV``, ``stat-mech`` or ``Robotics``, is only a keyword, and so is an
    archive that is also a word: ``physics``.
    """
    if not _PART_OF_NAMES.search(keyword):
        return None
    from tui.model.arxiv import ARCHIVES, expand_category  # noqa: PLC0415 - few lists have such keywords
    from tui.model.arxiv_names import category_named  # noqa: PLC0415 - few lists have such keywords

    code = keyword.strip().casefold().removeprefix("arxiv:")
    if "." in code or ("-" in code and code in ARCHIVES):
        names = expand_category(code)
        return names[0] if len(names) == 1 else None
    return category_named(keyword)
