"""The manual: how to work with all of it, on a few pages, with the keys in force and the tables that there are.

Pure: from the tables to content. Where a table says it, the manual does not say it again in words of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from tui.settings.schema import SETTINGS
from tui.text.fold import fold
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.app.theming import Glyphs
    from tui.keymap import Keymap

_KEY = re.compile(r"\{([a-z]+\.[a-z_]+)\}")
_NAME_WIDTH = 18

# Keys stand as the commands they do; a blank line ends a paragraph, a cross begins a chapter.
_TEXT = """\
# In short

The list shows the papers that answer the query, the page beside it the paper under the cursor. {move.down} and
{move.up} go through them, {mark.read} marks read and goes on, {mark.tags} tags, {mark.note} writes a note,
{mark.star} sets a star, {mark.undo} takes the last change back.

{mark.triage} goes through the unread papers one by one, with a key for each decision.

{find.query} asks a query, {out.export} writes what it shows as a bibliography, {app.back_or_quit} leaves. Every
change is on disk before it shows; the next start comes back to the same paper.

{app.help} finds a key, {app.palette} a command by its name or in words: sort year, tag nerf, export bibtex, help
undo, a number for a row.

# Finding

{find.query} marks the query there was: type a new one, or Space to go on with it. Words are looked for in title,
authors, abstract, tags and notes; case, accents and LaTeX marks make no difference. Enter keeps the query, Esc puts
the old one back, Tab completes, ↑ calls earlier queries.

Write "neural field" for a phrase, diffus* for a beginning, ~difusion for a near miss, /nerf|sdf/ for a pattern,
-word or NOT for without, OR for either, ( ) for groups, a,b behind a field for one of them, 2020..2022 and >=2023
for ranges, 7d and 3m for the last days and months, @name for a saved view.

{find.filter} goes to the filter pane: each line there puts its term into the query, or takes it out.

{move.next} and {move.previous} go to the next match; without a query, to the next unread paper. {find.back} goes
back to the query before and its paper, {find.everything} shows everything.

{find.save_view} saves the query as a view, digits open views, {find.views} puts them in order.

A paper that no longer answers stays, dimmed, until {find.refresh} or the next query.

# Many at once

{select.toggle} selects and goes on, {select.range} begins a range, {select.all} takes all, {select.invert} the
others. A command then acts on all that is selected, says on how many, and is one step for {mark.undo}. {view.back}
lets go. {mark.repeat} does the last change to this paper, too.

{mark.all_read} marks the whole list read.

# Tags and notes

{mark.tags} finds tags by any of their letters: Enter takes the first, Space toggles and stays, and what is not
there yet is made. [~] is a tag that some of the selected papers have. {mark.add_tag} and {mark.remove_tag} take a
tag in one line. a/b lies below a, and tag:a finds both.

{mark.manage_tags} renames, merges and deletes tags everywhere.

{mark.note} writes the note here, saved as you type; {mark.editor} in $VISUAL or $EDITOR.

# Triage

{mark.triage} takes the unread papers of the list or the selection, from the cursor on. {triage.keep} queues,
{triage.skip} skips, {triage.later} lets the paper come back in a week, {triage.read} marks it read, {triage.leave}
leaves it; digits toggle the most used tags.

{triage.undo} takes the last step back, {triage.take_back} the whole session. {triage.stop} stops; the next
{mark.triage} goes on there. [triage.NAME] in the settings makes decisions of your own.

# Taking back

{mark.undo} and {mark.redo} step back and forth, without limit, also on another day. {mark.history} goes to any
step, {mark.past} takes one paper alone back to one.

# What the pages have wrong

{mark.correct} sets title, authors, date and other fields right; the page of the paper says what the pages say.
{mark.duplicates} shows papers that may be one side by side, {mark.split} splits one that was merged wrongly. All of
it survives every change of the pages, and {mark.undo} takes it back.

# Taking out

{out.export} writes the selection or the list, {out.copy} copies one paper, {out.open} opens its link. The same is
written by readlist export, byte for byte.

# If you come from elsewhere

vim: j k gg G / n N u Ctrl-r . and :q :w :help work as they are. preset = "vim" in the settings adds counts (5j,
3r), ZZ, ZQ, zz, Ctrl-w h, and i for a note.

newsboat, mutt: n p N A o q Q work. preset = "newsboat" makes N toggle read, g sort and s save.

{move.bookmark} with a letter remembers a paper, {move.to_bookmark} with the letter goes back to it.

# What is where

Your marks lie in one folder, the pages in another, the settings in a file: readlist config --path, readlist check.
Another screen, or the command line, may work on the same list at the same time.
"""


class ManualData(NamedTuple):
    """What the manual takes from elsewhere.

    Attributes:
        keymap: the keys in force.
        glyphs: the signs of the list.
        fields: name, help and example of each field of the query language.
        orders: name and help of each order of the list.
        formats: name and title of each export format.
    """

    keymap: Keymap
    glyphs: Glyphs
    fields: Iterable[tuple[str, str, str]]
    orders: Iterable[tuple[str, str]]
    formats: Iterable[tuple[str, str]]


def manual(typed: str, known: ManualData, width: int) -> Content:
    """The paragraphs that hold every typed word, by chapter.

    Args:
        typed: words to look for; empty for all.
        known: what it tells of.
        width: cells in a line.
    """
    words = fold(typed).split()
    lines: list[Content] = []
    for heading, paragraphs in _chapters(known, width):
        all_of_it = _holds(heading, words)
        found = [each for each in paragraphs if all_of_it or _holds(each.plain, words)]
        if found:
            lines += [Content.styled(sanitise_line(heading), "bold $secondary"), *found, Content("")]
    return Content("\n").join(lines) if lines else Content.styled("The manual says nothing of that.", "$ink-muted")


def commands_named() -> frozenset[str]:
    """The commands that the manual names."""
    return frozenset(_KEY.findall(_TEXT))


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def _chapters(known: ManualData, width: int) -> Iterator[tuple[str, list[Content]]]:
    tables: dict[str, list[tuple[str, Iterable[tuple[str, str]]]]] = {
        "In short": [("The signs of the list", _signs(known.glyphs))],
        "Finding": [
            ("Fields", [(name, f"{help_}: {example}") for name, help_, example in known.fields]),
            ("Orders", known.orders),
        ],
        "Taking out": [("Formats", known.formats)],
        "What is where": [("Settings", [(each.name, each.help) for each in SETTINGS])],
    }
    for chapter in _TEXT.removeprefix("# ").split("\n# "):
        heading, *texts = chapter.strip().split("\n\n")
        yield heading, [part for text in texts for part in (_paragraph(text, known.keymap), Content(""))][:-1]
        for title, rows in tables.get(heading, []):
            yield (
                title,
                [
                    hanging_indent(
                        Content.styled(f"  {sanitise_line(name):<{_NAME_WIDTH}}", "bold $primary"),
                        Content.styled(sanitise_line(words), "$ink-muted"),
                        width,
                    )
                    for name, words in rows
                ],
            )


def _signs(glyphs: Glyphs) -> Iterator[tuple[str, str]]:
    for status, sign in glyphs.status.items():
        yield sign, str(status)
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


def hanging_indent(name: Content, words: Content, width: int) -> Content:
    """A name with words beside it, in as many lines as they take.

    Args:
        name: what stands in front, with the blanks behind it.
        words: what stands beside.
        width: cells in a line.
    """
    lines = words.wrap(max(width - name.cell_length, 20))
    return name + Content("\n" + " " * name.cell_length).join(lines)
