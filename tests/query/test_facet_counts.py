from __future__ import annotations

from datetime import date

from tests.query.conftest import Shelf
from tui.model.entry import Entry
from tui.model.mark import Mark, Status
from tui.model.paper import Paper
from tui.model.publication import Publication

TODAY = date(2026, 11, 20)


def shown(shelf: Shelf, text: str, field: str) -> list[tuple[str, int | None, str]]:
    facets = shelf.search.facets(shelf.search.find(text, today=TODAY))
    (group,) = (facet for facet in facets if facet.field == field)
    return [(line.label, line.count, line.state) for line in group.values]


def counts(shelf: Shelf, text: str, field: str) -> dict[str, int | None]:
    return {label: count for label, count, _ in shown(shelf, text, field)}


def test_the_groups_and_their_order(shelf: Shelf) -> None:
    facets = shelf.search.facets(shelf.search.find("", today=TODAY))
    assert [facet.field for facet in facets] == [
        *("is", "tag", "cat", "year", "type", "venue", "has", "no", "source", "author", "@"),
    ]
    assert [line.label for line in facets[0].values] == ["unread", "queued", "reading", "read", "skipped", "starred"]


def test_every_paper_is_counted_once(shelf: Shelf) -> None:
    assert counts(shelf, "", "is") == {
        "unread": 2, "queued": 1, "reading": 0, "read": 1, "skipped": 1, "starred": 1
    }  # fmt: skip
    assert counts(shelf, "", "year") == {"2023": 1, "2020": 1, "1926": 1}
    assert counts(shelf, "", "has") == {"code": 1, "pdf": 0, "note": 1, "link": 1, "abstract": 4}
    assert counts(shelf, "", "no") == {"tag": 2, "title": 1, "author": 1, "date": 1, "abstract": 1}
    assert counts(shelf, "", "source") == {"first.txt": 2, "other page.txt": 2, "third.txt": 1}


def test_a_tag_counts_for_its_parent_tags(shelf: Shelf) -> None:
    assert shown(shelf, "", "tag") == [
        ("Classic", 1, "ignore"),
        ("ml", 2, "ignore"),
        ("ml/vision", 1, "ignore"),
        ("mlops", 1, "ignore"),
    ]
    shelf.set_mark("aa02", Mark(tags=("ml", "ML/vision", "ml/audio/speech")))
    assert counts(shelf, "", "tag") == {
        "Classic": 1, "ml": 2, "ml/audio": 1, "ml/audio/speech": 1, "ml/vision": 2, "mlops": 1
    }  # fmt: skip


def test_counts_follow_the_query(shelf: Shelf) -> None:
    assert counts(shelf, "diffusion", "is") == {
        "unread": 1, "queued": 1, "reading": 0, "read": 0, "skipped": 0, "starred": 0
    }  # fmt: skip
    assert counts(shelf, "nerf tag:ml/vision", "cat") == {"cs.CV": 1, "quant-ph": 0, "cs.LG": 0, "stat.ML": 0}


def test_a_group_with_one_value_per_paper_ignores_its_own_terms(shelf: Shelf) -> None:
    assert shown(shelf, "nerf is:read", "is")[3:5] == [("read", 1, "include"), ("skipped", 1, "ignore")]
    assert counts(shelf, "nerf is:read", "year") == {"2023": 0, "2020": 1, "1926": 0}


def test_an_excluded_value_shows_its_count_without_the_exclusion(shelf: Shelf) -> None:
    assert ("ml", 2, "exclude") in shown(shelf, "-tag:ml", "tag")
    assert ("Classic", 0, "ignore") in shown(shelf, "-tag:ml", "tag")
    assert ("code", 1, "exclude") in shown(shelf, "no:code", "has")


def test_a_category_by_its_short_name_is_the_category(shelf: Shelf) -> None:
    assert ("cs.CV", 1, "include") in shown(shelf, "cat:CV", "cat")


def test_a_value_in_the_query_that_no_paper_has_is_listed(shelf: Shelf) -> None:
    assert shown(shelf, "tag:nowhere", "tag")[-1] == ("nowhere", 0, "include")
    assert shown(shelf, "cat:cs", "cat")[-1] == ("cs", 2, "include")


def test_a_view_filters_the_counts_but_selects_no_facet_values(shelf: Shelf) -> None:
    shelf.saved["mine"] = "is:read"
    assert shown(shelf, "@mine", "is")[3:5] == [("read", 1, "ignore"), ("skipped", 0, "ignore")]


def test_authors_of_several_papers_are_counted(shelf: Shelf) -> None:
    assert shown(shelf, "", "author") == []
    shelf.entries["bb05"] = Entry(shelf.entries["bb05"].paper._replace(authors=("Wei Liu", "ben MILDENHALL")), Mark())
    shelf.search.reset()
    assert counts(shelf, "", "author") in ({"Ben Mildenhall": 2}, {"ben MILDENHALL": 2})
    assert shown(shelf, 'diffusion author:="Ben Mildenhall"', "author")[0][1:] == (1, "include")


def test_saved_views_are_counted_on_request(shelf: Shelf) -> None:
    shelf.saved = {"waves": "wave", "both": "@waves OR nerf", "broken": "("}

    def saved(text: str, *, views: bool) -> list[tuple[str, int | None, str]]:
        group = shelf.search.facets(shelf.search.find(text, today=TODAY), views=views)[-1]
        return [(line.label, line.count, line.state) for line in group.values]

    assert saved("", views=False) == [(name, None, "ignore") for name in ("waves", "both", "broken")]
    assert saved("", views=True) == [("waves", 1, "ignore"), ("both", 2, "ignore"), ("broken", None, "ignore")]
    assert saved("nerf -@waves", views=True)[:2] == [("waves", 1, "exclude"), ("both", 1, "ignore")]


def test_counts_follow_a_changed_mark_without_reading_the_other_papers_again(shelf: Shelf) -> None:
    counts(shelf, "", "is")
    shelf.read.clear()
    shelf.set_mark("bb05", Mark(Status.READING))
    assert counts(shelf, "", "is")["reading"] == 1
    assert counts(shelf, "", "is")["unread"] == 1
    assert shelf.read == ["bb05"]


def test_papers_with_pdfs_are_counted() -> None:
    def entry(number: int, file: str, mark: Mark) -> Entry:
        publication = Publication(files=(file,) if file else ())
        return Entry(Paper(f"aa0{number}", title=f"Paper {number}", publication=publication), mark)

    shelf = Shelf(
        [
            entry(1, "/papers/a.PDF", Mark()),
            entry(2, "snapshot.html", Mark()),
            entry(3, "/papers/scan", Mark(files=("/papers/scan",))),
            entry(4, "", Mark()),
        ]
    )
    assert counts(shelf, "", "has")["pdf"] == 2
    assert shown(shelf, "has:pdf", "has")[1] == ("pdf", 2, "include")
    assert shown(shelf, "-has:pdf", "has")[1] == ("pdf", 2, "exclude")
