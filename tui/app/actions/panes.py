"""Actions: focus, show and resize the panes, go back, quit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import insights
from tui.ui_state import PaneSizes

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen


def scroll_down(screen: MainScreen) -> None:
    """Scroll the abstract down by three lines."""
    screen.detail.scroll_lines(3)


def scroll_up(screen: MainScreen) -> None:
    """Scroll the abstract up by three lines."""
    screen.detail.scroll_lines(-3)


def toggle_full_width(screen: MainScreen) -> None:
    """Toggle the full width of the paper; if a term left the list empty, drop that term instead."""
    relaxation = screen.query_controller.relaxation
    if relaxation is not None and relaxation.rest is not None:
        screen.put_query(relaxation.rest)
        return
    set_full_width(screen, not screen.has_class("-reading"))


def toggle_provenance(screen: MainScreen) -> None:
    """Show or hide, above the abstract, which source and line gave each field."""
    screen.shows_provenance = not screen.shows_provenance
    screen.show_detail()


def next_pane(screen: MainScreen) -> None:
    """Focus the pane to the right."""
    _focus_pane(screen, 1)


def previous_pane(screen: MainScreen) -> None:
    """Focus the pane to the left."""
    _focus_pane(screen, -1)


def toggle_filter_pane(screen: MainScreen) -> None:
    """Focus the filter pane, or the list again."""
    is_opening = screen.focused is not screen.filters
    screen.set_class(is_opening, "-filtering")
    screen.set_focus(screen.filters if is_opening else screen.papers)


def back(screen: MainScreen) -> None:
    """Close or clear one of these, in this order: selected text, full width, filter pane, range, selection, query."""
    if screen.get_selected_text():
        screen.clear_selection()
    elif screen.has_class("-reading"):
        set_full_width(screen, False)
    elif screen.focused is not screen.papers:
        screen.remove_class("-filtering")
        screen.set_focus(screen.papers)
    elif screen.range_start is not None:
        screen.range_start = None
    elif screen.selected:
        screen.put_selection(frozenset())
    elif screen.query_text:
        screen.put_query("")


def back_or_quit(screen: MainScreen) -> None:
    """Close the full width or the filter pane; else quit."""
    if screen.has_class("-reading") or screen.has_class("-filtering"):
        back(screen)
    else:
        request_quit(screen)


def request_quit(screen: MainScreen) -> None:
    """Quit, unless changes would be lost."""
    screen.quit_controller.quit()


def save(screen: MainScreen) -> None:
    """Retry changes that could not be written."""
    if screen.retry_queue.retry():
        screen.notify_status("everything is saved")


def suspend(screen: MainScreen) -> None:
    """Suspend to the shell."""
    screen.app.action_suspend_process()


def larger(screen: MainScreen) -> None:
    """Enlarge the focused pane."""
    _resize(screen, 1)


def smaller(screen: MainScreen) -> None:
    """Shrink the focused pane."""
    _resize(screen, -1)


def reset_sizes(screen: MainScreen) -> None:
    """Reset the pane sizes."""
    screen.panes.apply_sizes(PaneSizes())


def set_full_width(screen: MainScreen, reading: bool) -> None:
    """Show the paper at full width, or the panes again."""
    screen.set_class(reading, "-reading")
    screen.panes.apply_sizes()
    screen.show_detail()
    if reading:
        insights.when_prepared(screen, screen.show_detail, show_progress=False)
    screen.set_focus(screen.detail if reading else screen.papers)


def _focus_pane(screen: MainScreen, step: int) -> None:
    panes = (screen.filters, screen.papers, screen.detail)
    current = next((index for index, pane in enumerate(panes) if screen.focused is pane), 1)
    target = panes[(current + step) % len(panes)]
    screen.set_class(target is screen.filters, "-filtering")
    if screen.has_class("-reading") and target is not screen.detail:
        set_full_width(screen, False)
    screen.set_focus(target)


def _resize(screen: MainScreen, step: int) -> None:
    if screen.has_class("-reading"):
        screen.notify_status(
            f"panes cannot be resized at full width, {screen.keys.key('view.detail')} returns to the panes"
        )
        return
    pane = next((pane for pane in (screen.filters, screen.detail) if screen.focused is pane), screen.papers)
    if not screen.panes.resize_pane(pane, step):
        screen.notify_status(f"the pane cannot get any {'larger' if step > 0 else 'smaller'}")
