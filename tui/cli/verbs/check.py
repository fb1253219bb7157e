"""``readlist check``: what could not be read, and whether the store is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.call import counted

if TYPE_CHECKING:
    from tui.cli.call import Call
    from tui.cli.parser import VerbParser

DESCRIPTION = """\
Read every page again and say what could not be read, with file, line, reason and what to do; then verify the store.
Changes nothing. Exit status: 0 all is well, 3 a page has parts that could not be read, 4 the store is damaged."""
EXAMPLES = """\
  readlist check
  readlist check --json | jq -r '.pages[] | .page + ":" + (.line | tostring)'
"""


def arguments(parser: VerbParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--json", action="store_true", help="print one object: pages, store, papers")


def run(call: Call) -> int:
    """Carry it out, and return the exit status."""
    output = call.output
    with call.session() as session:
        problems, damage, papers = session.problems(), session.damage(), len(session.ids())
    if call.options.json:
        pages = [
            {"page": problem.page, "line": problem.line, "reason": problem.reason, "hint": problem.hint}
            for problem in problems
        ]
        output.json({"papers": papers, "pages": pages, "store": list(damage)})
    else:
        for problem in problems:
            output.line(f"{problem.page}:{problem.line}: {problem.reason}")
            output.line(f"  {problem.hint}")
        for sentence in damage:
            output.line(f"store: {sentence}")
        state = "the store is damaged" if damage else "the store is sound"
        output.line(f"{counted(papers)}, {counted(len(problems), 'problem')} on the pages, {state}")
    return 4 if damage else 3 if problems else 0
