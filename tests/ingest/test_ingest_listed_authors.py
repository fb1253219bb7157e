"""Author lists as pages and e-mails print them become names; signs and buttons never do."""

from __future__ import annotations

import pytest

from tui.ingest.listed_authors import is_author_list, split_listed_authors


@pytest.mark.parametrize(
    ("text", "names", "truncated"),
    [
        ("Eva Moor, Ida Reed and Gil Fen", "Eva Moor; Ida Reed; Gil Fen", False),
        ("Eva Moor, Ida Reed, and Gil Fen", "Eva Moor; Ida Reed; Gil Fen", False),
        ("Authors: Eva Moor | Ida Reed · Gil Fen; Bo Low", "Eva Moor; Ida Reed; Gil Fen; Bo Low", False),
        ("E Moor, I Reed…", "E Moor; I Reed", True),
        ("E Moor, I Reed ...", "E Moor; I Reed", True),
        ("Eva Moor, …, Gil Fen", "Eva Moor; Gil Fen", True),
        ("Eva Moor et al.", "Eva Moor", True),
        ("Eva Moor, +5 authors, Gil Fen", "Eva Moor; Gil Fen", True),
        ("Eva Moor, Ida Reed, and 12 others", "Eva Moor; Ida Reed", True),
        ("Eva Moor, Ida Reed et al. (23 additional authors not shown)", "Eva Moor; Ida Reed", True),
        ("Eva Moor (1 and 2), Ida Reed (2) ((1) Port University, (2) Reed Institute)", "Eva Moor; Ida Reed", False),
        ("Eva Moor1,2, Ida Reed∗, Gil Fen†", "Eva Moor; Ida Reed; Gil Fen", False),
        ("Eva Moor, Jr., Ida Reed III", "Eva Moor Jr.; Ida Reed III", False),
        ("Eva Moor, Ida Reed, Show more", "Eva Moor; Ida Reed", True),
        ("Eva Moor, [PDF], Cited by 12", "Eva Moor", False),
        ("Yang You, Bo An, A Piplai, Ca Can", "Yang You; Bo An; A Piplai; Ca Can", False),
        ("王小明、山田太郎", "王小明; 山田太郎", False),
        ("the Reed Collaboration", "Reed Collaboration", False),
        ("", "", False),
        ("…", "", True),
    ],
)
def test_a_list_is_split(text: str, names: str, truncated: bool) -> None:
    found, more = split_listed_authors(text)
    assert ("; ".join(found), more) == (names, truncated)


@pytest.mark.parametrize(
    "text",
    [
        "Eva Moor, Ida Reed",
        "Eva Moor",
        "E Moor, M You, B An…",
        "J. Zico Moor, Ludwig van den Reed and A. Fen",
        "Ana de la Fen",
    ],
)
def test_lists_of_names_are_recognised(text: str) -> None:
    assert is_author_list(text)


@pytest.mark.parametrize(
    "text",
    [
        "Harbours at Night",
        "We present a method, and it works",
        "Save Cite",
        "Show More",
        "View PDF",
        "Moor",
        "Comments: 12 pages",
        "ICLR 2026 Poster",
        "Tides, waves and shores in the north",
        "https://example.org/a b",
        "Related articles All 3 versions",
    ],
)
def test_other_text_is_no_list_of_names(text: str) -> None:
    assert not is_author_list(text)
