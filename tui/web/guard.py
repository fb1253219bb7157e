"""Access control of the web server: only a browser that opened the address with the token, and only our own page.

A page of any other site can send requests to this machine as well, and a name server can resolve its name to this
machine (DNS rebinding). So the host must be ours, a request from a page must come from our page, and every request
needs a secret.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SECRET_BYTES = 32


class Guard:
    """The access checks of one server.

    Args:
        host: the address the server listens on.
        port: the port.

    Attributes:
        origin: the origin of our page.
        cookie_name: the name of the cookie; it contains the port, since cookies are shared between ports.
        cookie: its value.
    """

    def __init__(self, host: str, port: int) -> None:
        self._host = host if port == 80 else f"{host}:{port}"  # browsers omit the default port
        self._token = _secret()
        self._single_use_tokens: set[str] = set()
        self.origin = f"http://{self._host}"
        self.cookie_name = f"readlist-{port}"
        self.cookie = _secret()

    @property
    def address(self) -> str:
        """The address to open, with the token."""
        return f"{self.origin}/?token={self._token}"

    def single_use_address(self) -> str:
        """An address that works once: other users of this machine can read it in the arguments of the browser."""
        token = _secret()
        self._single_use_tokens.add(token)
        return f"{self.origin}/?token={token}"

    def is_own_request(self, hosts: Sequence[str], origins: Sequence[str], *, from_page: bool) -> bool:
        """Whether a request is for this server, and not from a foreign page.

        Args:
            hosts: the values of ``Host``.
            origins: the values of ``Origin``.
            from_page: whether only pages send such requests, so that a missing ``Origin`` is refused.
        """
        return list(hosts) == [self._host] and (list(origins) == [self.origin] or (not origins and not from_page))

    def accepts_token(self, token: str) -> bool:
        """Whether the token of an address is valid."""
        if _same(token, self._token):
            return True
        found = next((each for each in self._single_use_tokens if _same(token, each)), None)
        self._single_use_tokens.discard(found or "")
        return found is not None

    def accepts_cookie(self, cookie: str) -> bool:
        """Whether a cookie is valid."""
        return _same(cookie, self.cookie)


def _secret() -> str:
    return secrets.token_urlsafe(_SECRET_BYTES)


def _same(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode(errors="replace"), expected.encode())
