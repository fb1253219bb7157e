"""``readlist fill``: complete papers from other people's records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.interruption import stop_on_interrupt
from tui.cli.paper_args import strict_ids
from tui.errors import UsageError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.cli.output import Output
    from tui.session.fills import FillPlan, FillProposal
    from tui.session.session import Session

_LONGEST_VALUE = 100  # characters
_LATER_REQUESTS = (
    "for papers not found by these requests, further ones send individual words from the titles and the first words "
    "of the abstracts; if arXiv refuses them, DataCite is queried for the same titles"
)
DESCRIPTION = """\
Fill in missing fields (authors, date, arXiv id, DOI and category) of papers (default: all) from other records of
the same papers. --from reads these records from files: arXiv's metadata snapshot (also as .gz, or inside its
.zip), BibTeX, CSL-JSON, RIS or readlist's JSON. Only empty fields and author lists that end in "et al." are
filled; titles, abstracts, tags, notes and corrections never change. A record is used only if it has the same
identifier, or the same title and an abstract that agrees; doubtful records are listed with the reasons, but not
used. All papers are filled in one undo step. Ctrl-C stops reading and keeps what has been found. Without --from,
arXiv, DataCite and Crossref are queried if the settings or --online allow it. They are sent titles and
identifiers, the first words of the abstract if a paper is not found by these, and your contact address if you set
one; never tags, notes, marks or file names."""
EXAMPLES = """\
  readlist fill --dry-run --from arxiv-metadata-oai-snapshot.json
  readlist fill no:author --from archive.zip anthology.bib
  readlist fill id:3fa2c1 --from dblp.bib --accept-doubtful
  readlist fill id:3fa2c1 --from dblp.bib --refuse
  readlist fill no:author --show-requests
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument(
        "--from", dest="files", nargs="+", action="extend", metavar="FILE", help="files with records; nothing is sent"
    )
    parser.add_argument(
        "--online", action="store_true", help="allow requests to arXiv, DataCite and Crossref for this run"
    )
    parser.add_argument("--show-requests", action="store_true", help="print the requests, without sending anything")
    parser.add_argument("--dry-run", action="store_true", help="list what would be filled, without changing anything")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument(
        "--accept-doubtful", action="store_true", help="also use the first doubtful record for each paper"
    )
    parser.add_argument("--refuse", action="store_true", help="reject the records found, and never offer them again")
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask for confirmation")
    parser.add_query("the papers to complete: a query, or ids (default: all)")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options, output = context.options, context.output
    if options.refuse and options.accept_doubtful:
        raise UsageError("--refuse cannot be used with --accept-doubtful", "omit one of them")
    if options.files and (options.online or options.show_requests):
        raise UsageError(
            "--from cannot be used with --online or --show-requests", "omit --online and --show-requests, or --from"
        )
    with context.session() as session:
        network = session.settings.network
        if not (options.files or options.online or options.show_requests or network.allow):
            raise UsageError(
                "network access is not allowed, and no file is specified",
                "use --from FILE, use --online to allow it once, or set allow = true under [network] in the "
                "settings; --show-requests prints what would be sent",
            )
        ids = strict_ids(session, options.query)
        if options.show_requests:
            for address in session.fills.planned_requests(ids, network.contact):
                output.line(address)
            output.hint(_LATER_REQUESTS)
            return 0
        with stop_on_interrupt() as stopped:
            fills, progress = session.fills, output.progress
            plan = (
                fills.plan(ids, list(map(Path, options.files)), progress, stopped)
                if options.files
                else fills.plan_online(ids, fills.connect(), network.contact, progress, stopped)
            )
        taken = () if options.refuse else _chosen(plan, doubtful=options.accept_doubtful)
        _report(plan, taken, output, as_json=options.json)
        if options.dry_run:
            return _status(plan)
        if options.refuse:
            session.fills.apply((), plan.proposals)
            output.warn(f"{pluralise(len(plan.proposals), 'record')} will not be offered again")
            return _status(plan)
        if taken and _confirmed(plan, taken, output, yes=options.yes):
            _apply(session, taken, output)
        return _status(plan)


