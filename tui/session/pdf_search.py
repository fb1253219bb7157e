"""Search folders for the PDFs of papers: a plan with evidence, carried out as one undoable step."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import ReadlistError, UsageError
from tui.model.edit import Edit
from tui.model.paper_files import pdf_files
from tui.pdf.first_pages import FirstPages
from tui.pdf.folder_scan import scan
from tui.pdf.matching import PaperMatcher, PaperNames
from tui.session.paper_files import PaperFiles, check_pdf
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from tui.model.change import Change
    from tui.pdf.matching import Evidence
    from tui.session.session import Session

    Progress = Callable[[int, int], None]


class PdfMatch(NamedTuple):
    """A PDF that may contain a paper.

    Attributes:
        paper_id: the paper.
        title: its title, for display.
        path: the file.
        reasons: what speaks for it, and what against.
        is_sure: whether it can be attached without a look.
    """

    paper_id: str
    title: str
    path: Path
    reasons: tuple[str, ...]
    is_sure: bool


class PdfPlan(NamedTuple):
    """What a search found.

    Attributes:
        matches: the PDFs of papers, by paper.
        unmatched: the other PDFs that were looked at and were not attached to any paper before.
        skipped: files and folders that could not be read, each with the reason.
        is_complete: whether the search was not stopped.
    """

    matches: tuple[PdfMatch, ...]
    unmatched: tuple[Path, ...]
    skipped: tuple[tuple[str, str], ...]
    is_complete: bool

    @property
    def sure(self) -> tuple[PdfMatch, ...]:
        """The matches that can be attached without a look."""
        return tuple(match for match in self.matches if match.is_sure)

    @property
    def files(self) -> int:
        """Number of PDFs that were looked at and were not attached to any paper before."""
        return len({match.path for match in self.matches}) + len(self.unmatched)

    @property
    def summary(self) -> str:
        """``12 PDFs: 3 to attach, 1 doubtful, 8 not matched``."""
        sure, doubtful = len(self.sure), len({match.path for match in self.matches if not match.is_sure})
        parts = [f"{sure} to attach", f"{doubtful} doubtful", f"{len(self.unmatched)} not matched"]
        parts += [] if self.is_complete else ["stopped early"]
        return f"{pluralise(self.files, 'PDF')}: {', '.join(parts)}"


class PdfSearch:
    """Searches folders for the PDFs of papers.

    Args:
        session: the open list.
        folders: the folders; by default those of the settings.

    Raises:
        UsageError: there are none.
    """

    def __init__(self, session: Session, folders: Sequence[Path] = ()) -> None:
        self._session, self._files = session, PaperFiles(session)
        self.folders = tuple(folders) or self._files.folders()
        if not self.folders:
            raise UsageError("no PDF folders are set", "set folders under [pdf] in the settings")

    def plan(
        self,
        ids: Iterable[str],
        progress: Progress,
        is_stopped: Callable[[], bool],
        *,
        pages: bool = False,
    ) -> PdfPlan:
        """Search the folders; changes nothing. May run in another thread.

        Args:
            ids: the papers to find PDFs of.
            progress: called with (done, total) for each file.
            is_stopped: asked now and then whether to stop; what was found until then is returned.
            pages: whether to read the first pages of files that their names do not identify.

        Raises:
            UsageError: pypdf is needed and not installed.
        """
        wanted = frozenset(ids)
        with FirstPages(is_stopped) if pages else nullcontext() as reader:
            found = scan(self.folders, is_stopped)
            attached = self._attached()
            files = [path for path in found.files if str(path) not in attached]
            matcher = PaperMatcher(self._names())
            evidence: dict[Path, list[Evidence]] = {}
            skipped = list(found.problems)
            for number, path in enumerate(files):
                if is_stopped():
                    break
                progress(number, len(files))
                evidence[path] = matcher.by_name(path.stem)
                if reader is not None and not any(each.is_sure for each in evidence[path]):
                    page = reader.read(path)
                    if is_stopped():
                        break
                    if page.error:
                        skipped.append((str(path), page.error))
                    evidence[path] = [*matcher.by_page(page.text), *evidence[path]]
            is_complete = found.is_complete and not is_stopped()
            matches = tuple(self._matches(evidence, wanted, skipped))
            matched = {match.path for match in matches}
            unmatched = tuple(path for path in evidence if path not in matched)
            return PdfPlan(matches, unmatched, tuple(skipped), is_complete)

    def apply(self, matches: Iterable[PdfMatch]) -> Change | None:
        """Attach the files as one undoable step; None if there is nothing to attach.

        Raises:
            StoreBusyError, WriteError: nothing was attached.
        """
        edits: dict[str, Edit] = {}
        for match in matches:
            edit = edits.get(match.paper_id, Edit())
            edits[match.paper_id] = edit._replace(attach=(*edit.attach, str(match.path)))
        number = sum(len(edit.attach) for edit in edits.values())
        return self._session.edits.mark_each(edits, f"attach {pluralise(number, 'PDF')}")

    def _names(self) -> list[PaperNames]:
        keys = self._session.exports.citation_keys()
        papers = (self._session.entry(paper_id).paper for paper_id in self._session.ids())
        return [
            PaperNames(paper.id, paper.title or "", keys.get(paper.id, ""), paper.eprint or "", paper.doi or "")
            for paper in papers
        ]

    def _attached(self) -> frozenset[str]:
        """The paths of the PDFs that papers have."""
        having = (paper_id for paper_id in self._session.ids() if pdf_files(self._session.entry(paper_id)))
        files = (file for paper_id in having for file in self._files.pdfs(paper_id))
        return frozenset(str(file.path.absolute()) for file in files if file.path is not None)

    def _matches(
        self, evidence: dict[Path, list[Evidence]], wanted: frozenset[str], skipped: list[tuple[str, str]]
    ) -> Iterable[PdfMatch]:
        """The matches, in the order of the list; a second PDF of a paper is doubtful."""
        by_paper: dict[str, dict[Path, list[Evidence]]] = {}
        for path, found in evidence.items():
            for each in found:
                if each.paper_id in wanted:
                    by_paper.setdefault(each.paper_id, {}).setdefault(path, []).append(each)
        for paper_id in (each for each in self._session.ids() if each in by_paper):
            has_one = self._files.first_pdf(paper_id) is not None
            title = self._session.entry(paper_id).paper.display_title
            files = by_paper[paper_id].items()
            for path, found in sorted(files, key=lambda item: not any(each.is_sure for each in item[1])):
                try:
                    check_pdf(path)
                except ReadlistError as error:
                    if str(path) not in dict(skipped):
                        skipped.append((str(path), error.message.removeprefix(f"{path} ").removeprefix("is ")))
                    continue
                reasons = [each.reason for each in found]
                reasons += ["the paper already has a PDF"] if has_one else []
                is_sure = any(each.is_sure for each in found) and not has_one
                has_one = has_one or is_sure
                yield PdfMatch(paper_id, title, path, tuple(dict.fromkeys(reasons)), is_sure)
