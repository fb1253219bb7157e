"""Records of one paper are linked, records of two papers are not, in pairs and among all."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from tui.ingest.paper_ids import record_id
from tui.ingest.record import Record
from tui.ingest.record_grouping import contradicts, link_records
from tui.ingest.same_paper import SAME_WORK_THRESHOLD
from tui.model.paper import SourceLocation
from tui.model.partial_date import PartialDate
from tui.text.similarity import TextSimilarity
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.ingest.pipeline import IngestResult

    Reader = Callable[..., IngestResult]

LOREM = (
    "We present a framework for estimating the phase transitions of granular gases under shear, combining kinetic "
    "theory with event-driven simulation, and find that clustering sets in well below the density at which earlier "
    "continuum models predicted it, which we trace to long-lived correlations between colliding particles."
)
OTHER = (
    "Medieval charters record disputes over mills and weirs. Reading four hundred, this paper shows how river "
    "lordship was negotiated between monasteries and towns, and why written custom outlasted the lords it bound."
)


def draft(title: str | None = None, abstract: str | None = None, line: int = 1, **fields: object) -> Record:
    return Record(SourceLocation("p.txt", line), title=title, abstract=abstract, **fields)  # type: ignore[arg-type]


def one_paper(*drafts: Record) -> bool:
    return len(link_records(drafts)) == 1


def test_versions_and_different_papers_are_well_separated_among_all(seeds: IngestResult) -> None:
    owner = {
        normalise_words(text): place
        for place, paper in enumerate(seeds.papers)
        for text in (paper.abstract or "", *paper.earlier_abstracts)
    }
    texts = sorted(owner)
    likeness = TextSimilarity(texts)
    scores: dict[bool, list[float]] = {True: [], False: []}
    for one, other in combinations(range(len(texts)), 2):
        scores[owner[texts[one]] == owner[texts[other]]].append(likeness.supported_cosine(one, other))
    soniq, *versions = sorted(scores[True])
    assert soniq < 0.25  # found by the correction only
    assert min(versions) > SAME_WORK_THRESHOLD + 0.08
    assert max(scores[False]) < SAME_WORK_THRESHOLD - 0.15


def test_versions_and_different_papers_are_well_separated_in_pairs(
    seeds: IngestResult, abstract_of: Callable[[str], str]
) -> None:
    def alone(one: str, other: str) -> float:
        return TextSimilarity(sorted((normalise_words(one), normalise_words(other)))).supported_cosine(0, 1)

    revised = [paper for paper in seeds.papers if paper.earlier_abstracts and "SONIQ" not in (paper.title or "")]
    assert len(revised) == 3
    assert (
        min(alone(paper.abstract or "", paper.earlier_abstracts[0]) for paper in revised) > SAME_WORK_THRESHOLD + 0.05
    )
    alike = (
        ("SeiT:", "SeiT++"),
        ("A-SDM: Accelerating Stable Diffusion through R", "A-SDM: Accelerating Stable Diffusion through M"),
        ("Object-Comp", "ObjectSDF++"),
        ("Fast Feedforward", "Enhancing Fast Feed"),
    )
    assert max(alone(abstract_of(one), abstract_of(other)) for one, other in alike) < SAME_WORK_THRESHOLD - 0.1


@pytest.mark.parametrize("titled", [True, False])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SeiT:", "SeiT++"),
        ("A-SDM: Accelerating Stable Diffusion through R", "A-SDM: Accelerating Stable Diffusion through M"),
        ("Object-Comp", "ObjectSDF++"),
        ("Fast Feedforward", "Enhancing Fast Feed"),
    ],
)
def test_follow_ups_stay_distinct_in_pairs(
    abstract_of: Callable[[str], str], one: str, other: str, *, titled: bool
) -> None:
    drafts = [draft(name if titled else None, abstract_of(name), line) for line, name in enumerate((one, other), 1)]
    assert not one_paper(*drafts)


def test_equal_abstracts_are_linked_whatever_the_punctuation() -> None:
    assert one_paper(draft(None, LOREM), draft("Granular Gases under Shear", LOREM.upper().replace(",", " -"), 2))
    assert one_paper(draft(None, "We study cats."), draft(None, "We  study cats", 2))


def test_a_truncated_abstract_is_linked_with_the_whole() -> None:
    assert one_paper(draft(None, LOREM), draft(None, LOREM[:120], 2))
    assert not one_paper(draft(None, LOREM), draft(None, "We present a framework", 2))


def test_short_texts_are_linked_only_if_equal() -> None:
    assert not one_paper(
        draft(None, "This is the abstract of the first paper."), draft(None, "This is the second one.", 2)
    )
    assert not one_paper(draft(None, "We study cats at night."), draft(None, "We study cats at noon.", 2))


def test_a_title_is_linked_across_spellings() -> None:
    assert one_paper(
        draft("Schrödinger Bridges — a “Survey”", LOREM), draft('SCHR\\"{O}DINGER bridges: a survey', LOREM[:90], 2)
    )


def test_one_title_with_two_dissimilar_abstracts_is_two_papers() -> None:
    assert not one_paper(draft("Introduction", LOREM), draft("Introduction", OTHER, 2))
    assert not one_paper(
        draft("Sheared Gases and Their Clusters in Time", LOREM),
        draft("Sheared Gases and Their Clusters in Time", OTHER, 2),
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "alike"),
    [
        (("Anna Berg",), ("Anna Berg", "Bo Li"), {90, 150, 240}),
        ((), (), {150, 240}),
        (("Anna Berg",), (), {150, 240}),
        (("Anna Berg",), ("Bo Li",), {240}),
    ],
)
def test_one_title_needs_texts_less_alike_the_more_its_authors_agree(
    mine: tuple[str, ...], theirs: tuple[str, ...], alike: set[int]
) -> None:
    title = "Granular Gases under Shear"
    linked = {
        length
        for length in (30, 90, 150, 240)
        if one_paper(draft(title, LOREM, authors=mine), draft(title, f"{LOREM[:length]} {OTHER}", 2, authors=theirs))
    }
    assert linked == alike


@pytest.mark.parametrize(
    ("year", "eprint", "is_linked"),
    [(2012, "", True), (2015, "", False), (2015, "1203.00001", True), (2018, "1203.00001", False)],
)
def test_one_title_in_later_years_needs_texts_more_alike_unless_one_is_a_preprint(
    year: int, eprint: str, is_linked: bool
) -> None:
    title, berg = "Granular Gases under Shear", ("Anna Berg",)
    mine = draft(title, LOREM, authors=berg, date=PartialDate(2012), eprint=eprint or None)
    theirs = draft(title, f"{LOREM[:100]} {OTHER}", 2, authors=berg, date=PartialDate(year))
    assert one_paper(mine, theirs) == is_linked


def test_a_bare_title_is_linked_with_the_only_paper_of_that_title() -> None:
    assert one_paper(draft("Granular Gases under Shear", LOREM), draft("Granular gases under shear", None, 2))
    assert not one_paper(draft("Introduction", LOREM), draft("Introduction", None, 2))
    two = draft("Granular Gases under Shear", LOREM), draft("Granular Gases under Shear", OTHER, 2)
    assert len(link_records([*two, draft("Granular Gases under Shear", None, 3)])) == 3


def test_a_bare_title_with_other_authors_is_not_linked() -> None:
    mine = draft("Granular Gases under Shear", LOREM, authors=("Anna Berg",))
    assert not one_paper(mine, draft("Granular Gases under Shear", None, 2, authors=("Bo Li",)))
    assert one_paper(mine, draft("Granular Gases under Shear", None, 2, authors=("A. Berg", "Bo Li")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SeiT: Tokens", "SeiT++: Tokens"),
        ("Granular Gases, Part I", "Granular Gases, Part II"),
        ("Granular Gases", "Granular Gases 2"),
        ("YOLOv3: Detection", "YOLOv4: Detection"),
        ("Title A", "Title B"),
        ("C Programs", "C++ Programs"),
    ],
)
def test_members_of_a_series_are_never_linked_by_text(one: str, other: str) -> None:
    assert not one_paper(draft(one, LOREM), draft(other, LOREM, 2))


def test_a_retitled_paper_is_linked_by_its_abstract() -> None:
    slightly = LOREM.replace("well below", "far below").replace("earlier", "previous")
    assert one_paper(draft("Granular Gases under Shear", LOREM), draft("When Do Driven Grains Cluster?", slightly, 2))
    assert not one_paper(draft("Granular Gases under Shear", LOREM), draft("Driven Grains", LOREM[:150] + OTHER, 2))


def test_two_papers_are_not_linked_through_a_third_record(abstract_of: Callable[[str], str]) -> None:
    first, second = abstract_of("SeiT:"), abstract_of("SeiT++")
    between = first[: len(first) * 2 // 3] + " " + second[: len(second) * 2 // 3]
    groups = link_records([draft("SeiT", first), draft("SeiT++", second, 2), draft(None, between, 3)])
    assert not any({0, 1} <= set(group) for group in groups)


def test_identifiers_link_and_separate() -> None:
    assert one_paper(draft("One", LOREM, eprint="2301.00001"), draft("Another", OTHER, 2, eprint="2301.00001"))
    assert one_paper(draft("One", LOREM, doi="10.1/AB"), draft("Another", OTHER, 2, doi="10.1/ab"))
    assert not one_paper(draft(None, LOREM, eprint="2301.00001"), draft(None, LOREM[:250], 2, eprint="2302.00002"))
    assert not one_paper(draft(None, LOREM, doi="10.1/a"), draft(None, LOREM, 2, doi="10.1/b"))
    assert one_paper(draft(None, LOREM, doi="10.1/a"), draft(None, LOREM, 2))
    between = (draft(None, LOREM, doi="10.1/a"), draft(None, LOREM, 2), draft(None, LOREM, 3, doi="10.1/b"))
    assert link_records(between) == [[0, 1], [2]]


@pytest.mark.parametrize(
    ("title", "year", "is_linked"),
    [
        ("Granular Gases", 2012, True),
        ("Granular Gases", 2020, True),
        ("Editorial", 2012, True),
        ("Editorial", 2020, False),
    ],
)
def test_an_exported_id_links_unless_a_generic_title_is_of_another_year(
    title: str, year: int, is_linked: bool
) -> None:
    mine = draft(title, authors=("Anna Berg",), date=PartialDate(2012))
    exported = draft(title, None, 2, id=record_id(title, None), authors=("Anna Berg",), date=PartialDate(year))
    assert one_paper(mine, exported) == is_linked


def test_a_correction_links_anything() -> None:
    assert link_records([draft("One", LOREM), draft("Another", OTHER, 2)], [(0, 1)]) == [[0, 1]]


def test_every_record_is_in_one_group() -> None:
    drafts = [draft(f"Title {n % 7}", (LOREM, OTHER, None)[n % 3], n) for n in range(60)]
    assert sorted(place for group in link_records(drafts) for place in group) == list(range(60))
    assert link_records([]) == []


def test_hundreds_of_papers_with_one_title_are_linked_in_time(abstract_of: Callable[[str], str]) -> None:
    words = abstract_of("SeiT:").split()
    drafts = [
        draft("Introduction", " ".join(words[n % 50 :] + [f"{word}{n}" for word in words]), n) for n in range(300)
    ]
    assert len(link_records(drafts)) >= 1


def test_contradiction_needs_two_texts() -> None:
    assert contradicts(draft("Introduction", LOREM), draft("Introduction", OTHER))
    assert not contradicts(draft("Introduction", LOREM), draft("Introduction"))


def test_sources_of_two_records_link_like_large_ones(read: Reader, seeds: IngestResult) -> None:
    for paper in seeds.papers:
        if paper.earlier_abstracts and "SONIQ" not in (paper.title or ""):
            found = read(f"{paper.title}\n{paper.abstract}", f"Abstract:{paper.earlier_abstracts[0]}")
            assert len(found.papers) == 1
            assert found.papers[0].earlier_abstracts == paper.earlier_abstracts
