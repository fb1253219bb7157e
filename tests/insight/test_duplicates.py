"""Which pairs are shown for judging, and in which order."""

from __future__ import annotations

from tui.insight.duplicates import DuplicatePair, find_duplicate_pairs
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED, Mark
from tui.model.paper import Paper

ABSTRACT = (
    "Radiance fields reconstruct scenes from photographs; we learn priors of shape, so that grasping transparent "
    "glassware with polarised cameras needs three views instead of thirty."
)


def paper(id: str, title: str | None = None, abstract: str | None = None, **more: str) -> Entry:  # noqa: A002
    return Entry(Paper(id, title=title, abstract=abstract, **more), UNTOUCHED)  # type: ignore[arg-type]


def pairs(*entries: Entry) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(pair.one, pair.other, pair.reasons) for pair in find_duplicate_pairs(entries)]


def test_reasons_are_listed_the_strongest_first() -> None:
    found = find_duplicate_pairs(
        [
            paper("a", "Growing Deep Networks", doi="10.1/X"),
            paper("b", "Shrinking Trees", doi="10.1/x"),
            paper("c", "Growing deep networks!"),
            paper("d", "Something Else Altogether", ABSTRACT),
            paper("e", "Quite Another Matter", ABSTRACT),
            paper("f", "Growing Deep Forests"),
        ]
    )
    assert [(pair.one + pair.other, pair.reasons) for pair in found][:3] == [
        ("ac", ("same title",)),
        ("ab", ("same DOI",)),  # as chapters have that of their book
        ("de", ("same abstract",)),
    ]
    assert {(pair.one + pair.other, pair.reasons) for pair in found[3:]} == {
        ("af", ("nearly the same title",)),
        ("cf", ("nearly the same title",)),
    }
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)


def test_a_contained_title_and_similar_abstracts_add_up() -> None:
    one = paper("a", "Fast Feedforward Networks", ABSTRACT)
    two = paper("b", "Enhancing Fast Feedforward Networks", ABSTRACT.replace("glassware", "bottles") + " We go on.")
    ((left, right, reasons),) = pairs(one, two)
    assert (left, right) == ("a", "b")
    assert len(reasons) == 3
    assert reasons[0].startswith("abstracts ")
    assert "one title is part of the other" in reasons


def test_papers_by_other_authors_are_less_likely_duplicates() -> None:
    by = {name: Entry(Paper(name, title="On the Same Thing", authors=(who,)), UNTOUCHED) for name, who in
          (("a", "Ann Lee"), ("b", "A. Lee"), ("c", "Bo Li"))}  # fmt: skip
    assert find_duplicate_pairs(list(by.values())) == (
        DuplicatePair("a", "b", 0.95, ("same title",)),
        DuplicatePair("a", "c", 0.66, ("same title",), ("no authors in common",)),
        DuplicatePair("b", "c", 0.66, ("same title",), ("no authors in common",)),
    )


def test_pairs_marked_as_not_duplicates_are_left_out_under_older_ids_too() -> None:
    one, other = paper("a", "On Mills", doi="10.1/x"), paper("b", "On Mills", doi="10.1/x")
    assert pairs(one, other)
    assert pairs(one, other._replace(mark=Mark(apart_from=("a",)))) == []
    aliased = one._replace(paper=one.paper._replace(aliases=("old",)))
    assert pairs(aliased, other._replace(mark=Mark(apart_from=("old",)))) == []


def test_the_order_of_the_papers_does_not_matter_and_progress_ends_at_the_total() -> None:
    entries = [paper(name, f"Networks That Grow {name}", f"{ABSTRACT} {name}") for name in "abcdef"]
    reports: list[tuple[int, int]] = []
    assert find_duplicate_pairs(entries, lambda done, total: reports.append((done, total))) == find_duplicate_pairs(
        entries[::-1]
    )
    assert reports[-1] == (6, 6)
