"""The mutants of ``python -m tests.mutation``: each is a program, and differs from the original in one place."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.mutation import PACKAGES, ROOT, draw, mutants
from tests.support.equivalent_mutants import EQUIVALENT

SOURCE = '''"""Documentation with 1 == 2."""
def first(a: int = 1, b: "Literal[2]" = True) -> list[3]:
    """Not 4."""
    if TYPE_CHECKING:
        a == 5
    if not a and (b) in (a,):
        a.call()
    for _ in a:
        continue
    return a + b if a < b else None
'''


def test_every_operation_is_changed_in_one_way() -> None:
    found = [mutant.apply(SOURCE.encode()).decode() for mutant in mutants(Path("x.py"), SOURCE.encode())]
    changed = []
    for text in found:
        ast.parse(text)
        ((before, after),) = [
            (old.strip(), new.strip())
            for old, new in zip(SOURCE.splitlines(), text.splitlines(), strict=True)
            if old != new
        ]
        changed.append(after)
        assert before != after
    head, test, last = (SOURCE.splitlines()[number].strip() for number in (1, 5, 9))
    assert sorted(changed) == sorted(
        [
            head.replace("= 1", "= 2"),
            head.replace("True", "False"),
            "if not (not a and (b) in (a,)):",
            test.replace("and", "or"),
            test.replace("not ", ""),
            test.replace(") in", ") not in"),
            "pass",
            "break",
            "return None",
            last.replace("+", "-"),
            last.replace("a < b", "not (a < b)"),
            last.replace("<", "<="),
        ]
    )


def test_the_mutants_of_the_program_are_programs_and_the_same_for_a_seed() -> None:
    some = ("model", "settings")
    assert draw(some, 60, seed=7) == draw(some, 60, seed=7) != draw(some, 60, seed=8)
    drawn = draw(PACKAGES, 60, seed=7)
    assert len({mutant.path.parts[1] for mutant in drawn}) > 5
    for mutant in drawn:
        source = (ROOT / mutant.path).read_bytes()
        assert ast.dump(ast.parse(mutant.apply(source))) != ast.dump(ast.parse(source)), mutant.describe(source)


def test_the_function_of_a_mutant_is_named_as_code_names_it() -> None:
    source = b"""
class Shelf:
    size = 1
    def add(self, many=2):
        if many == 3:
            def inner():
                return 4
        return inner
"""
    found = {source[each.start : each.end]: each.function(source) for each in mutants(Path("x.py"), source)}
    assert (found[b"1"], found[b"2"]) == (None, None), "both are read at the import"
    assert found[b"3"] == found[b"inner"] == "Shelf.add"
    assert found[b"4"] == "Shelf.add.<locals>.inner"


def test_the_equivalent_mutants_are_mutants() -> None:
    for path, before, after in EQUIVALENT:
        source = (ROOT / path).read_bytes()
        assert (before, after) in {mutant.lines(source) for mutant in mutants(Path(path), source)}, (path, before)
