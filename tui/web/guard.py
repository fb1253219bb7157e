"""Who may talk to the server: only a browser that was given the address with its token, and only from our own page.

A page of any other site can send requests to this machine, too, and a name server can make its name stand for this
machine (DNS rebinding). So the host has to be the one that is served, a request that comes from a page has to come
from ours, and nothing is answered without a secret. Knows headers, and no web server.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SECRET_BYTES = 32


class Guard:
    """The checks of one server.

    Args:
        host: the address that is listened on.
        port: the port.

    Attributes:
        origin: what a browser calls our own page.
        cookie_name: the name of the cookie; cookies do not know ports, so the name does.
        cookie: its value.
    """

    def __init__(self, host: str, port: int) -> None:
        self._host = host if port == 80 else f"{host}:{port}"  # a browser leaves out the usual port
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
        """An address that admits once: other users of the machine see it among the arguments of the browser."""
        token = _secret()
        self._single_use_tokens.add(token)
        return f"{self.origin}/?token={token}"

    def is_own_request(self, hosts: Sequence[str], origins: Sequence[str], *, from_page: bool) -> bool:
        """Whether a request is for this server, and from no foreign page.

        Args:
            hosts: the values of ``Host``.
            origins: the values of ``Origin``.
            from_page: only a page sends such a request, so that none of these values is foreign, too.
        """
        return list(hosts) == [self._host] and (list(origins) == [self.origin] or (not origins and not from_page))

    def accepts_token(self, token: str) -> bool:
        """Whether a token of an address is right."""
        if _same(token, self._token):
            return True
        found = next((each for each in self._single_use_tokens if _same(token, each)), None)
        self._single_use_tokens.discard(found or "")
        return found is not None

    def accepts_cookie(self, cookie: str) -> bool:
        """Whether a cookie is the one that an admitted browser was given."""
        return _same(cookie, self.cookie)


def _secret() -> str:
    return secrets.token_urlsafe(_SECRET_BYTES)


def _same(given: str, right: str) -> bool:
    return secrets.compare_digest(given.encode(errors="replace"), right.encode())
