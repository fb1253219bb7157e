"""BibTeX: a tolerant parser for imports, a strict one that verifies exports, and the syntax both share."""
