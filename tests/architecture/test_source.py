"""Laws about each file of the program: frozen values, one place that prints, one that reads the environment."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "tui").rglob("*.py"))
NAMES = [path.relative_to(ROOT).as_posix() for path in FILES]

LINE_LIMIT = 450
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "base", "core", "manager", "common", "misc"}


@cache
def trees() -> dict[str, ast.Module]:
    """Each file, parsed when the first test asks: every process of a run reads this file."""
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in zip(NAMES, FILES, strict=True)}


def value_decorators(tree: ast.AST) -> list[ast.expr]:
    """Decorators of the classes that other modules see; a private one may hold work in progress."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    return [mark for node in classes for mark in node.decorator_list]


def is_frozen(mark: ast.expr) -> bool:
    return isinstance(mark, ast.Call) and any(
        option.arg == "frozen" and isinstance(option.value, ast.Constant) and option.value.value is True
        for option in mark.keywords
    )


def test_every_dataclass_that_other_modules_see_is_frozen() -> None:
    marks = [
        (name, mark)
        for name, tree in trees().items()
        for mark in value_decorators(tree)
        if "dataclass" in ast.unparse(mark)
    ]
    assert len(marks) > 10
    assert not [f"{name}:{mark.lineno}" for name, mark in marks if not is_frozen(mark)]


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [name for name in NAMES if EMPTY_NAMES & set(re.split(r"[/._]", name))]


def test_no_file_is_longer_than_a_reader_bears() -> None:
    sizes = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert not {name: size for name, size in sizes.items() if size > LINE_LIMIT}


@cache
def names_used(name: str) -> set[str]:
    tree = trees()[name]
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names | {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize(
    ("place", "forbidden"),
    [
        ("tui/cli/output.py", {"print", "sys.stdout.write", "sys.stderr.write"}),
        ("tui/paths.py", {"os.environ", "os.getenv", "environ"}),
    ],
)
def test_one_place_alone_speaks_to_the_outside(place: str, forbidden: set[str]) -> None:
    users = {name for name in NAMES if forbidden & names_used(name)}
    assert users == {place}


def test_every_module_says_what_it_is_for() -> None:
    assert not [name for name, tree in trees().items() if not ast.get_docstring(tree)]


def test_no_line_of_the_program_is_left_for_later() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX(?!X)|HACK)\b")
    assert not [path.name for path in FILES if marks.search(path.read_text(encoding="utf-8"))]
