"""``readlist correct``: fields of a paper that the pages have wrong, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import utf8
from tui.cli.paper_args import single_id
from tui.errors import UsageError
from tui.model.correction import FIELDS, corrected_fields, field_text, validate

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.model.entry import Entry

DESCRIPTION = """\
Set fields of the one paper that answers right, as one step that `readlist undo` takes back. Corrections count in
lists, queries and exports, and stay whatever becomes of the pages. An empty text says the field is empty; --reset
goes back to what the pages say. Without an option, print the fields, and what the pages say of those corrected."""
EXAMPLES = """\
  readlist correct --title 'Latent Intrinsics Emerge from Training to Relight' id:7f3a91
  readlist correct --date 2023-10-26 --authors 'Ada Larsen; Bo Li; et al.' title:queues
  readlist correct --reset title --reset date id:7f3a91
  readlist correct id:7f3a91
"""
_ALL = "all"


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    for name, field in FIELDS.items():
        what = f"the right {name}" + (f": {field.help}" if field.help else "")
        parser.add_argument(f"--{name}", metavar="TEXT", type=utf8, help=what)
    parser.add_argument(
        "--reset",
        metavar="FIELD",
        action="append",
        choices=[*FIELDS, _ALL],
        default=[],
        help="go back to what the pages say of a field, or of all",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be corrected, and change nothing")
    parser.add_query("a query that exactly one paper answers, or its id")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    texts = _texts(call)
    with call.session() as session:
        paper_id = single_id(session, call.options.query)
        entry = session.entry(paper_id)
        if not texts and not call.options.reset:
            _print(call, entry)
        elif call.options.dry_run:
            call.output.line(f"would correct {', '.join(texts) or 'nothing'}: {entry.paper.display_title}")
        else:
            change = session.curation.correct(paper_id, texts)
            done = "nothing to correct" if change is None else "corrected"
            call.output.line(f"{done}: {session.entry(paper_id).paper.display_title}")
    return 0


def _texts(call: CommandContext) -> dict[str, str | None]:
    """The text for each field the call names; None for those it resets.

    Raises:
        UsageError: a text does not suit its field, or a field is corrected and reset.
    """
    reset = set(FIELDS) if _ALL in call.options.reset else set(call.options.reset)
    texts: dict[str, str | None] = dict.fromkeys(name for name in FIELDS if name in reset)
    for name in FIELDS:
        text = getattr(call.options, name)
        if text is None:
            continue
        if name in reset:
            raise UsageError(f"--{name} and --reset exclude each other", "leave one of them out")
        try:
            texts[name] = validate(name, text)
        except ValueError as fault:
            raise UsageError(str(fault), "`readlist correct --help` has examples") from None
    return texts


def _print(call: CommandContext, entry: Entry) -> None:
    """The fields, and what the pages say of those that were corrected."""
    before = {name: printed for name, _, printed in corrected_fields(entry)}
    for name in FIELDS:
        call.output.line(f"{name + ':':<13}{field_text(entry.paper, name) or '-'}")
        if name in before:
            call.output.line(f"{'':<13}(the pages say: {before[name] or 'nothing'})")
