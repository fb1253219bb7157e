"""Actions: export, copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app import export_job
from tui.app.actions import selection
from tui.app.actions.clipboard import copy_selected_text, copy_text
from tui.app.open_picker import Option, choose
from tui.session.exports import OPTION_FORMATS, ExportOptions, styles
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.screens.main_screen import MainScreen
    from tui.session.exports import FinishedExport


def export(screen: MainScreen) -> None:
    """Export the selection, or else the list, or the papers of a profile."""
    from tui.app.screens.export_dialog import ExportChoices, ExportDialog  # noqa: PLC0415 - not needed at start-up

    session = screen.session
    ids = selection.selected_in_order(screen) or tuple(screen.papers.ids)
    profiles = session.settings.profiles
    count = pluralise(len(ids))
    descriptions = {name: f"{profile.query or 'all'} as {profile.format}" for name, profile in profiles.items()}
    choices = ExportChoices(session.formats(), OPTION_FORMATS, styles(), descriptions)

    def resolve(value: str, options: ExportOptions) -> tuple[Sequence[str], str, ExportOptions, str]:
        """The papers, format, options and target of a chosen format or profile."""
        profile = profiles.get(value.removeprefix("@")) if value.startswith("@") else None
        if profile is None:
            return ids, value, options, ""
        options = ExportOptions(profile.raw, profile.ascii, profile.style, profile.split)
        return session.find(profile.query).ids, profile.format, options, profile.to

    def on_choice(value: str | None) -> None:
        if value is not None:
            screen.guarded(lambda: start(value))

    def start(value: str) -> None:
        exported_ids, name, options, to = resolve(value, dialog.options)
        job = session.begin_export(exported_ids, name, options)

        def on_finish(export: FinishedExport) -> None:
            screen.notify_status(f"copied {export.papers} as {name} {copy_text(screen, export.text)}")

        if dialog.to_clipboard:
            export_job.run_export(screen, job, on_finish)
        else:
            export_job.save_to_file(screen, job, to)

    dialog = ExportDialog(
        f"Export {count} as", choices, lambda value, options: session.export_preview(*resolve(value, options)[:3])
    )
    screen.app.push_screen(dialog, on_choice)


def export_as(screen: MainScreen, format_name: str, to: str = "") -> None:
    """Export the selection, or else the list, in a format; asks for the file.

    Args:
        screen: the main screen.
        format_name: a name in the table of formats.
        to: the suggested file; empty for the default.
    """
    ids = selection.selected_in_order(screen) or tuple(screen.papers.ids)
    export_job.save_to_file(screen, screen.session.begin_export(ids, format_name), to)


def copy(screen: MainScreen) -> None:
    """Copy the text selected with the mouse, or else choose what to copy of the paper."""
    selected = screen.get_selected_text()
    if selected:
        copy_selected_text(screen, selected)
        return
    paper_id = screen.papers.current
    if paper_id is None:
        return
    paper = screen.session.entry(paper_id).paper
    no_link = "" if paper.links else "no link"
    options = [
        Option("title", "title", "t", "t"),
        Option("citation", "citation", "c", "c"),
        Option("bibtex", "BibTeX", "y or b", "b"),
        Option("link", "link", "l", "l", no_link),
        Option("markdown", "Markdown", "m", "m"),
    ]

    def on_choice(what: str) -> None:
        screen.guarded(lambda: _copy(screen, paper_id, what))

    choose(
        screen, selection.title_with_count(screen, "Copy", "of"), options, on_choice, current="bibtex", typing=False
    )


def _copy(screen: MainScreen, paper_id: str, what: str) -> None:
    ids = selection.selected_in_order(screen) or (paper_id,)
    if len(ids) > 1 and what in dict(screen.session.formats()):
        text = screen.session.export(ids, what).text  # in one export, so that the citation keys are distinct
    else:
        text = "\n".join(screen.session.copy_text(each, what).rstrip("\n") for each in ids)
    method = copy_text(screen, text)
    screen.notify_status(f"copied the {what}{f' of {len(ids)} papers' if len(ids) > 1 else ''} {method}")
