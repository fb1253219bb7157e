"""The remembered first frame: it is true, nothing foreign reaches the terminal through it, and it leaves no trace."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import pyte
import pytest

from tests.reliability.conftest import _UNKNOWN_TO_PYTE, ROOT, TITLES, Model
from tui import first_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.reliability.conftest import Starter, Terminal

BEGIN, END = b"\x1b[?2026h\x1b[?1049h", b"\x1b[0m\x1b[?2026l"
TAKEN_OVER = b"\x1b[?1000h"  # Textual reads the keys from here on
SIZES = ((100, 30), (120, 40), (80, 24))
OTHER_VERSION = "import sys, tui; tui.__version__ = '9'; from tui.__main__ import main; sys.exit(main())"

SHOW_ONLY = "import sys; from tui import first_frame as it; it.show(sys.argv[1:]); it.withdraw()"

OFTEN_KEPT = (
    "import sys; from tui.app import remembered_frame as it; it._REST = 0.2; sys.argv[1:] = []\n"
    "from tui.__main__ import main; sys.exit(main())"
)

FIRST_WORDS = sorted({title.split()[0] for title in TITLES})

Cells = list[list[tuple[object, ...]]]


def shown_first(terminal: Terminal) -> bytes:
    """The remembered frame that a program wrote, or nothing if it began with a frame of its own."""
    terminal.until(lambda: TAKEN_OVER in terminal.output or terminal.has_ended())
    output = bytes(terminal.output)
    return output[: output.index(END) + len(END)] if output.startswith(BEGIN) else b""


def cells(terminal: Terminal, output: bytes) -> Cells:
    """Every cell of a terminal after some output: its letter, colours and attributes."""
    model = Model(terminal.columns, terminal.rows)
    pyte.ByteStream(model).feed(_UNKNOWN_TO_PYTE.sub(b"", output))
    return [
        [
            (cell.data, cell.fg, cell.bg, cell.bold, cell.italics, cell.underscore, cell.reverse, cell.strikethrough)
            for cell in (model.buffer[y][x] for x in range(terminal.columns))
        ]
        for y in range(terminal.rows)
    ]


def settled(terminal: Terminal) -> Cells:
    """The cells once the program has drawn its own frame and rests."""
    terminal.until(lambda: len(terminal.output) - terminal.output.find(TAKEN_OVER) > 2_000)
    terminal.rest(0.4)
    return cells(terminal, bytes(terminal.output))


def left(start: Starter, keys: str = "", size: tuple[int, int] = (100, 30), *words: str) -> None:
    """Open the screen, press keys, and quit."""
    terminal = start(*words, size=size)
    settled(terminal)
    terminal.type(keys)
    terminal.rest()
    terminal.type("\x11")
    assert terminal.end() == 0, [log.read_text(encoding="utf-8") for log in start.home.glob("data/crash-*.log")]
    assert terminal.left_on() == []


def frame_of(start: Starter) -> Path:
    return start.home / "data" / first_frame.FILE_NAME


def marked(start: Starter, *words: str) -> None:
    """Run a subcommand."""
    subprocess.run(
        [sys.executable, "-m", "tui", *words], env=start.environ({}), cwd=ROOT, check=True, capture_output=True
    )


def test_it_is_what_the_start_draws(start: Starter) -> None:
    before = None
    for keys in (
        "",
        "jjjb",
        "G",
        "\x1b[6~kk",
        " j ",
        "rrr",
        "Pp",
        "sd",
        "tnew\r",
        "/sparse\r",
        "jjjx\x1b",
        "\tjj",
        "",
    ):
        terminal = start()
        frame = shown_first(terminal)
        drawn = settled(terminal)
        assert terminal.output.count(b"\x1b[?1049h") == 1
        if frame:
            assert cells(terminal, frame) == drawn, f"left after {before!r}"
        assert frame or before in {None, "\tjj"}  # never opened, or left from another pane
        terminal.type(keys)
        terminal.rest()
        terminal.type("\x11")
        assert terminal.end() == 0
        assert terminal.left_on() == []
        before = keys


def test_it_is_kept_while_the_screen_rests(start: Starter) -> None:
    terminal = start.script(OFTEN_KEPT)
    terminal.shows(f" of {len(TITLES)}")
    terminal.type("jjj")
    kept = frame_of(start)
    terminal.until(lambda: kept.exists() and "4 of 30" in kept.read_text(encoding="utf-8"))
    terminal.send(signal.SIGKILL)
    terminal.end()
    again = start()
    frame = shown_first(again)
    assert frame
    assert cells(again, frame) == settled(again)
    assert again.position() == "4 of 30"


def rewritten(text: str, line: int, new: str) -> str:
    """A frame with another line and the right checksum."""
    magic, state, _, *rows = text.split("\n")
    rows[line] = new
    return "\n".join((magic, state, str(crc32("\n".join((state, *rows)).encode())), *rows))


FOREIGN: dict[str, Callable[[str], str]] = {
    "cut": lambda text: text[: len(text) // 2],
    "empty": lambda _: "",
    "other letters": lambda text: text.replace("Sparse", "Spurse"),
    "a title for the window": lambda text: rewritten(text, 3, "\x1b]0;owned\x07"),
    "a question": lambda text: rewritten(text, 3, "\x1b[6n"),
    "a mode": lambda text: rewritten(text, 3, "\x1b[?1000hm"),
    "a control": lambda text: rewritten(text, 3, "a\x08b"),
    "an eight-bit control": lambda text: rewritten(text, 3, "a\x9b6nb"),
    "turned": lambda text: rewritten(text, 3, "a\u202eb"),
    "marks": lambda text: rewritten(text, 3, "a" + "\u0301" * 50),
    "one line more": lambda text: rewritten(text, 3, "a\nb"),
    "too long": lambda text: rewritten(text, 3, "a" * 2_000_000),
}


def shown_by_itself(start: Starter, *words: str, environ: Mapping[str, str] | None = None) -> bytes:
    """What a program writes that shows the remembered frame as readlist does, and ends before it loads the list."""
    terminal = start(command=[sys.executable, "-c", SHOW_ONLY, *words], environ=environ)
    assert terminal.end() == 0
    terminal.rest(0.01)
    assert terminal.left_on() == []
    return bytes(terminal.output)


def test_a_damaged_or_foreign_frame_is_not_shown(start: Starter) -> None:
    left(start)
    frame = frame_of(start)
    sound = frame.read_text(encoding="utf-8")
    assert shown_by_itself(start).startswith(BEGIN)
    for kind, change in FOREIGN.items():
        frame.write_text(change(sound), encoding="utf-8")
        assert shown_by_itself(start) == b"", kind
    frame.write_text(sound, encoding="utf-8")
    assert shown_by_itself(start).startswith(BEGIN)


@pytest.mark.parametrize("kind", ["other letters", "a title for the window"])
def test_the_list_opens_in_spite_of_a_foreign_frame(kind: str, start: Starter) -> None:
    left(start)
    frame = frame_of(start)
    frame.write_text(FOREIGN[kind](frame.read_text(encoding="utf-8")), encoding="utf-8")
    terminal = start()
    assert not shown_first(terminal)
    assert b"owned" not in terminal.output
    terminal.shows("1 of 30")
    terminal.type("q")
    assert terminal.end() == 0


def readable_by_others(frame: Path) -> None:
    frame.chmod(0o644)


def a_link(frame: Path) -> None:
    frame.symlink_to(frame.rename(frame.with_name("moved")))


def a_pipe(frame: Path) -> None:
    frame.unlink()
    os.mkfifo(frame)


def a_folder(frame: Path) -> None:
    frame.unlink()
    frame.mkdir()


def test_a_frame_that_others_may_have_written_is_not_shown(start: Starter) -> None:
    left(start)
    frame = frame_of(start)
    assert frame.stat().st_mode & 0o777 == 0o600
    sound = frame.rename(frame.with_name("sound"))
    for change in (readable_by_others, a_link, a_pipe, a_folder):
        shutil.copy2(sound, frame)
        assert shown_by_itself(start).startswith(BEGIN)
        change(frame)
        assert shown_by_itself(start) == b"", change
        if change is not a_folder:
            frame.unlink()
    terminal = start()
    assert not shown_first(terminal)
    terminal.shows("1 of 30")
    terminal.type("q")
    assert terminal.end() == 0


class Settings(NamedTuple):
    """How to start."""

    command: list[str] | None = None
    environ: Mapping[str, str] = MappingProxyType({})
    size: tuple[int, int] = SIZES[0]


def mark(start: Starter, dice: Random) -> Settings:
    marked(start, "mark", "--status", dice.choice(["read", "queued"]), "--yes", f"title:{dice.choice(FIRST_WORDS)}")
    return Settings()


def tag(start: Starter, dice: Random) -> Settings:
    marked(start, "tag", "--add", dice.choice("abc"), "--yes", f"title:{dice.choice(FIRST_WORDS)}")
    return Settings()


def configure(start: Starter, dice: Random) -> Settings:
    config = start.home / ".config" / "readlist" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(dice.choice(['theme = "readlist-light"\n', "hints = false\n", 'theme = "nord"\n']), "utf-8")
    return Settings()


def damage(start: Starter, dice: Random) -> Settings:
    frame = frame_of(start)
    if frame.exists():
        frame.write_text(FOREIGN[dice.choice(list(FOREIGN))](frame.read_text(encoding="utf-8")), encoding="utf-8")
    return Settings()


def add_listing(start: Starter, dice: Random) -> Settings:
    text = f"CVOct 3, 2023\nPaper {dice.random()} of SomebodyMaria Garcia\nWe study it at length.\n"
    (start.home / "seeds" / "more.txt").write_text(text, encoding="utf-8")
    return Settings()


CHANGES: tuple[Callable[[Starter, Random], Settings], ...] = (
    mark,
    tag,
    configure,
    damage,
    add_listing,
    lambda *_: Settings(environ={"COLORTERM": "truecolor"}),
    lambda *_: Settings(environ={"NO_COLOR": "1"}),
    lambda _, dice: Settings(environ={"TZ": dice.choice(["UTC-14", "UTC+12"])}),  # another day, at most hours
    lambda *_: Settings(command=[sys.executable, "-c", OTHER_VERSION]),
    lambda *_: Settings(command=[sys.executable, "-m", "tui", "--ascii"]),
    lambda _, dice: Settings(size=dice.choice(SIZES)),
    lambda *_: Settings(),
)


@pytest.mark.parametrize("starts", [6, pytest.param(200, marks=pytest.mark.slow)])
def test_it_is_never_false(starts: int, start: Starter) -> None:
    dice = Random(starts)  # noqa: S311 - reproducible on purpose
    remembered = 0
    settings = Settings()
    left(start)
    for number in range(starts):
        if dice.random() < 0.5:
            settings = dice.choice(CHANGES)(start, dice)
        terminal = start(command=settings.command, environ=settings.environ, size=settings.size)
        frame = shown_first(terminal)
        drawn = settled(terminal)
        if frame:
            remembered += 1
            assert cells(terminal, frame) == drawn, number
        for _ in range(dice.randrange(4)):
            terminal.type(
                dice.choice(["j", "G", "r", "b", " ", "/dense\r", "0", "u", "M", "f", "\x1b", "e", "\x1b[6~"])
            )
            terminal.rest(0.1)
        if dice.random() < 0.2:
            terminal.send(dice.choice([signal.SIGTERM, signal.SIGKILL, signal.SIGHUP]))
        else:
            terminal.type("\x11")
        terminal.end()
    assert remembered >= starts // 4


@pytest.mark.parametrize("rounds", [6, pytest.param(200, marks=pytest.mark.slow)])
def test_signals_and_keys_in_the_first_moments(rounds: int, start: Starter) -> None:
    left(start)
    dice = Random(rounds)  # noqa: S311 - reproducible on purpose
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT, signal.SIGKILL)
    for round_ in range(rounds):
        number = numbers[round_ % len(numbers)]
        terminal = start()
        end = time.monotonic() + dice.uniform(0.0, 0.3)
        while time.monotonic() < end:
            terminal.type(dice.choice("jk"))
            terminal.pump(0.02)
        terminal.send(number)
        status = terminal.end()
        # Python itself ends in its own way as long as the program has not begun.
        assert status in {128 + number, -number} or not terminal.output.startswith(BEGIN)
        if number is not signal.SIGKILL:
            assert terminal.left_on() == []
    left(start)
    assert start.steps() == 0


def test_keys_typed_at_the_first_moment_are_taken_in_order_and_do_not_echo(start: Starter) -> None:
    left(start)
    terminal = start()
    terminal.until(lambda: END in terminal.output)
    assert TAKEN_OVER not in terminal.output
    terminal.type("jb/den\r")
    terminal.shows("of 5 ")
    terminal.rest()
    assert "den" in terminal.screen().splitlines()[0]
    assert "den" not in "".join(terminal.screen().splitlines()[1:])
    terminal.type("q")
    assert terminal.end() == 0
    assert start.kept()[1] == 1


@pytest.mark.parametrize("is_remembered", [True, False])
def test_many_keys_typed_before_the_program_listens_are_keys(is_remembered: bool, start: Starter) -> None:
    left(start)
    if not is_remembered:
        frame_of(start).unlink()
    terminal = start()
    terminal.type("jbjbjrb+ml\rkk/grasp\r")
    assert TAKEN_OVER not in terminal.output
    terminal.shows("of 6 ")
    terminal.type("q")
    assert terminal.end() == 0
    assert start.kept()[1] == 3
    assert start.steps() == 5


@pytest.mark.parametrize("keys", ["q", "\x11", "jjq"])
def test_quitting_at_the_first_moment(keys: str, start: Starter) -> None:
    left(start)
    terminal = start()
    terminal.until(lambda: END in terminal.output)
    terminal.type(keys)
    assert terminal.end() == 0
    assert terminal.left_on() == []
    assert start.kept()[0] == ("Sparse Grasping at Scale" if "jj" in keys else TITLES[0])


def test_a_failing_start_restores_the_terminal_and_says_why(start: Starter) -> None:
    left(start)
    code = (
        "import sys; from tui.app import app; from tui.errors import ReadlistError\n"
        "def broken(*_, **__): raise ReadlistError('it is broken')\n"
        "app.ReadlistApp.__init__ = broken\n"
        "from tui.__main__ import main; sys.argv[1:] = []; sys.exit(main())"
    )
    terminal = start.script(code)
    assert terminal.end() == 70
    terminal.rest(0.05)
    assert terminal.output.startswith(BEGIN)
    assert terminal.output.find(b"\x1b[?1049l") < terminal.output.find(b"it is broken")
    assert terminal.left_on() == []


def test_an_interrupt_in_a_callback_of_an_import_ends_the_start(start: Starter) -> None:
    left(start)
    code = (
        "import os, signal, sys, weakref\n"
        "class Watch:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'textual':\n"
        "            thing = Watch()\n"
        "            ref = weakref.ref(thing, lambda _: os.kill(os.getpid(), signal.SIGINT))\n"
        "            del thing\n"
        "sys.meta_path.insert(0, Watch())\n"
        "from tui.__main__ import main; sys.argv[1:] = []; sys.exit(main())"
    )
    terminal = start.script(code)
    assert terminal.end() == -signal.SIGINT
    assert terminal.output.startswith(BEGIN)
    assert b"Traceback" not in terminal.output
    assert terminal.left_on() == []


def test_a_terminal_stopped_at_the_first_moment_goes_on(start: Starter) -> None:
    left(start)
    terminal = start()
    terminal.until(lambda: END in terminal.output)
    terminal.send(signal.SIGTSTP)
    terminal.until(lambda: terminal.state() == "T")
    assert terminal.left_on() == []
    terminal.send(signal.SIGCONT)
    terminal.until(lambda: TAKEN_OVER in terminal.output)
    settled(terminal)
    terminal.type("j")
    terminal.shows("2 of 30")
    terminal.type("q")
    assert terminal.end() == 0
    assert terminal.left_on() == []


BIB = "@article{a, title = {Rivers Under Glass}, author = {Lee, Ann}, year = 2020}\n"
CONFIG = """
default_list = "ideas"
[lists.ideas]
data = "elsewhere"
"""


def show_then_settle(start: Starter, *words: str, environ: Mapping[str, str] | None = None) -> tuple[bool, str]:
    """Start the screen and leave it; whether a remembered frame was shown, which must be true, and all text."""
    terminal = start(*words, environ=environ)
    frame = shown_first(terminal)
    drawn = settled(terminal)
    if frame:
        assert cells(terminal, frame) == drawn
    text = bytes(terminal.output).decode("utf-8", "replace")
    terminal.type("\x11")
    assert terminal.end() == 0
    return bool(frame), text


@pytest.mark.parametrize("is_default", [False, True], ids=["named", "default_list"])
def test_every_list_has_a_frame_of_its_own(is_default: bool, start: Starter) -> None:
    refs = start.home / "refs.bib"
    refs.write_text(BIB, encoding="utf-8")
    config = start.home / ".config" / "readlist" / "config.toml"
    environ: dict[str, str] = {}
    words: tuple[str, ...] = () if is_default else ("-l", "ideas")
    if is_default:
        config.parent.mkdir(parents=True)
        config.write_text(CONFIG, encoding="utf-8")
        environ["READLIST_DATA"] = ""
        environ["XDG_DATA_HOME"] = str(start.home / "share")
    marked(start, "new", "ideas", str(refs))
    assert show_then_settle(start, *words, environ=environ)[0] is False
    was_shown, text = show_then_settle(start, *words, environ=environ)
    assert was_shown
    assert "Rivers" in text
    if not is_default:
        for other_words, other_environ in ((("--list=ideas",), {}), ((), {"READLIST_LIST": "ideas"})):
            assert b"Rivers" in shown_by_itself(start, *other_words, environ=other_environ)
    assert shown_by_itself(start) == b"", "the main list is not shown by the frame of another"
    other = start.home / "data" / "lists" / "ideas"
    folder = other if other.is_dir() else config.parent / "elsewhere"
    (folder / "listings" / "more.txt").write_text("Abstract: A paper about nothing but tests.\n", encoding="utf-8")
    assert show_then_settle(start, *words, environ=environ)[0] is False


def test_a_frame_is_not_shown_under_another_name_or_after_a_linked_file_changed(start: Starter) -> None:
    refs = start.home / "refs.bib"
    refs.write_text(BIB, encoding="utf-8")
    marked(start, "import", "--link", str(refs))
    show_then_settle(start)
    assert show_then_settle(start)[0] is True
    refs.write_text(BIB.replace("Glass", "Ice and Snow"), encoding="utf-8")
    assert show_then_settle(start)[0] is False
    assert show_then_settle(start)[0] is True
    frame = frame_of(start)
    other = start.home / "data" / "lists" / "copy"
    marked(start, "new", "copy", str(refs))
    show_then_settle(start, "-l", "copy")
    (other / first_frame.FILE_NAME).write_bytes(frame.read_bytes())
    assert show_then_settle(start, "-l", "copy")[0] is False


def test_a_list_that_there_is_not_shows_nothing(start: Starter) -> None:
    left(start)
    assert shown_by_itself(start).startswith(BEGIN)
    for words in (["-l", "../x"], ["-l", "a/b"], ["-l", "nothing-here"], ["--list"]):
        assert shown_by_itself(start, *words) == b"", words
        terminal = start(*words)
        assert terminal.end() != 0
        assert b"?1049h" not in terminal.output
