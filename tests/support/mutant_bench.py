"""Runs the tests of ``python -m tests.mutation``: which test calls what, and what the tests say of a mutant."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
import threading
import time
import traceback
from contextlib import suppress
from enum import Enum
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType, FrameType

    from tests.mutation import Mutant

# The folders of the tests of a package, if they are not of its name only.
_TESTED_BY = {"bibtex": ("export", "ingest"), "session": ("session", "cli")}
_TRACED = 100_000  # calls of a test that are recorded; with all of them, properties would take minutes
_FIRST = 6  # tests that are tried alone, before the files of all the others are imported
# Hypothesis is imported before pytest could rewrite its assertions, which it warns of.
_OPTIONS = ("-q", "-x", "-n", "0", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
_MEMORY = 4 << 30  # bytes, for mutants that never stop to collect


def folders_of(package: str) -> tuple[str, ...]:
    """The folders with the tests of a package."""
    return _TESTED_BY.get(package, (package,))


class Outcome(Enum):
    """What the tests say of a mutant."""

    KILLED = "killed"
    ENDLESS = "endless"
    SURVIVED = "survived"


class Calls:
    """Which test calls which function, by test file.

    Args:
        data: for each file its digest, and for each of its tests the seconds and the functions, as ``path:name``.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def outdated(self, files: dict[str, str]) -> list[str]:
        """The files, given with their digests, that changed since they were traced."""
        return [file for file, digest in files.items() if self.data.get(file, {}).get("digest") != digest]

    def tests_of(self, path: Path, function: str | None) -> dict[str, tuple[bool, float]]:
        """The tests that call any function of a module: whether it is this one, and the seconds.

        All of them are asked, as a function may be called at the import, or once and its result kept. If there is none,
        as the module has no functions, the tests of its package are returned.
        """
        every = {name: row for traced in self.data.values() for name, row in traced["tests"].items()}
        found = {
            name: (f"{path}:{function}" in functions, seconds)
            for name, (seconds, functions) in every.items()
            if any(called.startswith(f"{path}:") for called in functions)
        }
        folders = tuple(f"tests/{folder}/" for folder in folders_of(path.parts[1]))
        return found or {name: (False, row[0]) for name, row in every.items() if name.startswith(folders)}


class _Tracer:
    """A plugin of pytest that records for each test that passes its seconds and the functions that it calls."""

    def __init__(self, folder: Path, files: dict[str, str]) -> None:
        self.data: dict[str, Any] = {file: {"digest": digest, "tests": {}} for file, digest in files.items()}
        self._start = f"{folder}/tui/"
        self._called: set[CodeType] = set()
        self._left = 0
        self._started = 0.0

    def run(self, result: Path) -> int:
        """Run the test files, and write what they call to a file."""
        pytest.main([*_OPTIONS, "--maxfail=0", *self.data], plugins=[self])
        result.write_text(json.dumps(self.data), encoding="utf-8")
        return 0

    def _trace(self, frame: FrameType, _event: str, _argument: object) -> None:
        self._called.add(frame.f_code)
        self._left -= 1
        if not self._left:
            sys.settrace(None)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Iterator[None]:
        self._called.clear()
        self._left = _TRACED
        self._started = time.process_time()
        threading.settrace(self._trace)
        sys.settrace(self._trace)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            root = len(self._start) - len("tui/")
            called = {
                f"{code.co_filename[root:]}:{code.co_qualname}"
                for code in self._called.copy()
                if code.co_filename.startswith(self._start)
            }
            # Of the processor: its own duration counts the work of others.
            seconds = round(time.process_time() - self._started, 3)
            self.data[report.nodeid.partition("::")[0]]["tests"][report.nodeid] = (seconds, sorted(called))


class _Chosen:
    """A plugin of pytest that runs some tests in the order given, each with a limit of its processor time."""

    def __init__(self, tests: dict[str, float]) -> None:
        self._tests = tests

    def pytest_collection(self) -> None:
        """Let properties not look for the smallest example that fails: one is enough."""
        settings = hypothesis.settings
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        settings.register_profile("same", settings.get_profile("same"), phases=phases)
        settings.load_profile("same")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        order = {name: place for place, name in enumerate(self._tests)}
        items[:] = sorted((item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid])

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        # The signal ends the process; its wall clock would count the work of others.
        signal.setitimer(signal.ITIMER_PROF, 20 + 10 * self._tests[item.nodeid])


