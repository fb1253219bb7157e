"""The manual: its text, filled in with the current keys, and the tables of fields, sort orders, formats and settings.

Pure. What a table already explains is not repeated in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.app.safe_display import SPACE, Content
from tui.settings.schema import SETTINGS
from tui.text.fold import fold
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.app.theming import Glyphs
    from tui.keymap import Keymap

_KEY = re.compile(r"\{([a-z]+\.[a-z_]+)\}")
_NAME_WIDTH = 18

# {command.id} is replaced by its key; an empty line ends a paragraph, "# " begins a chapter.
_TEXT = """\
# Your own papers

In the shell, readlist new NAME FILE… creates a list and imports files into it; readlist --list NAME opens it. Here,
{app.lists} creates an empty list.

{in.import} imports a file; pasting a bibliography or listing onto the list imports the text. {in.add} adds a paper by
hand; readlist add adds one by arXiv id, DOI or link. readlist fill fills in missing fields from files that you have
or, if you allow it, from online services.

# Overview

The list shows the papers that match the query; the pane below or beside it shows the paper under the cursor.
{move.down} and {move.up} move through the list, {mark.read} marks a paper as read and moves to the next, {mark.tags}
edits tags, {mark.note} writes a note, {mark.star} adds a star, {mark.undo} undoes the last change.

{mark.triage} goes through the unread papers one by one, with a key for each decision.

{find.query} searches, {out.export} exports the result as a bibliography, {app.back_or_quit} quits. Every change is
saved before it is shown; readlist reopens at the same paper.

{app.help} finds a key, {app.palette} runs a command that you pick or type: sort year, tag nerf, reading,
import refs.bib, export bibtex, help undo, or a number to go to that row.

# Search

{find.query} opens the query with its text selected: type a new one, or Space to extend it. Words are searched
for in title, authors, abstract, tags and notes; case, accents and LaTeX markup are ignored. Enter keeps the query,
Esc restores the previous one, Tab completes, ↑ recalls earlier queries.

Write "neural field" for a phrase, diffus* for a prefix, ~difusion for approximate spelling, /nerf|sdf/ for a regular
expression, -word or NOT to exclude, OR for either, ( ) to group, a,b after a field for any of several values,
2020..2022 and >=2023 for ranges, 7d and 3m for the last 7 days and 3 months, @name for a saved view.

{find.filter} goes to the filter pane, where each line adds its term to the query or removes it.

{move.next} and {move.previous} go to the next and previous match or, without a query, unread paper. {find.back}
returns to the previous query and cursor, {find.everything} shows all papers.

{find.save_view} saves the query as a view, digits open views, {find.views} manages them.

A paper that no longer matches stays, dimmed, until {find.refresh} or the next query.

# Selection

{select.toggle} selects a paper and moves to the next, {select.range} starts a range, {select.all} selects all,
{select.invert} inverts the selection. Commands then act on all selected papers; {mark.undo} undoes that in one step.
{view.back} clears the selection. {mark.repeat} repeats the last change on this paper.

{mark.all_read} marks all listed papers read.

# Tags and notes

{mark.tags} finds tags by any of their letters: Enter picks the first, Space toggles it and keeps the list open, a new
name creates a tag. [~] marks a tag that only some of the selected papers have. {mark.add_tag} and {mark.remove_tag}
add or remove a tag by name. a/b is a subtag of a, and tag:a finds both.

{mark.manage_tags} renames, merges and deletes tags everywhere.

{mark.note} edits the note here and saves as you type; {mark.editor} opens it in $VISUAL or $EDITOR.

# Triage

{mark.triage} goes through the unread papers in the selection or the list, starting at the cursor. {triage.keep}
queues, {triage.skip} skips, {triage.later} snoozes for a week, {triage.read} marks read, {triage.leave} skips for
now; digits toggle the most used tags.

{triage.undo} undoes the last change, {triage.take_back} the whole session. {triage.stop} stops; the next
{mark.triage} resumes there. [triage.NAME] in the settings adds your own decisions.

# The queue

{mark.priority} sets a priority (! high, : medium, . low before the status), {mark.due} a due date, {mark.snooze}
hides a paper from triage until a given day; {triage.priority}, {triage.due} and {triage.snooze} do the same in
triage. Sort by priority,due, or search for priority:high, due:<=7d or is:overdue.

# PDFs

{out.pdf} opens the PDF of a paper, {mark.attach} attaches one, {mark.detach} detaches one; readlist attach and
readlist detach do the same. Files mentioned in a bibliography are found, too, and has:pdf finds their papers. Files
are never moved or deleted.

{in.pdfs} searches the folders set by [pdf] in the settings for citation keys, arXiv ids, DOIs and titles, in file
names and, if you like, on first pages. [open] in the settings sets the viewer.

# Your commands

{own.choose} runs a program of your own on the selection; [commands.NAME] in the settings defines it and gives it a
key. readlist run does the same.

# Removing papers

{mark.remove} removes a paper from the list; it stays removed when its source is read again. The query is:removed
shows removed papers with their marks, and {mark.remove} restores them there. {triage.remove} removes one in triage.
readlist remove and readlist restore do the same. readlist sources remove NAME removes the papers that came only from
that file, except those that you have marked.

# Undo

{mark.undo} and {mark.redo} undo and redo without limit, even across sessions. {mark.history} goes to any change in
the history, {mark.past} restores a single paper to an earlier state.

# Corrections

