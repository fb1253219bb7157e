"""Actions: export, copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app import export_job
from tui.app.actions.clipboard import copy_selected_text
from tui.app.ui import Option
from tui.session.choices import export_formats
from tui.session.exports import OPTION_FORMATS, ExportOptions, styles
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.session.exports import FinishedExport


def export(workspace: Workspace, ui: Ui) -> None:
    """Export the selection, or else the list, or the papers of a profile."""
    from tui.app.screens.export_dialog import ExportChoices, ExportDialog  # noqa: PLC0415 - not needed at start-up

    session = workspace.session
    ids = workspace.selection.in_order() or tuple(workspace.papers.ids)
    profiles = session.settings.profiles
    count = pluralise(len(ids))
    descriptions = {name: f"{profile.query or 'all'} as {profile.format}" for name, profile in profiles.items()}
    choices = ExportChoices(export_formats(), OPTION_FORMATS, styles(), descriptions)

    def resolve(value: str, options: ExportOptions) -> tuple[Sequence[str], str, ExportOptions, str]:
        """The papers, format, options and target of a chosen format or profile."""
        profile = profiles.get(value.removeprefix("@")) if value.startswith("@") else None
        if profile is None:
            return ids, value, options, ""
        options = ExportOptions(profile.raw, profile.ascii, profile.style, profile.split)
        return session.find(profile.query).ids, profile.format, options, profile.to

    def on_choice(value: str | None) -> None:
        if value is not None:
            workspace.guarded(lambda: start(value))

    def start(value: str) -> None:
        exported_ids, name, options, to = resolve(value, dialog.options)
        job = session.exports.prepare(exported_ids, name, options)

        def on_finish(export: FinishedExport) -> None:
            workspace.show_message(f"copied {export.papers} as {name} {ui.host.copy(export.text)}")

        if dialog.to_clipboard:
            export_job.run_export(workspace, ui, job, on_finish)
        else:
            export_job.save_to_file(workspace, ui, job, to)

    dialog = ExportDialog(
        f"Export {count} as", choices, lambda value, options: session.exports.preview(*resolve(value, options)[:3])
    )
    ui.open(dialog, on_choice)


def export_as(workspace: Workspace, ui: Ui, format_name: str, to: str = "") -> None:
    """Export the selection, or else the list, in a format; asks for the file.

    Args:
        workspace: the workspace.
        ui: asks for the file.
        format_name: a name in the table of formats.
        to: the suggested file; empty for the default.
    """
    ids = workspace.selection.in_order() or tuple(workspace.papers.ids)
    export_job.save_to_file(workspace, ui, workspace.session.exports.prepare(ids, format_name), to)


def copy(workspace: Workspace, ui: Ui) -> None:
    """Copy the text selected with the mouse, or else choose what to copy of the paper."""
    if copy_selected_text(workspace, ui):
        return
    paper_id = workspace.current
    if paper_id is None:
        return
    ids = workspace.selection.in_order() or (paper_id,)
    has_links = all(workspace.session.entry(each).paper.links for each in ids)
    no_link = "" if has_links else "no link" if len(ids) == 1 else "not all have a link"
    options = [
        Option("title", "title", "t", "t"),
        Option("citation", "citation", "c", "c"),
        Option("bibtex", "BibTeX", "y or b", "b", names=("y",)),
        Option("citation key", "citation key", "k", "k"),
        Option(r"\cite", r"\cite{key}", "i", "i"),
        Option("link", "link", "l", "l", no_link),
        Option("markdown", "Markdown", "m", "m"),
    ]

    def on_choice(what: str) -> None:
        workspace.guarded(lambda: _copy(workspace, ui, ids, what))

    ui.choose(workspace.selection.title("Copy", "of"), options, on_choice, current="bibtex")


def _copy(workspace: Workspace, ui: Ui, ids: Sequence[str], what: str) -> None:
    text, warnings = workspace.session.exports.copy_text(ids, what)
    method = ui.host.copy(text.rstrip("\n"))
    summary = f"copied the {what}{f' of {len(ids)} papers' if len(ids) > 1 else ''} {method}"
    workspace.show_message("; ".join([summary, *warnings]))
