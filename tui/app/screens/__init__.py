"""The main screen, the full-window screens above it, and the dialogs, each of which returns one value."""
