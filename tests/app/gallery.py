"""Golden pictures of every screen, of the real program with the sample sources.

``python -m tests.app.gallery`` regenerates them in ``tests/app/pictures``; review the diff before committing.
``python -m tests.app.gallery NAME...`` regenerates the tours of these names.
``python -m tests.app.gallery --svg FOLDER`` draws every screen at three sizes in dark, light and without colours, as
images to look at; nothing of it is kept.

The letters of all scenes are in three files, so that a reworded text changes few of them. The styles are in one file a
theme: for each line its styles from left to right, without their lengths, which depend on the letters. A tour runs the
program once, and returns to the list after each picture.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import defaultdict
from contextlib import ExitStack, chdir, contextmanager
from datetime import datetime, tzinfo
from io import StringIO
from itertools import count, groupby
from pathlib import Path
from string import ascii_letters
from typing import TYPE_CHECKING, NamedTuple, Self
from unittest.mock import patch

from rich.console import Console
from rich.segment import Segment, Segments
from textual.widgets import Input, TextArea

from tests.support.fast_pilot import timers_skip_waits, until_idle
from tests.support.screen_driver import shown_lines
from tests.support.skipping_loop import run
from tui.app.app import ReadlistApp
from tui.app.screens.busy import BusyDialog
from tui.errors import WriteError
from tui.model.edit import Edit
from tui.model.mark import Status
from tui.paths import Paths, sample_listings
from tui.session.edits import Edits
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rich.style import Style
    from textual.pilot import Pilot
    from textual.strip import Strip

    Pictures = dict[tuple[str, str], str]  # by file and name

ROOT = Path(__file__).resolve().parents[2]
PICTURES = Path(__file__).with_name("pictures")
_PLAIN = {"NO_COLOR": "1"}
_HEADING = "=== "
_KEY_NAMES = {"_": "space", ":": "colon", "-": "minus", "/": "slash"}


class Scene(NamedTuple):
    """One picture.

    Attributes:
        name: what it shows.
        keys: the keys to press from the list; a word after ``'`` is typed, with ``_`` for spaces.
        back: the keys to return to the list.
    """

    name: str
    keys: str
    back: str = "escape"


class Tour(NamedTuple):
    """Pictures of one run of the program.

    Attributes:
        size: columns and rows.
        scenes: the pictures, in order.
        kind: suffix of the names, besides the size.
        letters: name of the file of its letters; empty if they are those of another tour.
        styles: name of the file of its styles; empty if they are those of another tour.
        theme: the theme.
        ascii_only: run as with ``--ascii``.
        environ: additional environment variables.
        at: ``lived``, a list with marks; ``new``, a new list; ``read-only``; ``refused``, a full disk; ``waiting``,
            during a long import.
    """

    size: tuple[int, int]
    scenes: tuple[Scene, ...]
    kind: str = ""
    letters: str = "other"
    styles: str = ""
    theme: str = "readlist-dark"
    ascii_only: bool = False
    environ: Mapping[str, str] = {}
    at: str = "lived"

    @property
    def name(self) -> str:
        """The name of the tour."""
        columns, rows = self.size
        return "-".join(filter(None, (f"{columns}x{rows}", self.kind)))


# The last scenes change the list.
EVERY_SCREEN = (
    Scene("list", "j j j j j", ""),
    Scene("filter", "f"),
    Scene("detail", "tab"),
    Scene("full-width", "enter"),
    Scene("query", "slash 'nerf"),
    Scene("completions", "slash 'is:re tab tab", "escape escape"),
    Scene("caret", "slash 'nerf_yeer:2020"),
    Scene("found", "slash 'radiance enter"),
    Scene("nothing", "slash 'nerf_zzzz enter"),
    Scene("selection", "g space space j space"),
    Scene("tags", "g j t"),
    Scene("tags-of-some", "g space space space t", "escape escape"),
    Scene("new-tag", "t 'neur"),
    Scene("add-tag", "plus 'sp"),
    Scene("tag-manager", "M"),
    Scene("tag-verbs", "M enter"),
    Scene("status", "R"),
    Scene("sort", "s"),
    Scene("copy", "y"),
    Scene("export", "x"),
    Scene("export-file", "x enter"),
    Scene("export-losses", "x enter ctrl+l", "escape escape"),
    Scene("import-file", "X"),
    Scene("path-names", "X 're tab"),
    Scene("import", "X 'refs.bib enter", ""),
    Scene("keywords", "t", "escape escape"),
    Scene("new-paper", "ctrl+a"),
    Scene("attach", "left_parenthesis"),
    Scene("own-commands", "backslash"),
    Scene("lists", "ctrl+g"),
    Scene("fill", "ampersand 'records.bib enter"),
    Scene("sources", "dollar_sign"),
    Scene("source", "dollar_sign enter"),
    Scene("views", "w"),
    Scene("save-view", "slash 'radiance enter W", "escape escape"),
    Scene("history", "U"),
    Scene("paper-history", "g j H"),
    Scene("correct", "c"),
    Scene("note", "e"),
    Scene("related", "a"),
    Scene("insight", "I"),
    Scene("duplicates", "D"),
    Scene("help", "question_mark"),
    Scene("help-search", "question_mark 'tag"),
    Scene("palette", "ctrl+p"),
    Scene("theme", "C"),
    Scene("triage", "T"),
    Scene("marked", "r", ""),
    Scene("triage-done", "G v k k T y n l"),
)
# Drawn, but not kept: it shows the path of a temporary folder.
PDF_SEARCH = Scene("pdfs", "circumflex_accent enter")
_BY_NAME = {scene.name: scene for scene in EVERY_SCREEN}
THE_DESK = tuple(_BY_NAME[name] for name in ("list", "filter", "detail", "found", "selection"))
TYPICAL = tuple(_BY_NAME[name] for name in ("list", "detail", "selection", "tags", "status", "export"))
ONE = (Scene("list", "", ""),)
TOURS = {
    tour.name: tour
    for tour in (
        Tour((120, 40), EVERY_SCREEN, letters="120x40", styles="dark"),
        Tour((80, 24), EVERY_SCREEN, letters="80x24"),
        Tour((200, 60), THE_DESK),
        Tour((100, 30), ONE),
        Tour((300, 80), ONE),
        Tour((40, 10), ONE),
        Tour((39, 10), ONE),
        Tour((120, 40), TYPICAL, "light", letters="", styles="light", theme="readlist-light"),
        Tour((120, 40), TYPICAL, "no-color", styles="no-color", environ={"NO_COLOR": "1"}),
        Tour((120, 40), TYPICAL, "ascii", ascii_only=True),
        Tour((80, 24), ONE, "ascii-no-color", ascii_only=True, environ={"NO_COLOR": "1"}),
        Tour((80, 24), ONE, "first-run", at="new"),
        Tour((80, 24), ONE, "read-only", at="read-only"),
        Tour((80, 24), (Scene("star", "b", ""),), "not-saved", at="refused"),
        Tour((120, 40), ONE, "taking-in", at="waiting"),
        Tour((80, 24), ONE, "taking-in", at="waiting"),
    )
}


# Two valid records to import, and an invalid one.
RECORDS = """\
@inproceedings{a, title = {Multigrid Neural Memory}, author = {Huynh, Tri and Maire, Michael and Walter, Matthew R.},
 booktitle = {International Conference on Machine Learning}, pages = {4561--4571}, year = 2020}
