"""The statistics as lines to be shown: words, numbers and plots, each piece with the part it plays.

Both faces show the same lines, each in its own colours. Knows no colour and no face.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.text.text_charts import bar_chart_row, column_chart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.insight.stats import Stats, Week

_NAME = 16  # cells at the most
_ROWS = 10
_LONGEST = 48  # cells of a bar
_HEIGHT = 4  # lines of columns
_SCALE = 6  # cells before columns
_COLUMN = 3  # cells of a column, with the blank behind it
_FEWEST_WEEKS = 8


class ReportSpan(NamedTuple):
    """A part of a line.

    Attributes:
        text: not made safe: names of tags and categories are what they are.
        part: ``heading``, ``bar``, ``good``, ``muted``, or empty for plain text.
    """

    text: str
    part: str = ""


ReportLine = tuple[ReportSpan, ...]


def activity_lines(stats: Stats, width: int, *, unicode: bool) -> list[ReportLine]:
    """What the list is and how it came to be so: statuses, the inbox, added against read, the pace.

    Args:
        stats: the counts.
        width: cells of a line.
        unicode: signs beyond ASCII can be shown.
    """
    facts = [f"{stats.papers} papers"]
    for number, name in (
        (stats.starred, "starred"), (stats.noted, "with a note"), (stats.tagged, "tagged"),
        (stats.snoozed, "put off"), (stats.untitled, "without a title"),
    ):  # fmt: skip
        facts += [f"{number} {name}"] if number else []
    lines: list[ReportLine] = [_heading("Papers"), *_wrapped(facts, width), ()]
    lines += [*_bars(stats.statuses, width, unicode=unicode), ()]
    weeks = _shown_weeks(stats.weeks, width)
    for title, part, values in (
        ("Inbox: unread papers at the end of each week", "bar", [week.inbox for week in weeks]),
        ("Added each week", "bar", [week.added for week in weeks]),
        ("Read each week", "good", [week.read for week in weeks]),
    ):
        lines += _plot(title, values, part, unicode=unicode)
    if weeks:
        since = f"{len(weeks)} weeks, from {weeks[0].monday} to this one"
        lines += [(ReportSpan(" " * _SCALE + since, "muted"),), ()]
    return [*lines, _heading("Pace"), *_wrapped(_pace(stats), width)]


def collection_lines(stats: Stats, width: int, *, unicode: bool) -> list[ReportLine]:
    """What the papers are: tags, categories and years; arguments as those of ``state``."""
    lines: list[ReportLine] = []
    for title, rows in (
        ("Tags", stats.tags),
        ("Categories", stats.categories),
        ("Years", tuple((str(year), number) for year, number in stats.years)),
    ):
        lines += [_heading(title), *_bars(rows[:_ROWS], width, unicode=unicode)]
        if not rows:
            lines.append((ReportSpan("none", "muted"),))
        elif len(rows) > _ROWS:
            rest = sum(number for _, number in rows[_ROWS:])
            lines.append((ReportSpan(f"and {len(rows) - _ROWS} more on {rest} papers", "muted"),))
        lines.append(())
    return lines


def _heading(text: str) -> ReportLine:
    return (ReportSpan(text, "heading"),)


def _shown_weeks(weeks: Sequence[Week], width: int) -> Sequence[Week]:
    """The weeks that fit beside the scale, from the one in which the list began."""
    fitting = weeks[-max(_FEWEST_WEEKS, (width - _SCALE) // _COLUMN) :]
    begun = next((at for at, week in enumerate(fitting) if any(week[1:])), len(fitting))
    return fitting[min(begun, max(0, len(fitting) - _FEWEST_WEEKS)) :]


def _bars(rows: Sequence[tuple[str, int]], width: int, *, unicode: bool) -> Iterator[ReportLine]:
    most = max((number for _, number in rows), default=0)
    digits = len(str(most))
    names = min(max((len(name) for name, _ in rows), default=0), _NAME, max(width - digits - 8, 4))
    room = min(max(width - names - digits - 2, 4), _LONGEST)
    for name, number in rows:
        shown = name if len(name) <= names else name[: names - 1] + ("…" if unicode else "~")
        yield (
            ReportSpan(f"{shown:<{names}} "),
            ReportSpan(f"{number:>{digits}} ", "muted"),
            ReportSpan(bar_chart_row(number, most, room, unicode=unicode).rstrip(), "bar"),
        )


def _plot(title: str, values: Sequence[int], part: str, *, unicode: bool) -> Iterator[ReportLine]:
    most = max(values, default=0)
    yield _heading(title)
    if not most:
        yield from ((ReportSpan(" " * _SCALE + "none", "muted"),), ())
        return
    axis = "┤" if unicode else "|"
    for place, line in enumerate(column_chart(values, most, _HEIGHT, column_width=_COLUMN, unicode=unicode)):
        scale = str(most) if place == 0 else "0" if place == _HEIGHT - 1 else ""
        yield (ReportSpan(f"{scale:>{_SCALE - 2}} {axis}", "muted"), ReportSpan(line.rstrip(), part))
    yield ()


def _pace(stats: Stats) -> list[str]:
    this = stats.weeks[-1] if stats.weeks else None
    if not stats.pace or this is None:
        return ["nothing was triaged in the last weeks"]
    said = [f"triaged {stats.pace:g} a week, {this.triaged} of them in this one"]
    if stats.inbox:
        weeks = stats.inbox / stats.pace
        said.append(f"at that pace the inbox is empty in {f'{weeks:.0f} weeks' if weeks >= 1.5 else 'a week'}")
    return said


def _wrapped(facts: Sequence[str], width: int) -> Iterator[ReportLine]:
    line = ""
    for fact in facts:
        if line and len(line) + 2 + len(fact) > width:
            yield (ReportSpan(line + ","),)
            line = fact
        else:
            line = f"{line}, {fact}" if line else fact
    if line:
        yield (ReportSpan(line),)
