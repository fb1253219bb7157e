"""Triage: one paper at a time on the whole screen, one key a decision, and one key that takes all of it back.

Works over the unread papers of the list as it stands; what is decided leaves ``unread``, so that stopping and coming
back another day goes on where it was. Every decision is a step of the history like any other.
"""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.app import status
from tui.app.actions import marking, noting, stepping
from tui.app.paper_page import paper_page
from tui.app.screens.dialog import LeavesOnce
from tui.app.triage_tally import Decision, Tally
from tui.app.widgets.bars import KeyBar
from tui.commands import COMMANDS, written
from tui.paper.edit import Edit
from tui.paper.mark import Status
from tui.text.sanitise import one_line

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tui.app.screens.desk import Desk

_LATER = timedelta(days=7)
_QUICK_TAGS = 9
_VERBS = {
    "triage.keep": ("kept", Status.QUEUED),
    "triage.skip": ("skipped", Status.SKIPPED),
    "triage.read": ("read", Status.READ),
}
_COMMAND_OF = {key: command.id for command in COMMANDS if command.pane == "triage" for key in command.keys}


class Triage(LeavesOnce[Tally]):
    """Decide on papers one by one.

    Args:
        desk: the desk below, which carries the decisions out and follows with its cursor.
        ids: the papers to decide on.
    """

    DEFAULT_CSS = """
    Triage { layout: vertical; background: $background; }
    Triage #triage-head { height: 1; padding: 0 1; background: $panel; }
    Triage #triage-body { height: 1fr; align-horizontal: center; background: $background; }
    Triage #triage-page {
        width: 92; max-width: 100%; height: auto; min-height: 100%; padding: 1 2; background: $surface;
    }
    Triage #triage-news { height: 1; padding: 0 1; background: $panel; }
    Triage KeyBar { height: 1; padding: 0 1; }
    """

    def __init__(self, desk: Desk, ids: tuple[str, ...]) -> None:
        super().__init__()
        self._desk = desk
        self._ids = ids
        self._at = 0
        self._tally = Tally(len(ids))
        self._began = monotonic()

    def compose(self) -> ComposeResult:
        """Head, page, news, keys."""
        yield Static(id="triage-head", markup=False)
        with VerticalScroll(id="triage-body", can_focus=False):
            yield Static(id="triage-page", markup=False)
        yield Static(id="triage-news", markup=False)
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Show what a dialog changed, or the first paper."""
        self._show()

    def on_resize(self) -> None:
        """The bars are set to the width."""
        self.call_after_refresh(self._show)

    def on_key(self, event: events.Key) -> None:
        """Take every key in the order it came; see the module on dialogs."""
        event.stop()
        event.prevent_default()
        if event.character is not None and event.character.isdigit():
            self._toggle_quick_tag(int(event.character))
        else:
            self._run(_COMMAND_OF.get(event.key, ""))

    def _run(self, command: str) -> None:
        if command == "triage.stop":
            self.dismiss(self._tally)
        elif command == "triage.take_back":
            self._take_all_back()
        elif command == "triage.undo":
            self._take_one_back()
        elif command in {"triage.down", "triage.up"}:
            body = self.query_one("#triage-body", VerticalScroll)
            body.scroll_relative(y=3 if command == "triage.down" else -3, animate=False)
        elif self._current is not None:
            self._run_on_paper(command, self._current)

    def _run_on_paper(self, command: str, paper_id: str) -> None:
        if command in _VERBS:
            verb, new = _VERBS[command]
            self._decide(paper_id, verb, Edit(status=new))
        elif command == "triage.later":
            back = self._desk.session.today() + _LATER
            self._decide(paper_id, "later", Edit(snoozed_until=back.isoformat()))
        elif command == "triage.leave":
            self._go(self._at + 1)
        elif command == "triage.star":
            marking.star(self._desk)
            self._show()
        elif command == "triage.tags":
            marking.tags(self._desk)
        elif command == "triage.note":
            noting.in_place(self._desk)

    @property
    def _current(self) -> str | None:
        return self._ids[self._at] if self._at < len(self._ids) else None

    def _decide(self, paper_id: str, verb: str, edit: Edit) -> None:
        if self._desk.carry_out(edit, targets=(paper_id,)):
            step = self._desk.session.history(1)[0].number
            self._tally = self._tally.with_decision(Decision(paper_id, verb, step))
            self._go(self._at + 1)
        else:
            self._show()

    def _toggle_quick_tag(self, digit: int) -> None:
        tags = self._quick_tags()
        if self._current is not None and 0 < digit <= len(tags):
            tag = tags[digit - 1]
            carried = tag.casefold() in {
                each.casefold() for each in self._desk.session.entry(self._current).mark.tags
            }
            edit = Edit(remove_tags=(tag,)) if carried else Edit(add_tags=(tag,))
            self._desk.carry_out(edit, targets=(self._current,))
            self._show()

    def _take_one_back(self) -> None:
        """Undo the latest step, and go to its paper where it was a decision of this session."""
        decided = {made.step: made for made in self._tally.decisions}
        change = self._desk.session.undoable()
        stepping.undo(self._desk)
        if change is not None and change.number in decided:
            self._tally = self._tally.without(change.number)
            self._go(self._ids.index(decided[change.number].paper))
        else:
            self._show()

    def _take_all_back(self) -> None:
        """Undo every step back to the first decision of this session."""
        first = min((made.step for made in self._tally.decisions), default=None)
        if first is None:
            return
        while (change := self._desk.session.undoable()) is not None and change.number >= first:
            if not self._desk.guarded(lambda: stepping.undo(self._desk)):
                break
        self._tally = Tally(len(self._ids))
        self._go(0)
        self._desk.tell("took the whole session back")
        self._show()

    def _go(self, place: int) -> None:
        self._at = place
        if self._current is not None:
            self._desk.papers.go_to(self._current)
        self.query_one("#triage-body", VerticalScroll).scroll_home(animate=False)
        self._show()

    def _quick_tags(self) -> list[str]:
        return [tag for tag, _ in self._desk.session.tags()[:_QUICK_TAGS]]

    def _show(self) -> None:
        glyphs = self._desk.glyphs
        done, total = len(self._tally.decisions), self._tally.total
        head = Content.assemble(
            ("Triage  ", "bold $secondary"),
            status.progress_bar(done, total, glyphs),
            f"  {done} of {total}",
            (f"  {self._tally.summary()}  {self._tally.pace(monotonic() - self._began)}", "$ink-muted"),
        )
        self.query_one("#triage-head", Static).update(head, layout=False)
        self.query_one("#triage-news", Static).update(
            Content.styled(one_line(self._desk.news), "$ink-muted"), layout=False
        )
        self.query_one("#triage-page", Static).update(self._page())
        hints = [(written(command.keys[0]), command.footer) for command in COMMANDS if command.pane == "triage"]
        quick = [(str(place), tag) for place, tag in enumerate(self._quick_tags()[:3], start=1)]
        self.query_one(KeyBar).show([*[hint for hint in hints if hint[1]], *quick])

    def _page(self) -> Content:
        if self._current is not None:
            return paper_page(self._desk.session.entry(self._current), (), self._desk.glyphs)
        lines = [
            Content.styled("That was the last one.", "bold $primary"),
            Content(f"{len(self._tally.decisions)} of {self._tally.total} decided: {self._tally.summary()}."),
            Content(""),
            Content.assemble(("q", "bold $secondary"), " goes back to the list"),
            Content.assemble(("u", "bold $secondary"), " takes back the last decision"),
            Content.assemble(("Z", "bold $secondary"), " takes back the whole session"),
        ]
        return Content("\n").join(lines)
