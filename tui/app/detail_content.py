"""Render a paper as the content of the detail pane."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from textual.style import Style

from tui.app.safe_display import SPACE, Content
from tui.app.theming import MARKDOWN, MATCH, category_hue
from tui.app.widgets.detail_pane import CLICK, LINK, PAPER, ClickTarget
from tui.latex.display_text import display_text
from tui.model.display_names import author_line
from tui.model.paper import locations_by_field
from tui.model.paper_files import pdf_files
from tui.model.queue import due_text, is_near
from tui.model.venue_line import other_fields, venue_line
from tui.text.match_spans import find_matches
from tui.text.sanitise import SafeText, sanitise_block, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.theming import Glyphs
    from tui.model.entry import Entry
    from tui.model.paper import Paper

_MUTED = "$ink-muted"
_MIN_BYLINE = 8  # cells; a shorter one is left out
_ARXIV, _DOI = "https://arxiv.org/abs/", "https://doi.org/"


class RelatedPaper(NamedTuple):
    """A paper similar to the one shown, and why.

    Attributes:
        title: its title.
        reasons: what both have in common.
        against: what counts against it, if anything.
        id: its id; empty if this is no other paper.
    """

    title: str
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()
    id: str = ""


def paper_view(
    entry: Entry,
    terms: Sequence[str],
    glyphs: Glyphs,
    *,
    line: int = 0,
    width: int = 0,
    related: Sequence[RelatedPaper] = (),
    with_provenance: bool = False,
) -> Content:
    """Render a paper: title, authors, details, marks, abstract, note, earlier abstracts, related papers, sources.

    Args:
        entry: the paper and its mark.
        terms: folded terms to highlight.
        glyphs: the glyphs.
        line: width of the single line that authors, date and marks share in a low pane; 0 for a line each.
        width: width of a line; date and marks share one if both fit.
        related: similar papers.
        with_provenance: show, before the abstract, which sources gave each field and what other sources say.
    """
    paper = entry.paper
    if line:
        details = [_in_one_line(entry, terms, glyphs, line)]
    else:
        details = [
            *_byline(paper, terms),
            *_joined(_details(paper, glyphs), _state(entry, glyphs), width),
            Content(""),
        ]
    parts = [_title(paper, terms), *details]
    if with_provenance:
        parts += [_rule("Sources of each field", glyphs), *_provenance_lines(paper), Content("")]
    if paper.abstract and paper.title is not None:
        parts.append(_highlighted(sanitise_block(display_text(paper.abstract)), "", terms))
    elif paper.abstract:
        parts.append(Content.styled(SafeText("(no title in any source)"), _MUTED))
    if entry.mark.note:
        parts += [Content(""), _rule("Note", glyphs), _note(entry.mark.note, terms)]
    for earlier in paper.earlier_abstracts:
        parts += [
            Content(""),
            _rule("Earlier abstract", glyphs),
            Content.styled(sanitise_block(display_text(earlier)), _MUTED),
        ]
    if related:
        parts += [Content(""), _rule("Related", glyphs), *(_related_line(each, glyphs) for each in related)]
    parts += _appendix(entry, glyphs)
    return Content("\n").join(parts)


def _appendix(entry: Entry, glyphs: Glyphs) -> list[Content]:
    """Corrections, the fields of the publication that are not on its line, and the sources."""
    paper = entry.paper
    parts: list[Content] = []
    if entry.mark.corrected:
        parts += [Content(""), _rule("Corrected", glyphs), *_corrections(entry)]
    if publication := list(other_fields(paper.publication)):
        parts += [Content(""), _rule("Publication", glyphs), *(_field_line(*field) for field in publication)]
    if paper.sources:
        parts += [Content(""), _rule("Sources", glyphs), *_provenance(paper)]
    return parts


def _title(paper: Paper, terms: Sequence[str]) -> Content:
    if paper.title:
        return _highlighted(sanitise_line(display_text(paper.title)), "bold $primary", terms)
    return _highlighted(sanitise_block(display_text(paper.abstract or paper.display_title)), "italic", terms)


def _joined(details: list[Content], state: Content, width: int) -> list[Content]:
    """The details, with the marks on their first line if there is room, or on a line of their own after them."""
    both = Content("   ").join([*details[:1], state])
    return [both, *details[1:]] if both.cell_length <= width else [*details, state]


def _in_one_line(entry: Entry, terms: Sequence[str], glyphs: Glyphs, width: int) -> Content:
    """Authors, date and marks; the names are truncated first, then the identifiers left out, then the tags cut."""
    gap = Content("  ")
    state, room = Content(""), 0
    for with_identifiers in (True, False) if entry.paper.date else (True,):  # else they may be all that is known
        details = _details(entry.paper, glyphs, with_identifiers=with_identifiers)[:1]
        state = gap.join([*details, _state(entry, glyphs)]).truncate(width, ellipsis=True)
        room = width - state.cell_length - len(gap)
        if room > _MIN_BYLINE:
            break
    names = [name.truncate(room, ellipsis=True) for name in _byline(entry.paper, terms) if room > _MIN_BYLINE]
    return gap.join([*names, state])


def _byline(paper: Paper, terms: Sequence[str]) -> list[Content]:
    if not paper.authors:
        return []
    names = author_line(paper.authors, truncated=paper.authors_truncated)
    return [_highlighted(sanitise_line(names, 4_000), "", terms)]


def _details(paper: Paper, glyphs: Glyphs, *, with_identifiers: bool = True) -> list[Content]:
    hue = f"$hue-{category_hue(paper.category)}" if paper.category else _MUTED
    details = [
        (str(paper.date).replace("XXXX-", "") if paper.date else "", _MUTED, None),
        (paper.category or "", hue, ClickTarget("cat", paper.category or "")),
        (paper.affiliation or "", _MUTED, None),
        ("code" if paper.has_code else "", _MUTED, None),
        (
            f"arXiv:{paper.eprint}" if paper.eprint and with_identifiers else "",
            _MUTED,
            ClickTarget(LINK, f"{_ARXIV}{paper.eprint}"),
        ),
        (
            f"doi:{paper.doi}" if paper.doi and with_identifiers else "",
            _MUTED,
            ClickTarget(LINK, f"{_DOI}{paper.doi}"),
        ),
    ]
    bullet = Content.styled(SPACE + glyphs.bullet + SPACE, _MUTED)
    lines = [bullet.join([_clickable(text, style, to) for text, style, to in details if text])]
    lines.append(Content.styled(sanitise_line(display_text(venue_line(paper))), "italic"))
    lines += [_clickable(link, "underline $primary", ClickTarget(LINK, link)) for link in paper.links]
    return [line for line in lines if line.plain]


def _clickable(text: str, style: str, target: ClickTarget | None) -> Content:
    """A text that knows what a click on it does."""
    content = Content.styled(sanitise_line(text), style)
    return content if target is None else content.stylize(Style.from_meta({CLICK: target}))


def _state(entry: Entry, glyphs: Glyphs) -> Content:
    mark = entry.mark
    pieces = [Content.styled(sanitise_line(f"{glyphs.status[mark.status]} {mark.status}"), f"$status-{mark.status}")]
    if mark.starred:
        pieces.append(Content.styled(glyphs.star + SafeText(" starred"), "$secondary"))
    if mark.priority:
        pieces.append(Content.styled(sanitise_line(f"{mark.priority} priority"), "$secondary"))
    if mark.due:
        today = date.today()  # noqa: DTZ011 - the reader's own day
        style = "$warning" if is_near(mark.due, today) else _MUTED
        pieces.append(Content.styled(sanitise_line(due_text(mark.due, today)), style))
    if pdfs := len(pdf_files(entry)):
        pieces.append(Content.styled(sanitise_line("PDF" if pdfs == 1 else f"{pdfs} PDFs"), "$secondary"))
    if mark.removed:
        pieces.append(Content.styled(SafeText("removed"), "$error"))
    if mark.snoozed_until:
        pieces.append(Content.styled(sanitise_line(f"snoozed until {mark.snoozed_until}"), _MUTED))
    chips = Content(" ").join(
        [_clickable(f" #{tag} ", "$tag-ink on $tag-ground", ClickTarget("tag", tag)) for tag in mark.tags]
    )
    return Content("  ").join([*pieces, *([chips] if mark.tags else [])])


def _provenance(paper: Paper) -> list[Content]:
    return [Content.styled(sanitise_line(f"{source.page}, line {source.line}"), _MUTED) for source in paper.sources]


def _provenance_lines(paper: Paper) -> list[Content]:
    """A line a field: the sources that gave it, and below it what other sources say."""
    lines = []
    for field, locations in locations_by_field(paper, whole=True).items():
        places = ", ".join(f"{at.page}:{at.line}" for at in locations)
        name = Content.styled(sanitise_line(field.replace("_", " ")), "$secondary")
        lines.append(Content.assemble(name, (sanitise_line(f"  {places}"), _MUTED)))
        for variant in paper.variants:
            if variant.field == field:
                at = variant.location
                lines.append(Content(sanitise_line(f"  {at.page}:{at.line} has {variant.value}")))
    return lines or [Content.styled(SafeText("no known source for any field"), _MUTED)]


def _field_line(label: str, text: str) -> Content:
    return Content.assemble((sanitise_line(f"{label}  "), "$secondary"), sanitise_line(display_text(text)))


def _related_line(paper: RelatedPaper, glyphs: Glyphs) -> Content:
    why = ", ".join((*paper.reasons, *(f"not {word}" for word in paper.against)))
    title = _clickable(display_text(paper.title), "", ClickTarget(PAPER, paper.id) if paper.id else None)
    return Content.assemble(title, (sanitise_line(f" {glyphs.bullet} {why}"), _MUTED))


def _corrections(entry: Entry) -> list[Content]:
    from tui.model.correction import corrected_fields  # noqa: PLC0415 - most papers have no corrections

    return [
        Content.assemble(
            (sanitise_line(f"{field}  "), "$secondary"),
            (sanitise_line(f"in the sources: {was or '(empty)'}"), _MUTED),
        )
        for field, _, was in corrected_fields(entry)
    ]


def _rule(title: str, glyphs: Glyphs) -> Content:
    return Content.styled(sanitise_line(f"{glyphs.rule * 2} {title} {glyphs.rule * 2}"), _MUTED)


def _note(note: str, terms: Sequence[str]) -> Content:
    """A note, with its Markdown highlighted as in the editor."""
    from tui.text.markdown_spans import highlight_spans  # noqa: PLC0415 - not needed for the first frame

    text = sanitise_block(note)
    content, at = Content(text), 0
    lines = text.split("\n")
    for line, found in zip(lines, highlight_spans(lines), strict=True):
        for start, end, name in found:
            content = content.stylize(MARKDOWN[name], at + start, at + end)
        at += len(line) + 1
    return _with_matches(content, text, terms)


def _highlighted(text: SafeText, style: str, terms: Sequence[str]) -> Content:
    return _with_matches(Content.styled(text, style) if style else Content(text), text, terms)


def _with_matches(content: Content, text: SafeText, terms: Sequence[str]) -> Content:
    for start, end in find_matches(text, terms):
        content = content.stylize(MATCH, start, end)
    return content