@inproceedings{b, title = {Neural Diffusion Processes}, author = {Dutordoir, Vincent and Saul, Alan},
 booktitle = {International Conference on Machine Learning}, doi = {10.1000/ndp}, year = 2023}
"""
REFERENCES = """\
@article{vaswani2017, title={Attention Is All You Need}, author={Vaswani, Ashish and Shazeer, Noam}, year={2017},
  keywords={transformers, attention}}
@article{kerbl2023, title={{3D} Gaussian Splatting}, author={Kerbl, Bernhard}, year={in press 2023}}
@book{nothing, year={2001}}
"""
# A folder with PDFs, and commands of the user's own.
SETTINGS = """\
[pdf]
folders = ["papers"]

[commands.send]
run = ["mail", "--attach", "{pdf}"]
key = "ctrl+t"

[commands."word count"]
run = ["wc"]
"""
PDFS = ("Latent Intrinsics Emerge from Training to Relight.pdf", "scan 17.pdf")


class _Clock(datetime):
    """A stopped clock."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(2026, 3, 4, 12, 0, tzinfo=tz)


@contextmanager
def fixed_environment(environ: Mapping[str, str]) -> Iterator[None]:
    """Fix the time, time zone and terminal, so that pictures are reproducible."""
    clean = {
        name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TMUX", "COLUMNS", "LINES"}
    }
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TZ": "UTC"}
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, {**clean, **terminal, **environ}, clear=True))
        stack.enter_context(patch("tui.session.session.datetime", _Clock))
        stack.enter_context(patch("tui.session.insights.datetime", _Clock))
        stack.enter_context(patch("tui.app.triage.monotonic", lambda: 0.0))
        yield


