"""Rules for every source file: frozen values, one module that prints, one that reads the environment."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import NamedTuple

import pytest

from tests.support.source_trees import ROOT, SOURCE_FILES, tree_of

NAMES = [path.relative_to(ROOT).as_posix() for path in SOURCE_FILES]

# Of a class: state belongs where it is used, not where there is room. A limit on lines would move it there.
METHOD_LIMIT = 20
ATTRIBUTE_LIMIT = 10
HANDLER = re.compile(r"_|(on|action|watch|compute|validate|render)_")
MEANINGLESS_NAMES = {"utils", "util", "helpers", "helper", "base", "core", "manager", "common", "misc"}


def trees() -> dict[str, ast.Module]:
    """Each file, parsed on first use, since every test worker imports this file."""
    return dict(zip(NAMES, map(tree_of, SOURCE_FILES), strict=True))


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


class Members(NamedTuple):
    """The public members of a class."""

    methods: set[str]
    attributes: set[str]

    @property
    def are_too_many(self) -> bool:
        return len(self.methods) > METHOD_LIMIT or len(self.attributes) > ATTRIBUTE_LIMIT


def is_value(found: ast.ClassDef) -> bool:
    """Whether a class is a value, whose fields are data: a named tuple, a dataclass, an enumeration."""
    bases = {ast.unparse(base).split("[")[0].split(".")[-1] for base in found.bases}
    return bool(bases & {"NamedTuple", "Enum", "Flag", "StrEnum", "IntEnum"}) or any(
        "dataclass" in ast.unparse(decorator) for decorator in found.decorator_list
    )


def members(found: ast.ClassDef) -> Members:
    """Properties count as methods; handlers that Textual calls by their names do not count."""
    methods = {
        node.name
        for node in found.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not HANDLER.match(node.name)
    }
    assigned = [
        node for node in ast.walk(found) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    ]
    attributes = {node.attr for node in assigned if ast.unparse(node.value) == "self"}
    attributes |= {
        node.id
        for statement in found.body
        if isinstance(statement, (ast.Assign, ast.AnnAssign))
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and not node.id.isupper()
    }
    public = {name for name in attributes - methods if not name.startswith("_")}
    return Members(methods, public)


def too_large(tree: ast.AST) -> dict[str, Members]:
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and not is_value(node))
    return {node.name: members(node) for node in classes if members(node).are_too_many}


def test_no_class_has_too_many_public_members() -> None:
    assert not {name for tree in trees().values() for name in too_large(tree)}


def test_a_class_that_is_too_large_is_found() -> None:
    methods = "".join(f"    def method_{number}(self): ...\n" for number in range(METHOD_LIMIT + 1))
    attributes = "".join(f"        self.part_{number} = 0\n" for number in range(ATTRIBUTE_LIMIT + 1))
    planted = f"class Many:\n{methods}\nclass Wide:\n    def __init__(self):\n{attributes}\nclass Few:\n    x = 0\n"
    assert set(too_large(ast.parse(planted))) == {"Many", "Wide"}


@cache
def names_used(name: str) -> set[str]:
    tree = tree_of(ROOT / name)
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
    assert not [path.name for path in SOURCE_FILES if marks.search(path.read_text(encoding="utf-8"))]
