from __future__ import annotations

from time import perf_counter

import pytest

from tui.query.pattern import LENGTH_LIMIT, TEXT_LIMIT, PatternError, compiled

SAFE = [
    r"nerf", r"^neural.*field$", r"\bGPT-?\d+\b", r"(?:a|b)c", r"(foo|bar|baz)", r"colou?r", r"(ab)+c", r"(\d{4}-)+x",
    r"[^a-z]+x", r"(?i)x", r"(?-i:NeRF)", r"(?<=a)b", r"(?!x)y", r"(?P<n>ab)c", r"a{2,5}b", r"[]a]*b", r"\(\)+",
    r"(a+b)?c", r".*foo", r".*.*x",
    r"foo.*bar.*baz", r"\w+\s*=\s*\d+", r"[[:alpha:]]", "ß", r"a\|b",
]  # fmt: skip
RISKY = [
    r"(a+)+", r"(a*)*b", r"(a|aa)+b", r"(a?)+b", r"((ab)*c)*", r"(?:x+x+)+y", r"(\w+\s?)*$", r"(a+){2,}", r"([a-z]+)*x",
    r"(a|a)*", r"x.*.*y", r"(.*)(.*)x", r"x.*a?.*y", r"x.*a.*b.*c", r"(a+)\1+", r"\w+\d+\w+\d+\w+\d+x", "a?" * 25,
    "(a|a)" * 20 + "b", r"(?x)(a+ )+", r"(?(1)a|b)", r".+.+x", r"(?P<n>a+)(?P=n)+",
]  # fmt: skip


@pytest.mark.parametrize("pattern", SAFE)
def test_patterns_that_people_write_are_taken(pattern: str) -> None:
    compiled(pattern)


@pytest.mark.parametrize("pattern", RISKY)
def test_patterns_that_can_explode_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match=r"too long|not supported|not a regular expression"):
        compiled(pattern)


@pytest.mark.parametrize("pattern", ["(", "a{3,2}", "[z-a]", "*a", r"\q", "(?P<1>a)", "a{99999999999}"])
def test_what_is_no_pattern_is_said(pattern: str) -> None:
    with pytest.raises(PatternError, match="not a regular expression"):
        compiled(pattern)


def test_a_long_pattern_is_refused() -> None:
    compiled("a" * LENGTH_LIMIT)
    with pytest.raises(PatternError, match="at most 500 characters"):
        compiled("a" * (LENGTH_LIMIT + 1))


def test_a_leading_anything_changes_no_answer() -> None:
    for pattern in (".*b", ".*?b", ".*b|c", ".*", ".*?.*b"):
        assert bool(compiled(pattern).search("ab"))
    assert compiled(".*b").search("ac") is None
    assert compiled(".*b|c").search("ac") is not None


@pytest.mark.slow
@pytest.mark.parametrize("pattern", SAFE)
def test_what_is_taken_ends_in_time_on_hostile_texts(pattern: str) -> None:
    search = compiled(pattern).search
    start = perf_counter()
    for unit in ("a", "ab", "x ", "aab ", "foo bar ", "neural ", "2023-", "= 1", "]"):
        search((unit * TEXT_LIMIT)[: TEXT_LIMIT - 1] + "!")
    assert perf_counter() - start < 5
