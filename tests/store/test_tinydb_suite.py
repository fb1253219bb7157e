"""TinyDB's own tests, of the installed version, run on the storage and the tables that the store uses."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# TinyDB's own storages, and a table that has to be called ``Table``.
NOT_OURS = ("--ignore=tests/test_storages.py", "--deselect=tests/test_tables.py::test_table_repr")
CONFTEST = """
from pathlib import Path

import pytest
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage

from tui.store.journal_table import Database
from tui.store.lock import Lock


@pytest.fixture
def db(tmp_path: Path):
    database = Database(tmp_path / "db.json", Lock(tmp_path / ".lock"))
    database.drop_tables()
    database.insert_multiple({"int": 1, "char": c} for c in "abc")
    yield database


@pytest.fixture
def storage():
    return CachingMiddleware(MemoryStorage)()
"""


@pytest.mark.slow
def test_the_tests_of_tinydb_pass(tmp_path: Path) -> None:
    fetched = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:",
         f"tinydb=={version('tinydb')}", "--dest", str(tmp_path)],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    sources = list(tmp_path.glob("tinydb-*.tar.gz"))
    if fetched.returncode or not sources:
        pytest.skip(f"the sources of TinyDB cannot be fetched here: {fetched.stderr.strip()[-200:]}")
    with tarfile.open(sources[0]) as archive:
        archive.extractall(tmp_path, filter="data")
    tests = next(tmp_path.glob("tinydb-*/tests"))
    (tests / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    # Its package is next to its tests; the one to be tested is the installed one.
    (tests.parent / "tinydb").rename(tests.parent / "tinydb-as-fetched")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", ".",
         *NOT_OURS, "tests"],
        cwd=tests.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    passed = re.search(r"(\d+) passed", run.stdout)
    assert passed, run.stdout + run.stderr
    assert run.returncode == 0, run.stdout
    assert int(passed[1]) > 100
