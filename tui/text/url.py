"""Web addresses as a network knows them: in ASCII, so that letters that look alike cannot pass for each other."""

from __future__ import annotations

import re

_WEB = re.compile(r"(https?://)([^/?#\\]*)(.*)", re.IGNORECASE | re.DOTALL | re.ASCII)
_PORT = re.compile(r":\d*\Z", re.ASCII)
_NUMBER = re.compile(r"\d+|0x[\da-f]*", re.ASCII | re.IGNORECASE)
_LABEL_END = re.compile("[.\u3002\uff0e\uff61]")
# What may stand behind the host as it is (RFC 3986); all else is written in hexadecimal digits.
_PLAIN = "%/:?#[]@!$&'()*+,;=-._~"


def to_ascii_url(link: str) -> str | None:
    """The address that a link names, as RFC 3987 maps it to ASCII; None where it is none of the web.

    Args:
        link: anything.
    """
    from urllib.parse import quote  # noqa: PLC0415 - asked for when a link is opened, not at start-up

    found = _WEB.fullmatch(link.strip())
    if found is None:
        return None
    user, at, place = found[2].rpartition("@")
    port = _PORT.search(place)
    host = _ascii_host(place[: port.start()] if port else place)
    if not host:
        return None
    # Browsers take a backslash for a slash there; escaped, it would make what is before it the name of a user.
    behind = re.sub(r"\A\\", "/", found[3])
    user, rest = (quote(part, safe=_PLAIN, errors="replace") for part in (user, behind))
    return f"{found[1].lower()}{user}{at}{host}{port[0] if port else ''}{rest}"


def real_host(address: str) -> str:
    """The host that a browser goes to: without the name of a user, which may look like one, and without the port.

    Args:
        address: as ``uri`` returns it.
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
    """Whether a link begins with the very host it leads to, and with nothing that could be taken for another.

    Args:
        link: as a page gives it.
        address: what ``uri`` made of it.
    """
    found = _WEB.fullmatch(link.strip())
    written = _PORT.sub("", found[2]).lower() if found else ""
    return written == real_host(address) and "\\" not in link


def _ascii_host(host: str) -> str | None:
    """The name of a host; None where no host can have it."""
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
