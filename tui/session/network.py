"""Connections to services: allowed by the settings or for one call, and made only then."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import tui
from tui.sources.http_client import HttpClient
from tui.sources.request_spacing import RequestSpacing

if TYPE_CHECKING:
    from pathlib import Path

_SPACING = "requests.json"


class Connection(NamedTuple):
    """What is needed to send requests.

    Attributes:
        client: sends them.
        spacing: spaces them.
    """

    client: HttpClient
    spacing: RequestSpacing


def connect(data: Path) -> Connection:
    """A connection for the list in a data folder; nothing is sent yet."""
    client = HttpClient(f"readlist/{tui.__version__}", lambda: datetime.now(UTC))
    return Connection(client, RequestSpacing(data / _SPACING, time.time, time.sleep))
