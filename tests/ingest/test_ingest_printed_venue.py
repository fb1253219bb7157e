"""References to journals and conferences, as listings print them, are read into fields or kept whole."""

from __future__ import annotations

import pytest

from tui.ingest.printed_venue import journal_reference, pubmed_citation


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("J. Tides 9 (2026) 1-10", ("J. Tides", "9", None, "1–10")),
        ("J.Tides.Waves 54.3 (2016) 1341-1364", ("J.Tides.Waves", "54", "3", "1341–1364")),
        ("IEEE Trans. Ports 3(1): 1-10 (2021)", ("IEEE Trans. Ports", "3", "1", "1–10")),
        ("Phys. Tides Lett. 125, 123456 (2020)", ("Phys. Tides Lett.", "125", None, "123456")),
        ("Journal of Moss, vol. 3, no. 2, pp. 7-9, 2021", ("Journal of Moss", "3", "2", "7–9")),
        ("J. Ports 3 (2025)", ("J. Ports", "3", None, None)),
        ("SHORE 2021: 77-81", ("SHORE", None, None, "77–81")),
        ("SHORE Workshops 2021", ("SHORE Workshops", None, None, None)),
        (
            "In: Proceedings of the 3rd Conference on Moss",
            ("In: Proceedings of the 3rd Conference on Moss", None, None, None),
        ),
        ("Moss Letters", ("Moss Letters", None, None, None)),
        ("CoRR abs/2101.00077 (2021)", (None, None, None, None)),
        ("", (None, None, None, None)),
        ("x" * 1000, (None, None, None, None)),
    ],
)
def test_a_reference_is_read(text: str, values: tuple[str | None, ...]) -> None:
    found = journal_reference(text)
    assert (found.container_title, found.volume, found.issue, found.pages) == values


@pytest.mark.parametrize(
    ("after", "values"),
    [
        (";3(1):1-10. doi: 10.5555/1", ("3", "1", "1–10")),
        (";110(36):E3425-34.", ("110", "36", "E3425–34")),
        (";9:77.", ("9", None, "77")),
        (". doi: 10.5555/1. Online ahead of print", (None, None, None)),
        (":2021.03.03.433", (None, None, None)),
    ],
)
def test_a_citation_of_pubmed_is_read(after: str, values: tuple[str | None, ...]) -> None:
    found = pubmed_citation("J Ports", after)
    assert found.container_title == "J Ports"
    assert (found.volume, found.issue, found.pages) == values
