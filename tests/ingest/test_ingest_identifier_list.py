"""Lists of arXiv ids, DOIs and links: every identifier one untitled record; other texts are not taken for them."""

from __future__ import annotations

import pytest

from tui.ingest.parse_listing import format_name
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source


def parsed(text: str) -> list[tuple[str, int]]:
    records = parse_source(decode_source("ids.txt", text.encode())).records
    return [(record.eprint or record.doi or record.links[0], record.source.line) for record in records]


def test_every_form_of_identifier_is_a_record_with_its_line() -> None:
    text = """\
# to read
2310.07240v2
https://arxiv.org/pdf/2301.00001.pdf

10.1145/3651890.3672274
https://doi.org/10.5555/weirs
- https://huggingface.co/papers/2312.00001
arXiv:hep-th/9901001 [hep-th]
https://aclanthology.org/2020.acl-main.1/
"""
    assert parsed(text) == [
        ("2310.07240", 2),
        ("2301.00001", 3),
        ("10.1145/3651890.3672274", 5),
        ("10.5555/weirs", 6),
        ("2312.00001", 7),
        ("hep-th/9901001", 8),
        ("https://aclanthology.org/2020.acl-main.1", 9),
    ]


def test_several_on_a_line_are_several_and_each_counts_once() -> None:
    assert parsed("2310.07240 2301.00001, 2402.12345\narxiv.org/abs/2310.07240v3") == [
        ("2310.07240", 1),
        ("2301.00001", 1),
        ("2402.12345", 1),
    ]


def test_records_have_links_and_no_invented_title() -> None:
    [record] = parse_source(decode_source("ids.txt", b"2310.07240")).records
    assert (record.title, record.abstract, record.authors) == (None, None, ())
    assert record.links == ("https://arxiv.org/abs/2310.07240",)


def test_a_line_that_is_none_is_reported_with_its_number() -> None:
    result = parse_source(decode_source("ids.txt", b"2310.07240\n2301.00001\nhttps://example.com/x\n"))
    assert len(result.records) == 2
    [problem] = result.diagnostics
    assert (problem.line, problem.reason) == (
        3,
        "the link 'https://example.com/x' contains neither an arXiv id nor a DOI",
    )


@pytest.mark.parametrize(
    "text",
    [
        "On Mills and Weirs\nWe measure mills in the wind, see 10.5555/mills and arXiv:2310.07240 for the data.\n",
        "https://example.com\nhttps://example.org/a\n2310.07240\n",
        "12.50\n13.75\n2023-10-11\n",
        "2310\n2401\n",
        "",
        "# 2310.07240\n",
        "@misc{a, title={On Mills}, eprint={2310.07240}}\n",
        "TY  - JOUR\nTI  - On Mills\nDO  - 10.5555/mills\nER  - \n",
    ],
)
def test_text_that_only_mentions_identifiers_is_no_list_of_them(text: str) -> None:
    assert format_name(decode_source("x.txt", text.encode())) != "identifiers"


def test_a_file_cut_in_the_middle_of_an_identifier_loses_that_one_only() -> None:
    whole = "2310.07240\n2301.00001\n2312.00001\n2312.00002\n"
    for end in range(len("2310.07240\n2301.00001\n2312.00001\n"), len(whole)):
        assert len(parsed(whole[:end])) >= 3
