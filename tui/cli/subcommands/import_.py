"""``readlist import``: pages and bibliographies from elsewhere."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.cli.input_files import reads_terminal, sources
from tui.errors import BadInputError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.cli.output import Output
    from tui.session.import_preview import ImportPreview
    from tui.session.imports import ImportPlan, ImportResult
    from tui.session.session import Session

_SHOWN = 5  # keywords in the question
_EXAMPLES = 3  # titles in a question
_EVERY = 1_000_000
_LISTED = 50  # new papers; thousands would push what went wrong out of sight
DESCRIPTION = """\
Take in BibTeX, biblatex, RIS, CSL-JSON, what `export --format json` wrote, and pages, recognised by their
contents; papers that are there already are joined, never doubled. Everything is one step that `readlist undo` takes
back. The papers that were made of several records are named; `readlist split` parts them again. A paper that you
have marked keeps its year and its identifiers, unless you say --accept-changes. Every record is accounted for: a
repaired or refused one is reported with its file and line, and the exit status is 3 where something was refused. A
text that may be no list of papers is imported only after asking, or with --accept-unsure. A FILE of - is standard
input. Where records carry keywords, a terminal is asked once whether to make tags of them; elsewhere, and with
--json, they are left out and counted."""
EXAMPLES = """\
  readlist import --dry-run listing.txt
  readlist import refs.bib more.ris
  curl -s https://example.org/refs.bib | readlist import -
  readlist import --encoding windows-1251 old.bib
  readlist import --tags-from-keywords zotero.json
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument(
        "--dry-run", action="store_true", help="list the papers and what is odd about them, and change nothing"
    )
    parser.add_argument("--json", action="store_true", help="print the account as JSON")
    parser.add_argument(
        "--tags-from-keywords",
        action=argparse.BooleanOptionalAction,
        help="make tags of the keywords, also of files imported before; or leave them out without being asked",
    )
    parser.add_argument("--encoding", metavar="NAME", help="the encoding of the files (default: UTF-8, else a guess)")
    parser.add_argument(
        "--accept-unsure", action="store_true", help="import also a text that may be no list of papers"
    )
    parser.add_argument(
        "--accept-changes",
        action=argparse.BooleanOptionalAction,
        help="let papers that you have marked get the year and the identifiers of the files; or keep theirs",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="the files to take in; - is standard input")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    options, output = call.options, call.output
    if reads_terminal(options.files):
        output.warn("reading standard input; Ctrl-D ends it")
    files = sources(options.files)
    with call.session() as session:
        plan = session.imports.plan(files, output.progress, encoding=_encoding(session, options.encoding))
        if not options.dry_run and not options.accept_unsure:
            _confirm(plan, output)
        tags = bool(options.tags_from_keywords)
        expected = plan.summary(tags=tags)
        if options.tags_from_keywords is None and expected.keywords and not options.dry_run and not options.json:
            tags = output.confirm(_question(expected.keywords))
        accept = bool(options.accept_changes)
        if expected.shifts and options.accept_changes is None and not options.dry_run and not options.json:
            for shift in expected.shifts[:_LISTED] if output.terminal else ():
                output.hint(shift.line)
            accept = output.confirm(f"Change {pluralise(len(expected.shifts), 'paper')} that you have marked?")
        imported = expected if options.dry_run else session.imports.carry_out(plan, tags=tags, accept=accept)
        listed = () if options.dry_run else imported.new[:_LISTED]
        headings = [session.entry(paper_id).paper.display_title for paper_id in listed]
    if options.json:
        output.json(_account(imported) | (_previewed(plan) if options.dry_run else {}))
    else:
        _tell(imported, headings, output, preview=plan.preview(_LISTED) if options.dry_run else None)
    return 3 if imported.refused else 0


def _encoding(session: Session, name: str | None) -> str | None:
    return None if name is None else session.imports.check_encoding(name)


def _confirm(plan: ImportPlan, output: Output) -> None:
    """Ask about texts that may be no lists of papers.

    Raises:
        BadInputError: nobody confirms them; nothing was imported.
    """
    for name in plan.unsure:
        preview = plan.preview(_EXAMPLES)
        titles = "; ".join(f'"{paper.heading}"' for paper in preview.papers)
        if not output.confirm(f"{name} may not be a list of papers ({titles}). Import it?"):
            raise BadInputError(
                f"{name} may not be a list of papers; nothing was imported",
                "look at it with --dry-run; --accept-unsure imports it",
            )


