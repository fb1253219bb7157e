"""An export to a file: rendered while the user is asked for its name.

A short export is rendered immediately, a long one in a thread with its progress in the status line. The file is
saved atomically as soon as both the text and the name are known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.typed_path import check_folder, check_target, typed_path
from tui.app.ui import Option
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType
    from typing import TypeVar

    from tui.app.screens.prompt import Prompt
    from tui.app.ui import Progress, Ui
    from tui.app.workspace import Workspace
    from tui.model.entry import Entry
    from tui.session.exports import FinishedExport, PreparedExport

    Done = TypeVar("Done")

_SHORT = 500  # papers
_SHORT_TEXT = 1_000_000  # characters of their abstracts and notes


def run_export(
    workspace: Workspace, ui: Ui, prepared: PreparedExport, then: Callable[[FinishedExport], None]
) -> None:
    """Render an export and pass it on.

    Args:
        workspace: the workspace.
        ui: asks for the file, and runs a long export in the background.
        prepared: the export.
        then: called with the finished export, in the thread of the screen.
    """
    _run(workspace, ui, prepared, prepared.render, then, f"exporting {pluralise(len(prepared.entries))}")


def save_to_file(workspace: Workspace, ui: Ui, prepared: PreparedExport, to: str = "") -> None:
    """Save an export to a file; the user is asked for its name.

    Args:
        workspace: the workspace.
        ui: asks for the file, and runs a long export in the background.
        prepared: the export.
        to: the file name to suggest; empty for the default.
    """
    ExportJob(workspace, ui, prepared).start(to)


class ExportJob:
    """An export and its target file; either may be known first.

    Args:
        workspace: the workspace.
        ui: asks for the file, and runs a long export in the background.
        prepared: the export.
    """

    def __init__(self, workspace: Workspace, ui: Ui, prepared: PreparedExport) -> None:
        self._workspace, self._ui = workspace, ui
        self._prepared = prepared
        self._export: FinishedExport | None = None
        self._target: Path | None = None
        self._force = False
        self._downloads = ui.host.is_web and _web_exports().only_downloads()

    def start(self, to: str) -> None:
        """Ask for the file name, and render the export meanwhile."""
        from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at the start

        default = "notes" if self._prepared.split else f"readlist{self._prepared.format.suffix}"
        papers = pluralise(len(self._prepared.entries))
        title = f"Download {papers} as" if self._downloads else f"Export {papers} to"
        value = to or default
        self._prompt = Prompt(title, value=value) if self._ui.host.is_web else self._path_prompt(title, value)
        self._ui.open(self._prompt, self._on_prompt_closed)
        run_export(self._workspace, self._ui, self._prepared, self._on_rendered)

    def _path_prompt(self, title: str, value: str) -> Prompt:
        from tui.app.screens.path_prompt import PathPrompt  # noqa: PLC0415 - not needed in a browser

        check = check_folder if self._prepared.split else check_target
        return PathPrompt(title, value=value, check=check)

    def _on_prompt_closed(self, text: str | None) -> None:
        if not text:
            self._ui.cancel(_task_name(self._prepared))
            if self._export is None:
                self._workspace.show_message("export cancelled")
            return
        self._workspace.guarded(lambda: self._confirm_target(text))

    def _confirm_target(self, text: str) -> None:
        target = _web_exports().export_target(text) if self._is_confined else typed_path(text)
        if self._downloads or not target.is_file():
            self._set_target(target, force=False)
            return

        def on_answer(answer: str) -> None:
            if answer == "yes":
                self._set_target(target, force=True)
            else:
                self._on_prompt_closed(None)

        options = [Option("no", "no", "n", "n"), Option("yes", "yes", "y", "y")]
        self._ui.choose(f"Overwrite {target}?", options, on_answer)

    def _on_rendered(self, export: FinishedExport) -> None:
        self._export = export
        has_papers = any(warning.papers for warning in export.warnings)
        self._prompt.show_note("; ".join(export.warnings), self._show_warnings if has_papers else None)
        self._save()

    def _show_warnings(self) -> None:
        from tui.app.screens.export_warnings import ExportWarningsDialog  # noqa: PLC0415 - not needed at the start

        session, warnings = self._workspace.session, self._export.warnings if self._export else ()
        title = f"Cannot be represented in {self._prepared.format.title}"
        self._ui.open(
            ExportWarningsDialog(title, warnings, lambda paper_id: session.entry(paper_id).paper.display_title)
        )

    @property
    def _is_confined(self) -> bool:
        return self._ui.host.is_web and not self._downloads

    def _set_target(self, target: Path, *, force: bool) -> None:
        self._target, self._force = target, force
        self._save()

    def _save(self) -> None:
        """Save the file once both text and name are known."""
        workspace, ui, export, target, force = self._workspace, self._ui, self._export, self._target, self._force
        if export is None or target is None:
            return

        if self._downloads:
            workspace.guarded(lambda: workspace.show_message(f"{ui.host.download(export, target.name)} downloaded"))
            return

        def on_saved(_: None) -> None:
            workspace.show_message(f"exported {pluralise(export.papers)} to {target}")

        _run(
            workspace,
            ui,
            self._prepared,
            lambda _: workspace.session.exports.save(export, target, force=force),
            on_saved,
        )


def _run(
    workspace: Workspace,
    ui: Ui,
    prepared: PreparedExport,
    work: Callable[[Progress], Done],
    then: Callable[[Done], None],
    progress_label: str = "",
) -> None:
    """Run the work for an export: immediately if it has few papers, otherwise in a thread."""

    def finish(result: Done) -> None:
        workspace.show_message("")
        workspace.guarded(lambda: then(result))

    if len(prepared.entries) <= _SHORT and sum(map(_text_length, prepared.entries)) <= _SHORT_TEXT:
        workspace.guarded(lambda: then(work(_ignore_progress)))
    else:
        ui.run_in_background(_task_name(prepared), work, finish, progress_label=progress_label)


def _web_exports() -> ModuleType:
    import tui.app.web_exports  # noqa: PLC0415 - needed only in a browser

    return tui.app.web_exports


def _ignore_progress(done: int, total: int) -> None:
    """Progress of work too short to show it."""


def _task_name(prepared: PreparedExport) -> str:
    """The name of the task of an export: each has its own, since exports must not cancel each other."""
    return f"export {id(prepared)}"


def _text_length(entry: Entry) -> int:
    return len(entry.paper.abstract or "") + len(entry.mark.note)
