"""Statistics, related papers, suggested tags and preferences of one list."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tui.model.edit import Edit
from tui.model.mark import Status
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.paths import Paths

TOPICS = {
    "ice": "Glaciers freeze and melt; frozen rivers carry ice.",
    "mills": "Windmills turn in wind; millstones grind rye flour.",
}
PAPERS = [
    {"title": f"{word.title()} number {number}", "abstract": f"{text} Part {number} of our long report. " * 4}
    for word, text in TOPICS.items()
    for number in range(4)
]


@pytest.fixture
def session(home: Paths) -> Iterator[Session]:
    (home.seeds / "page.txt").write_text(json.dumps(PAPERS), encoding="utf-8")
    with closing(Session.open(home)) as opened:
        yield opened


def on(session: Session, word: str) -> list[str]:
    return sorted(session.find(f"title:{word}").ids)


def prepared(session: Session) -> bool:
    return session.insights.is_prepared


def test_the_statistics_count_what_the_user_did(session: Session) -> None:
    ice = on(session, "ice")
    session.mark(ice[:3], Edit(status=Status.READ))
    session.mark(ice[:2], Edit(add_tags=("cold",)))
    activity, collection = session.insights.report(session.insights.stats(), 80, unicode=True)
    text = "\n".join(str(line) for line in (*activity, *collection))
    assert "8" in text
    assert "cold" in text


def test_related_papers_share_the_topic(session: Session) -> None:
    first, *others = on(session, "ice")
    related = session.insights.related(first, most=3)
    assert sorted(found.id for found in related) == others
    assert len(session.insights.related(first, most=1)) == 1


def test_tags_of_similar_papers_are_suggested(session: Session) -> None:
    first, *others = on(session, "ice")
    session.mark(others, Edit(add_tags=("cold",)))
    session.mark(on(session, "mills"), Edit(add_tags=("grain",)))
    assert [found.tag for found in session.insights.suggested_tags(first)][:1] == ["cold"]


def test_what_was_computed_is_used_until_the_papers_change(session: Session) -> None:
    first, *_ = on(session, "ice")
    assert prepared(session) is False
    session.insights.prepare()
    assert prepared(session) is True
    session.mark([first], Edit(starred=True))
    assert prepared(session) is True
    session.curation.correct(first, {"title": "Another"})
    assert prepared(session) is False


def test_preferences_follow_the_marks(session: Session) -> None:
    insights: Any = session.insights
    assert insights.cached_preference_model is None
    ice, mills = on(session, "ice"), on(session, "mills")
    session.mark(ice[:2], Edit(starred=True, status=Status.READ))
    session.mark(mills[:2], Edit(status=Status.SKIPPED))
    model = insights.preference_model()
    assert insights.preference_model() is model is insights.cached_preference_model
    session.mark(mills[2:3], Edit(status=Status.SKIPPED))
    assert insights.preference_model() is not model
