"""The parsers of source formats, one module each; ``bibliographies`` and ``listings`` put them in order."""
