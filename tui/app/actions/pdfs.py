"""Actions: open, attach, detach and find the PDFs of papers. The files are never moved, changed or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions.bulk_confirmation import carry_out
from tui.app.message_text import KeyHint, error_text
from tui.app.opener import Opener, wait_for_failure
from tui.app.typed_path import typed_path
from tui.app.ui import Option
from tui.errors import BadInputError, ReadlistError
from tui.model.edit import Edit
from tui.model.paper_files import file_name
from tui.session.paper_files import PaperFiles, check_pdf
from tui.session.pdf_search import PdfSearch
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from pathlib import Path

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.session.pdf_search import PdfMatch, PdfPlan

_ATTACH = KeyHint("mark.attach", "attach one")
_DIGITS = "123456789"


def open_pdf(workspace: Workspace, ui: Ui) -> None:
    """Open the paper's PDF; of several, let the user pick one."""
    current = workspace.current
    if current is None:
        return
    files = PaperFiles(workspace.session).pdfs(current)
    found = [file.path for file in files if file.path is not None]
    if not files:
        workspace.show_message("this paper has no PDF", hint=_ATTACH)
    elif not found:
        others = f" and {len(files) - 1} more" if len(files) > 1 else ""
        workspace.show_message(f"file not found: {files[0].named}{others}", hint=_ATTACH, error=True)
    elif len(files) == 1:
        _open(workspace, ui, found[0])
    else:
        options = [
            Option(
                str(number),
                file.name,
                _DIGITS[number : number + 1],
                _DIGITS[number : number + 1],
                disabled_reason="" if file.path else f"file not found: {file.named}",
            )
            for number, file in enumerate(files)
        ]
        paths = {str(number): file.path for number, file in enumerate(files) if file.path is not None}
        ui.choose("Open PDF", options, lambda number: _open(workspace, ui, paths[number]))


def attach(workspace: Workspace, ui: Ui) -> None:
    """Type the path of a PDF to attach to the paper under the cursor."""
    from tui.app.screens.path_prompt import PathPrompt  # noqa: PLC0415 - not needed at start-up

    entry = workspace.current_entry()
    if entry is None:
        return
    paper_id = entry.id

    def check(text: str) -> str:
        try:
            if text.strip():
                _typed_pdf(text)
        except ReadlistError as error:
            return error_text(error)
        return ""

    def put(text: str) -> None:
        carry_out(workspace, ui, Edit(attach=(_typed_pdf(text),)), targets=(paper_id,))

    def on_close(text: str | None) -> None:
        if text and text.strip():
            workspace.guarded(lambda: put(text))

    names = ", ".join(map(file_name, entry.paper.publication.files))
    note = f"It has {names}." if names else "The file stays where it is."
    title = f"Attach a PDF to {entry.paper.display_title}"
    ui.open(PathPrompt(title, suffixes=frozenset((".pdf",)), check=check, note=note), on_close)


def _typed_pdf(text: str) -> str:
    """The absolute path of a typed PDF; raises BadInputError as ``check_pdf`` does."""
    try:
        path = typed_path(text)
    except (RuntimeError, ValueError):  # an unknown user's home, a null character
        raise BadInputError(f"not a valid file name: {text.strip()!r}") from None
    return check_pdf(path)


def detach(workspace: Workspace, ui: Ui) -> None:
    """Pick a file of the paper to detach."""
    entry = workspace.current_entry()
    files = entry.paper.publication.files if entry is not None else ()
    if entry is None or not files:
        workspace.show_message("this paper has no files")
        return
    targets = (entry.id,)
    options = [Option(file, file_name(file)) for file in files]
    ui.choose(
        "Detach a file (it is not deleted)",
        options,
        lambda file: carry_out(workspace, ui, Edit(detach=(file,)), targets=targets),
    )


def find(workspace: Workspace, ui: Ui) -> None:
    """Search the folders of the settings for PDFs of the selected papers, or of all that are listed."""
    ids = tuple(sorted(workspace.selection.ids)) or tuple(workspace.papers.ids)
    search = PdfSearch(workspace.session)
    options = [
        Option("names", "file name", "n", "n"),
        Option("pages", "file name and first page", "p", "p"),
    ]
    title = f"Find PDFs of {pluralise(len(ids))} by"
    ui.choose(title, options, lambda by: _look(workspace, ui, search, ids, pages=by == "pages"))


def _look(workspace: Workspace, ui: Ui, search: PdfSearch, ids: tuple[str, ...], *, pages: bool) -> None:
    """Search while the dialog is open, which shows what is found."""
    from tui.app.screens.pdf_dialog import PdfDialog  # noqa: PLC0415 - not needed at start-up

    dialog = PdfDialog(f"Find PDFs of {pluralise(len(ids))}")

    def on_close(taken: tuple[PdfMatch, ...] | None) -> None:
        if taken:
            change = search.apply(taken)
            if change is not None:
                workspace.edits.show(change, change.label)

    def show(plan: PdfPlan) -> None:
        workspace.show_message("")
        dialog.show_plan(plan)

    ui.open(dialog, lambda taken: workspace.guarded(lambda: on_close(taken)))
    ui.run_in_background(
        "find PDFs",
        lambda progress: search.plan(ids, progress, dialog.is_stopped, pages=pages),
        show,
        progress_label="searching",
        on_error=lambda: dialog.dismiss(None),
    )


def _open(workspace: Workspace, ui: Ui, path: Path) -> None:
    """Start the viewer, and report if it fails within some seconds."""
    viewer = workspace.settings.pdf_viewer
    opener = Opener.for_pdfs(viewer)
    if opener is None:
        name = viewer[0] if viewer else "a program that opens PDFs"
        workspace.show_message(f"cannot find {name}; [open] in the settings sets the viewer", error=True)
        return
    try:
        running = opener.start(str(path))
    except OSError as error:
        workspace.show_message(f"cannot open the PDF: {opener.name}: {error.strerror}", error=True)
        return
    workspace.show_message(f"opened {path.name}")

    async def watch() -> None:
        if failed := await wait_for_failure(running):
            way_out = "" if viewer else "; [open] in the settings sets the viewer"
            workspace.show_message(f"{opener.name} {failed}: {path.name}{way_out}", error=True)

    ui.watch(watch())
