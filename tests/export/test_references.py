"""Reference lists in CSL styles, and the citation that is copied of one paper."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

import html5lib
import pytest

from tests.export.drawn import drawn
from tui.errors import BadInputError, ReadlistError, UsageError
from tui.export import style_files
from tui.export.export_options import ExportOptions
from tui.export.formats import resolve_format
from tui.export.quick_citation import quick_citation
from tui.export.style_files import COMMON_STYLES, style_source
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CITED = Entry(
    Paper(
        "0123456789", title="CacheGen: *Fast* <b>caches</b>?", authors=("Yuhan Liu", "Laurens van der Maaten", "OpenAI"),
        date=PartialDate(2023, 10, 11), eprint="2310.07240", links=("https://arxiv.org/abs/2310.07240",),
    ),
    Mark(),
)  # fmt: skip
BARE = Entry(Paper("1123456789", title="On Mills", authors=("Ann Lee",), authors_truncated=True), Mark())
MANY = Entry(Paper("2123456789", title="Many", authors=("王小明", *("Jo Doe" for _ in range(21)))), Mark())
UNSIGNED = Entry(
    Paper("3123456789", title="Who?", date=PartialDate(2021, 3), category="cs.NI", links=("https://x.y/",)), Mark()
)
SIGNED = Entry(
    Paper("4123456789", title="Of", authors=("Al Roe Jr.",), date=PartialDate(2020), doi="10.1/x", eprint="2001.00001",
          category="cs.NI"),
    Mark(),
)  # fmt: skip
STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Own</title><id>own</id></info>
  <citation><layout><text variable="title"/></layout></citation>
  {}
</style>
"""
OWN = STYLE.format(
    '<bibliography><layout suffix="!"><text variable="title" font-weight="bold"/></layout></bibliography>'
)


def _written(entries: Sequence[Entry], style: str = "", name: str = "references") -> str:
    return "".join(resolve_format(name, ExportOptions(style=style)).write(entries, {}))


def test_the_copied_citation() -> None:
    assert [quick_citation(entry.paper) for entry in (CITED, BARE, MANY, UNSIGNED, SIGNED)] == [
        "Liu, Y., van der Maaten, L., & OpenAI. (2023). CacheGen: *Fast* <b>caches</b>? (arXiv:2310.07240). arXiv. "
        "https://arxiv.org/abs/2310.07240",
        "Lee, A., et al. (n.d.). On Mills.",
        f"王小明, {'Doe, J., ' * 18}… Doe, J. (n.d.). Many.",
        "Who? (2021). https://x.y/",
        "Roe, A., Jr. (2020). Of (arXiv:2001.00001). arXiv. https://doi.org/10.1/x",
    ]


@pytest.mark.parametrize(
    ("style", "rows"),
    [
        (
            "apa",
            [
                "Lee, A., et al. (n.d.). On Mills.",
                "Liu, Y., van der Maaten, L., & OpenAI. (2023). CacheGen: *Fast* <b>caches</b>? (arXiv:2310.07240). arXiv. "
                "https://arxiv.org/abs/2310.07240",
                "Roe, A., Jr. (2020). Of (arXiv:2001.00001). arXiv. https://doi.org/10.1/x",
                "Who? (2021). https://x.y/",
            ],
        ),
        (
            "ieee",
            [
                "[1] Y. Liu, L. van der Maaten, and OpenAI, “CacheGen: *Fast* <b>caches</b>?,” Oct. 11, 2023, arXiv: "
                "arXiv:2310.07240. [Online]. Available: https://arxiv.org/abs/2310.07240",
                "[2] A. Lee et al., “On Mills.”",
                "[3] “Who?,” Mar. 2021. [Online]. Available: https://x.y/",
                "[4] A. Roe Jr., “Of,” 2020, arXiv: arXiv:2001.00001. doi: 10.1/x.",
            ],
        ),
        (
            "acm",
            [
                "[1] Ann Lee et al. On Mills.",
                "[2] Yuhan Liu, Laurens van der Maaten, and OpenAI. 2023. CacheGen: *Fast* <b>caches</b>? Retrieved from "
                "https://arxiv.org/abs/2310.07240",
                "[3] Al Roe Jr. 2020. Of. https://doi.org/10.1/x",
                "[4] 2021. Who? Retrieved from https://x.y/",
            ],
        ),
        (
            "nature",
            [
                "1. Liu, Y., van der Maaten, L. & OpenAI. CacheGen: *Fast* <b>caches</b>? Preprint at "
                "https://arxiv.org/abs/2310.07240 (2023).",
                "2. Lee, A. et al. On Mills.",
                "3. Who? Preprint at https://x.y/ (2021).",
                "4. Roe, A., Jr. Of. Preprint at https://doi.org/10.1/x (2020).",
            ],
        ),
    ],
)
def test_the_order_and_text_are_those_of_the_style(style: str, rows: list[str]) -> None:
    assert _written([CITED, BARE, UNSIGNED, SIGNED], style).splitlines() == rows


@pytest.mark.parametrize("style", COMMON_STYLES)
def test_every_paper_has_one_line_in_the_common_styles(style: str) -> None:
    entries = [each.entry for each in drawn(20)]
    assert len(_written(entries, style).splitlines()) == len(entries)


