"""A paper keeps its id, whatever happens to the sources; marks are never orphaned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ingest.paper_ids import record_id, title_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.ingest.corrections import CuratedCorrections
    from tui.ingest.pipeline import IngestResult
    from tui.ingest.source_file import SourceFile
    from tui.model.paper import Paper

    Reader = Callable[..., IngestResult]

GASES = (
    "We present a framework for estimating the phase transitions of granular gases under shear, combining kinetic "
    "theory with event-driven simulation, and find that clustering sets in well below the density predicted before."
)
MILLS = (
    "Medieval charters record disputes over mills and weirs. Reading four hundred, this paper shows how river "
    "lordship was negotiated between monasteries and towns."
)
LATER = "2027-05-05T00:00:00Z"


def only(intake: IngestResult) -> Paper:
    (paper,) = intake.papers
    return paper


def test_an_id_is_ten_hexadecimal_digits_of_the_folded_title(read: Reader) -> None:
    paper = only(read(f"Granular Gases under Shear\n{GASES}"))
    assert paper.id == record_id("GRANULAR gases — under shear!", None)
    assert len(paper.id) == 10
    assert set(paper.id) <= set("0123456789abcdef")
    assert paper.aliases == ()
    assert only(read(f"Abstract:{GASES}")).id == record_id(None, GASES)


def test_characters_that_distinguish_titles_are_kept_in_the_key() -> None:
    assert title_key("SeiT++: Masked") == "seit++ masked"
    assert title_key("C#, and F*") == "c# and f*"
    assert title_key("A_b — (c)") == "a b c"
    assert title_key("?!") == "?!"


def test_importing_twice_changes_nothing(
    read: Reader, seed_pages: tuple[SourceFile, ...], seed_corrections: CuratedCorrections
) -> None:
    first = read(*seed_pages, corrections=seed_corrections)
    again = read(*seed_pages, corrections=seed_corrections, previous=first.papers, at=LATER)
    assert again == first


def test_a_title_found_later_does_not_change_the_id(read: Reader) -> None:
    before = only(read(f"Abstract:{GASES}"))
    after = only(read(f"Abstract:{GASES}", f"Granular Gases\n{GASES}", previous=[before], at=LATER))
    assert (after.id, after.title, after.added) == (before.id, "Granular Gases", before.added)
    assert after.aliases == (record_id("Granular Gases", None),)
    titled_only = only(read(f"Granular Gases\n{GASES}", previous=[after], at=LATER))
    assert titled_only.id == before.id


def test_a_title_corrected_in_the_source_does_not_change_the_id(read: Reader) -> None:
    before = only(read(f"Granlar Gasses\n{GASES}"))
    after = only(read(f"Granular Gases\n{GASES}", previous=[before], at=LATER))
    assert (after.id, after.title, after.added) == (before.id, "Granular Gases", before.added)
    again = only(read(f"Granular Gases\n{GASES}", previous=[after], at=LATER))
    assert again == after


def test_title_and_abstract_edited_at_once_keep_the_id(read: Reader) -> None:
    before = only(read(f"Granlar Gasses\n{GASES}"))
    edited = GASES.replace("well below", "far below").replace("a framework", "one framework")
    after = only(read(f"Granular Gases\n{edited}", previous=[before], at=LATER))
    assert after.id == before.id


def test_an_abstract_edited_in_the_source_keeps_the_id(read: Reader) -> None:
    before = only(read(f"Abstract:{GASES}"))
    after = only(read(f"Abstract:{GASES.replace('well below', 'far below')}", previous=[before], at=LATER))
    assert after.id == before.id


def test_another_paper_with_the_same_title_does_not_get_the_id(read: Reader) -> None:
    before = only(read(f"Introduction\n{GASES}"))
    after = only(read(f"Introduction\n{MILLS}", previous=[before], at=LATER))
    assert after.id != before.id
    both = read(f"Introduction\n{MILLS}\nIntroduction\n{GASES}", previous=[before], at=LATER)
    assert {paper.id for paper in both.papers if paper.abstract == GASES} == {before.id}
    assert len({paper.id for paper in both.papers}) == 2


def test_two_papers_with_one_title_have_two_ids_in_any_order(read: Reader) -> None:
    one = read(f"Introduction\n{MILLS}\nIntroduction\n{GASES}")
    other = read(f"Introduction\n{GASES}\nIntroduction\n{MILLS}")
    assert {(paper.id, paper.abstract) for paper in one.papers} == {(p.id, p.abstract) for p in other.papers}
    ids = {paper.id for paper in one.papers}
    assert len(ids) == 2
    assert ids.isdisjoint(alias for paper in one.papers for alias in paper.aliases)


def test_merged_duplicates_keep_the_marked_id(read: Reader) -> None:
    untitled = only(read(f"Abstract:{GASES}", at="2026-01-01T00:00:00Z"))
    titled = only(read(f"Granular Gases\n{GASES}", at="2026-02-02T00:00:00Z"))
    pages = f"Abstract:{GASES}", f"Granular Gases\n{GASES}"
    for marked, kept, gone in (((titled.id,), titled, untitled), ((untitled.id,), untitled, titled)):
        found = read(*pages, previous=[untitled, titled], marked=marked)
        assert only(found).id == kept.id
        assert found.merged_ids == ((gone.id, kept.id),)
        assert gone.id in only(found).aliases
    for both in ([], [untitled.id, titled.id]):
        found = read(*pages, previous=[untitled, titled], marked=both)
        assert only(found).id == untitled.id  # added first
        assert only(found).added == untitled.added
        again = read(*pages, previous=found.papers, marked=both)
        assert again.papers == found.papers


def test_a_marked_id_without_its_paper_is_matched_again(read: Reader) -> None:
    mark = record_id(None, GASES)
    found = read(f"Abstract:{GASES}", f"Granular Gases\n{GASES}", marked=[mark])
    assert only(found).id == mark
    assert found.merged_ids == ()


def test_an_id_that_was_an_alias_leads_to_the_paper(read: Reader) -> None:
    joined = only(read(f"Abstract:{GASES}", f"Granular Gases\n{GASES}"))
    assert joined.aliases == (record_id(None, GASES),)
    alone = only(read(f"Abstract:{GASES}", previous=[joined], at=LATER))
    assert (alone.id, alone.added) == (joined.id, joined.added)


def test_duplicates_that_are_separated_share_nothing(read: Reader) -> None:
    joined = only(read(f"Abstract:{GASES}", f"Granular Gases\n{GASES}"))
    parted = read(f"Abstract:{MILLS}", f"Granular Gases\n{GASES}", previous=[joined], at=LATER)
    names = [name for paper in parted.papers for name in (paper.id, *paper.aliases)]
    assert len(names) == len(set(names))
    assert {paper.id for paper in parted.papers if paper.title} == {joined.id}


def test_papers_without_a_source_are_kept_only_with_marks(read: Reader) -> None:
    found = read(f"Granular Gases\n{GASES}\nOn Mills\n{MILLS}")
    first, second = found.papers
    assert only(read(f"Granular Gases\n{GASES}", previous=found.papers)) == first
    kept = read(f"Granular Gases\n{GASES}", previous=found.papers, marked=[second.id])
    assert kept.papers == found.papers
    assert kept.merged_ids == ()
    assert read(previous=found.papers, marked=[first.id]).papers == (first,)


def test_a_paper_with_a_marked_alias_is_kept(read: Reader) -> None:
    joined = only(read(f"Abstract:{GASES}", f"Granular Gases\n{GASES}"))
    assert only(read(previous=[joined], marked=joined.aliases)) == joined


def test_a_paper_imported_again_is_the_one_that_was_kept(read: Reader) -> None:
    first = only(read(f"Granular Gases\n{GASES}"))
    kept = read(previous=[first], marked=[first.id])
    back = read(f"Granular Gases\n{GASES}", previous=kept.papers, marked=[first.id], at=LATER)
    assert back.papers == (first,)


def test_adding_sources_one_by_one_never_changes_an_id(
    read: Reader, seed_pages: tuple[SourceFile, ...], seed_corrections: CuratedCorrections
) -> None:
    known: tuple[Paper, ...] = ()
    home: dict[str, str] = {}
    for count in range(1, len(seed_pages) + 1):
        found = read(
            *seed_pages[:count], corrections=seed_corrections, previous=known, at=f"202{count}-01-01T00:00:00Z"
        )
        ids = {paper.id for paper in found.papers}
        assert {paper.id for paper in known} - ids == {gone for gone, _ in found.merged_ids}
        home |= dict(found.merged_ids)
        known = found.papers
    assert len(known) == 261
    fresh = read(*seed_pages, corrections=seed_corrections)
    assert {paper.title for paper in known} == {paper.title for paper in fresh.papers}
