"""Entries to text: one file per format, citation keys, preflight. Knows no store and no screen."""
