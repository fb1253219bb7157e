"""Mutants that ``python -m tests.mutation`` leaves out, as they do what the program does."""

from __future__ import annotations

# Of each: the module, its line, the line after the change; and the reason why no test can notice it.
EQUIVALENT: dict[tuple[str, str, str], str] = {
    (
        "tui/ingest/author_format.py",
        "if name.given and not natural.isascii():",
        "if name.given or not natural.isascii():",
    ): "the two spellings more never parse into the same name if it is ASCII or has no given name",
}
