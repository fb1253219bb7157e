"""What each command does: one function a command, two or three lines over the desk. ``ACTIONS`` joins them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import (
    curating,
    finding,
    marking,
    moving,
    noting,
    panes,
    selecting,
    stepping,
    tag_managing,
    taking_out,
    viewing,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.app.screens.desk import Desk

ACTIONS: Mapping[str, Callable[[Desk], None]] = {
    "move.down": moving.down,
    "move.up": moving.up,
    "move.top": moving.top,
    "move.bottom": moving.bottom,
    "move.half_down": moving.half_down,
    "move.half_up": moving.half_up,
    "move.page_down": moving.page_down,
    "move.page_up": moving.page_up,
    "move.next": moving.next_unread,
    "move.previous": moving.previous_unread,
    "view.scroll_down": panes.scroll_down,
    "view.scroll_up": panes.scroll_up,
    "view.detail": panes.full_width,
    "view.next_pane": panes.following,
    "view.previous_pane": panes.preceding,
    "view.back": panes.back,
    "find.query": finding.query,
    "find.filter": panes.filter_or_list,
    "find.everything": finding.everything,
    "find.view": viewing.open_numbered,
    "find.save_view": viewing.save,
    "find.views": viewing.manage,
    "find.back": finding.back,
    "find.forward": finding.forward,
    "find.sort": finding.sort,
    "find.reverse": finding.reverse,
    "find.refresh": finding.refresh,
    "filter.include": finding.include,
    "filter.exclude": finding.exclude,
    "select.toggle": selecting.toggle,
    "select.range": selecting.start_or_end_range,
    "select.all": selecting.everything,
    "mark.read": marking.read,
    "mark.status": marking.status,
    "mark.star": marking.star,
    "mark.tags": marking.tags,
    "mark.add_tag": marking.add_tag,
    "mark.remove_tag": marking.remove_tag,
    "mark.note": noting.in_place,
    "mark.editor": noting.in_editor,
    "mark.correct": curating.fields,
    "mark.undo": stepping.undo,
    "mark.redo": stepping.redo,
    "mark.history": stepping.history,
    "mark.duplicates": curating.duplicates,
    "mark.manage_tags": tag_managing.manage,
    "mark.repeat": marking.repeat,
    "mark.triage": marking.triage,
    "out.export": taking_out.export,
    "out.copy": taking_out.copy,
    "out.open": taking_out.open_link,
    "app.help": finding.help_keys,
    "app.palette": finding.palette,
    "app.back_or_quit": panes.back_or_quit,
    "app.suspend": panes.suspend,
    "app.quit": panes.leave,
}
