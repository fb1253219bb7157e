"""Selecting papers: one, a range, all, none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions.bulk_confirmation import agree

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen


def targets(desk: MainScreen) -> tuple[str, ...]:
    """The papers a command acts on: the selection, or else the paper under the cursor."""
    if desk.selected:
        return in_order(desk)
    return (desk.papers.current,) if desk.papers.current is not None else ()


def titled(desk: MainScreen, title: str, link: str) -> str:
    """A title that says for how many papers it is: ``Status of 12 papers``; as it is without a selection."""
    count = len(desk.selected)
    return f"{title} {link} {count} paper{'' if count == 1 else 's'}" if count else title


def in_order(desk: MainScreen) -> tuple[str, ...]:
    """The selected papers in the order of the list, those out of sight last."""
    seen = [paper_id for paper_id in desk.papers.ids if paper_id in desk.selected]
    return (*seen, *sorted(desk.selected.difference(seen)))


def toggle(desk: MainScreen) -> None:
    """Select the paper, or not any more, and go on."""
    if desk.papers.current is not None:
        desk.put_selection(desk.selected ^ {desk.papers.current})
        desk.papers.move(1)


def start_or_end_range(desk: MainScreen) -> None:
    """Start a range at the cursor, or end it."""
    desk.range_start = None if desk.range_start is not None else desk.papers.current
    extend_range(desk)


def extend_range(desk: MainScreen) -> None:
    """Select from the start of the range to the cursor, where a range was started."""
    start = desk.papers.place(desk.range_start) if desk.range_start is not None else None
    if start is not None:
        low, high = sorted((start, desk.papers.cursor))
        desk.put_selection(desk.selected | frozenset(desk.papers.ids[low : high + 1]))


def end_range(desk: MainScreen, command: str) -> None:
    """A command that acts on what is selected ends the range, as in vim; what is selected stays for the next one."""
    if command.startswith(("mark.", "out.")):
        desk.range_start = None


def everything(desk: MainScreen) -> None:
    """Every paper of the list, or none where all are selected."""
    every = frozenset(desk.papers.ids)
    desk.put_selection(frozenset() if every <= desk.selected else every)


def invert(desk: MainScreen) -> None:
    """What is not selected, of the papers in the list; those out of sight stay as they are.

    Where nothing is selected that is every paper, which is rarely meant by this key, and asked about.
    """
    every = frozenset(desk.papers.ids)
    if desk.selected:
        desk.put_selection(desk.selected ^ every)
    else:
        papers = "the one paper" if len(every) == 1 else f"all {len(every)} papers"
        agree(desk, f"Nothing is selected; select {papers} of the list?", lambda: desk.put_selection(every))


def above(desk: MainScreen) -> None:
    """From the first paper to this one."""
    desk.put_selection(desk.selected.union(desk.papers.ids[: desk.papers.cursor + 1]))


def below(desk: MainScreen) -> None:
    """From this paper to the last one."""
    desk.put_selection(desk.selected.union(desk.papers.ids[desk.papers.cursor :]))


def down(desk: MainScreen) -> None:
    """The paper and the next one."""
    _select_and_go(desk, 1)


def up(desk: MainScreen) -> None:
    """The paper and the one before."""
    _select_and_go(desk, -1)


def _select_and_go(desk: MainScreen, step: int) -> None:
    papers = desk.papers
    reached = max(0, min(papers.cursor + step, papers.count - 1))
    desk.put_selection(desk.selected | {papers.ids[papers.cursor], papers.ids[reached]})
    papers.cursor = reached
