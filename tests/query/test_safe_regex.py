from __future__ import annotations

from contextlib import suppress
from time import thread_time

import pytest

from tui.query.safe_regex import LENGTH_LIMIT, PatternError, compile_safe

STRAIGHT = [
    "nerf",
    r"(foo|bar|baz)",
    "colou?r",
    r"(?i)x",
    "(?-i:NeRF)",
    "(?<=a)b",
    "(?!x)y",
    "(?P<n>ab)c",
    r"a\|b",
    "ß",
]
ONE_OPEN = [
    "^neural.*field$", r"\bGPT-?\d+\b", "(ab)+c", r"(\d{4}-)+x", "[^a-z]+x", "a{2,5}b", "[]a]*b", r"\(\)+", "(a+b)?c",
    r"\w+\s*=\s*\d+", r"\d{1,3}\.\d{1,3}", "a+b+c+", "[[:alpha:]]+x", r"(?:\w+-)?\d:",
]  # fmt: skip
TWO_OPEN = [
    "foo.*bar.*baz",
    "x.*.*y",
    "(.*)(.*)x",
    "x.*a?.*y",
    r"\w+\d+x",
    r"\w+a\w+b",
    r"\w+(?:-)?\w+x",
    r"\w+(?:-|)\w+x",
]
RISKY = [
    "(a+)+", "(a*)*b", "(a|aa)+b", "(a?)+b", "((ab)*c)*", "(?:x+x+)+y", r"(\w+\s?)*$", "(a+){2,}", "([a-z]+)*x",
    "(a|a)*", "x.*a.*b.*c", r"(a+)\1+", r"\w+\d+\w+x", "ж*ж*ж*x", r"\w+(?:-)?\w+(?:-)?\w+x", r"\w+\b\w+\b\w+x",
    "a?" * 25, "(a|a)" * 20 + "b", "(?x)(a+ )+", "(?(1)a|b)", "(?P<n>a+)(?P=n)+",
]  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "limit"),
    [
        *((each, 20_000) for each in STRAIGHT),
        *((each, 8_000) for each in ONE_OPEN),
        *((each, 2_000) for each in TWO_OPEN),
    ],
)
def test_common_patterns_are_accepted(pattern: str, limit: int) -> None:
    assert compile_safe(pattern).text_limit == limit


@pytest.mark.parametrize("pattern", RISKY)
def test_patterns_with_catastrophic_backtracking_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match=r"too long|unsupported|not a regular expression"):
        compile_safe(pattern)


@pytest.mark.parametrize("pattern", ["(", "a{3,2}", "[z-a]", "*a", r"\q", "(?P<1>a)", "a{99999999999}"])
def test_invalid_patterns_are_reported(pattern: str) -> None:
    with pytest.raises(PatternError, match="not a regular expression"):
        compile_safe(pattern)


def test_a_long_pattern_is_refused() -> None:
    compile_safe("a" * LENGTH_LIMIT)
    with pytest.raises(PatternError, match="at most 500 characters"):
        compile_safe("a" * (LENGTH_LIMIT + 1))


def test_a_leading_anything_changes_no_result() -> None:
    for pattern in (".*b", ".*?b", ".*b|c", ".*", ".*?.*b", ".*+"):
        assert compile_safe(pattern).found_in("ab")
    assert not compile_safe(".*b").found_in("ac")
    assert compile_safe(".*b|c").found_in("ac")


def test_case_is_ignored_unless_requested() -> None:
    assert compile_safe("nerf").found_in("NeRF")
    assert not compile_safe("(?-i:nerf)").found_in("NeRF")


def test_a_search_that_would_take_too_long_is_not_started() -> None:
    with pytest.raises(TimeoutError):
        compile_safe(r"(.*)(.*)x").found_in("1" * 2_000)
    assert compile_safe(r"\w+\d+x").found_in("1" * 50 + "x")


@pytest.mark.parametrize(
    "pattern", [r"[ab]*?[^a]+?(?<=a){10}", r".+\w*?\w\n{1,3}", r"(?=[a-z1]*?[ab]*?\d{20})\s{0,30}"]
)
def test_a_long_text_is_tried_in_growing_steps(pattern: str) -> None:
    """Each of these takes seconds on 500 letters already."""
    start = thread_time()
    with pytest.raises(TimeoutError):
        compile_safe(pattern).found_in("b" * 20_000)
    assert thread_time() - start < 1


@pytest.mark.slow
@pytest.mark.parametrize("pattern", [*STRAIGHT, *ONE_OPEN, *TWO_OPEN])
def test_accepted_patterns_end_in_time_on_hostile_texts(pattern: str) -> None:
    found_in = compile_safe(pattern).found_in
    for unit in ("a", "ab", "x ", "x", "1", "aab ", "foo bar ", "neural ", "2023-", "= 1", "]"):
        start = thread_time()
        with suppress(TimeoutError):
            found_in((unit * 20_000)[:20_000])
        assert thread_time() - start < 1
