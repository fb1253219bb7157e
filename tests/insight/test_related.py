"""Papers like one, tags that may suit and the learned order, each with words that caused it."""

from __future__ import annotations

from tui.insight.preference import PreferenceModel
from tui.insight.related import related_papers, suggest_tags
from tui.insight.tfidf import TfidfVectors, stem
from tui.model.entry import Entry
from tui.model.mark import Mark, Status
from tui.model.paper import Paper

NERF = "Radiance fields of a scene are rendered by volume rendering along camera rays; {} cameras suffice."
QUANT = "Integer quantization of weights and activations lowers the precision of {} arithmetic units."
ENTRIES = {
    name: Entry(Paper(name, title=title, abstract=abstract.format(name)), Mark(status, tags=tags))
    for name, title, abstract, status, tags in (
        ("n1", "Radiance Fields from One View", NERF, Status.QUEUED, ("nerf",)),
        ("n2", "Sparse Views for Radiance Fields", NERF, Status.READ, ("NeRF", "views")),
        ("n3", "Moving Radiance Fields", NERF, Status.READING, ()),
        ("n4", "Radiance Fields of Cities", NERF, Status.UNREAD, ()),
        ("q1", "Quantization to Four Bits", QUANT, Status.SKIPPED, ("bits",)),
        ("q2", "Mixed Quantization", QUANT, Status.SKIPPED, ()),
        ("q3", "Quantization without Data", QUANT, Status.SKIPPED, ()),
        ("q4", "Learned Quantization Steps", QUANT, Status.UNREAD, ()),
        ("x", "Bees", "Bees dance.", Status.UNREAD, ()),
    )
}
VECTORS = TfidfVectors([entry.paper for entry in ENTRIES.values()])


def test_similar_papers_are_listed_with_what_they_share() -> None:
    found = related_papers(VECTORS, ENTRIES.__getitem__, "n1", 3)
    assert found[0].id == "n2"  # the tag they share decides
    assert {each.id for each in found} == {"n2", "n3", "n4"}
    assert found[0].reasons[0] == "#NeRF"
    assert {"radiance", "fields"} & set(found[1].reasons)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert related_papers(VECTORS, ENTRIES.__getitem__, "x", 3) == ()


def test_vectors_have_length_one_and_are_similar_to_themselves() -> None:
    reports: list[tuple[int, int]] = []
    papers = [Paper(f"p{number}", title=f"Title {number}", abstract=NERF) for number in range(250)]
    many = TfidfVectors(papers, lambda done, total: reports.append((done, total)))
    assert reports == [(100, 250), (200, 250)]
    assert abs(many.similarities(many.vector("p7"))["p7"] - 1.0) < 1e-5
    assert many.vector("unknown") == {}
    assert TfidfVectors([]).similarities({}) == {}
    assert [stem(word) for word in ("fields", "class", "bus", "gas", "views")] == [
        "field",
        "class",
        "bus",
        "gas",
        "view",
    ]


def test_tags_are_suggested_by_similar_papers_and_by_the_papers_own_words() -> None:
    tagged = ["n1", "n2", "q1"]
    (first, *_) = suggest_tags(VECTORS, ENTRIES.__getitem__, "n4", tagged, 3)
    assert first.tag == "nerf"
    assert "radiance" in first.reasons
    assert all(each.tag != "bits" for each in suggest_tags(VECTORS, ENTRIES.__getitem__, "n4", tagged, 3))
    named = ENTRIES | {"t": Entry(Paper("t", title="On Bees"), Mark(tags=("insects/bees",)))}
    assert suggest_tags(VECTORS, named.__getitem__, "x", ["t"], 3)[0] == ("insects/bees", ("bees",))
    assert suggest_tags(VECTORS, ENTRIES.__getitem__, "n2", tagged, 3) == ()


def test_an_order_is_learned_from_kept_and_skipped_papers() -> None:
    model = PreferenceModel(VECTORS, ENTRIES.values())
    assert model.is_learned
    scores = model.scores()
    assert scores["n4"] > scores.get("x", 0.0) > scores["q4"]
    assert {"radiance", "fields"} & set(model.reasons("n4").positive)
    assert "quantization" in model.reasons("q4").negative
    few = PreferenceModel(VECTORS, [entry for entry in ENTRIES.values() if entry.id != "q3"])
    assert not few.is_learned
    assert few.scores() == {}
