"""Commands of the user's own: a program with an argument list, run on papers. Never a shell."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import NothingMatchedError, UsageError, WriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Record = Mapping[str, object]

# Placeholders that stand for a key of the JSON record of a paper.
_RECORD_KEYS = {"id": "id", "key": "citation_key", "title": "title", "doi": "doi", "arxiv": "eprint"}
_PLACEHOLDERS = (*_RECORD_KEYS, "url", "pdf", "note")
_PLACEHOLDER = re.compile(r"(\{\w+\})")
_MOST_OUTPUT = 10_000_000  # bytes


class ProgramCall(NamedTuple):
    """A program, its arguments and its standard input.

    Attributes:
        words: the program and its arguments.
        text: the JSON records of its papers.
    """

    words: tuple[str, ...]
    text: str


class Finished(NamedTuple):
    """A program that has run.

    Attributes:
        status: its exit status; negative if a signal ended it.
        output: what it wrote to standard output and standard error.
    """

    status: int
    output: str

    @property
    def failure(self) -> str:
        """How it failed: ``exited with status 5``; empty if it did not."""
        if not self.status:
            return ""
        return f"exited with status {self.status}" if self.status > 0 else f"was killed by signal {-self.status}"


class Program:
    """A running program. It writes to a file, so that nobody has to wait for what it started in the background.

    Args:
        call: what to run.
        apart: whether it gets a session of its own, so that it outlives the terminal and cannot use it.

    Raises:
        UsageError: it cannot be started.
    """

    def __init__(self, call: ProgramCall, *, apart: bool = False) -> None:
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the program has ended
        try:
            with tempfile.TemporaryFile() as given:
                given.write(call.text.encode("utf-8", "replace"))
                given.seek(0)
                self._process = subprocess.Popen(  # noqa: S603 - an argument list of the user's own, no shell
                    call.words, stdin=given, stdout=self._output, stderr=subprocess.STDOUT, start_new_session=apart
                )
        except (OSError, ValueError) as error:
            self._output.close()
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            raise UsageError(f"cannot run {call.words[0]}: {reason}", "check its name in the settings") from None

    def poll(self) -> Finished | None:
        """How it ended; None if it still runs."""
        return None if self._process.poll() is None else self.wait()

    def wait(self) -> Finished:
        """Wait until it ends."""
        status = self._process.wait()
        with self._output as output:
            output.seek(0)
            return Finished(status, output.read(_MOST_OUTPUT).decode("utf-8", "replace"))


def runs_for_each(arguments: Sequence[str]) -> bool:
    """Whether a program runs once for each paper, because an argument has a placeholder."""
    return bool(_used(arguments))


def program_calls(
    arguments: Sequence[str], records: Sequence[Record], find_pdf: Callable[[str], Path | None], folder: Path
) -> list[ProgramCall]:
    """The calls of a program on papers: one for each if an argument has a placeholder, else one for all of them.

    Args:
        arguments: program and arguments, with placeholders in braces.
        records: the JSON records of the papers.
        find_pdf: returns the PDF of a paper by its id.
        folder: the folder for the files with notes.

    Raises:
        NothingMatchedError: a paper lacks what a placeholder stands for.
        UsageError: a value would be mistaken for an option.
        WriteError: a file with a note cannot be written.
    """
    used = _used(arguments)
    if not used:
        return [ProgramCall(tuple(arguments), _json(records))]
    calls = []
    for record in records:
        values = {name: _value(name, record, find_pdf, folder) for name in used}
        calls.append(ProgramCall(tuple(_fill(text, values) for text in arguments), _json([record])))
    return calls


def run_command(
    arguments: Sequence[str], records: Sequence[Record], find_pdf: Callable[[str], Path | None]
) -> Finished:
    """Run a program on papers and wait for it; the first failure ends the run. Raises as ``program_calls`` does."""
    with tempfile.TemporaryDirectory(prefix="readlist-") as folder:
        output = ""
        for call in program_calls(arguments, records, find_pdf, Path(folder)):
            finished = Program(call).wait()
            output += finished.output
            if finished.status:
                return Finished(finished.status, output)
        return Finished(0, output)


def _used(arguments: Sequence[str]) -> list[str]:
    """The placeholders in arguments."""
    return [name for name in _PLACEHOLDERS if any("{" + name + "}" in text for text in arguments)]


def _json(records: Sequence[Record]) -> str:
    return json.dumps(list(records), ensure_ascii=False)


def _fill(text: str, values: Mapping[str, str]) -> str:
    """An argument with its placeholders replaced; what a value has in braces stays."""
    filled = "".join(values.get(part[1:-1], part) if part[:1] == "{" else part for part in _PLACEHOLDER.split(text))
    if filled.startswith("-") and not text.startswith("-"):
        name = text[1:].partition("}")[0]
        raise UsageError(
            f"the {name} {filled[:60]!r} would be mistaken for an option",
            f"put something before {{{name}}} in the argument",
        )
    return filled


def _value(name: str, record: Record, find_pdf: Callable[[str], Path | None], folder: Path) -> str:
    """What a placeholder stands for; raises NothingMatchedError if the paper lacks it."""
    if name == "note":
        file = folder / f"{record['id']}.md"
        try:
            file.write_text(str(record["note"] or ""), encoding="utf-8", errors="replace")
        except OSError as error:
            raise WriteError(f"cannot write the note to a file: {(error.strerror or str(error)).lower()}") from None
        return str(file)
    if name == "url":
        links = record["links"]
        value: object = links[0] if isinstance(links, list) and links else ""
    else:
        value = find_pdf(str(record["id"])) if name == "pdf" else record[_RECORD_KEYS[name]]
    text = str(value or "").replace("\0", "")
    if not text:
        what = "PDF that exists" if name == "pdf" else name
        raise NothingMatchedError(f"{record['title'] or record['id']} has no {what}", "nothing was run")
    return text
