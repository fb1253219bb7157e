"""A snapshot as large as wanted, of invented records, with records of known papers and traps hidden in it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui.model.paper import Paper

_GIVEN = ("Anna", "Boris", "Chen", "Dora", "Emil", "Fatima", "Goran", "Hana", "Ivan", "Jana")
_FAMILY = ("Bee", "Cai", "Dée", "Eff", "García", "Huber", "Ito", "Jansen", "Kowalski", "Łuk", "Müller", "Novák")
_CATEGORIES = ("cs.CV", "cs.LG stat.ML", "math.CO", "hep-th", "astro-ph.GA", "cond-mat.soft")
_FORMULAS = ("$\\alpha$", "$\\ell_1$", "$SU(2)$", 'Schr\\"odinger', 'K\\"ahler', "$\\mathcal{N}=4$")
_ODD_TITLES = 0.1  # of real titles begin or end with a formula or an accent


class HiddenRecords(NamedTuple):
    """What is hidden in a snapshot.

    Attributes:
        equal: papers whose record has their title, with its arXiv id.
        doubtful: papers whose record must not be taken without a question, with its arXiv id.
        absent: papers that have no record, but a namesake.
    """

    equal: dict[str, str]
    doubtful: dict[str, str]
    absent: frozenset[str]


def write_snapshot(path: Path, papers: Sequence[Paper], count: int, seed: int = 1) -> HiddenRecords:
    """Write a snapshot of ``count`` records, with records of half of the papers in it.

    Args:
        path: the file to write.
        papers: those with a title and an abstract are hidden.
        count: number of records.
        seed: of the random numbers.
    """
    chance = random.Random(seed)  # noqa: S311 - test data
    words = [word for paper in papers for word in (paper.abstract or "").split() if word.isascii()] + ["widget"]
    known = [paper for paper in papers if paper.title and paper.abstract and len(paper.abstract.split()) > 40]
    chosen = chance.sample(known, len(known) // 2)
    hidden: list[dict[str, Any]] = []
    equal: dict[str, str] = {}
    doubtful: dict[str, str] = {}
    absent: set[str] = set()
    for number, paper in enumerate(chosen):
        eprint = paper.eprint or f"2401.{number:05d}"
        record = _record(eprint, paper.title or "", paper.abstract or "", _authors(paper, chance))
        kind = ("plain", "revised", "spelled", "with namesake", "retitled", "withdrawn", "only namesake")[number % 7]
        namesake = _record(f"2402.{number:05d}", paper.title or "", _text(words, 120, chance), _names(chance))
        if kind == "revised":
            record["abstract"] = _revised(paper.abstract or "", words, chance)
        elif kind == "spelled":
            record["title"] = _spelled(paper.title or "", chance)
        elif kind == "retitled":
            record["title"] = _title(words, chance)
        elif kind == "withdrawn":
            record["comments"] = "This paper has been withdrawn by the authors due to an error in Lemma 2"
        hidden += [] if kind == "only namesake" else [record]
        hidden += [namesake] if "namesake" in kind else []
        if kind == "only namesake":
            absent.add(paper.id)
        elif kind == "withdrawn" or (kind == "retitled" and not paper.eprint):
            doubtful[paper.id] = eprint
        elif kind != "retitled":
            equal[paper.id] = eprint
    places = dict(zip(chance.sample(range(count), len(hidden)), hidden, strict=True))
    with path.open("wb") as file:
        for number in range(count):
            record = places.get(number) or _record(
                f"{chance.randrange(7, 24):02d}{chance.randrange(1, 13):02d}.{number:06d}"[:11],
                _title(words, chance),
                _text(words, chance.randrange(90, 200), chance),
                _names(chance),
            )
            file.write(orjson.dumps(record).replace(b"\\/", b"/") + b"\n")
    return HiddenRecords(equal, doubtful, frozenset(absent))


def _record(eprint: str, title: str, abstract: str, authors: list[list[str]]) -> dict[str, Any]:
    return {
        "id": eprint,
        "submitter": " ".join(reversed(authors[0][:2])),
        "authors": ", ".join(f"{given} {family}" for family, given, _ in authors),
        "title": _wrapped(title, 70).replace("\n", "\n  "),
        "comments": None,
        "journal-ref": None,
        "doi": None,
        "report-no": None,
        "categories": _CATEGORIES[len(title) % len(_CATEGORIES)],
        "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        "abstract": f"  {_wrapped(abstract, 78)}\n",
        "versions": [{"version": "v1", "created": "Mon, 3 Feb 2020 18:59:59 GMT"}],
        "update_date": "2021-06-02",
        "authors_parsed": authors,
    }


def _authors(paper: Paper, chance: random.Random) -> list[list[str]]:
    own = [[name.split()[-1], " ".join(name.split()[:-1]), ""] for name in paper.authors]
    return own + _names(chance) if paper.authors_truncated else own or _names(chance)


def _names(chance: random.Random) -> list[list[str]]:
    return [[chance.choice(_FAMILY), chance.choice(_GIVEN), ""] for _ in range(chance.randrange(1, 6))]


def _title(words: Sequence[str], chance: random.Random) -> str:
    found = chance.choices(words, k=chance.randrange(4, 14))
    if chance.random() < _ODD_TITLES:
        found.insert(chance.choice((0, len(found))), chance.choice(_FORMULAS))
    return " ".join(found)


def _text(words: Sequence[str], count: int, chance: random.Random) -> str:
    return " ".join(chance.choices(words, k=count))


def _revised(abstract: str, words: Sequence[str], chance: random.Random) -> str:
    """The abstract of another version: a part rewritten, the end new."""
    own = abstract.split()
    start = chance.randrange(len(own) // 2)
    own[start : start + len(own) // 5] = chance.choices(words, k=len(own) // 5)
    return " ".join([*own[: -len(own) // 8], *chance.choices(words, k=15)])


def _spelled(title: str, chance: random.Random) -> str:
    """The title as authors may type it: other case, other punctuation, commands of LaTeX."""
    variants = (
        title.upper(),
        title.replace("-", " ").replace(":", " --"),
        "{" + title.replace("'", "`") + "}",
        title.replace(" ", "  ").lower() + ".",
        "\\textbf{" + title + "}",
    )
    return chance.choice(variants)


def _wrapped(text: str, width: int) -> str:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
