"""Actions: open the link of a paper, after a question if it looks like another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.opener import Opener, wait_for_failure
from tui.app.ui import Option
from tui.text.ascii_url import real_host, shows_host, to_ascii_url

if TYPE_CHECKING:
    from tui.app.ui import Ui
    from tui.app.workspace import Workspace


def open_link(workspace: Workspace, ui: Ui) -> None:
    """Open the paper's first web link; asks first if it opens another host than it shows."""
    entry = workspace.current_entry()
    link = next((link for link in entry.paper.links if to_ascii_url(link)), "") if entry else ""
    if link:
        open_address(workspace, ui, link)
    else:
        workspace.show_message("this paper has no link")


def open_address(workspace: Workspace, ui: Ui, link: str) -> None:
    """Open a web link; asks first if it opens another host than it shows."""
    address = to_ascii_url(link)
    if not address:
        workspace.show_message("this is not a web link")
    elif shows_host(link, address):
        _open(workspace, ui, address)
    else:
        options = [Option("no", "no", "n", "n"), Option("yes", "yes", "y", "y")]
        ui.choose(
            f"This link opens {real_host(address)}. Continue?",
            options,
            lambda answer: _open(workspace, ui, address) if answer == "yes" else None,
        )


def _open(workspace: Workspace, ui: Ui, address: str) -> None:
    """Start a browser, and report if it fails within some seconds."""
    if ui.host.is_web:
        ui.host.open_url(address)
        workspace.show_message(f"opened {address}")
        return
    browser = Opener.for_links()
    if browser is None:
        workspace.show_message(f"no browser found to open {address}")
        return
    try:
        running = browser.start(address)
    except OSError as error:
        workspace.show_message(f"cannot open the link: {browser.name}: {error.strerror}", error=True)
        return
    workspace.show_message(f"opened {address}")

    async def watch() -> None:
        if failed := await wait_for_failure(running):
            workspace.show_message(f"{browser.name} {failed}: {address}", error=True)

    ui.watch(watch())
