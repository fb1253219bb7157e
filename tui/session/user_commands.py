"""Commands of the user's own: a program with an argument list, run on papers. Never a shell."""

from __future__ import annotations

import json
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import NothingMatchedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Placeholders that stand for a key of the JSON record of a paper.
_RECORD_KEYS = {"id": "id", "key": "citation_key", "title": "title", "doi": "doi", "arxiv": "eprint"}


class Finished(NamedTuple):
    """A program that has run.

    Attributes:
        status: its exit status; negative if a signal ended it.
        output: what it wrote to standard output and standard error.
    """

    status: int
    output: str


def run_command(arguments: Sequence[str], records: Sequence[Mapping[str, object]]) -> Finished:
    """Run a program on papers: once for each if an argument has a placeholder, else once for all of them.

    The program gets the JSON records of its papers on standard input. The first failure ends the run.

    Args:
        arguments: program and arguments, with placeholders in braces.
        records: the JSON records of the papers.

    Raises:
        NothingMatchedError: a paper lacks what a placeholder stands for; nothing was run.
        UsageError: the program cannot be started, or a value would be mistaken for an option.
    """
    with ExitStack() as files:
        runs: list[tuple[list[str], Sequence[Mapping[str, object]]]] = [(list(arguments), records)]
        if any("{" + name + "}" in text for text in arguments for name in (*_RECORD_KEYS, "url", "note")):
            folder = Path(files.enter_context(tempfile.TemporaryDirectory(prefix="readlist-")))
            runs = [([_fill(text, record, folder) for text in arguments], [record]) for record in records]
        output = ""
        for words, its_records in runs:
            finished = _run(words, json.dumps(list(its_records), ensure_ascii=False))
            output += finished.output
            if finished.status:
                return Finished(finished.status, output)
        return Finished(0, output)


def _run(words: Sequence[str], text: str) -> Finished:
    try:
        done = subprocess.run(  # noqa: S603 - an argument list of the user's own, no shell
            words,
            input=text.encode("utf-8", "replace"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(f"cannot run {words[0]}: {reason}", "check its name in the settings") from None
    return Finished(done.returncode, done.stdout.decode("utf-8", "replace"))


def _fill(text: str, record: Mapping[str, object], folder: Path) -> str:
    """An argument with its placeholders replaced."""
    filled = text
    for name in (*_RECORD_KEYS, "url", "note"):
        mark = "{" + name + "}"
        if mark not in text:
            continue
        value = _value(name, record, folder)
        if not value:
            raise NothingMatchedError(f"{record['title'] or record['id']} has no {name}", "nothing was run")
        if text.startswith(mark) and value.startswith("-"):
            raise UsageError(
                f"the {name} {value[:60]!r} would be mistaken for an option",
                f"put something before {mark} in the argument",
            )
        filled = filled.replace(mark, value)
    return filled


def _value(name: str, record: Mapping[str, object], folder: Path) -> str:
    if name == "url":
        links = record["links"]
        return str(links[0]) if isinstance(links, list) and links else ""
    if name == "note":
        file = folder / f"{record['id']}.md"
        file.write_text(str(record["note"] or ""), encoding="utf-8", errors="replace")
        return str(file)
    return str(record[_RECORD_KEYS[name]] or "").replace("\0", "")
