"""The settings file. Without one, no module that parses it is loaded."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from tui.paths import ConfiguredLists
from tui.settings.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

_MAX_SIZE = 250_000  # bytes


def load(path: Path | None) -> Settings:
    """Read the settings; one with an error gets its default, and the error is reported.

    Args:
        path: the file, which may be missing; None for the defaults.
    """
    if path is None:
        return Settings()
    try:
        content = _read_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        return Settings(errors=(f"{path}: cannot read the settings ({reason}); using the defaults",))
    from tui.settings.loader import parse_settings  # noqa: PLC0415 - loaded only if there is a file

    return parse_settings(path.name, content)


def fingerprint(path: Path | None) -> tuple[int, ...] | None:
    """Inode, size and time of the file, which differ after it was changed; None without one."""
    try:
        found = os.stat(path) if path is not None else None  # noqa: PTH116 - asked twice a second
    except OSError:
        return None
    return found and (found.st_ino, found.st_size, found.st_mtime_ns)


def configured_lists(path: Path | None) -> ConfiguredLists:
    """The lists and folders named in a settings file."""
    settings = load(path)
    return ConfiguredLists(settings.data, settings.listings, settings.default_list, settings.lists)


def _read_file(path: Path) -> bytes:
    """Read the bytes of the file.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not a regular file, or too large.
    """
    # Without O_NONBLOCK, opening a pipe without a writer would block.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("not a regular file")
        content = file.read(_MAX_SIZE + 1)
    if len(content) > _MAX_SIZE:
        raise ValueError(f"larger than {_MAX_SIZE // 1_000} kB")
    return content
