"""Other programs for lists of papers or of articles, with the same papers in their own formats."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from tests.performance.terminal_program import TerminalProgram

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tui.model.paper import Paper


_WHATS_NEW = "Close:"

_LONG = 20_000  # papers


class Peer(NamedTuple):
    """A program with the papers in its format, and what does the same work as readlist.

    Attributes:
        name: as its users call it.
        screen: the command that opens its list; empty if it has no screen.
        environ: what its environment has besides.
        typed: keys typed at the start, which lead to the list.
        search: keys before and after the word of a query; None if a query cannot be measured.
        down: the key that moves the cursor.
        listing: the command that lists the papers with a word; empty for none.
        tagging: the command that gives these papers a tag.
    """

    name: str
    screen: Sequence[str] = ()
    environ: Mapping[str, str] = {}
    typed: str = ""
    search: tuple[str, str] | None = None
    down: str = ""
    listing: Callable[[str], Sequence[str]] | None = None
    tagging: Callable[[str, str], Sequence[str]] | None = None


class _Source(NamedTuple):
    """How a peer is prepared.

    Attributes:
        name: as its users call it.
        program: the executable.
        largest: the longest list that it takes in reasonable time.
        prepare: writes the papers into a folder, and returns the peer.
    """

    name: str
    program: str
    largest: int
    prepare: Callable[[Path, Sequence[Paper]], Peer]


def peers(folder: Path, papers: Sequence[Paper], tell: Callable[[str], None]) -> list[Peer]:
    """The peers that are installed, with the papers.

    Args:
        folder: an empty folder for their files.
        papers: the papers.
        tell: told about each that is left out, and why.
    """
    found: list[Peer] = []
    for source in _SOURCES:
        if shutil.which(source.program) is None:
            tell(f"{source.name}: not installed, skipped")
        elif len(papers) > source.largest:
            tell(f"{source.name}: skipped, {len(papers)} papers take it minutes")
        else:
            home = folder / source.program
            home.mkdir()
            found.append(source.prepare(home, papers))
    return found


def _fzf(home: Path, papers: Sequence[Paper]) -> Peer:
    titles = home / "titles"
    titles.write_text("".join(f"{paper.title}\n" for paper in papers), encoding="utf-8")
    return Peer(
        "fzf",
        ["sh", "-c", f"exec fzf --exact --layout=reverse < {titles}"],
        search=("", ""),
        down="\x1b[B",
        listing=lambda word: ["sh", "-c", f"exec fzf --exact --filter={word} < {titles}"],
    )


def _newsboat(home: Path, papers: Sequence[Paper]) -> Peer:
    with_abstracts = len(papers) <= _LONG  # it takes minutes to read a longer feed with them
    items = "".join(
        f"<item><title>{escape(paper.title or '')}</title><guid>{number:06}</guid>"
        f"<description>{escape(paper.abstract or '' if with_abstracts else '')}</description></item>"
        for number, paper in enumerate(papers)
    )
    feed = home / "feed.xml"
    feed.write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Papers</title>{items}</channel></rss>', "utf-8"
    )
    (home / "urls").write_text(f"file://{feed}\n", encoding="utf-8")
    (home / "config").write_text("article-sort-order guid\n", encoding="utf-8")
    command = ["newsboat", "-u", f"{home}/urls", "-c", f"{home}/cache.db", "-C", f"{home}/config"]
    environ = {"HOME": str(home)}
    _run([*command, "-x", "reload"], environ)
    return Peer("newsboat", command, environ, typed="\r", search=("/", "\r"), down="\x1bOB")


def _notmuch(home: Path, papers: Sequence[Paper]) -> Peer:
    mail = home / "mail"
    for name in ("cur", "new", "tmp"):
        (mail / name).mkdir(parents=True)
    for number, paper in enumerate(papers):
        text = (
            f"From: {_ascii(', '.join(paper.authors))} <a@example.org>\nSubject: {_ascii(paper.title or '')}\n"
            f"Message-ID: <{paper.id}@example.org>\nDate: Mon, 2 Jan 2023 00:00:00 +0000\n\n{paper.abstract}\n"
        )
        (mail / "cur" / f"{number}:2,").write_text(text, encoding="utf-8")
    config = home / "config"
    config.write_text(f"[database]\npath={mail}\n[user]\nname=a\nprimary_email=b@example.org\n", encoding="utf-8")
    environ = {"HOME": str(home), "NOTMUCH_CONFIG": str(config)}
    _run(["notmuch", "new"], environ)
    return Peer(
        "notmuch",
        environ=environ,
        listing=lambda word: ["notmuch", "search", word],
        tagging=lambda tag, word: ["notmuch", "tag", f"+{tag}", "--", word],
    )


def _papis(home: Path, papers: Sequence[Paper]) -> Peer:
    library = home / "library"
    for paper in papers:
        document = library / paper.id
        document.mkdir(parents=True)
        # JSON is YAML.
        fields: dict[str, object] = {
            "title": paper.title,
            "author": " and ".join(paper.authors),
            "year": paper.date.year if paper.date else None,
            "abstract": paper.abstract,
            "papis_id": paper.id,
            "ref": paper.id,
            "tags": [],
        }
        (document / "info.yaml").write_text(json.dumps(fields), encoding="utf-8")
    config = home / ".config" / "papis" / "config"
    config.parent.mkdir(parents=True)
    config.write_text(f"[settings]\ndefault-library = papers\n[papers]\ndir = {library}\n", encoding="utf-8")
    command = ["papis"]
    environ = _at_home(home)
    _run([*command, "list", "--all", "no-such-word"], environ)
    return Peer(
        "papis",
        [*command, "open"],
        environ,
        search=("", ""),
        down="\x1b[B",
        listing=lambda word: [*command, "list", "--all", f"title:{word}"],
        tagging=lambda tag, word: [*command, "tag", "--batch", "--all", "--add", tag, f"title:{word}"],
    )


def _cobib(home: Path, papers: Sequence[Paper]) -> Peer:
    parts = []
    for paper in papers:
        fields = {
            "ENTRYTYPE": "misc",
            "title": paper.title,
            "author": [{"first": "", "last": name, "particle": "", "suffix": ""} for name in paper.authors],
            "year": paper.date.year if paper.date else 2000,
            "abstract": paper.abstract,
        }
        parts.append(f"---\n{json.dumps({f'k{paper.id}': fields})}\n...\n")
    data = home / ".local" / "share" / "cobib"
    data.mkdir(parents=True)
    (data / "literature.yaml").write_text("".join(parts), encoding="utf-8")
    environ = _at_home(home)
    for _ in range(2):  # the first run shows what is new, the second writes the cache
        _run(["cobib", "list", "--limit", "1"], environ)
    return Peer(
        "cobib",
        ["cobib"],
        environ,
        down="j",
        listing=lambda word: ["cobib", "list", "++title", word],
        tagging=lambda tag, word: ["cobib", "modify", "--add", f"tags:{tag}", "--", "++title", word],
    )


def _arxiv_viewer(home: Path, papers: Sequence[Paper]) -> Peer:
    entries = []
    for number, paper in enumerate(papers):
        name = f"{2001 + number // 90_000:04}.{10_000 + number % 90_000:05}"
        entries.append(
            f"\\\\\narXiv:{name}\nDate: Mon, 2 Jan 2023 00:00:00 GMT   (1kb)\n\nTitle: {paper.title}\n"
            f"Authors: {', '.join(paper.authors) or 'A. Nobody'}\nCategories: cs.LG\n\\\\\n  {paper.abstract}\n"
            f"\\\\ ( https://arxiv.org/abs/{name} ,  1kb)\n{'-' * 78}\n"
        )
    file = home / "papers.txt"
    file.write_text("".join(entries), encoding="utf-8")
    config = home / ".config" / "arxiv-browser" / "config.json"
    config.parent.mkdir(parents=True)
    config.write_text('{"onboarding_seen": true}', encoding="utf-8")
    environ = _at_home(home)
    command = ["arxiv-viewer", "browse", "--input", str(file)]
    with TerminalProgram(command, os.environ | environ) as program:  # it shows once what is new
        program.shows(_WHATS_NEW)
        program.rest()
        program.type("\r")
        program.rest()
        program.type("q")
        program.rest()
    return Peer(
        "arxiv-viewer",
        command,
        environ,
        search=("/", ""),
        down="j",
    )


def _at_home(home: Path) -> dict[str, str]:
    """The variables for programs that keep files in the folders of a user."""
    folders = {"DATA": ".local/share", "STATE": ".local/state", "CACHE": ".cache", "CONFIG": ".config"}
    return {"HOME": str(home)} | {f"XDG_{name}_HOME": str(home / folder) for name, folder in folders.items()}


def _ascii(text: str) -> str:
    return text.encode("ascii", "replace").decode().replace("\n", " ")


def _run(command: Sequence[str], environ: Mapping[str, str]) -> None:
    subprocess.run(command, env=os.environ | dict(environ), check=False, capture_output=True)


_SOURCES = (
    _Source("fzf", "fzf", 1_000_000, _fzf),
    _Source("newsboat", "newsboat", 1_000_000, _newsboat),
    _Source("notmuch", "notmuch", 10_000, _notmuch),
    _Source("papis", "papis", 10_000, _papis),
    _Source("cobib", "cobib", 1_000, _cobib),
    _Source("arxiv-subscription-viewer", "arxiv-viewer", 1_000, _arxiv_viewer),
)
