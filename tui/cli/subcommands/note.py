"""``readlist note``: write or print the note on a paper, from the command line or in an editor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_utf8
from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import declare_targets, single_id
from tui.errors import BadInputError, StoreBusyError, UsageError
from tui.model.edit import Edit

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.model.change import Change

DESCRIPTION = """\
Write the note on the one paper that matches: --set and --file replace it; --append adds a paragraph (to any number
of papers). Without these options, edit it in $VISUAL or $EDITOR. --print prints it with control characters removed;
`readlist show --json` has the raw text. An empty note is deleted. Notes are Markdown."""
EXAMPLES = """\
  readlist note id:7f3a91
  readlist note --append 'compare with CacheGen' title:kivi
  readlist note --file review.md id:7f3a91
  echo 'from a pipe' | readlist note --file - id:7f3a91
  readlist note --print id:7f3a91
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    group = parser.add_mutually_exclusive_group()
    for name, metavar, purpose in (
        ("--set", "TEXT", "replace the note with TEXT"),
        ("--append", "TEXT", "add a paragraph to the note"),
        ("--file", "FILE", "replace the note with the contents of FILE; - is standard input"),
    ):
        parser.declare(group.add_argument(name, metavar=metavar, type=parse_utf8, help=purpose))
    parser.declare(group.add_argument("--print", action="store_true", help="print the note"))
    declare_targets(parser)


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options = context.options
    if options.append is not None:
        messages = Messages("added to the note on {}", "would add to the note on {}")
        return run_edit(context, Edit(append_note=options.append), messages)
    if options.all:
        raise UsageError("--all can only be used with --append", "specify exactly one paper")
    if options.print:
        return _print(context)
    if options.set is not None:
        return _write(context, options.set)
    if options.file is not None:
        return _write(context, _contents(options.file))
    return _edit(context)


def _print(context: CommandContext) -> int:
    with context.session() as session:
        note = session.entry(single_id(session, context.options.query)).mark.note
    if note:
        context.output.block(note)
    return 0


def _write(context: CommandContext, text: str) -> int:
    with context.session() as session:
        paper_id = single_id(session, context.options.query)
        edit = Edit(note=text.rstrip("\n"))
        title = session.entry(paper_id).paper.display_title
        if context.options.dry_run:
            result = "would change" if session.edits.preview([paper_id], edit) else "would not change"
            context.output.line(f"{result} the note on {title}")
            return 0
        change = session.edits.mark([paper_id], edit)
    context.output.line(f"{_result(change, edit.note or '')} the note on {title}")
    return 0


def _result(change: Change | None, note: str) -> str:
    return "did not change" if change is None else "saved" if note else "deleted"


def _contents(file: str) -> str:
    try:
        return (sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()).decode()
    except OSError as error:
        raise BadInputError(
            f"cannot read {file}: {(error.strerror or str(error)).lower()}", "the note is unchanged"
        ) from None
    except UnicodeDecodeError as error:
        raise BadInputError(f"{file} is not valid UTF-8 (byte {error.start})", "the note is unchanged") from None


def _edit(context: CommandContext) -> int:
    if context.options.dry_run:
        raise UsageError("--dry-run cannot be used with the editor", "use it with --set, --append or --file")
    from tui.external_editor import EditorFile  # noqa: PLC0415 - only needed for an editor

    with context.session() as session:
        paper_id = single_id(session, context.options.query)
        entry = session.entry(paper_id)
        before = entry.mark.note
        with EditorFile(before) as editor_file:
            text = editor_file.edit()
            session.poll()
            if session.entry(paper_id).mark.note != before:
                raise StoreBusyError(
                    "the note was changed elsewhere while the editor was open", editor_file.recovery_hint()
                )
            change = session.edits.mark([paper_id], Edit(note=text))
            editor_file.discard()
    context.output.line(f"{_result(change, text)} the note on {entry.paper.display_title}")
    return 0
