"""Triage: one paper at a time on the whole screen, one key a decision, and one key that takes all of it back.

Works over the unread papers of the list or the selection. Every decision is a step of the history like any other; a
session that is interrupted goes on where it was, also another day.
"""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.content import Content

from tui.app import status_text
from tui.app.actions import export, help_, history, marks, notes, triage
from tui.app.paper_view import paper_view
from tui.app.screens.overlay import OverlayScreen
from tui.app.triage_session import Decision, TriageSession
from tui.app.widgets.detail_pane import DetailPane
from tui.app.widgets.status_bars import Bar, KeyBar, footer_hints
from tui.commands import display_key
from tui.model.edit import Edit
from tui.model.entry import Entry
from tui.model.mark import Status
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.app.screens.main_screen import MainScreen
    from tui.settings.settings import TriageAction

_QUICK_TAGS = 9
_TAGS_SHOWN = 4
_GONE = "this paper is not in the list any more"
# Commands that do here what they do at the desk.
_AT_THE_DESK = {
    "triage.tags": marks.tags,
    "triage.note": notes.edit_note,
    "triage.star": marks.star,
    "triage.open": export.open_link,
    "triage.help": help_.show_help,
}


class TriagePage(DetailPane, can_focus=False):
    """The paper that is decided on."""


