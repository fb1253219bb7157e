"""``readlist fetch``: new papers into the list, replaced ones tagged, quiet days told from failures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_cli_fill_online import server, settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run
    from tests.sources.protocol_server import Server

__all__ = ["server"]
ABSTRACT = "We study the motion of widgets in a pipe of glass, and report on two hundred experiments with a laser."


def item(number: int, title: str, kind: str = "new", version: int = 1) -> str:
    return f"""<item><title>{title}</title><link>https://arxiv.org/abs/2611.{number:05d}</link>
<description>arXiv:2611.{number:05d}v{version} Announce Type: {kind}
Abstract: {ABSTRACT} Number {number} of them.</description><guid isPermaLink="false">oai:arXiv.org:2611.{number:05d}v{version}</guid>
<category>cs.CV</category><pubDate>Fri, 27 Nov 2026 00:00:00 -0500</pubDate>
<arxiv:announce_type>{kind}</arxiv:announce_type><dc:creator>Anna Bee, C. Dee</dc:creator></item>"""


def feed(*items: str, day: str = "Fri, 27 Nov 2026") -> str:
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>cs.CV updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.CV</link>
<lastBuildDate>{day} 05:00:00 +0000</lastBuildDate><pubDate>{day} 00:00:00 -0500</pubDate>{"".join(items)}</channel></rss>"""


FIRST = feed(item(1, "Widgets in Glass"), item(2, "Widgets in Steel", "cross"), item(3, "Old Widgets", "replace", 3))
SECOND = feed(item(4, "Widgets in Gold"), item(1, "Widgets in Glass", "replace", 2), day="Mon, 30 Nov 2026")


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "vision.xml"
    path.write_text(FIRST, encoding="utf-8")
    return path


def titles(run: Run) -> dict[str, dict[str, Any]]:
    return {paper["title"]: paper for paper in json.loads(run("list", "--json").out)}


def test_a_saved_feed_adds_new_papers_and_not_replaced_ones(run: Run, saved: Path) -> None:
    status, out, _ = run("fetch", "--from", str(saved))
    assert status == 0
    assert out.splitlines()[0] == "vision: 2 new papers (announcement of 2026-11-27)"
    found = titles(run)
    assert "Old Widgets" not in found
    paper = found["Widgets in Glass"]
    assert (paper["eprint"], paper["authors"], paper["status"]) == ("2611.00001", ["Anna Bee", "C. Dee"], "unread")
    assert paper["abstract"].startswith("We study the motion")
    assert run("undo").status == 0
    assert "Widgets in Glass" not in titles(run)


def test_a_feed_gives_what_an_import_of_it_gives(run: Run, saved: Path) -> None:
    saved.write_text(
        FIRST.replace(
            "<category>cs.CV</category>", "<category>cs.CV</category><category>physics.optics</category>", 1
        ),
        encoding="utf-8",
    )
    run("fetch", "--from", str(saved))
    fetched = titles(run)["Widgets in Glass"]
    assert fetched["publication"]["keywords"] == ["physics.optics"]
    assert run("list", "cat:physics.optics").out.count("\n") == 1
    run("undo")
    run("import", str(saved))
    imported = titles(run)["Widgets in Glass"]
    assert (fetched["publication"], fetched["category"]) == (imported["publication"], imported["category"])


def test_the_same_feed_again_brings_nothing(run: Run, saved: Path) -> None:
    run("fetch", "--from", str(saved))
    before = run("list", "--json").out
    status, out, _ = run("fetch", "--from", str(saved))
    assert (status, out) == (0, "vision: nothing new since the announcement of 2026-11-27\n")
    assert run("list", "--json").out == before


def test_a_replaced_paper_of_the_list_is_tagged_in_the_same_step(run: Run, saved: Path) -> None:
    run("fetch", "--from", str(saved))
    saved.write_text(SECOND, encoding="utf-8")
    out = run("fetch", "--from", str(saved)).out
    assert (
        out.splitlines()[0]
        == "vision: 1 new paper, 1 paper with a new version, 1 already in the list (announcement of 2026-11-30)"
    )
    found = titles(run)
    assert found["Widgets in Glass"]["tags"] == ["new-version"]
    assert "Widgets in Gold" in found
    run("undo")
    found = titles(run)
    assert found["Widgets in Glass"]["tags"] == []
    assert "Widgets in Gold" not in found


def test_announced_papers_that_were_removed_stay_removed_and_are_counted(run: Run, saved: Path) -> None:
    run("fetch", "--from", str(saved))
    run("remove", "--yes", "arxiv:2611.00001")
    before = run("list", "--json").out
    saved.write_text(feed(item(1, "Widgets in Glass", "replace", 2), day="Mon, 30 Nov 2026"), encoding="utf-8")
    assert (
        run("fetch", "--from", str(saved)).out
        == "vision: 0 new papers, 1 removed earlier (announcement of 2026-11-30)\n"
    )
    assert run("list", "--json").out == before
    saved.write_text(FIRST.replace("27 Nov", "29 Nov"), encoding="utf-8")
    out = run("fetch", "--from", str(saved)).out
    assert out == "vision: 0 new papers, 1 already in the list, 1 removed earlier (announcement of 2026-11-29)\n"
    assert run("list", "--json").out == before
    run("restore", "--yes", "arxiv:2611.00001")
    assert "Widgets in Glass" in titles(run)


def test_a_quiet_day_is_no_failure(run: Run, saved: Path) -> None:
    run("fetch", "--from", str(saved))
    saved.write_text(feed(day="Sat, 28 Nov 2026"), encoding="utf-8")
    status, out, err = run("fetch", "--from", str(saved))
    assert (status, err) == (0, "")
    assert out == "vision: nothing announced since 2026-11-27 (the feed of 2026-11-28 is empty)\n"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (FIRST[:-200], "incomplete or damaged"),
        ("<!DOCTYPE rss><rss/>", "document type"),
        ("<html/>", "not a feed"),
        ("", "incomplete or damaged"),
        (
            feed().replace("cs.CV updates on arXiv.org", "Feed error for query: xx.YY"),
            "rejected the address",
        ),
    ],
)
def test_a_damaged_feed_changes_nothing(run: Run, saved: Path, text: str, part: str) -> None:
    saved.write_text(text, encoding="utf-8")
    before = run("list", "--json").out
    status, out, err = run("fetch", "--from", str(saved))
    assert (status, out) == (3, "")
    assert part in err
    assert run("list", "--json").out == before


def test_feeds_of_the_settings_are_fetched_only_when_allowed(run: Run, server: Server, data: Path) -> None:
    assert (run("fetch").status, "no feeds are defined" in run("fetch").err) == (2, True)
    settings(data, '[feeds.vision]\naddress = "https://rss.arxiv.org/rss/cs.CV"\ntags = "new"\n')
    status, _, err = run("fetch")
    assert (status, "network access is not allowed" in err) == (2, True)
    assert not server.asked
    server.pages["/rss/cs.CV"] = ("application/xml", FIRST)
    status, out, _ = run("fetch", "--online")
    assert (status, out.splitlines()[0]) == (0, "vision: 2 new papers (announcement of 2026-11-27)")
    assert titles(run)["Widgets in Glass"]["tags"] == ["new"]
    server.fail("rss.arxiv.org", lambda handler: handler.send("", status=503))
    status, out, err = run("fetch", "--online", "vision")
    assert (status, out) == (3, "")
    assert "feed vision failed: rss.arxiv.org is refusing requests for now" in err
    assert run("fetch", "--online", "audio").status == 2
