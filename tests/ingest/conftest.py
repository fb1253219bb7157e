"""Fixtures of the import tests: the seed sources, and sources made from text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.ingest.corrections import CuratedCorrections, load_corrections
from tui.ingest.listing_files import list_sources
from tui.ingest.pipeline import ingest
from tui.ingest.source_file import decode_source, read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from tui.ingest.pipeline import IngestResult
    from tui.ingest.source_file import SourceFile
    from tui.model.paper import Paper

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="session")
def seed_pages() -> tuple[SourceFile, ...]:
    return tuple(read_source(path) for path in list_sources(SEEDS))


@pytest.fixture(scope="session")
def seed_corrections() -> CuratedCorrections:
    return load_corrections(SEEDS / "corrections.toml")


@pytest.fixture(scope="session")
def page() -> Callable[[str, str], SourceFile]:
    return lambda name, text: decode_source(name, text.encode("utf-8"))


@pytest.fixture(scope="session")
def read() -> Callable[..., IngestResult]:
    def reader(
        *pages: SourceFile | str,
        previous: Sequence[Paper] = (),
        marked: Collection[str] = (),
        at: str = "2026-01-01T00:00:00Z",
        corrections: CuratedCorrections | None = None,
    ) -> IngestResult:
        made = [
            decode_source(f"page{number}.txt", given.encode("utf-8")) if isinstance(given, str) else given
            for number, given in enumerate(pages)
        ]
        return ingest(
            made, corrections=corrections or CuratedCorrections(), previous=previous, marked=frozenset(marked), at=at
        )

    return reader


@pytest.fixture(scope="session")
def seeds(
    read: Callable[..., IngestResult], seed_pages: tuple[SourceFile, ...], seed_corrections: CuratedCorrections
) -> IngestResult:
    return read(*seed_pages, corrections=seed_corrections)


@pytest.fixture(scope="session")
def abstract_of(seeds: IngestResult) -> Callable[[str], str]:
    """The abstract of the seed paper whose title starts like this."""

    def find(beginning: str) -> str:
        (found,) = [paper for paper in seeds.papers if (paper.title or "").startswith(beginning)]
        assert found.abstract
        return found.abstract

    return find
