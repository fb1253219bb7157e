"""COMMANDS: the table of everything a user can do on the screen. Data only.

Key bindings, footer, help, palette, ``readlist keys`` and the key table of the README are derived from it. ``title``
and ``help`` are shown to the user.
"""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A command of the screen.

    Attributes:
        id: stable name, ``group.verb``.
        keys: its keys, by Textual's names; the first is the one shown.
        title: its name in help and palette.
        help: one line on what it does.
        footer: its label in the footer; empty if it is not shown there.
        pane: the pane or screen it belongs to; its keys work only there and override those of the main screen. Empty
            for the main screen.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    footer: str = ""
    pane: str = ""

    @property
    def group(self) -> str:
        """The part of the id before the dot, a key of ``GROUPS``."""
        return self.id.partition(".")[0]


GROUPS = {
    "move": "Navigate",
    "find": "Search",
    "filter": "Filter pane",
    "select": "Select",
    "mark": "Mark and edit",
    "triage": "Triage",
    "pairs": "Duplicates",
    "out": "Export and copy",
    "in": "Import",
    "view": "View",
    "app": "Program",
}

COMMANDS: tuple[Command, ...] = (
    Command("move.down", ("j", "down", "ctrl+j", "ctrl+n"), "Down", "Next paper"),
    Command("move.up", ("k", "up", "ctrl+k"), "Up", "Previous paper"),
    Command("move.top", ("g", "home"), "Top", "First paper"),
    Command("move.bottom", ("G", "end"), "Bottom", "Last paper"),
    Command("move.half_down", ("ctrl+d",), "Half a page down", "Move down half a page"),
    Command("move.half_up", ("ctrl+u",), "Half a page up", "Move up half a page"),
    Command("move.page_down", ("pagedown", "ctrl+f"), "Page down", "Move down one page"),
    Command("move.page_up", ("pageup", "ctrl+b"), "Page up", "Move up one page"),
    Command("move.next", ("n",), "Next match", "Next match or, without a query, next unread paper"),
    Command(
        "move.previous", ("N", "p"), "Previous match", "Previous match or, without a query, previous unread paper"
    ),
    Command("move.centre", ("vertical_line",), "Centre", "Scroll the cursor to the middle"),
    Command("move.bookmark", ("m",), "Bookmark", "Bookmark this paper; the next key is its letter"),
    Command(
        "move.to_bookmark",
        ("apostrophe",),
        "Go to bookmark",
        "Then a letter: go to that bookmark; a digit: open that view; the same key: jump back",
    ),
    Command("view.scroll_down", ("J", "ctrl+e"), "Scroll detail down", "Scroll the abstract down"),
    Command("view.scroll_up", ("K", "ctrl+y"), "Scroll detail up", "Scroll the abstract up"),
    Command(
        "view.read_on", ("space",), "Read on", "Next page of the paper, then the next paper", "read on", "detail"
    ),
    Command("find.query", ("slash",), "Search", "Type a query; the list updates as you type", "search"),
    Command("find.filter", ("f",), "Filter pane", "Go to the filter pane, or back to the list", "filter"),
    Command("find.value", ("F",), "Find a filter", "Filter by a tag, author, year… (type to search)"),
    Command(
        "filter.include",
        ("space", "enter", "plus"),
        "Only these",
        "Show only these; on a heading, fold or unfold",
        "only",
        "filter",
    ),
    Command("filter.exclude", ("minus", "x"), "Exclude these", "Exclude these", "exclude", "filter"),
    Command("find.everything", ("0",), "All papers", "Clear the query and show all papers"),
    Command("find.view", tuple("123456789"), "Saved view", "Open the saved view with that number"),
    Command("find.save_view", ("W",), "Save view", "Save the query as a view; open it by its number or @name"),
    Command("find.views", ("w",), "Saved views", "Open, rename, reorder or delete saved views"),
    Command(
        "find.back", ("ctrl+o", "left_square_bracket"), "Previous query", "Return to the previous query and cursor"
    ),
    Command("find.forward", ("right_square_bracket",), "Next query", "Go forward to the next query"),
    Command("find.sort", ("s",), "Sort", "Choose the sort order"),
    Command("find.reverse", ("S",), "Reverse", "Reverse the sort order"),
    Command("find.refresh", ("f5", "ctrl+l"), "Refresh", "Rerun the query; drop papers that no longer match"),
    Command("select.toggle", ("space",), "Select", "Select or deselect, then go to the next paper", "select"),
    Command("select.range", ("v",), "Select range", "Start a range; moving extends it, a command or v ends it"),
    Command("select.all", ("V",), "Select all", "Select all, or clear if all are selected"),
    Command("select.invert", ("i",), "Invert selection", "Invert the selection"),
    Command("select.above", ("left_curly_bracket", "shift+home"), "Select above", "Select this paper and all above"),
    Command("select.below", ("right_curly_bracket", "shift+end"), "Select below", "Select this paper and all below"),
    Command("select.down", ("shift+down",), "Select down", "Select this paper and the next, and move there"),
    Command("select.up", ("shift+up",), "Select up", "Select this paper and the previous, and move there"),
    Command("mark.read", ("r",), "Read / unread", "Mark read or unread, then go to the next paper", "read"),
    Command("mark.status", ("R",), "Status", "Set unread, queued, reading, read or skipped"),
    Command("mark.all_read", ("A",), "Mark all read", "Mark all listed papers read, after confirmation"),
    Command("mark.star", ("b", "asterisk"), "Star", "Star or unstar the paper"),
    Command("mark.tags", ("t",), "Tags", "Edit the tags of the paper or the selection", "tag"),
    Command("mark.add_tag", ("plus",), "Add tag", "Type a tag to add"),
    Command("mark.remove_tag", ("minus",), "Remove tag", "Type a tag to remove"),
    Command("mark.note", ("e",), "Note", "Write a note; it is saved when you close it", "note"),
    Command("mark.editor", ("E",), "Note in editor", "Write the note in $VISUAL or $EDITOR"),
    Command("mark.correct", ("c",), "Correct", "Edit title, authors, date and other fields"),
    Command(
        "mark.remove", ("d d", "delete"), "Remove", "Remove from the list, or restore a removed paper (is:removed)"
    ),
    Command("mark.priority", ("exclamation_mark",), "Priority", "Set high, medium or low priority"),
    Command("mark.due", ("semicolon",), "Due date", "Set the day to read it by"),
    Command("mark.snooze", ("comma",), "Snooze", "Hide it from triage until a day"),
    Command("mark.undo", ("u", "z"), "Undo", "Undo the last change (also from earlier sessions)", "undo"),
    Command("mark.redo", ("ctrl+r", "Z"), "Redo", "Redo the last undone change"),
    Command("mark.repeat", ("full_stop",), "Repeat", "Repeat the last change on this paper"),
    Command("mark.history", ("U",), "History", "List all changes; undo or redo up to any of them"),
    Command("mark.past", ("H",), "Paper history", "History of this paper; restore it to an earlier state"),
    Command("mark.manage_tags", ("M",), "Tag manager", "Rename, merge or delete a tag everywhere"),
    Command("mark.duplicates", ("D",), "Duplicates", "Review possible duplicates"),
    Command("mark.split", ("P",), "Split", "Split a wrongly merged record off into its own paper"),
    Command("mark.save", ("ctrl+s",), "Retry saving", "Retry changes that could not be written"),
    Command("mark.triage", ("T",), "Triage", "Decide on unread papers one by one"),
    Command("triage.keep", ("y",), "Keep", "Queue for reading, then go to the next paper", "keep", "triage"),
    Command("triage.skip", ("n",), "Skip", "Mark skipped, then go to the next paper", "skip", "triage"),
    Command("triage.later", ("l",), "Later", "Snooze for a week, then go to the next paper", "later", "triage"),
    Command("triage.read", ("r",), "Read", "Mark read, then go to the next paper", "read", "triage"),
    Command("triage.leave", ("space",), "Skip for now", "Leave undecided, then go to the next paper", "", "triage"),
    Command(
        "triage.remove", ("d", "delete"), "Remove", "Remove from the list, then go to the next paper", "", "triage"
    ),
    Command("triage.star", ("b", "asterisk"), "Star", "Star or unstar the paper", "", "triage"),
    Command("triage.priority", ("exclamation_mark",), "Priority", "Set high, medium or low priority", "", "triage"),
    Command("triage.due", ("semicolon",), "Due date", "Set the day to read it by", "", "triage"),
    Command("triage.snooze", ("comma",), "Snooze", "Hide it from triage until a day", "", "triage"),
    Command("triage.tags", ("t",), "Tags", "Edit tags; 1 to 9 toggle the most used ones", "tag", "triage"),
    Command("triage.note", ("e",), "Note", "Write a note", "note", "triage"),
    Command(
        "triage.undo",
        ("u", "z", "backspace"),
        "Undo",
        "Undo the last change in the session, and return to its paper",
        "undo",
        "triage",
    ),
    Command("triage.redo", ("ctrl+r",), "Redo", "Redo the last undone change", "", "triage"),
    Command("triage.take_back", ("Z",), "Undo all", "Undo the whole session in one step", "", "triage"),
    Command("triage.previous", ("p", "h"), "Previous paper", "Previous paper", "", "triage"),
    Command("triage.open", ("o",), "Open link", "Open the paper's link in the browser", "", "triage"),
    Command("triage.help", ("question_mark", "f1"), "Help", "List and search all keys", "", "triage"),
    Command("triage.down", ("j", "J", "down"), "Down", "Scroll the abstract down", "", "triage"),
    Command("triage.up", ("k", "K", "up"), "Up", "Scroll the abstract up", "", "triage"),
    Command(
        "triage.stop", ("q", "escape"), "Stop", "Return to the list; triage resumes here next time", "stop", "triage"
    ),
    Command("pairs.join", ("y",), "Merge", "Merge into the left paper", "merge", "pairs"),
    Command("pairs.apart", ("n",), "Not duplicates", "Mark as not duplicates", "not duplicates", "pairs"),
    Command(
        "pairs.next",
        ("space", "l", "right"),
        "Skip for now",
        "Leave undecided, then go to the next pair",
        "skip",
        "pairs",
    ),
    Command("pairs.previous", ("h", "p", "left"), "Previous pair", "Previous pair", "previous", "pairs"),
    Command("pairs.swap", ("x",), "Swap sides", "Swap sides", "swap", "pairs"),
    Command("pairs.undo", ("u", "z", "backspace"), "Undo", "Undo the last decision", "undo", "pairs"),
    Command("pairs.down", ("j", "J", "down"), "Down", "Scroll both papers down", "", "pairs"),
    Command("pairs.up", ("k", "K", "up"), "Up", "Scroll both papers up", "", "pairs"),
    Command("pairs.stop", ("q", "escape"), "Stop", "Return to the list; undecided pairs are kept", "stop", "pairs"),
    Command("out.export", ("x",), "Export", "Export the selection or the list", "export"),
    Command("out.copy", ("y",), "Copy", "Copy title, citation, BibTeX, link or Markdown"),
    Command("out.open", ("o",), "Open link", "Open the paper's link in the browser"),
    Command("in.add", ("ctrl+a", "insert"), "Add a paper", "Enter the fields of a new paper"),
    Command("in.import", ("X",), "Import", "Import a bibliography or listing (with preview)"),
    Command("in.waiting", ("L",), "Waiting listings", "Preview and import a listing that needs confirmation"),
    Command("view.detail", ("enter",), "Full width", "Show the paper at full width, or return to the panes"),
    Command("view.provenance", ("O",), "Sources of each field", "Show or hide the source and line of each field"),
    Command("view.related", ("a",), "Related papers", "List the most similar papers, with reasons"),
    Command("view.insight", ("I",), "Statistics", "Show statistics: inbox, pace, tags, categories, years"),
    Command("view.larger", ("greater_than_sign",), "Larger pane", "Enlarge the focused pane"),
    Command("view.smaller", ("less_than_sign",), "Smaller pane", "Shrink the focused pane"),
    Command("view.even", ("equals_sign",), "Reset panes", "Reset pane sizes"),
    Command("view.next_pane", ("tab", "l", "right"), "Next pane", "Focus the next pane"),
    Command("view.previous_pane", ("shift+tab", "h", "left"), "Previous pane", "Focus the previous pane"),
    Command("view.back", ("escape",), "Back", "Close the open pane, else clear the selection, else the query"),
    Command("app.help", ("question_mark", "f1"), "Help", "List and search all keys", "help"),
    Command("app.manual", ("f2",), "Manual", "Read the manual"),
    Command("app.palette", ("ctrl+p", "colon"), "Command palette", "Run any command by name"),
    Command("app.lists", ("ctrl+g",), "Lists", "Open another reading list, or start a new one"),
    Command("view.theme", ("C",), "Theme", "Choose a theme (live preview)"),
    Command("app.back_or_quit", ("q",), "Back or quit", "Close the open pane, else quit"),
    Command("app.suspend", ("ctrl+z",), "Suspend", "Suspend to the shell (fg resumes)"),
    Command("app.quit", ("ctrl+q", "Q"), "Quit", "Quit; every change is already saved"),
)

