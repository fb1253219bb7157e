"""ACTIONS: one function for each command of the main screen; ``registry`` maps command ids to them."""
