"""Which keywords of a source are categories of arXiv."""

from __future__ import annotations

import pytest

from tui.model.arxiv import ARCHIVES, category_keyword
from tui.model.arxiv_names import NAMES
from tui.model.paper import Paper
from tui.model.paper_categories import category_of_keyword, paper_categories
from tui.model.publication import Publication


@pytest.mark.parametrize(
    ("keyword", "category"),
    [
        ("cs.CV", "cs.CV"),
        (" CS.cv ", "cs.CV"),
        ("arXiv:stat.ML", "stat.ML"),
        ("hep-th", "hep-th"),
        ("physics.soc-ph", "physics.soc-ph"),
        ("Computer Science - Robotics", "cs.RO"),
        ("Computer Science \u2013 Machine Learning", "cs.LG"),
        ("Robotics", None),
        ("CV", None),
        ("physics", None),
        ("stat-mech", None),
        ("Computer Science", None),
        ("cs.XY", None),
        ("e.g. this", None),
        ("self-supervised learning", None),
        ("Node.js", None),
        ("", None),
    ],
)
def test_a_keyword_names_a_category_with_its_archive(keyword: str, category: str | None) -> None:
    assert category_of_keyword(keyword) == category


def test_every_category_is_known_by_its_code_and_as_exports_write_it() -> None:
    classes = [f"{archive}.{name}" for archive, names in ARCHIVES.items() for name in names]
    assert set(NAMES) <= set(classes)
    for category in classes:
        assert category_of_keyword(category) == category_of_keyword(category_keyword(category)) == category


def test_the_primary_category_comes_first_and_each_once() -> None:
    keywords = ("nets", "cs.CV", "cs.LG", "Computer Science - Computer Vision and Pattern Recognition", "quant-ph")
    assert paper_categories(Paper("a", category="cs.LG", publication=Publication(keywords=keywords))) == (
        "cs.LG", "cs.CV", "quant-ph",
    )  # fmt: skip
    assert paper_categories(Paper("a", publication=Publication(keywords=keywords))) == ("cs.CV", "cs.LG", "quant-ph")
    assert paper_categories(Paper("a", category="cs.LG")) == ("cs.LG",)
    assert paper_categories(Paper("a")) == ()
