"""What the hands of people know who come from vim, newsboat, mutt, less, aerc, lazygit or fzf, tried key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import opened_with
from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver
    from tui.paths import Paths

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

SIGNS = {" ": "space", ":": "colon", "/": "slash", "'": "apostrophe", "!": "exclamation_mark", "$": "dollar_sign",
         ".": "full_stop", "=": "equals_sign", "*": "asterisk", "+": "plus", "-": "minus", "?": "question_mark"}  # fmt: skip


@pytest.fixture(scope="module")
def opened_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty papers."""
    page = "".join(
        f"CVOct {1 + number % 28}, {2020 + number % 5}\nResults of the {number}th CampaignAda Larsen, Bo Li\n"
        f"We measure the {'glaciers' if number % 7 else 'harbours'} of campaign {number} and say what we found.\n"
        for number in range(30)
    )
    return opened_with(tmp_path_factory.mktemp("opened"), page)


def preset(home: Paths, name: str) -> Paths:
    config = home.seeds.parent / "config.toml"
    config.write_text(f'preset = "{name}"\nhints = false\n', encoding="utf-8")
    return home._replace(config=config)


async def do(driver: Driver, keys: str) -> None:
    """Press keys; names of keys stand in angles."""
    for piece in keys.replace("<", "\n<").replace(">", "\n").split("\n"):
        pressed = [piece[1:]] if piece.startswith("<") else [SIGNS.get(letter, letter) for letter in piece]
        await driver.press(*pressed)


Row = int
MOVES: dict[str, list[tuple[str, Row]]] = {
    "default": [
        ("gg", 0), ("G", 29), ("gg", 0), ("<end>", 29), ("<home>", 0), ("<ctrl+n>", 1), ("<ctrl+d>", 8),
        ("<ctrl+u>", 1), ("<ctrl+f>", 16), ("<ctrl+b>", 1), (":12<enter>", 11), (":$<enter>", 29), (":0<enter>", 0),
        ("/harbours<enter>", 0), ("n", 1), ("n", 2), ("N", 1), ("<escape><escape><escape>", 7), ("ma", 7),
        ("G", 29), ("'a", 7), ("''", 29), ("''", 7), ("|", 7), ("d<escape>", 7), ("ZZ", 7), ("g", 0), ("<tab>j<tab><tab>", 0),
    ],
    "vim": [
        ("5j", 5), ("2k", 3), ("G", 29), ("12G", 11), ("gg", 0), ("7gg", 6), ("gx", 6), ("zz", 6), ("3<escape>j", 7),
        ("10<ctrl+d>", 29), ("/harbours<enter>", 0), ("0", 0), ("g1", 0), ("d<escape>", 0), ("<ctrl+w>h<ctrl+w>l", 0),
    ],
    "newsboat": [("J", 1), ("K", 0), ("<end>", 29), ("<home>", 0), ("n", 1), ("p", 0), ("j", 1)],
}  # fmt: skip


@pytest.mark.parametrize("name", MOVES)
async def test_moving(open_app: OpenApp, home: Paths, name: str) -> None:
    async with open_app((100, 24), at=preset(home, name)) as driver:
        for keys, row in MOVES[name]:
            await do(driver, keys)
            assert driver.main_screen.workspace.papers.cursor == row, (keys, driver.news)
        assert not driver.main_screen.workspace.session.edits.history()
        assert driver.app.screen is driver.main_screen
        assert driver.main_screen.papers.has_focus


@pytest.mark.parametrize(("name", "keys"), [
    ("default", ":q<enter>"), ("default", ":q!<enter>"), ("default", ":wq<enter>"), ("default", ":x<enter>"),
    ("default", "q"), ("default", "Q"), ("default", "<ctrl+q>"),
    ("vim", "ZZ"), ("vim", "ZQ"), ("newsboat", "q"), ("newsboat", "Q"),
])  # fmt: skip
async def test_leaving(open_app: OpenApp, home: Paths, name: str, keys: str) -> None:
    async with open_app((80, 20), at=preset(home, name)) as driver:
        *first, last = [key for key in keys.replace("<", "\n<").split("\n") if key]
        for piece in (*first, last):
            pressed = [piece[1:-1]] if piece.startswith("<") else [SIGNS.get(letter, letter) for letter in piece]
            await driver.pilot.press(*pressed)
        await driver.until(lambda: driver.app.return_code == 0)


