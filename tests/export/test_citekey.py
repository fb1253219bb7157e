from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.export.citekey import citation_keys
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate

if TYPE_CHECKING:
    import random


def _entry(
    paper_id: str,
    title: str | None = None,
    authors: tuple[str, ...] = (),
    year: int | None = None,
    pinned: str | None = None,
) -> Entry:
    date = None if year is None else PartialDate(year)
    return Entry(Paper(paper_id, title=title, authors=authors, date=date), Mark(citation_key=pinned))


@pytest.mark.parametrize(
    ("title", "authors", "year", "key"),
    [
        (
            "Visualizing Data using t-SNE",
            ("Laurens van der Maaten", "Geoffrey Hinton"),
            2008,
            "vandermaaten2008visualizing",
        ),
        ("The CacheGen: KV Cache", ("Yuhan Liu",), None, "liucachegen"),
        ("On the Role of Depth", ("Émile Müller",), 2020, "muller2020role"),
        (r"Schr\"{o}dinger Bridges", (r"G\"odel, Kurt",), 1931, "godel1931schrodinger"),
        ("3D Shapes", ("O'Brien",), 2001, "obrien20013d"),
        ("GPT-4 Technical Report", ("The OpenAI Team",), 2023, "openaiteam2023gpt"),
        ("Growing Efficient Deep Networks", (), None, "growingefficientdeep"),
        ("What Is It?", (), None, "whatisit"),
        (None, ("Ann Lee",), 2020, "lee2020"),
        (None, (), 2020, "paperaa"),
        ("Глубокое обучение", ("Иван Щукин",), 2020, "shchukin2020glubokoe"),
        ("학습", ("김민수",), 2021, "gim2021hagseub"),
        ("深度学习", ("王小明", "Ann Lee"), 2021, "wang2021shenduxuexi"),
        ("潮の満ち引き", ("佐藤 花子",), 2019, "zuoteng2019chaonomantiyinki"),
        ("تيارات البحر", ("يوسف حداد",), 2017, "hdad2017tyarat"),
        ("זרמים", ("דוד לוי",), 2016, "lvy2016zrmym"),
        ("คลื่น", ("สมชาย ใจดี",), 2015, "aichdi2015khluen"),
        ("लहरें", ("राम शर्मा",), 2014, "srma2014lhrem"),
        ("Ալիքներ", ("Արամ Պետրոսյան",), 2013, "petrosyan2013alikner"),
        ("Ἀρχή", ("Αριστοτέλης",), None, "aristotelesarche"),
    ],
)
def test_the_default_pattern_makes_the_key(
    title: str | None, authors: tuple[str, ...], year: int | None, key: str
) -> None:
    assert citation_keys([_entry("aa", title, authors, year)]) == {"aa": key}


def test_a_date_without_a_year_adds_nothing() -> None:
    paper = Paper("aa", title="Deep Nets", authors=("Ann Lee",), date=PartialDate(None, 6, 2))
    assert citation_keys([Entry(paper, Mark())]) == {"aa": "leedeep"}


def test_clashing_keys_get_suffixes_in_the_order_of_their_ids() -> None:
    rivals = [_entry(f"{number:02}", "Deep", ("Ann Lee",)) for number in range(29)]
    keys = list(citation_keys(rivals).values())
    assert keys[:3] == ["leedeep", "leedeepa", "leedeepb"]
    assert keys[26:] == ["leedeepz", "leedeepaa", "leedeepab"]


def test_a_suffixed_key_never_equals_another_key() -> None:
    entries = [
        _entry("1", "Deep", ("Ann Lee",)),
        _entry("2", "Deep", ("Ann Lee",)),
        _entry("3", "Deepa", ("Ann Lee",)),
    ]
    assert citation_keys(entries) == {"1": "leedeep", "2": "leedeepb", "3": "leedeepa"}


def test_a_pinned_key_wins_whatever_its_id() -> None:
    entries = [_entry("1", "Deep", ("Ann Lee",)), _entry("2", "Other", pinned="LeeDeep")]
    assert citation_keys(entries) == {"1": "leedeepa", "2": "LeeDeep"}


def test_of_two_equal_pins_the_first_id_keeps_it() -> None:
    entries = [_entry("2", "Deep", pinned="same"), _entry("1", "Wide", pinned="Same")]
    assert citation_keys(entries) == {"1": "Same", "2": "deep"}


@pytest.mark.parametrize(
    ("pin", "key"), [("a b,{c}", "abc"), ("DBLP:conf/x-1.2", "DBLP:conf/x-1.2"), ("\\%{", "deep"), ("d)e(f", "def")]
)
def test_a_pinned_key_loses_invalid_characters(pin: str, key: str) -> None:
    assert citation_keys([_entry("1", "Deep", pinned=pin)]) == {"1": key}


@pytest.mark.parametrize(
    "pin",
    [
        "1998MNRAS&x.77..1Q",
        "d'arc1999",
        "q;r2001",
        "f(2)1",
        "p[ii]",
        "Q|R",
        "w?x",
        "m@n",
        "a$b^c_d",
        "<x>*!`",
        "Ørsted1820",
    ],
)
def test_a_pinned_key_keeps_every_valid_character(pin: str) -> None:
    assert citation_keys([_entry("1", "Deep", pinned=pin)]) == {"1": pin}


_ENTRIES = st.lists(
    st.builds(
        _entry,
        st.text("0123456789abcdef", min_size=2, max_size=4),
        st.none() | st.sampled_from(["Deep", "Deepa", "deep!", "The", "深度", "3D", "{", ""]) | st.text(max_size=20),
        st.lists(st.sampled_from(["Ann Lee", "Lee", "王小明", "{", ""]) | st.text(max_size=12), max_size=2).map(
            tuple
        ),
        st.none() | st.sampled_from([2020, 2021]),
        st.none() | st.sampled_from(["lee", "LEE", "deep", "a,b", ""]) | st.text(max_size=5),
    ),
    max_size=30,
    unique_by=lambda entry: entry.id,
)


@given(_ENTRIES, st.randoms(use_true_random=False))
@examples(200)
def test_keys_are_valid_unique_and_independent_of_the_order(entries: list[Entry], shuffler: random.Random) -> None:
    keys = citation_keys(entries)
    assert keys.keys() == {entry.id for entry in entries}
    assert len({key.casefold() for key in keys.values()}) == len(entries)
    assert all(re.fullmatch(r"[^\s,{}\"#%=~\\]+", key) for key in keys.values())
    pinned = {entry.id for entry in entries if entry.mark.citation_key}
    assert all(re.fullmatch(r"[a-z0-9]+", key) for paper, key in keys.items() if paper not in pinned)
    shuffled = list(entries)
    shuffler.shuffle(shuffled)
    assert citation_keys(shuffled) == keys


def test_many_clashing_keys_are_fast_enough() -> None:
    keys = citation_keys([_entry(f"{number:05}", "Deep", ("Ann Lee",)) for number in range(20_000)])
    assert len(set(keys.values())) == 20_000


def test_the_key_of_a_removed_paper_is_not_reused() -> None:
    assert citation_keys([_entry("1", "Deep", ("Ann Lee",))], used=["LeeDeep"]) == {"1": "leedeepa"}
    assert citation_keys([_entry("1", "Deep", pinned="LeeDeep")], used=["LeeDeep"]) == {"1": "LeeDeep"}