def live_in(data: Path) -> None:
    """Create a list with marks and views."""
    session = Session.open(Paths(data, sample_listings()))
    ids = session.ids()

    def mark(places: Sequence[int], **what: object) -> None:
        session.edits.mark([ids[place] for place in places], Edit(**what))  # type: ignore[arg-type]

    mark(range(0, 9, 2), status=Status.READ)
    mark((3, 11, 30, 31), status=Status.SKIPPED)
    mark((1, 5, 22, 40, 41), status=Status.QUEUED)
    mark((7,), status=Status.READING)
    mark((1, 5, 7, 13, 26), starred=True)
    mark((1, 2, 5, 9, 13), add_tags=("3d/nerf",))
    mark((1, 4, 12), add_tags=("3d",))
    mark((5, 7, 14, 15, 33), add_tags=("llm",))
    mark((9, 10), add_tags=("spectral", "theory"))
    mark((20, 21, 22), add_tags=("to-read-soon",))
    mark((1,), append_note="Compare Section 4 with **CacheGen**.\n\n- speed\n- memory")
    mark((7,), append_note="For chapter 3.")
    session.saved_views.save("thesis", "tag:3d is:queued")
    session.saved_views.save("vision 2023", "cat:cs.CV year:2023 is:unread")
    session.close()


async def take(
    tour: Tour, lived: Path, drawings: Sequence[tuple[str, Callable[[Sequence[Strip]], str]]] = ()
) -> Pictures:
    """The pictures of a tour.

    Args:
        tour: the tour.
        lived: the data folder of a list with marks; it is copied.
        drawings: for each picture of a scene its file and the function that draws it; by default letters and styles.
    """
    drawings = drawings or [*zip(files_of(tour), (_letters, _styles), strict=True)]
    found: Pictures = {}
    with tempfile.TemporaryDirectory() as folder, fixed_environment(tour.environ), ExitStack() as stack:
        data = Path(folder) / "data"
        stack.enter_context(chdir(folder))
        Path("refs.bib").write_text(REFERENCES, encoding="utf-8")
        Path("records.bib").write_text(RECORDS, encoding="utf-8")
        Path("config.toml").write_text(SETTINGS, encoding="utf-8")
        Path("papers").mkdir()
        for name in PDFS:
            Path("papers", name).write_bytes(b"%PDF-1.4")
        if tour.at != "new":
            shutil.copytree(lived, data)
        if tour.at == "read-only":
            stack.enter_context(patch.object(Session, "read_only", True))
        if tour.at == "refused":
            refusal = WriteError("No space left on device: marks.journal", "make room")
            stack.enter_context(patch.object(Edits, "mark", side_effect=refusal))
        app = ReadlistApp(Paths(data, sample_listings(), Path("config.toml").absolute()), ascii_only=tour.ascii_only)
        stack.enter_context(timers_skip_waits())
        async with app.run_test(size=tour.size) as pilot:
            app.theme = tour.theme
            await _settle(app)
            if tour.at == "waiting":
                await app.push_screen(BusyDialog("Importing refs.bib", "Taking in 10000 records …"))
            for scene in tour.scenes:
                await _press(app, pilot, scene.keys)
                for file, draw in drawings:
                    if file:
                        found[file, f"{tour.name}-{scene.name}"] = draw(shown_lines(app))
                await _press(app, pilot, scene.back)
    return found


async def _press(app: ReadlistApp, pilot: Pilot[int], keys: str) -> None:
    for word in keys.split():
        if word.startswith("'"):
            await pilot.press(*(_KEY_NAMES.get(character, character) for character in word[1:]))
        else:
            await pilot.press(word)
    await _settle(app)


async def _settle(app: ReadlistApp) -> None:
    """Wait until the app is idle, with cursors that do not blink."""
    await until_idle(app)
    for typed in (*app.screen.query(Input), *app.screen.query(TextArea)):
        typed.cursor_blink = False
    await until_idle(app)


