"""Strict JSON, the only notation on the disk. Must not know what the values stand for."""

from __future__ import annotations

from typing import Any, TypeAlias

import orjson

#: Whatever JSON can hold; its shape is known to the codec only.
Json: TypeAlias = Any


def dumps(value: Json) -> bytes:
    """Serialise; lone surrogates are written as :func:`storable` has them, not-a-number as null.

    Raises:
        TypeError: the value has no form in JSON.
    """
    try:
        return orjson.dumps(value)
    except TypeError:
        return orjson.dumps(_mended(value))


def loads(data: bytes | memoryview) -> Json:
    """Parse strictly.

    Raises:
        ValueError: this is no JSON.
    """
    return orjson.loads(data)


def is_storable(value: Json) -> bool:
    """Whether a value is read back as it was written, because there is no lone surrogate in it."""
    try:
        orjson.dumps(value)
    except TypeError:
        return False
    return True


def replace_surrogates(text: str) -> str:
    r"""Text that every encoding can write.

    Halves of a surrogate pair that stand together are joined. A lone one (a byte of the command line that is no text,
    a faulty escape in an imported file) becomes its visible escape, ``\udcff``: nothing is lost and nothing fails.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        return joined.encode("utf-8", "backslashreplace").decode()
    return text


def _mended(value: Json) -> Json:
    if isinstance(value, str):
        return replace_surrogates(value)
    if isinstance(value, dict):
        return {_mended(key): _mended(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_mended(member) for member in value]
    return value
