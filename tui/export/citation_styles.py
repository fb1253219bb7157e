"""A paper as one line of a list of references, in the styles most asked for. Knows no markup and no key.

The styles follow the rules of the guides for online works, written by hand and shortened: APA 7 (author-year), IEEE
and ACM. What is not known is left out; nothing is invented.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.export import clean
from tui.paper.names import parse_name
from tui.text.readable import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.paper.names import Name
    from tui.paper.paper import Paper

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def apa(paper: Paper, number: int) -> tuple[str, str, str]:  # noqa: ARG001, the styles have one shape
    """``Liu, Y., & Li, H. (2023, October 11). Title. arXiv. https://…``, before, of and behind the title."""
    names = [_family_first(name) for name in _people(paper)]
    date = _date(paper, month_first=False)
    who = _listed(names, paper, most=20, joint=", & ", rest=", et al.")
    before = _sentence(" ".join(filter(None, (who, f"({date})" if date else "(n.d.)"))))
    return before, _title(paper), _tail(". ", *_where(paper, "arXiv:"))


def ieee(paper: Paper, number: int) -> tuple[str, str, str]:
    """``[1] Y. Liu and H. Li, “Title,” arXiv:2310.07240, Oct. 2023.``."""
    names = [_initials_first(name) for name in _people(paper)]
    joint = ", and " if len(names) > 2 else " and "
    who = _listed(names, paper, most=6, joint=joint, rest=" et al.", shown=1)
    title = _title(paper)
    behind = _tail(", ", *_where(paper, "arXiv:"), _date(paper, month_first=True))
    end = "" if title.endswith(("?", "!", "…", ".")) else "," if behind else "."
    before = f"[{number}] {who}, “" if who else f"[{number}] “"
    return before, title, f"{end}” {behind}".rstrip()


def acm(paper: Paper, number: int) -> tuple[str, str, str]:
    """``[1] Yuhan Liu and Hanchen Li. 2023. Title. arXiv:2310.07240. https://…``."""
    names = [" ".join(filter(None, (n.given, n.surname, n.suffix))) for n in _people(paper)]
    joint = ", and " if len(names) > 2 else " and "
    who = _listed(names, paper, most=50, joint=joint, rest=", et al.")
    year = str(paper.date.year) if paper.date is not None and paper.date.year is not None else "n.d"
    before = f"[{number}] {_sentence(who)} {year}." if who else f"[{number}] {year}."
    return before, _title(paper), _tail(". ", *_where(paper, "arXiv:"))


STYLES: dict[str, Callable[[Paper, int], tuple[str, str, str]]] = {"apa": apa, "ieee": ieee, "acm": acm}


def _people(paper: Paper) -> list[Name]:
    printed = (clean.one_line(readable(author)) for author in paper.authors)
    return [parse_name(author) for author in printed if author]


def _title(paper: Paper) -> str:
    return clean.one_line(readable(paper.heading))


def _family_first(name: Name) -> str:
    initials = _initials(name.given)
    return ", ".join(filter(None, (name.surname, initials, name.suffix)))


def _initials_first(name: Name) -> str:
    return " ".join(filter(None, (_initials(name.given), name.surname, name.suffix)))


def _initials(given: str) -> str:
    """``Tsung-Yi J.`` as ``T.-Y. J.``; a given name in another script is written in full."""
    if not given or given[0].upper() == given[0].lower():
        return given
    words = ["-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split()]
    return " ".join(filter(None, words))


def _listed(names: Sequence[str], paper: Paper, *, most: int, joint: str, rest: str, shown: int = 0) -> str:
    """The names in a row; too many of them, or a cut list, end in "et al."."""
    if not names:
        return ""
    if paper.authors_truncated or len(names) > most:
        few = names[: (shown or most) if len(names) > most else most]
        return ", ".join(few) + rest
    if len(names) == 1:
        return names[0]
    return ", ".join(names[:-1]) + joint + names[-1]


def _date(paper: Paper, *, month_first: bool) -> str:
    date = paper.date
    if date is None or date.year is None:
        return ""
    if date.month is None:
        return str(date.year)
    month = _MONTHS[date.month - 1]
    if month_first:
        return f"{month if len(month) < 5 else month[:3] + '.'} {date.year}"
    return f"{date.year}, {month}" + (f" {date.day}" if date.day is not None else "")


def _where(paper: Paper, archive: str) -> list[str]:
    """The arXiv id, and where the paper can be read: by its DOI, else by its first link."""
    number = f"{archive}{clean.one_line(paper.eprint)}" if paper.eprint else ""
    links = [clean.one_line(link) for link in paper.links]
    if paper.doi:
        return [number, f"https://doi.org/{clean.one_line(paper.doi)}"]
    return [number, next(iter(links), "")]


def _sentence(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."


def _tail(joint: str, *parts: str) -> str:
    """What follows the title; an address ends without a full stop, so that it can be followed."""
    known = [part for part in parts if part]
    text = joint.join(known)
    return text if not known or "://" in known[-1] else _sentence(text)
