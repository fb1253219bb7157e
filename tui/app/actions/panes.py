"""The panes: which has the focus, which are shown, and the way back out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import insights
from tui.ui_state import PaneSizes

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen


def scroll_down(desk: MainScreen) -> None:
    """Three lines of the abstract."""
    desk.detail.scroll_lines(3)


def scroll_up(desk: MainScreen) -> None:
    """Three lines back."""
    desk.detail.scroll_lines(-3)


def full_width(desk: MainScreen) -> None:
    """The paper on the whole screen, and back; where a term emptied the list, the list without it."""
    way_out = desk.asking.relaxation
    if way_out is not None and way_out.rest is not None:
        desk.put_query(way_out.rest)
        return
    read_at_full_width(desk, not desk.has_class("-reading"))


def toggle_provenance(desk: MainScreen) -> None:
    """Show which source and line gave each field, above the abstract, or hide it again."""
    desk.shows_provenance = not desk.shows_provenance
    desk.show_page()


def next_pane(desk: MainScreen) -> None:
    """The pane to the right."""
    _focus_pane(desk, 1)


def previous_pane(desk: MainScreen) -> None:
    """The pane to the left."""
    _focus_pane(desk, -1)


def filter_or_list(desk: MainScreen) -> None:
    """Go to the filter pane, or back to the list."""
    going = desk.focused is not desk.filters
    desk.set_class(going, "-filtering")
    desk.set_focus(desk.filters if going else desk.papers)


def back(desk: MainScreen) -> None:
    """One layer back: selected text, full width, filter pane, range, selection, query."""
    if desk.get_selected_text():
        desk.clear_selection()
    elif desk.has_class("-reading"):
        read_at_full_width(desk, False)
    elif desk.focused is not desk.papers:
        desk.remove_class("-filtering")
        desk.set_focus(desk.papers)
    elif desk.range_start is not None:
        desk.range_start = None
    elif desk.selected:
        desk.put_selection(frozenset())
    elif desk.query_text:
        desk.put_query("")


def back_or_quit(desk: MainScreen) -> None:
    """Close the full-width page or the filter pane; else end the program."""
    if desk.has_class("-reading") or desk.has_class("-filtering"):
        back(desk)
    else:
        leave(desk)


def leave(desk: MainScreen) -> None:
    """End the program, unless something would be lost by it."""
    desk.leaving.asked()


def save(desk: MainScreen) -> None:
    """Try again what the disk refused."""
    if desk.saving.retry():
        desk.notify_status("everything is saved")


def suspend(desk: MainScreen) -> None:
    """Stop, and give the terminal to the shell."""
    desk.app.action_suspend_process()


def larger(desk: MainScreen) -> None:
    """More room for the pane that has the focus."""
    _grow(desk, 1)


def smaller(desk: MainScreen) -> None:
    """Less room for it."""
    _grow(desk, -1)


def reset_sizes(desk: MainScreen) -> None:
    """The sizes that the panes come with."""
    desk.panes.apply_sizes(PaneSizes())


def read_at_full_width(desk: MainScreen, reading: bool) -> None:
    """Give the whole screen to the paper, or back to the panes."""
    desk.set_class(reading, "-reading")
    desk.panes.apply_sizes()
    desk.show_page()
    if reading:
        insights.when_prepared(desk, desk.show_page, aloud=False)
    desk.set_focus(desk.detail if reading else desk.papers)


def _focus_pane(desk: MainScreen, step: int) -> None:
    panes = (desk.filters, desk.papers, desk.detail)
    at = next((index for index, pane in enumerate(panes) if desk.focused is pane), 1)
    target = panes[(at + step) % len(panes)]
    desk.set_class(target is desk.filters, "-filtering")
    if desk.has_class("-reading") and target is not desk.detail:
        read_at_full_width(desk, False)
    desk.set_focus(target)


def _grow(desk: MainScreen, step: int) -> None:
    if desk.has_class("-reading"):
        desk.notify_status("the paper has the whole screen: Enter gives it back")
        return
    pane = next((pane for pane in (desk.filters, desk.detail) if desk.focused is pane), desk.papers)
    if not desk.panes.resize_pane(pane, step):
        desk.notify_status(f"this pane is as {'large' if step > 0 else 'small'} as it gets")
