"""Copies of pages and e-mails of arXiv, Scholar, OpenReview and others become the papers that they list."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest import listing_samples as samples
from tests.support.examples import examples
from tui.ingest.boilerplate import is_boilerplate
from tui.ingest.corrections import CuratedCorrections
from tui.ingest.listed_paper import date_of_arxiv_id
from tui.ingest.parse_source import parse_source
from tui.ingest.parsers.listings import PAGES
from tui.ingest.parsers.openreview import OpenReview
from tui.ingest.pipeline import ingest
from tui.ingest.record import SourceLine
from tui.ingest.source_file import decode_source

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.ingest.record import ParseResult, Record

RENDERS = "We present a method that renders harbours. It places a splat on every mast."


def reading(text: str) -> ParseResult:
    return parse_source(decode_source("copy.txt", text.encode()))


def test_the_share_of_papers_of_openreview_counts_six_lines_each() -> None:
    text = samples.OPENREVIEW + "a line\n" * (48 - samples.OPENREVIEW.count("\n"))
    source = decode_source("copy.txt", text.encode())
    lines = [SourceLine(number, line) for number, line in enumerate(source.lines, start=1)]
    assert OpenReview().sniff(source, lines) == 0.25
    assert OpenReview().sniff(source, lines[:8]) == 0.75
    assert OpenReview().sniff(source, lines[:4]) == 1.0
    assert OpenReview().sniff(source, ()) == 0.0


@pytest.mark.parametrize(
    ("identifier", "date"),
    [
        ("hep-th/9108001", "1991-08"), ("hep-th/9912001", "1999-12"), ("hep-th/0001001", "2000-01"),
        ("9107.00001", "2091-07"), ("2310.07240", "2023-10"), ("2313.00001", ""), ("x", ""),
    ],
)  # fmt: skip
def test_an_arxiv_id_has_the_year_and_month(identifier: str, date: str) -> None:
    assert str(date_of_arxiv_id(identifier) or "") == date


class Row(NamedTuple):
    """What is asserted of a paper."""

    title: str
    authors: str
    date: str
    eprint: str = ""
    doi: str = ""
    category: str = ""
    abstract: str = ""


def rows(result: ParseResult) -> list[Row]:
    return [row_of(record) for record in result.records]


def row_of(record: Record) -> Row:
    return Row(
        record.title or "",
        "; ".join(record.authors) + ("; et al." if record.authors_truncated else ""),
        str(record.date or ""),
        record.eprint or "",
        record.doi or "",
        record.category or "",
        record.abstract or "",
    )


HARBOURS = "Harbours at Night"
EXPECTED: dict[str, tuple[str, list[Row]]] = {
    "arXiv list": (
        samples.ARXIV_LIST,
        [
            Row(
                "Harbours at Night: Rendering Masts in Real Time",
                "Eva Moor; Ida Reed; Gil de Fen", "2026-11-30", "2611.54321", "", "cs.GR",
            ),
            Row("A Theory of Moss", "Bo Fen", "2024-02", "2402.00012", "", "math.OC"),
            Row("Reeds Are All You Need", "Ora Ink; Reed Collaboration", "2026-11-27", "2611.50000", "10.5555/reeds.3", "cs.GR"),
        ],
    ),
    "arXiv new": (
        samples.ARXIV_NEW,
        [
            Row(HARBOURS, "Eva Moor; Ida Reed", "2026-11-30", "2611.54321", "", "cs.GR", RENDERS),
            Row("On Reeds", "Gil Fen", "2026-01", "2601.00007", "", "cs.GR", "Reeds are short. We prove it."),
        ],
    ),
    "arXiv search": (
        samples.ARXIV_SEARCH,
        [
            Row(
                HARBOURS, "Eva Moor; Ida Reed; Gil Fen", "2026-05-02", "2606.05296", "10.5555/s.1", "cs.GR",
                "We present a method that renders harbours and masts at night.",
            ),
            Row("On Reeds", "Bo Fen", "2026-06-03", "2606.05297", "", "math.OC"),
        ],
    ),
    "arXiv abstract": (
        samples.ARXIV_ABSTRACT,
        [Row(HARBOURS, "Eva Moor; Ida Reed", "2025-09-17", "2509.13987", "10.5555/ports.1", "cs.GR", RENDERS)],
    ),
    "arXiv mail": (
        samples.ARXIV_MAIL,
        [
            Row(
                "Harbours at Night: Rendering Masts in Real Time", "Eva Moor; Ida Schön; Gil Fen; et al.", "2026-11-26",
                "2611.32345", "10.5555/ports.3", "cs.GR",
                "We present a method that renders harbours in real time. Our method places a splat on every mast and sorts "
                "them by the light.",
            ),
            Row("A Theory of Reeds", "Bo Fen", "2024-07", "2407.00099", "", "math.OC"),
        ],
    ),
    "Hugging Face list": (
        samples.HUGGING_FACE_LIST,
        [Row("Harbours at Night: Rendering Masts in Real Time", "", ""), Row("A Theory of Moss", "", "")],
    ),
    "Hugging Face page": (
        samples.HUGGING_FACE_PAGE,
        [
            Row(
                "Harbours at Night: Rendering Masts in Real Time", "Eva Moor; Ida Reed", "2026-11-26", "2611.54321",
                abstract=RENDERS,
            )
        ],
    ),
    "Scholar": (
        samples.SCHOLAR,
        [
            Row("Harbours at night", "E Moor; I Reed; GB Fen; et al.", "2017"),
            Row("A theory of moss", "B Fen", "2019"),
            Row("Reeds and rushes", "O Ink; T Doc", "2012", abstract="We present the reeds of nine countries and …"),
            Row("Splats on masts", "E Moor", "2021", "2101.00077"),
        ],
    ),
    "Scholar alert": (
        samples.SCHOLAR_ALERT,
        [
            Row(
                "Harbours at night", "E Moor; I Reed", "2026",
                abstract="We present a method that renders harbours in real time, and…",
            ),
            Row("On the moss of northern harbours", "B Fen; O Ink; et al.", "2026"),
        ],
    ),
    "OpenReview": (
        samples.OPENREVIEW,
        [
            Row(HARBOURS, "Eva Moor; Ida Reed", "2026-01-16", abstract=RENDERS),
            Row(
                "A Theory of Moss", "Bo Fen", "2026-01-16",
                abstract="Moss is short when seen from far away. We give a theory of this effect.",
            ),
        ],
    ),
    "ACL Anthology": (
        samples.ANTHOLOGY,
        [
            Row(
                "Harbours in Translation: A Corpus", "Eva Moor; Gil Fen", "2026",
                abstract="We present a corpus of harbour talk in nine languages, collected over three summers by volunteers.",
            ),
            Row(
                "Parsing Moss", "Bo Fen", "2026",
                abstract="Moss has a grammar. We write it down and parse a year of it.",
            ),
        ],
    ),
    "DBLP": (
        samples.DBLP,
        [
            Row(HARBOURS, "Eva Moor; Ida Reed; Gil Fen", "2021"),
            Row("Is Moss Short? A Study", "Bo Fen; Eva Moor", "2021"),
            Row("Splats on Masts", "Eva Moor", "2021", "2101.00077"),
        ],
    ),
    "Semantic Scholar": (
        samples.SEMANTIC_SCHOLAR,
        [
            Row(HARBOURS, "E. Moor; Ida Reed; Gil Fen; et al.", "2017-06-12"),
            Row(
                "A Theory of Moss", "Bo Fen", "2019",
                abstract="Moss is short when seen from far away and we give a theory of…",
            ),
        ],
    ),
    "PubMed's abstracts": (
        samples.PUBMED_ABSTRACT,
        [
            Row(
                "Harbours at night and the sleep of sailors: a randomised trial",
                "E. Moor; I. J. Reed; G. van der Fen 3rd", "2020-03-17", "", "10.5555/jpm.1",
                abstract="BACKGROUND: Sailors sleep badly. We studied why sailors in harbours sleep badly at night. "
                "RESULTS: It is the light.",
            ),
            Row("Moss and men", "B. Fen", "2019-11"),
        ],
    ),
    "PubMed's summaries": (
        samples.PUBMED_SUMMARY,
        [
            Row("Harbours at night: a trial", "E. Moor; I. J. Reed; G. Fen", "2020-03", "", "10.5555/jpm.1"),
            Row("Is moss short?", "B. Fen; et al.", "2019-11"),
        ],
    ),
    "PubMed's page": (
        samples.PUBMED_PAGE,
        [
            Row("Harbours at night and the sleep of sailors", "E. Moor; I. J. Reed; G. Fen", "2020-03", "", "10.5555/jpm.1"),
            Row("Is moss short?", "B. Fen", "2019-11"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_copy_is_read_whole(name: str) -> None:
    text, expected = EXPECTED[name]
    result = reading(text)
    assert rows(result) == expected
    assert not result.unsure
    reasons = [problem.reason for problem in result.diagnostics]
    assert all("not taken from the start of an abstract" in reason for reason in reasons), reasons


VARIANTS: dict[str, Callable[[str], str]] = {
    "spaces that do not break": lambda text: text.replace(", ", ",\u00a0"),
    "tabs and empty lines": lambda text: "\n\n".join(f"\t{line}  " for line in text.split("\n")),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "quoted": lambda text: "".join(f"> {line}\n" for line in text.split("\n")),
    "invisible characters": lambda text: text.replace("\n", "\u200b\n"),
}
SPACED = {"PubMed's abstracts", "PubMed's summaries"}  # their paragraphs are parted by empty lines


@pytest.mark.parametrize("variant", sorted(VARIANTS))
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_copy_in_another_form_gives_the_same(name: str, variant: str) -> None:
    if name in SPACED and "empty lines" in variant:
        pytest.skip("empty lines are part of the format")
    text, expected = EXPECTED[name]
    assert rows(reading(VARIANTS[variant](text))) == expected


def test_bullets_and_leading_numbers_are_no_part_of_a_title() -> None:
    text = "\n".join(f"• {line}" for line in samples.OPENREVIEW.split("\n") if line)
    assert rows(reading(text)) == EXPECTED["OpenReview"][1]


def test_a_search_result_on_one_line_is_read() -> None:
    text = (
        "arXiv:2606.05296 [pdf, other] cs.GR cs.LG Harbours at Night Authors: Eva Moor, Ida Reed Abstract: We present a "
        "method. Submitted 3 June, 2026; originally announced June 2026.\n"
    )
    (row,) = rows(reading(text * 1))
    assert row == Row(HARBOURS, "Eva Moor; Ida Reed", "2026-06-03", "2606.05296", "", "cs.GR", "We present a method.")


def test_an_abstract_page_on_one_line_is_read() -> None:
    labelled = samples.ARXIV_ABSTRACT.replace("Harbours at", "Title:Harbours at", 1)
    labelled = labelled.replace("Eva Moor, Ida", "Authors:Eva Moor, Ida", 1).replace(
        "We present", "Abstract:We present"
    )
    assert rows(reading(" ".join(labelled.split()))) == EXPECTED["arXiv abstract"][1]


@pytest.mark.parametrize("author", ["Madonna", "OpenAI", "Port Collaboration"])
def test_the_author_on_a_page_of_arxiv_may_have_one_name(author: str) -> None:
    (row,) = rows(reading(samples.ARXIV_ABSTRACT.replace("Eva Moor, Ida Reed", author)))
    assert (row.title, row.authors) == (HARBOURS, author)


def test_a_wrapped_title_without_labels_for_authors_is_joined() -> None:
    text = samples.ARXIV_LIST.replace("Rendering Masts in", "Rendering\nMasts in").replace(
        "Ida Reed, Gil", "Ida Reed,\nGil"
    )
    assert rows(reading(text)) == EXPECTED["arXiv list"][1]


@pytest.mark.parametrize("cut", ["Submitted by\nx", "Submitted by\nx\n12", "Submitted by\nx\n12\nMoss"])
def test_a_list_of_hugging_face_may_be_cut_after_a_submitter(cut: str) -> None:
    assert rows(reading(f"{samples.HUGGING_FACE_LIST}{cut}")) == EXPECTED["Hugging Face list"][1]


def test_a_paper_of_the_anthology_may_have_no_authors() -> None:
    first, second = EXPECTED["ACL Anthology"][1]
    text = samples.ANTHOLOGY.replace("\nBo Fen\n", "\n")
    assert rows(reading(text)) == [first, second._replace(authors="")]


def test_a_wrapped_title_below_the_kind_of_file_is_joined_in_an_alert_of_scholar() -> None:
    text = samples.SCHOLAR_ALERT.replace("[PDF] Harbours at night", "[PDF] Harbours\nat night")
    assert rows(reading(text)) == EXPECTED["Scholar alert"][1]


def test_results_of_scholar_may_be_titles_and_bylines_only() -> None:
    text = (
        "Harbours at night\nE Moor, I Reed - Journal of Ports, 2020\nA theory of moss\nB Fen - Moss Letters, 2019\n"
        "Reeds\nO Ink - Reed Letters, 2018\n"
    )
    titles = ["Harbours at night", "A theory of moss", "Reeds"]
    assert [row.title for row in rows(reading(text))] == titles
    assert [row.title for row in rows(reading(f"{text}T Doc - Port Letters, 2020\n"))] == titles
    buttons = "Save Cite Related articles\nT Doc - Port Letters, 2020\nSave Cite\n"
    assert [row.title for row in rows(reading(text + buttons))] == titles


def test_a_line_below_a_paper_of_openreview_that_names_no_venue_is_none() -> None:
    text = samples.OPENREVIEW.replace("ICLR 2026 Poster", "Something about harbours")
    venues = [record.publication.container_title for record in reading(text).records]
    assert venues == [None, "ICLR 2026 Oral"]


@pytest.mark.parametrize(
    ("excerpt", "kept"), [("Moss is short from far away.", True), ("Moss is short from afar.", False)]
)
def test_an_excerpt_of_semantic_scholar_has_more_than_five_words(excerpt: str, kept: bool) -> None:
    text = samples.SEMANTIC_SCHOLAR.replace("Moss is short when seen from far away and we give a theory of…", excerpt)
    assert rows(reading(text))[1].abstract == (excerpt if kept else "")


def test_quoted_printable_mail_is_decoded() -> None:
    title = "Title: Sch=C3=B6ne Harbours: Render=\ning Masts"
    text = samples.ARXIV_MAIL.replace("Title: Harbours at Night: Rendering Masts\n  in Real Time", title)
    text = "Content-Transfer-Encoding: quoted-printable\n" + text
    assert rows(reading(text))[0].title == "Schöne Harbours: Rendering Masts"


def test_every_field_has_the_line_it_is_on() -> None:
    record = reading(samples.ARXIV_LIST).records[0]
    lines = {field: location.line for field, location in record.positions}
    assert (record.source.line, lines["title"], lines["authors"]) == (9, 10, 11)
    record = reading(samples.OPENREVIEW).records[1]
    assert {field: location.line for field, location in record.positions}["abstract"] == 18


def test_keywords_become_tags_but_categories_do_not() -> None:
    listed = reading(samples.ARXIV_LIST).records[0]
    assert (listed.keywords, listed.publication.keywords) == ((), ("cs.LG",))  # found as a category, and no tag
    assert reading(samples.OPENREVIEW).records[0].keywords == ("harbours", "real-time-rendering")


def test_the_pubmed_id_is_evidence_for_merging() -> None:
    assert [record.details.pmid for record in reading(samples.PUBMED_SUMMARY).records] == ["32123456", "31123456"]


VENUES: dict[str, list[dict[str, object]]] = {
    "arXiv list": [
        {"type": "article", "note": "12 pages, accepted at the Harbour Conference", "version": None},
        {"type": "article-journal", "container_title": "J. Moss", "volume": "9", "pages": "1–10"},
        {"type": "article", "version": "v2"},
    ],
    "arXiv abstract": [
        {"container_title": "J. Ports", "volume": "3", "note": "12 pages", "version": "v2", "keywords": ("cs.LG",)}
    ],
    "arXiv mail": [{"container_title": "J. Ports", "volume": "3", "pages": "1–9", "note": "12 pages"}, {"type": "article"}],
    "Scholar": [
        {"container_title": None},
        {"container_title": "Moss Letters"},
        {"container_title": None},
        {"type": "article", "container_title": None},
    ],
    "OpenReview": [{"container_title": "ICLR 2026 Poster", "keywords": ("harbours", "real-time rendering")}, {}],
    "ACL Anthology": [
        {"type": "paper-conference", "container_title": "Proceedings of the Second Workshop on Harbour Talk (2026)"},
        {"type": "paper-conference"},
    ],
    "DBLP": [
        {"type": "article-journal", "container_title": "IEEE Trans. Ports", "volume": "3", "issue": "1", "pages": "1–10"},
        {"type": "paper-conference", "container_title": "MOSS", "pages": "77–81"},
        {"type": "article", "container_title": None},
    ],
    "Semantic Scholar": [{"container_title": "Annual Meeting of the Port Association"}, {"container_title": None}],
    "PubMed's abstracts": [
        {"container_title": "J Ports Med", "volume": "3", "issue": "1", "pages": "1–10", "pmcid": "PMC1234567"},
        {"container_title": "Moss Lett", "volume": "9", "issue": None, "pages": "77", "pmid": "31123456"},
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(VENUES))
def test_comments_references_and_subjects_go_to_their_fields(name: str) -> None:
    records = reading(EXPECTED[name][0]).records
    for record, wanted in zip(records, VENUES[name], strict=True):
        assert {field: getattr(record.publication, field) for field in wanted} == wanted


def test_two_listings_in_one_copy_are_both_read() -> None:
    text = f"{samples.ARXIV_LIST}\n{samples.OPENREVIEW}"
    titles = [row.title for row in rows(reading(text))]
    assert titles == [row.title for name in ("arXiv list", "OpenReview") for row in EXPECTED[name][1]]


def test_a_text_that_quotes_an_entry_asks_first() -> None:
    quoted = "\n".join(samples.ARXIV_MAIL.split("\n")[11:30])
    text = f"{quoted}\n" + "\n".join(
        f"This is line {number} of a letter about something else." for number in range(40)
    )
    result = reading(text)
    assert len(result.records) == 1
    assert result.unsure


def test_scholar_without_any_button_asks_first() -> None:
    text = "\n".join(line for line in samples.SCHOLAR.split("\n") if "Cite" not in line and "[" not in line)
    assert reading(text).unsure


NEIGHBOURS = {
    "references": '[1] E. Moor and I. Reed, "Harbours at night," J. Ports, vol. 3, pp. 1-10, 2020.\n'
    '[2] G. Fen, "Moss," Moor Lett., vol. 9, pp. 77-81, 2021.\n',
    "books": "Eva Moor, Harbours: A History, Port Press, 1996.\nIda Reed, Reeds: A Reader, Reed Press, 1997.\n",
    "rules": "**Entries:** Always write down what changed. In 2020 we did not.\n**Dates:** Use the long form. See RFC 3339.\n",
    "a call": "Eva Moor:\nWe should talk about the harbour. It is late.\nIda Reed:\nYes. Tomorrow at 10.\n",
    "a mail": "From: Eva Moor\nTo: Ida\nSubject: arXiv:2611.54321\n\nDear Ida,\nhave you seen arXiv:2611.54321?\nBest,\nEva\n",
    "notes": "arXiv:2611.54321\nI should read this. It is about harbours.\narXiv:2611.54322\nThis one, too.\n",
    "buttons": "pdf\nbib\nabs\ncode\n",
    "a table": 'id,citation,pmid\n1,"Moor E, Reed I. Harbours. J Ports. 2015 Sep;66(3):339. PMID: 26304257",26304257\n',
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(NEIGHBOURS))
def test_what_only_looks_alike_is_refused(name: str) -> None:
    result = reading(NEIGHBOURS[name])
    assert result.records == ()
    assert result.diagnostics


ALL = [text for text, _ in EXPECTED.values()] + [samples.ATOM, samples.RSS, samples.JOURNAL_RSS, samples.ZOTERO]
PRINTED = {name for _, expected in EXPECTED.values() for row in expected for name in row.authors.split("; ")} | {
    "Ida van der Reed", "Port Collaboration", "{Port Collaboration}", "Port",
}  # fmt: skip


def check_reading(text: str) -> None:
    result = reading(text)
    for record in result.records:
        assert record.title or record.abstract
        for name in record.authors:
            assert not is_boilerplate(name), name
            assert "…" not in name
            assert "et al" not in name
    found = ingest([decode_source("copy.txt", text.encode())], corrections=CuratedCorrections(), at="now")
    assert len({paper.id for paper in found.papers}) == len(found.papers)


@given(st.sampled_from(ALL), st.integers(0, 3000), st.integers(0, 3000))
@examples(120)
def test_any_part_of_a_copy_is_read_without_inventing_authors(text: str, start: int, length: int) -> None:
    check_reading(text[start : start + length])


@given(st.sampled_from(ALL), st.integers(0, 1_000_000), st.booleans())
@examples(120)
def test_lines_in_any_order_are_no_danger(text: str, seed: int, drop: bool) -> None:
    lines = text.split("\n")
    drawn = random.Random(seed)  # noqa: S311, no secret
    if drop:
        lines = [line for line in lines if drawn.random() < 0.7]
    else:
        drawn.shuffle(lines)
    check_reading("\n".join(lines))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_copy_cut_between_lines_gives_no_other_names(name: str) -> None:
    lines = EXPECTED[name][0].split("\n")
    for end in range(len(lines)):
        for record in reading("\n".join(lines[:end])).records:
            assert set(record.authors) <= PRINTED, (end, record)


def test_a_mail_cut_after_the_title_gives_the_whole_title() -> None:
    text, _ = EXPECTED["arXiv mail"]
    before, title, _ = text.partition("Title: Harbours at Night: Rendering Masts\n  in Real Time\n")
    (record,) = reading(before + title).records
    assert (record.title, record.authors) == ("Harbours at Night: Rendering Masts in Real Time", ())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_long_copy_takes_time_in_proportion(name: str) -> None:
    text, expected = EXPECTED[name]
    if "PubMed" in name or name in ("arXiv abstract", "Hugging Face page"):
        pytest.skip("a repeated number is no list")
    result = reading(f"{text}\n" * 300)
    assert len(result.records) == 300 * len(expected)


def test_a_pubmed_page_without_styles_has_words_directly_after_the_id() -> None:
    text = samples.PUBMED_PAGE.replace("32123456\nFree", "32123456Free").replace("Cite\nShare", "Cite Share")
    plain, bare = (parse_source(decode_source("x.txt", each.encode())) for each in (samples.PUBMED_PAGE, text))
    fields = [[(row.title, row.authors, row.publication.pmid) for row in each.records] for each in (plain, bare)]
    assert fields[0] == fields[1]
    assert [row.reason for row in bare.diagnostics] == [row.reason for row in plain.diagnostics]


def test_the_coauthors_below_a_page_of_dblp_are_part_of_the_page() -> None:
    below = (
        "Coauthor Index\nsee FAQ\n1\nEva Moor\n[j1] [c2]\n2\nIda Reed 0002\n[c2]\nlast updated on 2026-04-23 00:16 CEST"
        " by the dblp team\nall metadata released as open data under CC0 1.0 license\n"
    )
    plain, longer = (
        parse_source(decode_source("x.txt", each.encode())) for each in (samples.DBLP, samples.DBLP + below)
    )
    assert [row.title for row in longer.records] == [row.title for row in plain.records]
    assert [row.reason for row in longer.diagnostics] == [row.reason for row in plain.diagnostics]
    unknown = parse_source(
        decode_source("x.txt", f"{samples.DBLP}{below}A sentence that is no name at all.\n".encode())
    )
    assert len(unknown.diagnostics) == len(longer.diagnostics) + 1


@pytest.mark.parametrize(
    ("line", "title", "venue", "pages"),
    [
        ("Harbours at Night. MOSS 2021: 77-81.", "Harbours at Night", "MOSS", "77\u201381"),
        ("Is Moss Short? MOSS 2021: 77-81", "Is Moss Short?", "MOSS", "77\u201381"),
        ("Is Moss Short? A Study. J. Ports 3(1): 1-10 (2021)", "Is Moss Short? A Study", "J. Ports", "1\u201310"),
        ("Harbours at Night.", "Harbours at Night", None, None),
    ],
)
def test_the_title_on_a_line_of_dblp_ends_at_the_full_stop_before_the_venue(
    line: str, title: str, venue: str | None, pages: str | None
) -> None:
    (record,) = reading(f"2021\n[j5]\nEva Moor:\n{line}\n").records
    assert (record.title, record.publication.container_title, record.publication.pages) == (title, venue, pages)
    assert str(record.date) == "2021"


def test_search_results_of_dblp_without_numbers_ask_first() -> None:
    text = (
        "Eva Moor 0001, Ida Reed:\nHarbours at Night. IEEE Trans. Ports 3(1): 1-10 (2021)\n"
        "Bo Fen:\nIs Moss Short? A Study. MOSS 2021: 77-81\n"
    )
    result = reading(text)
    assert [(row.title, row.authors) for row in rows(result)] == [
        ("Harbours at Night", "Eva Moor; Ida Reed"), ("Is Moss Short? A Study", "Bo Fen"),
    ]  # fmt: skip
    assert result.unsure


@pytest.mark.parametrize("line", ["Harbours at Night", "We should talk about the harbour. It is late"])
def test_a_line_without_full_stop_or_venue_is_no_paper_of_dblp(line: str) -> None:
    assert reading(f"[j5]\nEva Moor, Ida Reed:\n{line}\n").records == ()


@pytest.mark.parametrize(
    "name", [name for name in vars(samples) if name.isupper() and isinstance(getattr(samples, name), str)]
)
def test_no_page_is_taken_for_that_of_another_site(name: str) -> None:
    source = decode_source("x.txt", getattr(samples, name).encode())
    lines = [SourceLine(number, text) for number, line in enumerate(source.lines, 1) if (text := line.strip())]
    sites = {parser.name for parser in PAGES if parser.sniff(source, lines)}
    # Of the forms of arXiv, the likeliest is chosen. A table of Zotero is no page.
    assert len(sites - {"arXiv listing"} if "arXiv e-mail" in sites else sites) == (name != "ZOTERO")
