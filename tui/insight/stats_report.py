"""The statistics as lines of text and charts, each span with its role.

The screen and the command line print the same lines, each in its own colours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.text.plural import pluralise
from tui.text.text_charts import bar_chart_row, column_chart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.insight.stats import Stats, Week

_MAX_NAME_WIDTH = 16
_MAX_ROWS = 10
_MAX_BAR_WIDTH = 48
_CHART_HEIGHT = 4
_AXIS_WIDTH = 6
_COLUMN_WIDTH = 3  # including the space after it
_MIN_WEEKS = 8


class ReportSpan(NamedTuple):
    """A part of a line.

    Attributes:
        text: not sanitised.
        part: ``heading``, ``bar``, ``good``, ``muted``, or empty for plain text.
    """

    text: str
    part: str = ""


ReportLine = tuple[ReportSpan, ...]


def activity_lines(stats: Stats, width: int, *, unicode: bool) -> list[ReportLine]:
    """The activity: statuses, inbox, papers added and read by week, and pace.

    Args:
        stats: the counts.
        width: cells of a line.
        unicode: draw charts with Unicode characters.
    """
    items = [pluralise(stats.papers)]
    for number, name in (
        (stats.starred, "starred"), (stats.noted, "with a note"), (stats.tagged, "tagged"),
        (stats.snoozed, "snoozed"), (stats.untitled, "without a title"),
    ):  # fmt: skip
        items += [f"{number} {name}"] if number else []
    lines: list[ReportLine] = [_heading("Papers"), *_wrapped(items, width), ()]
    lines += [*_bars(stats.statuses, width, unicode=unicode), ()]
    weeks = _shown_weeks(stats.weeks, width)
    for title, part, values in (
        ("Inbox: unread papers at the end of each week", "bar", [week.inbox for week in weeks]),
        ("Added each week", "bar", [week.added for week in weeks]),
        ("Read each week", "good", [week.read for week in weeks]),
    ):
        lines += _plot(title, values, part, unicode=unicode)
    if weeks:
        period = f"{len(weeks)} weeks, from {weeks[0].monday} to now"
        lines += [(ReportSpan(" " * _AXIS_WIDTH + period, "muted"),), ()]
    return [*lines, _heading("Pace"), *_wrapped(_pace(stats), width)]


def collection_lines(stats: Stats, width: int, *, unicode: bool) -> list[ReportLine]:
    """The collection: tags, categories and years; arguments as in ``activity_lines``."""
    lines: list[ReportLine] = []
    for title, rows in (
        ("Tags", stats.tags),
        ("Categories", stats.categories),
        ("Years", tuple((str(year), number) for year, number in stats.years)),
    ):
        lines += [_heading(title), *_bars(rows[:_MAX_ROWS], width, unicode=unicode)]
        if not rows:
            lines.append((ReportSpan("none", "muted"),))
        elif len(rows) > _MAX_ROWS:
            # Not on how many papers: one may have several tags and categories.
            lines.append((ReportSpan(f"and {len(rows) - _MAX_ROWS} more", "muted"),))
        lines.append(())
    return lines


def _heading(text: str) -> ReportLine:
    return (ReportSpan(text, "heading"),)


def _shown_weeks(weeks: Sequence[Week], width: int) -> Sequence[Week]:
    """The latest weeks that fit the width, from the first week with any activity."""
    fitting = weeks[-max(_MIN_WEEKS, (width - _AXIS_WIDTH) // _COLUMN_WIDTH) :]
    first = next((at for at, week in enumerate(fitting) if any(week[1:])), len(fitting))
    return fitting[min(first, max(0, len(fitting) - _MIN_WEEKS)) :]


def _bars(rows: Sequence[tuple[str, int]], width: int, *, unicode: bool) -> Iterator[ReportLine]:
    maximum = max((number for _, number in rows), default=0)
    digits = len(str(maximum))
    name_width = min(max((len(name) for name, _ in rows), default=0), _MAX_NAME_WIDTH, max(width - digits - 8, 4))
    bar_width = min(max(width - name_width - digits - 2, 4), _MAX_BAR_WIDTH)
    for name, number in rows:
        label = name if len(name) <= name_width else name[: name_width - 1] + ("…" if unicode else "~")
        yield (
            ReportSpan(f"{label:<{name_width}} "),
            ReportSpan(f"{number:>{digits}} ", "muted"),
            ReportSpan(bar_chart_row(number, maximum, bar_width, unicode=unicode).rstrip(), "bar"),
        )


def _plot(title: str, values: Sequence[int], part: str, *, unicode: bool) -> Iterator[ReportLine]:
    maximum = max(values, default=0)
    yield _heading(title)
    if not maximum:
        yield from ((ReportSpan(" " * _AXIS_WIDTH + "none", "muted"),), ())
        return
    axis = "┤" if unicode else "|"
    for number, line in enumerate(
        column_chart(values, maximum, _CHART_HEIGHT, column_width=_COLUMN_WIDTH, unicode=unicode)
    ):
        scale = str(maximum) if number == 0 else "0" if number == _CHART_HEIGHT - 1 else ""
        yield (ReportSpan(f"{scale:>{_AXIS_WIDTH - 2}} {axis}", "muted"), ReportSpan(line.rstrip(), part))
    yield ()


def _pace(stats: Stats) -> list[str]:
    current = stats.weeks[-1] if stats.weeks else None
    if not stats.pace or current is None:
        return ["no papers triaged in recent weeks"]
    lines = [f"{stats.pace:g} papers triaged per week, {current.triaged} this week"]
    if stats.inbox:
        weeks = stats.inbox / stats.pace
        lines.append(f"inbox empty in {f'{weeks:.0f} weeks' if weeks >= 1.5 else 'a week'} at this pace")
    return lines


def _wrapped(items: Sequence[str], width: int) -> Iterator[ReportLine]:
    line = ""
    for item in items:
        if line and len(line) + 2 + len(item) > width:
            yield (ReportSpan(line + ","),)
            line = item
        else:
            line = f"{line}, {item}" if line else item
    if line:
        yield (ReportSpan(line),)
