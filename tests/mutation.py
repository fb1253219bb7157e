"""``python -m tests.mutation``: change one operation of the program at random, and see whether its tests notice.

Each mutant is a copy of the repository in which one place of a module below the front ends is changed. The tests of the
package are run on it with ``-x``; a mutant that they pass survives, and is printed to be judged: either a test is
missing, or the change makes no difference. The exit status is 1 if fewer than 90 % are killed.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = (
    "model", "text", "latex", "index", "ingest", "query", "insight", "sources", "export", "store", "settings", "session",
)  # fmt: skip
_AIM = 0.9
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.In: "not in",
    ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "-", ast.Sub: "+", ast.BitOr: "&", ast.BitAnd: "|"}


class Mutant(NamedTuple):
    """One change of one module.

    Attributes:
        path: the module, relative to the repository.
        start: offset in its bytes.
        end: offset after the replaced bytes.
        new: what replaces them.
    """

    path: Path
    start: int
    end: int
    new: bytes

    def apply(self, source: bytes) -> bytes:
        """The source after the change."""
        return source[: self.start] + self.new + source[self.end :]

    def describe(self, source: bytes) -> str:
        """The place, the line before and after."""
        number = source.count(b"\n", 0, self.start) + 1
        first = source.rfind(b"\n", 0, self.start) + 1
        after = self.apply(source)
        lines = (text[first : text.find(b"\n", first)].decode().strip() for text in (source, after))
        return f"{self.path}:{number}\n    - {next(lines)}\n    + {next(lines)}"


def mutants(path: Path, source: bytes) -> list[Mutant]:
    """All mutants of a module. Annotations, documentation and what only a type checker reads are left alone."""
    starts = [0, *(found.end() for found in re.finditer(b"\n", source))]

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + column

    def span(node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return offset(node.lineno, node.col_offset), offset(node.end_lineno, node.end_col_offset)

    found: list[Mutant] = []
    for node in _walk(ast.parse(source)):
        for start, end, new in (*_operator_changes(node, source, span), *_other_changes(node, source, span)):
            found.append(Mutant(path, start, end, new))
    return found


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            is_for_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            if isinstance(child, ast.AST) and not is_for_types:
                yield from _walk(child)


def _operator_changes(node: ast.AST, source: bytes, span: Span) -> Iterator[tuple[int, int, bytes]]:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARISONS:
            start, end = span(left)[1], span(right)[0]
            old = source[start:end].strip(b" \n()")
            at = source.index(old, start) if old else start
            yield at, at + len(old), _COMPARISONS[type(op)].encode()
        case ast.BoolOp(op=op, values=[first, second, *_]):
            start, end = span(first)[1], span(second)[0]
            old, new = (b"and", b"or") if isinstance(op, ast.And) else (b"or", b"and")
            at = source.find(old, start, end)
            if at >= 0:
                yield at, at + len(old), new
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            start, end = span(left)[1], span(right)[0]
            old = source[start:end].strip(b" \n()")
            at = source.index(old, start)
            yield at, at + len(old), _OPERATORS[type(op)].encode()


def _other_changes(node: ast.AST, source: bytes, span: Span) -> Iterator[tuple[int, int, bytes]]:
    match node:
        case ast.UnaryOp(op=ast.Not()):
            start = span(node)[0]
            end = start + len("not")
            yield start, end + len(source[end:]) - len(source[end:].lstrip(b" ")), b""
        case ast.Constant(value=bool() as value):
            yield *span(node), str(not value).encode()
        case ast.Constant(value=int() as value):
            yield *span(node), str(value + 1).encode()
        case ast.If(test=test) | ast.IfExp(test=test):
            start, end = span(test)
            yield start, end, b"not (" + source[start:end] + b")"
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield *span(value), b"None"
        case ast.Expr(value=ast.Call()):
            yield *span(node), b"pass"
        case ast.Continue():
            yield *span(node), b"break"
        case ast.Break():
            yield *span(node), b"continue"


if TYPE_CHECKING:
    from collections.abc import Callable

    Span = Callable[[ast.expr | ast.stmt], tuple[int, int]]


def draw(packages: tuple[str, ...], count: int, seed: int) -> list[Mutant]:
    """Random mutants; each line of the program is as likely as any other."""
    chance = Random(seed)  # noqa: S311 - reproducible on purpose
    modules = [path for package in packages for path in sorted((ROOT / "tui" / package).rglob("*.py"))]
    every = [mutant for path in modules for mutant in mutants(path.relative_to(ROOT), path.read_bytes())]
    return chance.sample(every, min(count, len(every)))


class Bench:
    """A copy of the repository in which the tests are run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in ("tui", "tests", "seeds"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / name, folder / name)
        self._allowed: dict[str, float] = {}

    def survives(self, mutant: Mutant) -> bool:
        """Whether the tests of its package pass with it. Tests that take very long count as failed."""
        package = mutant.path.parts[1]
        if package not in self._allowed:
            started = time.monotonic()
            if not self._passes([f"tests/{package}"], 1_800):
                raise SystemExit(f"the tests of {package} fail without any change")
            self._allowed[package] = 30 + 5 * (time.monotonic() - started)
        target = self._folder / mutant.path
        source = target.read_bytes()
        target.write_bytes(mutant.apply(source))
        try:
            return self._passes([*self._closest(mutant.path), f"tests/{package}"], self._allowed[package])
        finally:
            target.write_bytes(source)

    def _closest(self, module: Path) -> list[str]:
        """The test files that import a module: most mutants fail them, and the others are then not needed."""
        name = ".".join(module.with_suffix("").parts)
        files = sorted((self._folder / "tests" / module.parts[1]).glob("test_*.py"))
        return [str(file) for file in files if name in file.read_text(encoding="utf-8")]

    def _passes(self, tests: list[str], seconds: float) -> bool:
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", *tests]
        environ = os.environ | {"PYTHONPATH": str(self._folder), "PYTHONDONTWRITEBYTECODE": "1"}
        run = subprocess.Popen(
            command,
            cwd=self._folder,
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return run.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            return False


def main() -> int:
    """Try the mutants that the arguments choose; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("-n", type=int, default=200, help="number of mutants (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the choice (default: 1)")
    parser.add_argument("--package", choices=PACKAGES, action="append", help="only this package (repeatable)")
    options = parser.parse_args()
    chosen = draw(tuple(options.package or PACKAGES), options.n, options.seed)
    tried: dict[str, list[bool]] = {}
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder) / "copy")
        # Sorted, so that what was tried last tells how far it is.
        for mutant in sorted(chosen):
            survived = bench.survives(mutant)
            tried.setdefault(mutant.path.parts[1], []).append(survived)
            if survived:
                sys.stdout.write(f"survived: {mutant.describe((ROOT / mutant.path).read_bytes())}\n")
                sys.stdout.flush()
    for package, survivors in tried.items():
        sys.stdout.write(f"{package}: {len(survivors) - sum(survivors)} of {len(survivors)} killed\n")
    killed = sum(len(survivors) - sum(survivors) for survivors in tried.values())
    sys.stdout.write(f"all: {killed} of {len(chosen)} killed (seed {options.seed})\n")
    return 0 if killed >= _AIM * len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
