"""Every private name of Textual and TinyDB that is relied on, with what breaks without it; the tests need one more.

When a new version of Textual or TinyDB fails here, the message says which part of ours to look at. Nothing may be added
without a reason that is better than some milliseconds.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import pkgutil
import re
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.pilot import Pilot
from textual.screen import Screen
from tinydb.table import Table

import tui
from tests.support.source_trees import ROOT, SOURCE_FILES, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

INSTALLED = Path(tui.__file__).parents[1]  # where the program that is tested is, which may be another folder
LIMIT = 10
# Where the name is defined or set, the name, where it is used, and what breaks without it.
USED = [
    (Screen, "_compositor", "tui/app/screen_repaints.py", "dialogs show no screen below, and no frame is remembered"),
    (Screen, "_compositor_refresh", "tui/app/screen_repaints.py", "a dialog is repainted at every event below it"),
    (Screen, "_dirty_widgets", "tui/app/screen_repaints.py", "as above"),
    (Compositor, "_dirty_regions", "tui/app/screen_repaints.py", "as above"),
    (LinuxDriver, "_file", "tui/app/terminal/driver.py", "a terminal that does not read blocks the program"),
    (App, "_handle_exception", "tui/app/terminal/hardened_app.py", "tracebacks with notes in them are printed"),
    (Table, "_update_table", "tui/store/journal_table.py", "every change of a table rewrites the store"),
    (Table, "_next_id", "tui/store/journal_table.py", "two processes give a document the same number"),
]
MODULES = {
    "textual._xterm_parser": ("XTermParser", "tui/app/terminal/input_messages.py", "no keys"),
}
# Of the tests: the name, where it is used, and what breaks without it.
USED_IN_TESTS = {
    ("textual.timer._time", "tests/support/fast_pilot.py"): "tests of the screen wait for timers",
    ("_compositor_refresh", "tests/app/test_frames.py"): "as in screen_repaints",
}
CONTRACTS = {"tests/app/test_private_names.py", "tests/store/test_tinydb_contract.py"}
LIBRARIES = {"textual": "tui.app", "tinydb": "tui.store"}
SET = re.compile(r"self\.(_[a-z]\w*)")
SET_OR_DEFINED = re.compile(r"(?:self\.|def )(_[a-z]\w*)")
PRIVATE = re.compile(r"(?:textual|tinydb)\.(?:\w+\.)*_[A-Za-z][\w.]*")
PUBLIC = {"_replace", "_fields", "_asdict", "_make", "_exit"}  # of named tuples and ``os``


@pytest.mark.parametrize(("owner", "name", "file", "breaks"), USED, ids=[name for _, name, _, _ in USED])
def test_a_private_name_is_still_there(owner: type, name: str, file: str, breaks: str) -> None:
    assert name in private_names(owner.__mro__), f"{file}: {breaks}"


@pytest.mark.parametrize("module", MODULES)
def test_a_private_module_is_still_there(module: str) -> None:
    name, file, breaks = MODULES[module]
    assert hasattr(import_module(module), name), f"{file}: {breaks}"


def test_there_are_few_of_them() -> None:
    assert len(USED) + len(MODULES) <= LIMIT


def test_no_other_private_name_is_used() -> None:
    uses = {
        use for library, package in LIBRARIES.items() for file in files(package) for use in uses_in(file, library)
    }
    assert uses == {(file, name) for _, name, file, _ in USED}


def test_no_other_private_module_is_imported() -> None:
    imported = {
        (node.module, path.relative_to(ROOT).as_posix())
        for path in SOURCE_FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.module and "._" in node.module
    }
    assert imported == {(module, file) for module, (_, file, _) in MODULES.items()}


def test_a_use_is_found() -> None:
    planted = """
        class Sub(Screen):
            _name = "x"
            def _on_mount(self): self._size = self._mine = 1
            def look(self, widget): return widget._repaint_regions, super()._forward_event, self.app._mine_too
    """
    found = names_in(ast.parse(dedent(planted)), private_names(Screen.__mro__), all_private_names("textual"))
    assert found == {"_name", "_on_mount", "_size", "_repaint_regions", "_forward_event"}


def test_the_tests_use_two_private_names() -> None:
    for package in LIBRARIES.values():
        files(package)  # all of it is loaded, and of the libraries what it needs
    names = frozenset().union(*map(all_private_names, LIBRARIES), private_names([Pilot]))
    uses = {
        (use, file)
        for path in (ROOT / "tests").rglob("*.py")
        if (file := path.relative_to(ROOT).as_posix()) not in CONTRACTS
        for use in uses_in_test(ast.parse(path.read_text(encoding="utf-8")), names)
    }
    assert uses == USED_IN_TESTS.keys()


def test_a_use_in_a_test_is_found() -> None:
    planted = """
        from textual._compositor import Compositor
        from textual.screen import _Thing
        async def test(self, pilot, driver):
            patch("textual.css._parse.parse"), patch("textual._no", _mine), patch("_own.py")
            await pilot._post_mouse_events([]), driver.app.screen._dirty_widgets, self._driver, driver.mine._none_such
    """
    assert {*uses_in_test(ast.parse(dedent(planted)), private_names([Pilot, *Screen.__mro__]))} == {
        "textual._compositor", "textual.screen._Thing", "textual.css._parse.parse", "textual._no",
        "_post_mouse_events", "_dirty_widgets",
    }  # fmt: skip


def uses_in_test(tree: ast.AST, names: Iterable[str]) -> Iterator[str]:
    """The private names in a test: of objects of a library, imported, and in the text of a patch."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=attr, value=value) if attr in names and ast.unparse(value) not in {"self", "cls"}:
                yield attr
            case ast.ImportFrom(module=str(module)) if PRIVATE.match(module):
                yield module
            case ast.ImportFrom(module=str(module), names=imported):
                yield from filter(PRIVATE.match, (f"{module}.{each.name}" for each in imported))
            case ast.Constant(value=str(text)) if PRIVATE.fullmatch(text):
                yield text


