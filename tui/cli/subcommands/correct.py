"""``readlist correct``: correct fields of a paper that are wrong or missing in its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_utf8
from tui.cli.paper_args import single_id
from tui.errors import UsageError
from tui.model.correction import FIELDS, KEY, corrected_fields, entry_text, validate

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.model.entry import Entry

DESCRIPTION = """\
Correct fields of the one paper that matches, in one undo step. Corrections apply to lists, queries and exports,
and survive any change to the sources. An empty value clears a field; --reset restores the value from the sources.
Without options, print the fields, with the source values of corrected ones."""
EXAMPLES = """\
  readlist correct --title 'Latent Intrinsics Emerge from Training to Relight' id:7f3a91
  readlist correct --date 2023-10-26 --authors 'Ada Larsen; Bo Li; et al.' title:queues
  readlist correct --reset title --reset date id:7f3a91
  readlist correct id:7f3a91
"""
_ALL = "all"
_PREFIX = "correct_"  # one field is called version, as is an option of every subcommand
_NAMES = {field.option: name for name, field in FIELDS.items()}


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    for name, field in FIELDS.items():
        purpose = field.label + (f" ({field.help})" if field.help else "")
        options = [f"--{option}" for option in (field.option, *field.aliases)]
        parser.add_argument(*options, dest=f"{_PREFIX}{name}", metavar="TEXT", type=parse_utf8, help=purpose)
    parser.add_argument(
        "--reset",
        metavar="FIELD",
        action="append",
        choices=[*_NAMES, _ALL],
        default=[],
        help="restore the value of a field, or of all fields, from the sources",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="show what would be corrected, without changing anything"
    )
    parser.add_query("the paper: an id, or a query that matches exactly one paper")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    texts = _texts(context)
    with context.session() as session:
        paper_id = single_id(session, context.options.query)
        entry = session.entry(paper_id)
        if not texts and not context.options.reset:
            _print(context, entry)
        elif context.options.dry_run:
            fields = ", ".join(FIELDS[name].label for name in texts)
            context.output.line(f"would correct {fields or 'nothing'}: {entry.paper.display_title}")
        else:
            change = session.curation.correct(paper_id, texts)
            result = "nothing to correct" if change is None else "corrected"
            context.output.line(f"{result}: {session.entry(paper_id).paper.display_title}")
    return 0


def _texts(context: CommandContext) -> dict[str, str | None]:
    """The new text of each field given by the options; None for those to reset.

    Raises:
        UsageError: a text is not valid for its field, or a field is corrected and reset.
    """
    reset = set(FIELDS) - {KEY} if _ALL in context.options.reset else {_NAMES[name] for name in context.options.reset}
    texts: dict[str, str | None] = dict.fromkeys(name for name in FIELDS if name in reset)
    for name in FIELDS:
        text = getattr(context.options, f"{_PREFIX}{name}")
        if text is None:
            continue
        if name in reset:
            raise UsageError(
                f"--{FIELDS[name].option} cannot be used with --reset for the same field", "omit one of them"
            )
        try:
            texts[name] = validate(name, text)
        except ValueError as error:
            raise UsageError(str(error), "`readlist correct --help` has examples") from None
    return texts


def _print(context: CommandContext, entry: Entry) -> None:
    """Print the fields, and the source values of those corrected."""
    original = {label: text for label, _, text in corrected_fields(entry)}
    for name, field in FIELDS.items():
        text = entry_text(entry, name)
        if text or field.label in original or hasattr(entry.paper, name):
            context.output.line(f"{field.label + ':':<20}{text or '-'}")
        if field.label in original:
            context.output.line(f"{'':<20}(in the sources: {original[field.label] or 'empty'})")
