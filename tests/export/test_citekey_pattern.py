"""The pattern of citation keys: what markers and modifiers give, and the sentence for a wrong pattern."""

from __future__ import annotations

import pytest

from tui.errors import UsageError
from tui.export.citekey import citation_keys
from tui.export.citekey_pattern import parse_pattern
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate

PAPER = Paper(
    "aa", title="On the Role of Depth", authors=("Émile Müller", "Ann Lee", "Bo Ito"), date=PartialDate(2020, 5)
)
PAIR = Paper("bb", title="On the Role of Width", authors=("Ann Lee", "Bo Ito"))


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("[auth][year][shorttitle]", "muller2020role"),
        ("[auth:upper]:[shortyear]", "MULLER:20"),
        ("[authors]_[year]", "mullerleeito_2020"),
        ("[authors:abbr:upper][shortyear]", "MLI20"),
        ("[authEtAl][year]", "mulleretal2020"),
        ("[title]", "ontheroleofdepth"),
        ("[title:abbr]", "otrod"),
        ("[veryshorttitle:upper]", "ROLE"),
        ("Lit/[year]", "Lit/2020"),
    ],
)
def test_markers_and_modifiers_make_the_key(pattern: str, key: str) -> None:
    assert parse_pattern(pattern).key(PAPER) == key


def test_both_of_two_authors_are_in_the_key() -> None:
    assert parse_pattern("[authEtAl]").key(PAIR) == "leeito"


def test_a_paper_without_values_for_the_pattern_gets_a_key_of_its_id() -> None:
    assert parse_pattern("[year]").key(PAIR) == "paperbb"
    assert parse_pattern("x-[auth][year]").key(Paper("cc", date=PartialDate(2020))) == "papercc"


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("[athor]", "unknown citation key marker [athor]"),
        ("[auth:small]", "unknown citation key modifier :small"),
        ("[auth", "unmatched bracket [ at position 1 of '[auth'"),
        ("auth]", "unmatched bracket ] at position 5"),
        ("[auth] [year]", "' ' in '[auth] [year]' cannot be used in a citation key"),
        ("key", "the citation key pattern 'key' has no marker"),
    ],
)
def test_an_invalid_pattern_is_refused_with_a_hint(pattern: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_pattern(pattern)
    assert error.value.message.startswith(message)
    assert error.value.hint


def test_pinned_keys_are_kept_and_clashing_keys_differ_by_more_than_case() -> None:
    entries = [
        Entry(Paper("1", title="Deep", authors=("Ann Lee",)), Mark(citation_key="LEE")),
        Entry(Paper("2", title="Deep", authors=("Ann Lee",)), Mark()),
        Entry(Paper("3", title="Deep", authors=("Ann Lee",)), Mark()),
    ]
    assert citation_keys(entries, "[auth:upper]") == {"1": "LEE", "2": "LEEa", "3": "LEEb"}
    assert citation_keys(entries, "[auth]") == {"1": "LEE", "2": "leea", "3": "leeb"}
