"""Import of papers: parses sources into records and merges the records of each paper. Stores nothing."""
