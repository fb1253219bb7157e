"""COMMANDS: the one table of what a person can do on the screen. Data only.

Bindings, footer, help, palette, ``readlist keys`` and the key table of the README are derived from it; nothing else
lists a key. The words in ``title`` and ``help`` are shown to people.
"""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """One thing a person can do.

    Attributes:
        id: stable name, ``group.verb``.
        keys: keys that do it, by the names Textual gives them; the first is the one shown.
        title: what it is called in help and palette.
        help: one sentence on what it does.
        footer: the word in the footer, or empty where it is not shown there.
        pane: the pane it belongs to; its keys count only there and come before those of the desk. Empty: the desk.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    footer: str = ""
    pane: str = ""

    @property
    def group(self) -> str:
        """The part of the id before the dot; the heading in help."""
        return self.id.partition(".")[0]


GROUPS = {
    "move": "Moving",
    "find": "Finding",
    "filter": "In the filter pane",
    "select": "Selecting",
    "mark": "Marking",
    "triage": "In triage",
    "pairs": "Among duplicates",
    "out": "Taking out",
    "in": "Taking in",
    "view": "Screen",
    "app": "Program",
}

COMMANDS: tuple[Command, ...] = (
    Command("move.down", ("j", "down", "ctrl+j", "ctrl+n"), "Down", "Go to the next paper."),
    Command("move.up", ("k", "up", "ctrl+k"), "Up", "Go to the paper before."),
    Command("move.top", ("g", "home"), "Top", "Go to the first paper."),
    Command("move.bottom", ("G", "end"), "Bottom", "Go to the last paper."),
    Command("move.half_down", ("ctrl+d",), "Half a page down", "Go down half a screen."),
    Command("move.half_up", ("ctrl+u",), "Half a page up", "Go up half a screen."),
    Command("move.page_down", ("pagedown", "ctrl+f"), "Page down", "Go down one screen."),
    Command("move.page_up", ("pageup", "ctrl+b"), "Page up", "Go up one screen."),
    Command("move.next", ("n",), "Next match", "Go to the next match; without a query, the next unread."),
    Command(
        "move.previous",
        ("N", "p"),
        "Match or unread before",
        "Go to the match before; without a query, to the unread.",
    ),
    Command("move.centre", ("vertical_line",), "Centre", "Scroll so that the cursor stands in the middle."),
    Command("move.bookmark", ("m",), "Bookmark", "With a letter behind it: remember this paper under the letter."),
    Command(
        "move.to_bookmark",
        ("apostrophe",),
        "To a bookmark",
        "With a letter: go to its paper; with a digit: that view; twice: back to where you came from.",
    ),
    Command("view.scroll_down", ("J", "ctrl+e"), "Scroll the detail down", "Scroll the abstract; the cursor stays."),
    Command("view.scroll_up", ("K", "ctrl+y"), "Scroll the detail up", "Scroll the abstract back."),
    Command(
        "view.read_on",
        ("space",),
        "Read on",
        "Where the paper has the focus: a screen down, then the next paper.",
        "read on",
        "detail",
    ),
    Command("find.query", ("slash",), "Search", "Type a query; the list answers at every letter.", "search"),
    Command("find.filter", ("f",), "Filter pane", "Go to the filter pane, or come back from it.", "filter"),
    Command("find.value", ("F",), "Find a filter", "Find a tag, author, year or the like by typing, and keep to it."),
    Command(
        "filter.include",
        ("space", "enter", "plus"),
        "Only these",
        "Keep papers with it; on a heading, shut or open it.",
        "only",
        "filter",
    ),
    Command("filter.exclude", ("minus", "x"), "Without these", "Leave papers with it out.", "without", "filter"),
    Command("find.everything", ("0",), "Everything", "Drop the query and show every paper."),
    Command("find.view", tuple("123456789"), "Saved view", "Open the saved view of that number."),
    Command("find.save_view", ("W",), "Save as a view", "Name the query; digits and @name call it back."),
    Command("find.views", ("w",), "Views", "Open, rename, put in order or delete saved views."),
    Command(
        "find.back", ("ctrl+o", "left_square_bracket"), "Query before", "Go back to the query before, and its paper."
    ),
    Command("find.forward", ("right_square_bracket",), "Query after", "Go forward again."),
    Command("find.sort", ("s",), "Sort", "Choose the order of the list."),
    Command("find.reverse", ("S",), "Reverse", "Turn the order of the list round."),
    Command("find.refresh", ("f5", "ctrl+l"), "Refresh", "Ask the query again; papers that stopped matching leave."),
    Command("select.toggle", ("space",), "Select", "Select the paper and go on.", "select"),
    Command(
        "select.range",
        ("v",),
        "Select a range",
        "Start a range here; moving extends it, v again or a command ends it.",
    ),
    Command("select.all", ("V",), "Select all", "Select every paper in the list, or none where all are."),
    Command("select.invert", ("i",), "Invert the selection", "Select what is not selected, and leave the rest."),
    Command("select.above", ("left_curly_bracket", "shift+home"), "Select above", "Select this paper and all above."),
    Command("select.below", ("right_curly_bracket", "shift+end"), "Select below", "Select this paper and all below."),
    Command("select.down", ("shift+down",), "Select downwards", "Select the paper and the next one, and go there."),
    Command("select.up", ("shift+up",), "Select upwards", "Select the paper and the one before, and go there."),
    Command("mark.read", ("r",), "Read / unread", "Mark read, or unread again, and go on.", "read"),
    Command("mark.status", ("R",), "Status", "Choose unread, queued, reading, read or skipped."),
    Command("mark.all_read", ("A",), "All read", "Mark every paper of the list read, after asking."),
    Command("mark.star", ("b", "asterisk"), "Star", "Set or clear the star."),
    Command("mark.tags", ("t",), "Tags", "Pick tags for the selection or the paper.", "tag"),
    Command("mark.add_tag", ("plus",), "Add a tag", "Type a tag to add."),
    Command("mark.remove_tag", ("minus",), "Remove a tag", "Type a tag to take away."),
    Command("mark.note", ("e",), "Note", "Write the note here; it is saved when you leave it.", "note"),
    Command("mark.editor", ("E",), "Note in the editor", "Write the note in $VISUAL or $EDITOR."),
    Command("mark.correct", ("c",), "Correct", "Set title, authors, date and other fields right."),
    Command("mark.undo", ("u", "z"), "Undo", "Take back the last change, also one of an earlier day.", "undo"),
    Command("mark.redo", ("ctrl+r", "Z"), "Redo", "Do again what was taken back."),
    Command("mark.repeat", ("full_stop",), "Repeat", "Do the last change to this paper, too."),
    Command("mark.history", ("U",), "History", "See what was done; go back or forth to any step."),
    Command(
        "mark.past", ("H",), "History of the paper", "See what was done to it, and take it alone back to a step."
    ),
    Command("mark.manage_tags", ("M",), "Tag manager", "Rename, merge or delete a tag everywhere."),
    Command("mark.duplicates", ("D",), "Duplicates", "Look at papers that may be one, in pairs; join them or not."),
    Command("mark.split", ("P",), "Split", "Give a record of a paper that was merged wrongly a paper of its own."),
    Command("mark.save", ("ctrl+s",), "Save again", "Try again what the disk refused; nothing else ever waits."),
    Command("mark.triage", ("T",), "Triage", "Decide on the unread papers, one by one."),
    Command("triage.keep", ("y",), "Keep", "Queue the paper for reading, and go on.", "keep", "triage"),
    Command("triage.skip", ("n",), "Skip", "Skip the paper, and go on.", "skip", "triage"),
    Command("triage.later", ("l",), "Later", "Let the paper come back in a week, and go on.", "later", "triage"),
    Command("triage.read", ("r",), "Read", "Mark it read already, and go on.", "read", "triage"),
    Command("triage.leave", ("space",), "Leave", "Leave it undecided, and go on.", "", "triage"),
    Command("triage.star", ("b", "asterisk"), "Star", "Set or clear the star.", "", "triage"),
    Command("triage.tags", ("t",), "Tags", "Pick tags; 1 to 9 toggle the most used ones.", "tag", "triage"),
    Command("triage.note", ("e",), "Note", "Write the note.", "note", "triage"),
    Command(
        "triage.undo",
        ("u", "z", "backspace"),
        "Undo",
        "Take back the last step of the session, and go to its paper.",
        "undo",
        "triage",
    ),
    Command("triage.redo", ("ctrl+r",), "Redo", "Do again what was taken back.", "", "triage"),
    Command("triage.take_back", ("Z",), "Take all back", "Take the whole session back, as one step.", "", "triage"),
    Command("triage.previous", ("p", "h"), "Paper before", "Look at the paper before again.", "", "triage"),
    Command("triage.open", ("o",), "Open the link", "Open the paper's page in the browser.", "", "triage"),
    Command("triage.help", ("question_mark", "f1"), "Help", "Every key, with a search.", "", "triage"),
    Command("triage.down", ("j", "J", "down"), "Down", "Scroll the abstract.", "", "triage"),
    Command("triage.up", ("k", "K", "up"), "Up", "Scroll it back.", "", "triage"),
    Command(
        "triage.stop",
        ("q", "escape"),
        "Stop",
        "Back to the list; what is left waits for the next time.",
        "stop",
        "triage",
    ),
    Command("pairs.join", ("y",), "Join", "Make one paper of the two: the left one stays.", "join", "pairs"),
    Command("pairs.apart", ("n",), "Different", "Remember that they are two papers.", "different", "pairs"),
    Command("pairs.next", ("space", "l", "right"), "Leave", "Leave the pair, and go to the next.", "leave", "pairs"),
    Command("pairs.previous", ("h", "p", "left"), "Pair before", "Go to the pair before.", "before", "pairs"),
    Command("pairs.swap", ("x",), "Swap", "Let the other paper be the one that stays.", "swap", "pairs"),
    Command("pairs.undo", ("u", "z", "backspace"), "Undo", "Take back the last step.", "undo", "pairs"),
    Command("pairs.down", ("j", "J", "down"), "Down", "Scroll both.", "", "pairs"),
    Command("pairs.up", ("k", "K", "up"), "Up", "Scroll them back.", "", "pairs"),
    Command("pairs.stop", ("q", "escape"), "Stop", "Back to the list; pairs you left come again.", "stop", "pairs"),
    Command("out.export", ("x",), "Export", "Write the selection or the list in a format.", "export"),
    Command("out.copy", ("y",), "Copy", "Copy title, citation, BibTeX, link or Markdown."),
    Command("out.open", ("o",), "Open the link", "Open the paper's page in the browser."),
    Command("in.import", ("X",), "Import a file", "Take in a bibliography or a page, after a look at what it holds."),
    Command(
        "in.waiting", ("L",), "Listings that wait", "Look at a new listing that may hold no papers, and import it."
    ),
    Command("view.detail", ("enter",), "Read at full width", "Show the paper on the whole screen, and back."),
    Command(
        "view.provenance", ("O",), "Sources of each field", "Show or hide which source and line gave each field."
    ),
    Command("view.related", ("a",), "Related papers", "List the papers most like this one, and why."),
    Command("view.insight", ("I",), "Insight", "Statistics: the inbox, the pace, tags, categories, years."),
    Command("view.larger", ("greater_than_sign",), "Larger pane", "Give the pane that has the focus more room."),
    Command("view.smaller", ("less_than_sign",), "Smaller pane", "Give it less room; borders can be dragged, too."),
    Command("view.even", ("equals_sign",), "Panes as they come", "Give the panes the sizes they come with."),
    Command("view.next_pane", ("tab", "l", "right"), "Next pane", "Go to the next pane."),
    Command("view.previous_pane", ("shift+tab", "h", "left"), "Previous pane", "Go to the pane before."),
    Command("view.back", ("escape",), "Back", "One step back: the dialog, the selection, the query."),
    Command("app.help", ("question_mark", "f1"), "Help", "Every key, with a search.", "help"),
    Command("app.manual", ("f2",), "Manual", "How to work with all of it, on a few pages."),
    Command("app.palette", ("ctrl+p", "colon"), "Command palette", "Every command by name."),
    Command("view.theme", ("C",), "Colours", "Choose the theme, seeing each; it is remembered."),
    Command("app.back_or_quit", ("q",), "Back, then quit", "Close what is open, then the program."),
    Command("app.suspend", ("ctrl+z",), "Suspend", "Put the program to sleep; fg in the shell wakes it up."),
    Command("app.quit", ("ctrl+q", "Q"), "Quit", "End the program; everything is saved already."),
)

# What people type behind a colon in other programs.
COMMAND_ALIASES: dict[str, tuple[str, ...]] = {
    "app.quit": ("q", "q!", "qa", "qa!", "quit", "wq", "wqa", "x", "xa", "exit", "bye"),
    "mark.save": ("w", "wa", "write", "save", "update"),
    "app.help": ("h", "help", "map", "keys"),
    "app.manual": ("man", "manual"),
    "mark.undo": ("u", "undo"),
    "mark.redo": ("red", "redo"),
    "mark.history": ("undolist", "history"),
    "mark.note": ("e", "edit", "note"),
    "find.everything": ("noh", "nohlsearch", "all"),
    "find.refresh": ("e!", "reload"),
    "find.sort": ("sort",),
    "find.views": ("b", "ls", "buffers"),
    "out.export": ("export", "save-as", "saveas"),
    "in.import": ("import", "r", "read"),
    "out.open": ("open", "open-in-browser"),
    "view.theme": ("colorscheme", "colo", "theme"),
    "app.suspend": ("stop", "sus", "suspend"),
    "move.top": ("1", "0"),
    "move.bottom": ("$",),
}

# Names as people write keys, for those that Textual spells out.
_WRITTEN = {
    "slash": "/",
    "question_mark": "?",
    "full_stop": ".",
    "plus": "+",
    "minus": "-",
    "asterisk": "*",
    "colon": ":",
    "apostrophe": "'",
    "vertical_line": "|",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift-Tab",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "equals_sign": "=",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "shift+home": "Shift-Home",
    "shift+end": "Shift-End",
    "shift+up": "Shift-↑",
    "shift+down": "Shift-↓",
    "backspace": "Backspace",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def display_key(key: str) -> str:
    """A key as people write it: ``/`` for ``slash``, ``Ctrl-r`` for ``ctrl+r``, ``ZZ`` for ``Z Z``."""
    if " " in key:
        parts = [display_key(part) for part in key.split()]
        return ("" if all(len(part) == 1 for part in parts) else " ").join(parts)
    if key in _WRITTEN:
        return _WRITTEN[key]
    if key.startswith("ctrl+"):
        return "Ctrl-" + key.removeprefix("ctrl+")
    return key.upper() if len(key) > 1 and key[0] == "f" else key
