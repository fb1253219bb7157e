"""Printed names of authors as they are shown: without the braces that say of a name that it is a whole."""

from __future__ import annotations


def is_balanced(text: str) -> bool:
    """Whether the braces of a text pair."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def is_group(printed: str) -> bool:
    """Whether one pair of braces encloses the whole name, as round an organisation that reads like a person."""
    inside = printed[1:-1]
    return printed[:1] == "{" and printed[-1:] == "}" and bool(inside.strip()) and is_balanced(inside)


def without_braces(printed: str) -> str:
    """A printed name without the braces that enclose the whole of it."""
    return printed[1:-1].strip() if is_group(printed) else printed


def shown_names(authors: tuple[str, ...]) -> tuple[str, ...]:
    """Printed names as they are shown everywhere but in BibTeX."""
    for name in authors:
        if name[:1] == "{":
            return tuple(map(without_braces, authors))
    return authors
