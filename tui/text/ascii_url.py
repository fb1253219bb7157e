"""Web addresses in ASCII, so that lookalike characters cannot disguise a host."""

from __future__ import annotations

import re

_WEB = re.compile(r"(https?://)([^/?#\\]*)(.*)", re.IGNORECASE | re.DOTALL | re.ASCII)
_PORT = re.compile(r":\d*\Z", re.ASCII)
_NUMBER = re.compile(r"\d+|0x[\da-f]*", re.ASCII | re.IGNORECASE)
_LABEL_END = re.compile("[.\u3002\uff0e\uff61]")
# Characters allowed after the host (RFC 3986); all others are percent-encoded.
_UNRESERVED = "%/:?#[]@!$&'()*+,;=-._~"


def to_ascii_url(link: str) -> str | None:
    """The ASCII form of a link by RFC 3987; None if it is not a web address.

    Args:
        link: anything.
    """
    from urllib.parse import quote  # noqa: PLC0415 - not needed at start-up

    found = _WEB.fullmatch(link.strip())
    if found is None:
        return None
    user, at, location = found[2].rpartition("@")
    port = _PORT.search(location)
    host = _ascii_host(location[: port.start()] if port else location)
    if not host:
        return None
    # Browsers treat a backslash there as a slash; escaped, it would turn the host before it into a user name.
    path = re.sub(r"\A\\", "/", found[3])
    user, rest = (quote(part, safe=_UNRESERVED, errors="replace") for part in (user, path))
    return f"{found[1].lower()}{user}{at}{host}{port[0] if port else ''}{rest}"


def real_host(address: str) -> str:
    """The host that a browser connects to, without the port and without a user name that may look like a host.

    Args:
        address: as ``to_ascii_url`` returns it.
    """
    import socket  # noqa: PLC0415 - see above

    found = _WEB.fullmatch(address)
    host = _PORT.sub("", found[2].rpartition("@")[2] if found else "")
    if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        try:
            return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))  # 0x7f.1 is 127.0.0.1
        except OSError:
            return host
    return host


def shows_host(link: str, address: str) -> bool:
    """Whether a link visibly begins with the host it leads to.

    Args:
        link: as the source has it.
        address: what ``to_ascii_url`` returned for it.
    """
    found = _WEB.fullmatch(link.strip())
    written = _PORT.sub("", found[2]).lower() if found else ""
    return written == real_host(address) and "\\" not in link


def _ascii_host(host: str) -> str | None:
    """The ASCII name of a host; None if it is not valid."""
    labels = [_ascii_label(label) for label in _LABEL_END.split(host)]
    name = ".".join(label for label in labels if label is not None)
    fits = None not in labels and re.fullmatch(r"[\w.-]+|\[[\da-f:.]+\]", name, re.ASCII | re.IGNORECASE)
    return name.lower() if fits else None


def _ascii_label(label: str) -> str | None:
    if label.isascii():
        return label
    try:
        return label.encode("idna").decode()
    except UnicodeError:
        return None
