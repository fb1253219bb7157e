"""The import dialog: a preview of an import. Returns how to import, or None to cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.containers import VerticalScroll

from tui.app.safe_display import Content, Static
from tui.app.screens.dialog import DialogFrame, FilterDialog, cursor_step
from tui.app.screens.keyword_picker import KeywordPicker
from tui.text.plural import pluralise
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.app.screens.tag_picker import TagEdit
    from tui.session.import_plan import ImportResult
    from tui.session.import_preview import ImportPreview

_MAX_KEYWORDS = 5
_FIRST_DIAGNOSTICS = 3  # before the papers
_MAX_DIAGNOSTICS = 500
_MAX_MERGES = 200


class Consent(NamedTuple):
    """How to import.

    Attributes:
        tags: the keywords that become tags, case folded.
        accept: whether papers that the user has marked get the year and the identifiers of the file.
    """

    tags: frozenset[str] = frozenset()
    accept: bool = True


class ImportDialog(FilterDialog[Consent | None]):
    """Ask whether to import.

    Args:
        name: the file's name.
        expected: the expected result.
        preview: the papers of the file.
        keywords: its keywords and their numbers of papers, the most frequent first.
    """

    takes_text: ClassVar[bool] = False
    DEFAULT_CSS = """
    ImportDialog #import-body { height: auto; max-height: 11; scrollbar-size-vertical: 1; }
    """

    def __init__(
        self, name: str, expected: ImportResult, preview: ImportPreview, keywords: Sequence[tuple[str, int]] = ()
    ) -> None:
        super().__init__()
        self._keywords = keywords
        self._preview = preview
        self._file_name = name
        self._expected = expected
        self._has_papers = bool(expected.new or expected.known)

    def compose(self) -> ComposeResult:
        """The summary with the keywords, and the keys."""
        keywords = self._keyword_line() if self._has_papers and self._keywords else ""
        title = sanitise_line(f"Import {self._file_name}?")
        with DialogFrame(title, self._keys()), VerticalScroll(id="import-body", can_focus=False):
            yield Static(summary(self._expected, self._preview, keywords))

    def handle_typed_key(self, event: events.Key) -> bool:
        """Import, cancel, or scroll."""
        step = cursor_step(event.key) or ({"j": 1} if self._expected.shifts else {"j": 1, "k": -1}).get(event.key, 0)
        if step:
            self.query_one("#import-body").scroll_relative(y=step, animate=False)
        elif event.key in {"y", "enter"} and self._has_papers:
            self.dismiss(Consent())
        elif event.key == "t" and self._has_papers and self._keywords:
            self.app.push_screen(KeywordPicker(self._keywords), self._import_with)
        elif event.key == "k" and self._has_papers and self._expected.shifts:
            self.dismiss(Consent(accept=False))
        elif event.key in {"n", "q"} or (event.key == "enter" and not self._has_papers):
            self.dismiss(None)
        return True

    def _keys(self) -> SafeText:
        if not self._has_papers:
            return SafeText("Esc closes")
        tags = " · t chooses tags" if self._keywords else ""
        keep = " · k keeps marked papers unchanged" if self._expected.shifts else ""
        return sanitise_line(f"y imports{tags}{keep} · Esc cancels")

    def _keyword_line(self) -> str:
        keywords = [word for word, _ in self._keywords]
        names = ", ".join(keywords[:_MAX_KEYWORDS]) + (", …" if len(keywords) > _MAX_KEYWORDS else "")
        return f"t chooses which keywords become tags: {names}"

    def _import_with(self, chosen: TagEdit | None) -> None:
        """Import with these tags, or stay here."""
        if chosen is not None:
            self.dismiss(Consent(tags=frozenset(word.casefold() for word in chosen.add)))


def summary(expected: ImportResult, preview: ImportPreview, keywords: str = "") -> Content:
    """The counts, the papers, and a line with a hint for each record that is repaired or refused.

    Args:
        expected: the expected result.
        preview: the papers of the file.
        keywords: the line on its keywords, after the counts; none if empty.
    """
    counts = [(len(expected.new), "new"), (len(expected.known), "updated"), (len(expected.split_off), "split off")]
    counts += [(expected.repaired, "repaired")]
    parts = [f"{count} {what}" for count, what in counts if count]
    refused = f", {expected.refused} refused" if expected.refused else ""  # not among the records read
    counted = ": ".join(filter(None, (f"{pluralise(expected.records, 'record')} read{refused}", ", ".join(parts))))
    lines = [Content(sanitise_line(line)) for line in (counted, keywords) if line]
    lines += [
        Content(sanitise_line(f"a newer version of {replaced}, which it replaces"))
        for _, replaced in expected.replaced
    ]
    for kind, found in (
        ("changes", [update.line for update in expected.updates]),
        ("no longer contains", expected.gone),
    ):
        lines += [Content(sanitise_line(f"  {kind} {line}")) for line in found[:_MAX_DIAGNOSTICS]]
        if len(found) > _MAX_DIAGNOSTICS:
            lines.append(Content(sanitise_line(f"  {kind} {len(found) - _MAX_DIAGNOSTICS} more")))
    if expected.removed:
        lines.append(Content.styled(sanitise_line(_stay_removed(len(expected.removed))), "$warning"))
    if expected.shifts:
        lines.append(Content(SafeText("changes to papers you have marked:")))
        lines += [Content(sanitise_line(f"  {shift.line}")) for shift in expected.shifts[:_MAX_DIAGNOSTICS]]
    if expected.merged:
        lines.append(
            Content(sanitise_line(f"{pluralise(len(expected.merged), 'paper')} merged from several records:"))
        )
        lines += [Content(sanitise_line(f"  {merge.line}")) for merge in expected.merged[:_MAX_MERGES]]
        if len(expected.merged) > _MAX_MERGES:
            lines.append(Content(sanitise_line(f"  and {len(expected.merged) - _MAX_MERGES} more")))
    lines += [
        Content.styled(sanitise_line(f"{name} was already imported"), "$ink-muted")
        for name in expected.already_imported
    ]
    lines += [
        Content.styled(sanitise_line(f"{name} might not be a list of papers"), "$warning") for name in expected.unsure
    ]
    diagnostics = list(_diagnostic_lines(expected))
    first = 2 * _FIRST_DIAGNOSTICS  # lines; all of them would push the papers out of sight
    return Content("\n").join([*lines, *diagnostics[:first], *_paper_lines(preview), *diagnostics[first:]])


def _stay_removed(count: int) -> str:
    were = "was" if count == 1 else "were"
    return f"{pluralise(count)} {were} removed from the list earlier and will not be restored (see is:removed)"


def _paper_lines(preview: ImportPreview) -> Iterator[Content]:
    """A line for each paper, with its oddities."""
    if preview.lacks:
        yield Content.styled(sanitise_line(f"most papers have {' and '.join(preview.lacks)}"), "$ink-muted")
    for paper in preview.papers:
        marker = "+" if paper.is_new else "="
        oddities = f"  ({', '.join(paper.oddities)})" if paper.oddities else ""
        yield Content.assemble(sanitise_line(f"{marker} {paper.heading}"), (sanitise_line(oddities), "$warning"))
    if preview.more:
        yield Content(sanitise_line(f"and {preview.more} more"))


def _diagnostic_lines(expected: ImportResult) -> Iterator[Content]:
    for found in expected.diagnostics[:_MAX_DIAGNOSTICS]:
        yield Content(sanitise_line(f"line {found.line}: {found.reason}" if found.line else found.reason))
        yield Content.styled(sanitise_line(f"  {found.hint}"), "$ink-muted")
    if len(expected.diagnostics) > _MAX_DIAGNOSTICS:
        yield Content(sanitise_line(f"and {len(expected.diagnostics) - _MAX_DIAGNOSTICS} more"))
