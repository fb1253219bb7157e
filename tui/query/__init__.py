"""The questions: the query language, search, order and facets. Knows no screen, no store and no command line."""
