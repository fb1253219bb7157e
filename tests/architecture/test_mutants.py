"""The mutants of ``python -m tests.mutation``: each is a program, and differs from the original in one place."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.mutation import PACKAGES, ROOT, draw, mutants

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
    drawn = draw(PACKAGES, 300, seed=7)
    assert drawn == draw(PACKAGES, 300, seed=7)
    assert drawn != draw(PACKAGES, 300, seed=8)
    assert len({mutant.path.parts[1] for mutant in drawn}) > 5
    for mutant in drawn:
        source = (ROOT / mutant.path).read_bytes()
        assert ast.dump(ast.parse(mutant.apply(source))) != ast.dump(ast.parse(source)), mutant.describe(source)
