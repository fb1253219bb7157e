"""Atom and RSS files are read entry by entry, safely and within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ingest import listing_samples as samples
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source

if TYPE_CHECKING:
    from tui.ingest.record import ParseResult


def reading(text: str) -> ParseResult:
    return parse_source(decode_source("feed.xml", text.encode()))


def test_an_answer_of_arxivs_interface_is_read() -> None:
    (record,) = reading(samples.ATOM).records
    assert record.title == "Harbours at Night: Rendering Masts"
    assert record.authors == ("Eva Moor", "Ida Reed")
    assert str(record.date) == "2026-11-26"
    assert (record.eprint, record.doi, record.category) == ("2611.54321", "10.5555/ports.3", "cs.GR")
    assert (record.keywords, record.publication.keywords) == ((), ("cs.LG",))
    assert record.abstract == "We present a method that renders harbours & masts. It is fast."
    assert record.source.line == 4


def test_arxivs_daily_feed_is_read_with_dates_of_new_papers_only() -> None:
    new, replaced = reading(samples.RSS).records
    assert new.authors == ("Eva Moor", "Ida Reed", "Gil Fen")
    assert (str(new.date), new.eprint, new.category) == ("2026-11-30", "2611.54321", "cs.GR")
    assert new.abstract == "We present a method that renders harbours."
    assert (str(replaced.date), replaced.abstract) == ("2024-02", "Moss is short.")


def test_the_older_form_of_arxivs_feed_is_read() -> None:
    text = (
        '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        '<item rdf:about="http://arxiv.org/abs/2001.00007">\n'
        "<title>Harbours at Night. (arXiv:2001.00007v2 [cs.GR] UPDATED)</title>\n"
        "<link>http://arxiv.org/abs/2001.00007</link>\n"
        "<description>&lt;p&gt;We render harbours.&lt;/p&gt;</description>\n"
        '<dc:creator>&lt;a href="http://arxiv.org/a"&gt;Eva Moor&lt;/a&gt;, &lt;a href="x"&gt;Ida Reed&lt;/a&gt;'
        "</dc:creator>\n</item>\n</rdf:RDF>\n"
    )
    (record,) = reading(text).records
    assert (record.title, record.authors) == ("Harbours at Night", ("Eva Moor", "Ida Reed"))
    assert (record.eprint, record.category, str(record.date)) == ("2001.00007", "cs.GR", "2020-01")
    assert record.abstract == "We render harbours."


def test_a_journal_feed_gives_papers_and_names_what_is_none() -> None:
    result = reading(samples.JOURNAL_RSS)
    (record,) = result.records
    assert (record.title, record.doi, str(record.date)) == ("Harbours at night", "10.5555/p1", "2026-11-30")
    assert record.authors == ("Eva Moor", "Ida Reed")
    assert record.abstract is None  # only the place and day of publication
    (problem,) = result.diagnostics
    assert "We have a new editor" in problem.reason
    assert "neither an arXiv id nor a DOI" in problem.reason
    assert problem.line == 12


@pytest.mark.parametrize(
    ("elements", "doi"),
    [
        ("<dc:identifier>doi:10.5555/p7.</dc:identifier>", "10.5555/p7"),
        (
            "<dc:identifier>ISSN 1234-5678</dc:identifier><dc:identifier>doi:10.5555/p8</dc:identifier>",
            "10.5555/p8",
        ),
        ("<dc:identifier>10.5555/later</dc:identifier><prism:doi>10.5555/p9</prism:doi>", "10.5555/p9"),
    ],
)
def test_the_doi_of_an_entry_may_be_its_identifier(elements: str, doi: str) -> None:
    start = samples.JOURNAL_RSS.partition("<item")[0]
    (record,) = reading(f"{start}<item>\n<title>Reeds</title>\n{elements}\n</item>\n</rdf:RDF>\n").records
    assert record.doi == doi


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE feed SYSTEM "http://example.org/feed.dtd">',
        '<!DOCTYPE feed [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_document_type_is_refused(declaration: str) -> None:
    text = samples.ATOM.replace("<feed", f"{declaration}\n<feed", 1).replace("Harbours", "&e;", 1)
    result = reading(text)
    assert result.records == ()
    assert result.diagnostics


def test_a_broken_feed_keeps_the_entries_before_it() -> None:
    cut = samples.RSS.index("A Theory of Moss")
    result = reading(samples.RSS[:cut] + "</b>" + samples.RSS[cut:])
    assert [record.title for record in result.records] == ["Harbours at Night"]
    (problem,) = result.diagnostics
    assert "broken" in problem.reason
    assert "the entries before it were read" in problem.reason
    assert problem.line == 18


def test_deep_nesting_ends_with_a_sentence() -> None:
    deep = "<a>" * 5_000
    result = reading(samples.ATOM.replace("<author>", f"{deep}<author>", 1))
    assert result.records == ()
    assert "nested" in result.diagnostics[0].reason


def test_a_feed_without_papers_is_refused_as_before() -> None:
    text = '<?xml version="1.0"?>\n<rss version="2.0"><channel><item><title>News</title></item></channel></rss>\n'
    result = reading(text)
    assert result.records == ()
    assert "XML or HTML" in result.diagnostics[0].reason


def test_a_feed_of_many_entries_is_read_whole() -> None:
    start, entry, end = samples.ATOM.partition("  <entry>")
    entry = entry + end.replace("</feed>\n", "")
    text = start + "".join(entry.replace("2611.54321", f"2611.{number:05}") for number in range(3_000)) + "</feed>\n"
    result = reading(text)
    assert len(result.records) == 3_000
    assert result.diagnostics == ()


def test_accents_of_arxiv_are_letters_and_formulas_stay() -> None:
    text = samples.ATOM.replace("Harbours", r"Erd\H{o}s and $\alpha$ Harbours", 1)
    before = reading(samples.ATOM).records[0]
    name = before.authors[0]
    (record, *_) = reading(text.replace(name, r"Andr\'e Lima de Castro, Zo\"e Poe", 1)).records
    assert record.authors[:2] == ("Andr\u00e9 Lima de Castro", "Zo\u00eb Poe")
    assert record.title == str(before.title).replace("Harbours", "Erd\u0151s and $\\alpha$ Harbours", 1)
