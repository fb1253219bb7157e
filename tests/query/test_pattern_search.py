from __future__ import annotations

import re
import subprocess
import sys
from time import process_time

import pytest

from tui.errors import QueryError
from tui.query.pattern_search import LENGTH_LIMIT, PatternError, PatternSearch, check_pattern

# With texts that they match in a moment: each would have been too many ways for a guess at the time.
PATTERNS = [
    ("nerf", "a NeRF"),
    ("(foo|bar|baz)", "bar"),
    ("(?-i:NeRF)", "NeRF"),
    ("(?<=a)b", "ab"),
    ("(?P<n>ab)c", "abc"),
    (r"a\|b", "a|b"),
    ("ß", "ß"),
    (r"\bGPT-?\d+\b", "GPT-4"),
    (r"(\d{4}-)+x", "2023-2024-x"),
    ("[]a]*b", "]b"),
    (r"\w+\s*=\s*\d+", "x = 1"),
    ("x.*a.*b.*c.*d", "x a b c d"),
    ("(a+)+b", "aaab"),
    (r"(\w+\s?)*$", "two words"),
    (r"(a+)\1+", "aaaa"),
    ("(a|aa)+b", "aaab"),
    ("a?" * 25, ""),
    ("(?(1)b|a)", None),
]
HOSTILE = [
    ("(a+)+$", "a" * 2_000 + "b"),
    ("(a|a)*$", "a" * 60 + "b"),
    ("x.*a.*b.*c", "xab" * 700),
    ("(?:x+x+)+y", "x" * 3_000),
    (r"(a+)\1+$", "a" * 3_000 + "b"),
    ("(x+)*$", "x" * 100_000 + "y"),
    (r"(?=[a-z1]*?[ab]*?\d{20})\s{0,30}", "b" * 20_000),
]


@pytest.mark.parametrize(("pattern", "text"), PATTERNS)
def test_a_pattern_is_found_where_re_finds_it(pattern: str, text: str | None) -> None:
    if text is None:
        with pytest.raises(PatternError, match="invalid group reference"):
            check_pattern(pattern)
        return
    check_pattern(pattern)
    search = PatternSearch(pattern, 5)
    for each in (text, f"{text}?", "", "nothing of it: zzz"):
        assert search.found_in(each) is (re.search(pattern, each, re.IGNORECASE) is not None)


@pytest.mark.parametrize(("pattern", "text"), HOSTILE)
def test_a_hostile_pattern_is_stopped(pattern: str, text: str) -> None:
    search = PatternSearch(pattern, 0.2)
    start = process_time()
    with pytest.raises(QueryError, match="takes too long"):
        search.found_in(text)
    assert process_time() - start < 1


def test_the_time_limit_is_for_all_texts_together() -> None:
    search = PatternSearch("(a+)+$", 0.05)
    assert not search.found_in("a" * 12 + "b")
    with pytest.raises(QueryError) as caught:
        any(search.found_in("a" * 12 + "b" * 4_000) for _ in range(100_000))
    assert caught.value.message == "the pattern /(a+)+$/ takes too long"
    assert caught.value.hint == "simplify it, or search for plain words"


@pytest.mark.parametrize(
    "pattern",
    ["(", "a{3,2}", "[z-a]", "*a", r"\q", "(?P<1>a)", "a{99999999999}", "a**", "(?<=a+)b", r"\p{Lu}"],
)
def test_an_invalid_pattern_is_reported_in_the_words_of_re(pattern: str) -> None:
    with pytest.raises((re.error, OverflowError, RecursionError)) as expected:
        re.compile(pattern, re.IGNORECASE)
    with pytest.raises(PatternError) as caught:
        check_pattern(pattern)
    assert str(caught.value) == f"not a regular expression: {expected.value}"


@pytest.mark.parametrize("pattern", ["a{10001}", "(((a{100}){100}){100}){100}", "a{1000000000,}", "(?:a{101}){100}"])
def test_a_pattern_that_would_take_much_memory_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="at most 10,000 repetitions"):
        check_pattern(pattern)


def test_large_but_harmless_repetitions_are_accepted() -> None:
    for pattern in (r"\d{4}-\d{2}-\d{2}", "a{0,1000000}", "a{10000}", "(?:a{100}){100}"):
        check_pattern(pattern)


def test_a_long_pattern_is_refused() -> None:
    check_pattern("a" * LENGTH_LIMIT)
    with pytest.raises(PatternError, match="at most 500 characters"):
        check_pattern("a" * (LENGTH_LIMIT + 1))


def test_case_is_ignored_unless_requested() -> None:
    assert PatternSearch("nerf", 1).found_in("NeRF")
    assert not PatternSearch("(?-i:nerf)", 1).found_in("NeRF")


def test_only_a_pattern_imports_the_regex_package() -> None:
    script = """
import sys
from tui.query.query_parser import parse
parse("nerf title:field")
assert "regex" not in sys.modules
parse("/nerf/")
assert "regex" in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)