{mark.correct} edits title, authors, date and other fields; the detail pane also shows the values from the sources.
{mark.duplicates} reviews possible duplicates side by side, {mark.split} splits a wrongly merged paper. Corrections
survive every change to the sources, and {mark.undo} undoes them.

# Import

{in.import} and pasting show the papers and any problems first: y imports, t chooses which keywords become tags,
Esc cancels. Tab completes the name of a file as a shell does. Papers already in the list are updated, not
duplicated. {find.new} shows the new ones (is:new), {mark.undo} undoes the whole import.

BibTeX, biblatex, RIS, CSL-JSON, PubMed and listings copied from web pages or e-mails are recognised by their
contents. {in.waiting} shows listings that need confirmation.

readlist import --link FILE reads the file again whenever it changes. readlist fetch adds new papers from arXiv feeds,
readlist sources lists the sources of the papers.

# Lists

{app.lists} opens another list or creates one. Each has its own papers, marks and folder; readlist lists prints them.
default_list in the settings sets the list that opens.

# Export and copy

{out.export} exports the selection or the list, {out.copy} copies a paper, {out.open} opens its link. readlist export
writes exactly the same files.

# Coming from other programs

vim: j k gg G / n N u Ctrl-r . and :q :w :help work as usual. preset = "vim" in the settings adds counts (5j, 3r), ZZ,
ZQ, zz, Ctrl-w h, and i for a note.

newsboat, mutt: n p N A o q Q work. preset = "newsboat" makes N toggle read, g sort and s save.

{move.bookmark} and a letter bookmark a paper, {move.to_bookmark} and the letter jump back to it.

# Quitting

{app.back_or_quit} closes what is open, then quits; {app.quit} quits at once. There is nothing to save: every
change is already on disk. If one cannot be written, the status line tells you, and {mark.save} tries again.

# Files

Your marks are kept in one folder, the listings in another, the settings in a file. readlist config --path prints the
path of that file, readlist check verifies the store. Several screens and the command line can share a list.
"""


class ManualData(NamedTuple):
    """The tables shown in the manual.

    Attributes:
        keymap: the current keys.
        glyphs: the symbols of the list.
        fields: name, help and example of each field of the query language.
        sort_orders: name and help of each sort order.
        formats: name and title of each export format.
    """

    keymap: Keymap
    glyphs: Glyphs
    fields: Iterable[tuple[str, str, str]]
    sort_orders: Iterable[tuple[str, str]]
    formats: Iterable[tuple[str, str]]


def manual(search: str, data: ManualData, width: int) -> Content:
    """Render the paragraphs that contain every search word, by chapter.

    Args:
        search: words to look for; empty for the whole manual.
        data: the tables to include.
        width: cells in a line.
    """
    words = fold(search).split()
    lines: list[Content] = []
    for title, paragraphs in _chapters(data, width):
        whole_chapter = _contains(title, words)
        found = [each for each in paragraphs if whole_chapter or _contains(each.plain, words)]
        if found:
            lines += [Content.styled(sanitise_line(title), "bold $secondary"), *found, Content("")]
    return Content("\n").join(lines) if lines else Content.styled(SafeText("No matches in the manual."), "$ink-muted")


def mentioned_commands() -> frozenset[str]:
    """The ids of the commands mentioned in the manual."""
    return frozenset(_KEY.findall(_TEXT))


def _contains(text: str, words: Sequence[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def _chapters(data: ManualData, width: int) -> Iterator[tuple[str, list[Content]]]:
    tables: dict[str, list[tuple[str, Iterable[tuple[str, str]]]]] = {
        "Overview": [("Symbols in the list", _symbols(data.glyphs))],
        "Search": [
            ("Fields", [(name, f"{help_}: {example}") for name, help_, example in data.fields]),
            ("Sort orders", data.sort_orders),
        ],
        "Export and copy": [("Formats", data.formats)],
        "Files": [("Settings", [(each.name, each.help) for each in SETTINGS])],
    }
    for chapter in _TEXT.removeprefix("# ").split("\n# "):
        title, *texts = chapter.strip().split("\n\n")
        yield title, [part for text in texts for part in (_paragraph(text, data.keymap), Content(""))][:-1]
        for table_title, rows in tables.get(title, []):
            yield (
                table_title,
                [
                    hanging_indent(
                        Content.styled(sanitise_line(f"  {name:<{_NAME_WIDTH}}"), "bold $primary"),
                        Content.styled(sanitise_line(text), "$ink-muted"),
                        width,
                    )
                    for name, text in rows
                ],
            )


def _symbols(glyphs: Glyphs) -> Iterator[tuple[str, str]]:
    for status, glyph in glyphs.status.items():
        yield glyph, str(status)
    yield glyphs.star, "starred"
    yield glyphs.note, "has a note"
    yield glyphs.selected, "selected"


def _paragraph(text: str, keymap: Keymap) -> Content:
    parts: list[Content] = []
    for number, part in enumerate(_KEY.split(text.replace("\n", " "))):
        parts.append(_key(part, keymap) if number % 2 else Content(sanitise_line(part)))
    return Content("").join(parts)


def _key(command: str, keymap: Keymap) -> Content:
    return Content.styled(sanitise_line(keymap.key(command)), "bold $primary")


def hanging_indent(name: Content, text: Content, width: int) -> Content:
    """A name followed by a text that is wrapped and indented next to it.

    Args:
        name: the name, with the spaces after it.
        text: the text to wrap.
        width: cells in a line.
    """
    lines = text.wrap(max(width - name.cell_length, 20))
    return name + Content(SafeText("\n") + SPACE * name.cell_length).join(lines)
