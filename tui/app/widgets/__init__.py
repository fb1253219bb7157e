"""The panes and lines of the screen. A widget keeps ids and posts facts; it never calls the session."""
