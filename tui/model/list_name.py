"""Names of reading lists: they are also names of folders."""

from __future__ import annotations

import re

_LONGEST = 60  # characters; at most 240 bytes, and names of folders may have 255
_NAME = re.compile(r"\w[\w .+-]*\Z")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)  # not possible on Windows


def list_name_error(name: str) -> str:
    """What is wrong with the name of a list; empty if nothing is."""
    if not name.strip():
        return "a list needs a name"
    if len(name) > _LONGEST:
        return f"a list name can have at most {_LONGEST} characters; this one has {len(name)}"
    if not _NAME.match(name) or name[-1] in " ." or _RESERVED.match(name):
        rule = "use letters, digits, spaces and - _ . +, beginning with a letter or digit"
        return f"{name!r} is not a valid list name: {rule}"
    return ""
