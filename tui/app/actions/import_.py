"""Importing a file, a pasted text, or a listing that waits: looked at before anything is changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.app import blocking_task
from tui.app.background import run_in_background
from tui.app.choose import Option, choose
from tui.session.import_input import ImportText
from tui.session.import_preview import PREVIEWED
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from tui.app.screens.import_dialog import Consent
    from tui.app.screens.main_screen import MainScreen
    from tui.session.imports import ImportPlan, ImportResult

_SUFFIXES = frozenset((".bib", ".biblatex", ".bibtex", ".ciw", ".enw", ".json", ".jsonl", ".nbib", ".ris", ".txt"))
_PASTE_LIMIT = 5_000_000  # characters
_SUGGESTED = 200
_NAMED = 3  # merged papers in the status line; the dialog before named all
_HINT = "BibTeX, RIS, CSL-JSON, readlist's JSON, PubMed, or a page"


def import_file(desk: MainScreen) -> None:
    """Ask for a file, say what taking it in would do, and do it where that is wanted."""
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - a screen that a start-up does not need

    def typed(text: str | None) -> None:
        if text:
            _plan(desk, _place(text))

    desk.app.push_screen(Prompt("Import a file", suggestions=_nearby(), fault=_fault, hint=_HINT), typed)


def import_waiting(desk: MainScreen) -> None:
    """Look at a listing that waits for consent, and import it where that is wanted."""
    waiting = desk.session.waiting()
    options = [Option(name, name, pluralise(records, "possible paper")) for name, records in waiting]

    def look(name: str) -> None:
        _plan(desk, desk.session.imports.waiting_file(name))

    if len(options) == 1:
        look(options[0].value)
    else:
        choose(desk, "Look at which listing?", options, look)


def import_text(desk: MainScreen, text: str) -> None:
    """Look at a pasted text, and import it where that is wanted; what is no list of papers is only named."""
    if desk.is_opening or desk.session.read_only:
        desk.notify_status("the list is not open yet" if desk.is_opening else "the store is read-only", fault=True)
    elif len(text) > _PASTE_LIMIT:
        desk.notify_status("the pasted text is too long; save it to a file, and import that", fault=True)
    elif text.strip():
        _plan(desk, ImportText("pasted text", text.encode("utf-8", "replace")))


def _plan(desk: MainScreen, source: Path | ImportText) -> None:
    desk.notify_status(f"reading {source.name} …")
    run_in_background(
        desk,
        "import",
        lambda progress: desk.session.imports.plan([source], progress),
        lambda plan: _show(desk, plan),
        says=f"reading {source.name}",
    )


def _place(text: str) -> Path:
    return Path(text.strip()).expanduser()


def _fault(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return "" if _place(text).is_file() else f"there is no file {text.strip()}"
    except (OSError, RuntimeError, ValueError):  # a name too long, a home that nobody has, a null character
        return "no file can have this name"


def _nearby() -> list[str]:
    """Files in the present folder that may be meant, the latest first."""
    try:
        found = [path for path in Path().iterdir() if path.suffix.lower() in _SUFFIXES and path.is_file()]
        found.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return []
    return [path.name for path in found[:_SUGGESTED]]


def _show(desk: MainScreen, plan: ImportPlan) -> None:
    from tui.app.screens.import_dialog import ImportDialog  # noqa: PLC0415 - a screen that a start-up does not need

    def answered(consent: Consent | None) -> None:
        if consent is None:
            return
        if expected.records > blocking_task.SHORT:
            _take_beside(desk, plan, expected.records, consent)
        else:
            tags, accept = consent
            desk.guarded(lambda: _tell(desk, desk.session.imports.carry_out(plan, tags=tags, accept=accept)))

    if not desk.is_active:
        return
    expected = plan.summary(tags=False)
    if refused := _refused(plan, expected):
        desk.notify_status(refused, fault=True)
        return
    desk.notify_status("")
    desk.app.push_screen(ImportDialog(plan.files[0].name, expected, plan.preview(PREVIEWED)), answered)


def _refused(plan: ImportPlan, expected: ImportResult) -> str:
    """Why a pasted text is no list of papers; empty for one that is, and for a file, whose account is shown."""
    if not isinstance(plan.files[0], ImportText) or expected.new or expected.known:
        return ""
    if expected.already_imported:
        return "the pasted text was imported before"
    problem = next(iter(expected.diagnostics), None)
    if problem is None:
        return "the pasted text holds no paper"
    if problem.reason.startswith("No form of listing"):
        return "the pasted text was not imported: it is neither a bibliography nor a listing of papers"
    return f"the pasted text was not imported: {problem.reason[:1].lower()}{problem.reason[1:].rstrip('.')}"


def _take_beside(desk: MainScreen, plan: ImportPlan, records: int, consent: Consent) -> None:
    name = plan.files[0].name
    blocking_task.run_blocking(
        desk,
        f"Importing {name}",
        f"Taking in {records} records …",
        lambda progress: desk.session.imports.write(
            plan, tags=consent.tags, accept=consent.accept, progress=progress
        ),
        lambda imported: _tell(desk, imported),
        says=f"reading {name} again",
    )


def _tell(desk: MainScreen, imported: ImportResult) -> None:
    """Show what was taken in."""
    if imported.change is None:
        desk.notify_status("there was nothing to take in")
        return
    desk.run_query()
    desk.show_change(imported.change, _news(imported))


def _news(imported: ImportResult) -> str:
    count = len(imported.new)
    new = "1 new paper" if count == 1 else f"{count} new papers"
    joined = f"{new}, {len(imported.known)} joined with known ones"
    if not imported.merged:
        return joined
    headings = ", ".join(merge.title for merge in imported.merged[:_NAMED])
    more = len(imported.merged) - _NAMED
    return f"{joined}; merged: {headings}{f' and {more} more' if more > 0 else ''}"
