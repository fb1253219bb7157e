"""Actions: select papers, one by one, as a range or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions.bulk_confirmation import confirm

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen


def targets(screen: MainScreen) -> tuple[str, ...]:
    """The papers a command acts on: the selection, or else the paper under the cursor."""
    if screen.selected:
        return selected_in_order(screen)
    return (screen.papers.current,) if screen.papers.current is not None else ()


def title_with_count(screen: MainScreen, title: str, preposition: str) -> str:
    """A title with the number of selected papers: ``Status of 12 papers``; unchanged without a selection."""
    count = len(screen.selected)
    return f"{title} {preposition} {count} paper{'' if count == 1 else 's'}" if count else title


def selected_in_order(screen: MainScreen) -> tuple[str, ...]:
    """The selected papers in list order, those not in the list last."""
    listed = [paper_id for paper_id in screen.papers.ids if paper_id in screen.selected]
    return (*listed, *sorted(screen.selected.difference(listed)))


def toggle(screen: MainScreen) -> None:
    """Select or deselect the paper, and move to the next."""
    if screen.papers.current is not None:
        screen.put_selection(screen.selected ^ {screen.papers.current})
        screen.papers.move(1)


def start_or_end_range(screen: MainScreen) -> None:
    """Start a range at the cursor, or end it."""
    screen.range_start = None if screen.range_start is not None else screen.papers.current
    extend_range(screen)


def extend_range(screen: MainScreen) -> None:
    """Select from the start of the range to the cursor, if a range was started."""
    start = screen.papers.row_of(screen.range_start) if screen.range_start is not None else None
    if start is not None:
        low, high = sorted((start, screen.papers.cursor))
        screen.put_selection(screen.selected | frozenset(screen.papers.ids[low : high + 1]))


def end_range(screen: MainScreen, command: str) -> None:
    """End the range after a command that acts on the selection, as in vim; the selection stays."""
    if command.startswith(("mark.", "out.")):
        screen.range_start = None


def select_all(screen: MainScreen) -> None:
    """Select all listed papers, or clear the selection if all are selected."""
    listed = frozenset(screen.papers.ids)
    screen.put_selection(frozenset() if listed <= screen.selected else listed)


def invert(screen: MainScreen) -> None:
    """Invert the selection of the listed papers; other selected papers stay selected.

    Asks first if nothing is selected, as selecting all papers is rarely meant by this key.
    """
    listed = frozenset(screen.papers.ids)
    if screen.selected:
        screen.put_selection(screen.selected ^ listed)
    else:
        papers = "the only paper" if len(listed) == 1 else f"all {len(listed)} papers"
        confirm(screen, f"Nothing is selected. Select {papers}?", lambda: screen.put_selection(listed))


def above(screen: MainScreen) -> None:
    """Select this paper and all above."""
    screen.put_selection(screen.selected.union(screen.papers.ids[: screen.papers.cursor + 1]))


def below(screen: MainScreen) -> None:
    """Select this paper and all below."""
    screen.put_selection(screen.selected.union(screen.papers.ids[screen.papers.cursor :]))


def down(screen: MainScreen) -> None:
    """Select this paper and the next, and move there."""
    _select_and_move(screen, 1)


def up(screen: MainScreen) -> None:
    """Select this paper and the previous, and move there."""
    _select_and_move(screen, -1)


def _select_and_move(screen: MainScreen, step: int) -> None:
    papers = screen.papers
    target = max(0, min(papers.cursor + step, papers.count - 1))
    screen.put_selection(screen.selected | {papers.ids[papers.cursor], papers.ids[target]})
    papers.cursor = target