# What users of other programs type after a colon.
COMMAND_ALIASES: dict[str, tuple[str, ...]] = {
    "app.quit": ("q", "q!", "qa", "qa!", "quit", "wq", "wqa", "x", "xa", "exit", "bye"),
    "mark.save": ("w", "wa", "write", "save", "update"),
    "app.help": ("h", "help", "map", "keys"),
    "app.manual": ("man", "manual"),
    "mark.undo": ("u", "undo"),
    "mark.redo": ("red", "redo"),
    "mark.history": ("undolist", "history"),
    "mark.note": ("e", "edit", "note"),
    "mark.remove": ("d", "delete", "remove", "rm", "restore"),
    "find.everything": ("noh", "nohlsearch", "all"),
    "find.refresh": ("e!", "reload"),
    "find.sort": ("sort",),
    "find.views": ("b", "ls", "buffers"),
    "out.export": ("export", "save-as", "saveas"),
    "in.add": ("add", "a"),
    "in.import": ("import", "r", "read"),
    "out.open": ("open", "open-in-browser"),
    "view.theme": ("colorscheme", "colo", "theme"),
    "app.lists": ("lists", "list", "new", "switch"),
    "app.suspend": ("stop", "sus", "suspend"),
    "move.top": ("1", "0"),
    "move.bottom": ("$",),
}

# How keys are displayed that Textual spells out.
_DISPLAY_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "full_stop": ".",
    "plus": "+",
    "minus": "-",
    "asterisk": "*",
    "exclamation_mark": "!",
    "semicolon": ";",
    "comma": ",",
    "colon": ":",
    "apostrophe": "'",
    "vertical_line": "|",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "delete": "Del",
    "insert": "Ins",
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
    """Format a key for display: ``/`` for ``slash``, ``Ctrl-r`` for ``ctrl+r``, ``ZZ`` for ``Z Z``."""
    if " " in key:
        parts = [display_key(part) for part in key.split()]
        return ("" if all(len(part) == 1 for part in parts) else " ").join(parts)
    if key in _DISPLAY_NAMES:
        return _DISPLAY_NAMES[key]
    if key.startswith("ctrl+"):
        return "Ctrl-" + key.removeprefix("ctrl+")
    return key.upper() if len(key) > 1 and key[0] == "f" else key
