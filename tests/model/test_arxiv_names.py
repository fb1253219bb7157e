"""arXiv's categories by name."""

from __future__ import annotations

import pytest

from tui.model.arxiv import ARCHIVES, expand_category
from tui.model.arxiv_names import NAMES, category_named


def test_every_category_has_a_name() -> None:
    assert set(NAMES) == {f"{archive}.{name}" for archive, names in ARCHIVES.items() for name in names}
    assert all(expand_category(code) == (code,) for code in NAMES)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Computer Science - Machine Learning", "cs.LG"),
        ("Computer Science - Learning", "cs.LG"),
        ("Statistics - Machine Learning", "stat.ML"),
        ("computer science – computer vision and pattern recognition", "cs.CV"),
        ("Mathematics - Optimization and Control", "math.OC"),
        ("Mathematics - Numerical Analysis", "math.NA"),
        ("Computer Science - Numerical Analysis", "cs.NA"),
        ("Physics - Optics", "physics.optics"),
        ("Physics  --  Data Analysis, Statistics and Probability", "physics.data-an"),
        ("High Energy Physics - Theory", "hep-th"),
        ("Economics - Econometrics", "econ.EM"),
        ("Quantitative Finance - Economics", "q-fin.EC"),
        ("Condensed Matter - Materials Science", "cond-mat.mtrl-sci"),
        ("Electrical Engineering and Systems Science - Systems and Control", "eess.SY"),
        ("Robotics", None),
        ("Computer Science", None),
        ("Computer Science-Robotics", None),
        ("Physics - Machine Learning", None),
        ("Computer Science - Robotics - Arms", None),
        ("Quantum Physics", None),
        ("", None),
    ],
)
def test_a_category_is_known_by_archive_and_name(text: str, category: str | None) -> None:
    assert category_named(text) == category