def test_references_are_inert_in_markdown_and_html() -> None:
    assert "CacheGen: \\*Fast\\* \\<b\\>caches\\</b\\>?* (arXiv" in _written([CITED], name="references-markdown")
    page = _written([CITED], name="references-html")
    assert "<i>CacheGen: *Fast* &lt;b&gt;caches&lt;/b&gt;?</i> (arXiv" in page
    assert '<a href="https://arxiv.org/abs/2310.07240">https://arxiv.org/abs/2310.07240</a></p>' in page
    titles = (
        "</p><script>",
        '<span class="nocase">x</span>',
        "\ue001x\ue006",
        'https://x.y/"onclick="z',
        "&lt;i>&#x3c;",
    )
    links = ("javascript:alert(1)", "https://x.y/<b>", "https://x.y/'%22\"")
    evil = [
        Entry(CITED.paper._replace(id=f"{at}{also}123456789", title=title, links=(link,)), Mark())
        for at, title in enumerate(titles)
        for also, link in enumerate(links)
    ]
    for style in ("apa", "nature"):
        html = _written(evil, style, "references-html")
        found = html5lib.parse(html, namespaceHTMLElements=False)
        assert {element.tag for element in found.iter()} <= {"html", "head", "body", "p", "i", "b", "a"}
        assert all(element.attrib.keys() <= {"href"} for element in found.iter())
        assert all(element.get("href", "http").startswith("http") for element in found.iter())
        assert not re.search("[\ue000-\ue00f]", html)


def test_given_names_with_hyphens() -> None:
    names = ("Sang-gil Lee", "Jean-Luc Roe", "J-.P. Doe", "- Poe", "Ann-Marie van der Zee")
    assert _written([Entry(Paper("0" * 10, title="T", authors=names), Mark())]).startswith("Lee, S.-G., Roe, J.-L., ")


def test_a_style_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "own.csl"
    file.write_text(OWN, encoding="utf-8")
    assert _written([SIGNED, UNSIGNED], str(file)) == "Of!\nWho?!\n"
    assert _written([SIGNED], str(file), "references-html") == "<p><b>Of</b>!</p>\n"


def test_a_part_of_a_name_has_the_format_that_its_style_says(tmp_path: Path) -> None:
    parts = '<name-part name="family" text-case="uppercase"/><name-part name="given" text-case="lowercase"/>'
    names = f'<names variable="author"><name name-as-sort-order="all" sort-separator=", ">{parts}</name></names>'
    (tmp_path / "own.csl").write_text(STYLE.format(f"<bibliography><layout>{names}</layout></bibliography>"))
    assert _written([CITED], str(tmp_path / "own.csl")).strip() == "LIU, yuhan, MAATEN, laurens van der, OPENAI"


def test_a_dependent_style_has_the_format_of_its_parent() -> None:
    assert style_source("nature-medicine") == style_source("nature")
    assert style_source("Chicago") == style_source("chicago-author-date")


@pytest.mark.parametrize(
    ("style", "error", "message", "hint"),
    [
        ("apaa", UsageError, "unknown citation style 'apaa'", "did you mean apa?"),
        (
            "ieee-trans",
            UsageError,
            "unknown citation style 'ieee-trans'",
            "styles with that in their name: ieee-transactions",
        ),
        ("\x1b[31m", UsageError, "unknown citation style '\\x1b[31m'", "use the name of a CSL style"),
        (
            "chicago-notes",
            UsageError,
            "the style 'chicago-notes' is a footnote style and has no reference list",
            "choose an",
        ),
        ("absent.csl", BadInputError, "cannot read the style 'absent.csl': no such file or directory", ""),
        ("../", BadInputError, "cannot read the style", ""),
    ],
)
def test_what_is_no_style_is_refused(style: str, error: type[ReadlistError], message: str, hint: str) -> None:
    with pytest.raises(error) as caught:
        _written([SIGNED], style)
    assert caught.value.message.startswith(message)
    assert caught.value.hint.startswith(hint)


@pytest.mark.parametrize(
    "text",
    [
        "", "nonsense", "<style/>", OWN[:200], "<!DOCTYPE x>" + OWN.partition("?>")[2],
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><style xmlns="http://purl.org/net/xbiblio/csl">&e;</style>',
    ],
)  # fmt: skip
def test_a_file_that_is_no_style_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "own.csl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match="is not a CSL style"):
        _written([SIGNED], str(file))


@pytest.mark.parametrize(
    "part",
    [
        "",
        '<bibliography><layout><text macro="absent"/></layout></bibliography>',
        '<bibliography><layout><text variable="note"/></layout></bibliography>',
        "<bibliography/>",
        '<macro name="a"><text macro="a"/></macro><bibliography><layout><text macro="a"/></layout></bibliography>',
    ],
)
def test_a_style_that_the_processor_cannot_use_is_one_sentence(part: str, tmp_path: Path) -> None:
    file = tmp_path / "own.csl"
    file.write_text(STYLE.format(part), encoding="utf-8")
    with pytest.raises(UsageError, match="style"):
        _written([SIGNED], str(file))


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(style_files, "find_spec", lambda name: None if name == "citeproc" else find_spec(name))
    with pytest.raises(UsageError, match="not installed") as caught:
        _written([SIGNED])
    assert caught.value.hint == "run `pip install '.[references]'` in the readlist source folder"
