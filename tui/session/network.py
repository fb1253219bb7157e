"""Connections to services: allowed by the settings or for one call, and made only then."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import tui
from tui.sources.http_client import HttpClient, ServiceError
from tui.sources.request_spacing import RequestSpacing

if TYPE_CHECKING:
    from pathlib import Path

_SPACING = "requests.json"
_BLOCKED = 900.0  # seconds for which a service that refuses is left alone, unless it says more


class Connection(NamedTuple):
    """What is needed to send requests.

    Attributes:
        client: sends them.
        spacing: spaces them.
    """

    client: HttpClient
    spacing: RequestSpacing

    def fetch(self, address: str) -> bytes:
        """One document, when its time has come.

        Raises:
            ServiceError: it cannot be fetched.
        """
        host = urlsplit(address).hostname or ""
        if self.spacing.blocked(host):
            raise ServiceError(
                f"requests to {host} are paused", "the service asked for this; try again later", busy=True
            )
        self.spacing.wait(host)
        try:
            return self.client.get_xml(address)
        except ServiceError as error:
            if error.busy:
                self.spacing.block(host, max(error.retry_after, _BLOCKED))
            raise


def connect(data: Path) -> Connection:
    """A connection for the list in a data folder; nothing is sent yet."""
    client = HttpClient(f"readlist/{tui.__version__}", lambda: datetime.now(UTC))
    return Connection(client, RequestSpacing(data / _SPACING, time.time, time.sleep))
