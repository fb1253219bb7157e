"""What an import would do, before it is done. Returns how it is wanted, or None to leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.app.screens.dialog import DialogFrame, FilterDialog, cursor_step
from tui.text.plural import pluralise
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult

    from tui.session.import_preview import ImportPreview
    from tui.session.imports import ImportResult

_SHOWN = 5  # keywords named
_MANY_PROBLEMS = 3
_MOST_PROBLEMS = 500
_MOST_MERGES = 200


class Consent(NamedTuple):
    """How to import.

    Attributes:
        tags: keywords become tags.
        accept: papers that the user has marked get the year and the identifiers of the file.
    """

    tags: bool = False
    accept: bool = True


class ImportDialog(FilterDialog[Consent | None]):
    """Ask whether to import.

    Args:
        name: the file's name.
        expected: what would be done.
        preview: the papers that it would bring.
    """

    takes_text: ClassVar[bool] = False
    DEFAULT_CSS = """
    ImportDialog #import-body { height: auto; max-height: 11; scrollbar-size-vertical: 1; }
    """

    def __init__(self, name: str, expected: ImportResult, preview: ImportPreview) -> None:
        super().__init__()
        self._preview = preview
        self._file_name = name
        self._expected = expected
        self._possible = bool(expected.new or expected.known)

    def compose(self) -> ComposeResult:
        """The account, what is wrong with single records, and the keys."""
        with DialogFrame(sanitise_line(f"Import {self._file_name}?"), self._keys()):
            with VerticalScroll(id="import-body", can_focus=False):
                yield Static(summary(self._expected, self._preview), markup=False)
            if self._possible and self._expected.keywords:
                yield Static(sanitise_line(self._keywords()), classes="dialog-note", markup=False)

    def pressed(self, event: events.Key) -> bool:
        """Answer, or scroll."""
        step = cursor_step(event.key) or ({"j": 1} if self._expected.shifts else {"j": 1, "k": -1}).get(event.key, 0)
        if step:
            self.query_one("#import-body").scroll_relative(y=step, animate=False)
        elif event.key in {"y", "enter"} and self._possible:
            self.dismiss(Consent())
        elif event.key == "t" and self._possible and self._expected.keywords:
            self.dismiss(Consent(tags=True))
        elif event.key == "k" and self._possible and self._expected.shifts:
            self.dismiss(Consent(accept=False))
        elif event.key in {"n", "q"} or (event.key == "enter" and not self._possible):
            self.dismiss(None)
        return True

    def _keys(self) -> SafeText:
        if not self._possible:
            return SafeText("Esc goes back")
        tags = " · t with tags" if self._expected.keywords else ""
        kept = " · k keeps what you marked as it is" if self._expected.shifts else ""
        return SafeText(f"y imports{tags}{kept} · Esc leaves it")

    def _keywords(self) -> str:
        keywords = self._expected.keywords
        words = ", ".join(keywords[:_SHOWN]) + (", …" if len(keywords) > _SHOWN else "")
        return f"t also makes tags of {pluralise(len(keywords), 'keyword')}: {words}"


def summary(expected: ImportResult, preview: ImportPreview) -> Content:
    """The counts, the papers, and a line for each record that is repaired or refused, and what to do about it."""
    counts = [
        (len(expected.new), "new"),
        (len(expected.known), "joined with known ones"),
        (expected.repaired, "repaired"),
    ]
    said = [f"{count} {what}" for count, what in counts if count]
    counted = ": ".join(filter(None, (f"{pluralise(expected.records, 'record')} read", ", ".join(said))))
    if expected.refused:  # none of those that were read
        counted += f"; {expected.refused} refused"
    lines = [Content(sanitise_line(counted))]
    if expected.shifts:
        lines.append(Content("papers that you have marked change:"))
        lines += [Content(sanitise_line(f"  {shift.line}")) for shift in expected.shifts[:_MOST_PROBLEMS]]
    if expected.merged:
        lines.append(Content(sanitise_line(f"{pluralise(len(expected.merged), 'paper')} of several records:")))
        lines += [Content(sanitise_line(f"  {merge.line}")) for merge in expected.merged[:_MOST_MERGES]]
        if len(expected.merged) > _MOST_MERGES:
            lines.append(Content(f"  and {len(expected.merged) - _MOST_MERGES} more"))
    lines += [
        Content.styled(sanitise_line(f"{name} was imported before"), "$ink-muted")
        for name in expected.already_imported
    ]
    lines += [
        Content.styled(sanitise_line(f"{name} may not be a list of papers"), "$warning") for name in expected.unsure
    ]
    problems, papers = list(_problems(expected)), list(_papers(preview))
    # Many problems would push the papers out of sight, and the other way round.
    parts = (papers, problems) if len(expected.diagnostics) > _MANY_PROBLEMS else (problems, papers)
    return Content("\n").join([*lines, *parts[0], *parts[1]])


def _papers(preview: ImportPreview) -> Iterator[Content]:
    """A line for each paper, with what is odd about it."""
    if preview.lacks:
        yield Content.styled(sanitise_line(f"most papers have {' and '.join(preview.lacks)}"), "$ink-muted")
    for paper in preview.papers:
        sign = "+" if paper.is_new else "="
        odd = f"  ({', '.join(paper.oddities)})" if paper.oddities else ""
        yield Content.assemble(sanitise_line(f"{sign} {paper.heading}"), (sanitise_line(odd), "$warning"))
    if preview.more:
        yield Content(sanitise_line(f"and {preview.more} more"))


def _problems(expected: ImportResult) -> Iterator[Content]:
    for problem in expected.diagnostics[:_MOST_PROBLEMS]:
        yield Content(sanitise_line(f"line {problem.line}: {problem.reason}" if problem.line else problem.reason))
        yield Content.styled(sanitise_line(f"  {problem.hint}"), "$ink-muted")
    if len(expected.diagnostics) > _MOST_PROBLEMS:
        yield Content(f"and {len(expected.diagnostics) - _MOST_PROBLEMS} more")
