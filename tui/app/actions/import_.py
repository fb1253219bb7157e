"""Actions: import a file, a pasted text or a waiting listing, each after a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import filtering
from tui.app.typed_path import check_file, typed_path
from tui.app.ui import Option, is_short_update
from tui.session.import_input import ImportText
from tui.session.import_preview import PREVIEWED
from tui.session.new_paper import new_paper
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from pathlib import Path

    from tui.app.screens.import_dialog import Consent
    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.session.import_plan import ImportPlan, ImportResult

SUFFIXES = frozenset((".bib", ".biblatex", ".bibtex", ".ciw", ".enw", ".json", ".jsonl", ".nbib", ".ris", ".txt"))
_PASTE_LIMIT = 5_000_000  # characters
_MAX_TITLES = 3  # of merged papers in the status line
_HINT = "BibTeX, RIS, CSL-JSON, readlist's JSON, PubMed or a listing"


def import_file(workspace: Workspace, ui: Ui) -> None:
    """Ask for a file, and import it after a preview."""
    from tui.app.screens.path_prompt import PathPrompt  # noqa: PLC0415 - not needed at start-up

    def on_close(text: str | None) -> None:
        if text:
            _plan(workspace, ui, typed_path(text))

    ui.open(PathPrompt("Import a file", suffixes=SUFFIXES, note=_HINT), on_close)


def import_named(workspace: Workspace, ui: Ui, name: str) -> None:
    """Import the file with a name, after a preview."""
    if problem := check_file(name):
        workspace.show_message(problem, error=True)
    else:
        _plan(workspace, ui, typed_path(name))


def add_by_hand(workspace: Workspace, ui: Ui) -> None:
    """Ask for the fields of a new paper, and import it."""
    from tui.app.screens.edit_fields import EditFieldsDialog  # noqa: PLC0415 - not needed at start-up

    def on_close(texts: dict[str, str] | None) -> None:
        if texts:
            workspace.guarded(lambda: add(new_paper(texts)))

    def carry_out(plan: ImportPlan) -> None:
        imports, restored = workspace.session.imports, plan.removed_papers

        def work() -> None:
            imported = imports.carry_out(plan, restored=restored)
            _report(workspace, imported)
            workspace.papers.go_to(next(iter((*imported.new, *imported.known)), ""))

        workspace.guarded(work)

    def add(source: ImportText) -> None:
        ui.run_in_background(
            "import",
            lambda progress: workspace.session.imports.plan([source], progress),
            carry_out,
            progress_label="adding the paper",
        )

    ui.open(EditFieldsDialog(None), on_close)


def import_waiting(workspace: Workspace, ui: Ui) -> None:
    """Import a listing that waits for confirmation, after a preview."""
    waiting = workspace.session.sources.waiting()
    options = [Option(name, name, pluralise(records, "possible paper")) for name, records in waiting]

    def preview(name: str) -> None:
        _plan(workspace, ui, workspace.session.imports.waiting_file(name))

    if len(options) == 1:
        preview(options[0].value)
    else:
        ui.choose("Preview which listing?", options, preview)


def import_text(workspace: Workspace, ui: Ui, text: str) -> None:
    """Import a pasted text, after a preview; a text without papers is only reported."""
    if workspace.is_opening or workspace.session.read_only:
        workspace.show_message(
            "the list is not open yet" if workspace.is_opening else "the store is read-only", error=True
        )
    elif len(text) > _PASTE_LIMIT:
        workspace.show_message("the pasted text is too long; save it to a file and import the file", error=True)
    elif text.strip():
        _plan(workspace, ui, ImportText("pasted text", text.encode("utf-8", "replace")))


def _plan(workspace: Workspace, ui: Ui, source: Path | ImportText) -> None:
    workspace.show_message(f"reading {source.name} …")
    ui.run_in_background(
        "import",
        lambda progress: workspace.session.imports.plan([source], progress),
        lambda plan: _show(workspace, ui, plan),
        progress_label=f"reading {source.name}",
    )


def _show(workspace: Workspace, ui: Ui, plan: ImportPlan) -> None:
    from tui.app.screens.import_dialog import ImportDialog  # noqa: PLC0415 - not needed at start-up

    def on_answer(consent: Consent | None) -> None:
        if consent is None:
            return
        if not is_short_update(expected.records):
            _write_in_background(workspace, ui, plan, expected.records, consent)
        else:
            tags, accept = consent
            workspace.guarded(
                lambda: _report(workspace, workspace.session.imports.carry_out(plan, tags=tags, accept=accept))
            )

    if not ui.is_on_top:  # a preview above another dialog would get the keys that are typed there
        workspace.show_message(f"{plan.files[0].name} was not imported: another dialog was open", error=True)
        return
    expected = plan.summary(tags=False)
    if refused := _refused(plan, expected):
        workspace.show_message(refused, error=True)
        return
    workspace.show_message("")
    dialog = ImportDialog(plan.files[0].name, expected, plan.preview(PREVIEWED), plan.keyword_counts())
    ui.open(dialog, on_answer)


def _refused(plan: ImportPlan, expected: ImportResult) -> str:
    """Why a pasted text cannot be imported; empty if it can, and for a file, as its dialog shows the problems."""
    if not isinstance(plan.files[0], ImportText) or expected.new or expected.known:
        return ""
    if expected.already_imported:
        return "the pasted text was already imported"
    problem = next(iter(expected.diagnostics), None)
    if problem is None:
        return "no papers in the pasted text"
    if problem.kind == "unknown format":
        return "pasted text not imported: neither a bibliography nor a listing of papers"
    return f"pasted text not imported: {problem.reason}"


def _write_in_background(workspace: Workspace, ui: Ui, plan: ImportPlan, records: int, consent: Consent) -> None:
    name = plan.files[0].name
    ui.run_blocking(
        f"Importing {name}",
        f"Importing {records} records …",
        lambda progress: workspace.session.imports.write(
            plan, tags=consent.tags, accept=consent.accept, progress=progress
        ),
        lambda imported: _report(workspace, imported),
        progress_label=f"reading {name} again",
    )


def _report(workspace: Workspace, imported: ImportResult) -> None:
    """Report an import."""
    if imported.change is None:
        workspace.show_message("nothing to import")
        return
    workspace.query.run()
    workspace.edits.show(imported.change, _summary(workspace, imported))


def _key_to_show(workspace: Workspace, imported: ImportResult) -> str:
    """The key that shows the new papers; none if it would not, such as papers that come with another status."""
    if set(imported.new).isdisjoint(workspace.session.find(filtering.NEW).ids):
        return ""
    return f" ({workspace.keys.key('find.new')} shows the new {'one' if len(imported.new) == 1 else 'ones'})"


def _summary(workspace: Workspace, imported: ImportResult) -> str:
    count = len(imported.new)
    updated = f", {len(imported.known)} updated" if imported.known else ""
    summary = f"{pluralise(count)} imported{updated}{_key_to_show(workspace, imported)}"
    restored, removed = (imported.restored, "restored"), (imported.removed, "removed earlier and not restored")
    for papers, what in ((imported.split_off, "split off"), restored, removed):
        summary += f", {len(papers)} {what}" if papers else ""
    if not imported.merged:
        return summary
    titles = ", ".join(merge.title for merge in imported.merged[:_MAX_TITLES])
    more = len(imported.merged) - _MAX_TITLES
    return f"{summary}, merged: {titles}{f' and {more} more' if more > 0 else ''}"
