"""``list`` and ``show``: what they print, to terminals and pipes."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program, Run

KEYS = [
    "id", "title", "authors", "authors_truncated", "affiliation", "date", "category", "has_code", "links", "abstract",
    "earlier_abstracts", "status", "starred", "tags", "note", "snoozed_until", "priority", "due", "citation_key", "added",
    "read_at", "sources", "eprint", "doi", "group_authors", "provenance", "variants", "publication",
]  # fmt: skip
ALLOWED = {"\n", "\u200d"}


def harmful(text: str) -> list[str]:
    """Letters that may do something to a terminal: controls, marks of direction, lone surrogates."""
    return [
        character
        for character in text
        if character not in ALLOWED and unicodedata.category(character) in {"Cc", "Cf", "Cs"}
    ]


def test_a_pipe_gets_one_paper_per_line_in_fields(run: Run) -> None:
    status, out, err = run("list", "splatting")
    assert (status, err) == (0, "")
    fields = out.rstrip("\n").split("  ")
    assert re.fullmatch(r"[0-9a-f]{10}", fields[0])
    title, authors = "Gaussian Splatting for Moving People", "Laura Fischer, Thomas Weber"
    assert fields[1:] == ["unread", "-", title, authors, "2024", "cs.CV", "-"]


def test_json_has_the_documented_keys_in_order(run: Run) -> None:
    records = json.loads(run("list", "--json").out)
    assert len(records) == 5
    assert all(list(record) == KEYS for record in records)
    found = next(record for record in records if record["title"] == "Neural Radiance Fields from Sparse Views")
    assert found["authors"] == ["Maria Garcia", "John Smith", "Wei Chen"]
    assert found["authors_truncated"] is True
    assert found["has_code"] is True
    assert found["date"] == "2023-10-26"
    assert found["sources"] == [{"page": "listing.txt", "line": 1}]


def test_the_arguments_of_a_query_are_joined(run: Run) -> None:
    assert run("list", "cat:cs.CV", "year:2024").out.count("\n") == 1
    assert run("list", "cat:cs.CV year:2024").out == run("list", "cat:cs.CV", "year:2024").out


def test_a_query_may_begin_with_a_minus_sign(run: Run) -> None:
    with_dashes = run("list", "--", "-cat:cs.CV")
    assert with_dashes.out.count("\n") == 3
    assert run("list", "-cat:cs.CV") == with_dashes
    assert run("list", "-cat:cs.CV", "--limit", "2").out.count("\n") == 2


def test_sort_and_limit(run: Run) -> None:
    years = [line.split("  ")[5] for line in run("list", "--sort", "year-desc,title").out.splitlines()]
    assert years == sorted(years, reverse=True)
    assert run("list", "--limit", "2").out == "".join(run("list").out.splitlines(keepends=True)[:2])


def test_papers_are_named_by_ids_and_id_prefixes(run: Run) -> None:
    ids = [line.split()[0] for line in run("list").out.splitlines()]
    assert run("list", ids[3]).out.startswith(ids[3])
    assert run("list", ids[3][:6], ids[1]).out.count("\n") == 2
    assert run("show", "--json", f"id:{ids[2][:8]}").out == run("show", "--json", ids[2]).out


def test_no_match_exits_with_status_one(run: Run) -> None:
    status, out, err = run("list", "xylophone")
    assert (status, out) == (1, "")
    assert err.startswith("readlist: no paper matches 'xylophone'\n  ")
    assert run("list", "--json", "xylophone")[:2] == (1, "[\n]\n")


def test_an_invalid_query_is_printed_with_a_caret(run: Run) -> None:
    status, out, err = run("list", "neural", "colour:red")
    assert (status, out) == (2, "")
    query, caret, sentence, *_ = err.splitlines()
    assert query == "  neural colour:red"
    assert caret == "  " + " " * len("neural ") + "^"
    assert sentence.startswith("readlist: ")
    assert "colour" in sentence


def test_a_long_query_is_shortened_around_the_caret(run: Run) -> None:
    query, caret, *_ = run("list", "neural " * 500, "is:foo", "field" * 500).err.splitlines()
    assert len(query) < 130
    assert query[len(caret) - 1 :].startswith("foo field")
    assert (query[2], query[-1]) == ("…", "…")


def test_show_prints_one_paper(run: Run) -> None:
    status, out, _ = run("show", "splatting")
    assert status == 0
    assert out.startswith("Gaussian Splatting for Moving People\n")
    assert "authors:     Laura Fischer, Thomas Weber\n" in out
    assert "found at:    listing.txt:10\n" in out
    assert "\nPeople move, and splats do not. " in out
    assert json.loads(run("show", "--json", "splatting").out)["category"] == "cs.CV"


def test_show_needs_exactly_one_paper(run: Run) -> None:
    assert run("show").status == 2
    assert run("show", "xylophone").status == 1
    status, out, err = run("show", "cat:cs.CV")
    assert (status, out) == (2, "")
    assert "2 papers match" in err


@pytest.mark.parametrize(
    "arguments", [["list"], ["list", "--json"], ["show", "cat:cs.CR"], ["show", "--json", "cat:cs.CR"]]
)
def test_hostile_text_is_printed_sanitised(arguments: list[str], run: Run) -> None:
    assert run("note", "--set", "\x1b]0;mine\x07 and \u202eback\x9d", "cat:cs.CR").status == 0
    status, out, err = run(*arguments)
    assert status == 0
    assert "Evil" in out
    assert not harmful(out + err)


def test_json_keeps_every_character(run: Run) -> None:
    note = "tab\tbell\x07 \x9b \u202e \u00ad\u200b\ufffa \U000e0041 \u00e9 \U0001f469\u200d\U0001f52c"
    run("note", "--set", note, "cat:cs.CR")
    out = run("show", "--json", "cat:cs.CR").out
    assert json.loads(out)["note"] == note
    assert "\u00e9 \U0001f469\u200d\U0001f52c" in out
    assert not harmful(out)


def test_hostile_queries_are_printed_sanitised(run: Run) -> None:
    for arguments in (
        ["list", "\x1b[31mxyzzy"],
        ["\x1b]52;c;aGk=\x07"],
        ["list", "--sort", "\x1b[2J"],
        ["show", "a\x9bb:c"],
    ):
        status, out, err = run(*arguments)
        assert status in {1, 2}
        assert not harmful(out + err)


@pytest.mark.parametrize(
    "env",
    [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}],
)
def test_a_narrow_locale_causes_no_error(env: dict[str, str], program: Program, run: Run) -> None:
    assert run("note", "--set", "Schr\u00f6dinger \u2014 \U0001f4da", "splatting").status == 0
    for arguments in (["list"], ["show", "splatting"], ["show", "--json", "Schr\u00f6dinger"]):
        status, out, err = program(*arguments, env=env)
        assert (status, err) == (0, "")
        assert out
    assert json.loads(out)["note"] == "Schr\u00f6dinger \u2014 \U0001f4da"


def test_a_missing_reader_of_a_pipe_is_no_error(program: Program, seeds: Path) -> None:
    del seeds
    import os

    read_end, write_end = os.pipe()
    os.close(read_end)
    status, _, err = program("list", stdout=write_end)
    os.close(write_end)
    assert (status, err) == (141, "")


def test_output_that_cannot_be_written_is_an_error(program: Program) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        status, _, err = program("list", stdout=full)
    assert status == 6
    assert err.startswith("readlist: cannot write the output: ")
    assert "Traceback" not in err


def test_show_names_the_source_of_each_field_and_what_others_say(run: Run, tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_text(
        "@misc{g, title={Gaussian Splatting for Moving People}, author={Fischer, Laura and Weber, Thomas},"
        " year={2024}, month=feb, day={3}, doi={10.5555/moving}}",
        encoding="utf-8",
    )
    assert run("import", str(refs)).status == 0
    lines = run("show", "title:splatting").out.splitlines()
    at = lines.index("sources of each field:")
    shown = " ".join(" ".join(line.split()) for line in lines[at + 1 :])
    assert "title: listing.txt:11, refs.bib:1" in shown  # the line of the title, not of the record
    assert "doi: refs.bib:1" in shown
    assert "date: refs.bib:1 listing.txt:10 has 2024-01-15" in shown
    record = json.loads(run("show", "--json", "title:splatting").out)
    assert record["provenance"]["doi"] == ["refs.bib:1"]
    assert [variant["field"] for variant in record["variants"]] == ["date"]
