"""Author names for display: without the braces that mark an organisation."""

from __future__ import annotations


def is_balanced(text: str) -> bool:
    """Whether the braces of a text are balanced."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def is_group(printed: str) -> bool:
    """Whether one pair of braces encloses the whole name, as BibTeX marks organisations."""
    inside = printed[1:-1]
    return printed[:1] == "{" and printed[-1:] == "}" and bool(inside.strip()) and is_balanced(inside)


def without_braces(printed: str) -> str:
    """A printed name without the braces that enclose all of it."""
    return printed[1:-1].strip() if is_group(printed) else printed


def shown_names(authors: tuple[str, ...]) -> tuple[str, ...]:
    """The names as displayed everywhere except in BibTeX."""
    for name in authors:
        if name[:1] == "{":
            return tuple(map(without_braces, authors))
    return authors


def author_line(authors: tuple[str, ...], *, truncated: bool) -> str:
    """The names in one line, with "et al." if the source left some out; empty without names."""
    return ", ".join(shown_names(authors)) + (" et al." if authors and truncated else "")
