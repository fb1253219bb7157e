"""Exports from a screen in a browser: into one folder, or as downloads.

The user of that screen may not be the owner of the files on this machine.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from tui.app.terminal.hardened_app import hardened
from tui.errors import UsageError
from tui.paths import exports_folder

if TYPE_CHECKING:
    from textual.app import App

    from tui.session.exports import FinishedExport


def only_downloads() -> bool:
    """Whether exports can only be downloaded, not written to files."""
    return exports_folder() is None


def export_target(name: str) -> Path:
    """The path of a name in the folder for exports.

    Args:
        name: as typed, relative to that folder.

    Raises:
        UsageError: the path is outside of that folder, or there is no such folder.
    """
    folder = exports_folder()
    if folder is None:
        raise UsageError("exports to files are disabled in the browser", "start `readlist serve` with --exports DIR")
    try:
        target = (folder / name).resolve()
    except (OSError, ValueError, RuntimeError):
        raise UsageError(f"not a valid file name: {name!r}") from None
    if target == folder.resolve() or not target.is_relative_to(folder.resolve()):
        raise UsageError(f"exports must be saved in {folder}", "type a name without a folder")
    return target


def download(app: App[object], export: FinishedExport, name: str) -> str:
    """Have the browser download an export; returns the name of the download.

    Args:
        app: the running app.
        export: the export; several files become an archive.
        name: the name as typed; folders in it are ignored.
    """
    name = Path(name).name or "readlist"
    content = export.text.encode()
    if export.files:
        name = f"{name.removesuffix('.zip')}.zip"
        content = _archive(export)
    driver = hardened(app).web_driver
    if driver is not None:
        driver.offer_file(name, content)
    return name


def _archive(export: FinishedExport) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        for name, text in export.files.items():
            files.writestr(name, text)
    return archive.getvalue()
