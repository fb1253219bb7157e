"""Saved web pages and e-mails in HTML are read as a browser shows them, and pages of other kinds are refused."""

from __future__ import annotations

import quopri

import pytest

from tui.ingest.html_text import html_lines
from tui.ingest.parse_source import parse_source
from tui.ingest.record import SourceLine
from tui.ingest.source_file import decode_source

PAPER = """\
<h3 style="margin:0"><span style="color:#1a0dab">[PDF]</span> <a
href="https://scholar.google.com/scholar_url?url=https://example.org/{n}.pdf&amp;hl=en" class="gse_alrt_title"
style="font-size:17px">{title}</a></h3>
<div style="color:#006621">{byline}</div>
<div class="gse_alrt_sni">We render harbours &amp; quays with a method that places a splat on every <br>
mast, and measure the time that this takes on a small …</div>
<div><table><tr><td><a href="https://scholar.google.com/citations"><span>Save</span></a></td>
<td><a href="https://scholar.google.com/scholar_share">Twitter</a></td></tr></table></div>
"""
ALERT = (
    "<!doctype html><html><head><title>Scholar Alert</title><style>body{color:red}</style></head><body><div>"
    + PAPER.format(n=1, title="Harbours at <b>night</b>", byline="E Moor, I Reed… - Journal of Ports, 2026")
    + PAPER.format(n=2, title="On the moss of quays", byline="B Fen&nbsp;- 2025 IEEE International Conference on …")
    + PAPER.format(n=3, title="Locks &amp; weirs", byline="A Lee, C Low - arXiv preprint arXiv:2510.01234, 2025")
    + '<p>This alert is sent by Google Scholar.</p><a href="x">List my alerts</a></div></body></html>\n'
)
HEADERS = """\
From: Google Scholar Alerts <scholaralerts-noreply@google.com>
Subject: harbours - new results
MIME-Version: 1.0
Content-Type: text/html; charset=UTF-8
Content-Transfer-Encoding: quoted-printable

"""


def mail(text: str) -> str:
    return HEADERS + quopri.encodestring(text.encode()).decode()


@pytest.mark.parametrize(
    "text", [ALERT, ALERT.replace("\n", ""), mail(ALERT), mail(ALERT.replace("\n", " "))], ids=range(4)
)
def test_an_alert_in_html_is_read_like_its_text(text: str) -> None:
    records = parse_source(decode_source("alert.eml", text.encode())).records
    assert [record.title for record in records] == ["Harbours at night", "On the moss of quays", "Locks & weirs"]
    assert [record.authors for record in records] == [("E Moor", "I Reed"), ("B Fen",), ("A Lee", "C Low")]
    assert [str(record.date or "") for record in records] == ["2026", "", "2025"]
    assert [record.eprint for record in records] == [None, None, "2510.01234"]
    assert all((record.abstract or "").startswith("We render harbours & quays with a method") for record in records)
    assert records[0].authors_truncated


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html><html><head><title>Recipes</title></head><body><h1>Soup</h1><p>Boil water.</p></body></html>",
        "<html>\n<body>\n<div>\n<h3>Soup</h3>\n<div>\nA Cook - 2 litres of water\n</div>\n</div>\n</body>\n</html>",
        "<html><body><ul><li>Home</li><li>About us</li><li>E Moor - 2026</li></ul></body></html>",
        "<html>\n<body>\n<p>\nAbstract: We boil water and present a method for soup.\n</p>\n</body>\n</html>",
    ],
    ids=["recipe", "tags on lines of their own", "menu", "labelled"],
)
def test_other_pages_give_no_papers(text: str) -> None:
    result = parse_source(decode_source("page.html", text.encode()))
    assert result.records == ()
    assert [diagnostic.reason for diagnostic in result.diagnostics] == ["this is XML or HTML, which is not supported"]


def test_text_of_html_is_cut_at_blocks_and_what_is_hidden_is_left_out() -> None:
    text = """before it
<html><head><title>T</title><script>var a = "<p>x</p>";</script></head>
<body><p>One <b>bold</b>
  word</p><ul><li>two<li>three &lt;3</ul>
<style>p {}</style>four<br>five<!-- <p>six</p> --><svg><text>seven</text></svg>
"""
    lines = [SourceLine(number, line) for number, line in enumerate(text.splitlines(), 1)]
    found = [(line.number, line.text) for line in html_lines(lines)]
    assert found == [
        (1, "before it"), (3, "One bold word"), (4, "two"), (4, "three <3"), (5, "four"), (5, "five"),
    ]  # fmt: skip


@pytest.mark.parametrize("cut", range(0, len(ALERT), 97))
def test_a_page_that_is_cut_anywhere_gives_only_whole_papers(cut: int) -> None:
    records = parse_source(decode_source("alert.html", ALERT[:cut].encode())).records
    assert {record.title for record in records} <= {"Harbours at night", "On the moss of quays", "Locks & weirs"}
