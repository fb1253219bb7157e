"""A pasted DOI, arXiv id, link or citation key finds its paper in every usual spelling."""

from __future__ import annotations

import pytest

from tests.query.conftest import TODAY, Shelf
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.query.query_parser import parse
from tui.query.syntax_tree import Word

SHELF = [
    Entry(Paper("aa", title="On Mills", doi="10.5555/mills.2023(2)-x"), Mark(citation_key="Lee2023:mills")),
    Entry(Paper("bb", title="On Weirs", eprint="2310.07240", links=("https://example.org/weirs",)), Mark()),
    Entry(Paper("cc", title="On Locks", eprint="hep-th/9901001"), Mark(citation_key="dewitt2026locks")),
    Entry(Paper("ee", title="On Sluices"), Mark(citation_key="hoek17")),
    Entry(Paper("ff", title="On Culverts"), Mark(citation_key="culv")),
    Entry(Paper("dd", title="Weirs cited as 2310.07240 and 10.5555/other", doi="10.5555/mills.2023"), Mark()),
]


def found(query: str) -> set[str]:
    shelf = Shelf(SHELF)
    return set(shelf.search.find(query, today=TODAY).ids)


@pytest.mark.parametrize(
    "query",
    [
        "10.5555/mills.2023(2)-x", "doi:10.5555/mills.2023(2)-x", "https://doi.org/10.5555/mills.2023(2)-x",
        "http://dx.doi.org/10.5555/MILLS.2023(2)-X", "doi.org/10.5555/mills.2023(2)-x.",
        "(10.5555/mills.2023(2)-x)", "key:lee2023:mills", "has:doi mills -10.5555/mills.2023",
    ],
)  # fmt: skip
def test_a_doi_and_a_key_with_a_colon(query: str) -> None:
    assert found(query) == {"aa"}


@pytest.mark.parametrize(
    "query",
    [
        "arXiv:2310.07240", "arxiv:2310.07240v2", "https://arxiv.org/abs/2310.07240v3", "arxiv.org/pdf/2310.07240.pdf",
        "http://www.arxiv.org/html/2310.07240v1", "https://hf.co/papers/2310.07240", "alphaxiv.org/abs/2310.07240",
        "arxiv:2310", "https://example.org/weirs", "url:example.org", "has:arxiv weirs",
    ],
)  # fmt: skip
def test_an_arxiv_id_and_a_link(query: str) -> None:
    assert found(query) == {"bb"}


@pytest.mark.parametrize("query", ["hep-th/9901001", "arXiv:hep-th/9901001v2", "arxiv.org/abs/hep-th/9901001"])
def test_an_arxiv_id_of_the_old_form(query: str) -> None:
    assert found(query) == {"cc"}


@pytest.mark.parametrize("query", ["dewitt2026locks", "Dewitt2026Locks", "key:dewitt", "locks dewitt2026locks"])
def test_a_citation_key(query: str) -> None:
    assert found(query) == {"cc"}


@pytest.mark.parametrize("query", ["hoek17", "Hoek17", "sluices hoek17", "hoek17 on"])
def test_a_citation_key_without_a_year_that_no_text_has(query: str) -> None:
    assert found(query) == {"ee"}


@pytest.mark.parametrize("query", ["culv", "hoe", "hoek", "-hoek17 sluices"])
def test_a_word_that_texts_have_or_part_of_a_key_is_no_key(query: str) -> None:
    assert "ee" not in found(query) or query.startswith("-")
    assert found("culv") == {"ff"}


def test_a_key_that_no_paper_has_is_reported_as_typed() -> None:
    shelf = Shelf(SHELF)
    assert shelf.search.find("miller2020x", today=TODAY).explanation.whole == "no paper matches miller2020x"


def test_a_bare_arxiv_number_is_a_word_as_well() -> None:
    assert found("2310.07240") == {"bb", "dd"}


@pytest.mark.parametrize("word", ["2023", "10.5", "nerf", "3d", "gpt4", "cs.CV", "v2.0"])
def test_what_is_no_identifier_stays_a_word(word: str) -> None:
    assert parse(word).where == Word(word)
