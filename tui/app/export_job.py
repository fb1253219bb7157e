"""An export on its way: written beside the screen while the screen asks for its file. Knows no format.

What is short is written at once, between two keys. What is long is written in a thread, with its progress in the
status line; the file can be named meanwhile, and is written, whole or not at all, when both are there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.app.background import run_in_background
from tui.app.choose import Option, choose
from tui.text.plural import pluralise

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


def run_export(desk: MainScreen, begun: PreparedExport, then: Callable[[FinishedExport], None]) -> None:
    """Write an export, and do something with it.

    Args:
        desk: the desk.
        begun: the export.
        then: given the export, on the screen.
    """
    _done(desk, begun, begun.render, then, f"writing {pluralise(len(begun.entries))}")


def save_to_file(desk: MainScreen, begun: PreparedExport, to: str = "") -> None:
    """Write an export to a file that is asked for.

    Args:
        desk: the desk.
        begun: the export.
        to: the file to offer; empty for the usual one.
    """
    ExportJob(desk, begun).ask(to)


class ExportJob:
    """An export, and the file it shall go to: each may be there before the other.

    Args:
        desk: the desk.
        begun: the export.
    """

    def __init__(self, desk: MainScreen, begun: PreparedExport) -> None:
        self._desk = desk
        self._begun = begun
        self._export: FinishedExport | None = None
        self._target: Path | None = None
        self._force = False
        self._downloads = desk.app.is_web and _web_exports().only_downloads()

    def ask(self, to: str) -> None:
        """Ask for the file, and write the export meanwhile."""
        from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - a screen that a start-up does not need

        usual = "notes" if self._begun.split else f"readlist{self._begun.format.suffix}"
        papers = pluralise(len(self._begun.entries))
        title = f"Download {papers} as" if self._downloads else f"Write {papers} to"
        self._prompt = Prompt(title, value=to or usual)
        self._desk.app.push_screen(self._prompt, self._typed)
        run_export(self._desk, self._begun, self._written)

    def _typed(self, text: str | None) -> None:
        if not text:
            self._desk.workers.cancel_group(self._desk, _name(self._begun))
            if self._export is None:
                self._desk.notify_status("the export was given up")
            return
        self._desk.guarded(lambda: self._named(text))

    def _named(self, text: str) -> None:
        target = _web_exports().export_target(text) if self._is_confined else Path(text).expanduser()
        if self._downloads or not target.is_file():
            self._go(target, force=False)
            return

        def answered(answer: str) -> None:
            if answer == "yes":
                self._go(target, force=True)
            else:
                self._typed(None)

        options = [Option("no", "no", "n", "n"), Option("yes", "yes", "y", "y")]
        choose(self._desk, f"{target} exists. Replace it?", options, answered, typing=False)

    def _written(self, export: FinishedExport) -> None:
        self._export = export
        named = any(remark.papers for remark in export.warnings)
        self._prompt.remark(", ".join(export.warnings), self._name_papers if named else None)
        self._save()

    def _name_papers(self) -> None:
        from tui.app.screens.export_warnings import ExportWarningsDialog  # noqa: PLC0415 - a screen that a start-up does not need

        session, remarks = self._desk.session, self._export.warnings if self._export else ()
        title = f"Not carried by {self._begun.format.title}"
        self._desk.app.push_screen(
            ExportWarningsDialog(title, remarks, lambda paper_id: session.entry(paper_id).paper.display_title)
        )

    @property
    def _is_confined(self) -> bool:
        return self._desk.app.is_web and not self._downloads

    def _go(self, target: Path, *, force: bool) -> None:
        self._target, self._force = target, force
        self._save()

    def _save(self) -> None:
        """Save it, as soon as there is both."""
        desk, export, target, force = self._desk, self._export, self._target, self._force
        if export is None or target is None:
            return

        if self._downloads:
            desk.guarded(
                lambda: desk.notify_status(f"{_web_exports().download(desk.app, export, target.name)} is downloaded")
            )
            return

        def saved(_: None) -> None:
            desk.notify_status(f"wrote {export.papers} to {target}")

        _done(desk, self._begun, lambda _: desk.session.save(export, target, force=force), saved)


def _done(
    desk: MainScreen,
    begun: PreparedExport,
    work: Callable[[Progress], Done],
    then: Callable[[Done], None],
    says: str = "",
) -> None:
    """Do something that lasts as long as an export has papers, at once where these are few."""

    def go_on(done: Done) -> None:
        desk.notify_status("")
        desk.guarded(lambda: then(done))

    if len(begun.entries) <= _SHORT and sum(map(_letters, begun.entries)) <= _SHORT_TEXT:
        desk.guarded(lambda: then(work(_unseen)))
    else:
        run_in_background(desk, _name(begun), work, go_on, says=says)


def _web_exports() -> ModuleType:
    import tui.app.web_exports  # noqa: PLC0415 - only a screen in a browser needs it

    return tui.app.web_exports


def _unseen(done: int, total: int) -> None:
    """Progress that is too quick to be shown."""


def _name(begun: PreparedExport) -> str:
    """Exports are no row of works of which only the latest counts: each goes to a file of its own."""
    return f"export {id(begun)}"


def _letters(entry: Entry) -> int:
    return len(entry.paper.abstract or "") + len(entry.mark.note)
