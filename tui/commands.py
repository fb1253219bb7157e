"""COMMANDS: the table of everything a user can do on the screen. Data only.

A command is one row here and one function in ``tui.app.actions``. Key bindings, counts, availability, key bar, tips,
help, palette, ``readlist keys`` and the key table of the documentation are derived from the row. ``title`` and
``help`` are shown to the user.
"""

from __future__ import annotations

from enum import Flag, auto
from typing import Literal, NamedTuple

# What a number typed before a key does: run the command that often, go to that row, apply it to that many papers from
# the cursor on at once, or select them for the dialog that it opens. Without one, the number is ignored.
Count = Literal["", "repeat", "row", "papers", "selected papers"]


class Need(Flag):
    """What a command needs to be available."""

    NOTHING = 0
    PAPER = auto()
    """A paper in the list."""
    WRITE = auto()
    """A store that can be written to."""
    LAST_EDIT = auto()
    """An edit made in this run that can be repeated."""
    UNSAVED = auto()
    """A change that could not be written."""
    WAITING = auto()
    """A listing that is waiting for confirmation."""


# The panes of the main screen whose keys override those of the screen.
PANES = ("filter", "detail")


class Footer(NamedTuple):
    """A place in the key bar besides that of the command's own pane.

    Attributes:
        context: ``filter``, ``detail``, ``selection``, ``nothing`` for a list without papers, ``triaged`` for a
            triage without papers.
        place: the position among the commands of that context.
        label: the label.
    """

    context: str
    place: int
    label: str


