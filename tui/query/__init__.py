"""The query language: parsing, search, sorting and facets. Knows no screen, no store and no command line."""