class TriageScreen(OverlayScreen[None]):
    """Decide on papers one by one.

    Args:
        desk: the desk below, which carries the decisions out and follows with its cursor.
        ids: the papers of the session: those decided on in earlier sittings, then those to decide on.
        tally: the decisions of earlier sittings.
    """

    DEFAULT_CSS = """
    TriageScreen { layout: vertical; background: $background; }
    TriageScreen Bar { height: 1; padding: 0 1; background: $panel; }
    TriageScreen #triage-body { height: 1fr; align-horizontal: center; }
    TriageScreen #triage-page { width: 92; max-width: 100%; height: 1fr; padding: 1 0 0 2; background: $surface; }
    TriageScreen KeyBar { background: $background; }
    """

    def __init__(self, desk: MainScreen, ids: tuple[str, ...], tally: TriageSession) -> None:
        super().__init__()
        self._desk = desk
        self._ids = ids
        self._tally = tally
        self._at = len(tally.decisions)
        self._floor = self._latest()  # the last step before this sitting
        self._gone: dict[
            int, TriageSession
        ] = {}  # the tally before a step that was undone, or that took the session back
        self._began = monotonic()
        self._page_of: object = None

    def compose(self) -> ComposeResult:
        """Head, page, news, keys."""
        yield Bar(id="triage-head")
        with Container(id="triage-body"):
            yield TriagePage(id="triage-page")
        yield Bar(id="triage-news")
        yield KeyBar(id="triage-keys")

    def on_mount(self) -> None:
        """Let the desk follow to the first paper."""
        self._go(self._at)

    def on_screen_resume(self) -> None:
        """Show what a dialog changed."""
        self._show()

    def on_resize(self) -> None:
        """The bars are set to the width."""
        self.call_after_refresh(self._show)

    def save_state(self) -> None:
        """Keep the session, for the next time."""
        triage.stop(self._desk, self._tally, (self._floor + 1, self._latest()))

    def on_key(self, event: events.Key) -> None:
        """Take every key in the order it came; see the module on dialogs."""
        event.stop()
        event.prevent_default()
        command = self._desk.keys.bindings_for("triage").get(event.key, "")
        if not command and event.character is not None and event.character.isdecimal():
            self._toggle_quick_tag(int(event.character))
        elif not command and event.is_printable:
            self._desk.notify_status(
                f"{display_key(event.key)} is no key here: {self._desk.keys.key('triage.help')} finds every key"
            )
            self._show()
        else:
            self._run(command)

    def _run(self, command: str) -> None:
        if command == "triage.stop":
            if self.is_active:
                self.save_state()
            self.dismiss(None)
        elif command == "triage.take_back":
            self._desk.guarded(self._take_all_back)
            self._show()
        elif command == "triage.undo":
            self._desk.guarded(self._take_one_back)
            self._show()
        elif command == "triage.redo":
            self._desk.guarded(self._do_again)
            self._show()
        elif command in {"triage.down", "triage.up"}:
            self.query_one(TriagePage).scroll_lines(3 if command == "triage.down" else -3)
        elif self._current is not None:
            self._run_on_paper(command, self._current)

    def _run_on_paper(self, command: str, paper_id: str) -> None:
        verb = next((verb for verb in self._desk.settings.triage if command == f"triage.{verb.name}"), None)
        if command == "triage.leave":
            self._go(self._at + 1)
        elif command == "triage.previous":
            self._go(max(self._at - 1, 0))
        elif self._is_gone(paper_id, from_list=command in _AT_THE_DESK):
            self._desk.notify_status(_GONE)
            self._show()
        elif verb is not None:
            self._decide(paper_id, verb)
        elif command in _AT_THE_DESK:
            self._desk.guarded(lambda: _AT_THE_DESK[command](self._desk))
            self._show()

    @property
    def _current(self) -> str | None:
        return self._ids[self._at] if self._at < len(self._ids) else None

    def _is_gone(self, paper_id: str, *, from_list: bool) -> bool:
        """Whether a paper left the reading list, or the list below alone, while it was decided on."""
        return paper_id not in self._desk.session.ids() or (from_list and self._desk.papers.current != paper_id)

    def _latest(self) -> int:
        return max((change.number for change in self._desk.session.history(1)), default=0)

    def _decide(self, paper_id: str, verb: TriageAction) -> None:
        before = self._latest()
        if not self._desk.carry_out(self._edit(verb), targets=(paper_id,)):
            self._show()
            return
        step = self._latest()
        if step > before and (verb.status or verb.snooze):  # else it is told more of, and not decided on
            self._tally = self._tally.with_decision(Decision(paper_id, verb.past_tense, step))
        if verb.note:
            notes.edit_note(self._desk)
        self._go(self._at + verb.advances)

    def _edit(self, verb: TriageAction) -> Edit:
        back = self._desk.session.today() + timedelta(days=verb.snooze)
        return Edit(
            status=Status(verb.status) if verb.status else None,
            starred=True if verb.star else None,
            add_tags=verb.tags,
            append_note=verb.note or None,
            snoozed_until=back.isoformat() if verb.snooze else None,
        )

    def _toggle_quick_tag(self, digit: int) -> None:
        tags = self._quick_tags()
        if self._current is None or self._is_gone(self._current, from_list=False):
            return
        if not 0 < digit <= len(tags):
            self._desk.notify_status(f"there is no tag {digit} yet: {self._desk.keys.key('triage.tags')} gives tags")
            self._show()
        else:
            tag = tags[digit - 1]
            carried = tag.casefold() in {
                each.casefold() for each in self._desk.session.entry(self._current).mark.tags
            }
            edit = Edit(remove_tags=(tag,)) if carried else Edit(add_tags=(tag,))
            self._desk.carry_out(edit, targets=(self._current,))
            self._show()

    def _take_one_back(self) -> None:
        """Undo the latest step of the session, and go to its paper."""
        change = self._desk.session.undoable()
        if change is None or not self._is_ours(change.number):
            self._desk.notify_status("nothing of this session to take back")
            return
        history.undo(self._desk)
        if change.number in self._gone:
            self._put(self._gone.pop(change.number))
        else:
            self._gone[change.number] = self._tally
            self._put(self._tally.without(change.number))
        self._go_to(change.ids)

    def _do_again(self) -> None:
        """Redo what was undone, and go on behind its paper."""
        before = self._latest()
        history.redo(self._desk)
        done = self._desk.session.undoable()
        if self._latest() > before and done is not None:
            self._put(self._gone.pop(done.number, self._tally))
            self._go_to(done.ids)
            if any(made.step == done.number for made in self._tally.decisions):
                self._go(self._at + 1)

    def _take_all_back(self) -> None:
        """Take back all that the session did to its papers, as one step of the history."""
        spans = (*self._tally.steps, (self._floor + 1, self._latest()))
        steps = {step for first, last in spans for step in range(first, last + 1)}
        label = f"take back the triage of {len(self._tally.decisions)}"
        change = self._desk.session.revert_change(steps, label, frozenset(self._ids))
        if change is None:
            self._desk.notify_status("nothing of this session to take back")
            return
        self._gone[change.number] = self._tally
        self._put(TriageSession(len(self._ids)))
        self._desk.show_change(change, "took the whole session back", status_text.UNDO_HINT)
        self._go(0)

    def _is_ours(self, step: int) -> bool:
        return step > self._floor or any(first <= step <= last for first, last in self._tally.steps)

    def _put(self, tally: TriageSession) -> None:
        self._tally = tally._replace(steps=self._tally.steps or tally.steps)

    def _go_to(self, papers: Sequence[str]) -> None:
        """Go to the paper of a step; after one of several papers, to the first that is not decided on."""
        if len(papers) == 1 and papers[0] in self._ids:
            self._go(self._ids.index(papers[0]))
        else:
            decided = {made.paper for made in self._tally.decisions}
            self._go(next((at for at, paper_id in enumerate(self._ids) if paper_id not in decided), len(self._ids)))

    def _go(self, place: int) -> None:
        self._at = place
        if self._current is not None:
            self._desk.papers.go_to(self._current)
        self.query_one(TriagePage).scroll_home(animate=False, immediate=True)
        self._show()

    def _quick_tags(self) -> list[str]:
        return [tag for tag, _ in self._desk.session.tags()[:_QUICK_TAGS]]

    def _show(self) -> None:
        width = self.size.width - 2
        self.query_one("#triage-head", Bar).put(self._head(width))
        quick = self._quick_tags()[:_TAGS_SHOWN] if self._current is not None else []
        keys = Content.assemble(
            *((f"  {digit} ", "bold $secondary") if not word else (sanitise_line(word), "$tag-ink")
              for digit, tag in enumerate(quick, start=1) for word in ("", tag))
        )  # fmt: skip
        room = max(width - keys.cell_length - 2, 0)
        news = Content.styled(sanitise_line(self._desk.message), "$ink-muted").truncate(room, ellipsis=True)
        self.query_one("#triage-news", Bar).put(
            Content.assemble(news, " " * max(width - news.cell_length - keys.cell_length, 0), keys)
        )
        self._show_page()
        keymap = self._desk.keys
        self.query_one(KeyBar).show(
            footer_hints("triaged", keymap) if self._current is None else keymap.footer_items("triage")
        )

    def _head(self, width: int) -> Content:
        """Where the session is; what is least needed leaves first where there is no room."""
        glyphs = self._desk.glyphs
        tally = self._tally
        parts = [
            Content.styled("Triage", "bold $secondary"),
            status_text.progress_bar(len(tally.decisions), tally.total, glyphs),
            Content.styled(sanitise_line(f"{len(tally.decisions)} of {tally.total}"), "bold"),
            Content.styled(sanitise_line(f"{tally.left} left"), "$ink-muted"),
            Content.styled(sanitise_line(tally.summary() if tally.decisions else ""), "$ink-muted"),
            Content.styled(sanitise_line(tally.pace(monotonic() - self._began)), "$ink-muted"),
        ]
        while len(parts) > 3 and sum(part.cell_length + 2 for part in parts) - 2 > width:
            del parts[-1]
        return Content("  ").join([part for part in parts if part])

    def _show_page(self) -> None:
        """Show the paper, or the summary; again only where it is another one."""
        if self._current is None:
            of: object = self._tally
        elif self._is_gone(self._current, from_list=False):
            of = _GONE
        else:
            of = self._desk.session.entry(self._current)
        if of is not self._page_of:
            self._page_of = of
            self.query_one(TriagePage).show(self._page(of), of=self._current)

    def _page(self, of: object) -> Content:
        if isinstance(of, Entry):
            return paper_view(of, (), self._desk.glyphs)
        return self._summary() if of is self._tally else Content(_GONE)

    def _summary(self) -> Content:
        tally = self._tally
        passed = (
            f"{tally.left} left undecided: {self._desk.keys.key('mark.triage')} comes back to them."
            if tally.left
            else ""
        )
        keys = self._desk.keys
        lines = [
            Content.styled("That was the last one.", "bold $primary"),
            Content(sanitise_line(f"{len(tally.decisions)} of {tally.total} decided: {tally.summary()}.")),
            *([Content.styled(sanitise_line(passed), "$ink-muted")] if passed else []),
            Content(""),
            Content.assemble((sanitise_line(keys.key("triage.stop")), "bold $secondary"), " goes back to the list"),
            Content.assemble(
                (sanitise_line(keys.key("triage.undo")), "bold $secondary"), " takes back the last decision"
            ),
            Content.assemble(
                (sanitise_line(keys.key("triage.take_back")), "bold $secondary"),
                " takes back the whole session, as one step",
            ),
        ]
        return Content("\n").join(lines)