def _chosen(plan: FillPlan, *, doubtful: bool) -> tuple[FillProposal, ...]:
    """What is taken: the sure records, and on request the first doubtful one of each paper."""
    if not doubtful:
        return plan.sure
    first = {proposal.paper_id: proposal for proposal in reversed(plan.proposals) if not proposal.sure}
    return tuple(each for each in plan.proposals if each.sure or first[each.paper_id] is each)


def _confirmed(plan: FillPlan, taken: Sequence[FillProposal], output: Output, *, yes: bool) -> bool:
    papers = pluralise(len({proposal.paper_id for proposal in taken}))
    part = "what was found before you stopped: " if plan.stopped else ""
    hint = "use --yes to fill them in without confirmation"
    return output.agreed(
        f"Fill in {part}missing fields of {papers}?", f"missing fields of {papers} can be filled in", hint, yes=yes
    )


def _apply(session: Session, taken: Sequence[FillProposal], output: Output) -> None:
    change = session.fills.apply(taken, progress=output.progress)
    papers = len({proposal.paper_id for proposal in taken})
    output.warn(f"filled {pluralise(papers)}" if change else "nothing to fill")
    if change:
        output.hint("`readlist undo` undoes this")


def _status(plan: FillPlan) -> int:
    return 3 if plan.problems or any(file.broken or not file.complete for file in plan.files) else 0


def _report(plan: FillPlan, taken: Sequence[FillProposal], output: Output, *, as_json: bool) -> None:
    if as_json:
        output.json(_json(plan, taken))
    else:
        paper = ""
        for proposal in plan.proposals:
            if proposal.paper_id != paper:
                paper = proposal.paper_id
                output.line(f"{paper[:6]}  {proposal.title}")
            _print_proposal(proposal, output, taken=proposal in taken)
        output.line(_summary(plan))
    for message, hint in plan.problems:
        output.warn(message)
        output.hint(hint)
    for file in plan.files:
        if file.broken:
            output.warn(f"{file.name}: {pluralise(file.broken, 'record')} could not be read")
            output.hint("the file may be truncated; the other records were used")
        if not file.complete:
            output.warn(f"{file.name} was not read to the end")


def _print_proposal(proposal: FillProposal, output: Output, *, taken: bool) -> None:
    tick = ("✓" if taken else "?") if output.unicode else ("+" if taken else "?")
    for field in proposal.fields:
        old = _short(field.old) or ("—" if output.unicode else "-")
        output.line(f"  {tick} {field.field:<9} {old} {'→' if output.unicode else '->'} {_short(field.new)}")
    output.line(f"    {', '.join(proposal.evidence)} ({proposal.origin})")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"


def _summary(plan: FillPlan) -> str:
    sure = {proposal.paper_id for proposal in plan.sure}
    doubtful = {proposal.paper_id for proposal in plan.proposals} - sure
    complete = plan.found - len(sure | doubtful)
    parts = [f"{len(sure)} to fill", f"{len(doubtful)} doubtful"]
    parts += [f"{complete} with nothing new"] if complete else []
    return f"{pluralise(plan.searched)}: {', '.join(parts)}, {plan.searched - plan.found} not found"


def _json(plan: FillPlan, taken: Sequence[FillProposal]) -> dict[str, object]:
    return {
        "searched": plan.searched,
        "found": plan.found,
        "complete": all(file.complete for file in plan.files),
        "records": [
            {
                "id": proposal.paper_id,
                "title": proposal.title,
                "sure": proposal.sure,
                "taken": proposal in taken,
                "evidence": list(proposal.evidence),
                "source": proposal.origin,
                "record": proposal.key,
                "fields": {field.field: {"old": field.old, "new": field.new} for field in proposal.fields},
            }
            for proposal in plan.proposals
        ],
    }
