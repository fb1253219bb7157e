"""Many papers of one title, or one beginning: each record is compared with the few that share something else."""

from __future__ import annotations

from random import Random
from unittest.mock import patch

import pytest

from tui.model.paper import Paper
from tui.sources import matching
from tui.sources.external_record import ExternalRecord
from tui.sources.matching import WantedIndex, judge, wanted_paper

COUNT = 400
TITLE = "Deep Learning for Images"
DICE = Random(5)  # noqa: S311 - reproducible on purpose
WORDS = ["".join(DICE.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(3000)]
ABSTRACTS = [" ".join(DICE.choices(WORDS, k=80)) for _ in range(COUNT)]


def index_of(papers: list[Paper]) -> WantedIndex:
    return WantedIndex.of(map(wanted_paper, papers))


def found_of(papers: list[Paper], records: list[ExternalRecord]) -> tuple[list[set[str]], int]:
    """The sure papers of each record, and the number of comparisons."""
    index = index_of(papers)
    with patch.object(matching, "judge", side_effect=judge) as judged:
        found = [{match.paper_id for match in index.candidates(record) if match.sure} for record in records]
    return found, judged.call_count


def id_of(number: int) -> str:
    return f"{number:010x}"


def revised(abstract: str, dice: Random) -> str:
    """Another version: a third of the words are others, also the first ones."""
    return " ".join(["however", *(dice.choice(WORDS) if dice.random() < 0.33 else word for word in abstract.split())])


@pytest.mark.parametrize("title", [TITLE, "{}"])
def test_each_record_finds_its_paper_by_its_abstract(title: str) -> None:
    dice = Random(1)  # noqa: S311 - reproducible on purpose
    # Another title with the same beginning: the version has exactly the title of its paper.
    titles = [
        title if title == TITLE else f"Deep learning for images of the world {number}" for number in range(COUNT)
    ]
    papers = [Paper(id_of(n), titles[n], abstract=ABSTRACTS[n]) for n in range(COUNT)]
    records = [
        ExternalRecord("x", titles[n], ("Ann Bee",), abstract=revised(ABSTRACTS[n], dice)) for n in range(COUNT)
    ]
    found, compared = found_of(papers, records)
    assert found == [{id_of(n)} for n in range(COUNT)]
    assert compared < 10 * COUNT


def test_each_record_finds_its_paper_by_an_author_or_an_identifier() -> None:
    papers = [Paper(id_of(n), TITLE, authors=(f"Ann {WORDS[n]}",), doi=f"10.1000/{n}") for n in range(COUNT)]
    records = [ExternalRecord("x", TITLE, (f"A. {WORDS[n].title()}",)) for n in range(COUNT)]
    index = index_of(papers)
    assert [[match.paper_id for match in index.candidates(record)] for record in records] == [
        [id_of(n)] for n in range(COUNT)
    ]
    found, compared = found_of(papers, [ExternalRecord("x", TITLE, doi=f"10.1000/{n}") for n in range(COUNT)])
    assert found == [{id_of(n)} for n in range(COUNT)]
    assert compared < 3 * COUNT


def test_a_title_alone_is_no_evidence_among_many() -> None:
    papers = [Paper(id_of(n), TITLE, authors=("Ann Bee",)) for n in range(COUNT)]
    assert index_of(papers).candidates(ExternalRecord("x", TITLE, ("Ann Bee",))) == []
    assert len(index_of(papers[:3]).candidates(ExternalRecord("x", TITLE, ("Ann Bee",)))) == 3


def test_the_order_of_the_papers_does_not_matter() -> None:
    papers = [Paper(id_of(n), TITLE, abstract=ABSTRACTS[n % 7]) for n in range(COUNT)]
    record = ExternalRecord("x", TITLE, abstract=f"however {ABSTRACTS[3]}")
    forwards, backwards = index_of(papers), index_of(papers[::-1])
    assert [match.paper_id for match in forwards.candidates(record)]
    assert {match.paper_id for match in forwards.candidates(record)} == {
        match.paper_id for match in backwards.candidates(record)
    }
