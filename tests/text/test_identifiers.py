"""Identifiers in every form in which people paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.identifiers import Identifier, of_doi, parse_identifier

ARXIV = Identifier(eprint="2310.12345")
OLD = Identifier(eprint="hep-th/9901001")
DOI = Identifier(doi="10.1145/3292500.3330701")
ACL = Identifier(link="https://aclanthology.org/2020.acl-main.1")
S2_HASH = "204e3073870fae3d05bcbc2f6a8e263d9b72e776"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2310.12345", ARXIV),
        (" arXiv:2310.12345 ", ARXIV),
        ("arXiv: 2310.12345v2", ARXIV._replace(version=2)),
        ("arXiv:2310.12345 [cs.CV]", ARXIV),
        ("<2310.12345>.", ARXIV),
        ("0704.0001", Identifier(eprint="0704.0001")),
        ("hep-th/9901001", OLD),
        ("HEP-TH/9901001v12", OLD._replace(version=12)),
        ("math.GT/0309136", Identifier(eprint="math.gt/0309136")),
        ("https://arxiv.org/abs/2310.12345", ARXIV),
        ("https://arxiv.org/abs/2310.12345?context=cs", ARXIV),
        ("http://www.arxiv.org/pdf/2310.12345v3.pdf", ARXIV._replace(version=3)),
        ("https://arxiv.org/pdf/2310.12345", ARXIV),
        ("https://arxiv.org/html/2310.12345v1#S2", ARXIV._replace(version=1)),
        ("https://export.arxiv.org/abs/hep-th/9901001", OLD),
        ("arxiv.org/abs/2310.12345", ARXIV),
        ("https://www.alphaxiv.org/abs/2310.12345", ARXIV),
        ("https://alphaxiv.org/overview/2310.12345v1", ARXIV._replace(version=1)),
        ("https://hf.co/papers/2310.12345", ARXIV),
        ("https://huggingface.co/papers/2310.12345", ARXIV),
        ("https://ar5iv.org/abs/2310.12345", ARXIV),
        ("https://www.semanticscholar.org/arXiv:2310.12345", ARXIV),
        ("https://api.semanticscholar.org/paper/DOI:10.1145/3292500.3330701", DOI),
        ("10.48550/arXiv.2310.12345", ARXIV),
        ("https://doi.org/10.48550/arXiv.2310.12345v2", ARXIV._replace(version=2)),
        ("10.1145/3292500.3330701", DOI),
        ("doi:10.1145/3292500.3330701.", DOI),
        ("https://doi.org/10.1145/3292500.3330701", DOI),
        ("https://dx.doi.org/10.1145%2F3292500.3330701", DOI),
        ("https://dl.acm.org/doi/abs/10.1145/3292500.3330701", DOI),
        ("https://dl.acm.org/doi/10.1145/3292500.3330701/full", DOI),
        (
            "https://link.springer.com/content/pdf/10.1007/978-3-030-01234-5_6.pdf",
            Identifier(doi="10.1007/978-3-030-01234-5_6"),
        ),
        ("https://aclanthology.org/2020.acl-main.1/", ACL),
        ("https://www.aclweb.org/anthology/2020.acl-main.1.pdf", ACL),
        ("https://aclanthology.org/P19-1001.bib", Identifier(link="https://aclanthology.org/P19-1001")),
        (
            f"https://www.semanticscholar.org/paper/Attention-Is-All/{S2_HASH}",
            Identifier(link=f"https://www.semanticscholar.org/paper/{S2_HASH}"),
        ),
    ],
)
def test_every_form_is_read(text: str, expected: Identifier) -> None:
    assert parse_identifier(text) == expected


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2313.12345", "not an arXiv id"),  # there is no month 13
        ("2310.123456", "not an arXiv id"),
        ("10.1145", "not an arXiv id"),
        ("Attention is all you need", "not an arXiv id"),
        ("https://example.org/paper", "contains neither an arXiv id nor a DOI"),
        ("https://arxiv.org/list/cs.CV/new", "contains neither an arXiv id nor a DOI"),
        ("https://evil.example/arxiv.org/abs/2310.12345", "contains neither an arXiv id nor a DOI"),
        ("https://notarxiv.org/abs/2310.12345", "contains neither an arXiv id nor a DOI"),
        ("https://openreview.net/forum?id=abc", "OpenReview"),
        ("x" * 3000, "at most 2000"),
        ("", "not an arXiv id"),
    ],
)
def test_anything_else_is_refused_with_a_reason(text: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        parse_identifier(text)


@pytest.mark.parametrize("identifier", [ARXIV, OLD, DOI, ACL])
def test_what_is_printed_is_read_again(identifier: Identifier) -> None:
    assert parse_identifier(str(identifier)) == identifier


def test_a_doi_of_arxiv_is_its_arxiv_id() -> None:
    assert of_doi("10.48550/arXiv.2310.12345") == ARXIV


@given(st.text(alphabet="ab.:/@?#10v arxivdoi\x1b\u202e%2F-", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse_identifier(text)
    except ValueError:
        return
    assert bool(found.eprint) + bool(found.doi) + bool(found.link) == 1
