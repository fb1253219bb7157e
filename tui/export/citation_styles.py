"""Citation styles: a paper as one line of a reference list, in APA, IEEE or ACM style, without markup.

The styles follow the rules for preprints of the guides of APA 7 (author-year), IEEE and ACM. Titles keep their
capitals. Unknown values are omitted, never invented.

A style returns the text before the title, the title, and the text after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.export import text_cleanup
from tui.model.author_name import parse_name
from tui.text.display_text import display_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.model.author_name import AuthorName
    from tui.model.paper import Paper

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def apa(paper: Paper, number: int) -> tuple[str, str, str]:  # noqa: ARG001, all styles have one signature
    """``Liu, Y., & Li, H. (2023). Title (arXiv:2310.07240). arXiv. https://…``; without authors, the title leads."""
    title = _title(paper)
    names = [_family_first(name, whole) for name, whole in _people(paper)]
    if len(names) > 20 and not paper.authors_truncated:
        who = ", ".join((*names[:19], f"… {names[-1]}"))
    else:
        who = _listed(names, paper, most=20, joint=", & ")
    date = f"({_year(paper) or 'n.d.'})."
    stop = f" (arXiv:{text_cleanup.clean_line(paper.eprint)})." if paper.eprint else _stop(title)
    location = ("arXiv." if paper.eprint else "", _address(paper))
    if who:
        return f"{_sentence(who)} {date} ", title, stop + _after(*location)
    return "", title, stop + _after(date, *location)


def ieee(paper: Paper, number: int) -> tuple[str, str, str]:
    """``[1] Y. Liu and H. Li, “Title,” Oct. 2023, arXiv:2310.07240. [Online]. Available: https://…``."""
    title = _title(paper)
    names = [_initials_first(name, whole) for name, whole in _people(paper)]
    who = _listed(names, paper, most=6, joint=", and " if len(names) > 2 else " and ", shown=1)
    facts = [_month_and_year(paper), f"arXiv:{text_cleanup.clean_line(paper.eprint)}" if paper.eprint else ""]
    facts += [f"doi: {text_cleanup.clean_line(paper.doi)}" if paper.doi else ""]
    known = ", ".join(filter(None, facts))
    online = "" if paper.doi or not _address(paper) else f"[Online]. Available: {_address(paper)}"
    stop = _stop(title) and ("," if known else ".")
    return f"[{number}] {who}, “" if who else f"[{number}] “", title, f"{stop}”{_after(_sentence(known), online)}"


def acm(paper: Paper, number: int) -> tuple[str, str, str]:
    """``[1] Yuhan Liu and Hanchen Li. 2023. Title. arXiv:2310.07240 [cs.NI] https://…``."""
    title = _title(paper)
    names = [whole or " ".join(filter(None, (n.given, n.surname, n.suffix))) for n, whole in _people(paper)]
    who = _listed(names, paper, most=50, joint=", and " if len(names) > 2 else " and ")
    before = " ".join(filter(None, (f"[{number}]", _sentence(who), f"{_year(paper) or '[n. d.]'}. ")))
    archive = f"arXiv:{text_cleanup.clean_line(paper.eprint)}" if paper.eprint else ""
    archive += f" [{text_cleanup.clean_line(paper.category)}]" if archive and paper.category else ""
    address = _address(paper)
    return before, title, _stop(title) + _after(archive if address else _sentence(archive), address)


STYLES: dict[str, Callable[[Paper, int], tuple[str, str, str]]] = {"apa": apa, "ieee": ieee, "acm": acm}
ITALIC_TITLES = frozenset(("apa",))


def _people(paper: Paper) -> list[tuple[AuthorName, str]]:
    """The parsed names, each with its printed form if styles must not reorder it, else empty.

    A name in a script without capitals is printed unchanged in every style.
    """
    printed = (text_cleanup.clean_line(display_text(author)) for author in paper.authors)
    names = [(parse_name(author), author) for author in printed if author]
    return [(name, name.literal or (author if author.upper() == author.lower() else "")) for name, author in names]


def _title(paper: Paper) -> str:
    return text_cleanup.clean_line(display_text(paper.display_title))


def _family_first(name: AuthorName, whole: str) -> str:
    return whole or ", ".join(filter(None, (name.surname, _initials(name.given), name.suffix)))


def _initials_first(name: AuthorName, whole: str) -> str:
    return whole or " ".join(filter(None, (_initials(name.given), name.surname, name.suffix)))


def _initials(given: str) -> str:
    """``Tsung-Yi J.`` as ``T.-Y. J.``."""
    words = ["-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split()]
    return " ".join(filter(None, words))


def _listed(names: Sequence[str], paper: Paper, *, most: int, joint: str, shown: int = 0) -> str:
    """The names as one text; too many of them, or a truncated list, end in "et al."."""
    if not names:
        return ""
    if paper.authors_truncated or len(names) > most:
        few = names[: (shown or most) if len(names) > most else most]
        # No comma after a single name, unless the name has one itself.
        return ", ".join(few) + (", et al." if len(few) > 1 or "," in few[0] else " et al.")
    if len(names) == 1:
        return names[0]
    return ", ".join(names[:-1]) + joint + names[-1]


def _year(paper: Paper) -> str:
    return "" if paper.date is None or paper.date.year is None else str(paper.date.year)


def _month_and_year(paper: Paper) -> str:
    if paper.date is None or paper.date.year is None or paper.date.month is None:
        return _year(paper)
    month = _MONTHS[paper.date.month - 1]
    return f"{month if len(month) < 5 else month[:3] + '.'} {paper.date.year}"


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
