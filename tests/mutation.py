"""``python -m tests.mutation``: change one operation of the program at random, and see whether its tests notice.

Each mutant is a copy of the repository in which one place of a module below the front ends is changed. A first run
records which test calls which function (``--calls FILE`` keeps that for the next run, which then traces only test files
that changed). A mutant is given to the tests that call its function, the closest and shortest first, until one fails:
first those of its package, in the end those of all packages tried. They take at most ``--seconds``, so that the figure
is a lower bound. A mutant that they pass survives, and is printed to be judged: either a test is missing, or the change
makes no difference and belongs into ``EQUIVALENT``. One under which a test takes far more processor time than without
is reported as endless, and counts as killed. The exit status is 1 if fewer than 90 % of those that make a difference
are killed.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import signal
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from tests.support.equivalent_mutants import EQUIVALENT
from tests.support.mutant_bench import Bench, Calls, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = (
    "model", "text", "latex", "bibtex", "index", "ingest", "query", "insight", "sources", "export", "pdf", "store",
    "settings", "session",
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

    def lines(self, source: bytes) -> tuple[str, str]:
        """The line before and after, without indentation."""
        first = source.rfind(b"\n", 0, self.start) + 1
        before, after = (
            text[first : text.find(b"\n", first)].decode().strip() for text in (source, self.apply(source))
        )
        return before, after

    def describe(self, source: bytes) -> str:
        """The place, the line before and after."""
        number = source.count(b"\n", 0, self.start) + 1
        before, after = self.lines(source)
        return f"{self.path}:{number}\n    - {before}\n    + {after}"

    def function(self, source: bytes) -> str | None:
        """The qualified name of the innermost function around it, as ``co_qualname`` has it; None at the import."""
        number = source.count(b"\n", 0, self.start) + 1
        return _function_at(ast.parse(source), number, "")


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


def _function_at(node: ast.AST, number: int, prefix: str) -> str | None:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if child.body[0].lineno <= number <= (child.end_lineno or 0):
                name = prefix + child.name
                if isinstance(child, ast.ClassDef):
                    return _function_at(child, number, f"{name}.")
                return _function_at(child, number, f"{name}.<locals>.") or name
        elif found := _function_at(child, number, prefix):
            return found
    return None


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
    Span = Callable[[ast.expr | ast.stmt], tuple[int, int]]


def draw(packages: tuple[str, ...], count: int, seed: int) -> list[Mutant]:
    """Random mutants; each line of the program is as likely as any other."""
    chance = Random(seed)  # noqa: S311 - reproducible on purpose
    modules = [path for package in packages for path in sorted((ROOT / "tui" / package).rglob("*.py"))]
    every = [mutant for path in modules for mutant in mutants(path.relative_to(ROOT), path.read_bytes())]
    return chance.sample(every, min(count, len(every)))


def _counts(outcomes: list[Outcome]) -> str:
    killed = len(outcomes) - outcomes.count(Outcome.SURVIVED)
    return f"{killed} of {len(outcomes)} killed, {outcomes.count(Outcome.ENDLESS)} of them endless"


def main() -> int:
    """Try the mutants that the arguments choose; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("-n", type=int, default=200, help="number of mutants (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the choice (default: 1)")
    parser.add_argument(
        "--package", choices=PACKAGES, action="append", help="only those drawn of this package (repeatable)"
    )
    parser.add_argument("--calls", type=Path, help="file that keeps which test calls what")
    parser.add_argument("--seconds", type=float, default=90, help="limit of the tests of a mutant (default: 90)")
    parser.add_argument(
        "--only", type=int, nargs="+", help="the numbers of those to try, as printed by an earlier run"
    )
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    outcomes: dict[Mutant, Outcome] = {}
    calls = Calls(json.loads(options.calls.read_text()) if options.calls and options.calls.exists() else {})
    packages = options.package or list(PACKAGES)
    equivalent = 0
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(ROOT, Path(folder).resolve() / "copy", calls, options.seconds)
        for package in packages:
            bench.trace(package, options.calls)
        for number, mutant in enumerate(draw(PACKAGES, options.n, options.seed), 1):
            source = (ROOT / mutant.path).read_bytes()
            if mutant.path.parts[1] not in packages or (options.only and number not in options.only):
                continue
            if (str(mutant.path), *mutant.lines(source)) in EQUIVALENT:
                equivalent += 1
                outcome = "equivalent"
            else:
                outcomes[mutant] = bench.outcome(mutant)
                outcome = outcomes[mutant].value
            sys.stdout.write(f"{number}. {outcome}: {mutant.describe(source)}\n")
            sys.stdout.flush()
    every = list(outcomes.values())
    for name in packages:
        of_package = [outcome for mutant, outcome in outcomes.items() if mutant.path.parts[1] == name]
        sys.stdout.write(f"{name}: {_counts(of_package)}\n")
    sys.stdout.write(f"all: {_counts(every)}\n")
    sys.stdout.write(f"seed {options.seed}, {equivalent} more are equivalent\n")
    return 0 if every.count(Outcome.SURVIVED) <= (1 - _AIM) * len(every) else 1


if __name__ == "__main__":
    sys.exit(main())
