"""The terminal: drivers, input parsing, output filter and shutdown, hardened against hostile terminals and text.

Nothing here knows about papers or the widgets that show them.
"""
