"""The queue on the command line: priority, due date and snooze are set, found and sorted by."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def in_days(days: int) -> str:
    return (datetime.now().astimezone().date() + timedelta(days=days)).isoformat()


def titles(run: Run, *query: str) -> list[str]:
    result = run("list", "--json", *query)
    return [paper["title"].split()[0] for paper in json.loads(result.out)] if result.status == 0 else []


def test_priority_and_due_date_order_the_queue(run: Run) -> None:
    run("mark", "--priority", "low", "--status", "queued", "splatting")
    run("mark", "--priority", "high", "--due", "3w", "caches")
    run("mark", "--priority", "high", "--due", in_days(3), "experts")
    assert titles(run, "sort:priority,due", "has:priority") == ["Mixture", "Streaming", "Gaussian"]
    assert titles(run, "sort:due")[:2] == ["Mixture", "Streaming"]
    assert titles(run, "priority:high") == ["Streaming", "Mixture"]
    assert titles(run, "due:<=7d") == titles(run, "due:7d") == ["Mixture"]
    assert titles(run, "due:>=today", "-priority:low", "sort:due-desc") == ["Streaming", "Mixture"]
    assert len(titles(run, "no:due")) == 3
    assert titles(run, "is:queued") == ["Gaussian"]
    shown = run("show", "experts").out
    assert "priority:    high" in shown
    assert f"due:         {in_days(3)}" in shown


def test_one_command_is_one_step_and_none_removes(run: Run) -> None:
    run("mark", "--priority", "high", "--due", "tomorrow", "--snooze", "2w", "splatting")
    [record] = json.loads(run("list", "--json", "splatting").out)
    assert (record["priority"], record["due"], record["snoozed_until"]) == ("high", in_days(1), in_days(14))
    assert titles(run, "is:snoozed", "snoozed:2w") == ["Gaussian"]
    result = run("mark", "--priority", "none", "--due", "none", "--snooze", "none", "splatting")
    assert "remove the priority and remove the due date and wake" in result.out
    assert titles(run, "has:priority") == []
    run("undo")
    assert titles(run, "priority:high", "has:due") == ["Gaussian"]
    run("undo")
    assert titles(run, "has:due") == []


def test_what_is_overdue_is_found(run: Run) -> None:
    run("mark", "--due", in_days(-2), "splatting")
    assert titles(run, "is:overdue") == titles(run, "due:<today") == ["Gaussian"]
    assert titles(run, "due:7d") == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("splatting",), "'splatting' is not a status"),
        ((), "nothing to set"),
        (
            ("--due", "soon", "splatting"),
            "'soon' is not a date (write 2027-03-01, tomorrow, friday, 10d, 2w, 3m or 1y)",
        ),
        (("--snooze", "2027-02-30", "splatting"), "'2027-02-30' is not a date"),
        (("--priority", "urgent", "splatting"), "'urgent' is not one of high, medium, low, none"),
    ],
)
def test_a_wrong_value_is_one_sentence(arguments: tuple[str, ...], message: str, run: Run) -> None:
    result = run("mark", *arguments)
    assert (result.status, result.out) == (2, "")
    assert message in result.err


def test_the_queue_survives_an_export_and_import(run: Run) -> None:
    run("mark", "--priority", "high", "--due", "2030-01-02", "splatting")
    json_lines = run("export", "--format", "json", "splatting").out
    record = json.loads(json_lines)[0]
    assert (record["priority"], record["due"]) == ("high", "2030-01-02")
    assert "2030-01-02" in run("export", "--format", "csv", "splatting").out
    assert "priority, due" in run("export", "--format", "bibtex", "splatting").err
