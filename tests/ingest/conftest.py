"""What the tests of reading pages share: the seed pages, and pages made on the spot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.ingest.corrections import Corrections, read_corrections
from tui.ingest.intake import take_in
from tui.ingest.page import decode_page, list_pages, read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from tui.ingest.intake import Intake
    from tui.ingest.page import Page
    from tui.model.paper import Paper

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="session")
def seed_pages() -> tuple[Page, ...]:
    return tuple(read_page(path) for path in list_pages(SEEDS))


@pytest.fixture(scope="session")
def seed_corrections() -> Corrections:
    return read_corrections(SEEDS / "corrections.toml")


@pytest.fixture(scope="session")
def page() -> Callable[[str, str], Page]:
    return lambda name, text: decode_page(name, text.encode("utf-8"))


@pytest.fixture(scope="session")
def read() -> Callable[..., Intake]:
    def reader(
        *pages: Page | str,
        previous: Sequence[Paper] = (),
        marked: Collection[str] = (),
        at: str = "2026-01-01T00:00:00Z",
        corrections: Corrections | None = None,
    ) -> Intake:
        made = [
            decode_page(f"page{number}.txt", given.encode("utf-8")) if isinstance(given, str) else given
            for number, given in enumerate(pages)
        ]
        return take_in(
            made, corrections=corrections or Corrections(), previous=previous, marked=frozenset(marked), at=at
        )

    return reader


@pytest.fixture(scope="session")
def seeds(read: Callable[..., Intake], seed_pages: tuple[Page, ...], seed_corrections: Corrections) -> Intake:
    return read(*seed_pages, corrections=seed_corrections)


@pytest.fixture(scope="session")
def abstract_of(seeds: Intake) -> Callable[[str], str]:
    """The abstract of the seed paper whose title begins like this."""

    def find(beginning: str) -> str:
        (found,) = [paper for paper in seeds.papers if (paper.title or "").startswith(beginning)]
        assert found.abstract
        return found.abstract

    return find
