"""The citation that is copied of one paper: a line in the manner of APA, made without a citation processor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.export import text_cleanup
from tui.model.author_name import parse_name
from tui.model.venue_text import venue_text
from tui.text.display_text import display_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.model.author_name import AuthorName
    from tui.model.paper import Paper

_MOST_NAMES = 20


def quick_citation(paper: Paper) -> str:
    """``Liu, Y., & Li, H. (2023). Title. Cell Tides 189(16), 45–67. https://…``; without authors, the title leads.

    Titles keep their capitals. Unknown values are omitted, never invented.
    """
    title = _one_line(paper.display_title)
    date = f"({_year(paper) or 'n.d.'})."
    eprint = text_cleanup.clean_line(paper.eprint or "")
    venue = _one_line(venue_text(paper.publication)) or ("arXiv" if eprint else "")
    stop = f" (arXiv:{eprint})." if eprint else _stop(title)
    location = (_sentence(venue), _address(paper))
    who = _listed([_family_first(name, whole) for name, whole in _people(paper)], paper)
    if who:
        return f"{_sentence(who)} {date} {title}{stop}{_after(*location)}"
    return f"{title}{stop}{_after(date, *location)}"


def _people(paper: Paper) -> list[tuple[AuthorName, str]]:
    """The parsed names, each with its printed form if it must not be reordered, else empty.

    A name in a script without capitals is printed unchanged.
    """
    printed = map(_one_line, paper.authors)
    names = [(parse_name(author), author) for author in printed if author]
    return [(name, name.literal or (author if author.upper() == author.lower() else "")) for name, author in names]


def _one_line(text: str) -> str:
    return text_cleanup.clean_line(display_text(text))


def _family_first(name: AuthorName, whole: str) -> str:
    return whole or ", ".join(filter(None, (name.surname, _initials(name.given), name.suffix)))


def _initials(given: str) -> str:
    """``Tsung-Yi J.`` as ``T.-Y. J.``."""
    words = ["-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split()]
    return " ".join(filter(None, words))


def _listed(names: Sequence[str], paper: Paper) -> str:
    """The names as one text; too many of them, or a truncated list, are shortened."""
    if paper.authors_truncated and names:
        few = names[:_MOST_NAMES]
        # No comma after a single name, unless the name has one itself.
        return ", ".join(few) + (", et al." if len(few) > 1 or "," in few[0] else " et al.")
    if len(names) > _MOST_NAMES:
        return ", ".join((*names[: _MOST_NAMES - 1], f"… {names[-1]}"))
    return ", & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _year(paper: Paper) -> str:
    return "" if paper.date is None or paper.date.year is None else str(paper.date.year)


def _address(paper: Paper) -> str:
    """The URL of the paper: its DOI, or else its first link. A full stop after it would break the link."""
    if paper.doi:
        return f"https://doi.org/{text_cleanup.clean_line(paper.doi)}"
    return text_cleanup.clean_line(paper.links[0]) if paper.links else ""


def _after(*parts: str) -> str:
    return "".join(f" {part}" for part in parts if part)


def _sentence(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."


def _stop(title: str) -> str:
    return "" if title.endswith((".", "?", "!", "…")) else "."
