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
def test_every_answer_to_the_new_query_answers_the_old_one(new: str, old: str) -> None:
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
def test_nothing_is_promised_where_answers_could_come_back(new: str, old: str) -> None:
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
def test_what_the_old_query_says_is_not_asked_again(new: str, old: str, rest: str) -> None:
    assert residual(parse(new).where, parse(old).where) == parse(rest).where
