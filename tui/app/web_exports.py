"""What becomes of exports on a screen in a browser: they go below one folder, or are downloads.

Whoever sees that screen may be another person than the one who owns the files of this machine.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from tui.app.terminal.web_driver import WebDriver
from tui.errors import UsageError
from tui.paths import exports_folder

if TYPE_CHECKING:
    from textual.app import App

    from tui.session.exports import FinishedExport


def only_downloads() -> bool:
    """Whether no export may be written to a file."""
    return exports_folder() is None


def export_target(name: str) -> Path:
    """The file or folder that a name means, below the folder for exports.

    Args:
        name: as typed; it begins in that folder.

    Raises:
        UsageError: it lies elsewhere, or there is no such folder.
    """
    folder = exports_folder()
    if folder is None:
        raise UsageError("no exports are written from a browser", "`readlist serve --exports DIR` allows a folder")
    try:
        target = (folder / name).resolve()
    except (OSError, ValueError, RuntimeError):
        raise UsageError(f"{name!r} is no name of a file") from None
    if target == folder.resolve() or not target.is_relative_to(folder.resolve()):
        raise UsageError(f"exports go below {folder}", "type a name without a folder")
    return target


def download(app: App[object], export: FinishedExport, name: str) -> str:
    """Have the browser download an export; returns the name of the download.

    Args:
        app: the running app.
        export: what to download; one with several files becomes an archive.
        name: the name as typed, of which the last part counts.
    """
    name = Path(name).name or "readlist"
    content = export.text.encode()
    if export.files:
        name = f"{name.removesuffix('.zip')}.zip"
        content = _archive(export)
    if isinstance(app._driver, WebDriver):  # noqa: SLF001 - the app hands its driver to nobody
        app._driver.offer_file(name, content)  # noqa: SLF001
    return name


def _archive(export: FinishedExport) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        for name, text in export.files.items():
            files.writestr(name, text)
    return archive.getvalue()
