"""Papers, marks and their history on disk, kept by TinyDB.

Knows no parsers, queries or front ends. Within the package only ``disk`` calls the operating system, only ``codec``
knows the form of papers, marks and changes, and the file formats know neither.
"""
