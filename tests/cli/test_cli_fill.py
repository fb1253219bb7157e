"""``readlist fill`` and ``readlist add``: what is filled, what never is, and that it can be undone and repeated."""

from __future__ import annotations

import json
import os
import signal
from typing import TYPE_CHECKING, Any

import pytest

from tui.cli.interruption import stop_on_interrupt

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

SPARSE = (
    "Neural radiance fields need many views. We show that three views suffice once depth is regularised over unseen "
    "poses, and report results on two benchmarks of indoor scenes."
)
CACHES = (
    "Language models with long contexts wait for their caches. We compress the cache into a bitstream and stream it, so "
    "that the first token comes four times sooner."
)
WIDGETS = "We describe widgets that nobody has seen, and say what they would be good for if anybody ever found one."


def record(number: int, title: str, abstract: str, *authors: tuple[str, str], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "id": f"2310.{number:05d}",
        "title": title,
        "authors": "",
        "doi": None,
        "categories": "cs.CV",
        "abstract": f"  {abstract}\n",
        "versions": [{"version": "v1", "created": "Thu, 26 Oct 2023 10:00:00 GMT"}],
        "update_date": "2024-01-01",
        "authors_parsed": [[family, given, ""] for given, family in authors],
    } | more


RECORDS = [
    record(
        1, "Neural Radiance Fields from Sparse Views", SPARSE,
        ("Maria", "Garcia"), ("John", "Smith"), ("Wei", "Chen"), ("Olga", "Petrova"),
    ),
    record(2, "Streaming Key Value Caches for Language Models", CACHES, ("David", "Miller"), doi="10.1000/caches"),
    record(3, "Widgets That Nobody Has Seen", WIDGETS, ("Quentin", "Other")),
]  # fmt: skip
WHOLE = ["Maria Garcia", "John Smith", "Wei Chen", "Olga Petrova"]


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    path = tmp_path / "snapshot.json"
    path.write_text("".join(json.dumps(each) + "\n" for each in RECORDS), encoding="utf-8")
    return path


def listed(run: Run, *query: str) -> list[dict[str, Any]]:
    return list(json.loads(run("list", "--json", *query).out))


def test_a_dry_run_shows_everything_and_changes_nothing(run: Run, snapshot: Path) -> None:
    before = run("list", "--json").out
    status, out, _ = run("fill", "--dry-run", "--from", str(snapshot))
    assert status == 0
    assert (
        "authors   Maria Garcia; John Smith; Wei Chen; et al. → Maria Garcia; John Smith; Wei Chen; Olga Petrova"
        in out
    )
    assert "eprint    — → 2310.00002" in out
    assert "doi       — → 10.1000/caches" in out
    assert "same title, abstracts match (100%), an author in common (snapshot.json:1)" in out
    assert out.endswith("5 papers: 2 to fill, 0 doubtful, 3 not found\n")
    assert run("list", "--json").out == before


def test_without_a_terminal_nothing_is_filled_unless_confirmed(run: Run, snapshot: Path) -> None:
    before = run("list", "--json").out
    status, _, err = run("fill", "--from", str(snapshot))
    assert (status, "use --yes" in err) == (0, True)
    assert run("list", "--json").out == before


def test_filling_is_one_step_that_undo_restores_byte_for_byte(run: Run, snapshot: Path) -> None:
    before = run("list", "--json").out
    status, _, err = run("fill", "--yes", "--from", str(snapshot))
    assert (status, "filled 2 papers" in err) == (0, True)
    sparse, caches = listed(run, "sparse"), listed(run, "caches")
    assert sparse[0]["authors"] == WHOLE
    assert not sparse[0].get("authors_truncated")
    assert (sparse[0]["eprint"], caches[0]["doi"]) == ("2310.00001", "10.1000/caches")
    assert "https://arxiv.org/abs/2310.00001" in sparse[0]["links"]
    after = run("list", "--json").out
    assert run("undo").status == 0
    assert run("list", "--json").out == before
    assert run("redo").status == 0
    assert run("list", "--json").out == after


