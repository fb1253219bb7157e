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

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]

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


async def do(desk: Driver, keys: str) -> None:
    """Press keys; names of keys stand in angles."""
    for piece in keys.replace("<", "\n<").replace(">", "\n").split("\n"):
        pressed = [piece[1:]] if piece.startswith("<") else [SIGNS.get(letter, letter) for letter in piece]
        await desk.press(*pressed)


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
async def test_moving(open_desk: OpenDesk, home: Paths, name: str) -> None:
    async with open_desk((100, 24), at=preset(home, name)) as desk:
        for keys, row in MOVES[name]:
            await do(desk, keys)
            assert desk.desk.workspace.papers.cursor == row, (keys, desk.news)
        assert not desk.desk.workspace.session.edits.history()
        assert desk.app.screen is desk.desk
        assert desk.desk.papers.has_focus


@pytest.mark.parametrize(("name", "keys"), [
    ("default", ":q<enter>"), ("default", ":q!<enter>"), ("default", ":wq<enter>"), ("default", ":x<enter>"),
    ("default", "q"), ("default", "Q"), ("default", "<ctrl+q>"),
    ("vim", "ZZ"), ("vim", "ZQ"), ("newsboat", "q"), ("newsboat", "Q"),
])  # fmt: skip
async def test_leaving(open_desk: OpenDesk, home: Paths, name: str, keys: str) -> None:
    async with open_desk((80, 20), at=preset(home, name)) as desk:
        *first, last = [key for key in keys.replace("<", "\n<").split("\n") if key]
        for piece in (*first, last):
            pressed = [piece[1:-1]] if piece.startswith("<") else [SIGNS.get(letter, letter) for letter in piece]
            await desk.pilot.press(*pressed)
        await desk.until(lambda: desk.app.return_code == 0)


async def test_words_behind_a_colon(
    open_desk: OpenDesk, home: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_desk(at=preset(home, "default")) as desk:
        await do(desk, ":tag nerf<enter>")
        assert desk.current.mark.tags == ("nerf",)
        await do(desk, ":untag nerf<enter>:undo<enter>:undo<enter>:redo<enter>")
        assert desk.current.mark.tags == ("nerf",)
        await do(desk, ":w<enter>")
        assert desk.news == "everything is saved"
        await do(desk, ":sort year<enter>")
        assert desk.desk.workspace.query.sort == "year"
        await do(desk, ":set sort=title<enter>:sort foo<enter>")
        assert "no match" in desk.screen_text
        await do(desk, "<escape>:colorscheme nord<enter>")
        assert (desk.desk.workspace.query.sort, desk.app.theme) == ("title", "nord")
        await do(desk, ":/harbours<enter>")
        assert desk.query == "harbours"
        await do(desk, ":help undo<enter>")
        assert "Undo the last change" in desk.screen_text
        assert "Go to the next paper" not in desk.screen_text
        await do(desk, "<escape>:w refs.bib<enter><enter>")
        assert (tmp_path / "refs.bib").read_text(encoding="utf-8").count("@misc") == 5
        await do(desk, ":export csv<enter><enter>")
        assert (tmp_path / "readlist.csv").is_file()
        await do(desk, ":e<enter>words<escape>")
        assert desk.current.mark.note == "words"
        await do(desk, ":nohlsearch<enter>:hist<tab><enter>")
        assert "Restore the list to its state after" in desk.screen_text
        assert desk.query == ""


async def test_counts_in_the_preset_of_vim(open_desk: OpenDesk, home: Paths) -> None:
    async with open_desk(at=preset(home, "vim")) as desk:
        await do(desk, "3r")
        assert [entry.mark.status for entry in desk.entries[:4]] == [Status.READ] * 3 + [Status.UNREAD]
        assert (desk.desk.workspace.papers.cursor, desk.desk.workspace.selection.ids) == (3, frozenset())
        assert len(desk.desk.workspace.session.edits.history()) == 1
        await do(desk, "2b2t")
        assert "Tags of 2 papers" in desk.screen_text
        await do(desk, "ml<enter><escape>2u")
        assert [entry.mark.tags for entry in desk.entries if entry.mark.tags or entry.mark.starred] == []
        await do(desk, "iread this<escape>v")
        assert desk.entries[3].mark.note == "read this"
        await do(desk, "2j")
        assert len(desk.desk.workspace.selection.ids) == 3


async def test_all_of_the_list_is_marked_read_as_in_newsboat(open_desk: OpenDesk, home: Paths) -> None:
    async with open_desk(at=preset(home, "newsboat")) as desk:
        await do(desk, "N")
        assert (desk.entries[0].mark.status, desk.desk.workspace.papers.cursor) == (Status.READ, 1)
        await do(desk, "A")
        assert "mark 29 papers read" in desk.screen_text
        await do(desk, "n")
        assert desk.desk.workspace.session.totals.progress()[0] == 1
        await do(desk, "Ay")
        assert desk.desk.workspace.session.totals.progress()[0] == 30
        await do(desk, "uA<escape>")
        assert desk.desk.workspace.session.totals.progress()[0] == 1
        await do(desk, "g")
        assert "Sort by" in desk.screen_text


async def test_the_space_bar_reads_on_as_in_pagers(open_desk: OpenDesk, home: Paths) -> None:
    async with open_desk((60, 12), at=preset(home, "default")) as desk:
        detail = desk.desk.detail
        await do(desk, "<enter> ")
        assert detail.scroll_offset.y > 0
        while not detail.is_at_end:
            await do(desk, " ")
        assert desk.desk.workspace.papers.cursor == 0
        await do(desk, " ")
        assert (desk.desk.workspace.papers.cursor, detail.scroll_offset.y) == (1, 0)
        assert not desk.desk.workspace.selection.ids


async def test_the_line_is_put_in_the_middle(open_desk: OpenDesk, home: Paths) -> None:
    async with open_desk((100, 16), at=preset(home, "vim")) as desk:
        papers = desk.desk.papers
        await do(desk, "15jzz")
        assert papers.cursor == 15
        assert papers.scroll_offset.y == 15 - papers.page // 2


async def test_control_w_goes_between_the_panes_as_in_vim(open_desk: OpenDesk, home: Paths) -> None:
    async with open_desk(at=preset(home, "vim")) as desk:
        at = desk.desk
        for keys, pane in [("w", at.detail), ("h", at.papers), ("<ctrl+w>", at.detail), ("l", at.filters)]:
            await do(desk, f"<ctrl+w>{keys}")
            assert at.focused is pane, keys
        await do(desk, "<ctrl+w>x")
        assert desk.news == "Ctrl-w x is not bound (?: all keys)"
        assert at.focused is at.filters


async def test_tab_takes_what_is_typed_for_a_beginning(open_desk: OpenDesk, home: Paths) -> None:
    async with open_desk(at=preset(home, "default")) as desk:
        await do(desk, "+nerf<enter>j+network<enter>jtne<tab><enter>")
        assert desk.current.mark.tags == ("network",)
        await do(desk, "tnerf<tab>other<tab><enter>")
        assert set(desk.current.mark.tags) == {"network", "nerf", "other"}


async def test_a_key_of_no_use_says_where_the_keys_are(open_desk: OpenDesk, home: Paths) -> None:
    async with open_desk(at=preset(home, "default")) as desk:
        await do(desk, "ö")
        assert desk.news == "ö is not bound (?: all keys)"
        await do(desk, "Y")
        assert desk.news == "Y is not bound (y: Copy, ?: all keys)"