@cache
def files(package: str) -> list[str]:
    """The modules of a package, imported."""
    found = import_module(package)
    return [each.name for each in pkgutil.walk_packages(found.__path__, f"{package}.") if not each.ispkg]


def uses_in(module: str, library: str) -> Iterator[tuple[str, str]]:
    """The private names of a library that a module uses, each with its file."""
    loaded = import_module(module)
    file = Path(inspect.getfile(loaded))
    others = all_private_names(library)
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        own = vars(loaded).get(node.name) if isinstance(node, ast.ClassDef) else None
        inherited = private_names(own.__mro__, library) if isinstance(own, type) else frozenset()
        for name in names_in(node, inherited, others):
            yield file.relative_to(INSTALLED).as_posix(), name


def names_in(tree: ast.AST, inherited: Iterable[str], others: Iterable[str]) -> set[str]:
    """The private names of a library in a class or function.

    Args:
        tree: the class or function.
        inherited: private names of the base classes in the library: what the class defines or sets would replace them.
        others: private names of any object of the library.
    """
    defined: set[str] = set()
    of_itself: set[str] = set()
    of_others: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            defined.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            defined.add(node.id)
        elif isinstance(node, ast.Attribute):
            is_own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
            (of_itself if is_own else of_others).add(node.attr)
    return ((defined | of_itself) & set(inherited)) | (of_others & set(others))


def private_names(classes: Iterable[type], library: str = "") -> frozenset[str]:
    """The private names that classes of a library define, or set in their methods."""
    libraries = {library} if library else LIBRARIES.keys()
    return frozenset().union(*(_names_of(each) for each in classes if each.__module__.split(".")[0] in libraries))


@cache
def all_private_names(library: str) -> frozenset[str]:
    """The private names of all classes that are loaded from a library."""
    modules = [module for name, module in [*sys.modules.items()] if name.split(".")[0] == library]
    found = (SET_OR_DEFINED.findall(source) for module in modules if (source := _source(module)))
    return frozenset(itertools.chain.from_iterable(found)) - PUBLIC


def _source(module: ModuleType) -> str:
    try:
        return inspect.getsource(module)
    except (OSError, TypeError):
        return ""


@cache
def _names_of(found: type) -> frozenset[str]:
    names = {name for name in vars(found) if re.match(r"_[a-z]", name)}
    try:
        return frozenset(names | {*SET.findall(inspect.getsource(found))})
    except OSError:
        return frozenset(names)
