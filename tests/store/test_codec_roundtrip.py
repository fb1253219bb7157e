"""Papers, marks and changes are decoded as they were encoded."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.errors import StoreDamagedError
from tui.model.change import Change, ChangeKind, diff
from tui.model.mark import UNTOUCHED, Mark, Status
from tui.model.paper import FieldVariant, Paper, SourceLocation
from tui.model.partial_date import PartialDate
from tui.model.publication import NO_PUBLICATION, Publication
from tui.model.value_kind import Contributor, ExtraField
from tui.store import codec, strict_json

_TEXTS = st.text(max_size=8)
_LISTS = st.lists(_TEXTS, max_size=3).map(tuple)
_MAYBE = st.none() | _TEXTS
_PLACES = st.builds(
    SourceLocation, page=st.sampled_from(("one.txt", "two.txt", "größe.bib")), line=st.integers(1, 10**6)
)
_DATES = st.dates().map(lambda day: PartialDate(day.year, day.month, day.day)) | st.sampled_from(
    (PartialDate(2023), PartialDate(2023, 10), PartialDate(None, 6, 2), PartialDate(None, 6))
)
_PAPERS = st.builds(
    Paper("")._replace,
    id=st.text("0123456789abcdef", min_size=10, max_size=10),
    title=_MAYBE,
    authors=_LISTS,
    authors_truncated=st.booleans(),
    affiliation=_MAYBE,
    date=st.none() | _DATES,
    category=_MAYBE,
    has_code=st.booleans(),
    links=_LISTS,
    abstract=_MAYBE,
    earlier_abstracts=_LISTS,
    eprint=_MAYBE,
    doi=_MAYBE,
    sources=st.lists(_PLACES, max_size=4).map(tuple),
    provenance=st.lists(st.tuples(_TEXTS, _PLACES), max_size=4).map(tuple),
    aliases=_LISTS,
    added=_TEXTS,
    publication=st.builds(
        Publication,
        type=_MAYBE.map(lambda text: text or None),
        volume=_MAYBE.map(lambda text: text or None),
        editors=_LISTS,
        contributors=st.lists(st.builds(Contributor, _TEXTS, _TEXTS), max_size=2).map(tuple),
        extra=st.lists(st.builds(ExtraField, _TEXTS, _TEXTS, _TEXTS), max_size=2).map(tuple),
    ),
)
_MARKS = st.builds(
    UNTOUCHED._replace,
    status=st.sampled_from(Status),
    starred=st.booleans(),
    tags=_LISTS,
    note=_TEXTS,
    snoozed_until=_MAYBE,
    citation_key=_MAYBE,
    read_at=_MAYBE,
    corrected=st.dictionaries(_TEXTS, _TEXTS, max_size=2).map(lambda texts: tuple(sorted(texts.items()))),
    part_of=_MAYBE,
    apart_from=_LISTS,
    records=_LISTS,
    removed=st.booleans(),
    priority=_MAYBE,
    due=_MAYBE,
    files=_LISTS,
    detached=_LISTS,
)
_CHANGES = st.builds(
    Change,
    number=st.integers(1, 10**9),
    at=_TEXTS,
    label=_TEXTS,
    marks=st.dictionaries(_TEXTS, st.tuples(_MARKS, _MARKS).map(lambda pair: diff(*pair)), max_size=3).map(
        lambda marks: tuple(marks.items())
    ),
    pages=st.lists(st.tuples(_TEXTS, st.booleans()), max_size=2).map(tuple),
    kind=st.sampled_from(ChangeKind),
    undoes=st.none() | st.integers(1, 99),
    value_changes=st.just(()),
)


def on_disk(document: object) -> dict[str, object]:
    read: dict[str, object] = strict_json.loads(strict_json.dumps(document))
    return read


@examples(200)
@given(_PAPERS)
def test_papers_are_decoded_as_they_were_encoded(paper: Paper) -> None:
    assert codec.decode_paper(paper.id, on_disk(codec.encode_paper(paper))) == paper


@examples(200)
@given(_MARKS)
def test_marks_are_decoded_as_they_were_encoded(mark: Mark) -> None:
    read = codec.decode_mark("a", on_disk(codec.encode_mark(mark)))
    assert read == mark
    assert type(read.status) is Status


@examples(200)
@given(_CHANGES)
def test_changes_are_decoded_as_they_were_encoded(change: Change) -> None:
    assert codec.decode_change(change.number, on_disk(codec.encode_change(change))) == change


def test_a_field_with_its_default_value_is_not_written() -> None:
    assert codec.encode_paper(Paper("a")) == {}
    assert codec.decode_paper("a", {}).publication is NO_PUBLICATION
    assert codec.encode_mark(UNTOUCHED) == {}


def test_every_field_is_encoded() -> None:
    """A field added to the model has to be added to the codec."""
    paper = Paper(
        "a", "t", ("x",), True, "y", PartialDate(2023), "cs.CV", True, ("l",), "a", ("e",), "1", "2",
        (SourceLocation("p", 1),), (("title", SourceLocation("p", 2)),), ("b",), "now",
        (FieldVariant("title", "u", SourceLocation("q", 3)),), Publication(volume="1"),
    )  # fmt: skip
    assert len(codec.encode_paper(paper)) == len(Paper._fields) - 1 + 1  # no id, but the source names
    mark = Mark(
        Status.READ, True, ("t",), "n", "2027-01-01", "k", "now", (("title", "T"),), "b", ("c",), ("r",), True,
        "high", "2027-01-02", ("/a.pdf",), ("b.pdf",),
    )  # fmt: skip
    assert len(codec.encode_mark(mark)) == len(Mark._fields)


@pytest.mark.parametrize(
    "document",
    [{"status": "eaten"}, {"tags": 3}, {"status": ["read"]}],
)
def test_a_mark_of_the_wrong_form_is_damage(document: dict[str, object]) -> None:
    with pytest.raises(StoreDamagedError, match="7f3a"):
        codec.decode_mark("7f3a", document)


@pytest.mark.parametrize(
    "document",
    [
        {"publication": {"volume": 3}},
        {"date": "soon"},
        {"sources": [[0, 1]]},
        {"authors": 5},
        {"provenance": [["title"]], "pages": ["p"]},
    ],
)
def test_a_paper_of_the_wrong_form_is_damage(document: dict[str, object]) -> None:
    with pytest.raises(StoreDamagedError, match="7f3a"):
        codec.decode_paper("7f3a", document)


@pytest.mark.parametrize("document", [{}, {"at": "", "label": "", "marks": {"a": [["status", "read"]]}}])
def test_a_change_of_the_wrong_form_is_damage(document: dict[str, object]) -> None:
    with pytest.raises(StoreDamagedError, match="12"):
        codec.decode_change(12, document)


@examples(200)
@given(st.text(st.characters(categories=("Cs", "Ll", "So")), max_size=6))
def test_replacing_surrogates_is_idempotent(text: str) -> None:
    stored = strict_json.replace_surrogates(text)
    assert orjson.loads(strict_json.dumps(text)) == stored
    assert strict_json.replace_surrogates(stored) == stored
    if not any(0xD800 <= ord(character) < 0xE000 for character in text):
        assert stored == text


def test_values_that_json_cannot_represent_are_refused_or_null() -> None:
    assert strict_json.dumps({"x": [float("nan"), float("inf")]}) == b'{"x":[null,null]}'
    with pytest.raises(TypeError):
        strict_json.dumps({"x": object()})
