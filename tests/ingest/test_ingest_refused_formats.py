"""Text that is not a list of papers is refused by the name of its format; lists are parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.ingest.listing_evidence import paper_score
from tui.ingest.parse_source import parse_source
from tui.ingest.record import Record
from tui.ingest.source_file import decode_source
from tui.model.paper import SourceLocation

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.ingest.pipeline import IngestResult
    from tui.ingest.record import ParseResult

SPLATS = "We present a method that renders harbours in real time. It places a splat on every mast and sorts them."
WAVES = "Waves are short when seen from far away. We give a theory of this effect and prove three theorems about it."
LETTERS = (
    "This article examines the letters of fisherwomen between 1820 and 1870. Drawing on archives, it argues that talk "
    "of the weather was a political language."
)

REFUSED = {
    "CSV of another program": (
        "table",
        '"Item","Author","Title","Year"\n"A1","Moor, Eva","Harbours at Night","2020"\n"B2","Reed, Ida","On Reeds","2021"\n',
    ),
    "the top of an arXiv listing": (
        "arXiv listing page, but no paper in it is complete",
        "Authors and titles for recent submissions\nTotal of 512 entries : 1-50\nShowing up to 50 entries per page: all\n",
    ),
    "the end of an e-mail of arXiv": (
        "arXiv e-mail alert, but no paper in it is complete",
        f"Categories: cs.GR\n\\\\\n{SPLATS}\n\\\\ ( https://arxiv.org/abs/2611.54321 , 10kb)\n",
    ),
    "buttons of Scholar": (
        "Google Scholar page, but no paper in it is complete",
        "Harbours at night\nSave Cite Cited by 7 Related articles All 3 versions\n",
    ),
    "CSV with semicolons": (
        "table",
        "Titel;Autor;Jahr\nHarbours at Night;Moor, Eva;2020\nOn Reeds;Reed, Ida;2021\nMoss;Fen, Gil;2022\n",
    ),
    "CSV of one row": ("table", "id,title,authors,year,tags\n7f,Harbours at Night,Eva Moor,2020,sea\n"),
    "TSV": ("table", "title\tauthors\tyear\nHarbours at Night\tMoor\t2020\nOn Reeds\tReed\t2021\n"),
    "TSV without a head": ("table", "Harbours at Night\tMoor\t2020\nOn Reeds\tReed\t2021\nMoss\tFen\t2022\n"),
    "CSL-YAML": (
        "YAML",
        "---\nreferences:\n- id: moor\n  type: book\n  title: 'Harbours: a history'\n  issued:\n  - year: 1950\n...\n",
    ),
    "Hayagriva": (
        "YAML",
        'reeds:\n    type: Article\n    title: On reeds and rushes\n    author: ["Reed, Ida"]\n    date: 2020-03\n',
    ),
    "TOML": ("TOML", '[[paper]]\ntitle = "Harbours at Night"\nyear = 2020\n[[paper]]\ntitle = "On Reeds"\nyear = 2021\n'),
    "thebibliography": (
        "LaTeX",
        "\\begin{thebibliography}{9}\n\\bibitem{a} E. Moor. \\emph{Harbours}. 2020.\n\\end{thebibliography}\n",
    ),
    "a LaTeX document": (
        "LaTeX",
        f"\\documentclass{{article}}\n\\begin{{document}}\n\\section{{Harbours}}\n{SPLATS}\n\\end{{document}}\n",
    ),
    "Org": ("Org", "#+TITLE: Reading\n* TODO Harbours at Night :sea:\n:PROPERTIES:\n:YEAR: 2020\n:END:\n* DONE Reeds\n"),
    "Markdown": ("Markdown", f"# Harbours at Night\n\n{SPLATS}\n\n## On Reeds\n\n{WAVES}\n"),
    "a README": ("Markdown", "# Readme\n\nThis is a readme.\n\n* item\n* item\n\nInstall it."),
    "its own Markdown": (
        "readlist's own Markdown",
        "## Harbours at Night\n\n<!-- paper 0123456789 -->\n\nEva Moor. 2020.\n\n`moor2020harbours`\n",
    ),
    "HTML": ("HTML", "<!DOCTYPE html>\n<html><body>\n<h1>Papers</h1>\n<p>Harbours at Night</p>\n</body></html>\n"),
    "a log": (
        "log",
        "2026-11-30 10:00:01 INFO reading the harbour model\n2026-11-30 10:00:02 WARN no data for the study\n"
        "2026-11-30 10:00:05 INFO results written\n",
    ),
    "a log in brackets": ("log", "[INFO] model loaded\n[INFO] we study epoch 1\n[ERROR] training stopped\n"),
    "an e-mail": ("e-mail", f"From: Eva Moor\nTo: Ida\nSubject: two papers\n\nDear Ida,\n{SPLATS}\nBest,\nEva\n"),
    "a letter": ("letter", f"Dear Ida,\nI read this yesterday. {SPLATS}\nBest regards,\nEva\n"),
    "Python": ("source code", 'import os\n\n\ndef study(model):\n    """We study."""\n    return os.path.join(model, "a")\n'),
    "C": ("source code", "#include <stdio.h>\nint main(void) {\n    printf(\"results\");\n    return 0;\n}\n"),
    "a shell script": ("source code", "#!/bin/sh\nset -e\nfor file in *.bib; do\n  echo $file\ndone\n"),
    "numbered references": (
        "reference list",
        '[1] E. Moor and I. Reed, "Harbours at night," J. Ports, vol. 3, pp. 1-10, 2020.\n'
        '[2] G. Fen, "Moss," Moor Lett., vol. 9, pp. 77-81, 2021.\n',
    ),
    "references of APA": (
        "reference list",
        "Moor, E., & Reed, I. (2020). Harbours at night. Journal of Ports, 3(1), 1–10.\n"
        "Fen, G. (2021). A theory of moss. Moor Letters, 9, 77–81.\n",
    ),
    "references of Vancouver": (
        "reference list",
        "1. Moor E, Reed I. Harbours at night. J Ports. 2020;3(1):1-10.\n2. Fen G. Moss. Moor Lett. 2021;9:77-81.\n",
    ),
    "RIS in lower case": ("RIS with lowercase tags", "ty  - JOUR\nau  - Moor, E\nti  - Harbours at Night\npy  - 2020\ner  - \n"),
    "PubMed's page": ("publisher's or database", f"1\nHarbours at night.\nMoor E.\nPMID: 123456\nFree article.\n{SPLATS}\n"),
    "the text of one paper": (
        "text of a single paper",
        f"Harbours at Night\nEva Moor\n1 Introduction\n{SPLATS}\n2 Related Work\n{WAVES}\n3 Conclusion\n{LETTERS}\n",
    ),
    "a diary": ("plain text", "Monday\nWe went to the sea, and it rained.\nTuesday\nIt rained again, and I lost a shoe.\n"),
    "a story": (
        "plain text",
        "Chapter One\nNobody in the village could remember a winter when the sea had come so far up the road.\n"
        "Chapter Two\nThe next morning she walked down to the harbour and found that the boats were gone.\n",
    ),
    "a licence": (
        "plain text",
        "The Harbour Licence\nPermission is hereby granted to any person obtaining a copy of this software to deal in it "
        "without restriction.\nWarranty\nThe software is provided as is, without warranty of any kind.\n",
    ),
}  # fmt: skip


def reading(text: str) -> ParseResult:
    return parse_source(decode_source("text.txt", text.encode()))


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_it_is_refused_by_name_with_a_hint(name: str) -> None:
    what, text = REFUSED[name]
    found = reading(text)
    assert found.records == ()
    (problem,) = found.diagnostics
    assert what in problem.reason
    assert problem.hint
    assert problem.line == 1


PAPERS = [
    ("Splats on Masts: Rendering Harbours", SPLATS),
    ("A Theory of Short Waves", WAVES),
    ("Letters from the Shore", LETTERS),
]


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize(
    "layout", ["{title}\n{abstract}\n", "{title}\n\n{abstract}\n\n", "{title}\nAbstract: {abstract}\n"]
)
def test_titles_with_abstracts_are_certainly_papers(count: int, layout: str) -> None:
    found = reading("".join(layout.format(title=title, abstract=abstract) for title, abstract in PAPERS[:count]))
    assert [(draft.title, draft.abstract) for draft in found.records] == PAPERS[:count]
    assert not found.unsure


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        (
            "Seaweed and Blood Pressure: A Randomised Trial",
            "BACKGROUND: Seaweed is eaten widely. METHODS: We randomly assigned 412 participants to seaweed or placebo. "
            "RESULTS: Pressure fell by 4 mm Hg. CONCLUSIONS: Seaweed lowers blood pressure.",
        ),
        (
            "Die Gezeiten der Nordsee: Eine Untersuchung",
            "In dieser Arbeit untersuchen wir die Gezeiten der Nordsee anhand von Messdaten aus zwanzig Jahren. Die "
            "Ergebnisse zeigen, dass der Tidenhub zunimmt.",
        ),
        (
            "Les marées de la Manche : une étude",
            "Dans cet article, nous étudions les marées de la Manche à partir de vingt ans de mesures. Les résultats "
            "montrent que le marnage augmente.",
        ),
        (
            "On the number of arrangements in $\\mathbb{R}^n$",
            "Let $A_1, \\dots, A_n \\subset \\R^{k}$ be definable sets. We prove that there is a constant $C > 0$ such that "
            "the number of types is at most $C \\cdot n^{k_1 (k_2+1)}$.",
        ),
    ],
)
def test_papers_of_other_fields_and_languages_are_read(title: str, abstract: str) -> None:
    found = reading(f"{title}\n{abstract}\n")
    assert [(draft.title, draft.abstract) for draft in found.records] == [(title, abstract)]


def test_a_text_that_may_be_a_listing_is_parsed_and_marked_unsure() -> None:
    found = reading(
        "Summary\nThe paper proposes a method for rendering harbours. The authors show that results improve.\n"
        "Weaknesses\nI would like to see an evaluation on the standard dataset, which is missing here.\n"
    )
    assert found.records
    assert found.unsure


def test_the_seeds_are_certainly_listings(seed_pages: tuple[object, ...]) -> None:
    assert [parse_source(page).unsure for page in seed_pages] == [False] * 4  # type: ignore[arg-type]


def test_json_with_a_title_is_not_csl(read: Callable[..., IngestResult]) -> None:
    found = read('{"$schema": "https://example.org/s", "title": "A schema", "type": "object", "properties": {}}')
    assert found.papers == ()
    assert "JSON" in found.diagnostics[0].reason


def test_prose_after_a_bibliography_gives_no_papers(read: Callable[..., IngestResult]) -> None:
    found = read("@misc{moor, title = {Harbours}}\n\nSome words\nabout how I came to write this down, last winter.\n")
    assert [paper.title for paper in found.papers] == ["Harbours"]


def test_signs_of_code_count_four_times_what_they_do_beside_formulas() -> None:
    def cost(text: str) -> float:
        coded, plain = (
            paper_score(Record(SourceLocation("x.txt", 1), abstract=f"{text}{signs}.")) for signs in (" { } ; =", "")
        )
        return plain - coded

    text = "We present a method that renders harbours, and show in experiments that it is faster than all before it"
    assert cost(text) == pytest.approx(4 * cost(f"{text} for $n$ masts"))
    assert cost(text) > 1.0
