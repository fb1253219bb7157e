"""Web markup in bibliographies becomes text in every field of every format; letters that APS writes twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.ingest.bibtex_authors import parse_authors
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
from tui.latex.decode import decode_latex, without_mode_tests

if TYPE_CHECKING:
    from tui.ingest.record import Record

TITLE = "<i>L. minor</i> in NO<sub>3</sub> &amp; NH<sub>4</sub>"
ABSTRACT = "<p>Ponds &lt; lakes.</p><p>a &lt; b and c &gt; d.</p>"
RECORDS = {
    "bibtex": f"@article{{a, title={{{TITLE}}}, abstract={{{ABSTRACT}}}, author={{J&ouml;rg M&uuml;ller and An N&#243;va}}, "
    "keywords={salt &amp; sand, ponds}, url={https://example.org/?a=1&amp;b=2}, doi={10.5555/(X)1&lt;2::A&gt;3}}",
    "ris": f"TY  - JOUR\nTI  - {TITLE}\nAB  - {ABSTRACT}\nAU  - M&uuml;ller, J&ouml;rg\nAU  - N&#243;va, An\nKW  - salt &amp; sand\n"
    "KW  - ponds\nUR  - https://example.org/?a=1&amp;b=2\nDO  - 10.5555/(X)1&lt;2::A&gt;3\nER  - \n",
    "endnote": f"%0 Journal Article\n%T {TITLE}\n%X {ABSTRACT}\n%A M&uuml;ller, J&ouml;rg\n%A N&#243;va, An\n%K salt &amp; sand\n%K ponds\n"
    "%U https://example.org/?a=1&amp;b=2\n%R 10.5555/(X)1&lt;2::A&gt;3\n",
    "medline": f"PMID- 1\nTI  - {TITLE}\nAB  - {ABSTRACT}\nFAU - M&uuml;ller, J&ouml;rg\nFAU - N&#243;va, An\nOT  - salt &amp; sand\nOT  - ponds\n"
    "LID - 10.5555/(X)1&lt;2::A&gt;3 [doi]\n",
    "csl": f'[{{"type": "article", "title": "{TITLE}", "abstract": "{ABSTRACT}", "keyword": "salt &amp; sand, ponds", '
    '"author": [{"family": "M&uuml;ller", "given": "J&ouml;rg"}, {"family": "N&#243;va", "given": "An"}], '
    '"URL": "https://example.org/?a=1&amp;b=2", "DOI": "10.5555/(X)1&lt;2::A&gt;3"}]',
}  # fmt: skip


def draft_of(text: str) -> Record:
    (draft,) = parse_source(decode_source("x", text.encode())).records
    return draft


@pytest.mark.parametrize("form", RECORDS)
def test_no_field_of_any_format_keeps_markup(form: str) -> None:
    draft = draft_of(RECORDS[form])
    assert draft.title == "L. minor in NO3 & NH4"
    assert (draft.abstract or "").split("\n")[0] == "Ponds < lakes."
    assert (draft.abstract or "").endswith("a < b and c > d.")
    assert draft.authors == ("Jörg Müller", "An Nóva")
    assert draft.keywords == ("salt-sand", "ponds")
    assert draft.doi == "10.5555/(X)1<2::A>3"
    assert form == "medline" or draft.links == ("https://example.org/?a=1&b=2",)


@pytest.mark.parametrize(
    ("latex", "title"),
    [
        (r"$\less$i$\greater$Apis$\less$/i$\greater$ and others", "Apis and others"),
        (r"\textless{}b\textgreater{}Bold\textless{}/b\textgreater{} \&amp; Fine", "Bold & Fine"),
        (r"{\textless}i{\textgreater}Daphnia{\textless}/i{\textgreater} {\&}lt$\mathsemicolon$ 3 mm", "Daphnia < 3 mm"),
        (r"\ensuremath{<}mml:math xmlns:mml=''http://x.org/M''\ensuremath{>}\ensuremath{<}mml:mi\ensuremath{>}k\ensuremath{<}/mml:mi\ensuremath{>}\ensuremath{<}/mml:math\ensuremath{>} waves", "k waves"),
        (r"Weirs:{\hspace{0.2em}} a survey", "Weirs: a survey"),
        (r"Decay of $\ensuremath{\beta}$ rays", r"Decay of $\beta$ rays"),
        (r"If $a<b$ and $c>d$ then a < b", r"If $a<b$ and $c>d$ then a < b"),
    ],
)  # fmt: skip
def test_markup_in_latex_becomes_text(latex: str, title: str) -> None:
    assert draft_of(f"@article{{a, title={{{latex}}}}}").title == title


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Kami\ifmmode \acute{n}\else \'{n}\fi{}ski", "Kamiński"),
        (r"Kami\ifmmode \acute{n}\else ń\fi{}ski", "Kamiński"),
        (r"Pere\ifmmode\check{s}\else\v{s}\fi", "Pereš"),
        (r"\ifmmode \dot{Z}\else \.{Z}\fi{}ak", "Żak"),
        (r"Er\ifmmode \mbox{\H{o}}\else \H{o}\fi s", "Erős"),
        (r"\ifmmode \check{S}\else \v{S}\fi{}im\ifmmode \mathring{u}\else \r{u}\fi{}n", "Šimůn"),
        (r"{\ifmmode \grave{E}\else \`{E}\fi{}}mil", "Èmil"),
    ],
)
def test_a_letter_written_twice_is_decoded_once(latex: str, text: str) -> None:
    assert decode_latex(latex) == text
    assert draft_of(f"@article{{a, title={{T}}, author={{{latex}, R. and Bo Li}}}}").authors == (
        f"R. {text}",
        "Bo Li",
    )


def test_the_formula_variant_is_used_in_a_formula() -> None:
    assert decode_latex(r"On $x_\ifmmode \acute{n}\else \'{n}\fi{} + 1$") == r"On $x_\acute{n} + 1$"
    assert without_mode_tests(r"\ifmmode never closed") == r"\ifmmode never closed"
    assert parse_authors(without_mode_tests(r"A\ifmmode x\fi{}b, C.")) == (["C. Ab"], False)


def test_an_html_note_becomes_text_and_one_with_a_symbol_is_kept() -> None:
    assert draft_of("TY  - JOUR\nTI  - A\nN1  - <p>Read &amp; cite.</p>\nER  - \n").mark.note == "Read & cite."  # type: ignore[union-attr]
    assert draft_of("TY  - JOUR\nTI  - A\nN1  - use <b> &amp; &lt;\nER  - \n").mark.note == "use <b> &amp; &lt;"  # type: ignore[union-attr]


def test_a_listing_shows_no_markup() -> None:
    abstract = f"We grow <i>Lemna</i> where depth &lt; 3 and a < b. {'It floats on ponds. ' * 20}"
    (draft,) = parse_source(decode_source("x", f"<i>Lemna</i> &amp; Water\n\n{abstract}\n".encode())).records
    assert (draft.title or draft.byline) == "Lemna & Water"
    assert (draft.abstract or "").startswith("We grow Lemna where depth < 3 and a < b.")
