from __future__ import annotations

import pytest

from tui.model.display_names import author_line, is_balanced, is_group, shown_names, without_braces


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("{Dune Watchers}", "Dune Watchers"), ("{ Dune Watchers }", "Dune Watchers"), ("{{Dune} Watchers}", "{Dune} Watchers"),
        ("{Dune} {Watchers}", "{Dune} {Watchers}"), (r"Fran{\c c}ois", r"Fran{\c c}ois"), ("{}", "{}"), ("{ }", "{ }"), ("{", "{"),
        ("Bea Moor", "Bea Moor"), ("", ""), ("{Dune", "{Dune"),
    ],
)  # fmt: skip
def test_only_braces_around_the_whole_name_are_removed(printed: str, shown: str) -> None:
    assert without_braces(printed) == shown
    assert is_group(printed) == (printed != shown)


def test_names_without_groups_are_returned_unchanged() -> None:
    authors = ("Bea Moor", "Paul Kern")
    assert shown_names(authors) is authors
    assert shown_names((*authors, "{Dune Watchers}")) == (*authors, "Dune Watchers")


def test_braces_must_be_balanced_in_order() -> None:
    assert is_balanced("a{b{c}}d")
    assert not is_balanced("}a{")
    assert not is_balanced("{a")


def test_authors_are_listed_in_one_line() -> None:
    assert author_line(("Bea Moor", "{Dune Watchers}"), truncated=False) == "Bea Moor, Dune Watchers"
    assert author_line(("Bea Moor",), truncated=True) == "Bea Moor et al."
    assert author_line((), truncated=True) == ""
