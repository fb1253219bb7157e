from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.export.citekey import citation_keys
from tui.export.formats import FORMATS
from tui.model.entry import Entry
from tui.model.mark import Mark, Status
from tui.model.paper import Paper, SourceLocation
from tui.model.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@pytest.fixture(scope="session")
def export() -> Callable[[str, Sequence[Entry]], str]:
    """Write entries in a format, with the keys of just these entries."""

    def written(format_name: str, entries: Sequence[Entry]) -> str:
        return "".join(FORMATS[format_name].write(entries, citation_keys(entries)))

    return written


@pytest.fixture(scope="session")
def short_list() -> tuple[Entry, ...]:
    """A small fixed list with everything in it that a format has to care for."""
    return (
        Entry(
            Paper(
                id="7f3ab2c901",
                title="CacheGen: KV Cache Compression & Streaming, 50% of $\\alpha_s$",
                authors=("Yuhan Liu", "Laurens van der Maaten", "OpenAI", "Al Sutton Jr.", "José Ortega y Gasset"),
                authors_truncated=True,
                affiliation="stanford",
                date=PartialDate(2023, 10, 11),
                category="cs.NI",
                has_code=True,
                links=("https://arxiv.org/abs/2310.07240", "https://github.com/x/y_z?a=b%20c"),
                abstract='LLMs "take on" tasks, 3.5-4.3x. 95\\% of Schr\\"{o}dinger _x_ <b>.\n\nA second paragraph.',
                earlier_abstracts=("As LLMs take on tasks.",),
                eprint="2310.07240",
                doi="10.1145/3651890.3672274",
                sources=(SourceLocation("002.txt", 1), SourceLocation("000.txt", 4)),
                added="2024-01-02T03:04:05Z",
            ),
            Mark(
                status=Status.READ,
                starred=True,
                tags=("kv_cache", "ml/systems"),
                note="# Read it again\n\n- one\n- `two` & *three*\n\n@article{evil, x}",
                read_at="2024-01-03T00:00:00Z",
            ),
        ),
        Entry(
            Paper(
                id="0c12345678",
                abstract="We relight images with latent intrinsics.",
                sources=(SourceLocation("000.txt", 9),),
                added="2024-01-02T03:04:05Z",
            ),
            Mark(snoozed_until="2024-06-01", priority="high", due="2024-07-01"),
        ),
        Entry(
            Paper(
                id="51aa000000",
                title="=SUM(A1): 学习 U-Net for “Mip-NeRF” 😀",
                authors=("王小明", "Plato"),
                date=PartialDate(None, 6, 2),
                category="stat.ML",
                abstract="- starts like a list",
            ),
            Mark(tags=("été",), citation_key="Wang:pinned"),
        ),
    )
