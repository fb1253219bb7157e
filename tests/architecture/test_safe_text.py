"""Whatever the screen shows is safe text: mypy checks what is drawn, and nothing is drawn in another way.

The types are in ``tui/app/safe_display.py``. The names here are the ways around them.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.source_trees import ROOT, tree_of

if TYPE_CHECKING:
    from pathlib import Path

APP = ROOT / "tui" / "app"
FILES = {path.relative_to(APP).as_posix(): path for path in sorted(APP.rglob("*.py"))}

# What may be imported from Rich and of what Textual draws texts with; anything may be imported for types only.
IMPORTS = {
    "rich.style": {"Style"},
    "textual.visual": {"Visual"},  # draws a Content
    "textual.widgets": {"Input", "TextArea"},  # they show what is typed, which the output filter sanitises
    "textual.widgets.input": {"Selection"},
    "textual.widgets.text_area": {"TextAreaTheme"},
}
DRAWING = re.compile(r"rich\b|textual\.(widgets|content|visual|markup|renderables)\b")
# Modules that import more, and why.
MORE_IMPORTS = {
    "safe_display.py": {"rich.segment.Segment", "textual.content.Content", "textual.widgets.Static"},  # the types
    "terminal/output_filter.py": {"rich.segment.Segment"},  # sanitises whatever is sent to the terminal
}
# Attributes of widgets that are shown, and methods that show or make something of any string.
NAMES = {
    "border_title",
    "border_subtitle",
    "tooltip",
    "sub_title",
    "notify",
    "from_markup",
    "from_text",
    "from_rich_text",
}
MAY_NAME = {"safe_display.py": {"border_title", "border_subtitle"}}
SAFE_TYPES = re.compile(r"\b(SafeText|Content|Segment|Static)\b")


def offences(module: ast.Module, name: str) -> list[str]:
    """The lines of a module that go around the types."""
    return [
        f"{name}:{node.lineno}: {ast.unparse(node)}"
        for node in _for_running(module)
        if isinstance(node, (ast.stmt, ast.expr)) and _is_wrong(node, name)
    ]


def _for_running(node: ast.AST) -> list[ast.AST]:
    """Every part of a module but what only mypy reads."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return [each for child in node.orelse for each in _for_running(child)]
    return [node, *(each for child in ast.iter_child_nodes(node) for each in _for_running(child))]


def _is_wrong(node: ast.stmt | ast.expr, name: str) -> bool:
    match node:
        case ast.Import(names=names):
            return any(DRAWING.match(each.name) for each in names)
        case ast.ImportFrom(module=str(module), names=names):
            imported = {each.name for each in names} - IMPORTS.get(module, set())
            wrong = {each for each in imported if DRAWING.match(module) or DRAWING.match(f"{module}.{each}")}
            return bool({f"{module}.{each}" for each in wrong} - MORE_IMPORTS.get(name, set()))
        case ast.Attribute(attr=attribute):
            return attribute in NAMES - MAY_NAME.get(name, set())
        case ast.FunctionDef(name="render" | "__rich__" | "__rich_console__" | "visualize"):
            return True
        case ast.Call(func=ast.Name(id="SafeText"), args=arguments):
            return not all(map(_is_written, arguments))
        case ast.Call(func=ast.Name(id="cast"), args=[kind, *_]):
            return SAFE_TYPES.search(ast.unparse(kind)) is not None
        case ast.Call(keywords=keywords):
            return any(each.arg == "placeholder" and not _is_written(each.value) for each in keywords)
    return False


def _is_written(node: ast.expr) -> bool:
    """Whether an expression is a text written there, or one of two."""
    if isinstance(node, ast.IfExp):
        return _is_written(node.body) and _is_written(node.orelse)
    return isinstance(node, ast.Constant)


@pytest.mark.parametrize("name", FILES)
def test_only_safe_text_is_shown(name: str) -> None:
    assert offences(tree_of(FILES[name]), name) == []


@pytest.mark.parametrize(
    "planted",
    [
        "from textual.content import Content",
        "from textual import content",
        "import textual.content",
        "from textual.widgets import Static",
        "from textual.widgets import Input, Label",
        "from rich.segment import Segment",
        "from rich.text import Text",
        "import rich",
        "if TYPE_CHECKING:\n    pass\nelse:\n    from rich.text import Text",
        "self.border_title = title",
        "frame.border_subtitle = 'a'",
        "widget.tooltip = title",
        "self.app.notify(title)",
        "Content.from_markup('[b]a')",
        "SafeText(title)",
        "SafeText(f'{title}')",
        "SafeText('a' if one else title)",
        "cast('SafeText', title)",
        "cast(Content, title)",
        "class Pane(Widget):\n    def render(self):\n        return self.title",
        "LineInput(placeholder=title)",
    ],
)
def test_a_way_around_the_types_is_found(planted: str) -> None:
    assert offences(ast.parse(planted), "planted.py")


def test_what_is_allowed_is_not_found() -> None:
    allowed = (
        "from tui.app.safe_display import Content, Static\nfrom textual.widgets import Input\nfrom rich.style import Style\n"
        "if TYPE_CHECKING:\n    from rich.text import Text\nSafeText('a')\nSafeText('a' if one else 'b')"
    )
    assert offences(ast.parse(allowed), "planted.py") == []


BEGINNING = """\
from rich.style import Style
from tui.app.safe_display import Content, Segment, Static, set_border
from tui.app.screens.dialog import DialogFrame, TypedLine
from tui.app.widgets.status_bars import Bar
from tui.text.cells import fit
from tui.text.sanitise import SafeText, sanitise_block, sanitise_line

def shown(title: str, safe: SafeText, content: Content, label: Static, bar: Bar, style: Style) -> None:
"""
WRONG = """\
Content(title)
Content("words")
Content(f"{safe}")
Content(safe + title)
Content(safe.strip())
Content(safe.join([title]))
Content.styled(title, "bold")
Content.assemble(safe, title)
Content.assemble((title, "bold"))
Content("\\n").join([title])
content + title
content.truncate(9) + title
content.append(title)
content.append_text(title)
Segment(title)
Segment(f" {safe} ", style)
Segment(Segment(safe).text.lower())
Static(title)
label.update(title)
bar.update(title)
bar.put(title)
set_border(label, title=title)
DialogFrame(title)
DialogFrame(safe).show_hint(title)
TypedLine(title)
fit(title, 9)
""".splitlines()
RIGHT = """\
Content(sanitise_line(title))
Content(sanitise_block(title)[1:3] + safe * 2)
Content(SafeText("words"))
Content("\\n").join([content, Content(" ")])
Content.assemble(safe, " ", content, (safe, "bold"))
content + safe + "  "
Segment(fit(safe, 9), style)
Static(safe, id="a")
label.update(content.truncate(9))
set_border(label, title=content)
DialogFrame(safe).show_hint(safe, error=True)
""".splitlines()


def test_mypy_finds_every_text_that_is_shown_and_not_safe(tmp_path: Path) -> None:
    # The cache of mypy is that of the repository: after a run of mypy this takes a second.
    planted = tmp_path / "planted.py"
    planted.write_text(BEGINNING + "".join(f"    {line}\n" for line in (*WRONG, *RIGHT)), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", "--no-pretty", str(planted)]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    lines = (BEGINNING + "\n".join((*WRONG, *RIGHT))).splitlines()
    errors = {lines[int(number) - 1] for number in re.findall(r"planted\.py:(\d+): error:", found.stdout)}
    assert errors == set(WRONG), found.stdout + found.stderr
