"""``readlist import``: import listings and bibliographies."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.cli.input_files import reads_terminal, resolve_sources
from tui.errors import BadInputError, UsageError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.cli.output import Output
    from tui.session.import_plan import ImportPlan, ImportResult, KeywordChoice
    from tui.session.import_preview import ImportPreview
    from tui.session.session import Session

_KEYWORD_EXAMPLES = 5  # in the question
_TITLE_EXAMPLES = 3  # in the question
_ALL_PAPERS = 1_000_000
_MAX_LISTED = 50  # thousands of new papers would scroll the problems off the screen
DESCRIPTION = """\
Import BibTeX, biblatex, RIS, CSL-JSON, the output of `export --format json`, and listings copied from web pages or
e-mails, recognised by their contents. Existing papers are updated, not duplicated. An import is one undo step.
Papers merged from several records are listed; `readlist split` separates them again. Papers that you have marked keep
their year and identifiers unless you pass --accept-changes. Every record is accounted for: repaired and refused ones
are reported with file and line, and the exit status is 3 if any was refused. Text that might not be a list of papers
is imported only after confirmation, or with --accept-unsure. Use - as FILE to read standard input. If records have
keywords, you are asked once on a terminal whether to turn them into tags; without a terminal, or with --json, they
are skipped and counted."""
EXAMPLES = """\
  readlist import --dry-run listing.txt
  readlist import refs.bib more.ris
  curl -s https://example.org/refs.bib | readlist import -
  readlist import --encoding windows-1251 old.bib
  readlist import --tags-from-keywords zotero.json
  readlist import --tag-keyword nerf --tag-keyword slam refs.bib
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="list the papers and anything odd about them, without changing anything",
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument(
        "--tags-from-keywords",
        action=argparse.BooleanOptionalAction,
        help="without asking, turn keywords into tags (also for files imported earlier) or skip them",
    )
    parser.add_argument(
        "--tag-keyword",
        action="append",
        default=[],
        metavar="KEYWORD",
        help="turn this keyword into a tag, and skip the others without asking; repeat for more",
    )
    parser.add_argument(
        "--encoding", metavar="NAME", help="the encoding of the files (default: UTF-8, or else guessed)"
    )
    parser.add_argument(
        "--accept-unsure", action="store_true", help="also import text that might not be a list of papers"
    )
    parser.add_argument(
        "--accept-changes",
        action=argparse.BooleanOptionalAction,
        help="update the year and identifiers of marked papers without asking, or keep them",
    )
    parser.add_argument(
        "--link",
        action="store_true",
        help="link to the files: read them again when they change, and never write to them",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="the files to import; - is standard input")
    parser.hint_if_missing = "use - to read standard input"


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options, output = context.options, context.output
    if options.tag_keyword and options.tags_from_keywords is not None:
        raise UsageError("--tag-keyword cannot be used with --tags-from-keywords", "omit one of them")
    if options.link and "-" in options.files:
        raise UsageError("standard input cannot be linked", "specify a file")
    if reads_terminal(options.files):
        output.warn("reading standard input; press Ctrl-D to end it")
    files = resolve_sources(options.files)
    with context.session() as session:
        progress = output.progress if output.shows_progress else None
        plan = session.imports.plan(files, progress, encoding=_encoding(session, options.encoding))
        if not options.dry_run and not options.accept_unsure:
            _confirm(plan, output)
        chosen = plan.choose_keywords(options.tag_keyword)
        tags: KeywordChoice = chosen or bool(options.tags_from_keywords)
        expected = plan.summary(tags=tags)
        if (
            options.tags_from_keywords is None
            and not chosen
            and expected.keywords
            and not options.dry_run
            and not options.json
        ):
            tags = output.confirm(_question(expected.keywords))
        accept = bool(options.accept_changes)
        if expected.shifts and options.accept_changes is None and not options.dry_run and not options.json:
            for shift in expected.shifts[:_MAX_LISTED] if output.terminal else ():
                output.hint(shift.line)
            accept = output.confirm(
                f"Change the year or identifiers of {pluralise(len(expected.shifts))} that you have marked?"
            )
        imported = (
            expected
            if options.dry_run
            else session.imports.carry_out(plan, tags=tags, accept=accept, link=options.link)
        )
        listed = () if options.dry_run else imported.new[:_MAX_LISTED]
        titles = [session.entry(paper_id).paper.display_title for paper_id in listed]
    if options.json:
        output.json(_result_json(imported) | (_preview_json(plan) if options.dry_run else {}))
    else:
        _print_result(imported, titles, output, preview=plan.preview(_MAX_LISTED) if options.dry_run else None)
    return 3 if imported.refused else 0


def _encoding(session: Session, name: str | None) -> str | None:
    return None if name is None else session.imports.check_encoding(name)


def _confirm(plan: ImportPlan, output: Output) -> None:
    """Ask about texts that might not be lists of papers.

    Raises:
        BadInputError: the import is not confirmed; nothing was imported.
    """
    for name in plan.unsure:
        preview = plan.preview(_TITLE_EXAMPLES)
        titles = ", ".join(f'"{paper.heading}"' for paper in preview.papers)
        if not output.confirm(f"{name} might not be a list of papers (it contains {titles}). Import it?"):
            raise BadInputError(
                f"{name} might not be a list of papers; nothing imported",
                "check it with --dry-run, or import it with --accept-unsure",
            )


