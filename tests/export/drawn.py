"""Entries drawn at random, the same at every run, for the readers and programs that judge whole files.

Their titles are made of pieces of which it is known what should be printed; names and notes of anything.
"""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED, Mark, Status
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate

GIVEN = st.sampled_from(["Ann", "Tsung-Yi", "J. Zico", "Sunnie S. Y.", "Émile", "Иван", "Αλέξης", "Đorđe", "R. & D."])
PARTICLE = st.sampled_from(["", "", "", "van", "van der", "de la", "'t", "von und zu", "d'", "bin"])
FAMILY = st.sampled_from(["Lin", "Müller", "O'Brien", "Learned-Miller", "Щукин", "And", "Smith & Sons", "O_x", "Łuk"])
SUFFIX = st.sampled_from(["", "", "", "Jr.", "III"])
PERSON = st.tuples(GIVEN, PARTICLE, FAMILY, SUFFIX).map(lambda parts: " ".join(filter(None, parts)))
WHOLE = st.sampled_from(
    [
        "王小明", "欧阳 修", "김민수", "山田太郎", "محمد بن سلمان", "עמוס עוז", "Plato", "OpenAI", "Deep Team", "others",
        "Luc Van Gool", "José Ortega y Gasset", "danah boyd", "van Gogh", "Barnes and Noble", "{Barnes and Noble}",
        "The {ATLAS} Collaboration", "Doe, Ann", "Doe, Jr., Ann", "AT&T Labs", "Team #1", "50% Group", "x@y.org", "~root",
    ]
)  # fmt: skip
# What a page says, and what is to be printed; formulas and signs of TeX for letters are kept in between.
PIECES = {
    **{text: text for text in ("Deep", "CacheGen", "KV", "3D", "U-Net", "a", "Émile", "naïve", "王小明", "עברית", "😀")},
    **{text: text for text in ("&", "%", "#", "_", "~", "^", '"', "'", "@", "@article", "“x”", "<b>", "|", "50%", "R&D")},
    **{text: text for text in ("http://x.y/z_1", "C#", ",", "and", "(n)", "[1]", "x = 1", "\\input{x}", "\\unknown")},
    **{text: text for text in ("$x_1$", "$\\alpha_s$", "$O(n^2)$")},
    "{KV}": "KV", "{\\it vs.}": "vs.", "\\emph{x y}": "x y", "\\&": "&", "50\\%": "50%", 'Schr\\"{o}dinger': "Schrödinger",
    "\\textbf{b}": "b", "\\{a\\}": "{a}",
}  # fmt: skip
TITLE = st.lists(st.sampled_from([*PIECES]), min_size=1, max_size=8)
ANY_SIGN = st.sampled_from([*PIECES, *"{}\\$\n\t", "\n\n", "ER  - ", "@misc{x,", "x = {y}", "$}$", "\u2028", "\x00"])
ANYTHING = st.lists(ANY_SIGN, max_size=12).map(" ".join)
TAG = st.text("abcÄß1_.+/:", min_size=1, max_size=8)
DATE = st.builds(PartialDate, st.integers(1000, 2100) | st.none(), st.integers(1, 12), st.none() | st.integers(1, 28))
LINK = st.text("abc/?&=%20_~{}\\ #é", max_size=12).map(lambda rest: f"https://x.y/{rest}")
PAPER = st.builds(
    Paper("")._replace,
    id=st.just(""),
    authors=st.lists(PERSON | WHOLE, max_size=6).map(tuple),
    authors_truncated=st.booleans(),
    affiliation=st.none() | ANYTHING,
    date=st.none() | DATE | st.builds(PartialDate, st.integers(1900, 2100)),
    category=st.none() | st.sampled_from(["cs.CV", "hep-th", "stat.ML"]),
    has_code=st.booleans(),
    links=st.lists(LINK, max_size=2).map(tuple),
    abstract=st.none() | ANYTHING,
    eprint=st.none() | st.sampled_from(["2310.07240", "hep-th/9901001"]),
    doi=st.none() | st.sampled_from(["10.1145/1_2", "10.1002/(SICI)1097<1::AID>3.0.CO;2-A", "10.1/a%b#c"]),
    added=st.just("2024-01-02T03:04:05Z"),
)
MARK = st.builds(
    UNTOUCHED._replace,
    status=st.sampled_from(Status),
    starred=st.booleans(),
    tags=st.lists(TAG, max_size=3, unique_by=str.casefold).map(tuple),
    note=st.just("") | ANYTHING,
)


class Drawn(NamedTuple):
    """An entry, and what should be printed of its title."""

    entry: Entry
    title: str


def drawn(count: int) -> list[Drawn]:
    """So many entries."""
    found: list[Drawn] = []

    @settings(
        max_examples=count, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.none() | TITLE, PAPER, MARK)
    def draw(pieces: list[str] | None, paper: Paper, mark: Mark) -> None:
        title = None if pieces is None else " ".join(pieces)
        named = paper._replace(id=f"{len(found):010x}", title=title)
        found.append(Drawn(Entry(named, mark), " ".join(PIECES[piece] for piece in pieces or ())))

    draw()
    return found