def _run(batch: dict[str, float]) -> int:
    files = dict.fromkeys(name.partition("::")[0] for name in batch)
    return int(pytest.main([*_OPTIONS, *files], plugins=[_Chosen(batch)]))


class Bench:
    """A copy of the repository in which the tests are run.

    Args:
        root: the repository.
        folder: where to put the copy.
        calls: what is known of the tests from an earlier run.
        seconds: how long the tests of one mutant take at most, as far as is known.
    """

    def __init__(self, root: Path, folder: Path, calls: Calls, seconds: float) -> None:
        self._root = root
        self._folder = folder
        self._calls = calls
        self._seconds = seconds
        self._writes = count(1)
        for name in ("tui", "tests", "seeds"):
            shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(root / name, folder / name)

    def trace(self, package: str, keep: Path | None) -> None:
        """Record the calls of the test files of a package that changed, and keep them in a file."""
        for folder in folders_of(package):
            if self._trace_folder(folder) and keep:
                keep.write_text(json.dumps(self._calls.data), encoding="utf-8")

    def _trace_folder(self, name: str) -> bool:
        paths = sorted((self._folder / "tests" / name).rglob("test_*.py"))
        files = {str(path.relative_to(self._folder)): sha256(path.read_bytes()).hexdigest() for path in paths}
        if not (outdated := self._calls.outdated(files)):
            return False
        result = self._folder / "calls.json"
        tracer = _Tracer(self._folder, {file: files[file] for file in outdated})
        self._in_child(partial(tracer.run, result), 3_600)
        self._calls.data |= json.loads(result.read_text(encoding="utf-8"))
        return True

    def outcome(self, mutant: Mutant) -> Outcome:
        """Run the tests of the function that is changed until one fails."""
        target = self._folder / mutant.path
        source = target.read_bytes()
        batches = list(self._batches(mutant, source))
        self._write(target, mutant.apply(source))
        try:
            for batch in batches:
                status = self._in_child(partial(_run, batch), 120 + 20 * sum(batch.values()))
                if status in (-signal.SIGPROF, -signal.SIGKILL):
                    return Outcome.ENDLESS
                if status != 0:
                    return Outcome.KILLED
            return Outcome.SURVIVED
        finally:
            self._write(target, source)

    def _write(self, target: Path, source: bytes) -> None:
        target.write_bytes(source)
        # A time of its own, as kept byte code is read again for a file of the same second and size.
        moment = next(self._writes)
        os.utime(target, (moment, moment))

    def _batches(self, mutant: Mutant, source: bytes) -> Iterator[dict[str, float]]:
        tests = self._calls.tests_of(mutant.path, mutant.function(source))
        module = ".".join(mutant.path.with_suffix("").parts)
        close = {
            file: module in (self._folder / file).read_text(encoding="utf-8")
            for file in {name.partition("::")[0] for name in tests}
        }
        chosen: list[tuple[str, float]] = []
        left = self._seconds

        def distance(name: str) -> tuple[bool, bool, float]:
            calls_it, seconds = tests[name]
            return not calls_it, not close[name.partition("::")[0]], seconds

        for name in sorted(tests, key=distance):
            left -= tests[name][1]
            if left >= 0:
                chosen.append((name, tests[name][1]))
        yield from (dict(batch) for batch in (chosen[:_FIRST], chosen[_FIRST:]) if batch)

    def _in_child(self, run: Callable[[], int], seconds: float) -> int:
        """The exit status of a function in a process of its own, negative for a signal. pytest is imported once."""
        child = os.fork()
        if child == 0:
            status = 99
            try:
                status = self._prepared(run)
            except BaseException:
                traceback.print_exc()
                raise
            finally:
                os._exit(status)
        end = time.monotonic() + seconds
        try:
            # The wait is in steps, as there is none with a limit.
            while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0) and time.monotonic() < end:
                time.sleep(0.02)
        finally:
            # With what the tests started and left behind.
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
        if ended == (0, 0):
            ended = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(ended[1])

    def _prepared(self, run: Callable[[], int]) -> int:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.chdir(self._folder)
        sys.path[:] = [str(self._folder), *(path for path in sys.path if Path(path or ".").resolve() != self._root)]
        for name in [name for name in sys.modules if name.partition(".")[0] in ("tests", "tui")]:
            del sys.modules[name]
        # Otherwise each mutant would compile all of the program and its tests anew.
        sys.dont_write_bytecode = False
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPATH"] = str(self._folder)
        with (self._folder / "output.txt").open("wb") as output:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        return run()
