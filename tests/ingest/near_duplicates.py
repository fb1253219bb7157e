"""A bibliography of which it is known which records are of one work, and how well it is read.

Abstracts share a vocabulary, titles share words and authors are few, so that works look alike; a third of the works is
of kinds that other programs merge: parts of a series, editorials, yearly reports, replies and corrections, chapters
under the blurb of their book, conference and journal papers of one title. One record in twenty is a true duplicate, as
it comes from another database, a preprint server or another hand.

    python -m tests.ingest.near_duplicates [records] [seed]
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

from tui.ingest.corrections import CuratedCorrections
from tui.ingest.pipeline import ingest
from tui.ingest.source_file import decode_source
from tui.insight.duplicates import find_duplicate_pairs
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED

if TYPE_CHECKING:
    from collections.abc import Iterator

DUPLICATES = 0.05
_SYLLABLES = "ba ce di fo gu ha ke li mo nu pa re si to vu wa xe yi zo bra cle dri fro glu sta spe tri".split()  # noqa: SIM905 - reads better
_SMALL = "a an and as by for from in of on that the this to we with our is are which show using results".split()  # noqa: SIM905 - likewise
_JOURNALS = (
    ("Journal of Tidal Research", "J. Tidal Res."), ("Annals of Shore Studies", "Ann. Shore Stud."),
    ("Transactions on Wave Computing", "Trans. Wave Comput."), ("Physical Review of Water", "Phys. Rev. Water"),
    ("International Journal of Harbour Engineering", "Int. J. Harb. Eng."), ("Estuary Letters", "Estuary Lett."),
)  # fmt: skip
_GENERIC = (
    "Editorial", "Preface", "Introduction", "Book Review", "Erratum", "Reply", "Foreword", "In Memoriam", "Obituary",
    "Guest Editorial", "Letter to the Editor", "Introduction to the Special Issue", "Reply to the Comments", "Index",
    "Front Matter", "Correction", "Conference Report", "News and Views", "Conclusions", "Annual Meeting Abstracts",
)  # fmt: skip
_BLANK = (
    "No abstract available.",
    "© 2019 The Society of Tides. All rights reserved.",
    "n/a",
    "Abstract not available",
)


@dataclass(frozen=True)
class Record:
    """One entry, and the work it is of.

    Attributes:
        work: number of the work.
        kind: what is special about it, to be counted by.
    """

    work: int
    kind: str
    title: str
    authors: tuple[str, ...]
    year: int
    fields: dict[str, str] = field(default_factory=dict)

    def entry(self, key: str) -> str:
        """The entry in BibTeX, on one line."""
        values = {"title": self.title, "author": " and ".join(self.authors), "year": str(self.year), **self.fields}
        kind = "incollection" if "booktitle" in values and self.kind == "chapter" else "article"
        return f"@{kind}{{{key}, " + ", ".join(f"{name}={{{value}}}" for name, value in values.items() if value) + "}"


class _Writer:
    """Makes works and their duplicates."""

    def __init__(self, seed: int) -> None:
        self._chance = chance = Random(seed)  # noqa: S311 - no secret
        self._words = ["".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3, 3, 4)))) for _ in range(1200)]
        self._weights = [1 / (rank + 8) for rank in range(len(self._words))]
        self._people = [f"{self._name(2)}, {self._name(chance.choice((1, 2)))}" for _ in range(400)]
        self._works = 0
        self._serial = 0

    def works(self) -> Iterator[list[Record]]:
        """Works without end, those that look alike together."""
        makers = (
            *[self._ordinary] * 24, self._series, self._series, self._generic, self._generic, self._generic,
            self._reports, self._replies, self._chapters, self._extended, self._siblings, self._namesakes, self._blank,
        )  # fmt: skip
        while True:
            yield self._chance.choice(makers)()

    def duplicate(self, record: Record) -> Record | None:
        """Another record of the same work, as it is found in real bibliographies; None where none is plausible."""
        chance, fields = self._chance, dict(record.fields)
        if record.kind in ("generic", "report"):  # nobody could tell without an identifier, so it keeps that
            return (
                replace(record, title=record.title.upper(), kind=f"{record.kind}: upper") if "doi" in fields else None
            )
        ways = [self._from_database, self._by_hand, self._recased]
        if "abstract" in fields and record.kind in ("ordinary", "siblings", "namesakes"):
            ways += [self._preprint, self._preprint, self._revised, self._cut]
        if record.kind == "ordinary" and len(fields.get("abstract", "").split()) > 60:
            ways.append(self._retitled)
        if record.kind == "ordinary" and chance.random() < 0.15:
            ways = [self._mistyped, self._later]
        found = chance.choice(ways)(record, fields)
        return replace(found, kind=f"{record.kind}: {found.kind}")

    # Works

    def _ordinary(self) -> list[Record]:
        return [self._record("ordinary", self._title())]

    def _series(self) -> list[Record]:
        title, first = self._title(), self._record("series", "")
        text = first.fields.get("abstract") or self._abstract(chance_of=1.0)
        style = self._chance.choice(
            (
                "{t}, Part {r}",
                "{t}: Part {n}",
                "Part {r}. {t} and {o}",
                "{t} {r}",
                "{t} (Volume {n})",
                "{r}. {t}",
                "{t} v{n}",
            )
        )
        shared = self._chance.random() < 0.6
        return [
            replace(
                self._again(first, same_year=self._chance.random() < 0.5),
                title=style.format(t=title, n=number, r=("I", "II", "III")[number - 1], o=self._words[number * 7]),
                fields=self._place(first.authors) | {"abstract": text if shared else self._abstract(chance_of=0.7)},
            )
            for number in (1, 2, 3)[: self._chance.choice((2, 3))]
        ]

    def _generic(self) -> list[Record]:
        first = self._record("generic", self._chance.choice(_GENERIC))
        others = [
            self._again(first, same_year=self._chance.random() < 0.3) for _ in range(self._chance.choice((1, 2, 4)))
        ]
        return [replace(record, fields=self._place(record.authors)) for record in (first, *others)]

    def _reports(self) -> list[Record]:
        title = f"{self._chance.choice(('Annual report', 'Yearly survey', 'Activity report', 'Progress report'))} of the {self._title(2)}"
        first, text = self._record("report", title), self._abstract(chance_of=0.5)
        return [
            replace(
                first,
                work=self._number(),
                year=first.year + step,
                fields={"abstract": text, "url": f"https://example.org/{step}"},
            )
            for step in range(3)
        ]

    def _replies(self) -> list[Record]:
        first = self._record("reply", self._title())
        names = self._chance.sample(
            (
                "Comment on {}",
                "Reply to: {}",
                "Erratum to: {}",
                "Corrigendum: {}",
                "{}: Reply",
                "Discussion of {}",
                "Correction to {}",
            ),
            2,
        )
        same = self._chance.random() < 0.5
        return [
            first,
            *(
                replace(
                    self._again(first, same_year=False),
                    title=name.format(first.title),
                    fields=self._place(first.authors)
                    | ({"abstract": first.fields.get("abstract", "")} if same else {}),
                )
                for name in names
            ),
        ]

    def _chapters(self) -> list[Record]:
        first, blurb = self._record("chapter", ""), self._abstract(chance_of=1.0)
        book = {"booktitle": self._title().title(), "isbn": self._isbn(), "abstract": blurb}
        doi = self._doi() if self._chance.random() < 0.5 else ""
        page = 1
        chapters = []
        for number in range(self._chance.choice((2, 3, 5))):
            name = ("Introduction", "Conclusions", self._title(), self._title(), self._title())[number]
            chapters.append(
                replace(self._again(first), title=name, fields=book | {"pages": f"{page}--{page + 19}", "doi": doi})
            )
            page += 20
        return chapters

    def _extended(self) -> list[Record]:
        """A paper at a conference, and one in a journal with the same title."""
        first = self._record("extended", self._title())
        text = first.fields.get("abstract", "")
        later = replace(
            first,
            work=self._number(),
            year=first.year + self._chance.choice((1, 2)),
            authors=(*first.authors, self._chance.choice(self._people)),
            fields=self._place(first.authors) | {"abstract": self._changed(text, 0.6) if text else ""},
        )
        fields = {name: value for name, value in first.fields.items() if name in ("abstract", "doi")}
        return [replace(first, fields=fields | {"booktitle": "Proceedings of the Shore Symposium"}), later]

    def _siblings(self) -> list[Record]:
        """Papers of the same authors whose abstracts begin, or go on, alike."""
        first = self._record("siblings", self._title())
        text = self._abstract(chance_of=1.0)
        first = replace(first, fields=first.fields | {"abstract": text})
        other = self._again(first, same_year=self._chance.random() < 0.5)
        cut = len(text.split()) // 2
        half = " ".join(text.split()[:cut])
        fields = self._place(first.authors) | {"abstract": f"{half} {self._abstract(chance_of=1.0)}"}
        return [first, replace(other, title=self._title(), fields=fields)]

    def _namesakes(self) -> list[Record]:
        """One title, two works by others."""
        first = self._record("namesakes", self._title(3))
        return [first, replace(self._record("namesakes", first.title))]

    def _blank(self) -> list[Record]:
        """Works of one author with something else where the abstract should be."""
        first, text = self._record("blank", self._title()), self._chance.choice(_BLANK)
        second = replace(self._again(first), title=self._title())
        return [replace(one, fields=one.fields | {"abstract": text}) for one in (first, second)]

    # Duplicates

    def _from_database(self, record: Record, fields: dict[str, str]) -> Record:
        fields.pop("abstract", None)
        fields["journal"] = dict(_JOURNALS).get(fields.get("journal", ""), fields.get("journal", ""))
        people = tuple(f"{name.split(', ')[0]}, {name.split(', ')[1][0]}." for name in record.authors)
        return replace(record, kind="database", authors=people, fields=fields)

    def _by_hand(self, record: Record, fields: dict[str, str]) -> Record:
        fields = {
            name: value
            for name, value in fields.items()
            if name in ("journal", "booktitle", "isbn", "pages", "eprint")
        }
        people = tuple(" ".join(reversed(name.split(", "))) for name in record.authors)
        return replace(record, kind="by hand", authors=people, fields=fields)

    def _mistyped(self, record: Record, fields: dict[str, str]) -> Record:
        """A title typed wrongly, with nothing else to go by: what no rule should merge, and a person be asked about."""
        words = record.title.split()
        place = self._chance.randrange(len(words))
        words[place] = words[place][:-1] + self._chance.choice("aeioubcd")
        return replace(record, kind="mistyped", title=" ".join(words), fields={"journal": fields.get("journal", "")})

    def _later(self, record: Record, fields: dict[str, str]) -> Record:
        """Another year, because one record counts from the day it was online; nothing else to go by, either."""
        return replace(record, kind="later", year=record.year + 1, fields={"journal": fields.get("journal", "")})

    def _recased(self, record: Record, fields: dict[str, str]) -> Record:
        title = " ".join(f"{{{word.capitalize()}}}" for word in record.title.split())
        return replace(record, kind="recased", title=title, fields=fields)

    def _preprint(self, record: Record, fields: dict[str, str]) -> Record:
        eprint = fields.get("eprint") or self._eprint(record.year)
        text = self._changed(fields["abstract"], 0.1)
        given = {"eprint": eprint, "archiveprefix": "arXiv", "abstract": text}
        return replace(record, kind="preprint", year=record.year - self._chance.choice((0, 1)), fields=given)

    def _revised(self, record: Record, fields: dict[str, str]) -> Record:
        text = self._changed(fields["abstract"], 0.2)
        fields = {name: value for name, value in fields.items() if name not in ("doi", "eprint")} | {"abstract": text}
        return replace(record, kind="revised", fields=fields)

    def _cut(self, record: Record, fields: dict[str, str]) -> Record:
        words = fields["abstract"].split()
        return replace(
            record, kind="cut", fields=fields | {"doi": "", "abstract": " ".join(words[: len(words) // 2])}
        )

    def _retitled(self, record: Record, fields: dict[str, str]) -> Record:
        words = record.title.split()
        words[-1] = self._words[-3]
        given = {"eprint": fields.get("eprint") or self._eprint(record.year), "archiveprefix": "arXiv"}
        text = self._changed(fields["abstract"], 0.1)
        return replace(record, kind="retitled", title=" ".join(words), fields=given | {"abstract": text})

    # Parts

    def _record(self, kind: str, title: str) -> Record:
        authors = tuple(self._chance.sample(self._people, self._chance.choice((1, 2, 2, 3, 4))))
        year = self._chance.randint(1995, 2026)
        fields = self._place(authors) | {"abstract": self._abstract()}
        if self._chance.random() < 0.25:
            fields |= {"eprint": self._eprint(year), "archiveprefix": "arXiv"}
        return Record(
            self._number(), kind, title, authors, year, {name: value for name, value in fields.items() if value}
        )

    def _again(self, record: Record, *, same_year: bool = True) -> Record:
        """Another work by the same authors."""
        year = record.year if same_year else record.year + self._chance.choice((1, 2, 3))
        return Record(self._number(), record.kind, record.title, record.authors, year, self._place(record.authors))

    def _place(self, authors: tuple[str, ...]) -> dict[str, str]:  # noqa: ARG002 - reads as what it is for
        page = self._chance.randint(1, 2000)
        fields = {
            "journal": self._chance.choice(_JOURNALS)[0],
            "volume": str(self._chance.randint(1, 90)),
            "pages": f"{page}--{page + self._chance.randint(2, 30)}",
        }
        if self._chance.random() < 0.65:
            fields["doi"] = self._doi()
        return fields

    def _abstract(self, chance_of: float = 0.6) -> str:
        if self._chance.random() > chance_of:
            return ""
        count = self._chance.randint(40, 160)
        words = self._chance.choices(self._words, self._weights, k=count)
        return " ".join(self._chance.choice(_SMALL) if self._chance.random() < 0.4 else word for word in words) + "."

    def _changed(self, text: str, share: float) -> str:
        """The text with a part of its words replaced, in rows as a person replaces them."""
        words = text.split()
        left = int(len(words) * share)
        while left > 0:
            size = min(left, self._chance.randint(1, 6))
            start = self._chance.randrange(max(1, len(words) - size))
            words[start : start + size] = self._chance.choices(self._words, self._weights, k=size)
            left -= size
        return " ".join(words)

    def _title(self, count: int = 0) -> str:
        words = self._chance.choices(self._words[:500], self._weights[:500], k=count or self._chance.randint(4, 9))
        return " ".join(words).capitalize()

    def _name(self, syllables: int) -> str:
        return "".join(self._chance.choices(_SYLLABLES, k=syllables + 1)).capitalize()

    def _number(self) -> int:
        self._works += 1
        return self._works

    def _doi(self) -> str:
        self._serial += 1
        return f"10.5555/near.{self._serial}"

    def _eprint(self, year: int) -> str:
        self._serial += 1
        return f"{max(year, 2015) % 100:02}{self._serial % 12 + 1:02}.{self._serial:05}"

    def _isbn(self) -> str:
        self._serial += 1
        core = f"9780{self._serial:08}"
        return core + str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(core)) % 10)


def bibliography(records: int, seed: int = 1) -> list[Record]:
    """So many records in a random order, one in twenty a duplicate."""
    writer, chance = _Writer(seed), Random(seed)  # noqa: S311 - no secret
    made: list[Record] = []
    for group in writer.works():
        made += group
        if len(made) >= records * (1 - DUPLICATES):
            break
    doubled = chance.sample(made, len(made))
    while len(made) < records:
        if (double := writer.duplicate(doubled.pop())) is not None:
            made.append(double)
    chance.shuffle(made)
    return made


@dataclass(frozen=True)
class Outcome:
    """What became of a bibliography.

    Attributes:
        records: how many there were.
        duplicates: how many of them were of a work that another record was of.
        false: groups of kinds of records that were merged, and are of several works.
        missed: duplicates that were not merged.
        offered: how many of those a person is asked about among the duplicates.
        seconds: how long reading it took.
    """

    records: int
    duplicates: int
    false: list[tuple[Record, ...]]
    missed: list[Record]
    offered: int
    seconds: float


def measure(records: list[Record]) -> Outcome:
    """Read a bibliography, half of it in another file, and compare with the truth."""
    half = len(records) // 2
    pages = {"one.bib": records[:half], "two.bib": records[half:]}
    begun = perf_counter()
    read = [
        decode_source(
            name, "\n".join(record.entry(f"k{line}{name[0]}") for line, record in enumerate(some, 1)).encode()
        )
        for name, some in pages.items()
    ]
    intake = ingest(read, corrections=CuratedCorrections(), at="2026-01-01T00:00:00Z")
    seconds = perf_counter() - begun
    false: list[tuple[Record, ...]] = []
    home: dict[int, set[str]] = defaultdict(set)
    for paper in intake.papers:
        of = [pages[source.page][source.line - 1] for source in paper.sources]
        for record in of:
            home[record.work].add(paper.id)
        if len({record.work for record in of}) > 1:
            false.append(tuple(of))
    missed = [record for record in records if len(home[record.work]) > 1 and ": " in record.kind]
    duplicates = sum(": " in record.kind for record in records)
    pairs = [
        {pair.one, pair.other} for pair in find_duplicate_pairs([Entry(paper, UNTOUCHED) for paper in intake.papers])
    ]
    offered = sum(any(pair <= home[record.work] for pair in pairs) for record in missed)
    return Outcome(sum(intake.counts.values()), duplicates, false, missed, offered, seconds)


def main() -> None:
    """Measure a large one, and say what came of it."""
    count, seed = (*map(int, sys.argv[1:]), 13_000, 1)[:2] if len(sys.argv) != 2 else (int(sys.argv[1]), 1)
    outcome = measure(bibliography(count, seed))
    print(f"{outcome.records} records, {outcome.duplicates} duplicates, {outcome.seconds:.1f} s")
    print(
        f"false merges: {len(outcome.false)}; missed: {len(outcome.missed)}, of which {outcome.offered} are offered"
    )
    print("missed by kind:", dict(Counter(record.kind for record in outcome.missed).most_common()))
    print("false by kind:", dict(Counter(" + ".join(sorted({r.kind for r in some})) for some in outcome.false)))
    for some in outcome.false[:5]:
        print("\n".join(record.entry("x")[:400] for record in some), end="\n\n")
    for record in outcome.missed[:5]:
        print("missed", record.kind, record.entry("x")[:300])


if __name__ == "__main__":
    main()