class Command(NamedTuple):
    """A command of the screen.

    Attributes:
        id: stable name, ``group.verb``.
        keys: its keys, by Textual's names; the first is the one shown.
        title: its name in help and palette.
        help: one line on what it does.
        action: its function, ``module.function`` in ``tui.app.actions``, or ``screen.method`` of the screen that its
            pane is.
        needs: what it needs to be available.
        no_terminal: why it is not available in a browser; empty if it is.
        while_opening: whether it is available while the list is being opened.
        opens_text_input: whether it opens a text input, so that characters typed after its key are text.
        with_count: what a number before its key does.
        pane: the pane or screen it belongs to; its keys work only there and override those of the main screen. Empty
            for the main screen.
        footer: its label in the key bar of its pane; empty if it is not shown there.
        footers: its places in other key bars.
        aliases: what users of other programs type after a colon for it.
        expected_keys: keys without a command that users of other programs press for it.
        is_basic: whether it is among the keys shown at the very first start.
        tip: its position among the tips for new users, the most useful first; 0 for none.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    action: str
    needs: Need = Need.NOTHING
    no_terminal: str = ""
    while_opening: bool = False
    opens_text_input: bool = False
    with_count: Count = ""
    pane: str = ""
    footer: str = ""
    footers: tuple[Footer, ...] = ()
    aliases: tuple[str, ...] = ()
    expected_keys: tuple[str, ...] = ()
    is_basic: bool = False
    tip: int = 0

    @property
    def group(self) -> str:
        """The part of the id before the dot, a key of ``GROUPS``."""
        return self.id.partition(".")[0]

    @property
    def screen_method(self) -> str:
        """The name of its method of the screen; empty if it has a function."""
        module, _, method = self.action.partition(".")
        return method if module == "screen" else ""

    @property
    def on_main_screen(self) -> bool:
        """Whether it runs on the main screen, perhaps in one of its panes only."""
        return self.pane in {"", *PANES}


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
    "own": "Your commands",
    "view": "View",
    "app": "Program",
}

NO_PROGRAMS = "a browser cannot start programs"

# fmt: off
COMMANDS: tuple[Command, ...] = (
    Command("move.down", ("j", "down", "ctrl+j", "ctrl+n"), "Down", "Next paper", "navigation.down",
            with_count="repeat", is_basic=True),
    Command("move.up", ("k", "up", "ctrl+k"), "Up", "Previous paper", "navigation.up", with_count="repeat"),
    Command("move.top", ("g", "home"), "Top", "First paper", "navigation.top",
            with_count="row", aliases=("1", "0")),
    Command("move.bottom", ("G", "end"), "Bottom", "Last paper", "navigation.bottom",
            with_count="row", aliases=("$",)),
    Command("move.half_down", ("ctrl+d",), "Half a page down", "Move down half a page", "navigation.half_down",
            with_count="repeat", footers=(Footer("detail", 3, "down"),)),
    Command("move.half_up", ("ctrl+u",), "Half a page up", "Move up half a page", "navigation.half_up",
            with_count="repeat"),
    Command("move.page_down", ("pagedown", "ctrl+f"), "Page down", "Move down one page", "navigation.page_down",
            with_count="repeat"),
    Command("move.page_up", ("pageup", "ctrl+b"), "Page up", "Move up one page", "navigation.page_up",
            with_count="repeat"),
    Command("move.next", ("n",), "Next match", "Next match or, without a query, next unread paper",
            "navigation.next_match", needs=Need.PAPER, with_count="repeat", footers=(Footer("detail", 4, "next"),)),
    Command("move.previous", ("N", "p"), "Previous match",
            "Previous match or, without a query, previous unread paper", "navigation.previous_match",
            needs=Need.PAPER, with_count="repeat"),
    Command("move.centre", ("vertical_line",), "Centre", "Scroll the cursor to the middle", "navigation.centre"),
    Command("move.bookmark", ("m",), "Bookmark", "Bookmark this paper under the letter pressed next",
            "navigation.bookmark", needs=Need.PAPER | Need.WRITE),
    Command("move.to_bookmark", ("apostrophe",), "Go to bookmark",
            "Then press a letter to go to a bookmark, a digit to open a view, or the same key to jump back",
            "navigation.to_bookmark"),
    Command("view.scroll_down", ("J", "ctrl+e"), "Scroll detail down", "Scroll the abstract down",
            "panes.scroll_down", with_count="repeat"),
    Command("view.scroll_up", ("K", "ctrl+y"), "Scroll detail up", "Scroll the abstract up", "panes.scroll_up",
            with_count="repeat"),
    Command("view.read_on", ("space",), "Read on", "Next page of the paper, then the next paper",
            "navigation.read_on", needs=Need.PAPER, pane="detail"),
    Command("find.query", ("slash",), "Search", "Type a query; the list updates as you type", "filtering.query",
            opens_text_input=True, footer="search", footers=(Footer("filter", 1, "search"),
            Footer("nothing", 1, "search")), tip=2),
    Command("find.filter", ("f",), "Filter pane", "Go to the filter pane, or back to the list",
            "panes.toggle_filter_pane", footer="filter", footers=(Footer("filter", 2, "filter"),
            Footer("nothing", 4, "filter")), tip=7),
    Command("find.value", ("F",), "Find a filter", "Filter by a tag, author, year… (type to search)",
            "filtering.pick_facet", opens_text_input=True),
    Command("filter.include", ("space", "enter", "plus"), "Only these",
            "Show only these papers; on a heading, fold or unfold it", "filtering.include", pane="filter",
            footer="only"),
    Command("filter.exclude", ("minus", "x"), "Exclude these", "Exclude these", "filtering.exclude", pane="filter",
            footer="exclude"),
    Command("find.everything", ("0",), "All papers", "Clear the query and show all papers", "filtering.show_all",
            aliases=("noh", "nohlsearch", "all")),
    Command("find.new", ("B",), "New papers", "Show the unread papers of the latest import", "filtering.show_new"),
    Command("find.view", tuple("123456789"), "Saved view", "Open the saved view with that number",
            "saved_views.open_numbered"),
    Command("find.save_view", ("W",), "Save view", "Save the query as a view; open it by its number or @name",
            "saved_views.save", opens_text_input=True, tip=9),
    Command("find.views", ("w",), "Saved views", "Open, rename, reorder or delete saved views", "saved_views.manage",
            aliases=("b", "ls", "buffers")),
    Command("find.back", ("ctrl+o", "left_square_bracket"), "Previous query",
            "Return to the previous query and cursor position", "filtering.back", with_count="repeat",
            footers=(Footer("nothing", 3, "previous query"),)),
    Command("find.forward", ("right_square_bracket",), "Next query", "Go forward to the next query",
            "filtering.forward", with_count="repeat"),
    Command("find.sort", ("s",), "Sort", "Choose the sort order", "filtering.sort", aliases=("sort",)),
    Command("find.reverse", ("S",), "Reverse", "Reverse the sort order", "filtering.reverse"),
    Command("find.refresh", ("f5", "ctrl+l"), "Refresh", "Rerun the query; drop papers that no longer match",
            "filtering.refresh", aliases=("e!", "reload")),
    Command("select.toggle", ("space",), "Select", "Select or deselect, then go to the next paper",
            "selection.toggle", needs=Need.PAPER, with_count="repeat", footer="select", tip=5),
    Command("select.range", ("v",), "Select range", "Start a range: moving extends it; a command or v ends it",
            "selection.start_or_end_range", needs=Need.PAPER, footers=(Footer("selection", 2, "range"),)),
    Command("select.all", ("V",), "Select all", "Select all, or clear the selection if all are selected",
            "selection.select_all", needs=Need.PAPER),
    Command("select.invert", ("i",), "Invert selection", "Invert the selection", "selection.invert", needs=Need.PAPER,
            footers=(Footer("selection", 3, "invert"),)),
    Command("select.above", ("left_curly_bracket", "shift+home"), "Select above",
            "Select this paper and all above it", "selection.above", needs=Need.PAPER),
    Command("select.below", ("right_curly_bracket", "shift+end"), "Select below",
            "Select this paper and all below it", "selection.below", needs=Need.PAPER),
    Command("select.down", ("shift+down",), "Select down", "Select this paper and the next one, and move to it",
            "selection.down", needs=Need.PAPER, with_count="repeat"),
    Command("select.up", ("shift+up",), "Select up", "Select this paper and the previous one, and move to it",
            "selection.up", needs=Need.PAPER, with_count="repeat"),
    Command("mark.read", ("r",), "Read / unread", "Mark as read or unread, then go to the next paper", "marks.read",
            needs=Need.PAPER | Need.WRITE, with_count="papers", footer="read", footers=(Footer("detail", 5, "read"),
            Footer("selection", 4, "read")), is_basic=True),
    Command("mark.status", ("R",), "Status", "Set the status: unread, queued, reading, read or skipped",
            "marks.status", needs=Need.PAPER | Need.WRITE, with_count="selected papers",
            footers=(Footer("selection", 6, "status"),)),
    Command("mark.all_read", ("A",), "Mark all read", "Mark all listed papers as read, after confirmation",
            "marks.all_read", needs=Need.PAPER | Need.WRITE),
    Command("mark.star", ("b", "asterisk"), "Star", "Star or unstar the paper", "marks.star",
            needs=Need.PAPER | Need.WRITE, with_count="papers"),
    Command("mark.tags", ("t",), "Tags", "Edit the tags of the paper or the selection", "marks.tags",
            needs=Need.PAPER | Need.WRITE, opens_text_input=True, with_count="selected papers", footer="tag",
            footers=(Footer("detail", 6, "tag"), Footer("selection", 5, "tag")), is_basic=True, tip=3),
    Command("mark.add_tag", ("plus",), "Add tag", "Type a tag to add", "marks.add_tag", needs=Need.PAPER | Need.WRITE,
            opens_text_input=True, with_count="selected papers"),
    Command("mark.remove_tag", ("minus",), "Remove tag", "Type a tag to remove", "marks.remove_tag",
            needs=Need.PAPER | Need.WRITE, opens_text_input=True, with_count="selected papers"),
    Command("mark.note", ("e",), "Note", "Write a note; it is saved as you type", "notes.edit_note",
            needs=Need.PAPER | Need.WRITE, opens_text_input=True, with_count="selected papers", footer="note",
            footers=(Footer("detail", 7, "note"),), aliases=("e", "edit", "note"), is_basic=True, tip=4),
    Command("mark.editor", ("E",), "Note in editor", "Write the note in $VISUAL or $EDITOR",
            "notes.edit_note_in_editor", needs=Need.PAPER | Need.WRITE,
            no_terminal="$EDITOR is not available in a browser (press e to edit the note)"),
    Command("mark.correct", ("c",), "Correct", "Edit title, authors, date and other fields", "editing.edit_fields",
            needs=Need.PAPER | Need.WRITE, opens_text_input=True),
    Command("mark.priority", ("exclamation_mark",), "Priority", "Set high, medium or low priority", "queue.priority",
            needs=Need.PAPER | Need.WRITE, with_count="selected papers"),
    Command("mark.due", ("semicolon",), "Due date", "Set the date to read the paper by", "queue.due",
            needs=Need.PAPER | Need.WRITE, opens_text_input=True, with_count="selected papers"),
    Command("mark.snooze", ("comma",), "Snooze", "Hide the paper from triage until a given day", "queue.snooze",
            needs=Need.PAPER | Need.WRITE, opens_text_input=True, with_count="selected papers"),
    Command("mark.attach", ("left_parenthesis",), "Attach a PDF", "Attach a PDF to the paper", "pdfs.attach",
            needs=Need.PAPER | Need.WRITE, opens_text_input=True, aliases=("attach",)),
    Command("mark.detach", ("right_parenthesis",), "Detach a file",
            "Detach a file from the paper; the file is not deleted",
            "pdfs.detach", needs=Need.PAPER | Need.WRITE, aliases=("detach",)),
    Command("mark.remove", ("d d", "delete"), "Remove",
            "Remove papers from the list, or restore removed ones (see is:removed)", "removal.remove_or_restore",
            needs=Need.PAPER | Need.WRITE, aliases=("d", "delete", "remove", "rm", "restore")),
    Command("mark.undo", ("u", "z"), "Undo", "Undo the last change, even from an earlier session", "history.undo",
            needs=Need.WRITE, with_count="repeat", footer="undo", footers=(Footer("selection", 7, "undo"),),
            aliases=("u", "undo"), is_basic=True),
    Command("mark.redo", ("ctrl+r", "Z"), "Redo", "Redo the last undone change", "history.redo", needs=Need.WRITE,
            with_count="repeat", aliases=("red", "redo")),
    Command("mark.repeat", ("full_stop",), "Repeat", "Apply the last change to this paper as well", "marks.repeat",
            needs=Need.PAPER | Need.WRITE | Need.LAST_EDIT, with_count="papers", tip=8),
    Command("mark.history", ("U",), "History", "List all changes; undo or redo up to any of them", "history.history",
            aliases=("undolist", "history"), tip=10),
    Command("mark.past", ("H",), "Paper history", "Show the history of this paper, or restore an earlier state",
            "history.paper_history", needs=Need.PAPER),
    Command("mark.manage_tags", ("M",), "Tag manager", "Rename, merge or delete a tag everywhere", "tags.manage",
            opens_text_input=True),
    Command("mark.duplicates", ("D",), "Duplicates", "Review possible duplicates", "editing.review_duplicates"),
    Command("mark.split", ("percent_sign",), "Split", "Split a wrongly merged record off into its own paper",
            "split.split"),
    Command("mark.save", ("ctrl+s",), "Retry saving", "Retry changes that could not be written", "panes.save",
            needs=Need.UNSAVED, aliases=("w", "wa", "write", "save", "update")),
    Command("mark.triage", ("T",), "Triage", "Decide on unread papers one by one", "start_triage.start",
            needs=Need.PAPER | Need.WRITE, is_basic=True, tip=1),
    Command("triage.keep", ("y",), "Keep", "Queue for reading, then go to the next paper", "screen.decide",
            pane="triage", footer="keep"),
    Command("triage.skip", ("n",), "Skip", "Mark as skipped, then go to the next paper", "screen.decide",
            pane="triage", footer="skip"),
    Command("triage.later", ("l",), "Later", "Snooze for a week, then go to the next paper", "screen.decide",
            pane="triage", footer="later"),
    Command("triage.read", ("r",), "Read", "Mark as read, then go to the next paper", "screen.decide",
            pane="triage", footer="read"),
    Command("triage.leave", ("space",), "Skip for now", "Leave undecided, then go to the next paper", "triage.leave",
            pane="triage"),
    Command("triage.remove", ("d", "delete"), "Remove", "Remove from the list, then go to the next paper",
            "triage.remove", needs=Need.PAPER, pane="triage"),
    Command("triage.priority", ("exclamation_mark",), "Priority", "Set high, medium or low priority",
            "queue.priority", needs=Need.PAPER, pane="triage"),
    Command("triage.due", ("semicolon",), "Due date", "Set the date to read the paper by", "queue.due",
            needs=Need.PAPER, pane="triage"),
    Command("triage.snooze", ("comma",), "Snooze", "Hide the paper from triage until a given day", "queue.snooze",
            needs=Need.PAPER, pane="triage"),
    Command("triage.star", ("b", "asterisk"), "Star", "Star or unstar the paper", "marks.star",
            needs=Need.PAPER, pane="triage"),
    Command("triage.tags", ("t",), "Tags", "Edit tags; 1 to 9 toggle the most used ones", "marks.tags",
            needs=Need.PAPER, pane="triage",
            footer="tag"),
    Command("triage.note", ("e",), "Note", "Write a note", "notes.edit_note", needs=Need.PAPER, pane="triage",
            footer="note"),
    Command("triage.undo", ("u", "z", "backspace"), "Undo",
            "Undo the last change in this session, and return to its paper", "triage.undo", pane="triage",
            footer="undo", footers=(Footer("triaged", 2, "undo"),)),
    Command("triage.redo", ("ctrl+r",), "Redo", "Redo the last undone change", "triage.redo", pane="triage"),
    Command("triage.take_back", ("Z",), "Undo all", "Undo the whole session in one step", "triage.revert",
            pane="triage",
            footers=(Footer("triaged", 3, "revert all"),)),
    Command("triage.previous", ("p", "h"), "Previous paper", "Previous paper", "triage.previous", pane="triage"),
    Command("triage.open", ("o",), "Open link", "Open the paper's link in the browser", "links.open_link",
            needs=Need.PAPER, pane="triage"),
    Command("triage.pdf", ("P",), "Open PDF", "Open the paper's PDF", "pdfs.open_pdf", needs=Need.PAPER,
            pane="triage", no_terminal=NO_PROGRAMS),
    Command("triage.run", ("backslash",), "Your commands",
            "Run one of your own commands ([commands.NAME] in the settings)", "own_commands.choose", needs=Need.PAPER,
            pane="triage", no_terminal=NO_PROGRAMS),
    Command("triage.help", ("question_mark", "f1"), "Help", "List and search all keys", "help_.show_help",
            pane="triage", footers=(Footer("triaged", 4, "help"),)),
    Command("triage.down", ("j", "J", "down"), "Down", "Scroll the abstract down", "screen.text_down", pane="triage"),
    Command("triage.up", ("k", "K", "up"), "Up", "Scroll the abstract up", "screen.text_up", pane="triage"),
    Command("triage.stop", ("q", "escape"), "Stop", "Return to the list; triage resumes here next time",
            "screen.stop", pane="triage", footer="stop", footers=(Footer("triaged", 1, "to the list"),)),
    Command("pairs.join", ("y",), "Merge", "Merge into the left paper", "screen.merge_pair",
            pane="pairs", footer="merge"),
    Command("pairs.apart", ("n",), "Not duplicates", "Mark as not duplicates", "screen.keep_apart",
            pane="pairs", footer="not duplicates"),
    Command("pairs.next", ("space", "l", "right"), "Skip for now", "Leave undecided, then go to the next pair",
            "screen.next_pair", pane="pairs", footer="skip"),
    Command("pairs.previous", ("h", "p", "left"), "Previous pair", "Previous pair", "screen.previous_pair",
            pane="pairs", footer="previous"),
    Command("pairs.swap", ("x",), "Swap sides", "Swap sides", "screen.swap_sides", pane="pairs", footer="swap"),
    Command("pairs.undo", ("u", "z", "backspace"), "Undo", "Undo the last decision", "screen.undo",
            pane="pairs", footer="undo"),
    Command("pairs.down", ("j", "J", "down"), "Down", "Scroll both papers down", "screen.text_down", pane="pairs"),
    Command("pairs.up", ("k", "K", "up"), "Up", "Scroll both papers up", "screen.text_up", pane="pairs"),
    Command("pairs.stop", ("q", "escape"), "Stop", "Return to the list; undecided pairs are kept", "screen.stop",
            pane="pairs", footer="stop"),
    Command("out.export", ("x",), "Export", "Export the selection or the list", "export.export", needs=Need.PAPER,
            with_count="selected papers", footer="export", footers=(Footer("selection", 8, "export"),),
            aliases=("export", "save-as", "saveas"), tip=6),
    Command("out.copy", ("y",), "Copy", "Copy title, citation, BibTeX, citation key, link or Markdown", "export.copy",
            needs=Need.PAPER, with_count="selected papers", footers=(Footer("detail", 8, "copy"),),
            expected_keys=("Y",)),
    Command("out.open", ("o",), "Open link", "Open the paper's link in the browser", "links.open_link",
            needs=Need.PAPER, aliases=("open", "open-in-browser"), expected_keys=("O",)),
    Command("out.pdf", ("P",), "Open PDF", "Open the paper's PDF", "pdfs.open_pdf", needs=Need.PAPER,
            aliases=("pdf", "open-pdf"), no_terminal=NO_PROGRAMS),
    Command("in.add", ("ctrl+a", "insert"), "Add a paper", "Enter the fields of a new paper", "import_.add_by_hand",
            needs=Need.WRITE, opens_text_input=True, aliases=("add", "a")),
    Command("in.import", ("X",), "Import", "Import a bibliography or listing (with a preview)", "import_.import_file",
            needs=Need.WRITE, opens_text_input=True, aliases=("import", "r", "read")),
    Command("in.fill", ("ampersand",), "Fill",
            "Fill in missing fields of the selection or the whole list (with a preview)", "fill.fill_papers",
            needs=Need.PAPER | Need.WRITE, opens_text_input=True, aliases=("fill", "lookup")),
    Command("in.sources", ("dollar_sign",), "Sources", "List the sources; show the papers of one, or remove it",
            "sources.show_sources", opens_text_input=True, aliases=("sources", "source")),
    Command("in.pdfs", ("circumflex_accent",), "Find PDFs",
            "Find PDFs in your folders for the selection or the whole list (with a preview)", "pdfs.find",
            needs=Need.PAPER | Need.WRITE, aliases=("pdfs", "find-pdfs")),
    Command("in.waiting", ("L",), "Waiting listings", "Preview and import a listing that needs confirmation",
            "import_.import_waiting", needs=Need.WRITE | Need.WAITING),
    Command("own.choose", ("backslash",), "Your commands",
            "Run one of your own commands ([commands.NAME] in the settings)", "own_commands.choose", needs=Need.PAPER,
            no_terminal=NO_PROGRAMS, aliases=("run",)),
    Command("view.detail", ("enter",), "Full width", "Show the paper at full width, or return to the panes",
            "panes.toggle_full_width", needs=Need.PAPER, footers=(Footer("detail", 2, "full width"),)),
    Command("view.provenance", ("O",), "Sources of each field", "Show or hide the source and line of each field",
            "panes.toggle_provenance", needs=Need.PAPER),
    Command("view.related", ("a",), "Related papers", "List the most similar papers, with reasons",
            "insights.show_related", needs=Need.PAPER, tip=11),
    Command("view.insight", ("I",), "Statistics", "Show statistics: inbox, pace, tags, categories, years",
            "insights.show_statistics"),
    Command("view.larger", ("greater_than_sign",), "Larger pane", "Enlarge the focused pane", "panes.larger",
            with_count="repeat"),
    Command("view.smaller", ("less_than_sign",), "Smaller pane", "Shrink the focused pane", "panes.smaller",
            with_count="repeat"),
    Command("view.even", ("equals_sign",), "Reset panes", "Reset pane sizes", "panes.reset_sizes"),
    Command("view.next_pane", ("tab", "l", "right"), "Next pane", "Focus the next pane", "panes.next_pane"),
    Command("view.previous_pane", ("shift+tab", "h", "left"), "Previous pane", "Focus the previous pane",
            "panes.previous_pane"),
    Command("view.back", ("escape",), "Back", "Close the open pane, else clear the selection, else the query",
            "panes.back", footers=(Footer("detail", 1, "list"), Footer("selection", 1, "clear"),
            Footer("nothing", 2, "all papers"))),
    Command("app.help", ("question_mark", "f1"), "Help", "List and search all keys", "help_.show_help",
            while_opening=True, opens_text_input=True, footer="help", footers=(Footer("filter", 3, "help"),
            Footer("detail", 9, "help"), Footer("selection", 9, "help"), Footer("nothing", 5, "help")),
            aliases=("h", "help", "map", "keys"), is_basic=True),
    Command("app.manual", ("f2",), "Manual", "Read the manual", "help_.show_manual", aliases=("man", "manual"),
            expected_keys=("L",), tip=13),
    Command("app.palette", ("ctrl+p", "colon"), "Command palette", "Run any command by name", "help_.open_palette",
            opens_text_input=True, tip=12),
    Command("app.lists", ("ctrl+g",), "Lists", "Open another reading list, or create one", "lists.switch",
            opens_text_input=True, aliases=("lists", "list", "new", "switch")),
    Command("view.theme", ("C",), "Theme", "Choose a theme (with a live preview)", "filtering.theme",
            aliases=("colorscheme", "colo", "theme")),
    Command("app.back_or_quit", ("q",), "Back or quit", "Close the open pane, else quit", "panes.back_or_quit",
            while_opening=True),
    Command("app.suspend", ("ctrl+z",), "Suspend", "Suspend to the shell (fg resumes)", "panes.suspend",
            aliases=("stop", "sus", "suspend"), no_terminal="a browser has no shell to suspend to"),
    Command("app.quit", ("ctrl+q", "Q"), "Quit", "Quit; every change is already saved", "panes.request_quit",
            while_opening=True, aliases=("q", "q!", "qa", "qa!", "quit", "wq", "wqa", "x", "xa", "exit", "bye")),
)
# fmt: on

# How keys are displayed that Textual spells out.
_DISPLAY_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "full_stop": ".",
    "plus": "+",
    "minus": "-",
    "asterisk": "*",
    "ampersand": "&",
    "dollar_sign": "$",
    "exclamation_mark": "!",
    "semicolon": ";",
    "comma": ",",
    "backslash": "\\",
    "circumflex_accent": "^",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "percent_sign": "%",
    "delete": "Del",
    "insert": "Ins",
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
    """Format a key for display: ``/`` for ``slash``, ``Ctrl-r`` for ``ctrl+r``, ``ZZ`` for ``Z Z``."""
    if " " in key:
        parts = [display_key(part) for part in key.split()]
        return ("" if all(len(part) == 1 for part in parts) else " ").join(parts)
    if key in _DISPLAY_NAMES:
        return _DISPLAY_NAMES[key]
    if key.startswith("ctrl+"):
        return "Ctrl-" + key.removeprefix("ctrl+")
    return key.upper() if len(key) > 1 and key[0] == "f" else key
