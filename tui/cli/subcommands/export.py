"""``readlist export``: export papers to a bibliography or another format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.cli.paper_args import list_ids
from tui.errors import NothingMatchedError, UsageError
from tui.session.choices import export_formats
from tui.session.exports import ExportOptions, format_of
from tui.settings.settings import ExportProfile
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.session.session import Session

DESCRIPTION = """\
Export matching papers (default: all) in a format for other programs. Anything the format cannot represent is reported
on standard error. Files are written atomically, and an existing file is replaced only with --force. With --split,
Markdown is written to one file per paper, and what you write below the marker line in a file is kept.
--cited exports exactly the papers that a document cites by their citation keys, in the order of citation. It reads
.aux, .bcf, .tex and .md files and the files that they include, and can be repeated. The exit status is 1 if some of
the cited papers are not in the list.
@NAME as the only argument runs the export profile of that name, if the settings define one; command-line options
override the profile. Otherwise @NAME refers to a saved view, as in any query."""
EXAMPLES = """\
  readlist export --format bibtex tag:thesis > thesis.bib
  readlist export -o refs.ris is:read
  readlist export --format csl-json --force -o refs.json is:starred
  readlist export --format markdown --split notes tag:thesis
  readlist export --format references --style ieee tag:thesis
  readlist export --format biblatex --cited thesis.bcf -o refs.bib
  readlist export @thesis
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    formats = [name for name, _ in export_formats()]
    parser.add_argument(
        "-f",
        "--format",
        choices=formats,
        metavar="F",
        help=f"one of {', '.join(formats)} (default: from the extension of FILE)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE; - is standard output (default)")
    parser.add_argument("--split", metavar="DIR", help="markdown: write one file per paper to DIR")
    parser.add_argument("--force", action="store_true", help="replace an existing file")
    parser.add_argument("--ascii", action="store_true", help="bibtex, biblatex, ris: use ASCII characters only")
    parser.add_argument("--raw", action="store_true", help="csv: do not escape cells that look like formulas")
    parser.add_argument(
        "--style", default="", metavar="S", help="references: a CSL style, by name or as a .csl file (default: apa)"
    )
    parser.add_argument(
        "--cited",
        action="append",
        metavar="FILE",
        help="export the papers that an .aux, .bcf, .tex or .md file cites; repeat for more",
    )
    parser.add_query("the papers to export, or @NAME for a profile (default: all)")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options, output = context.options, context.output
    if options.split is not None and options.output is not None:
        raise UsageError("--split cannot be used with --output", "omit one of them")
    with context.session() as session:
        request = _request(options, session.settings.profiles)
        ids, unknown = (
            _cited(context, session) if options.cited else (list_ids(session, request.query, None, output), ())
        )
        export = session.exports.export(ids, request.format, request.options)
        for warning in export.warnings:
            output.warn(warning.with_papers)
        if not request.to or (request.to == "-" and not request.options.split):
            output.document(export.text)
        else:
            session.exports.save(export, Path(request.to).expanduser(), force=request.force)
            output.line(f"wrote {pluralise(export.papers)} to {request.to}")
    return NothingMatchedError.exit_code if unknown else 0


def _cited(context: CommandContext, session: Session) -> tuple[Sequence[str], Sequence[str]]:
    """The cited papers, and the cited keys that no paper has; both are reported.

    Raises:
        NothingMatchedError: no paper in the list is cited.
    """
    from tui.session.cited_papers import cited_papers  # noqa: PLC0415 - most exports are of a query

    files, keys, output = context.options.cited, session.exports.citation_keys(), context.output
    cited = cited_papers(files, {paper_id: keys[paper_id] for paper_id in session.ids()})
    for file in cited.absent:
        output.warn(f"the included file {file!r} does not exist, so its citations are unknown")
    by_folded = {key.casefold(): key for key in keys.values()}
    for key in cited.unknown:
        similar = by_folded.get(key.casefold())
        output.warn(f"no paper has the citation key {key!r}{f', but one has {similar!r}' if similar else ''}")
    if not cited.ids:
        documents = " and ".join(map(repr, files))
        hint = (
            "" if cited.unknown else "citations look like \\cite{key} or [@key]; LaTeX writes them to the .aux file"
        )
        raise NothingMatchedError(f"no paper in the list is cited in {documents}", hint)
    return cited.ids, cited.unknown


class _Request(NamedTuple):
    """What to export, how and where: command-line options, completed by those of a profile."""

    query: Sequence[str]
    format: str
    options: ExportOptions
    to: str
    force: bool


def _request(options: Namespace, profiles: Mapping[str, ExportProfile]) -> _Request:
    """Combine the command-line options with the profile that the only argument names.

    Raises:
        UsageError: no format is given, or ``split`` has no folder.
    """
    if options.cited and " ".join(options.query).strip():
        raise UsageError("--cited cannot be used with a query", "omit one of them")
    named = options.query[0][1:] if len(options.query) == 1 and options.query[0].startswith("@") else None
    profile = profiles.get(named) if named else None
    format_name = options.format or (_format_by_ending(options.output) if profile is None else None)
    if profile is None and format_name is None:
        names = ", ".join(f"@{name}" for name in profiles)
        hint = (
            f"use --format F, --output with a file name such as refs.bib, or one of the profiles {names}"
            if profiles
            else "use --format F, --output with a file name such as refs.bib, or @NAME for a profile"
        )
        raise UsageError("no export format specified", hint)
    query = options.query if profile is None else [profile.query]
    # The options of a profile apply to its own format only.
    defaults = profile if profile is not None and format_name in (None, profile.format) else ExportProfile("", "")
    export_options = ExportOptions(
        raw=options.raw or defaults.raw,
        ascii=options.ascii or defaults.ascii,
        style=options.style or defaults.style,
        split=options.split is not None or (defaults.split and options.output is None),
    )
    to = options.split or options.output or defaults.to
    if export_options.split and not to:
        raise UsageError(f'profile {named} uses split but has no "to" folder', 'add to = "DIR" to the profile')
    force = options.force or (defaults.force and to == defaults.to)
    return _Request(query, format_name or defaults.format, export_options, to, force)


def _format_by_ending(output: str | None) -> str | None:
    """The format that the ending of the output file names; None if there is no file or its ending names none."""
    return format_of(Path(output).suffix.lower()) or None if output else None