def test_filling_twice_equals_filling_once(run: Run, snapshot: Path, data: Path) -> None:
    run("fill", "--yes", "--from", str(snapshot))
    after, history = run("list", "--json").out, run("history").out
    status, out, _ = run("fill", "--yes", "--from", str(snapshot))
    assert status == 0
    assert "5 papers: 0 to fill, 0 doubtful, 2 with nothing new, 3 not found" in out
    assert (run("list", "--json").out, run("history").out) == (after, history)
    (data / "papers.json").unlink()
    rebuilt = json.loads(run("list", "--json").out)
    assert [paper["authors"] for paper in rebuilt] == [paper["authors"] for paper in json.loads(after)]
    assert [paper["eprint"] for paper in rebuilt] == [paper["eprint"] for paper in json.loads(after)]


def test_corrections_and_everything_of_the_user_stay(run: Run, snapshot: Path) -> None:
    run("correct", "--authors", "Maria Garcia; Somebody Else", "sparse")
    run("correct", "--eprint", "2310.99999", "caches")
    run("tag", "--add", "mine", "sparse")
    run("note", "--set", "Read this.", "sparse")
    run("fill", "--yes", "--accept-doubtful", "--from", str(snapshot))
    (sparse,), (caches,) = listed(run, "sparse"), listed(run, "caches")
    assert sparse["authors"] == ["Maria Garcia", "Somebody Else"]
    assert (sparse["tags"], sparse["note"]) == (["mine"], "Read this.")
    assert caches["eprint"] == "2310.99999"


def test_a_refused_record_is_not_offered_again_until_undone(run: Run, snapshot: Path) -> None:
    status, _, err = run("fill", "--refuse", "caches", "--from", str(snapshot))
    assert (status, "1 record will not be offered again" in err) == (0, True)
    assert "5 papers: 1 to fill, 0 doubtful, 4 not found" in run("fill", "--dry-run", "--from", str(snapshot)).out
    run("undo")
    assert "5 papers: 2 to fill" in run("fill", "--dry-run", "--from", str(snapshot)).out


def test_doubtful_records_are_taken_only_on_request(run: Run, tmp_path: Path) -> None:
    bib = tmp_path / "dblp.bib"
    bib.write_text(
        "@article{x, title={Mixture of Experts on Small Devices}, author={Johnson, Peter and Roe, Ann}, doi={10.1000/moe}}\n",
        encoding="utf-8",
    )
    status, out, _ = run("fill", "--yes", "--from", str(bib))
    assert status == 0
    assert "? doi       — → 10.1000/moe" in out
    assert "same title, no abstract to compare, an author in common (dblp.bib:1)" in out
    assert listed(run, "experts")[0]["doi"] is None
    run("fill", "--yes", "--accept-doubtful", "--from", str(bib))
    (paper,) = listed(run, "experts")
    assert paper["doi"] == "10.1000/moe"
    assert paper["authors"] == ["Peter Johnson"]  # a whole list is never replaced


