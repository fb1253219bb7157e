"""readlist: triage a reading list of research papers from the keyboard.

This package root names the version and nothing else, so that ``readlist --version`` stays instant.
"""

__version__ = "0.1.0"
