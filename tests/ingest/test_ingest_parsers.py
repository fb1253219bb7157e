"""Every format of listing, tidy and untidy; every line that is not empty is accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.ingest.boilerplate import is_boilerplate, strip_button
from tui.ingest.line_classifier import prose_score
from tui.ingest.parse_source import parse_source
from tui.ingest.parsers.listings import PARSERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.ingest.pipeline import IngestResult
    from tui.ingest.source_file import SourceFile

    Reader = Callable[..., IngestResult]

MESH = (
    "We propose a method to allow precise and extremely fast mesh extraction from Gaussians. It is much faster than "
    "others and keeps the details of the scene."
)
FIELDS = (
    "Neural fields are networks trained to represent signals. In this paper, we add temporal residual layers to them "
    "and study how their capacity grows."
)
SHORT = "We study cats."
TWO = f"SuGaR: Surface-Aligned Splatting\n{MESH}\nResFields: Residual Neural Fields\n{FIELDS}"
THREE_LINES = (
    f"CVOct 26, 2023Code\nZero-Shot NeRFs from TextSudarshan Babu, Richard Liu et al. · stanford\n{MESH}\n"
    f"ROJun 2\nLearning to WalkAnna Berg\n{FIELDS}"
)


def told(intake: IngestResult) -> list[tuple[str | None, str | None]]:
    return [(paper.title, paper.abstract) for paper in intake.papers]


def reasons(intake: IngestResult) -> list[tuple[int, str]]:
    assert all(problem.hint and problem.source for problem in intake.diagnostics)
    return [(problem.line, problem.reason) for problem in intake.diagnostics]


def test_titles_and_abstracts(read: Reader) -> None:
    found = read(TWO)
    assert told(found) == [("SuGaR: Surface-Aligned Splatting", MESH), ("ResFields: Residual Neural Fields", FIELDS)]
    assert found.diagnostics == ()
    assert [source.line for paper in found.papers for source in paper.sources] == [1, 3]


def test_three_line_records(read: Reader) -> None:
    first, second = read(THREE_LINES).papers
    assert (first.title, first.authors) == ("Zero-Shot NeRFs from Text", ("Sudarshan Babu", "Richard Liu"))
    assert (first.authors_truncated, first.affiliation) == (True, "stanford")
    assert (str(first.date), first.category, first.has_code, first.abstract) == ("2023-10-26", "cs.CV", True, MESH)
    assert (second.title, second.authors, second.authors_truncated) == ("Learning to Walk", ("Anna Berg",), False)
    assert (str(second.date), second.category, second.has_code) == ("XXXX-06-02", "cs.RO", False)


def test_abstract_lines(read: Reader) -> None:
    found = read(f"Abstract:{MESH}\nAbstract: {FIELDS}\nABSTRACT: {SHORT}")
    assert told(found) == [(None, MESH), (None, FIELDS), (None, SHORT)]
    assert found.diagnostics == ()


def test_short_records_are_recognised_by_their_order(read: Reader) -> None:
    found = read("Cats\nWe study cats.\nDogs at Home\nDogs bark.\nA Note on Fish\nShort abstract about fish.")
    assert [paper.title for paper in found.papers] == ["Cats", "Dogs at Home", "A Note on Fish"]
    assert found.diagnostics == ()


@pytest.mark.parametrize("text", [TWO, THREE_LINES, f"Abstract:{MESH}\nAbstract:{FIELDS}"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\r\n \t\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_empty_lines_and_labels_make_no_difference(read: Reader, text: str, end: str, mark: str) -> None:
    tidy, untidy = read(text), read(mark + text.replace("\n", end) + end)
    assert [(paper.id, paper.title, paper.abstract) for paper in untidy.papers] == [
        (paper.id, paper.title, paper.abstract) for paper in tidy.papers
    ]
    assert untidy.diagnostics == ()


@pytest.mark.parametrize("text", [TWO, THREE_LINES, f"Abstract:{MESH}\nAbstract:{FIELDS}"])
@pytest.mark.parametrize(
    "line",
    [
        "Get trending papers in your email inbox!",
        "Get trending papers in your email inbox once a day!",
        "Sort by",
        "Papers",
        "Load more",
        "Subscribe",
        "We use cookies to improve your experience on our site.",
        "1 2 3 … 10 Next",
        "Showing 1-20 of 220 results",
        "Results 1 - 25 of 1,234",
        "© 2024 Papers Inc. All rights reserved.",
    ],
)
def test_boilerplate_anywhere_makes_no_difference(read: Reader, text: str, line: str) -> None:
    tidy = told(read(text))
    lines = text.split("\n")
    for place in range(len(lines) + 1):
        untidy = read("\n".join([*lines[:place], line, *lines[place:]]))
        assert told(untidy) == tidy
        assert untidy.diagnostics == ()


@pytest.mark.parametrize("line", ["Michael Maire", "Computer Vision", "Discover the latest research"])
def test_an_unknown_heading_is_reported_and_is_not_a_paper(read: Reader, line: str) -> None:
    for text in (TWO, THREE_LINES, f"Abstract:{MESH}\nAbstract:{FIELDS}"):
        found = read(f"{line}\n{text}")
        assert told(found) == told(read(text))
        assert reasons(found) == [(1, f"not part of any record: '{line}'")]


@pytest.mark.parametrize("button", ["Subscribe", "Sign up", "Log In", "Load more", "Follow"])
def test_a_button_glued_to_the_first_title(read: Reader, button: str) -> None:
    found = read(f"Get trending papers in your email inbox!\n{button}{TWO}")
    assert found.papers[0].title == "SuGaR: Surface-Aligned Splatting"


def test_the_name_of_a_system_is_not_a_button() -> None:
    assert (
        strip_button("FollowNet: Imitation", "We propose FollowNet.", after_boilerplate=True)
        == "FollowNet: Imitation"
    )
    assert strip_button("ShareGPT Chats", "", after_boilerplate=False) == "ShareGPT Chats"
    assert strip_button("SubscribeShareGPT", "", after_boilerplate=False) == "ShareGPT"
    assert strip_button("Subscribers Leave", "", after_boilerplate=True) == "Subscribers Leave"


def test_only_the_first_title_loses_a_button(read: Reader) -> None:
    found = read(f"One Title\n{MESH}\nSubscribeStar: A Study of Patronage\n{FIELDS}")
    assert found.papers[1].title == "SubscribeStar: A Study of Patronage"


def test_a_source_cut_after_a_title_still_gives_the_paper(read: Reader) -> None:
    found = read(f"{TWO}\nThe Last Title")
    assert told(found)[2] == ("The Last Title", None)
    assert reasons(found) == [(5, "this title has no abstract below it and was imported without one")]


def test_a_line_of_five_words_between_records_is_a_title_and_a_shorter_one_is_not(read: Reader) -> None:
    first, second = TWO.split("\nResFields")
    for line, is_title in (("Harbours at Night in Winter", True), ("Harbours at Night Again", False)):
        found = read(f"{first}\n{line}\nResFields{second}")
        assert ((line, None) in told(found), len(found.papers)) == (is_title, 2 + is_title)
        assert [number for number, _ in reasons(found)] == [3]


def test_a_source_cut_above_an_abstract_still_gives_the_paper(read: Reader) -> None:
    found = read(f"{MESH}\nResFields: Residual Neural Fields\n{FIELDS}")
    assert told(found) == [(None, MESH), ("ResFields: Residual Neural Fields", FIELDS)]
    assert reasons(found) == [(1, "this abstract has no title above it and was imported without one")]


def test_a_missing_abstract_in_the_middle_is_reported(read: Reader) -> None:
    found = read(f"First of All Titles\n{MESH}\nWhy the Second Title Stands Alone\nThe Third Title\n{FIELDS}")
    assert [title for title, _ in told(found)] == [
        "First of All Titles", "Why the Second Title Stands Alone", "The Third Title",
    ]  # fmt: skip
    assert [line for line, _ in reasons(found)] == [3]


@pytest.mark.parametrize(
    ("cut", "papers", "line"),
    [
        (1, 1, 4),  # the head of the second record only
        (2, 2, 5),  # head and byline
        (3, 2, None),
    ],
)
def test_three_line_records_cut_at_the_end(read: Reader, cut: int, papers: int, line: int | None) -> None:
    found = read("\n".join(THREE_LINES.split("\n")[: 3 + cut]))
    assert len(found.papers) == papers
    assert [at for at, _ in reasons(found)] == ([line] if line else [])


def test_three_line_records_cut_at_the_top(read: Reader) -> None:
    lines = THREE_LINES.split("\n")
    whole = read("\n".join(lines[1:]))
    assert told(whole) == told(read(THREE_LINES))
    assert whole.papers[0].category is None
    assert [line for line, _ in reasons(whole)] == [1]
    half = read("\n".join(lines[2:]))
    assert told(half) == [(None, MESH), ("Learning to Walk", FIELDS)]
    assert [line for line, _ in reasons(half)] == [1]


def test_a_record_without_byline_keeps_its_abstract(read: Reader) -> None:
    found = read(f"ROJun 2\n{FIELDS}\nCVOct 26, 2023\nLearning to RunBo Li\n{MESH}")
    assert told(found) == [(None, FIELDS), ("Learning to Run", MESH)]
    assert found.papers[0].category == "cs.RO"
    assert [line for line, _ in reasons(found)] == [1]


@pytest.mark.parametrize("abstract", ["Short text.", "", FIELDS])
def test_a_title_that_reads_like_prose_is_recognised_by_its_position(read: Reader, abstract: str) -> None:
    found = read(f"ROJun 2\nWe need to talk about what this is and why we should have it at allAnna Berg\n{abstract}")
    assert told(found) == [("We need to talk about what this is and why we should have it at all", abstract or None)]


def test_a_byline_without_authors_is_reported(read: Reader) -> None:
    found = read(f"ROJun 2\nLearning to Walk\n{FIELDS}")
    assert found.papers[0].title == "Learning to Walk"
    assert [line for line, _ in reasons(found)] == [2]


def test_an_abstract_in_paragraphs_is_kept_whole(read: Reader) -> None:
    found = read(f"ROJun 2\nLearning to WalkAnna Berg\n{FIELDS}\n{MESH}\nCVMay 1, 2014\nTitle TwoBo Li\n{SHORT}")
    assert found.papers[0].abstract == f"{FIELDS}\n{MESH}"


def test_references_below_a_record_become_links(read: Reader) -> None:
    for text in (f"Title Number One\n{MESH}", f"ROJun 2\nLearning to WalkAnna Berg\n{MESH}"):
        (paper,) = read(f"{text}\nhttps://arxiv.org/abs/2310.12345v2\ndoi:10.1145/12.34").papers
        assert (paper.eprint, paper.doi) == ("2310.12345", "10.1145/12.34")
        assert paper.links[:2] == ("https://arxiv.org/abs/2310.12345", "https://doi.org/10.1145/12.34")


def test_urls_in_an_abstract_become_links(read: Reader) -> None:
    (paper,) = read(
        f"Title Number One\n{MESH} Code (https://github.com/a/b_(c)). See \\url{{http://x.org/d}}."
    ).papers
    assert paper.links == ("https://github.com/a/b_(c)", "http://x.org/d")


def test_a_source_may_contain_several_formats(read: Reader) -> None:
    parts = [f"Abstract:{SHORT} {SHORT}", THREE_LINES.replace(MESH, "A text of its own about NeRFs from text."), TWO]
    together = {paper.id for paper in read("\n".join(parts)).papers}
    assert together == {paper.id for part in parts for paper in read(part).papers}


def test_titles_above_labelled_abstracts(read: Reader) -> None:
    assert told(read(f"One Title\nAbstract: {MESH}\nAnother\nAbstract: {FIELDS}")) == [
        ("One Title", MESH), ("Another", FIELDS),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "milk\neggs\nbread",
        "x",
        "<think> and the like\nbody\n",
    ],
)
def test_a_source_without_known_format_is_reported_with_line_and_hint(read: Reader, text: str) -> None:
    found = read(text)
    assert found.papers == ()
    assert len(found.diagnostics) == 1
    assert all(form.name in found.diagnostics[0].hint for form in PARSERS)


@pytest.mark.parametrize("text", ["", "\n\n", "Sort by\nPapers"])
def test_a_source_without_content_is_reported_as_a_whole(read: Reader, text: str) -> None:
    assert reasons(read(text)) == [(0, "the source has no papers")]


def test_an_empty_abstract_line_is_reported(read: Reader) -> None:
    assert reasons(read(f"Abstract:\nAbstract:{MESH}")) == [(1, "no text after 'Abstract:'")]


def test_the_label_may_be_on_a_line_of_its_own(read: Reader) -> None:
    assert told(read(f"Abstract:\n{MESH} {FIELDS}")) == [(None, f"{MESH} {FIELDS}")]
    assert told(read(f"{TWO}\nOne Title\nAbstract:\n{MESH} {FIELDS}"))[2] == ("One Title", f"{MESH} {FIELDS}")


def test_boilerplate_is_narrow_enough_for_titles_and_abstracts(
    seed_pages: tuple[SourceFile, ...], seeds: IngestResult
) -> None:
    texts = [text for paper in seeds.papers for text in (paper.title, paper.abstract) if text]
    assert not [text for text in texts if is_boilerplate(text)]
    for title in ("Register Allocation for Free", "Copyright Protection for LLMs", "Sorting by Structure", "Next"):
        assert is_boilerplate(title) == (title == "Next")
    assert sum(is_boilerplate(line) for page in seed_pages for line in page.lines) == 2


def test_scores_of_prose_and_titles_are_well_separated(seeds: IngestResult) -> None:
    highest_title = max(prose_score(paper.title or "") for paper in seeds.papers)
    assert highest_title < min(prose_score(paper.abstract or "") for paper in seeds.papers) - 4


def accounted_for(page: SourceFile) -> bool:
    """Whether every line that is not empty is in a record, boilerplate, or in a diagnostic."""
    reading = parse_source(page)
    reported = {problem.line for problem in reading.diagnostics}
    return all(
        number in reading.consumed or number in reported or is_boilerplate(line.strip())
        for number, line in enumerate(page.lines, 1)
        if line.strip()
    )


def test_every_line_of_the_seeds_is_accounted_for(seed_pages: tuple[SourceFile, ...]) -> None:
    assert all(accounted_for(page) for page in seed_pages)


def test_every_line_of_a_cut_source_is_accounted_for(
    seed_pages: tuple[SourceFile, ...], page: Callable[[str, str], SourceFile]
) -> None:
    for whole in seed_pages:
        for first in range(7):
            cut = page("cut.txt", "\n".join([*whole.lines[first : first + 8], "Something else", "Load more"]))
            assert accounted_for(cut)