def test_the_journal_of_an_entry_is_shown_before_it_is_filled(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text(
        f"@article{{k, title={{Neural Radiance Fields from Sparse Views}}, author={{Maria Garcia and John Smith}},"
        f" abstract={{{SPARSE}}}, journal={{Port Letters}}, volume={{3}}, pages={{1--9}}, year={{2023}}}}",
        encoding="utf-8",
    )
    (found,) = json.loads(run("fill", "--dry-run", "--json", "--from", str(file)).out)["records"]
    shown = {name: field["new"] for name, field in found["fields"].items() if not field["old"]}
    assert {"type": "article-journal", "volume": "3", "pages": "1–9"}.items() <= shown.items()
    assert "Port Letters" in shown.values()


def test_a_later_record_updates_what_it_gave_and_nothing_else(run: Run, snapshot: Path) -> None:
    run("fill", "--yes", "--from", str(snapshot))
    newer = [RECORDS[0], RECORDS[1] | {"doi": "10.1000/final"}]
    snapshot.write_text("".join(json.dumps(each) + "\n" for each in newer), encoding="utf-8")
    status, out, _ = run("fill", "--yes", "--from", str(snapshot))
    assert status == 0
    assert "doi       10.1000/caches → 10.1000/final" in out
    (caches,) = listed(run, "caches")
    assert (caches["doi"], caches["eprint"]) == ("10.1000/final", "2310.00002")
    run("correct", "--doi", "10.1000/mine", "caches")
    snapshot.write_text(json.dumps(RECORDS[1] | {"doi": "10.1000/third"}) + "\n", encoding="utf-8")
    run("fill", "--yes", "--from", str(snapshot))
    assert listed(run, "caches")[0]["doi"] == "10.1000/mine"
    assert listed(run, "sparse")[0]["authors"] == WHOLE


def test_the_result_as_json(run: Run, snapshot: Path) -> None:
    found = json.loads(run("fill", "--dry-run", "--json", "--from", str(snapshot)).out)
    assert (found["searched"], found["found"], found["complete"]) == (5, 2, True)
    assert [each["sure"] for each in found["records"]] == [True, True]
    assert found["records"][1]["fields"]["doi"] == {"old": "", "new": "10.1000/caches"}
    assert found["records"][1]["record"] == "arXiv:2310.00002"


@pytest.mark.parametrize(
    ("content", "status", "part"),
    [
        (None, 3, "no such file"),
        ("not a bibliography at all\n", 3, "cannot be used: "),
        ("", 3, "cannot be used: "),
        (json.dumps(RECORDS[0]) + "\n" + json.dumps(RECORDS[1])[:200], 3, "1 record could not be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_in_a_sentence(
    run: Run, tmp_path: Path, content: str | None, status: int, part: str
) -> None:
    path = tmp_path / "file.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    result = run("fill", "--yes", "--from", str(path))
    assert result.status == status
    assert part in result.err


def test_without_a_source_it_says_what_to_do(run: Run) -> None:
    status, _, err = run("fill")
    assert (status, "--from FILE" in err) == (2, True)


def test_the_first_interruption_stops_and_the_second_ends() -> None:
    with stop_on_interrupt() as stopped:
        assert not stopped()
        os.kill(os.getpid(), signal.SIGINT)
        assert stopped()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_papers_are_added_by_identifier_and_completed_later(run: Run, snapshot: Path) -> None:
    status, out, _ = run("add", "https://arxiv.org/abs/2310.00003v2", "10.1000/CACHES", "arXiv:2310.00003")
    assert (status, out) == (0, "2 papers added\n")
    assert len(listed(run)) == 7
    (bare,) = listed(run, "arxiv:2310.00003")
    assert (bare["title"], bare["links"]) == (None, ["https://arxiv.org/abs/2310.00003"])
    again = run("add", "2310.00003")
    assert (again.status, "is already in the list" in again.out) == (0, True)
    assert run("fill", "--yes", "id:" + bare["id"], "--from", str(snapshot)).status == 0
    (whole,) = listed(run, "arxiv:2310.00003")
    assert (whole["id"], whole["title"]) == (bare["id"], "Widgets That Nobody Has Seen")
    assert whole["abstract"] == WIDGETS
    assert whole["authors"] == ["Quentin Other"]
    run("undo")
    assert listed(run, "arxiv:2310.00003") == [bare]
    run("undo")
    assert len(listed(run)) == 5


@pytest.mark.parametrize("text", ["no id", "https://openreview.net/forum?id=x", "https://example.org"])
def test_what_is_no_identifier_is_refused(run: Run, text: str) -> None:
    status, out, err = run("add", "2310.00009", text)
    assert (status, out) == (2, "")
    assert "examples:" in err
    assert len(listed(run)) == 5


PROCEEDINGS = """\
@proceedings{conf, title = {Proceedings on Caches}, year = 2023, editor = {Low, C.}, publisher = {Sea Press}}
@inproceedings{caches, title = {Streaming Key Value Caches for Language Models},
  author = {Miller, David and Schmidt, Anna}, doi = {10.5555/caches}, pages = {1--9}, crossref = {conf},
  abstract = {%s}}
"""


def test_what_an_entry_refers_to_is_filled_with_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "dblp.bib"
    file.write_text(PROCEEDINGS % CACHES, encoding="utf-8")
    run("fill", "--yes", "--from", str(file))
    [paper] = listed(run, "doi:10.5555/caches")
    assert paper["publication"] == {
        "type": "paper-conference", "container_title": "Proceedings on Caches", "pages": "1–9",
        "publisher": "Sea Press", "editors": ["C. Low"],
    }  # fmt: skip


def test_a_later_import_with_a_filled_identifier_is_of_the_same_paper(run: Run, seeds: Path, tmp_path: Path) -> None:
    file, later = tmp_path / "dblp.bib", tmp_path / "later.bib"
    file.write_text(PROCEEDINGS % CACHES, encoding="utf-8")
    run("fill", "--yes", "--from", str(file))
    [before] = listed(run, "caches")
    later.write_text(
        "@misc{z, title = {Key Value Caches Revisited}, doi = {10.5555/CACHES}, url = {https://e.org/z}}\n"
    )
    result = run("import", str(later))
    assert result.out.startswith("0 papers imported, 1 updated")
    assert "same DOI" in result.out
    [paper] = listed(run, "caches")
    assert (paper["id"], paper["title"]) == (before["id"], before["title"])
    assert "https://e.org/z" in paper["links"]
    listing = seeds / "listing.txt"
    listing.write_text("\n" + listing.read_text(encoding="utf-8"), encoding="utf-8")
    assert [each["id"] for each in listed(run, "caches")] == [before["id"]], "the lines of the listing moved"
    run("undo")
    assert listed(run, "caches")[0]["links"] == before["links"]
    assert len(listed(run)) == 5


def entry(kind: str, fields: str) -> str:
    return f"""@{kind}{{caches, title = {{Streaming Key Value Caches for Language Models}},
  author = {{Miller, David and Schmidt, Anna}}, abstract = {{{CACHES}}}, {fields}}}
"""


def test_a_venue_is_filled_with_its_year(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "dblp.bib"
    file.write_text(entry("article", "journal = {Cache Letters}, volume = 4, year = 2025"), encoding="utf-8")
    [before] = listed(run, "caches")
    assert before["date"] == "2023-10-11"
    assert "date      2023-10-11 → 2025\n" in run("fill", "--dry-run", "--from", str(file)).out
    run("fill", "--yes", "--from", str(file))
    [paper] = listed(run, "caches")
    assert (paper["date"], paper["publication"]["container_title"]) == ("2025", "Cache Letters")
    shown = run("show", "caches").out
    assert "2023-10-11" in shown, "what the listing says is kept beside it"
    assert "0 to fill" in run("fill", "--yes", "--from", str(file)).out
    run("undo")
    assert listed(run, "caches") == [before]


def test_the_day_of_a_preprint_of_the_same_year_and_a_corrected_year_stay(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "dblp.bib"
    file.write_text(entry("article", "journal = {Cache Letters}, year = 2023"), encoding="utf-8")
    run("fill", "--yes", "--from", str(file))
    assert listed(run, "caches")[0]["date"] == "2023-10-11"
    run("undo")
    file.write_text(entry("article", "journal = {Cache Letters}, year = 2025"), encoding="utf-8")
    run("correct", "--date", "2024", "caches")
    run("fill", "--yes", "--from", str(file))
    [paper] = listed(run, "caches")
    assert (paper["date"], paper["publication"]["container_title"]) == ("2024", "Cache Letters")


def test_a_venue_without_a_year_does_not_get_that_of_the_preprint(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "dblp.bib"
    file.write_text(entry("article", "journal = {Cache Letters}, doi = {10.5555/caches}"), encoding="utf-8")
    run("fill", "--yes", "--from", str(file))
    [paper] = listed(run, "caches")
    assert (paper["date"], paper["doi"], paper["publication"]) == ("2023-10-11", "10.5555/caches", {})


def test_of_two_records_the_one_with_the_venue_gives_the_date(run: Run, snapshot: Path, tmp_path: Path) -> None:
    run("add", "2310.00003")
    file = tmp_path / "dblp.bib"
    file.write_text(
        f"@article{{w, title = {{Widgets That Nobody Has Seen}}, author = {{Other, Quentin}}, abstract = {{{WIDGETS}}}, "
        "eprint = {2310.00003}, journal = {Widget Letters}, year = 2025}"
    )
    run("fill", "--yes", "--from", str(snapshot), str(file))
    [paper] = listed(run, "arxiv:2310.00003")
    assert (paper["date"], paper["publication"]["container_title"]) == ("2025", "Widget Letters")
    assert paper["category"] == "cs.CV"
    run("undo")
    run("fill", "--yes", "--from", str(snapshot))
    assert listed(run, "arxiv:2310.00003")[0]["date"] == "2023-10-26"
    run("fill", "--yes", "--from", str(file))
    [paper] = listed(run, "arxiv:2310.00003")
    assert (paper["date"], paper["publication"]["container_title"]) == ("2025", "Widget Letters")
    assert "0 to fill" in run("fill", "--yes", "--from", str(snapshot), str(file)).out
