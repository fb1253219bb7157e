"""The screens: the desk, and the dialogs that ask for one thing and return a value."""
