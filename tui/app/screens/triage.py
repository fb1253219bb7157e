"""The triage screen: one paper at a time, one key per decision, and one key that reverts the whole session.

Every decision can be undone like any other change; an interrupted session is resumed, even on another day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container

from tui.app import status_text
from tui.app.actions import triage
from tui.app.actions.registry import ACTIONS
from tui.app.change_signal import Aspect
from tui.app.detail_content import paper_view
from tui.app.safe_display import SPACE, Content
from tui.app.screens.overlay import OverlayScreen
from tui.app.triage import GONE
from tui.app.widgets.detail_pane import DetailPane
from tui.app.widgets.status_bars import Bar, KeyBar
from tui.commands import Need, display_key
from tui.model.entry import Entry
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tui.app.change_signal import Changes
    from tui.app.triage import Triage
    from tui.app.ui import Ui
    from tui.app.workspace import Workspace

_TAGS_SHOWN = 4
_LINES = 3  # scrolled by a key
_SHOWN = Aspect.TRIAGE | Aspect.ENTRIES | Aspect.RESULT | Aspect.MESSAGE


class TriagePaper(DetailPane, can_focus=False):
    """The current paper."""


class TriageScreen(OverlayScreen[None]):
    """Decide on papers one by one.

    Args:
        workspace: the workspace, with the triage that was begun.
        ui: the user interface of actions.
    """

    DEFAULT_CSS = """
    TriageScreen { layout: vertical; background: $background; }
    TriageScreen Bar { height: 1; padding: 0 1; background: $panel; }
    TriageScreen #triage-body { height: 1fr; align-horizontal: center; }
    TriageScreen #triage-paper { width: 92; max-width: 100%; height: 1fr; padding: 1 0 0 2; background: $surface; }
    TriageScreen KeyBar { background: $background; }
    """

    def __init__(self, workspace: Workspace, ui: Ui) -> None:
        super().__init__()
        if workspace.triage is None:
            raise RuntimeError("no triage has been started")
        self._triage: Triage = workspace.triage
        self._workspace, self._ui = workspace, ui
        self._shown: object = None

    def compose(self) -> ComposeResult:
        """Header, paper, status message, keys."""
        yield Bar(id="triage-header")
        with Container(id="triage-body"):
            yield TriagePaper(id="triage-paper")
        yield Bar(id="triage-message")
        yield KeyBar(id="triage-keys")

    def on_mount(self) -> None:
        """Show what changes from now on."""
        self._workspace.observe(self._changed)

    def on_unmount(self) -> None:
        """Show nothing any more."""
        self._workspace.unobserve(self._changed)

    def on_screen_resume(self) -> None:
        """Show what a dialog changed."""
        self._show()

    def on_resize(self) -> None:
        """Fit the bars to the width."""
        self.call_after_refresh(self._show)

    def save_state(self) -> None:
        """Save the session, to be resumed the next time."""
        triage.save(self._workspace)

    def on_key(self, event: events.Key) -> None:
        """Handle every key in the order typed, as the dialogs do."""
        event.stop()
        event.prevent_default()
        if not self.is_active:
            return
        with self._workspace.gesture():
            self._handle_key(event)

    def _handle_key(self, event: events.Key) -> None:
        keys = self._workspace.keys
        command = keys.bindings_for("triage").get(event.key, "")
        if command:
            self._run(command)
        elif event.character is not None and event.character.isdecimal():
            if self._triage.current is not None and not self._triage.toggle_quick_tag(int(event.character)):
                self._workspace.show_message(
                    f"no tag for key {event.character} yet ({keys.key('triage.tags')}: add tags)"
                )
        elif event.is_printable:
            self._workspace.show_message(
                f"{display_key(event.key)} is not bound here ({keys.key('triage.help')}: all keys)"
            )

    def _run(self, command_id: str) -> None:
        workspace, ui = self._workspace, self._ui
        command = workspace.keys.command(command_id)
        if command.no_terminal and ui.host.is_web:
            workspace.show_message(command.no_terminal)
            return
        if command.screen_method == "decide":  # by the name of the command, because users define more of them
            self.decide(command_id.partition(".")[2])
        elif command.screen_method:
            getattr(self, command.screen_method)()
        elif Need.PAPER not in command.needs:
            workspace.guarded(lambda: ACTIONS[command_id](workspace, ui))
        elif self._triage.is_gone:
            workspace.show_message(GONE)
        elif self._triage.current is not None:
            workspace.guarded(lambda: ACTIONS[command_id](workspace, ui))

    def decide(self, name: str) -> None:
        """Make the decision with a name of the settings."""
        decision = next(each for each in self._workspace.settings.triage if each.name == name)
        self._workspace.guarded(lambda: triage.decide(self._workspace, self._ui, decision))

    def text_down(self) -> None:
        """Scroll the abstract down."""
        self.query_one(TriagePaper).scroll_lines(_LINES)

    def text_up(self) -> None:
        """Scroll the abstract up."""
        self.query_one(TriagePaper).scroll_lines(-_LINES)

    def stop(self) -> None:
        """Save the session, and return to the list."""
        self.save_state()
        self._workspace.end_triage()
        self.dismiss(None)

    def _changed(self, changes: Changes) -> None:
        if not changes.aspects & _SHOWN:
            return
        if Aspect.TRIAGE in changes.aspects:
            self.query_one(TriagePaper).scroll_home(animate=False, immediate=True)
        self._show()

    def _show(self) -> None:
        width = self.size.width - 2
        self.query_one("#triage-header", Bar).put(self._header(width))
        quick = self._triage.quick_tags()[:_TAGS_SHOWN] if self._triage.current is not None else []
        keys = Content.assemble(
            *((sanitise_line(f"  {digit} "), "bold $secondary") if not word else (sanitise_line(word), "$tag-ink")
              for digit, tag in enumerate(quick, start=1) for word in ("", tag))
        )  # fmt: skip
        room = max(width - keys.cell_length - 2, 0)
        message = Content.styled(sanitise_line(self._workspace.messages.current.text), "$ink-muted").truncate(
            room, ellipsis=True
        )
        self.query_one("#triage-message", Bar).put(
            Content.assemble(message, SPACE * max(width - message.cell_length - keys.cell_length, 0), keys)
        )
        self._show_paper()
        keymap = self._workspace.keys
        self.query_one(KeyBar).show(keymap.footer_items("triaged" if self._triage.current is None else "triage"))

    def _header(self, width: int) -> Content:
        """The progress of the session; the last parts are dropped if there is no room."""
        glyphs = self._ui.glyphs
        progress = self._triage.progress
        parts = [
            Content.styled(SafeText("Triage"), "bold $secondary"),
            status_text.progress_bar(len(progress.decisions), progress.total, glyphs),
            Content.styled(sanitise_line(f"{len(progress.decisions)} of {progress.total}"), "bold"),
            Content.styled(sanitise_line(f"{progress.left} left"), "$ink-muted"),
            Content.styled(sanitise_line(progress.summary() if progress.decisions else ""), "$ink-muted"),
            Content.styled(sanitise_line(self._triage.pace()), "$ink-muted"),
        ]
        while len(parts) > 3 and sum(part.cell_length + 2 for part in parts) - 2 > width:
            del parts[-1]
        return Content("  ").join([part for part in parts if part])

    def _show_paper(self) -> None:
        """Show the paper or the summary, unless it is shown already."""
        if self._triage.current is None:
            subject: object = self._triage.progress
        elif self._triage.is_gone:
            subject = GONE
        else:
            subject = self._workspace.session.entry(self._triage.current)
        if subject is not self._shown:
            self._shown = subject
            self.query_one(TriagePaper).show(self._content(subject), of=self._triage.current)

    def _content(self, subject: object) -> Content:
        if isinstance(subject, Entry):
            return paper_view(subject, (), self._ui.glyphs)
        return self._summary() if subject is self._triage.progress else Content(sanitise_line(GONE))

    def _summary(self) -> Content:
        progress, keys = self._triage.progress, self._workspace.keys
        undecided = (
            f"{progress.left} undecided ({keys.key('mark.triage')} resumes with them)" if progress.left else ""
        )
        lines = [
            Content.styled(SafeText("That was the last paper."), "bold $primary"),
            Content(sanitise_line(f"{len(progress.decisions)} of {progress.total} decided: {progress.summary()}")),
            *([Content.styled(sanitise_line(undecided), "$ink-muted")] if undecided else []),
            Content(""),
            Content.assemble(
                (sanitise_line(keys.key("triage.stop")), "bold $secondary"), SafeText(" back to the list")
            ),
            Content.assemble(
                (sanitise_line(keys.key("triage.undo")), "bold $secondary"), SafeText(" undo the last decision")
            ),
            Content.assemble(
                (sanitise_line(keys.key("triage.take_back")), "bold $secondary"),
                SafeText(" undo the whole session in one step"),
            ),
        ]
        return Content("\n").join(lines)
