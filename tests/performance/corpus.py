"""Reading lists of any length, made of the sentences of the seed pages and taken in as a person's pages are.

Every title and every abstract is one of a kind: sentences are drawn anew for each paper, and some of their words are
exchanged for others, so that no two abstracts are alike enough to be joined. The same size gives the same list.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tui.model.edit import Edit
from tui.model.mark import Status
from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
_VERSION = "2"  # another one makes kept lists anew
_SENTENCES = 8  # an abstract; those of the seed pages have about as many
_PAGE = 1_000  # records
_EXCHANGED = 0.3  # share of words
_ARCHIVES = ("CV", "LG", "CL", "AI", "RO", "NI", "stat.ML", "quant-ph", "eess.IV", "math.OC")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_GIVEN = ("Ada", "Bo", "Chen", "Dana", "Emil", "Farah", "Gil", "Hana", "Igor", "Jun", "Kira", "Lev", "Mona", "Nils")
_FAMILY = ("Abel", "Berg", "Chen", "Dietz", "Engel", "Fuchs", "Garcia", "Huber", "Ito", "Jones", "Kim", "Larsson")
_TAGGED = ((0.02, "nerf"), (0.03, "ml/vision"), (0.02, "ml/theory"), (0.01, "to-cite"))


def made(size: int, folder: Path) -> Paths:
    """The reading list of so many papers; made and taken in where the folder does not have it yet.

    Args:
        size: number of papers; the seed pages themselves where it is 261.
        folder: where lists are kept between runs.
    """
    home = Paths(data=folder / f"{size}" / "data", seeds=folder / f"{size}" / "seeds")
    ready = folder / f"{size}" / f"ready-{_VERSION}"
    if not ready.exists():
        shutil.rmtree(ready.parent, ignore_errors=True)
        home.seeds.mkdir(parents=True)
        if size == 261:
            for path in (ROOT / "seeds").iterdir():
                shutil.copy(path, home.seeds)
        else:
            _write_pages(size, home.seeds)
        _take_in(home, size)
        ready.touch()
    return home


@contextmanager
def lent(home: Paths) -> Iterator[Paths]:
    """A copy of a list, to be changed and thrown away: every measurement is to begin with the same list."""
    with tempfile.TemporaryDirectory(dir=home.data.parent) as folder:
        data = Path(folder) / "data"
        data.mkdir(mode=0o700)
        # Never written, only replaced, and therefore safe to share.
        os.link(home.data / "papers.json", data / "papers.json")
        for path in home.data.glob("marks.*"):
            shutil.copy(path, data)
        yield home._replace(data=data)


def _take_in(home: Paths, size: int) -> None:
    """Take the pages in, and mark some papers, each share of them as one step."""
    session = Session.open(home)
    found = len(session.ids())
    if found != size:
        raise RuntimeError(f"{size} records were taken in as {found} papers")
    dice = random.Random(size)  # noqa: S311 - to be repeated, not to be secret
    for share, tag in _TAGGED:
        session.mark([paper for paper in session.ids() if dice.random() < share], Edit(add_tags=(tag,)))
    read = [paper for paper in session.ids() if dice.random() < 0.2]
    session.mark(read, Edit(status=Status.READ))
    session.close()


def _write_pages(size: int, seeds: Path) -> None:
    records = list(_records(size))
    half = size // 2
    for number, start in enumerate(range(0, half, _PAGE)):
        lines = [line for record in records[start : min(start + _PAGE, half)] for line in _three_lines(*record)]
        (seeds / f"records-{number:03}.txt").write_text("\n".join(lines), encoding="utf-8")
    for number, start in enumerate(range(half, size, _PAGE)):
        lines = [line for title, _, _, abstract in records[start : start + _PAGE] for line in (title, abstract)]
        (seeds / f"titles-{number:03}.txt").write_text("\n".join(lines), encoding="utf-8")


def _three_lines(title: str, head: str, authors: str, abstract: str) -> tuple[str, str, str]:
    return head, title + authors, abstract


def _records(size: int) -> Iterator[tuple[str, str, str, str]]:
    """Title, head line, authors and abstract of each paper."""
    dice = random.Random(size)  # noqa: S311 - to be repeated, not to be secret
    titles, sentences = _material()
    words = sorted({word for sentence in sentences for word in sentence.split() if word.isalpha() and word.islower()})
    heads = [title.split()[:4] for title in titles]
    tails = [title.split()[-4:] for title in titles]
    rare = [f"{first}{second}" for first in words[::40] for second in words[::60]]
    for number in range(size):
        title = " ".join([*dice.choice(heads), dice.choice(rare), *dice.choice(tails), _letters(number)])
        head = f"{dice.choice(_ARCHIVES)}{dice.choice(_MONTHS)} {dice.randint(1, 28)}, {dice.randint(2016, 2024)}"
        code = "Code" if dice.random() < 0.4 else ""
        names = ", ".join(f"{dice.choice(_GIVEN)} {dice.choice(_FAMILY)}" for _ in range(dice.randint(1, 3)))
        chosen = " ".join(dice.sample(sentences, _SENTENCES)).split()
        abstract = " ".join(dice.choice(words) if dice.random() < _EXCHANGED else word for word in chosen)
        yield title, head + code, names, f"{abstract} We call it {dice.choice(rare)} {_letters(number)}."


def _material() -> tuple[list[str], list[str]]:
    """Plain titles and sentences of the seed pages."""
    lines = (ROOT / "seeds" / "003_41a32cd143f51d43.txt").read_text(encoding="utf-8").splitlines()[2:]
    titles = [re.sub(r"[^A-Za-z ]", " ", title.removeprefix("Subscribe")) for title in lines[::2]]
    sentences = [
        sentence.strip() + "."
        for abstract in lines[1::2]
        for sentence in abstract.split(". ")
        if 60 < len(sentence) < 240 and sentence.isascii()
    ]
    return [title for title in titles if len(title.split()) >= 4], sentences


def _letters(number: int) -> str:
    """A number as a word of its own: every paper has one that no other has."""
    word = "Qu"
    for _ in range(4):
        number, place = divmod(number, 26)
        word += "abcdefghijklmnopqrstuvwxyz"[place]
    return word
