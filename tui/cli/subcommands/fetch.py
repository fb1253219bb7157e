"""``readlist fetch``: take what feeds announce into the list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import BadInputError, ReadlistError, UsageError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.cli.output import Output
    from tui.session.feeds import FetchedFeed
    from tui.session.session import Session

_LARGEST = 8_000_000  # bytes
DESCRIPTION = """\
Add new papers from arXiv feeds to the list, unread. Feeds are defined in the settings, as [feeds.NAME] with an
address; without a name, all feeds are fetched. Papers already in the list are not added again; those with a new
version get the tag new-version. A feed without papers is not an error: arXiv announces nothing on weekends and
holidays. --from reads a saved feed and sends nothing; otherwise the settings or --online must allow network
access."""
EXAMPLES = """\
  readlist fetch --online
  readlist fetch vision
  readlist fetch --from saved-feed.xml
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--from", dest="file", metavar="FILE", help="a saved Atom or RSS feed; nothing is sent")
    parser.add_argument("--online", action="store_true", help="allow requests to arXiv for this run")
    parser.add_argument("feeds", nargs="*", metavar="FEED", help="names of feeds in the settings (default: all)")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options, output = context.options, context.output
    with context.session() as session:
        if options.file:
            path = Path(options.file)
            name = options.feeds[0] if options.feeds else path.stem
            _report(session.additions.add_feed(name, _read(path), _tags(session, name)), session, output)
            return 0
        feeds, network = session.settings.feeds, session.settings.network
        if not feeds:
            raise UsageError(
                "no feeds are defined in the settings", "add one as [feeds.NAME] with an address, or use --from"
            )
        unknown = [name for name in options.feeds if name not in feeds]
        if unknown:
            raise UsageError(f"there is no feed {unknown[0]}", f"feeds in the settings: {', '.join(feeds)}")
        if not (network.allow or options.online):
            raise UsageError(
                "network access is not allowed",
                "use --from FILE, use --online to allow it once, or set allow = true under [network] in the settings",
            )
        connection = session.fills.connect()
        failed = 0
        for name in options.feeds or feeds:
            try:
                _report(
                    session.additions.add_feed(name, connection.fetch(feeds[name].address), feeds[name].tags),
                    session,
                    output,
                )
            except BadInputError as error:
                failed += 1
                output.error(_named(name, error))
        return 3 if failed else 0


def _tags(session: Session, name: str) -> tuple[str, ...]:
    feed = session.settings.feeds.get(name)
    return feed.tags if feed else ()


def _named(name: str, error: ReadlistError) -> ReadlistError:
    return BadInputError(f"feed {name} failed: {error.message}", error.hint)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise BadInputError(
            f"cannot read {path.name}: {(error.strerror or str(error)).lower()}",
            "check the file name and its permissions",
        ) from None
    if len(data) > _LARGEST:
        raise BadInputError(
            f"{path.name} is larger than {_LARGEST // 1_000_000} MB",
            "specify a saved feed; feeds are smaller than this",
        )
    return data


def _report(fetched: FetchedFeed, session: Session, output: Output) -> None:
    """One line a feed, and the new titles."""
    on = f" of {fetched.day}" if fetched.day else ""
    if fetched.day and fetched.day == fetched.last and not fetched.new:
        output.line(f"{fetched.name}: nothing new since the announcement of {fetched.day}")
        return
    if not fetched.announced:
        since = f" since {fetched.last}" if fetched.last else ""
        output.line(f"{fetched.name}: nothing announced{since} (the feed{on} is empty)")
        return
    parts = [f"{pluralise(len(fetched.new), 'new paper')}"]
    parts += [f"{pluralise(len(fetched.replaced))} with a new version"] if fetched.replaced else []
    parts += [f"{fetched.known} already in the list"] if fetched.known else []
    parts += [f"{fetched.removed} removed earlier"] if fetched.removed else []
    output.line(f"{fetched.name}: {', '.join(parts)}{f' (announcement{on})' if on else ''}")
    for paper_id in fetched.new:
        output.line(f"  {session.entry(paper_id).paper.display_title}")
