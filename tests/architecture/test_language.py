"""Sentences a person reads, and docstrings, use idiomatic English: none of the word-for-word translations of before."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from tests.support.source_trees import ROOT, SOURCE_FILES, tree_of

if TYPE_CHECKING:
    from pathlib import Path

DOCS = [ROOT / "README.md", *sorted((ROOT / "tui").rglob("*.md"))]

# Each entry was once used for the word in parentheses: behind (after), take back (undo), answers (matches), and so on.
CALQUES = re.compile(
    r"\bbehind\b|\b(?:takes?|took|taken|taking) (?:it |them |this )?back\b|\banswers? (?:a|the|this|no) quer"
    r"|\bit was so already\b|\bset right\b|\b(?:do|does|did) (?:it |them )?again\b|\bof now\b|\btak(?:en|e|es|ing) in\b"
    r"|\bnothing is called so\b|\btold apart\b|\bat the most\b|\bbe it\b|\bthere is no verb\b"
    r"|\bthe pages say\b|\bjoined with known\b|\bstands? (?:in|on|at|behind|before)\b|\bshall be\b"
    r"|\bthe desk\b|\b(?:both|two|the) faces\b|\blikeness\b|\bfurniture\b|\bheirs?\b|\bdeparture|\barrivals?\b"
    r"|\bno field is called\b|\bwithout a word\b|\bturned? (?:it )?round\b|\bin force\b"
    r"|\b(?:in the list|exists?) already\b|\bone a (?:line|file|paper|format)\b|\b(?:module|request|file) a (?:format|subcommand|paper)\b"
    r"|\b(?:may|need) not be a list\b|\bthe answer of\b|\bin this call\b|\boutside of it\b|\bbegins so\b"
)
# Names of modules that once stood for what they did not say.
NAMES = frozenset(
    [
        "sides",
        "said",
        "standing",
        "foot",
        "later",
        "beside",
        "turns",
        "tall",
        "arrivals",
        "departures",
        "looks",
        "strokes",
        "heads",
        "offers",
        "emptiness",
        "furniture",
        "headline",
        "endings",
        "asking",
        "answers",
        "typed",
        "unfinished",
        "narrowing",
        "picking",
        "capitals",
        "place",
        "sending",
        "saving",
        "ending",
        "following",
        "wall",
        "pastes",
        "liking",
        "remark",
        "loss",
        "own_part",
        "slugs",
        "target",
        "once",
        "spans",
        "bars",
        "address",
        "haystack",
        "tally",
        "traits",
        "slices",
        "likeness",
        "heirs",
        "shifts",
        "pins",
    ]
)


def strings(path: Path) -> list[tuple[int, str]]:
    """Every string of a module with its line, docstrings included."""
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_string_uses_a_banned_calque(path: Path) -> None:
    found = [(line, match[0]) for line, text in strings(path) if (match := CALQUES.search(text))]
    assert found == []


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_page_of_the_documentation_uses_a_banned_calque(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [(number, match[0]) for number, line in enumerate(lines, 1) if (match := CALQUES.search(line))] == []


def test_no_module_has_one_of_the_old_names() -> None:
    assert not [path.name for path in SOURCE_FILES if path.stem in NAMES]


def test_no_public_class_name_stands_for_two_things() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for path in SOURCE_FILES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].add(path.relative_to(ROOT).as_posix())
    assert {name: files for name, files in places.items() if len(files) > 1} == {}
