"""The triage screen: one paper at a time, one key per decision, and one key that reverts the whole session.

It works on the unread papers of the list or the selection. Every decision can be undone like any other change; an
interrupted session is resumed, even on another day.
"""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.content import Content

from tui.app import status_text
from tui.app.actions import history, notes, triage
from tui.app.actions.registry import ACTIONS
from tui.app.detail_content import paper_view
from tui.app.screens.overlay import OverlayScreen
from tui.app.triage_session import Decision, TriageSession
from tui.app.widgets.detail_pane import DetailPane
from tui.app.widgets.status_bars import Bar, KeyBar
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
_GONE = "this paper is no longer in the list"


class TriagePaper(DetailPane, can_focus=False):
    """The current paper."""


class TriageScreen(OverlayScreen[None]):
    """Decide on papers one by one.

    Args:
        main: the main screen below, which applies the decisions; its cursor follows.
        ids: the papers of the session: first those decided before it was interrupted, then the undecided ones.
        progress: the decisions made before it was interrupted.
    """

    DEFAULT_CSS = """
    TriageScreen { layout: vertical; background: $background; }
    TriageScreen Bar { height: 1; padding: 0 1; background: $panel; }
    TriageScreen #triage-body { height: 1fr; align-horizontal: center; }
    TriageScreen #triage-paper { width: 92; max-width: 100%; height: 1fr; padding: 1 0 0 2; background: $surface; }
    TriageScreen KeyBar { background: $background; }
    """

    def __init__(self, main: MainScreen, ids: tuple[str, ...], progress: TriageSession) -> None:
        super().__init__()
        self._main = main
        self._ids = ids
        self._progress = progress
        self._index = len(progress.decisions)
        self._last_before = self._last_step()  # the last history step before this sitting
        # The progress before each step that was undone, or that reverted the session.
        self._undone: dict[int, TriageSession] = {}
        self._started_at = monotonic()
        self._shown: object = None

    def compose(self) -> ComposeResult:
        """Header, paper, status message, keys."""
        yield Bar(id="triage-header")
        with Container(id="triage-body"):
            yield TriagePaper(id="triage-paper")
        yield Bar(id="triage-message")
        yield KeyBar(id="triage-keys")

    def on_mount(self) -> None:
        """Move the cursor of the main screen to the first paper."""
        self._go(self._index)

    def on_screen_resume(self) -> None:
        """Show what a dialog changed."""
        self._show()

    def on_resize(self) -> None:
        """Fit the bars to the width."""
        self.call_after_refresh(self._show)

    def save_state(self) -> None:
        """Save the session, to be resumed the next time."""
        triage.stop(self._main, self._progress, (self._last_before + 1, self._last_step()))

    def on_key(self, event: events.Key) -> None:
        """Handle every key in the order typed, as the dialogs do."""
        event.stop()
        event.prevent_default()
        command = self._main.keys.bindings_for("triage").get(event.key, "")
        if not command and event.character is not None and event.character.isdecimal():
            self._toggle_quick_tag(int(event.character))
        elif not command and event.is_printable:
            self._main.notify_status(
                f"{display_key(event.key)} is not bound here ({self._main.keys.key('triage.help')}: all keys)"
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
            self._main.guarded(self._revert_session)
            self._show()
        elif command == "triage.undo":
            self._main.guarded(self._undo)
            self._show()
        elif command == "triage.redo":
            self._main.guarded(self._redo)
            self._show()
        elif command in {"triage.down", "triage.up"}:
            self.query_one(TriagePaper).scroll_lines(3 if command == "triage.down" else -3)
        elif self._current is not None:
            self._run_on_paper(command, self._current)

    def _run_on_paper(self, command: str, paper_id: str) -> None:
        action = next((each for each in self._main.settings.triage if command == f"triage.{each.name}"), None)
        if command == "triage.leave":
            self._go(self._index + 1)
        elif command == "triage.previous":
            self._go(max(self._index - 1, 0))
        elif self._is_gone(paper_id, from_list=command in ACTIONS):
            self._main.notify_status(_GONE)
            self._show()
        elif action is not None:
            self._decide(paper_id, action)
        elif command == "triage.remove":
            self._remove(paper_id)
        elif command in ACTIONS:
            self._main.guarded(lambda: ACTIONS[command](self._main))
            self._show()

    @property
    def _current(self) -> str | None:
        return self._ids[self._index] if self._index < len(self._ids) else None

    def _is_gone(self, paper_id: str, *, from_list: bool) -> bool:
        """Whether a paper is no longer in the reading list or, with ``from_list``, not in the list of the query."""
        return paper_id not in self._main.session.ids() or (from_list and self._main.papers.current != paper_id)

    def _last_step(self) -> int:
        return max((change.number for change in self._main.session.history(1)), default=0)

    def _decide(self, paper_id: str, action: TriageAction) -> None:
        before = self._last_step()
        if not self._main.carry_out(self._edit(action), targets=(paper_id,)):
            self._show()
            return
        step = self._last_step()
        if step > before and (action.status or action.snooze):  # star, tags and note alone are no decision
            self._progress = self._progress.with_decision(Decision(paper_id, action.past_tense, step))
        if action.note:
            notes.edit_note(self._main)
        self._go(self._index + action.advances)

    def _remove(self, paper_id: str) -> None:
        before = self._last_step()
        if self._main.carry_out(Edit(removed=True), targets=(paper_id,)):
            self._progress = self._progress.with_decision(
                Decision(paper_id, "removed", max(before, self._last_step()))
            )
            self._go(self._index + 1)
        self._show()

    def _edit(self, action: TriageAction) -> Edit:
        until = self._main.session.today() + timedelta(days=action.snooze)
        return Edit(
            status=Status(action.status) if action.status else None,
            starred=True if action.star else None,
            add_tags=action.tags,
            append_note=action.note or None,
            snoozed_until=until.isoformat() if action.snooze else None,
            priority=action.priority or None,
            due=(self._main.session.today() + timedelta(days=action.due)).isoformat() if action.due else None,
        )

    def _toggle_quick_tag(self, digit: int) -> None:
        tags = self._quick_tags()
        if self._current is None or self._is_gone(self._current, from_list=False):
            return
        if not 0 < digit <= len(tags):
            key = self._main.keys.key("triage.tags")
            self._main.notify_status(f"no tag {digit} yet ({key}: add tags)")
            self._show()
        else:
            tag = tags[digit - 1]
            has_tag = tag.casefold() in {
                each.casefold() for each in self._main.session.entry(self._current).mark.tags
            }
            edit = Edit(remove_tags=(tag,)) if has_tag else Edit(add_tags=(tag,))
            self._main.carry_out(edit, targets=(self._current,))
            self._show()

    def _undo(self) -> None:
        """Undo the last step of the session, and go to its paper."""
        change = self._main.session.undoable()
        if change is None or not self._is_of_session(change.number):
            self._main.notify_status("nothing to undo in this session")
            return
        history.undo(self._main)
        if change.number in self._undone:
            self._set_progress(self._undone.pop(change.number))
        else:
            self._undone[change.number] = self._progress
            self._set_progress(self._progress.without(change.number))
        self._go_to(change.ids)

    def _redo(self) -> None:
        """Redo the last undone step, and go to the paper after it."""
        before = self._last_step()
        history.redo(self._main)
        change = self._main.session.undoable()
        if self._last_step() > before and change is not None:
            self._set_progress(self._undone.pop(change.number, self._progress))
            self._go_to(change.ids)
            if any(decision.step == change.number for decision in self._progress.decisions):
                self._go(self._index + 1)

    def _revert_session(self) -> None:
        """Revert everything the session did to its papers, as one step of the history."""
        spans = (*self._progress.steps, (self._last_before + 1, self._last_step()))
        steps = {step for first, last in spans for step in range(first, last + 1)}
        decided = len(self._progress.decisions)
        label = f"revert the triage of {decided} paper{'' if decided == 1 else 's'}"
        change = self._main.session.revert_change(steps, label, frozenset(self._ids))
        if change is None:
            self._main.notify_status("nothing to undo in this session")
            return
        self._undone[change.number] = self._progress
        self._set_progress(TriageSession(len(self._ids)))
        self._main.show_change(change, "reverted the whole session", status_text.REDO_HINT)
        self._go(0)

    def _is_of_session(self, step: int) -> bool:
        return step > self._last_before or any(first <= step <= last for first, last in self._progress.steps)

    def _set_progress(self, progress: TriageSession) -> None:
        self._progress = progress._replace(steps=self._progress.steps or progress.steps)

    def _go_to(self, papers: Sequence[str]) -> None:
        """Go to the paper of a step or, if the step has several papers, to the first undecided paper."""
        if len(papers) == 1 and papers[0] in self._ids:
            self._go(self._ids.index(papers[0]))
        else:
            decided = {decision.paper for decision in self._progress.decisions}
            undecided = (index for index, paper_id in enumerate(self._ids) if paper_id not in decided)
            self._go(next(undecided, len(self._ids)))

    def _go(self, index: int) -> None:
        self._index = index
        if self._current is not None:
            self._main.papers.go_to(self._current)
        self.query_one(TriagePaper).scroll_home(animate=False, immediate=True)
        self._show()

    def _quick_tags(self) -> list[str]:
        return [tag for tag, _ in self._main.session.tags()[:_QUICK_TAGS]]

    def _show(self) -> None:
        width = self.size.width - 2
        self.query_one("#triage-header", Bar).put(self._header(width))
        quick = self._quick_tags()[:_TAGS_SHOWN] if self._current is not None else []
        keys = Content.assemble(
            *((f"  {digit} ", "bold $secondary") if not word else (sanitise_line(word), "$tag-ink")
              for digit, tag in enumerate(quick, start=1) for word in ("", tag))
        )  # fmt: skip
        room = max(width - keys.cell_length - 2, 0)
        message = Content.styled(sanitise_line(self._main.message), "$ink-muted").truncate(room, ellipsis=True)
        self.query_one("#triage-message", Bar).put(
            Content.assemble(message, " " * max(width - message.cell_length - keys.cell_length, 0), keys)
        )
        self._show_paper()
        keymap = self._main.keys
        self.query_one(KeyBar).show(keymap.footer_items("triaged" if self._current is None else "triage"))

    def _header(self, width: int) -> Content:
        """The progress of the session; the last parts are dropped if there is no room."""
        glyphs = self._main.glyphs
        progress = self._progress
        parts = [
            Content.styled("Triage", "bold $secondary"),
            status_text.progress_bar(len(progress.decisions), progress.total, glyphs),
            Content.styled(sanitise_line(f"{len(progress.decisions)} of {progress.total}"), "bold"),
            Content.styled(sanitise_line(f"{progress.left} left"), "$ink-muted"),
            Content.styled(sanitise_line(progress.summary() if progress.decisions else ""), "$ink-muted"),
            Content.styled(sanitise_line(progress.pace(monotonic() - self._started_at)), "$ink-muted"),
        ]
        while len(parts) > 3 and sum(part.cell_length + 2 for part in parts) - 2 > width:
            del parts[-1]
        return Content("  ").join([part for part in parts if part])

    def _show_paper(self) -> None:
        """Show the paper or the summary, unless it is shown already."""
        if self._current is None:
            subject: object = self._progress
        elif self._is_gone(self._current, from_list=False):
            subject = _GONE
        else:
            subject = self._main.session.entry(self._current)
        if subject is not self._shown:
            self._shown = subject
            self.query_one(TriagePaper).show(self._content(subject), of=self._current)

    def _content(self, subject: object) -> Content:
        if isinstance(subject, Entry):
            return paper_view(subject, (), self._main.glyphs)
        return self._summary() if subject is self._progress else Content(_GONE)

    def _summary(self) -> Content:
        progress, keys = self._progress, self._main.keys
        undecided = (
            f"{progress.left} undecided ({keys.key('mark.triage')} resumes with them)" if progress.left else ""
        )
        lines = [
            Content.styled("That was the last paper.", "bold $primary"),
            Content(sanitise_line(f"{len(progress.decisions)} of {progress.total} decided: {progress.summary()}")),
            *([Content.styled(sanitise_line(undecided), "$ink-muted")] if undecided else []),
            Content(""),
            Content.assemble((sanitise_line(keys.key("triage.stop")), "bold $secondary"), " back to the list"),
            Content.assemble((sanitise_line(keys.key("triage.undo")), "bold $secondary"), " undo the last decision"),
            Content.assemble(
                (sanitise_line(keys.key("triage.take_back")), "bold $secondary"),
                " undo the whole session in one step",
            ),
        ]
        return Content("\n").join(lines)
