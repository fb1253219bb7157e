"""readlist: triage a reading list of research papers from the keyboard.

Contains only the version, so that ``readlist --version`` is fast.
"""

__version__ = "0.1.0"
