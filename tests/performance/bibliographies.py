"""Cost of importing and exporting bibliographies: processor time and memory of separate processes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.performance.clock import Row
from tests.performance.corpus import ROOT
from tui.session.choices import export_formats
from tui.session.session import Session

if TYPE_CHECKING:
    from tui.paths import Paths

_PARSE = "import bibtexparser, sys; bibtexparser.parse_file(sys.argv[1])"
_READLIST = "import sys; from tui.__main__ import main; sys.exit(main())"
# The peak of this program; getrusage would include the memory of its parent at the fork.
_PEAK = "next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM'))"
_WITH_MEMORY = f"import atexit; atexit.register(lambda: print({_PEAK})); {_READLIST}"
_IMPORT_AIM = 3.0  # times bibtexparser
_IMPORTS = 3  # pairs
_EXPORT_AIM = 2000.0  # ms
_MEMORY_AIM = 150.0  # MB
_LONGEST_REFERENCES = 1_000  # papers; the processor of citation styles takes about 10 ms for each


def exports(home: Paths, size: int) -> list[Row]:
    """Export every paper to each format, with verification."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, _ in export_formats():
            if name.startswith("references") and size > _LONGEST_REFERENCES:
                continue
            arguments = ["--data", str(home.data), "--seeds", str(home.seeds), "export", "--format", name]
            took, output = _processor_time(_WITH_MEMORY, *arguments, "-o", f"{folder}/{name}")
            rows.append(Row(f"export {name}, {size}", took * 1000, "ms", aim=_EXPORT_AIM))
            rows.append(Row(f"export {name}, {size}: memory", int(output.split()[-1]) / 1024, "MB", aim=_MEMORY_AIM))
    return rows


def imports(home: Paths, size: int) -> list[Row]:
    """Import a BibTeX file of the whole list into an empty one, compared with bibtexparser alone."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "all.bib"
        seeds = Path(folder) / "seeds"
        seeds.mkdir()
        session = Session.open(home)
        file.write_text(session.exports.export(session.ids(), "bibtex").text, encoding="utf-8")
        session.close()
        pairs = []
        for number in range(_IMPORTS):
            theirs, _ = _processor_time(_PARSE, str(file))
            arguments = ["--data", f"{folder}/data{number}", "--seeds", str(seeds), "import", str(file)]
            ours, _ = _processor_time(_READLIST, *arguments)
            pairs.append((ours / theirs, ours, theirs))
    ratio, ours, theirs = sorted(pairs)[_IMPORTS // 2]
    baseline = "bibtexparser alone, CPU"
    return [Row(f"import of BibTeX, {size}, CPU", ours * 1000, "ms", baseline, theirs * 1000, ratio, _IMPORT_AIM)]


def _processor_time(code: str, *arguments: str) -> tuple[float, str]:
    """Seconds of processor time of a program, and its output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        check=True,
        capture_output=True,
        text=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout
