from __future__ import annotations

import pytest

from tui.query.query_parser import parse
from tui.query.refinement import narrows, residual


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("nerf", ""),
        ("nerfs", "nerf"),
        ("NeRFs wave", "nerf"),
        ("nerf wave", "wave nerf"),
        ("Schrödinger", "schro"),
        ('"radiance field"', "dian"),
        ("nerf*", "ner*"),
        ("nerf*", "erf"),
        ("title:nerf", "title:ner"),
        ("nerf tag:ml", "nerf tag:ml"),
        ("nerf tag:ml is:read", "is:read ner"),
        ("(a OR b) nerf", "(a OR b)"),
        ("-wave nerf", "-wave"),
    ],
)
def test_every_match_of_the_new_query_matches_the_old_one(new: str, old: str) -> None:
    assert narrows(parse(new).where, parse(old).where)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("", "nerf"),
        ("ner", "nerf"),
        ("-nerfs", "-nerf"),
        ("nerf", "nerf*"),
        ("wnerf*", "nerf*"),
        ("~nerfs", "~nerf"),
        ("title:nerf", "nerf wave"),
        ("author:nerfs", "title:nerf"),
        ("title:nerf,wave", "title:nerf"),
        ("title:nerfs", "title:nerf,wave"),
        ("tag:mlops", "tag:ml"),
        ("cat:cs", "cat:c"),
        ("id:7f3a", "id:8"),
        ("a OR b", "a"),
        ("title:=nerf", "title:=ner"),
    ],
)
def test_it_is_no_refinement_if_new_papers_could_match(new: str, old: str) -> None:
    assert not narrows(parse(new).where, parse(old).where)


@pytest.mark.parametrize(
    ("new", "old", "rest"),
    [
        ("nerf", "", "nerf"),
        ("nerf", "nerf", ""),
        ("nerf wave", "nerf", "wave"),
        ("nerf waves", "nerf wave", "waves"),
        ("nerf wave", "nerfs", "wave"),
        ("nerfs wave", "nerf", "nerfs wave"),
        ("is:read nerf -tag:ml", "-tag:ml is:read ner", "nerf"),
        ("(a OR b) nerf", "(b OR a)", "(a OR b) nerf"),
    ],
)
def test_conditions_of_the_old_query_are_not_tested_again(new: str, old: str, rest: str) -> None:
    assert residual(parse(new).where, parse(old).where) == parse(rest).where
