"""Actions: open the link of a paper, after a question if it looks like another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.link_browser import Browser, wait_for_failure
from tui.app.open_picker import Option, choose
from tui.text.ascii_url import real_host, shows_host, to_ascii_url

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen


def open_link(screen: MainScreen) -> None:
    """Open the paper's first web link; asks first if it opens another host than it shows."""
    entry = screen.current_entry()
    pairs = ((link, to_ascii_url(link)) for link in entry.paper.links) if entry else ()
    link, address = next(((link, found) for link, found in pairs if found), ("", ""))
    if not address:
        screen.notify_status("this paper has no link")
    elif shows_host(link, address):
        _open(screen, address)
    else:
        options = [Option("no", "no", "n", "n"), Option("yes", "yes", "y", "y")]
        choose(
            screen,
            f"This link opens {real_host(address)}. Continue?",
            options,
            lambda answer: _open(screen, address) if answer == "yes" else None,
            typing=False,
        )


def _open(screen: MainScreen, address: str) -> None:
    """Start a browser, and report if it fails within some seconds."""
    if screen.app.is_web:
        screen.app.open_url(address)
        screen.notify_status(f"opened {address}")
        return
    browser = Browser.find()
    if browser is None:
        screen.notify_status(f"no browser found to open {address}")
        return
    try:
        running = browser.start(address)
    except OSError as error:
        screen.notify_status(f"cannot open the link: {browser.name}: {error.strerror}", error=True)
        return
    screen.notify_status(f"opened {address}")

    async def watch() -> None:
        if failed := await wait_for_failure(running):
            screen.notify_status(f"{browser.name} {failed}: {address}", error=True)

    screen.run_worker(watch(), group="browser")
