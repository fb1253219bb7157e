"""What is taken without a question, and what is only suggested."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from tui.model.paper import Paper
from tui.model.publication import Publication
from tui.sources.external_record import ExternalRecord, is_withdrawn
from tui.sources.matching import RecordMatch, decide, judge, record_key, wanted_paper

ABSTRACT = (
    "We present a machine that sorts widgets by the sound that they make when they fall, and show on three public"
    " collections of widgets that it is faster than sorting by weight. It needs one microphone and no camera."
)
REVISED = (
    "We present a device that sorts widgets by the sound they make when falling. On four collections of widgets it is"
    " faster than sorting by weight, and needs no camera but a microphone."
)
STRANGE = (
    "Granular media flow in pipes of any width, which nobody measured before with a laser of this wave length, and we"
    " report on the viscosity of the flow at several temperatures."
)
PAPER = Paper("0123456789", "Sorting Widgets by Sound", abstract=ABSTRACT)
RECORD = ExternalRecord(
    "x", "Sorting widgets by sound", ("Anna Bee", "C. Dee"), abstract=ABSTRACT, eprint="2002.00001"
)


def judged(paper: dict[str, Any] | None = None, record: dict[str, Any] | None = None) -> RecordMatch | None:
    return judge(wanted_paper(PAPER._replace(**(paper or {}))), replace(RECORD, **(record or {})))


@pytest.mark.parametrize(
    ("paper", "record"),
    [
        ({}, {}),
        ({}, {"abstract": REVISED}),
        ({"authors": ("A. Bee",)}, {}),
        ({"authors": ("E. Eff", "Anna BEE")}, {}),
        ({"eprint": "2002.00001", "abstract": None}, {}),
        ({"eprint": "2002.00001", "title": "Widgets Sorted by Sound", "abstract": None}, {}),
        ({"eprint": "2002.00001", "title": "Another name"}, {}),
        ({"eprint": "2002.00001", "title": None, "abstract": None}, {}),
        ({"doi": "10.1000/X"}, {"doi": "10.1000/x", "abstract": ""}),
        (
            {"links": ("https://aclanthology.org/P19-1001",)},
            {"links": ("https://aclanthology.org/P19-1001",), "abstract": ""},
        ),
    ],
)
def test_enough_evidence_is_taken(paper: dict[str, Any], record: dict[str, Any]) -> None:
    found = judged(paper, record)
    assert found is not None
    assert found.sure, found.evidence


@pytest.mark.parametrize(
    ("paper", "record", "word"),
    [
        ({}, {"abstract": ""}, "no abstract"),
        ({"abstract": None}, {}, "no abstract"),
        ({"abstract": "Short."}, {"abstract": "Short."}, "no abstract"),
        ({"authors": ("E. Eff",)}, {}, "no authors in common"),
        ({"eprint": "1901.00001"}, {}, "different arXiv id (2002.00001)"),
        ({"doi": "10.1000/y"}, {"doi": "10.1000/x"}, "different DOI (10.1000/x)"),
        ({}, {"withdrawn": True}, "withdrawn"),
        ({}, {"title": "A Name It Got Later"}, "different title: A Name It Got Later"),
        ({}, {"title": "Sorting Widgets by Sound and Weight", "abstract": REVISED}, "different title"),
        ({"authors": ("Anna Bee",)}, {"abstract": STRANGE}, "abstracts do not match"),
        ({"eprint": "2002.00001"}, {"title": "Granular Media", "abstract": STRANGE}, "different title"),
        ({"eprint": "2002.00001"}, {"withdrawn": True}, "withdrawn"),
        ({"title": None}, {}, "abstracts match"),
    ],
)  # fmt: skip
def test_anything_doubtful_is_only_suggested(paper: dict[str, Any], record: dict[str, Any], word: str) -> None:
    found = judged(paper, record)
    assert found is not None
    assert not found.sure
    assert word in " · ".join(found.evidence)


@pytest.mark.parametrize(
    ("paper", "record"),
    [
        ({}, {"abstract": STRANGE}),  # a namesake by others
        ({}, {"title": "Sorting Widgets by Weight", "abstract": STRANGE}),
        ({}, {"title": "Granular Media", "abstract": ""}),
        ({"title": "SeiT++"}, {"title": "SeiT", "abstract": STRANGE}),
    ],
)
def test_what_nothing_speaks_for_is_not_shown(paper: dict[str, Any], record: dict[str, Any]) -> None:
    assert judged(paper, record) is None


def test_a_refused_record_is_not_offered_again() -> None:
    wanted = wanted_paper(PAPER, [record_key(RECORD)])
    assert judge(wanted, RECORD) is None
    assert judge(wanted, replace(RECORD, eprint="2002.00002")) is not None
    bare = replace(RECORD, eprint="")
    assert judge(wanted_paper(PAPER, [record_key(bare)]), bare) is None


def decided(*records: ExternalRecord, paper: Paper = PAPER) -> list[RecordMatch]:
    found = [match for record in records if (match := judge(wanted_paper(paper), record))]
    results = [decide(list(order)) for order in permutations(found)]
    assert all(result == results[0] for result in results), "the order of the records matters"
    return results[0]


def test_two_records_that_could_be_meant_are_both_unsure() -> None:
    found = decided(RECORD, replace(RECORD, eprint="2002.00002"))
    assert [match.sure for match in found] == [False, False]
    assert all("two records match" in match.evidence for match in found)


def test_a_namesake_without_abstract_by_others_makes_unsure() -> None:
    found = decided(RECORD, replace(RECORD, authors=("E. Eff",), abstract="", eprint=""))
    assert not any(match.sure for match in found)


def test_a_namesake_about_something_else_does_not() -> None:
    found = decided(RECORD, replace(RECORD, authors=("E. Eff",), abstract=STRANGE, eprint="2002.00009"))
    assert [match.sure for match in found] == [True]


def test_the_published_version_is_no_rival_of_the_preprint() -> None:
    published = replace(
        RECORD, eprint="", doi="10.1000/x", abstract="", publication=Publication(container_title="Widgets")
    )
    assert [match.sure for match in decided(RECORD, published)] == [True, False]
    assert [match.sure for match in decided(RECORD, replace(published, abstract=REVISED))] == [True, True]


def test_an_equal_identifier_decides_between_two_records() -> None:
    found = decided(RECORD, replace(RECORD, eprint="2002.00002"), paper=PAPER._replace(eprint="2002.00001"))
    assert [(match.record.eprint, match.sure) for match in found] == [("2002.00001", True), ("2002.00002", False)]


def test_one_record_in_two_files_counts_once() -> None:
    assert len(decided(RECORD, replace(RECORD, origin="y"))) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This paper has been withdrawn by the author", True),
        ("  This submission has been withdrawn by arXiv administrators", True),
        ("Withdrawn. See 2002.1", True),
        ("This paper has been retracted", True),
        ("We study withdrawn patients", False),
        ("The troops were withdrawn", False),
        ("12 pages", False),
    ],
)
def test_withdrawn_papers_are_recognised(text: str, expected: bool) -> None:
    assert is_withdrawn(text) == expected
