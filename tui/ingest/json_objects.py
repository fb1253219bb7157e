"""Iterate over the objects of a JSON file, so that a broken one loses only itself."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tui.ingest.source_file import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.ingest.source_file import SourceFile

_SPACE = re.compile(r"[\s,]*")
_NEXT_MEMBER = re.compile(r"\s*,\s*\"(?:[^\"\\]|\\.)*\"\s*:\s*")
_NEXT_RECORD = re.compile(r"(?<=\n)[ \t]*\{")
_ERROR_LIMIT = 100


def iter_objects(
    source: SourceFile,
    hint: str,
    diagnostics: list[Diagnostic],
    start: int = 0,
    *,
    holds: Callable[[dict[str, Any]], bool] = lambda _: False,
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of an array, of a sequence, or of an enclosing object.

    Args:
        source: the source.
        hint: what to do about a broken object.
        diagnostics: receives an entry for everything that is not an object.
        start: offset in the text at which the search starts.
        holds: whether an object is only a container, whose members are the objects to yield.

    Yields:
        The number of the object's first line, and the object.
    """
    text = source.text
    decoder = json.JSONDecoder(parse_constant=_reject_constant, parse_int=_parse_integer)
    offset = text.find("{", start)
    line, counted, errors = 1, 0, 0
    inside = False
    while 0 <= offset < len(text) and errors < _ERROR_LIMIT:
        line += text.count("\n", counted, offset)
        counted = offset
        try:
            value, end = decoder.raw_decode(text, offset)
        except (ValueError, RecursionError) as error:
            where = line + text.count("\n", offset, getattr(error, "pos", offset))
            diagnostics.append(Diagnostic(source.name, where, f"invalid JSON: {_message(error)}", hint))
            errors += 1
            found = _NEXT_RECORD.search(text, offset + 1)
            offset = found.end() - 1 if found else -1
            continue
        if isinstance(value, dict) and value and not inside and holds(value):
            offset, inside = text.find("{", offset + 1), True
            continue
        if isinstance(value, dict):
            yield line, value
        else:
            diagnostics.append(Diagnostic(source.name, line, "expected an object, found a bare value", hint))
        if not inside and start and text.startswith("{", start):
            return  # only this member was asked for
        separator = (inside and _NEXT_MEMBER.match(text, end)) or _SPACE.match(text, end)
        offset = separator.end() if separator else end
        if text.startswith(("]", "}") if inside or start else "]", offset):
            rest = text[offset + 1 :].strip(" \t\r\n}") if start else text[offset + 1 :].strip()
            if rest:
                at = line + text.count("\n", counted, offset)
                reason = f"unexpected text after the end of the {'array' if text[offset] == ']' else 'object'}"
                diagnostics.append(Diagnostic(source.name, at, reason, hint, repaired=True))
            return


def _message(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    # Only messages of the json module start with a capital.
    message = getattr(error, "msg", None)
    return (message[:1].lower() + message[1:] if message else str(error))[:200]


def _reject_constant(name: str) -> Any:  # noqa: ANN401, json's interface
    raise ValueError(f"{name} is not a JSON number")


def _parse_integer(digits: str) -> int | float:
    return int(digits) if len(digits) < 20 else float(digits)
