"""Papers that an earlier version imported with web markup keep their ids and marks."""

from __future__ import annotations

import pytest

from tui.ingest.corrections import CuratedCorrections
from tui.ingest.pipeline import ingest
from tui.ingest.source_file import decode_source

CASES = [
    ("<i>Lemna</i> in NO<sub>3</sub> &amp; salt", "<i>Lemna</i> in NO<sub>3</sub> &amp; salt"),
    (r"$\less$i$\greater$Apis$\less$/i$\greater$ hives", r"$\less$i$\greater$Apis$\less$/i$\greater$ hives"),
    (r"Wells:{\hspace{0.2em}} deep \SI{5}{\micro\meter} ones", r"Wells:\hspace{0.2em} deep \SI{5}\micro\meter ones"),
    (r"Birds \href{https://example.org}{a link}", r"Birds \href{https://example.org}a link"),
]


@pytest.mark.parametrize(("latex", "before"), CASES)
def test_a_paper_keeps_its_id_when_its_title_is_decoded_again(latex: str, before: str) -> None:
    pages = [decode_source("x.bib", f"@misc{{k1, title = {{{latex}}}, author = {{Lee, Min}}}}".encode())]
    (paper,) = ingest(pages, corrections=CuratedCorrections(), at="now").papers
    old = paper._replace(id="0123456789", title=before, aliases=())
    (again,) = ingest(
        pages, corrections=CuratedCorrections(), at="later", previous=[old], marked=["0123456789"]
    ).papers
    assert (again.id, again.title) == ("0123456789", paper.title)
