"""The objects of a JSON document one by one, so that a broken one costs itself only. Knows no form's keys."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tui.ingest.source_file import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.ingest.source_file import SourceFile

_BLANK = re.compile(r"[\s,]*")
_NEXT_MEMBER = re.compile(r"\s*,\s*\"(?:[^\"\\]|\\.)*\"\s*:\s*")
_NEXT_RECORD = re.compile(r"(?<=\n)[ \t]*\{")
_FAULT_LIMIT = 100


def iter_objects(
    page: SourceFile,
    hint: str,
    problems: list[Diagnostic],
    start: int = 0,
    *,
    holds: Callable[[dict[str, Any]], bool] = lambda _: False,
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of the page, in an array, behind one another, or as the members of an object that only holds them.

    Args:
        page: the page.
        hint: what to do about a broken object.
        problems: gets a problem for whatever is no object.
        start: offset into the page's text from which to look for the first one.
        holds: whether an object is to be looked into: all its members are objects, and those are meant.

    Yields:
        The number of the line an object begins on, and the object.
    """
    text = page.text
    decoder = json.JSONDecoder(parse_constant=_refuse, parse_int=_whole)
    place = text.find("{", start)
    line, counted, faults = 1, 0, 0
    inside = False
    while 0 <= place < len(text) and faults < _FAULT_LIMIT:
        line += text.count("\n", counted, place)
        counted = place
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as fault:
            where = line + text.count("\n", place, getattr(fault, "pos", place))
            problems.append(Diagnostic(page.name, where, f"This is not JSON: {_what(fault)}.", hint))
            faults += 1
            found = _NEXT_RECORD.search(text, place + 1)
            place = found.end() - 1 if found else -1
            continue
        if isinstance(value, dict) and value and not inside and holds(value):
            place, inside = text.find("{", place + 1), True
            continue
        if isinstance(value, dict):
            yield line, value
        else:
            problems.append(Diagnostic(page.name, line, "This is not a record but a bare value.", hint))
        if not inside and start and text.startswith("{", start):
            return  # it is the one member that was meant
        behind = (inside and _NEXT_MEMBER.match(text, end)) or _BLANK.match(text, end)
        place = behind.end() if behind else end
        if text.startswith(("]", "}") if inside or start else "]", place):
            rest = text[place + 1 :].strip(" \t\r\n}") if start else text[place + 1 :].strip()
            if rest:
                at = line + text.count("\n", counted, place)
                reason = f"There is something behind the end of the {'array' if text[place] == ']' else 'object'}."
                problems.append(Diagnostic(page.name, at, reason, hint, repaired=True))
            return


def _what(fault: Exception) -> str:
    if isinstance(fault, RecursionError):
        return "nested too deeply"
    # Only the module's own sentences begin with a capital.
    said = getattr(fault, "msg", None)
    return (said[:1].lower() + said[1:] if said else str(fault))[:200]


def _refuse(name: str) -> Any:  # noqa: ANN401, json's interface
    raise ValueError(f"{name} is no number of JSON")


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < 20 else float(digits)
