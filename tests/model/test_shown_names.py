from __future__ import annotations

import pytest

from tui.model.display_names import is_balanced, is_group, shown_names, without_braces


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("{Dune Watchers}", "Dune Watchers"), ("{ Dune Watchers }", "Dune Watchers"), ("{{Dune} Watchers}", "{Dune} Watchers"),
        ("{Dune} {Watchers}", "{Dune} {Watchers}"), (r"Fran{\c c}ois", r"Fran{\c c}ois"), ("{}", "{}"), ("{ }", "{ }"), ("{", "{"),
        ("Bea Moor", "Bea Moor"), ("", ""), ("{Dune", "{Dune"),
    ],
)  # fmt: skip
def test_only_braces_round_the_whole_name_go(printed: str, shown: str) -> None:
    assert without_braces(printed) == shown
    assert is_group(printed) == (printed != shown)


def test_lists_without_groups_stay_the_same_list() -> None:
    authors = ("Bea Moor", "Paul Kern")
    assert shown_names(authors) is authors
    assert shown_names((*authors, "{Dune Watchers}")) == (*authors, "Dune Watchers")


def test_braces_pair_in_their_order() -> None:
    assert is_balanced("a{b{c}}d")
    assert not is_balanced("}a{")
    assert not is_balanced("{a")
