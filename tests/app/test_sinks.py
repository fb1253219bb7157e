"""A law on the source: what a widget is given to show is a literal, or went through the sanitiser.

An expression is followed through names, attributes and calls of its module as far as they go; what it comes to must
be text that a programmer wrote, a number, ``SafeText`` or ``Content``. One sink given a plain ``str`` fails here.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "tui" / "app").rglob("*.py"))

# Calls that show what they are given, and how many of their leading arguments they show (None: all).
SINKS = {
    "DialogFrame": 2, "self.query_one(DialogFrame).show_hint": 1, "Static": 1, "Label": 1, "Content": 1, "Content.styled": 1, "Content.assemble": None, "Content.from_text": 1,
    "Segment": 1, "Text": 1, "TypedLine": 1, "self.update": 1, "Button": 1, "notify": 1, "self.app.notify": 1,
    # These take and make safe text, and are sinks so that nothing gets it by a cast.
    "SafeText": 1, "fit": 1, "_fit_segments": 1, "_highlighted": 1, "_highlight_differences": 1, "_compare": 2,
}  # fmt: skip
BANNED = {"Content.from_markup", "Text.from_markup", "RichLog", "Markdown", "DataTable", "OptionList", "notify"}
ATTRIBUTES_SHOWN = {"border_title", "border_subtitle", "tooltip", "sub_title"}
# Makers of safe text. Those of ours are checked themselves: their own sinks stand in this folder.
SAFE_CALLS = {
    "sanitise_line", "sanitise_block", "SafeText", "fit", "Content", "Content.styled", "Content.assemble", "len", "display_key",
    "cell_width",
}  # fmt: skip
# Methods of something safe that keep it so.
SAFE_METHODS = {"truncate", "stylize", "rstrip", "wrap", "items"}
# Their values are written in the program's own tables, or are numbers: glyphs, inks, commands, statuses.
SAFE_ROOTS = {
    "glyphs", "self._glyphs", "ink", "self.ink", "command", "_CHECKBOXES", "Status", "mark.status", "COMMANDS", "GROUPS",
    "self.glyphs", "self._desk.glyphs", "self._main.glyphs",
}  # fmt: skip
SAFE_TYPES = {
    "SafeText",
    "Content",
    "list[Content]",
    "Iterator[Content]",
    "int",
    "bool",
    "Glyphs",
    "RowStyles",
    "Style",
    "float",
    "Status",
}
# What cannot be followed, each with the reason why it is safe.
JUDGED = {
    "value.count": "a number",
    "term.alone": "a number",
    "term.without": "a number",
    "date.year": "a number",
    "self._papers": "a number",
    "self._hint": "given to TypedLine, which is a sink",
}
JUDGED_SINKS = {
    ("help.py", "keys.stylize('bold $primary').pad_right(_KEYS_WIDTH - keys.cell_length)"): "of the table of commands",
    ("help.py", "title.pad_right(_TITLE_WIDTH - title.cell_length)"): "of the table of commands",
    ("help.py", "help_text.stylize('$ink-muted')"): "of the table of commands",
    ("detail_content.py", "f'{glyphs.rule * 2} {title} {glyphs.rule * 2}'"): "three headings of that module",
    ("virtual_list.py", "text"): "what the derived widget drew, judged there",
    ("output_filter.py", "self.sanitise(text)"): "the output filter itself",
    ("import_dialog.py", "_stay_removed(len(expected.removed))"): "a number in a sentence",
}  # fmt: skip
# Calls of the sanitiser that are not followed to a sink, each with what happens without it.
JUDGED_CALLS = {
    ("edit_fields.py", "sanitise_line(value, _HELP_LIMIT)"): "it is sanitised again with the words around it",
    ("tag_picker.py", "sanitise_line(tag)"): "only its width is taken; the other call is followed",
    ("detail_pane.py", "sanitise_line(heading)"): "mypy: the attribute is SafeText",
    ("detail_content.py", "sanitise_line(text)"): "mypy: the parameter is SafeText",
    ("detail_content.py", "sanitise_line(link)"): "likewise",
}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def made_safe() -> dict[str, bool]:
    """Functions of the app by name: whether their type says that what they return is safe.

    Found when the first test asks: every process of a run reads this file.
    """
    found: dict[str, bool] = {}
    for path in FILES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef):
                safe = node.returns is not None and ast.unparse(node.returns) in SAFE_TYPES
                found[node.name] = found.get(node.name, True) and safe
    return found


NUMBERS = (ast.Constant, ast.Compare, ast.Lambda)  # or text a programmer wrote, or no text at all


def _parts(node: ast.expr | None) -> list[ast.expr]:
    """The expressions that an expression is made of; none where that is not known."""
    match node:
        case ast.JoinedStr(values=values):
            return [value.value if isinstance(value, ast.FormattedValue) else value for value in values]
        case ast.BinOp(left=left, right=right, op=ast.Add()):
            return [left, right]
        case ast.IfExp(body=left, orelse=right):
            return [left, right]
        case ast.BoolOp(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Dict(values=parts):
            return parts
        case ast.Starred(value=inner) | ast.Subscript(value=inner) | ast.NamedExpr(value=inner):
            return [inner]
        case ast.ListComp(elt=inner) | ast.GeneratorExp(elt=inner):
            return [inner]
    return []


class Judge:
    """Judges expressions of one function of one module."""

    def __init__(self, module: ast.Module, function: ast.AST) -> None:
        self._module = module
        self._function = function
        self._seen: set[str] = set()

    def is_safe(self, node: ast.expr | None) -> bool:
        if isinstance(node, ast.Call):
            return self._call_is_safe(node.func, node.args)
        if isinstance(node, ast.Name):
            return node.id in SAFE_ROOTS or self._name_is_safe(node.id)
        if isinstance(node, ast.Attribute):
            return self._attribute_is_safe(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):  # one of the two is a number
            return self.is_safe(node.left) or self.is_safe(node.right)
        if isinstance(node, NUMBERS) or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub)):
            return True
        parts = _parts(node)
        return bool(parts) and all(map(self.is_safe, parts))

    def _call_is_safe(self, function: ast.expr, arguments: list[ast.expr]) -> bool:
        name = ast.unparse(function)
        if name in {"str", "int", "min", "max"}:
            return all(map(self.is_safe, arguments)) or name == "int"
        if name in SAFE_CALLS or made_safe().get(name.rpartition(".")[2]):
            return True
        if isinstance(function, ast.Attribute) and function.attr in SAFE_METHODS:
            return self.is_safe(function.value)
        if isinstance(function, ast.Attribute) and function.attr == "join":
            return self.is_safe(function.value) and all(map(self.is_safe, arguments))
        if isinstance(function, ast.Attribute) and function.attr == "get":
            return self.is_safe(function.value) and all(map(self.is_safe, arguments[1:]))
        return name in self._functions() and self._function_is_safe(name)

    def _functions(self) -> dict[str, ast.FunctionDef]:
        found = [node for node in ast.walk(self._module) if isinstance(node, ast.FunctionDef)]
        return {node.name: node for node in found} | {f"self.{node.name}": node for node in found}

    def _function_is_safe(self, name: str) -> bool:
        function = self._functions()[name]
        if function.returns is not None and ast.unparse(function.returns) in SAFE_TYPES:
            return True
        returned = [node.value for node in ast.walk(function) if isinstance(node, ast.Return)]
        return bool(returned) and all(map(Judge(self._module, function).is_safe, returned))

    def _name_is_safe(self, name: str) -> bool:
        if name in self._seen:
            return True
        self._seen.add(name)
        values = [*self._values(name, self._function), *self._values(name, self._module, deep=False)]
        return bool(values) and all(value is True or (value is not False and self.is_safe(value)) for value in values)

    def _values(self, name: str, place: ast.AST, *, deep: bool = True) -> list[ast.expr | bool]:
        values: list[ast.expr | bool] = []
        for node in ast.walk(place) if deep else ast.iter_child_nodes(place):
            match node:
                case ast.Assign(targets=targets, value=value):
                    values += [value for target in targets for each in ast.walk(target) if is_name(each, name)]
                case ast.AugAssign(target=ast.Name(id=found), value=value) if found == name:
                    values.append(value)
                case ast.AnnAssign(target=ast.Name(id=found), value=ast.expr() as value) if found == name:
                    values.append(value)
                case ast.NamedExpr(target=ast.Name(id=found), value=value) if found == name:
                    values.append(value)
                case ast.For(target=target, iter=source) | ast.comprehension(target=target, iter=source):
                    if any(is_name(each, name) for each in ast.walk(target)):
                        values.append(self._is_counter(source, target, name) or self._are_safe(source, target, name))
                case ast.arg(arg=found, annotation=annotation) if found == name:
                    values.append(annotation is not None and ast.unparse(annotation) in SAFE_TYPES)
        return values

    @staticmethod
    def _is_counter(source: ast.expr, target: ast.expr, name: str) -> bool:
        """Whether a name of a loop is a number: of ``range``, or the first of ``enumerate``."""
        if not isinstance(source, ast.Call):
            return False
        called = ast.unparse(source.func)
        first = isinstance(target, ast.Tuple) and is_name(target.elts[0], name)
        return called == "range" or (called == "enumerate" and first)

    def _are_safe(self, source: ast.expr, target: ast.expr, name: str) -> bool:
        """Whether what a loop gives a name is safe: that place of each tuple, where it goes over a list of tuples."""
        if not isinstance(target, ast.Tuple) or not isinstance(source, ast.Name):
            return self.is_safe(source)
        place = next(number for number, each in enumerate(target.elts) if is_name(each, name))
        lists = [value for value in self._values(source.id, self._function) if isinstance(value, ast.List)]
        rows = [row for value in lists for row in value.elts]
        if rows and all(isinstance(row, ast.Tuple) for row in rows):
            return all(self.is_safe(row.elts[place]) for row in rows if isinstance(row, ast.Tuple))
        return self.is_safe(source)

    def _attribute_is_safe(self, node: ast.Attribute) -> bool:
        text = ast.unparse(node)
        return any(text == root or text.startswith(f"{root}.") for root in SAFE_ROOTS) or text in JUDGED


def is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def shown(module: ast.Module) -> list[tuple[ast.AST, ast.expr]]:
    """Every expression that is shown, with the function it stands in."""
    found: list[tuple[ast.AST, ast.expr]] = []

    def walk(node: ast.AST, function: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            inside = child if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) else function
            if isinstance(child, ast.Call):
                name = ast.unparse(child.func)
                if name in SINKS or name.endswith(".update"):
                    found.extend((inside, argument) for argument in child.args[: SINKS.get(name, 1)])
            if isinstance(child, ast.Assign):
                found.extend(
                    (inside, child.value)
                    for target in child.targets
                    if isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES_SHOWN
                )
            walk(child, inside)

    walk(module, module)
    return found


def offences(module: ast.Module, name: str) -> list[str]:
    return [
        f"{name}:{node.lineno}: {ast.unparse(node)}"
        for function, node in shown(module)
        if not Judge(module, function).is_safe(node) and (name, ast.unparse(node)) not in JUDGED_SINKS
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_sink_is_given_safe_text(path: Path) -> None:
    assert offences(tree_of(path), path.name) == []


class Strip(ast.NodeTransformer):
    """Takes one call of the sanitiser away."""

    def __init__(self, place: int) -> None:
        self.place = place
        self.taken = ""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if ast.unparse(node.func) not in {"sanitise_line", "sanitise_block"}:
            return node
        self.place -= 1
        if self.place != -1:
            return node
        self.taken = ast.unparse(node)
        return node.args[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_sink_that_lost_its_sanitiser_would_be_found(path: Path) -> None:
    place = 0
    while True:
        strip = Strip(place)
        mutant = strip.visit(tree_of(path))
        if not strip.taken:
            break
        assert offences(mutant, path.name) or (path.name, strip.taken) in JUDGED_CALLS, strip.taken
        place += 1


def test_nothing_that_parses_markup_is_used() -> None:
    used = {
        ast.unparse(node.func) for path in FILES for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)
    }
    assert not used & BANNED
    assert not [name for name in used if name.endswith((".from_markup", ".notify"))]


def test_every_static_has_markup_disabled() -> None:
    kinds = {"Static", "Label", "Button"}
    trees = [(path.name, node) for path in FILES for node in ast.walk(tree_of(path))]
    derived = [
        (name, node)
        for name, node in trees
        if isinstance(node, ast.ClassDef) and kinds & {*map(ast.unparse, node.bases)}
    ]
    calls = [(name, node) for name, node in trees if isinstance(node, ast.Call) and ast.unparse(node.func) in kinds]
    calls += [
        (name, node)
        for name, kind in derived
        for node in ast.walk(kind)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__"
    ]
    assert len(calls) > 10
    for name, call in calls:
        markup = [option.value for option in call.keywords if option.arg == "markup"]
        assert [isinstance(value, ast.Constant) and value.value is False for value in markup] == [True], (
            f"{name}:{call.lineno}"
        )
