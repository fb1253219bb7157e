"""What the four seed pages hold, fact by fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.ingest.byline import split_byline

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.ingest.corrections import CuratedCorrections
    from tui.ingest.pipeline import IngestResult
    from tui.ingest.source_file import SourceFile

    Reader = Callable[..., IngestResult]

# Record by record, read off the page by eye: the last words of the title, then the authors.
BYLINES = """
Fast Large Language Model Serving|Yuhan Liu, Hanchen Li, Yihua Cheng
Adversarial Latent Regularization|Tewodros Ayalew, Matthew Jeung, Samuel Wheeler
Learning Rate Adaptation|Xin Yuan, Pedro Savarese, Michael Maire
Spectral Dynamics of Weights|David Yunis, Kumar Kshitij Patel, Samuel Wheeler
Neural Networks for ML Applications|Yuhan Liu, Chengcheng Wan, Kuntai Du
Generation of NeRFs from Text|Sudarshan Babu, Richard Liu, Avery Zhou
with Full-Precision Parity|Cyrus Zhou, Pedro Savarese, Zack Hassman
Image Generation and Segmentation|Xin Yuan, Michael Maire
Self-Supervised Representation Learning|Xiao Zhang, Michael Maire
False Negative Cancellation|Tri Huynh, Simon Kornblith, Matthew R. Walter
Voting for Panoptic Segmentation|Haochen Wang, Ruotian Luo, Michael Maire
Generative Representation Learning|Xiao Zhang, Ruoxi Jiang, William Gao
Layer-Distributed Neural Representations|Xiao Zhang, David Yunis, Michael Maire
Hierarchical Implicit Neural Emulators|Ruoxi Jiang, Xiao Zhang, Karan Jakhar
Self-Supervised Online Refinement|Tewodros Ayalew, Xiao Zhang, Kevin Yuanbo Wu
Using Hierarchical Latent Priors|Xiao Zhang, Ruoxi Jiang, Rebecca Willett
Implicit Molecular Neural Fields|Sudarshan Babu, Phillip Lo, Xiao Zhang
Wrapping NeRF inside Diffusion|Xin Yuan, Rana Hanocka, Michael Maire
Non-Equivariance Revealed on Orbits|Zhuokai Zhao, Takumi Matsuzawa, William Irvine
Training for Visual Representation Learning|Xin Yuan, Zhe Lin, Jason Kuen
Inpainting Error Maximization|Pedro Savarese, Sunnie S. Y. Kim, Michael Maire
Representation Learning from Hierarchical Grouping|Xiao Zhang, Michael Maire
Nested Architectures for Anytime Neural Networks|Chengcheng Wan, Henry Hoffmann, Shan Lu
Structured Continuous Sparsification|Xin Yuan, Pedro Savarese, Michael Maire
Lottery with Continuous Sparsification|Pedro Savarese, Hugo Silva, Michael Maire
Dominance of Adaptive Methods|Pedro Savarese, David McAllester, Sudarshan Babu
Learning for Energy and Timeliness|Chengcheng Wan, Muhammad Santriaji, Eri Rogers
Multigrid Neural Memory|Tri Huynh, Michael Maire, Matthew R. Walter
CNNs Through Parameter Sharing|Pedro Savarese, Michael Maire
Predicting Label Structure|Mohammadreza Mostajabi, Michael Maire, Gregory Shakhnarovich
Sparsely Aggregated Convolutional Networks|Ligeng Zhu, Ruizhi Deng, Michael Maire
Learning for Urban Scene Understanding|Huaizu Jiang, Erik Learned-Miller, Gustav Larsson
Proxy Task for Visual Understanding|Gustav Larsson, Michael Maire, Gregory Shakhnarovich
Multigrid Neural Architectures|Tsung-Wei Ke, Michael Maire, Stella X. Yu
Deep Neural Networks without Residuals|Gustav Larsson, Michael Maire, Gregory Shakhnarovich
Representations for Automatic Colorization|Gustav Larsson, Michael Maire, Gregory Shakhnarovich
for Figure/Ground Embedding|Michael Maire, Takuya Narihira, Stella X. Yu
Decomposition by Convolutional Regression|Takuya Narihira, Michael Maire, Stella X. Yu
Contour Detection and Semantic Labeling|Michael Maire, Stella X. Yu, Pietro Perona
Common Objects in Context|Tsung-Yi Lin, Michael Maire, Serge Belongie
""".strip().split("\n")


def form(page: SourceFile) -> int:
    """The form of a seed page by its first line."""
    first = page.lines[0]
    return 1 if first.startswith("Abstract:") else 3 if first.startswith("Get trending") else 2


def test_261_papers_of_280_records_and_no_problem(seeds: IngestResult) -> None:
    assert (len(seeds.papers), sum(seeds.counts.values()), seeds.diagnostics, seeds.merged_ids, seeds.marks) == (
        261,
        280,
        (),
        (),
        (),
    )


def test_every_title_once(seeds: IngestResult, seed_pages: tuple[SourceFile, ...]) -> None:
    titles = [paper.title for paper in seeds.papers]
    assert None not in titles
    assert len(set(titles)) == 261
    (third,) = [page for page in seed_pages if form(page) == 3]
    printed = {line.removeprefix("Subscribe") for line in third.lines[2::2]}
    assert len(printed) == 220
    assert printed <= set(titles)


def test_all_forty_bylines(seeds: IngestResult, seed_pages: tuple[SourceFile, ...]) -> None:
    (second,) = [page for page in seed_pages if form(page) == 2]
    by_line = {source.line: paper for paper in seeds.papers for source in paper.sources if source.page == second.name}
    assert len(BYLINES) == len(by_line) == 40
    for expected, (_, paper) in zip(BYLINES, sorted(by_line.items()), strict=True):
        end, authors = expected.split("|")
        assert (paper.title or "").endswith(end)
        assert ", ".join(paper.authors) == authors


def test_bylines_hold_without_the_rest_of_the_page(seed_pages: tuple[SourceFile, ...]) -> None:
    (second,) = [page for page in seed_pages if form(page) == 2]
    for place, expected in enumerate(BYLINES):
        told = split_byline(second.lines[3 * place + 1])
        end, authors = expected.split("|")
        assert told.title.endswith(end)
        assert ", ".join(told.authors) == authors


def test_22_records_say_et_al_and_one_names_a_place(seeds: IngestResult) -> None:
    assert sum(paper.authors_truncated for paper in seeds.papers) == 22
    assert [(paper.title or "")[:8] for paper in seeds.papers if paper.affiliation] == ["CacheGen"]
    assert [paper.affiliation for paper in seeds.papers if paper.affiliation] == ["stanford"]


def test_dates_and_categories(seeds: IngestResult) -> None:
    dated = [paper for paper in seeds.papers if paper.category]
    assert len(dated) == 40
    assert all(paper.date and (paper.category or "").startswith("cs.") for paper in dated)
    assert [str(paper.date) for paper in dated if paper.date and paper.date.year is None] == ["XXXX-06-02"]


@pytest.mark.parametrize(
    "title",
    [
        "Nested Diffusion", "PROGRESSOR", "Approaching Deep Learning", "Generative Lifting", "Residual Connections",
        "Deciphering 'What'", "SONIQ", "HyperFields", "CacheGen", "Automatic and Efficient", "Structural Adversarial",
        "Latent Intrinsics",
    ],
)  # fmt: skip
def test_the_twenty_abstract_lines_are_on_these_papers(
    seeds: IngestResult, seed_pages: tuple[SourceFile, ...], title: str
) -> None:
    untitled = {page.name for page in seed_pages if form(page) == 1}
    (paper,) = [paper for paper in seeds.papers if (paper.title or "").startswith(title)]
    assert any(source.page in untitled for source in paper.sources)


def test_the_twenty_abstract_lines_are_all_joined(seeds: IngestResult, seed_pages: tuple[SourceFile, ...]) -> None:
    untitled = {page.name for page in seed_pages if form(page) == 1}
    joined = [paper for paper in seeds.papers if any(source.page in untitled for source in paper.sources)]
    assert len(joined) == 12
    assert sum(source.page in untitled for paper in joined for source in paper.sources) == 20


def test_revised_abstracts_keep_their_earlier_version(seeds: IngestResult) -> None:
    earlier = {
        (paper.title or "").split(":")[0].split()[0]: paper for paper in seeds.papers if paper.earlier_abstracts
    }
    assert sorted(earlier) == ["CacheGen", "Deciphering", "Residual", "SONIQ"]
    assert all(len(paper.earlier_abstracts) == 1 for paper in earlier.values())
    assert (earlier["SONIQ"].abstract or "").startswith("Ultra-low-precision inference")
    assert earlier["SONIQ"].earlier_abstracts[0].startswith("Recent advancements in quantization")


def test_look_alikes_stay_apart(seeds: IngestResult) -> None:
    titles = [paper.title or "" for paper in seeds.papers]
    for beginning, count in (("SeiT", 2), ("A-SDM", 2), ("Object-Compositional", 1), ("ObjectSDF++", 1)):
        assert sum(title.startswith(beginning) for title in titles) == count
    assert sum("fast feed" in title.lower() for title in titles) == 2


def test_abstracts_are_stored_as_on_the_page(seeds: IngestResult, seed_pages: tuple[SourceFile, ...]) -> None:
    lines = {line.removeprefix("Abstract:") for page in seed_pages for line in page.lines}
    texts = {text for paper in seeds.papers for text in (paper.abstract, *paper.earlier_abstracts)}
    assert texts <= lines
    assert len(texts) == 265


def test_every_value_has_a_place_on_its_page(seeds: IngestResult, seed_pages: tuple[SourceFile, ...]) -> None:
    lines = {(page.name, number): line for page in seed_pages for number, line in enumerate(page.lines, 1)}
    for paper in seeds.papers:
        fields = dict(paper.provenance)
        given = {"title", "abstract"} | {name for name in ("authors", "date", "category") if getattr(paper, name)}
        assert given <= fields.keys()
        for field, source in paper.provenance:
            if field == "title" and source.page != "corrections.toml":
                assert (paper.title or "") in lines[source.page, source.line]
            if field == "abstract":
                assert (paper.abstract or "") in lines[source.page, source.line]


def test_without_the_corrections_two_papers_more(read: Reader, seed_pages: tuple[SourceFile, ...]) -> None:
    found = read(*seed_pages)
    assert len(found.papers) == 262
    assert sum(paper.title is None for paper in found.papers) == 2


def test_corrections_alone_say_nothing(read: Reader, seed_corrections: CuratedCorrections) -> None:
    assert read(corrections=seed_corrections).diagnostics == ()