def _question(keywords: Sequence[str]) -> str:
    shown = ", ".join(keywords[:_SHOWN]) + (", …" if len(keywords) > _SHOWN else "")
    return f"Make tags of {pluralise(len(keywords), 'keyword')} ({shown})?"


def _tell(imported: ImportResult, headings: list[str], output: Output, *, preview: ImportPreview | None) -> None:
    would = "would be " if preview else ""
    papers = len(imported.new) + len(imported.known)
    records = f"{pluralise(imported.records, 'record')}: " if imported.records != papers else ""
    beside = [
        f"{count} {what}" for count, what in ((imported.repaired, "repaired"), (imported.refused, "refused")) if count
    ]
    taken = f"{pluralise(len(imported.new))} {would}taken, {len(imported.known)} {would}joined with known ones"
    output.line(records + ", ".join([taken, *beside]))
    for heading in headings:
        output.line(f"  {heading}")
    if headings and len(imported.new) > len(headings):
        output.line(f"  … and {len(imported.new) - len(headings)} more")
    if preview:
        _list_preview(preview, output)
        for name in imported.unsure:
            output.warn(f"{name} may not be a list of papers")
            output.hint("where it is one, --accept-unsure imports it")
    _list_changes(imported, output, dry_run=preview is not None)
    for name in imported.already_imported:
        output.warn(f"{name} was imported before")
    if imported.keywords:
        output.warn(f"{pluralise(len(imported.keywords), 'keyword')} did not become tags")
        output.hint("import once more with --tags-from-keywords to make tags of them")
    for problem in imported.diagnostics:
        output.warn(f"{problem.source}:{problem.line}: {problem.reason}")
        output.hint(problem.hint)


def _list_preview(preview: ImportPreview, output: Output) -> None:
    """The titles, with what is odd about each."""
    for paper in preview.papers:
        odd = f"  ({', '.join(paper.oddities)})" if paper.oddities else ""
        output.line(f"  {paper.heading}{'' if paper.is_new else ' [known]'}{odd}")
    if preview.more:
        output.line(f"  … and {preview.more} more")
    if preview.lacks:
        output.line(f"  most of them have {' and '.join(preview.lacks)}")


def _previewed(plan: ImportPlan) -> dict[str, object]:
    preview = plan.preview(_EVERY)
    papers = [{"title": paper.heading, "new": paper.is_new, "odd": list(paper.oddities)} for paper in preview.papers]
    return {"papers": papers, "most_have": list(preview.lacks)}


def _list_changes(imported: ImportResult, output: Output, *, dry_run: bool) -> None:
    """Name the papers that were merged, and what changes in papers the user has marked."""
    for merge in imported.merged[:_LISTED]:
        output.line(f"{'would merge' if dry_run else 'merged'}: {merge.line}")
    if len(imported.merged) > _LISTED:
        output.line(f"… and {len(imported.merged) - _LISTED} more merged")
    for shift in imported.shifts[:_LISTED]:
        output.warn(shift.kept_line if imported.kept else shift.line)
    if imported.shifts and (imported.kept or dry_run):
        output.hint(
            "these are papers that you have marked: import with --accept-changes to take the file's values"
            if dry_run
            else "`readlist correct --reset date ID` takes what the file says"
        )


def _account(imported: ImportResult) -> dict[str, object]:
    return {
        "records": imported.records,
        "new": list(imported.new),
        "joined": list(imported.known),
        "repaired": imported.repaired,
        "refused": imported.refused,
        "merged": [
            {
                "id": merge.id,
                "title": merge.title,
                "records": [{"page": source.page, "line": source.line} for source in merge.sources],
                "reasons": list(merge.reasons),
            }
            for merge in imported.merged
        ],
        "changes": [
            {
                "id": shift.id,
                "field": shift.field,
                "before": shift.before,
                "after": shift.after,
                "kept": imported.kept,
            }
            for shift in imported.shifts
        ],
        "keywords_left": len(imported.keywords),
        "again": list(imported.already_imported),
        "unsure": list(imported.unsure),
        "problems": [
            {
                "page": problem.source,
                "line": problem.line,
                "reason": problem.reason,
                "hint": problem.hint,
                "repaired": problem.repaired,
            }
            for problem in imported.diagnostics
        ],
    }