def _question(keywords: Sequence[str]) -> str:
    shown = ", ".join(keywords[:_KEYWORD_EXAMPLES]) + (", …" if len(keywords) > _KEYWORD_EXAMPLES else "")
    return f"Turn {pluralise(len(keywords), 'keyword')} into tags ({shown})?"


def _print_result(
    imported: ImportResult, titles: list[str], output: Output, *, preview: ImportPreview | None
) -> None:
    papers = len(imported.new) + len(imported.known)
    records = f"{pluralise(imported.records, 'record')}: " if imported.records != papers else ""
    output.line(records + _summary(imported, dry_run=preview is not None))
    for title in titles:
        output.line(f"  {title}")
    if titles and len(imported.new) > len(titles):
        output.line(f"  … and {len(imported.new) - len(titles)} more")
    if preview:
        _list_preview(preview, output)
        for name in imported.unsure:
            output.warn(f"{name} might not be a list of papers")
            output.hint("import it with --accept-unsure if it is one")
    _list_changes(imported, output, dry_run=preview is not None)
    for name in imported.already_imported:
        output.warn(f"{name} was already imported")
    if imported.split_off:
        split = pluralise(len(imported.split_off))
        output.warn(f"{split} split off: these files show that records merged earlier belong to different papers")
    if imported.removed:
        output.warn(f"not restored: {pluralise(len(imported.removed))} that you removed from the list")
        output.hint("`readlist restore` restores papers; `readlist list is:removed` prints them")
    if imported.keywords:
        output.warn(f"{pluralise(len(imported.keywords), 'keyword')} not turned into tags")
        output.hint("import again with --tags-from-keywords to turn them into tags")
    for problem in imported.diagnostics:
        output.warn(f"{problem.source}:{problem.line}: {problem.reason}")
        output.hint(problem.hint)


def _summary(imported: ImportResult, *, dry_run: bool) -> str:
    """``12 papers imported, 3 updated, 1 refused``, or what an import would do."""
    new, known = pluralise(len(imported.new)), len(imported.known)
    parts = [f"would import {new}", f"update {known}"] if dry_run else [f"{new} imported", f"{known} updated"]
    if split := len(imported.split_off):
        parts.append(f"split off {split}" if dry_run else f"{split} split off")
    for records, verb in ((imported.repaired, "repair"), (imported.refused, "refuse")):
        if records:
            parts.append(f"{verb} {records}" if dry_run else f"{records} {verb.removesuffix('e')}ed")
    return ", ".join(parts)


def _list_preview(preview: ImportPreview, output: Output) -> None:
    """Print the titles, with anything odd about them."""
    for paper in preview.papers:
        odd = f"  ({', '.join(paper.oddities)})" if paper.oddities else ""
        output.line(f"  {paper.heading}{'' if paper.is_new else ' [existing]'}{odd}")
    if preview.more:
        output.line(f"  … and {preview.more} more")
    if preview.lacks:
        output.line(f"  most have {' and '.join(preview.lacks)}")


def _preview_json(plan: ImportPlan) -> dict[str, object]:
    preview = plan.preview(_ALL_PAPERS)
    papers = [{"title": paper.heading, "new": paper.is_new, "odd": list(paper.oddities)} for paper in preview.papers]
    return {"papers": papers, "most_have": list(preview.lacks)}


def _list_updates(imported: ImportResult, output: Output, *, dry_run: bool) -> None:
    """Print the sources that newer versions replace, the fields these change, and the papers that are gone."""
    for file, replaced in imported.replaced:
        output.line(f"{'would replace' if dry_run else 'replaced'} {replaced} with the newer {file}")
    for kind, lines in (("changed", [update.line for update in imported.updates]), ("gone", list(imported.gone))):
        for line in lines[:_MAX_LISTED]:
            output.line(f"{kind}: {line}")
        if len(lines) > _MAX_LISTED:
            output.line(f"… and {len(lines) - _MAX_LISTED} more {kind}")
    if imported.gone:
        output.hint(
            "no source contains these papers any more; those with a citation key or other marks stay in the list"
        )


def _list_changes(imported: ImportResult, output: Output, *, dry_run: bool) -> None:
    """Print what newer versions of files change, the papers that were merged, and changes of papers with marks."""
    _list_updates(imported, output, dry_run=dry_run)
    for merge in imported.merged[:_MAX_LISTED]:
        output.line(f"{'would merge' if dry_run else 'merged'}: {merge.line}")
    if len(imported.merged) > _MAX_LISTED:
        output.line(f"… and {len(imported.merged) - _MAX_LISTED} more merged")
    for shift in imported.shifts[:_MAX_LISTED]:
        output.warn(shift.kept_line if imported.kept else shift.line)
    if imported.shifts and (imported.kept or dry_run):
        output.hint(
            "you have marked these papers: --accept-changes takes the values from the file"
            if dry_run
            else "`readlist correct --reset date ID` restores the value from the file"
        )


def _result_json(imported: ImportResult) -> dict[str, object]:
    return {
        "records": imported.records,
        "new": list(imported.new),
        "joined": list(imported.known),
        "repaired": imported.repaired,
        "refused": imported.refused,
        "replaced": dict(imported.replaced),
        "updates": [
            {"id": update.id, "field": update.field, "before": update.before, "after": update.after}
            for update in imported.updates
        ],
        "gone": list(imported.gone),
        "removed": list(imported.removed),
        "split_off": list(imported.split_off),
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
