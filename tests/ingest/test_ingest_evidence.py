"""Evidence against a merge: a common title, text or author does not merge two works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ingest.near_duplicates import bibliography, measure
from tui.ingest.merge_evidence import MergeEvidence
from tui.ingest.publication_details import PublicationDetails
from tui.text.generic_titles import is_generic, is_same_part, title_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.ingest.pipeline import IngestResult

    Reader = Callable[..., IngestResult]

LONG = (
    "Peat grows where water stands, and so bogs keep a record of rain. We read forty cores from the western moors, date "
    "them by ash, and show that three wet centuries follow each dry one, which no model of the coast has foreseen so far."
)
OTHER = (
    "Bells were cast near the church that wanted them. From account books of nine parishes we learn what the founders "
    "were paid, how far they travelled, and why so many of their bells cracked within a year of being hung in towers."
)
TITLE = "Forty cores of the western moors"


def entry(key: str, kind: str = "article", **fields: str) -> str:
    return f"@{kind}{{{key}, " + ", ".join(f"{name}={{{value}}}" for name, value in fields.items()) + "}"


def bib(*fields: dict[str, str]) -> str:
    return "\n".join(entry(f"k{number}", **given) for number, given in enumerate(fields))


def count(read: Reader, *fields: dict[str, str]) -> int:
    """How many papers the records are: in one file, in two, and in the other order."""
    together = {len(read(bib(*fields)).papers), len(read(bib(*reversed(fields))).papers)}
    together.add(len(read(*(bib(given) for given in fields)).papers))
    (found,) = together
    return found


BY = {"author": "Moor, Ann and Fen, Rob", "title": TITLE, "year": "2012"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BY | {"doi": "10.5555/peat.1"}, BY | {"doi": "10.5555/peat.2"}),
        (BY | {"doi": "10.5555/peat.1", "abstract": LONG}, BY | {"doi": "10.5555/peat.2", "abstract": LONG}),
        (BY | {"eprint": "1203.00001"}, BY | {"eprint": "1203.00002"}),
        (BY | {"pmid": "20000001"}, BY | {"pmid": "20000002"}),
        (BY | {"note": "PMID: 20000001"}, BY | {"pmid": "20000002"}),
        (BY | {"isbn": "978-0-00-000001-7"}, BY | {"isbn": "978-0-00-000002-4"}),
        (BY, BY | {"year": "2015"}),
        (BY | {"journal": "Moors", "volume": "3", "pages": "1--9"}, BY | {"journal": "Moors", "volume": "3", "pages": "80--99"}),
        (BY | {"journal": "Moors"}, BY | {"booktitle": "Proceedings of the Peat Days", "year": "2011"}),
        (BY | {"journal": "Moors"}, BY | {"journal": "Annals of Weather"}),
        (BY, BY | {"author": "Heath, Zoe"}),
        (BY | {"author": "Moor, Ann"}, BY | {"author": "Moor, Zachary"}),
        (BY | {"author": "{PEAT Collaboration}"}, BY | {"author": "{BOG Collaboration}"}),
        (BY | {"abstract": LONG}, BY | {"abstract": OTHER}),
        (BY | {"journal": "Moors", "abstract": LONG}, BY | {"booktitle": "Peat Days", "abstract": OTHER}),
        (BY | {"journal": "Moors", "abstract": LONG}, BY | {"booktitle": "Peat Days", "abstract": LONG, "author": "Heath, Zoe"}),
    ],
)  # fmt: skip
def test_one_title_and_other_identifiers_are_two_papers(
    read: Reader, one: dict[str, str], other: dict[str, str]
) -> None:
    assert count(read, one, other) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BY | {"abstract": LONG, "eprint": "1203.00001"}, BY | {"abstract": LONG, "doi": "10.5555/peat.1", "year": "2013"}),
        (BY | {"eprint": "1203.00001v1"}, BY | {"eprint": "1203.00001v3", "year": "2014"}),
        (BY | {"eprint": "1203.00001"}, BY | {"journal": "Moors", "doi": "10.5555/peat.1", "year": "2013"}),
        (BY | {"journal": "Journal of Peat Research"}, BY | {"journal": "Jrnl of Peat Rsrch"}),
        (BY | {"journal": "Journal of Peat Research"}, BY | {"journal": "J. Peat Res.", "title": TITLE.upper()}),
        (BY | {"journal": "Moors", "abstract": LONG}, BY | {"booktitle": "Peat Days", "abstract": f"{LONG} We thank the rain."}),
        (BY | {"isbn": "0-00-000001-0"}, BY | {"isbn": "978-0-00-000001-9"}),
        (BY | {"author": "Moor, A. and Fen, R."}, BY),
        (BY | {"doi": "10.5555/PEAT.1"}, BY | {"doi": "https://doi.org/10.5555/peat.1", "title": "Cores"}),
        (BY | {"title": "What the moors keep", "abstract": LONG}, BY | {"abstract": LONG}),
        ({"title": "Editorial", "doi": "10.5555/ed.7", "year": "2012"}, {"title": "EDITORIAL", "doi": "10.5555/ed.7"}),
    ],
)  # fmt: skip
def test_versions_of_one_paper_still_merge(read: Reader, one: dict[str, str], other: dict[str, str]) -> None:
    assert count(read, one, other) == 1


def test_a_listing_with_a_category_but_no_arxiv_id_is_a_preprint(read: Reader) -> None:
    listed = BY | {"year": "2012", "primaryclass": "cs.CV"}
    published = BY | {"booktitle": "Proceedings of the Peat Days", "doi": "10.5555/peat.1", "year": "2013"}
    assert count(read, listed, published) == 1
    assert count(read, BY | {"year": "2012"}, published) == 2
    assert count(read, listed | {"booktitle": "Bog Days"}, published) == 2


@pytest.mark.parametrize(
    "title",
    ["Editorial", "Guest Editorial", "Vorwort", "Préface", "Front matter", "Letter to the Editor", "Obituary", "Reply",
     "Introduction to the special issue", "Annual report of the bog trust", "Yearbook of the moors", "Book Reviews",
     "Proceedings", "News and Views", "Authors' reply", "Correction", "In memoriam", "Index", "Conclusion"],
)  # fmt: skip
def test_a_generic_title_is_no_evidence(read: Reader, title: str) -> None:
    works = [
        {"title": title, "author": "Fen, Rob", "year": "2001", "journal": "Moors", "volume": "1"},
        {"title": title, "author": "Fen, Rob", "year": "2002", "journal": "Moors", "volume": "2"},
        {"title": title, "author": "Fen, Rob", "year": "2002"},
        {"title": title, "author": "Fen, Rob", "doi": "10.5555/g.1"},
        {"title": title, "author": "Fen, Rob", "doi": "10.5555/g.2", "abstract": LONG},
    ]
    assert count(read, *works) == 5
    assert is_generic(title.lower().replace("é", "e").replace("'", " "))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [(LONG, 1), (f"{LONG} We thank the rain.", 1), (LONG.replace("forty cores", "fifty cores"), 1), (OTHER, 2)],
)
def test_a_generic_title_with_nearly_the_same_abstract_is_one_paper(
    read: Reader, changed: str, expected: int
) -> None:
    one = {"title": "Introduction", "author": "Fen, Rob", "year": "2001", "abstract": LONG}
    assert count(read, one, one | {"author": "Fen, R.", "abstract": changed}) == expected


def test_a_generic_title_with_its_abstract_is_one_paper_with_or_without_doi(read: Reader) -> None:
    one = {"title": "Introduction", "author": "Fen, Rob", "abstract": LONG}
    assert count(read, one, one | {"doi": "10.5555/g.1"}) == 1


def test_importing_a_file_again_duplicates_no_editorial(read: Reader) -> None:
    one = {"title": "Editorial", "author": "Fen, Rob", "year": "2001"}
    text = bib(one, one)  # two keys: two works of which nothing else is known
    first = read(text)
    assert len(first.papers) == 2
    again = read(text, f"{text}\n{entry('more', title=TITLE)}", previous=first.papers, at="later")
    assert len(again.papers) == 3
    assert {paper.id for paper in first.papers} < {paper.id for paper in again.papers}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Peat and rain, Part I: cores", "Peat and rain, Part II: ash"),
        ("Peat and rain 1. Cores", "Peat and rain 2. Ash"),
        ("First report of the bog trust on cores", "Second report of the bog trust on ash"),
        ("Torf und Regen. Teil 1: Kerne", "Torf und Regen. Teil 2: Asche"),
        ("Peat and rain (Volume A)", "Peat and rain (Volume B)"),
        ("Rain over peat", "Erratum to: Rain over peat"),
        ("Rain over peat", "Comment on Rain over peat"),
        ("Reply to: Rain over peat", "Comment on Rain over peat"),
        ("Rain over peat", "Rain over peat: Authors' response"),
        ("PeatNet v2 on cores", "PeatNet v3 on ash"),
    ],
)
def test_a_common_text_does_not_merge_two_members_of_a_series(read: Reader, one: str, other: str) -> None:
    for text in (LONG, "We studied peat."):
        assert count(read, BY | {"title": one, "abstract": text}, BY | {"title": other, "abstract": text}) == 2


def test_numbers_and_roles_of_titles() -> None:
    assert not is_same_part("rain part i", "rain part ii")
    assert not is_same_part("rain 2018 and ash", "rain 2019 and cores")
    assert is_same_part("rain part 2", "rain part ii")
    assert title_role("corrigendum to rain") == "correction"
    assert title_role("commentary on rain") == "comment"
    assert title_role("erratum") == title_role("rain erratum") == "correction"
    assert title_role("correctional facilities of the moors") == ""
    assert title_role("replying machines") == ""
    assert not is_generic("results of cores from the western moors")


@pytest.mark.parametrize(
    "text",
    ["No abstract available.", "© 2011 Peat Press. All rights reserved.", "N/A", "Abstract not available", "See PDF",
     "Copyright 2011 The Authors, licensee Peat Press. This is an open access article under the CC BY license."],
)  # fmt: skip
def test_boilerplate_is_no_abstract(read: Reader, text: str) -> None:
    one = BY | {"title": "Cores of the western moors by ash", "abstract": text}
    other = BY | {"title": "Cores of the western moors by rain", "abstract": text}
    assert count(read, one, other) == 2
    assert count(read, BY | {"abstract": text}, BY | {"abstract": LONG}) == 1


def test_chapters_of_one_book_stay_distinct(read: Reader) -> None:
    book = {
        "kind": "incollection",
        "booktitle": "The book of peat",
        "abstract": LONG,
        "isbn": "9780000000019",
        "year": "2012",
    }
    chapters = [
        book | {"title": title, "author": "Moor, Ann", "doi": "10.5555/book"} for title in ("Ash", "Rain and ash")
    ]
    assert count(read, *chapters) == 2
    assert count(read, *(chapter | {"doi": "", "kind": "inbook"} for chapter in chapters)) == 2
    introductions = [
        book | {"title": "Introduction", "author": "Fen, Rob", "pages": pages} for pages in ("1--5", "80--91")
    ]
    assert count(read, *introductions) == 2


def test_the_blurb_of_three_titles_is_no_abstract(read: Reader) -> None:
    assert (
        count(read, *({"title": title, "abstract": LONG} for title in ("Ash", "Rain", "Rain and ash of the moors")))
        == 3
    )


def test_a_record_that_matches_two_papers_is_merged_with_neither(read: Reader) -> None:
    assert count(read, BY | {"doi": "10.5555/peat.1"}, BY | {"doi": "10.5555/peat.2"}, BY) == 3


def test_a_paper_keeps_its_id_among_namesakes_of_one_author(read: Reader) -> None:
    works = [
        {"title": "Editorial", "author": "Fen, Rob", "year": str(2000 + n), "doi": f"10.5555/e.{n}"} for n in range(6)
    ]
    first = read(bib(*works[2:4]))
    ids = {paper.doi: paper.id for paper in first.papers}
    grown = read(bib(*reversed(works)), previous=first.papers, marked=ids.values(), at="later")
    assert {paper.doi: paper.id for paper in grown.papers}.items() >= ids.items()
    left = read(bib(*works[3:]), previous=grown.papers, marked=ids.values(), at="later")
    assert {paper.doi: paper.id for paper in left.papers}.items() >= ids.items()
    assert not any(gone in ids.values() for gone, _ in left.merged_ids)


def test_exactly_the_true_near_duplicates_are_merged() -> None:
    outcome = measure(bibliography(2_000, seed=7))
    assert outcome.records == 2_000
    assert outcome.false == []
    assert {record.kind.partition(": ")[2] for record in outcome.missed} <= {"mistyped", "later"}
    assert len(outcome.missed) <= outcome.duplicates // 5
    assert outcome.duplicates >= 90


@pytest.mark.slow
def test_thirteen_thousand_near_duplicates() -> None:
    outcome = measure(bibliography(13_000, seed=3))
    assert outcome.false == []
    assert {record.kind.partition(": ")[2] for record in outcome.missed} <= {"mistyped", "later"}


def test_hundreds_of_papers_of_one_title_keep_their_ids(read: Reader) -> None:
    works = [
        {"title": "Editorial", "author": f"Fen{n % 9}x, Rob", "year": str(1990 + n % 30), "volume": str(n)}
        for n in range(400)
    ]
    first = read(bib(*works))
    again = read(bib(*works), previous=first.papers, at="later")
    assert len(first.papers) == 400
    assert again.papers == first.papers


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (MergeEvidence(), False),
        (MergeEvidence(eprint="1203.00001"), True),
        (MergeEvidence(has_category=True), True),
        (MergeEvidence(eprint="1203.00001", doi="10.5555/peat.1"), False),
        (MergeEvidence(eprint="1203.00001", details=PublicationDetails(container="moors")), False),
        (MergeEvidence(doi="10.5555/peat.1", details=PublicationDetails(container="arxiv preprint")), True),
    ],
)
def test_a_record_on_arxiv_with_nothing_else_is_a_preprint(evidence: MergeEvidence, expected: bool) -> None:
    assert evidence.is_preprint == expected
