"""The second face: the screen. Draws what the door tells it, and asks the door for every change."""

from tui.app.deferred_imports import defer_imports

defer_imports()  # here, because it has to come before anything of Textual
