"""An export on its way: written beside the screen while the screen asks for its file. Knows no format.

What is short is written at once, between two keys. What is long is written in a thread, with its progress in the
status line; the file can be named meanwhile, and is written, whole or not at all, when both are there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.app.background import run_in_background
from tui.app.choose import Option, choose

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import TypeVar

    from tui.app.background import Progress
    from tui.app.screens.main_screen import MainScreen
    from tui.model.entry import Entry
    from tui.session.exports import FinishedExport, PreparedExport

    Done = TypeVar("Done")

_SHORT = 500  # papers
_SHORT_TEXT = 1_000_000  # letters of their abstracts and notes


def run_export(screen: MainScreen, prepared: PreparedExport, then: Callable[[FinishedExport], None]) -> None:
    """Write an export, and do something with it.

    Args:
        screen: the screen.
        begun: the export.
        then: given the export, on the screen.
    """
    _run(screen, prepared, prepared.render, then, f"writing {_papers(len(prepared.entries))}")


def save_to_file(screen: MainScreen, prepared: PreparedExport, to: str = "") -> None:
    """Write an export to a file that is asked for.

    Args:
        screen: the screen.
        begun: the export.
        to: the file to offer; empty for the usual one.
    """
    ExportJob(screen, prepared).start(to)


class ExportJob:
    """An export, and the file it shall go to: each may be there before the other.

    Args:
        screen: the screen.
        begun: the export.
    """

    def __init__(self, screen: MainScreen, begun: PreparedExport) -> None:
        self._screen = screen
        self._prepared = begun
        self._export: FinishedExport | None = None
        self._target: Path | None = None
        self._force = False
        self._downloads = screen.app.is_web and _web_exports().only_downloads()

    def start(self, to: str) -> None:
        """Ask for the file, and write the export meanwhile."""
        from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - a screen that a start-up does not need

        usual = "notes" if self._prepared.split else f"readlist{self._prepared.form.suffix}"
        papers = _papers(len(self._prepared.entries))
        title = f"Download {papers} as" if self._downloads else f"Write {papers} to"
        self._prompt = Prompt(title, value=to or usual)
        self._screen.app.push_screen(self._prompt, self._on_prompt_closed)
        run_export(self._screen, self._prepared, self._on_rendered)

    def _on_prompt_closed(self, text: str | None) -> None:
        if not text:
            self._screen.workers.cancel_group(self._screen, _worker_group(self._prepared))
            if self._export is None:
                self._screen.notify_status("the export was given up")
            return
        self._screen.guarded(lambda: self._confirm_target(text))

    def _confirm_target(self, text: str) -> None:
        target = _web_exports().export_target(text) if self._is_confined else Path(text).expanduser()
        if self._downloads or not target.is_file():
            self._set_target(target, force=False)
            return

        def answered(answer: str) -> None:
            if answer == "yes":
                self._set_target(target, force=True)
            else:
                self._on_prompt_closed(None)

        options = [Option("no", "no", "n", "n"), Option("yes", "yes", "y", "y")]
        choose(self._screen, f"{target} exists. Replace it?", options, answered, typing=False)

    def _on_rendered(self, export: FinishedExport) -> None:
        self._export = export
        named = any(remark.papers for remark in export.warnings)
        self._prompt.remark(" ".join(export.warnings), self._show_warnings if named else None)
        self._save()

    def _show_warnings(self) -> None:
        from tui.app.screens.export_warnings import ExportWarningsDialog  # noqa: PLC0415 - a screen that a start-up does not need

        session, remarks = self._screen.session, self._export.warnings if self._export else ()
        title = f"Not carried by {self._prepared.form.title}"
        self._screen.app.push_screen(
            ExportWarningsDialog(title, remarks, lambda paper_id: session.entry(paper_id).paper.display_title)
        )

    @property
    def _is_confined(self) -> bool:
        return self._screen.app.is_web and not self._downloads

    def _set_target(self, target: Path, *, force: bool) -> None:
        self._target, self._force = target, force
        self._save()

    def _save(self) -> None:
        """Save it, as soon as there is both."""
        screen, export, target, force = self._screen, self._export, self._target, self._force
        if export is None or target is None:
            return

        if self._downloads:
            screen.guarded(
                lambda: screen.notify_status(
                    f"{_web_exports().download(screen.app, export, target.name)} is downloaded"
                )
            )
            return

        def saved(_: None) -> None:
            screen.notify_status(f"wrote {export.papers} to {target}")

        _run(screen, self._prepared, lambda _: screen.session.save(export, target, force=force), saved)


def _run(
    screen: MainScreen,
    begun: PreparedExport,
    work: Callable[[Progress], Done],
    then: Callable[[Done], None],
    says: str = "",
) -> None:
    """Do something that lasts as long as an export has papers, at once where these are few."""

    def go_on(done: Done) -> None:
        screen.notify_status("")
        screen.guarded(lambda: then(done))

    if len(begun.entries) <= _SHORT and sum(map(_text_length, begun.entries)) <= _SHORT_TEXT:
        screen.guarded(lambda: then(work(_ignore_progress)))
    else:
        run_in_background(screen, _worker_group(begun), work, go_on, progress_label=says)


def _web_exports() -> ModuleType:
    import tui.app.web_exports  # noqa: PLC0415 - only a screen in a browser needs it

    return tui.app.web_exports


def _ignore_progress(done: int, total: int) -> None:
    """Progress that is too quick to be shown."""


def _worker_group(begun: PreparedExport) -> str:
    """Exports are no row of works of which only the latest counts: each goes to a file of its own."""
    return f"export {id(begun)}"


def _text_length(entry: Entry) -> int:
    return len(entry.paper.abstract or "") + len(entry.mark.note)


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count} papers"
