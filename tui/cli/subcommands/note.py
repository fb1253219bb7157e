"""``readlist note``: the note of a paper, from the command line or in the user's editor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.argument_parser import utf8
from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import declare_targets, single_id
from tui.errors import BadInputError, StoreBusyError, UsageError
from tui.model.edit import Edit

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Write the note of the one paper that answers: with --set or --file a new one, with --append a paragraph behind the old
one (also on several papers), and without either in $VISUAL or $EDITOR. --print prints it instead, made harmless to
terminals; its very letters are in `readlist show --json`. An empty note is no note. Notes are Markdown."""
EXAMPLES = """\
  readlist note id:7f3a91
  readlist note --append 'compare with CacheGen' title:kivi
  readlist note --file review.md id:7f3a91
  echo 'from a pipe' | readlist note --file - id:7f3a91
  readlist note --print id:7f3a91
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    ways = parser.add_mutually_exclusive_group()
    for name, metavar, what in (
        ("--set", "TEXT", "make this the note"),
        ("--append", "TEXT", "add a paragraph to the note"),
        ("--file", "FILE", "make the contents of a file the note; - reads standard input"),
    ):
        parser.declare(ways.add_argument(name, metavar=metavar, type=utf8, help=what))
    parser.declare(ways.add_argument("--print", action="store_true", help="print the note"))
    declare_targets(parser)


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    options = call.options
    if options.append is not None:
        wording = Messages("added to the note of {}", "would add to the note of {}")
        return run_edit(call, Edit(append_note=options.append), wording)
    if options.all:
        raise UsageError("--all goes with --append only", "a note is written on one paper at a time")
    if options.print:
        return _print(call)
    if options.set is not None:
        return _write(call, options.set)
    if options.file is not None:
        return _write(call, _contents(options.file))
    return _edit(call)


def _print(call: CommandContext) -> int:
    with call.session() as session:
        note = session.entry(single_id(session, call.options.query)).mark.note
    if note:
        call.output.block(note)
    return 0


def _write(call: CommandContext, text: str) -> int:
    with call.session() as session:
        paper_id = single_id(session, call.options.query)
        edit = Edit(note=text.rstrip("\n"))
        heading = session.entry(paper_id).paper.display_title
        if call.options.dry_run:
            verb = "would change" if session.preview_edit([paper_id], edit) else "would leave"
            call.output.line(f"{verb} the note of {heading}")
            return 0
        change = session.mark([paper_id], edit)
    done = "left" if change is None else "wrote" if edit.note else "removed"
    call.output.line(f"{done} the note of {heading}")
    return 0


def _contents(file: str) -> str:
    try:
        return (sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()).decode()
    except OSError as fault:
        raise BadInputError(f"{file} cannot be read: {fault.strerror}", "the note was left as it is") from None
    except UnicodeDecodeError as fault:
        raise BadInputError(f"{file} is not UTF-8 at byte {fault.start}", "the note was left as it is") from None


def _edit(call: CommandContext) -> int:
    if call.options.dry_run:
        raise UsageError("--dry-run does not go with the editor", "use it with --set, --append or --file")
    from tui.external_editor import EditorFile  # noqa: PLC0415 - only an editor needs processes and temporary files

    with call.session() as session:
        paper_id = single_id(session, call.options.query)
        entry = session.entry(paper_id)
        before = entry.mark.note
        with EditorFile(before) as draft:
            text = draft.edit()
            session.poll()
            if session.entry(paper_id).mark.note != before:
                raise StoreBusyError(
                    "the note was changed elsewhere while the editor was open", draft.recovery_hint()
                )
            change = session.mark([paper_id], Edit(note=text))
            draft.discard()
    done = "left" if change is None else "wrote" if text else "removed"
    call.output.line(f"{done} the note of {entry.paper.display_title}")
    return 0
