"""Reading lists of any size, generated from sentences of the sample sources and imported as usual.

Every title and abstract is unique: sentences are chosen at random for each paper and some of their words are replaced,
so that no two abstracts are similar enough to be merged. The same size gives the same list.
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
_VERSION = "2"  # change it to regenerate the lists
_SENTENCES = 8  # per abstract, about as in the sample sources
_SOURCE = 1_000  # records
_REPLACED = 0.3  # share of words
_ARCHIVES = ("CV", "LG", "CL", "AI", "RO", "NI", "stat.ML", "quant-ph", "eess.IV", "math.OC")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_GIVEN = ("Ada", "Bo", "Chen", "Dana", "Emil", "Farah", "Gil", "Hana", "Igor", "Jun", "Kira", "Lev", "Mona", "Nils")
_FAMILY = ("Abel", "Berg", "Chen", "Dietz", "Engel", "Fuchs", "Garcia", "Huber", "Ito", "Jones", "Kim", "Larsson")
_TAGGED = ((0.02, "nerf"), (0.03, "ml/vision"), (0.02, "ml/theory"), (0.01, "to-cite"))


def corpus(size: int, folder: Path) -> Paths:
    """The reading list of a given size; generated unless the folder contains it already.

    Args:
        size: number of papers; 261 are those of the sample sources.
        folder: the folder of the lists.
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
            _write_sources(size, home.seeds)
        _import_and_mark(home, size)
        ready.touch()
    # A list that an earlier version of the program wrote would be rebuilt from its sources by every measured start.
    Session.open(home).close()
    return home


@contextmanager
def copied(home: Paths) -> Iterator[Paths]:
    """A temporary copy of a list, so that every measurement starts with the same list."""
    with tempfile.TemporaryDirectory(dir=home.data.parent) as folder:
        data = Path(folder) / "data"
        data.mkdir(mode=0o700)
        # A hard link: the file is replaced, never written.
        os.link(home.data / "papers.json", data / "papers.json")
        for path in home.data.glob("marks.*"):
            shutil.copy(path, data)
        yield home._replace(data=data)


def _import_and_mark(home: Paths, size: int) -> None:
    """Import the sources, and mark some papers."""
    session = Session.open(home)
    found = len(session.ids())
    if found != size:
        raise RuntimeError(f"{size} records were imported as {found} papers")
    dice = random.Random(size)  # noqa: S311 - reproducible, not secret
    for share, tag in _TAGGED:
        session.edits.mark([paper for paper in session.ids() if dice.random() < share], Edit(add_tags=(tag,)))
    read = [paper for paper in session.ids() if dice.random() < 0.2]
    session.edits.mark(read, Edit(status=Status.READ))
    session.close()


def _write_sources(size: int, seeds: Path) -> None:
    records = list(_records(size))
    half = size // 2
    for number, start in enumerate(range(0, half, _SOURCE)):
        lines = [line for record in records[start : min(start + _SOURCE, half)] for line in _three_lines(*record)]
        (seeds / f"records-{number:03}.txt").write_text("\n".join(lines), encoding="utf-8")
    for number, start in enumerate(range(half, size, _SOURCE)):
        lines = [line for title, _, _, abstract in records[start : start + _SOURCE] for line in (title, abstract)]
        (seeds / f"titles-{number:03}.txt").write_text("\n".join(lines), encoding="utf-8")


def _three_lines(title: str, head: str, authors: str, abstract: str) -> tuple[str, str, str]:
    return head, title + authors, abstract


def _records(size: int) -> Iterator[tuple[str, str, str, str]]:
    """Title, head line, authors and abstract of each paper."""
    dice = random.Random(size)  # noqa: S311 - reproducible, not secret
    titles, sentences = _material()
    words = sorted({word for sentence in sentences for word in sentence.split() if word.isalpha() and word.islower()})
    heads = [title.split()[:4] for title in titles]
    tails = [title.split()[-4:] for title in titles]
    rare = [f"{first}{second}" for first in words[::40] for second in words[::60]]
    for number in range(size):
        title = " ".join([*dice.choice(heads), dice.choice(rare), *dice.choice(tails), _unique_word(number)])
        head = f"{dice.choice(_ARCHIVES)}{dice.choice(_MONTHS)} {dice.randint(1, 28)}, {dice.randint(2016, 2024)}"
        code = "Code" if dice.random() < 0.4 else ""
        names = ", ".join(f"{dice.choice(_GIVEN)} {dice.choice(_FAMILY)}" for _ in range(dice.randint(1, 3)))
        chosen = " ".join(dice.sample(sentences, _SENTENCES)).split()
        abstract = " ".join(dice.choice(words) if dice.random() < _REPLACED else word for word in chosen)
        yield title, head + code, names, f"{abstract} We call it {dice.choice(rare)} {_unique_word(number)}."


def _material() -> tuple[list[str], list[str]]:
    """Titles and sentences of the sample sources."""
    lines = (ROOT / "seeds" / "003_41a32cd143f51d43.txt").read_text(encoding="utf-8").splitlines()[2:]
    titles = [re.sub(r"[^A-Za-z ]", " ", title.removeprefix("Subscribe")) for title in lines[::2]]
    sentences = [
        sentence.strip() + "."
        for abstract in lines[1::2]
        for sentence in abstract.split(". ")
        if 60 < len(sentence) < 240 and sentence.isascii()
    ]
    return [title for title in titles if len(title.split()) >= 4], sentences


def _unique_word(number: int) -> str:
    """A number as a unique word."""
    word = "Qu"
    for _ in range(4):
        number, place = divmod(number, 26)
        word += "abcdefghijklmnopqrstuvwxyz"[place]
    return word