def _letters(lines: Sequence[Strip]) -> str:
    return "\n".join(strip.text.rstrip() for strip in lines).rstrip()


def _styles(lines: Sequence[Strip]) -> str:
    """For each line its styles from left to right, by letters; and what these stand for."""
    fresh = (letter + (str(number) if number else "") for number in count() for letter in ascii_letters)
    names: defaultdict[str, str] = defaultdict(lambda: next(fresh))
    rows = []
    for strip in lines:
        runs = groupby(names[_describe(segment.style)] for segment in strip if segment.cell_length)
        rows.append(" ".join(name for name, _ in runs))
    repeated = (f"{len([*same])} x {row}" for row, same in groupby(rows))
    return "\n".join([*repeated, *(f"{name} = {style}" for style, name in names.items())])


def _svg(lines: Sequence[Strip]) -> str:
    """The screen as an SVG image."""
    console = Console(
        width=lines[0].cell_length, file=StringIO(), record=True, force_terminal=True, color_system="truecolor"
    )
    for strip in lines:
        console.print(Segments([*strip, Segment.line()]), end="")
    return console.export_svg(title="readlist")


def _describe(style: Style | None) -> str:
    if style is None:
        return "-"
    colours = [colour.name if colour else "-" for colour in (style.color, style.bgcolor)]
    marks = [name for name in ("bold", "dim", "italic", "underline", "reverse", "strike") if getattr(style, name)]
    return " ".join([f"{colours[0]} on {colours[1]}", *marks])


def _draw_all(folder: Path) -> None:
    """Draw every screen at three sizes in three looks."""
    folder.mkdir(parents=True, exist_ok=True)
    looks: tuple[tuple[str, str, Mapping[str, str]], ...]
    looks = (("dark", "readlist-dark", {}), ("light", "readlist-light", {}), ("no-color", "readlist-dark", _PLAIN))
    with tempfile.TemporaryDirectory() as home:
        lived = Path(home) / "data"
        with fixed_environment({}):
            live_in(lived)
        for size in ((80, 24), (120, 40), (200, 50)):
            for kind, theme, environ in looks:
                tour = Tour(size, (PDF_SEARCH, *EVERY_SCREEN), kind, theme=theme, environ=environ)
                for (_, name), picture in run(take(tour, lived, [("svg", _svg)])).items():
                    (folder / f"{name}.svg").write_text(picture, encoding="utf-8")


def files_of(tour: Tour) -> tuple[str, str]:
    """The files of the letters and of the styles of a tour; empty if they are those of another one."""
    return tour.letters and f"{tour.letters}.txt", tour.styles and f"styles-{tour.styles}.txt"


def kept() -> Pictures:
    """The pictures that were taken, by file and name."""
    found: Pictures = {}
    for path in PICTURES.glob("*.txt"):
        for picture in path.read_text(encoding="utf-8").split(_HEADING)[1:]:
            name, _, drawn = picture.partition("\n")
            found[path.name, name] = drawn.rstrip("\n")
    return found


def all_pictures() -> list[tuple[str, str]]:
    """Every picture there should be, by file and name, in order."""
    return [
        (file, f"{tour.name}-{scene.name}")
        for tour in TOURS.values()
        for file in filter(None, files_of(tour))
        for scene in tour.scenes
    ]


def _keep(pictures: Pictures) -> None:
    texts: defaultdict[str, str] = defaultdict(str)
    for file, name in all_pictures():
        texts[file] += f"{_HEADING}{name}\n{pictures[file, name]}\n\n"
    for file, text in texts.items():
        (PICTURES / file).write_text(text, encoding="utf-8")


def main(names: Sequence[str]) -> None:
    """Regenerate the pictures, or draw images to look at."""
    if names[:1] == ["--svg"]:
        _draw_all(Path(names[1]).absolute())
        return
    PICTURES.mkdir(exist_ok=True)
    pictures = kept()
    with tempfile.TemporaryDirectory() as folder:
        lived = Path(folder) / "data"
        with fixed_environment({}):
            live_in(lived)
        for name, tour in TOURS.items():
            if not names or name in names:
                pictures |= run(take(tour, lived))
    _keep(pictures)


if __name__ == "__main__":
    main(sys.argv[1:])
