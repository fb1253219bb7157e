from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.query.conftest import Shelf


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "aa01 aa02 bb03 bb04 bb05"),
        ("   ", "aa01 aa02 bb03 bb04 bb05"),
        ("*", "aa01 aa02 bb03 bb04 bb05"),
        # bare words: title, authors, abstract, tags, notes; all must hit; infix; folded
        ("nerf", "aa01 aa02"),
        ("NERF", "aa01 aa02"),
        ("adianc", "aa01"),
        ("mildenhall", "aa01"),
        ("bohr", "aa02"),
        ("classic", "aa01"),
        ("nerf wave", "aa02"),
        ("nerf diffusion", ""),
        ("first.txt", ""),
        # folding on both sides
        ("Schrodinger", "aa02"),
        ("SCHRÖDINGER", "aa02"),
        (r"Schr\"{o}dinger", "aa02"),
        (r'author:"Schr\"{o}dinger"', "aa02"),
        # phrases span line ends and double spaces, but not several authors
        ('"slow. we make"', "bb03"),
        ('"bohr about the cat"', "aa02"),
        ('"mildenhall pratul"', ""),
        ('"make slow"', ""),
        # prefix and fuzzy
        ("diff*", "bb03 bb05"),
        ("usion*", ""),
        ("~difusion", "bb03 bb05"),
        ("~xyzzy", ""),
        # regular expressions are over the text as written
        (r"/\b40%/", "bb03"),
        ("/^wave/", "aa02"),
        ("title:/fields$/", "aa01"),
        (r"author:/^(li|wei)\b/", "bb03 bb05"),
        ("tag:/^ml$/", "aa02"),
        ("cat:/^cs/", "aa01 bb03"),
        # operators: NOT before AND before OR
        ("wave OR diffusion", "aa02 bb03 bb05"),
        ("wave | diffusion", "aa02 bb03 bb05"),
        ("wave|relighting", "aa02 bb04"),
        ("nerf AND wave", "aa02"),
        ("nerf -wave", "aa01"),
        ("nerf !wave", "aa01"),
        ("nerf NOT wave", "aa01"),
        ("NOT nerf", "bb03 bb04 bb05"),
        ("relighting OR nerf wave", "aa02 bb04"),
        ("(relighting OR nerf) -wave", "aa01 bb04"),
        ("-(nerf OR diffusion)", "bb04"),
        ("--nerf", "aa01 aa02"),
        ("no and title", ""),
        ("no AND the title", "aa02"),
        # text fields
        ("title:nerf", "aa01"),
        ("TITLE:nerf", "aa01"),
        ("title:nerf,wave", "aa01 aa02"),
        ('title:="efficient diffusion"', "bb03"),
        ("title:=efficient", ""),
        ("title:diff*", "bb03 bb05"),
        ("author:liu", "bb05"),
        ("author:=wei", ""),
        ('author:="Wei Liu"', "bb05"),
        ("author:~schroedinger", "aa02"),
        ("author:~schxxxinger", ""),
        ("author:~shrodinger", "aa02"),
        ("abstract:nerf", "aa02"),
        ("note:cat", "aa02"),
        ("any:bohr", "aa02"),
        ('any:="li wang"', "bb03"),
        # tags nest
        ("tag:ml", "aa01 aa02"),
        ("tag:=ml", "aa02"),
        ("tag:ML/vision", "aa01"),
        ("tag:classic", "aa01"),
        ("tag:ml*", "aa01 aa02 bb03"),
        ("tag:vision", ""),
        ("tag:mlops,classic", "aa01 bb03"),
        ("tag:ml tag:classic", "aa01"),
        # categories: in full, short, by archive
        ("cat:cs.CV", "aa01"),
        ("cat:CV", "aa01"),
        ("cat:cv,ml", "aa01 bb04"),
        ("cat:cs", "aa01 bb03"),
        ("cat:quant-ph", "aa02"),
        ("cat:c", ""),
        ("-cat:cs", "aa02 bb04 bb05"),
        # dates; a date without year is in no year
        ("year:2023", "bb03"),
        ("year:2020,1926", "aa01 aa02"),
        ("year:>=2020", "aa01 bb03"),
        ("year:>2020", "bb03"),
        ("year:<2020", "aa02"),
        ("year:<=2020", "aa01 aa02"),
        ("year:2019..2023", "aa01 bb03"),
        ("year:2023..2019", "aa01 bb03"),
        ("year:..2020", "aa01 aa02"),
        ("year:2020..", "aa01 bb03"),
        ("date:2023-10", "bb03"),
        ("date:2023-10-26", "bb03"),
        ("date:=2023-10-26", "bb03"),
        ("date:2023-10-27", ""),
        ("date:1926", "aa02"),
        ("date:1926-01", ""),
        ("date:>2020-03", "bb03"),
        ("date:>=2020-03", "aa01 bb03"),
        ("date:2020-03-19..2023-10-26", "aa01 bb03"),
        ("date:..today", "aa01 aa02 bb03"),
        ("added:today", "bb04 bb05"),
        ("added:2d", "aa01 aa02 bb04 bb05"),
        ("added:<1w", "bb03"),
        ("added:3w..2w", "bb03"),
        ("added:1m", "aa01 aa02 bb03 bb04 bb05"),
        ("added:9999y..", "aa01 aa02 bb03 bb04 bb05"),
        ("read:1y", "aa01"),
        ("read:today", ""),
        ("no:date", "bb05"),
        ("no:year", "bb04 bb05"),
        # states
        ("is:read", "aa01"),
        ("status:read,skipped", "aa01 aa02"),
        ("is:unread", "bb04 bb05"),
        ("is:starred", "aa01"),
        ("is:snoozed", "bb03"),
        ("is:untitled", "bb04"),
        ("is:new", "bb04 bb05"),
        ("is:duplicate", "bb03 bb05"),
        ("has:note", "aa02"),
        ("has:tag", "aa01 aa02 bb03"),
        ("has:code", "aa01"),
        ("has:link", "bb03"),
        ("no:author", "bb04"),
        ("no:tag no:title", "bb04"),
        # places
        ("source:first", "aa01 aa02"),
        ('source:"other page.txt"', "aa02 bb03"),
        ("source:=first.txt", "aa01 aa02"),
        ("source:=first", ""),
        ("id:aa", "aa01 aa02"),
        ("id:BB05", "bb05"),
        ("id:cc9", "bb04"),
        ("id:a01", ""),
        # order and limit
        ("sort:year-desc limit:2", "bb03 aa01"),
        ("sort:title limit:3", "bb03 bb05 aa01"),
        # what a title looks like when it is pasted
        ("NeRF: Neural Radiance", "aa01"),
        ("O(n)", ""),
        ("(on gpus)", "bb03"),
    ],
)
def test_matches(shelf: Shelf, query: str, expected: str) -> None:
    found = shelf.find(query, sort=None if "sort:" in query else "catalogue")
    assert found == expected.split()


def test_words_in_quotes_are_no_operators(shelf: Shelf) -> None:
    assert shelf.find('"no" "AND"') == []
    assert shelf.find('"or" "wave"') == []


def test_a_saved_view_is_a_term(shelf: Shelf) -> None:
    shelf.saved |= {"old": "year:<2000", "later": "is:queued OR @old", "My tags": "has:tag sort:title limit:2"}
    assert shelf.find("@old") == ["aa02"]
    assert shelf.find("@later", sort="catalogue") == ["aa02", "bb03"]
    assert shelf.find("-@later nerf") == ["aa01"]
    assert shelf.find('@"my tags"') == ["bb03", "aa01"]
    assert shelf.find('@"My Tags" sort:year-asc') == ["aa02", "aa01"]
    assert shelf.find('@"my tags" *', sort="catalogue") == ["aa01", "aa02", "bb03"]


def test_relevance_puts_title_before_authors_tags_note_and_abstract(shelf: Shelf) -> None:
    assert shelf.find("nerf") == ["aa01", "aa02"]
    assert shelf.find("nerf sort:relevance-desc") == ["aa02", "aa01"]
    assert shelf.find("ml OR wave") == ["aa02", "aa01", "bb03"]
