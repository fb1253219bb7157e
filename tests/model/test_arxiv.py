"""arXiv identifiers in texts and fields."""

from __future__ import annotations

import pytest

from tui.model.arxiv import eprint_of, find_arxiv_id


@pytest.mark.parametrize(
    ("text", "bare", "found"),
    [
        ("2310.07240", True, "2310.07240"),
        ("2310.07240", False, None),
        ("arXiv:2310.07240v3", False, "2310.07240"),
        ("arXiv:2310.07240 [cs]", False, "2310.07240"),
        ("{2310.07240}", True, "2310.07240"),
        ("HEP-TH/9901001", True, "hep-th/9901001"),
        ("https://arxiv.org/abs/2310.07240", False, "2310.07240"),
        ("see arXiv:2310.07240 for more", True, "2310.07240"),
        ("12.3", True, None),
        ("", True, None),
    ],
)
def test_the_identifier_that_a_field_consists_of(text: str, bare: bool, found: str | None) -> None:
    assert eprint_of(text, bare=bare) == found


@pytest.mark.parametrize(
    "text", ["https://hf.co/papers/2310.07240v2", "CoRR, abs/2310.07240", "doi 10.48550/arXiv.2310.07240"]
)
def test_an_identifier_within_a_text(text: str) -> None:
    assert find_arxiv_id(text) == "2310.07240"


def test_a_number_alone_within_a_text_is_no_identifier() -> None:
    assert find_arxiv_id("it costs 2310.07240 in all") is None
