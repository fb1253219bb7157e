"""Rules for every source file: frozen values, one module that prints, one that reads the environment."""

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
MEANINGLESS_NAMES = {"utils", "util", "helpers", "helper", "base", "core", "manager", "common", "misc"}


@cache
def trees() -> dict[str, ast.Module]:
    """Each file, parsed on first use, since every test worker imports this file."""
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in zip(NAMES, FILES, strict=True)}


def value_decorators(tree: ast.AST) -> list[ast.expr]:
    """Decorators of public classes; private ones may be mutable."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    return [decorator for node in classes for decorator in node.decorator_list]


def is_frozen(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and any(
        option.arg == "frozen" and isinstance(option.value, ast.Constant) and option.value.value is True
        for option in decorator.keywords
    )


def test_every_public_dataclass_is_frozen() -> None:
    decorators = [
        (name, decorator)
        for name, tree in trees().items()
        for decorator in value_decorators(tree)
        if "dataclass" in ast.unparse(decorator)
    ]
    assert len(decorators) > 10
    assert not [f"{name}:{decorator.lineno}" for name, decorator in decorators if not is_frozen(decorator)]


def test_no_module_has_a_meaningless_name() -> None:
    assert not [name for name in NAMES if MEANINGLESS_NAMES & set(re.split(r"[/._]", name))]


def test_no_file_is_too_long() -> None:
    sizes = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert not {name: size for name, size in sizes.items() if size > LINE_LIMIT}


@cache
def names_used(name: str) -> set[str]:
    tree = trees()[name]
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names | {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("tui/cli/output.py", {"print", "sys.stdout.write", "sys.stderr.write"}),
        ("tui/environment.py", {"os.environ", "os.getenv", "os.environb"}),
    ],
)
def test_only_one_module_prints_or_reads_the_environment(module: str, forbidden: set[str]) -> None:
    users = {name for name in NAMES if forbidden & names_used(name)}
    assert users == {module}


def test_every_module_has_a_docstring() -> None:
    assert not [name for name, tree in trees().items() if not ast.get_docstring(tree)]


def test_no_todo_is_left() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX(?!X)|HACK)\b")
    assert not [path.name for path in FILES if marks.search(path.read_text(encoding="utf-8"))]
