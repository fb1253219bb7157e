"""Actions: import a file, a pasted text or a waiting listing, each after a preview."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.app import blocking_task
from tui.app.background import run_in_background
from tui.app.open_picker import Option, choose
from tui.session.import_input import ImportText
from tui.session.import_preview import PREVIEWED
from tui.session.new_paper import new_paper
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from tui.app.screens.import_dialog import Consent
    from tui.app.screens.main_screen import MainScreen
    from tui.session.import_plan import ImportPlan, ImportResult

_SUFFIXES = frozenset((".bib", ".biblatex", ".bibtex", ".ciw", ".enw", ".json", ".jsonl", ".nbib", ".ris", ".txt"))
_PASTE_LIMIT = 5_000_000  # characters
_MAX_SUGGESTIONS = 200
_MAX_TITLES = 3  # of merged papers in the status line
_HINT = "BibTeX, RIS, CSL-JSON, readlist's JSON, PubMed, or a listing"


def import_file(screen: MainScreen) -> None:
    """Ask for a file, and import it after a preview."""
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    def on_close(text: str | None) -> None:
        if text:
            _plan(screen, _path(text))

    screen.app.push_screen(
        Prompt("Import a file", suggestions=_suggestions(), check=_check_file, note=_HINT), on_close
    )


def add_by_hand(screen: MainScreen) -> None:
    """Ask for the fields of a new paper, and import it."""
    from tui.app.screens.edit_fields import EditFieldsDialog  # noqa: PLC0415 - not needed at start-up

    def on_close(texts: dict[str, str] | None) -> None:
        if texts:
            screen.guarded(lambda: add(new_paper(texts)))

    def carry_out(plan: ImportPlan) -> None:
        screen.guarded(lambda: _report(screen, screen.session.imports.carry_out(plan)))

    def add(source: ImportText) -> None:
        run_in_background(
            screen,
            "import",
            lambda progress: screen.session.imports.plan([source], progress),
            carry_out,
            progress_label="adding the paper",
        )

    screen.app.push_screen(EditFieldsDialog(None), on_close)


def import_waiting(screen: MainScreen) -> None:
    """Import a listing that waits for confirmation, after a preview."""
    waiting = screen.session.waiting()
    options = [Option(name, name, pluralise(records, "possible paper")) for name, records in waiting]

    def preview(name: str) -> None:
        _plan(screen, screen.session.imports.waiting_file(name))

    if len(options) == 1:
        preview(options[0].value)
    else:
        choose(screen, "Preview which listing?", options, preview)


def import_text(screen: MainScreen, text: str) -> None:
    """Import a pasted text, after a preview; a text without papers is only reported."""
    if screen.is_opening or screen.session.read_only:
        screen.notify_status(
            "the list is not open yet" if screen.is_opening else "the store is read-only", error=True
        )
    elif len(text) > _PASTE_LIMIT:
        screen.notify_status("pasted text is too long, save it to a file and import the file", error=True)
    elif text.strip():
        _plan(screen, ImportText("pasted text", text.encode("utf-8", "replace")))


def _plan(screen: MainScreen, source: Path | ImportText) -> None:
    screen.notify_status(f"reading {source.name} …")
    run_in_background(
        screen,
        "import",
        lambda progress: screen.session.imports.plan([source], progress),
        lambda plan: _show(screen, plan),
        progress_label=f"reading {source.name}",
    )


def _path(text: str) -> Path:
    return Path(text.strip()).expanduser()


def _check_file(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return "" if _path(text).is_file() else f"file not found: {text.strip()}"
    except (OSError, RuntimeError, ValueError):  # too long, an unknown user's home, a null character
        return "invalid file name"


def _suggestions() -> list[str]:
    """Files in the current folder that may be meant, the newest first."""
    try:
        found = [path for path in Path().iterdir() if path.suffix.lower() in _SUFFIXES and path.is_file()]
        found.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return []
    return [path.name for path in found[:_MAX_SUGGESTIONS]]


def _show(screen: MainScreen, plan: ImportPlan) -> None:
    from tui.app.screens.import_dialog import ImportDialog  # noqa: PLC0415 - not needed at start-up

    def on_answer(consent: Consent | None) -> None:
        if consent is None:
            return
        if expected.records > blocking_task.SHORT:
            _write_in_background(screen, plan, expected.records, consent)
        else:
            tags, accept = consent
            screen.guarded(lambda: _report(screen, screen.session.imports.carry_out(plan, tags=tags, accept=accept)))

    if not screen.is_active:
        return
    expected = plan.summary(tags=False)
    if refused := _refused(plan, expected):
        screen.notify_status(refused, error=True)
        return
    screen.notify_status("")
    screen.app.push_screen(ImportDialog(plan.files[0].name, expected, plan.preview(PREVIEWED)), on_answer)


def _refused(plan: ImportPlan, expected: ImportResult) -> str:
    """Why a pasted text cannot be imported; empty if it can, and for a file, as its dialog shows the problems."""
    if not isinstance(plan.files[0], ImportText) or expected.new or expected.known:
        return ""
    if expected.already_imported:
        return "pasted text was already imported"
    problem = next(iter(expected.diagnostics), None)
    if problem is None:
        return "no papers in the pasted text"
    if problem.reason.startswith("unknown listing format"):
        return "pasted text not imported: neither a bibliography nor a listing of papers"
    return f"pasted text not imported: {problem.reason}"


def _write_in_background(screen: MainScreen, plan: ImportPlan, records: int, consent: Consent) -> None:
    name = plan.files[0].name
    blocking_task.run_blocking(
        screen,
        f"Importing {name}",
        f"Importing {records} records …",
        lambda progress: screen.session.imports.write(
            plan, tags=consent.tags, accept=consent.accept, progress=progress
        ),
        lambda imported: _report(screen, imported),
        progress_label=f"reading {name} again",
    )


def _report(screen: MainScreen, imported: ImportResult) -> None:
    """Report an import."""
    if imported.change is None:
        screen.notify_status("nothing to import")
        return
    screen.run_query()
    screen.show_change(imported.change, _summary(imported))


def _summary(imported: ImportResult) -> str:
    count = len(imported.new)
    imported_papers = pluralise(count)
    summary = f"{imported_papers} imported, {len(imported.known)} updated"
    if not imported.merged:
        return summary
    titles = ", ".join(merge.title for merge in imported.merged[:_MAX_TITLES])
    more = len(imported.merged) - _MAX_TITLES
    return f"{summary}, merged: {titles}{f' and {more} more' if more > 0 else ''}"
