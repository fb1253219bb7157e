"""The guide for whoever carries on names only files, modules, classes and functions that exist."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from tests.support.source_trees import ROOT, SOURCE_FILES, tree_of

GUIDE = ROOT / "tui/GUIDE.md"
FOLDERS = ("tui/", "tests/", ".ci/")

_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"\.?\w[\w.-]*/[\w./-]*|[\w-]+\.(?:py|md|json|txt|toml|tcss)")
_DOTTED = re.compile(r"tui(?:\.\w+)+")
_NAME = re.compile(r"_*[A-Za-z]\w*(?:\.\w+)*")
# In code spans, but no names of the code: a key, a key of the JSON, programs, a file of the user.
_OTHER = frozenset({"config.toml", "group_authors", "mypy", "r", "readlist"})


def guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


def spans() -> list[str]:
    """The code spans of the guide."""
    return sorted(set(_CODE.findall(guide())) - _OTHER)


@cache
def definitions() -> frozenset[str]:
    """Every name that the program and its tests define: ``function``, ``Class``, ``Class.attribute``."""
    found: set[str] = set()
    for path in SOURCE_FILES:
        found |= _defined(tree_of(path), "")
    for path in (ROOT / "tests").rglob("*.py"):
        found |= _defined(ast.parse(path.read_text(encoding="utf-8")), "")
    return frozenset(found)


def _defined(node: ast.AST, prefix: str) -> set[str]:
    found: set[str] = set()
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            name = prefix + child.name
            found.add(name)
            found |= _defined(child, f"{name}.") if isinstance(child, ast.ClassDef) else _attributes(child, prefix)
        elif isinstance(child, (ast.Assign, ast.AnnAssign)):
            targets = child.targets if isinstance(child, ast.Assign) else [child.target]
            found |= {prefix + target.id for target in targets if isinstance(target, ast.Name)}
    return found


def _attributes(function: ast.AST, prefix: str) -> set[str]:
    """The attributes that a method gives its object."""
    return {
        prefix + node.attr
        for node in ast.walk(function)
        if prefix and isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }


def modules() -> set[str]:
    return {path.stem for path in SOURCE_FILES}


def is_path(span: str) -> bool:
    return span.startswith(FOLDERS) or (_PATH.fullmatch(span) is not None and not span.startswith("../"))


def exists(span: str) -> bool:
    """Whether a code span names something that exists; true for one that is not a name."""
    if is_path(span):
        is_below_a_package = any(map(Path.exists, (ROOT / "tui").glob(f"*/{span}")))
        return (ROOT / span).exists() or is_below_a_package or (ROOT / "tui/ingest/parsers" / span).exists()
    if _DOTTED.fullmatch(span):
        path = ROOT / span.replace(".", "/")
        return path.is_dir() or path.with_suffix(".py").exists()
    if _NAME.fullmatch(span):
        is_field = any(name.endswith(f".{span}") for name in definitions())
        return span in definitions() or span in modules() or is_field
    return True


def test_everything_that_the_guide_names_exists() -> None:
    assert [span for span in spans() if not exists(span)] == []


def test_most_of_what_the_guide_names_is_checked() -> None:
    names = [span for span in spans() if is_path(span) or _DOTTED.fullmatch(span) or _NAME.fullmatch(span)]
    assert len(names) > 200
    assert not exists("tui/query/facets_of_old.py")
    assert not exists("tui.query.facets_of_old")
    assert not exists("MainScreen.no_such_method")
    assert exists("PaperEdits.submit")


def test_a_file_named_together_with_a_function_defines_it() -> None:
    wrong = [
        f"{name} in {path}"
        for name, path in re.findall(r"`([A-Za-z_]+)`\s+(?:in|of)\s+`((?:tui|tests)/[\w/]+\.py)`", guide())
        if name not in _defined(ast.parse((ROOT / path).read_text(encoding="utf-8")), "")
    ]
    assert wrong == []


def test_every_package_has_its_line_in_the_map() -> None:
    packages = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "tui").glob("*/__init__.py")}
    assert {f"{name}/" for name in packages} <= set(spans())
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tui").glob("*.py")} - {"tui/__init__.py"}
    assert files <= set(spans())


def test_the_readme_links_the_guide() -> None:
    assert "(tui/GUIDE.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
