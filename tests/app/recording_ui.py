"""A user interface without a terminal: it records what an action asks for, and a test answers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tui.app.theming import UNICODE

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence

    from tui.app.ui import Option, Pane, Progress
    from tui.paths import Paths
    from tui.query.facet_edit import FacetState
    from tui.session.exports import FinishedExport


class RecordingPanes:
    """Panes that only know which of them has the focus."""

    def __init__(self) -> None:
        self.focused: Pane = "list"
        self.is_full_width = self.is_filtering = self.is_at_end = False
        self.page, self.length = 10, 100
        self.text = ""
        self.calls: list[tuple[object, ...]] = []

    def focus(self, pane: Pane) -> None:
        self.focused = pane

    def set_full_width(self, full_width: bool, /) -> None:
        self.is_full_width = full_width

    def move(self, rows: int) -> None:
        self.calls.append(("move", rows))

    def scroll_detail(self, lines: int) -> None:
        self.calls.append(("scroll", lines))

    def centre(self) -> None:
        self.calls.append(("centre",))

    def show_match(self) -> None:
        self.calls.append(("show match",))

    def pick_facet(self, state: FacetState) -> None:
        self.calls.append(("pick", state))

    def begin_query(self, earlier: Sequence[str]) -> None:
        self.focused = "query"
        self.calls.append(("begin query", *earlier))

    def resize(self, step: int) -> bool:
        self.calls.append(("resize", step))
        return True

    def reset_sizes(self) -> None:
        self.calls.append(("reset",))

    def selected_text(self) -> str:
        return self.text

    def clear_selected_text(self) -> None:
        self.text = ""


class RecordingHost:
    """A program that keeps what it was asked for."""

    def __init__(self) -> None:
        self.is_web = False
        self.theme = "dark"
        self.themes: Mapping[str, bool] = {"dark": True, "light": False}
        self.copied: list[str] = []
        self.opened: list[str] = []
        self.switched: list[Paths] = []
        self.has_quit = self.was_suspended = False

    def set_theme(self, name: str) -> None:
        self.theme = name

    def copy(self, text: str) -> str:
        self.copied.append(text)
        return "by the test"

    def open_url(self, url: str) -> None:
        self.opened.append(url)

    def download(self, export: FinishedExport, name: str) -> str:
        self.opened.append(f"{name}: {export.papers}")
        return name

    def suspend(self) -> None:
        self.was_suspended = True

    @contextmanager
    def suspended(self) -> Iterator[None]:
        self.was_suspended = True
        yield

    def switch_list(self, paths: Paths) -> None:
        self.switched.append(paths)

    def quit(self) -> None:
        self.has_quit = True


class RecordingUi:
    """Records what was asked last; ``pick``, ``answer`` and ``press`` give the answers. Tasks run at once."""

    def __init__(self) -> None:
        self.glyphs = UNICODE
        self.panes = RecordingPanes()
        self.host = RecordingHost()
        self.pressed_key = ""
        self.is_on_top = True
        self.title = self.prompt = ""
        self.options: Sequence[Option] = ()
        self.dialog: Any = None
        self.commands: list[str] = []
        self._then: Callable[[Any], object] | None = None
        self._on_cancel: Callable[[], object] | None = None

    def pick(self, value: str | None) -> None:
        """Pick an option by its value; None cancels the picker."""
        if value is None:
            if self._on_cancel is not None:
                self._on_cancel()
            return
        assert value in [option.value for option in self.options]
        assert self._then is not None
        self._then(value)

    def answer(self, result: object) -> None:
        """Close the dialog with a result."""
        assert self._then is not None
        self._then(result)

    press = answer

    def choose(
        self,
        title: str,
        options: Sequence[Option],
        then: Callable[[str], object],
        *,
        current: str = "",
        hint: str = "",
        on_highlight: Callable[[str], object] | None = None,
        on_cancel: Callable[[], object] | None = None,
        extra_options: Callable[[str], list[Option]] | None = None,
    ) -> None:
        del current, hint, on_highlight, extra_options
        self.title, self.options, self._then, self._on_cancel = title, options, then, on_cancel

    def open(self, dialog: Any, then: Callable[[Any], object] | None = None) -> None:  # noqa: ANN401 - any dialog
        self.dialog, self._then = dialog, then

    def read_key(self, prompt: str, then: Callable[[str], object]) -> None:
        self.prompt, self._then = prompt, then

    def run_command(self, command_id: str) -> None:
        self.commands.append(command_id)

    def run_in_background(
        self,
        name: str,
        work: Callable[[Progress], Any],
        then: Callable[[Any], object],
        *,
        progress_label: str = "",
        on_error: Callable[[], object] | None = None,
    ) -> None:
        del name, progress_label, on_error
        then(work(_ignore))

    def run_blocking(
        self,
        title: str,
        text: str,
        work: Callable[[Progress], Any],
        then: Callable[[Any], object],
        *,
        progress_label: str,
    ) -> None:
        del title, text, progress_label
        then(work(_ignore))

    def cancel(self, name: str) -> None:
        self.commands.append(f"cancel {name}")

    def watch(self, work: Coroutine[object, object, None]) -> None:
        work.close()


def _ignore(done: int, total: int) -> None:
    """Progress that nobody sees."""
