"""BibTeX values in unusual fields, repeated, or surrounded by invisible characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
from tui.model.arxiv import find_arxiv_id

if TYPE_CHECKING:
    from tui.ingest.record import ParseResult, Record


def taken(text: str) -> ParseResult:
    return parse_source(decode_source("x.bib", text.encode()))


def entry(fields: str) -> Record:
    (draft,) = taken(f"@misc{{k, title = {{Dunes}}, {fields}}}").records
    return draft


def said(text: str) -> str:
    return " ".join(problem.reason for problem in taken(text).diagnostics)


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        (r"howpublished = {\url{https://dunes.example/a_b}}", ["https://dunes.example/a_b"]),
        (r"howpublished = {\href{https://dunes.example/a\_b}{A site}, and \url{https://dunes.example/c}}", ["https://dunes.example/a_b", "https://dunes.example/c"]),
        ("note = {Seen at https://dunes.example/x (2011).}", ["https://dunes.example/x"]),
        ("note = {Slides: www.dunes.example/s.}", ["http://www.dunes.example/s"]),
        ("url = {www.dunes.example}", ["http://www.dunes.example"]), ("url = {dunes.example/x?y=1}", ["http://dunes.example/x?y=1"]),
        ("url = {<https://dunes.example/x>}", ["https://dunes.example/x"]), (r"url = {https://dunes.example/\~{}kern/}", ["https://dunes.example/~kern/"]),
        ("ee = {https://dunes.example/e}", ["https://dunes.example/e"]), ("pdf = {dunes.pdf}", []),
        ("bdsk-url-1 = {https://dunes.example/b}", ["https://dunes.example/b"]),
        ("url = {https://dunes.example/1}, url = {https://dunes.example/2}", ["https://dunes.example/1", "https://dunes.example/2"]),
    ],
)  # fmt: skip
def test_links_are_found_in_all_usual_fields(fields: str, links: list[str]) -> None:
    assert list(entry(fields).links) == links


@pytest.mark.parametrize("url", ["ftp://dunes.example/x.ps", "urn:nbn:de:0", "see the library", "file:///home/x.pdf"])
def test_invalid_links_are_reported(url: str) -> None:
    assert "is not a web address" in said(f"@misc{{k, title = {{Dunes}}, url = {{{url}}}}}")


@pytest.mark.parametrize(
    "fields",
    [
        "url = {10.5555/dune.1}", "url = {doi:10.5555/dune.1}", "url = {https://doi.org/10.5555/dune.1}", "url = {http://dx.doi.org/10.5555/dune.1}",
        "url = {doi.org/10.5555/dune.1}", "note = {doi: 10.5555/dune.1}", r"note = {\url{https://doi.org/10.5555/dune.1}}", "howpublished = {DOI 10.5555/dune.1.}",
        "note = {Available at https://doi.org/10.5555/dune.1}", "doi = {10.5555%2Fdune.1}", "doi = {\u200b10.5555/dune.1}", "ee = {https://doi.org/10.5555/dune.1}",
    ],
)  # fmt: skip
def test_a_doi_is_found_in_all_usual_fields(fields: str) -> None:
    assert entry(fields).doi == "10.5555/dune.1"


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://pub.example/doi/10.1234/dune-7", "10.1234/dune-7"), ("https://pub.example/doi/abs/10.1234/dune.7", "10.1234/dune.7"),
        ("https://pub.example/doi/10.1234/dune.7/abstract", "10.1234/dune.7"), ("https://pub.example/doi/full/10.1234/dune.7?x=1#a", "10.1234/dune.7"),
        ("https://pub.example/10.1234/dune.7", None), ("https://pub.example/doi/10.5555/123", None),  # that one is nobody's
    ],
)  # fmt: skip
def test_the_doi_in_a_publishers_url_is_found(url: str, doi: str | None) -> None:
    assert entry(f"url = {{{url}}}").doi == doi


def test_a_doi_of_another_work_is_only_a_link() -> None:
    about = entry("note = {A comment on https://doi.org/10.5555/dune.1}")
    assert (about.doi, about.links) == (None, ("https://doi.org/10.5555/dune.1",))
    both = entry("doi = {10.5555/dune.2}, url = {https://doi.org/10.5555/dune.1}")
    assert (both.doi, both.links) == ("10.5555/dune.2", ("https://doi.org/10.5555/dune.1",))
    url = "url = {https://doi.org/10.5555/book}"
    chapters = taken(
        f"@incollection{{a, title = {{Sand}}, {url}}}\n@incollection{{b, title = {{Wind}}, {url}}}"
    ).records
    assert [(draft.doi, draft.links) for draft in chapters] == [(None, ("https://doi.org/10.5555/book",))] * 2


@pytest.mark.parametrize(
    "fields",
    [
        "journal = {CoRR}, volume = {abs/2203.04567}", "journal = {ArXiv}, volume = {abs/2203.04567v2}", "number = {arXiv:2203.04567}",
        "publisher = {arXiv}, number = {2203.04567}", "journal = {arXiv preprint}, pages = {2203.04567}", "type = {arXiv:2203.04567 [cs.CV]}",
        "journal = {arXiv:2203.04567 [cs, math]}", "journal = {arXiv preprint arXiv:2203.04567}", "journal = {CoRR, abs/2203.04567}",
        "howpublished = {arXiv:2203.04567v3 [cs.CV]}", "note = {arXiv: 2203.04567}", "eid = {arXiv:2203.04567}", "arxiv = {2203.04567}",
        "ee = {https://arxiv.org/abs/2203.04567}", "url = {arXiv:2203.04567}", "url = {https://hf.co/papers/2203.04567}",
        "url = {https://www.alphaxiv.org/overview/2203.04567v1}", "url = {https://ar5iv.org/abs/2203.04567}", "url = {https://arxiv.org/pdf/2203.04567v4.pdf}",
        "eprint = {arXiv:2203.04567}", "eprint = {2203.04567v1}, archiveprefix = {arXiv}", "doi = {10.48550/arXiv.2203.04567}",
        r"note = {\url{https://huggingface.co/papers/2203.04567}}",
    ],
)  # fmt: skip
def test_an_arxiv_id_is_found_in_every_field(fields: str) -> None:
    draft = entry(fields)
    assert (draft.eprint, draft.doi) == ("2203.04567", None)


@pytest.mark.parametrize(
    "fields", ["volume = {2203.04567}", "journal = {Annals of Sand}, pages = {2203.04567}", "number = {7}", "eprint = {2203.04567}, eprinttype = {hdl}"]
)  # fmt: skip
def test_other_numbers_are_not_arxiv_ids(fields: str) -> None:
    assert entry(fields).eprint is None


def test_arxiv_ids_have_no_further_digits() -> None:
    assert find_arxiv_id("arXiv:2203.045678") is None
    assert find_arxiv_id("arXiv:hep-th/9901001") == "hep-th/9901001"


def test_repeated_list_fields_are_joined() -> None:
    text = """@misc{k, title = {Dunes}, author = {Kern, Paul}, author = "Moor, Bea and Voss, Cy", Author = {Kern, Paul},
      keywords = {sand}, keywords = {wind; sea}, note = {one}, year = 2011, year = 2012, annote = {Mine.}, annote = {Too.}}"""
    (draft,) = taken(text).records
    assert (draft.authors, draft.keywords, str(draft.date)) == (
        ("Paul Kern", "Bea Moor", "Cy Voss"),
        ("sand", "wind", "sea"),
        "2011",
    )
    assert draft.mark is not None
    assert draft.mark.note == "Mine.\n\nToo."
    assert "the field author appears 3 times (all values were used)" in said(text)
    assert "the field year appears twice (the first value was used)" in said(text)
    assert said("@misc{k, title = {Dunes}, year = 2011, year = {2011}}") == ""


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\ufffc", "\u2060", "\u00a0", "\u2028", "\u202a", "\u200e"])
def test_invisible_characters_around_fields_are_ignored(sign: str) -> None:
    text = (
        f"{sign}@article{{{sign}k1{sign},\n{sign} title = {{Dunes}},\n  {sign}author{sign} ={sign} {{Kern, Paul and{sign} Moor, Bea}},\n"
        f"year = {sign}{{2011}}{sign},\n{sign}doi = {{{sign}10.5555/dune.1{sign}}}\n}}\n{sign}@misc{{k2, title = {{Sand}}}}\n"
    )
    if sign in "\u202a\u200e":
        text = (
            text.replace(f"and{sign} ", "and ")
            .replace(f"k1{sign}", "k1")
            .replace(f"{sign}@", "@")
            .replace(f"\n{sign}", "\n")
            .replace(f"  {sign}", "  ")
        )
    reading = taken(text)
    assert reading.diagnostics == ()
    first, second = reading.records
    assert (first.title, first.authors, str(first.date), first.doi) == (
        "Dunes",
        ("Paul Kern", "Bea Moor"),
        "2011",
        "10.5555/dune.1",
    )
    assert (first.mark and first.mark.citation_key, second.title) == ("k1", "Sand")


def test_invisible_characters_inside_words_are_kept() -> None:
    assert taken("@misc{k, title = {ខ្មែរ\u200bភាសា}}").records[0].title == "ខ្មែរ\u200bភាសា"


@pytest.mark.parametrize("marks", ["“”", "„“", "””", "‘’", "„”", '“"', '"”'])
def test_values_in_curly_quotation_marks(marks: str) -> None:
    one, two = marks[0], marks[1]
    text = f"@misc{{k,\n  title = {one}Dunes, “old” and new{two},\n  author = {one}Kern, Paul{two},\n  year = {one}2011{two}\n}}\n@misc{{l, title = {{“Sand”, he said}}}}"
    reading = taken(text)
    first, second = reading.records
    assert (first.title, first.authors, str(first.date)) == ("Dunes, “old” and new", ("Paul Kern",), "2011")
    assert second.title == "“Sand”, he said"
    assert [problem.repaired for problem in reading.diagnostics] == [True]
    assert "curly quotation marks" in reading.diagnostics[0].reason
