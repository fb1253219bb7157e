"""Strict JSON, the only notation on the disk."""

from __future__ import annotations

import signal
from typing import Any, TypeAlias

# Interrupting the initialisation of orjson crashes the interpreter (seen with orjson 3.13.0).
_MASK = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
try:
    import orjson
finally:
    signal.pthread_sigmask(signal.SIG_SETMASK, _MASK)

#: Any JSON value; only the codec knows its form.
Json: TypeAlias = Any


def dumps(value: Json) -> bytes:
    """Serialise. Lone surrogates are replaced as by :func:`replace_surrogates`, not-a-number by null.

    Raises:
        TypeError: the value cannot be represented in JSON.
    """
    try:
        return orjson.dumps(value)
    except TypeError:
        return orjson.dumps(_replace_in_value(value))


def loads(data: bytes | memoryview) -> Json:
    """Parse strictly.

    Raises:
        ValueError: the data is not JSON.
    """
    return orjson.loads(data)


def is_storable(value: Json) -> bool:
    """Whether a value is read back as it was written, because it contains no lone surrogate."""
    try:
        orjson.dumps(value)
    except TypeError:
        return False
    return True


def replace_surrogates(text: str) -> str:
    r"""Replace the surrogates of a text, so that it can be encoded.

    Two adjacent halves of a surrogate pair become one character. A lone one (an invalid byte on the command line, a
    bad escape in an imported file) becomes its visible escape, ``\udcff``, so that nothing is lost.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        return paired.encode("utf-8", "backslashreplace").decode()
    return text


def _replace_in_value(value: Json) -> Json:
    if isinstance(value, str):
        return replace_surrogates(value)
    if isinstance(value, dict):
        return {_replace_in_value(key): _replace_in_value(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_replace_in_value(member) for member in value]
    return value
