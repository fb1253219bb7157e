"""Where a title ends that is printed on one line with the authors: what speaks for a word as its last one."""

from __future__ import annotations

import pytest

from tui.ingest.title_boundary import WordEvidence, end_score

NOTHING = WordEvidence()


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("The Tides of Group A", "The Tides of Group a"),
        ("The Tides of the NRPQVX", "The Tides of the NRPQVXY"),
        ("The Tides of Moss", "The Tides of Moss and"),
    ],
)
def test_some_words_end_a_title_more_often(likely: str, unlikely: str) -> None:
    scores = [end_score(title, len(title), NOTHING, NOTHING) for title in (likely, unlikely)]
    assert scores[0] > scores[1]