async def test_words_behind_a_colon(
    open_app: OpenApp, home: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app(at=preset(home, "default")) as driver:
        await do(driver, ":tag nerf<enter>")
        assert driver.current.mark.tags == ("nerf",)
        await do(driver, ":untag nerf<enter>:undo<enter>:undo<enter>:redo<enter>")
        assert driver.current.mark.tags == ("nerf",)
        await do(driver, ":w<enter>")
        assert driver.news == "everything is saved"
        await do(driver, ":sort year<enter>")
        assert driver.main_screen.workspace.query.sort == "year"
        await do(driver, ":set sort=title<enter>:sort foo<enter>")
        assert "no match" in driver.screen_text
        await do(driver, "<escape>:colorscheme nord<enter>")
        assert (driver.main_screen.workspace.query.sort, driver.app.theme) == ("title", "nord")
        await do(driver, ":/harbours<enter>")
        assert driver.query == "harbours"
        await do(driver, ":help undo<enter>")
        assert "Undo the last change" in driver.screen_text
        assert "Go to the next paper" not in driver.screen_text
        await do(driver, "<escape>:w refs.bib<enter><enter>")
        assert (tmp_path / "refs.bib").read_text(encoding="utf-8").count("@misc") == 5
        await do(driver, ":export csv<enter><enter>")
        assert (tmp_path / "readlist.csv").is_file()
        await do(driver, ":e<enter>words<escape>")
        assert driver.current.mark.note == "words"
        await do(driver, ":nohlsearch<enter>:hist<tab><enter>")
        assert "Restore the list to its state after" in driver.screen_text
        assert driver.query == ""


async def test_counts_in_the_preset_of_vim(open_app: OpenApp, home: Paths) -> None:
    async with open_app(at=preset(home, "vim")) as driver:
        await do(driver, "3r")
        assert [entry.mark.status for entry in driver.entries[:4]] == [Status.READ] * 3 + [Status.UNREAD]
        assert (driver.main_screen.workspace.papers.cursor, driver.main_screen.workspace.selection.ids) == (
            3,
            frozenset(),
        )
        assert len(driver.main_screen.workspace.session.edits.history()) == 1
        await do(driver, "2b2t")
        assert "Tags of 2 papers" in driver.screen_text
        await do(driver, "ml<enter><escape>2u")
        assert [entry.mark.tags for entry in driver.entries if entry.mark.tags or entry.mark.starred] == []
        await do(driver, "iread this<escape>v")
        assert driver.entries[3].mark.note == "read this"
        await do(driver, "2j")
        assert len(driver.main_screen.workspace.selection.ids) == 3


async def test_all_of_the_list_is_marked_read_as_in_newsboat(open_app: OpenApp, home: Paths) -> None:
    async with open_app(at=preset(home, "newsboat")) as driver:
        await do(driver, "N")
        assert (driver.entries[0].mark.status, driver.main_screen.workspace.papers.cursor) == (Status.READ, 1)
        await do(driver, "A")
        assert "mark 29 papers as read" in driver.screen_text
        await do(driver, "n")
        assert driver.main_screen.workspace.session.totals.progress()[0] == 1
        await do(driver, "Ay")
        assert driver.main_screen.workspace.session.totals.progress()[0] == 30
        await do(driver, "uA<escape>")
        assert driver.main_screen.workspace.session.totals.progress()[0] == 1
        await do(driver, "g")
        assert "Sort by" in driver.screen_text


async def test_the_space_bar_reads_on_as_in_pagers(open_app: OpenApp, home: Paths) -> None:
    async with open_app((60, 12), at=preset(home, "default")) as driver:
        detail = driver.main_screen.detail
        await do(driver, "<enter> ")
        assert detail.scroll_offset.y > 0
        while not detail.is_at_end:
            await do(driver, " ")
        assert driver.main_screen.workspace.papers.cursor == 0
        await do(driver, " ")
        assert (driver.main_screen.workspace.papers.cursor, detail.scroll_offset.y) == (1, 0)
        assert not driver.main_screen.workspace.selection.ids


async def test_the_line_is_put_in_the_middle(open_app: OpenApp, home: Paths) -> None:
    async with open_app((100, 16), at=preset(home, "vim")) as driver:
        papers = driver.main_screen.papers
        await do(driver, "15jzz")
        assert papers.cursor == 15
        assert papers.scroll_offset.y == 15 - papers.page // 2


async def test_control_w_goes_between_the_panes_as_in_vim(open_app: OpenApp, home: Paths) -> None:
    async with open_app(at=preset(home, "vim")) as driver:
        at = driver.main_screen
        for keys, pane in [("w", at.detail), ("h", at.papers), ("<ctrl+w>", at.detail), ("l", at.filters)]:
            await do(driver, f"<ctrl+w>{keys}")
            assert at.focused is pane, keys
        await do(driver, "<ctrl+w>x")
        assert driver.news == "Ctrl-w x is not bound (?: all keys)"
        assert at.focused is at.filters


async def test_tab_takes_what_is_typed_for_a_beginning(open_app: OpenApp, home: Paths) -> None:
    async with open_app(at=preset(home, "default")) as driver:
        await do(driver, "+nerf<enter>j+network<enter>jtne<tab><enter>")
        assert driver.current.mark.tags == ("network",)
        await do(driver, "tnerf<tab>other<tab><enter>")
        assert set(driver.current.mark.tags) == {"network", "nerf", "other"}


async def test_a_key_of_no_use_says_where_the_keys_are(open_app: OpenApp, home: Paths) -> None:
    async with open_app(at=preset(home, "default")) as driver:
        await do(driver, "ö")
        assert driver.news == "ö is not bound (?: all keys)"
        await do(driver, "Y")
        assert driver.news == "Y is not bound (y: Copy, ?: all keys)"
