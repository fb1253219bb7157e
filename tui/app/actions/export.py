"""Taking out: export, copy, open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app import export_job
from tui.app.actions import selection
from tui.app.actions.clipboard import copy_selected_text, to_clipboard
from tui.app.browser import Browser, failure
from tui.app.choose import Option, choose
from tui.session.exports import OPTION_FORMATS, ExportOptions, styles
from tui.text.plural import pluralise
from tui.text.url import real_host, shows_host, to_ascii_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.screens.main_screen import MainScreen
    from tui.session.exports import FinishedExport


def export(desk: MainScreen) -> None:
    """Write the selection, or else the list, or what a profile says: format and wishes, then the file."""
    from tui.app.screens.export_dialog import ExportChoices, ExportDialog  # noqa: PLC0415 - a screen that a start-up does not need

    session = desk.session
    ids = selection.in_order(desk) or tuple(desk.papers.ids)
    profiles = session.settings.profiles
    papers = pluralise(len(ids))
    words = {name: f"{found.query or 'all'} as {found.format}" for name, found in profiles.items()}
    offered = ExportChoices(session.formats(), OPTION_FORMATS, styles(), words)

    def order(value: str, wishes: ExportOptions) -> tuple[Sequence[str], str, ExportOptions, str]:
        """The papers, the format, the wishes and the target that a format or a profile means."""
        profile = profiles.get(value.removeprefix("@")) if value.startswith("@") else None
        if profile is None:
            return ids, value, wishes, ""
        wishes = ExportOptions(profile.raw, profile.ascii, profile.style, profile.split)
        return session.find(profile.query).ids, profile.format, wishes, profile.to

    def chosen(value: str | None) -> None:
        if value is not None:
            desk.guarded(lambda: leave(value))

    def leave(value: str) -> None:
        which, name, wishes, to = order(value, sheet.wishes)
        begun = session.begin_export(which, name, wishes)

        def copied(export: FinishedExport) -> None:
            desk.notify_status(f"copied {export.papers} as {name} {to_clipboard(desk, export.text)}")

        if sheet.to_clipboard:
            export_job.run_export(desk, begun, copied)
        else:
            export_job.save_to_file(desk, begun, to)

    sheet = ExportDialog(
        f"Export {papers} as", offered, lambda value, wishes: session.export_preview(*order(value, wishes)[:3])
    )
    desk.app.push_screen(sheet, chosen)


def export_as(desk: MainScreen, format_name: str, to: str = "") -> None:
    """Write the selection, or else the list, in a format, to a file that is asked for.

    Args:
        desk: the desk.
        format_name: a name in the table of formats.
        to: the file to offer; empty for the usual one.
    """
    ids = selection.in_order(desk) or tuple(desk.papers.ids)
    export_job.save_to_file(desk, desk.session.begin_export(ids, format_name), to)


def copy(desk: MainScreen) -> None:
    """Copy the text selected with the mouse; where there is none, choose what of the paper to copy."""
    selected = desk.get_selected_text()
    if selected:
        copy_selected_text(desk, selected)
        return
    paper_id = desk.papers.current
    if paper_id is None:
        return
    paper = desk.session.entry(paper_id).paper
    no_link = "" if paper.links else "no page gives a link"
    options = [
        Option("title", "title", "t", "t"),
        Option("citation", "citation", "c", "c"),
        Option("bibtex", "BibTeX", "y or b", "b"),
        Option("link", "link", "l", "l", no_link),
        Option("markdown", "Markdown", "m", "m"),
    ]

    def chosen(what: str) -> None:
        desk.guarded(lambda: _copy(desk, paper_id, what))

    choose(desk, selection.titled(desk, "Copy", "of"), options, chosen, current="bibtex", typing=False)


def open_link(desk: MainScreen) -> None:
    """Open the paper's first link of the web; one that is not what it looks like is shown, and asked about."""
    entry = desk.current_entry()
    pairs = ((link, to_ascii_url(link)) for link in entry.paper.links) if entry else ()
    link, address = next(((link, found) for link, found in pairs if found), ("", ""))
    if not address:
        desk.notify_status("no page gives a link for this paper")
    elif shows_host(link, address):
        _open(desk, address)
    else:
        options = [Option("no", "no", "n", "n"), Option("yes", "yes", "y", "y")]
        choose(
            desk,
            f"This really leads to {real_host(address)}. Open it?",
            options,
            lambda answer: _open(desk, address) if answer == "yes" else None,
            typing=False,
        )


def _open(desk: MainScreen, address: str) -> None:
    """Start a browser; one that ends with a status of its own within some seconds is told of."""
    if desk.app.is_web:
        desk.app.open_url(address)
        desk.notify_status(f"opened {address}")
        return
    browser = Browser.found()
    if browser is None:
        desk.notify_status(f"no program to open links here: {address}")
        return
    try:
        running = browser.start(address)
    except OSError as fault:
        desk.notify_status(f"the link cannot be opened: {browser.name}: {fault.strerror}", fault=True)
        return
    desk.notify_status(f"opened {address}")

    async def watch() -> None:
        if failed := await failure(running):
            desk.notify_status(f"{browser.name} {failed}; the link is {address}", fault=True)

    desk.run_worker(watch(), group="browser")


def _copy(desk: MainScreen, paper_id: str, what: str) -> None:
    ids = selection.in_order(desk) or (paper_id,)
    if len(ids) > 1 and what in dict(desk.session.formats()):
        text = desk.session.export(ids, what).text  # at once, so that the keys are distinct
    else:
        text = "\n".join(desk.session.copy_text(each, what).rstrip("\n") for each in ids)
    way = to_clipboard(desk, text)
    desk.notify_status(f"copied the {what}{f' of {len(ids)} papers' if len(ids) > 1 else ''} {way}")
