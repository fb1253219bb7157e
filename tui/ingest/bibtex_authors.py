"""Parse the author field of BibTeX into names as an author list shows them."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.bibtex.syntax import split_outside
from tui.ingest.author_format import format_author, from_family_first, is_et_al
from tui.ingest.author_lists import (
    initials_last,
    mentions_et_al,
    names_by_line,
    names_in,
    without_degrees,
    without_et_al,
    without_orcid,
)
from tui.latex.decode import decode_latex
from tui.model.author_name import AuthorName

_BRACE = re.compile(r"[{}]")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n")  # biber drops these
_UNSEEN = re.compile("[\u180e\u200b\u2060-\u2064\ufeff\ufffc]")
_BRACE_OR_AND = re.compile(r"[{}]| and(?= )", re.IGNORECASE)
_BRACE_OR_COMMA = re.compile(r"[{},]")
_BRACE_OR_SPACE = re.compile(r"[{} ]|(?<!\\)~")  # a tie is a space, and with a backslash an accent
# biber's "extended name format", which Better BibLaTeX writes for names with particles
_NAMED_PART = re.compile(r"\s*([a-z]+(?:-i)?)\s*=\s*(.*)\Z", re.IGNORECASE | re.DOTALL)


def parse_authors(value: str) -> tuple[list[str], bool]:
    """The names of an author field, and whether the list is incomplete.

    Args:
        value: names joined by ``and``, in any of BibTeX's three forms. Other lists: see ``author_lists``.
    """
    text = _COMMENT.sub("\n", value) if "%" in value else value
    text = text if text.isascii() else _UNSEEN.sub("", text)
    text = without_orcid(text)
    parts = [part.strip().removeprefix("and ") for part in split_outside(" ".join(text.split()), _BRACE_OR_AND)]
    rows = names_by_line(text) if len(parts) == 1 and "\n" in text.strip() else []
    last, cut = len(parts) - 1, mentions_et_al(text)
    names: list[str] = []
    truncated = False
    for index, part in enumerate(rows or parts):
        part, others = without_et_al(part) if cut else (part, False)  # noqa: PLW2901
        found = names_in(part, followed=not rows and (index < last or others))
        kept = [name for name in found if not is_et_al(name)]
        truncated |= others or len(kept) < len(found)
        names += [without_degrees(name) for name in kept if name.strip(" ,{}")]
    return [person for name in initials_last(names) if (person := _person(name))], truncated


@lru_cache(maxsize=8192)  # the papers of a bibliography share many authors
def _person(name: str) -> str:
    """One name as an author list shows it."""
    if "=" in name and (named := _named_parts(name)) is not None:
        return named
    if "{" not in name:
        return from_family_first(decode_latex(name)) if "," in name else decode_latex(name)
    if _is_group(name):
        whole = decode_latex(name)
        # Braces around a single accented letter do not mark an organisation.
        return format_author(AuthorName(literal=whole)) if len(whole) > 1 else whole
    parts = [decode_latex(part) for part in split_outside(name, _BRACE_OR_COMMA)]
    if len(parts) > 1:
        return from_family_first(", ".join(parts))
    words = [decode_latex(word) for word in split_outside(name, _BRACE_OR_SPACE)]
    words = [word for word in words if word]
    if len(words) > 1 and " " in words[-1]:
        return from_family_first(f"{words[-1]}, {' '.join(words[:-1])}")
    return " ".join(words)


def _named_parts(name: str) -> str | None:
    """A name with labelled parts, ``family=Vries, given=Jan, prefix=de``; None for any other."""
    pieces = [_NAMED_PART.match(piece) for piece in split_outside(name.strip('"'), _BRACE_OR_COMMA)]
    parts = {piece[1].lower(): decode_latex(piece[2].strip('"')) for piece in pieces if piece}
    if not all(pieces) or not parts.get("family"):
        return None
    given, prefix, suffix = (parts.get(part, "") for part in ("given", "prefix", "suffix"))
    return format_author(AuthorName(given, prefix, parts["family"], suffix))


def _is_group(name: str) -> bool:
    """Whether one pair of braces encloses the whole name."""
    depth = 0
    for brace in _BRACE.finditer(name) if name[0] == "{" else ():
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end() == len(name)
    return False
