"""Taking in: a file from elsewhere, looked at beside the screen before anything is changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.app import standing
from tui.app.beside import beside

if TYPE_CHECKING:
    from tui.app.screens.desk import Desk
    from tui.app.screens.importing import Consent
    from tui.session.imports import Imported, Planned

_SUFFIXES = frozenset((".bib", ".biblatex", ".bibtex", ".ciw", ".enw", ".json", ".jsonl", ".nbib", ".ris", ".txt"))
_SUGGESTED = 200
_NAMED = 3  # merged papers in the status line; the dialog before named all
_HINT = "BibTeX, RIS, CSL-JSON, readlist's JSON, PubMed, or a page"


def import_file(desk: Desk) -> None:
    """Ask for a file, say what taking it in would do, and do it where that is wanted."""
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - a screen that a start-up does not need

    def typed(text: str | None) -> None:
        if text:
            file = _place(text)
            desk.tell(f"reading {file.name} …")
            beside(
                desk,
                "import",
                lambda progress: desk.session.imports.plan([file], progress),
                lambda plan: _show(desk, plan),
                says=f"reading {file.name}",
            )

    desk.app.push_screen(Prompt("Import a file", suggestions=_nearby(), fault=_fault, hint=_HINT), typed)


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


def _show(desk: Desk, plan: Planned) -> None:
    from tui.app.screens.importing import Importing  # noqa: PLC0415 - a screen that a start-up does not need

    def answered(consent: Consent | None) -> None:
        if consent is None:
            return
        if expected.records > standing.SHORT:
            _take_beside(desk, plan, expected.records, consent)
        else:
            tags, accept = consent
            desk.guarded(lambda: _tell(desk, desk.session.imports.carry_out(plan, tags=tags, accept=accept)))

    if not desk.is_active:
        return
    desk.tell("")
    expected = plan.account(tags=False)
    desk.app.push_screen(Importing(plan.files[0].name, expected), answered)


def _take_beside(desk: Desk, plan: Planned, records: int, consent: Consent) -> None:
    name = plan.files[0].name
    standing.stand_still(
        desk,
        f"Importing {name}",
        f"Taking in {records} records …",
        lambda progress: desk.session.imports.write(
            plan, tags=consent.tags, accept=consent.accept, progress=progress
        ),
        lambda imported: _tell(desk, imported),
        says=f"reading {name} again",
    )


def _tell(desk: Desk, imported: Imported) -> None:
    """Show what was taken in."""
    if imported.change is None:
        desk.tell("there was nothing to take in")
        return
    desk.ask()
    desk.show_change(imported.change, _news(imported))


def _news(imported: Imported) -> str:
    count = len(imported.new)
    new = "1 new paper" if count == 1 else f"{count} new papers"
    joined = f"{new}, {len(imported.known)} joined with known ones"
    if not imported.merged:
        return joined
    headings = ", ".join(merge.heading for merge in imported.merged[:_NAMED])
    more = len(imported.merged) - _NAMED
    return f"{joined}; merged: {headings}{f' and {more} more' if more > 0 else ''}"
